"""Every step of a walk, by name: what a result, a workbook and a page are made of."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

from sroi import formulas
from sroi.flows import cohort_flows
from sroi.walk import Walk

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sroi.backends import Backend
    from sroi.numbers import OutcomeNumbers


@dataclass(frozen=True, slots=True)
class OutcomeSteps:
    """The steps of one outcome.

    ``kept`` and ``benefit`` are by benefit year and of one unit; ``by_year`` counts from year 0, and
    ``dropped`` is the money that falls after the method's horizon.
    """

    numbers: OutcomeNumbers
    kept: tuple[Any, ...]
    impact: Any
    benefit: tuple[Any, ...]
    by_year: tuple[Any, ...]
    by_year_pv: tuple[Any, ...]
    present_value: Any
    dropped: Any
    in_total: bool


@dataclass(frozen=True, slots=True)
class InputSteps:
    """The steps of one input, counted from year 0."""

    by_year: tuple[Any, ...]
    by_year_pv: tuple[Any, ...]
    present_value: Any
    dropped: Any


@dataclass(frozen=True, slots=True)
class Steps:
    """Every step of a study, from its numbers to the headlines.

    Attributes
    ----------
    walk : Walk
        What they were made by.
    discount_factors : tuple
        The method's factors for outcomes, by year from year 0.
    outcomes, inputs : dict
        By name; an outcome without a money value is not among them.
    outcomes_by_year_pv, inputs_by_year_pv : tuple
        Present value by year from year 0 of all outcomes in the total, and of all inputs.
    present_value, investment, social_return_ratio, net_ratio, net_present_value : number
        The headlines.
    """

    walk: Walk
    discount_factors: tuple[Any, ...]
    outcomes: dict[str, OutcomeSteps]
    inputs: dict[str, InputSteps]
    outcomes_by_year_pv: tuple[Any, ...]
    inputs_by_year_pv: tuple[Any, ...]
    present_value: Any
    investment: Any
    social_return_ratio: Any
    net_ratio: Any
    net_present_value: Any

    @property
    def values(self) -> dict[str, Any]:
        """What stands for each number and step, by path, of a walk whose steps are bound."""
        return self.walk.values.bound

    @property
    def backend(self) -> Backend:
        """What holds the numbers."""
        return self.walk.backend

    @property
    def years(self) -> int:
        """How many years are counted, from year 0."""
        return self.walk.years


def steps_of(walk: Walk) -> Steps:
    """Every step of a walk, with the inputs first and the headlines last.

    Parameters
    ----------
    walk : Walk
        Of a study that :func:`sroi.evaluate` gives a result for.

    Notes
    -----
    Paths, in the order of the calculation; ``[i]`` counts from 0:

    - ``assumptions.NAME``, ``outcomes.NAME.FIELD`` and ``inputs.NAME.FIELD``, ``…[i]`` where a list is
      written: a number in the study's prices. Where it has a price year, ``….written`` and
      ``….price_factor`` come before it;
    - ``inputs.NAME.price_factors[t]`` of nominal inputs;
    - ``discount_rate``, or ``discount_schedules.NAME[FIRST]`` for the rate of the step that begins in year
      FIRST;
    - ``periods.SCHEDULE[p]``, the factor of p whole periods, and ``discount_factors.SCHEDULE.TIMING[t]``;
      SCHEDULE is ``flat`` for a flat rate;
    - ``outcomes.NAME.kept[k]``, ``.impact``, ``.benefit[k]``, ``.by_year[t]``, ``.by_year_pv[t]``,
      ``.present_value``;
    - ``inputs.NAME.by_year[t]``, ``.by_year_pv[t]``, ``.present_value``;
    - ``outcomes_by_year_pv[t]``, ``inputs_by_year_pv[t]``, ``present_value``, ``investment``,
      ``social_return_ratio``, ``net_ratio``, ``net_present_value``.
    """
    backend = walk.backend
    step, total = walk.values.step, backend.total

    def present(path: str, money: Sequence[Any], factors: Sequence[Any]) -> tuple[Any, Any, Any, Any]:
        cut = (*money[: walk.years], *(0.0,) * (walk.years - len(money)))
        by_year = tuple(step(f"{path}.by_year[{t}]", flow) for t, flow in enumerate(cut))
        by_year_pv = tuple(
            step(f"{path}.by_year_pv[{t}]", formulas.discounted(flow, factor))
            for t, (flow, factor) in enumerate(zip(by_year, factors, strict=False))
        )
        return (
            by_year,
            by_year_pv,
            step(f"{path}.present_value", total(by_year_pv)),
            total(money[walk.years :]),
        )

    def outcome(name: str) -> OutcomeSteps:
        path, held = f"outcomes.{name}", walk.outcome(name)
        kept = tuple(step(f"{path}.kept[{k}]", share) for k, share in enumerate(walk.kept(name)))
        impact = step(f"{path}.impact", formulas.impact(held.quantity[0], held.value[0], kept[0]))
        stream = islice(walk.benefits(name, kept), walk.benefit_years(name))
        benefit = tuple(step(f"{path}.benefit[{k}]", money) for k, money in enumerate(stream))
        flows = backend.sums(cohort_flows(held, benefit, backend))
        money = [flows.get(t, 0.0) for t in range(max(flows, default=-1) + 1)]
        found = present(path, money, walk.factors_of(name))
        return OutcomeSteps(held, kept, impact, benefit, *found, in_total=walk.in_total(name))

    def by_year(path: str, rows: Iterable[OutcomeSteps | InputSteps]) -> tuple[Any, ...]:
        columns = zip(*(each.by_year_pv for each in rows), strict=True)
        summed = tuple(step(f"{path}[{t}]", total(column)) for t, column in enumerate(columns))
        return summed or tuple(step(f"{path}[{t}]", 0.0) for t in range(walk.years))

    factors = walk.factors_of()[: walk.years]
    input_factors = walk.input_factors
    inputs = {
        name: InputSteps(*present(f"inputs.{name}", walk.money[name], input_factors)) for name in walk.money
    }
    outcomes = {name: outcome(name) for name in walk.names}
    counted = [each for each in outcomes.values() if each.in_total]
    gained, spent = by_year("outcomes_by_year_pv", counted), by_year("inputs_by_year_pv", inputs.values())
    value = step("present_value", total([each.present_value for each in counted]))
    investment = step("investment", total([each.present_value for each in inputs.values()]))
    return Steps(
        walk, factors, outcomes, inputs, gained, spent, value, investment,
        step("social_return_ratio", formulas.social_return_ratio(value, investment)),
        step("net_ratio", formulas.net_ratio(value, investment)),
        step("net_present_value", formulas.net_present_value(value, investment)),
    )  # fmt: skip
