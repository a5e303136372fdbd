"""What the cells of a column hold: the unit and the currency that its heading names."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sroi.price_years import year_within
from sroi.value_map.amounts import SIGNS
from sroi.value_map.brackets import left_over
from sroi.value_map.columns import CODES, CURRENCIES_BY_SIGN

if TYPE_CHECKING:
    from sroi.price_years import Year

PERIODS = {
    "year": (r"years?|yrs?|y|annum|annual", 1.0),
    "quarter": (r"quarters?|qtrs?", 4.0),
    "month": (r"months?|mths?|mos?|mnths?|m", 12.0),
    "week": (r"weeks?|wks?|w", 52.0),
    "day": (r"days?|d", 365.0),
}
_LONG = {name: words.removesuffix("|m").removesuffix("|w").removesuffix("|d").removesuffix("|y|annum|annual")
         for name, (words, _) in PERIODS.items()}  # fmt: skip
A_YEAR = re.compile(
    r"(?:(?:per|a|each|every|/|an)\s*)(?:year|yr|annum)\b\.?|\bp\.? ?a\b\.?|\bannual(?:ly)?\b|\byearly\b",
    re.IGNORECASE,
)
_A_PERIOD = re.compile(
    r"(?:\b(?:per|a|an|each|every)\b|/)\s*(?:calendar )?"
    r"(?:month|mth|week|wk|day|quarter|qtr|term|fortnight|session|hour|hr|night|shift)s?\b"
    r"|\bp\.?c\.?m\b|\bp\.?w\b|\bp\.?m\b|\bp\.?d\b|\bp\.?h\b|\b(?:month|week|fortnight|quarter|hour)ly\b|\bdaily\b",
    re.IGNORECASE,
)
_SCALED = re.compile(
    r"(?P<hundred>(?<![\d,.])100['’]?s\b|\bhundreds\b)"
    r"|(?P<thousand>['’]?\b(?:1,?)?000['’]?s?\b|\bthousands?\b|(?<=[£$€])k\b|\bk[£$€]|\bin k\b|\(k\))"
    r"|(?P<million>(?<=[£$€])\s?(?:m|mn|mio|million)s?\b|\bmillions?\b|\(m\))"
    r"|(?P<billion>(?<=[£$€])\s?bn\b|\bbillions?\b|\(bn\))"
    r"|(?P<hundredth>\bpence\b|\bcents\b|\(p\)|\bin p\b)",
    re.IGNORECASE,
)
_KEPT = re.compile(r"\b(?:kept|remaining|remains|retained|left|ours|due to us|additional)\b", re.IGNORECASE)
_FACTORS = {"hundred": 100.0, "thousand": 1e3, "million": 1e6, "billion": 1e9, "hundredth": 0.01}
_UNIT_WORDS = re.compile(
    r"[,\s–-]*\b(?:in|of)?\s*(?:[£$€]\s?)?(?:['’]?000'?s?|thousands?|millions?|(?<=[£$€])(?:k|m|mn|bn)|pence)\s*$"
    r"|[,\s–-]*\b(?:in\s+)?(?:years|months|mths|weeks|wks|days|quarters)\s*$"
    r"|[,\s–-]*\bper (?:year|annum|month|week|day|quarter)\s*$"
    r"|[,\s–-]*\b(?:in )?(?:per ?cent|percentages?|pct)\s*$",
    re.IGNORECASE,
)
_MONEY = re.compile(rf"[A-Z]{{1,2}}\$|[{SIGNS}]|\b(?:{'|'.join(CODES)})\b")
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
    currency : str
        Code of the study's currency, where it is known.
    commas : bool
        Whether the map has numbers whose comma parts the decimals.
    points : bool
        Whether a point in the map can only part decimals.
    price_year : int, str or None
        The year in whose prices the heading says that its amounts are.
    """

    holds: str = "figure"
    key: str = ""
    factor: float = 1.0
    unit: str = ""
    percent: bool = False
    refused: str = ""
    currency: str = ""
    commas: bool = False
    points: bool = False
    price_year: Year | None = None


def without_units(heading: str) -> str:
    """A heading without the unit at its end."""
    kept = _UNIT_WORDS.sub("", heading).strip()
    return kept or heading


