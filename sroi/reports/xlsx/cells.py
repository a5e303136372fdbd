"""Cells as a backend of the formulas: references that calculate, and names that a spreadsheet allows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sroi.backends.symbols import Excel, Symbol

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

_FUNCTIONS = {
    "abs", "and", "char", "code", "cos", "count", "date", "day", "days", "error", "even", "exact", "exp",
    "false", "fact", "find", "fixed", "if", "int", "left", "len", "ln", "log", "lower", "max", "mid", "min",
    "mod", "month", "n", "na", "not", "now", "odd", "or", "pi", "power", "product", "proper", "rand",
    "rank", "rate", "replace", "rept", "right", "round", "search", "sign", "sin", "sqrt", "sum", "t", "tan",
    "text", "time", "today", "trim", "true", "trunc", "type", "upper", "value", "weekday", "xor", "year",
    "years",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cell(Symbol):
    """A cell of a sheet, rows and columns counted from 0; ``text`` is its reference or its name."""

    sheet: str = ""
    row: int = 0
    column: int = 0


def cell(sheet: str, row: int, column: int, name: str | None = None) -> Cell:
    """The cell at a place, by its reference or its name."""
    text = f"{prefix(sheet)}{reference(row, column)}" if name is None else name
    return Cell(text, sheet=sheet, row=row, column=column)


def reference(row: int, column: int, *, fixed: bool = False) -> str:
    """A1 for row 0 and column 0; $A$1 where it is not to move when it is copied."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    sign = "$" if fixed else ""
    return f"{sign}{letters}{sign}{row + 1}"


def prefix(sheet: str) -> str:
    """What stands before a reference to a cell of another sheet."""
    return f"{sheet}!" if re.fullmatch(r"[A-Za-z]+", sheet) else f"'{sheet}'!"


def area(first: Cell, last: Cell) -> str:
    """The range from one cell to another of the same sheet."""
    return f"{prefix(first.sheet)}{reference(first.row, first.column)}:{reference(last.row, last.column)}"


def safe_name(name: str, taken: Collection[str] = ()) -> str:
    """A name that no spreadsheet takes for a cell, a function or a truth value, with ``_`` added if need be.

    Examples
    --------
    >>> [safe_name(name) for name in ("members", "q4", "r1c1", "sum")], safe_name("members", {"members"})
    (['members', 'q4_', 'r1c1_', 'sum_'], 'members_')
    """
    found = name[:200]
    if re.fullmatch(r"[a-z]{1,3}\d+|r|c|r\d*c?\d*", found) or found in _FUNCTIONS:
        found += "_"
    while found in taken:
        found += "_"
    return found


@dataclass(frozen=True, slots=True)
class _Area(Symbol):
    """A range of cells inside a sum."""


class Cells(Excel):
    """Formulas of a workbook: sums take a range where the cells stand side by side."""

    def total(self, values: Iterable[Any]) -> Any:
        """The sum, of ranges where three cells or more stand in a row or column."""
        parts: list[Any] = []
        for run in _runs(list(values)):
            parts += [_Area(area(run[0], run[-1]))] if len(run) > 2 else run
        parts = [part for part in parts if isinstance(part, Symbol) or part != 0]
        if len(parts) > 2:
            return super().total(parts)
        return sum((Symbol(f"SUM({part})") if isinstance(part, _Area) else part for part in parts), start=0.0)


def _runs(values: Sequence[Any]) -> Iterator[list[Any]]:
    """The values in their order, cells that follow one another down a column or along a row together."""
    run: list[Any] = []
    step = (0, 0)
    for value in values:
        if run and isinstance(value, Cell) and isinstance(run[-1], Cell) and value.sheet == run[-1].sheet:
            move = (value.row - run[-1].row, value.column - run[-1].column)
            if move in ((0, 1), (1, 0)) and (len(run) == 1 or move == step):
                step = move
                run.append(value)
                continue
        if run:
            yield run
        run = [value]
    if run:
        yield run
