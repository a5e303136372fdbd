"""Price years as tables write them."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

_SPAN = r"(?P<first>(?:19|20)\d{2})(?:\s*[-/–—_ ]\s*(?P<second>(?:19|20)?\d{2}))?(?!\d)"
_SHORT = re.compile(
    r"(?:(?:fy|financial year|tax year|year)\s*)?"
    r"(?:(?P<first>(?:19|20)\d{2})\s*[-/–—]\s*(?P<digit>\d)|'?(?P<early>\d{2})\s*[/–—-]\s*'?(?P<late>\d{2}))"
    r"(?:\s*prices?)?",
    re.IGNORECASE,
)
_WHOLE = re.compile(
    rf"(?:(?:fy|financial year|tax year|calendar year|year)\s*)?{_SPAN}(?:\.0)?(?:\s*prices?)?", re.IGNORECASE
)
_WITHIN = re.compile(rf"(?<!\d){_SPAN}")

_LAST_CENTURY = 50  # 98/99 is of the nineties, 19/20 of this century

Year = int | str


def price_year(cell: Any) -> tuple[Year | None, str]:
    """The price year that a cell holds, or None and why it is none.

    Examples
    --------
    >>> price_year("2005/06"), price_year(2013.0), price_year("2024/5")
    (('2005-06', ''), (2013, ''), ('2024-25', ''))
    >>> price_year("19/20")
    (None, "'19/20' may be 2019-20; write that")
    >>> price_year("2010-12")
    (None, '2010-12 is not one year; write 2010, or 2010-11')
    """
    if isinstance(cell, (dt.date, dt.datetime)):
        hint = "a spreadsheet makes a date of 2010/11; write it as text, 2010-11"
        return None, f"the year is the date {cell:%Y-%m-%d}; {hint}"
    text = " ".join(str(cell).split())
    if not text.strip("-–— ") or isinstance(cell, bool):
        return None, "no price year"
    found = _WHOLE.fullmatch(text)
    if found is None:
        short, sure = _shortened(text)
        if short is not None and sure:
            return short, ""
        return None, f"{text[:40]!r} may be {short}; write that" if short is not None else _not_a_year(text)
    year = _year(found)
    first = found["first"]
    wrong = f"{text} is not one year; write {first}, or {_financial(int(first))}"
    return (year, "") if year is not None else (None, wrong)


def year_within(text: str) -> tuple[Year | None, str]:
    """The one year that a heading names, and the heading without its years.

    Examples
    --------
    >>> year_within("cost (2013/14 prices)")
    ('2013-14', 'cost (  prices)')
    """
    years = {_year(found) for found in _WITHIN.finditer(text)}
    rest = _WITHIN.sub(" ", text)
    return (years.pop() if len(years) == 1 else None), rest


def _shortened(text: str) -> tuple[str | None, bool]:
    """The financial year that 2024/5 or 19/20 is, and whether it can be nothing else."""
    found = _SHORT.fullmatch(text)
    if found is None:
        return None, False
    if found["first"] is not None:
        first = int(found["first"])
        return (_financial(first) if (first + 1) % 10 == int(found["digit"]) else None), True
    early, late = int(found["early"]), int(found["late"])
    century = 1900 if early >= _LAST_CENTURY else 2000
    return (_financial(century + early) if late == (early + 1) % 100 else None), False


def _not_a_year(text: str) -> str:
    """Why a text is no price year, with the year that it names where it names one."""
    years = dict.fromkeys(found["first"] for found in _WITHIN.finditer(text))
    first = int(next(iter(years))) if len(years) == 1 else 2013
    example = "" if len(years) == 1 else " such as"
    said = f"{text[:40]!r} is not a price year"
    return f"{said}; write the year{example} {first}, or {_financial(first)} for a financial year"


def _year(found: re.Match[str]) -> Year | None:
    first = int(found["first"])
    second = found["second"]
    if second is None:
        return first
    return _financial(first) if int(second) in (first + 1, (first + 1) % 100) else None


def _financial(first: int) -> str:
    return f"{first}-{(first + 1) % 100:02d}"
