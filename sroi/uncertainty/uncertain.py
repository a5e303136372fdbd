"""The uncertain numbers of a study: which they are, how each is distributed, and how they go together."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sroi.errors import DocumentError, Problem
from sroi.labels import quoted
from sroi.ranges import range_problem
from sroi.resolution import located, numbers_of
from sroi.uncertainty.distributions import Distribution, distribution
from sroi.warned import ResultWarning

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sroi.model import Study
    from sroi.numbers import Number
    from sroi.resolution import Numbers


@dataclass(frozen=True, slots=True)
class UncertainNumber:
    """One number that is drawn: its path, central value and distribution, in the study's prices."""

    path: str
    value: float
    written: tuple[float, float] | None
    distribution: Distribution

    @property
    def ends(self) -> tuple[float, float]:
        """Low and high as given; the 5th and 95th percentiles of a number given by its standard deviation."""
        if self.written is not None:
            return self.written
        fifth, ninety_fifth = self.distribution.quantile(np.array([0.05, 0.95]), exact=True)
        return float(fifth), float(ninety_fifth)


@dataclass(frozen=True, slots=True, eq=False)
class Uncertainty:
    """All that is uncertain about one study's result.

    Attributes
    ----------
    numbers : tuple of UncertainNumber
        Every number with a range that the result rests on, in the order of the study.
    block : tuple of int
        Positions of those that are correlated.
    root : ndarray, shape (block, block)
        Lower Cholesky root of the block's correlation matrix of normal scores.
    remarks : tuple of ResultWarning
        What a reader should be told before any drawing.
    """

    numbers: tuple[UncertainNumber, ...]
    block: tuple[int, ...]
    root: np.ndarray
    remarks: tuple[ResultWarning, ...]

    @property
    def paths(self) -> tuple[str, ...]:
        """Paths of the uncertain numbers."""
        return tuple(number.path for number in self.numbers)


def uncertainty(study: Study, *, cashable: bool = False) -> Uncertainty:
    """What is uncertain about a study's result; with ``cashable``, also the shares that are cash.

    Raises
    ------
    DocumentError
        If a range has no width or cannot be drawn from, or if correlations are of a number that does not vary
        or contradict each other; all of it at once, before anything is drawn.
    """
    resolved = numbers_of(study)
    used = {number.path for number in resolved.used}
    cash = _behind_cash(resolved) - used if cashable else set()
    asked = [number for among in (used, cash) for number in resolved if number.path in among]
    problems: list[Problem] = []
    found = [_uncertain(number, problems) for number in asked if number.estimate.shape != "fixed"]
    numbers = [number for number in found if number is not None]
    drawn = {number.path.removeprefix("assumptions.") for number in numbers}
    for number in resolved:
        if is_years_of_input(number.path):
            hint = "give a whole number of years: years of an input are not drawn"
            moving = [name for name in number.rests_on if name in drawn]
            problems += [Problem(f"it rests on {name}, which varies", hint, number.path) for name in moving]
    position = {number.path: at for at, number in enumerate(numbers)}
    block, root = correlated(correlated_pairs(study, position, problems), list(position), problems)
    problems += resolved.problems
    if problems:
        raise DocumentError(located(study, problems))
    return Uncertainty(tuple(numbers), block, root, tuple(_remarks(resolved, numbers)))


def is_years_of_input(path: str) -> bool:
    """Whether a number is for how many years an input is given."""
    return path.startswith("inputs.") and path.endswith(".years")


def _remarks(resolved: Numbers, numbers: list[UncertainNumber]) -> list[ResultWarning]:
    if not numbers:
        said = "no number of this study has a range: every draw is the same"
        return [ResultWarning("no-ranges", said)]
    drawn = {number.path.removeprefix("assumptions.") for number in numbers}
    found = []
    for number in numbers:
        moving = [name for name in resolved[number.path].rests_on if name in drawn]
        if moving:
            varies = "varies" if len(moving) == 1 else "vary"
            study = resolved.study
            itself, others = quoted(study, [number.path]), quoted(study, moving)
            what = f"{itself} is drawn from its own range and does not follow {others}"
            said = f"{what}, which {varies} as well: leave out its range, or give those no range"
            about = {"number": number.path, "assumptions": moving}
            found.append(ResultWarning("range-beside-its-parts", said, **about))
    return found