def asked_of(heading: str, holds: str, key: str = "") -> Asked:
    """What a heading asks for: ``heading`` may be several lines, parted by " / ", the lowest title first."""
    asked = _asked_of(heading, holds, key)
    if asked.refused or holds not in ("money", "count", "years", "share"):
        return asked
    words, year = heading, None
    if holds == "money":
        words, year = _without_prices(heading)
    for bracket, changes in left_over(words, holds, key):
        if changes:
            return replace(asked, refused=f"“({bracket})” in the heading “{heading}” is not understood")
    return replace(asked, price_year=year)


def _without_prices(heading: str) -> tuple[str, Year | None]:
    """A heading without the price year that its brackets name, and that year."""
    found = re.search(r"[(\[][^)\]]*\bprices?\b[^)\]]*[)\]]", heading, re.IGNORECASE)
    year, rest = year_within(found[0]) if found is not None else (None, "")
    if found is None or year is None:
        return heading, None
    rest = re.sub(r"\bprices?\b", " ", rest, flags=re.IGNORECASE)
    return heading[: found.start()] + rest + heading[found.end() :], year


def _asked_of(heading: str, holds: str, key: str) -> Asked:
    asked = Asked(
        holds, key, percent=bool(re.search(r"%|\bper ?cent\b|\bpercentage", heading, re.IGNORECASE))
    )
    if holds == "years":
        return _asked_in_years(asked, heading)
    if holds == "share" and key != "contribution" and (kept := _KEPT.search(heading)) is not None:
        return replace(
            asked, refused=f"the heading “{heading}” asks for what is {kept[0]}, not what is deducted"
        )
    if holds not in ("money", "count", "figure"):
        return asked
    if holds != "figure" and asked.percent:
        return replace(asked, refused=f"the heading “{heading}” asks for a percentage, not a number")
    scales = {name: found[0] for found in _SCALED.finditer(heading) for name in _FACTORS if found[name]}
    if holds == "count":
        scales.pop("hundredth", None)
    if len(scales) > 1:
        return replace(asked, refused=f"the heading “{heading}” names more than one unit")
    for name in scales:
        asked = replace(asked, factor=_FACTORS[name], unit=f"{name}s")
    if holds != "figure" and (period := _A_PERIOD.search(heading)) is not None and not A_YEAR.search(heading):
        asked = replace(
            asked, refused=f"the heading “{heading}” asks for an amount {period[0]}, not a year's"
        )
    return asked


def in_currency(asked: Asked, heading: str, currency: str) -> Asked:
    """What a heading asks for, in a study of a currency that may not be the heading's."""
    asked = replace(asked, currency=currency)
    found = _MONEY.search(heading) if asked.holds in ("money", "figure") else None
    if found is None or not currency or is_of(found[0], currency):
        return asked
    return replace(asked, refused=f"the heading “{heading}” asks for {found[0]} and not for {currency}")


def is_in_thousands(text: str) -> bool:
    """Whether a line above a map says that its amounts are in thousands or millions."""
    return _ALL_SCALED.search(text) is not None


def _asked_in_years(asked: Asked, heading: str) -> Asked:
    for part in heading.split(" / "):
        named = [name for name, words in _LONG.items() if re.search(rf"\b(?:{words})\b", part, re.IGNORECASE)]
        if len(named) > 1:
            return replace(asked, refused=f"the heading “{part}” names more than one unit")
        if named:
            return replace(asked, factor=1 / PERIODS[named[0]][1], unit=f"{named[0]}s")
    return asked


def is_of(sign: str, currency: str) -> bool:
    """Whether a sign or code of money can be of a currency; yes where that is not known."""
    codes = CURRENCIES_BY_SIGN.get(sign, (sign.rstrip(".").upper(),))
    return not currency or currency.upper() in codes


def sign_shown(shown_as: str) -> str:
    """The sign or code of a currency in the number format of a cell; empty where there is none."""
    found = re.search(
        rf"\[\$([^\]-]+)(?:-[^\]]*)?\]|([A-Z]{{1,2}}[$]|[{SIGNS}])|\"\s*([A-Z]{{3}})\s*\"", shown_as
    )
    return next(filter(None, found.groups()), "").strip() if found is not None else ""
