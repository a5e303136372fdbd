"""Rules about how long an outcome lasts."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from sroi.checking.deductions import bare
from sroi.checking.finding import Found
from sroi.checking.rules import rule
from sroi.checking.thresholds import limit
from sroi.formatting import percent
from sroi.quantities import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sroi.checking.case import Case


@rule(
    "SROI035",
    "mostly-after-follow-up",
    "warning",
    reads="outcomes.*.followed_up, starts, duration; the result",
    why="What falls after anybody looked for the last time is a guess, however good the survey was "
    "(Green Book, 2.10).",
    waive="Other evidence shows how long it lasts, which horizon_evidence names and the reason repeats.",
)
def mostly_after_follow_up(case: Case) -> Iterator[Found]:
    """More than half of an outcome's value falls after the change was last looked for."""
    for name, row in case.rows.items():
        months, first = case.value(f"outcomes.{name}.followed_up"), row.starts
        if months is None or first is None or case.study.outcomes[name].horizon_evidence is not None:
            continue
        seen = max(first + 1, math.ceil(months / 12) + first)
        late = sum(money or 0.0 for money in row.by_year_pv[seen:])
        share = late / (row.present_value or math.inf)
        if share > limit("share_after_follow_up"):
            path = f"outcomes.{name}.duration"
            said = f"{case.called(f'outcomes.{name}')} was last looked for after {shown(months)} months, and"
            years = f"{max(1, math.ceil(months / 12))}"
            yield Found(path, f"{said} {percent(share)} of its value falls later", {path: years})


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
        years, path = case.lasting(name), f"outcomes.{name}.drop_off"
        if years > 1 and case.values(name, "drop_off") == [0.0] and bare(case, name, "drop_off"):
            said = f"{case.called(path)} is 0% over {shown(years)} years"
            yield Found(path, said, {path: str(limit("suggested_drop_off"))})


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
        years, path = case.lasting(name), f"outcomes.{name}.duration"
        if years > most and outcome.horizon_evidence is None:
            said = (
                f"{case.called(path)} is {shown(years)} years, and nothing says what shows "
                f"it (horizon_evidence)"
            )
            yield Found(path, said, {path: str(most)})
