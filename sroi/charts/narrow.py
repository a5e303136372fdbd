"""A chart as a narrow screen has room for it: each label above its bars, and fewer of everything else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sroi.charts import theme

if TYPE_CHECKING:
    from collections.abc import Iterator

WIDTH = 312
"""Of a whole chart on a narrow screen."""

_ROW = 27.0
_LABEL = "\N{ZERO WIDTH SPACE}"
"""Before the key of a row that holds nothing but its label."""
_TICKS, _YEARS = 4, 5
_MORE_ROOM = 0.16


def narrowed(spec: dict[str, Any]) -> dict[str, Any]:
    """A chart in Vega-Lite, drawn for :data:`WIDTH`: labels of rows stand above their bars."""
    config = {**spec["config"], "legend": {**spec["config"]["legend"], "columns": 1}}
    found = {**spec, "width": WIDTH, "padding": 2, "config": config}
    rows = _rows(spec)
    if rows:
        grouped = any("yOffset" in layer["encoding"] for layer in spec["layer"])
        found["height"] = len(rows) * _ROW * (3 if grouped else 2)
    found["layer"] = [
        {**layer, "encoding": dict(_channels(layer["encoding"], rows))} for layer in spec["layer"]
    ]
    return found


def _rows(spec: dict[str, Any]) -> list[str]:
    for layer in spec["layer"]:
        y = layer["encoding"].get("y", {})
        if y.get("field") == "key":
            return list(y["sort"])
    return []


def _channels(encoding: dict[str, Any], rows: list[str]) -> Iterator[tuple[str, Any]]:
    for name, channel in encoding.items():
        if name == "y" and channel.get("field") == "key":
            yield name, _labels_above(channel, rows)
        elif name == "x" and channel.get("type") == "ordinal":
            axis = channel["axis"]
            yield name, {**channel, "axis": {**axis, "values": _thinned(axis["values"], _YEARS)}}
        elif name == "x" and "scale" in channel:
            axis = channel.get("axis") or {}
            ticks = {} if "values" in axis else {"tickCount": _TICKS}
            scale = {**channel["scale"], **({"domain": _roomier(channel["scale"]["domain"])} if rows else {})}
            yield name, {**channel, "axis": {**axis, **ticks}, "scale": scale}
        else:
            yield name, channel


def _labels_above(channel: dict[str, Any], rows: list[str]) -> dict[str, Any]:
    """Two bands for each row: the label, then its bars."""
    domain = [each for row in rows for each in (_LABEL + row, row)]
    shown = channel["axis"]["labelExpr"].replace("[datum.value]", f"[replace(datum.value, '{_LABEL}', '')]")
    is_label = f"indexof(datum.value, '{_LABEL}') == 0"
    axis = {
        **channel["axis"],
        "labelExpr": f"{is_label} ? {shown} : ''",
        "labelOffset": _offsets(channel["axis"]["labelOffset"]),
        "labelAlign": "left",
        "labelPadding": 0,
        "labelLimit": WIDTH,
        "labelOverlap": False,
    }
    kept = {name: value for name, value in channel.items() if name != "sort"}
    return {**kept, "axis": axis, "sort": None, "scale": {"domain": domain}}


def _offsets(offset: dict[str, Any]) -> dict[str, Any]:
    """Labels of two lines begin half a line higher, and all stand close to their bars."""
    test = offset["condition"]["test"].replace("datum.value", f"replace(datum.value, '{_LABEL}', '')")
    low = {"test": test, "value": -theme.LINE / 2}
    return {"condition": low, "value": theme.LINE / 3}


def _thinned(values: list[str], most: int) -> list[str]:
    return values[:: -(-len(values) // most)]


def _roomier(domain: list[float]) -> list[float]:
    """The ends of an axis further out, since labels beyond the bars take more of a narrow chart."""
    low, high = domain
    more = _MORE_ROOM * (high - low)
    return [low - more if low else low, high + more if high else high]
