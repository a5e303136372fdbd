"""Roots of many functions at once: brackets from the centre outwards, closed by Chandrupatla's method."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

STEPS = 80
"""Steps after which a bracket that has not closed is given up; halving alone would need about 60."""


def nearest_brackets(points: Any, values: Any, centre: Any, side: int = 0) -> tuple[Any, Any, Any]:
    """For each row, the two neighbouring points between which the values change sign, nearest to a centre.

    Parameters
    ----------
    points, values : ndarray, shape (row, point)
        Points in ascending order, and the function less its target.
    centre : ndarray, shape (row,)
    side : int
        -1 for below the centre, 1 for above, 0 for either; a pair around it is on the side of its middle.

    Returns
    -------
    left, right : ndarray, shape (row,)
        The bracket; nan where there is none.
    found : ndarray of bool, shape (row,)
    """
    signs = np.sign(values)
    with np.errstate(invalid="ignore"):
        change = (
            (signs[:, :-1] * signs[:, 1:] <= 0) & np.isfinite(values[:, :-1]) & np.isfinite(values[:, 1:])
        )
    middle = 0.5 * (points[:, :-1] + points[:, 1:])
    beyond = middle - centre[:, None]
    wanted = {-1: beyond < 0, 0: True, 1: beyond >= 0}[side]
    distance = np.where(change & wanted, np.abs(beyond), np.inf)
    at = distance.argmin(axis=1)
    rows = np.arange(len(points))
    found = np.isfinite(distance[rows, at])
    left, right = points[rows, at], points[rows, at + 1]
    return np.where(found, left, np.nan), np.where(found, right, np.nan), found


def closed(function: Callable[[Any], Any], left: Any, right: Any) -> Any:
    """Roots of one function a row within brackets, all rows advanced together.

    Parameters
    ----------
    function : callable
        Takes an array of points, one a row, and gives the values there, less the target.
    left, right : ndarray, shape (row,)
        Points between which each row's values change sign.

    Returns
    -------
    ndarray, shape (row,)

    References
    ----------
    Chandrupatla (1997), A new hybrid quadratic/bisection algorithm for finding the zero of a nonlinear
    function without using derivatives, Advances in Engineering Software 28.
    """
    one, two = np.array(left, dtype=float), np.array(right, dtype=float)
    at_one, at_two = function(one), function(two)
    three, at_three = one.copy(), at_one.copy()
    t = np.full(one.shape, 0.5)
    best = np.where(np.abs(at_one) < np.abs(at_two), one, two)
    for _ in range(STEPS):
        new = one + t * (two - one)
        at_new = function(new)
        same = np.sign(at_new) == np.sign(at_one)
        three, at_three = np.where(same, one, two), np.where(same, at_one, at_two)
        two, at_two = np.where(same, two, one), np.where(same, at_two, at_one)
        one, at_one = new, at_new
        nearer = np.abs(at_one) < np.abs(at_two)
        best = np.where(nearer, one, two)
        width = np.abs(two - one)
        tolerance = 2e-16 * np.abs(best) + 1e-300
        if np.all((width <= 2 * tolerance) | (np.where(nearer, at_one, at_two) == 0)):
            break
        with np.errstate(divide="ignore", invalid="ignore"):
            ratio, slope = (one - two) / (three - two), (at_one - at_two) / (at_three - at_two)
            quadratic = (slope**2 < ratio) & ((1 - slope) ** 2 < 1 - ratio)
            first = at_one / (at_two - at_one) * at_three / (at_two - at_three)
            second = (three - one) / (two - one) * at_one / (at_three - at_one) * at_two / (at_three - at_two)
            limit = np.minimum(0.5, tolerance / np.maximum(width, 1e-300))
            t = np.where(
                quadratic & np.isfinite(first + second), np.clip(first + second, limit, 1 - limit), 0.5
            )
    return best
