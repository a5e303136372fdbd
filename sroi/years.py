"""Calendar years and financial years, as a study writes them."""

from __future__ import annotations

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
    return FinancialYear(year[:4]) if isinstance(year, str) else None


def _first_year(value: Any) -> int:
    year = calendar_or_financial(value)
    if year is not None:
        return year
    if isinstance(value, str) and _FINANCIAL.fullmatch(value.strip()):
        _price_year(value)
    wrong, number = "is not a whole number", "a whole number such as 2024"
    if isinstance(value, int) and not isinstance(value, bool):
        wrong = "is below 1000" if value < 1000 else "is above 9999"
        number = "a number from 1000" if value < 1000 else "a number up to 9999"
    if isinstance(value, str) and re.fullmatch(r"\d{4}", value.strip()):
        raise refusal(
            f'"{value.strip()}" is text, and not a number', f"write {value.strip()}, without quotes"
        )
    if isinstance(value, float) and value.is_integer():
        raise refusal(
            f"{shown(value)} is written as a decimal number", f"write {shown(value)}, without a point"
        )
    raise refusal(f"{shown(value)} {wrong}", f'write {number}, or a financial year such as "2024-25"')


_FINANCIAL = re.compile(r"(\d{4})[-/](\d{2}|\d{4})")


def _price_year(value: Any) -> int | str:
    """A calendar year as an int, or a financial year as ``"2024-25"``."""
    if isinstance(value, int) and not isinstance(value, bool) and 1000 <= value <= 9999:
        return value
    text = value.strip() if isinstance(value, str) else ""
    if re.fullmatch(r"[0-9]{4}", text):
        return int(text)
    found = _FINANCIAL.fullmatch(text)
    hint = 'write a calendar year such as 2024, or a financial year such as "2024-25"'
    if found:
        start = int(found[1])
        right = f"{start}-{(start + 1) % 100:02d}"
        if text == right:
            return right
        hint = f'for the financial year that begins in April {start} write "{right}"'
    raise refusal(f"{shown(value)} is not a price year", hint)


PriceYear = Annotated[
    int | str,
    PlainValidator(_price_year),
    WithJsonSchema({"type": ["integer", "string"], "examples": [2024, "2024-25"]}),
]
"""Calendar year (``2024``) or financial year (``"2024-25"``)."""

FirstYear = Annotated[
    int,
    PlainValidator(_first_year),
    PlainSerializer(year_written),
    WithJsonSchema({"type": ["integer", "string"], "examples": [2024, "2024-25"]}),
]
"""Calendar year, or the financial year that begins in it."""
