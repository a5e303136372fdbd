"""Demand avoided: units of a service that are needed less, and what each outcome costs."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sroi import formulas
from sroi.accounts.ratios import finite
from sroi.conventions import Conventions
from sroi.flows import counted_years, flow_by_year
from sroi.model import DEDUCTIONS
from sroi.model.owners import owner
from sroi.resolution import numbers_of
from sroi.results.ledger_parts import DemandLine
from sroi.results.rows import title_of

if TYPE_CHECKING:
    from sroi.numbers import OutcomeNumbers
    from sroi.resolution import Numbers
    from sroi.results import Evaluation


def demand(evaluation: Evaluation) -> tuple[DemandLine, ...]:
    """Every outcome in units whose quantity, start and duration are assessed, in the order of the study."""
    study, numbers = evaluation.study, numbers_of(evaluation.study)
    read: dict[str, tuple[OutcomeNumbers, OutcomeNumbers | None]] = {}
    for name in study.outcomes:
        after = numbers.outcome(name, value=1.0)
        before = after or numbers.outcome(name, **undeducted(numbers, name))
        if before is not None:
            read[name] = (replace(before, deductions=dict.fromkeys(DEDUCTIONS, (0.0,))), after)
    years = counted_years(study, len(evaluation.discount_factors), *(before for before, _ in read.values()))
    return tuple(_line(evaluation, name, before, after, years) for name, (before, after) in read.items())


def undeducted(numbers: Numbers, name: str) -> dict[str, Any]:
    """Numbers in place of an outcome's own: one for its value, nothing deducted, its drop-off if assessed."""
    drop_off = numbers.value(f"outcomes.{name}.drop_off")
    return {"value": 1.0, **dict.fromkeys(DEDUCTIONS, (0.0,)), "drop_off": drop_off or 0.0}


def _line(
    evaluation: Evaluation, name: str, before: OutcomeNumbers, after: OutcomeNumbers | None, years: int
) -> DemandLine:
    """One line; ``after`` is None where a deduction is not assessed."""
    study = evaluation.study
    outcome, row = study.outcomes[name], evaluation.row(name)
    proxies = row.value if isinstance(row.value, tuple) else () if row.value is None else (row.value,)
    worse = bool(proxies) and proxies[0] < 0
    sign = -1.0 if worse and outcome.unit is not None else 1.0

    def by_year(found: OutcomeNumbers) -> tuple[float, ...]:
        flow = flow_by_year(found, study.method, outcome.drop_off_from, years)
        return tuple(sign * units for units in flow)

    gross = by_year(before)
    net = None if after is None else by_year(after)
    units = None if net is None else sum(net)
    cost = abs(proxies[0]) if proxies else None
    total = None if cost is None or units is None else formulas.impact(units, cost, 1.0)
    if total is not None and len(proxies) > 1:
        full = numbers_of(study).outcome(name)
        assert full is not None
        money = sum(flow_by_year(full, study.method, outcome.drop_off_from, years))
        total = money * (-sign if worse else sign)
        cost = finite(formulas.cost_a_unit(total, units)) if units else cost
    attributable = None
    if after is not None:
        kept = Conventions(study.method).kept(*after.at(0))
        begun = after.quantity[: max(years - after.first, 0)]
        attributable = sign * sum(formulas.impact(each, 1.0, kept) for each in begun)
    account = owner(study, outcome)
    unit = None if outcome.unit is None else study.units.get(outcome.unit)
    named = None if unit is None or unit.whole is None else f"assumptions.{unit.whole}"
    whole = None if named is None else numbers_of(study).value(named)
    share = finite(formulas.share_of(max(net, key=abs), whole)) if net and whole and whole > 0 else None

    def over(count: float | None) -> float | None:
        if count is None or count <= 0 or worse:
            return None
        return finite(formulas.cost_a_unit(evaluation.investment, count))

    return DemandLine(
        outcome=name,
        title=title_of(name, outcome),
        service=outcome.unit,
        party=account.party,
        payer=account.payer,
        before=sum(gross),
        after=units,
        by_year_before=gross,
        by_year_after=net,
        unit_cost=cost,
        total=total,
        attributable=attributable,
        cost_per_unit=over(units) if outcome.unit is not None else None,
        cost_per_outcome=over(attributable),
        whole=whole,
        share_of_whole=share,
    )


def needed_less(lines: tuple[DemandLine, ...]) -> dict[str, float]:
    """Units of each service that are needed less, after deductions; what is needed more is taken off."""
    found: dict[str, float] = {}
    for line in lines:
        if line.service is not None and line.after is not None:
            found[line.service] = found.get(line.service, 0.0) + line.after
    return found
