"""The tables of a portfolio from files: text, Parquet and workbooks, on the engine that is asked for."""

from __future__ import annotations

import codecs
import csv
import io
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import narwhals.stable.v2 as nw

from sroi.errors import DocumentError, Problem
from sroi.extras import needed
from sroi.files import is_folder
from sroi.inputs import beginning_of
from sroi.portfolio.layout import COLUMNS, names_of
from sroi.unit_costs.sheets import WORKBOOKS, sheets_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sroi.portfolio.layout import Frame

Engine = Literal["duckdb", "polars", "pandas"]
TEXTS = (".csv", ".tsv", ".txt")
ENDINGS = (*TEXTS, ".parquet", *WORKBOOKS)
_HEAD = 100_000
_DELIMITERS = ",;\t|"
_OTHER_NAMES = {
    "program": "programme",
    "project": "programme",
    "dropoff": "drop_off",
    "dead_weight": "deadweight",
}
Held = Literal["outcomes", "inputs", "quantities", "assumptions"]
_TELLING: dict[Held, frozenset[str]] = {
    "outcomes": frozenset({"quantity", "value", "deadweight", "duration"}),
    "inputs": frozenset({"amount", "year"}),
    "quantities": frozenset({"outcome", "amount", "period_start"}),
    "assumptions": frozenset({"outcome", "value", "deadweight", "duration"}),
}
"""Columns that tell what a table holds."""

_KNOWN = {column.name for columns in COLUMNS.values() for column in columns} | {
    "period_start",
    "period_end",
    "unit",
}


