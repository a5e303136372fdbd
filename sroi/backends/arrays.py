"""NumPy arrays as a backend: a number for each draw, and floats for what is the same in all."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

import numpy as np

from sroi.backends import Backend, Floats

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

P = ParamSpec("P")
R = TypeVar("R")


class Arrays:
    """Arrays of any shapes that broadcast. Sums are added to in place once they are arrays of their own."""

    minimum = staticmethod(np.minimum)
    maximum = staticmethod(np.maximum)
    power = staticmethod(np.power)
    ceil = staticmethod(np.ceil)
    geometric = staticmethod(Floats.geometric)
    counts = staticmethod(Floats.counts)

    @staticmethod
    def clip(x: Any, low: float, high: float) -> Any:
        """``x``, or the nearer of the two limits where it lies outside them."""
        return np.minimum(np.maximum(x, low), high)

    def total(self, values: Iterable[Any]) -> Any:
        """The sum of some numbers, 0 where there are none."""
        return self.sums((0, value) for value in values).get(0, 0.0)

    @staticmethod
    def sums(amounts: Iterable[tuple[int, Any]]) -> dict[int, Any]:
        """The sum of the amounts of each year."""
        found: dict[int, Any] = {}
        own: set[int] = set()
        for year, amount in amounts:
            if year in own and np.shape(amount) in (found[year].shape, ()):
                found[year] += amount
            else:
                found[year] = found[year] + amount if year in found else amount
                if year in found and np.ndim(found[year]) and found[year] is not amount:
                    own.add(year)
        return found

    @staticmethod
    def choose(condition: Any, then: Callable[[], Any], otherwise: Any) -> Any:
        """What ``then`` gives where the condition holds, and ``otherwise`` elsewhere."""
        if not np.any(condition):
            return otherwise
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(condition, then(), otherwise)

    @staticmethod
    def highest(x: Any) -> float:
        """The highest of what ``x`` stands for."""
        return float(np.max(x))


ARRAYS: Backend = Arrays()


def quiet(work: Callable[P, R]) -> Callable[P, R]:
    """Work on draws without NumPy's warnings: what is no number in a draw is dealt with afterwards."""

    @wraps(work)
    def without_warnings(*args: P.args, **named: P.kwargs) -> R:
        with np.errstate(over="ignore", invalid="ignore"):
            return work(*args, **named)

    return without_warnings
