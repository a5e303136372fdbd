"""Rules about what is taken off an outcome, and how long it lasts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sroi.checking.finding import Found, Severity
from sroi.checking.rules import rule
from sroi.checking.thresholds import limit
from sroi.formatting import listed, percent
from sroi.model import DEDUCTIONS
from sroi.quantities import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sroi.checking.case import Case


def _bare(case: Case, name: str, field: str) -> bool:
    """Whether a deduction is given without source or reason, in itself and in what it rests on."""
    field = "contribution" if field == "attribution" and case.study.outcomes[name].contribution else field
    numbers = [case.numbers[path] for path in case.paths(name, field)]
    behind = [case.numbers[f"assumptions.{each}"] for number in numbers for each in number.rests_on]
    return not any(each.source or each.rationale for each in (*numbers, *behind))


def _lasting(case: Case, name: str) -> float:
    return case.value(f"outcomes.{name}.duration") or 0.0


@rule(
    "SROI030",
    "zero-without-reason",
    "warning",
    reads="outcomes.*.deadweight, displacement, attribution, drop_off",
    why="Principle 5; forms are shipped with 0%, so a bare zero cannot be told from a question nobody asked.",
    waive="Never: write a rationale instead.",
)
def zero_without_reason(case: Case) -> Iterator[Found]:
    """A deduction or the drop-off is zero and nothing says why, or it is not assessed."""
    for name in case.priced:
        found, missing = [], []
        for field in (*DEDUCTIONS, "drop_off"):
            if field == "attribution" and case.study.outcomes[name].contribution is not None:
                shares = [1 - share for share in case.values(name, "contribution")]
            else:
                shares = case.values(name, field)
            if not shares:
                missing.append(field)
            elif not any(shares) and _bare(case, name, field):
                found += [field] if field != "drop_off" or _lasting(case, name) > 1 else []
        path = f"outcomes.{name}"
        if missing:
            which: Severity = "error" if case.study.status == "final" else "warning"
            yield Found(
                f"{path}.{missing[0]}",
                f"{case.called(path)}: not assessed: {listed(missing)}",
                severity=which,
            )
        if found:
            said = (
                f"{case.called(path)}: {listed(found)} {'is' if len(found) == 1 else 'are'} "
                f"0 without a reason"
            )
            yield Found(f"{path}.{found[0]}", said)


@rule(
    "SROI032",
    "nothing-deducted",
    "warning",
    reads="outcomes.*.deadweight, displacement, attribution",
    why="That the programme alone made all of the change, and nothing else gave way, is an extraordinary "
    "claim.",
    waive="The gain was measured against a comparison that removed them (say so in design).",
)
def nothing_deducted(case: Case) -> Iterator[Found]:
    """Deadweight, displacement and attribution of an outcome are all zero."""
    for name, outcome in case.priced.items():
        shares = case.deductions(name)
        if shares is not None and not any(map(any, shares.values())):
            if outcome.design in ("comparison", "randomised"):
                continue
            yield Found(f"outcomes.{name}", f"{case.called(f'outcomes.{name}')}: nothing at all is deducted")


@rule(
    "SROI033",
    "same-deductions",
    "warning",
    reads="outcomes.*.deadweight, displacement, attribution",
    why="Shares from a scale of quarters, or one set for everything, are habits and no evidence. "
    "An assumption that is named once, with a source or reason, is exempt.",
)
def same_deductions(case: Case) -> Iterator[Found]:
    """More than half of the outcomes have the same deductions, or all are quarters, without a reason."""
    bare: dict[str, tuple[float, ...]] = {}
    for name in case.priced:
        shares = case.deductions(name)
        if shares is not None and all(_bare(case, name, field) for field in shares):
            bare[name] = tuple(each for row in shares.values() for each in row)
    if len(case.priced) < limit("alike_outcomes") or not bare:
        return
    sets = list(bare.values())
    most = max(sets, key=sets.count)
    alike = [name for name, each in bare.items() if each == most]
    if len(alike) > limit("alike_share") * len(case.priced):
        said = (
            f"{len(alike)} of {len(case.priced)} outcomes have the same deductions, "
            f"{listed(map(percent, most))}"
        )
        yield Found(f"outcomes.{alike[0]}", f"{said}, without source or reason")
    elif len(bare) == len(case.priced) and all(each * 4 % 1 == 0 for row in sets for each in row):
        yield Found(f"outcomes.{next(iter(bare))}", "every deduction is a quarter, without source or reason")


@rule(
    "SROI034",
    "deducted-twice",
    "warning",
    reads="outcomes.*.design, deadweight, attribution",
    why="A comparison group shows what would have happened anyway; to deduct it again counts it twice "
    "(Krlev 2013, item 4).",
)
def deducted_twice(case: Case) -> Iterator[Found]:
    """A gain that a comparison left has taken off again what the comparison has removed."""
    for doubt in case.doubts:
        if doubt.kind == "deducted_twice":
            yield Found(doubt.path, doubt.words, {doubt.path: "0%"})


_DISPLACES = re.compile(
    r"\b(?:jobs?|employ(?:ed|ment|ers?)|work placements?|apprentice(?:s|ships?)?|training places?|homes?"
    r"|hous(?:ed|ing)"
    r"|tenanc(?:y|ies)|rehoused|local spend(?:ing)?|turnover|sales|footfall)\b"
)


@rule(
    "SROI036",
    "no-displacement",
    "warning",
    reads="outcomes.*.displacement, title, unit; stakeholders.*.party",
    why="A job, home or sale that one gains another often loses; guidance on additionality gives a "
    "quarter as low.",
    waive="The places are not limited; a rationale beside the 0% says so and ends the finding.",
)
def no_displacement(case: Case) -> Iterator[Found]:
    """Displacement is 0% without a reason for what others may lose: trade, jobs, homes or training."""
    for name, outcome in case.priced.items():
        shares, path = case.values(name, "displacement"), f"outcomes.{name}.displacement"
        if not shares or any(shares) or not _bare(case, name, "displacement"):
            continue
        group = case.study.stakeholders.get(outcome.stakeholder)
        party = None if group is None else group.party
        words = " ".join((name.replace("_", " "), outcome.title or "", outcome.unit or "")).casefold()
        found = _DISPLACES.search(words)
        business = "business" in (party, outcome.accrues_to)
        if business or found is not None:
            why = "what a business gains" if business else f"“{found[0]}”" if found is not None else ""
            said = f"{case.called(path)} is 0% without a reason, for {why}: another may lose it"
            setting = {path: str(limit("usual_displacement"))}
            yield Found(path, said, setting, severity=None if business else "info")


@rule(
    "SROI037",
    "long-without-drop-off",
    "warning",
    reads="outcomes.*.duration, drop_off",
    why="Effects fade, and others take part in what remains (SROI Guide, stage 4.4).",
    waive="It cannot fade, as a home that stands; a rationale beside the 0% ends the finding.",
)
def long_without_drop_off(case: Case) -> Iterator[Found]:
    """An outcome lasts longer than a year and loses nothing from year to year."""
    for name in case.priced:
        years, path = _lasting(case, name), f"outcomes.{name}.drop_off"
        if years > 1 and case.values(name, "drop_off") == [0.0] and _bare(case, name, "drop_off"):
            said = f"{case.called(path)} is 0% over {shown(years)} years"
            yield Found(path, said, {path: str(limit("usual_drop_off"))})


@rule(
    "SROI038",
    "long-without-evidence",
    "warning",
    reads="outcomes.*.duration, horizon_evidence",
    why="The Green Book and the SROI Guide tie the duration to evidence; few follow-ups last five years.",
)
def long_without_evidence(case: Case) -> Iterator[Found]:
    """An outcome lasts more than five years, and no evidence of that is named."""
    most = limit("long_duration")
    for name, outcome in case.priced.items():
        years, path = _lasting(case, name), f"outcomes.{name}.duration"
        if years > most and outcome.horizon_evidence is None:
            said = (
                f"{case.called(path)} is {shown(years)} years, and nothing says what shows "
                f"it (horizon_evidence)"
            )
            yield Found(path, said, {path: str(most)})


@rule(
    "SROI039",
    "added-near-all",
    "warning",
    reads="method.deductions, outcomes.*",
    why="What is left is a small difference of large guesses; past 100% the study is refused.",
)
def added_near_all(case: Case) -> Iterator[Found]:
    """Deductions that are added up come near 100%."""
    if case.study.method.deductions != "added":
        return
    for name in case.priced:
        shares = case.deductions(name)
        summed = sum(max(row) for row in shares.values()) if shares is not None else 0.0
        if summed >= limit("added_deductions"):
            said = f"{case.called(f'outcomes.{name}')}: the added deductions come to {percent(summed)}"
            ratio = case.changed({"method.deductions": "multiplied"})
            yield Found(f"outcomes.{name}", said, ratio=ratio)
