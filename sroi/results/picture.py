"""One line of text of a range, its middle, breaking even and what has been claimed, with labels beneath."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sroi import formatting
from sroi.results.strip import CENTRAL, CLAIM, HIGH, LOW, MEDIAN, ONE

if TYPE_CHECKING:
    from sroi.results.strip import Strip

_WIDEST = 100
_SIGNS = {CLAIM: "◆", ONE: "│", MEDIAN: "┃", LOW: "┣", HIGH: "┫", CENTRAL: "●"}


def lines(strip: Strip, width: int) -> list[str]:
    """The line and its labels, none wider than ``width``."""
    width = min(width, _WIDEST)
    cells = ["─"] * width

    def place(at: float) -> int:
        return round(strip.place(at) * (width - 1))

    if strip.interval is not None:
        first, last = (place(end) for end in strip.interval)
        cells[first : last + 1] = ["━"] * (last + 1 - first)
    for mark in strip.marks:
        cells[place(mark.at)] = "▶" if strip.outside(mark) else _SIGNS[mark.kind]
    labels = [(place(mark.at), mark.label) for mark in strip.marks if mark.kind != CLAIM]
    claims = [mark for mark in strip.marks if mark.kind == CLAIM]
    if claims:
        said = formatting.listed(mark.figure for mark in claims)
        labels.append((sum(place(mark.at) for mark in claims) // len(claims), f"claimed {said}"))
    return ["".join(cells), *_labels(labels, width)]


def _labels(wanted: list[tuple[int, str]], width: int) -> list[str]:
    """Labels under their places, on as few lines as hold them."""
    rows: list[list[str]] = []
    for at, label in sorted(wanted):
        start = min(max(at - len(label) // 2, 0), max(width - len(label), 0))
        free = (row for row in rows if not "".join(row[max(start - 2, 0) : start + len(label) + 2]).strip())
        row = next(free, None)
        if row is None:
            row = [" "] * width
            rows.append(row)
        row[start : start + len(label)] = label
    return ["".join(row).rstrip() for row in rows]
