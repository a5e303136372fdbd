"""Pairs of two numbers that meet a target together, all else as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from sroi.results.belief import Frontier
from sroi.tolerance import just_below
from sroi.uncertainty.response import Response
from sroi.uncertainty.solving import solve

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sroi.results.sensitivity import Parameter
    from sroi.uncertainty.model import DrawnResult

STEPS = 7
"""Values of the first number that the second is solved for."""


def frontier(
    response: Response, one: Parameter, other: Parameter, values: Iterable[float], target: float
) -> Frontier:
    """For each value of one number, what another would have to be for the response to meet a target."""
    points, passed = [], []
    for value in values:
        held = _Held(response, one.path, float(value))
        points.append((float(value), solve(held, [other], target)[0].value))
        passed.append(bool(held.at({other.path: np.array([other.value])})[0] >= just_below(target)))
    ends = (other.low, other.high, other.value)
    return Frontier(one.name, other.name, *ends, tuple(points), tuple(passed))


class _Held(Response):
    """A response with one number held at a value."""

    def __init__(self, response: Response, path: str, value: float) -> None:
        self.study, self.figure, self.numbers, self.model = (
            response.study,
            response.figure,
            response.numbers,
            response.model,
        )
        self._path, self._value = path, value
        self.central = response.central

    def _drawn(self, values: Any) -> DrawnResult:
        size = np.shape(next(iter(values.values()), 0.0))
        return super()._drawn({**values, self._path: np.full(size, self._value)})
