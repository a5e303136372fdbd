"""Numbers as people write them: read, or refused with what to write instead."""

from __future__ import annotations

import math
import re
from typing import Any

from sroi.expression import Expression, ExpressionError
from sroi.quantities import Percent, Plain, refusal, shown, with_sign_named
from sroi.text import plain_signs

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
    r"\s*(?P<word>k|thousand|m|mn|million|bn|billion)?(?P<percent>%|\s*per\s*cent)?",
    re.IGNORECASE,
)
NULL = "write null where it is not assessed, or 0 with a rationale where there is none"


def read_number(value: Any) -> float | Expression:
    """A finite float, or the expression that stands for one."""
    if isinstance(value, Plain):
        hint = "write the number itself, such as 12.5, 1_000, 1e6 or 35%"
        raise refusal(f"{value} is not a number: {value.reading}", hint)
    if isinstance(value, Expression):
        return value if value.constant is None else value.constant
    if isinstance(value, str):
        return _read_text(value)
    try:
        number = float("" if isinstance(value, bool) else value)
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
        raise refusal(with_sign_named(str(error), text), instead_of(text) or error.hint) from None
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
    found = _RANGE.fullmatch(plain_signs(bare))
    if found is None:
        return None
    year = re.fullmatch(r"(\d{4})-(\d{2})", bare)
    if year and (int(year[1]) + 1) % 100 == int(year[2]):
        return (
            f"{bare} is a financial year, not a number",
            f"write {year[1]} - {year[2]} if a difference is meant",
        )
    low, high = float(found["low"].replace("_", "")), float(found["high"].replace("_", ""))
    sign = found["percent"] or found["last"]
    if low >= high:
        return None
    ends = f"low: {found['low']}{sign}, high: {found['high']}{sign}"
    return f"{bare} is a range, not a number", f"write {{value: {(low + high) / 2:g}{sign}, {ends}}}"


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
    if not bare or _NOT_ASSESSED.fullmatch(bare):
        return NULL
    decimal = re.fullmatch(r"(-?)[£$€]?\s*(\d+),(\d{1,2}|\d{4,})(%?)", bare)
    if decimal:
        return f"write {decimal[1]}{decimal[2]}.{decimal[3]}{decimal[4]}, with a point"
    pence = re.fullmatch(r"(\d+(?:\.\d+)?)\s*(?:p|pence)", bare)
    if pence:
        return f"write {float(pence[1]) / 100:g}"
    if any(dash in bare for dash in "–—"):
        return "write - where minus is meant"
    roughly = _ROUGHLY.fullmatch(bare)
    number = _plain(roughly[1] if roughly else bare)
    if roughly:
        return f"write {number or roughly[1]}, and low and high for how unsure it is"
    return f"write {number}" if number else ""


def _plain(text: str) -> str:
    found = _MONEY.fullmatch(text)
    if found is None:
        return ""
    digits = re.sub("[, _]", "", found["number"])
    if found["word"]:
        digits = f"{float(digits) * _MAGNITUDES[found['word'].casefold()]:.15g}"
    minus = "-" if "-" in (found["sign"], found["sign2"]) else ""
    return f"{minus}{digits}{'%' if found['percent'] else ''}"
