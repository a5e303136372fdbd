"""Charts as pictures inside a page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import altair as alt
import vl_convert
from markupsafe import Markup, escape

from sroi.charts.theme import WIDTH
from sroi.text import all_shown, shown

if TYPE_CHECKING:
    from sroi.charts.figure import Figure

_MEASURED = "Liberation Sans"
"""One font by name: text is measured many times a chart, and a list of fonts takes twice as long."""

FONT = "Arial, 'Helvetica Neue', Helvetica, 'Liberation Sans', sans-serif"
"""Fonts of the same widths, whichever a reader has."""


def png(figure: Figure, inches: float, dots_an_inch: int = 200) -> bytes:
    """A figure as a PNG picture of a width in print, at a resolution."""
    spec = all_shown(figure.chart().to_dict())
    picture: bytes = vl_convert.vegalite_to_png(spec, scale=inches * dots_an_inch / WIDTH)
    return picture


def svg(figure: Figure) -> Markup:
    """A figure without its title, which the page says; one picture to a screen reader, told by its alternative text."""
    with alt.utils.schemapi.debug_mode(False):
        spec = all_shown(figure.chart().to_dict(validate=False))
    for word in ("title", "description"):
        spec.pop(word, None)
    spec["config"] = {**spec.get("config", {}), "aria": False, "font": _MEASURED}
    drawn = vl_convert.vegalite_to_svg(spec, show_warnings=False)
    return Markup(_in_a_page(drawn, figure.name, figure.alt))  # noqa: S704 - vega escapes what it draws


def _in_a_page(drawn: str, name: str, alt: str) -> str:
    """An SVG with identifiers of its own, and its alternative text."""
    for each in set(re.findall(r'\bid="([^"]+)"', drawn)):
        drawn = drawn.replace(f'id="{each}"', f'id="{name}-{each}"').replace(
            f"url(#{each})", f"url(#{name}-{each})"
        )
    drawn = re.sub(r' (?:role="graphics-[a-z]+"|aria-roledescription="[^"]*")', "", drawn)
    drawn = drawn.replace(f'font-family="{_MEASURED}"', f'font-family="{FONT}"')
    return drawn.replace("<svg ", f'<svg role="img" aria-label="{escape(shown(alt))}" ', 1)
