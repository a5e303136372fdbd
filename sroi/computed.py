"""What an expression comes to by the assumptions that it names, and what is wrong with it."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from sroi.errors import Problem
from sroi.expression import Expression
from sroi.grammar import ExpressionError
from sroi.model.written import instead_of
from sroi.quantities import SHARE, shown
from sroi.scalars import Percent
from sroi.units import of_a_whole

if TYPE_CHECKING:
    from collections.abc import Container, Mapping

    from sroi.model import Estimate
    from sroi.suggestions import Suggestions


class Shares:
    """Which assumptions are shares, told one after another, each after those that it uses.

    Attributes
    ----------
    percentages : set of str
        Those made of percentages alone.
    parts : set of str
        Those, and what their units say is a part of a whole.
    """

    def __init__(self) -> None:
        self.percentages: set[str] = set()
        self.parts: set[str] = set()

    def add(self, name: str, estimate: Estimate) -> None:
        """Take note of one assumption."""
        for found in (self.percentages, self.parts):
            if made_of(estimate.value, found):
                found.add(name)
        if of_a_whole(estimate.unit or ""):
            self.parts.add(name)


def made_of(value: float | Expression | None, shares: Container[str]) -> bool:
    """Whether a number is made of percentages and of some assumptions alone."""
    if isinstance(value, Expression):
        return value.is_share(shares.__contains__)
    return isinstance(value, Percent)


def computed(
    written: Expression,
    known: Mapping[str, float],
    assumptions: Mapping[str, Estimate | None],
    shares: Shares,
    suggestions: Suggestions,
) -> tuple[float | None, list[Problem]]:
    """The value of an expression and what is wrong with it, where nobody knows yet where it stands.

    Parameters
    ----------
    written : Expression
    known : mapping of str to float
        The value of each assumption that has one.
    assumptions : mapping of str to Estimate
        Every assumption of the study.
    shares : Shares
        Which of the known ones are shares.
    suggestions : Suggestions
        What an unknown one was meant to be.
    """
    problems = []
    for name in written.names:
        if name not in assumptions:
            message = f"{shown(written.text)} uses {shown(name)}, which is not an assumption"
            hint = instead_of(written.text) if written.text == name else ""
            problems.append(Problem(message, hint or suggestions.instead(name)))
    if any(name not in known for name in written.names):
        return None, problems
    try:
        value = float(written.evaluate(known))
        problems += _of_added_share(written, known, shares)
    except ExpressionError as error:
        return None, [*problems, Problem(str(error), error.hint)]
    return (None if problems else value), problems


def _of_added_share(written: Expression, known: Mapping[str, float], shares: Shares) -> list[Problem]:
    """A percentage added to what is no share: 60_000 + 10% is not a tenth more."""
    found = written.share_added(known, shares.parts.__contains__)
    if found is None:
        return []
    amount, sign, share = found
    size = share if share.endswith("%") else f"{share}, a percentage,"
    if sign not in "+-":
        message = f"{shown(written.text)} compares {size} with {amount}, which is no share"
        return [Problem(message, f"for {share} of it write {amount} * {share}")]
    verb, where = ("adds", "to") if sign == "+" else ("takes", "from")
    message = f"{shown(written.text)} {verb} {size} {where} {amount}, which is no share of it"
    if share.endswith("%"):
        plain = f", or {float(share.rstrip('%')) / 100:.12g} where that number itself is meant"
    else:
        plain = ""
    more = "more" if sign == "+" else "less"
    return [Problem(message, f"for {share} {more} write {amount} * (1 {sign} {share}){plain}")]


def meant_as_per_cent(
    estimate: Estimate, known: Mapping[str, float], assumptions: Mapping[str, Estimate | None]
) -> str:
    """What to write where a share goes wrong by an assumption that lacks its %; nothing where none does."""
    if estimate.bounds is not SHARE or not isinstance(estimate.value, Expression):
        return ""
    ahead, seen = deque(estimate.value.names), set[str]()
    while ahead:
        name = ahead.popleft()
        behind = assumptions.get(name)
        if behind is None or name in seen:
            continue
        seen.add(name)
        if isinstance(behind.value, Expression):
            ahead += behind.value.names
        elif 2 <= known.get(name, 0.0) <= 100 and not isinstance(behind.value, Percent):
            return f"{name} is {shown(known[name])}: for per cent write {name}: {shown(known[name])}%"
    return ""


def circular(circle: list[str], first: Estimate | None) -> Problem:
    """What is wrong with assumptions that go round in a circle."""
    around = " → ".join([*circle, circle[0]])
    message = f"the assumptions go round in a circle: {around}{as_written(first)}"
    return Problem(message, "give one of them a number", f"assumptions.{circle[0]}")


def as_written(estimate: Estimate | None) -> str:
    """How an expression is written, in brackets; nothing of a plain number."""
    written = None if estimate is None else estimate.value
    return f" (it is {shown(written.text)})" if isinstance(written, Expression) else ""
