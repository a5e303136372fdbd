"""Numbers as people write them: read, or refused with what to write instead."""

from __future__ import annotations

import math
import re
from typing import Any

from sroi.expression import Expression
from sroi.grammar import ExpressionError
from sroi.model.typed import brackets_in_doubt, instead_of_typed, years_in_doubt
from sroi.quantities import PEOPLE, Bounds, refusal, shown, with_sign_named
from sroi.scalars import Percent, Plain, Pointed, Touching, TouchingFloat, misplaced_underscore
from sroi.text import plain_signs
from sroi.units import currencies_in

_NOT_ASSESSED = re.compile(
    r"n\s*/\s*a|n\.a\.?|na|t\.?b\.?[acd]\.?|to be (?:confirmed|decided|determined|advised)|unknown|not known"
    r"|not (?:applicable|available|assessed)|none|nil|missing|[-–—?.…]+",
    re.IGNORECASE,
)
_N_A = re.compile(r"n/a", re.IGNORECASE)
_ROUGHLY = re.compile(
    r"(?:~|≈|c\.|ca\.?|circa|about|around|approx\.?|approximately|[<>≤≥])\s*(\S.*)", re.IGNORECASE
)
_RANGE = re.compile(
    r"(?P<low>\d[\d_]*(?:\.\d+)?)(?P<percent>%?)(?:\s*[–—]\s*|-|\s+to\s+)(?P<high>\d[\d_]*(?:\.\d+)?)(?P<last>%?)"
)
_MAGNITUDES = {"k": 1e3, "thousand": 1e3, "m": 1e6, "mn": 1e6, "million": 1e6, "bn": 1e9, "billion": 1e9}
_MONEY = re.compile(
    r"(?P<sign>[-+]?)[£$€]?\s*(?P<sign2>-?)(?P<number>\d{1,3}(?:[, ]\d{3})+(?:\.\d+)?|\d[\d_]*(?:\.\d+)?)"
    r"\s*(?P<word>k|thousand|m|mn|million|bn|billion)?(?P<percent>%|\s*per\s*cent)?"
    r"(?:\s*(?:[£$€]|(?-i:[A-Z]{3})|pounds|euros?|dollars?))?",
    re.IGNORECASE,
)
_CONTINENTAL = re.compile(
    r"(?P<minus>-?)[£$€]?\s*(?P<whole>\d{1,3}(?:\.\d{3})+)(?P<decimals>,\d+)?\s*(?:[£$€]|[A-Z]{3}|euros?)?"
)
_OF_TIME = re.compile(
    r"(?:£\s*)?(?P<number>\d[\d_]*(?:\.\d+)?)\s*(?P<per>(?:per|a|each|every|/)\s*)?"
    r"(?P<period>years?|yrs?|y|p\.?a\.?|annum|months?|mths?|mos|weeks?|wks?|quarters?|days?)",
    re.IGNORECASE,
)
_IN_A_YEAR = {"m": 12, "w": 52, "q": 4, "d": 365}
_MOST_MENDED = 60
"""Characters of a text beyond which nothing is suggested in its place."""
NULL = "write null where it is not assessed, or 0 with a rationale where there is none"


def read_number(value: Any) -> float | Expression:
    """A finite float, or the expression that stands for one."""
    if isinstance(value, Plain):
        if wrong := misplaced_underscore(value):
            raise refusal(*wrong)
        hint = "write the number itself, such as 12.5, 1_000, 1e6 or 35%"
        raise refusal(f"{value} is not a number: {value.reading}", hint)
    if isinstance(value, Expression):
        return value if value.constant is None else next(iter(value.pointed), value.constant)
    if isinstance(value, str):
        return _read_text(value)
    if type(value) is Touching:
        return TouchingFloat(value)
    try:
        number = value if type(value) is Pointed else float("" if isinstance(value, bool) else value)
    except (TypeError, ValueError, OverflowError):
        kinds: dict[type, str] = {dict: "a mapping", list: "a list", tuple: "a list"}
        kind = next((word for each, word in kinds.items() if isinstance(value, each)), shown(value))
        hint = "write a number, a percentage or an expression over names"
        raise refusal(f"{kind} is not a number", hint) from None
    if not math.isfinite(number):
        raise refusal(f"{shown(number)} is not a finite number", "write a finite number")
    return number


def _read_text(text: str) -> float | Expression:
    doubt = doubt_about(text)
    if doubt is not None:
        raise refusal(with_sign_named(doubt[0], text), doubt[1])
    try:
        read = read_number(Expression(text))
    except ExpressionError as error:
        hint = instead_of(text) or error.hint
        raise refusal(with_sign_named(str(error), text), hint, money=currencies_in(text)) from None
    return Percent(read) if isinstance(read, float) and text.rstrip().endswith("%") else read