class Reader:
    """Reads tables on one engine.

    Parameters
    ----------
    engine : {"duckdb", "polars", "pandas"}
        DuckDB reads as it goes, within its bounds of memory; Polars plans before it reads; pandas reads at
        once.
    memory : str, optional
        The most memory that DuckDB takes, such as ``2GB``.
    """

    def __init__(self, engine: Engine = "duckdb", memory: str | None = None) -> None:
        self.engine = engine
        self._library = needed(engine, f"the engine {engine}", extra="portfolio")
        self._connection: Any = self._library.connect() if engine == "duckdb" else None
        if memory is not None and self._connection is not None:
            self._connection.execute("SET memory_limit = ?", [memory])

    def tables(self, paths: Sequence[Path]) -> dict[Held, Any]:
        """The tables in some files and folders: of outcomes and inputs, or of quantities and assumptions too.

        Each row has its file and its row in it.

        Raises
        ------
        DocumentError
            If a file cannot be read, holds neither table, or one of the tables is in none of them.
        """
        found: dict[Held, list[Frame]] = {}
        for path in paths:
            for file in _files(path):
                for frame in self._read(file):
                    found.setdefault(_held(frame, file), []).append(frame)
        needed: tuple[Held, ...] = ("outcomes", "inputs")
        if {"quantities", "assumptions"} & set(found) and "outcomes" not in found:
            needed = ("quantities", "assumptions", "inputs")
        lacking = [side for side in needed if side not in found]
        if lacking:
            given = ", ".join(map(str, paths))
            problems = [
                Problem(
                    f"no table of {side} was given",
                    f"give a file with the columns {', '.join(sorted(_TELLING[side]))}",
                    file=given,
                )
                for side in lacking
            ]
            raise DocumentError(problems)
        return {side: _joined(found[side]) for side in needed}

    def _read(self, file: Path) -> Iterator[Frame]:
        ending = file.suffix.casefold()
        if ending not in ENDINGS:
            what = f"{ending or 'a file without ending'} is not read"
            hint = f"give a {', '.join(ENDINGS[:-1])} or {ENDINGS[-1]} file, or a folder of them"
            raise DocumentError([Problem(what, hint, file=str(file))])
        beginning = b"" if ending in WORKBOOKS else beginning_of(file, _HEAD, give="give the path of a table")
        if ending in WORKBOOKS or (ending in TEXTS and not _is_utf8(beginning)):
            yield from self._sheets(file)
            return
        try:
            frame = self._parquet(file) if ending == ".parquet" else self._text(file, *_head(beginning))
            yield _named(nw.from_native(frame), str(file))
        except Exception as error:  # noqa: BLE001 - each engine has errors of its own for a damaged file
            kind = "Parquet" if ending == ".parquet" else "CSV in UTF-8"
            what = f"the engine {self.engine} cannot read it as {kind} ({first_line(error)})"
            raise DocumentError([Problem(what, f"save the table as {kind}", file=str(file))]) from None

    def _text(self, file: Path, delimiter: str, headings: list[str]) -> Any:
        if self.engine == "duckdb":
            columns = dict.fromkeys(headings, "VARCHAR")
            dialect = {"sep": delimiter, "quotechar": '"', "escapechar": '"'}
            read = self._connection.read_csv(
                str(file),
                header=True,
                auto_detect=False,
                columns=columns,
                null_padding=True,
                strict_mode=False,
                **dialect,
            )
            return read.project("*, row_number() over () + 1 as row")
        if self.engine == "polars":
            read = self._library.scan_csv(
                file,
                infer_schema=False,
                separator=delimiter,
                new_columns=headings,
                truncate_ragged_lines=False,
            )
            return read.with_row_index("row", 2)
        read = self._library.read_csv(
            file, dtype=str, sep=delimiter, keep_default_na=False, na_values=[""], names=headings, skiprows=1
        )
        return read.assign(row=range(2, len(read) + 2))

    def _parquet(self, file: Path) -> Any:
        if self.engine == "duckdb":
            read = self._connection.read_parquet(str(file))
            return read.project("*, row_number() over () as row")
        if self.engine == "polars":
            return self._library.scan_parquet(file).with_row_index("row", 1)
        read = self._library.read_parquet(file)
        return read.assign(row=range(1, len(read) + 1))

    def _sheets(self, file: Path) -> Iterator[Frame]:
        """The sheets of a workbook that hold a table."""
        read = [(sheet, at) for sheet in sheets_of(file) if (at := _heading(sheet.rows)) is not None]
        if not read:
            what = "no sheet of it has the headings of outcomes or inputs"
            hint = f"name the columns: {', '.join(column.name for column in COLUMNS['outcomes'][:6])}, …"
            raise DocumentError([Problem(what, hint, file=str(file))])
        for sheet, at in read:
            headings = [
                str(each).strip() or f"column {position + 1}" for position, each in enumerate(sheet.rows[at])
            ]
            body = [
                (number, row)
                for number, row in enumerate(sheet.rows[at + 1 :], at + 2)
                if any(map(_cell, row))
            ]
            columns: dict[str, list[Any]] = {
                name: [_cell(row[position]) if position < len(row) else None for _, row in body]
                for position, name in enumerate(headings)
            }
            columns["row"] = [number for number, _ in body]
            name = f"{file}!{sheet.name}" if sheet.name else str(file)
            yield _named(nw.from_native(self._made(columns)), name)

    def _made(self, columns: dict[str, list[Any]]) -> Any:
        if self.engine == "pandas":
            return self._library.DataFrame(columns)
        arrow = needed("pyarrow", "a workbook of a portfolio", extra="portfolio")
        table = arrow.table(
            {
                name: arrow.array(cells, arrow.int64() if name == "row" else arrow.string())
                for name, cells in columns.items()
            }
        )
        if self.engine == "duckdb":
            return self._connection.from_arrow(table)
        return self._library.from_arrow(table).lazy()


def first_line(error: Exception) -> str:
    """What an engine says first of what went wrong."""
    return next(iter(str(error).strip().splitlines()), type(error).__name__)


