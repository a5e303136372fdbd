"""Rules about what a study covers, and for whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sroi.checking.finding import Found
from sroi.checking.rules import rule
from sroi.formatting import listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sroi.checking.case import Case


@rule(
    "SROI001",
    "no-purpose",
    "error",
    reads="purpose, audience, scope",
    why="A ratio cannot be judged without what it was made for, for whom, and what it covers (Krlev 2013, "
    "item 1).",
    waive="Never in a study that others read.",
    until_final=True,
)
def no_purpose(case: Case) -> Iterator[Found]:
    """Purpose, audience or scope of the study is not said."""
    missing = [name for name in ("purpose", "audience", "scope") if getattr(case.study, name) is None]
    if missing:
        yield Found(missing[0], f"{listed(missing)} {'is' if len(missing) == 1 else 'are'} not said")


@rule(
    "SROI002",
    "group-not-counted",
    "warning",
    reads="stakeholders.*.size, stakeholders.*.involved",
    why="Principle 1 asks to involve stakeholders; samples are the weakest part of published studies "
    "(Hutchinson 2019).",
    waive="A map drawn before anybody could be asked, which says so in its limitations.",
)
def group_not_counted(case: Case) -> Iterator[Found]:
    """A group that changes has no size, or nobody says how many of it took part in the evaluation."""
    holders = dict.fromkeys(outcome.stakeholder for outcome in case.study.outcomes.values())
    for name in holders:
        group = case.study.stakeholders.get(name)
        if group is None or not group.included or group.party in ("state", "business"):
            continue
        path, said = f"stakeholders.{name}", case.called(f"stakeholders.{name}")
        if group.size is None:
            yield Found(path, f"{said} has outcomes, and how many there are (size) is not said")
        elif not case.value(f"{path}.involved"):
            yield Found(path, f"{said} has outcomes, and how many took part (involved) is not said, or 0")


@rule(
    "SROI003",
    "left-out-without-reason",
    "warning",
    reads="stakeholders.*.included, stakeholders.*.reason",
    why="Principles 4 and 6: who is left out, and why, is part of the account.",
)
def left_out_without_reason(case: Case) -> Iterator[Found]:
    """A stakeholder is left out and no reason is given."""
    for name, group in case.study.stakeholders.items():
        if not group.included and group.reason is None:
            path = f"stakeholders.{name}"
            yield Found(path, f"{case.called(path)} is left out, and no reason is given")


@rule(
    "SROI004",
    "losers-not-considered",
    "info",
    reads="stakeholders.*.included; outcomes.*.displacement, quantity, value",
    why="Who pays, or loses what others gain, is a stakeholder too (Principles 1 and 4; Hutchinson 2019).",
    waive="Who might lose was looked for: better list them with included: false and the reason.",
)
def losers_not_considered(case: Case) -> Iterator[Found]:
    """Something is displaced, and nobody who loses it is among the stakeholders, not even as left out."""
    if any(not group.included for group in case.study.stakeholders.values()):
        return
    if any(
        min(case.values(name, each), default=0) < 0 for name in case.priced for each in ("quantity", "value")
    ):
        return
    for name in case.priced:
        if any(case.values(name, "displacement")):
            path = f"outcomes.{name}.displacement"
            said = f"{case.called(path)}: part of the gain is others' loss, and nobody who loses is"
            yield Found(path, f"{said} a stakeholder")
            return


@rule(
    "SROI006",
    "chain-incomplete",
    "warning",
    reads="outcomes.*.activity, outcomes.*.output",
    why="An impact map goes from activity through output to outcome (Krlev 2013, item 3).",
    waive="The chain is described elsewhere, and the reason says where.",
)
def chain_incomplete(case: Case) -> Iterator[Found]:
    """An outcome does not say which activity and output lead to it."""
    for name, outcome in case.study.outcomes.items():
        missing = [field for field in ("activity", "output") if getattr(outcome, field) is None]
        if missing:
            path = f"outcomes.{name}"
            yield Found(path, f"{case.called(path)} does not say its {' and '.join(missing)}")


_OUTPUTS = (
    "sessions",
    "attended",
    "attendance",
    "delivered",
    "workshops",
    "trained",
    "leaflets",
    "events held",
    "output",
)


@rule(
    "SROI007",
    "output-for-outcome",
    "info",
    reads="outcomes.*.title",
    why="An output valued as an outcome claims a change that nobody has shown. Words cannot tell: of 383 "
    "reports, keywords gave 954 false alarms.",
    waive="Whenever the words mislead.",
    default=False,
)
def output_for_outcome(case: Case) -> Iterator[Found]:
    """An outcome is worded like an output: what was done, and not what changed."""
    for name, outcome in case.study.outcomes.items():
        words = (outcome.title or name.replace("_", " ")).casefold()
        found = next((each for each in _OUTPUTS if each in words), None)
        if found is not None:
            path = f"outcomes.{name}"
            yield Found(path, f"{case.called(path)} speaks of “{found}”, which is what was done")


@rule(
    "SROI060",
    "no-limitations",
    "info",
    reads="limitations",
    why="Principle 6; limitations are an item of Krlev 2013 (10 and 11).",
)
def no_limitations(case: Case) -> Iterator[Found]:
    """The study says nothing of what it cannot show."""
    if not case.study.limitations:
        yield Found("limitations", "nothing is said of what the study cannot show")


@rule(
    "SROI062",
    "no-decision",
    "info",
    reads="decisions",
    why="Principle 8: a social value account that changes nothing was not for anything.",
    waive="A forecast nobody has decided on yet.",
)
def no_decision(case: Case) -> Iterator[Found]:
    """No decision or change that followed from the result is recorded."""
    if not case.study.decisions:
        yield Found("decisions", "no decision that followed from the result is recorded")


@rule(
    "SROI061",
    "nobody-approved",
    "warning",
    reads="status, author, approver",
    why="Whoever made a model does not see its slips: the Aqua Book asks for an assurer who is not the "
    "analyst.",
)
def nobody_approved(case: Case) -> Iterator[Found]:
    """The author approved the study, or a final study was approved by nobody."""
    author, approver = case.study.author, case.study.approver
    if approver is None:
        if case.study.status == "final":
            yield Found("approver", "the study is final, and nobody has approved it")
    elif author is not None and _name(author) == _name(approver):
        yield Found("approver", f"author and approver are both {approver}")


def _name(written: str) -> str:
    return " ".join(written.casefold().split())
