"""The two charts that move with the sliders, as Vega: they draw what the calculation's signals hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sroi.charts.theme import GAIN, GIVEN, INK, LOSS, MUTED, PAPER, RULE

if TYPE_CHECKING:
    from collections.abc import Sequence

_SANS = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'Noto Sans', 'Liberation Sans'"
FONT = f"{_SANS}, Arial, sans-serif"
_ROW, _BAR, _YEARS_HIGH, _ROOM = 48, 18, 260, 1.25
_AXIS: dict[str, Any] = {
    "labelColor": MUTED,
    "labelFontSize": 12,
    "grid": True,
    "gridColor": RULE,
    "domain": False,
    "ticks": False,
    "labelOverlap": True,
    "tickCount": {"signal": "width < 500 ? 3 : 6"},
    "encode": {"labels": {"update": {"text": {"signal": "money(datum.value)"}}}},
}


def outcome_bars(outcomes: Sequence[tuple[str, float]], signal: str) -> dict[str, Any]:
    """Bars of the value of each outcome, with a mark where the base case stands.

    Parameters
    ----------
    outcomes : sequence of (str, float)
        What each is called, and its present value in the base case.
    signal : str
        Signal that holds the present values as they are now.
    """
    base = [value for _, value in outcomes]
    rows = [{"at": at, "title": title, "base": value} for at, (title, value) in enumerate(outcomes)]
    now = {"type": "formula", "as": "now", "expr": f"{signal}[datum.at]"}
    high = _ROW * len(rows)
    ends = _ends(f"extent({signal})[0]", f"extent({signal})[1]", base)

    def row(offset: float) -> dict[str, Any]:
        return {"scale": "y", "field": "at", "offset": offset}

    value = {"x": {"scale": "x", "value": 0}, "x2": {"scale": "x", "field": "now"}}
    bar = {"y": row(23), "height": {"value": _BAR}}
    colour = {"fill": [{"test": "datum.now < 0", "value": LOSS}, {"value": GAIN}]}
    base_mark = _base_mark(
        x={"scale": "x", "field": "base", "offset": -1.5},
        y=row(20),
        width={"value": 3},
        height={"value": _BAR + 6},
    )
    title = _text("datum.title", {"value": 0}, row(16), 13, limit={"signal": "width"})
    beside = {"scale": "x", "signal": "max(datum.now, datum.base, 0)", "offset": 7}
    return {
        **_frame(high + 28, {signal: base}, ends, rows, [now]),
        "scales": [
            {"name": "x", "range": "width", **_VALUES},
            {"name": "y", "type": "band", "range": [0, high], "domain": {"data": "rows", "field": "at"}},
        ],
        "axes": [{"scale": "x", "orient": "bottom", **_AXIS}],
        "marks": [
            _bars({**value, **bar, **colour}),
            base_mark,
            title,
            _text("money(datum.now)", beside, row(36.5), 12),
        ],
    }


def year_bars(
    years: Sequence[str], gained: Sequence[float], spent: Sequence[float], signals: tuple[str, str]
) -> dict[str, Any]:
    """Bars of outcomes above the line and of inputs below it, by year, with marks where the base case stands.

    Parameters
    ----------
    years : sequence of str
    gained, spent : sequence of float
        Present values of outcomes and of inputs in the base case, a year an entry.
    signals : tuple of str
        Signals that hold both as they are now.
    """
    up, down = signals
    rows = [
        {"at": at, "year": year, "gained": gain, "spent": -given}
        for at, (year, gain, given) in enumerate(zip(years, gained, spent, strict=True))
    ]
    now = [
        {"type": "formula", "as": "up", "expr": f"{up}[datum.at]"},
        {"type": "formula", "as": "down", "expr": f"-{down}[datum.at]"},
    ]
    base = [*gained, *(-each for each in spent)]
    ends = _ends(f"-extent({down})[1], extent({up})[0]", f"extent({up})[1], -extent({down})[0]", base)
    place: dict[str, Any] = {"x": {"scale": "x", "field": "at"}, "width": {"scale": "x", "band": 1}}

    def bars(field: str, colour: str) -> dict[str, Any]:
        height = {"y": {"scale": "y", "value": 0}, "y2": {"scale": "y", "field": field}}
        return _bars({**place, **height, "fill": {"value": colour}})

    def base_marks(field: str) -> dict[str, Any]:
        y = {"scale": "y", "field": field, "offset": -1.5}
        return _base_mark(y=y, height={"value": 3}, **place)

    band = {"name": "x", "type": "band", "range": "width", "padding": 0.35}
    year = {"labels": {"update": {"text": {"signal": "data('rows')[datum.value].year"}}}}
    return {
        **_frame(_YEARS_HIGH, {up: gained, down: spent}, ends, rows, now),
        "scales": [
            {**band, "domain": {"data": "rows", "field": "at"}},
            {"name": "y", "range": "height", "nice": True, **_VALUES},
        ],
        "axes": [
            {"scale": "y", "orient": "left", **_AXIS},
            {"scale": "x", "orient": "bottom", **_AXIS, "grid": False, "encode": year},
        ],
        "marks": [bars("up", GAIN), bars("down", GIVEN), base_marks("gained"), base_marks("spent")],
    }


_VALUES = {"type": "linear", "domain": [{"signal": "least"}, {"signal": "most"}], "zero": True}


def _ends(lows: str, highs: str, base: Sequence[float]) -> list[dict[str, Any]]:
    """Signals of the ends of an axis: they hold all that is shown now and in the base case."""
    return [
        {"name": "least", "update": f"{_ROOM} * min({lows}, {min((0.0, *base))!r})"},
        {"name": "most", "update": f"{_ROOM} * max({highs}, {max((0.0, *base))!r})"},
    ]


def _frame(
    height: int,
    arrays: dict[str, Sequence[float]],
    ends: list[dict[str, Any]],
    rows: list[dict[str, Any]],
    now: list[dict[str, Any]],
) -> dict[str, Any]:
    """What both charts have in common: the page's width, and the calculation's arrays as signals."""
    held = ({"name": name, "value": list(values)} for name, values in arrays.items())
    width = [{"name": "page_width", "value": 640}, {"name": "width", "update": "page_width"}]
    return {
        "$schema": "https://vega.github.io/schema/vega/v6.json",
        "height": height,
        "padding": 4,
        "autosize": {"type": "fit", "contains": "padding"},
        "background": None,
        "config": {"font": FONT, "aria": False},
        "signals": [*width, *held, *ends],
        "data": [{"name": "rows", "values": rows, "transform": now}],
    }


def _bars(update: dict[str, Any]) -> dict[str, Any]:
    return {"type": "rect", "from": {"data": "rows"}, "encode": {"update": update}}


def _base_mark(**where: Any) -> dict[str, Any]:
    look = {"fill": {"value": INK}, "stroke": {"value": PAPER}, "strokeWidth": {"value": 1}}
    return _bars({**where, **look})


def _text(signal: str, x: Any, y: Any, size: int, **more: Any) -> dict[str, Any]:
    look = {"fill": {"value": INK}, "fontSize": {"value": size}, **more}
    update = {"x": x, "y": y, "text": {"signal": signal}, **look}
    return {"type": "text", "from": {"data": "rows"}, "encode": {"update": update}}
