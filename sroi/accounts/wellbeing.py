"""Wellbeing in its own units: WELLBYs and QALYs, discounted at the health rate, with no money in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sroi import formulas
from sroi.discounting import factors, period_base
from sroi.flows import counted_years, flow_by_year
from sroi.resolution import numbers_of
from sroi.results.ledger_parts import WellbeingLine

if TYPE_CHECKING:
    from sroi.results import Evaluation

HEALTH_SCHEDULE = "green-book-2026-health"
"""Schedule of effects on health and life: The Green Book (2026), paragraph 6.58."""


def wellbeing(evaluation: Evaluation) -> tuple[WellbeingLine, ...]:
    """Every outcome that says how many WELLBYs or QALYs a unit of it holds, in the order of the study."""
    study = evaluation.study
    numbers = numbers_of(study)
    found = []
    for row in evaluation.outcomes:
        for measure, field in (("WELLBY", "wellbys"), ("QALY", "qalys")):
            per_unit = numbers.value(f"outcomes.{row.outcome}.{field}")
            held = None if per_unit is None else numbers.outcome(row.outcome, value=per_unit)
            if held is not None:
                years = counted_years(study, len(evaluation.discount_factors), held)
                flow = flow_by_year(held, study.method, study.outcomes[row.outcome].drop_off_from, years)
                by_factor = factors(HEALTH_SCHEDULE, None, years, study.method.timing, period_base(study))
                discounted = sum(map(formulas.discounted, flow, by_factor))
                found.append(WellbeingLine(row.outcome, row.title, measure, sum(flow), discounted, flow))
    return tuple(found)
