"""Rules about inputs, timing and what is counted twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sroi.checking.finding import Found
from sroi.checking.rules import rule
from sroi.evaluation.warnings import years_apart
from sroi.expression import Expression
from sroi.formatting import listed
from sroi.quantities import shown
from sroi.units import currencies_in
from sroi.words import readable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sroi.checking.case import Case
    from sroi.numbers import Number


def _plural(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"


@rule(
    "SROI040",
    "input-not-valued",
    "error",
    reads="inputs.*.value",
    why="What is left out of the inputs makes the ratio larger (Value Map; Arvidson 2013).",
    until_final=True,
)
def input_not_valued(case: Case) -> Iterator[Found]:
    """An input has no value, or one that rests on a number that is not assessed."""
    for name, entry in case.study.inputs.items():
        count = len(entry.value) if isinstance(entry.value, tuple) else 0
        paths = [f"inputs.{name}.value[{t}]" for t in range(count)] or [f"inputs.{name}.value"]
        if any(case.value(path) is None for path in paths):
            yield Found(f"inputs.{name}.value", f"{case.called(f'inputs.{name}')} is not valued")


@rule(
    "SROI041",
    "volunteers-not-valued",
    "warning",
    reads="stakeholders.*.party, inputs.*.kind, value",
    why="Time given is a resource, paid or not; leaving it out is one of the three commonest choices that "
    "raise a ratio (Arvidson 2013).",
    waive="The volunteers are the people helped, and their hours are what helps them.",
)
def volunteers_not_valued(case: Case) -> Iterator[Found]:
    """Volunteers take part and no input is their time, or what is given in kind is valued at 0."""
    groups = [n for n, each in case.study.stakeholders.items() if each.party == "volunteer" and each.included]
    given = [name for name, entry in case.study.inputs.items() if entry.kind == "volunteer_time"]
    worth = [row for row in (case.result.inputs if case.result else ()) if row.input in given]
    for name in groups:
        called = case.called(f"stakeholders.{name}")
        if not given:
            yield Found(f"stakeholders.{name}", f"{called} take part, and no input is volunteer_time")
        elif worth and not any(row.present_value for row in worth):
            yield Found(f"inputs.{given[0]}.value", f"{called} give time, which is valued at 0")
    for row in case.result.inputs if case.result else ():
        kind, path = case.study.inputs[row.input].kind, f"inputs.{row.input}"
        seen = kind == "volunteer_time" and bool(groups)
        if kind != "cash" and not row.present_value and not seen:
            yield Found(
                f"{path}.value", f"{case.called(path)} ({readable(kind, capital=False)}) is valued at 0"
            )


@rule(
    "SROI042",
    "years-apart",
    "warning",
    reads="inputs.*.value, years; outcomes.*.quantity",
    why="A year of cost beside two years' cohorts, or the other way round, compares unlike things (Green "
    "Book, 5.11).",
    waive="One cohort is helped over several years, or the cost is of a building.",
)
def inputs_and_cohorts_of_different_years(case: Case) -> Iterator[Found]:
    """Inputs are given in more or fewer years than an outcome has cohorts."""
    found = years_apart(case.study)
    if found is None:
        return
    most, inputs, apart = found
    given = listed(case.called(f"inputs.{name}") for name in inputs)
    for count, names in sorted(apart.items()):
        for name in names:
            path = f"outcomes.{name}.quantity"
            said = f"{case.called(path)} has {_plural(count, 'cohort')}, and inputs are given in"
            yield Found(path, f"{said} {_plural(most, 'year')} ({given})")


@rule(
    "SROI045",
    "proxy-used-twice",
    "warning",
    reads="outcomes.*.value, stakeholder",
    why="The guide's own question: is the same value counted for the same people twice?",
    waive="The two are different changes of different members of the group.",
)
def proxy_used_twice(case: Case) -> Iterator[Found]:
    """Two outcomes of the same people are valued by the same proxy."""
    first: dict[tuple[object, ...], str] = {}
    for other, row in case.rows.items():
        proxies = [_proxy(case, number) for number in case.entries(other, "value")]
        one = first.setdefault((row.stakeholder, *proxies), other)
        if one != other:
            less = min((one, other), key=case.share)
            pair = f"{case.called(f'outcomes.{one}')} and {case.called(f'outcomes.{other}')}"
            people = case.called(f"stakeholders.{row.stakeholder}")
            written = listed(shown(number.entered) for number in case.entries(one, "value"))
            said = f"{pair} of {people} are both valued at {written}"
            yield Found(f"outcomes.{other}.value", said, ratio=case.without(less))


def _proxy(case: Case, number: Number) -> tuple[object, ...]:
    """What values an outcome: an assumption, through others that are its name alone; else as written."""
    while isinstance(number.estimate.value, Expression) and number.estimate.value.name is not None:
        number = case.numbers[f"assumptions.{number.estimate.value.name}"]
    if number.path.startswith("assumptions."):
        return (number.path,)
    written = number.estimate.value
    return (str(written),) if isinstance(written, Expression) else (written, number.source)


def _years(case: Case, name: str) -> set[int]:
    return {t for t, money in enumerate(case.rows[name].by_year) if money}


def whole_life(case: Case, name: str) -> bool:
    """Whether an outcome's value is of the whole of wellbeing: of life satisfaction."""
    proxies = case.entries(name, "value")
    names = list(dict.fromkeys(each for number in proxies for each in number.rests_on))
    units = [
        *(number.unit for number in proxies),
        *(case.numbers[f"assumptions.{each}"].unit for each in names),
    ]
    said = " ".join([*names, *(unit or "" for unit in units)]).casefold()
    return "wellby" in said or "life satisfaction" in said.replace("-", " ").replace("_", " ")


