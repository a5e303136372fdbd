"""Demand avoided: units of a service that are needed less, before and after deductions, and what each outcome costs; no money is needed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sroi import formulas
from sroi.accounts.ratios import finite
from sroi.evaluation.engine import benefit_stream, by_calendar_year
from sroi.model import Attribution, Deadweight, Displacement, DropOff, FinancialProxy
from sroi.model.owners import owner
from sroi.resolution import Resolution
from sroi.results.ledger_parts import DemandLine
from sroi.results.rows import title_of

if TYPE_CHECKING:
    from sroi.model import Outcome, Study
    from sroi.resolution import OutcomeNumbers
    from sroi.results import Evaluation


def demand(evaluation: Evaluation) -> tuple[DemandLine, ...]:
    """Every outcome of a study in units, in the order of the study; those whose quantity, start or duration is not assessed are left out."""
    study = evaluation.study
    resolution = Resolution(study)
    read: dict[str, tuple[OutcomeNumbers, OutcomeNumbers | None]] = {}
    for name, outcome in study.outcomes.items():
        one = outcome.model_copy(update={"value": FinancialProxy(value=1.0)})
        numbers = resolution.outcome_numbers(name, one)
        whole = numbers or resolution.outcome_numbers(name, one.model_copy(update=undeducted(outcome)))
        if whole is not None:
            read[name] = (whole, numbers)
    ends = [len(whole.quantity) + whole.first + whole.benefit_years - 1 for whole, _ in read.values()]
    years = max([len(evaluation.discount_factors), *ends])
    if study.method.horizon is not None:
        years = min(years, study.method.horizon + 1)
    return tuple(_line(evaluation, name, whole, numbers, years) for name, (whole, numbers) in read.items())


def undeducted(outcome: Outcome) -> dict[str, Any]:
    """Nothing deducted; what is left by drop-off stays, where it is assessed."""
    nothing = {
        "deadweight": Deadweight(value=0.0),
        "displacement": Displacement(value=0.0),
        "attribution": Attribution(value=0.0),
    }
    return {**nothing, "contribution": None, "drop_off": outcome.drop_off or DropOff(value=0.0)}


def _line(
    evaluation: Evaluation, name: str, whole: OutcomeNumbers, numbers: OutcomeNumbers | None, years: int
) -> DemandLine:
    """One line; ``numbers`` is None where a deduction is not assessed."""
    study = evaluation.study
    outcome, row = study.outcomes[name], evaluation.row(name)
    worse = row.value is not None and row.value < 0
    sign = -1.0 if worse and outcome.unit is not None else 1.0

    def by_year(found: OutcomeNumbers) -> tuple[float, ...]:
        flow = sign * by_calendar_year(found, benefit_stream(found, study.method, outcome.drop_off_from))
        return tuple(float(units) for units in (*flow, *(0.0,) * years)[:years])

    def begun(found: OutcomeNumbers) -> tuple[float, ...]:
        return tuple(found.quantity[: max(years - found.first, 0)])

    none = (0.0,) * whole.benefit_years
    before = by_year(replace(whole, deadweight=none, displacement=none, attribution=none))
    after = None if numbers is None else by_year(numbers)
    units = None if after is None else sum(after)
    cost = None if row.value is None else abs(row.value)
    attributable = (
        None
        if numbers is None
        else sign * sum(formulas.impact(each, 1.0, _kept(numbers, study)) for each in begun(numbers))
    )
    account = owner(study, outcome)

    def over(count: float | None) -> float | None:
        return (
            finite(formulas.cost_a_unit(evaluation.investment, count))
            if count is not None and count > 0 and not worse
            else None
        )

    return DemandLine(
        outcome=name,
        title=title_of(name, outcome),
        service=outcome.unit,
        party=account.party,
        payer=account.payer,
        before=sum(before),
        after=units,
        by_year_before=before,
        by_year_after=after,
        unit_cost=cost,
        total=None if cost is None or units is None else formulas.impact(units, cost, 1.0),
        attributable=attributable,
        cost_per_unit=over(units) if outcome.unit is not None else None,
        cost_per_outcome=over(attributable),
    )


def _kept(numbers: OutcomeNumbers, study: Study) -> float:
    combined = formulas.kept_added if study.method.deductions == "added" else formulas.kept_multiplied
    return float(combined(numbers.deadweight[0], numbers.displacement[0], numbers.attribution[0]))


def needed_less(lines: tuple[DemandLine, ...]) -> dict[str, float]:
    """Units of each service that are needed less, after deductions; what is needed more is taken off."""
    found: dict[str, float] = {}
    for line in lines:
        if line.service is not None and line.after is not None:
            found[line.service] = found.get(line.service, 0.0) + line.after
    return found
