"""Tables as a terminal shows them: in columns, or a paragraph for each row where they do not fit."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, NamedTuple

from rich import box
from rich.cells import cell_len
from rich.console import Group
from rich.padding import Padding
from rich.table import Table as RichTable
from rich.text import Text

from sroi.text import printable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import RenderableType

    from sroi.tables import Table

LONGEST_UNBROKEN = 48
"""Words up to this long are kept on one line where a column has room for them."""

NARROWEST_TEXT = 12
"""A column of text is given at least this much, or a table is not drawn in columns."""

_BETWEEN = 3
"""Between two columns."""

_FEWEST_COLUMNS = 2
_MOST_LINES = 2


class _Column(NamedTuple):
    """One column: its heading, its cells, and whether they are numbers."""

    heading: str
    numeric: bool
    cells: tuple[str, ...]

    @property
    def words(self) -> list[int]:
        """Widths of the words that are kept whole."""
        parts = self.heading.split() if self.numeric else " ".join((self.heading, *self.cells)).split()
        return [wide for wide in map(cell_len, parts) if self.numeric or wide <= LONGEST_UNBROKEN]

    @property
    def longest(self) -> int:
        """Width of the widest cell."""
        return max(map(cell_len, self.cells), default=0)

    def lines(self, width: int) -> int:
        """Lines of the cell that takes the most, in a column of so wide."""
        return max(len(textwrap.wrap(cell, width, break_on_hyphens=False)) for cell in self.cells or ("",))

    @property
    def most(self) -> int:
        """Width at which nothing is wrapped."""
        return max(self.longest, cell_len(self.heading))

    @property
    def least(self) -> int:
        """Width at which no number and no word is split, and half of the heading stands on a line."""
        if self.numeric or not any(" " in cell for cell in self.cells):
            unbroken = self.longest if self.numeric else min(self.longest, LONGEST_UNBROKEN)
            return max([unbroken, (cell_len(self.heading) + 1) // 2, *self.words])
        return max([min(self.longest, NARROWEST_TEXT), *self.words])


def plain(text: str) -> Text:
    """Text as it is: no markup in it, and nothing that steers the terminal."""
    return Text(printable(text))


def drawn(table: Table, width: int) -> RenderableType:
    """One table, its title above and its note beneath, none of it wider than ``width``."""
    columns = _columns(table)
    body = _in_columns(columns, width) if _room(columns, width) >= 0 else _stacked(columns, width)
    title = Text(printable(table.title), style="bold")
    return Group(title, body, *([plain(table.note)] if table.note else []))


def narrowed(table: Table, width: int, *, one_line: bool = False) -> tuple[Table, int]:
    """The table without the last columns that would not fit, and how many those are; two stay.

    Columns do not fit where a cell would take more than two lines, with ``one_line`` more than one.
    """
    kept = _columns(table)

    def too_wide() -> bool:
        if _room(kept, width) < 0:
            return True
        return any(
            column.longest > wide and (one_line or column.lines(wide) > _MOST_LINES)
            for column, wide in zip(kept, _widths(kept, width), strict=True)
        )

    while too_wide() and len(kept) > _FEWEST_COLUMNS:
        kept = kept[:-1]
    return table.with_columns(len(kept)), len(table.columns) - len(kept)


def _columns(table: Table) -> list[_Column]:
    return [
        _Column(printable(heading), numeric, tuple(printable(row[at]) for row in table.rows))
        for at, (heading, numeric) in enumerate(zip(table.headings, table.numeric, strict=True))
    ]


def _room(columns: Sequence[_Column], width: int) -> int:
    """What is left of a width when each column has its least; below 0 where they do not fit."""
    return width - sum(column.least + _BETWEEN for column in columns) + _BETWEEN


def _widths(columns: Sequence[_Column], width: int) -> list[int]:
    """A width for each column: all that it wants, or its least and a part of what is left."""
    free = width - _BETWEEN * (len(columns) - 1)
    if sum(column.most for column in columns) <= free:
        return [column.most for column in columns]
    left = _room(columns, width)
    wanted = sum(column.most - column.least for column in columns)
    return [column.least + left * (column.most - column.least) // wanted for column in columns]


def _in_columns(columns: Sequence[_Column], width: int) -> RichTable:
    rich = RichTable(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for column, wide in zip(columns, _widths(columns, width), strict=True):
        rich.add_column(
            plain(column.heading),
            justify="right" if column.numeric else "left",
            overflow="fold",
            width=wide,
            vertical="top",
        )
    for row in zip(*(column.cells for column in columns), strict=True):
        rich.add_row(*map(plain, row))
    return rich


def _stacked(columns: Sequence[_Column], width: int) -> RenderableType:
    """Each row beneath its first cell: a line a heading, the labels and the figures under each other."""
    first, rest = columns[0], columns[1:]
    label = max((cell_len(column.heading) for column in rest), default=0)
    room = width - label - 4
    words = [wide for column in rest for wide in (*column.words, column.longest * column.numeric)]
    beside = room >= max([NARROWEST_TEXT, *(wide for wide in words if wide <= width - 4)])
    figures = max((column.longest for column in rest if column.numeric and column.longest <= room), default=0)
    parts: list[RenderableType] = []
    for at, name in enumerate(first.cells):
        parts.append(Text(name, style="bold", overflow="fold"))
        said = [(column.heading, column.cells[at], column.numeric) for column in rest if column.cells[at]]
        if beside:
            grid = RichTable.grid(padding=(0, 2, 0, 0), pad_edge=False)
            grid.add_column(width=label)
            grid.add_column(width=room, overflow="fold")
            for heading, cell, numeric in said:
                spaces = " " * max(figures - cell_len(cell), 0) if numeric else ""
                grid.add_row(plain(heading), plain(f"{spaces}{cell}"))
            parts.append(Padding(grid, (0, 0, 0, 2), expand=False))
        else:
            for heading, cell, _ in said:
                parts += [Padding(plain(heading), (0, 0, 0, 2)), Padding(plain(cell), (0, 0, 0, 4))]
    return Group(*parts)
