"""Sensitivity: how far each number moves a result between its own ends."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, Protocol

from sroi import formatting
from sroi.labels import Figures
from sroi.results.base import Record, Result, plain
from sroi.tables import Table

if TYPE_CHECKING:
    from sroi.model import Study
    from sroi.quantities import Bounds

Figure = Literal["social_return_ratio", "savings_ratio", "net_present_value"]

_MOST_ROWS = 20


@dataclass(frozen=True, slots=True)
class Parameter:
    """One number that a result rests on and that can be set: its central value, range, if any, and bounds.

    ``computed`` says that it has a range of its own and is written as an expression: left unset, it follows
    the numbers that it is computed from.
    """

    path: str
    value: float
    low: float | None
    high: float | None
    bounds: Bounds
    unit: str | None
    computed: bool = False

    @property
    def domain(self) -> tuple[float, float]:
        """What the number could be at all: its bounds, and the side of zero that its range lies on.

        An assumption has no bounds of its own: without a unit, and with a range within 0–1, it is taken for a
        share.
        """
        least, most = self.bounds.low, self.bounds.high
        low, high = (self.value if end is None else end for end in (self.low, self.high))
        if low >= 0:
            least = max(least, 0.0)
        if high <= 0 and low < 0:
            most = min(most, 0.0)
        share = self.path.startswith("assumptions.") and self.unit is None and low >= 0 and high <= 1
        return (least, min(most, 1.0)) if share else (least, most)

    @property
    def name(self) -> str:
        """The path without the word that every assumption begins with."""
        return self.path.removeprefix("assumptions.")


class _OfAFigure(Protocol):
    @property
    def study(self) -> Study: ...
    @property
    def figure(self) -> Figure: ...


def figure_in_words(of: _OfAFigure, value: float) -> str:
    """A value of the figure that a result is about: a ratio, or money."""
    if not math.isfinite(value):
        return "–"
    if of.figure == "net_present_value":
        return formatting.money(value, of.study.currency)
    return formatting.ratio(value)


@dataclass(frozen=True, slots=True)
class Swing(Record):
    """What one number does to the result between its own ends, all others at their central values."""

    number: Parameter
    at_low: float
    at_high: float

    @property
    def width(self) -> float:
        """How far the result moves."""
        return abs(self.at_high - self.at_low)

    def to_dict(self) -> dict[str, Any]:
        """The swing as plain values; None for a result that is not a number, as a ratio to no inputs."""
        number = self.number
        ends = {"at_low": plain(self.at_low), "at_high": plain(self.at_high), "swing": plain(self.width)}
        return {"number": number.path, "value": number.value, "low": number.low, "high": number.high, **ends}


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Sensitivity(Result):
    """Swings of the result, the widest first.

    Attributes
    ----------
    study : Study
        What was asked about.
    figure : {"social_return_ratio", "savings_ratio", "net_present_value"}
        Which figure is the result.
    central : float
        The result on central values.
    swings : tuple of Swing
        One for each number with a range.
    """

    study: Study
    figure: Figure
    central: float
    swings: tuple[Swing, ...]

    @property
    def tables(self) -> tuple[Table, ...]:
        """What a person reads: the widest swings of the result."""
        rows, write = [], Figures(self.study)
        for swing in self.swings[:_MOST_ROWS]:
            number = swing.number
            at = (figure_in_words(self, value) for value in (swing.at_low, swing.at_high, swing.width))
            ends = write.span(number.path, number.low, number.high)
            rows.append((number.name, write.one(number.path, number.value), ends, *at))
        left = len(self.swings) - len(rows)
        note = (
            f"The result is {figure_in_words(self, self.central)} on central values; "
            "each number alone between its own ends, recomputed."
        )
        note += f" {left} smaller swings are omitted." if left else ""
        columns = ("Number", ">Central", ">Range", ">At low", ">At high", ">Swing")
        return (Table(f"What moves the {self.figure.replace('_', ' ')}", columns, tuple(rows), note),)

    def _rows(self) -> dict[str, list[dict[str, Any]]]:
        return {"swings": plain(self.swings)}

    def _line(self) -> str:
        first = f", most by {self.swings[0].number.name}" if self.swings else ""
        return f"{self.study.id}: {self.figure} {self.central:.4g} moved by {len(self.swings)} numbers{first}"