def _files(path: Path) -> list[Path]:
    if not is_folder(path):
        return [path]
    found = sorted(each for each in path.iterdir() if each.suffix.casefold() in ENDINGS)
    if not found:
        hint = f"give a folder with {', '.join(ENDINGS[:-1])} or {ENDINGS[-1]} files"
        raise DocumentError([Problem("the folder holds no table", hint, file=str(path))])
    return found


def _is_utf8(beginning: bytes) -> bool:
    """Whether a text is UTF-8 as far as it was read; what was cut at the end may be anything."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        return "\0" not in decoder.decode(beginning)
    except UnicodeDecodeError:
        return False


def _head(beginning: bytes) -> tuple[str, list[str]]:
    """What parts the cells of a text, and its headings, each once."""
    text = beginning.decode("utf-8-sig", "replace")
    line = text.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=line.count)
    found: list[str] = []
    for position, heading in enumerate(
        next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), [])
    ):
        name = heading.strip() or f"column {position + 1}"
        found.append(name if name not in found else f"{name} {position + 1}")
    return delimiter, found


def _known(heading: str) -> str:
    """The column of the layout that a heading names, or the heading."""
    plain = re.sub(r"[^a-z0-9]+", "_", heading.strip().casefold()).strip("_")
    plain = _OTHER_NAMES.get(plain, plain)
    return plain if plain in _KNOWN else heading


def _named(frame: Frame, file: str) -> Frame:
    """A table whose columns have the names of the layout, and that says where it came from."""
    names = names_of(frame)
    wanted = {name: _known(name) for name in names}
    clear = {
        name: new for name, new in wanted.items() if new != name and list(wanted.values()).count(new) == 1
    }
    return frame.rename(clear).with_columns(nw.lit(file).alias("file"))


def _heading(rows: Sequence[list[Any]]) -> int | None:
    """The row of headings: the first that names two columns that tell what a table holds."""
    for at, row in enumerate(rows[:50]):
        named = {_known(str(each)) for each in row}
        if any(len(named & telling) > 1 for telling in _TELLING.values()):
            return at
    return None


def _cell(value: Any) -> str | None:
    if value is None or value == "":
        return None
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip() or None


def _held(frame: Frame, file: Path) -> Held:
    """What a table holds, by its columns."""
    names = set(names_of(frame))
    told = {side: len(names & telling) > 1 for side, telling in _TELLING.items()}
    if told["quantities"] and {"outcome", "period_start"} <= names and "quantity" not in names:
        return "quantities"
    if told["inputs"] or {"amount", "period_start"} <= names:
        return "outcomes" if "quantity" in names else "inputs"
    if told["assumptions"] and not {"quantity", "programme"} & names:
        return "assumptions"
    if told["outcomes"]:
        return "outcomes"
    what = f"neither outcomes nor inputs: its columns are {', '.join(sorted(names - {'file', 'row'})[:12])}"
    wanted = "; ".join(f"{side} by {', '.join(sorted(telling))}" for side, telling in _TELLING.items())
    hint = f"name the columns as the layout does: {wanted}"
    raise DocumentError([Problem(what, hint, file=str(file))])


def _joined(frames: list[Frame]) -> Any:
    """Tables of one kind beneath each other; what a table lacks is missing in its rows."""
    if len(frames) == 1:
        return frames[0].to_native()
    schemas = [frame.collect_schema() for frame in frames]
    every = list(dict.fromkeys(name for schema in schemas for name in schema.names()))
    alike = {name: len({str(schema[name]) for schema in schemas if name in schema}) == 1 for name in every}

    def column(schema: Any, name: str) -> Any:
        if name not in schema:
            kind = next(each[name] for each in schemas if name in each) if alike[name] else nw.String
            return nw.lit(None).cast(kind).alias(name)
        return nw.col(name) if alike[name] else nw.col(name).cast(nw.String)

    made = [
        frame.select(*(column(schema, name) for name in every))
        for frame, schema in zip(frames, schemas, strict=True)
    ]
    return nw.concat(made, how="vertical").to_native()
