"""What draws come to once they have been carried through a study."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from sroi import formulas


@dataclass(frozen=True, slots=True, eq=False)
class DrawnResult:
    """What one set of draws comes to; every array has one entry a draw, every figure is in the study's prices."""

    present_value: Any
    investment: Any
    saved: Any
    outcomes: dict[str, Any]
    net_by_time: list[tuple[float, Any]]
    clipped: dict[str, int]

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
    """Present values of outcomes and inputs, and the discounted flows by year where they were asked for."""

    outcomes: dict[str, Any]
    inputs: dict[str, Any]
    flows: list[Any]
    spent: list[Any]
    clipped: dict[str, int]


def payback_of(flows: list[tuple[float, Any]]) -> Any:
    """:func:`sroi.formulas.payback` for arrays: the same search, a draw an entry."""
    total = np.zeros_like(np.asarray(flows[0][1], dtype=float))
    gross = sum(np.abs(net) for _, net in flows)
    nothing = 1e-12 * gross
    crossing = np.full_like(total, flows[0][0])
    below = np.zeros(total.shape, dtype=bool)
    previous = flows[0][0]
    for time, net in flows:
        before = total
        total = total + net
        recovered = below & (total >= -nothing)
        with np.errstate(divide="ignore", invalid="ignore"):
            crossing = np.where(recovered, previous + (time - previous) * before / (before - total), crossing)
        below = total < -nothing
        previous = time
    return np.where(below, np.inf, crossing)
