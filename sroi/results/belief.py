"""What one would have to believe for a claim to hold."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sroi import formatting
from sroi.labels import Figures
from sroi.results.base import Record, Result, plain
from sroi.results.spread import chance
from sroi.tables import Brief, Table
from sroi.tolerance import same

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sroi.model import Claim, Study
    from sroi.results.sensitivity import Figure, Swing
    from sroi.results.simulation import Simulation
    from sroi.results.switching import SwitchingValue, SwitchingValues


@dataclass(frozen=True, slots=True)
class Frontier(Record):
    """Pairs of values of the two strongest numbers that meet the claim together, all else at central values.

    Attributes
    ----------
    one, other : str
        The two numbers.
    other_low, other_high, other_central : float
        The range of the second, where it has one, and its central value.
    points : tuple of (float, float or None)
        A value of ``one``, and what ``other`` would then have to be; None where no value was found that meets
        the claim exactly.
    passed : tuple of bool
        Whether the claim is met at the central value of ``other``. Where no value meets it exactly, this
        tells whether any would pass it, or none.
    """

    one: str
    other: str
    other_low: float | None
    other_high: float | None
    other_central: float
    points: tuple[tuple[float, float | None], ...]
    passed: tuple[bool, ...]

    def holds(self, value: float) -> bool | None:
        """Whether a value of the second lies within its range; None where it has none."""
        if self.other_low is None or self.other_high is None:
            return None
        ends = (self.other_low, self.other_high)
        return ends[0] <= value <= ends[1] or any(same(value, end) for end in ends)

    @property
    def hopeless(self) -> bool:
        """Whether no pair meets the claim."""
        return not any(self.passed) and all(other is None for _, other in self.points)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Belief(Result):
    """What one would have to believe for a claimed ratio to hold.

    Attributes
    ----------
    name : str
        The claim's name.
    claim : Claim
        What was said.
    figure : {"social_return_ratio", "savings_ratio"}
        What the claim's pounds are in this model: savings of the state, or social value.
    switching : SwitchingValues
        What each number would have to be, alone.
    swings : tuple of Swing
        How far each number moves the result within its own range.
    frontier : Frontier or None
        The two strongest numbers together.
    simulation : Simulation
        All numbers at once.
    """

    name: str
    claim: Claim
    figure: Figure
    switching: SwitchingValues
    swings: tuple[Swing, ...]
    frontier: Frontier | None
    simulation: Simulation

    @property
    def study(self) -> Study:
        """What was asked about."""
        return self.switching.study

    @property
    def target(self) -> float:
        """The claimed ratio."""
        return self.switching.target

    @property
    def central(self) -> float:
        """What the model gives on central values."""
        return self.switching.central

    @property
    def probability(self) -> float:
        """Share of the draws that reach the claim."""
        return self.simulation.claims[self.name]

    @property
    def within_range(self) -> tuple[SwitchingValue, ...]:
        """The numbers that could carry the claim alone, within their own ranges."""
        return tuple(value for value in self.switching.numbers if value.verdict == "within its range")

    @property
    def statement(self) -> str:
        """The answer in a few sentences."""
        return " ".join(f"{said} {'; '.join(items)}." if items else said for said, items in self._sentences())

    @property
    def answer(self) -> str:
        """The claim beside the result, in a sentence."""
        return self._sentences()[0][0]

    @property
    def lines(self) -> tuple[str, ...]:
        """The same, a line a sentence, and a line for each thing that one lists."""
        return tuple(
            line for said, items in self._sentences() for line in (said, *(f"  • {each}" for each in items))
        )

    def _sentences(self) -> list[tuple[str, list[str]]]:
        """Sentences, each with what it lists."""
        currency, one = self.study.currency, formatting.unit(self.study.currency)
        write = Figures(self.study)
        kind = "savings of the state" if self.figure == "savings_ratio" else "social value"
        claimed, ours = (
            formatting.claimed(self.target, currency),
            formatting.returned(self.central, currency, [self.target]),
        )
        beside = "more than" if self.central > self.target else "less than"
        if same(self.central, self.target):
            beside = "exactly"
        claim = f"The claim is {claimed} of {kind} for {one}; this model gives {ours} on central values"
        claim += f", {beside} the claim."
        found: list[tuple[str, list[str]]] = [(claim, [])]
        alone = _nearest(self.within_range, write)
        if alone:
            said = (
                "To believe the claim one would have to believe, all else being as it is, any one of these:"
            )
            found.append((said, alone))
        else:
            said = "No single number can carry it within its own range, all else being as it is."
            found.append((said, []))
            beyond = (value for value in self.switching.numbers if value.verdict == "outside its range")
            outside = _nearest((value for value in beyond if value.low is not None), write)
            if outside:
                found.append(("Nearest to it:", outside))
        count, reached = len(self.simulation.uncertain), chance(self.probability)
        return [*found, (f"With all {count} uncertain numbers varying at once it is reached {reached}.", [])]

    @property
    def tables(self) -> tuple[Table, ...]:
        """What a person reads: the strongest numbers, each alone, and the two strongest together."""
        order = {swing.number.name: place for place, swing in enumerate(self.swings)}
        ranged = [value for value in self.switching.numbers if value.low is not None]
        able = sorted(
            (value for value in ranged if value.value is not None),
            key=lambda value: order.get(value.number, len(order)),
        )
        write = Figures(self.study)
        rows = tuple(
            (
                write.called(value.number),
                write.three(value.number, value.central),
                write.three(value.number, value.value),
                _span(value, write),
                "yes" if value.verdict == "within its range" else "no",
            )
            for value in able
        )
        columns = ("Number", ">Central", ">Would have to be", ">Range", "Within it")
        frontier, title = self.frontier, f"What would have to be true for {self.target:g}"
        none, unfound = (
            sum(each.verdict == said for each in ranged) for said in ("none at all", "none found")
        )
        note = " ".join(_notes(none, unfound, frontier, write))
        table = Table(title, columns, rows, note)
        return (table,) if frontier is None or frontier.hopeless else (table, frontier_table(frontier, write))

    @property
    def brief(self) -> Brief:
        """What a person reads first: the answer, and the strongest numbers."""
        table = self.tables[0]
        left = len(self.switching.numbers) - len(table.rows)
        also = "" if len(self.tables) == 1 else "the two strongest together"
        lines = (f"“{self.claim.says}”", *self.lines)
        return Brief(lines, (replace(table, note=""),), left, also=also)

    def _plain(self) -> dict[str, Any]:
        """The answer as plain values that JSON can hold."""
        frontier = self.frontier
        pairs = None
        if frontier is not None:
            pairs = {"one": frontier.one, "other": frontier.other, "points": plain(frontier.points)}
        return {
            "study": self.study.id,
            "borough": self.study.borough,
            "claim": self.name,
            **self.claim.model_dump(mode="json", exclude_none=True),
            "figure": self.figure,
            "target": self.target,
            "central": self.central,
            "probability": self.probability,
            "statement": self.statement,
            **self._rows(),
            "frontier": pairs,
        }

    def _rows(self) -> dict[str, list[dict[str, Any]]]:
        return {"switching_values": plain(self.switching.numbers)}

    def _line(self) -> str:
        reached = f"{self.target:g} claimed, {self.central:.4g} central, {chance(self.probability)}"
        return f"{self.study.id}, {self.name}: {reached}"


def _notes(unable: int, unfound: int, frontier: Frontier | None, write: Figures) -> list[str]:
    said = ["Each number alone, all else at central values; the one that moves the result most comes first."]
    if unable == 1:
        said.append("1 number with a range would not meet the claim whatever it was.")
    elif unable:
        said.append(f"{unable} numbers with a range would not meet the claim whatever they were.")
    if unfound:
        said.append(
            f"Of {unfound} number{'' if unfound == 1 else 's'} with a range no value was found that meets it."
        )
    if frontier is not None and frontier.hopeless:
        one, other = (f"“{write.called(path)}”" for path in (frontier.one, frontier.other))
        said.append(
            f"Nor would the two strongest together, {one} within its range and {other} at any value"
            " that was tried."
        )
    return said


_WHERE = {True: "within its range", False: "outside its range", None: "without a range"}


def frontier_table(frontier: Frontier, write: Figures, title: str = "The two strongest together") -> Table:
    """The pairs, each with whether the second lies within its range."""
    rows = []
    for (one, other), passed in zip(frontier.points, frontier.passed, strict=True):
        needed, where = "anything: passed already" if passed else "no value found", ""
        if other is not None:
            where = _WHERE[frontier.holds(other)]
            needed = write.three(frontier.other, other)
            where += ", on the other side of zero" if other * frontier.other_central < 0 else ""
        rows.append((write.three(frontier.one, one), needed, where))
    first, second = (f"“{write.called(path)}”" for path in (frontier.one, frontier.other))
    columns = (f">If {first} were", f">{second} would have to be", "Which is")
    return Table(title, columns, tuple(rows))


def _nearest(values: Iterable[SwitchingValue], write: Figures) -> list[str]:
    """The three switching values nearest to their central values, in widths of the range, in words."""

    def distance(value: SwitchingValue) -> tuple[bool, float]:
        if value.value is None or value.low is None or value.high is None:
            return True, math.inf
        return value.beyond_zero, abs(value.value - value.central) / ((value.high - value.low) or 1.0)

    def said(value: SwitchingValue) -> str:
        unit = f" {write.unit(value.unit)}" if value.unit and not write.is_share(value.number) else ""
        ends = _span(value, write)
        around = f"central {write.three(value.number, value.central)}{f', range {ends}' if ends else ''}"
        return f"“{write.called(value.number)}” of {write.three(value.number, value.value)}{unit} ({around})"

    return [said(value) for value in sorted(values, key=distance)[:3]]


def _span(value: SwitchingValue, write: Figures) -> str:
    if value.low is None or value.high is None:
        return ""
    return f"{write.three(value.number, value.low)} to {write.three(value.number, value.high)}"
