"""Price indices of a pack that stand in tables beside it, put in place of the names of their files."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sroi.documents.tree import LocatedDict, LocatedList, Mark, Text
from sroi.errors import DocumentError, Problem, instead
from sroi.inputs import content_of
from sroi.model.deflators import FILE_PATTERN, MOST_ROWS, Deflators, IndexYear
from sroi.quantities import shown
from sroi.scalars import Plain

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MOST_BYTES = 1_000_000

_NAMES = tuple(Deflators.model_fields)
_COLUMNS = tuple(IndexYear.model_fields)
_OF_ALL = ("title", "source")
"""What a table may say of an index as a whole."""

_GIVE = "give the name of a .csv file that lies beside the pack"


def with_deflators(text: Text, folder: Path) -> Text:
    """The text of a pack with the rows of the tables that its ``deflators`` name.

    Parameters
    ----------
    text : Text
        The pack.
    folder : Path
        Where the pack lies: a table is read there and nowhere else.

    Raises
    ------
    DocumentError
        If a table lies elsewhere, cannot be read, or does not hold what an index is made of.
    """
    written = text.root.get("deflators")
    if isinstance(written, str):
        return _replaced(text, folder, ["deflators"], written)
    if not isinstance(written, LocatedDict):
        return text
    for name, said in list(written.items()):
        if isinstance(said, str) and name in _NAMES:
            text = _replaced(text, folder, ["deflators", name], said)
        elif isinstance(said, LocatedDict) and "file" in said and name in _NAMES:
            if "rows" in said:
                message = "file and rows are both given"
                raise DocumentError(text.problem(["deflators", name, "file"], message, "write one of them"))
            text = _replaced(text, folder, ["deflators", name, "file"], said["file"])
    return text


def _replaced(text: Text, folder: Path, at: list[str], name: Any) -> Text:
    """The text with the rows of one table where its name stands."""
    if not isinstance(name, str) or isinstance(name, Plain) or not re.match(FILE_PATTERN, name):
        message = f"{shown(name)} is not a table beside the pack"
        raise DocumentError(text.problem(at, message, f"{_GIVE}, without a folder, such as prices.csv"))
    if (folder / name).resolve().parent != folder.resolve():
        raise DocumentError(text.problem(at, f"{name} is a link to a file elsewhere", _GIVE))
    pack = text.mark(at)[0]
    shown_as = re.sub(r"[^/\\]*$", lambda _: name, text.whole.file, count=1)
    try:
        content = content_of(folder / name, MOST_BYTES, give=_GIVE, shown_as=shown_as)
        table = _Table(content, shown_as, text.whole.layer)
        found = table.indices() if len(at) == 1 else table.index()
    except DocumentError as error:
        told = [
            each if each.line else text.problem(at, f"{name}: {each.message}", each.hint)
            for each in error.problems
        ]
        raise DocumentError(told) from None
    root = text.root.without()
    section = root["deflators"].without() if len(at) > 1 else found
    if len(at) == 2:
        section.put(at[1], found, pack)
    elif len(at) == 3:
        series = section[at[1]].without("file")
        for key in found.keys() - series.keys():
            series.put(key, found[key], pack)
        section.put(at[1], series, section.marks[at[1]])
    root.put("deflators", section, text.root.marks["deflators"])
    sums = {**text.packs, f"{text.root.get('pack')}/{name}": hashlib.sha256(content).hexdigest()}
    return replace(text, root=root, packs=sums)


class _Table:
    """The rows of one table, each cell with where it stands."""

    def __init__(self, content: bytes, name: str, layer: str) -> None:
        self.name, self.layer = name, layer
        try:
            lines = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True)
            self.rows = [(lines.line_num, row) for row in lines if any(cell.strip() for cell in row)]
        except UnicodeDecodeError:
            raise self._wrong(1, 1, "the table is not UTF-8 text", "save it as CSV in UTF-8") from None
        except csv.Error as error:
            raise self._wrong(1, 1, f"the table is not CSV: {error}", "save it as CSV again") from None
        if len(self.rows) > 1 + len(_NAMES) * MOST_ROWS:
            raise self._wrong(1, 1, f"the table has {len(self.rows):,} rows", f"at most {MOST_ROWS:,} years")
        line, head = self.rows[0] if self.rows else (1, [])
        self.columns = [cell.strip().casefold() for cell in head]
        known = ("deflator", *_COLUMNS, *_OF_ALL)
        for at, column in enumerate(self.columns, start=1):
            if column not in known:
                raise self._wrong(line, at, f"there is no column {shown(column)}", instead(column, known))
            if self.columns.index(column) != at - 1:
                raise self._wrong(line, at, f"the column {column} stands twice", "leave one of the two out")
        for column in ("year", "index"):
            if column not in self.columns:
                hint = "its first row names the columns: year, index, and where needed status and deflator"
                raise self._wrong(line, 1, f"the table has no column {column}", hint)

    def _wrong(self, line: int, column: int, message: str, hint: str) -> DocumentError:
        return DocumentError(Problem(message, hint, "deflators", self.name, line, column))

    def _mark(self, line: int, column: int = 1) -> Mark:
        return Mark(self.layer, self.name, line, column, line, column)

    def _read(self) -> Iterator[tuple[str, LocatedDict, Mark]]:
        """Which index each row is of, and the row."""
        for line, cells in self.rows[1:]:
            if len(cells) > len(self.columns):
                raise self._wrong(
                    line, len(self.columns) + 1, f"{len(cells)} cells under {len(self.columns)} columns",
                    "write a number with a point for its decimals and no comma",
                )  # fmt: skip
            row, of = LocatedDict(), ""
            for at, (column, cell) in enumerate(zip(self.columns, cells, strict=False), start=1):
                if column == "deflator":
                    of = cell.strip()
                elif cell.strip() or column in ("year", "index"):
                    row.put(column, cell.strip(), self._mark(line, at))
            yield of, row, self._mark(line)

    def indices(self) -> LocatedDict:
        """Every index of a table that says which index a row is of."""
        if "deflator" not in self.columns:
            message = "the table has no column deflator, so that no row says which index it is of"
            hint = f"add the column with {', '.join(_NAMES)}, or write deflators: {{gdp: FILE}}"
            raise self._wrong(1, 1, message, hint)
        found = LocatedDict()
        for of, row, mark in self._read():
            if of not in _NAMES:
                at = 1 + self.columns.index("deflator")
                raise self._wrong(mark.line, at, f"there is no deflator {shown(of)}", instead(of, _NAMES))
            if of not in found:
                found.put(of, _no_rows(mark), mark)
            self._add(found[of], row, mark)
        return found

    def index(self) -> LocatedDict:
        """The one index of a table."""
        if "deflator" in self.columns:
            hint = "leave the column out, or write deflators: FILE for all indices of the table"
            raise self._wrong(1, 1, "the column deflator stands in the table of one index", hint)
        series = _no_rows(self._mark(1))
        for _, row, mark in self._read():
            self._add(series, row, mark)
        return series

    def _add(self, series: LocatedDict, row: LocatedDict, mark: Mark) -> None:
        """Put a row to its index, and what it says of the index as a whole, which every row must repeat."""
        for key in _OF_ALL:
            said = series["rows"] and series.get(key) != row.get(key)
            if said:
                message = (
                    f"the {key} of one index is {shown(series.get(key, ''))} and {shown(row.get(key, ''))}"
                )
                raise self._wrong(mark.line, 1, message, f"write one {key} in every row of an index")
            if key in row:
                series.put(key, row[key], row.marks[key])
                row.drop(key)
        series["rows"].append(row)
        series["rows"].marks.append(mark)


def _no_rows(mark: Mark) -> LocatedDict:
    series = LocatedDict()
    series.put("rows", LocatedList(), mark)
    return series
