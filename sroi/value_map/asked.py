"""What the cells of a column hold: the unit and the currency that its heading names."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from sroi.value_map.amounts import SIGNS
from sroi.value_map.columns import CURRENCIES_BY_SIGN

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
    r"(?P<thousand>['’]?\b000'?s?\b|\bthousands?\b|(?<=[£$€])k\b|\bk[£$€]|\bin k\b|\(k\))"
    r"|(?P<million>(?<=[£$€])\s?(?:m|mn|mio|million)s?\b|\bmillions?\b|\(m\))"
    r"|(?P<billion>(?<=[£$€])\s?bn\b|\bbillions?\b|\(bn\))"
    r"|(?P<hundredth>\bpence\b|\bcents\b|\(p\)|\bin p\b)",
    re.IGNORECASE,
)
_KEPT = re.compile(r"\b(?:kept|remaining|remains|retained|left|ours|due to us|additional)\b", re.IGNORECASE)
_READ_IN_BRACKETS = re.compile(
    rf"%|[{SIGNS}]|\b(?:per ?cent|pct|years?|yrs?|months?|mths?|weeks?|wks?|days?|quarters?|000'?s?|"
    r"thousands?|millions?|billions?|pence|cents|only enter numbers|numbers?|no|if any|pv|npv|us|our|ours|"
    r"[A-Z]{3}|k|m|bn|p|1|2|currency|what changes|kept|to others|due to others|"
    r"after (?:the )?(?:end of )?(?:the )?activity)\b"
)
_FACTORS = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "hundredth": 0.01}
_UNIT_WORDS = re.compile(
    r"[,\s–-]*\b(?:in|of)?\s*(?:[£$€]\s?)?(?:['’]?000'?s?|thousands?|millions?|(?<=[£$€])(?:k|m|mn|bn)|pence)\s*$"
    r"|[,\s–-]*\b(?:in\s+)?(?:years|months|mths|weeks|wks|days|quarters)\s*$"
    r"|[,\s–-]*\bper (?:year|annum|month|week|day|quarter)\s*$"
    r"|[,\s–-]*\b(?:in )?(?:per ?cent|percentages?|pct)\s*$",
    re.IGNORECASE,
)
_CODES = sorted({code for codes in CURRENCIES_BY_SIGN.values() for code in codes} | {"CHF"})
_MONEY = re.compile(rf"[A-Z]{{1,2}}\$|[{SIGNS}]|\b(?:{'|'.join(_CODES)})\b")
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


def unread_brackets(heading: str) -> list[str]:
    """What stands in brackets in a heading and is no unit."""
    return [
        each for each in re.findall(r"[(\[]([^)\]]+)[)\]]", heading) if not _READ_IN_BRACKETS.search(each)
    ]


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
