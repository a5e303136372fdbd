"""The rules by code and by name, and what each of them says of itself."""

from __future__ import annotations

import inspect
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sroi.errors import NotFoundError, instead

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from sroi.checking.case import Case
    from sroi.checking.finding import Found, Severity

    Test = Callable[[Case], Iterator[Found]]

CHAPTERS = (
    "Scope and stakeholders",
    "Outcomes and evidence",
    "Valuation",
    "Deductions and duration",
    "Inputs, timing and double counting",
    "Results and uncertainty",
    "Plausibility",
)


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: what it looks for and why.

    Attributes
    ----------
    code, name : str
        Either is accepted wherever a rule is named.
    severity : {"error", "warning", "info"}
        How grave its findings are.
    chapter : str
    what : str
        What it finds.
    reads : str
        The fields that it looks at.
    why : str
        Why that is a fault, and who says so.
    waive : str
        When a finding may be accepted.
    test : callable or None
        Gives the findings of a case; None of a rule under which a refusal at load is reported.
    default : bool
        Whether it is applied unless asked for.
    arithmetic : bool
        Whether it is a matter of arithmetic, which nobody can accept.
    until_final : bool
        Whether it is a warning while the study's status is draft.
    """

    code: str
    name: str
    severity: Severity
    chapter: str
    what: str
    reads: str
    why: str
    waive: str
    test: Test | None
    default: bool = True
    arithmetic: bool = False
    until_final: bool = False


RULES: dict[str, Rule] = {}
"""Every rule by code, in the order of the codes once all are registered."""


def rule(
    code: str,
    name: str,
    severity: Severity,
    *,
    reads: str,
    why: str,
    waive: str = "",
    default: bool = True,
    arithmetic: bool = False,
    until_final: bool = False,
) -> Callable[[Test], Test]:
    """Register a rule's test, whose docstring says what it finds."""

    def register(test: Test) -> Test:
        what = inspect.cleandoc(test.__doc__ or "")
        add(
            Rule(
                code, name, severity, chapter_of(code), what, reads, why, waive, test,
                default=default, arithmetic=arithmetic, until_final=until_final,
            )
        )  # fmt: skip
        return test

    return register


def add(new: Rule) -> None:
    """Register a rule."""
    if new.code in RULES:
        raise ValueError(f"two rules are called {new.code}")
    RULES[new.code] = new


def chapter_of(code: str) -> str:
    """The chapter that a code belongs to: by tens, and those from 070 by what they look at."""
    number = int(code.removeprefix("SROI"))
    return CHAPTERS[min(number // 10, 5)] if number < 70 else CHAPTERS[5 if number < 81 else 6]


def find(name: str) -> Rule:
    """The rule with a code or name.

    Raises
    ------
    NotFoundError
        If there is none, with the nearest.
    """
    by_name = {each.name: each for each in RULES.values()}
    found = RULES.get(name.strip().upper()) or by_name.get(name.strip().lower())
    if found is None:
        message = f"there is no rule {name!r}"
        raise NotFoundError(message, instead(name, [*RULES, *by_name]), file="rule")
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
