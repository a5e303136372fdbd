"""A study carried by arrays of draws: the engine's own formulas, with a draw an entry."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from sroi import formulas
from sroi.carriers import ARRAYS
from sroi.evaluation.engine import TIME_OF, factors, period_base
from sroi.evaluation.rows import savings_of
from sroi.expression import Expression
from sroi.quantities import MOST_YEARS
from sroi.resolution import Resolution
from sroi.uncertainty.carried import DrawnResult, Parts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sroi.model import Estimate, Input, Outcome, Study
    from sroi.resolution import OutcomeNumbers


_REFUSED = "(refused)"
"""Key under which a set of draws keeps which of them the engine would refuse: a share out of bounds, a duration shorter than its list."""

_CLIPPED = "brought back to bounds"
"""Key, which no assumption can have, under which the count of draws brought back to a number's bounds is kept, by path."""


class DrawnStudy:
    """A study prepared for many draws.

    Parameters
    ----------
    study : Study
        Complete: every number that its result needs is assessed.
    varied : iterable of str
        Paths of the numbers that draws will be given for; all others keep their central value.
    """

    def __init__(self, study: Study, varied: set[str], *, refuses: bool = False) -> None:
        self.study = study
        self.refuses = refuses
        self.varied = varied
        self.resolution = Resolution(study)
        self.base = self.resolution.assumptions
        self.live = self._live()
        self.lively = frozenset(self.live)
        self._central: dict[str, float | None] = {}
        self.method = study.method
        self.priced = {name: outcome for name, outcome in study.outcomes.items() if outcome.priced}
        self.numbers = {name: self._numbers(name, outcome) for name, outcome in self.priced.items()}
        self.savings = savings_of(study)
        direct = [(path, estimate) for path, estimate in study.estimates() if path.startswith(("outcomes.", "inputs."))]
        self.reached = {path: frozenset(self.resolution.rests_on(estimate)) for path, estimate in direct}
        self.years = self._length()
        period = period_base(study)
        schedule, rate = study.method.discount_schedule, study.method.discount_rate
        self.factors = np.asarray(factors(schedule, rate, self.years, study.method.timing, period))
        undiscounted = (1.0,) * self.years
        discounted = factors(schedule, rate, self.years, study.method.input_timing, period) if study.method.discount_inputs else undiscounted
        self.input_factors = np.asarray(discounted)

    def _numbers(self, name: str, outcome: Outcome) -> OutcomeNumbers:
        found = self.resolution.outcome_numbers(name, outcome)
        assert found is not None
        return found

    def _live(self) -> list[str]:
        """Assumptions whose value changes with the draws, in an order in which each can be computed."""
        live: list[str] = []
        for name in self.resolution.order():
            estimate = self.study.assumptions[name]
            moved = f"assumptions.{name}" in self.varied
            written = estimate.value if estimate is not None else None
            if moved or (isinstance(written, Expression) and any(other in live for other in written.names)):
                live.append(name)
        return live

    def _length(self) -> int:
        ends = [len(numbers.quantity) + numbers.first + math.ceil(self._longest(name)) - 1 for name, numbers in self.numbers.items()]
        for name, entry in self.study.inputs.items():
            money = self.resolution.input_money(name, entry)
            ends.append(len(money) if money is not None else 1)
        whole = max(ends)
        return whole if self.method.horizon is None else min(whole, self.method.horizon + 1)

    def _longest(self, name: str) -> float:
        """The longest that an outcome can last: as long as any may where its duration varies."""
        duration = self.study.outcomes[name].duration
        assert duration is not None
        moved = f"outcomes.{name}.duration" in self.varied
        if moved or (isinstance(duration.value, Expression) and not set(duration.value.names).isdisjoint(self.live)):
            return float(MOST_YEARS)
        return self.numbers[name].duration

    def assumptions(self, draws: Mapping[str, Any]) -> dict[str, Any]:
        """Value of every assumption under some draws, by name."""
        values: dict[str, Any] = {**self.base, _CLIPPED: {}, _REFUSED: False}
        for name in self.live:
            path = f"assumptions.{name}"
            estimate = self.study.assumptions[name]
            assert estimate is not None
            if path in draws:
                values[name] = draws[path]
            elif isinstance(estimate.value, Expression):
                factor = self.resolution.price_factor(path, estimate)
                value = estimate.value.evaluate(values, ARRAYS)
                values[name] = value if factor == 1.0 else value * factor
        return values

    def value(self, path: str, estimate: Estimate, known: dict[str, Any], draws: Mapping[str, Any]) -> Any:
        """Value of one number under some draws, kept within its bounds.

        ``known`` also remembers what expressions came to, so that cohorts written alike are carried once.
        """
        if path in draws:
            return draws[path]
        if not isinstance(estimate.value, Expression) or self.lively.isdisjoint(estimate.value.names):
            return self.central(path, estimate)
        factor = self.resolution.price_factor(path, estimate) or 1.0
        bounds = estimate.bounds
        key = f"{estimate.value.text} * {factor!r} in {bounds.what}"
        if key not in known:
            value = estimate.value.evaluate(known, ARRAYS)
            value = value if factor == 1.0 else value * factor
            if bounds.high <= MOST_YEARS:
                outside = (value < bounds.low) | (value > bounds.high)
                known[_CLIPPED].update({path: int(np.sum(outside))})
                known[_REFUSED] = known[_REFUSED] | outside
                value = ARRAYS.clip(value, bounds.low, bounds.high)
            known[key] = value
        return known[key]

    def central(self, path: str, estimate: Estimate) -> float | None:
        """Central value of one number, remembered."""
        if path not in self._central:
            self._central[path] = self.resolution.number(path, estimate)
        return self._central[path]

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
        known = self.assumptions(draws)
        spent: list[Any] = [0.0] * self.years
        inputs = [self._input(name, known, draws, spent if by_time else None) for name in self.study.inputs]
        total, saved, flows = self._summed_by_year(known, draws)
        if self.refuses:
            total, saved = (np.where(known[_REFUSED], np.nan, each) for each in (total, saved))
        return DrawnResult(total, sum(inputs), saved, {}, self._net(flows, spent) if by_time else [], known[_CLIPPED])

    def _summed_by_year(self, known: dict[str, Any], draws: Mapping[str, Any]) -> tuple[Any, Any, list[Any]]:
        """Present value of all outcomes in the total and of the savings among them, and the discounted flows by year.

        Outcomes that are discounted alike are added up before they are discounted, which is a third of the work of discounting each.
        """
        groups: dict[tuple[str | None, bool], dict[int, Any]] = {}
        for name in self.priced:
            if self.counts(name):
                outcome = self.study.outcomes[name]
                years = groups.setdefault((outcome.discount_schedule, name in self.savings), {})
                for t, money in self._outcome_flows(name, outcome, known, draws):
                    if t < self.years:
                        years[t] = years[t] + money if t in years else money
        total: Any = 0.0
        saved: Any = 0.0
        flows: list[Any] = [0.0] * self.years
        for (schedule, savings), years in groups.items():
            own = self._factors(schedule)
            for t, money in years.items():
                discounted = formulas.discounted(money, own[t])
                total = total + discounted
                flows[t] = flows[t] + discounted
                if savings:
                    saved = saved + discounted
        return total, saved, flows

    def parts(self, draws: Mapping[str, Any], *, by_time: bool = False) -> Parts:
        """Present value of each outcome in the total and of each input, under some draws."""
        known = self.assumptions(draws)
        flows: list[Any] = [0.0] * self.years
        spent: list[Any] = [0.0] * self.years
        outcomes = {name: self._outcome(name, known, draws, flows if by_time else None) for name in self.priced if self.counts(name)}
        inputs = {name: self._input(name, known, draws, spent if by_time else None) for name in self.study.inputs}
        return Parts(outcomes, inputs, flows, spent, known[_CLIPPED])

    def changed(self, parts: Parts, draws: Mapping[str, Any], over: Mapping[str, Any]) -> Parts:
        """The parts under ``draws`` with some of them replaced: only what rests on those is computed again."""
        outcomes, inputs = self._resting_on(frozenset(over))
        draws = {**draws, **over}
        known = self.assumptions(draws)
        return Parts(
            {**parts.outcomes, **{name: self._outcome(name, known, draws, None) for name in outcomes}},
            {**parts.inputs, **{name: self._input(name, known, draws, None) for name in inputs}},
            parts.flows,
            parts.spent,
            known[_CLIPPED],
        )

    def _resting_on(self, paths: frozenset[str]) -> tuple[list[str], list[str]]:
        """The outcomes in the total and the inputs that rest on any of some numbers."""
        names = {path.removeprefix("assumptions.") for path in paths if path.startswith("assumptions.")}
        found: dict[str, dict[str, None]] = {"outcomes": {}, "inputs": {}}
        for path, reached in self.reached.items():
            section, name = path.split(".")[:2]
            if path in paths or not names.isdisjoint(reached):
                found[section][name] = None
        return [name for name in found["outcomes"] if name in self.priced and self.counts(name)], list(found["inputs"])

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

    def _outcome(self, name: str, known: dict[str, Any], draws: Mapping[str, Any], flows: list[Any] | None) -> Any:
        """Present value of one outcome; its discounted flows are added to ``flows`` where that is given."""
        own = self._factors(self.study.outcomes[name].discount_schedule)
        value: Any = 0.0
        for t, flow in self._outcome_flows(name, self.study.outcomes[name], known, draws):
            if t < self.years:
                discounted = formulas.discounted(flow, own[t])
                value = value + discounted
                if flows is not None:
                    flows[t] = flows[t] + discounted
        return value

    def _input(self, name: str, known: dict[str, Any], draws: Mapping[str, Any], spent: list[Any] | None) -> Any:
        """Present value of one input; its flows are added to ``spent`` where that is given."""
        value: Any = 0.0
        for t, money in enumerate(self._input_flows(name, self.study.inputs[name], known, draws)):
            if t < self.years:
                discounted = formulas.discounted(money, self.input_factors[t])
                value = value + discounted
                if spent is not None:
                    spent[t] = spent[t] + discounted
        return value

    def counts(self, name: str) -> bool:
        """Whether an outcome is in the total."""
        return self._counted(self.study.outcomes[name])

    def _counted(self, outcome: Outcome) -> bool:
        return outcome.kind not in ("transfer", "tax") or self.method.transfers == "included"

    def _factors(self, schedule: str | None) -> Any:
        """Discount factors of outcomes: the method's, or of a schedule of their own."""
        if schedule is None:
            return self.factors
        return np.asarray(factors(schedule, None, self.years, self.method.timing, period_base(self.study)))

    def _net(self, flows: list[Any], spent: list[Any]) -> list[tuple[float, Any]]:
        at: dict[float, Any] = {}
        last = max((t for t in range(self.years) if np.any(flows[t]) or np.any(spent[t])), default=0)
        for t in range(last + 1):
            for time, amount in ((t + TIME_OF[self.method.timing], flows[t]), (t + TIME_OF[self.method.input_timing], -spent[t])):
                at[time] = at.get(time, 0.0) + amount
        return sorted(at.items(), key=lambda pair: pair[0])

    def _kept_added(self, *shares: Any) -> Any:
        """What added deductions leave: nothing where draws take them past 100%, and no number where those are refused."""
        kept = formulas.kept_added(*shares)
        return np.where(np.asarray(kept) < -1e-12, np.nan if self.refuses else 0.0, kept)

    def _series(self, path: str, written: Any, known: dict[str, Any], draws: Mapping[str, Any]) -> list[Any]:
        if not isinstance(written, tuple):
            return [self.value(path, written, known, draws)]
        return [self.value(f"{path}[{at}]", each, known, draws) for at, each in enumerate(written)]

    def _input_flows(self, name: str, entry: Input, known: dict[str, Any], draws: Mapping[str, Any]) -> list[Any]:
        path = f"inputs.{name}.value"
        money = self._series(path, entry.value, known, draws)
        if entry.years is not None:
            money *= int(self.resolution.number(f"inputs.{name}.years", entry.years) or 1)
        if entry.prices == "nominal":
            money = [each * self.resolution.prices.factor(self.study.first_year + t) for t, each in enumerate(money)]
        return money

    def _outcome_flows(self, name: str, outcome: Outcome, known: dict[str, Any], draws: Mapping[str, Any]) -> Iterator[tuple[int, Any]]:
        """Undiscounted money of an outcome with its calendar index, a benefit year of a cohort at a time."""
        path = f"outcomes.{name}"
        assert outcome.value is not None
        assert outcome.duration is not None
        assert outcome.drop_off is not None
        first = self.numbers[name].first
        quantity = self._series(f"{path}.quantity", outcome.quantity, known, draws)
        value = self.value(f"{path}.value", outcome.value, known, draws)
        duration = self.value(f"{path}.duration", outcome.duration, known, draws)
        drop_off = self.value(f"{path}.drop_off", outcome.drop_off, known, draws)
        ours = outcome.contribution is not None
        fields = ("deadweight", "displacement", "contribution" if ours else "attribution")
        shares = [self._series(f"{path}.{field}", getattr(outcome, field), known, draws) for field in fields]
        if ours:
            shares[2] = [formulas.due_to_others(share) for share in shares[2]]
        known[_REFUSED] = known[_REFUSED] | (np.ceil(duration) < max(map(len, shares)))
        combined = self._kept_added if self.method.deductions == "added" else formulas.kept_multiplied
        part = formulas.counted_whole if self.method.part_years == "whole" else formulas.counted_pro_rata
        late = int((outcome.drop_off_from or self.method.drop_off_from) == "first_year")
        linear = self.method.drop_off_shape == "linear"
        constant = all(len(each) == 1 for each in shares)
        same = all(each is quantity[0] or (isinstance(each, float) and isinstance(quantity[0], float) and each == quantity[0]) for each in quantity)
        one = quantity[0] if same else 1.0
        impact = formulas.impact(one, value, combined(*(each[0] for each in shares)))
        kept = formulas.kept_a_year(drop_off)
        left: Any = impact if constant else 1.0
        for k in range(math.ceil(np.max(duration))):
            if linear:
                share = formulas.remaining_linear(drop_off, k + late, ARRAYS)
                left = formulas.benefit(impact, share, 1.0) if constant else share
            elif k + late:
                left = formulas.left_a_year_on(left, kept)
            money = left
            if not constant:
                impact = formulas.impact(one, value, combined(*(each[min(k, len(each) - 1)] for each in shares)))
                money = formulas.benefit(impact, left, 1.0)
            if np.ndim(duration) or duration < k + 1:
                money = formulas.benefit(money, 1.0, part(duration, k, ARRAYS))
            for cohort, each in enumerate(quantity):
                yield cohort + first + k, money if same else money * each
