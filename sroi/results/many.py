"""Many studies simulated together: the range of each, and of all of them as one."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sroi import formatting
from sroi.results.base import Record, Result, plain
from sroi.results.spread import Spread, chance
from sroi.tables import Brief, Table

if TYPE_CHECKING:
    from sroi.method import MethodProfile
    from sroi.warned import ResultWarning

SUMS = ("present_value", "investment", "saved")
"""What is added up over the studies, draw by draw."""

FIGURES = ("social_return_ratio", "net_present_value", "present_value", "investment", "savings_ratio")
"""The figures of each draw, of one study and of all."""


@dataclass(frozen=True, slots=True)
class SimulatedStudy(Record):
    """One of many studies under the draws of all.

    Attributes
    ----------
    name, study, title : str
        What it is called here, the identifier of the study, and its title.
    place : str or None
        Its place.
    central : mapping of str to float
        Each figure on central values.
    spreads : mapping of str to Spread
        How each is spread: social_return_ratio, net_present_value, present_value, investment, savings_ratio.
    probability_above_one : float
        Share of the draws in which its social return ratio is above 1.
    warnings : tuple of ResultWarning
        What a reader should know about its draws.
    """

    name: str
    study: str
    title: str
    place: str | None
    central: Mapping[str, float]
    spreads: Mapping[str, Spread]
    probability_above_one: float
    warnings: tuple[ResultWarning, ...]


@dataclass(frozen=True, slots=True)
class FailedStudy(Record):
    """A study that could not be simulated, and is in no sum.

    Attributes
    ----------
    name : str
        What it is called here.
    reason : str
        Why, with where and what to write instead.
    """

    name: str
    reason: str


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Simulations(Result):
    """Many studies simulated together, each number that they have in common drawn once for all.

    Attributes
    ----------
    studies : tuple of SimulatedStudy
        In the order given.
    failed : tuple of FailedStudy
        Those that could not be simulated; no sum counts them.
    central : mapping of str to float
        Each figure of all together on central values: sums, and ratios of sums.
    spreads : mapping of str to Spread
        How each is spread over the draws; in a draw all studies have the same numbers in common.
    probability_above_one : float
        Share of the draws in which the ratio of sums is above 1.
    apart_sd : float
        What the standard deviation of the net present value would be if no study had a number in common with
        another: beside that of ``spreads`` it shows how much of the range is what they share.
    shared : mapping of str to int
        Assumptions in common, each with the number of studies that have it.
    apart : tuple of str
        Names that stand for different numbers in different studies, each drawn for its own.
    draws, seed : int
        How many draws, and what they were begun with; where none was given, the one that was taken.
    method : MethodProfile or None
        Of all of them; None where none could be simulated, as price year and currency.
    price_year : int or str or None
    currency : str or None
    unlike : tuple of str
        In what they differ that were added up all the same.
    warnings : tuple of ResultWarning
        What a reader should know about the sums.
    """

    studies: tuple[SimulatedStudy, ...]
    failed: tuple[FailedStudy, ...]
    central: Mapping[str, float]
    spreads: Mapping[str, Spread]
    probability_above_one: float
    apart_sd: float
    shared: Mapping[str, int]
    apart: tuple[str, ...]
    draws: int
    seed: int
    method: MethodProfile | None
    price_year: int | str | None
    currency: str | None
    unlike: tuple[str, ...]
    warnings: tuple[ResultWarning, ...]

    @property
    def ratio(self) -> Spread:
        """How the ratio of sums is spread."""
        return self.spreads["social_return_ratio"]

    @property
    def interval(self) -> tuple[float, float]:
        """The ratios of sums between which eight draws out of ten lie: the 10th and 90th percentile."""
        return self.ratio.percentiles[10], self.ratio.percentiles[90]

    def study_of(self, name: str) -> SimulatedStudy:
        """The study of a name."""
        return next(each for each in self.studies if each.name == name)

    @property
    def answer(self) -> str:
        """The range of all together in a sentence."""
        if not self.studies or self.currency is None:
            return "no study could be simulated"
        low, high = (formatting.ratio(end) for end in self.interval)
        above = chance(self.probability_above_one)
        of = f"{len(self.studies):,} studies" if len(self.studies) > 1 else "one study"
        one = formatting.unit(self.currency)
        return f"{one} put into {of} gives {low} to {high} in 8 of 10 draws; it is above {one} {above}"

    def _plain(self) -> dict[str, Any]:
        method = None if self.method is None else self.method.model_dump(mode="json")
        return {**Record.to_dict(self), "method": plain(method)}

    def _rows(self) -> dict[str, list[dict[str, Any]]]:
        return {
            "studies": [_row(each) for each in self.studies],
            "failed": [each.to_dict() for each in self.failed],
        }

    @property
    def tables(self) -> tuple[Table, ...]:
        """What a person reads: all together, each study, and those that failed."""
        return tuple(table for table in (_total(self), _each(self), _failures(self)) if table.rows)

    @property
    def brief(self) -> Brief:
        """What a person reads first: the range of all together."""
        return Brief((self.answer,), (_total(self),), rows="figures", also="each study, those that failed")

    def _line(self) -> str:
        low, high = self.interval
        what = f"{len(self.studies)} studies, {len(self.failed)} failed"
        said = "no ratio" if math.isnan(low) else f"ratio of sums {low:.4g} to {high:.4g} (P10 to P90)"
        return f"{what}: {said}, {self.draws:,} draws"


_TITLES = {
    "social_return_ratio": "Ratio of sums",
    "net_present_value": "Net present value",
    "present_value": "Present value of outcomes",
    "investment": "Present value of inputs",
    "savings_ratio": "Savings of the state for each unit put in",
}
_RANGE = (">P10", ">P50", ">P90")


def _row(each: SimulatedStudy) -> dict[str, Any]:
    row: dict[str, Any] = {"name": each.name, "study": each.study, "place": each.place}
    for figure in FIGURES:
        row[figure] = each.central[figure]
        row |= {f"{figure}_p{at}": each.spreads[figure].percentiles[at] for at in (10, 50, 90)}
    return {**row, "probability_above_one": each.probability_above_one}


def _cells(figure: str, central: float, spread: Spread, currency: str) -> tuple[str, ...]:
    def written(value: float) -> str:
        if not math.isfinite(value):
            return "–"
        ratio = figure.endswith("ratio")
        return formatting.ratio(value) if ratio else formatting.money(value, currency, whole=True)

    return tuple(written(value) for value in (central, *(spread.percentiles[at] for at in (10, 50, 90))))


def _total(found: Simulations) -> Table:
    if found.currency is None:
        return Table("All together", ("Figure", ">Central", *_RANGE), ())
    rows = tuple(
        (title, *_cells(figure, found.central[figure], found.spreads[figure], found.currency))
        for figure, title in _TITLES.items()
    )
    note = f"{len(found.studies):,} studies, {found.draws:,} draws, seed {found.seed}; "
    note += f"{len(found.shared):,} assumptions in common, each drawn once for all. "
    net = found.spreads["net_present_value"].sd
    note += (
        f"Standard deviation of the net present value {formatting.money(net, found.currency, whole=True)}; "
    )
    note += f"{formatting.money(found.apart_sd, found.currency, whole=True)} if they had nothing in common."
    return Table("All together", ("Figure", ">Central", *_RANGE), rows, note)


def _each(found: Simulations) -> Table:
    rows = tuple(
        (
            each.name,
            *_cells(
                "social_return_ratio",
                each.central["social_return_ratio"],
                each.spreads["social_return_ratio"],
                found.currency or "",
            ),
            chance(each.probability_above_one),
        )
        for each in found.studies
    )
    return Table("Social return ratio of each", ("Study", ">Central", *_RANGE, "Above 1"), rows)


def _failures(found: Simulations) -> Table:
    rows = tuple((each.name, each.reason.splitlines()[0]) for each in found.failed)
    return Table("Could not be simulated", ("Study", "Why"), rows)
