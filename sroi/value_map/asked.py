"""What the cells of a column hold: the unit and the currency that its heading names."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sroi.value_map.amounts import SIGNS
from sroi.value_map.columns import CURRENCIES_BY_SIGN
from sroi.value_map.qualifiers import (
    A_YEAR,
    FACTORS,
    MONEY,
    PERIODS,
    SCALES,
    length_in,
    price_year_in,
    unread_in,
    whole_in,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sroi.price_years import Year

_A_PERIOD = re.compile(
    r"(?:\b(?:per|a|an|each|every)\b|/)\s*(?:calendar )?"
    r"(?:month|mth|week|wk|day|quarter|qtr|term|fortnight|session|hour|hr|night|shift)s?\b"
    r"|\bp\.?c\.?m\b|\bp\.?w\b|\bp\.?m\b|\bp\.?d\b|\bp\.?h\b|\b(?:month|week|fortnight|quarter|hour)ly\b|\bdaily\b",
    re.IGNORECASE,
)
_KEPT = re.compile(r"\b(?:kept|remaining|remains|retained|left|ours|due to us|additional)\b", re.IGNORECASE)
_UNIT_WORDS = re.compile(
    r"[,\s–-]*\b(?:in|of)?\s*(?:[£$€]\s?)?(?:['’]?000['’]?s?|\b1,?000['’]?s|100['’]?s|['’]00['’]?s?|hundreds|thousands?|millions?|(?<=[£$€])(?:k|m|mn|bn)|pence)\s*$"
    r"|[,\s–-]*\b(?:in\s+)?(?:half[- ]years|decades|fortnights|years|months|mths|weeks|wks|days|quarters)\s*$"
    r"|[,\s–-]*(?:[£$€]\s?)?(?:\bper (?:year|annum|month|week|day|quarter)|\bp\.?a\.?)\s*$"
    r"|[,\s–-]*\b(?:in )?(?:per ?cent|percentages?|pct)\s*$",
    re.IGNORECASE,
)
_ALL_SCALED = re.compile(
    r"[£$€] ?['’]?000s?\b|(?<!\d)['’]000s?\b|\(000'?s\)|[£$€] ?(?:k|mn?)\b"
    r"|\bin (?:[£$€] ?)?(?:thousands|millions|k|m)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the cells of a column hold.

    Attributes
    ----------
    holds : str
        As :attr:`sroi.value_map.columns.Column.holds`; ``figure`` for what the map has calculated.
    key : str
        The column.
    factor : float
        What a bare number is multiplied by, in the unit of the heading.
    unit : str
        That unit in words; empty where the heading names none.
    percent : bool
        Whether the heading has a percent sign or the words.
    refused : str
        Why no bare number below this heading can be read; empty where it can.
    unknown : str
        What of the heading is not understood, so that no number below it is read; empty where all of it is.
    whole : float
        What a bare number is a share of, such as 10 under "out of 10"; 0 where the heading does not say.
    price_year : int, str or None
        The year whose prices the heading says that its money is in.
    currency : str
        Code of the study's currency, where it is known.
    commas : bool
        Whether the map has numbers whose comma parts the decimals.
    points : bool
        Whether a point in the map can only part decimals.
    """

    holds: str = "figure"
    key: str = ""
    factor: float = 1.0
    unit: str = ""
    percent: bool = False
    refused: str = ""
    unknown: str = ""
    whole: float = 0.0
    price_year: Year | None = None
    currency: str = ""
    commas: bool = False
    points: bool = False


def without_units(heading: str) -> str:
    """A heading without the unit at its end."""
    kept = _UNIT_WORDS.sub("", heading).strip()
    return kept or heading


