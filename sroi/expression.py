"""Arithmetic over names: read it, list its names, evaluate it on any backend.

Numbers, percentages, names, ``+ - * / **``, parentheses, ``min`` and ``max``: nothing else is an expression,
and nothing of Python is run.
"""

from __future__ import annotations

import math
import operator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sroi.backends import FLOATS, Backend
from sroi.grammar import Chain, Constant, ExpressionError, Name, Operation, Term, parsed
from sroi.quantities import shown
from sroi.scalars import Pointed
from sroi.terms import Beside, added, beside, changes_by, parts, sums

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


@dataclass(frozen=True, slots=True)
class Expression:
    """Arithmetic over the names of assumptions.

    Attributes
    ----------
    text : str
        The expression as it was written; two expressions are equal if their texts are.
    names : tuple of str
        The assumptions that it uses, in the order of their first use.
    pointed : tuple of Pointed
        Its numbers whose point may part thousands.

    Raises
    ------
    ExpressionError
        If the text is anything but arithmetic, is longer than 1,000 characters or nested more than 50 deep.

    Examples
    --------
    >>> Expression("members * share").evaluate({"members": 120.0, "share": 0.35})
    42.0
    >>> Expression("max(20%, 1 - kept)").names
    ('kept',)
    """

    text: str
    names: tuple[str, ...] = field(init=False, compare=False, repr=False)
    pointed: tuple[Pointed, ...] = field(init=False, compare=False, repr=False)
    _root: Term = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        root, names, pointed = parsed(self.text)
        object.__setattr__(self, "_root", root)
        object.__setattr__(self, "names", names)
        object.__setattr__(self, "pointed", pointed)

    def __str__(self) -> str:
        return self.text

    @property
    def constant(self) -> float | None:
        """The number, where the expression is one number or percentage and nothing more."""
        return self._root.value if isinstance(self._root, Constant) else None

    @property
    def name(self) -> str | None:
        """The assumption, where the expression is its name and nothing more."""
        return self._root.name if isinstance(self._root, Name) else None

    @property
    def constants(self) -> tuple[float, ...]:
        """The numbers that are written in it, beside the names."""
        found, ahead = [], [self._root]
        while ahead:
            term = ahead.pop()
            if isinstance(term, Constant):
                found.append(float(term.value))
            ahead += parts(term)
        return tuple(found)

    @property
    def divides(self) -> bool:
        """Whether it divides, or raises to a power."""
        ahead = [self._root]
        while ahead:
            term = ahead.pop()
            if isinstance(term, Chain) and any(symbol == "/" for symbol, _ in term.steps):
                return True
            if isinstance(term, Operation) and term.symbol == "**":
                return True
            ahead += parts(term)
        return False

    def beside(self, name: str) -> list[Beside]:
        """What multiplies a name, at each place where it stands.

        Examples
        --------
        >>> Expression("(rent + 100) * 12 / rooms + rent").beside("rent")[0]
        Beside(constants=(12.0,), names=('rooms',), inverted=False)
        """
        return list(beside(self._root, name))

    @property
    def changes_by(self) -> tuple[str, ...]:
        """The names that are added to 1 or taken from it, as the rate in ``1 + rate`` is."""
        return tuple(changes_by(self._root))

    def is_share(self, is_share: Callable[[str], bool]) -> bool:
        """Whether it is made of percentages alone, by whether each name is."""
        return _is_share(self._root, is_share)

    def share_added(
        self, values: Mapping[str, float], is_share: Callable[[str], bool]
    ) -> tuple[str, str, str] | None:
        """What a percentage is added to, taken from or compared with though it is more than any share.

        Parameters
        ----------
        values : mapping of str to float
            A value for each of ``names``.
        is_share : callable
            Whether a name stands for a number that was written as a percentage.

        Returns
        -------
        tuple of str, or None
            The amount, the sign (or min, max) and the percentage, as they would be written.

        Examples
        --------
        >>> Expression("60_000 + 10%").share_added({}, lambda name: False)
        ('60000', '+', '10%')
        >>> Expression("1 - 10%").share_added({}, lambda name: False)
        """
        for chain in sums(self._root):
            terms = list(added(chain, "+"))
            if isinstance(chain, Operation):
                terms = [(chain.symbol, each) for each in chain.operands]
            shares = [(sign, term) for sign, term in terms if _is_share(term, is_share)]
            others = [term for _, term in terms if not _is_share(term, is_share)]
            if isinstance(chain, Operation):  # what a name is compared with may be its bound
                others = [term for term in others if isinstance(term, Constant)]
            large = [(each, value) for each in others if abs(value := _evaluate(each, values, FLOATS)) > 1]
            if shares and large:
                sign, share = shares[0]
                size = _evaluate(share, values, FLOATS)
                if sign in ("+", "-"):
                    sign = "-" if (sign == "-") != (size < 0) else "+"
                return _said(*large[0]), sign, _said(share, size, percent=True)
        return None

    def evaluate(self, values: Mapping[str, Any], backend: Backend = FLOATS) -> Any:
        """The value of the expression.

        Parameters
        ----------
        values : mapping of str to number
            A value for each of ``names``, of the kind that ``backend`` carries.
        backend : Backend, default floats
            What supplies ``minimum``, ``maximum`` and ``power``.

        Raises
        ------
        ExpressionError
            On floats only: if a step divides by zero or has no finite real value.
        """
        try:
            return _evaluate(self._root, values, backend)
        except ZeroDivisionError:
            hint = "give the divisor a value other than 0"
            raise ExpressionError(f"{shown(self.text)} divides by zero", hint) from None
        except _TooSmallError:
            hint = "write 0, or larger numbers"
            raise ExpressionError(f"{shown(self.text)} is too small to be told from 0", hint) from None
        except (OverflowError, ValueError) as error:
            hint = "use numbers whose result is finite and real"
            raise ExpressionError(f"{shown(self.text)} has no finite value ({error})", hint) from None


