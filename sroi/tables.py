"""A table of words, and the forms it can be written in. What stands in it was formatted once, by whoever made the table."""

from __future__ import annotations

import csv
import html
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sroi.text import FORMULA_SIGNS, escape_markdown, markdown_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence


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
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings without their marks."""
        return tuple(column.removeprefix(">") for column in self.columns)

    @property
    def numeric(self) -> tuple[bool, ...]:
        """Which columns are of numbers."""
        return tuple(column.startswith(">") for column in self.columns)

    def to_markdown(self) -> str:
        """The table in Markdown, under a heading."""
        note = f"\n{escape_markdown(self.note)}\n" if self.note else ""
        table = markdown_table(self.headings, self.rows, self.numeric)
        return f"## {escape_markdown(self.title)}\n\n{table}{note}"

    def to_html(self) -> str:
        """The table in HTML, every text escaped."""
        align = [
            ' style="text-align:right"' if numeric else ' style="text-align:left"' for numeric in self.numeric
        ]

        def line(tag: str, cells: tuple[str, ...]) -> str:
            return (
                "<tr>"
                + "".join(
                    f"<{tag}{side}>{html.escape(cell)}</{tag}>"
                    for side, cell in zip(align, cells, strict=True)
                )
                + "</tr>"
            )

        head, body = line("th", self.headings), "".join(line("td", row) for row in self.rows)
        note = f"<p>{html.escape(self.note)}</p>" if self.note else ""
        return f"<table><caption>{html.escape(self.title)}</caption><thead>{head}</thead><tbody>{body}</tbody></table>{note}"


class Tabled:
    """A result that people read as tables: a notebook shows them, and Markdown holds them."""

    __slots__ = ()

    @property
    def tables(self) -> tuple[Table, ...]:
        """What a person reads, as tables of words."""
        raise NotImplementedError

    def to_markdown(self) -> str:
        """The result as Markdown."""
        return "\n".join(table.to_markdown() for table in self.tables)

    def _repr_html_(self) -> str:
        said = getattr(self, "statement", "")
        quoted = f"<blockquote>{html.escape(said)}</blockquote>" if said else ""
        return quoted + "".join(table.to_html() for table in self.tables)


def rows_to_csv(rows: Sequence[Mapping[str, Any]]) -> str:
    """Rows as CSV, unrounded; a series by year becomes a column a year, and no text can be taken for a formula."""
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
        elif isinstance(value, list):
            yield key, "; ".join(map(str, value))
        else:
            risky = isinstance(value, str) and value.startswith(FORMULA_SIGNS)
            yield key, f"'{value}" if risky else value
