"""Switching values: what each number would have to be for the answer to change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sroi import formulas
from sroi.arguments import checked_arguments
from sroi.evaluation.arguments import as_evaluation
from sroi.results.sensitivity import Figure, Parameter
from sroi.results.switching import SwitchingValue, SwitchingValues, Verdict
from sroi.uncertainty.arguments import checked_finite
from sroi.uncertainty.response import Response
from sroi.uncertainty.solving import Answer, solve

if TYPE_CHECKING:
    from collections.abc import Collection

    from sroi.model import Study
    from sroi.results import Evaluation


@checked_arguments
def switching_values(
    study: Study | Evaluation,
    target: float = 1.0,
    *,
    figure: Figure = "social_return_ratio",
    only: str | Collection[str] | None = None,
) -> SwitchingValues:
    """What each number would have to be, alone, for the result to meet a target.

    Each is looked for by the engine itself, first within the number's own range, then over all that it could
    be as the format says: a share from 0 to 1, a duration up to 125 years, an assumption what every field
    that is its name alone takes, anything else the whole line. Of several values one on its own side of zero
    goes before one on the other, then the nearest to the central one. That there is none at all is said where
    it is proved: where the number moves benefits and inputs straight, along a curve that can be solved, or in
    one direction over all that it could be. Else it is said how far it was looked for.

    Parameters
    ----------
    study : Study or Evaluation
    target : float
        What the figure is to be: 1 for breaking even, or a claimed ratio.
    figure : {"social_return_ratio", "savings_ratio", "net_present_value"}
    only : str or collection of str, optional
        Paths of the numbers to ask about, an assumption also by its bare name; by default every number that
        the result rests on. Each is a search through the whole study, which in one of hundreds of outcomes
        takes long.

    Raises
    ------
    UndefinedResultError
        If the study has no result on its central values.
    DocumentError
        If the target is not a finite number.
    NotFoundError
        If the result rests on no number of a name in ``only``.
    """
    target = checked_finite(target, "target")
    result = as_evaluation(study, "sroi.switching_values")
    response = Response(result, figure)
    numbers = list(response.numbers)
    if only is not None:
        asked = {response.number(name).path for name in ([only] if isinstance(only, str) else only)}
        numbers = [number for number in numbers if number.path in asked]
    found = tuple(
        switching_value(number, answer)
        for number, answer in zip(numbers, solve(response, numbers, target), strict=True)
    )
    outcomes = _outcome_values(result, response, target)
    return SwitchingValues(result.study, figure, target, response.central, found, outcomes)


def switching_value(number: Parameter, answer: Answer) -> SwitchingValue:
    """Where a number meets its target, beside its own range."""
    verdict: Verdict = "outside its range"
    if answer.value is None:
        verdict = "none at all" if answer.proved else "none found"
    elif number.holds(answer.value):
        verdict = "within its range"
    searched = answer.searched if verdict == "none found" else None
    ends = (number.low, number.high)
    return SwitchingValue(number.name, number.value, *ends, answer.value, verdict, number.unit, searched)


def _outcome_values(result: Evaluation, response: Response, target: float) -> tuple[SwitchingValue, ...]:
    """What the present value of each outcome in the total would have to be, all others as they are."""
    savings = response.figure == "savings_ratio"
    total = result.savings_ratio * result.investment if savings else result.present_value
    wanted = target * result.investment
    if response.figure == "net_present_value":
        wanted = target + result.investment
    currency, missing = result.study.currency, wanted - formulas.net_present_value(total, 0.0)
    return tuple(
        SwitchingValue(
            f"outcomes.{row.outcome}",
            row.present_value,
            None,
            None,
            float(row.present_value + missing),
            "outside its range",
            currency,
        )
        for row in result.outcomes
        if row.in_total
        and row.present_value is not None
        and (not savings or row.outcome in response.model.savings)
    )
