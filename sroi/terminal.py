"""What a person sees in a terminal: the same tables as everywhere, drawn by rich."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.panel import Panel
from rich.table import Table as RichTable

from sroi.evaluation import summary

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sroi.evaluation import Evaluation
    from sroi.tables import Table

WIDTH_OF_A_FILE = 160
"""Columns where the output is not a terminal."""


LONGEST_UNBROKEN = 48
"""Names up to this long are kept on one line where a column holds nothing else."""


def console() -> Console:
    """A console as wide as the terminal, or of a fixed width where the output goes elsewhere."""
    found = Console(highlight=False)
    return found if found.is_terminal else Console(highlight=False, width=WIDTH_OF_A_FILE)


def drawn(table: Table) -> RichTable:
    """One table, its text taken as it is."""
    rich = RichTable(
        title=escape(table.title),
        title_justify="left",
        title_style="bold",
        caption=escape(table.note) or None,
        caption_justify="left",
        box=box.SIMPLE_HEAD,
        pad_edge=False,
    )
    for column, (heading, numeric) in enumerate(zip(table.headings, table.numeric, strict=True)):
        cells = [row[column] for row in table.rows]
        unbroken = not any(" " in cell for cell in cells) and max(map(len, cells), default=0) <= LONGEST_UNBROKEN
        rich.add_column(escape(heading), justify="right" if numeric else "left", overflow="fold", no_wrap=unbroken and not numeric)
    for row in table.rows:
        rich.add_row(*map(escape, row))
    return rich


def print_table(table: Table) -> None:
    """Print one table."""
    console().print(drawn(table))


def print_result(result: Evaluation, on: Console | None = None) -> None:
    """Print a result: headline, tables, warnings, and the sentence that is safe to quote."""
    to = on or console()
    study = result.study
    to.print(f"[bold]{escape(study.title)}[/bold]" + (f" · {escape(study.borough)}" if study.borough else ""))
    first = RichTable(show_header=False, box=None, pad_edge=False)
    first.add_column(style="bold")
    first.add_column(overflow="fold")
    for name, words in summary.headline(result):
        first.add_row(name, escape(words))
    to.print(first)
    for table in result.tables:
        to.print()
        to.print(drawn(table))
    to.print()
    print_warnings(result.warnings, to)
    print_quote(result.statement, to)


def print_warnings(warnings: Sequence[str], on: Console | None = None) -> None:
    """Print what a reader should be told beside the figures, if anything."""
    to = on or console()
    if warnings:
        to.print("[bold]Warnings[/bold]")
        for warning in warnings:
            to.print(f"- {escape(warning)}")
        to.print()


def print_quote(statement: str, on: Console | None = None) -> None:
    """Print what is safe to quote."""
    (on or console()).print(Panel(escape(statement), title="Safe to quote", title_align="left"))
