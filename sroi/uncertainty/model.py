"""A study under draws: the one walk on arrays, with what becomes of draws that a study could not hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from sroi import formulas
from sroi.backends.arrays import ARRAYS, quiet
from sroi.discounting import net_flows
from sroi.errors import DocumentError
from sroi.model.owners import savings_of
from sroi.numbers import outcome_numbers
from sroi.quantities import LARGEST, LEAST_INVESTMENT
from sroi.resolution import numbers_of
from sroi.tolerance import TOLERANCE
from sroi.uncertainty.arguments import check_memory
from sroi.walk import Walk

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sroi.model import Study
    from sroi.numbers import Number
    from sroi.resolution import Numbers
    from sroi.values import Values


@dataclass(frozen=True, slots=True, eq=False)
class DrawnResult:
    """What one set of draws comes to; arrays have an entry a draw, money is in the study's prices.

    ``clipped`` counts draws brought back to a number's bounds, by its path; ``emptied`` those in which the
    added deductions of an outcome pass 100%, so that nothing is left of it, by its name.
    """

    present_value: Any
    investment: Any
    saved: Any
    net_by_time: list[tuple[float, Any]]
    clipped: dict[str, int]
    emptied: dict[str, int]

    @property
    def ratio(self) -> Any:
        """Social return ratio of each draw."""
        return formulas.social_return_ratio(self.present_value, self.investment)

    @property
    def savings_ratio(self) -> Any:
        """Worth of the services that bodies of the state need less, for one unit put in, of each draw."""
        return formulas.social_return_ratio(self.saved, self.investment)

    @property
    def net_present_value(self) -> Any:
        """Net present value of each draw."""
        return formulas.net_present_value(self.present_value, self.investment)

    def payback(self) -> Any:
        """Payback of each draw in years; infinite where the sum is below zero at the end."""
        return formulas.payback(self.net_by_time, ARRAYS)


@dataclass(frozen=True, slots=True, eq=False)
class Parts:
    """Present values of the outcomes in the total and of the inputs, by name."""

    outcomes: dict[str, Any]
    inputs: dict[str, Any]


class _Limits:
    """Keeps draws within what a study can hold, and counts those that were not."""

    def __init__(self, *, refuses: bool) -> None:
        self.clipped: dict[str, int] = {}
        self.past_whole: dict[str, Any] = {}
        self.refused: Any = False
        self._refuses = refuses
        self._kept: dict[tuple[str | None, str], tuple[Any, int]] = {}

    def computed(self, number: Number, value: Any, values: Values) -> Any:
        """A computed value, kept within its bounds; those written alike are looked at once."""
        estimate, bounds = number.estimate, number.estimate.bounds
        if estimate.shape in ("pert", "triangular", "uniform"):
            self.refuse(_outside(value, values.end(estimate.low), values.end(estimate.high)))
        if estimate.shape == "bernoulli":
            self.refuse(_outside(value, 0.0, 1.0))
        if not bounds.bounded:
            return value
        key = (number.written, bounds.what)
        if key not in self._kept:
            outside = _outside(value, bounds.low, bounds.high)
            self.refuse(outside)
            self._kept[key] = ARRAYS.clip(value, bounds.low, bounds.high), int(np.sum(outside))
        value, self.clipped[number.path] = self._kept[key] if values.wanted(number) else self._kept.pop(key)
        return value

    def kept(self, outcome: str, share: Any) -> Any:
        """What added deductions leave: nothing where they pass 100%, and no number where that is refused."""
        beyond = np.asarray(share) < -TOLERANCE
        if not np.any(beyond):
            return share
        self.past_whole[outcome] = self.past_whole.get(outcome, False) | beyond
        return np.where(beyond, np.nan if self._refuses else 0.0, share)

    def lasting(self, duration: Any, listed: int) -> None:
        """Refuse draws of a duration shorter than the years that its numbers are listed for."""
        if listed > 1:
            self.refuse(formulas.years_touched(duration, ARRAYS) < listed)

    def refuse(self, where: Any) -> None:
        """Refuse the draws where something holds."""
        self.refused = self.refused | where


def _outside(value: Any, low: Any, high: Any) -> Any:
    """Where a value lies outside its limits by more than rounding."""
    slack = TOLERANCE * np.maximum(1.0, np.maximum(np.abs(low), np.abs(high)))
    return (value < low - slack) | (value > high + slack)


def check_size(sums: Mapping[str, Any]) -> None:
    """Refuse draws of sums, by where they stand, that are too large to be added up and squared."""
    for path, each in sums.items():
        if not bool(np.all(np.abs(each) <= LARGEST)):
            hint = "narrow the ranges, or write smaller numbers"
            raise DocumentError("in some draws the flows are too large to be added up", hint, path=path)


class DrawnStudy:
    """A study prepared for many draws.

    Parameters
    ----------
    study : Study
        Complete: every number that its result needs is assessed.
    refuses : bool
        Whether draws that a study could not hold are no number, rather than brought back to what it could.

    Attributes
    ----------
    counted : tuple of str
        The outcomes in the total.
    savings : frozenset of str
        Those of them that bodies of the state need less of.
    """

    def __init__(self, study: Study, *, refuses: bool = False) -> None:
        self.study = study
        self.numbers = numbers_of(study)
        self._refuses = refuses
        self._beside = [] if not refuses else _computed_shares(self.numbers)
        self._added = _added_up(self.numbers) if refuses and study.method.deductions == "added" else []
        walk = Walk(self.numbers)
        self.counted = tuple(name for name in walk.names if walk.in_total(name))
        self.savings = frozenset(savings_of(study))
        cohorts = (len(walk.outcome(name).quantity) for name in walk.names)
        self._arrays = 4 * walk.years + max(cohorts, default=0)

    def check_memory(self, settings: int, name: str, held: float = 0) -> None:
        """Refuse settings that would not fit in memory at once, with ``held`` arrays beside the years'.

        Raises
        ------
        DocumentError
            Before anything is calculated.
        """
        check_memory(8.0 * settings * (self._arrays + held), name)

    def _walk(self, draws: Mapping[str, Any], *, once: bool = False) -> tuple[Walk, _Limits]:
        limits = _Limits(refuses=self._refuses)
        return Walk(self.numbers, ARRAYS, draws, guard=limits, once=once), limits

    @quiet
    def evaluate(
        self,
        draws: Mapping[str, Any],
        *,
        on_outcome: Callable[[str, Any], None] | None = None,
        by_time: bool = False,
        once: bool = False,
    ) -> DrawnResult:
        """Take draws through the formulas.

        Parameters
        ----------
        draws : mapping of path to ndarray
            Draws of some or all of the study's numbers, each of one shape.
        on_outcome : callable, optional
            Given the name and the present value of each outcome in the total, one after another.
        by_time : bool
            Whether to keep the net flow of each time, which costs more.
        once : bool
            Whether every number may be dropped after its last use, draws among them.
        """
        walk, limits = self._walk(draws, once=once)
        for path in self._beside:
            walk.values.number(path)
        for name in self._added:
            self._refuse_past_whole(name, walk, limits)
        totals = walk.totals(self.savings, on_outcome)
        walk.values.finish()
        found = (totals.present_value, totals.saved)
        if self._refuses:
            found = tuple(np.where(limits.refused, np.nan, each) for each in found)  # type: ignore[assignment]
        net = net_flows(self.study.method, totals.gained_by_year, totals.spent_by_year) if by_time else []
        if not self._refuses:
            check_size({"outcomes": totals.present_value, "inputs": totals.investment})
        emptied = {name: int(np.sum(where)) for name, where in limits.past_whole.items()}
        return DrawnResult(
            found[0], totals.investment, found[1], net, self._in_order(limits.clipped), emptied
        )

    def _in_order(self, counts: dict[str, int]) -> dict[str, int]:
        """Counts by path, assumptions first, each after those that it uses."""
        first = [path for name in self.numbers.order if (path := f"assumptions.{name}") in counts]
        return {path: counts[path] for path in dict.fromkeys((*first, *counts))}

    def _refuse_past_whole(self, name: str, walk: Walk, limits: _Limits) -> None:
        """Refuse draws in which the deductions of an outcome, counted or not, add up to more than all."""
        outcome, path = self.study.outcomes[name], f"outcomes.{name}"
        found = outcome_numbers(outcome, path, walk.values.number, value=1.0, drop_off=0.0)
        assert found is not None
        for k in range(found.listed):
            limits.refuse(np.asarray(formulas.kept_added(*found.at(k))) < -TOLERANCE)

    @quiet
    def parts(self, draws: Mapping[str, Any]) -> Parts:
        """Present value of each outcome in the total and of each input, under some draws."""
        walk, _ = self._walk(draws)
        inputs = {name: walk.input_value(name) for name in self.study.inputs}
        outcomes = {name: walk.outcome_value(name) for name in self.counted}
        check_size(_by_path(outcomes, inputs))
        return Parts(outcomes, inputs)

    @quiet
    def changed(self, parts: Parts, draws: Mapping[str, Any], over: Mapping[str, Any]) -> Parts:
        """The parts with some draws replaced: only what rests on those is computed again."""
        resting = (each.path for path in over for each in self.numbers.resting_on(path))
        touched = {tuple(path.split(".")[:2]) for path in (*over, *resting)}
        walk, _ = self._walk({**draws, **over})
        outcomes = {name: walk.outcome_value(name) for name in self.counted if ("outcomes", name) in touched}
        inputs = {name: walk.input_value(name) for name in self.study.inputs if ("inputs", name) in touched}
        return Parts({**parts.outcomes, **outcomes}, {**parts.inputs, **inputs})

    def figure_of(self, parts: Parts, figure: str) -> Any:
        """One figure of the parts, an entry a draw."""
        investment = sum(parts.inputs.values())
        total = sum(parts.outcomes.values())
        if figure != "net_present_value":
            investment = np.where(np.asarray(investment) >= LEAST_INVESTMENT, investment, np.nan)
        if figure == "savings_ratio":
            saved = sum(value for name, value in parts.outcomes.items() if name in self.savings)
            return formulas.social_return_ratio(saved, investment)
        if figure == "net_present_value":
            return formulas.net_present_value(total, investment)
        return formulas.social_return_ratio(total, investment)

    @quiet
    def accounts(self, draws: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
        """Present value of every outcome and input, and each outcome's cashable share where it has one."""
        walk, _ = self._walk(draws)
        given = (name for name in walk.names if self.study.outcomes[name].cashable is not None)
        outcomes = {name: walk.outcome_value(name) for name in walk.names}
        inputs = {name: walk.input_value(name) for name in self.study.inputs}
        check_size(_by_path(outcomes, inputs))
        return (
            outcomes,
            inputs,
            {name: walk.values.number(f"outcomes.{name}.cashable") for name in given},
        )


def _added_up(numbers: Numbers) -> list[str]:
    """The outcomes whose deductions a study checks, in the total or not."""
    every = numbers.study.outcomes
    return [name for name in every if numbers.outcome(name, value=1.0, drop_off=0.0) is not None]


def _by_path(outcomes: Mapping[str, Any], inputs: Mapping[str, Any]) -> dict[str, Any]:
    named = {f"outcomes.{name}": each for name, each in outcomes.items()}
    return named | {f"inputs.{name}": each for name, each in inputs.items()}


def _computed_shares(numbers: Numbers) -> list[str]:
    """Computed numbers with bounds that the result does not rest on, and that a study holds all the same."""
    used = {number.path for number in numbers.used}
    return [
        number.path
        for number in numbers
        if number.computed and number.value is not None and number.estimate.bounds.bounded
        if number.path not in used
    ]
