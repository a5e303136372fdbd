"""A table of words, formatted once when it was made, and the forms it can be written in."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sroi.text import FORMULA_SIGNS, escape_html, escape_markdown, markdown_table, printable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence


SCREEN_LINES = 22
"""Lines of what a command prints first, so that it is seen whole in a terminal of 24."""


@dataclass(frozen=True, slots=True)
class Table:
    """A titled table of text.

    Attributes
    ----------
    title : str
        What it shows.
    columns : tuple of str
        Headings; one that begins with ``>`` is of numbers and is set to the right.
    rows : tuple of tuple of str
        The cells, one text a column.
    note : str
        A line beneath it; may be empty.
    key : str
        What a program knows it by, whatever its title says; may be empty.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""
    key: str = ""

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings without their marks."""
        return tuple(column.removeprefix(">") for column in self.columns)

    @property
    def numeric(self) -> tuple[bool, ...]:
        """Which columns are of numbers."""
        return tuple(column.startswith(">") for column in self.columns)

    def shortened(self, most: int) -> Table:
        """The table with at most ``most`` rows, and a note that says how many are omitted."""
        left = len(self.rows) - most
        if left <= 0:
            return self
        note = f"{self.note} {left} more row{'' if left == 1 else 's'} omitted.".strip()
        return replace(self, rows=self.rows[:most], note=note)

    def cut(self, most: int) -> Table:
        """The table with at most its first ``most`` rows; who cuts it says how many are omitted."""
        return replace(self, rows=self.rows[:most])

    def with_columns(self, names: int | Sequence[str]) -> Table:
        """The table with its first columns, or with those of some headings in their order."""
        headings = self.headings
        kept = range(names) if isinstance(names, int) else [headings.index(name) for name in names]
        rows = tuple(tuple(row[at] for at in kept) for row in self.rows)
        return replace(self, columns=tuple(self.columns[at] for at in kept), rows=rows)

    def to_markdown(self) -> str:
        """The table in Markdown, under a heading."""
        note = f"\n{escape_markdown(self.note)}\n" if self.note else ""
        table = markdown_table(self.headings, self.rows, self.numeric)
        return f"## {escape_markdown(self.title)}\n\n{table}{note}"

    def to_html(self, *, longest: int | None = None) -> str:
        """The table in HTML, every text escaped, a row a line, in the colours of what stands around it.

        Parameters
        ----------
        longest : int, optional
            Characters after which a cell is cut.
        """
        sides = ["right" if numeric else "left" for numeric in self.numeric]
        edge = "border-bottom:1px solid rgba(128,128,128,.35)"

        def line(tag: str, cells: tuple[str, ...]) -> str:
            look = f"padding:1px 12px 1px 0;vertical-align:top;{edge if tag == 'th' else 'border:0'}"
            written = (
                f'<{tag} style="text-align:{side};{look}{_wrap(tag, side)}">'
                f"{escape_html(_cut(cell, longest))}</{tag}>"
                for side, cell in zip(sides, cells, strict=True)
            )
            return f'<tr style="background:none">{"".join(written)}</tr>'

        head, body = line("th", self.headings), "\n".join(line("td", row) for row in self.rows)
        small = "font-size:85%;opacity:.8"
        note = f'\n<p style="margin:.1em 0 .5em;{small}">{escape_html(self.note)}</p>' if self.note else ""
        title = "caption-side:top;text-align:left;font-weight:bold;color:inherit;padding:.3em 0 .1em"
        caption = f'<caption style="{title}">{escape_html(self.title)}</caption>'
        whole = "border-collapse:collapse;margin:.3em 0;font-size:92%"
        return f'<table style="{whole}">{caption}<thead>{head}</thead><tbody>\n{body}</tbody></table>{note}'


def _wrap(tag: str, side: str) -> str:
    """How a cell is broken: text between words, a figure nowhere."""
    return ";white-space:nowrap" if side == "right" and tag == "td" else ""


def _cut(text: str, longest: int | None) -> str:
    if longest is None or len(text) <= longest:
        return text
    return f"{text[:longest].rsplit(' ', 1)[0]}…"


@dataclass(frozen=True, slots=True)
class Brief:
    """What a result says on one screen.

    Attributes
    ----------
    lines : tuple of str
        The answer in plain sentences, each a paragraph.
    tables : tuple of Table
        What matters: the rows that matter most first, the columns likewise.
    left : int
        How many rows there are beside those.
    rows : str
        What the rows are called, in the plural.
    also : str
        What the whole result has besides; may be empty.
    one_line : bool
        Whether columns are omitted until each row stands on one line, rather than wrapped.
    """

    lines: tuple[str, ...]
    tables: tuple[Table, ...]
    left: int = 0
    rows: str = "numbers"
    also: str = ""
    one_line: bool = False

    def more(self, rows: int, columns: int) -> str:
        """What is omitted where so many rows and columns are, and how to see it; empty where nothing is."""
        counts = [f"{rows} more {self.rows}"] if rows else []
        counts += [f"{columns} more column{'' if columns == 1 else 's'}"] if columns else []
        said = ", ".join((*counts, self.also) if self.also else counts)
        return f"{said}: --full, or --format json." if said else ""


@dataclass(frozen=True, slots=True)
class Fact:
    """One figure of a headline.

    Attributes
    ----------
    key : str
        What a program knows it by, whatever its label says.
    label : str
        What it is called.
    figure : str
        The figure, or the words in its place.
    rest : str
        What is said of it, with the sign or space that joins it to the figure; may be empty.
    """

    key: str
    label: str
    figure: str
    rest: str = ""

    @property
    def text(self) -> str:
        """The figure and what is said of it."""
        return f"{self.figure}{self.rest}"


def rows_to_csv(rows: Sequence[Mapping[str, Any]]) -> str:
    """Rows as CSV, unrounded; a series by year becomes a column for each year, and no text is a formula."""
    flat = [dict(_flat(row)) for row in rows]
    written = io.StringIO()
    writer = csv.DictWriter(
        written, list(dict.fromkeys(key for row in flat for key in row)), lineterminator="\n", restval=""
    )
    writer.writeheader()
    writer.writerows(flat)
    return written.getvalue()


def _flat(row: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for key, value in row.items():
        if isinstance(value, list) and key.startswith("by_year"):
            yield from ((f"{key}_{t}", entry) for t, entry in enumerate(value))
        else:
            yield _cell(key), _cell(value)


def _cell(value: Any) -> Any:
    """A value as a spreadsheet may open it: text steers no screen, and none is a formula."""
    if value is None or isinstance(value, int | float):
        return value
    text = "; ".join(map(str, value)) if isinstance(value, list) else str(value)
    return ("'" if text.startswith(FORMULA_SIGNS) else "") + printable(text)
