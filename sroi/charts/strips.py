"""The answer as one strip: how the draws are spread, and the marks that a reader looks for among them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sroi import formatting
from sroi.charts import theme
from sroi.charts.axes import channel, flags, layer, text
from sroi.charts.figure import Figure
from sroi.results.strip import CENTRAL, CLAIM, HIGH, LOW, ONE

if TYPE_CHECKING:
    from sroi.results.answer import Answer
    from sroi.results.strip import Mark, Strip

_UPRIGHT = {"scale": {"domain": [-0.42, 1.75]}, "axis": None}


def answer(found: Answer) -> Figure:
    """The strip of an answer."""
    strip = found.strip
    marked = formatting.listed(
        f"{mark.label}{' (beyond the end of the line)' if strip.outside(mark) else ''}"
        for mark in sorted(strip.marks, key=lambda mark: mark.at)
    )
    what = f"How the draws lie on a line from {strip.left:.1f} to {strip.right:.1f}."
    if strip.interval is None:
        what = "A line without a range."
    title = f"Social value for each {found.one} put in"
    alt = f"{what} Marked from left to right: {marked}."
    return Figure("answer", title, found.sentence, alt, lambda width: _strip(strip, title, width))


def _strip(strip: Strip, title: str, width: float) -> tuple[list[dict[str, Any]], float]:
    room = 0.03 * (strip.right - strip.left)
    domain = [strip.left - room, strip.right + room]
    x = channel("start:Q", title=title, scale={"domain": domain, "nice": False, "zero": False})
    ends = {"x": x, "x2": {"field": "end"}, "y": {**channel("height:Q"), **_UPRIGHT}, "y2": {"datum": 0}}
    base = [{"start": strip.left, "end": strip.right, "height": 0.0}]
    bars = [
        {"start": max(start, strip.left), "end": min(end, strip.right), "height": height}
        for start, end, height in strip.bars
        if start < strip.right and end > strip.left
    ]
    layers = [
        layer(base, "rule", ends, color=theme.MUTED),
        layer(bars, "bar", ends, color=theme.SKY, stroke=theme.PAPER, strokeWidth=0.5),
        *_range(strip),
    ]
    marks = [(_held(strip, mark), _label(strip, mark), mark.kind in (CLAIM, ONE)) for mark in _flown(strip)]
    central = [{"at": mark.at, "height": 0.0} for mark in strip.marks if mark.kind == CENTRAL]
    dot = {"x": channel("at:Q"), "y": channel("height:Q")}
    return [
        *layers,
        *flags(marks, domain, width, top=1.72, step=0.19),
        layer(central, "point", dot, filled=True, size=80, opacity=1, color=theme.VERMILLION),
    ], 165 if bars else 110


def _flown(strip: Strip) -> list[Mark]:
    """The marks that have a flag; the ends of the range have a band."""
    return [mark for mark in strip.marks if mark.kind not in (LOW, HIGH)]


def _held(strip: Strip, mark: Mark) -> float:
    return min(max(mark.at, strip.left), strip.right)


def _label(strip: Strip, mark: Mark) -> str:
    return f"{mark.label} →" if strip.outside(mark) else mark.label


def _range(strip: Strip) -> list[dict[str, Any]]:
    """The middle of the draws, as a band beneath the bars."""
    if strip.interval is None:
        return []
    low, high = strip.interval
    said = " to ".join(mark.figure for mark in strip.marks if mark.kind in (LOW, HIGH))
    row = {"low": low, "high": high, "middle": 0.5 * (low + high), "at": -0.13, "beneath": -0.3}
    rows = [{**row, "label": f"8 of 10 draws: {said}"}]
    ends = {"x": channel("low:Q"), "x2": {"field": "high"}, "y": channel("at:Q")}
    band = layer(rows, "bar", ends, height=8, color=theme.BLUE)
    return [band, *text(rows, {"y": channel("beneath:Q")}, "middle:Q")]
