"""Workbooks in and out, through openpyxl; of one that was sent nothing is run and no link followed."""

from __future__ import annotations

import io
import re
import tempfile
import zipfile
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from sroi.errors import DocumentError, Problem, SroiError, instead
from sroi.extras import needed
from sroi.files import without_times
from sroi.inputs import content_of
from sroi.quantities import shown
from sroi.text import FORMULA_SIGNS, printable
from sroi.value_map.sheet import Cell, Sheet
from sroi.workbooks import Limits, within_bounds
from sroi.workbooks.parts import DAMAGES

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Iterator

MOST_BYTES = 20_000_000
MOST_ROWS = 5_000
MOST_COLUMNS = 500
LIMITS = Limits(unpacked=30_000_000, cells=60_000, smaller="copy the map into a workbook of its own")
_ROUNDS = re.compile(
    r"\b(?:M?ROUND(?:UP|DOWN)?|INT|TRUNC|FIXED|TEXT|CEILING|FLOOR|EVEN|ODD|QUOTIENT)\b", re.IGNORECASE
)


def column_letters(column: int) -> str:
    """The name of a column, counted from 1."""
    before, last = divmod(column - 1, 26)
    return (column_letters(before) if before else "") + chr(65 + last)


def _library(file: str | os.PathLike[str] = "") -> Any:
    return needed("openpyxl", "a workbook", file=str(file))


def open_sheet(
    file: str | os.PathLike[str], wanted: str | None, likeness: Callable[[Sheet], int]
) -> tuple[Sheet, bytes]:
    """The sheet of a workbook that was named, or the one most like a Value Map; and the workbook's bytes.

    Parameters
    ----------
    file : str or path
        The workbook, .xlsx.
    wanted : str or None
        Name of the sheet.
    likeness : callable
        How many columns of a Value Map a :class:`Sheet` has.

    Raises
    ------
    DocumentError
        If the file cannot be used, and why.
    """
    path = Path(file)
    data = _checked(path)
    clean = within_bounds(data, LIMITS, path)
    library = _library(path)
    with _refused_if_broken(path):
        values, formulas = (
            library.load_workbook(io.BytesIO(clean), data_only=only, keep_links=False)
            for only in (True, False)
        )
    names = [sheet.title for sheet in values.worksheets]
    if wanted is not None and wanted not in names:
        _refuse(path, f"there is no sheet {shown(wanted)!r}", instead(wanted, names))
    if not names:
        _refuse(path, "the workbook has no sheet of cells", "give a workbook with a Value Map in it")
    hidden = {sheet.title for sheet in values.worksheets if sheet.sheet_state != "visible"}
    candidates = [name for name in names if (name not in hidden if wanted is None else name == wanted)]
    if not candidates:
        _refuse(path, "every sheet of the workbook is hidden", f"name one: --sheet {names[0]!r}")
    found = max((_sheet(path, values[name]) for name in candidates), key=likeness)
    calculated = _calculated(found, formulas[found.name])
    rounded = formulas.calculation.fullPrecision is False
    if not rounded and not any(_ROUNDS.search(str(cell.value)) for cell in calculated):
        exact = {(cell.row, cell.column) for cell in calculated}
        marked = {at: replace(cell, exact=at in exact) for at, cell in found.cells.items()}
        found = replace(found, cells=marked)
    others = tuple(f"{name} (hidden)" if name in hidden else name for name in names if name != found.name)
    return replace(found, others=others, hidden=_hidden(formulas[found.name])), data


def _hidden(sheet: Any) -> tuple[str, ...]:
    """The rows and columns of a sheet that are hidden, in words."""
    rows = [f"row {row}" for row, its in sorted(sheet.row_dimensions.items()) if its.hidden]
    columns = [f"column {name}" for name, its in sorted(sheet.column_dimensions.items()) if its.hidden]
    return (*rows, *columns)


def _refuse(path: Path, message: str, hint: str) -> NoReturn:
    raise DocumentError([Problem(message, hint, file=str(path))]) from None


@contextmanager
def _refused_if_broken(path: Path) -> Iterator[None]:
    try:
        yield
    except SroiError:
        raise
    except Exception as error:  # noqa: BLE001 - a broken workbook may raise anything
        message = f"this is not an .xlsx workbook, or it is damaged ({error})"
        _refuse(path, message, "save it again as .xlsx")


def _checked(path: Path) -> bytes:
    """The bytes of a workbook without macros, links or more in it than it seems."""
    data = content_of(path, MOST_BYTES, give="give the path of a .xlsx or .csv file", smaller=LIMITS.smaller)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        message = "the workbook is locked with a password, or in the old .xls form"
        _refuse(path, message, "save it without a password as .xlsx")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            names = set(packed.namelist())
            if "xl/workbook.xml" not in names:
                what = "an OpenDocument sheet (.ods)" if "content.xml" in names else "a zip file"
                _refuse(path, f"this is {what} and not an Excel workbook", "save the map as .xlsx")
            if any(name.endswith("vbaProject.bin") for name in names):
                _refuse(path, "the workbook holds macros", "save it as .xlsx, without macros")
            if any(name.startswith("xl/externalLinks/") for name in names):
                hint = "in Excel: Data, Edit links, Break link, so that the values stay; then save it"
                _refuse(path, "cells of the workbook are linked to other workbooks", hint)
    except SroiError:
        raise
    except DAMAGES:
        _refuse(path, "this is not an .xlsx workbook, or it is damaged", "save the map again as .xlsx")
    return data