def asked_of(heading: str, holds: str, key: str = "") -> Asked:
    """What a heading asks for: ``heading`` may be several lines, parted by " / ", the lowest title first."""
    asked = Asked(
        holds, key, percent=bool(re.search(r"%|\bper ?cent\b|\bpercentage", heading, re.IGNORECASE))
    )
    if holds == "years":
        return _asked_in_years(asked, heading)
    if holds == "share":
        return _asked_in_shares(asked, heading)
    if holds not in ("money", "count", "figure"):
        return asked
    if holds != "figure" and asked.percent:
        return replace(asked, refused=f"the heading “{heading}” asks for a percentage, not a number")
    scales = {name: found[0] for found in SCALES.finditer(heading) for name in FACTORS if found[name]}
    if holds == "count":
        scales.pop("hundredth", None)
    if len(scales) > 1:
        return replace(asked, refused=f"the heading “{heading}” names more than one unit")
    for name, words in scales.items():
        if holds == "count" and words == "(m)":
            return replace(asked, refused=f"“(m)” in the heading “{heading}” can be millions or another unit")
        asked = replace(asked, factor=FACTORS[name], unit=f"{name}s")
    if holds == "money":
        asked = replace(asked, price_year=price_year_in(heading))
    if holds != "figure" and (period := _A_PERIOD.search(heading)) is not None and not A_YEAR.search(heading):
        asked = replace(
            asked, refused=f"the heading “{heading}” asks for an amount {period[0]}, not a year's"
        )
    return asked


def unread_qualifiers(qualifiers: Iterable[str], asked: Asked) -> list[str]:
    """What stands beside the name of a column and is neither a unit nor known to change nothing."""
    return [each for each in qualifiers if unread_in(each, asked.holds, asked.key)]


def in_currency(asked: Asked, heading: str, currency: str) -> Asked:
    """What a heading asks for, in a study of a currency that may not be the heading's."""
    asked = replace(asked, currency=currency)
    found = MONEY.search(heading) if asked.holds in ("money", "figure") else None
    if found is None or not currency or is_of(found[0], currency):
        return asked
    return replace(asked, refused=f"the heading “{heading}” asks for {found[0]} and not for {currency}")


def is_in_thousands(text: str) -> bool:
    """Whether a line above a map says that its amounts are in thousands or millions."""
    return _ALL_SCALED.search(text) is not None


def _asked_in_years(asked: Asked, heading: str) -> Asked:
    for part in heading.split(" / "):
        named = length_in(part)
        if len(named) > 1:
            return replace(asked, refused=f"the heading “{part}” names more than one unit")
        if named:
            factor = 1 / PERIODS[named[0]][1]
            return replace(asked, factor=factor, unit=f"{named[0].replace('_', ' ')}s")
    return asked


def _asked_in_shares(asked: Asked, heading: str) -> Asked:
    if asked.key != "contribution" and (kept := _KEPT.search(heading)) is not None:
        return replace(
            asked, refused=f"the heading “{heading}” asks for what is {kept[0]}, not what is deducted"
        )
    whole = whole_in(heading)
    if asked.percent and whole not in (0, 1, 100):
        return replace(asked, refused=f"the heading “{heading}” names more than one unit")
    unit = "fractions" if whole == 1 else "percentages" if whole == 100 else f"parts of {whole:g}"
    return replace(asked, whole=whole, unit=unit if whole else "")


def is_of(sign: str, currency: str) -> bool:
    """Whether a sign or code of money can be of a currency; yes where that is not known."""
    known = CURRENCIES_BY_SIGN
    codes = known.get(sign) or known.get(sign.casefold()) or (sign.rstrip(".").upper(),)
    return not currency or currency.upper() in codes


def sign_shown(shown_as: str) -> str:
    """The sign or code of a currency in the number format of a cell; empty where there is none."""
    found = re.search(
        rf"\[\$([^\]-]+)(?:-[^\]]*)?\]|([A-Z]{{1,2}}[$]|[{SIGNS}])|\"\s*([A-Z]{{3}})\s*\"", shown_as
    )
    return next(filter(None, found.groups()), "").strip() if found is not None else ""
