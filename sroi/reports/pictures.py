"""Charts as pictures: each is drawn once, as SVG, and shown in pages and in print."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from typing import TYPE_CHECKING

import vl_convert
from markupsafe import Markup, escape

from sroi.charts.theme import WIDTH
from sroi.extras import needed
from sroi.text import all_printable, printable

if TYPE_CHECKING:
    from sroi.charts.figure import Figure

_KEPT = 128
"""Drawings that are kept: the same chart of other places, or of another format, is drawn once."""

_MEASURED = "Liberation Sans"
"""One font by name: text is measured many times a chart, and a list of fonts takes twice as long."""

FONT = "Arial, Helvetica, 'Liberation Sans', Arimo, 'DejaVu for charts', 'Noto for charts', sans-serif"
"""Fonts of the same widths, whichever a reader has; the style of the page makes the last two narrower."""


def draw(figure: Figure, *, narrow: bool = False) -> str:
    """A figure as SVG, without its title and takeaway, which the report says beside it."""
    spec = all_printable(figure.spec(narrow=narrow))
    for word in ("title", "description"):
        spec.pop(word, None)
    spec["config"] = {**spec.get("config", {}), "aria": False, "font": _MEASURED}
    return _drawn(json.dumps(spec))


@lru_cache(maxsize=_KEPT)
def _drawn(spec: str) -> str:
    """A specification, written as JSON, as SVG; the converter itself would read its numbers less exactly."""
    drawn: str = vl_convert.vegalite_to_svg(json.loads(spec), show_warnings=False)
    return drawn


@lru_cache(maxsize=_KEPT)
def png(drawn: str, inches: float, dots_an_inch: int = 200) -> bytes:
    """A drawn figure as a PNG picture of a width in print, at a resolution."""
    picture: bytes = vl_convert.svg_to_png(drawn, scale=inches * dots_an_inch / WIDTH)
    return picture


@lru_cache(maxsize=_KEPT)
def outlined(drawn: str) -> str:
    """A drawn figure whose letters are outlines, for a document that has no font of theirs."""
    typst = needed("typst", "a report as PDF")
    picture = list(vl_convert.svg_to_pdf(drawn))
    page = b'#set page(width: auto, height: auto, margin: 0pt)\n#image(bytes(json("picture.json")))'
    files = {"main.typ": page, "picture.json": json.dumps(picture).encode()}
    svg: bytes = typst.compile(files, format="svg", ignore_system_fonts=True)
    return svg.decode()


def inline_picture(drawn: str, figure: Figure, name: str) -> Markup:
    """A drawn figure to stand in a page: one picture to a screen reader, with its alternative text.

    Parameters
    ----------
    drawn : str
        As :func:`draw` gives it.
    figure : Figure
    name : str
        Tells this drawing of the figure from others in the page.
    """
    for each in set(re.findall(r'\bid="([^"]+)"', drawn)):
        drawn = drawn.replace(f'id="{each}"', f'id="{figure.name}-{name}-{each}"')
        drawn = drawn.replace(f"url(#{each})", f"url(#{figure.name}-{name}-{each})")
    drawn = re.sub(r' (?:role="graphics-[a-z]+"|aria-roledescription="[^"]*")', "", drawn)
    drawn = drawn.replace(f'font-family="{_MEASURED}"', f'font-family="{FONT}"')
    label = f'<svg role="img" aria-label="{escape(printable(figure.alt))}" '
    return Markup(drawn.replace("<svg ", label, 1))  # noqa: S704 - vega escapes what it draws
