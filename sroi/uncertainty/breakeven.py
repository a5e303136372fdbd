"""What is not assessed, solved for: what it would have to be for the return to meet a target."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from sroi.arguments import checked_arguments
from sroi.documents import change
from sroi.errors import DocumentError, NotFoundError, Problem, SroiError, UndefinedResultError, instead
from sroi.evaluation import evaluate
from sroi.model import as_study
from sroi.model.owners import over_money
from sroi.quantities import shown
from sroi.resolution import located, numbers_of
from sroi.results.breakeven import Breakeven, Target, Unknown
from sroi.uncertainty.arguments import checked_finite
from sroi.uncertainty.frontier import STEPS, frontier
from sroi.uncertainty.response import Response
from sroi.uncertainty.sensitivity import sensitivity
from sroi.uncertainty.switching import switching_values
from sroi.uncertainty.uncertain import is_years_of_input
from sroi.validation import missing

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sroi.model import Study
    from sroi.resolution import Numbers
    from sroi.results import Evaluation, Frontier
    from sroi.results.sensitivity import Figure, Parameter

_TRIALS = (0.5, 1.0, 0.1, 10.0, 1000.0)
"""What stands for a number without a range until it is solved for: the first that the study can hold."""

_LADDER = tuple(10.0**power for power in range(-1, STEPS - 1))
"""Values of the first of two numbers where it has neither a range nor bounds."""

_ENDED = ("normal", "lognormal")
"""Shapes whose own ends say their middle."""


@checked_arguments
def breakeven(study: Study | Evaluation, target: float | str = 1.0) -> Breakeven:
    """What a number that is not assessed would have to be for the return to meet a target.

    With one such number it is solved for, and set against the range of what comparable evidence shows, where
    one is written (``{value: null, low: 0, high: 0.4, source: …}``). With two, the pairs that meet the target
    are given; with more, the list. Where every number is assessed, the break-even of each uncertain one is,
    as :func:`sroi.switching_values` has it. All other numbers stay at their central values.

    Parameters
    ----------
    study : Study or Evaluation
    target : float or str
        The return on one unit of money, 1 for breaking even; or the name of one of the study's claims, whose
        ratio, meaning and money it is then.

    Raises
    ------
    NotFoundError
        If the study has no claim of that name.
    DocumentError
        If the target is not a finite number, or the claim names no ratio.
    UndefinedResultError
        If there is no result whatever the unknown number is, as without inputs.

    Examples
    --------
    >>> import sroi
    >>> study = sroi.change(sroi.load("examples/lunch-club.yaml"), {"points_gained": None})
    >>> (unknown,) = sroi.breakeven(study).unknown
    >>> unknown.number, round(unknown.value, 3)
    ('points_gained', 0.154)
    """
    study = as_study(study, "sroi.breakeven")
    wanted = _target(study, target)
    given, study = study, over_money(study, wanted.over)
    unknown = _unknown(study)
    if not unknown:
        return _assessed(given, study, wanted)
    numbers = numbers_of(study)
    if len(unknown) > 2:
        return Breakeven(given, wanted, tuple(_listed(numbers, path) for path in unknown), None, None, None)
    trial = _tried(study, unknown)
    response = Response(trial, wanted.figure)
    if len(unknown) == 1:
        return Breakeven(given, wanted, (_solved(trial, response, unknown[0], wanted),), None, None, None)
    pairs = _pairs(response, unknown, wanted.ratio)
    ranges = {response.number(path).name: _range(numbers, path) for path in unknown}
    within = _within(pairs, ranges)
    found = tuple(_listed(numbers, path, within=within) for path in unknown)
    return Breakeven(given, wanted, found, pairs, None, None)


def _target(study: Study, target: float | str) -> Target:
    if not isinstance(target, str):
        return Target(checked_finite(target, "target"))
    if target not in study.claims:
        raise NotFoundError(f"there is no claim {shown(target)}", instead(target, study.claims))
    claim = study.claims[target]
    if claim.ratio is None:
        hint = "ask about one that does, or give the ratio itself"
        raise DocumentError(f"the claim {target} names no ratio", hint, path=f"claims.{target}")
    figure: Figure = "savings_ratio" if claim.meaning == "savings" else "social_return_ratio"
    return Target(claim.ratio, figure, target, claim.over)


def _unknown(study: Study) -> list[str]:
    """Paths of the numbers that are not assessed and that the result needs.

    Raises
    ------
    DocumentError
        If a number is wrong.
    UndefinedResultError
        If something is lacking that is no number to be solved for.
    """
    numbers = numbers_of(study)
    if numbers.problems:
        raise DocumentError(located(study, numbers.problems))
    lacking = list(missing(numbers))
    years = {name for number in numbers if is_years_of_input(number.path) for name in number.rests_on}
    no_number = [
        problem
        for problem in lacking
        if problem.path.endswith(".starts")
        or is_years_of_input(problem.path)
        or problem.path.removeprefix("assumptions.") in years
    ]
    if not study.inputs:
        no_number.append(Problem("nothing is put in that the return is over", "add what is given", "inputs"))
    if no_number:
        raise UndefinedResultError(located(study, no_number))
    return [problem.path for problem in lacking]


def _range(numbers: Numbers, path: str) -> tuple[float, float] | None:
    """What comparable evidence shows of a number, in the study's prices; None where nothing is written."""
    if path not in numbers:
        return None
    low, high = numbers[path].low, numbers[path].high
    return None if low is None or high is None else (low, high)


