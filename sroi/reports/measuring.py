"""How much room text needs in print: never less than a reader's machine will take.

The widths are those of DejaVu Sans, the widest of the common sans-serif fonts: what fits by them fits in
Arial and in the fonts that stand in for it.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sroi.tables import Table

LINE = 1.165
"""Height of a line of single spacing, in sizes of its font."""

MARGIN = 7.0
"""Both side margins of a cell together, in points."""

_BOLD = 1.13
_WIDTHS = {
    0.34: "'ijlIJ ,.\u00a0/:;\\|",
    0.42: "f-()[]t!r",
    0.53: '"*_`–sz?',
    0.64: "cLFkvxyPTYaoeESbdghnpqu$0123456789{}£€",
    0.79: "KAVBRXZCUHNDG&OQ",
    0.84: "w#+<=>^~−×÷",
    1.0: "M%mW@…",
}
_OF = {letter: width for width, letters in _WIDTHS.items() for letter in letters}
_OF["\u2060"] = 0.0
_LATIN, _OTHER = 0.7, 1.05
_LAST_LATIN = "\u024f"

_LONGEST_WORD, _LEAST = 20, 4
"""Letters of the longest word that is kept whole, and of the narrowest column."""

_SAMPLE, _STEPS, _POWER = 40, 40, 6
"""Rows and steps by which the room is spread, and how far the tallest cell of a row outweighs the others."""

_AFTER = re.compile(r"[^ ]*?(?:[^\W\d]-|/)(?=[^\W\d])|[^ ]* ?")
_DIGIT, _BETWEEN = re.compile(r"\d"), re.compile(r" |(?<=[^\W\d]-)(?=[^\W\d])")


def width(text: str, size: float, *, bold: bool = False) -> float:
    """The width of a text on one line, in the unit of the size."""
    return _letters(text) * size * (_BOLD if bold else 1.0)


@lru_cache(maxsize=1 << 15)
def _letters(text: str) -> float:
    return sum(_OF.get(each, _LATIN if each <= _LAST_LATIN else _OTHER) for each in text)


def lines(text: str, size: float, room: float, *, bold: bool = False) -> int:
    """How many lines a text takes in a column; a word wider than the column is broken."""
    count, used = 1, 0.0
    for piece in _AFTER.findall(text):
        bare = width(piece.rstrip(" "), size, bold=bold)
        if used and used + bare > room:
            count, used = count + 1, 0.0
        more = int(bare // room) if bare > room else 0
        count, used = count + more, used + width(piece, size, bold=bold) - more * room
    return count


@lru_cache(maxsize=256)
def columns(table: Table, room: float, size: float) -> tuple[float, ...]:
    """Widths of a table's columns, which fill the room.

    First comes what holds every number, then every word, unbroken; the rest goes where it saves most lines.
    """
    whole, words, full = [], [], []
    letter = width("n", size)
    for column, heading in enumerate(table.headings):
        cells = [row[column] for row in table.rows]
        pieces = {piece for cell in cells for piece in _pieces(cell)}
        longest = max((width(piece, size) for piece in pieces), default=0.0)
        numbers = max((width(piece, size) for piece in pieces if _DIGIT.search(piece)), default=0.0)
        tight = max((width(cell, size) for cell in cells), default=0.0)
        if table.numeric[column] and tight <= _LONGEST_WORD * letter:
            longest = tight
        named = max((width(piece, size, bold=True) for piece in _pieces(heading)), default=0.0)
        held = max(min(longest, _LONGEST_WORD * letter), named)
        whole.append(min(max(numbers, _LEAST * letter), held) + MARGIN)
        words.append(max(whole[-1], held + MARGIN))
        lengths = (width(cell, size) for cell in cells)
        full.append(max(words[-1], width(heading, size, bold=True) / 2 + MARGIN, *lengths) + MARGIN)
    wanted = sum(words) - sum(whole)
    share = min(max((room - sum(whole)) / wanted, 0.0), 1.0) if wanted > 0 else 0.0
    sizes = [least + share * (more - least) for least, more in zip(whole, words, strict=True)]
    _spread(sizes, full, room - sum(sizes), table, size)
    return tuple(room * each / sum(sizes) for each in sizes)


def _spread(sizes: list[float], full: list[float], left: float, table: Table, size: float) -> None:
    """Give each part of the room that is left to the column where it makes the rows lowest."""
    every = max(1, len(table.rows) // _SAMPLE)
    lengths = [[width(cell, size) for cell in row] for row in table.rows[::every]]
    step = left / _STEPS

    def tall(column: int, room: float) -> list[float]:
        inside = room - MARGIN
        return [max(1.0, row[column] / inside) ** _POWER for row in lengths]

    now = [tall(column, room) for column, room in enumerate(sizes)]
    wider = [tall(column, room + step) for column, room in enumerate(sizes)] if step > 0 else []
    rows = [sum(row) for row in zip(*now, strict=True)]
    roots = [each ** (1 / _POWER) for each in rows]
    for _ in range(_STEPS if step > 0 else 0):
        best, saved, changed = None, 0.0, (rows, roots)
        for column, room in enumerate(sizes):
            if room >= full[column]:
                continue
            after = [
                whole + more - less
                for whole, more, less in zip(rows, wider[column], now[column], strict=True)
            ]
            lower = [each ** (1 / _POWER) for each in after]
            gain = sum(a - b for a, b in zip(roots, lower, strict=True))
            if gain > saved:
                best, saved, changed = column, gain, (after, lower)
        if best is None:
            return
        sizes[best] += step
        now[best], wider[best] = wider[best], tall(best, sizes[best] + step)
        rows, roots = changed


def _pieces(text: str) -> list[str]:
    """What no line end divides: words, and the parts of words with hyphens."""
    return _BETWEEN.split(text)
