"""Wellbeing in its own units: WELLBYs and QALYs, discounted at the health rate, with no money in them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sroi import formulas
from sroi.evaluation.engine import benefit_stream, by_calendar_year, factors, period_base
from sroi.resolution import Resolution
from sroi.results.ledger_parts import WellbeingLine

if TYPE_CHECKING:
    from sroi.model import Estimate, Study
    from sroi.results import Evaluation

HEALTH_SCHEDULE = "green-book-2026-health"
"""Schedule of effects on health and life: The Green Book (2026), paragraph 6.58."""


def wellbeing(evaluation: Evaluation) -> tuple[WellbeingLine, ...]:
    """Every outcome that says how many WELLBYs or QALYs a unit of it holds, in the order of the study."""
    study = evaluation.study
    resolution = Resolution(study)
    found = []
    for row in evaluation.outcomes:
        outcome = study.outcomes[row.outcome]
        for measure, field, held in (
            ("WELLBY", "wellbys", outcome.wellbys),
            ("QALY", "qalys", outcome.qalys),
        ):
            flow = None if held is None else _flow(study, resolution, row.outcome, field, held)
            if flow is not None:
                years = max(len(evaluation.discount_factors), len(flow))
                if study.method.horizon is not None:
                    years = min(years, study.method.horizon + 1)
                kept = tuple(float(units) for units in (*flow, *(0.0,) * years)[:years])
                by_factor = factors(HEALTH_SCHEDULE, None, years, study.method.timing, period_base(study))
                discounted = sum(
                    formulas.discounted(units, factor) for units, factor in zip(kept, by_factor, strict=True)
                )
                found.append(WellbeingLine(row.outcome, row.title, measure, sum(kept), discounted, kept))
    return tuple(found)


def _flow(study: Study, resolution: Resolution, name: str, field: str, held: Estimate) -> Any:
    outcome = study.outcomes[name]
    per_unit = resolution.number(f"outcomes.{name}.{field}", held)
    numbers = resolution.outcome_numbers(name, outcome.model_copy(update={"value": held}))
    if numbers is None or per_unit is None:
        return None
    numbers = replace(numbers, value=per_unit)
    return by_calendar_year(numbers, benefit_stream(numbers, study.method, outcome.drop_off_from))
