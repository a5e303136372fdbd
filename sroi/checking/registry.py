"""Every rule by its code, and those that somebody names."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from sroi.checking import (
    answers,
    budgets,
    comparable,
    comparing,
    deductions,
    evidence,
    lasting,
    plausibility,
    refusals,
    resources,
    scope,
    valuation,
    waivers,
)
from sroi.checking.rules import Rule, named_in
from sroi.errors import NotFoundError, instead

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_CHAPTERS = (
    *(scope, evidence, valuation, deductions, lasting, resources, budgets),
    *(answers, plausibility, comparable, waivers),
)
_FOUND = [each for chapter in _CHAPTERS for each in vars(chapter).values() if isinstance(each, Rule)]

RULES: Mapping[str, Rule] = MappingProxyType(
    {
        each.code: each
        for each in sorted((*_FOUND, *refusals.RULES, *comparing.RULES), key=lambda each: each.code)
    }
)
"""Every rule by code, in the order of the codes."""

OF_ONE_STUDY = frozenset(RULES) - {each.code for each in comparing.RULES}
"""The rules that a study may break by itself, when it is loaded or when it is checked."""


def find(name: str) -> Rule:
    """The rule with a code or name.

    Raises
    ------
    NotFoundError
        If there is none, with the nearest.
    """
    found = named_in(RULES, name)
    if found is None:
        message = f"there is no rule {name!r}"
        names = [each.name for each in RULES.values()]
        raise NotFoundError(message, instead(name, [*RULES, *names]), file="rule")
    return found


def chosen(select: Iterable[str] = (), ignore: Iterable[str] = ()) -> list[Rule]:
    """The rules to apply, in the order of their codes: those selected, or all that are on.

    ``ALL`` selects every rule, those that are off by default among them; a beginning of codes, such as
    ``SROI03``, all that begin with it.
    """
    left_out = {each.code for name in ignore for each in _named(name)}
    named = {each.code for name in select for each in _named(name)}
    kept = named or {code for code, each in RULES.items() if each.default}
    return [RULES[code] for code in sorted(kept - left_out)]


def _named(name: str) -> list[Rule]:
    asked = name.strip().upper()
    if asked == "ALL":
        return list(RULES.values())
    begun = [each for code, each in RULES.items() if asked.startswith("SROI") and code.startswith(asked)]
    return begun or [find(name)]
