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
        re.compile(
            rf"{_MONEY}k\b|k$|(?:{_MONEY})?(?:in\s+|\()?(?:['’]?000s?|thousands?)\b\)?", re.IGNORECASE
        ),
    ),
    (1e6, re.compile(rf"{_MONEY}mn?\b|m$|(?:{_MONEY})?(?:in\s+|\()?millions?\b\)?", re.IGNORECASE)),
    (1e9, re.compile(rf"{_MONEY}bn\b|(?:{_MONEY})?(?:in\s+|\()?billions?\b\)?", re.IGNORECASE)),
    (1e-2, re.compile(r"(?:in\s+)?(?:p(?!\.?\s?a\b)|pence|penny|pennies|cents?)\b", re.IGNORECASE)),
)
_SCALED_AFTER = re.compile(
    rf"(?:\(|(?<!\d),\s*|\bin\s+|(?<=[^\W\d])\s+(?=['’£]?0))(?:in\s+)?(?:(?P<k>(?:{_MONEY})?(?:['’]?000s?|thousands?)"
    rf"|{_MONEY}k)|(?P<m>(?:{_MONEY})?millions?|{_MONEY}mn?)|(?P<b>(?:{_MONEY})?billions?|{_MONEY}bn))"
    r"(?:\)|\s*$)",
    re.IGNORECASE,
)
_SIZES = {"k": 1e3, "m": 1e6, "b": 1e9}
_AFTER_A_PERIOD = (
    r"(?=$|[^\w\s-]|\s+(?:\W|\d|(?:a|an|and|as|at|before|after|by|each|every|excluding|for|from|full|gross|in"
    r"|including|less|net|of|off|on|or|over|part|per|plus|that|the|to|under|until|when|where|who|with|without"
    r"|charge|charges|cost|costs|fee|fees|hire|income|pay|rate|rates|rent|rental|salary|spend|wage|wages|worth"
    r"|bought|given|held|kept|lost|made|paid|run|seen|sent|sold|spent|taken|\w+(?:ed|ing|ly))\b))"
)
"""What may follow a period; any other word is what the period only describes, as in ``per day centre``."""
_ADVERB = r"hourly|daily|weekly|fortnightly|monthly|quarterly"
_FLOW = (
    r"amounts?|appointments?|attendances?|bills?|budgets?|calls?|charges?|contacts?|contributions?|costs?"
    r"|earnings|expenses|expenditure|fees?|fares?|hours|incomes?|journeys?|numbers?|pay|payments?|rates?|rents?"
    r"|rental|salary|salaries|saving|savings|spend|spending|trips?|visits?|wages?"
)
_PERSON = re.compile(
    r"(?:\w+\s+)?(?:people|persons?|adults?|children|men|women|members|pupils|residents|patients|clients"
    r"|participants|students|\w{3,}(?:ers|ors|ees))\b",
    re.IGNORECASE,
)
_PERIOD = re.compile(
    r"(?:\b(?:a|per|each|every)\s+|/\s*)(?:calendar\s+)?(?P<named>hour|day|week|fortnight|month|quarter)\b"
    rf"{_AFTER_A_PERIOD}"
    rf"|(?<!\bper )(?<!\ba )(?<!\beach )(?<!\bevery )\b(?P<adverb>{_ADVERB})\b"
    rf"(?:(?=\s*$|\s*[^\w\s-]|\s+(?:per|for|in|of|from|to|by|average)\b)|(?=\s+(?:{_FLOW})\b))"
    r"|\b(?P<short>pcm|pw|ph)\b",
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

_TIME = re.compile(
    r"hour|hr|da[yi]|week|wk|fortnight|month|mth|quarter|year|yr|annual|annum|night|term|session|time|fte",
    re.IGNORECASE,
)

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
    more = (code for code in _CODES.split() if code in unit)
    return (*found, *(code for code in more if re.search(_STANDS_AS_MONEY.format(code), unit)))


def scale_of(unit: str) -> Scale | None:
    """The thousands, millions or pence of a unit, at its beginning or after its noun; None where it has none.

    Examples
    --------
    >>> scale_of("£k a year"), scale_of("GBP per thousand residents")
    (Scale(factor=1000.0, words='£k'), None)
    >>> scale_of("people (000)"), scale_of("GBP per 1,000")
    (Scale(factor=1000.0, words='(000)'), None)
    """
    for factor, pattern in _SCALES:
        found = pattern.match(unit.strip())
        if found:
            return Scale(factor, found[0].strip())
    after = _SCALED_AFTER.search(unit)
    if after is None:
        return None
    return Scale(_SIZES[str(after.lastgroup)], after[0].strip(" ,"))


def period_of(unit: str) -> str | None:
    """The period shorter than a year that a unit is a number for; None where it names none, or a year too.

    Examples
    --------
    >>> period_of("GBP per month"), period_of("hours a week and year"), period_of("GBP a year")
    ('month', None, None)
    >>> period_of("daily smokers"), period_of("GBP per day nursery place"), period_of("daily visits")
    (None, None, 'day')
    """
    found = None if _A_YEAR.search(unit) else _PERIOD.search(unit)
    if found is None or (found["adverb"] and _PERSON.match(unit.strip())):
        return None
    word = (found["named"] or found["adverb"] or found["short"]).casefold()
    return _SHORT.get(word, word.removesuffix("ly"))


def of_a_year(unit: str) -> bool:
    """Whether a unit says that its number is for a year."""
    return _A_YEAR.search(unit) is not None


def of_time(words: str) -> bool:
    """Whether words may be about a stretch of time, so that what they count may convert a period."""
    return _TIME.search(words) is not None


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
