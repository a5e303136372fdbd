"""A map that was saved as text: commas, semicolons, tabs or bars between its cells."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NoReturn

from sroi.encodings import decoded
from sroi.errors import DocumentError, Problem
from sroi.inputs import content_of
from sroi.value_map.columns import BY_KEY
from sroi.value_map.sheet import Cell, Sheet
from sroi.value_map.workbook import LIMITS, MOST_BYTES, MOST_COLUMNS, MOST_ROWS, column_letters

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from sroi.value_map.headings import Headings

TEXTS = (".csv", ".tsv", ".txt")
_DELIMITERS = ",;\t|"
_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?")
_IN_DOUBT = re.compile(r"-?[1-9]\d{0,2}\.\d{3}")
_PADDED = re.compile(r"-?[1-9]\d{0,2}\.\d{2}0")
"""As a spreadsheet writes no number of its own: a zero at the end, where a point may part thousands."""

_DIGITS_OF_A_SPREADSHEET = 15


def open_text(path: Path, wanted: str | None, likeness: Callable[[Sheet], int]) -> tuple[Sheet, bytes]:
    """The map in a text, by the delimiter that makes it most like a Value Map; and the bytes of the file.

    Parameters
    ----------
    path : Path
        The file.
    wanted : str or None
        Name of a sheet, which no text has.
    likeness : callable
        How many columns of a Value Map a :class:`Sheet` has.

    Raises
    ------
    DocumentError
        If the file cannot be used, and why.
    """
    data = content_of(path, MOST_BYTES, give="give the path of a .xlsx or .csv file")
    if wanted is not None:
        _refuse(path, f"a text has no sheets, so none is called {wanted!r}", "omit --sheet")
    read = decoded(data)
    if read is None:
        hint = "save the map as .xlsx, or as CSV in UTF-8"
        _refuse(path, "this is no text, or in an encoding that cannot be told", hint)
    text, told = read
    present = [each for each in _DELIMITERS if each in text] or [","]
    found = max((_sheet(path, text, delimiter) for delimiter in present), key=likeness)
    return replace(found, told=told), data


def _refuse(path: Path, message: str, hint: str) -> NoReturn:
    raise DocumentError([Problem(message, hint, file=str(path))])


def _sheet(path: Path, text: str, delimiter: str) -> Sheet:
    written: dict[tuple[int, int], str] = {}
    try:
        for row, texts in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), 1):
            filled = {(row, column): each.strip() for column, each in enumerate(texts, 1) if each.strip()}
            if filled and (row > MOST_ROWS or max(filled)[1] > MOST_COLUMNS):
                limits = f"a map has at most {MOST_ROWS:,} rows and {MOST_COLUMNS} columns"
                _refuse(path, "the text reaches too far", f"{limits}: delete what lies outside it")
            written |= filled
            if len(written) > LIMITS.cells:
                hint = f"at most {LIMITS.cells:,} are read: delete what does not belong to the map"
                _refuse(path, f"the text has more than {LIMITS.cells:,} filled cells", hint)
    except csv.Error as error:
        _refuse(path, f"this is not CSV ({error})", "save the map as .xlsx, or as CSV in UTF-8")
    rows, columns = (max((place[axis] for place in written), default=0) for axis in (0, 1))
    cells = {at: Cell(f"{column_letters(at[1])}{at[0]}", each) for at, each in written.items()}
    sheet = Sheet(str(path), path.stem, cells, {}, rows, columns, delimiter=delimiter)
    numbers = [each for each in written.values() if _NUMBER.fullmatch(each)]
    shown = any("." in each and not _IN_DOUBT.fullmatch(each) for each in numbers)
    padded = any(_PADDED.fullmatch(each) for each in numbers)
    points = not sheet.decimal_commas and (shown or (delimiter == "," and not padded))
    kept = {at: replace(cell, value=_value(written[at], points=points)) for at, cell in sheet.cells.items()}
    return replace(sheet, cells=kept, points=points)


def _value(text: str, *, points: bool) -> Any:
    """A number as a spreadsheet holds it, where it can be one thing only and no digit of it is lost."""
    if not _NUMBER.fullmatch(text) or (_IN_DOUBT.fullmatch(text) and not points):
        return text
    number = float(text) if "." in text or len(text) > _DIGITS_OF_A_SPREADSHEET else int(text)
    return number if str(number) == text else text


def refuse_parted(headings: Headings) -> None:
    """Refuse a text in which a comma without quotes has parted a figure, and so moved the cells behind it."""
    sheet = headings.sheet
    if sheet.delimiter != ",":
        return
    known = {each.column: key for key, each in headings.columns.items()}
    width = max((*known, *(each.column for each in (*headings.years.values(), *headings.unread))))
    problems = []
    for row in range(headings.last + 1, sheet.rows + 1):
        cells = dict(sheet.row(row))
        for column, cell in cells.items():
            before = cells.get(column - 1)
            parted = (
                before is not None
                and re.fullmatch(r"\d{3}(?:\.\d+)?", cell.text)
                and re.fullmatch(r"-?[£$€]?\d{1,3}", before.text)
                and column in known
                and BY_KEY[known[column]].holds == "text"
            )
            if parted and before is not None:
                message = f"{before.text},{cell.text} may be one figure that its comma has parted"
                problems.append(sheet.problem(message, "put it in quotes", before.ref))
        if max(cells, default=0) > width and _ends_like_figures(cells, width):
            message = "the row has more cells than the headings"
            problems.append(sheet.problem(message, "put what holds a comma in quotes", f"A{row}"))
    if problems:
        raise DocumentError(problems)


def _ends_like_figures(cells: Mapping[int, Cell], width: int) -> bool:
    """Whether the numbers of a row reach beyond the headings without a gap, as those moved by a comma do."""
    beyond = range(width + 1, max(cells) + 1)
    return width in cells and all(column in cells and cells[column].reading for column in beyond)
