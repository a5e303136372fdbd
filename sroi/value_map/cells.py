"""What a cell says: numbers as people write them, and how many digits of them were printed."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

_NUMBER = re.compile(
    r"""
    ^(?P<open>\()?\s*
    (?P<sign>[-−–+])?\s*
    (?:[A-Z]{3}\s?|[£$€¥₹]|[A-Z]{1,2}[£$]|R\s?)?\s*               # a currency before the number
    (?P<minus>[-−–])?
    (?P<digits>\d{1,3}(?:[,\u00a0\u202f\ ]\d{3})+(?:\.\d+)?|\d*\.?\d+(?:[eE][-+]?\d+)?)\s*
    (?P<percent>%)?\s*
    (?:[£$€¥₹]|[A-Z]{3}\b)?\s*                                    # or after it
    (?(open)\))
    (?:\s*(?:p\.?[ai]\.?|per\s|each|years?|yrs?|people|persons?|[A-Za-z][A-Za-z\ ()/-]*)[^\d]*)?$
    """,
    re.VERBOSE,
)
_MONEY = r"[£$€]?\s?\d[\d,]*\.?\d*"
_TO_ONE = re.compile(
    rf"^(?:1|[£$€]\s?1(?:\.00?)?)\s*(?::|to|=)\s*(?P<second>{_MONEY})$"
    rf"|^(?P<first>{_MONEY})\s*(?::|to)\s*[£$€]?\s?1(?:\.00?)?$"
)
_PLACES = re.compile(r"[0#?]\.([0#?]+)")


@dataclass(frozen=True, slots=True)
class Reading:
    """A number that a cell shows.

    Attributes
    ----------
    value : float
        The number; a percentage as a share.
    unit_in_last_place : float
        One unit of the last digit that was printed.
    percent : bool
        Whether it was written as a percentage.
    """

    value: float
    unit_in_last_place: float
    percent: bool = False

    @property
    def tolerance(self) -> float:
        """Half a unit of the last printed digit, and never less than what double precision leaves."""
        return max(self.unit_in_last_place * 0.5 * (1 + 1e-9), 1e-9 * abs(self.value))

    @property
    def places(self) -> int:
        """Decimals that were printed, at most ten."""
        return min(max(0, round(-math.log10(self.unit_in_last_place))), 10)


def read(value: Any, shown_as: str = "General") -> Reading | None:
    """The number that a cell's value shows, or None where it is none."""
    if isinstance(value, bool):
        return None
    if isinstance(value, (int, float)):
        return _stored(value, shown_as) if math.isfinite(value) else None
    return _written(" ".join(value.split())) if isinstance(value, str) else None


def _stored(value: float, shown_as: str) -> Reading:
    percent = "%" in shown_as
    unit = _last_digit(repr(value)) if value != int(value) else 1.0
    pattern = re.sub(r"\"[^\"]*\"|\\.|\[[^\]]*\]", "", shown_as.split(";", maxsplit=1)[0])
    if re.search(r"[0#?]", pattern) and not re.search(r"E[-+]", pattern, re.IGNORECASE):
        decimals = _PLACES.search(pattern)
        unit = max(unit, 10.0 ** -(len(decimals[1] if decimals is not None else "") + 2 * percent))
    return Reading(float(value), unit, percent)


def _written(text: str) -> Reading | None:
    to_one = _TO_ONE.match(text)
    if to_one is not None:
        text = to_one["second"] or to_one["first"]
    found = _NUMBER.match(text)
    if found is None:
        return None
    digits = re.sub(r"[,\u00a0\u202f ]", "", found["digits"])
    below = found["open"] or (found["sign"] or "+") != "+" or found["minus"]
    scale = 100.0 if found["percent"] else 1.0
    value = (-float(digits) if below else float(digits)) / scale
    return Reading(value, _last_digit(digits) / scale, bool(found["percent"]))


def _last_digit(digits: str) -> float:
    return 10.0 ** max(min(int(Decimal(digits).as_tuple().exponent), 0), -300)


def start(value: Any) -> int | None:
    """Years from the period of activity to the first benefit year; None where the cell does not say.

    1 or "during" is 0, 2 or "after" is 1, 3 is 2.
    """
    if isinstance(value, str):
        words = value.casefold()
        leading = re.match(r"\s*\(?(\d+)\)?(?![\d.])", words)
        if leading is not None:
            return int(leading[1]) - 1 if int(leading[1]) >= 1 else None
        if "after" in words or "following" in words:
            return 1
        return 0 if re.search(r"during|in (?:the )?(?:period|year) of|immediate", words) else None
    whole = isinstance(value, (int, float)) and not isinstance(value, bool) and float(value).is_integer()
    return int(value) - 1 if whole and value >= 1 else None


def as_text(value: Any) -> str:
    """A cell's value as words: a whole number without decimals, a date in ISO form."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if hasattr(value, "isoformat"):
        return str(value.isoformat()).removesuffix("T00:00:00")
    return str(value)
