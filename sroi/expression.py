"""Arithmetic over names: read it, list its names, evaluate it on any backend.

Numbers, percentages, names, ``+ - * / **``, parentheses, ``min`` and ``max``: nothing else is an expression,
and nothing of Python is run.
"""

from __future__ import annotations

import math
import operator
import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sroi.backends import FLOATS, Backend
from sroi.errors import NumberError
from sroi.quantities import shown
from sroi.text import plain_signs

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

MOST_CHARACTERS = 1_000
MOST_NESTED = 50

_NUMBER = r"(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][+-]?\d+)?"
_TOKEN = re.compile(
    rf"\s*(?:(?P<number>{_NUMBER})|(?P<name>[A-Za-z_][\w.]*)|(?P<symbol>\*\*|[-+*/(),%])|(?P<end>$)|(?P<other>.))",
    re.DOTALL,
)
_THOUSANDS = re.compile(r"(?<![\w.,])\d{1,3}(?:,\d{3})+(?![\d_])")
_NAME = re.compile(r"(?:assumptions\.)?([a-z][a-z0-9_]*)")
_CUT_BY_A_COMMA = "; put an expression that holds a comma in quotes where it stands inside { } or [ ]"
_ALLOWED = "an expression holds numbers, percentages, names of assumptions, + - * / ** ( ), min and max"


class ExpressionError(NumberError):
    """The text is not an expression, or has no finite value."""


@dataclass(frozen=True, slots=True)
class _Constant:
    value: float


@dataclass(frozen=True, slots=True)
class _Name:
    name: str


@dataclass(frozen=True, slots=True)
class _Operation:
    """``neg``, ``**``, ``min`` or ``max`` of its operands."""

    symbol: str
    operands: tuple[_Term, ...]


@dataclass(frozen=True, slots=True)
class _Chain:
    """Terms of one level of precedence, taken from left to right: ``a - b + c`` or ``a * b / c``."""

    first: _Term
    steps: tuple[tuple[str, _Term], ...]


_Term = _Constant | _Name | _Operation | _Chain