def _is_share(term: Term, is_share: Callable[[str], bool]) -> bool:
    """Whether a term is made of percentages alone: written so, their products, sums and parts of them."""
    if isinstance(term, Constant):
        return term.percent
    if isinstance(term, Name):
        return is_share(term.name)
    if isinstance(term, Operation):
        base = term.operands[:1] if term.symbol == "**" else term.operands
        return all(_is_share(each, is_share) for each in base)
    divided = [other for symbol, other in term.steps if symbol == "/"]
    rest = [part for part in parts(term) if part not in divided]
    return all(_is_share(each, is_share) for each in rest) and all(
        isinstance(each, Constant) for each in divided
    )


def _said(term: Term, value: float, *, percent: bool = False) -> str:
    if isinstance(term, Name):
        return term.name
    return f"{shown(abs(100 * value))}%" if percent else shown(value)


def _evaluate(term: Term, values: Mapping[str, Any], backend: Backend) -> Any:
    if isinstance(term, Constant):
        return term.value
    if isinstance(term, Name):
        return values[term.name]
    if isinstance(term, Chain):
        result = _evaluate(term.first, values, backend)
        for symbol, other in term.steps:
            by = _evaluate(other, values, backend)
            found = _finite(_BINARY[symbol](result, by), backend)
            if symbol in ("*", "/"):
                _check_left(found, backend, result, by if symbol == "*" else 1)
            result = found
        return result
    first, *others = (_evaluate(operand, values, backend) for operand in term.operands)
    if term.symbol == "neg":
        return -first
    if term.symbol == "**":
        found = _finite(backend.power(first, others[0]), backend)
        _check_left(found, backend, first)
        return found
    choose = backend.minimum if term.symbol == "min" else backend.maximum
    for other in others:
        first = choose(first, other)
    return first


_BINARY: dict[str, Any] = {"+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv}


class _TooSmallError(ArithmeticError):
    """What is not 0 comes to 0."""


def _check_left(value: Any, backend: Backend, *of: Any) -> None:
    """On floats an error where nothing is left of a product of what is not 0."""
    if backend is FLOATS and value == 0 and all(of):
        raise _TooSmallError


def _finite(value: Any, backend: Backend) -> Any:
    """``value``; on floats an OverflowError where it is not finite."""
    if backend is FLOATS and not math.isfinite(value):
        raise OverflowError("too large")
    return value
