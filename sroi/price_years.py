"""Price years as tables and maps write them."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

_SPAN = (
    r"(?P<first>(?:19|20)\d{2})(?:\s*(?:[-/–—_ ]\s*(?P<second>(?:19|20)?\d{2})|[-/–—](?P<last>\d)))?(?!\d)"
)
_SHORT = r"['’]?(?P<tens>\d{2})\s*[-/–—]\s*['’]?(?P<next>\d{2})(?!\d)"
_BEFORE = r"(?:(?:fy|financial year|tax year|fiscal year|calendar year|year|in|at)\s*)*"
_WHOLE = re.compile(rf"{_BEFORE}(?:{_SPAN}|{_SHORT})(?:\.0)?(?:\s*prices?)?", re.IGNORECASE)
_WITHIN = re.compile(rf"(?<!\d)(?:{_SPAN}|{_SHORT}(?=\s*prices?\b))")
_SOME_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_IN_SHORT = re.compile(r"(?:fy|year|yr)?\s*['’]?(\d{2})", re.IGNORECASE)
_EARLY = re.compile(r"\b(?:jan|feb|mar)(?:uary|ruary|ch)?\b", re.IGNORECASE)
_NEWEST = 69
"""Two digits below this are of the 2000s, as in the standard C library."""

Year = int | str


def price_year(cell: Any) -> tuple[Year | None, str]:
    """The price year that a cell holds, or None and why it is none.

    Examples
    --------
    >>> price_year("2005/06"), price_year("19/20"), price_year(2013.0)
    (('2005-06', ''), ('2019-20', ''), (2013, ''))
    >>> price_year("2010-12")
    (None, '2010-12 is not one year; write 2010, or 2010-11')
    """
    if isinstance(cell, (dt.date, dt.datetime)):
        return None, _of_a_date(cell)
    text = " ".join(str(cell).split())
    if not text.strip("-–— ") or isinstance(cell, bool):
        return None, "no price year"
    found = _WHOLE.fullmatch(text)
    year = _year(found) if found is not None else None
    return (year, "") if year is not None else (None, _why_not(text))


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


def _why_not(text: str) -> str:
    """Why a text is not one year, and the years that it can mean."""
    shown, years = repr(text[:40]), list(dict.fromkeys(map(int, _SOME_YEAR.findall(text))))
    short = _IN_SHORT.fullmatch(text)
    if not years and short is not None and not text.isdecimal():
        year = _century(int(short[1]))
        return f"{shown} can be two years; write {year}, {_financial(year - 1)} or {_financial(year)}"
    if not years and (span := _WHOLE.fullmatch(text)) is not None:
        return f"{shown} is not one year; write {_financial(_century(int(span['tens'])))}"
    if not years:
        return f"{shown} is not a price year; write a year such as 2013, or a financial year such as 2013-14"
    first = years[0]
    if _WHOLE.fullmatch(text):
        return f"{text} is not one year; write {first}, or {_financial(first)}"
    if len(years) > 1 and years != [first, first + 1]:
        named = ", or ".join(map(str, years))
        return f"{shown} is not one year; write the one whose prices these are: {named}"
    financial = _financial(first - 1 if _EARLY.search(text) and len(years) == 1 else first)
    return f"{shown} is not read as a price year; write {first}, or {financial} for the financial year"


def _of_a_date(cell: dt.date) -> str:
    told = f"the year is the date {cell:%Y-%m-%d}"
    if cell.month == (cell.year + 1) % 100 and cell.day == 1:
        written = f"{cell.year}/{cell.month:02d}"
        return (
            f"{told}; a spreadsheet makes a date of {written}; write it as text, {_financial(cell.year)},"
            f" or {cell.year} for the calendar year"
        )
    financial = _financial(cell.year - (cell.month < 4))
    return f"{told}; write {cell.year}, or for the financial year {financial} as text"


def _year(found: re.Match[str]) -> Year | None:
    groups = found.groupdict()
    if groups.get("tens"):
        first, second = int(groups["tens"]), groups["next"]
        return _financial(_century(first)) if int(second) == (first + 1) % 100 else None
    first, second = int(groups["first"]), groups["second"] or groups["last"]
    if second is None:
        return first
    following = (first + 1, (first + 1) % 100) if groups["second"] else ((first + 1) % 10,)
    return _financial(first) if int(second) in following else None


def _century(two_digits: int) -> int:
    return two_digits + (2000 if two_digits < _NEWEST else 1900)


def _financial(first: int) -> str:
    return f"{first}-{(first + 1) % 100:02d}"
