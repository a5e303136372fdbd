"""How cells look: numbers in their units, inputs in the colour of inputs."""

from __future__ import annotations

from typing import Any

from sroi import formatting

INK, MUTED, RULE, BAND, PALE = "#1A1A1A", "#595959", "#BFBFBF", "#12384F", "#E8EEF2"
INPUT, INPUT_PAPER, INPUT_TAB, LINK = "#0000FF", "#FFF9E0", "#E8C547", "#006100"
_LOOKS: dict[str, dict[str, Any]] = {
    "good": {"font_color": "#006100", "bg_color": "#C6EFCE"},
    "bad": {"font_color": "#9C0006", "bg_color": "#FFC7CE"},
    "amber": {"font_color": "#7F4F00", "bg_color": "#FFD98A"},
    "stale": {"font_color": "#8C8C8C", "bg_color": "#F2F2F2"},
}
"""What a cell looks like by a condition; stale is what no longer holds."""

_BOX = {"border": 1, "border_color": RULE}
_MIDDLE = {"valign": "vcenter"}
_WRAP = {"text_wrap": True, "valign": "top"}
_HEADING = {"bold": True, "font_color": "#FFFFFF", "bg_color": BAND, "text_wrap": True, "align": "center"}
_PARTS: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 16, "font_color": BAND},
    "subtitle": {"font_color": MUTED, "italic": True},
    "heading": {**_HEADING, **_MIDDLE, **_BOX},
    "stage": {"bold": True, "font_color": BAND, "bg_color": PALE, **_BOX, **_MIDDLE},
    "question": {"font_color": MUTED, "italic": True, "font_size": 8, **_WRAP, **_BOX},
    "section": {"bold": True, "font_size": 12, "font_color": BAND, "bottom": 1, "bottom_color": BAND},
    "cell": {**_BOX, "valign": "top"},
    "input": {"font_color": INPUT, "bg_color": INPUT_PAPER},
    "link": {"font_color": LINK},
    "total": {"bold": True, "top": 1, "top_color": BAND, "bg_color": PALE},
    "headline": {"bold": True, "font_size": 16, "font_color": BAND, **_MIDDLE},
    "figure": {"bold": True, "font_size": 14, "font_color": BAND, "align": "center", **_MIDDLE},
    "light": {"bold": True, "font_size": 12, "align": "center", "text_wrap": True, **_MIDDLE, **_BOX},
    "good": _LOOKS["good"],
    "bad": _LOOKS["bad"],
    "amber": _LOOKS["amber"],
    "stale": _LOOKS["stale"],
    "label": {"bold": True},
    "wrap": _WRAP,
    "wrapped": _WRAP,
    "indent": {"align": "left", "indent": 1},
    "middle": _MIDDLE,
    "right": {"align": "right"},
    "centre": {"align": "center"},
    "web": {"font_color": "#0563C1", "underline": 1},
    "quoted": {"quote_prefix": True},
    "percent": {"num_format": "0.0%"},
    "count": {"num_format": "#,##0"},
    "number": {"num_format": "#,##0.00"},
    "fine": {"num_format": "#,##0.0###"},
    "factor": {"num_format": "0.000000"},
    "difference": {"num_format": "0.0E+00"},
    "plain": {"num_format": "0"},
    "general": {"num_format": "General"},
}


class Styles:
    """The formats of one workbook, each made once."""

    def __init__(self, book: Any, currency: str) -> None:
        self._book = book
        self._made: dict[tuple[str, ...], Any] = {}
        self._looks: dict[str, Any] = {}
        sign = formatting.symbol(currency).replace('"', "")
        self._money = {
            "money": {"num_format": f'"{sign}"#,##0;[Red]-"{sign}"#,##0;–'},
            "pence": {"num_format": f'"{sign}"#,##0.00;[Red]-"{sign}"#,##0.00'},
            "change": {"num_format": f'"{sign}"#,##0.00##;[Red]-"{sign}"#,##0.00##;–'},
        }

    def __call__(self, *parts: str) -> Any:
        """The format that has all of some parts; later ones win."""
        if parts not in self._made:
            properties: dict[str, Any] = {"font_name": "Arial", "font_size": 10, "font_color": INK}
            for part in parts:
                properties |= self._money.get(part) or _PARTS[part]
            self._made[parts] = self._book.add_format(properties)
        return self._made[parts]

    def look(self, name: str) -> Any:
        """What a cell looks like by a condition: good, bad, amber or stale."""
        if name not in self._looks:
            self._looks[name] = self._book.add_format(_LOOKS[name])
        return self._looks[name]


def number_style(value: float, *, share: bool = False) -> str:
    """How many decimals a number is shown with."""
    if share and -1 <= value <= 1:
        return "percent"
    if value == int(value):
        return "count" if abs(value) >= 1000 else "general"
    return "fine" if abs(value) < 1 else "number"
