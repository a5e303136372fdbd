"""Findings that a named person accepts: which they cover, and what is wrong with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sroi.checking.finding import Found
from sroi.checking.rules import named_in, rule
from sroi.errors import nearest

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from sroi.checking.case import Case
    from sroi.checking.rules import Rule
    from sroi.model.evidence import Waiver


def rule_of(waiver: Waiver, case: Case) -> Rule | None:
    """The rule that a waiver names by code or name; None where there is none."""
    return named_in(case.rules, waiver.rule)


def expired(waiver: Waiver, case: Case) -> bool:
    """Whether the day until which it holds has passed."""
    return waiver.expiry < case.today.isoformat()[: len(waiver.expiry)]


def waiver_of(code: str, where: str, case: Case) -> Waiver | None:
    """The waiver that covers a finding: for its rule, at its path or above it, and still in force."""
    for waiver in case.study.waivers:
        named = rule_of(waiver, case)
        if named is None or named.code != code or refused(named) or expired(waiver, case):
            continue
        if covers(waiver, where):
            return waiver
    return None


def refused(rule: Rule) -> bool:
    """Whether nobody can accept a rule's findings: arithmetic, and those about waivers."""
    return rule.arithmetic or rule is idle_waiver


def covers(waiver: Waiver, where: str) -> bool:
    """Whether a path is the waiver's object or lies under it."""
    return waiver.object == where or where.startswith((f"{waiver.object}.", f"{waiver.object}["))


@rule(
    "SROI070",
    "idle-waiver",
    "warning",
    reads="waivers",
    why="A waiver that nobody looks at again hides what it was never meant for (ruff's RUF100 does the "
    "same).",
)
def idle_waiver(case: Case) -> Iterator[Found]:
    """A waiver is unused, expired, names no rule, or waives arithmetic."""
    for position, waiver in enumerate(case.study.waivers):
        where, named = f"waivers[{position}]", rule_of(waiver, case)
        by = f"the waiver of {waiver.rule} at {waiver.object} by {waiver.person}"
        if named is None:
            names = [*case.rules, *(each.name for each in case.rules.values())]
            guess = nearest(waiver.rule, sorted(names))
            yield Found(where, f"{by} names no rule{f'; did you mean {guess}?' if guess else ''}")
        elif refused(named):
            what = "arithmetic" if named.arithmetic else "about waivers"
            said = f"{by} is refused: {named.name} is {what}, which nobody can accept"
            yield Found(where, said, severity="error")
        elif expired(waiver, case):
            yield Found(where, f"{by} expired on {waiver.expiry}")


def unused(case: Case, used: Collection[int], applied: Collection[str]) -> Iterator[Found]:
    """The waivers in force whose rule was applied and found nothing there."""
    for position, waiver in enumerate(case.study.waivers):
        named = rule_of(waiver, case)
        if named is None or refused(named) or named.code not in applied or expired(waiver, case):
            continue
        if position not in used:
            said = (
                f"the waiver of {waiver.rule} at {waiver.object} by {waiver.person} is "
                f"unused: there is no such finding"
            )
            yield Found(f"waivers[{position}]", said)
