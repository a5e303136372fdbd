"""A study carried by arrays of draws: the engine's own formulas, with a draw an entry."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from sroi import formulas
from sroi.evaluation.conventions import Conventions
from sroi.evaluation.engine import TIME_OF, factors, period_base
from sroi.model.owners import savings_of
from sroi.uncertainty.carried import DrawnResult, Parts, Sums
from sroi.uncertainty.drawn_numbers import DrawnNumbers
from sroi.uncertainty.flows import Flows

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sroi.model import Study
    from sroi.uncertainty.drawn_numbers import Settled


class DrawnStudy:
    """A study prepared for many draws.

    Parameters
    ----------
    study : Study
        Complete: every number that its result needs is assessed.
    varied : set of str
        Paths of the numbers that draws will be given for; all others keep their central value.
    refuses : bool
        Whether draws that the engine would refuse are no number, rather than brought back to what it would
        take.

    Attributes
    ----------
    counted : tuple of str
        The outcomes in the total.
    savings : frozenset of str
        Those of them that bodies of the state need less of.
    """

    def __init__(self, study: Study, varied: set[str], *, refuses: bool = False) -> None:
        self.study = study
        self.method = study.method
        self.numbers = DrawnNumbers(study, varied)
        self.flows = Flows(study, self.numbers, refuses=refuses)
        self._refuses = refuses
        self.counted = tuple(name for name in self.flows.priced if self.counts(name))
        self.savings = frozenset(savings_of(study))
        direct = [
            (path, estimate)
            for path, estimate in study.estimates()
            if path.startswith(("outcomes.", "inputs."))
        ]
        self._reached = {
            path: frozenset(self.numbers.resolution.rests_on(estimate)) for path, estimate in direct
        }
        years, period = self.flows.years, period_base(study)
        schedule, rate = study.method.discount_schedule, study.method.discount_rate
        self._factors = np.asarray(factors(schedule, rate, years, study.method.timing, period))
        undiscounted = (1.0,) * years
        discounted = (
            factors(schedule, rate, years, study.method.input_timing, period)
            if study.method.discount_inputs
            else undiscounted
        )
        self._input_factors = np.asarray(discounted)

    def counts(self, name: str) -> bool:
        """Whether an outcome is in the total."""
        return Conventions(self.method).in_total(self.study.outcomes[name])

    def evaluate(
        self, draws: Mapping[str, Any], *, by_outcome: bool = False, by_time: bool = False
    ) -> DrawnResult:
        """Carry draws through the formulas.

        Parameters
        ----------
        draws : mapping of path to ndarray
            Draws of some or all of the numbers that vary, each of one shape.
        by_outcome, by_time : bool
            Whether to keep the present value of each outcome, and the net flow of each time, which cost more.
        """
        settled = self.numbers.under(draws)
        gained, spent = Sums(), Sums()
        inputs = {name: self._input(name, settled, spent) for name in self.study.inputs}
        if by_outcome:
            outcomes = {name: self._outcome(name, settled, gained) for name in self.counted}
            total, saved = self._totals(outcomes)
        else:
            outcomes = {}
            total, saved = self._summed_by_year(settled, gained)
        if self._refuses:
            total, saved = (np.where(settled.refused, np.nan, each) for each in (total, saved))
        net = self._net(gained, spent) if by_time else []
        emptied = {name: int(np.sum(where)) for name, where in settled.past_whole.items()}
        return DrawnResult(total, sum(inputs.values()), saved, outcomes, net, settled.clipped, emptied)

    def _summed_by_year(self, settled: Settled, gained: Sums) -> tuple[Any, Any]:
        """Present value of all outcomes in the total, and of the savings among them; their discounted flows are added to ``gained`` by year.

        Outcomes that are discounted alike are added up before they are discounted, which is a third of the
        work of discounting each.
        """
        groups: dict[tuple[str | None, bool], Sums] = {}
        for name in self.counted:
            years = groups.setdefault(
                (self.study.outcomes[name].discount_schedule, name in self.savings), Sums()
            )
            for t, money in self.flows.of_outcome(name, settled):
                years.add(t, money)
        totals = Sums()
        for (schedule, savings), years in groups.items():
            own = self._factors_of(schedule)
            for t, money in years.items():
                discounted = formulas.discounted(money, own[t])
                totals.add("all", discounted)
                gained.add(t, discounted)
                if savings:
                    totals.add("saved", discounted)
        return totals.get("all"), totals.get("saved")

    def parts(self, draws: Mapping[str, Any]) -> Parts:
        """Present value of each outcome in the total and of each input, under some draws."""
        settled = self.numbers.under(draws)
        inputs = {name: self._input(name, settled) for name in self.study.inputs}
        return Parts({name: self._outcome(name, settled) for name in self.counted}, inputs, settled.clipped)

    def accounts(self, draws: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
        """Present value of every outcome, in the total or not, and of every input, and each outcome's cashable share where it has one."""
        settled = self.numbers.under(draws)
        outcomes = {name: self._outcome(name, settled) for name in self.flows.priced}
        inputs = {name: self._input(name, settled) for name in self.study.inputs}
        given = {
            name: outcome.cashable
            for name, outcome in self.flows.priced.items()
            if outcome.cashable is not None
        }
        return (
            outcomes,
            inputs,
            {name: settled.number(f"outcomes.{name}.cashable", share) for name, share in given.items()},
        )

    def changed(self, parts: Parts, draws: Mapping[str, Any], over: Mapping[str, Any]) -> Parts:
        """The parts under ``draws`` with some of them replaced: only what rests on those is computed again."""
        outcomes, inputs = self._resting_on(frozenset(over))
        settled = self.numbers.under({**draws, **over})
        return Parts(
            {**parts.outcomes, **{name: self._outcome(name, settled) for name in outcomes}},
            {**parts.inputs, **{name: self._input(name, settled) for name in inputs}},
            settled.clipped,
        )

    def _resting_on(self, paths: frozenset[str]) -> tuple[list[str], list[str]]:
        """The outcomes in the total and the inputs that rest on any of some numbers."""
        names = {path.removeprefix("assumptions.") for path in paths if path.startswith("assumptions.")}
        found: dict[str, dict[str, None]] = {"outcomes": {}, "inputs": {}}
        for path, reached in self._reached.items():
            section, name = path.split(".")[:2]
            if path in paths or not names.isdisjoint(reached):
                found[section][name] = None
        return [name for name in found["outcomes"] if name in self.counted], list(found["inputs"])

    def figure_of(self, parts: Parts, figure: str) -> Any:
        """One figure of the parts, a draw an entry."""
        total, saved = self._totals(parts.outcomes)
        investment = sum(parts.inputs.values())
        if figure == "net_present_value":
            return formulas.net_present_value(total, investment)
        return formulas.social_return_ratio(saved if figure == "savings_ratio" else total, investment)

    def _totals(self, outcomes: Mapping[str, Any]) -> tuple[Any, Any]:
        total: Any = sum(outcomes.values())
        saved: Any = sum(value for name, value in outcomes.items() if name in self.savings)
        return total, saved

    def _outcome(self, name: str, settled: Settled, gained: Sums | None = None) -> Any:
        """Present value of one outcome; its discounted flows are added by year to ``gained`` where that is given."""
        own = self._factors_of(self.study.outcomes[name].discount_schedule)
        return _present(
            ((t, formulas.discounted(money, own[t])) for t, money in self.flows.of_outcome(name, settled)),
            gained,
        )

    def _input(self, name: str, settled: Settled, spent: Sums | None = None) -> Any:
        """Present value of one input; its discounted flows are added by year to ``spent`` where that is given."""
        money = enumerate(self.flows.of_input(name, settled))
        return _present(((t, formulas.discounted(each, self._input_factors[t])) for t, each in money), spent)

    def _factors_of(self, schedule: str | None) -> Any:
        """Discount factors of outcomes: the method's, or of a schedule of their own."""
        if schedule is None:
            return self._factors
        return np.asarray(
            factors(schedule, None, self.flows.years, self.method.timing, period_base(self.study))
        )

    def _net(self, gained: Sums, spent: Sums) -> list[tuple[float, Any]]:
        """Net discounted flow of each time up to the last with any."""
        last = next(
            (t for t in reversed(range(self.flows.years)) if np.any(gained.get(t)) or np.any(spent.get(t))), 0
        )
        at = Sums()
        for t in range(last + 1):
            at.add(t + TIME_OF[self.method.timing], gained.get(t))
            at.add(t + TIME_OF[self.method.input_timing], -spent.get(t))
        return sorted(at.items(), key=lambda pair: pair[0])


def _present(flows: Iterable[tuple[int, Any]], by_year: Sums | None) -> Any:
    """The sum of discounted flows, each of which is added to its year's sum where those are given."""
    total = Sums()
    for t, discounted in flows:
        total.add("all", discounted)
        if by_year is not None:
            by_year.add(t, discounted)
    return total.get("all")
