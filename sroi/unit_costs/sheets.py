"""The sheets of a file with unit costs: cells as they stand, within bounds."""

from __future__ import annotations

import csv
import io
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NoReturn

from sroi.encodings import decoded
from sroi.errors import DocumentError, Problem, SroiError
from sroi.extras import needed
from sroi.inputs import content_of
from sroi.unit_costs.shown import cells_not_in_pounds, currencies_of_ods
from sroi.workbooks import Limits, within_bounds

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

MOST_BYTES = 20_000_000
MOST_ROWS = 25_000
MOST_COLUMNS = 500
LIMITS = Limits(
    unpacked=60_000_000,
    cells=250_000,
    rows=MOST_ROWS,
    columns=MOST_COLUMNS,
    area=2_000_000,
    smaller="copy the sheets with costs into a workbook of their own",
)

WORKBOOKS = (".xls", ".xlsx", ".ods")
TEXTS = (".csv", ".tsv", ".txt")
_DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}


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
    give = f"give the path of a {_either(WORKBOOKS + TEXTS)} file"
    data = content_of(file, MOST_BYTES, give=give, smaller="copy the sheets with costs out of it")
    if ending not in WORKBOOKS + TEXTS:
        what = f"{ending or 'a file without ending'} is not read"
        _refuse(file, what, f"give a {_either(WORKBOOKS + TEXTS)} file")
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
    data = within_bounds(data, LIMITS, file)
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
