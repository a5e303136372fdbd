"""First-order and total shares of the variance of any function, with bootstrap intervals."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from sroi.results.indices import Indices
from sroi.tolerance import TOLERANCE
from sroi.warned import ResultWarning

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def variance_shares(
    names: Sequence[str],
    before: Any,
    after: Any,
    swapped: Iterable[Any],
    *,
    bootstrap: int = 200,
    seed: int | None = 0,
    scale: float | None = None,
) -> Indices:
    """Shares of variance by Saltelli's and Jansen's estimators.

    Points at which one of them is not finite are left out, and that is said.

    Parameters
    ----------
    names : sequence of str
        One for each number.
    before, after : ndarray, shape (points,)
        The function on two independent samples A and B.
    swapped : iterable of ndarray, shape (points,)
        For each number, the function on A with that number's column taken from B.
    bootstrap : int
        Resamplings behind the intervals.
    seed : int or None
    scale : float, optional
        The size of what the function is added up from; its mean where left out. A function that varies by no
        more than the rounding of that is constant, and its shares are nan.
    """
    asked = len(before)
    known = np.isfinite(before) & np.isfinite(after)
    centre = 0.5 * (before[known].mean() + after[known].mean()) if known.any() else 0.0
    a, b = before - centre, after - centre
    alone, whole = np.empty((asked, len(names))), np.empty((asked, len(names)))
    for column, each in enumerate(swapped):
        moved = each - centre - a
        alone[:, column] = b * moved
        whole[:, column] = 0.5 * moved**2
        known &= np.isfinite(each)
    a, b, alone, whole = a[known], b[known], alone[known], whole[known]
    points = len(a)
    largest = max(np.abs(a).max(), np.abs(b).max(), np.sqrt(2 * whole.max(initial=0))) if points else 0.0
    warnings = _warnings(asked, points)
    if largest <= TOLERANCE * (abs(centre) if scale is None else scale):
        nothing, ends = (math.nan,) * len(names), ((math.nan, math.nan),) * len(names)
        said = "the result is the same in every draw: it has no drivers"
        same = (ResultWarning("no-variance", said),) if points else ()
        return Indices(tuple(names), nothing, nothing, ends, ends, (*warnings, *same))
    squares = 0.5 * (a**2 + b**2)
    variance = squares.mean()
    rng = np.random.default_rng(seed)
    weights = rng.multinomial(points, np.full(points, 1 / points), size=bootstrap) / points
    spread = weights @ squares - (weights @ (0.5 * (a + b))) ** 2
    with np.errstate(divide="ignore", invalid="ignore"):
        first, total = alone.mean(axis=0) / variance, whole.mean(axis=0) / variance
        first_draws, total_draws = (weights @ alone) / spread[:, None], (weights @ whole) / spread[:, None]
    order = np.argsort(-total, kind="stable")
    around, about = (
        tuple((low, high) for low, high in np.percentile(draws, [2.5, 97.5], axis=0).T[order].tolist())
        for draws in (first_draws, total_draws)
    )
    return Indices(
        tuple(names[at] for at in order),
        tuple(first[order].tolist()),
        tuple(total[order].tolist()),
        around,
        about,
        warnings,
    )


def _warnings(asked: int, points: int) -> tuple[ResultWarning, ...]:
    if points == asked:
        return ()
    share = (asked - points) / asked
    what = f"in {share:.2%} of the points nothing or less is put in"
    said = f"{what}; they have no result and are left out: raise the low ends of the inputs"
    return (ResultWarning("nothing-put-in", said, share=share),)
