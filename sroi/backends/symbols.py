"""Numbers as text: expressions in the language of a spreadsheet or of a chart.

A :class:`Symbol` stands for a number that is known elsewhere: a cell, a slider. The formulas run on it as
they run on floats, and what comes out is the text of the calculation. What is known now stays a float: a
calculation without a symbol in it is done at once.
"""

from __future__ import annotations

import functools
import itertools
import operator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sroi.backends import FLOATS, Backend, Floats

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_SUM, _PRODUCT, _SIGN, _ATOM = range(4)


@dataclass(frozen=True, slots=True)
class Symbol:
    """An expression that grows as it is calculated with.

    Attributes
    ----------
    text : str
        The expression, with no more parentheses than its order of calculation needs.
    level : int
        How tightly its last operation binds; a name, a cell or a call binds most tightly.

    Examples
    --------
    >>> members, share = Symbol("members"), Symbol("share")
    >>> str(members * (1 - share) / 2)
    'members*(1-share)/2'
    """

    text: str
    level: int = _ATOM

    def __str__(self) -> str:
        return self.text

    def __add__(self, other: Any) -> Any:
        return self if _is(other, 0) else _joined(self, "+", other, _SUM)

    def __radd__(self, other: Any) -> Any:
        return self if _is(other, 0) else _joined(other, "+", self, _SUM)

    def __sub__(self, other: Any) -> Any:
        return self if _is(other, 0) else _joined(self, "-", other, _SUM)

    def __rsub__(self, other: Any) -> Any:
        return -self if _is(other, 0) else _joined(other, "-", self, _SUM)

    def __mul__(self, other: Any) -> Any:
        return 0.0 if _is(other, 0) else self if _is(other, 1) else _joined(self, "*", other, _PRODUCT)

    def __rmul__(self, other: Any) -> Any:
        return 0.0 if _is(other, 0) else self if _is(other, 1) else _joined(other, "*", self, _PRODUCT)

    def __truediv__(self, other: Any) -> Any:
        return self if _is(other, 1) else _joined(self, "/", other, _PRODUCT)

    def __rtruediv__(self, other: Any) -> Any:
        return 0.0 if _is(other, 0) else _joined(other, "/", self, _PRODUCT)

    def __neg__(self) -> Symbol:
        return Symbol(f"-{_within(self, _ATOM)}", _SIGN)


def written(value: Any) -> str:
    """A number or symbol as text."""
    return _symbol(value).text


def _is(value: Any, number: float) -> bool:
    return not isinstance(value, Symbol) and value == number


def _symbol(value: Any) -> Symbol:
    """A number as a symbol; every digit that a float holds is written."""
    if isinstance(value, Symbol):
        return value
    number = float(value)
    text = f"{number:.0f}" if number == int(number) and abs(number) < 1e15 else repr(number).upper()
    return Symbol(text, _SIGN if number < 0 else _ATOM)


def _within(value: Any, level: int) -> str:
    """The text of an operand, in parentheses where it binds less tightly than ``level``."""
    symbol = _symbol(value)
    return symbol.text if symbol.level >= level else f"({symbol.text})"


def _joined(left: Any, sign: str, right: Any, level: int) -> Symbol:
    """Two operands and what joins them; a signed one on the right is put in parentheses."""
    right = _symbol(right)
    signed = right.text.startswith("-")
    return Symbol(
        f"{_within(left, level)}{sign}{f'({right})' if signed else _within(right, level + 1)}", level
    )


def _called(name: str, on_floats: Callable[..., float], *values: Any) -> Any:
    """A function of the language on symbols; on numbers alone, the number."""
    if not any(isinstance(value, Symbol) for value in values):
        return on_floats(*values)
    return Symbol(f"{name}({','.join(map(written, values))})")


