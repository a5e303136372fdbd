"""What a person sees in a terminal: the same tables as everywhere, drawn by rich."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.markup import escape
from rich.panel import Panel
from rich.table import Table as RichTable

from sroi.evaluation import summary

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import ConsoleOptions, RenderResult

    from sroi.evaluation import Evaluation
    from sroi.tables import Table

WIDTH_OF_A_FILE = 160
"""Columns where the output is not a terminal."""


_NARROWEST = 4
"""Columns that a cell keeps however narrow the terminal."""

_JOINT = r"(?:[A-Za-z0-9][/._-]+(?=[A-Za-z])|[A-Za-z]{2}[/._:-]+(?=[0-9]))"
_PIECES = re.compile(rf"\s+|(?:(?!{_JOINT})\S)*(?:{_JOINT}|\S(?=\s|$))")
"""What a line is broken between: spaces, and the marks inside names and paths, never inside a number."""


def console() -> Console:
    """A console as wide as the terminal, or of a fixed width where the output goes elsewhere."""
    found = Console(highlight=False)
    return found if found.is_terminal else Console(highlight=False, width=WIDTH_OF_A_FILE)


@dataclass(frozen=True, slots=True)
class Drawn:
    """One table as rich draws it: as wide as there is room for, no column cut off, and text taken as it is."""

    table: Table

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Draw it on a console."""
        table = self.table
        written = [table.headings, *table.rows]
        between = len(table.headings) - 1
        wanted, _, joined = needs(written)
        for gap, edges, needed in ((3, 2, wanted), (2, 2, joined), (1, 0, joined)):
            room = options.max_width - gap * between - edges
            if sum(needed) <= room:
                break
        widths = column_widths(written, table.numeric, room)
        rich = RichTable(
            title=escape(table.title),
            title_justify="left",
            title_style="bold",
            caption=escape(table.note) or None,
            caption_justify="left",
            box=box.SIMPLE_HEAD,
            pad_edge=False,
            padding=(0, gap // 2, 0, gap // 3),
            show_edge=bool(edges),
        )
        for heading, numeric, width in zip(table.headings, table.numeric, widths, strict=True):
            rich.add_column(escape(broken(heading, width)), justify="right" if numeric else "left", overflow="fold", width=width)
        for row in table.rows:
            rich.add_row(*(escape(broken(cell, width)) for cell, width in zip(row, widths, strict=True)))
        yield rich
        if not edges:
            yield ""


def needs(rows: Sequence[Sequence[str]]) -> tuple[list[int], list[int], list[int]]:
    """The width of the longest cell, of the longest word and of the longest unbroken piece of each column."""
    wanted, words, joined = (
        [max((cell_len(part) for cell in column for part in parts(cell)), default=1) or 1 for column in zip(*rows, strict=True)]
        for parts in (lambda cell: [cell], str.split, pieces)
    )
    return wanted, words, joined


def column_widths(rows: Sequence[Sequence[str]], numeric: Sequence[bool], room: int) -> list[int]:
    """How wide each column is, so that all of them have room.

    Columns that need little have it; the others share the rest evenly. A column is narrower than its longest word only where not all of these
    have room, and then than its longest unbroken piece only where not all of those have: words give way before numbers do.
    """
    wanted, words, joined = needs(rows)
    widths = list(next((least for least in (wanted, words) if sum(least) <= room), joined))
    for may_give in ([not number for number in numeric], [True] * len(widths)):
        giving = [place for place, gives in enumerate(may_give) if gives]
        while giving and sum(widths) > room and max(widths[place] for place in giving) > _NARROWEST:
            widths[max(giving, key=lambda place: widths[place])] -= 1
    while sum(widths) < min(room, sum(wanted)):
        widths[min((width, place) for place, width in enumerate(widths) if width < wanted[place])[1]] += 1
    return widths


def pieces(text: str) -> list[str]:
    """What a text may be broken into, spaces left out."""
    return [piece for piece in _PIECES.findall(text) if not piece.isspace()]


def broken(text: str, width: int) -> str:
    """A text in lines of at most a width, broken at spaces, or else inside names and paths."""
    lines = [""]
    for piece in _PIECES.findall(text):
        if cell_len(lines[-1]) + cell_len(piece.rstrip()) > width and lines[-1]:
            lines.append("")
        lines[-1] += piece if lines[-1] or not piece.isspace() else ""
    return "\n".join(line.rstrip() for line in lines)


def drawn(table: Table) -> Drawn:
    """One table, its text taken as it is."""
    return Drawn(table)


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
    if result.warnings:
        to.print("[bold]Warnings[/bold]")
        for warning in result.warnings:
            to.print(f"- {escape(warning)}")
        to.print()
    to.print(Panel(escape(result.statement), title="Safe to quote", title_align="left"))
