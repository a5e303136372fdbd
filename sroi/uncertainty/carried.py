"""What draws come to once they have been carried through a study."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from sroi import formulas


@dataclass(frozen=True, slots=True, eq=False)
class DrawnResult:
    """What one set of draws comes to; every array has one entry a draw, every figure is in the study's prices.

    ``clipped`` counts the draws brought back to a number's bounds, by its path; ``emptied`` those in which
    the added deductions of an outcome pass 100%, so that nothing is left of it, by its name.
    """

    present_value: Any
    investment: Any
    saved: Any
    outcomes: dict[str, Any]
    net_by_time: list[tuple[float, Any]]
    clipped: dict[str, int]
    emptied: dict[str, int]

    @property
    def ratio(self) -> Any:
        """Social return ratio of each draw."""
        return formulas.social_return_ratio(self.present_value, self.investment)

    @property
    def savings_ratio(self) -> Any:
        """Worth of the services that bodies of the state need less, for one unit put in, of each draw."""
        return formulas.social_return_ratio(self.saved, self.investment)

    @property
    def net_present_value(self) -> Any:
        """Net present value of each draw."""
        return formulas.net_present_value(self.present_value, self.investment)

    def payback(self) -> Any:
        """Payback of each draw in years; infinite where the cumulative present value is below zero at the end."""
        return payback_of(self.net_by_time)


@dataclass(frozen=True, slots=True, eq=False)
class Parts:
    """Present values of the outcomes in the total and of the inputs, by name, and draws brought back to a number's bounds, by its path."""

    outcomes: dict[str, Any]
    inputs: dict[str, Any]
    clipped: dict[str, int]


class Sums:
    """Sums by some key, each added to in place once it is an array of its own."""

    def __init__(self) -> None:
        self._sums: dict[Any, Any] = {}
        self._own: set[Any] = set()

    def add(self, key: Any, amount: Any) -> None:
        """Add a number, or an array of them, which is not kept."""
        if key in self._own:
            self._sums[key] += amount
            return
        total = self._sums.get(key, 0.0) + amount
        if np.ndim(total):
            self._own.add(key)
        self._sums[key] = total

    def get(self, key: Any) -> Any:
        """The sum so far; 0 where nothing was added."""
        return self._sums.get(key, 0.0)

    def items(self) -> list[tuple[Any, Any]]:
        """Every sum with its key, in the order in which they began."""
        return list(self._sums.items())


def payback_of(flows: list[tuple[float, Any]]) -> Any:
    """:func:`sroi.formulas.payback` for arrays: the same search, a draw an entry."""
    shape = np.broadcast_shapes((1,), *(np.shape(net) for _, net in flows))
    total, gross, scratch = np.zeros(shape), np.zeros(shape), np.empty(shape)
    for _, net in flows:
        gross += np.abs(net, out=scratch)
    nothing = np.multiply(gross, -1e-12, out=gross)
    crossing = np.full(shape, flows[0][0])
    below = np.zeros(shape, dtype=bool)
    previous = flows[0][0]
    for time, net in flows:
        np.add(total, net, out=scratch)
        under = scratch < nothing
        recovered = (below > under).nonzero()
        if recovered[0].size:
            before, after = total[recovered], scratch[recovered]
            crossing[recovered] = previous + (time - previous) * before / (before - after)
        total, scratch, below, previous = scratch, total, under, time
    crossing[below] = np.inf
    return crossing
