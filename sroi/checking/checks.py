"""The check of a study: every rule asked, its findings placed, waived or not, and put in order."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

from sroi.arguments import checked_arguments
from sroi.checking import waivers
from sroi.checking.case import Case
from sroi.checking.finding import SEVERITIES, Finding
from sroi.checking.findings import Findings
from sroi.checking.registry import OF_ONE_STUDY, RULES, chosen
from sroi.checking.suggested import ratios
from sroi.checking.yardsticks import asked
from sroi.model import as_study

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sroi.checking.finding import Found
    from sroi.checking.rules import Rule
    from sroi.model import Studied, Study


@checked_arguments
def check(
    study: Study | Studied,
    *,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    today: dt.date | None = None,
) -> Findings:
    """What a reviewer would ask of a study: where it may claim too much, and what is missing.

    Parameters
    ----------
    study : Study
        As :func:`sroi.load` gives it, or a result, whose study is checked. It is not changed.
    select, ignore : iterable of str, optional
        Rules by code or name, such as ``"SROI036"`` or ``"no-displacement"``. The beginning of codes, such
        as ``"SROI03"``, stands for all of them; ``"ALL"`` for every rule, those among them that are off
        unless asked for.
    today : date, optional
        Day against which waivers and sources are judged; the present day where it is left out.

    Returns
    -------
    Findings
        Frozen, the gravest first.

    Raises
    ------
    NotFoundError
        If there is no rule of a name.

    Examples
    --------
    >>> import sroi
    >>> found = sroi.check(sroi.load("examples/lunch-club.yaml"), select=["group-not-counted"])
    >>> [(each.rule, each.where) for each in found]
    []
    """
    case = Case(as_study(study, "sroi.check"), today or dt.datetime.now(tz=dt.UTC).date(), RULES)
    rules = chosen(select, ignore)
    told = [(each, said) for each in rules if each.test is not None for said in each.test(case)]
    changed = ratios([said.setting if said.ratio is None else {} for _, said in told], case)
    found = [_finding(*each, ratio, case) for each, ratio in zip(told, changed, strict=True)]
    idle = RULES["SROI070"]
    if idle in rules:
        used = {
            position
            for position, each in enumerate(case.study.waivers)
            if any(one.waiver is each for one in found)
        }
        codes = {each.code for each in rules}
        found += [_finding(idle, said, None, case) for said in waivers.unused(case, used, codes)]
    found.sort(key=lambda each: (each.waived, SEVERITIES.index(each.severity)))
    ratio = None if case.result is None else case.result.social_return_ratio
    whole = not (select or ignore)
    counts = asked(found, OF_ONE_STUDY & {each.code for each in rules}) if whole else ()
    return Findings(case.study, ratio, tuple(found), counts)


def _finding(rule: Rule, found: Found, changed: float | None, case: Case) -> Finding:
    severity = found.severity or rule.severity
    if rule.until_final and severity == "error" and case.study.status != "final":
        severity = "warning"
    provenance = case.study.provenance
    origin = None if provenance is None else provenance.origin(found.where)
    suggestion = " ".join(f"--set {path}={value}" for path, value in found.setting.items())
    made = Finding(
        rule.code, rule.name, severity, found.where, "" if origin is None else origin.document,
        0 if origin is None else origin.line, 0 if origin is None else origin.column,
        found.message, suggestion, changed if found.ratio is None else found.ratio,
        cell="" if origin is None else origin.cell,
    )  # fmt: skip
    return replace(made, waiver=waivers.waiver_of(rule.code, found.where, case))
