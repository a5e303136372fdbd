"""The number of a cell in the unit that its column asks for."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sroi.value_map.amounts import parse
from sroi.value_map.asked import is_of
from sroi.value_map.qualifiers import A_YEAR, MONEY, PERIODS

if TYPE_CHECKING:
    from sroi.value_map.amounts import Amount
    from sroi.value_map.asked import Asked

_SPAN = re.compile(
    r"(\d+(?:[.,]\d{1,2})?)\s*-?("
    + "|".join(f"(?P<{name}>{words})" for name, (words, _) in PERIODS.items())
    + r")\b\.?,?\s*(?:and\s+|&\s*|\+\s*)?",
    re.IGNORECASE,
)
_MARK = re.compile(r"(?<=[\w%)])\s*(?:[*†‡]+|\[\d{1,2}\])$")
_NOTHING = re.compile(r"(?:[£$€] ?)?(?:nil|zero|nought)", re.IGNORECASE)
_TIMES = re.compile(
    r"month|mth|week|wk|\bday|daily|quarter|qtr|\bterm|fortnight|p\.?c\.?m|p\.?w\b|p\.?m\b|p\.?d\b",
    re.IGNORECASE,
)
_NOT_A_THING = re.compile(
    r"\d|[+*/<>=~?%]|\b(?:per|of|or|to|and|plus|minus|less|fewer|lower|below|under|over|above|more|reduction|"
    r"decrease|loss|lost|worse|not|no|none|x|times|dozens?|scores?|hundreds?|pairs?|couples?|million|"
    r"thousand|months?|weeks?|days?|years?|monthly|weekly|daily|yearly|annual|annually|a|an|each|every|"
    r"approx|est\w*|pa|p\.a|approximately|about|roughly|at least|up|maximum|minimum|max|min)\b",
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


def span(text: str) -> float | None:
    """Years of a length of time such as ``6 months`` or ``1 year and 6 months``; None where it is none."""
    total, end = 0.0, 0
    text = " ".join(text.split())
    for found in _SPAN.finditer(text):
        if found.start() != end:
            return None
        end = found.end()
        name = next(name for name in PERIODS if found[name])
        total += float(found[1].replace(",", ".")) / PERIODS[name][1]
    return total if end == len(text) and end else None


def counted(text: str, asked: Asked) -> Counted | None:
    """The number of a cell that holds text; None where it begins with no number at all."""
    if _NOTHING.fullmatch(text):
        return Counted(0.0, f"“{text}” is read as 0")
    if (mark := _MARK.search(text)) is not None and asked.holds != "text":
        read = counted(text[: mark.start()], asked)
        said = f"“{text}” is read without its mark {mark[0].strip()}"
        if read is None or read.why_not:
            return read
        return replace(read, said="; ".join(filter(None, (said, read.said))))
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
            return Counted(why_not=f"{asked.refused}; write it with its own unit, or mend the heading")
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
    point = re.search(r"\d\.\d{3}(?!\d)", text) is not None
    sure = asked.points or (amount.percent and not asked.commas) if point else not asked.commas
    if not amount.either or sure:
        return ""
    digits = f"{abs(amount.value):g}" if point else f"{abs(amount.value) / 1000:g}"
    whole = f"{abs(amount.value) * 1000 if point else abs(amount.value):.0f}"
    return f"“{text}” can be {digits} or {whole}; write it as a number, not as text"


def _wrong_kind(text: str, amount: Amount, asked: Asked) -> str:
    holds = asked.holds
    if amount.percent and holds in ("count", "money", "years"):
        return f"“{text}” is a percentage; write the number itself"
    if amount.currency and holds in ("count", "years", "share"):
        if re.fullmatch(r"[A-Z]{3}", amount.currency) and MONEY.fullmatch(amount.currency) is None:
            return (
                f"“{text}” has {amount.currency} beside the number, which is not read; write the number alone"
            )
        return f"“{text}” is an amount of money; write the number alone"
    if amount.hundredths and amount.currency:
        return f"“{text}” can be in pounds or in pence; write the amount alone"
    if amount.hundredths and holds not in ("money", "figure"):
        return f"“{text}” can be pence, people or something else; write the number alone"
    if holds in ("years", "share") and amount.scaled:
        return f"“{text}” has a word for thousands or millions; write the number itself"
    if amount.currency and not is_of(amount.currency, asked.currency):
        return f"“{text}” is not in {asked.currency}; write its worth in {asked.currency}"
    return ""


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
    if A_YEAR.fullmatch(words):
        if asked.key != "input_value":
            return Counted()
        return Counted(said=f"“{text}” is read as the input of one year")
    if asked.key == "input_value" or _TIMES.search(words):
        return Counted(why_not=f"“{text}” is not the amount of a whole year; write that")
    per = re.fullmatch(r"(?:per|each|a|an|/)\s*([A-Za-z][A-Za-z -]*)?", words)
    year = A_YEAR.search(words)
    per_year = per or (year and re.fullmatch(r"(?:per|each|a|an|/)?\s*[A-Za-z /-]+", words))
    return Counted(said=f"“{text}” is read as an amount {words}") if per_year else refused
