"""The form of a result in each of its numbers, by one walk: constant, straight, of some powers, unknown."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from sroi.backends import FLOATS, Backend, Floats
from sroi.walk import Walk

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from sroi.resolution import Numbers

_MORE_YEARS = 2
"""Benefit years beyond each duration, so that a drop-off shows where the duration is the number asked."""


@dataclass(frozen=True, slots=True, eq=False)
class Shape:
    """The lowest and highest power of each of some numbers, a place each; endless where no sum of powers is.

    ``pieces`` marks the numbers whose whole values are corners, between which the powers hold.
    """

    low: Any
    high: Any
    pieces: Any

    def __add__(self, other: Any) -> Shape:
        if not isinstance(other, Shape):
            return self if other == 0 else self._with(np.minimum(self.low, 0), np.maximum(self.high, 0))
        return self._with(np.minimum(self.low, other.low), np.maximum(self.high, other.high))

    __radd__ = __sub__ = __rsub__ = __add__

    def __mul__(self, other: Any) -> Shape:
        return self._with(self.low + other.low, self.high + other.high) if isinstance(other, Shape) else self

    __rmul__ = __mul__

    def __truediv__(self, other: Any) -> Shape:
        return self * other.inverse() if isinstance(other, Shape) else self

    def __rtruediv__(self, _: Any) -> Shape:
        return self.inverse()

    def __neg__(self) -> Shape:
        return self

    def inverse(self) -> Shape:
        """One over it: a sum of powers only where it is a single power."""
        return self._with(-self.high, -self.low).where(self.low == self.high)

    def where(self, holds: Any) -> Shape:
        """The same, and unknown where something does not hold."""
        return self._with(np.where(holds, self.low, -np.inf), np.where(holds, self.high, np.inf))

    @property
    def constant(self) -> Any:
        """Where it does not depend on the number."""
        return (self.low == 0) & (self.high == 0)

    def _with(self, low: Any, high: Any) -> Shape:
        return Shape(low, high, self.pieces)


class _Shapes(Floats):
    """Shapes as a backend, and floats for what does not depend on any of the numbers."""

    @staticmethod
    def minimum(a: Any, b: Any) -> Any:  # type: ignore[override]
        """Constant where both are; else unknown."""
        found = [each for each in (a, b) if isinstance(each, Shape)]
        if not found:
            return min(a, b)
        return found[0].where(np.logical_and.reduce([each.constant for each in found]))

    maximum = minimum  # type: ignore[assignment]

    @staticmethod
    def clip(x: Any, low: float, high: float) -> Any:
        """Straight between whole numbers where those are its corners."""
        if not isinstance(x, Shape):
            return FLOATS.clip(x, low, high)
        return x.where(x.constant | (x.pieces & (x.low >= 0) & (x.high <= 1)))

    @staticmethod
    def ceil(x: Any) -> Any:
        """Level between whole numbers."""
        return _Shapes.clip(x, -math.inf, math.inf) if isinstance(x, Shape) else FLOATS.ceil(x)

    @staticmethod
    def power(base: Any, exponent: Any) -> Any:
        """Powers of what is raised to a whole number; of a single power, by any."""
        if isinstance(exponent, Shape):
            whole = exponent if not isinstance(base, Shape) else base * exponent
            return whole.where(whole.constant)
        if not isinstance(base, Shape):
            return math.pow(base, exponent)
        if exponent < 0:
            return _Shapes.power(base.inverse(), -exponent)
        low, high = (np.where(each == 0, 0.0, each * exponent) for each in (base.low, base.high))
        return Shape(low, high, base.pieces).where((exponent == int(exponent)) | (base.low == base.high))

    @staticmethod
    def highest(x: Any) -> float | None:  # type: ignore[override]
        """Known of a float alone."""
        return None if isinstance(x, Shape) else x


_SHAPES: Backend = _Shapes()


def shapes(
    numbers: Numbers,
    paths: Sequence[str],
    pieces: Sequence[bool],
    savings: Collection[str] | None,
) -> Shape:
    """The form of benefits less inputs in each number alone, all others as they are.

    Parameters
    ----------
    numbers : Numbers
    paths : sequence of str
        Of numbers none of which is computed from another.
    pieces : sequence of bool
        Whether whole values of a number are corners.
    savings : collection of str, optional
        Outcomes that alone count; all in the total where left out.
    """
    marked, none = np.array(pieces, dtype=bool), np.zeros(len(paths))
    unit = np.eye(len(paths))
    replaced = {path: Shape(unit[at], unit[at], marked) for at, path in enumerate(paths)}
    walk = Walk(numbers, _SHAPES, replaced, more_years=_MORE_YEARS)
    with np.errstate(invalid="ignore"):
        totals = walk.totals(savings or ())
        gained = totals.present_value if savings is None else totals.saved
        found: Shape = Shape(none, none, marked) + totals.investment + gained
    unknown = np.isnan(found.low) | np.isnan(found.high)
    return found.where(~unknown)
