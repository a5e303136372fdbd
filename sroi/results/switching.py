"""Switching values: what each number would have to be for the answer to change."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

from sroi import formatting
from sroi.labels import Figures
from sroi.results.base import Record, Result, plain
from sroi.results.sensitivity import Figure, figure_in_words
from sroi.tables import Brief, Table
from sroi.words import readable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sroi.model import Study

Verdict = Literal["within its range", "outside its range", "none at all", "none found"]


@dataclass(frozen=True, slots=True)
class SwitchingValue(Record):
    """The value of one number, or of an outcome's total, that meets the target, all else central.

    ``value`` is None where no value meets it. ``verdict`` tells a value within the number's own range from
    one outside it; a number without a range has None for ``low`` and ``high`` and is never within. It also
    tells "none at all", which is proved, from "none found" between the two values of ``searched``.
    """

    number: str
    central: float
    low: float | None
    high: float | None
    value: float | None
    verdict: Verdict
    unit: str | None
    searched: tuple[float, float] | None = None

    @property
    def change(self) -> float | None:
        """The switching value over the central value; None where there is none or the central value is 0."""
        return None if self.value is None or not self.central else self.value / self.central

    @property
    def beyond_zero(self) -> bool:
        """Whether it lies on the other side of zero from the central value."""
        return self.value is not None and self.value * self.central < 0

    @property
    def distance(self) -> tuple[int, float]:
        """How hard it is to reach: within its range first, then the least change; last on the other side."""
        if self.value is None:
            return 4, 0.0
        change = abs(self.value - self.central) / (abs(self.central) or 1.0)
        if self.verdict == "within its range" and self.low is not None and self.high is not None:
            return 0, abs(self.value - self.central) / ((self.high - self.low) or 1.0)
        return (3 if self.beyond_zero else 1), change

    @property
    def where(self) -> str:
        """Where it lies, in words: a number without a range is not said to lie outside it."""
        if self.searched is not None:
            return f"none found from {' to '.join(f'{end:.3g}' for end in self.searched)}"
        said = "without a range" if self.value is not None and self.low is None else self.verdict
        return f"{said}, on the other side of zero" if self.beyond_zero else said

    def to_dict(self) -> dict[str, Any]:
        """The switching value as plain values."""
        return {**Record.to_dict(self), "change": plain(self.change)}


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class SwitchingValues(Result):
    """Switching values for one target.

    Attributes
    ----------
    study : Study
        What was asked about.
    figure : {"social_return_ratio", "savings_ratio", "net_present_value"}
        Which figure is the result.
    target : float
        What it is to be.
    central : float
        What it is on central values.
    numbers, outcomes : tuple of SwitchingValue
        Of every number that the result rests on, and of the total of every outcome.
    """

    study: Study
    figure: Figure
    target: float
    central: float
    numbers: tuple[SwitchingValue, ...]
    outcomes: tuple[SwitchingValue, ...]

    @property
    def tables(self) -> tuple[Table, ...]:
        """What a person reads: switching values of numbers and of outcomes."""
        totals, write = [], Figures(self.study)
        for each in self.outcomes:
            pair = (formatting.money(value or 0.0, str(each.unit)) for value in (each.central, each.value))
            totals.append((write.called(each.number), *pair))
        total, amounts = (
            "What each outcome would have to be worth in all",
            (">Present value", ">Switching value"),
        )
        first = sorted(self.numbers, key=lambda each: each.verdict != "within its range")
        return (self._table(first), Table(total, ("Outcome", *amounts), tuple(totals)))

    def _table(self, numbers: Sequence[SwitchingValue]) -> Table:
        rows, write = [], Figures(self.study)
        for each in numbers:
            value = "–" if each.value is None else write.three(each.number, each.value)
            ends = write.span(each.number, each.low, each.high)
            rows.append(
                (write.called(each.number), write.one(each.number, each.central), ends, value, each.where)
            )
        central = figure_in_words(self, self.central)
        note = f"All else at central values; the result is {central} as it stands."
        title = f"Switching values for {readable(self.figure, capital=False)} {self.target:g}"
        columns = ("Number", ">Central", ">Range", ">Switching value", "Which is")
        return Table(title, columns, tuple(rows), note)

    @property
    def brief(self) -> Brief:
        """What a person reads first: the numbers that could turn the answer, the nearest first."""
        able = sorted((each for each in self.numbers if each.distance[0] < 3), key=lambda each: each.distance)
        within = sum(each.verdict == "within its range" for each in able)
        ranged = sum(each.low is not None for each in self.numbers)
        figure, goal = readable(self.figure, capital=False), figure_in_words(self, self.target)
        could = f"{within or 'none'} of the {ranged} numbers with a range could alone"
        could += f" make it {goal} within that range"
        if not ranged:
            could = f"no number has a range; what each would have to be, alone, to make it {goal} is below"
        said = f"The {figure} is {figure_in_words(self, self.central)} on central values; {could}."
        table = self._table(able).with_columns(("Number", "Switching value", "Central", "Range", "Which is"))
        table = replace(table, note="")
        return Brief((said,), (table,), len(self.numbers) - len(able), also="totals of outcomes")

    @property
    def answer(self) -> str:
        """How many numbers could do it alone, in a sentence."""
        within = sum(each.verdict == "within its range" for each in self.numbers)
        figure = f"{readable(self.figure, capital=False)} of {figure_in_words(self, self.target)}"
        return f"{within} of {len(self.numbers)} numbers could alone, within their range, give a {figure}."

    def _rows(self) -> dict[str, list[dict[str, Any]]]:
        return {"switching_values": plain((*self.numbers, *self.outcomes))}

    def _line(self) -> str:
        within = sum(each.verdict == "within its range" for each in self.numbers)
        goal = f"{readable(self.figure, capital=False)} from {self.central:.4g} to {self.target:g}"
        return f"{self.study.id}: {goal}, {within} of {len(self.numbers)} numbers could within their range"
