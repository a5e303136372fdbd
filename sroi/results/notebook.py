"""What a notebook shows of a result: its headline, the first rows of its tables, and where the rest is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sroi.text import escape_html

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sroi.tables import Fact, Table

MOST_ROWS = 16
"""Rows that are shown of a result, all its tables together."""

_FEWEST = 3
"""Rows of a table that are worth its heading, unless it has fewer."""

_LONGEST = 90
"""Characters of a cell; what is longer is cut, and whole in the tables."""


def panel(
    title: str,
    answer: str,
    tables: Iterable[Table],
    *,
    facts: Iterable[Fact] = (),
    most_tables: int | None = None,
    statement: str = "",
    warnings: int = 0,
) -> str:
    """A result as an HTML fragment that takes its colours from the notebook, every text escaped.

    Parameters
    ----------
    title, answer : str
        What it is of, and what it says in a sentence; either may be empty.
    tables : iterable of Table
        Shown as far as there is room; those that are not are named.
    facts : iterable of Fact
        Figures of a headline.
    most_tables : int, optional
        How many tables are shown at the most.
    statement : str
        The sentence that is safe to quote.
    warnings : int
        How many warnings there are to be looked at.
    """
    shown = ['<section style="max-width:72em;line-height:1.35">']
    if title:
        shown.append(f'<h3 style="margin:0 0 .3em">{escape_html(title)}</h3>')
    if answer:
        shown.append(f'<p style="margin:.2em 0;font-weight:bold">{escape_html(answer)}</p>')
    listed = [f"<tr>{_cell('th', fact.label)}{_cell('td', fact.text)}</tr>" for fact in facts]
    if listed:
        shown += [f'<table style="{_TABLE}"><tbody>', *listed, "</tbody></table>"]
    left, omitted = MOST_ROWS, []
    for at, table in enumerate(tables):
        if (most_tables is None or at < most_tables) and left >= min(_FEWEST, len(table.rows)):
            shown.append(table.shortened(left).to_html(longest=_LONGEST))
            left -= len(table.rows)
        else:
            omitted.append(table.title)
    notes = [f"More in tables: {'; '.join(omitted)}."] if omitted else []
    if warnings:
        notes.append(f"{warnings} warning{'' if warnings == 1 else 's'}: see warnings.")
    shown += [f'<p style="margin:.3em 0;font-size:85%;opacity:.8">{escape_html(note)}</p>' for note in notes]
    if statement:
        edge = "border-left:3px solid rgba(128,128,128,.5)"
        look = f"margin:.5em 0;padding:.1em .8em;font-size:92%;{edge}"
        shown.append(f'<blockquote style="{look}">{escape_html(statement)}</blockquote>')
    return "\n".join([*shown, "</section>"])


_TABLE = "border-collapse:collapse;margin:.3em 0;font-size:92%"


def _cell(tag: str, text: str) -> str:
    wrap = "nowrap" if tag == "th" else "normal"
    look = f"text-align:left;padding:1px 12px 1px 0;vertical-align:top;border:0;white-space:{wrap}"
    return f'<{tag} style="{look}">{escape_html(text)}</{tag}>'
