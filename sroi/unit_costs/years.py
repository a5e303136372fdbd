"""Price years as tables write them."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

_SPAN = r"(?P<first>(?:19|20)\d{2})(?:\s*[-/–—_ ]\s*(?P<second>(?:19|20)?\d{2}))?(?!\d)"
_WHOLE = re.compile(
    rf"(?:(?:fy|financial year|tax year|calendar year|year)\s*)?{_SPAN}(?:\.0)?(?:\s*prices?)?", re.IGNORECASE
)
_WITHIN = re.compile(rf"(?<!\d){_SPAN}")

Year = int | str


def price_year(cell: Any) -> tuple[Year | None, str]:
    """The price year that a cell holds, or None and why it is none.

    Examples
    --------
    >>> price_year("2005/06"), price_year(2013.0)
    (('2005-06', ''), (2013, ''))
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
        return None, f"{text[:40]!r} is not a price year; write 2013, or 2013-14"
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


def _year(found: re.Match[str]) -> Year | None:
    first = int(found["first"])
    second = found["second"]
    if second is None:
        return first
    return _financial(first) if int(second) in (first + 1, (first + 1) % 100) else None


def _financial(first: int) -> str:
    return f"{first}-{(first + 1) % 100:02d}"
