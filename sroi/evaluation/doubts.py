"""Numbers that can be read and may not be what was meant: what a reader of the result should look at."""

from __future__ import annotations

import math
from functools import partial
from typing import TYPE_CHECKING, Any

from sroi.bare_names import BareNames
from sroi.evaluation.doubt import Doubt
from sroi.evaluation.rates import of_rates
from sroi.formatting import listed, percent
from sroi.labels import called_with_path, path_label, split_path
from sroi.model.entries import COMPARED
from sroi.numbers import paths_of
from sroi.quantities import COUNT, MONEY, shown, written
from sroi.reaching import is_multiple, taken_by
from sroi.resolution import numbers_of
from sroi.scalars import Percent, Pointed, TouchingFloat
from sroi.stated import unit_of
from sroi.tolerance import just_above
from sroi.units import IN_A_YEAR, of_a_year, of_time, period_of
from sroi.warned import ResultWarning

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sroi.model import Outcome, Study
    from sroi.numbers import Number
    from sroi.resolution import Numbers
    from sroi.terms import Beside


_IDS = {
    "rate": "rate-in-per-cent",
    "share": "share-of-a-group",
    "misread": "misread-number",
    "period": "of-a-shorter-period",
    "above_the_group": "above-the-group",
    "mixed_signs": "signs-mixed",
    "two_minuses": "two-minus-signs",
    "harm": "counts-as-harm",
    "deducted_twice": "deducted-twice",
}


def doubts_of(study: Study) -> list[ResultWarning]:
    """What may not be meant as it is written, as warnings."""
    return [
        ResultWarning(_IDS[doubt.kind], doubt.words, number=doubt.path, **doubt.data)
        for doubt in doubts_in(study)
    ]


def doubts_in(study: Study) -> list[Doubt]:
    """What may not be meant as it is written, each with its kind and the number that it is about."""
    numbers = numbers_of(study)
    bare = BareNames(numbers)
    return [
        *of_rates(study, numbers, bare),
        *_oddly_written(study, numbers, bare),
        *_of_another_period(study, numbers),
        *_touching_commas(study),
        *(each for name, outcome in study.outcomes.items() for each in _of_quantity(name, outcome, study)),
        *(each for name in study.outcomes for each in _deducted_twice(name, numbers)),
    ]


def _oddly_written(study: Study, numbers: Numbers, bare: BareNames) -> Iterator[Doubt]:
    """Money in per cent, and money and counts with a point before three digits, which may part thousands."""
    for number in numbers:
        value = number.estimate.value
        if isinstance(value, Percent) and split_path(number.path).field == "value":
            called = called_with_path(study, number.path)
            said = f"{called} is money written as {written(value)}, and is read as {shown(value)}"
            yield Doubt("misread", number.path, said, {"value": float(value)})
        if isinstance(value, Pointed) and _counts(number, bare):
            read = f"{called_with_path(study, number.path)} is read as {shown(value)}"
            said = f"{read}: for {value.thousands} write {value.thousands}, without a point"
            yield Doubt("misread", number.path, said, {"value": float(value)})


def _touching_commas(study: Study) -> Iterator[Doubt]:
    """Lists of two whole numbers with no space after their comma, which may be one number."""
    lists: dict[str, Any] = {f"inputs.{name}.value": entry.value for name, entry in study.inputs.items()}
    lists |= {f"outcomes.{name}.quantity": outcome.quantity for name, outcome in study.outcomes.items()}
    for path, years in lists.items():
        if isinstance(years, tuple) and len(years) == 2 and isinstance(years[1].value, TouchingFloat):
            if years[1].value >= 1000:  # no decimals, and no three digits of thousands
                continue
            one, other = (shown(each.value) for each in years)
            read = f"{called_with_path(study, path)} is read as two years, {one} and {other}"
            said = f"{read}: for one number write {one}.{other} with a point, else a space after the comma"
            read_as = [float(each.value) for each in years]
            yield Doubt("misread", path, said, {"values": read_as})


def _counts(number: Number, bare: BareNames) -> bool:
    return any(each.estimate.bounds in (COUNT, MONEY) for each in (number, *bare.standing_for(number.path)))


def _of_another_period(study: Study, numbers: Numbers) -> Iterator[Doubt]:
    """Money and counts of a year that are of a shorter period by a unit, and nothing counts the period."""
    for number in numbers:
        unit = unit_of(number, study)
        period = period_of(unit)
        if period is None:
            continue
        found: dict[str, list[Number]] = {}
        for use in (number, *taken_by(number, numbers, partial(_converts, numbers, period), _of_a_period)):
            how = _by_the_year(use, period, study, numbers)
            if how is not None:
                found.setdefault(how, []).append(use)
        for how, uses in found.items():
            called = listed(called_with_path(study, each.path) for each in uses[:_MOST_USES])
            more = f" and {len(uses) - _MOST_USES} more" if len(uses) > _MOST_USES else ""
            verb, of = ("is", "its number is") if len(uses) == 1 else ("are", "their number is")
            if uses == [number] or uses[0].estimate.value == number.estimate.value:
                said = f"{called}{more} {verb} {how}, and the unit of {of} {shown(unit)}"
            else:
                behind = f"{called_with_path(study, number.path)}, whose unit is {shown(unit)}"
                said = f"{called}{more} {verb} {how}, and nothing brings to a year {behind}"
            yield Doubt("period", uses[0].path, said, {"unit": unit, "period": period})


