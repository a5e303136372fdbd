"""Opening a workbook that somebody sent: what is not a plain .xlsx is refused in words, and nothing in it is run or followed."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from sroi.errors import DocumentError, Problem, instead

if TYPE_CHECKING:
    import os

MOST_BYTES = 20_000_000
MOST_UNPACKED = 100_000_000
MOST_ROWS = 5_000
MOST_COLUMNS = 500

Place = tuple[int, int]
"""Row and column of a cell, counted from 1."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell that holds something: where, what, and how its number is shown."""

    ref: str
    value: Any
    shown_as: str


@dataclass(frozen=True, slots=True)
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
    """

    file: str
    name: str
    cells: dict[Place, Cell]
    merged: dict[Place, Place]
    rows: int
    columns: int

    def at(self, row: int, column: int) -> Cell | None:
        """The cell itself."""
        return self.cells.get((row, column))

    def over(self, row: int, column: int) -> Cell | None:
        """The cell, or the merged cell that covers its place."""
        return self.cells.get(self.merged.get((row, column), (row, column)))

    def refuse(self, message: str, hint: str, ref: str = "") -> NoReturn:
        """Refuse the sheet, or one cell of it."""
        raise DocumentError([self.problem(message, hint, ref)])

    def problem(self, message: str, hint: str, ref: str = "") -> Problem:
        """What is wrong, with the cell as the place."""
        return Problem(message, hint, f"{self.name}!{ref}" if ref else self.name, self.file)


def openpyxl_for(file: str | os.PathLike[str]) -> Any:
    """The library that reads and writes workbooks, an extra."""
    try:
        import openpyxl  # noqa: PLC0415 - an extra, needed for workbooks alone
    except ImportError:
        raise DocumentError(
            [
                Problem(
                    "a Value Map in a workbook needs openpyxl", "pip install 'sroi[report]'", file=str(file)
                )
            ]
        ) from None
    return openpyxl


def open_sheet(file: str | os.PathLike[str], wanted: str | None, looks_like_a_map: Any) -> Sheet:
    """The sheet of a workbook that was named, or the first that looks like a Value Map.

    Parameters
    ----------
    file : str or path
        The workbook, .xlsx.
    wanted : str or None
        Name of the sheet.
    looks_like_a_map : callable
        Says of a :class:`Sheet` how many columns of a Value Map it has.

    Raises
    ------
    DocumentError
        If the file cannot be used, and why.
    """
    path = Path(file)
    data = _checked(path)
    openpyxl = openpyxl_for(path)
    values, formulas = (_loaded(openpyxl, data, path, data_only=data_only) for data_only in (True, False))
    names = [sheet.title for sheet in values.worksheets]
    if wanted is not None and wanted not in names:
        _refuse(path, f"there is no sheet {wanted!r}", instead(wanted, names))
    sheets = [_sheet(path, values[name]) for name in names if wanted in (None, name)]
    scored = [(looks_like_a_map(sheet), -position, sheet) for position, sheet in enumerate(sheets)]
    if not scored:
        _refuse(path, "the workbook has no sheet of cells", "give a workbook with a Value Map in it")
    found: Sheet = max(scored, key=lambda each: each[:2])[2]
    _refuse_what_was_never_calculated(found, formulas[found.name])
    return found


def _refuse(path: Path, message: str, hint: str) -> NoReturn:
    raise DocumentError([Problem(message, hint, file=str(path))])


def _checked(path: Path) -> bytes:
    """The bytes of a workbook without macros, links or more in it than it seems."""
    if not path.is_file():
        _refuse(path, "there is no such file", "give the path of a .xlsx file")
    if path.stat().st_size > MOST_BYTES:
        _refuse(
            path,
            f"the file has {path.stat().st_size:,} bytes",
            f"at most {MOST_BYTES:,} are read: copy the map into a workbook of its own",
        )
    data = path.read_bytes()
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        _refuse(
            path,
            "the workbook is locked with a password, or in the old .xls form",
            "save it without a password as .xlsx",
        )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            parts = packed.infolist()
            size = sum(part.file_size for part in parts)
            if size > MOST_UNPACKED:
                _refuse(
                    path,
                    f"the file unpacks to {size:,} bytes",
                    f"at most {MOST_UNPACKED:,} are read: copy the map into a workbook of its own",
                )
            names = {part.filename for part in parts}
            if "xl/workbook.xml" not in names:
                _refuse(path, "this is a zip file and not an Excel workbook", "save the map as .xlsx")
            if any(name.endswith("vbaProject.bin") for name in names):
                _refuse(path, "the workbook holds macros", "save it as .xlsx, without macros")
            if any(name.startswith("xl/externalLinks/") for name in names):
                hint = "in Excel: Data, Edit links, Break link, so that the values stay; then save it"
                _refuse(path, "cells of the workbook are linked to other workbooks", hint)
            for part in parts:
                if part.filename.endswith((".xml", ".rels")):
                    with packed.open(part) as opened:
                        if b"<!DOCTYPE" in opened.read(4096):
                            _refuse(
                                path,
                                f"{part.filename} in the workbook declares a document type",
                                "save it again as .xlsx with Excel or LibreOffice",
                            )
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError):
        _refuse(path, "this is not an .xlsx workbook, or it is damaged", "save the map again as .xlsx")
    return data


def _loaded(openpyxl: Any, data: bytes, path: Path, *, data_only: bool) -> Any:
    try:
        return openpyxl.load_workbook(io.BytesIO(data), data_only=data_only, keep_links=False)
    except Exception as error:  # noqa: BLE001 - whatever a broken workbook raises is told in one line
        return _refuse(
            path, f"this is not an .xlsx workbook, or it is damaged ({error})", "save the map again as .xlsx"
        )


def _sheet(path: Path, sheet: Any) -> Sheet:
    cells = {}
    for row in sheet.iter_rows():
        for cell in row:
            value = cell.value.strip() if isinstance(cell.value, str) else cell.value
            if value is not None and value != "":
                if cell.row > MOST_ROWS or cell.column > MOST_COLUMNS:
                    hint = f"a map has at most {MOST_ROWS:,} rows and {MOST_COLUMNS} columns: delete what lies outside it"
                    raise DocumentError(
                        [
                            Problem(
                                "the sheet reaches too far",
                                hint,
                                f"{sheet.title}!{cell.coordinate}",
                                str(path),
                            )
                        ]
                    )
                cells[cell.row, cell.column] = Cell(
                    cell.coordinate, value, str(cell.number_format or "General")
                )
    merged = {}
    for area in sheet.merged_cells.ranges:
        if (area.min_row, area.min_col) in cells:
            for row in range(area.min_row, min(area.max_row, MOST_ROWS) + 1):
                for column in range(area.min_col, min(area.max_col, MOST_COLUMNS) + 1):
                    merged[row, column] = (area.min_row, area.min_col)
    last = [max((place[axis] for place in cells), default=0) for axis in (0, 1)]
    return Sheet(str(path), sheet.title, cells, merged, *last)


def _refuse_what_was_never_calculated(found: Sheet, sheet: Any) -> None:
    formulas = [
        cell
        for row in sheet.iter_rows(max_row=max(found.rows, sheet.max_row))
        for cell in row
        if cell.data_type == "f"
    ]
    empty = [cell.coordinate for cell in formulas if (cell.row, cell.column) not in found.cells]
    if formulas and len(empty) == len(formulas):
        hint = "open it once in Excel or LibreOffice and save it, so that the values stand in it"
        found.refuse(
            f"none of the {len(formulas)} formulas holds a value: the workbook was never calculated",
            hint,
            empty[0],
        )