class _Language:
    """What the languages of spreadsheets and of charts have in common."""

    def power(self, base: Any, exponent: Any) -> Any:
        """``base`` to a power."""
        raise NotImplementedError

    def total(self, values: Iterable[Any]) -> Any:
        """The sum."""
        raise NotImplementedError

    def sums(self, amounts: Iterable[tuple[int, Any]]) -> dict[int, Any]:
        """The sum of the amounts of each year."""
        found: dict[int, list[Any]] = {}
        for year, amount in amounts:
            found.setdefault(year, []).append(amount)
        return {year: self.total(each) for year, each in found.items()}

    def geometric(self, first: Any, ratio: Any, start: int) -> Iterator[Any]:
        """``first`` times each power of ``ratio``, written as a power."""
        if not isinstance(ratio, Symbol):
            return Floats.geometric(first, ratio, start)
        return (first * self.power(ratio, exponent) for exponent in self.counts(start))

    def counts(self, start: int) -> Iterator[Any]:
        """``start``, ``start`` + 1, and so on without end."""
        return itertools.count(start)

    def choose(self, condition: bool, then: Callable[[], Any], otherwise: Any) -> Any:
        """A choice that is known now."""
        return then() if condition else otherwise

    def highest(self, x: Any) -> float | None:
        """The number; None for a symbol."""
        return None if isinstance(x, Symbol) else x


class Excel(_Language):
    """Text of spreadsheet formulas, as Excel and LibreOffice read them."""

    def minimum(self, a: Any, b: Any) -> Any:
        """The smaller of two numbers."""
        return _called("MIN", FLOATS.minimum, a, b)

    def maximum(self, a: Any, b: Any) -> Any:
        """The larger of two numbers."""
        return _called("MAX", FLOATS.maximum, a, b)

    def clip(self, x: Any, low: float, high: float) -> Any:
        """``x``, or the nearer limit where it lies outside."""
        return self.maximum(low, self.minimum(high, x))

    def power(self, base: Any, exponent: Any) -> Any:
        """``base`` to a power; a spreadsheet has no 0 to the power 0, so such an exponent is asked first."""
        if _is(exponent, 0):
            return 1.0
        if _is(exponent, 1):
            return base
        power = _called("POWER", FLOATS.power, base, exponent)
        return Symbol(f"IF({exponent}=0,1,{power})") if isinstance(exponent, Symbol) else power

    def ceil(self, x: Any) -> Any:
        """``x`` rounded up; ROUNDUP would take −1.5 to −2."""
        return -Symbol(f"INT({written(-x)})") if isinstance(x, Symbol) else FLOATS.ceil(x)

    def total(self, values: Iterable[Any]) -> Any:
        """The sum; at most 255 numbers go into one SUM."""
        parts = [value for value in values if not _is(value, 0)]
        while len(parts) > 2 and any(isinstance(part, Symbol) for part in parts):
            parts = [
                _called("SUM", lambda *numbers: FLOATS.total(numbers), *parts[at : at + 255])
                for at in range(0, len(parts), 255)
            ]
        return FLOATS.total(parts)


class Vega(_Language):
    """Text of Vega's expression language, in which the charts of a page calculate."""

    def minimum(self, a: Any, b: Any) -> Any:
        """The smaller of two numbers."""
        return _called("min", FLOATS.minimum, a, b)

    def maximum(self, a: Any, b: Any) -> Any:
        """The larger of two numbers."""
        return _called("max", FLOATS.maximum, a, b)

    def clip(self, x: Any, low: float, high: float) -> Any:
        """``x``, or the nearer limit where it lies outside."""
        return _called("clamp", FLOATS.clip, x, low, high)

    def power(self, base: Any, exponent: Any) -> Any:
        """``base`` to a power."""
        if _is(exponent, 0):
            return 1.0
        return base if _is(exponent, 1) else _called("pow", FLOATS.power, base, exponent)

    def ceil(self, x: Any) -> Any:
        """``x`` rounded up."""
        return _called("ceil", FLOATS.ceil, x)

    def total(self, values: Iterable[Any]) -> Any:
        """The sum, with what is known now added up first."""
        parts = list(values)
        known = FLOATS.total([value for value in parts if not isinstance(value, Symbol)])
        return functools.reduce(operator.add, [value for value in parts if isinstance(value, Symbol)], known)


EXCEL: Backend = Excel()
VEGA: Backend = Vega()
