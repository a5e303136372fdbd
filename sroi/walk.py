"""The one walk of a study through the formulas, on any backend: flows by year, present values, totals."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Any

from sroi import formulas
from sroi.backends import FLOATS
from sroi.conventions import Conventions
from sroi.discounting import factors, period_base
from sroi.flows import benefits, gained, whole_years, years_lasting
from sroi.quantities import MOST_YEARS
from sroi.reference import discount_schedules, discount_steps
from sroi.values import Values

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

    from sroi.backends import Backend
    from sroi.numbers import OutcomeNumbers
    from sroi.resolution import Numbers
    from sroi.values import Guard

_MOST_INDEX = 3 * MOST_YEARS + 1
"""More years from year 0 than any flow can be away."""


@dataclass(frozen=True, slots=True)
class Totals:
    """Present values of outcomes in the total, of the savings among them, and of inputs."""

    present_value: Any
    saved: Any
    investment: Any
    gained_by_year: dict[int, Any]
    spent_by_year: dict[int, Any]


class Walk:
    """A study under way: its numbers on a backend, and what follows from them when it is asked for.

    Parameters
    ----------
    numbers : Numbers
        Of a study that a result can be given for.
    backend : Backend, default floats
        What holds the numbers.
    replaced, bind, guard, once
        As :class:`~sroi.values.Values` takes them.
    more_years : int, default 0
        Benefit years beyond each outcome's duration, and years beyond an input's last, so that a longer one
        still counts.

    Attributes
    ----------
    values : Values
    names : tuple of str
        The outcomes with a money value.
    """

    def __init__(
        self,
        numbers: Numbers,
        backend: Backend = FLOATS,
        replaced: Mapping[str, Any] | None = None,
        bind: Callable[[str, Any], Any] | None = None,
        guard: Guard | None = None,
        *,
        more_years: int = 0,
        once: bool = False,
    ) -> None:
        self.study = study = numbers.study
        self.numbers = numbers
        self.backend = backend
        self.more_years = more_years
        self.values = Values(numbers, backend, replaced, bind, guard, once=once)
        self.names = tuple(name for name, outcome in study.outcomes.items() if outcome.priced)
        self._bound = bind is not None
        self._factors: dict[tuple[str | None, float | None, str], tuple[Any, ...]] = {}
        self._outcomes: dict[str, OutcomeNumbers] = {}

    def outcome(self, name: str) -> OutcomeNumbers:
        """The numbers of one outcome with a money value."""
        if name not in self._outcomes:
            self._outcomes[name] = self.values.outcome(name)
        return self._outcomes[name]

    @cached_property
    def money(self) -> dict[str, list[Any]]:
        """Undiscounted money of each input by year, before the horizon is looked at."""
        return {name: self.values.money(name, self.more_years) for name in self.study.inputs}

    @cached_property
    def years(self) -> int:
        """How many years are counted from year 0, within the method's horizon."""
        ends = [years_lasting(self.outcome(name), self.benefit_years(name)) for name in self.names]
        return min(max(*ends, *map(len, self.money.values()), 0, 0), self.limit)

    @property
    def limit(self) -> int:
        """How many years the method counts at the most."""
        horizon = self.study.method.horizon
        return _MOST_INDEX if horizon is None else horizon + 1

    def benefit_years(self, name: str) -> int:
        """How many benefit years of an outcome are looked at."""
        numbers = self.outcome(name)
        longest = self.backend.highest(numbers.duration)
        if longest is None:
            longest = self.numbers.value(f"outcomes.{name}.duration")
        years = whole_years(longest or 0.0)
        return max(years, min(years + self.more_years, MOST_YEARS))

    def conventions(self, name: str) -> Conventions:
        """What the method says of one outcome."""
        return Conventions(self.study.method, self.study.outcomes[name].drop_off_from)

    def in_total(self, name: str) -> bool:
        """Whether an outcome is in the total."""
        return self.conventions(name).in_total(self.study.outcomes[name])

    def factors_of(self, name: str | None = None) -> tuple[Any, ...]:
        """Discount factors by year, of an outcome's own schedule or of the method."""
        method = self.study.method
        own = None if name is None else self.study.outcomes[name].discount_schedule
        if own is not None:
            return self._discount(own, None, method.timing)
        return self._discount(method.discount_schedule, method.discount_rate, method.timing)

    @property
    def input_factors(self) -> tuple[Any, ...]:
        """Discount factors by year of inputs."""
        method = self.study.method
        if not method.discount_inputs:
            return (1.0,) * _MOST_INDEX
        return self._discount(method.discount_schedule, method.discount_rate, method.input_timing)

    def _discount(self, schedule: str | None, rate: float | None, timing: str) -> tuple[Any, ...]:
        key = (schedule, rate, timing)
        if key not in self._factors:
            base = period_base(self.study)
            known = None if self._bound else factors(schedule, rate, _MOST_INDEX, timing, base)
            self._factors[key] = self._bound_factors(schedule, rate, timing, base) if known is None else known
        return self._factors[key]

    def _bound_factors(
        self, schedule: str | None, rate: float | None, timing: str, base: int
    ) -> tuple[Any, ...]:
        needed, name, step = max(self.years - base, 0), schedule or "flat", self.values.step
        if schedule is None:
            rates = (step("discount_rate", rate or 0.0),) * needed
        else:
            of_step = dict(discount_schedules()[schedule])
            firsts = discount_steps(schedule, needed)
            rates = tuple(step(f"discount_schedules.{schedule}[{each}]", of_step[each]) for each in firsts)
        found = formulas.discount_factors(
            rates,
            self.years,
            timing,
            base,
            self.backend,
            lambda at, factor: step(f"periods.{name}[{at}]", factor),
        )
        return tuple(step(f"discount_factors.{name}.{timing}[{t}]", factor) for t, factor in enumerate(found))

    def kept(self, name: str) -> list[Any]:
        """Share of an outcome kept in each benefit year for which deductions are listed."""
        numbers, conventions = self.outcome(name), self.conventions(name)
        shares = [conventions.kept(*numbers.at(k)) for k in range(numbers.listed)]
        guard = self.values.guard
        return shares if guard is None else [guard.kept(name, share) for share in shares]

    def benefits(self, name: str, kept: Sequence[Any], units: Any = 1.0) -> Iterator[Any]:
        """Money of each benefit year of some units of an outcome, without end."""
        return benefits(self.outcome(name), self.conventions(name), kept, units, self.backend)

    def flows(self, name: str) -> Iterator[tuple[int, Any]]:
        """Money of one outcome with its year, a benefit year of a cohort at a time, within the horizon."""
        numbers = self.outcome(name)
        first, *others = numbers.quantity
        alike = all(
            each is first or (isinstance(each, float) and isinstance(first, float) and each == first)
            for each in others
        )
        stream = self.benefits(name, self.kept(name), first if alike else 1.0)
        for k, money in enumerate(
            islice(stream, max(min(self.benefit_years(name), self.limit - numbers.first), 0))
        ):
            whole = gained(numbers, money, self.backend) if alike else None
            for cohort, units in enumerate(numbers.quantity):
                t = cohort + numbers.first + k
                if t < self.limit:
                    flow = (
                        whole if alike else gained(numbers, formulas.cohort_flow(units, money), self.backend)
                    )
                    yield t, flow
        if self.backend is not FLOATS:
            self._outcomes.pop(name)  # draws are large, and looked at once

    def spent(self, name: str) -> list[Any]:
        """Money of one input by year, within the years counted."""
        return self.money[name][: self.limit]

    def outcome_value(self, name: str) -> Any:
        """Present value of one outcome."""
        by_factor = self.factors_of(name)
        return self.backend.total(formulas.discounted(money, by_factor[t]) for t, money in self.flows(name))

    def input_value(self, name: str) -> Any:
        """Present value of one input."""
        paired = zip(self.spent(name), self.input_factors, strict=False)
        return self.backend.total(formulas.discounted(money, factor) for money, factor in paired)

    def totals(
        self, savings: Collection[str] = (), on_outcome: Callable[[str, Any], None] | None = None
    ) -> Totals:
        """Present values of everything, of each outcome alone or of those discounted alike."""
        groups: dict[tuple[str | None, bool, str | None], list[str]] = {}
        for name in filter(self.in_total, self.names):
            schedule = self.study.outcomes[name].discount_schedule
            groups.setdefault((schedule, name in savings, name if on_outcome else None), []).append(name)
        by_year, total, saved = self.backend.sums, self.backend.total, list[Any]()

        def gains() -> Iterator[tuple[int, Any]]:
            for (_, saves, alone), names in groups.items():
                by_factor = self.factors_of(names[0])
                money = by_year(flow for name in names for flow in self.flows(name)).items()
                present = [(t, formulas.discounted(each, by_factor[t])) for t, each in money]
                if saves or alone is not None:
                    whole = total(each for _, each in present)
                    saved.extend([whole] if saves else [])
                    if on_outcome is not None and alone is not None:
                        on_outcome(alone, whole)
                yield from present

        gained = by_year(gains())
        spent = by_year(
            (t, formulas.discounted(money, self.input_factors[t]))
            for name in self.study.inputs
            for t, money in enumerate(self.spent(name))
        )
        return Totals(total(gained.values()), total(saved), total(spent.values()), gained, spent)
