"""One sheet of a workbook as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, NoReturn

from sroi.errors import DocumentError, Problem
from sroi.value_map import cells
from sroi.value_map.amounts import uses_decimal_commas

if TYPE_CHECKING:
    from sroi.value_map.asked import Asked
    from sroi.value_map.cells import Reading

Place = tuple[int, int]
"""Row and column of a cell, counted from 1."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell that holds something: where, what, how its number is shown, and if it was calculated."""

    ref: str
    value: Any
    shown_as: str = "General"
    exact: bool = False

    @property
    def text(self) -> str:
        """What it holds, as words."""
        return cells.as_text(self.value)

    @property
    def reading(self) -> Reading | None:
        """The number that it shows, or None where it is none."""
        return cells.read(self.value, self.shown_as)

    def understood(self, asked: Asked) -> Reading | str:
        """Its number in the unit of the file format, or why it is not read; empty where there is none."""
        return cells.understood(self.value, self.shown_as, asked, exact=self.exact)

    @property
    def is_text(self) -> bool:
        """Whether it holds words, which may be those of a number."""
        return isinstance(self.value, str)


@dataclass(frozen=True)
class Sheet:
    """One sheet as plain values.

    Attributes
    ----------
    file, name : str
        Where it was read from.
    cells : dict of (row, column) to Cell
        The cells that hold something.
    merged : dict of (row, column) to (row, column)
        For each cell that a merged one covers, the cell that holds its value.
    rows, columns : int
        The last of each that holds something.
    others : tuple of str
        Names of the other sheets of the workbook, with what is odd about them in brackets.
    hidden : tuple of str
        Rows and columns of this sheet that are hidden, in words.
    told : str
        What else is to be told of how the file was read.
    delimiter : str
        What parts the cells of a text; empty for a workbook.
    points : bool
        Whether a point in its texts can only part decimals.
    """

    file: str
    name: str
    cells: dict[Place, Cell]
    merged: dict[Place, Place]
    rows: int
    columns: int
    others: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    told: str = ""
    delimiter: str = ""
    points: bool = False

    @cached_property
    def decimal_commas(self) -> str:
        """The first cell whose comma parts the decimals of a number; empty where there is none."""
        texts = ((cell.ref, cell.value) for _, cell in sorted(self.cells.items()) if cell.is_text)
        return next((ref for ref, text in texts if uses_decimal_commas(text)), "")

    def at(self, row: int, column: int) -> Cell | None:
        """The cell itself."""
        return self.cells.get((row, column))

    def over(self, row: int, column: int) -> Cell | None:
        """The cell, or the merged cell that covers its place."""
        return self.cells.get(self.merged.get((row, column), (row, column)))

    def row(self, row: int, first: int = 1) -> list[tuple[int, Cell]]:
        """The cells of a row that hold something, with their columns, from the column ``first`` on."""
        columns = range(first, self.columns + 1)
        return [(column, cell) for column in columns if (cell := self.at(row, column)) is not None]

    def refuse(self, message: str, hint: str, ref: str = "") -> NoReturn:
        """Refuse the sheet, or one cell of it."""
        raise DocumentError([self.problem(message, hint, ref)])

    def problem(self, message: str, hint: str, ref: str = "") -> Problem:
        """What is wrong, with the cell as the place."""
        return Problem(message, hint, f"{self.name}!{ref}" if ref else self.name, self.file)
