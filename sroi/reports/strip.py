"""The strip of the draws as the page shows it: a shape to stretch, and labels that are never on each other.

Everything has its place in per cent of the width, so that one strip fits every screen. The labels have rows
for a wide screen and for a narrow one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sroi.results.strip import CENTRAL, CLAIM, ONE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sroi.results.answer import Answer
    from sroi.results.strip import Mark, Strip

WIDE, NARROW = 620.0, 290.0
"""Widths of the strip, in pixels, for which the labels have room in their rows."""

_CHARACTER, _GAP = 8.0, 10.0
_LONGEST_TAIL = 1.7
_HIGH = 100.0


@dataclass(frozen=True, slots=True)
class Label:
    """A mark on the strip with its label beneath.

    Attributes
    ----------
    kind, text : str
    place : float
        In per cent of the width.
    row, narrow_row : int
        Which line of labels it stands on, from 0, on a wide screen and on a narrow one.
    outside : bool
        Whether what it marks lies beyond the end of the strip.
    """

    kind: str
    text: str
    place: float
    row: int
    narrow_row: int
    outside: bool


@dataclass(frozen=True, slots=True)
class PageStrip:
    """The strip in places and words.

    Attributes
    ----------
    strip : Strip
        Reaching as far as all but one draw in a hundred, where those are not very far out.
    path : str
        Bars of the draws in a box of 1000 by 100, as SVG takes it; empty without a range.
    band : tuple of float or None
        Where the range of eight draws in ten begins, and how wide it is, in per cent.
    labels : tuple of Label
    alt : str
    """

    strip: Strip
    path: str
    band: tuple[float, float] | None
    labels: tuple[Label, ...]
    alt: str

    @property
    def rows(self) -> int:
        """Lines of labels on a wide screen."""
        return 1 + max(label.row for label in self.labels)

    @property
    def narrow_rows(self) -> int:
        """Lines of labels on a narrow screen."""
        return 1 + max(label.narrow_row for label in self.labels)


def page_strip(answer: Answer) -> PageStrip:
    """The strip of an answer."""
    strip = answer.strip
    if strip.centiles:
        strip = replace(strip, right=max(strip.right, min(strip.centiles[-1], _LONGEST_TAIL * strip.right)))
    shown = sorted(strip.marks, key=lambda mark: mark.at)
    wide, narrow = (_rows(strip, shown, width) for width in (WIDE, NARROW))
    labels = tuple(
        Label(mark.kind, mark.label, 100 * strip.place(mark.at), row, narrow_row, strip.outside(mark))
        for mark, row, narrow_row in zip(shown, wide, narrow, strict=True)
    )
    band = None
    if strip.interval is not None:
        low, high = (100 * strip.place(end) for end in strip.interval)
        band = (low, high - low)
    what = "How the draws are spread" if strip.bars else "The result on a line"
    alt = f"{what}, with marks, from the lowest to the highest: {'; '.join(mark.label for mark in shown)}."
    return PageStrip(strip, _outline(strip), band, labels, alt)


def _rows(strip: Strip, marks: Sequence[Mark], width: float) -> list[int]:
    """For each mark the first row on which its label, at its place, meets no other."""
    taken: list[list[tuple[float, float]]] = []
    first = sorted(range(len(marks)), key=lambda at: (_ORDER.get(marks[at].kind, 1), at))
    rows = dict.fromkeys(range(len(marks)), 0)
    for at in first:
        room = _CHARACTER * len(marks[at].label) + _GAP
        start = strip.place(marks[at].at) * max(width - room, 0.0)
        clear = (
            row
            for row, each in enumerate(taken)
            if all(start + room <= low or start >= high for low, high in each)
        )
        rows[at] = next(clear, len(taken))
        if rows[at] == len(taken):
            taken.append([])
        taken[rows[at]].append((start, start + room))
    return [rows[at] for at in range(len(marks))]


_ORDER = {ONE: 0, CENTRAL: 2, CLAIM: 3}
"""Which labels stand nearest to the line where there is room for some alone."""


def _outline(strip: Strip) -> str:
    """The draws as bars that touch, cut where the strip ends."""
    if not strip.bars:
        return ""
    found = []
    for start, end, height in strip.bars:
        left, right = (f"{1000 * strip.place(at):.1f}" for at in (start, end))
        if left != right:
            found.append(f"M{left},{_HIGH:.0f}V{_HIGH * (1 - height):.1f}H{right}V{_HIGH:.0f}Z")
    return "".join(found)
