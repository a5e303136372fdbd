"""Rules about sizes that can hardly be: of people, costs, gains and signs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sroi.checking.evidence import half_width
from sroi.checking.finding import Found
from sroi.checking.resources import whole_life
from sroi.checking.rules import rule
from sroi.checking.thresholds import limit
from sroi.labels import called_with_path
from sroi.quantities import shown
from sroi.tolerance import just_above

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sroi.checking.case import Case


@rule(
    "SROI071",
    "range-narrower-than-sample",
    "warning",
    reads="outcomes.*.n_measured, n_population, quantity",
    why="A survey cannot say a share more closely than its size allows (Hutchinson 2019; Aqua Book).",
)
def range_narrower_than_sample(case: Case) -> Iterator[Found]:
    """A quantity's range is narrower than what sampling alone leaves open."""
    for name in case.priced:
        path = f"outcomes.{name}"
        measured, whole = case.value(f"{path}.n_measured"), case.value(f"{path}.n_population")
        for each in case.paths(name, "quantity")[:1]:
            number = case.numbers[each]
            if not measured or not whole or measured >= whole or not number.value or number.low is None:
                continue
            share = number.value / whole
            if not 0 < share < 1:
                continue
            wide = 2 * whole * half_width(measured, whole, share)
            narrow = (number.high or 0.0) - number.low
            if narrow < wide * 0.999:
                said = f"{called_with_path(case.study, each)}: the range is {shown(round(narrow, 6))} wide"
                why = f"{shown(measured)} of {shown(whole)} measured leave {shown(round(wide, 1))} open"
                yield Found(each, f"{said}, and {why}")


@rule(
    "SROI081",
    "more-than-the-place",
    "error",
    reads="outcomes.*.quantity; stakeholders.*.size; assumptions.population",
    why="Arithmetic: a place cannot hold more people than live in it.",
    arithmetic=True,
)
def more_than_the_place(case: Case) -> Iterator[Found]:
    """More people change, or are in a group, than live in the place."""
    people = case.value("assumptions.population")
    groups = {
        name: group
        for name, group in case.study.stakeholders.items()
        if group.party in ("participant", "family", "volunteer")
    }
    counted = {
        f"stakeholders.{name}.size": [case.value(f"stakeholders.{name}.size") or 0.0] for name in groups
    }
    counted |= {
        f"outcomes.{name}.quantity": case.values(name, "quantity")
        for name, outcome in case.priced.items()
        if outcome.unit is None and outcome.stakeholder in groups
    }
    for path, counts in counted.items() if people else ():
        if max(counts, default=0.0) > just_above(people or 0.0):
            said = f"{called_with_path(case.study, path)} is {shown(max(counts))}"
            yield Found(path, f"{said}, and {shown(people)} people live in {case.study.place or 'the place'}")


@rule(
    "SROI082",
    "cohorts-above-the-group",
    "warning",
    reads="outcomes.*.quantity; stakeholders.*.size",
    why="The same people counted in every year's cohort are counted several times (Principle 4).",
    waive="The group's size is of one year, and others come every year.",
)
def cohorts_above_the_group(case: Case) -> Iterator[Found]:
    """The cohorts of an outcome come to more people than the group has."""
    for name, outcome in case.priced.items():
        size, counts = case.value(f"stakeholders.{outcome.stakeholder}.size"), case.values(name, "quantity")
        if size is None or outcome.unit is not None or len(counts) < 2 or max(counts) > just_above(size):
            continue
        if sum(counts) > just_above(size):
            path = f"outcomes.{name}.quantity"
            said = f"{called_with_path(case.study, path)}: {len(counts)} cohorts come to {shown(sum(counts))}"
            people = case.called(f"stakeholders.{outcome.stakeholder}")
            yield Found(path, f"{said}, and {people} are {shown(size)}")


_LIKE_POUNDS = ("GBP", "EUR", "USD")
"""Currencies of which one is worth about as much as another, for a limit that is a hundredfold off."""


