"""Numbers that can be read and may not be what was meant: what a reader of the result should look at."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from sroi.bare_names import BareNames
from sroi.formatting import listed, percent
from sroi.labels import path_label
from sroi.model.entries import COMPARED
from sroi.quantities import COUNT, MONEY, shown, written
from sroi.resolution import numbers_of
from sroi.scalars import Percent, Pointed, TouchingFloat
from sroi.tolerance import just_above
from sroi.units import period_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sroi.model import Outcome, Study
    from sroi.numbers import Number
    from sroi.resolution import Numbers


def doubts_of(study: Study) -> list[str]:
    """What may not be meant as it is written, in words."""
    numbers = numbers_of(study)
    bare = BareNames(numbers)
    return [
        *_oddly_written(numbers, bare),
        *_of_another_period(study, numbers, bare),
        *_touching_commas(study),
        *(each for name, outcome in study.outcomes.items() for each in _of_quantity(name, outcome, study)),
        *(each for name in study.outcomes for each in _deducted_twice(name, numbers)),
    ]


def _oddly_written(numbers: Numbers, bare: BareNames) -> Iterator[str]:
    """Money in per cent, and money and counts with a point before three digits, which may part thousands."""
    for number in numbers:
        value = number.estimate.value
        if isinstance(value, Percent) and number.path.endswith(".value"):
            yield f"{number.path} is money written as {written(value)}, and is read as {shown(value)}"
        if isinstance(value, Percent) and number.path.partition("[")[0].endswith(".quantity"):
            yield f"{number.path} is a count written as {written(value)}, and is read as {shown(value)}"
        if isinstance(value, Pointed) and _counts(number, bare):
            read = f"{number.path} is read as {shown(value)}"
            yield f"{read}: for {value.thousands} write {value.thousands}, without a point"


def _touching_commas(study: Study) -> Iterator[str]:
    """Lists of two whole numbers with no space after their comma, which may be one number."""
    lists: dict[str, Any] = {f"inputs.{name}.value": entry.value for name, entry in study.inputs.items()}
    lists |= {f"outcomes.{name}.quantity": outcome.quantity for name, outcome in study.outcomes.items()}
    for path, years in lists.items():
        if isinstance(years, tuple) and len(years) == 2 and isinstance(years[1].value, TouchingFloat):
            if years[1].value >= 1000:  # no decimals, and no three digits of thousands
                continue
            one, other = (shown(each.value) for each in years)
            read = f"{path} is read as two years, {one} and {other}"
            yield f"{read}: for one number write {one}.{other} with a point, else a space after the comma"


def _counts(number: Number, bare: BareNames) -> bool:
    return any(each.estimate.bounds in (COUNT, MONEY) for each in (number, *bare.standing_for(number.path)))


def _of_another_period(study: Study, numbers: Numbers, bare: BareNames) -> Iterator[str]:
    """Money and counts of a year whose unit names a shorter period, and no unit beside them counts it."""
    for number in numbers:
        period = period_of(number.unit or "")
        if period is None:
            continue
        for use in (number, *bare.standing_for(number.path)):
            section, name, *field = use.path.partition("[")[0].split(".")
            if section == "inputs" and field == ["value"]:
                yield _per(use, number, "given a year")
            elif section == "outcomes" and field == ["quantity"]:
                yield _per(use, number, "counted for a year")
            elif (
                section == "outcomes" and field == ["value"] and not _counts_it(period, study, name, numbers)
            ):
                yield _per(use, number, "counted once for each unit and year")


def _per(use: Number, number: Number, how: str) -> str:
    return f"{use.path} is {how}, and the unit of its number is {shown(number.unit)}"


def _counts_it(period: str, study: Study, name: str, numbers: Numbers) -> bool:
    """Whether the units of an outcome are such periods, by its unit or by that of a number behind them."""
    path, quantity = f"outcomes.{name}.quantity", study.outcomes[name].quantity
    cohorts = len(quantity) if isinstance(quantity, tuple) else 0
    places = [f"{path}[{cohort}]" for cohort in range(cohorts)] or [path]
    behind = [numbers[place] for place in places if place in numbers]
    names = {reached for each in behind for reached in each.rests_on}
    units = [study.outcomes[name].unit, *(each.unit for each in behind)]
    units += [numbers[f"assumptions.{each}"].unit for each in names if f"assumptions.{each}" in numbers]
    texts = (*(unit or "" for unit in units), *names)
    return any(period in text.casefold() for text in texts)


def _of_quantity(name: str, outcome: Outcome, study: Study) -> Iterator[str]:
    """Cohorts that are more than the group, less than one of it, or for the worse."""
    numbers = numbers_of(study)
    quantity = outcome.quantity
    paths = [f"outcomes.{name}.quantity"]
    if isinstance(quantity, tuple):
        paths = [f"{paths[0]}[{cohort}]" for cohort in range(len(quantity))]
    counts = [count for path in paths if (count := numbers.value(path)) is not None]
    if not counts or not outcome.priced:
        return
    size = numbers.value(f"stakeholders.{outcome.stakeholder}.size")
    people = outcome.unit is None and all(numbers[path].unit is None for path in paths if path in numbers)
    if size is not None and people and max(counts) > just_above(size):
        more = f"the quantity of {name} is {shown(_round(max(counts)))}"
        group = f"{outcome.stakeholder}, of whom there are {shown(size)}"
        yield f"{more}, more than {group}: give its unit if it does not count people"
    plain = all(not numbers[path].uses for path in paths if path in numbers)
    if size is not None and size >= 2 and people and plain and 0 < max(map(abs, counts)) < 1:
        share = f"{100 * max(counts):.6g}%"
        yield (
            f"the quantity of {name} is {shown(_round(max(counts)))} of {shown(size)} {outcome.stakeholder}: "
            f"for a share of them write {shown(size)} * {share}"
        )
    value = numbers.value(f"outcomes.{name}.value")
    if min(counts) < 0:
        if max(counts) > 0:
            yield f"the cohorts of {name} are for the better and for the worse: {listed(map(shown, counts))}"
        elif value is not None and value < 0:
            yield f"the quantity and the value of {name} are both below 0, so that it counts as a gain"
        else:
            yield f"the quantity of {name} is below 0, so that it counts as harm"


def _deducted_twice(name: str, numbers: Numbers) -> Iterator[str]:
    """Deductions from a gain that is already what a comparison left."""
    outcome = numbers.study.outcomes[name]
    if outcome.design not in COMPARED:
        return
    found = numbers.outcome(name, value=1.0, duration=1.0, drop_off=0.0)
    shares = {} if found is None else {each: max(found.deductions[each]) for each in _REMOVED}
    for deduction, share in shares.items():
        if share > 0:
            gain = f"“{path_label(numbers.study, f'outcomes.{name}')}” (outcomes.{name}.{deduction})"
            taken = f"the gain is one against a comparison group (design {outcome.design}), and {deduction}"
            yield f"{gain}: {taken} takes off another {percent(share)} {_REMOVED[deduction]}"


_REMOVED = {
    "deadweight": "for what would have happened anyway, which the comparison has removed: write 0%",
    "attribution": "for others: write 0% for those who helped the comparison group as well",
}
"""What a comparison with others removes, by the deduction that would take it off again."""


def _round(value: float) -> float:
    return round(value, 6 - math.ceil(math.log10(abs(value)))) if value else value
