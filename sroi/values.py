"""The numbers of a study on a backend, some replaced: by draws, by cells, by signals of a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from sroi import formulas
from sroi.numbers import Number, OutcomeNumbers, outcome_numbers
from sroi.quantities import MOST_YEARS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sroi.backends import Backend
    from sroi.resolution import Numbers


class Guard(Protocol):
    """What becomes of values that a study could not hold."""

    def computed(self, number: Number, value: Any, values: Values) -> Any:
        """A value computed from replaced numbers, kept within the bounds of the number it stands for."""

    def kept(self, outcome: str, share: Any) -> Any:
        """What added deductions leave of an outcome."""

    def lasting(self, duration: Any, listed: int) -> None:
        """Look at a duration beside the number of years that deductions are listed for."""


class Values:
    """The numbers of a study on a backend.

    Parameters
    ----------
    numbers : Numbers
        Complete: every number that the result needs is assessed.
    backend : Backend
        What holds the numbers.
    replaced : mapping of str to number, optional
        What numbers are replaced by, by path. What is computed from them is computed again.
    bind : callable, optional
        Given the path and the value of every number that is not replaced, and of every step, gives what
        stands for it from then on: the value itself, or a reference to the cell that it was written to.
    guard : Guard, optional
        What becomes of computed values out of bounds; they stay as they are where it is left out.

    Attributes
    ----------
    assumptions : dict of str to number
        By name; those that are not assessed are not among them.
    bound : dict of str to number
        What stands for each number and step, by path, in order; empty without ``bind``.
    """

    def __init__(
        self,
        numbers: Numbers,
        backend: Backend,
        replaced: Mapping[str, Any] | None = None,
        bind: Callable[[str, Any], Any] | None = None,
        guard: Guard | None = None,
    ) -> None:
        self.numbers = numbers
        self.backend = backend
        self.guard = guard
        self.replaced = {} if replaced is None else replaced
        self._bind = bind
        self.bound: dict[str, Any] = {}
        self._computed: dict[str, Any] = {}
        self._moving: set[str] = set()
        self.assumptions: dict[str, Any] = {}
        for name in numbers.order:
            path = f"assumptions.{name}"
            central = numbers.value(path)
            if central is not None:
                value = self.assumptions[name] = self.number(path)
                if not (isinstance(value, float) and value == central):
                    self._moving.add(name)

    def step(self, path: str, value: Any) -> Any:
        """What stands for a number or a step of the calculation; the first of a path holds."""
        if self._bind is None:
            return value
        if path not in self.bound:
            self.bound[path] = self._bind(path, value)
        return self.bound[path]

    def moves(self, number: Number) -> bool:
        """Whether a number is computed from one that is replaced."""
        return not self._moving.isdisjoint(number.uses)

    def number(self, path: str) -> Any:
        """The number at a path, in the study's prices."""
        if path in self.replaced:
            return self.replaced[path]
        number = self.numbers[path]
        moves = self.moves(number)
        if self._bind is None and not moves:
            return number.value
        if number.price_year is None:
            return self.step(path, self._again(number) if moves else number.entered)
        entered = self.step(f"{path}.written", self._again(number) if moves else number.entered)
        factor = self.step(f"{path}.price_factor", number.factor)
        return self.step(path, formulas.converted(entered, factor))

    def _again(self, number: Number) -> Any:
        """A number computed from what its names stand for now; those written alike are computed once."""
        text = str(number.written)
        if text not in self._computed:
            self._computed[text] = number.estimate.value.evaluate(self.assumptions, self.backend)  # type: ignore[union-attr]
        value = self._computed[text]
        return value if self.guard is None else self.guard.computed(number, value, self)

    def outcome(self, name: str) -> OutcomeNumbers:
        """The numbers of one outcome that has a money value."""
        found = outcome_numbers(self.numbers.study.outcomes[name], f"outcomes.{name}", self.number, self.step)
        assert found is not None
        if self.guard is not None:
            self.guard.lasting(found.duration, found.listed)
        return found

    def money(self, name: str, more_years: int = 0) -> list[Any]:
        """What one input is worth in each year from year 0, undiscounted."""
        entry, path = self.numbers.study.inputs[name], f"inputs.{name}"
        if isinstance(entry.value, tuple):
            money = [self.number(f"{path}.value[{t}]") for t in range(len(entry.value))]
        else:
            money = [self.number(f"{path}.value")]
        if entry.years is not None:
            years = self.number(f"{path}.years")
            held = int(self.numbers.value(f"{path}.years") or 1)
            more = 0 if entry.prices == "nominal" else min(more_years, MOST_YEARS - held)
            parts = (formulas.counted_pro_rata(years, t, self.backend) for t in range(held + more))
            money = [
                money[0] if isinstance(part, float) and part == 1.0 else money[0] * part for part in parts
            ]
        factors = self.numbers.price_factors.get(name, ())
        for t, factor in enumerate(factors):
            money[t] = formulas.converted(money[t], self.step(f"{path}.price_factors[{t}]", factor))
        return money
