"""What a cell says: numbers as people write them, and how many digits of them were printed."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from sroi.quantities import LARGEST, shown
from sroi.value_map.amounts import parse
from sroi.value_map.asked import Asked, is_of, sign_shown
from sroi.value_map.units import counted, span

_MONEY = r"[£$€]?\s?\d[\d,]*\.?\d*"
_TO_ONE = re.compile(
    rf"^(?:1|[£$€]\s?1(?:\.00?)?)\s*(?::|to|=)\s*(?P<second>{_MONEY})$"
    rf"|^(?P<first>{_MONEY})\s*(?::|to)\s*[£$€]?\s?1(?:\.00?)?$"
)
_FINEST = 1e-10
_NO_START = 1e9


@dataclass(frozen=True, slots=True)
class Reading:
    """A number that a cell shows.

    Attributes
    ----------
    value : float
        The number; a percentage as a share.
    unit_in_last_place : float
        One unit of the last digit that was written; hardly anything for what was calculated.
    percent : bool
        Whether it was written as a percentage.
    said : str
        What has to be told of how it was read; empty where nothing has.
    """

    value: float
    unit_in_last_place: float
    percent: bool = False
    said: str = ""

    @property
    def tolerance(self) -> float:
        """Half a unit of the last digit, and never less than what double precision leaves."""
        return max(self.unit_in_last_place * 0.5 * (1 + 1e-9), 1e-9 * abs(self.value))

    @property
    def places(self) -> int:
        """Decimals that were written, at most ten."""
        return min(max(0, round(-math.log10(self.unit_in_last_place))), 10)


_ANY = Asked()


def read(value: Any, shown_as: str = "General", asked: Asked = _ANY) -> Reading | None:
    """The number that a cell's value shows, in the unit of the file format, or None where it is none."""
    found = understood(value, shown_as, asked)
    return found if isinstance(found, Reading) else None


def understood(
    value: Any, shown_as: str = "General", asked: Asked = _ANY, *, exact: bool = False
) -> Reading | str:
    """The number that a cell's value shows, or why it is not read: empty where there is no number in it.

    A number that was calculated without rounding is ``exact``; one that was written is as precise as its
    digits, whatever part of them its format shows.
    """
    found = _read(value, shown_as, asked, exact=exact)
    if not isinstance(found, Reading) or found.value == 0:
        return found
    if asked.unknown:
        return asked.unknown
    if not found.percent and asked.whole and not 0 <= found.value <= asked.whole:
        return f"{found.value:.15g} is no share of the {asked.whole:g} that the heading names"
    if not found.percent and asked.whole > 1 and found.value < 1:
        either = f"{found.value:.15g} of {asked.whole:g}, or {100 * found.value:.6g}%"
        return f"{found.value:.15g} can be {either}; write it with a percent sign"
    if not found.percent and asked.whole:
        unit = found.unit_in_last_place / asked.whole
        return replace(found, value=found.value / asked.whole, unit_in_last_place=unit, percent=True)
    return found


def _read(value: Any, shown_as: str, asked: Asked, *, exact: bool) -> Reading | str:
    if isinstance(value, bool):
        return ""
    if isinstance(value, (int, float)):
        if math.inf > abs(value) > LARGEST:
            return _too_large(value)
        found = _stored(value, shown_as, asked) if math.isfinite(value) else ""
        if exact and isinstance(found, Reading):
            return replace(found, unit_in_last_place=min(found.unit_in_last_place, _FINEST))
        return found
    found = _written(" ".join(value.split()), asked) if isinstance(value, str) else ""
    return _too_large(value) if isinstance(found, Reading) and abs(found.value) > LARGEST else found


def _too_large(value: float | str) -> str:
    return f"{shown(value)} is too large to be reckoned with; write a number up to {LARGEST:g}"


def _stored(value: float, shown_as: str, asked: Asked) -> Reading | str:
    first = shown_as.split(";", maxsplit=1)[0]
    pattern = re.sub(r"\"[^\"]*\"|\\.|\[[^\]]*\]", "", first)
    percent = "%" in pattern
    unit = _last_digit(repr(value)) if value != int(value) else 1.0
    if percent:
        if asked.holds in ("count", "money", "years") and value:
            return f"{value:.6g} is shown as a percentage; write the number itself"
        return Reading(float(value), unit, True)
    sign = sign_shown(first)
    if sign and asked.holds in ("money", "figure") and not is_of(sign, asked.currency):
        return (
            f"{value:.15g} is shown in {sign}, not in {asked.currency}; write its worth in {asked.currency}"
        )
    words = " ".join(re.findall(r"\"([^\"]*)\"", first)).strip(f" {sign}")
    if words and re.search(r"[^\W\d_]|%", words) and not pattern.rstrip().endswith(","):
        return _written(f"{value:.15g} {words}", asked)
    if asked.refused and value:
        return f"{asked.refused}; write it with its own unit, or mend the heading"
    return Reading(float(value) * asked.factor, unit * asked.factor)


def _written(text: str, asked: Asked) -> Reading | str:
    to_one = _TO_ONE.match(text)
    if to_one is not None and asked.holds in ("figure", "start"):
        text = to_one["second"] or to_one["first"]
        amount = parse(text.replace(" ", ""))
        return Reading(amount.value, amount.unit_in_last_place) if amount is not None else ""
    found = counted(text, asked)
    if found is None or found.why_not:
        return "" if found is None else found.why_not
    amount = parse(text)
    if amount is None or (asked.holds == "years" and span(text) is not None):
        return Reading(found.value, 1e-9, said=found.said)
    unit = amount.unit_in_last_place
    bare = not (amount.percent or amount.scaled or amount.hundredths)
    return Reading(found.value, unit * asked.factor if bare else unit, amount.percent, found.said)


def _last_digit(digits: str) -> float:
    return 10.0 ** max(min(int(Decimal(digits).as_tuple().exponent), 0), -300)


def start(value: Any) -> int | None:
    """Years from the period of activity to the first benefit year; None where the cell does not say.

    1 or "during" is 0, 2 or "after" is 1, 3 is 2.
    """
    if isinstance(value, str):
        words = value.casefold()
        after = "after" in words or "following" in words
        during = re.search(r"during|in (?:the )?(?:period|year) of|immediate", words) is not None
        leading = re.match(r"\s*\(?(\d{1,9})\)?\s*(.*)$", words, re.DOTALL)
        if leading is None:
            return None if after and during else 1 if after else 0 if during else None
        number, behind = int(leading[1]), leading[2].strip(" .")
        says = (number == 1 and not after) or (number == 2 and not during)
        if number < 1 or (behind and not ((after or during) and says)) or re.search(r"\d", behind):
            return None
        return number - 1
    counts = isinstance(value, (int, float)) and not isinstance(value, bool) and 1 <= value < _NO_START
    return int(value) - 1 if counts and value == int(value) else None


def as_text(value: Any) -> str:
    """A cell's value as words: a whole number without decimals, a date in ISO form."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if hasattr(value, "isoformat"):
        return str(value.isoformat()).removesuffix("T00:00:00")
    return str(value)
