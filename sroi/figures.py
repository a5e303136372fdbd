"""How a number is written where a person reads it: the one place that rounds."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_SYMBOLS = {"GBP": "£", "USD": "$", "EUR": "€"}


def significant(value: float, digits: int) -> str:
    """A number to so many significant figures, in plain digits.

    Examples
    --------
    >>> significant(1.9335, 2), significant(0.0514, 2), significant(123456.0, 3), significant(0.999, 2)
    ('1.9', '0.051', '123,000', '1.0')
    """
    if value == 0 or not math.isfinite(value):
        return "0" if value == 0 else str(value)
    rounded = float(f"{value:.{digits - 1}e}")
    places = max(digits - 1 - math.floor(math.log10(abs(rounded))), 0)
    return f"{rounded:,.{places}f}"


def ratio(value: float) -> str:
    """A return on one pound, to two significant figures."""
    return significant(value, 2)


def money(value: float, currency: str, *, whole: bool = False) -> str:
    """A sum of money to three significant figures, or to the unit where ``whole``."""
    digits = f"{abs(value):,.0f}" if whole or abs(value) < 1 else significant(abs(value), 3)
    symbol = _SYMBOLS.get(currency, f"{currency} ")
    return f"{'−' if value < 0 and digits != '0' else ''}{symbol}{digits}"


def unit(currency: str) -> str:
    """One unit of money."""
    return f"{_SYMBOLS[currency]}1" if currency in _SYMBOLS else f"{currency} 1"


def returned(value: float, currency: str) -> str:
    """What one unit of money returns, to two significant figures: £1.90, £12, £0.81, £0.02."""
    digits = ratio(abs(value))
    digits = digits.rstrip("0") if digits.startswith("0.0") else digits
    pence = currency in _SYMBOLS and re.fullmatch(r"\d+\.\d", digits)
    return f"{'−' if value < 0 else ''}{_SYMBOLS.get(currency, f'{currency} ')}{digits}{'0' if pence else ''}"


def percent(share: float) -> str:
    """A share as a percentage."""
    return f"{100 * share:.3g}%".replace("-", "−")


def claimed(value: float, currency: str) -> str:
    """A claimed return on one unit of money, to the digits of the claim."""
    digits = f"{value:g}" if value == int(value) else f"{value:.2f}"
    return f"{_SYMBOLS.get(currency, f'{currency} ')}{digits}"


def count(value: float) -> str:
    """A number of units, to four figures or to the unit."""
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.4g}"


def plain(value: float) -> str:
    """A number as it is, without trailing zeros, for showing what went into a calculation."""
    return f"{value:,.6g}" if abs(value) < 1e6 else f"{value:,.0f}"


def brief(value: float) -> str:
    """A number to three significant figures, without trailing zeros: 11,300, 0.25, 2."""
    return plain(float(f"{value:.3g}"))


def years(value: float) -> str:
    """A number of years, to one decimal."""
    return f"{value:.1f} years"


def listed(words: Iterable[str]) -> str:
    """Words in a row."""
    return ", ".join(words)