def _behind_cash(resolved: Numbers) -> set[str]:
    """Paths of the cashable shares, and of the assumptions that they rest on."""
    outcomes = resolved.study.outcomes
    shares = {f"outcomes.{name}.cashable" for name, each in outcomes.items() if each.priced and each.cashable}
    reached = resolved.reached(name for path in shares for name in resolved[path].uses)
    return shares | {f"assumptions.{name}" for name in reached}


def _uncertain(number: Number, problems: list[Problem]) -> UncertainNumber | None:
    estimate, (low, high, sd) = number.estimate, number.ends
    if number.value is None:
        return None
    wrong = range_problem(estimate, number.entered, low, high, sd)
    if wrong is None and low is not None and low == high:
        wrong = f"the range from {low:g} to {high:g} has no width", "widen it, or leave low and high out"
    if wrong is not None:
        problems.append(Problem(*wrong, path=number.path))
        return None
    low, high, sd = (None if end is None else end * number.factor for end in (low, high, sd))
    bounds = estimate.bounds
    limits = (bounds.low, bounds.high) if bounds.bounded else None
    drawn = distribution(estimate.shape, number.value, low, high, sd, limits)
    ends = (low, high) if low is not None and high is not None else None
    return UncertainNumber(number.path, number.value, ends, drawn)


def correlated_pairs(
    study: Study, position: Mapping[str, int], problems: list[Problem]
) -> list[tuple[int, int, float]]:
    """Positions of each two numbers that a study correlates, with the rank; what is wrong is added."""
    pairs: list[tuple[int, int, float]] = []
    for at, correlation in enumerate(study.correlations):
        names = [f"assumptions.{name}" for name in correlation.between]
        fixed = [name for name in names if name not in position]
        where = f"correlations[{at}]"
        problems += [
            Problem(
                f"{name.removeprefix('assumptions.')} does not vary",
                "give it low and high, or remove the correlation",
                where,
            )
            for name in fixed
        ]
        if names[0] == names[1]:
            problems.append(
                Problem(f"{correlation.between[0]} is correlated with itself", "name two assumptions", where)
            )
        elif {position.get(name) for name in names} in [{one, other} for one, other, _ in pairs]:
            pair = " and ".join(correlation.between)
            problems.append(Problem(f"{pair} have two rank correlations", "keep one of them", where))
        elif not fixed:
            pairs.append((position[names[0]], position[names[1]], correlation.rank))
    return pairs


def correlated(
    pairs: Sequence[tuple[int, int, float]], paths: Sequence[str], problems: list[Problem]
) -> tuple[tuple[int, ...], np.ndarray]:
    """Positions of correlated numbers, and the root of their correlations: 2 sin(πρ/6) for a rank of ρ."""
    block = tuple(sorted({at for one, other, _ in pairs for at in (one, other)}))
    inside = {at: place for place, at in enumerate(block)}
    scores = np.eye(len(block))
    for one, other, rank in pairs:
        scores[inside[one], inside[other]] = scores[inside[other], inside[one]] = 2 * math.sin(
            math.pi * rank / 6
        )
    try:
        root = np.linalg.cholesky(scores)
    except np.linalg.LinAlgError:
        plain = [path.removeprefix("assumptions.") for path in paths]
        named = ", ".join(f"{plain[one]} with {plain[other]} at {rank:g}" for one, other, rank in pairs)
        problems.append(
            Problem(
                f"the correlations contradict each other: {named}",
                "weaken or remove one of them",
                "correlations",
            )
        )
        root = np.eye(len(block))
    return block, root