@rule(
    "SROI083",
    "cost-a-person",
    "warning",
    reads="inputs; stakeholders.*.size; outcomes.*.quantity",
    why="Thousands slip in spreadsheets (Powell, Baker and Lawson 2007; Panko 2009): a cost that no "
    "service has is a slip until shown otherwise.",
)
def cost_a_person(case: Case) -> Iterator[Found]:
    """What is put in, for each person taking part, is below 10 or above 50,000 pounds, euros or dollars."""
    helped = [
        max(counts)
        for name, outcome in case.priced.items()
        if outcome.unit is None
        and (group := case.study.stakeholders.get(outcome.stakeholder)) is not None
        and group.party == "participant"
        and (counts := case.values(name, "quantity"))
    ]
    sizes = [
        case.value(f"stakeholders.{name}.size") or 0.0
        for name, group in case.study.stakeholders.items()
        if group.party == "participant"
    ]
    people = max((*helped, *sizes), default=0.0)
    if case.result is None or people < 2 or case.study.currency not in _LIKE_POUNDS:
        return
    each = case.result.investment / people
    least, most = limit("least_cost_a_person"), limit("most_cost_a_person")
    if not least <= each <= most:
        said = f"{case.money(case.result.investment)} for {shown(people)} people is {case.money(each)} each"
        yield Found("inputs", f"{said}: outside {case.money(least)} to {case.money(most)}")


@rule(
    "SROI090",
    "two-minuses",
    "error",
    reads="outcomes.*.quantity, value",
    why="Harm times a minus counts as gain: the sign stands once, on the quantity or on the value.",
    waive="Fewer of something bad is meant: better write both as positive.",
)
def two_minuses(case: Case) -> Iterator[Found]:
    """Quantity and value are both below 0, so that harm counts as a gain; or cohorts have both signs."""
    for doubt in case.doubts:
        if doubt.kind == "two_minuses":
            name = doubt.path.split(".")[1]
            values = {path: abs(case.value(path) or 0.0) for path in case.paths(name, "quantity")}
            yield Found(doubt.path, doubt.words, ratio=case.with_values(values))
        elif doubt.kind == "mixed_signs":
            yield Found(doubt.path, doubt.words, severity="warning")


@rule(
    "SROI091",
    "share-above-one",
    "warning",
    reads="assumptions that a quantity is multiplied by",
    why="A share of people above 1 makes more people than there are.",
)
def share_above_one(case: Case) -> Iterator[Found]:
    """A number that is a share by its name or use is above 1."""
    told = {doubt.path for doubt in case.doubts}
    for number in case.numbers:
        name = number.path.removeprefix("assumptions.")
        called = _SHARES & set(name.split("_")) or name.endswith("take_up")
        above = number.value is not None and number.value > just_above(1.0)
        if number.path.startswith("assumptions.") and called and above and number.path not in told:
            comes = "comes to" if number.computed else "is"
            said = f"{called_with_path(case.study, number.path)} {comes} {shown(number.value)}"
            yield Found(number.path, f"{said}, and a share is at most 1")


_SHARES = {"share", "proportion", "percentage", "probability", "fraction", "chance", "uptake"}
"""Words in the name of a number that cannot be above 1."""


@rule(
    "SROI092",
    "wellbeing-without-kind",
    "warning",
    reads="outcomes.*.kind, value",
    why="Without its kind, wellbeing may be read as money saved, and no check of double counting sees it.",
)
def wellbeing_without_kind(case: Case) -> Iterator[Found]:
    """An outcome is valued by wellbeing and does not say so by its kind."""
    for name, outcome in case.priced.items():
        if outcome.kind == "not_stated" and whole_life(case, name):
            path = f"outcomes.{name}.kind"
            said = f"{case.called(f'outcomes.{name}')} is valued by wellbeing, and its kind is not stated"
            yield Found(path, said, {path: "wellbeing"})
