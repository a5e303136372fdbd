"""First-order and total shares of the variance of any function, with bootstrap intervals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from sroi.results.indices import Indices

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
) -> Indices:
    """Shares of variance by Saltelli's and Jansen's estimators.

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
    """
    points = len(before)
    centre = 0.5 * (before.mean() + after.mean())
    a, b = before - centre, after - centre
    alone, whole = np.empty((points, len(names))), np.empty((points, len(names)))
    for column, each in enumerate(swapped):
        moved = each - centre - a
        alone[:, column] = b * moved
        whole[:, column] = 0.5 * moved**2
    squares = 0.5 * (a**2 + b**2)
    variance = squares.mean()
    rng = np.random.default_rng(seed)
    weights = rng.multinomial(points, np.full(points, 1 / points), size=bootstrap) / points
    spread = weights @ squares - (weights @ (0.5 * (a + b))) ** 2
    with np.errstate(divide="ignore", invalid="ignore"):
        first, total = alone.mean(axis=0) / variance, whole.mean(axis=0) / variance
        first_draws, total_draws = (weights @ alone) / spread[:, None], (weights @ whole) / spread[:, None]
    order = np.argsort(-total, kind="stable")
    intervals = [np.percentile(draws, [2.5, 97.5], axis=0).T[order] for draws in (first_draws, total_draws)]
    return Indices(
        tuple(names[at] for at in order),
        tuple(first[order].tolist()),
        tuple(total[order].tolist()),
        *(tuple((low, high) for low, high in each.tolist()) for each in intervals),
    )
