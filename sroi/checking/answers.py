"""Rules about the result, its uncertainty and its size."""

from __future__ import annotations

from itertools import combinations, islice
from typing import TYPE_CHECKING

from sroi import formatting
from sroi.checking.finding import Found
from sroi.checking.rules import rule
from sroi.checking.thresholds import limit
from sroi.formatting import listed, percent
from sroi.labels import called_with_path
from sroi.optimism import biases
from sroi.quantities import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sroi.checking.case import Case
    from sroi.numbers import Number

_MOST_DRIVERS = 6


def _drivers(case: Case, least: float = 0.0) -> list[Number]:
    """The given numbers by the part of the value that rests on them, the largest first."""
    given = [number for number in case.given() if case.shares.get(number.path, 0.0) > least]
    return sorted(given, key=lambda number: -case.shares[number.path])


@rule(
    "SROI051",
    "no-result",
    "error",
    reads="every number behind the result",
    why="What is not assessed is no zero: until it is, there is no ratio to judge (Principle 5).",
    waive="Never: write the number, or priced: false for an outcome that has no price.",
    until_final=True,
)
def no_result(case: Case) -> Iterator[Found]:
    """The study has no result, since a number is not assessed or nothing is put in."""
    for problem in case.unresolved:
        yield Found(problem.path, f"{case.called(problem.path)}: {problem.message}")


@rule(
    "SROI052",
    "turns-within-range",
    "warning",
    reads="low and high of the numbers behind the result",
    why="Where a plausible number turns the answer round, that belongs in the summary (Green Book, 2.16).",
)
def turns_within_range(case: Case) -> Iterator[Found]:
    """The ratio crosses 1 within the range of one number alone."""
    if case.result is None:
        return
    ratio = case.result.social_return_ratio
    ranged = [number for number in _drivers(case) if number.low is not None and number.high is not None]
    for number in islice(ranged, _MOST_DRIVERS):
        for end in (number.low, number.high):
            there = case.with_values({number.path: float(end or 0.0)})
            if there is not None and (there - 1) * (ratio - 1) < 0:
                moved = f"the ratio goes from {formatting.ratio(ratio)} to {formatting.ratio(there)}"
                said = (
                    f"{called_with_path(case.study, number.path)}: {moved} at {shown(end)}, in its own range"
                )
                yield Found(number.path, said, ratio=there)
                break


@rule(
    "SROI054",
    "high-ratio",
    "warning",
    reads="the result",
    why="Nine of ten published ratios are below 10.2 (247 reports of the Social Value register).",
    waive="The three drivers that the message names were looked at by somebody else.",
)
def high_ratio(case: Case) -> Iterator[Found]:
    """The ratio is above the range of published ones."""
    if case.result is not None and case.result.social_return_ratio > limit("high_ratio"):
        largest = sorted(case.rows, key=case.share, reverse=True)[:3]
        names = listed(f"{case.called(f'outcomes.{name}')} ({percent(case.share(name))})" for name in largest)
        ratio = formatting.ratio(case.result.social_return_ratio)
        where = f"outcomes.{largest[0]}" if largest else "outcomes"
        yield Found(where, f"the ratio is {ratio}, above {limit('high_ratio')}; it rests on {names}")


@rule(
    "SROI058",
    "displaced-outside-not-said",
    "info",
    reads="place; outcomes.*.displacement, displacement_outside",
    why="A place's own total adds what it takes from its neighbours (additionality guidance).",
)
def displaced_outside_not_said(case: Case) -> Iterator[Found]:
    """A study of a place does not say how much of what is displaced other places lose."""
    for name, outcome in case.priced.items():
        shares = case.values(name, "displacement")
        if case.study.place is not None and any(shares) and outcome.displacement_outside is None:
            path = f"outcomes.{name}"
            said = (
                f"{case.called(path)}: {percent(max(shares))} is displaced, and "
                f"displacement_outside is not given"
            )
            yield Found(path, said)


