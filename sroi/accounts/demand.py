"""Demand avoided: units of a service that are needed less, before and after deductions, and what each outcome costs; no money is needed."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from sroi import formulas
from sroi.accounts.ratios import finite
from sroi.evaluation.engine import benefit_stream, by_calendar_year
from sroi.evaluation.owners import owner
from sroi.evaluation.rows import title_of
from sroi.model import Attribution, Deadweight, Displacement, DropOff, FinancialProxy
from sroi.resolution import Resolution

if TYPE_CHECKING:
    from sroi.evaluation import Evaluation
    from sroi.model import Outcome, Study
    from sroi.resolution import OutcomeNumbers


@dataclass(frozen=True, slots=True)
class DemandLine:
    """One outcome in units. Of a service, positive where fewer are needed and negative where more are.

    Attributes
    ----------
    outcome, title : str
        Its name, and in words.
    service : str or None
        The unit of a service; None for an outcome that is no service, which has a cost an outcome and no
        demand.
    party, payer : str or None
        Whose budget it is.
    before, after : float or None
        Units over all years, before and after deductions; None where a deduction is not assessed.
    by_year_before, by_year_after : tuple of float or None
        The same by year from year 0, undiscounted.
    unit_cost : float or None
        Money a unit, in the study's prices; None where it has no money value.
    total : float or None
        Units after deductions × unit cost, undiscounted.
    attributable : float or None
        Outcomes of all cohorts that begin within the years counted, after the deductions of their first
        benefit year, however long they last.
    cost_per_unit, cost_per_outcome : float or None
        All inputs over the units after deductions, and over the attributable outcomes: of this line alone, as
        if nothing else came of them.
    """

    outcome: str
    title: str
    service: str | None
    party: str
    payer: str | None
    before: float
    after: float | None
    by_year_before: tuple[float, ...]
    by_year_after: tuple[float, ...] | None
    unit_cost: float | None
    total: float | None
    attributable: float | None
    cost_per_unit: float | None
    cost_per_outcome: float | None

    def to_dict(self) -> dict[str, Any]:
        """The line as plain values."""
        return {
            key: list(value) if isinstance(value, tuple) else value for key, value in asdict(self).items()
        }


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
