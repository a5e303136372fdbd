"""A chart with the words that stand beside it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sroi.charts import theme
from sroi.charts.narrow import WIDTH as NARROW
from sroi.charts.narrow import narrowed

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart with the words that stand beside it.

    Attributes
    ----------
    name : str
        What it is called in files and addresses: a to z and hyphens.
    title, takeaway, alt : str
        What it shows, what to see in it, and its description for people who cannot see it. All are in the
        chart itself too.
    draw : callable
        Gives for a width the layers of the chart in Vega-Lite, and its height; nothing is drawn before it is
        called.
    """

    name: str
    title: str
    takeaway: str
    alt: str
    draw: Callable[[float], tuple[list[dict[str, Any]], float]] = field(compare=False)

    def spec(self, *, narrow: bool = False) -> dict[str, Any]:
        """The chart in Vega-Lite: its layers beneath title and takeaway, in the colours and type of all.

        Parameters
        ----------
        narrow : bool
            For the screen of a telephone.
        """
        layers, height = self.draw(NARROW if narrow else theme.WIDTH)
        wide = {
            **theme.FRAME,
            "title": {"text": theme.lines(self.title, 74), "subtitle": theme.lines(self.takeaway, 104, 4)},
            "description": self.alt,
            "height": height,
            "layer": layers,
        }
        return narrowed(wide) if narrow else wide
