"""From gross value to present value: what each deduction takes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sroi.model import DEDUCTIONS
from sroi.resolution import numbers_of
from sroi.walk import flow_by_year

if TYPE_CHECKING:
    from sroi.numbers import OutcomeNumbers
    from sroi.results.evaluation import Evaluation

STAGES = ("gross value", *DEDUCTIONS, "drop-off", "discounting")
"""The value before anything is taken off, and what takes from it, in order."""


@dataclass(frozen=True, slots=True)
class Bridge:
    """What is left of the value after each stage, in the study's prices, over the years counted.

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
        """The gross value, and what each stage adds to it; they sum to the present value."""
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
    numbers = numbers_of(evaluation.study)
    left = {}
    for row in evaluation.outcomes:
        found = numbers.outcome(row.outcome) if row.in_total else None
        if found is not None and row.present_value is not None:
            left[row.outcome] = (*_left(evaluation, row.outcome, found), row.present_value)
    return Bridge(left)


def _left(evaluation: Evaluation, name: str, numbers: OutcomeNumbers) -> tuple[float, ...]:
    none = dict.fromkeys(DEDUCTIONS, (0.0,))
    stages = [replace(numbers, deductions=none, drop_off=0.0)]
    for key in DEDUCTIONS:
        taken = {**stages[-1].deductions, key: numbers.deductions[key]}
        stages.append(replace(stages[-1], deductions=taken))
    stages.append(numbers)
    study, years = evaluation.study, len(evaluation.discount_factors)
    own = study.outcomes[name].drop_off_from
    return tuple(sum(flow_by_year(each, study.method, own, years)) for each in stages)
