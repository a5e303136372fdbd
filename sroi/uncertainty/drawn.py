"""A study carried by arrays of draws: the engine's own formulas, with a draw an entry."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from sroi import formulas
from sroi.evaluation.engine import TIME_OF, factors, period_base
from sroi.evaluation.owners import savings_of
from sroi.uncertainty.carried import DrawnResult, Parts
from sroi.uncertainty.drawn_numbers import DrawnNumbers
from sroi.uncertainty.flows import Flows

if TYPE_CHECKING:
    from collections.abc import Mapping

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
        Whether draws that the engine would refuse are no number, rather than brought back to what it would take.

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
        direct = [(path, estimate) for path, estimate in study.estimates() if path.startswith(("outcomes.", "inputs."))]
        self._reached = {path: frozenset(self.numbers.resolution.rests_on(estimate)) for path, estimate in direct}
        years, period = self.flows.years, period_base(study)
        schedule, rate = study.method.discount_schedule, study.method.discount_rate
        self._factors = np.asarray(factors(schedule, rate, years, study.method.timing, period))
        undiscounted = (1.0,) * years
        discounted = factors(schedule, rate, years, study.method.input_timing, period) if study.method.discount_inputs else undiscounted
        self._input_factors = np.asarray(discounted)

    def counts(self, name: str) -> bool:
        """Whether an outcome is in the total."""
        return self.study.outcomes[name].kind not in ("transfer", "tax") or self.method.transfers == "included"

    def evaluate(self, draws: Mapping[str, Any], *, by_outcome: bool = False, by_time: bool = False) -> DrawnResult:
        """Carry draws through the formulas.

        Parameters
        ----------
        draws : mapping of path to ndarray
            Draws of some or all of the numbers that vary, each of one shape.
        by_outcome, by_time : bool
            Whether to keep the present value of each outcome, and the net flow of each time, which cost more.
        """
        if by_outcome:
            parts = self.parts(draws, by_time=by_time)
            total, saved = self._totals(parts)
            net = self._net(parts.flows, parts.spent) if by_time else []
            return DrawnResult(total, sum(parts.inputs.values()), saved, parts.outcomes, net, parts.clipped)
        settled = self.numbers.under(draws)
        spent: list[Any] = [0.0] * self.flows.years
        inputs = [self._input(name, settled, spent if by_time else None) for name in self.study.inputs]
        total, saved, flows = self._summed_by_year(settled)
        if self._refuses:
            total, saved = (np.where(settled.refused, np.nan, each) for each in (total, saved))
        return DrawnResult(total, sum(inputs), saved, {}, self._net(flows, spent) if by_time else [], settled.clipped)

    def _summed_by_year(self, settled: Settled) -> tuple[Any, Any, list[Any]]:
        """Present value of all outcomes in the total and of the savings among them, and the discounted flows by year.

        Outcomes that are discounted alike are added up before they are discounted, which is a third of the work of discounting each.
        """
        groups: dict[tuple[str | None, bool], dict[int, Any]] = {}
        for name in self.counted:
            years = groups.setdefault((self.study.outcomes[name].discount_schedule, name in self.savings), {})
            for t, money in self.flows.of_outcome(name, settled):
                years[t] = years[t] + money if t in years else money
        total: Any = 0.0
        saved: Any = 0.0
        flows: list[Any] = [0.0] * self.flows.years
        for (schedule, savings), years in groups.items():
            own = self._factors_of(schedule)
            for t, money in years.items():
                discounted = formulas.discounted(money, own[t])
                total = total + discounted
                flows[t] = flows[t] + discounted
                if savings:
                    saved = saved + discounted
        return total, saved, flows

    def parts(self, draws: Mapping[str, Any], *, by_time: bool = False) -> Parts:
        """Present value of each outcome in the total and of each input, under some draws."""
        settled = self.numbers.under(draws)
        flows: list[Any] = [0.0] * self.flows.years
        spent: list[Any] = [0.0] * self.flows.years
        outcomes = {name: self._outcome(name, settled, flows if by_time else None) for name in self.counted}
        inputs = {name: self._input(name, settled, spent if by_time else None) for name in self.study.inputs}
        return Parts(outcomes, inputs, flows, spent, settled.clipped)

    def accounts(self, draws: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
        """Present value of every outcome, in the total or not, and of every input, and each outcome's cashable share where it has one."""
        settled = self.numbers.under(draws)
        outcomes = {name: self._outcome(name, settled, None) for name in self.flows.priced}
        inputs = {name: self._input(name, settled, None) for name in self.study.inputs}
        given = {name: outcome.cashable for name, outcome in self.flows.priced.items() if outcome.cashable is not None}
        return outcomes, inputs, {name: settled.number(f"outcomes.{name}.cashable", share) for name, share in given.items()}

    def changed(self, parts: Parts, draws: Mapping[str, Any], over: Mapping[str, Any]) -> Parts:
        """The parts under ``draws`` with some of them replaced: only what rests on those is computed again."""
        outcomes, inputs = self._resting_on(frozenset(over))
        settled = self.numbers.under({**draws, **over})
        return Parts(
            {**parts.outcomes, **{name: self._outcome(name, settled, None) for name in outcomes}},
            {**parts.inputs, **{name: self._input(name, settled, None) for name in inputs}},
            parts.flows,
            parts.spent,
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
        total, saved = self._totals(parts)
        investment = sum(parts.inputs.values())
        if figure == "net_present_value":
            return formulas.net_present_value(total, investment)
        return formulas.social_return_ratio(saved if figure == "savings_ratio" else total, investment)

    def _totals(self, parts: Parts) -> tuple[Any, Any]:
        total: Any = sum(parts.outcomes.values())
        saved: Any = sum(value for name, value in parts.outcomes.items() if name in self.savings)
        return total, saved

    def _outcome(self, name: str, settled: Settled, flows: list[Any] | None) -> Any:
        """Present value of one outcome; its discounted flows are added to ``flows`` where that is given."""
        own = self._factors_of(self.study.outcomes[name].discount_schedule)
        value: Any = 0.0
        for t, flow in self.flows.of_outcome(name, settled):
            discounted = formulas.discounted(flow, own[t])
            value = value + discounted
            if flows is not None:
                flows[t] = flows[t] + discounted
        return value

    def _input(self, name: str, settled: Settled, spent: list[Any] | None) -> Any:
        """Present value of one input; its flows are added to ``spent`` where that is given."""
        value: Any = 0.0
        for t, money in enumerate(self.flows.of_input(name, settled)):
            discounted = formulas.discounted(money, self._input_factors[t])
            value = value + discounted
            if spent is not None:
                spent[t] = spent[t] + discounted
        return value

    def _factors_of(self, schedule: str | None) -> Any:
        """Discount factors of outcomes: the method's, or of a schedule of their own."""
        if schedule is None:
            return self._factors
        return np.asarray(factors(schedule, None, self.flows.years, self.method.timing, period_base(self.study)))

    def _net(self, flows: list[Any], spent: list[Any]) -> list[tuple[float, Any]]:
        at: dict[float, Any] = {}
        last = max((t for t in range(self.flows.years) if np.any(flows[t]) or np.any(spent[t])), default=0)
        for t in range(last + 1):
            for time, amount in ((t + TIME_OF[self.method.timing], flows[t]), (t + TIME_OF[self.method.input_timing], -spent[t])):
                at[time] = at.get(time, 0.0) + amount
        return sorted(at.items(), key=lambda pair: pair[0])
