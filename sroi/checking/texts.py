"""Findings and rules in words, for a screen."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sroi import formatting
from sroi.checking import examples, refusals
from sroi.checking.checks import check
from sroi.checking.findings import counted
from sroi.checking.thresholds import limits_of
from sroi.checking.yardsticks import NO_CERTIFICATE, yardsticks
from sroi.errors import SroiError
from sroi.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sroi.checking.finding import Finding
    from sroi.checking.findings import Findings
    from sroi.checking.rules import Rule


def lines_of(findings: Sequence[Finding]) -> Iterator[str]:
    """The findings, each with its place first as compilers write it, and how many there are at the end."""
    for each in findings:
        grave = "waived" if each.waived else each.severity
        at = f"{each.at}: " if each.file else ""
        yield one_line(f"{at}{grave} {each.rule} {each.name}: {each.message} [{each.where}]")
        if each.suggestion:
            yield one_line(f"    change: {each.suggestion}")
        if each.ratio_if_made is not None:
            yield f"    ratio if it is made: {formatting.ratio(each.ratio_if_made)}"
        if each.waiver is not None:
            waiver = each.waiver
            yield one_line(f"    waived by {waiver.person} until {waiver.expiry}: {waiver.reason}")
    said = counted(tuple(findings))
    yield f"{said[0].upper()}{said[1:]}."


def yardstick_lines(found: Findings) -> Iterator[str]:
    """How many rules found nothing by principle and criterion, beneath the findings of a whole check."""
    for each in yardsticks() if found.asked else ():
        counts = (
            f"{one.number}. {one.title}: {one.said}" for one in found.asked if one.yardstick == each.key
        )
        yield f"{each.title}, {found.study.id}: {'; '.join(counts)}."
    if found.asked:
        yield NO_CERTIFICATE


def explained(rule: Rule) -> str:
    """The page of a rule, in Markdown: what it finds and why, a bad and a good example, when to waive."""
    parts = [f"# {rule.code} {rule.name}", rule.what, _standing(rule), "## Why", rule.why]
    parts += ["## What it reads", re.sub(r"\S*\*[\w.]*\w", r"`\g<0>`", f"{rule.reads}.")]
    limits = limits_of(rule.code).items()
    compared = [f"- `{name}`: {_written(each.value)}. {each.why}" for name, each in limits]
    parts += ["## What it compares with", "\n".join(compared)] if compared else []
    if rule.code in examples.codes():
        bad, good = examples.example_of(rule.code)
        parts += ["## A bad example", f"```yaml\n{bad}```", *_said(rule, bad)]
        parts += ["## A good example", f"```yaml\n{good}```"]
    parts += ["## When to waive"]
    parts.append("Never: it is arithmetic." if rule.arithmetic else rule.waive or _WAIVE)
    return "\n\n".join(parts)


_WAIVE = "Where somebody who can be named has looked at it and can say why it holds here."


def _standing(rule: Rule) -> str:
    """How grave its findings are, and when it is applied."""
    said = [f"**{rule.severity}** · {rule.chapter}"]
    if rule.until_final and rule.severity == "error":
        said.append("A warning until the study's `status` is `final`.")
    if not rule.default:
        said.append(f"Off unless asked for: `--select {rule.code}`, or `--select ALL`.")
    if rule.kept_by:
        said.append(rule.kept_by)
    return " ".join([f"{said[0]}.", *said[1:]])


def _said(rule: Rule, part: str) -> Iterator[str]:
    """What is said of the bad example, with the change that would mend it."""
    first = found_in(rule, part)[0]
    yield f"It says: {first.message}."
    if first.suggestion:
        yield f"Change: `{first.suggestion}`"
    if first.ratio_if_made is not None:
        yield f"Ratio if it is made: {formatting.ratio(first.ratio_if_made)}."


def found_in(rule: Rule, part: str) -> list[Finding]:
    """What one rule finds in a part of a study, on the day of the examples."""
    try:
        study = examples.study_of(part)
    except SroiError as error:
        found = refusals.all_refused(error.problems)
    else:
        waived = [each.rule for each in study.waivers]
        found = list(check(study, select=[rule.code, *waived], today=examples.DAY))
    return [each for each in found if each.rule == rule.code]


def _written(value: object) -> str:
    return f"{value[0]} to {value[1]}" if isinstance(value, list) else str(value)