@rule(
    "SROI072",
    "ranges-missing",
    "warning",
    reads="low, high, sd of the numbers behind the result",
    why="The Green Book (2026), 6.68: a central estimate and a range. A simulation over a few ranges "
    "looks surer than it is.",
)
def ranges_missing(case: Case) -> Iterator[Found]:
    """More than half of the value rests on numbers of which none has a range."""
    bare = 0.0
    for name in case.rows:
        own = [number for number in case.numbers if number.path.startswith(f"outcomes.{name}.")]
        behind = [case.numbers[f"assumptions.{each}"] for number in own for each in number.rests_on]
        if not any(each.low is not None or each.estimate.sd is not None for each in (*own, *behind)):
            bare += case.share(name)
    if bare > limit("share_without_ranges"):
        ranged = sum(number.low is not None or number.estimate.sd is not None for number in case.given())
        given = sum(1 for _ in case.given())
        said = f"{percent(bare)} of the value rests on numbers without a range"
        yield Found("outcomes", f"{said}; {ranged} of {given} numbers have one")


@rule(
    "SROI073",
    "careless-range",
    "info",
    reads="value, low, high of every number",
    why="A best estimate at the end of its range, or the same plus and minus on everything, was not "
    "thought about.",
    waive="A share at 0% or 100%, or a limit set by nature.",
)
def careless_range(case: Case) -> Iterator[Found]:
    """A number is at an end of its own range, or most ranges are the same plus and minus."""
    widths: dict[float, int] = {}
    ranged = [number for number in case.given() if number.low is not None and number.value is not None]
    for number in ranged:
        value, low, high = number.value or 0.0, number.low or 0.0, number.high or 0.0
        if low < high and value in (low, high) and value not in (0.0, 1.0):
            said = f"{called_with_path(case.study, number.path)} is at an end of its range"
            yield Found(number.path, f"{said}, {shown(low)} to {shown(high)}")
        elif value and abs((high - value) - (value - low)) < 1e-9 * abs(value):
            width = round(abs(high - value) / abs(value), 6)
            widths[width] = widths.get(width, 0) + 1
    width, count = max(widths.items(), key=lambda each: each[1], default=(0.0, 0))
    if count >= limit("blanket_ranges") and count > limit("alike_share") * len(ranged):
        said = f"{count} of {len(ranged)} ranges are {percent(width)} either way"
        yield Found("assumptions", said)


@rule(
    "SROI074",
    "drawn-apart",
    "warning",
    reads="source, low, high, sd of assumptions; correlations",
    why="Two numbers that one study measured on the same people err together; drawn one by one, their errors "
    "cancel and the spread is too small (our own reasoning).",
    waive="The source measured the two on different people.",
)
def drawn_apart(case: Case) -> Iterator[Found]:
    """Two of the numbers that drive the value come from one source and are drawn without a correlation."""
    tied = {frozenset(each.between) for each in case.study.correlations}
    driving: dict[str, list[str]] = {}
    for number in _drivers(case, limit("share_of_a_driver")):
        ranged = number.low is not None or number.estimate.sd is not None
        if number.path.startswith("assumptions.") and number.source is not None and ranged:
            driving.setdefault(number.source, []).append(number.path.removeprefix("assumptions."))
    for source, names in driving.items():
        apart = [pair for pair in combinations(names, 2) if frozenset(pair) not in tied]
        if apart:
            which = dict.fromkeys(name for pair in apart for name in pair)
            called = listed(called_with_path(case.study, f"assumptions.{name}") for name in which)
            both, title = "both" if len(which) == 2 else "all", case.study.sources[source].title
            said = f"{called} are drawn independently, and {both} come from “{title}”"
            yield Found(f"assumptions.{apart[0][0]}", said)


@rule(
    "SROI075",
    "past-discounted",
    "warning",
    reads="kind, method.discount_from",
    why="The Green Book (2026), 6.59: what has been spent and gained is not discounted back.",
)
def past_discounted(case: Case) -> Iterator[Found]:
    """An evaluation discounts years that are past."""
    study = case.study
    last = max((t for row in case.rows.values() for t, each in enumerate(row.by_year) if each), default=0)
    past = min(case.today.year, study.first_year + last)
    if study.kind == "evaluation" and study.method.discount_from == "first_year" and past > study.first_year:
        said = f"the years from {study.first_year} to {past} are past, and discounted"
        yield Found("method.discount_from", said, {"method.discount_from": str(past)})


