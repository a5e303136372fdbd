"""Tables without the columns that would be empty."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sroi.model.codes import Codes
from sroi.tables import Table
from sroi.words import readable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def table(
    title: str,
    columns: tuple[str, ...],
    rows: Iterable[tuple[str | None, ...]],
    note: str = "",
    *,
    kept: int = 1,
) -> Table:
    """A table without its empty columns, except the first ``kept``; an absent text is an empty cell."""
    cells = [tuple(cell or "" for cell in row) for row in rows]
    shown = [place for place in range(len(columns)) if place < kept or any(row[place] for row in cells)]
    kept_rows = tuple(tuple(row[place] for place in shown) for row in cells)
    return Table(title, tuple(columns[place] for place in shown), kept_rows, note)


def filled(*tables: Table) -> tuple[Table, ...]:
    """The tables that have rows."""
    return tuple(table for table in tables if table.rows)


def sentences(value: str | tuple[str, ...] | None) -> tuple[str, ...]:
    """Words that may be one paragraph or several."""
    return () if value is None else (value,) if isinstance(value, str) else tuple(value)


def words(value: str | Codes | Mapping[str, object] | None) -> str | None:
    """A text that may be several, each under its name; codes, each list under its own."""
    if isinstance(value, Codes):
        return value.in_words
    if value is None or isinstance(value, str):
        return value
    return "; ".join(f"{readable(str(name))}: {text}" for name, text in value.items())
