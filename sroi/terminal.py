"""What a person sees in a terminal: the same tables as everywhere, drawn by rich."""

from __future__ import annotations

import os
import re
import sys
import textwrap
from typing import TYPE_CHECKING, Any, TextIO, cast

from rich import box, markup
from rich.console import Console
from rich.panel import Panel
from rich.table import Table as RichTable

from sroi.results import screen, summary
from sroi.text import printable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sroi.results import Evaluation, Simulation
    from sroi.results.answer import Answer
    from sroi.tables import Table

WIDTH_OF_A_FILE = 160
"""Columns of tables where the output is not a terminal."""

WIDTH_OF_A_SCREEN = 80
"""Columns of the first screen where the output is not a terminal."""


LONGEST_UNBROKEN = 48
"""Names up to this long are kept on one line where a column holds nothing else."""

_NARROWEST = 20

NARROWEST_TEXT = 12
"""A column of text is given at least this much, or a table is not drawn in columns."""


def escape(text: str) -> str:
    """Text that is shown as it is: no markup in it, and nothing that steers the terminal."""
    return markup.escape(printable(text))


class _Plain:
    """A stream that is written to without spaces at the ends of lines."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        return self._stream.write(re.sub(r"[ \t]+(?=\n)", "", text))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def console(otherwise: int = WIDTH_OF_A_FILE) -> Console:
    """A console as wide as the terminal, or, for a file, as COLUMNS or ``otherwise`` says."""
    found = Console(highlight=False)
    if found.is_terminal:
        return found
    asked = os.environ.get("COLUMNS", "")
    width = int(asked) if asked.isdecimal() and int(asked) >= _NARROWEST else otherwise
    return Console(highlight=False, width=width, file=cast("TextIO", _Plain(sys.stdout)))


def drawn(table: Table, width: int = WIDTH_OF_A_FILE) -> RichTable:
    """One table, its text taken as it is: in columns, or a paragraph for each row where they do not fit."""
    columns = [
        (heading, numeric, [row[at] for row in table.rows])
        for at, (heading, numeric) in enumerate(zip(table.headings, table.numeric, strict=True))
    ]
    if sum(_least(*column) + 3 for column in columns) > width:
        return _stacked(table, width)
    rich = _empty(table, box.SIMPLE_HEAD)
    for heading, numeric, cells in columns:
        if numeric:
            rich.add_column(
                escape("\n".join(textwrap.wrap(heading, _widest(heading, cells)))),
                justify="right",
                no_wrap=True,
            )
        else:
            rich.add_column(
                escape(heading),
                overflow="fold",
                no_wrap=_unbroken(cells),
                min_width=_least(heading, numeric, cells),
            )
    for row in table.rows:
        rich.add_row(*map(escape, row))
    return rich


def _empty(table: Table, lines: box.Box | None) -> RichTable:
    return RichTable(
        title=escape(table.title),
        title_justify="left",
        title_style="bold",
        caption=escape(table.note) or None,
        caption_justify="left",
        box=lines,
        pad_edge=False,
        show_header=lines is not None,
    )


def _widest(heading: str, cells: Sequence[str]) -> int:
    """Width of a column of numbers: its longest number or word of the heading, or half of the heading."""
    return max([(len(heading) + 1) // 2, *map(len, [*heading.split(), *cells])])


def _least(heading: str, numeric: bool, cells: Sequence[str]) -> int:
    if numeric:
        return _widest(heading, cells)
    longest = max(map(len, cells), default=0)
    if _unbroken(cells):
        return longest
    words = [len(word) for cell in (heading, *cells) for word in cell.split()]
    return max([min(longest, NARROWEST_TEXT), *(word for word in words if word <= LONGEST_UNBROKEN)])


def _unbroken(cells: Sequence[str]) -> bool:
    """Whether a column of text holds nothing but names that are short enough to be kept on one line."""
    return not any(" " in cell for cell in cells) and max(map(len, cells), default=0) <= LONGEST_UNBROKEN


def _stacked(table: Table, width: int) -> RichTable:
    """Each row beneath its first cell: a line a heading, the figures under each other."""
    rich = _empty(table, None)
    rich.add_column(overflow="fold")
    label = max((len(heading) for heading in table.headings[1:]), default=0)
    figures = max((len(cell) for row in table.rows for cell, it in _cells(table, row) if it), default=0)
    for row in table.rows:
        said = [f"[bold]{escape(row[0])}[/bold]"]
        for heading, (cell, numeric) in zip(table.headings[1:], _cells(table, row), strict=True):
            if cell:
                written = f"{cell:>{figures}}" if numeric else cell
                said += textwrap.wrap(
                    escape(written),
                    max(width, label + _NARROWEST),
                    initial_indent=f"  {heading:<{label}}  ",
                    subsequent_indent=" " * (label + 4),
                    break_long_words=False,
                    break_on_hyphens=False,
                    drop_whitespace=not numeric,
                )
        rich.add_row("\n".join(said))
    return rich


def _cells(table: Table, row: Sequence[str]) -> list[tuple[str, bool]]:
    """The cells of a row after its first, each with whether it is of numbers."""
    return list(zip(row[1:], table.numeric[1:], strict=True))


def print_table(table: Table) -> None:
    """Print one table."""
    to = console()
    to.print(drawn(table, to.width))
    to.print()


def print_answer(answer: Answer, on: Console | None = None) -> None:
    """Print the first screen of a result."""
    to = on or console(WIDTH_OF_A_SCREEN)
    first, *rest = screen.lines(answer, to.width)
    to.print(f"[bold]{escape(first)}[/bold]", soft_wrap=True)
    for line in rest:
        to.print(escape(line), soft_wrap=True)


def print_result(
    result: Evaluation, on: Console | None = None, *, simulation: Simulation | None = None
) -> None:
    """Print all of a result: headline, the sentence that is safe to quote, warnings, and every table.

    Parameters
    ----------
    result : Evaluation
    on : Console, optional
    simulation : Simulation, optional
        For the range.
    """
    to = on or console()
    study = result.study
    to.print(f"[bold]{escape(study.title)}[/bold]" + (f" · {escape(study.borough)}" if study.borough else ""))
    first = RichTable(show_header=False, box=None, pad_edge=False)
    first.add_column(style="bold", no_wrap=True)
    first.add_column(overflow="fold")
    for fact in summary.headline(result, simulation):
        first.add_row(fact.label, escape(fact.text))
    to.print(first)
    to.print()
    print_quote((simulation or result).statement, to)
    to.print()
    print_warnings(result.warnings, to)
    for table in sorted(result.tables, key=lambda table: table.key == "unsourced"):
        to.print(drawn(table, to.width))
        to.print()


def print_warnings(warnings: Sequence[str], on: Console | None = None) -> None:
    """Print the warnings of a result, if there are any."""
    to = on or console()
    if warnings:
        to.print("[bold]Warnings[/bold]")
        for warning in warnings:
            to.print(f"- {escape(warning)}")
        to.print()


def print_quote(statement: str, on: Console | None = None) -> None:
    """Print what is safe to quote."""
    (on or console()).print(Panel(escape(statement), title="Safe to quote", title_align="left"))
