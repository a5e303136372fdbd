"""What can hold a number that the arithmetic runs on.

The formulas are written with Python's operators and the few names below. Whatever supplies those names can be
a backend: a float, an array of draws, a dataframe expression, a spreadsheet cell.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence


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

    def total(self, values: Sequence[Any], /) -> Any:
        """The sum of some numbers, 0 where there are none."""


class _Floats:
    """Plain floats; raises ArithmeticError or ValueError where a result would not be a finite real number."""

    minimum = staticmethod(min)
    maximum = staticmethod(max)
    power = staticmethod(math.pow)

    @staticmethod
    def clip(x: float, low: float, high: float) -> float:
        return min(max(x, low), high)

    @staticmethod
    def ceil(x: float) -> float:
        return float(math.ceil(x))

    @staticmethod
    def total(values: Sequence[float]) -> float:
        return sum(values, start=0.0)


FLOATS: Backend = _Floats()
