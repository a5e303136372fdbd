"""From gross value to present value: what each deduction takes, so that every step can be seen and adds up."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from sroi import formulas
from sroi.evaluation.engine import benefit_stream, by_calendar_year, factors, period_base
from sroi.resolution import OutcomeNumbers, Resolution

if TYPE_CHECKING:
    from sroi.results.evaluation import Evaluation

STAGES = ("gross value", "deadweight", "displacement", "attribution", "drop-off", "discounting")
"""The value before anything is taken off, and what takes from it, in order."""


@dataclass(frozen=True, slots=True)
class Bridge:
    """What is left of the value after each stage, in the study's prices, over the years that the method counts.

    Attributes
    ----------
    left : dict of str to tuple of float
        For each outcome in the total, what is left after each of :data:`STAGES`; the last is its present
        value.
    """

    left: dict[str, tuple[float, ...]]

    @property
    def totals(self) -> tuple[float, ...]:
        """What is left after each stage, all outcomes together."""
        return tuple(sum(row[stage] for row in self.left.values()) for stage in range(len(STAGES)))

    @property
    def steps(self) -> tuple[tuple[str, float], ...]:
        """The gross value, and what each stage adds to it: below zero where it takes away. They sum to the present value."""
        totals = self.totals
        return (
            (STAGES[0], totals[0]),
            *(
                (name, after - before)
                for name, before, after in zip(STAGES[1:], totals, totals[1:], strict=False)
            ),
        )


def bridge(evaluation: Evaluation) -> Bridge:
    """From gross value to present value, over the outcomes in the total.

    Gross value is quantity × financial proxy over all benefit years that count, before any deduction,
    drop-off or discounting. Each stage is the engine's own stream with one more of the study's numbers in it,
    in the order in which the deductions are taken.
    """
    study = evaluation.study
    resolution = Resolution(study)
    left = {}
    for row in evaluation.outcomes:
        numbers = (
            resolution.outcome_numbers(row.outcome, study.outcomes[row.outcome]) if row.in_total else None
        )
        if numbers is not None:
            left[row.outcome] = _left(evaluation, row.outcome, numbers)
    return Bridge(left)


def _left(evaluation: Evaluation, name: str, numbers: OutcomeNumbers) -> tuple[float, ...]:
    nothing = (0.0,) * numbers.benefit_years
    stages = [replace(numbers, deadweight=nothing, displacement=nothing, attribution=nothing, drop_off=0.0)]
    for field in ("deadweight", "displacement", "attribution", "drop_off"):
        stages.append(replace(stages[-1], **{field: getattr(numbers, field)}))
    study, years = evaluation.study, len(evaluation.discount_factors)
    outcome, method = study.outcomes[name], study.method
    flows = [
        by_calendar_year(numbers, benefit_stream(each, method, outcome.drop_off_from))[:years]
        for each in stages
    ]
    own = outcome.discount_schedule
    by_factor = (
        evaluation.discount_factors
        if own is None
        else factors(own, None, years, method.timing, period_base(study))
    )
    present = formulas.discounted(flows[-1], np.asarray(by_factor)[: len(flows[-1])])
    return (*(float(flow.sum()) for flow in flows), float(present.sum()))
