"""From gross value to present value: what each deduction takes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sroi.flows import flow_by_year
from sroi.model import DEDUCTIONS
from sroi.optimism import biases
from sroi.resolution import numbers_of
from sroi.walk import Walk

if TYPE_CHECKING:
    from sroi.numbers import OutcomeNumbers
    from sroi.results.evaluation import Evaluation

STAGES = ("gross value", *DEDUCTIONS, "drop-off", "discounting")
"""The value before anything is taken off, and what takes from it, in order."""

_WITH_OPTIMISM = (*STAGES[:-1], "optimism bias", STAGES[-1])


@dataclass(frozen=True, slots=True)
class Bridge:
    """What is left of the value after each stage, in the study's prices, over the years counted.

    Attributes
    ----------
    left : dict of str to tuple of float
        For each outcome in the total, what is left after each stage; the last is its present value.
    stages : tuple of str
        :data:`STAGES`, and optimism bias before discounting where the method applies one.
    """

    left: dict[str, tuple[float, ...]]
    stages: tuple[str, ...] = STAGES

    @property
    def totals(self) -> tuple[float, ...]:
        """What is left after each stage, all outcomes together."""
        return tuple(sum(row[stage] for row in self.left.values()) for stage in range(len(self.stages)))

    @property
    def steps(self) -> tuple[tuple[str, float], ...]:
        """The gross value, and what each stage adds to it; they sum to the present value."""
        totals = self.totals
        return (
            (self.stages[0], totals[0]),
            *(
                (name, after - before)
                for name, before, after in zip(self.stages[1:], totals, totals[1:], strict=False)
            ),
        )


def bridge(evaluation: Evaluation) -> Bridge:
    """From gross value to present value, over the outcomes in the total.

    Gross value is quantity × financial proxy over all benefit years that count, before any deduction,
    drop-off or discounting. Each stage is the engine's own stream with one more of the study's numbers in it,
    in the order in which the deductions are taken.
    """
    numbers = numbers_of(evaluation.study)
    walk, applied = Walk(numbers), bool(biases(numbers))
    left = {}
    for row in evaluation.outcomes:
        if row.in_total and row.present_value is not None:
            found = walk.outcome(row.outcome)
            left[row.outcome] = (*_left(evaluation, row.outcome, found, applied=applied), row.present_value)
    return Bridge(left, _WITH_OPTIMISM if applied else STAGES)


def _left(evaluation: Evaluation, name: str, numbers: OutcomeNumbers, *, applied: bool) -> tuple[float, ...]:
    none = dict.fromkeys(DEDUCTIONS, (0.0,))
    stages = [replace(numbers, deductions=none, drop_off=0.0, optimism=None)]
    for key in DEDUCTIONS:
        taken = {**stages[-1].deductions, key: numbers.deductions[key]}
        stages.append(replace(stages[-1], deductions=taken))
    stages.append(replace(numbers, optimism=None))
    stages += [numbers] if applied else []
    study, years = evaluation.study, len(evaluation.discount_factors)
    own = study.outcomes[name].drop_off_from
    return tuple(sum(flow_by_year(each, study.method, own, years)) for each in stages)
