"""The two charts that move with the sliders, as Vega: they draw what the calculation's signals hold, and compute nothing of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sroi.charts.theme import GAIN, GIVEN, INK, LOSS, MUTED, RULE

if TYPE_CHECKING:
    from collections.abc import Sequence


FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'Noto Sans', 'Liberation Sans', Arial, sans-serif"
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


def _frame(height: int, arrays: dict[str, Sequence[float]], *signals: dict[str, Any]) -> dict[str, Any]:
    """What both charts have in common: their width is the page's, and the calculation's arrays are signals of theirs."""
    return {
        "$schema": "https://vega.github.io/schema/vega/v6.json",
        "height": height,
        "padding": 4,
        "autosize": {"type": "fit", "contains": "padding"},
        "background": None,
        "config": {"font": FONT, "aria": False},
        "signals": [
            {"name": "page_width", "value": 640},
            {"name": "width", "update": "page_width"},
            *({"name": name, "value": list(values)} for name, values in arrays.items()),
            *signals,
        ],
    }


def by_outcome(titles: Sequence[str], base: Sequence[float], signal: str) -> dict[str, Any]:
    """Bars of the value of each outcome, with a mark where the base case stands.

    Parameters
    ----------
    titles : sequence of str
    base : sequence of float
        Present values in the base case, in the order of ``titles``.
    signal : str
        Signal that holds the present values as they are now.
    """
    rows = [
        {"at": at, "title": title, "base": value}
        for at, (title, value) in enumerate(zip(titles, base, strict=True))
    ]
    high = _ROW * len(rows)
    ends = (
        {"name": "least", "update": f"{_ROOM} * min(extent({signal})[0], {min(0.0, *base)!r})"},
        {"name": "most", "update": f"{_ROOM} * max(extent({signal})[1], {max(0.0, *base)!r})"},
    )
    bar = {"y": {"scale": "y", "field": "at", "offset": 23}, "height": {"value": _BAR}}
    return {
        **_frame(high + 28, {signal: base}, *ends),
        "data": [
            {
                "name": "rows",
                "values": rows,
                "transform": [{"type": "formula", "as": "now", "expr": f"{signal}[datum.at]"}],
            }
        ],
        "scales": [
            {
                "name": "x",
                "type": "linear",
                "range": "width",
                "domain": [{"signal": "least"}, {"signal": "most"}],
                "zero": True,
            },
            {"name": "y", "type": "band", "range": [0, high], "domain": {"data": "rows", "field": "at"}},
        ],
        "axes": [{"scale": "x", "orient": "bottom", **_AXIS}],
        "marks": [
            _bars(
                {
                    "x": {"scale": "x", "value": 0},
                    "x2": {"scale": "x", "field": "now"},
                    **bar,
                    "fill": _colour("datum.now < 0"),
                }
            ),
            _bars(
                _base_mark(
                    x={"scale": "x", "field": "base", "offset": -1.5},
                    width=3,
                    y={"scale": "y", "field": "at", "offset": 20},
                    height=_BAR + 6,
                )
            ),
            _text(
                {"signal": "datum.title"},
                {"value": 0},
                {"scale": "y", "field": "at", "offset": 16},
                13,
                limit={"signal": "width"},
            ),
            _text(
                {"signal": "money(datum.now)"},
                {"scale": "x", "signal": "max(datum.now, datum.base, 0)", "offset": 7},
                {"scale": "y", "field": "at", "offset": 36.5},
                12,
            ),
        ],
    }


def by_year(
    years: Sequence[str], gained: Sequence[float], spent: Sequence[float], signals: tuple[str, str]
) -> dict[str, Any]:
    """Bars of the value of outcomes above the line and of inputs below it, year by year, with marks where the base case stands.

    Parameters
    ----------
    years : sequence of str
    gained, spent : sequence of float
        Present values of outcomes and of inputs in the base case, a year an entry.
    signals : tuple of str
        Signals that hold both as they are now.
    """
    now_gained, now_spent = (f"{signal}[datum.at]" for signal in signals)
    rows = [
        {"at": at, "year": year, "gained": up, "spent": -down}
        for at, (year, up, down) in enumerate(zip(years, gained, spent, strict=True))
    ]
    transform = [
        {"type": "formula", "as": "up", "expr": now_gained},
        {"type": "formula", "as": "down", "expr": f"-{now_spent}"},
    ]
    ends = (
        {
            "name": "least",
            "update": f"{_ROOM} * min(-extent({signals[1]})[1], extent({signals[0]})[0], {min(0.0, *gained, *(-each for each in spent))!r})",
        },
        {
            "name": "most",
            "update": f"{_ROOM} * max(extent({signals[0]})[1], -extent({signals[1]})[0], {max(0.0, *gained, *(-each for each in spent))!r})",
        },
    )
    place: dict[str, Any] = {"x": {"scale": "x", "field": "at"}, "width": {"scale": "x", "band": 1}}

    def bars(field: str, colour: str) -> dict[str, Any]:
        return _bars(
            {
                **place,
                "y": {"scale": "y", "value": 0},
                "y2": {"scale": "y", "field": field},
                "fill": {"value": colour},
            }
        )

    def marks(field: str) -> dict[str, Any]:
        return _bars({**_base_mark(y={"scale": "y", "field": field, "offset": -1.5}, height=3), **place})

    return {
        **_frame(_YEARS_HIGH, {signals[0]: gained, signals[1]: spent}, *ends),
        "data": [{"name": "rows", "values": rows, "transform": transform}],
        "scales": [
            {
                "name": "x",
                "type": "band",
                "range": "width",
                "domain": {"data": "rows", "field": "at"},
                "padding": 0.35,
            },
            {
                "name": "y",
                "type": "linear",
                "range": "height",
                "domain": [{"signal": "least"}, {"signal": "most"}],
                "zero": True,
                "nice": True,
            },
        ],
        "axes": [
            {"scale": "y", "orient": "left", **_AXIS},
            {
                "scale": "x",
                "orient": "bottom",
                **_AXIS,
                "grid": False,
                "encode": {"labels": {"update": {"text": {"signal": "data('rows')[datum.value].year"}}}},
            },
        ],
        "marks": [bars("up", GAIN), bars("down", GIVEN), marks("gained"), marks("spent")],
    }


def _bars(update: dict[str, Any]) -> dict[str, Any]:
    return {"type": "rect", "from": {"data": "rows"}, "encode": {"update": update}}


def _base_mark(*, height: float, width: float | None = None, **where: Any) -> dict[str, Any]:
    size = {"height": {"value": height}, **({} if width is None else {"width": {"value": width}})}
    return {
        **where,
        **size,
        "fill": {"value": INK},
        "stroke": {"value": "#ffffff"},
        "strokeWidth": {"value": 1},
    }


def _text(text: Any, x: Any, y: Any, size: int, **more: Any) -> dict[str, Any]:
    update = {"x": x, "y": y, "text": text, "fill": {"value": INK}, "fontSize": {"value": size}, **more}
    return {"type": "text", "from": {"data": "rows"}, "encode": {"update": update}}


def _colour(loss: str) -> list[dict[str, Any]]:
    return [{"test": loss, "value": LOSS}, {"value": GAIN}]
