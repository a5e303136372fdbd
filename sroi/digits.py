"""How a bare number is rounded and written: significant figures, shares, counts."""

from __future__ import annotations

import math
import re
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

RESIDUE = 1e-9
"""A ratio or share nearer than this to 0 or 1 is that: what is left is the rounding of the arithmetic."""

_NOTHING = 1e-12


def scaled(digits: str, power: int) -> float:
    """A number as it was written, times a power of ten and rounded once; infinite where no float is as large.

    Examples
    --------
    >>> scaled("41.5", -2), scaled("1.15", 6), scaled("1e99999999999999999999", 3)
    (0.415, 1150000.0, inf)
    """
    try:
        return float(Decimal(digits).scaleb(power))
    except ArithmeticError:  # beyond what decimals hold too
        return float(digits) * 10.0**power


def significant(value: float, digits: int) -> str:
    """A number to a count of significant figures, in plain digits.

    Examples
    --------
    >>> significant(1.9335, 2), significant(0.0514, 2), significant(123456.0, 3), significant(-4.741, 3)
    ('1.9', '0.051', '123,000', '−4.74')
    >>> significant(0.999, 2)
    '1.0'
    """
    if value == 0 or not math.isfinite(value):
        return "0" if value == 0 else str(value)
    rounded = float(f"{value:.{digits - 1}e}")
    places = max(digits - 1 - math.floor(math.log10(abs(rounded))), 0)
    return f"{rounded:,.{places}f}".replace("-", "−")


def count(value: float) -> str:
    """A number of units, to four figures or to the unit.

    Examples
    --------
    >>> count(12_345.6), count(6.75), count(999.96), count(0.00002), count(-3.25)
    ('12,346', '6.75', '1,000', '0.00002', '−3.25')
    """
    return f"{value:,.0f}".replace("-", "−") if abs(value) >= 1000 else figures(value, 4)


def plain(value: float) -> str:
    """A number as it is, without trailing zeros, for showing what went into a calculation.

    Examples
    --------
    >>> plain(0.3), plain(-0.1), plain(1_760_000.0), plain(11_259.83), plain(0.00001), plain(-2.8e-17)
    ('0.3', '−0.1', '1,760,000', '11,259.8', '0.00001', '0')
    """
    return figures(value, 6) if abs(value) < 1e6 else f"{value:,.0f}".replace("-", "−")


def brief(value: float) -> str:
    """A number to three figures, without trailing zeros, for the room that a chart has.

    Examples
    --------
    >>> brief(8661.38), brief(0.19), brief(-4.7412), brief(1_900_000.0), brief(0.0), brief(999.7)
    ('8,660', '0.19', '−4.74', '1,900,000', '0', '1,000')
    """
    return figures(value, 3)


def figures(value: float, digits: int) -> str:
    """A number to a count of significant figures, without trailing zeros; what is a residue is 0."""
    if abs(value) < _NOTHING:
        return "0"
    text = significant(value, digits)
    return text.rstrip("0").rstrip(".") if "." in text else text


def percent(share: float) -> str:
    """A share as a percentage, to three figures; 100% and 0% are all and nothing.

    Examples
    --------
    >>> percent(0.45), percent(0.98912), percent(-0.00652), percent(1.14), percent(123.4), percent(0.5)
    ('45%', '98.9%', '−0.652%', '114%', '12,340%', '50%')
    >>> percent(0.99996), percent(1 - 1e-14), percent(1e-17), percent(0.00001)
    ('99.9%', '100%', '0%', '0.001%')
    """
    share = settled(share)
    if 0.9995 <= share < 1:
        return "99.9%"
    return f"{figures(100 * share, 3 if abs(share) < 10 else 6)}%"


def percents(shares: Iterable[float]) -> tuple[str, ...]:
    """Shares in a column: as many decimals each, none where all are whole.

    Examples
    --------
    >>> percents([1.1371, -0.1353, -0.00652, 0.0]), percents([0.5, 1.0])
    (('113.7%', '−13.5%', '−0.7%', '0.0%'), ('50%', '100%'))
    >>> percents([0.99999, 0.00001, -0.00001])
    ('99.9%', 'under 0.1%', 'above −0.1%')
    """
    every = [settled(share) for share in shares]
    whole = all(abs(100 * share - round(100 * share)) <= RESIDUE for share in every)
    return tuple(f"{100 * share:.0f}%".replace("-", "−") if whole else _tenth(share) for share in every)


def part(share: float) -> str:
    """A share in a sentence: to a tenth of a per cent, without a tenth that is 0.

    Examples
    --------
    >>> part(0.98912), part(0.9901), part(0.0112), part(1.0), part(0.99999)
    ('98.9%', '99%', '1.1%', '100%', '99.9%')
    """
    return percents([share])[0].replace(".0%", "%")


def _tenth(share: float) -> str:
    if 0 < abs(share) < 0.0005:
        return "under 0.1%" if share > 0 else "above −0.1%"
    written = 99.9 if 0.9995 <= share < 1 else 100 * share
    return f"{written:,.1f}%".replace("-", "−")


def settled(value: float) -> float:
    """A ratio without the residue of its arithmetic."""
    return next((float(mark) for mark in (0, 1) if abs(value - mark) <= RESIDUE), value)


def decimals(value: float, places: int) -> str:
    """A number with a count of decimals, to stand beside one that another source printed."""
    digits = f"{abs(value):,.{places}f}"
    return f"−{digits}" if value < 0 and re.search(r"[1-9]", digits) else digits
