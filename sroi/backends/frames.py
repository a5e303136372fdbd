"""Columns of a dataframe as a backend: narwhals expressions, a number for each row, on any engine.

An engine runs an expression as it is written: a product that goes on year after year would be made again from
its beginning in every year. For an engine that runs at once, what goes on is therefore *held* in a column.
For one that plans before it runs, whose plan would nest deeper every year, a product begins again from a
power now and then.
"""

from __future__ import annotations

import itertools
import operator
from typing import TYPE_CHECKING, Any

import narwhals.stable.v2 as nw

from sroi.backends import Floats

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator


BLOCK = 8
"""Years after which a product begins again from a power."""


class Frames:
    """Expressions over the columns of a table, and floats for what is the same in all rows.

    Parameters
    ----------
    hold : callable, optional
        Given what a running product or sum is of and the expression, gives what stands for it from then on.
        What was held of the same before is not asked for again.
    at_once : bool
        Whether the engine runs at once, so that every step is held; else only where a product begins.
    """

    power = staticmethod(operator.pow)
    counts = staticmethod(Floats.counts)

    def __init__(
        self, hold: Callable[[str, Any], Any] = lambda _, column: column, *, at_once: bool = False
    ) -> None:
        self._hold = hold
        self._at_once = at_once

    @staticmethod
    def minimum(a: Any, b: Any) -> Any:
        """The smaller of two numbers."""
        return nw.min_horizontal(_column(a), _column(b))

    @staticmethod
    def maximum(a: Any, b: Any) -> Any:
        """The larger of two numbers."""
        return nw.max_horizontal(_column(a), _column(b))

    @staticmethod
    def clip(x: Any, low: float, high: float) -> Any:
        """``x``, or the nearer of the two limits where it lies outside them."""
        return x.clip(low, high) if isinstance(x, nw.Expr) else Floats.clip(x, low, high)

    @staticmethod
    def ceil(x: Any) -> Any:
        """The smallest whole number that is not below ``x``."""
        return x.ceil() if isinstance(x, nw.Expr) else Floats.ceil(x)

    def total(self, values: Iterable[Any]) -> Any:
        """The sum of some numbers, 0 where there are none."""
        return self.sums((0, value) for value in values).get(0, 0.0)

    def sums(self, amounts: Iterable[tuple[int, Any]]) -> dict[int, Any]:
        """The sum of the amounts of each year."""
        found: dict[int, Any] = {}
        for year, amount in amounts:
            found[year] = found[year] + amount if year in found else amount
            if self._at_once:
                found[year] = self.held(f"sum {year}", found[year])
        return found

    def geometric(self, first: Any, ratio: Any, start: int) -> Iterator[Any]:
        """``first`` × ``ratio`` to the powers ``start``, ``start`` + 1, and so on without end."""
        first = self.held("first", first)
        product = first if start == 0 else first * ratio**start
        for power in itertools.count(start + 1):
            yield product
            if self._at_once:
                product = self.held("product", product * ratio)
            else:
                product = product * ratio if power % BLOCK else first * ratio**power

    def choose(self, condition: Any, then: Callable[[], Any], otherwise: Any) -> Any:
        """What ``then`` gives where the condition holds, and ``otherwise`` elsewhere."""
        return nw.when(condition).then(_column(then())).otherwise(_column(otherwise))

    @staticmethod
    def highest(x: Any) -> None:  # noqa: ARG004 - as the other backends take it
        """Not known before the engine runs."""
        return

    def held(self, what: str, column: Any) -> Any:
        """A column in its place, and what stands for it from then on; a float as it is."""
        return self._hold(what, column) if isinstance(column, nw.Expr) else column


def _column(number: Any) -> Any:
    return number if isinstance(number, nw.Expr) else nw.lit(number)
