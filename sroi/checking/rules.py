"""What a rule is, and what it says of itself."""

from __future__ import annotations

import inspect
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

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
        Gives the findings of a case; None of a rule that something else keeps.
    default : bool
        Whether it is applied unless asked for.
    arithmetic : bool
        Whether it is a matter of arithmetic, which nobody can accept.
    until_final : bool
        Whether it is a warning while the study's status is draft.
    kept_by : str
        What keeps it, of a rule without a test of a study.
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
    kept_by: str = ""


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
) -> Callable[[Test], Rule]:
    """Make a rule of its test, whose docstring says what it finds."""

    def made(test: Test) -> Rule:
        what = inspect.cleandoc(test.__doc__ or "")
        return Rule(
            code, name, severity, chapter_of(code), what, reads, why, waive, test,
            default=default, arithmetic=arithmetic, until_final=until_final,
        )  # fmt: skip

    return made


def chapter_of(code: str) -> str:
    """The chapter that a code belongs to: by tens, and those from 070 by what they look at."""
    number = int(code.removeprefix("SROI"))
    return CHAPTERS[min(number // 10, 5)] if number < 70 else CHAPTERS[5 if number < 81 else 6]


def named_in(rules: Mapping[str, Rule], name: str) -> Rule | None:
    """The rule with a code or name among some; None where there is none."""
    by_name = {each.name: each for each in rules.values()}
    return rules.get(name.strip().upper()) or by_name.get(name.strip().lower())