@dataclass(frozen=True, slots=True)
class Expression:
    """Arithmetic over the names of assumptions.

    Attributes
    ----------
    text : str
        The expression as it was written; two expressions are equal if their texts are.
    names : tuple of str
        The assumptions that it uses, in the order of their first use.

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
    _root: _Term = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        root, names = _parse(self.text)
        object.__setattr__(self, "_root", root)
        object.__setattr__(self, "names", names)

    def __str__(self) -> str:
        return self.text

    @property
    def constant(self) -> float | None:
        """The number, where the expression is one number or percentage and nothing more."""
        return self._root.value if isinstance(self._root, _Constant) else None

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
        except (OverflowError, ValueError) as error:
            hint = "use numbers whose result is finite and real"
            raise ExpressionError(f"{shown(self.text)} has no finite value ({error})", hint) from None


def _evaluate(term: _Term, values: Mapping[str, Any], backend: Backend) -> Any:
    if isinstance(term, _Constant):
        return term.value
    if isinstance(term, _Name):
        return values[term.name]
    if isinstance(term, _Chain):
        result = _evaluate(term.first, values, backend)
        for symbol, other in term.steps:
            result = _finite(_BINARY[symbol](result, _evaluate(other, values, backend)), backend)
        return result
    first, *others = (_evaluate(operand, values, backend) for operand in term.operands)
    if term.symbol == "neg":
        return -first
    if term.symbol == "**":
        return _finite(backend.power(first, others[0]), backend)
    choose = backend.minimum if term.symbol == "min" else backend.maximum
    for other in others:
        first = choose(first, other)
    return first


_BINARY: dict[str, Any] = {"+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv}


def _finite(value: Any, backend: Backend) -> Any:
    """``value``; on floats an OverflowError where it is not finite."""
    if backend is FLOATS and not math.isfinite(value):
        raise OverflowError("too large")
    return value


@lru_cache(maxsize=4096)
def _parse(text: str) -> tuple[_Term, tuple[str, ...]]:
    text = plain_signs(text)
    if len(text) > MOST_CHARACTERS:
        hint = f"at most {MOST_CHARACTERS:,}: name its parts under assumptions"
        raise ExpressionError(f"the expression is {len(text):,} characters long", hint)
    parser = _Parser(text)
    root = parser.sum(0)
    parser.expect("end", "the end of the expression")
    return root, tuple(dict.fromkeys(parser.names))


class _Parser:
    """Recursive descent, one method a level of precedence."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens: list[tuple[str, str]] = []
        position = 0
        while not self.tokens or self.tokens[-1][0] != "end":
            found = _TOKEN.match(text, position)
            assert found is not None
            group = str(found.lastgroup)
            self.tokens.append((group, found[group]))
            position = found.end()
        self.at = 0
        self.names: list[str] = []
        if len(self.tokens) == 1:
            hint = "write a number, a percentage or an expression over names"
            raise ExpressionError("the expression is empty", hint)

    def take(self) -> tuple[str, str]:
        self.at += 1
        return self.tokens[self.at - 1]

    def take_if(self, *symbols: str) -> str | None:
        kind, word = self.tokens[self.at]
        if kind != "symbol" or word not in symbols:
            return None
        self.at += 1
        return word

    def expect(self, wanted: str, words: str) -> None:
        kind, word = self.take()
        if wanted not in (kind, word):
            cut = not word and any(name in (("name", "min"), ("name", "max")) for name in self.tokens)
            hint = _ALLOWED + (_CUT_BY_A_COMMA if cut else "")
            message = f"{shown(self.text)}: expected {words}, found {shown(word or 'the end')}"
            raise ExpressionError(message, hint)

    def sum(self, depth: int) -> _Term:
        self.check_nested(depth)
        return self.chain(self.product, depth, "+", "-")

    def check_nested(self, depth: int) -> None:
        if depth > MOST_NESTED:
            message = f"the expression is nested more than {MOST_NESTED} deep"
            raise ExpressionError(message, "name its parts under assumptions")

    def product(self, depth: int) -> _Term:
        return self.chain(self.signed, depth, "*", "/")

    def chain(self, part: Callable[[int], _Term], depth: int, *symbols: str) -> _Term:
        first = part(depth)
        steps = []
        while symbol := self.take_if(*symbols):
            steps.append((symbol, part(depth)))
        return _Chain(first, tuple(steps)) if steps else first

    def negative(self) -> bool:
        """Whether the signs that stand here make what follows negative."""
        negative = False
        while symbol := self.take_if("-", "+"):
            negative ^= symbol == "-"
        return negative

    def signed(self, depth: int) -> _Term:
        negative = self.negative()
        term = self.power(depth)
        if not negative:
            return term
        return _Constant(-term.value) if isinstance(term, _Constant) else _Operation("neg", (term,))

    def power(self, depth: int) -> _Term:
        base = self.atom(depth)
        if not self.take_if("**"):
            return base
        self.check_nested(depth)
        negative = self.negative()
        exponent = self.power(depth + 1)
        return _Operation("**", (base, _Operation("neg", (exponent,)) if negative else exponent))

    def atom(self, depth: int) -> _Term:
        kind, word = self.take()
        if kind == "number":
            return _Constant(self.number(word) / 100 if self.take_if("%") else self.number(word))
        if kind == "name":
            return self.call(word, depth) if self.take_if("(") else self.name(word)
        if word == "(":
            term = self.sum(depth + 1)
            self.expect(")", "a closing )")
            return term
        found = f"found {shown(word)}" if word else "found the end"
        raise ExpressionError(f"{shown(self.text)}: expected a number or a name, {found}", _ALLOWED)

    def number(self, word: str) -> float:
        if re.match(r"0_*\d", word):
            message = f"{word} begins with a zero, which YAML 1.1 reads as an octal number"
            raise ExpressionError(message, f"write {word.lstrip('0_') or '0'}")
        value = float(word.replace("_", ""))
        if value == float("inf"):
            raise ExpressionError(f"{shown(word)} is not a finite number", "write a finite number")
        return value

    def name(self, word: str) -> _Term:
        found = _NAME.fullmatch(word)
        if found is None:
            message = f"{shown(self.text)}: {shown(word)} is not the name of an assumption"
            raise ExpressionError(message, _ALLOWED)
        self.names.append(found[1])
        return _Name(found[1])

    def call(self, word: str, depth: int) -> _Term:
        if word not in ("min", "max"):
            raise ExpressionError(f"{shown(self.text)}: {shown(word)} is not a function here", _ALLOWED)
        if doubtful := _THOUSANDS.search(self.text):
            hint = f"write {doubtful[0].replace(',', '_')}, or {doubtful[0].replace(',', ', ')}"
            raise ExpressionError(f"{shown(self.text)}: {doubtful[0]} may be one number or two", hint)
        operands = [self.sum(depth + 1)]
        while self.take_if(","):
            operands.append(self.sum(depth + 1))
        self.expect(")", f"a closing ) of {word}")
        return _Operation(word, tuple(operands))