def _cells(sheet: Any) -> Iterator[Any]:
    """The cells that are there, row by row; none is made for the places between them."""
    return (cell for _, cell in sorted(sheet._cells.items(), key=lambda each: each[0]))  # noqa: SLF001 - nothing public gives them


def _sheet(path: Path, sheet: Any) -> Sheet:
    found = {}
    for cell in _cells(sheet):
        value = cell.value.strip() if isinstance(cell.value, str) else cell.value
        if value is None or value == "":
            continue
        if cell.row > MOST_ROWS or cell.column > MOST_COLUMNS:
            limits = f"{MOST_ROWS:,} rows and {MOST_COLUMNS} columns"
            hint = f"a map has at most {limits}: delete what lies outside it"
            at = f"{sheet.title}!{cell.coordinate}"
            raise DocumentError([Problem("the sheet reaches too far", hint, at, str(path))])
        found[cell.row, cell.column] = Cell(cell.coordinate, value, str(cell.number_format or "General"))
    merged = {
        (row, column): (area.min_row, area.min_col)
        for area in sheet.merged_cells.ranges
        if (area.min_row, area.min_col) in found
        for row in range(area.min_row, min(area.max_row, MOST_ROWS) + 1)
        for column in range(area.min_col, min(area.max_col, MOST_COLUMNS) + 1)
    }
    rows, columns = (max((place[axis] for place in found), default=0) for axis in (0, 1))
    return Sheet(str(path), sheet.title, found, merged, rows, columns)


def _calculated(found: Sheet, sheet: Any) -> list[Any]:
    """The cells with formulas, which hold values; a sheet that was never calculated is refused."""
    formulas = [cell for cell in _cells(sheet) if cell.data_type == "f"]
    if formulas and not any((cell.row, cell.column) in found.cells for cell in formulas):
        message = f"none of the {len(formulas)} formulas holds a value: the workbook was never calculated"
        hint = "open it once in Excel or LibreOffice and save it, so that the values are in it"
        found.refuse(message, hint, formulas[0].coordinate)
    return formulas


class NewSheet:
    """A workbook of one sheet, to be written.

    Parameters
    ----------
    title : str
        Of the sheet.
    """

    def __init__(self, title: str) -> None:
        library = _library()
        styles = library.styles
        self._book = library.Workbook()
        self.page = self._book.active
        self.page.title = title
        self._letter = library.utils.get_column_letter
        self._fonts = {"bold": styles.Font(bold=True), "small": styles.Font(italic=True, size=9)}
        self._wrap = styles.Alignment(wrap_text=True, vertical="top")
        self._shade = styles.PatternFill("solid", fgColor="E7ECF1")

    def put(
        self,
        row: int,
        column: int,
        value: Any,
        shown_as: str | None = None,
        *,
        font: str = "",
        wrap: bool = False,
    ) -> None:
        """A value in a cell; text stays text whatever it begins with."""
        if value is None:
            return
        value = printable(value) if isinstance(value, str) else value
        cell = self.page.cell(row, column, value)
        if isinstance(value, str):
            cell.data_type = "s"
            cell.quotePrefix = value.startswith(FORMULA_SIGNS)
        if shown_as is not None:
            cell.number_format = shown_as
        if font:
            cell.font = self._fonts[font]
        if wrap:
            cell.alignment = self._wrap

    def shade(self, row: int, column: int) -> None:
        """A background for a heading."""
        self.page.cell(row, column).fill = self._shade

    def merge(self, first: int, last: int, column: int) -> None:
        """One cell out of several below each other."""
        if last > first:
            self.page.merge_cells(start_row=first, end_row=last, start_column=column, end_column=column)

    def width(self, column: int, width: float) -> None:
        """Width of a column."""
        self.page.column_dimensions[self._letter(column)].width = width

    def height(self, row: int, height: float) -> None:
        """Height of a row."""
        self.page.row_dimensions[row].height = height

    def content(self, first: int, columns: int, headings: tuple[int, int]) -> bytes:
        """The workbook, on wide paper, with the rows above ``first`` and some columns kept in view.

        On each printed page the columns and the ``headings``, from one row to another, are printed again.
        """
        page, setup = self.page, self.page.page_setup
        setup.orientation, setup.paperSize, setup.fitToHeight = "landscape", page.PAPERSIZE_A3, 0
        page.sheet_properties.pageSetUpPr.fitToPage = True
        page.freeze_panes = f"{self._letter(columns + 1)}{first}"
        page.print_title_rows = f"{headings[0]}:{headings[1]}"
        page.print_title_cols = f"A:{self._letter(columns)}"
        page.print_area = page.dimensions
        self._book.properties.creator = "sroi"
        written = io.BytesIO()
        try:
            with zipfile.ZipFile(
                written, "w", zipfile.ZIP_DEFLATED
            ) as packed:  # closed whatever comes between
                needed("openpyxl.writer.excel", "a workbook").ExcelWriter(self._book, packed).save()
        except Exception as error:  # sheets are written to temporary files first
            if not isinstance(error, OSError) and type(error).__name__ != "SerialisationError":
                raise
            message = f"it cannot be written: {getattr(error, 'strerror', None) or error}"
            _refuse(Path(tempfile.gettempdir()), message, "make room there, for temporary files")
        return without_times(written.getvalue())
