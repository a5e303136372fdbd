"""Rules about budgets: what passes between them, what could be taken out of one, and what only moves."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sroi.checking.finding import Found, Severity
from sroi.checking.rules import rule
from sroi.checking.thresholds import limit
from sroi.conventions import TRANSFERS
from sroi.evaluation.warnings import needs_cashable
from sroi.formatting import percent
from sroi.labels import payer_label
from sroi.model.owners import account, owner

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sroi.checking.case import Case


@rule(
    "SROI044",
    "transfer-in-total",
    "error",
    reads="outcomes.*.kind; method.transfers",
    why="A transfer is no gain to society: what one receives another pays (Green Book, 6.7).",
    waive="The method includes transfers by its own rules, which the study names.",
)
def transfer_in_total(case: Case) -> Iterator[Found]:
    """A transfer or tax is in the total."""
    for name, row in case.rows.items():
        if row.kind in TRANSFERS:
            said = (
                f"{case.called(f'outcomes.{name}')} is a {row.kind} of {case.money(row.present_value or 0.0)}"
            )
            own: Severity | None = "warning" if case.study.method.transfers == "included" else None
            yield Found(
                f"outcomes.{name}.kind", f"{said} in the total", ratio=case.without(name), severity=own
            )


@rule(
    "SROI049",
    "cashable-not-said",
    "warning",
    reads="outcomes.*.cashable, kind; stakeholders.*.payer",
    why="Work that is needed less is no money until somebody takes it out of a budget.",
)
def cashable_not_said(case: Case) -> Iterator[Found]:
    """A budget's resource is saved, and nothing says how much of it could be taken out."""
    for name, outcome in case.study.outcomes.items():
        if needs_cashable(case.study, name) and outcome.cashable is None:
            path = f"outcomes.{name}"
            said = f"{case.called(path)}: the cashable share is not given, and counts as 0"
            yield Found(path, said, {f"{path}.cashable": "0%"})


@rule(
    "SROI078",
    "moved-between-budgets",
    "warning",
    reads="outcomes.*.payer, accrues_to, from, unit; the result",
    why="The Green Book (2026), 6.87: what one public body saves another may pay, and the public as a "
    "whole saves the difference.",
    waive="The other body's side is in the study under another unit, which the reason names.",
)
def moved_between_budgets(case: Case) -> Iterator[Found]:
    """A gain of one body of the state is a loss of another, and only one side is in the total."""
    gains = {name: row.present_value or 0.0 for name, row in case.rows.items() if _payer(case, name)}
    for name, gain in gains.items():
        outcome, payer = case.study.outcomes[name], _payer(case, name)
        called, other = case.called(f"outcomes.{name}"), account(case.study, outcome.from_)
        if gain > 0 and other.party == "state" and other.payer != payer:
            said = f"{called} is a gain of {payer_label(case.study, payer)}, which comes from"
            whom = payer_label(case.study, other.payer or "state")
            yield Found(f"outcomes.{name}.from", f"{said} {whom}", ratio=case.without(name))
        for against, loss in gains.items():
            unit = case.study.outcomes[against].unit
            if (
                loss < 0 < gain
                and unit is not None
                and unit == outcome.unit
                and _payer(case, against) != payer
            ):
                saves, pays = (payer_label(case.study, each) for each in (payer, _payer(case, against)))
                said = f"{called} saves {saves} {case.money(gain)}, and {case.called(f'outcomes.{against}')}"
                net = case.money(gain + loss)
                found = f"{said} costs {pays} {case.money(-loss)}: the public saves {net}"
                yield Found(f"outcomes.{against}", found, severity="info")


def _payer(case: Case, name: str) -> str | None:
    """Whose budget an outcome is of, where that is a body of the state's."""
    held = owner(case.study, case.study.outcomes[name])
    return (held.payer or "state") if held.party == "state" else None


_AVERAGE = re.compile(
    r"\b(?:average (?:unit )?costs?|full costs?|fully loaded|overheads? included|including overheads?)\b"
)


@rule(
    "SROI086",
    "average-cost-cashable",
    "warning",
    reads="outcomes.*.cashable, value (method, unit, rationale)",
    why="An average unit cost holds buildings and managers, who stay when a few cases less come; guidance on "
    "cost-benefit analysis (Greater Manchester) gives each unit cost a cashable part of its own.",
    waive="So many cases fall away that a ward or a team closes, which the reason says.",
)
def average_cost_cashable(case: Case) -> Iterator[Found]:
    """Most of an average unit cost is called cashable."""
    for name in case.study.outcomes:
        share = case.value(f"outcomes.{name}.cashable")
        if (
            not needs_cashable(case.study, name)
            or share is None
            or share <= limit("most_cashable_of_average")
        ):
            continue
        proxies = case.entries(name, "value")
        rested = dict.fromkeys(each for number in proxies for each in number.rests_on)
        behind = [*proxies, *(case.numbers[f"assumptions.{each}"] for each in rested)]
        told = " ".join(f"{each.unit or ''} {each.rationale or ''}" for each in behind).casefold()
        if any(each.estimate.method == "unit_cost" for each in behind) or _AVERAGE.search(told):
            path = f"outcomes.{name}.cashable"
            said = f"{case.called(path)} is {percent(share)} of an average unit cost"
            yield Found(path, f"{said}, which holds what stays when fewer come")


@rule(
    "SROI093",
    "transfer-on-one-side",
    "warning",
    reads="outcomes.*.kind, from",
    why="What one receives another pays; with one side alone the ledger shows money from nowhere.",
)
def transfer_on_one_side(case: Case) -> Iterator[Found]:
    """A transfer or tax does not say who pays it."""
    for name, outcome in case.priced.items():
        if outcome.kind in TRANSFERS and outcome.from_ is None:
            path = f"outcomes.{name}"
            yield Found(
                path,
                f"{case.called(path)} is a {outcome.kind}, and who is on the other side (from) is not said",
            )
