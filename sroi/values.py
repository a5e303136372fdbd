"""The numbers of a study on a backend, some replaced: by draws, by cells, by signals of a page."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Protocol

from sroi import formulas
from sroi.expression import Expression
from sroi.numbers import Number, OutcomeNumbers, outcome_numbers
from sroi.optimism import biases
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
        """Look at a duration beside the number of years that numbers are listed for."""


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
    once : bool
        Whether each number that the result rests on is asked for once: assumptions are then computed when
        they are first needed, and dropped after their last use, so that memory holds few of them.

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
        *,
        once: bool = False,
    ) -> None:
        self.numbers = numbers
        self.backend = backend
        self.guard = guard
        self.replaced = {} if replaced is None else replaced
        self._bind = bind
        self.bound: dict[str, Any] = {}
        self._computed: dict[str, Any] = {}
        self._moving: set[str] = set()
        self.assumptions: dict[str, Any] = _Assumptions(self)
        self._biases = biases(numbers)
        self._ahead = iter(numbers.order)
        self._seen: set[str] = set()
        self._waiting: dict[str, None] = {}
        self._uses = _Uses(numbers, self.replaced) if once else None
        if not once:
            self.finish()

    def finish(self) -> None:
        """Compute the assumptions that nothing has asked for yet."""
        for name in self._ahead:
            self._assume(name)
        while self._waiting:
            self.number(f"assumptions.{self._waiting.popitem()[0]}")

    def _assume(self, name: str) -> None:
        path = f"assumptions.{name}"
        self._seen.add(name)
        if self._uses is not None and path in self.replaced:
            self._moving.add(name)
            self._waiting[name] = None
            return
        central = self.numbers.value(path)
        if central is not None:
            value = self.assumptions[name] = self.number(path)
            if not (isinstance(value, float) and value == central):
                self._moving.add(name)
            if self._uses is not None and not self._uses.of_name[name]:
                del self.assumptions[name]

    def awaited(self, name: str) -> Any:
        """An assumption that is replaced, when it is first used."""
        del self._waiting[name]
        return self.number(f"assumptions.{name}")

    def _reach(self, names: tuple[str, ...]) -> None:
        for name in names:
            while name not in self._seen and (ahead := next(self._ahead, None)) is not None:
                self._assume(ahead)

    def end(self, written: float | Expression | None) -> Any:
        """What an end of a range comes to."""
        if not isinstance(written, Expression):
            return written
        self._reach(written.names)
        return written.evaluate(self.assumptions, self.backend)

    def step(self, path: str, value: Any) -> Any:
        """What stands for a number or a step of the calculation; the first of a path holds."""
        if self._bind is None:
            return value
        if path not in self.bound:
            self.bound[path] = self._bind(path, value)
        return self.bound[path]

    def moves(self, number: Number) -> bool:
        """Whether a number is computed from one that is replaced."""
        self._reach(number.uses)
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
            for name in self._uses.spent(number.uses) if self._uses is not None else ():
                del self.assumptions[name]
        if self._uses is None or self._uses.again(text):
            value = self._computed[text]
        else:
            value = self._computed.pop(text)
        return value if self.guard is None else self.guard.computed(number, value, self)

    def wanted(self, number: Number) -> bool:
        """Whether a number written like this one may be asked for after it."""
        return self._uses is None or self._uses.of_text[str(number.written)] > 0

    def outcome(self, name: str) -> OutcomeNumbers:
        """The numbers of one outcome that has a money value."""
        found = outcome_numbers(self.numbers.study.outcomes[name], f"outcomes.{name}", self.number, self.step)
        assert found is not None
        if self.guard is not None:
            self.guard.lasting(found.duration, found.longest)
        bias = self._bias(f"outcomes.{name}")
        return found if bias is None else replace(found, optimism=bias)

    def _bias(self, path: str) -> Any:
        """The optimism bias of an outcome or input; None where none is applied."""
        stated = self._biases.get(path)
        return self.number(stated) if isinstance(stated, str) else stated

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
        bias = self._bias(path)
        return money if bias is None else [formulas.raised(each, bias) for each in money]


class _Assumptions(dict[str, Any]):
    """Assumptions by name, among them those that have not been used yet."""

    def __init__(self, values: Values) -> None:
        super().__init__()
        self._values = values

    def __missing__(self, name: str) -> Any:
        found = self[name] = self._values.awaited(name)
        return found


class _Uses:
    """How often each assumption and expression is still to be used, every number being asked for once.

    An expression that several numbers are written by is computed once, and uses its names once. What ends of
    ranges use is never used up, since they may be looked at at any time.
    """

    def __init__(self, numbers: Numbers, replaced: Mapping[str, Any]) -> None:
        asked = {number.path: number for number in numbers.used}
        asked |= {path: numbers[path] for name in numbers.order if (path := f"assumptions.{name}") in numbers}
        written = [number for path, number in asked.items() if number.uses and path not in replaced]
        self.of_text = Counter(str(number.written) for number in written)
        by_text = {str(number.written): number.uses for number in written}
        self.of_name = Counter(name for names in by_text.values() for name in names)
        for number in written:
            for end in (number.estimate.low, number.estimate.high):
                self.of_name.update(end.names if isinstance(end, Expression) else ())

    def spent(self, names: tuple[str, ...]) -> list[str]:
        """Those of the names that an expression uses which nothing uses after it."""
        self.of_name.subtract(names)
        return [name for name in names if not self.of_name[name]]

    def again(self, text: str) -> bool:
        """Whether an expression is asked for again after now."""
        self.of_text[text] -= 1
        return self.of_text[text] > 0
