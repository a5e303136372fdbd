"""A study carried through the formulas step by step, on any backend, each step open to whoever watches."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sroi import formulas
from sroi.backends import FLOATS
from sroi.evaluation.conventions import Conventions
from sroi.evaluation.engine import period_base
from sroi.expression import Expression
from sroi.quantities import MOST_YEARS
from sroi.ranges import middle
from sroi.reference import discount_schedules, discount_steps
from sroi.resolution import OutcomeNumbers, Resolution

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sroi.backends import Backend
    from sroi.model import Estimate, Input, Outcome, Study


@dataclass(frozen=True, slots=True)
class CarriedOutcome:
    """The steps of one outcome. ``kept`` and ``benefit`` are by benefit year and of one unit; ``by_year`` counts from year 0."""

    quantity: tuple[Any, ...]
    value: Any
    first: int
    duration: Any
    deadweight: tuple[Any, ...]
    displacement: tuple[Any, ...]
    attribution: tuple[Any, ...]
    drop_off: Any
    kept: tuple[Any, ...]
    impact: Any
    benefit: tuple[Any, ...]
    by_year: tuple[Any, ...]
    by_year_pv: tuple[Any, ...]
    present_value: Any
    in_total: bool


@dataclass(frozen=True, slots=True)
class CarriedInput:
    """The steps of one input, counted from year 0."""

    by_year: tuple[Any, ...]
    by_year_pv: tuple[Any, ...]
    present_value: Any


def _itself(_: str, value: Any) -> Any:
    return value


class CarriedStudy:
    """A study carried by numbers of any kind.

    Parameters
    ----------
    study : Study
        One that :func:`sroi.evaluate` gives a result for.
    backend : Backend, default floats
        What supplies the names that the formulas need.
    bind : callable, optional
        Given the path of each number and step, and its value, gives what stands for it from then on: the
        value itself, a reference to the cell it was written to, the name of a slider. A number without a
        symbol in it is a float.
    more_years : int, default 0
        Benefit years carried beyond each outcome's duration, and years beyond an input's last, so that a
        longer one still counts.

    Attributes
    ----------
    values : dict of str to number
        What stands for each number and step, by path, in the order in which they were come to.
    assumptions, outcomes, inputs : dict
        By name; an assumption that is not assessed and an outcome without a money value are not among them.
    years : int
        How many years are carried, from year 0.
    discount_factors : tuple
        The method's factors for outcomes, by year from year 0.
    factors : dict of str to tuple
        Discount factors by year from year 0 of each schedule that outcomes use, and those of ``"inputs"``.
    outcomes_by_year_pv, inputs_by_year_pv : tuple
        Present value by year from year 0 of all outcomes in the total, and of all inputs.
    present_value, investment, social_return_ratio, net_ratio, net_present_value : number
        The headlines.

    Notes
    -----
    Paths, in the order of the calculation; ``[i]`` counts from 0:

    - ``assumptions.NAME``, ``outcomes.NAME.FIELD`` and ``inputs.NAME.FIELD``, ``…[i]`` where a list is written: a number in the study's prices.
      Where it has a price year, ``….written`` and ``….price_factor`` come before it;
    - ``inputs.NAME.price_factors[t]`` of nominal inputs;
    - ``discount_rate``, or ``discount_schedules.NAME[FIRST]`` for the rate of the step that begins in year FIRST;
    - ``periods.SCHEDULE[p]``, the factor of p whole periods, and ``discount_factors.SCHEDULE.TIMING[t]``; SCHEDULE is ``flat`` for a flat rate;
    - ``outcomes.NAME.kept[k]``, ``.impact``, ``.benefit[k]``, ``.by_year[t]``, ``.by_year_pv[t]``, ``.present_value``;
    - ``inputs.NAME.by_year[t]``, ``.by_year_pv[t]``, ``.present_value``;
    - ``outcomes_by_year_pv[t]``, ``inputs_by_year_pv[t]``, ``present_value``, ``investment``, ``social_return_ratio``, ``net_ratio``,
      ``net_present_value``.

    A share that repeats from an earlier benefit year is not bound again.
    """

    def __init__(
        self,
        study: Study,
        backend: Backend = FLOATS,
        bind: Callable[[str, Any], Any] = _itself,
        *,
        more_years: int = 0,
    ) -> None:
        self.study = study
        self.backend = backend
        self.more_years = more_years
        self.values: dict[str, Any] = {}
        self._bind = bind
        self._resolution = Resolution(study)
        self.assumptions: dict[str, Any] = {}
        self._assume()
        priced = {name: outcome for name, outcome in study.outcomes.items() if outcome.priced}
        numbers = {name: self._held(name, outcome) for name, outcome in priced.items()}
        money = {name: self._money(name, entry) for name, entry in study.inputs.items()}
        ends = [len(held.quantity) + held.first + self._benefit_years(held) - 1 for held in numbers.values()]
        whole = max(*ends, *map(len, money.values()), 0)
        self.years = whole if study.method.horizon is None else min(whole, study.method.horizon + 1)
        self.factors: dict[str, tuple[Any, ...]] = {}
        self.discount_factors = self._factors_of(None)
        self.inputs = {name: self._input(name, each) for name, each in money.items()}
        self.outcomes = {
            name: self._outcome(name, outcome, numbers[name]) for name, outcome in priced.items()
        }
        self._totals()

    def step(self, path: str, value: Any) -> Any:
        """What stands for a number or step; the first value of a path holds."""
        if path not in self.values:
            self.values[path] = self._bind(path, value)
        return self.values[path]

    def number(self, path: str, estimate: Estimate) -> Any:
        """One number of the study, in the study's prices."""
        written = estimate.value if estimate.value is not None else middle(estimate)
        value = (
            written.evaluate(self.assumptions, self.backend) if isinstance(written, Expression) else written
        )
        if estimate.price_year is None:
            return self.step(path, value)
        factor = self.step(f"{path}.price_factor", self._resolution.price_factor(path, estimate))
        return self.step(path, formulas.converted(self.step(f"{path}.written", value), factor))

    def _series(self, path: str, written: Any) -> tuple[Any, ...]:
        if not isinstance(written, tuple):
            return (self.number(path, written),)
        return tuple(self.number(f"{path}[{position}]", entry) for position, entry in enumerate(written))

    def _assume(self) -> None:
        known = self._resolution.assumptions
        for name in self._resolution.order():
            estimate = self.study.assumptions[name]
            if estimate is not None and known[name] is not None:
                self.assumptions[name] = self.number(f"assumptions.{name}", estimate)

    def _held(self, name: str, outcome: Outcome) -> OutcomeNumbers:
        """The numbers of an outcome as floats, for how many cohorts and years there are."""
        found = self._resolution.outcome_numbers(name, outcome)
        assert found is not None
        return found

    def _benefit_years(self, held: OutcomeNumbers) -> int:
        return max(held.benefit_years, min(held.benefit_years + self.more_years, MOST_YEARS))

    def _money(self, name: str, entry: Input) -> list[Any]:
        """Undiscounted money of an input by year, in the study's prices."""
        path = f"inputs.{name}"
        money = list(self._series(f"{path}.value", entry.value))
        if entry.years is not None:
            years = self.number(f"{path}.years", entry.years)
            held = int(self._resolution.number(f"{path}.years", entry.years) or 1)
            more = 0 if entry.prices == "nominal" else min(self.more_years, MOST_YEARS - held)
            money = [money[0] * formulas.counted_pro_rata(years, t, self.backend) for t in range(held + more)]
        if entry.prices == "nominal":
            factor = self._resolution.prices.factor
            factors = [
                self.step(f"{path}.price_factors[{t}]", factor(self.study.first_year + t))
                for t in range(len(money))
            ]
            money = [formulas.converted(each, price) for each, price in zip(money, factors, strict=True)]
        return money

    def _discount_factors(self, schedule: str | None, rate: float | None, timing: str) -> tuple[Any, ...]:
        base = period_base(self.study)
        needed = max(self.years - base, 0)
        name = "flat" if schedule is None else schedule
        if schedule is None:
            rates = (self.step("discount_rate", rate or 0.0),) * needed
        else:
            of_step = dict(discount_schedules()[schedule])
            rates = tuple(
                self.step(f"discount_schedules.{schedule}[{first}]", of_step[first])
                for first in discount_steps(schedule, needed)
            )
        found = formulas.discount_factors(
            rates,
            self.years,
            timing,
            base,
            self.backend,
            lambda period, factor: self.step(f"periods.{name}[{period}]", factor),
        )
        return tuple(
            self.step(f"discount_factors.{name}.{timing}[{t}]", factor) for t, factor in enumerate(found)
        )

    def _factors_of(self, schedule: str | None) -> tuple[Any, ...]:
        """Discount factors of outcomes: the method's, or of a schedule of their own."""
        method = self.study.method
        schedule = schedule or method.discount_schedule
        key = "flat" if schedule is None else schedule
        if key not in self.factors:
            self.factors[key] = self._discount_factors(schedule, method.discount_rate, method.timing)
        return self.factors[key]

    def _input_factors(self) -> tuple[Any, ...]:
        method = self.study.method
        if "inputs" not in self.factors:
            discounted = method.discount_inputs
            self.factors["inputs"] = (
                self._discount_factors(method.discount_schedule, method.discount_rate, method.input_timing)
                if discounted
                else (1.0,) * self.years
            )
        return self.factors["inputs"]

    def _present(
        self, path: str, money: Sequence[Any], factors: Sequence[Any]
    ) -> tuple[tuple[Any, ...], tuple[Any, ...], Any]:
        """A flow by year, its present value by year, and the sum of that."""
        cut = [*money[: self.years], *[0.0] * (self.years - len(money))]
        by_year = tuple(self.step(f"{path}.by_year[{t}]", flow) for t, flow in enumerate(cut))
        by_year_pv = tuple(
            self.step(f"{path}.by_year_pv[{t}]", formulas.discounted(flow, factor))
            for t, (flow, factor) in enumerate(zip(by_year, factors, strict=True))
        )
        return by_year, by_year_pv, self.step(f"{path}.present_value", self.backend.total(by_year_pv))

    def _input(self, name: str, money: Sequence[Any]) -> CarriedInput:
        return CarriedInput(*self._present(f"inputs.{name}", money, self._input_factors()))

    def _outcome(self, name: str, outcome: Outcome, held: OutcomeNumbers) -> CarriedOutcome:
        path = f"outcomes.{name}"
        assert outcome.value is not None
        assert outcome.duration is not None
        assert outcome.drop_off is not None
        conventions = Conventions(self.study.method, outcome.drop_off_from)
        quantity = self._series(f"{path}.quantity", outcome.quantity)
        value = self.number(f"{path}.value", outcome.value)
        duration = self.number(f"{path}.duration", outcome.duration)
        deadweight = self._series(f"{path}.deadweight", outcome.deadweight)
        displacement = self._series(f"{path}.displacement", outcome.displacement)
        attribution = self._attribution(path, outcome)
        drop_off = self.number(f"{path}.drop_off", outcome.drop_off)
        kept = self._kept(path, conventions, deadweight, displacement, attribution, self._benefit_years(held))
        impact = self.step(f"{path}.impact", formulas.impact(quantity[0], value, kept[0]))
        benefit = tuple(
            self.step(
                f"{path}.benefit[{k}]", conventions.benefit(value, share, drop_off, duration, k, self.backend)
            )
            for k, share in enumerate(kept)
        )
        by_year: list[list[Any]] = [[] for _ in range(len(quantity) + held.first + len(benefit) - 1)]
        for cohort, units in enumerate(quantity):
            for k, money in enumerate(benefit):
                by_year[cohort + held.first + k].append(formulas.cohort_flow(units, money))
        flows = [self.backend.total(each) for each in by_year]
        present = self._present(path, flows, self._factors_of(outcome.discount_schedule))
        return CarriedOutcome(
            quantity, value, held.first, duration, deadweight, displacement, attribution, drop_off, kept, impact, benefit,
            *present, conventions.in_total(outcome),
        )  # fmt: skip

    def _attribution(self, path: str, outcome: Outcome) -> tuple[Any, ...]:
        if outcome.contribution is None:
            return self._series(f"{path}.attribution", outcome.attribution)
        ours = self._series(f"{path}.contribution", outcome.contribution)
        if not isinstance(outcome.contribution, tuple):
            return (self.step(f"{path}.attribution", formulas.due_to_others(ours[0])),)
        return tuple(
            self.step(f"{path}.attribution[{k}]", formulas.due_to_others(share))
            for k, share in enumerate(ours)
        )

    def _kept(self, path: str, conventions: Conventions, *shares: Any) -> tuple[Any, ...]:
        """Share kept in each benefit year; the last of a list holds for the years after it."""
        *deductions, years = shares
        longest = max(map(len, deductions))
        bound = [
            self.step(
                f"{path}.kept[{k}]", conventions.kept(*(each[min(k, len(each) - 1)] for each in deductions))
            )
            for k in range(longest)
        ]
        return tuple(bound[min(k, longest - 1)] for k in range(years))

    def _totals(self) -> None:
        counted = [each for each in self.outcomes.values() if each.in_total]
        total, step = self.backend.total, self.step
        self.outcomes_by_year_pv = tuple(
            step(f"outcomes_by_year_pv[{t}]", total([each.by_year_pv[t] for each in counted]))
            for t in range(self.years)
        )
        self.inputs_by_year_pv = tuple(
            step(f"inputs_by_year_pv[{t}]", total([each.by_year_pv[t] for each in self.inputs.values()]))
            for t in range(self.years)
        )
        self.present_value = step("present_value", total([each.present_value for each in counted]))
        self.investment = step("investment", total([each.present_value for each in self.inputs.values()]))
        self.social_return_ratio = step(
            "social_return_ratio", formulas.social_return_ratio(self.present_value, self.investment)
        )
        self.net_ratio = step("net_ratio", formulas.net_ratio(self.present_value, self.investment))
        self.net_present_value = step(
            "net_present_value", formulas.net_present_value(self.present_value, self.investment)
        )
