"""A number as people write it into a cell: its digits, and what stands before and after them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sroi.digits import scaled
from sroi.scalars import vanishes
from sroi.text import plain_number

SIGNS = "£$€¥₹₩₽₺₦₪₫฿₴₵₱"
_MINUS = "-−–"
_AMOUNT = re.compile(
    rf"""
    ^(?P<sign>[{_MINUS}+])?\s*
    (?P<before>[A-Z]{{1,3}}[$£]|[{SIGNS}]|[A-Z]{{3}}|(?i:gbp|eur|usd|chf)|Rs?\.?|kr\.?|zł)?\s*
    (?P<minus>[{_MINUS}])?\s*
    (?P<digits>\d(?:[\d.,' ]*\d)?|\.\d+)(?P<power>[eE][-+]?\d+)?
    (?P<tail>(?![\d.,]).*)$
    """,
    re.VERBOSE,
)
_SCALES = {
    **dict.fromkeys(("k", "thousand", "thousands", "th", "tsd"), 3),
    **dict.fromkeys(("m", "mn", "mln", "mio", "mil", "million", "millions"), 6),
    **dict.fromkeys(("bn", "b", "billion", "billions"), 9),
}
_SCALE = re.compile(rf"({'|'.join(sorted(_SCALES, key=len, reverse=True))})\b\.?\s*(.*)", re.IGNORECASE)
_PERCENT = re.compile(r"(?:%|per ?cent\b|pct\b\.?|pc\b)\s*(.*)", re.IGNORECASE)
_HUNDREDTHS = re.compile(r"(?:p(?!\.?[acwmdh]\b| ?a$)|pence|penny|c|cents?)\b\.?\s*(.*)", re.IGNORECASE)
_CURRENCY = re.compile(
    rf"([{SIGNS}]|[A-Z]{{3}}\b|(?i:gbp|eur|usd|chf)\b|kr\b\.?|zł|Kč|euros?\b|pounds?\b|dollars?\b)\s*(.*)"
)
_TO_ONE = re.compile(
    r"^(?:for (?:every|each)|per|to each)\s+[£$€]?\s?1(?:\.00?)?(?: (?:invested|spent))?$", re.IGNORECASE
)

_SURE = (  # digits that can be read in one way, with the signs that only group them and the decimal one
    (re.compile(r"\d{1,3}(?:,\d{3}){2,}(?:\.\d+)?|\d{1,3}(?:,\d{3})+\.\d+"), ",", "."),
    (re.compile(r"\d{1,3}(?:\.\d{3}){2,}(?:,\d+)?|\d{1,3}(?:\.\d{3})+,\d+"), ".", ","),
    (re.compile(r"\d{1,2}(?:,\d\d)+,\d{3}(?:\.\d+)?"), ",", "."),
    (re.compile(r"\d{1,3}(?P<by>[ '])\d{3}(?:(?P=by)\d{3})*(?:\.\d+)?"), " '", "."),
    (re.compile(r"\d{1,3}(?P<by>[ '])\d{3}(?:(?P=by)\d{3})*,\d+"), " '", ","),
    (re.compile(r"\d+,\d{1,2}|0,\d+"), "", ","),
    (re.compile(r"0?\.\d+|\d+|\d{4,}\.\d+|\d+\.(?:\d{1,2}|\d{4,})|0\d*\.\d+"), "", "."),
)
_EITHER = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")
_DECIMAL_COMMA = re.compile(r"(?:^|[^\d.,])(?:\d{1,3}(?:[. ]\d{3})+|\d+),\d{1,2}(?![\d,.])")


@dataclass(frozen=True, slots=True)
class Amount:
    """A number that was written as text.

    Attributes
    ----------
    value : float
        The number, times the word for thousands or millions behind it; a percentage as a share.
    unit_in_last_place : float
        One unit of the last digit that was written.
    percent : bool
        Whether it was written as a percentage.
    hundredths : bool
        Whether it is in pence or cents; the value is then in pounds or whatever they are the hundredth of.
    scaled : str
        The word for thousands or millions behind it; empty where there is none.
    currency : str
        The sign or code of a currency beside it; empty where there is none.
    words : str
        What else stands behind it.
    decimal_comma : bool
        Whether its decimals stand behind a comma.
    either : bool
        Whether a point or comma in it can part the decimals or group the thousands; the value takes a point
        as the first and a comma as the second.
    """

    value: float
    unit_in_last_place: float
    percent: bool = False
    hundredths: bool = False
    scaled: str = ""
    currency: str = ""
    words: str = ""
    decimal_comma: bool = False
    either: bool = False


def uses_decimal_commas(text: str) -> bool:
    """Whether a text holds a number whose comma can only part its decimals, as in 41,50 or 1.234,56."""
    return _DECIMAL_COMMA.search(text) is not None and parse(text) is not None


def parse(text: str) -> Amount | None:
    """The amount that a text begins with; None where it begins with no number."""
    text = plain_number(re.sub(r"[\u00a0\u202f\u2009\s]+", " ", text).strip())
    negative = text.startswith("(") and text.endswith(")")
    found = _AMOUNT.match(text[1:-1].strip() if negative else text)
    if found is None:
        return None
    read = _digits(found["digits"])
    if read is None:
        return None
    digits, comma, either = read
    if found["power"]:
        digits += found["power"]
    below = negative or (found["sign"] or "+") != "+" or found["minus"]
    return _with_tail(digits, found["tail"].strip(), found["before"] or "", bool(below), (comma, either))


def _with_tail(
    digits: str, tail: str, currency: str, below: bool, written: tuple[bool, bool]
) -> Amount | None:
    power, word, percent, hundredths = 0, "", False, False
    if _TO_ONE.match(tail):
        tail = ""
    if (scale_word := _SCALE.fullmatch(tail)) is not None:
        word, tail = scale_word[1], scale_word[2]
        power = _SCALES[word.casefold()]
    elif (share := _PERCENT.fullmatch(tail)) is not None:
        percent, tail, power = True, share[1], -2
    elif (parts := _HUNDREDTHS.fullmatch(tail)) is not None:
        hundredths, tail, power = True, parts[1], -2
    if not (currency or percent) and (after := _CURRENCY.fullmatch(tail)) is not None:
        currency, tail = after[1], after[2]
    value = scaled(digits, power)
    if vanishes(digits, value):
        return None
    unit = 10.0 ** _last_place(digits) * 10.0**power
    return Amount(
        -value if below else value, unit, percent, hundredths, word, currency, tail.strip(" ."), *written
    )


def _last_place(digits: str) -> int:
    """The power of ten of the last decimal."""
    mantissa, _, power = digits.casefold().partition("e")
    return max(min(int((power or "0")[:9]) - len(mantissa.partition(".")[2]), 0), -300)


def _digits(text: str) -> tuple[str, bool, bool] | None:
    """Digits as Python reads them, whether a comma parts their decimals, and whether that is in doubt."""
    if _EITHER.fullmatch(text):
        return text.replace(",", ""), False, True
    for pattern, grouping, decimal in _SURE:
        if pattern.fullmatch(text):
            for sign in grouping:
                text = text.replace(sign, "")
            return text.replace(decimal, "."), decimal == "," and "," in text, False
    return None
