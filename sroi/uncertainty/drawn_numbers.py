"""The numbers of a study under draws: assumptions in their order, expressions on arrays, bounds kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from sroi.backends.arrays import ARRAYS
from sroi.expression import Expression
from sroi.quantities import MOST_YEARS
from sroi.resolution import Resolution

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sroi.model import Estimate, Study


class DrawnNumbers:
    """Which numbers of a study move with the draws, and what all others are.

    Parameters
    ----------
    study : Study
        Complete: every number that its result needs is assessed.
    varied : set of str
        Paths of the numbers that draws will be given for; all others keep their central value.
    """

    def __init__(self, study: Study, varied: set[str]) -> None:
        self.study = study
        self.resolution = Resolution(study)
        self.base = self.resolution.assumptions
        self._varied = varied
        self.live = self._live()
        self._lively = frozenset(self.live)
        self._central: dict[str, float | None] = {}

    def _live(self) -> tuple[str, ...]:
        """Assumptions whose value changes with the draws, in an order in which each can be computed."""
        live: list[str] = []
        for name in self.resolution.order():
            estimate = self.study.assumptions[name]
            moved = f"assumptions.{name}" in self._varied
            written = estimate.value if estimate is not None else None
            if moved or (isinstance(written, Expression) and any(other in live for other in written.names)):
                live.append(name)
        return tuple(live)

    def computed(self, estimate: Estimate) -> bool:
        """Whether a number is computed from assumptions that change with the draws."""
        return isinstance(estimate.value, Expression) and not self._lively.isdisjoint(estimate.value.names)

    def moves(self, path: str, estimate: Estimate) -> bool:
        """Whether a number changes with the draws."""
        return path in self._varied or self.computed(estimate)

    def central(self, path: str, estimate: Estimate) -> float | None:
        """Central value of one number, remembered."""
        if path not in self._central:
            self._central[path] = self.resolution.number(path, estimate)
        return self._central[path]

    def under(self, draws: Mapping[str, Any]) -> Settled:
        """The numbers under some draws, by path."""
        return Settled(self, draws)


class Settled:
    """The numbers of a study under one set of draws.

    Attributes
    ----------
    clipped : dict of str to int
        Draws that were brought back to a number's bounds, by its path.
    refused : ndarray of bool or bool
        Draws that the engine itself would refuse: a share out of bounds, a duration shorter than its list,
        added deductions past the whole.
    past_whole : dict of str to ndarray of bool
        Draws in which the added deductions of an outcome pass 100%, by its name.
    """

    def __init__(self, numbers: DrawnNumbers, draws: Mapping[str, Any]) -> None:
        self._numbers = numbers
        self._draws = draws
        self._computed: dict[str, tuple[Any, int | None]] = {}
        self.clipped: dict[str, int] = {}
        self.past_whole: dict[str, Any] = {}
        self.refused: Any = False
        self._values: dict[str, Any] = dict(numbers.base)
        for name in numbers.live:
            path = f"assumptions.{name}"
            estimate = numbers.study.assumptions[name]
            assert estimate is not None
            if path in draws:
                self._values[name] = draws[path]
            elif isinstance(estimate.value, Expression):
                factor = numbers.resolution.price_factor(path, estimate)
                value = estimate.value.evaluate(self._values, ARRAYS)
                self._keep_in_range(estimate, value)
                self._values[name] = value if factor == 1.0 else value * factor

    def number(self, path: str, estimate: Estimate) -> Any:
        """One number under the draws, kept within its bounds; expressions written alike are computed once."""
        if path in self._draws:
            return self._draws[path]
        if not self._numbers.computed(estimate):
            return self._numbers.central(path, estimate)
        assert isinstance(estimate.value, Expression)
        factor = self._numbers.resolution.price_factor(path, estimate) or 1.0
        bounds = estimate.bounds
        key = f"{estimate.value.text} * {factor!r} in {bounds.what}"
        if key not in self._computed:
            beyond = None
            value = estimate.value.evaluate(self._values, ARRAYS)
            self._keep_in_range(estimate, value)
            value = value if factor == 1.0 else value * factor
            if bounds.high <= MOST_YEARS:
                outside = (value < bounds.low) | (value > bounds.high)
                beyond = int(np.sum(outside))
                self.refuse(outside)
                value = ARRAYS.clip(value, bounds.low, bounds.high)
            self._computed[key] = value, beyond
        value, beyond = self._computed[key]
        if beyond is not None:
            self.clipped[path] = beyond
        return value

    def series(self, path: str, written: Any) -> list[Any]:
        """A number, or each number of a list, under the draws."""
        if not isinstance(written, tuple):
            return [self.number(path, written)]
        return [self.number(f"{path}[{at}]", each) for at, each in enumerate(written)]

    def _keep_in_range(self, estimate: Estimate, value: Any) -> None:
        """Note draws that take a computed number out of a range of its own, as the loader would."""
        if estimate.shape in ("pert", "triangular", "uniform"):
            low, high = (
                end.evaluate(self._values, ARRAYS) if isinstance(end, Expression) else end
                for end in (estimate.low, estimate.high)
            )
            self.refuse((value < low) | (value > high))

    def refuse(self, where: Any) -> None:
        """Note draws that the engine itself would refuse."""
        self.refused = self.refused | where

    def pass_the_whole(self, outcome: str, where: Any) -> None:
        """Note draws in which the added deductions of an outcome pass 100%."""
        self.past_whole[outcome] = self.past_whole.get(outcome, False) | where
