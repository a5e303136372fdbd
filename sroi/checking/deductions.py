"""Rules about what is taken off an outcome."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sroi.checking.finding import Found
from sroi.checking.rules import rule
from sroi.checking.thresholds import limit
from sroi.formatting import listed, percent
from sroi.model import DEDUCTIONS
from sroi.model.entries import COMPARED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sroi.checking.case import Case


def bare(case: Case, name: str, field: str) -> bool:
    """Whether a deduction is given without source or reason, in itself and in what it rests on."""
    field = "contribution" if field == "attribution" and case.study.outcomes[name].contribution else field
    numbers = [case.numbers[path] for path in case.paths(name, field)]
    behind = [case.numbers[f"assumptions.{each}"] for number in numbers for each in number.rests_on]
    return not any(each.source or each.rationale for each in (*numbers, *behind))


@rule(
    "SROI030",
    "zero-without-reason",
    "error",
    reads="outcomes.*.deadweight, displacement, attribution, drop_off",
    why="Principle 5; forms are shipped with 0%, so a bare zero cannot be told from a question nobody asked.",
    waive="Never: write a rationale instead.",
    until_final=True,
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
            elif not any(shares) and bare(case, name, field):
                found += [field] if field != "drop_off" or case.lasting(name) > 1 else []
        path = f"outcomes.{name}"
        if missing:
            yield Found(f"{path}.{missing[0]}", f"{case.called(path)}: not assessed: {listed(missing)}")
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
            if outcome.design in COMPARED:
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
    unreasoned: dict[str, tuple[float, ...]] = {}
    for name in case.priced:
        shares = case.deductions(name)
        if shares is not None and all(bare(case, name, field) for field in shares):
            unreasoned[name] = tuple(each for row in shares.values() for each in row)
    if len(case.priced) < limit("alike_outcomes") or not unreasoned:
        return
    sets = list(unreasoned.values())
    most = max(sets, key=sets.count)
    alike = [name for name, each in unreasoned.items() if each == most]
    if len(alike) > limit("alike_share") * len(case.priced):
        said = (
            f"{len(alike)} of {len(case.priced)} outcomes have the same deductions, "
            f"{listed(map(percent, most))}"
        )
        yield Found(f"outcomes.{alike[0]}", f"{said}, without source or reason")
    elif len(unreasoned) == len(case.priced) and all(each * 4 % 1 == 0 for row in sets for each in row):
        yield Found(
            f"outcomes.{next(iter(unreasoned))}", "every deduction is a quarter, without source or reason"
        )


@rule(
    "SROI034",
    "deducted-twice",
    "warning",
    reads="outcomes.*.design, comparison_rate, quantity, n_population, deadweight, attribution",
    why="A comparison group shows what would have happened anyway: to deduct it again counts it twice, and "
    "another deadweight than the one it shows contradicts the evidence on file (Krlev 2013, item 4).",
)
def deducted_twice(case: Case) -> Iterator[Found]:
    """What a comparison has removed is taken off again, or deadweight is not what a comparison shows."""
    for doubt in case.doubts:
        if doubt.kind == "deducted_twice":
            yield Found(doubt.path, doubt.words, {doubt.path: "0%"})
    for name, outcome in case.priced.items():
        path, shares = f"outcomes.{name}.deadweight", case.values(name, "deadweight")
        shown_by = _deadweight_shown(case, name)
        if shown_by is None or outcome.design in COMPARED or len(shares) != 1:
            continue
        if shares[0] < shown_by - limit("deadweight_apart"):
            said = f"{case.called(path)} is {percent(shares[0])}, and the rate of the comparison group over"
            to = f"{100 * shown_by:.6g}%"
            yield Found(path, f"{said} the participants' own is {percent(shown_by)}", {path: to})


def _deadweight_shown(case: Case, name: str) -> float | None:
    """The rate of the comparison group over the participants' own; None where either is not known."""
    there, group = case.value(f"outcomes.{name}.comparison_rate"), case.study.outcomes[name].stakeholder
    people = case.value(f"outcomes.{name}.n_population") or case.value(f"stakeholders.{group}.size")
    counts = case.values(name, "quantity")
    if there is None or not people or not counts or counts[0] <= 0:
        return None
    return min(there / (counts[0] / people), 1.0)


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
        if not shares or any(shares) or not bare(case, name, "displacement"):
            continue
        group = case.study.stakeholders.get(outcome.stakeholder)
        party = None if group is None else group.party
        words = " ".join((name.replace("_", " "), outcome.title or "", outcome.unit or "")).casefold()
        found = _DISPLACES.search(words)
        business = "business" in (party, outcome.accrues_to)
        if business or found is not None:
            why = "what a business gains" if business else f"“{found[0]}”" if found is not None else ""
            said = f"{case.called(path)} is 0% without a reason, for {why}: another may lose it"
            setting = {path: str(limit("suggested_displacement"))}
            yield Found(path, said, setting, severity=None if business else "info")


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
