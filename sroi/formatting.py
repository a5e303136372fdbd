"""How a number is written where a person reads it: the one place that rounds."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from sroi.digits import (
    RESIDUE,
    brief,
    count,
    decimals,
    figures,
    part,
    percent,
    percents,
    plain,
    settled,
    significant,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "MINOR", "SIGNS", "brief", "claim_in_a_column", "claimed", "count", "decimals", "listed", "money",
    "overtakes", "part", "percent", "percents", "plain", "prefix", "ratio", "returned", "scale",
    "short_money", "significant", "symbol", "unit", "with_article", "years",
]  # fmt: skip

SIGNS = {"GBP": "£", "USD": "$", "EUR": "€"}
"""Currencies with a sign, whose sums never have one decimal alone; every other is written by its code."""

MINOR = {"GBP": "p", "USD": "c", "EUR": "c"}
"""What a hundredth of such a currency is written with."""

_RESIDUE_OF_MONEY = 1e-6


def ratio(value: float, against: Iterable[float] = ()) -> str:
    """A return on one pound without its sign, to two decimals; never 1, or a claim, that it misses.

    Examples
    --------
    >>> [ratio(value) for value in (2.0302, 0.0234, 12.4, -0.4, 0.004, -0.004, 0)]
    ['2.03', '0.02', '12.40', '−0.40', 'under 0.01', 'above −0.01', '0.00']
    >>> ratio(0.996), ratio(1.004), ratio(3.998, [4.0]), ratio(1 + 1e-14)
    ('just under 1', 'just over 1', 'just under 4', '1.00')
    """
    value = settled(value)
    if not math.isfinite(value):
        return str(value)
    if 0 < abs(value) < 0.005:
        return "under 0.01" if value > 0 else "above −0.01"
    words = _beside(value, round(value, 2), against)
    return f"{words[0]} {plain(words[1])}" if words else f"{value:,.2f}".replace("-", "−")


def money(value: float, currency: str, *, whole: bool = False) -> str:
    """A sum of money: in pence below a pound, with pence below ten, else to three figures or to the pound.

    Examples
    --------
    >>> money(47.5334, "GBP"), money(-17.6, "GBP"), money(475.3, "GBP"), money(47.5334, "CHF")
    ('£47.50', '−£17.60', '£475', 'CHF 47.5')
    >>> money(0.45, "GBP"), money(0.004, "GBP"), money(-0.004, "GBP"), money(0.45, "CHF"), money(-1e-9, "GBP")
    ('45p', 'less than 1p', 'just under £0', 'CHF 0.45', '£0')
    >>> money(3.24, "GBP", whole=True), money(324.4, "GBP", whole=True)
    ('£3.24', '£324')
    """
    size = abs(value)
    if size < _RESIDUE_OF_MONEY:
        return f"{prefix(currency)}0"
    if size < 9.995:
        return _small(value, currency)
    digits = f"{size:,.0f}" if whole else significant(size, 3)
    return _signed(value, _pence(digits, currency), currency)


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


def returned(value: float, currency: str, against: Iterable[float] = ()) -> str:
    """What one unit of money returns: with pence below ten, in pence below one, above ten to the pound.

    Never written as 1, or as a ratio of ``against`` such as a claim, where it is not that.

    Examples
    --------
    >>> [returned(value, "GBP") for value in (2.0302, 14.38, 0.81, 0.0234, 0.002, -0.00021, -1.5, 0)]
    ['£2.03', '£14', '81p', '2p', 'less than 1p', 'just under £0', '−£1.50', '£0']
    >>> returned(0.996, "GBP"), returned(1.0004, "GBP"), returned(3.998, "GBP", [4.0]), returned(0.996, "CHF")
    ('just under £1', 'just over £1', 'just under £4', 'just under CHF 1')
    """
    value = settled(value)
    if abs(value) < 9.995:
        words = _beside(value, round(value, 2), against)
        return f"{words[0]} {claimed(words[1], currency)}" if words else _small(value, currency)
    to_the_pound = round(value) if abs(value) < 1000 else float(f"{value:.2e}")
    if not _beside(value, to_the_pound, against):
        return _signed(value, f"{abs(to_the_pound):,.0f}", currency)
    words = _beside(value, round(value, 2), against)
    return (
        f"{words[0]} {claimed(words[1], currency)}"
        if words
        else _signed(value, f"{abs(value):,.2f}", currency)
    )


def _beside(value: float, written: float, against: Iterable[float]) -> tuple[str, float] | None:
    """The mark whose side a rounded figure would hide, and the words for the side, if any."""
    hidden = [
        mark
        for mark in (1.0, *against)
        if abs(value - mark) > RESIDUE and (written - mark) * (value - mark) <= 0
    ]
    if not hidden:
        return None
    mark = min(hidden, key=lambda each: abs(each - value))
    return "just under" if value < mark else "just over", mark


def _small(value: float, currency: str) -> str:
    """A sum below ten: with pence, or in pence alone."""
    digits = f"{abs(value):.2f}"
    if digits == "0.00":
        if value == 0:
            return f"{prefix(currency)}0"
        one = f"1{MINOR[currency]}" if currency in MINOR else f"{prefix(currency)}0.01"
        return f"less than {one}" if value > 0 else f"just under {prefix(currency)}0"
    if digits.startswith("0.") and currency in MINOR:
        return f"{'−' if value < 0 else ''}{int(digits[2:])}{MINOR[currency]}"
    return _signed(value, digits, currency)


def _signed(value: float, digits: str, currency: str) -> str:
    return f"{'−' if value < 0 else ''}{prefix(currency)}{digits}"


def _pence(digits: str, currency: str) -> str:
    return f"{digits}0" if currency in SIGNS and re.fullmatch(r"\d+\.\d", digits) else digits


def claim_in_a_column(value: float) -> str:
    """A claimed return on one pound beside such figures."""
    return f"{value:,.2f}".replace("-", "−")


def claimed(value: float, currency: str) -> str:
    """A claimed return on one unit of money, to the digits of the claim.

    Examples
    --------
    >>> [claimed(value, "GBP") for value in (4.0, 3.68, 0.5, 3.675)], claimed(0.5, "CHF")
    (['£4', '£3.68', '50p', '£3.675'], 'CHF 0.50')
    """
    if value == int(value):
        return _signed(value, f"{abs(value):,.0f}", currency)
    if abs(value) < 1 and currency in MINOR:
        return f"{figures(100 * value, 4)}{MINOR[currency]}"
    places = next((n for n in (2, 3) if abs(value - round(value, n)) <= RESIDUE), 4)
    return _signed(value, f"{abs(value):,.{places}f}", currency)


def years(value: float) -> str:
    """A number of years, to one decimal; below one, the first year.

    Examples
    --------
    >>> years(1.668), years(0.0), years(0.7), years(1.0)
    ('1.7 years', 'within the first year', 'within the first year', '1 year')
    """
    if value < 1:
        return "within the first year"
    digits = f"{value:.1f}".removesuffix(".0")
    return f"{digits} {'year' if digits == '1' else 'years'}"


def overtakes(value: float) -> str:
    """The year, counted from 1, in which a sum that grows with the years passes another.

    Examples
    --------
    >>> overtakes(0.0), overtakes(1.0), overtakes(1.668), overtakes(2.0)
    ('within the first year', 'within the first year', 'in year 2', 'in year 2')
    """
    year = math.ceil(value - RESIDUE)
    return "within the first year" if year <= 1 else f"in year {year}"


def with_article(words: str) -> str:
    """Words with the article before them.

    Examples
    --------
    >>> with_article("evaluation"), with_article("forecast")
    ('an evaluation', 'a forecast')
    """
    return f"{'an' if words[:1].lower() in 'aeiou' else 'a'} {words}"


def listed(words: Iterable[str]) -> str:
    """Words with commas between them."""
    return ", ".join(words)
