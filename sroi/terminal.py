"""What a person sees in a terminal: the same tables as everywhere, drawn by rich."""

from __future__ import annotations

import os
import re
import sys
from typing import TYPE_CHECKING, Any, TextIO, cast

from rich import markup
from rich.console import Console, Group
from rich.panel import Panel
from rich.table import Table as RichTable
from rich.text import Text

from sroi.drawing import drawn, narrowed, plain
from sroi.results import screen, summary
from sroi.tables import SCREEN_LINES
from sroi.text import printable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import RenderableType

    from sroi.results import Evaluation, Simulation
    from sroi.results.answer import Answer
    from sroi.results.beside import BesideNation
    from sroi.tables import Brief, Table

WIDTH_OF_A_FILE = 160
"""Columns of tables where the output is not a terminal."""

WIDTH_OF_A_SCREEN = 80
"""Columns of the first screen where the output is not a terminal."""


_NARROWEST = 20


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
    width = int(asked) if asked.isdecimal() and len(asked) < 5 and int(asked) >= _NARROWEST else otherwise
    return Console(highlight=False, width=width, file=cast("TextIO", _Plain(sys.stdout)))


def print_table(table: Table) -> None:
    """Print one table."""
    to = console()
    to.print(drawn(table, to.width))
    to.print()


def print_brief(brief: Brief, on: Console | None = None) -> None:
    """Print what a result says first: as many rows of each table as one screen holds, the rest counted."""
    to = on or console(WIDTH_OF_A_SCREEN)
    most = min(max((len(table.rows) for table in brief.tables), default=0), SCREEN_LINES)
    while True:
        parts = _screen(brief, most, to.width)
        lines = to.render_lines(Group(*parts), pad=False)
        if len(lines) <= SCREEN_LINES or most <= 1:
            break
        most -= 1
    to.print(*parts, sep="\n")


def _screen(brief: Brief, most: int, width: int) -> list[RenderableType]:
    """The sentences, each table with at most so many rows and as many columns as fit, and what is omitted."""
    parts: list[RenderableType] = [_paragraph(line, bold=not at) for at, line in enumerate(brief.lines)]
    rows, columns = brief.left, 0
    for table in brief.tables:
        shown, dropped = narrowed(table.cut(most), width, one_line=brief.one_line)
        rows, columns = rows + len(table.rows) - len(shown.rows), columns + dropped
        parts += [Text(), drawn(shown, width)]
    more = brief.more(rows, columns)
    return [*parts, Text(), plain(more)] if more else parts


def _paragraph(line: str, *, bold: bool) -> RenderableType:
    """A line, its continuation indented as far as its text where it begins with a bullet."""
    text = plain(line.lstrip(" •"))
    text.stylize("bold" if bold else "")
    indent = len(line) - len(text)
    if not indent:
        return text
    grid = RichTable.grid()
    grid.add_column(width=indent)
    grid.add_column(overflow="fold")
    grid.add_row(line[:indent], text)
    return grid


def print_answer(answer: Answer, on: Console | None = None) -> None:
    """Print the first screen of a result."""
    to = on or console(WIDTH_OF_A_SCREEN)
    first, *rest = screen.lines(answer, to.width)
    to.print(f"[bold]{escape(first)}[/bold]", soft_wrap=True)
    for line in rest:
        to.print(escape(line), soft_wrap=True)


def print_result(
    result: Evaluation,
    on: Console | None = None,
    *,
    simulation: Simulation | None = None,
    beside: BesideNation | None = None,
    severe: Sequence[str] = (),
) -> None:
    """Print all of a result: headline, the sentence that is safe to quote, warnings, and every table.

    Parameters
    ----------
    result : Evaluation
    on : Console, optional
    simulation : Simulation, optional
        For the range.
    beside : BesideNation, optional
        For what parts the place from its nation.
    severe : sequence of str, optional
        What a check finds to be an error.
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
    print_warnings(severe, to, "To put right, as sroi check says")
    print_warnings(result.warnings, to)
    local = () if beside is None or not beside.numbers else (beside.table(study),)
    for table in (*local, *sorted(result.tables, key=lambda table: table.key == "unsourced")):
        to.print(drawn(table, to.width))
        to.print()


def print_warnings(warnings: Sequence[str], on: Console | None = None, heading: str = "Warnings") -> None:
    """Print the warnings of a result under a heading, if there are any."""
    to = on or console()
    if warnings:
        to.print(f"[bold]{heading}[/bold]")
        for warning in warnings:
            to.print(f"- {escape(warning)}")
        to.print()


def print_quote(statement: str, on: Console | None = None) -> None:
    """Print what is safe to quote."""
    (on or console()).print(Panel(escape(statement), title="Safe to quote", title_align="left"))
