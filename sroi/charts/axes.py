"""Axes, room for labels and the labels themselves."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sroi import formatting
from sroi.charts import theme

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sroi.model import Study


@dataclass(frozen=True, slots=True)
class MoneyAxis:
    """An axis of money, in units large enough for short numbers.

    Attributes
    ----------
    divisor : float
        Money that one unit of the axis is worth.
    words : str
        The unit, for the axis's title.
    """

    divisor: float
    words: str

    def scaled(self, amount: float) -> float:
        """A sum in units of the axis."""
        return amount / self.divisor


def money_axis(amounts: Iterable[float], study: Study) -> MoneyAxis:
    """The axis for some sums of money of a study."""
    divisor, word = formatting.scale(max((abs(amount) for amount in amounts), default=0.0))
    unit = f"{formatting.symbol(study.currency)} {word}".strip()
    return MoneyAxis(divisor, f"{unit}, {study.price_year} prices")


def padded(values: Sequence[float], room: float = 0.18) -> list[float]:
    """The domain of bars from zero, with room for the labels at their ends."""
    low, high = min(0.0, *values, 0.0), max(0.0, *values, 0.0)
    span = (high - low) or 1.0
    return [low - (room * span if low < 0 else 0.0), high + (room * span if high > 0 or low == 0 else 0.0)]


def rows_height(rows: int, each: float = 34.0) -> float:
    """Height of a chart of horizontal bars."""
    return max(rows, 1) * each


_TYPES = {"Q": "quantitative", "N": "nominal", "O": "ordinal"}


def channel(shorthand: str, **more: Any) -> dict[str, Any]:
    """What encodes a field of the rows, such as ``end:Q``, with its axis, scale and the like.

    Examples
    --------
    >>> channel("end:Q", title="Value")
    {'field': 'end', 'type': 'quantitative', 'title': 'Value'}
    """
    field, _, kind = shorthand.partition(":")
    return {"field": field, "type": _TYPES[kind], **more}


def layer(
    rows: list[dict[str, Any]], kind: str, encoding: Mapping[str, Any], *filters: str, **mark: Any
) -> dict[str, Any]:
    """A layer of a chart: marks of one kind for the rows that pass some filters."""
    found = {"data": {"values": rows}, "mark": {"type": kind, **mark}, "encoding": dict(encoding)}
    return found | ({"transform": [{"filter": each} for each in filters]} if filters else {})


def row_axis(labels: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """The axis of horizontal bars: the lines of each label, in the order given."""
    return channel("key:N", sort=list(labels), title=None, axis=theme.row_labels(labels))


def legend(colours: Mapping[str, str], rows: Iterable[Mapping[str, Any]], **more: Any) -> dict[str, Any]:
    """Colours by kind, of the kinds that some rows are of."""
    found = {row["kind"] for row in rows}
    domain = [kind for kind in colours if kind in found]
    return channel("kind:N", scale={"domain": domain, "range": [colours[kind] for kind in domain]}, **more)


def bar(key: str, end: float, kind: str, label: str, **more: Any) -> dict[str, Any]:
    """A row of horizontal bars: it reaches from zero to ``end``, with its label beyond that."""
    return {"key": key, "start": 0, "end": end, "right": end >= 0, "kind": kind, "label": label, **more}


def text(
    rows: list[dict[str, Any]], encoding: Mapping[str, Any], x: str, *filters: str, **mark: Any
) -> list[dict[str, Any]]:
    """The rows' labels on the paper's colour, so that no line strikes through them."""
    encoding = {**encoding, "x": channel(x), "text": channel("label:N")}
    halo = {"stroke": theme.PAPER, "strokeWidth": 4, "strokeJoin": "round"}
    looks = (halo, {"color": theme.INK})
    return [layer(rows, "text", encoding, *filters, fontSize=12, **look, **mark) for look in looks]


def signed_labels(rows: list[dict[str, Any]], encoding: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Labels beyond the ends of bars, to the right or to the left as each row says."""
    labelled = "datum.label != ''"
    return [
        *text(rows, encoding, "end:Q", labelled, "datum.right", align="left", dx=5),
        *text(rows, encoding, "end:Q", labelled, "!datum.right", align="right", dx=-5),
    ]


def bars(
    rows: list[dict[str, Any]],
    encoding: Mapping[str, Any],
    colours: Mapping[str, str],
    x: dict[str, Any],
    **mark: Any,
) -> list[dict[str, Any]]:
    """Bars from ``start`` to the place that ``x`` names, a line at zero, and labels at their ends."""
    ends = {"x": x, "x2": {"field": "start"}, "color": legend(colours, rows)}
    zero = layer([{"at": 0}], "rule", {"x": channel("at:Q")}, color=theme.MUTED, strokeDash=[1, 0])
    return [layer(rows, "bar", {**encoding, **ends}, **mark), zero, *signed_labels(rows, encoding)]


def room(label: str) -> float:
    """The width that a label may take, with some air."""
    return 8.5 * len(label) + 14


def flags(
    marks: Iterable[tuple[float, str, bool]],
    domain: Sequence[float],
    width: float,
    *,
    top: float = 1.42,
    step: float = 0.09,
) -> list[dict[str, Any]]:
    """Lines down to zero with a label at their top, on as many levels as the labels need.

    Parameters
    ----------
    marks : iterable of (at, label, dashed)
    domain : sequence of float
        Both ends of the axis.
    width : float
        Of the chart.
    top, step : float
        Where the first level is, and how far each is beneath the one before.
    """
    span = domain[1] - domain[0]
    ends = [-math.inf] * 5
    rows = []
    for at, label, dashed in sorted(marks):
        place = (at - domain[0]) / span
        needs = room(label) / width
        leftwards = place + needs > 1.0
        start = place - needs if leftwards else place
        level = next((level for level, end in enumerate(ends) if start > end), len(ends) - 1)
        ends[level] = place if leftwards else place + needs
        height = top - step * level
        rows.append({"at": at, "label": label, "top": height, "dashed": dashed, "left": leftwards})
    top_of = {"y": channel("top:Q")}
    line = {"x": channel("at:Q"), **top_of, "y2": {"datum": 0}}
    found = [
        layer(rows, "rule", line, side, color=theme.INK, strokeWidth=1.3, strokeDash=dash)
        for side, dash in (("datum.dashed", [4, 3]), ("!datum.dashed", [1, 0]))
    ]
    for side, align, shift in (("!datum.left", "left", 4), ("datum.left", "right", -4)):
        found += text(rows, top_of, "at:Q", side, align=align, dx=shift, baseline="top")
    return found


def sentence(pairs: Iterable[tuple[str, str]], most: int = 20) -> str:
    """Labels and their values in one sentence, for people who cannot see the chart."""
    listed = list(pairs)
    rest = f"; and {len(listed) - most} more" if len(listed) > most else ""
    return "; ".join(f"{label}: {value}" for label, value in listed[:most]) + rest + "."
