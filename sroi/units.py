"""What the words of a unit say of a number: its currency, its size, its period, whether it is in per cent."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

_CURRENCIES = {
    "GBP": r"£|\bGBP\b|\b[Pp]ounds?\b(?! of)|\bsterling\b",
    "EUR": r"€|\bEUR\b|\b[Ee]uros?\b",
    "USD": r"\bUSD\b|\bUS\$|(?<![A-Z])\$|\b[Dd]ollars?\b",
}
_CODES = (
    "AED AUD BRL CAD CHF CLP CNY COP CZK DKK HKD HUF IDR ILS INR JPY KES KRW MXN MYR NGN NOK NZD PHP PLN RON"
    " SAR SEK SGD THB TRY TWD UAH ZAR"
)
_STANDS_AS_MONEY = (
    r"^{0}(?=$|\s+(?:a|an|per|each|for|in)\b|\s*[/(,])|\b(?:in|of)\s+{0}\b|(?:\bper\s+|/\s*){0}$"
)
"""Where three capitals are a currency, and not the name of what is counted."""
_MONEY = r"(?:£|€|US\$|\$|(?-i:[A-Z]{3}))\s*"
_SCALES = (
    (
        1e3,
        re.compile(rf"{_MONEY}k\b|k$|(?:{_MONEY})?(?:in\s+|\()?(?:['’]?000s?|thousands?)\b", re.IGNORECASE),
    ),
    (1e6, re.compile(rf"{_MONEY}mn?\b|m$|(?:{_MONEY})?(?:in\s+|\()?millions?\b", re.IGNORECASE)),
    (1e9, re.compile(rf"{_MONEY}bn\b|(?:{_MONEY})?(?:in\s+|\()?billions?\b", re.IGNORECASE)),
    (1e-2, re.compile(r"(?:in\s+)?(?:p(?!\.?\s?a\b)|pence|penny|pennies|cents?)\b", re.IGNORECASE)),
)
_PERIOD = re.compile(
    r"(?:\b(?:a|per|each|every)\s+|/\s*)(?:calendar\s+)?(?P<named>hour|day|week|fortnight|month|quarter)\b"
    r"|\b(?P<adverb>hourly|daily|weekly|fortnightly|monthly|quarterly)\b|\b(?P<short>pcm|pw|ph)\b",
    re.IGNORECASE,
)
_LASTING = re.compile(
    r"(?:in\s+|calendar\s+)?(?P<named>hour|day|week|fortnight|month|quarter)s?\b", re.IGNORECASE
)
_SHORT = {"pcm": "month", "pw": "week", "ph": "hour", "daily": "day"}
_A_YEAR = re.compile(
    r"\b(?:a|per|each|every|and)\s+year\b|/\s*year\b|\bannual(?:ly)?\b|\byearly\b|\bp\.?a\b", re.IGNORECASE
)
_PER_CENT = re.compile(
    r"(?:in\s+)?(?:%|per\s*cent\b|percent\b|percentage\b|pct\b)(?!\s*points?)", re.IGNORECASE
)
_OF_A_WHOLE = re.compile(r"(?:a |the )?(?:share|proportion|fraction|probability)\b", re.IGNORECASE)

IN_A_YEAR = {"hour": 8760, "day": 365, "week": 52, "fortnight": 26, "month": 12, "quarter": 4}
"""How many of each period a year has."""


class Scale(NamedTuple):
    """What a unit multiplies its number by, in the words of the unit."""

    factor: float
    words: str


@lru_cache(maxsize=4_096)
def currencies_in(unit: str) -> tuple[str, ...]:
    """The currencies that a unit names, by their codes.

    Examples
    --------
    >>> currencies_in("GBP per EUR"), currencies_in("€ a year"), currencies_in("people")
    (('GBP', 'EUR'), ('EUR',), ())
    """
    found = [code for code, pattern in _CURRENCIES.items() if re.search(pattern, unit)]
    return (*found, *(code for code in _CODES.split() if re.search(_STANDS_AS_MONEY.format(code), unit)))


def scale_of(unit: str) -> Scale | None:
    """The thousands, millions or pence that a unit begins with; None where there are none.

    Examples
    --------
    >>> scale_of("£k a year"), scale_of("GBP per thousand residents")
    (Scale(factor=1000.0, words='£k'), None)
    """
    for factor, pattern in _SCALES:
        found = pattern.match(unit.strip())
        if found:
            return Scale(factor, found[0].strip())
    return None


def period_of(unit: str) -> str | None:
    """The period shorter than a year that a unit is a number for; None where it names none, or a year too.

    Examples
    --------
    >>> period_of("GBP per month"), period_of("hours a week and year"), period_of("GBP a year")
    ('month', None, None)
    """
    found = None if _A_YEAR.search(unit) else _PERIOD.search(unit)
    if found is None:
        return None
    word = (found["named"] or found["adverb"] or found["short"]).casefold()
    return _SHORT.get(word, word.removesuffix("ly"))


def lasting(unit: str) -> str | None:
    """The period shorter than a year that a unit counts; None where it counts something else."""
    found = _LASTING.match(unit.strip())
    return found["named"].casefold() if found else None


def in_per_cent(unit: str) -> bool:
    """Whether a unit says that its number is in per cent."""
    return _PER_CENT.match(unit.strip()) is not None


def of_a_whole(unit: str) -> bool:
    """Whether a unit says that its number is a share of something."""
    return _OF_A_WHOLE.match(unit) is not None
