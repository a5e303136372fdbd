"""A chart with the words that stand beside it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sroi.charts import theme

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
        Gives the Altair chart without its words, and its height; nothing is drawn before it is called.
    """

    name: str
    title: str
    takeaway: str
    alt: str
    draw: Callable[[], tuple[Any, float]] = field(compare=False)

    def chart(self) -> Any:
        """The Altair chart."""
        layers, height = self.draw()
        return theme.finished(layers, title=self.title, takeaway=self.takeaway, alt=self.alt, height=height)
