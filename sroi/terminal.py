"""What a person sees in a terminal: the same tables as everywhere, drawn by rich."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from rich import box, markup
from rich.console import Console
from rich.panel import Panel
from rich.table import Table as RichTable

from sroi.results import summary
from sroi.text import printable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sroi.results import Evaluation
    from sroi.tables import Table

WIDTH_OF_A_FILE = 160
"""Columns where the output is not a terminal."""


LONGEST_UNBROKEN = 48
"""Names up to this long are kept on one line where a column holds nothing else."""

NARROWEST_TEXT = 12
"""A column of text is given at least this much, or a table is not drawn in columns."""


def escape(text: str) -> str:
    """Text that is shown as it is: no markup in it, and nothing that steers the terminal."""
    return markup.escape(printable(text))


def console() -> Console:
    """A console as wide as the terminal, or of a fixed width where the output goes elsewhere."""
    found = Console(highlight=False)
    return found if found.is_terminal else Console(highlight=False, width=WIDTH_OF_A_FILE)


def drawn(table: Table, width: int = WIDTH_OF_A_FILE) -> RichTable:
    """One table, its text taken as it is: in columns, or a paragraph for each row where they do not fit."""
    columns = [
        (heading, numeric, [row[at] for row in table.rows])
        for at, (heading, numeric) in enumerate(zip(table.headings, table.numeric, strict=True))
    ]
    if sum(_least(*column) + 3 for column in columns) > width:
        return _in_paragraphs(table)
    rich = _empty(table, box.SIMPLE_HEAD)
    for heading, numeric, cells in columns:
        if numeric:
            rich.add_column(
                escape("\n".join(textwrap.wrap(heading, _widest(heading, cells)))),
                justify="right",
                no_wrap=True,
            )
        else:
            rich.add_column(escape(heading), overflow="fold", no_wrap=_unbroken(cells))
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
    return longest if _unbroken(cells) else min(longest, NARROWEST_TEXT)


def _unbroken(cells: Sequence[str]) -> bool:
    """Whether a column of text holds nothing but names that are short enough to be kept on one line."""
    return not any(" " in cell for cell in cells) and max(map(len, cells), default=0) <= LONGEST_UNBROKEN


def _in_paragraphs(table: Table) -> RichTable:
    rich = _empty(table, None)
    rich.add_column(overflow="fold")
    for first, *rest in table.rows:
        cells = zip(table.headings[1:], rest, strict=True)
        words = " · ".join(f"{heading}: {cell}" for heading, cell in cells if cell)
        rich.add_row(f"[bold]{escape(first)}[/bold]\n  {escape(words)}")
    return rich


def print_table(table: Table) -> None:
    """Print one table."""
    to = console()
    to.print(drawn(table, to.width))
    to.print()


def print_result(result: Evaluation, on: Console | None = None) -> None:
    """Print a result: headline, tables, warnings, and the sentence that is safe to quote."""
    to = on or console()
    study = result.study
    to.print(f"[bold]{escape(study.title)}[/bold]" + (f" · {escape(study.borough)}" if study.borough else ""))
    first = RichTable(show_header=False, box=None, pad_edge=False)
    first.add_column(style="bold")
    first.add_column(overflow="fold")
    for fact in summary.headline(result):
        first.add_row(fact.label, escape(fact.text))
    to.print(first)
    for table in result.tables:
        to.print()
        to.print(drawn(table, to.width))
    to.print()
    print_warnings(result.warnings, to)
    print_quote(result.statement, to)


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