@rule(
    "SROI046",
    "wellbeing-twice",
    "warning",
    reads="outcomes.*.kind, stakeholder; the result",
    why="Parts of one person's wellbeing overlap: friends, confidence and calm are not three lives.",
    waive="The two are of different people of the group, or were measured apart.",
)
def wellbeing_twice(case: Case) -> Iterator[Found]:
    """Two gains in wellbeing of the same people fall in the same years."""
    for alike in _gains(case).values():
        names = list(alike)
        for position, other in enumerate(names):
            one = next((each for each in names[:position] if alike[each] & alike[other]), None)
            if one is not None:
                less = min((one, other), key=case.share)
                pair = f"{case.called(f'outcomes.{one}')} and {case.called(f'outcomes.{other}')}"
                said = f"{pair} are wellbeing of the same people"
                yield Found(f"outcomes.{other}", said, ratio=case.without(less))


@rule(
    "SROI047",
    "whole-life-beside-parts",
    "warning",
    reads="outcomes.*.kind, value, stakeholder; the result",
    why="Life satisfaction holds the whole of a person's wellbeing: a part valued beside it is counted "
    "twice.",
    waive="The part is of people who are not among those whose life satisfaction was measured.",
)
def whole_life_beside_parts(case: Case) -> Iterator[Found]:
    """A gain in life satisfaction stands beside a part of the same people's wellbeing."""
    gains = _gains(case)
    for (people, of_life), parts in gains.items():
        wholes = {} if of_life else gains.get((people, True), {})
        for part, years in parts.items():
            whole = next((each for each, theirs in wholes.items() if years & theirs), None)
            if whole is not None:
                said = f"{case.called(f'outcomes.{whole}')} is valued by life satisfaction, which holds"
                yield Found(
                    f"outcomes.{part}",
                    f"{said} {case.called(f'outcomes.{part}')} already",
                    ratio=case.without(part),
                )


def _gains(case: Case) -> dict[tuple[str, bool], dict[str, set[int]]]:
    """Gains in wellbeing with their years, by their people and whether they are of life satisfaction."""
    found: dict[tuple[str, bool], dict[str, set[int]]] = {}
    for name, row in case.rows.items():
        if row.kind == "wellbeing" and (row.present_value or 0) > 0:
            found.setdefault((row.stakeholder, whole_life(case, name)), {})[name] = _years(case, name)
    return found


@rule(
    "SROI094",
    "hours-on-both-sides",
    "warning",
    reads="inputs.*.value, kind; outcomes.*.value, stakeholder",
    why="An hour that is given is spent; valuing it again as a gain cancels the cost.",
    waive="The outcome is a measured change in the volunteers, and not the worth of their hours.",
)
def hours_on_both_sides(case: Case) -> Iterator[Found]:
    """The worth of volunteers' hours is an input, and what an outcome is valued by."""
    for given, entry in case.study.inputs.items():
        if entry.kind != "volunteer_time":
            continue
        behind = {n for p in case.numbers if p.path.startswith(f"inputs.{given}.value") for n in p.rests_on}
        priced = {name for name in behind if currencies_in(case.numbers[f"assumptions.{name}"].unit or "")}
        direct = case.study.inputs[given].value
        written = str(direct.value) if direct is not None and not isinstance(direct, tuple) else None
        for name in case.rows:
            proxies = case.entries(name, "value")
            shared = priced & {each for number in proxies for each in number.rests_on}
            whole = (
                case.study.outcomes[name].stakeholder == entry.stakeholder
                and any(number.value for number in proxies)
                and (
                    any(written == str(number.estimate.value) for number in proxies)
                    or _worth(case, given, name)
                )
            )
            if shared or whole:
                by = f" by {listed(sorted(shared))}" if shared else ""
                said = f"the hours of {case.called(f'inputs.{given}')} are valued{by} as an input"
                path = f"outcomes.{name}.value"
                yield Found(path, f"{said} and again in {case.called(path)}", ratio=case.without(name))


def _worth(case: Case, given: str, name: str) -> bool:
    """Whether an outcome comes to what an input does in its first year."""
    spent = next(
        (row.by_year[0] for row in (case.result.inputs if case.result else ()) if row.input == given), 0.0
    )
    made = case.rows[name].by_year[0]
    return bool(spent) and made is not None and abs(made - spent) < 1e-9 * abs(spent)
