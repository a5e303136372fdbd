"""Text to arithmetic: the terms that an expression is made of, and the parser that finds them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from sroi.errors import NumberError
from sroi.quantities import shown
from sroi.scalars import Pointed, misplaced_underscore, pointed, vanishes
from sroi.text import plain_signs

if TYPE_CHECKING:
    from collections.abc import Callable

MOST_CHARACTERS = 1_000
MOST_NESTED = 50

_NUMBER = r"(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][+-]?\d+)?"
_TOKEN = re.compile(
    rf"\s*(?:(?P<number>{_NUMBER})|(?P<name>[A-Za-z_][\w.]*)|(?P<symbol>\*\*|[-+*/(),%])|(?P<end>$)|(?P<other>.))",
    re.DOTALL,
)
_THOUSANDS = re.compile(r"(?<![\w.,])\d{1,3}(?:,\d{3,})+(?![\d_])")
_NAME = re.compile(r"(?:assumptions\.)?([a-z][a-z0-9_]*)")
_CUT_BY_A_COMMA = "; put an expression that holds a comma in quotes where it stands inside { } or [ ]"
_ALLOWED = "an expression holds numbers, percentages, names of assumptions, + - * / ** ( ), min and max"


class ExpressionError(NumberError):
    """The text is not an expression, or has no finite value."""


@dataclass(frozen=True, slots=True)
class Constant:
    """A number; ``percent`` if it was written as a percentage."""

    value: float
    percent: bool = False


@dataclass(frozen=True, slots=True)
class Name:
    """An assumption by its name."""

    name: str


@dataclass(frozen=True, slots=True)
class Operation:
    """``neg``, ``**``, ``min`` or ``max`` of its operands."""

    symbol: str
    operands: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Chain:
    """Terms of one level of precedence, taken from left to right: ``a - b + c`` or ``a * b / c``."""

    first: Term
    steps: tuple[tuple[str, Term], ...]


Term = Constant | Name | Operation | Chain


@lru_cache(maxsize=4096)
def parsed(text: str) -> tuple[Term, tuple[str, ...], tuple[Pointed, ...]]:
    """What a text of arithmetic holds: its terms, the names in them, and numbers that may be thousands.

    Raises
    ------
    ExpressionError
        If it is anything but arithmetic.
    """
    text = plain_signs(text)
    if len(text) > MOST_CHARACTERS:
        hint = f"at most {MOST_CHARACTERS:,}: name its parts under assumptions"
        raise ExpressionError(f"the expression is {len(text):,} characters long", hint)
    parser = _Parser(text)
    root = parser.sum(0)
    parser.expect("end", "the end of the expression")
    return root, tuple(dict.fromkeys(parser.names)), tuple(parser.pointed)


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
        self.pointed: list[Pointed] = []
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

    def sum(self, depth: int) -> Term:
        self.check_nested(depth)
        return self.chain(self.product, depth, "+", "-")

    def check_nested(self, depth: int) -> None:
        if depth > MOST_NESTED:
            message = f"the expression is nested more than {MOST_NESTED} deep"
            raise ExpressionError(message, "name its parts under assumptions")

    def product(self, depth: int) -> Term:
        return self.chain(self.signed, depth, "*", "/")

    def chain(self, part: Callable[[int], Term], depth: int, *symbols: str) -> Term:
        first = part(depth)
        steps = []
        while symbol := self.take_if(*symbols):
            steps.append((symbol, part(depth)))
        return Chain(first, tuple(steps)) if steps else first

    def negative(self) -> bool:
        """Whether the signs that stand here make what follows negative."""
        negative = False
        while symbol := self.take_if("-", "+"):
            negative ^= symbol == "-"
        return negative

    def signed(self, depth: int) -> Term:
        negative = self.negative()
        term = self.power(depth)
        if not negative:
            return term
        if isinstance(term, Constant):
            return Constant(-term.value, term.percent)
        return Operation("neg", (term,))

    def power(self, depth: int) -> Term:
        base = self.atom(depth)
        if not self.take_if("**"):
            return base
        self.check_nested(depth)
        negative = self.negative()
        exponent = self.power(depth + 1)
        return Operation("**", (base, Operation("neg", (exponent,)) if negative else exponent))

    def atom(self, depth: int) -> Term:
        kind, word = self.take()
        if kind == "number":
            value = self.number(word)
            if self.take_if("%"):
                return Constant(value / 100, percent=True)
            self.pointed += [value] if isinstance(value, Pointed) else []
            return Constant(value)
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
        if wrong := misplaced_underscore(word):
            raise ExpressionError(*wrong)
        value = pointed(word)
        if value == float("inf"):
            raise ExpressionError(f"{shown(word)} is not a finite number", "write a finite number")
        if vanishes(word, value):
            raise ExpressionError(f"{shown(word)} is too small to be told from 0", "write 0")
        return value

    def name(self, word: str) -> Term:
        found = _NAME.fullmatch(word)
        if found is None:
            message = f"{shown(self.text)}: {shown(word)} is not the name of an assumption"
            raise ExpressionError(message, _ALLOWED)
        self.names.append(found[1])
        return Name(found[1])

    def call(self, word: str, depth: int) -> Term:
        if word not in ("min", "max"):
            raise ExpressionError(f"{shown(self.text)}: {shown(word)} is not a function here", _ALLOWED)
        if doubtful := _THOUSANDS.search(self.text):
            one = doubtful[0].replace(",", "_")
            one = doubtful[0].replace(",", "") if misplaced_underscore(one) else one
            hint = f"write {one}, or {doubtful[0].replace(',', ', ')}"
            raise ExpressionError(f"{shown(self.text)}: {doubtful[0]} may be one number or two", hint)
        operands = [self.sum(depth + 1)]
        while self.take_if(","):
            operands.append(self.sum(depth + 1))
        self.expect(")", f"a closing ) of {word}")
        return Operation(word, tuple(operands))