def doubt_about(text: str) -> tuple[str, str] | None:
    """What is in doubt about text that arithmetic would read as something, and what to write; else None.

    Examples
    --------
    >>> doubt_about("20-40%")[0], doubt_about("1-0.9")
    ('20-40% is a range, not a number', None)
    """
    bare = text.strip()
    if _N_A.fullmatch(bare):
        return f"{bare} is not a number", NULL
    in_doubt = years_in_doubt(bare) or brackets_in_doubt(bare)
    if in_doubt is not None:
        return in_doubt
    found = _RANGE.fullmatch(plain_signs(bare))
    if found is None:
        return None
    low, high = float(found["low"].replace("_", "")), float(found["high"].replace("_", ""))
    sign = found["percent"] or found["last"]
    if low >= high:
        return None
    ends = f"low: {found['low']}{sign}, high: {found['high']}{sign}"
    return f"{bare} is a range, not a number", f"write {{value: {(low + high) / 2:g}{sign}, {ends}}}"


def thousands_in_doubt(number: float | Expression | None, bounds: Bounds) -> tuple[str, str] | None:
    """What is in doubt about a number whose point may part thousands, and what to write; None where nothing.

    A last digit of 0 says nothing after a decimal point, so 60.000 and 1.250 are asked about wherever
    thousands can stand; of people, of whom there are no parts, 1.234 is too.

    Examples
    --------
    >>> from sroi.quantities import MONEY, SHARE
    >>> thousands_in_doubt(Pointed("60.000"), MONEY)
    ('60.000 may be 60 or 60000', 'write 60, or 60000')
    >>> thousands_in_doubt(Pointed("1.234"), MONEY), thousands_in_doubt(Pointed("1.000"), SHARE)
    (None, None)
    """
    if bounds.bounded:
        return None
    every = number.pointed if isinstance(number, Expression) else (number,)
    for each in every:
        if isinstance(each, Pointed) and (each.in_vain or bounds is PEOPLE):
            return (
                f"{each.text} may be {shown(each)} or {each.thousands}",
                f"write {shown(each)}, or {each.thousands}",
            )
    return None


def instead_of(text: str) -> str:
    """What to write instead of text that is no number and no expression; nothing where it cannot be told.

    Examples
    --------
    >>> instead_of("£24,000"), instead_of("£3.34m"), instead_of("~5")
    ('write 24000', 'write 3340000', 'write 5, and low and high for how unsure it is')
    >>> instead_of("TBC")
    'write null where it is not assessed, or 0 with a rationale where there is none'
    """
    bare = plain_signs(text.strip())
    if len(bare) > _MOST_MENDED:
        return ""
    if not bare or _NOT_ASSESSED.fullmatch(bare):
        return NULL
    decimal = re.fullmatch(r"(-?)[£$€]?\s*(\d+),(\d{1,2}|\d{4,})(%?)", bare)
    if decimal:
        return f"write {decimal[1]}{decimal[2]}.{decimal[3]}{decimal[4]}, with a point"
    continental = _CONTINENTAL.fullmatch(bare)
    if continental:
        whole, decimals = continental["whole"], (continental["decimals"] or "").replace(",", ".")
        one = f"write {continental['minus']}{whole.replace('.', '')}{decimals}"
        in_doubt = whole.count(".") == 1 and not decimals
        return f"{one}, or {continental['minus']}{float(whole):g}" if in_doubt else one
    lasting = _OF_TIME.fullmatch(bare)
    if lasting:
        period = lasting["period"].casefold()
        parts = next((part for begin, part in _IN_A_YEAR.items() if period.startswith(begin)), 1)
        by = "*" if lasting["per"] else "/"
        return f"write {lasting['number']}" + (f" {by} {parts}" if parts > 1 else "")
    if (short := re.fullmatch(r"(\d+(?:\.\d+)?)\s*m", bare)) is not None:
        return f"write {float(short[1]) * 1e6:.15g} for millions, or {short[1]} / 12 for months"
    pence = re.fullmatch(r"(\d+(?:\.\d+)?)\s*(?:p|pence)", bare)
    if pence:
        return f"write {float(pence[1]) / 100:g}"
    if any(dash in bare for dash in "–—"):
        return "write - where minus is meant"
    roughly = _ROUGHLY.fullmatch(bare)
    number = _plain(roughly[1] if roughly else bare)
    if roughly:
        return f"write {number or roughly[1]}, and low and high for how unsure it is"
    return f"write {number}" if number else instead_of_typed(bare, NULL)


def _plain(text: str) -> str:
    found = _MONEY.fullmatch(text)
    if found is None:
        return ""
    digits = re.sub("[, _]", "", found["number"])
    if found["word"]:
        digits = f"{float(digits) * _MAGNITUDES[found['word'].casefold()]:.15g}"
    minus = "-" if "-" in (found["sign"], found["sign2"]) else ""
    return f"{minus}{digits}{'%' if found['percent'] else ''}"
