"""Columns as they are held in a table, read as numbers and words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import narwhals.stable.v2 as nw

from sroi.errors import DocumentError, Problem, instead
from sroi.portfolio.layout import COLUMNS, names_of, typed

if TYPE_CHECKING:
    from sroi.portfolio.layout import Column, Frame, Side

PLAIN = r"^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$"
PERCENTAGE = r"^[-+]?(?:\d+\.?\d*|\.\d+)\s*%$"


def native_frame(table: Any, called: str) -> Frame:
    """A dataframe of any engine as one of narwhals."""
    try:
        return nw.from_native(table)
    except TypeError:
        what = f"this is no dataframe (of type {type(table).__name__})"
        hint = "give a table of pandas, Polars, PyArrow, DuckDB or another engine that narwhals reads"
        raise DocumentError([Problem(what, hint, file=called)]) from None


def as_frame(table: Any, side: Side) -> Frame:
    """A dataframe of any engine as one of narwhals, and with the columns that the layout requires."""
    frame = native_frame(table, side)
    names = names_of(frame)
    problems = [
        Problem(
            f"there is no column {column.name}, {column.meaning}", _missing(column, names, side), file=side
        )
        for column in COLUMNS[side]
        if column.required and column.name not in names
    ]
    if problems:
        raise DocumentError(problems)
    return frame


def _missing(column: Column, names: tuple[str, ...], side: Side) -> str:
    known = {each.name for each in COLUMNS[side]}
    guess = instead(column.name, [name for name in names if name not in known])
    named = f"rename the column that holds it ({guess})" if guess.startswith("did") else "add the column"
    zero = "; 0 is a claim too, and is written" if column.bounds is not None else ""
    return f"{named}{zero}"


def is_text(frame: Frame, name: str) -> bool:
    """Whether a column holds text, or anything."""
    dtype = frame.collect_schema()[name]
    return not (dtype.is_numeric() or dtype == nw.Boolean)


def text_of(frame: Frame, name: str) -> Any:
    """A column as text, without spaces around it; what is empty is missing."""
    column = nw.col(name)
    dtype = frame.collect_schema()[name]
    text = column if dtype == nw.String else nw.when(~column.is_null()).then(column.cast(nw.String))
    text = text.str.strip_chars()
    return nw.when(text != "").then(text)


def number_of(frame: Frame, column: Column) -> Any:
    """A column as numbers; what is no number is missing."""
    name = column.name
    if not is_text(frame, name):
        found = nw.col(name)
        return found if frame.collect_schema()[name] == nw.Float64 else found.cast(nw.Float64)
    text = text_of(frame, name)
    plain = nw.when(text.str.contains(PLAIN)).then(text).cast(nw.Float64)
    bare = text.str.replace_all("%", "", literal=True).str.strip_chars()
    share = nw.when(text.str.contains(PERCENTAGE)).then(bare).cast(nw.Float64) / 100
    found = nw.coalesce(plain, share)
    for word, number in column.words:
        found = nw.coalesce(found, nw.when(text == word).then(nw.lit(number)))
    return found


def with_numbers(frame: Frame, side: Side) -> Frame:
    """A table with a column more for each that holds numbers: the numbers, the default where none is."""
    names = names_of(frame)
    made = []
    for column in COLUMNS[side]:
        if column.bounds is None:
            continue
        if column.name in names:
            found = number_of(frame, column)
            if column.default is not None:
                found = found.fill_null(column.default)
        elif column.default is not None:
            found = nw.lit(column.default)
        made.append(found.alias(typed(column.name)))
    return frame.with_columns(*made)


def distinct(frame: Frame, column: Any) -> list[Any]:
    """What a column holds, each once, without what is missing."""
    found = frame.select(column.alias(typed("distinct"))).unique().lazy().collect()[typed("distinct")]
    return sorted(found.drop_nulls().to_list(), key=str)


def one_row(frame: Frame, columns: dict[str, Any]) -> dict[str, Any]:
    """One figure of a whole table for each of some expressions."""
    if not columns:
        return {}
    found = frame.select(*(each.alias(name) for name, each in columns.items())).lazy().collect()
    row: dict[str, Any] = found.rows(named=True)[0]
    return row
