"""Charts as pictures inside a page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import vl_convert
from markupsafe import Markup, escape

if TYPE_CHECKING:
    from sroi.reporting.parts import Figure


def svg(figure: Figure) -> Markup:
    """A figure as SVG that may stand in a page beside others: one picture to a screen reader, told by its alternative text."""
    spec = figure.chart().to_dict()
    spec.setdefault("config", {})["aria"] = False
    for word in ("title", "description"):
        spec.pop(word, None)
    drawn = vl_convert.vegalite_to_svg(spec)
    return Markup(_in_a_page(drawn, figure.name, figure.alt))  # noqa: S704 - vega escapes what it draws


def _in_a_page(drawn: str, name: str, alt: str) -> str:
    """An SVG with identifiers of its own, and its alternative text."""
    names = set(re.findall(r'\bid="([^"]+)"', drawn))
    for each in names:
        drawn = drawn.replace(f'id="{each}"', f'id="{name}-{each}"').replace(f"url(#{each})", f"url(#{name}-{each})")
    return drawn.replace("<svg ", f'<svg role="img" aria-label="{escape(alt)}" ', 1)