_MOST_USES = 3


def _by_the_year(use: Number, period: str, study: Study, numbers: Numbers) -> str | None:
    """What a number is taken for, where that is a year's; None where it is not, or periods are counted."""
    section, name, field = split_path(use.path)[:3]
    if section == "inputs" and field == "value":
        return "given a year"
    if section == "outcomes" and field == "quantity":
        return "counted for a year"
    if section == "outcomes" and field == "value" and not _counts_it(period, study, name, numbers):
        return "counted once for each unit and year"
    return "in its unit of a year" if section == "assumptions" and of_a_year(use.unit or "") else None


def _of_a_period(number: Number) -> bool:
    """Whether a number has a period of its own, which is looked at by itself."""
    return period_of(number.unit or "") is not None


def _converts(numbers: Numbers, period: str, beside: Beside) -> bool:
    """Whether what multiplies a number may bring it to a year, or to another thing."""
    return (
        beside.inverted
        or is_multiple(beside.constants, IN_A_YEAR[period])
        or any(_may_count_time(name, numbers) for name in beside.names)
    )


def _may_count_time(name: str, numbers: Numbers) -> bool:
    path = f"assumptions.{name}"
    if path not in numbers or of_time(f"{name} {numbers[path].unit or ''}"):
        return True
    return numbers[path].unit is None and not isinstance(numbers[path].estimate.value, Percent)


def _counts_it(period: str, study: Study, name: str, numbers: Numbers) -> bool:
    """Whether the units of an outcome are such periods, by its unit or by that of a number behind them."""
    path, quantity = f"outcomes.{name}.quantity", study.outcomes[name].quantity
    behind = [numbers[place] for place in paths_of(path, quantity) if place in numbers]
    names = {reached for each in behind for reached in each.rests_on}
    units = [study.outcomes[name].unit, *(each.unit for each in behind)]
    units += [numbers[f"assumptions.{each}"].unit for each in names if f"assumptions.{each}" in numbers]
    texts = (*(unit or "" for unit in units), *names)
    return any(period in text.casefold() for text in texts)


def _of_quantity(name: str, outcome: Outcome, study: Study) -> Iterator[Doubt]:
    """Cohorts that are more than the group, less than one of it, or for the worse."""
    numbers = numbers_of(study)
    quantity = outcome.quantity
    path = f"outcomes.{name}.quantity"
    paths = paths_of(path, quantity)
    counts = [count for path in paths if (count := numbers.value(path)) is not None]
    if not counts or not outcome.priced:
        return
    called = called_with_path(study, path)
    people_called = called_with_path(study, f"stakeholders.{outcome.stakeholder}")
    size = numbers.value(f"stakeholders.{outcome.stakeholder}.size")
    people = outcome.unit is None and all(numbers[path].unit is None for path in paths if path in numbers)
    if size is not None and people and max(counts) > just_above(size):
        more = f"{called} is {shown(_round(max(counts)))}"
        group = f"{people_called}, of whom there are {shown(size)}"
        said = f"{more}, more than {group}: give its unit if it does not count people"
        yield Doubt("above_the_group", path, said, {"value": max(counts), "size": size})
    plain = all(not numbers[path].uses for path in paths if path in numbers)
    if size is not None and size >= 2 and people and plain and 0 < max(map(abs, counts)) < 1:
        share = f"{100 * max(counts):.6g}%"
        said = f"{called} is {shown(_round(max(counts)))} of {shown(size)}, {people_called}: "
        yield Doubt(
            "share",
            path,
            f"{said}for a share of them write {shown(size)} * {share}",
            {"value": max(counts), "size": size},
        )
    found = (numbers.value(each) for each in paths_of(f"outcomes.{name}.value", outcome.value))
    proxies = [value for value in found if value is not None]
    if proxies and min(proxies) < 0 < max(proxies):
        each = listed(map(shown, proxies))
        proxy = f"outcomes.{name}.value"
        said = f"{called_with_path(study, proxy)} is for the better and for the worse, by benefit year"
        said += f": {each}"
        yield Doubt("mixed_signs", proxy, said, {"values": proxies})
    if min(counts) < 0:
        if max(counts) > 0:
            each = listed(map(shown, counts))
            said = f"the cohorts of {called} are for the better and for the worse: {each}"
            yield Doubt("mixed_signs", path, said, {"values": counts})
        elif proxies and max(proxies) < 0:
            said = f"{called} and its value are both below 0, so that it counts as a gain"
            yield Doubt("two_minuses", path, said, {"values": counts, "value": max(proxies)})
        else:
            said = f"{called} is below 0, so that it counts as harm"
            yield Doubt("harm", path, said, {"values": counts})


def _deducted_twice(name: str, numbers: Numbers) -> Iterator[Doubt]:
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
            said = f"{gain}: {taken} takes off another {percent(share)} {_REMOVED[deduction]}"
            yield Doubt("deducted_twice", f"outcomes.{name}.{deduction}", said, {"value": share})


_REMOVED = {
    "deadweight": "for what would have happened anyway, which the comparison has removed: write 0%",
    "attribution": "for others: write 0% for those who helped the comparison group as well",
}
"""What a comparison with others removes, by the deduction that would take it off again."""


def _round(value: float) -> float:
    return round(value, 6 - math.ceil(math.log10(abs(value)))) if value else value
