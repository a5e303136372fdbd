"""How much a workbook may hold, and how much of that it has held so far."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NoReturn

from sroi.errors import DocumentError, Problem

if TYPE_CHECKING:
    from pathlib import Path

MOST_PARTS = 2_000
MOST_SHEETS = 250
MOST_TEXT = 40_000_000
MOST_FORMULAS = 4_000_000
MOST_OTHERS = 40_000
_ELEMENTS_OF_A_CELL = 8


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is read of a workbook.

    Attributes
    ----------
    unpacked : int
        Bytes of all that is read of it, unpacked.
    cells : int
        Cells and texts of all sheets, and cells that merged ones and links cover.
    rows, columns : int or None
        How far a sheet may reach, where the sheets are laid out whole; None where they are not.
    area : int
        Cells, empty ones too, of the sheets that are laid out whole.
    smaller : str
        How to make a smaller workbook.
    kind : str
        What it is called.
    """

    unpacked: int
    cells: int
    rows: int | None = None
    columns: int | None = None
    area: int = 0
    smaller: str = "copy what is wanted into a workbook of its own"
    kind: str = "workbook"


class Tally:
    """What a workbook holds, added up while it is looked through; too much is refused at once."""

    def __init__(self, limits: Limits, file: Path) -> None:
        self.limits = limits
        self.file = file
        self.unpacked = self.cells = self.elements = self.others = self.text = self.area = 0
        self.formulas = 0

    def refuse(self, message: str, hint: str = "") -> NoReturn:
        """Refuse the workbook."""
        raise DocumentError([Problem(message, hint or self.limits.smaller, file=str(self.file))]) from None

    def damaged(self, why: object) -> NoReturn:
        """Refuse what is no workbook."""
        self.refuse(
            f"this is not a {self.limits.kind}, or it is damaged ({why})", "save it again, without a password"
        )

    def too_much(self, what: str, most: int) -> NoReturn:
        """Refuse more than is read."""
        self.refuse(
            f"the {self.limits.kind} has more than {most:,} {what}",
            f"at most these are read: {self.limits.smaller}",
        )

    def locked(self) -> NoReturn:
        """Refuse what a password keeps."""
        self.refuse("the workbook is locked with a password", "save it again without a password")

    def add_unpacked(self, size: int) -> None:
        """Bytes that a part unpacks to."""
        self.unpacked += size
        if self.unpacked > self.limits.unpacked:
            message = f"the file unpacks to more than {self.limits.unpacked:,} bytes"
            self.refuse(message, f"at most these are read: {self.limits.smaller}")

    def add_cells(self, count: int) -> None:
        """Cells, or texts that they share."""
        self.cells += count
        if self.cells > self.limits.cells:
            self.too_much("cells", self.limits.cells)

    def add_element(self) -> None:
        """One element of the cells of a sheet."""
        self.elements += 1
        if self.elements > _ELEMENTS_OF_A_CELL * self.limits.cells:
            self.too_much("parts of cells", _ELEMENTS_OF_A_CELL * self.limits.cells)

    def add_other(self) -> None:
        """One element of what is no cell: styles, columns, rules, drawings, names."""
        self.others += 1
        if self.others > MOST_OTHERS:
            self.too_much("styles, rules, drawings, names and the like", MOST_OTHERS)

    def add_text(self, length: int) -> None:
        """Characters of a cell, as often as cells show them."""
        self.text += length
        if self.text > MOST_TEXT:
            self.too_much("characters in its cells", MOST_TEXT)

    def add_formula(self, length: int) -> None:
        """Characters of a formula that several cells share, for each of them."""
        self.formulas += length
        if self.formulas > MOST_FORMULAS:
            self.too_much("characters in shared formulas", MOST_FORMULAS)

    def add_sheets(self, count: int) -> None:
        """Sheets of the workbook, all told."""
        if count > MOST_SHEETS:
            self.too_much("sheets", MOST_SHEETS)

    def add_area(self, rows: int, columns: int) -> None:
        """The rows and columns over which the filled cells of one sheet spread."""
        self.area += rows * columns
        if self.limits.area and self.area > self.limits.area:
            message = f"the cells of its sheets spread over {self.area:,} places, most of them empty"
            self.refuse(message, f"at most {self.limits.area:,} are read: delete what lies beyond the table")

    def check_place(self, row: int, column: int, name: str) -> None:
        """Whether a filled cell, counted from 1, lies within what is read."""
        rows, columns = self.limits.rows, self.limits.columns
        if (rows is not None and row > rows) or (columns is not None and column > columns):
            hint = f"at most {rows:,} rows and {columns} columns are read: delete what lies beyond the table"
            self.refuse(f"a sheet reaches to {name}", hint)
