"""Price indices of one's own: by which money of a currency moves between price years."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import AfterValidator, PlainValidator, WithJsonSchema

from sroi.base import Model, described, optional
from sroi.quantities import Slug, Text, refusal, shown
from sroi.years import PriceYear

if TYPE_CHECKING:
    from pydantic import GetJsonSchemaHandler
    from pydantic_core import CoreSchema

MOST_ROWS = 1_000
"""Years of one index."""

FILE_PATTERN = r"^[^/\\:\x00-\x1f]+\.csv$"
"""The name of a table beside the pack, without a folder."""


def _level(value: Any) -> float:
    text = value.strip() if isinstance(value, str) else value
    if isinstance(text, str) and re.fullmatch(r"[0-9]+(?:\.[0-9]+)?", text):
        text = float(text)
    if isinstance(text, (int, float)) and not isinstance(text, bool) and 0 < text < math.inf:
        return float(text)
    raise refusal(f"{shown(value)} is not the level of an index", "write a number above 0, such as 104.2")


Level = Annotated[
    float, PlainValidator(_level), WithJsonSchema({"type": ["number", "string"], "exclusiveMinimum": 0})
]


class IndexYear(Model):
    """The level of a price index in one year."""

    year: PriceYear = described("Calendar year, or financial year such as 2024-25 as text.", "year")
    index: Level = described("Level of the index; only the quotient of two years is used.", "number")
    status: Literal["outturn", "forecast"] = described(
        "Whether it was measured or is expected.", "choice", default="outturn"
    )


def _each_year_once(rows: tuple[IndexYear, ...]) -> tuple[IndexYear, ...]:
    seen: set[int | str] = set()
    if not 2 <= len(rows) <= MOST_ROWS:
        raise refusal(
            f"an index of {len(rows)} years", f"list at least two years, and at most {MOST_ROWS:,}", "rows"
        )
    for row in rows:
        if row.year in seen:
            raise refusal(f"the year {row.year} is listed twice", "leave one of the two out", "rows")
        seen.add(row.year)
    return rows


class PriceSeries(Model):
    """A price index: its level by calendar year, by financial year, or by both, each on a base of its own."""

    title: Text | None = optional("Name of the index, as readers know it.")
    source: Slug | None = optional("Name of the source that its levels are from.", "name")
    rationale: Text | None = optional("Why it is this index, where it has no source.")
    rows: Annotated[tuple[IndexYear, ...], AfterValidator(_each_year_once)] = described(
        "Level of each year.", "list"
    )


class _OrFile:
    """Lets a file name stand in a pack's schema where the reader puts the rows of that file."""

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        named = {"type": "string", "pattern": FILE_PATTERN, "description": "A table beside the pack."}
        return {"anyOf": [named, handler(core)]}


class Deflators(Model):
    """The price indices that convert a study's money, in place of those of the United Kingdom."""

    gdp: PriceSeries | None = optional("Index that a method with deflator gdp converts by.")
    cpi: PriceSeries | None = optional("Index that a method with deflator cpi converts by.")
    real_income: PriceSeries | None = optional(
        "Real income a head by year, with which values of wellbeing move (uprate: wellby)."
    )


class PackDeflators(Deflators):
    """The price indices of a pack: their rows, or the table beside the pack that holds them."""

    gdp: Annotated[PriceSeries | None, _OrFile()] = optional("As of a study, or a file of year and index.")
    cpi: Annotated[PriceSeries | None, _OrFile()] = optional("As of a study, or a file of year and index.")
    real_income: Annotated[PriceSeries | None, _OrFile()] = optional(
        "As of a study, or a file of year and index."
    )


DeflatorsOfPack = Annotated[PackDeflators | None, _OrFile()]
"""Indices of a pack, or one table with a column ``deflator`` that says which index a row is of."""
