"""Switching values: what each number would have to be for the answer to change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from sroi import formulas
from sroi.evaluation.arguments import as_evaluation
from sroi.results.sensitivity import Figure, Parameter
from sroi.results.switching import SwitchingValue, SwitchingValues, Verdict
from sroi.uncertainty.arguments import checked_finite
from sroi.uncertainty.response import Response
from sroi.uncertainty.roots import closed, nearest_brackets

if TYPE_CHECKING:
    from collections.abc import Collection

    from sroi.model import Study
    from sroi.results import Evaluation

_INSIDE, _SPANS = 33, 40


def switching_values(
    study: Study | Evaluation,
    target: float = 1.0,
    *,
    figure: Figure = "social_return_ratio",
    only: Collection[str] | None = None,
) -> SwitchingValues:
    """What each number would have to be, alone, for the result to meet a target.

    Each is looked for by the engine itself, first within the number's own range, then over all that it could
    be: a share from 0 to 1, a duration up to 125 years, anything else to many times its range on its own side
    of zero. Of several values the nearest to the central one is given.

    Parameters
    ----------
    study : Study or Evaluation
    target : float
        What the figure is to be: 1 for breaking even, or a claimed ratio.
    figure : {"social_return_ratio", "savings_ratio", "net_present_value"}
    only : collection of str, optional
        Paths of the numbers to ask about; by default every number that the result rests on. Each is a search
        through the whole study, which in one of hundreds of outcomes takes long.

    Raises
    ------
    UndefinedResultError
        If the study has no result on its central values.
    DocumentError
        If the target is not a finite number.
    """
    target = checked_finite(target, "target")
    result = as_evaluation(study, "sroi.switching_values")
    response = Response(result, figure)
    numbers = [number for number in response.numbers if only is None or number.path in only]
    found = []
    for number, value in zip(numbers, solve(response, numbers, target), strict=True):
        verdict: Verdict = "none at all" if value is None else "outside its range"
        if value is not None and number.low is not None and number.high is not None:
            verdict = "within its range" if number.low <= value <= number.high else verdict
        ends = (number.low, number.high)
        found.append(SwitchingValue(number.name, number.value, *ends, value, verdict, number.unit))
    outcomes = _outcome_values(result, response, target)
    return SwitchingValues(result.study, figure, target, response.central, tuple(found), outcomes)


def solve(response: Response, numbers: list[Parameter], target: float) -> list[float | None]:
    """For each number alone, the value at which the response meets the target; None where there is none."""
    if not numbers:
        return []
    centre = np.array([number.value for number in numbers])
    points = np.sort(np.array([_points(number) for number in numbers]), axis=1)
    values = response.one_at_a_time(numbers, points) - target
    rows, left, right = _brackets(numbers, points, values, centre)
    if not rows.size:
        return [None] * len(numbers)
    chosen = [numbers[row] for row in rows]

    def less_target(x: Any) -> Any:
        return response.one_at_a_time(chosen, x[:, None])[:, 0] - target

    roots = closed(less_target, left, right)
    reached = np.abs(less_target(roots)) <= 1e-9 * max(1.0, abs(target))
    answers: list[float | None] = [None] * len(numbers)
    for row, root, meets in zip(rows, roots, reached, strict=True):
        best = answers[row]
        if meets and (best is None or abs(root - centre[row]) < abs(best - centre[row])):
            answers[row] = float(root)
    return answers


def _points(number: Parameter) -> Any:
    """Where a number is tried: closely within its own range, and more widely over all that it could be."""
    low, high = (number.value if end is None else end for end in (number.low, number.high))
    inside = np.linspace(low, high, _INSIDE)
    least, most = number.domain
    least += 1e-9 if number.bounds.above_low else 0.0
    if most <= 125:
        outside = np.linspace(max(least, -125.0), most, 2 * _SPANS)
    else:
        span = max(high - low, abs(number.value), 1e-6)
        steps = span * 2.0 ** np.arange(-4, _SPANS - 4)
        outside = np.clip(np.concatenate([low - steps, high + steps]), least, most)
    return np.concatenate([inside, outside])


def _brackets(numbers: list[Parameter], points: Any, values: Any, centre: Any) -> tuple[Any, Any, Any]:
    """Rows and ends of brackets: within a number's range, else the nearest on either side of its value."""
    low = np.array([np.nan if number.low is None else number.low for number in numbers])
    high = np.array([np.nan if number.high is None else number.high for number in numbers])
    with np.errstate(invalid="ignore"):
        inside = (points >= low[:, None]) & (points <= high[:, None])
    near = [nearest_brackets(points, np.where(inside, values, np.nan), centre, side) for side in (-1, 1)]
    far = [nearest_brackets(points, values, centre, side) for side in (-1, 1)]
    within = near[0][2] | near[1][2]
    rows, left, right = [], [], []
    for close, wide in zip(near, far, strict=True):
        found = np.flatnonzero(np.where(within, close[2], wide[2]))
        rows.append(found)
        left.append(np.where(within, close[0], wide[0])[found])
        right.append(np.where(within, close[1], wide[1])[found])
    return np.concatenate(rows), np.concatenate(left), np.concatenate(right)


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
