"""The sheets of a file with unit costs: cells as they stand, within bounds."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NoReturn

from sroi.encodings import decoded
from sroi.errors import DocumentError, Problem, SroiError
from sroi.extras import needed
from sroi.files import is_file
from sroi.unit_costs.shown import cells_not_in_pounds, currencies_of_ods

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

MOST_BYTES = 20_000_000
MOST_UNPACKED = 200_000_000
MOST_ROWS = 100_000
MOST_COLUMNS = 500

WORKBOOKS = (".xls", ".xlsx", ".ods")
TEXTS = (".csv", ".tsv", ".txt")
_DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}

_CELL_AT = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{1,3})(\d{1,7})"[^>]*(?<!/)>')
_ODS_ROW = re.compile(rb"<table:table-row\b([^>]*)>")
_ODS_FILLED = re.compile(rb"<table:(?:covered-)?table-cell\b([^>]*office:value-type=[^>]*)>")
_REPEATED = re.compile(rb'table:number-(?:rows|columns)-repeated="(\d+)"')


@dataclass(frozen=True, slots=True)
class SheetOfCosts:
    """A sheet, or the text of a file by one delimiter.

    Attributes
    ----------
    name : str
        Of the sheet; empty for a file of text.
    rows : sequence of lists
        Its cells, from the first row and column on; an empty cell is an empty text.
    hidden : bool
        Whether the workbook hides it.
    delimiter : str
        What parts the cells of a text.
    shown : mapping
        The sign by row and column of cells that are shown in another currency than the pound, or as a share.
    told : str
        What else is to be said of how it was read.
    """

    name: str
    rows: Sequence[list[Any]]
    hidden: bool = False
    delimiter: str = ""
    shown: Mapping[tuple[int, int], str] = field(default_factory=dict)
    told: str = ""

    def at(self, row: int, column: int | None = None) -> str:
        """Where a cell or row stands, counted from 0: "Crime!H3", or "row 3" of a text."""
        if not self.name:
            return f"row {row + 1}"
        return (
            f"{self.name}!{letters(column)}{row + 1}" if column is not None else f"{self.name} row {row + 1}"
        )


def letters(column: int) -> str:
    """A column's name in a spreadsheet, counted from 0.

    Examples
    --------
    >>> letters(0), letters(27)
    ('A', 'AB')
    """
    before, last = divmod(column, 26)
    return (letters(before - 1) if before else "") + chr(65 + last)


def sheets_of(file: Path) -> Iterator[SheetOfCosts]:
    """The sheets of a workbook; of a text, its rows by each delimiter in turn.

    Raises
    ------
    DocumentError
        If the file cannot be read, and why; or if it is larger than what is read.
    """
    ending = file.suffix.casefold()
    if not is_file(file):
        _refuse(file, "there is no such file", f"give the path of a {_either(WORKBOOKS + TEXTS)} file")
    if ending not in WORKBOOKS + TEXTS:
        what = f"{ending or 'a file without ending'} is not read"
        _refuse(file, what, f"give a {_either(WORKBOOKS + TEXTS)} file")
    if (size := file.stat().st_size) > MOST_BYTES:
        hint = f"at most {MOST_BYTES:,} are read: copy the sheets with costs into a workbook of their own"
        _refuse(file, f"the file has {size:,} bytes", hint)
    data = file.read_bytes()
    return _texts(file, data) if ending in TEXTS else _worksheets(file, data)


def _either(endings: Sequence[str]) -> str:
    return f"{', '.join(endings[:-1])} or {endings[-1]}"


def _texts(file: Path, data: bytes) -> Iterator[SheetOfCosts]:
    read = decoded(data)
    if read is None:
        _refuse(
            file, "this is no text, or in an encoding that cannot be told", "save the table as CSV in UTF-8"
        )
    text, told = read
    present = [delimiter for delimiter in _DELIMITERS if delimiter in text] or [","]
    for delimiter in present:
        rows = []
        try:
            for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
                rows.append(row)
                _check_rows(file, len(rows))
        except csv.Error as error:
            _refuse(file, f"this is not CSV ({error})", "save the table as CSV in UTF-8")
        yield SheetOfCosts("", rows, delimiter=delimiter, told=told)


def _worksheets(file: Path, data: bytes) -> Iterator[SheetOfCosts]:
    library = needed("python_calamine", "a workbook of unit costs", file=str(file))
    _check_unpacked(file, data)
    with _refused_if_broken(file, library):
        book = library.CalamineWorkbook.from_filelike(io.BytesIO(data))
        is_zip, ending = data.startswith(b"PK"), file.suffix.casefold()
        shown = cells_not_in_pounds(data) if is_zip and ending == ".xlsx" else {}
        others = currencies_of_ods(data) if is_zip and ending == ".ods" else ()
    told = (
        f"cells of the workbook are shown in {' and '.join(others)}; all were read as pounds"
        if others
        else ""
    )
    rows_before = 0
    for about in book.sheets_metadata:
        with _refused_if_broken(file, library):
            if about.typ != library.SheetTypeEnum.WorkSheet:
                continue
            sheet = book.get_sheet_by_name(about.name)
            rows_before += sheet.total_height
            _check_rows(file, rows_before, about.name)
            rows = sheet.to_python(skip_empty_area=False)
        hidden = about.visible != library.SheetVisibleEnum.Visible
        yield SheetOfCosts(about.name, rows, hidden, shown=shown.get(about.name, {}), told=told)


def _check_rows(file: Path, rows: int, sheet: str = "") -> None:
    if rows > MOST_ROWS:
        where = f"sheet {sheet!r} brings the rows to" if sheet else "the file has"
        hint = f"at most {MOST_ROWS:,} are read: delete what lies below the table, or split it"
        _refuse(file, f"{where} more than {MOST_ROWS:,}", hint)


def _check_unpacked(file: Path, data: bytes) -> None:
    """Refuse what would unpack to more than is read, before any of it is laid out in memory."""
    if not data.startswith(b"PK"):
        return
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            parts = packed.infolist()
            if (size := sum(part.file_size for part in parts)) > MOST_UNPACKED:
                _refuse(file, f"the file unpacks to {size:,} bytes", f"at most {MOST_UNPACKED:,} are read")
            for part in parts:
                if part.filename == "content.xml":
                    _check_repeats(file, packed.read(part))
                elif part.filename.endswith(".xml"):
                    _check_cells(file, packed.read(part))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        if isinstance(error, SroiError):
            raise
        _refuse(file, f"this is not a workbook, or it is damaged ({error})", _SAVE_AGAIN)


def _check_cells(file: Path, sheet: bytes) -> None:
    last = letters(MOST_COLUMNS - 1).encode().rjust(3)
    for found in _CELL_AT.finditer(sheet):
        if int(found[2]) > MOST_ROWS or found[1].rjust(3) > last:
            _refuse_far(file, (found[1] + found[2]).decode())


def _check_repeats(file: Path, content: bytes) -> None:
    for table in content.split(b"<table:table ")[1:]:
        rows = list(_ODS_ROW.finditer(table))
        ends = [*(row.start() for row in rows[1:]), len(table)]
        last = reached = 0
        for row, end in zip(rows, ends, strict=True):
            reached += int(repeated[1]) if (repeated := _REPEATED.search(row[1])) else 1
            columns = 0
            for cell in _ODS_FILLED.finditer(table, row.end(), end):
                columns += int(repeated[1]) if (repeated := _REPEATED.search(cell[1])) else 1
            last = reached if columns else last
            if columns > MOST_COLUMNS or last > MOST_ROWS:
                _refuse_far(file, f"row {reached:,}")


def _refuse_far(file: Path, place: str) -> NoReturn:
    limits = f"at most {MOST_ROWS:,} rows and {MOST_COLUMNS} columns are read"
    _refuse(file, f"a sheet reaches to {place}", f"{limits}: delete what lies beyond the table")


_SAVE_AGAIN = f"save it again as {_either(WORKBOOKS)}, without a password"


@contextmanager
def _refused_if_broken(file: Path, library: Any) -> Iterator[None]:
    try:
        yield
    except SroiError:
        raise
    except library.PasswordError:
        _refuse(file, "the workbook is locked with a password", _SAVE_AGAIN)
    except Exception as error:  # noqa: BLE001 - a broken workbook may raise anything
        _refuse(file, f"this is not a workbook, or it is damaged ({error})", _SAVE_AGAIN)


def _refuse(file: Path, message: str, hint: str) -> NoReturn:
    raise DocumentError([Problem(message, hint, file=str(file))]) from None
