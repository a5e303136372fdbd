"""The chart of what lies between two studies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sroi import formatting
from sroi.charts import theme
from sroi.charts.axes import bar, bars, channel, money_axis, padded, row_axis, rows_height, sentence
from sroi.charts.figure import Figure
from sroi.errors import DocumentError, Problem
from sroi.results.difference_words import in_words, part_label

if TYPE_CHECKING:
    from sroi.results import Difference

MOST_ROWS = 14
"""Changes that a chart holds; what is smaller is drawn together."""

_OLD, _NEW, _REST = "old", "new", "*"


def difference(found: Difference) -> Figure:
    """The waterfall from the old study's ratio over each change's part to that of the new.

    It is of net present value where one of the two has no ratio.

    Raises
    ------
    DocumentError
        If one of them gives neither.
    """
    of_ratio = found.ratio.difference is not None
    figure = found.ratio if of_ratio else found.net_present_value
    if figure.old is None or figure.new is None:
        message = f"there is nothing to draw: {figure.no_result}"
        raise DocumentError([Problem(message, "value what is not assessed", file="chart")])
    old, new = figure.old, figure.new
    write = in_words(found, of_ratio=of_ratio)
    parts = sorted(figure.parts, key=lambda part: -abs(part.amount))
    shown = [
        (part.change, _label(part_label(found, part.change)), part.amount) for part in parts if part.amount
    ]
    if len(shown) > MOST_ROWS:
        rest = shown[MOST_ROWS - 1 :]
        label = f"{len(rest)} smaller changes together"
        shown = [*shown[: MOST_ROWS - 1], (_REST, label, sum(row[2] for row in rest))]
    takeaway, listed = "Nothing that moves the result changed.", ""
    if shown:
        most = f"“{shown[0][1]}” moves it most, {write.part(shown[0][2])}"
        takeaway = f"{write.whole(old)} became {write.whole(new)}; {most}."
        listed = sentence((label, write.part(amount)) for _, label, amount in shown)
    what = "social value for each unit put in" if of_ratio else "net present value"
    alt_text = f"Waterfall of {what} from the old study to the new. {takeaway} {listed}".rstrip()

    def draw(_: float) -> tuple[list[dict[str, Any]], float]:
        axis = money_axis([old, new], found.new)
        divisor, title = axis.divisor, f"Net present value, {axis.words}"
        if of_ratio:
            divisor, title = 1.0, f"Social value for each {formatting.unit(found.new.currency)} put in"
        ends = {_OLD: f"Old ({found.old.kind})", _NEW: f"New ({found.new.kind})"}
        names = {_OLD: ends[_OLD], **{key: label for key, label, _ in shown}, _NEW: ends[_NEW]}
        rows, reached = [_row(_OLD, 0.0, old, "either study", write.whole(old), divisor)], old
        for key, _said, amount in shown:
            kind = "raises it" if amount > 0 else "lowers it"
            rows.append(_row(key, reached, reached + amount, kind, write.part(amount), divisor))
            reached += amount
        rows.append(_row(_NEW, 0.0, new, "either study", write.whole(new), divisor))
        domain = padded([row[field] for row in rows for field in ("start", "stop")], 0.13)
        x = channel("stop:Q", title=title, scale={"domain": domain, "nice": False})
        colours = {"either study": theme.BLUE, "lowers it": theme.VERMILLION, "raises it": theme.GREEN}
        y = {"y": row_axis({key: theme.lines(label, 34, 2) for key, label in names.items()})}
        return bars(rows, y, colours, x, height={"band": 0.7}), rows_height(len(rows))

    return Figure("difference", "From the old study to the new", takeaway, alt_text, draw)


def _row(key: str, start: float, stop: float, kind: str, label: str, divisor: float) -> dict[str, Any]:
    """A bar from one place to another, its label beyond the end that is further out."""
    edge = min(start, stop) if max(start, stop) <= 0 else max(start, stop)
    ends = {"start": start / divisor, "stop": stop / divisor}
    return bar(key, edge / divisor, kind, label, **ends)


def _label(text: str) -> str:
    return text[:1].upper() + text[1:]
