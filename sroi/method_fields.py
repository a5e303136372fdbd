"""What fields of a method may hold: a rate, a horizon, a period, a year to discount from."""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import PlainValidator, WithJsonSchema

from sroi.expression import Expression
from sroi.grammar import ExpressionError
from sroi.quantities import MOST_YEARS, SHARE, refusal, shown
from sroi.years import calendar_or_financial

_TYPED_RATE = re.compile(
    r"(\d{1,2}(?:[.,]\d+)?)\s*(?:%|per\s?cent|pc)(?:\s*(?:p\.?a\.?|a year|per year))?", re.IGNORECASE
)


def _rate(value: Any) -> float | None:
    if value is None:
        return None
    try:
        rate = Expression(str(value)).constant if not isinstance(value, bool) else None
    except ExpressionError:
        rate = None
    if rate is None or SHARE.violated_by(rate):
        hint = "write a rate such as 3.5% or 0.035"
        typed = _TYPED_RATE.fullmatch(str(value).strip())
        if typed is not None:
            hint = f"write {typed[1].replace(',', '.')}%"
        if rate is not None and 1 < rate <= 100 and "%" not in str(value):
            hint = f"for {shown(rate)} per cent write {shown(rate)}%"
        raise refusal(f"{shown(value)} is not a rate from 0 to 1", hint)
    return rate


_MOST_DIGITS = 12


def _horizon(value: Any) -> int | None:
    if value is None or value == "none":
        return None
    if isinstance(value, str) and value.strip().isascii() and value.strip().isdigit():
        value = int(value[:_MOST_DIGITS])
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 2 * MOST_YEARS:
        return value
    typed = re.fullmatch(r"(\d{1,3})\s*(?:years?|yrs?)", str(value).strip(), re.IGNORECASE)
    years = (
        f"write {typed[1]}" if typed else f"write none, or a whole number of years from 0 to {2 * MOST_YEARS}"
    )
    raise refusal(f"{shown(value)} is not a horizon", years)


def _period(value: Any) -> int | None:
    if value is None:
        return None
    if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= MOST_YEARS:
        return value
    raise refusal(
        f"{shown(value)} is not an appraisal period", f"write a whole number of years from 1 to {MOST_YEARS}"
    )


def _from_year(value: Any) -> int | str:
    if value == "first_year":
        return "first_year"
    year = calendar_or_financial(value)
    if year is not None:
        return year
    raise refusal(
        f"{shown(value)} is not a year to discount from", "write first_year, or a calendar year such as 2024"
    )


_WRITTEN_RATE = r"^(?:0(?:\.[0-9]{1,15})?|1(?:\.0{1,15})?|(?:[0-9]{1,2}(?:\.[0-9]{1,15})?|100)%)$"
Rate = Annotated[
    float | None,
    PlainValidator(_rate),
    WithJsonSchema(
        {"type": ["number", "string", "null"], "minimum": 0, "maximum": 1, "pattern": _WRITTEN_RATE}
    ),
]
Horizon = Annotated[
    int | None,
    PlainValidator(_horizon),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "integer", "minimum": 0, "maximum": 2 * MOST_YEARS},
                {"const": "none"},
                {"type": "null"},
            ]
        }
    ),
]
AppraisalPeriod = Annotated[
    int | None,
    PlainValidator(_period),
    WithJsonSchema({"anyOf": [{"type": "integer", "minimum": 1, "maximum": MOST_YEARS}, {"type": "null"}]}),
]
"""Years over which a study is appraised."""

FromYear = Annotated[
    int | str,
    PlainValidator(_from_year),
    WithJsonSchema(
        {"anyOf": [{"type": "integer", "minimum": 1000, "maximum": 9999}, {"const": "first_year"}]}
    ),
]
