"""When an outcome begins: in the cohort's own year, after it, or some years later."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import Field, PlainSerializer, PlainValidator, WithJsonSchema

from sroi.base import Model, described
from sroi.quantities import MOST_YEARS, refusal, shown


class YearsLater(Model):
    """A start some whole years after the cohort's own year."""

    years_later: Annotated[int, Field(strict=True, ge=0, le=MOST_YEARS)] = described(
        "Years between the cohort's year and its first benefit year.", "years"
    )


def _starts(value: Any) -> Any:
    if value in ("during", "after") or isinstance(value, YearsLater):
        return value
    if isinstance(value, dict) and set(value) == {"years_later"}:
        later = value["years_later"]
        later = int(later) if isinstance(later, str) and re.fullmatch(r"\d{1,3}", later.strip()) else later
        if isinstance(later, int) and not isinstance(later, bool) and 0 <= later <= MOST_YEARS:
            return YearsLater(years_later=later)
        raise refusal(f"years_later is {shown(later)}", f"write a whole number from 0 to {MOST_YEARS}")
    later = re.match(r"(\d{1,3})(?:\s*(?:years?|yrs?)\b.*)?$", str(value).strip(), re.IGNORECASE)
    hint = f"write {{years_later: {later[1]}}}" if later else "write during, after, or {years_later: 3}"
    raise refusal(f"{shown(value)} is not a start", hint)


def _starts_written(value: Any) -> Any:
    return {"years_later": value.years_later} if isinstance(value, YearsLater) else value


WrittenStarts = Literal["during", "after"] | YearsLater | Mapping[str, int]
"""A start as a program writes one."""

Starts = Annotated[
    Literal["during", "after"] | YearsLater,
    PlainValidator(_starts),
    PlainSerializer(_starts_written),
    WithJsonSchema(
        {
            "anyOf": [
                {"enum": ["during", "after"]},
                {
                    "type": "object",
                    "properties": {"years_later": {"type": "integer", "minimum": 0, "maximum": MOST_YEARS}},
                    "additionalProperties": False,
                },
            ]
        }
    ),
]


def first_year(starts: Literal["during", "after"] | YearsLater | None) -> int | None:
    """Years from the period of activity to the first benefit year; None where nothing says it."""
    if isinstance(starts, YearsLater):
        return starts.years_later
    return None if starts is None else int(starts == "after")


def starting(years: int) -> str | dict[str, int]:
    """When an outcome starts, as the file format writes it: the inverse of :func:`first_year`."""
    return ("during", "after")[years] if years < 2 else {"years_later": years}
