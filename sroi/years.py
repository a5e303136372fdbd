"""Calendar years and financial years, as a study writes them."""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated, Any

from pydantic import PlainSerializer, PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from sroi.quantities import refusal, shown


class FinancialYear(int):
    """The calendar year that a financial year begins in, which is written as the financial year."""

    __slots__ = ()

    def __str__(self) -> str:
        return f"{int(self)}-{(int(self) + 1) % 100:02d}"

    def __add__(self, years: int) -> FinancialYear:
        return FinancialYear(int(self) + years)

    __radd__ = __add__


def year_written(year: int) -> int | str:
    """A year as a file writes it: a number, or the text of a financial year."""
    return str(year) if isinstance(year, FinancialYear) else year


def calendar_or_financial(value: Any) -> int | None:
    """The year that ``2024`` or ``"2024-25"`` begins in, a financial one as such; None of anything else."""
    if isinstance(value, int) and not isinstance(value, bool) and 1000 <= value <= 9999:
        return value
    try:
        year = _price_year(value)
    except PydanticCustomError:
        return None
    return FinancialYear(year[:4]) if isinstance(year, str) else year


def _first_year(value: Any) -> int:
    year = calendar_or_financial(value)
    if year is not None:
        return year
    if isinstance(value, float) and value.is_integer() and _is_year(int(value)):
        return int(value)
    if isinstance(value, int) and _SERIALS[0] <= value <= _SERIALS[1]:
        day = _DAY_0 + dt.timedelta(value)
        raise refusal(f"{value} is how a spreadsheet stores {day}", f"write {day.year}")
    if isinstance(value, int) and not isinstance(value, bool):
        wrong = "is below 1000" if value < 1000 else "is above 9999"
        number = "a number from 1000" if value < 1000 else "a number up to 9999"
        raise refusal(f"{shown(value)} {wrong}", f'write {number}, or a financial year such as "2024-25"')
    hint = _meant(value) or 'write a whole number such as 2024, or a financial year such as "2024-25"'
    what = "a whole number" if isinstance(value, float) else "a year"
    raise refusal(f"{shown(value)} is not {what}", hint)


_DAY_0 = dt.date(1899, 12, 30)
_SERIALS = (36_526, 73_050)
"""The days from 2000 to 2099 as spreadsheets count them."""


def _is_year(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 1000 <= value <= 9999


_MEANT = re.compile(
    r"(?:FY|financial year)?\s*(?P<from>(?:\d{2})?\d{2})\s*[-/–—]\s*(?P<to>(?:\d{2})?\d{2})", re.IGNORECASE
)
_LONGEST = 200
"""Characters of a text that a year is looked for in: the search takes their square."""

_WITHIN = re.compile(r"(?:.*[^\d])?(?P<year>(?:19|20)\d{2})(?:[^\d].*)?")


def _price_year(value: Any) -> int | str:
    """A calendar year as an int, or a financial year as ``"2024-25"``."""
    if _is_year(value):
        return int(value)
    text = value.strip() if isinstance(value, str) else ""
    if re.fullmatch(r"[1-9][0-9]{3}", text):
        return int(text)
    found = re.fullmatch(r"([0-9]{4})-([0-9]{2})", text)
    if found and (int(found[1]) + 1) % 100 == int(found[2]):
        return text
    hint = 'write a calendar year such as 2024, or a financial year such as "2024-25"'
    raise refusal(f"{shown(value)} is not a price year", _meant(value) or hint)


def _meant(value: Any) -> str:
    """What to write for text that holds a year; nothing where it holds none."""
    text = value.strip() if isinstance(value, str) else shown(value)
    if len(text) > _LONGEST:
        return ""
    found = _MEANT.fullmatch(text)
    if found:
        start = int(found["from"]) + (2000 if len(found["from"]) == 2 else 0)
        return f'for the financial year that begins in April {start} write "{FinancialYear(start)}"'
    year = _WITHIN.fullmatch(text) if isinstance(value, str) else None
    if year and re.match("FY|financial", text, re.IGNORECASE):
        start = int(year["year"])
        return f'write "{FinancialYear(start)}", or "{FinancialYear(start - 1)}" where it ends in {start}'
    return f"write {year['year']} for that calendar year" if year else ""


_NEXT = "|".join(f"{digit}-(?:\\1){digit + 1}" for digit in range(9))
_CENTURY = "|".join(f"{ten}9-{(ten + 1) % 10}0" for ten in range(10))
_WRITTEN = {
    "type": ["integer", "string"],
    "minimum": 1000,
    "maximum": 9999,
    "pattern": f"^(?:[1-9][0-9]{{3}}|[1-9][0-9](?:([0-9])(?:{_NEXT})|{_CENTURY}))$",
    "examples": [2024, "2024-25"],
}
"""A calendar year, or the text of two years that follow each other."""

PriceYear = Annotated[
    int | str,
    PlainValidator(_price_year),
    WithJsonSchema(_WRITTEN),
]
"""Calendar year (``2024``) or financial year (``"2024-25"``)."""

FirstYear = Annotated[
    int,
    PlainValidator(_first_year),
    PlainSerializer(year_written),
    WithJsonSchema(_WRITTEN),
]
"""Calendar year, or the financial year that begins in it."""
