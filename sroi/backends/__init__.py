"""What can hold a number that the arithmetic runs on.

The formulas are written with Python's operators and the few names below. Whatever supplies those names can be
a backend: a float, an array of draws, a dataframe expression, a spreadsheet cell.
"""

from __future__ import annotations

import itertools
import math
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator


class Backend(Protocol):
    """The names that the formulas need beyond ``+ - * /`` and unary minus."""

    def minimum(self, a: Any, b: Any, /) -> Any:
        """The smaller of two numbers."""

    def maximum(self, a: Any, b: Any, /) -> Any:
        """The larger of two numbers."""

    def clip(self, x: Any, low: float, high: float, /) -> Any:
        """``x``, or the nearer of the two limits where it lies outside them."""

    def power(self, base: Any, exponent: Any, /) -> Any:
        """``base`` to the power ``exponent``, with 0 to the power 0 equal to 1."""

    def ceil(self, x: Any, /) -> Any:
        """The smallest whole number that is not below ``x``."""

    def total(self, values: Iterable[Any], /) -> Any:
        """The sum of some numbers, 0 where there are none."""

    def sums(self, amounts: Iterable[tuple[int, Any]], /) -> dict[int, Any]:
        """The sum of the amounts of each year."""

    def geometric(self, first: Any, ratio: Any, start: int, /) -> Iterator[Any]:
        """``first`` × ``ratio`` to the powers ``start``, ``start`` + 1, and so on without end."""

    def counts(self, start: int, /) -> Iterator[Any]:
        """``start``, ``start`` + 1, and so on without end."""

    def choose(self, condition: Any, then: Callable[[], Any], otherwise: Any, /) -> Any:
        """What ``then`` gives where the condition holds, and ``otherwise`` elsewhere."""

    def highest(self, x: Any, /) -> float | None:
        """The highest of what ``x`` stands for; None where that is known later."""


class Floats:
    """Plain floats; raises ArithmeticError or ValueError where a result would not be a finite real number."""

    minimum = staticmethod(min)
    maximum = staticmethod(max)
    power = staticmethod(math.pow)

    @staticmethod
    def clip(x: float, low: float, high: float) -> float:
        """``x``, or the nearer of the two limits where it lies outside them."""
        return min(max(x, low), high)

    @staticmethod
    def ceil(x: float) -> float:
        """The smallest whole number that is not below ``x``."""
        return float(math.ceil(x))

    @staticmethod
    def total(values: Iterable[float]) -> float:
        """The sum of some numbers, 0 where there are none."""
        return sum(values, start=0.0)

    @staticmethod
    def sums(amounts: Iterable[tuple[int, float]]) -> dict[int, float]:
        """The sum of the amounts of each year."""
        found: dict[int, float] = {}
        for year, amount in amounts:
            found[year] = found.get(year, 0.0) + amount
        return found

    @staticmethod
    def geometric(first: Any, ratio: Any, start: int) -> Iterator[Any]:
        """``first`` × ``ratio`` to the powers ``start``, ``start`` + 1, and so on without end."""
        for _ in range(start):
            first = first * ratio
        while True:
            yield first
            first = first * ratio

    @staticmethod
    def counts(start: int) -> Iterator[int]:
        """``start``, ``start`` + 1, and so on without end."""
        return itertools.count(start)

    @staticmethod
    def choose(condition: bool, then: Callable[[], Any], otherwise: Any) -> Any:
        """What ``then`` gives where the condition holds, else ``otherwise``."""
        return then() if condition else otherwise

    @staticmethod
    def highest(x: float) -> float:
        """The number itself."""
        return x


FLOATS: Backend = Floats()