@rule(
    "SROI076",
    "health-at-standard-rate",
    "info",
    reads="outcomes.*.qalys, wellbys, discount_schedule",
    why="The Green Book (2026), 6.58: health and life satisfaction are discounted at the lower health rate.",
)
def health_at_standard_rate(case: Case) -> Iterator[Found]:
    """Health or life satisfaction in its own units is discounted at the standard rate."""
    bare = [
        name
        for name in case.rows
        if case.study.outcomes[name].discount_schedule is None
        and (case.study.outcomes[name].qalys is not None or case.study.outcomes[name].wellbys is not None)
        and any(case.rows[name].by_year[1:])
    ]
    for name in bare:
        path = f"outcomes.{name}.discount_schedule"
        said = f"{case.called(f'outcomes.{name}')} is in QALYs or WELLBYs and discounted at the standard rate"
        yield Found(path, said, {path: "green-book-2026-health"})


@rule(
    "SROI077",
    "no-optimism-bias",
    "warning",
    reads="kind, method.profile; optimism_bias of inputs and outcomes",
    why="The Green Book (2026), 6.79: appraisers must adjust for optimism.",
)
def no_optimism_bias(case: Case) -> Iterator[Found]:
    """A forecast by the Green Book applies no optimism bias."""
    by_the_book = case.study.kind == "forecast" and case.study.method.profile == "green-book"
    if by_the_book and not biases(case.numbers):
        yield Found("method", "the profile is green-book, and no optimism bias is applied")


@rule(
    "SROI079",
    "harm-in-numerator",
    "info",
    reads="outcomes for the worse; the result",
    why="The Green Book (2026), 6.95: a ratio differs by whether harm is a cost or a lesser benefit; the "
    "net value does not.",
)
def harm_in_numerator(case: Case) -> Iterator[Found]:
    """Harm is taken off the benefits; as a cost it would give another ratio."""
    worse = [name for name, row in case.rows.items() if (row.present_value or 0.0) < 0]
    if worse and case.result is not None:
        harm = -sum(case.rows[name].present_value or 0.0 for name in worse)
        ratio = case.ratio(case.result.present_value + harm, case.result.investment + harm)
        names = listed(case.called(f"outcomes.{name}") for name in worse)
        said = f"{names}: {case.money(harm)} of harm is taken off the benefits, and could be among the costs"
        yield Found(f"outcomes.{worse[0]}", said, ratio=ratio)


@rule(
    "SROI080",
    "unpriced-outcome",
    "info",
    reads="outcomes.*.priced; the result",
    why="The Green Book (2026), 6.105: say what an unpriced effect would have to be worth.",
)
def unpriced_outcome(case: Case) -> Iterator[Found]:
    """An outcome has no money value, and would decide if it were worth as much as is missing."""
    if case.result is None or case.result.net_present_value >= 0:
        return
    for name, outcome in case.study.outcomes.items():
        if not outcome.priced:
            path, short = f"outcomes.{name}", case.money(-case.result.net_present_value)
            yield Found(
                path, f"{case.called(path)} has no money value; worth {short} it would bring the ratio to 1"
            )


@rule(
    "SROI087",
    "driver-without-basis",
    "warning",
    reads="source, rationale, grade of the numbers behind the result",
    why="The Aqua Book: log the source, owner and reliability of what drives a result.",
)
def driver_without_basis(case: Case) -> Iterator[Found]:
    """A number behind more than a tenth of the value has no source, reason or grade."""
    for number in _drivers(case, limit("share_of_a_driver")):
        if number.path.startswith("assumptions.") and not (number.source or number.rationale or number.grade):
            share = percent(min(case.shares[number.path], 1.0))
            said = f"{called_with_path(case.study, number.path)} is behind {share} of the value"
            yield Found(number.path, f"{said}, without source, rationale or grade")
