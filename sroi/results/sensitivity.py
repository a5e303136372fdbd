"""Sensitivity: how far each number moves a result between its own ends."""

from __future__ import annotations

import math
import sys
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal, Protocol

from sroi import formatting
from sroi.labels import Figures, path_label
from sroi.results.base import Record, Result, plain
from sroi.tables import Brief, Table
from sroi.tolerance import TOLERANCE
from sroi.warned import ResultWarning
from sroi.words import readable

if TYPE_CHECKING:
    from sroi.model import Study
    from sroi.quantities import Bounds

Figure = Literal["social_return_ratio", "savings_ratio", "net_present_value"]


@dataclass(frozen=True, slots=True)
class Parameter:
    """One number that a result rests on and that can be set: its central value, range, if any, and bounds.

    ``least`` and ``most`` are what the format admits, by the number's field, its use and its unit.
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
    least: float = -sys.float_info.max
    most: float = sys.float_info.max

    @property
    def domain(self) -> tuple[float, float]:
        """The least and the most that the number could be at all."""
        return self.least, self.most

    @property
    def name(self) -> str:
        """The path without the word that every assumption begins with."""
        return self.path.removeprefix("assumptions.")

    def holds(self, value: float) -> bool:
        """Whether a value lies within the number's own range, its ends included but for rounding."""
        if self.low is None or self.high is None:
            return False
        slack = TOLERANCE * max(abs(self.low), abs(self.high))
        return self.low - slack <= value <= self.high + slack


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
    """What one number does to the result between its own ends, all others at their central values.

    An end that the study cannot hold has nan for its result, and ``reason`` says why.
    """

    number: Parameter
    at_low: float
    at_high: float
    reason: str | None = None

    @property
    def width(self) -> float:
        """How far the result moves; nan where an end has no result."""
        return abs(self.at_high - self.at_low)

    def to_dict(self) -> dict[str, Any]:
        """The swing as plain values; None for an end without a result, and why in ``reason``."""
        number = self.number
        ends = {"at_low": plain(self.at_low), "at_high": plain(self.at_high), "swing": plain(self.width)}
        why = {} if self.reason is None else {"reason": self.reason}
        return {
            "number": number.path,
            "value": number.value,
            "low": number.low,
            "high": number.high,
            **ends,
            **why,
        }


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
    def warnings(self) -> tuple[ResultWarning, ...]:
        """The numbers with an end at which there is no result, and why."""
        return tuple(
            ResultWarning(
                "end-without-result",
                f"“{path_label(self.study, each.number.path)}” {each.reason}",
                number=each.number.path,
                low=each.number.low,
                high=each.number.high,
            )
            for each in self.swings
            if each.reason is not None
        )

    @property
    def answer(self) -> str:
        """What moves the result most, in a sentence."""
        moving = [each for each in self.swings if each.width > 0]
        if not moving:
            return "No number with a range moves the result."
        first = moving[0]
        low, high = (figure_in_words(self, end) for end in sorted((first.at_low, first.at_high)))
        central = figure_in_words(self, self.central)
        name = path_label(self.study, first.number.path)
        return f"“{name}” moves it most: {low} to {high}, central {central}."

    def _plain(self) -> dict[str, Any]:
        """The swings as plain values that JSON can hold."""
        return {**Record.to_dict(self), "warnings": plain(self.warnings)}

    @property
    def tables(self) -> tuple[Table, ...]:
        """What a person reads: the widest swings of the result."""
        rows, write = [], Figures(self.study)
        for swing in self.swings:
            number = swing.number
            at = (figure_in_words(self, value) for value in (swing.at_low, swing.at_high, swing.width))
            ends = write.span(number.path, number.low, number.high)
            rows.append((write.called(number.path), write.one(number.path, number.value), ends, *at))
        note = (
            f"The result is {figure_in_words(self, self.central)} on central values; "
            "each number alone between its own ends, recomputed."
        )
        if self.swings and not any(swing.width for swing in self.swings):
            note += " No number with a range moves it."
        note = " ".join([note, *(f"{said}." for said in self.warnings)])
        columns = ("Number", ">Central", ">Range", ">At low", ">At high", ">Swing")
        return (Table(f"What moves the {readable(self.figure, capital=False)}", columns, tuple(rows), note),)

    @property
    def brief(self) -> Brief:
        """What a person reads first: the number that moves the result most, and those that can turn it."""
        moving = [swing for swing in self.swings if not swing.width <= 0]
        figure, central = readable(self.figure, capital=False), figure_in_words(self, self.central)
        said = f"No number with a range moves the {figure}, {central} on central values."
        if moving:
            ends = sorted((moving[0].at_low, moving[0].at_high))
            low, high = (figure_in_words(self, end) for end in ends)
            called = Figures(self.study).called(moving[0].number.path)
            level = 0.0 if self.figure == "net_present_value" else 1.0
            across = sum(
                min(each.at_low, each.at_high) < level < max(each.at_low, each.at_high) for each in moving
            )
            said = (
                f"{called} moves the {figure} most: {low} to {high} between its own ends, "
                f"{central} on central values. {across or 'None'} of {len(self.swings)} numbers with a "
                f"range can take it across {figure_in_words(self, level)} alone."
            )
        shown = ("Number", "At low", "At high", "Swing", "Range", "Central")
        table = self.tables[0].cut(len(moving)).with_columns(shown)
        return Brief((said,), (replace(table, note=""),), len(self.swings) - len(moving))

    def _rows(self) -> dict[str, list[dict[str, Any]]]:
        return {"swings": plain(self.swings)}

    def _line(self) -> str:
        first = ""
        if self.swings:
            first = f", most by {path_label(self.study, self.swings[0].number.path)}"
        moved = f"{readable(self.figure, capital=False)} {self.central:.4g} moved"
        return f"{self.study.id}: {moved} by {len(self.swings)} numbers{first}"


def _written(value: float) -> str:
    return formatting.significant(value, 3) if math.isfinite(value) else "–"
