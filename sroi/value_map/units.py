"""What a number in a cell counts: the unit that its column asks for, and the one that it is written in."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sroi.value_map.amounts import SIGNS, parse
from sroi.value_map.columns import CURRENCIES_BY_SIGN

if TYPE_CHECKING:
    from sroi.value_map.amounts import Amount

_PERIODS = {
    "year": (r"years?|yrs?|y|annum|annual", 1.0),
    "quarter": (r"quarters?|qtrs?", 4.0),
    "month": (r"months?|mths?|mos?|mnths?|m", 12.0),
    "week": (r"weeks?|wks?|w", 52.0),
    "day": (r"days?|d", 365.0),
}
_LONG = {name: words.removesuffix("|m").removesuffix("|w").removesuffix("|d").removesuffix("|y|annum|annual")
         for name, (words, _) in _PERIODS.items()}  # fmt: skip
_SPAN = re.compile(
    r"(\d+(?:[.,]\d{1,2})?)\s*-?("
    + "|".join(f"(?P<{name}>{words})" for name, (words, _) in _PERIODS.items())
    + r")\b\.?,?\s*(?:and\s+|&\s*|\+\s*)?",
    re.IGNORECASE,
)
_A_YEAR = re.compile(
    r"(?:(?:per|a|each|every|/|an)\s*)(?:year|yr|annum)\b\.?|\bp\.? ?a\b\.?|\bannual(?:ly)?\b|\byearly\b",
    re.IGNORECASE,
)
_A_PERIOD = re.compile(
    r"(?:\b(?:per|a|an|each|every)\b|/)\s*(?:calendar )?"
    r"(?:month|mth|week|wk|day|quarter|qtr|term|fortnight|session|hour|hr|night|shift)s?\b"
    r"|\bp\.?c\.?m\b|\bp\.?w\b|\bp\.?m\b|\bp\.?d\b|\bp\.?h\b|\b(?:month|week|fortnight|quarter|hour)ly\b|\bdaily\b",
    re.IGNORECASE,
)
_TIMES = re.compile(
    r"month|mth|week|wk|\bday|daily|quarter|qtr|\bterm|fortnight|p\.?c\.?m|p\.?w\b|p\.?m\b|p\.?d\b",
    re.IGNORECASE,
)
_NOT_A_THING = re.compile(
    r"\d|[+*/<>=~?%]|\b(?:per|of|or|to|and|plus|minus|less|fewer|lower|below|under|over|above|more|reduction|"
    r"decrease|loss|lost|worse|not|no|none|x|times|dozens?|scores?|hundreds?|pairs?|couples?|million|"
    r"thousand|months?|weeks?|days?|years?|monthly|weekly|daily|yearly|annual|annually|a|an|each|every|"
    r"approx|approximately|about|roughly|at least|up|maximum|minimum|max|min)\b",
    re.IGNORECASE,
)
_NEUTRAL = {
    "deadweight": ("deadweight", "would have happened anyway"),
    "displacement": ("displacement", "displaced"),
    "attribution": ("attribution", "to others", "due to others", "others", "attributable to others"),
    "contribution": ("to us", "due to us", "ours", "us", "our share", "attributable to us"),
    "drop_off": ("drop off", "drop-off", "a year", "per year", "each year", "every year", "p.a", "pa",
                 "per annum", "annually"),
}  # fmt: skip
_SCALED = re.compile(
    r"(?P<thousand>['’]?\b000'?s?\b|\bthousands?\b|(?<=[£$€])k\b|\bk[£$€]|\bin k\b|\(k\))"
    r"|(?P<million>(?<=[£$€])\s?(?:m|mn|mio|million)s?\b|\bmillions?\b|\(m\))"
    r"|(?P<billion>(?<=[£$€])\s?bn\b|\bbillions?\b|\(bn\))"
    r"|(?P<hundredth>\bpence\b|\bcents\b|\(p\)|\bin p\b)",
    re.IGNORECASE,
)
_FACTORS = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "hundredth": 0.01}
_UNIT_WORDS = re.compile(
    r"[,\s–-]*\b(?:in|of)?\s*(?:[£$€]\s?)?(?:['’]?000'?s?|thousands?|millions?|(?<=[£$€])(?:k|m|mn|bn)|pence)\s*$"
    r"|[,\s–-]*\b(?:in\s+)?(?:years|months|mths|weeks|wks|days|quarters)\s*$"
    r"|[,\s–-]*\bper (?:year|annum|month|week|day|quarter)\s*$",
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
    """

    holds: str = "figure"
    key: str = ""
    factor: float = 1.0
    unit: str = ""
    percent: bool = False
    refused: str = ""
    currency: str = ""
    commas: bool = False


@dataclass(frozen=True, slots=True)
class Counted:
    """A number in the unit of the file format, and how it came to be so; or why it was not read.

    Attributes
    ----------
    value : float
        The number.
    said : str
        What has to be told of the reading; empty where nothing has.
    why_not : str
        Why it was not read, with what to write instead; empty where it was.
    """

    value: float = 0.0
    said: str = ""
    why_not: str = ""


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
    if holds not in ("money", "count", "figure"):
        return asked
    scales = {name: found[0] for found in _SCALED.finditer(heading) for name in _FACTORS if found[name]}
    if holds == "count":
        scales.pop("hundredth", None)
    if len(scales) > 1:
        return replace(asked, refused=f"the heading “{heading}” names more than one unit")
    for name, words in scales.items():
        asked = replace(asked, factor=_FACTORS[name], unit=words.strip(" ()'’"))
    if (
        holds != "figure"
        and (period := _A_PERIOD.search(heading)) is not None
        and not _A_YEAR.search(heading)
    ):
        asked = replace(
            asked, refused=f"the heading “{heading}” asks for an amount {period[0]}, not a year's"
        )
    return asked


