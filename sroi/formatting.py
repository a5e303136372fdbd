"""How a number is written where a person reads it: the one place that rounds."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

SIGNS = {"GBP": "£", "USD": "$", "EUR": "€"}
"""Currencies with a sign, whose sums never have one decimal alone; every other is written by its code."""


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


def ratio(value: float) -> str:
    """A return on one pound, to two significant figures."""
    return significant(value, 2)


def money(value: float, currency: str, *, whole: bool = False) -> str:
    """A sum of money to three significant figures, or to the unit where ``whole``; pence are always two.

    Examples
    --------
    >>> money(47.5334, "GBP"), money(-17.6, "GBP"), money(475.3, "GBP"), money(47.5334, "CHF")
    ('£47.50', '−£17.60', '£475', 'CHF 47.5')
    """
    digits = f"{abs(value):,.0f}" if whole or abs(value) < 1 else significant(abs(value), 3)
    return _signed(value if digits != "0" else 0.0, _pence(digits, currency), currency)


def short_money(value: float, currency: str) -> str:
    """A sum of money to three significant figures, for the room that a chart has.

    Examples
    --------
    >>> short_money(3_341_000, "GBP"), short_money(-42_310, "GBP"), short_money(999_999, "GBP")
    ('£3.34m', '−£42,300', '£1.00m')
    """
    for divisor, word in ((1e9, "bn"), (1e6, "m")):
        if abs(value) >= 0.9995 * divisor:
            return _signed(value, f"{significant(abs(value) / divisor, 3)}{word}", currency)
    return money(value, currency)


def scale(largest: float) -> tuple[float, str]:
    """What sums up to ``largest`` are divided by on the axis of a chart, and the word for it.

    Examples
    --------
    >>> scale(3_400_000), scale(42_000), scale(900)
    ((1000000.0, 'million'), (1000.0, 'thousand'), (1.0, ''))
    """
    for divisor, word in ((1e9, "billion"), (1e6, "million"), (1e3, "thousand")):
        if abs(largest) >= 2 * divisor:
            return divisor, word
    return 1.0, ""


def symbol(currency: str) -> str:
    """The sign of a currency, or its code."""
    return prefix(currency).strip()


def prefix(currency: str) -> str:
    """What stands before a sum of money.

    Examples
    --------
    >>> prefix("GBP"), prefix("CHF")
    ('£', 'CHF ')
    """
    return SIGNS.get(currency, f"{currency} ")


def unit(currency: str) -> str:
    """One unit of money."""
    return f"{prefix(currency)}1"


def returned(value: float, currency: str) -> str:
    """What one unit of money returns, to two significant figures: £1.90, £12, £0.81, £0.02."""
    digits = ratio(abs(value))
    digits = digits.rstrip("0") if digits.startswith("0.0") else digits
    return _signed(value, _pence(digits, currency), currency)


def _signed(value: float, digits: str, currency: str) -> str:
    return f"{'−' if value < 0 else ''}{prefix(currency)}{digits}"


def _pence(digits: str, currency: str) -> str:
    return f"{digits}0" if currency in SIGNS and re.fullmatch(r"\d+\.\d", digits) else digits


def ratio_in_a_column(value: float) -> str:
    """A return on one pound in a column of them: to two significant figures, and no finer than a hundredth.

    Examples
    --------
    >>> [ratio_in_a_column(value) for value in (2.03, 0.0234, 12.4, -0.4, 0.004, -0.004, 0)]
    ['2.00', '0.02', '12', '−0.40', 'under 0.01', 'above −0.01', '0.00']
    """
    if 0 < abs(value) < 0.005:
        return "under 0.01" if value > 0 else "above −0.01"
    rounded = float(significant(abs(value), 2).replace(",", ""))
    return f"{'−' if value < 0 else ''}{rounded:,.{0 if rounded >= 10 else 2}f}"


def claim_in_a_column(value: float) -> str:
    """A claimed return on one pound beside such figures."""
    return f"{value:,.2f}".replace("-", "−")


def returned_closely(value: float, currency: str) -> str:
    """What one unit of money returns where small steps matter: to two decimals, above ten to three figures.

    Examples
    --------
    >>> [returned_closely(value, "GBP") for value in (0.064, 2.03499, 14.38, -1.5)]
    ['£0.06', '£2.03', '£14.4', '−£1.50']
    """
    digits = f"{abs(value):.2f}" if abs(value) < 9.995 else significant(abs(value), 3)
    return _signed(value if digits != "0.00" else 0.0, digits, currency)


def percent(share: float) -> str:
    """A share as a percentage."""
    return f"{100 * share:.3g}%".replace("-", "−")


def claimed(value: float, currency: str) -> str:
    """A claimed return on one unit of money, to the digits of the claim."""
    digits = f"{value:g}" if value == int(value) else f"{value:.2f}"
    return f"{prefix(currency)}{digits}"


def count(value: float) -> str:
    """A number of units, to four figures or to the unit."""
    return (f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.4g}").replace("-", "−")


def plain(value: float) -> str:
    """A number as it is, without trailing zeros, for showing what went into a calculation.

    Examples
    --------
    >>> plain(0.3), plain(-0.1), plain(1_760_000.0), plain(11_259.83)
    ('0.3', '−0.1', '1,760,000', '11,259.8')
    """
    return (f"{value:,.6g}" if abs(value) < 1e6 else f"{value:,.0f}").replace("-", "−")


def brief(value: float) -> str:
    """A number to three figures, without trailing zeros, for the room that a chart has.

    Examples
    --------
    >>> brief(8661.38), brief(0.19), brief(-4.7412), brief(1_900_000.0), brief(0.0), brief(999.7)
    ('8,660', '0.19', '−4.74', '1,900,000', '0', '1,000')
    """
    rounded = float(f"{value:.3g}")
    return (f"{rounded:,.0f}" if abs(rounded) >= 1000 else f"{rounded:.3g}").replace("-", "−")


def years(value: float) -> str:
    """A number of years, to one decimal."""
    return f"{value:.1f} years"


def listed(words: Iterable[str]) -> str:
    """Words with commas between them."""
    return ", ".join(words)


def decimals(value: float, places: int) -> str:
    """A number with a count of decimals, to stand beside one that another source printed."""
    digits = f"{abs(value):,.{places}f}"
    return f"−{digits}" if value < 0 and re.search(r"[1-9]", digits) else digits
