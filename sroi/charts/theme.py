"""How every chart looks: colours, type and sizes, in this one place."""

from __future__ import annotations

import json
import textwrap
from typing import TYPE_CHECKING, Any

from sroi.text import all_printable, printable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

BLUE, SKY, ORANGE, VERMILLION, GREEN, PURPLE, YELLOW = (
    "#0072B2",
    "#3A93C8",
    "#C08400",
    "#D55E00",
    "#009E73",
    "#C06C9B",
    "#8C8000",
)
"""The palette of Okabe and Ito, which people who see fewer colours can tell apart; its light colours are
darkened until each stands out from paper by three to one."""

INK, MUTED, RULE, PAPER = "#1a1a1a", "#595959", "#d9d9d9", "#ffffff"

GAIN, LOSS, GIVEN = BLUE, VERMILLION, ORANGE
"""What is gained, what is lost or taken off, and what is put in."""

LOW_END, HIGH_END = ORANGE, BLUE
"""The result with a number at its low, and at its high."""

KINDS = {"wellbeing": BLUE, "resource": GREEN, "transfer": PURPLE, "tax": YELLOW, "not stated": MUTED}

WIDTH = 680
"""Of a whole chart, in points of the screen: across a page of A4 in print."""

LINE = 14
"""Height of a line of an axis label."""

FONT = "Liberation Sans, Arial, Helvetica, sans-serif"


def lines(text: str, width: int, most: int = 3) -> list[str]:
    """Text in lines of a width in characters; what does not fit into the lines ends in an ellipsis."""
    return textwrap.wrap(" ".join(printable(text).split()), width, max_lines=most, placeholder=" …") or [""]


def row_labels(labels: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """What an axis needs to set the lines of each key beside the middle of its bar."""
    shown = all_printable(dict(labels))
    broken = [key for key, each in shown.items() if len(each) > 1]
    return {
        "labelExpr": f"({json.dumps(shown)})[datum.value]",
        "labelOffset": {
            "condition": {"test": f"indexof({json.dumps(broken)}, datum.value) >= 0", "value": -LINE / 2},
            "value": 0,
        },
        "labelLineHeight": LINE,
        "labelPadding": 8,
        "ticks": False,
        "domain": False,
    }


_SMALL = {"labelFontSize": 12, "titleFontSize": 12, "labelLimit": 300}
_TITLE = {"anchor": "start", "frame": "bounds", "fontSize": 16, "lineHeight": 20, "offset": 14, "color": INK}
_SUBTITLE = {"subtitleFontSize": 13, "subtitleColor": MUTED, "subtitlePadding": 6, "subtitleLineHeight": 17}
_AXIS = {"titleFontWeight": "normal", "titleColor": MUTED, "labelColor": INK, "titlePadding": 8}
_LINES = dict.fromkeys(("gridColor", "domainColor", "tickColor"), RULE)

FRAME: dict[str, Any] = {
    "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
    "width": WIDTH,
    "autosize": {"type": "fit-x", "contains": "padding"},
    "background": PAPER,
    "padding": 8,
    "config": {
        "font": FONT,
        "title": {**_TITLE, **_SUBTITLE},
        "axis": {**_SMALL, **_AXIS, **_LINES},
        "legend": {**_SMALL, "orient": "top", "title": None, "symbolType": "square", "offset": 6},
        "view": {"stroke": None},
    },
}
"""What every chart has: its width, colours and type."""
