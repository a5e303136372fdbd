"""What the result would be under adjustments that the headline does not make: each beside it, none in it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sroi import formulas
from sroi.backends import FLOATS
from sroi.flows import flow_by_year
from sroi.formatting import listed
from sroi.model.owners import gainer
from sroi.optimism import biases, corrections, weakest_grades
from sroi.resolution import numbers_of
from sroi.results.ledger_parts import Adjustment
from sroi.walk import Walk

if TYPE_CHECKING:
    from collections.abc import Callable

    from sroi.results import Evaluation, InputRow, OutcomeRow


def adjustments(evaluation: Evaluation) -> tuple[Adjustment, ...]:
    """Every adjustment of a result."""
    return (
        _by_confidence(evaluation),
        _for_optimism(evaluation),
        _by_income(evaluation),
        _in_place(evaluation),
    )


def _made(
    evaluation: Evaluation,
    name: str,
    title: str,
    note: str,
    benefit: Callable[[OutcomeRow], float],
    cost: Callable[[InputRow], float] = lambda row: row.present_value,
) -> Adjustment:
    total = sum(benefit(row) for row in evaluation.outcomes if row.in_total and row.present_value is not None)
    spent = sum(cost(row) for row in evaluation.inputs)
    ratio, net = formulas.social_return_ratio(total, spent), formulas.net_present_value(total, spent)
    return Adjustment(name, title, float(ratio), float(net), float(total), float(spent), note)


def _by_confidence(evaluation: Evaluation) -> Adjustment:
    if evaluation.study.method.optimism_bias == "by_grade":
        return _already("confidence_adjusted", "Lowered by grade of evidence")
    grades = weakest_grades(numbers_of(evaluation.study))
    note = "each benefit lowered by the grade of the weakest number that it rests on"
    return _made(
        evaluation,
        "confidence_adjusted",
        "Lowered by grade of evidence",
        note,
        lambda row: _lowered(row, grades),
    )


def _already(name: str, title: str) -> Adjustment:
    note = "not made: the method applies optimism bias, and it is in the result"
    return Adjustment(name, title, None, None, None, None, note)


def _for_optimism(evaluation: Evaluation) -> Adjustment:
    if biases(numbers_of(evaluation.study)):
        return _already("optimism_bias", "Corrected for optimism")
    grades = weakest_grades(numbers_of(evaluation.study))

    def raised(row: InputRow) -> float:
        return float(formulas.raised(row.present_value, corrections()[grades[f"inputs.{row.input}"]]))

    note = "benefits lowered as above, and each input raised by as much for its own weakest number, "
    note += "which is this package's own reading"
    return _made(
        evaluation, "optimism_bias", "Corrected for optimism", note, lambda row: _lowered(row, grades), raised
    )


def _lowered(row: OutcomeRow, grades: dict[str, str]) -> float:
    """A gain lowered; a change for the worse is left as it is."""
    correction = corrections()[grades[f"outcomes.{row.outcome}"]]
    return float(formulas.lowered(row.present_value or 0.0, correction, FLOATS))


def _by_income(evaluation: Evaluation) -> Adjustment:
    study, numbers = evaluation.study, numbers_of(evaluation.study)
    weights: dict[str, float] = {}
    for name in study.stakeholders:
        income = numbers.value(f"stakeholders.{name}.relative_income")
        if income is not None:
            weights[name] = float(formulas.welfare_weight(income, FLOATS))
    name, title = "distributional_weights", "Weighted by income"
    if not weights:
        note = "not made: no stakeholder has its income relative to the national median"
        return Adjustment(name, title, None, None, None, None, note)

    def weighted(row: OutcomeRow) -> float:
        return float(
            formulas.weighted(
                row.present_value, weights.get(gainer(study, study.outcomes[row.outcome]) or "", 1.0)
            )
        )

    shown = listed(f"{study.stakeholders[who].title} {weight:.3g}" for who, weight in weights.items())
    note = f"money times the welfare weight of who gains ({shown}; all others 1), inputs unweighted: "
    note += "The Green Book (2026), paragraphs 7.11 to 7.13"
    return _made(evaluation, name, title, note, weighted)


def _in_place(evaluation: Evaluation) -> Adjustment:
    study, numbers = evaluation.study, numbers_of(evaluation.study)
    name, title = "place_view", "In the view of the place"
    local = [
        each
        for each, outcome in study.outcomes.items()
        if outcome.leakage is not None or outcome.displacement_outside is not None
    ]
    if not local:
        note = "not made: no outcome says how much of it reaches people outside the place"
        return Adjustment(name, title, None, None, None, None, note)

    walk = Walk(numbers)

    def kept(row: OutcomeRow) -> float:
        outcome = study.outcomes[row.outcome]
        if row.outcome not in local:
            return row.present_value or 0.0
        path = f"outcomes.{row.outcome}"
        leakage, outside = (
            numbers.value(f"{path}.{key}") or 0.0 for key in ("leakage", "displacement_outside")
        )
        found = walk.outcome(row.outcome)
        displaced = tuple(
            formulas.displaced_within(share, outside) for share in found.deductions["displacement"]
        )
        here = replace(found, deductions={**found.deductions, "displacement": displaced})
        flow = flow_by_year(here, study.method, outcome.drop_off_from, walk.years)
        present = sum(map(formulas.discounted, flow, walk.factors_of(row.outcome)))
        return float(formulas.kept_in_place(present, leakage))

    note = (
        f"of {listed(local)} what leaks out of the place is left out, and what only other places lose is not "
        "deducted; the unadjusted result is the national one, from which all displacement is taken: "
        "The Green Book (2026), paragraphs 7.18 and 7.19"
    )
    return _made(evaluation, name, title, note, kept)
