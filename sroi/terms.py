"""Walks over the terms of an expression: its parts, its sums, what multiplies a name in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sroi.grammar import Chain, Constant, Name, Operation, Term

if TYPE_CHECKING:
    from collections.abc import Iterator


class Beside(NamedTuple):
    """What multiplies a name where it stands in an expression.

    Attributes
    ----------
    constants : tuple of float
        Numbers, those that divide as what they multiply by; percentages are left out.
    names : tuple of str
        Other names that multiply or divide it.
    inverted : bool
        Whether it divides something itself, or is raised to a power.
    """

    constants: tuple[float, ...] = ()
    names: tuple[str, ...] = ()
    inverted: bool = False


def parts(term: Term) -> tuple[Term, ...]:
    """The terms that one is made of."""
    if isinstance(term, Chain):
        return (term.first, *(other for _, other in term.steps))
    return term.operands if isinstance(term, Operation) else ()


def beside(term: Term, name: str, around: Beside = Beside()) -> Iterator[Beside]:
    """What multiplies a name, at each place where it stands in a term."""
    if isinstance(term, Name) and term.name == name:
        yield around
    elif isinstance(term, Chain) and not is_sum(term):
        factors = [("*", term.first), *term.steps]
        for at, (symbol, factor) in enumerate(factors):
            others = [other for place, other in enumerate(factors) if place != at]
            constants = [(sign, each) for sign, each in others if isinstance(each, Constant)]
            numbers = [
                each.value if sign == "*" else 1 / each.value
                for sign, each in constants
                if each.value and not each.percent
            ]
            names = [each for _, other in others for each in _names(other)]
            inside = Beside(
                (*around.constants, *numbers), (*around.names, *names), around.inverted or symbol == "/"
            )
            yield from beside(factor, name, inside)
    else:
        raised = isinstance(term, Operation) and term.symbol == "**"
        inside = around._replace(inverted=around.inverted or raised)
        for part in parts(term):
            yield from beside(part, name, inside)


def _names(term: Term) -> Iterator[str]:
    if isinstance(term, Name):
        yield term.name
    for part in parts(term):
        yield from _names(part)


def is_sum(term: Term) -> bool:
    """Whether a term adds or takes away."""
    return isinstance(term, Chain) and term.steps[0][0] in ("+", "-")


def sums(term: Term) -> Iterator[Chain | Operation]:
    """Every sum in a term that is not itself a part of a sum, and each choice of the least or the most."""
    if isinstance(term, Chain) and is_sum(term):
        yield term
        within: tuple[Term, ...] = tuple(each for _, each in added(term, "+"))
    else:
        within = parts(term)
        if isinstance(term, Operation) and term.symbol in ("min", "max"):
            yield term
    for part in within:
        yield from sums(part)


def added(term: Term, sign: str) -> Iterator[tuple[str, Term]]:
    """What a sum adds up, each with its sign; sums in parentheses and signs before them are taken apart."""
    opposite = {"+": "-", "-": "+"}
    if isinstance(term, Chain) and is_sum(term):
        yield from added(term.first, sign)
        for each, other in term.steps:
            yield from added(other, sign if each == "+" else opposite[sign])
    elif isinstance(term, Operation) and term.symbol == "neg":
        yield from added(term.operands[0], opposite[sign])
    else:
        yield sign, term


def changes_by(term: Term) -> Iterator[str]:
    """The names that are added to 1 or taken from it, as the rate in ``1 + rate`` is."""
    for chain in sums(term):
        if isinstance(chain, Chain):
            within = [each for _, each in added(chain, "+")]
            numbers = [each.value for each in within if isinstance(each, Constant)]
            if numbers == [1]:
                yield from (each.name for each in within if isinstance(each, Name))
