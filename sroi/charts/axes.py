"""Axes, room for labels and the labels themselves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sroi import formatting
from sroi.charts import theme
from sroi.extras import altair

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


def row_axis(labels: Mapping[str, Sequence[str]]) -> Any:
    """The axis of horizontal bars: the lines of each label, in the order given."""
    alt = altair()
    return alt.Y("key:N", sort=list(labels), title=None, axis=alt.Axis(**theme.row_labels(labels)))


def legend(colours: Mapping[str, str], rows: Iterable[Mapping[str, Any]], **more: Any) -> Any:
    """Colours by kind, of the kinds that some rows are of."""
    alt = altair()
    found = {row["kind"] for row in rows}
    domain = [kind for kind in colours if kind in found]
    scale = alt.Scale(domain=domain, range=[colours[kind] for kind in domain])
    return alt.Color("kind:N", scale=scale, **more)


def chart_of(rows: list[dict[str, Any]]) -> Any:
    """A chart of some rows, without a mark."""
    alt = altair()
    return alt.Chart(alt.Data(values=rows))


def bar(key: str, end: float, kind: str, label: str, **more: Any) -> dict[str, Any]:
    """A row of horizontal bars: it reaches from zero to ``end``, with its label beyond that."""
    return {"key": key, "start": 0, "end": end, "right": end >= 0, "kind": kind, "label": label, **more}


def text(base: Any, *, x: str, label: str = "label:N", **mark: Any) -> list[Any]:
    """Text on the paper's colour, so that no line strikes through it."""
    halo = base.mark_text(fontSize=12, stroke=theme.PAPER, strokeWidth=4, strokeJoin="round", **mark)
    plain = base.mark_text(fontSize=12, color=theme.INK, **mark)
    return [each.encode(x=x, text=label) for each in (halo, plain)]


def signed_labels(base: Any, x: str = "end:Q") -> list[Any]:
    """Labels beyond the ends of bars, to the right or to the left as each row says."""
    shown = base.transform_filter("datum.label != ''")
    return [
        *text(shown.transform_filter("datum.right"), x=x, align="left", dx=5),
        *text(shown.transform_filter("!datum.right"), x=x, align="right", dx=-5),
    ]


def bars(base: Any, rows: list[dict[str, Any]], colours: Mapping[str, str], x: Any, **mark: Any) -> Any:
    """Bars from ``start`` to the place that ``x`` names, a line at zero, and labels at their ends."""
    alt = altair()
    drawn = base.mark_bar(**mark).encode(x=x, x2=alt.X2("start:Q"), color=legend(colours, rows))
    return alt.layer(drawn, zero_rule(), *signed_labels(base))


def zero_rule() -> Any:
    """A line across the chart at zero."""
    return chart_of([{"at": 0}]).mark_rule(color=theme.MUTED, strokeDash=[1, 0]).encode(x="at:Q")


def sentence(pairs: Iterable[tuple[str, str]], most: int = 20) -> str:
    """Labels and their values in one sentence, for people who cannot see the chart."""
    listed = list(pairs)
    rest = f"; and {len(listed) - most} more" if len(listed) > most else ""
    return "; ".join(f"{label}: {value}" for label, value in listed[:most]) + rest + "."
