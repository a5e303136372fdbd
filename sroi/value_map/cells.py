"""What a cell says: numbers as people write them, and how many digits of them were printed."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

NOT_ASSESSED = {
    "",
    "n/a",
    "na",
    "n.a.",
    "-",
    "–",
    "—",
    "?",
    "tbc",
    "tbd",
    "none",
    "not known",
    "unknown",
    "not assessed",
    "not available",
}
"""Texts that stand for a number nobody has assessed."""

NOT_PRICED = {"not priced", "unpriced", "not monetised", "not monetized", "not valued", "no financial proxy"}

_NUMBER = re.compile(
    r"^(?P<open>\()?\s*(?P<sign>[-−–+])?\s*(?:[A-Z]{3}\s?|[£$€¥₹]|[A-Z]{1,2}[£$]|R\s?)?\s*(?P<minus>[-−–])?"
    r"(?P<digits>\d{1,3}(?:[,\u00a0\u202f ]\d{3})+(?:\.\d+)?|\d*\.?\d+(?:[eE][-+]?\d+)?)\s*(?P<percent>%)?\s*(?:[£$€¥₹]|[A-Z]{3}\b)?\s*(?(open)\))"
    r"(?P<words>\s*(?:p\.?[ai]\.?|per\s|each|years?|yrs?|people|persons?|[A-Za-z][A-Za-z ()/-]*)[^\d]*)?$"
)
_TO_ONE = re.compile(
    r"^(?:1|[£$€]\s?1(?:\.00?)?)\s*(?::|to|=)\s*(?P<second>[£$€]?\s?\d[\d,]*\.?\d*)$|^(?P<first>[£$€]?\s?\d[\d,]*\.?\d*)\s*(?::|to)\s*[£$€]?\s?1(?:\.00?)?$"
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
    unit = _last_digit(value)
    pattern = re.sub(r"\"[^\"]*\"|\\.|\[[^\]]*\]", "", shown_as.split(";", maxsplit=1)[0])
    if (
        pattern.upper() != "GENERAL"
        and re.search(r"[0#?]", pattern)
        and not re.search(r"E[-+]", pattern, re.IGNORECASE)
    ):
        decimals = _PLACES.search(pattern)
        unit = max(unit, 10.0 ** -(len(decimals[1] if decimals is not None else "") + 2 * percent))
    return Reading(float(value), unit, percent)


def _last_digit(value: float) -> float:
    exponent = 0 if value == int(value) else Decimal(repr(value)).as_tuple().exponent
    return 10.0 ** min(int(exponent), 0)


def _written(text: str) -> Reading | None:
    to_one = _TO_ONE.match(text)
    if to_one is not None:
        text = to_one["second"] or to_one["first"]
    found = _NUMBER.match(text)
    if found is None:
        return None
    digits = re.sub(r"[,\u00a0\u202f ]", "", found["digits"])
    value = float(digits)
    below = found["open"] or (found["sign"] or "+") != "+" or found["minus"]
    unit = 10.0 ** min(int(Decimal(digits).as_tuple().exponent), 0)
    scale = 100.0 if found["percent"] else 1.0
    return Reading((-value if below else value) / scale, unit / scale, bool(found["percent"]))


def start(value: Any) -> int | None:
    """Years from the period of activity to the first benefit year: 1 or "during" is 0, 2 or "after" is 1, 3 is 2; None where it says neither."""
    if isinstance(value, str):
        words = value.casefold()
        leading = re.match(r"\s*\(?(\d+)\)?(?![\d.])", words)
        if leading is not None:
            return int(leading[1]) - 1 if int(leading[1]) >= 1 else None
        if "after" in words or "following" in words:
            return 1
        return 0 if re.search(r"during|in (?:the )?(?:period|year) of|immediate", words) else None
    if isinstance(value, bool) or not isinstance(value, (int, float)) or value != int(value) or value < 1:
        return None
    return int(value) - 1