def _asked_in_years(asked: Asked, heading: str) -> Asked:
    for part in heading.split(" / "):
        named = [name for name, words in _LONG.items() if re.search(rf"\b(?:{words})\b", part, re.IGNORECASE)]
        if len(named) > 1:
            return replace(asked, refused=f"the heading “{part}” names more than one unit")
        if named:
            return replace(asked, factor=1 / _PERIODS[named[0]][1], unit=f"{named[0]}s")
    return asked


def span(text: str) -> float | None:
    """Years of a length of time such as ``6 months`` or ``1 year and 6 months``; None where it is none."""
    total, end = 0.0, 0
    text = " ".join(text.split())
    for found in _SPAN.finditer(text):
        if found.start() != end:
            return None
        end = found.end()
        name = next(name for name in _PERIODS if found[name])
        total += float(found[1].replace(",", ".")) / _PERIODS[name][1]
    return total if end == len(text) and end else None


def counted(text: str, asked: Asked) -> Counted | None:
    """The number of a cell that holds text; None where it begins with no number at all."""
    if asked.holds == "years" and (years := span(text)) is not None:
        whole = re.fullmatch(r"[\d.]+ ?-?(?:years?|yrs?|y)\.?", " ".join(text.split()), re.IGNORECASE)
        return Counted(years, "" if whole else f"“{text}” is read as {years:.4g} years")
    amount = parse(text)
    if amount is None:
        return None
    why_not = _in_doubt(text, amount, asked) or _wrong_kind(text, amount, asked)
    if why_not:
        return Counted(why_not=why_not)
    return converted(text, amount, asked)


def converted(text: str, amount: Amount, asked: Asked) -> Counted:
    """An amount in the unit of the file format."""
    value, said = amount.value, []
    bare = not (amount.percent or amount.scaled or amount.hundredths)
    if bare:
        if asked.refused and value:
            return Counted(why_not=f"{asked.refused}; write the amount with its unit")
        value *= asked.factor
    elif not amount.percent:
        said.append(f"“{text}” is read as {value:,.12g}")
    if amount.decimal_comma:
        said.append(f"“{text}” is read as {value:,.12g}, with a decimal comma")
    words = _words(text, amount.words, asked)
    if words.why_not:
        return words
    return Counted(value, "; ".join(filter(None, (*said, words.said))))


def _in_doubt(text: str, amount: Amount, asked: Asked) -> str:
    point = "." in text
    if not amount.either or (amount.percent and point and not asked.commas) or not (point or asked.commas):
        return ""
    digits = f"{abs(amount.value):g}" if point else f"{abs(amount.value) / 1000:g}"
    whole = f"{abs(amount.value) * 1000 if point else abs(amount.value):.0f}"
    return f"“{text}” can be {digits} or {whole}; write it as a number, not as text"


def _wrong_kind(text: str, amount: Amount, asked: Asked) -> str:
    holds = asked.holds
    if amount.percent and holds in ("count", "money", "years"):
        return f"“{text}” is a percentage; write the number itself"
    if amount.currency and holds in ("count", "years", "share"):
        return f"“{text}” is an amount of money; write the number alone"
    if amount.hundredths and holds not in ("money", "figure"):
        return f"“{text}” can be pence, people or something else; write the number alone"
    if holds in ("years", "share") and amount.scaled:
        return f"“{text}” has a word for thousands or millions; write the number itself"
    if amount.currency and not is_of(amount.currency, asked.currency):
        return f"“{text}” is not in {asked.currency}; write its worth in {asked.currency}"
    return ""


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


def _words(text: str, words: str, asked: Asked) -> Counted:
    """Whether the words behind a number leave it what it is."""
    words = re.sub(r"^\((.*)\)$", r"\1", words).strip(" .,;:")
    if not words:
        return Counted()
    refused = Counted(
        why_not=f"“{text}” has words behind the number that are not read; write the number alone"
    )
    if asked.holds == "share":
        return Counted() if words.casefold() in _NEUTRAL.get(asked.key, ()) else refused
    if asked.holds == "count":
        return (
            refused
            if _NOT_A_THING.search(words)
            else Counted(said=f"“{text}” is read as a number of {words}")
        )
    if asked.holds == "money":
        return _money_words(text, words, asked, refused)
    return refused


def _money_words(text: str, words: str, asked: Asked, refused: Counted) -> Counted:
    if _A_YEAR.fullmatch(words):
        if asked.key != "input_value":
            return Counted()
        return Counted(said=f"“{text}” is read as the input of one year")
    if asked.key == "input_value" or _TIMES.search(words):
        return Counted(why_not=f"“{text}” is not the amount of a whole year; write that")
    per = re.fullmatch(r"(?:per|each|a|an|/)\s*([A-Za-z][A-Za-z -]*)?", words)
    year = _A_YEAR.search(words)
    per_year = per or (year and re.fullmatch(r"(?:per|each|a|an|/)?\s*[A-Za-z /-]+", words))
    return Counted(said=f"“{text}” is read as an amount {words}") if per_year else refused