def _listed(numbers: Numbers, path: str, *, within: bool | None = None) -> Unknown:
    unit = numbers[path].unit if path in numbers else None
    return Unknown(path.removeprefix("assumptions."), None, _range(numbers, path), within, unit)


def _tried(study: Study, unknown: list[str]) -> Evaluation:
    """The study with something in place of what is not assessed: the middle of its range, or a trial.

    No answer depends on it: it only gives the search a place to begin.
    """
    numbers = numbers_of(study)
    for at, trial in enumerate(_TRIALS):
        values = {path: _filled(numbers, path, trial) for path in unknown}
        try:
            return evaluate(change(study, values))
        except SroiError:
            if at == len(_TRIALS) - 1:
                raise
    raise AssertionError


def _filled(numbers: Numbers, path: str, trial: float) -> dict[str, Any]:
    """An estimate that is not assessed, with the middle of its range or a trial as its value."""
    if path not in numbers:
        return {"value": trial}
    number, estimate = numbers[path], numbers[path].estimate
    written = estimate.model_dump(mode="json", exclude_unset=True)
    low, high, _ = number.ends
    middle = trial if low is None or high is None else (low + high) / 2
    if estimate.shape in _ENDED and low is not None:
        return {key: value for key, value in written.items() if key != "value"}
    return {**written, "value": middle}


def _solved(trial: Evaluation, response: Response, path: str, wanted: Target) -> Unknown:
    (found,) = switching_values(trial, wanted.ratio, figure=wanted.figure, only=path).numbers
    number = response.number(path)
    ends = _ends(number)
    within = None if found.value is None or ends is None else number.holds(found.value)
    rises = None if found.value is None else _rises(response, number, found.value)
    return Unknown(found.number, found.value, ends, within, found.unit, rises, found.searched)


def _ends(number: Parameter) -> tuple[float, float] | None:
    return None if number.low is None or number.high is None else (number.low, number.high)


def _rises(response: Response, number: Parameter, value: float) -> bool | None:
    """Whether more of a number gives more, where it meets the target; None where that is not seen."""
    step = 1e-3 * (abs(value) or 1.0)
    beside = np.clip(np.array([value - step, value + step]), *number.domain)
    less, more = np.broadcast_to(response.at({number.path: beside}), (2,))
    return bool(more > less) if np.isfinite(less) and np.isfinite(more) and less != more else None


def _pairs(response: Response, unknown: list[str], target: float) -> Frontier:
    """The pairs of two unknown numbers that meet the target, over the range of the one that has one."""
    one, other = (response.number(path) for path in unknown)
    if _ends(one) is None and (_ends(other) is not None or other.most - other.least <= 1):
        one, other = other, one
    return frontier(response, one, other, _axis(one), target)


def _axis(number: Parameter) -> Iterable[float]:
    ends = _ends(number)
    if ends is None and number.most - number.least > 1:
        return [value for value in _LADDER if number.least <= value <= number.most]
    return np.linspace(*(ends or number.domain), STEPS)


def _within(pairs: Frontier, ranges: dict[str, tuple[float, float] | None]) -> bool | None:
    """Whether some pair lies within both ranges; None where either has none."""
    if None in ranges.values():
        return None
    return any(other is not None and bool(pairs.holds(other)) for _, other in pairs.points)


def _assessed(given: Study, study: Study, wanted: Target) -> Breakeven:
    """The break-even of every uncertain number, and which moves the result most."""
    result = evaluate(study)
    swings = sensitivity(result, figure=wanted.figure).swings
    only = [swing.number.path for swing in swings] or None
    known = switching_values(result, wanted.ratio, figure=wanted.figure, only=only)
    driver = swings[0].number.name if swings else None
    return Breakeven(given, wanted, (), None, known, driver)
