"""The uncertain numbers of a study: which they are, how each is distributed, and how they go together."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sroi.errors import DocumentError, Problem
from sroi.expression import Expression
from sroi.formatting import listed
from sroi.ranges import middle, range_problem
from sroi.resolution import Resolution
from sroi.results.lineage import numbers_used
from sroi.uncertainty.distributions import Distribution, distribution

if TYPE_CHECKING:
    from sroi.model import Estimate, Study


@dataclass(frozen=True, slots=True)
class UncertainNumber:
    """One number that is drawn: its path, central value and distribution, in the study's prices."""

    path: str
    value: float
    written: tuple[float, float] | None
    distribution: Distribution

    @property
    def ends(self) -> tuple[float, float]:
        """Low and high as given; the 5th and 95th percentile where a number is given by its standard deviation."""
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
    remarks : tuple of str
        What a reader should be told before any drawing.
    """

    numbers: tuple[UncertainNumber, ...]
    block: tuple[int, ...]
    root: np.ndarray
    remarks: tuple[str, ...]

    @property
    def paths(self) -> tuple[str, ...]:
        """Paths of the uncertain numbers."""
        return tuple(number.path for number in self.numbers)


def uncertainty(study: Study, *, cashable: bool = False) -> Uncertainty:
    """What is uncertain about a study's result; with ``cashable``, also the shares that are cash, after all else.

    Raises
    ------
    DocumentError
        If a range has no width or cannot be drawn from, or if correlations are of a number that does not vary
        or contradict each other; all of it at once, before anything is drawn.
    """
    resolution = Resolution(study)
    used = {number.path for number in numbers_used(study)}
    problems: list[Problem] = []
    numbers = []
    estimates = dict(study.estimates())
    asked = [path for path in estimates if path in used]
    if cashable:
        asked += _of_cash(study, resolution, estimates, used)
    for path in asked:
        estimate = estimates[path]
        if estimate.shape != "fixed":
            found = _uncertain(resolution, path, estimate, problems)
            if found is not None:
                numbers.append(found)
    drawn = {number.path.removeprefix("assumptions.") for number in numbers}
    for path, name in years_rest_on(study, resolution):
        if name in drawn:
            problems.append(
                Problem(
                    f"it rests on {name}, which varies",
                    "give a whole number of years: years of an input are not drawn",
                    path,
                )
            )
    block, root = _correlated(study, [number.path for number in numbers], problems)
    problems += resolution.problems
    if problems:
        raise DocumentError(problems if study.provenance is None else study.provenance.located(problems))
    return Uncertainty(tuple(numbers), block, root, tuple(_remarks(study, resolution, numbers)))


def _remarks(study: Study, resolution: Resolution, numbers: list[UncertainNumber]) -> list[str]:
    if not numbers:
        return ["no number of this study has a range: every draw is the same"]
    estimates, drawn = (
        dict(study.estimates()),
        {number.path.removeprefix("assumptions.") for number in numbers},
    )
    found = []
    for number in numbers:
        moving = [name for name in resolution.rests_on(estimates[number.path]) if name in drawn]
        if moving and isinstance(estimates[number.path].value, Expression):
            varies = "varies" if len(moving) == 1 else "vary"
            what = f"{number.path} is drawn from its own range and does not follow {listed(moving)}, which {varies} as well"
            found.append(f"{what}: leave out its range, or give those no range")
    return found


def _of_cash(
    study: Study, resolution: Resolution, estimates: dict[str, Estimate], used: set[str]
) -> list[str]:
    """Paths of the cashable shares, and of the assumptions that they alone rest on."""
    shares = [
        f"outcomes.{name}.cashable"
        for name, outcome in study.outcomes.items()
        if outcome.priced and outcome.cashable is not None
    ]
    reached = {f"assumptions.{name}" for path in shares for name in resolution.rests_on(estimates[path])}
    return [path for path in estimates if path in reached - used or path in shares]


def years_rest_on(study: Study, resolution: Resolution) -> list[tuple[str, str]]:
    """Paths of the years of inputs, each with the name of an assumption that it rests on."""
    years = [
        (path, estimate)
        for path, estimate in study.estimates()
        if path.startswith("inputs.") and path.endswith(".years")
    ]
    return [(path, name) for path, estimate in years for name in resolution.rests_on(estimate)]


def _uncertain(
    resolution: Resolution, path: str, estimate: Estimate, problems: list[Problem]
) -> UncertainNumber | None:
    known = resolution.assumptions
    low, high, sd = (
        resolution.evaluated(path, end, known) for end in (estimate.low, estimate.high, estimate.sd)
    )
    factor = resolution.price_factor(path, estimate)
    central = (
        known.get(path.removeprefix("assumptions."))
        if path.startswith("assumptions.")
        else resolution.number(path, estimate)
    )
    if central is None or factor is None:
        return None
    written = resolution.evaluated(
        path, estimate.value if estimate.value is not None else middle(estimate), known
    )
    wrong = range_problem(estimate, written, low, high, sd)
    if wrong is not None:
        problems.append(Problem(*wrong, path=path))
        return None
    if low is not None and low == high:
        problems.append(
            Problem(
                f"the range from {low:g} to {high:g} has no width",
                "widen it, or leave low and high out",
                path,
            )
        )
        return None
    low, high, sd = (None if end is None else end * factor for end in (low, high, sd))
    limited = estimate.bounds.low if math.isfinite(estimate.bounds.low) else None
    limits = (
        (estimate.bounds.low, estimate.bounds.high)
        if limited is not None and estimate.bounds.high <= 125
        else None
    )
    drawn = distribution(estimate.shape, central, low, high, sd, limits)
    return UncertainNumber(
        path, central, (low, high) if low is not None and high is not None else None, drawn
    )


def _correlated(
    study: Study, paths: list[str], problems: list[Problem]
) -> tuple[tuple[int, ...], np.ndarray]:
    """Positions of the correlated numbers and the root of their normal scores' correlations: 2 sin(πρ/6) for a rank correlation of ρ."""
    position = {path: at for at, path in enumerate(paths)}
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
