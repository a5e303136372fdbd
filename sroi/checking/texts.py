"""Findings and rules in words, for a screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sroi import formatting
from sroi.checking.findings import counted
from sroi.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sroi.checking.finding import Finding
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


def explained(rule: Rule) -> str:
    """What a rule says of itself."""
    parts = [f"{rule.code} {rule.name} ({rule.severity})", "", rule.what, "", f"Why: {rule.why}"]
    parts.append(f"It reads: {rule.reads}.")
    if rule.kept_by:
        parts.append(rule.kept_by.replace("`", ""))
    if rule.until_final:
        parts.append("It is a warning until the study's status is final.")
    if not rule.default:
        parts.append(f"It is off unless asked for: --select {rule.code}, or --select ALL.")
    if rule.arithmetic:
        parts.append("It is arithmetic: no waiver is taken.")
    elif rule.waive:
        parts.append(f"When to waive: {rule.waive}")
    return "\n".join(parts)
