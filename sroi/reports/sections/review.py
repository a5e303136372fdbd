"""What a reviewer would ask: the findings of the check, the gravest first, and those that were accepted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sroi import formatting
from sroi.checking.findings import counted
from sroi.labels import path_label, without_names
from sroi.reports.parts import Section
from sroi.reports.sections.columns import filled, table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sroi.checking import Finding
    from sroi.model import Study
    from sroi.reports.parts import Results
    from sroi.tables import Table

TITLE = "What a reviewer would ask"
GRAVE = {
    "error": "Errors: to be put right",
    "warning": "Warnings: to be answered",
    "info": "Remarks: to be aware of",
}
"""What the findings of each severity are for their reader."""

_COLUMNS = ("What is found", "What to try", ">Ratio then", "Rule")
_ACCEPTED = (*_COLUMNS, "Why it is accepted", "By whom", "Until")


def review(results: Results) -> Section:
    """The findings of the check, by severity; the accepted ones with who accepts them and why."""
    now = results.evaluation.social_return_ratio
    found = sorted(results.findings, key=lambda each: -_moves(each, now))
    return Section("review", TITLE, tuple(_said(results)), _tables(found, results.study))


def _moves(finding: Finding, now: float) -> float:
    """How far the ratio moves if the change is made; below 0 where it has none."""
    return -1.0 if finding.ratio_if_made is None else abs(finding.ratio_if_made - now)


def _said(results: Results) -> Iterator[str]:
    found = results.findings
    if not found.findings:
        yield "The rules that reviewers apply to a study found nothing in this one."
        return
    now, accepted = formatting.ratio(results.evaluation.social_return_ratio), len(found) - len(found.standing)
    beside = (
        f"; {accepted} more {'is' if accepted == 1 else 'are'} accepted, with the reason" if accepted else ""
    )
    yield f"The rules that reviewers apply to a study found {counted(found.standing)} in this one{beside}."
    yield f"As it stands, the ratio is {now}: what would move it the furthest comes first."
    if results.study.waivers and not results.dated:
        yield "This report has no date, so what was accepted was not judged expired."


def _tables(findings: Sequence[Finding], study: Study) -> tuple[Table, ...]:
    """A table for each severity, and one of what was accepted."""
    standing = (
        table(title, _COLUMNS, [_cells(each, study) for each in findings if _among(each, severity)])
        for severity, title in GRAVE.items()
    )
    accepted = [
        (*_cells(each, study), each.waiver.reason, each.waiver.person, each.waiver.expiry)
        for each in findings
        if each.waiver is not None
    ]
    return filled(*standing, table("Accepted, with the reason", _ACCEPTED, accepted))


def _among(finding: Finding, severity: str) -> bool:
    return finding.severity == severity and not finding.waived


def _cells(finding: Finding, study: Study) -> tuple[str, ...]:
    """What is found, what would change it, what that would make of the ratio, and the rule."""
    then = "" if finding.ratio_if_made is None else formatting.ratio(finding.ratio_if_made)
    message = without_names(study, finding.message)
    said = f"{message[:1].upper()}{message[1:]}"
    rule = f"{finding.rule}, {finding.name.replace('-', ' ')}"
    return said, "; ".join(_changes(finding, study)), then, rule


def _changes(finding: Finding, study: Study) -> Iterator[str]:
    """Each suggested value, with what it is of in words."""
    for setting in finding.suggestion.split("--set ")[1:]:
        path, _, value = setting.strip().partition("=")
        yield f"{path_label(study, path)} {value}"
