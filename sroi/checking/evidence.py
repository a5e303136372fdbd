"""Rules about outcomes and the evidence that they happen."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from sroi.checking.finding import Found
from sroi.checking.rules import rule
from sroi.checking.thresholds import limit
from sroi.formatting import percent
from sroi.quantities import shown
from sroi.results import lineage
from sroi.tolerance import just_above

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sroi.checking.case import Case


@rule(
    "SROI010",
    "no-indicator",
    "error",
    reads="outcomes.*.indicator",
    why="Krlev 2013, item 6; a column of the Value Map.",
    until_final=True,
)
def no_indicator(case: Case) -> Iterator[Found]:
    """An outcome has no indicator: nothing says how the change is known."""
    for name, outcome in case.study.outcomes.items():
        if outcome.indicator is None:
            yield Found(f"outcomes.{name}", f"{case.called(f'outcomes.{name}')} has no indicator")


@rule(
    "SROI011",
    "more-than-there-are",
    "error",
    reads="outcomes.*.quantity, n_measured, n_population; stakeholders.*.size, involved",
    why="Arithmetic: a part cannot be more than its whole.",
    arithmetic=True,
)
def more_than_there_are(case: Case) -> Iterator[Found]:
    """More people are changed, measured or involved than there are."""
    yield from (Found(doubt.path, doubt.words) for doubt in case.doubts if doubt.kind == "above_the_group")
    pairs = [(f"stakeholders.{name}", "involved", "size") for name in case.study.stakeholders]
    pairs += [(f"outcomes.{name}", "n_measured", "n_population") for name in case.study.outcomes]
    for path, part, whole in pairs:
        few, many = case.value(f"{path}.{part}"), case.value(f"{path}.{whole}")
        if few is not None and many is not None and few > just_above(many):
            said = f"{case.called(path)}: {part} is {shown(few)}, more than {whole}, which is {shown(many)}"
            yield Found(f"{path}.{part}", said)
    for name, outcome in case.priced.items():
        counts, people = case.values(name, "quantity"), case.value(f"outcomes.{name}.n_population")
        size = case.value(f"stakeholders.{outcome.stakeholder}.size")
        over_size = size is not None and counts and max(counts) > just_above(size)
        over = people is not None and counts and max(counts) > just_above(people) and outcome.unit is None
        if over and not over_size:
            path = f"outcomes.{name}.quantity"
            said = f"{case.called(path)} is {shown(max(counts))}, more than n_population, {shown(people)}"
            yield Found(path, said)


def half_width(measured: float, population: float | None, share: float = 0.5) -> float:
    """Half the width of the 95% interval of a share, with the correction for a finite population."""
    left = 1.0 if population is None or population <= 1 else (population - measured) / (population - 1)
    return 1.96 * math.sqrt(share * (1 - share) / measured * max(left, 0.0))


@rule(
    "SROI012",
    "sample-without-range",
    "warning",
    reads="outcomes.*.n_measured, n_population, response_rate, quantity",
    why="A sample is uncertain by its size alone, and who did not answer may differ; samples are a weak spot "
    "of published studies (Hutchinson 2019).",
)
def sample_without_range(case: Case) -> Iterator[Found]:
    """A quantity measured on a sample of a larger group has no range; or who answered is not said."""
    for name in case.priced:
        path = f"outcomes.{name}"
        measured, population = case.value(f"{path}.n_measured"), case.value(f"{path}.n_population")
        if not measured or (population is not None and population <= measured):
            continue
        numbers = [case.numbers[each] for each in case.paths(name, "quantity")]
        behind = [case.numbers[f"assumptions.{each}"] for number in numbers for each in number.rests_on]
        if numbers and all(number.low is None for number in (*numbers, *behind)):
            of = "" if population is None else f" of {shown(population)}"
            interval = percent(half_width(measured, population))
            said = f"{shown(measured)}{of} were measured, and {case.called(f'{path}.quantity')} has no range"
            yield Found(
                f"{path}.quantity", f"{said}: a share measured so is uncertain by up to {interval} points"
            )
        if case.value(f"{path}.response_rate") is None:
            said = f"{case.called(path)} was measured on {shown(measured)}"
            yield Found(
                path, f"{said}, and the share who answered (response_rate) is not said", severity="info"
            )


@rule(
    "SROI013",
    "no-comparison",
    "warning",
    reads="kind, outcomes.*.design",
    why="Without a measure before and after, or a comparison, the gain is an opinion (Krlev 2013, items 4 "
    "and 5).",
)
def no_comparison(case: Case) -> Iterator[Found]:
    """An evaluation's outcome says nothing of how the gain was measured, or that it was not."""
    if case.study.kind != "evaluation":
        return
    for name, outcome in case.priced.items():
        if outcome.design in (None, "none"):
            path = f"outcomes.{name}"
            how = "not said" if outcome.design is None else "that it was not"
            yield Found(path, f"{case.called(path)}: how the gain was measured (design) is {how}")


@rule(
    "SROI014",
    "old-evidence",
    "warning",
    reads="sources.*.year, first_year",
    why="Prices, services and people change; reviews ask for evidence of two to three years (threshold "
    "years_until_old).",
    waive="The only evidence there is, or a natural constant of the field such as a trial's effect.",
)
def old_evidence(case: Case) -> Iterator[Found]:
    """A source behind the result is much older than the study's first year."""
    most = limit("years_until_old")
    for name, source in lineage.sources_used(case.study).items():
        found = re.findall(r"\b(?:19|20)\d\d\b", str(source.year or ""))
        if found and (age := case.study.first_year - int(max(found))) > most:
            said = f"“{source.title}” is of {max(found)}, {age} years before the first year"
            yield Found(f"sources.{name}", f"{said}: more than {most}")


@rule(
    "SROI015",
    "no-negative-outcome",
    "warning",
    reads="outcomes.*.quantity, outcomes.*.value",
    why="Unintended and negative outcomes are rarely reported and rarely absent (Hutchinson 2019; "
    "Gosselin 2020).",
    waive="Every group was asked what got worse, and found nothing: the reason says how.",
)
def no_negative_outcome(case: Case) -> Iterator[Found]:
    """No outcome is for the worse, and each has a value, so that none might be."""
    priced = [name for name in case.priced if case.values(name, "quantity") and case.values(name, "value")]
    negative = [
        name
        for name in case.study.outcomes
        if min((*case.values(name, "quantity"), *case.values(name, "value")), default=0.0) < 0
    ]
    unknown = any(
        not (case.values(name, "quantity") and case.values(name, "value")) for name in case.study.outcomes
    )
    if priced and not negative and not unknown:
        count = len(case.study.outcomes)
        said = "the one outcome is a gain" if count == 1 else f"none of the {count} outcomes is for the worse"
        yield Found("outcomes", said)


@rule(
    "SROI016",
    "unpriced-and-unsaid",
    "warning",
    reads="outcomes.*.priced, quantity, indicator",
    why="What has no price still belongs to the account (Green Book, 2.10; the Value Map has a sheet for "
    "it): how many it reaches, or how it is known, can be said without money.",
)
def unpriced_and_unsaid(case: Case) -> Iterator[Found]:
    """An outcome without a money value says neither how many it reaches nor how it is known."""
    for name, outcome in case.study.outcomes.items():
        if not outcome.priced and outcome.indicator is None and not case.values(name, "quantity"):
            path = f"outcomes.{name}"
            said = f"{case.called(path)} has no money value, and neither quantity nor indicator is given"
            yield Found(path, said)


@rule(
    "SROI017",
    "no-materiality",
    "error",
    reads="outcomes.*.materiality",
    why="Principle 4; the assurance standard asks for it of every outcome.",
    until_final=True,
)
def no_materiality(case: Case) -> Iterator[Found]:
    """An outcome does not say why it is material, relevant and significant; or why it is not."""
    for name, outcome in case.study.outcomes.items():
        path = f"outcomes.{name}"
        if not outcome.material:
            if outcome.reason is None:
                yield Found(path, f"{case.called(path)} is said not to be material, without a reason")
        elif outcome.materiality is None:
            yield Found(path, f"{case.called(path)} does not say why it is material")


@rule(
    "SROI018",
    "trivial-outcome",
    "info",
    reads="outcomes.*.material; the result",
    why="Principle 4: what changes no decision hides what does, and what is a large part of the value "
    "matters.",
    waive="It matters to those concerned, whatever its money value.",
)
def trivial_outcome(case: Case) -> Iterator[Found]:
    """An outcome is less than a hundredth of the value; or is called not material and is a large part."""
    for name, row in case.rows.items():
        if not case.study.outcomes[name].material and case.share(name) > limit("material_share"):
            called, share = case.called(f"outcomes.{name}"), percent(case.share(name))
            said = f"{called} is said not to be material, and is {share} of the value"
            yield Found(f"outcomes.{name}.material", said, ratio=case.without(name), severity="warning")
            continue
        if case.share(name) < limit("trivial_share"):
            amount = case.money(row.present_value or 0.0)
            said = f"{case.called(f'outcomes.{name}')} is {amount}, {percent(case.share(name))} of the value"
            yield Found(f"outcomes.{name}", said, ratio=case.without(name))


@rule(
    "SROI088",
    "before-and-after-kept",
    "warning",
    reads="outcomes.*.design, deadweight",
    why="People come at their worst and get better by themselves: regression to the mean (Krlev 2013, "
    "items 4 and 5).",
)
def before_and_after_kept(case: Case) -> Iterator[Found]:
    """A gain that was measured before and after, with no comparison, keeps nearly all of itself."""
    least = limit("little_deadweight")
    for name, outcome in case.priced.items():
        shares = case.values(name, "deadweight")
        if outcome.design == "before_after" and shares and max(shares) < least:
            path = f"outcomes.{name}.deadweight"
            said = f"{case.called(path)} is {percent(max(shares))} of a gain measured before and after"
            yield Found(
                path, f"{said}: nothing shows how many would have got better anyway", {path: percent(least)}
            )


@rule(
    "SROI089",
    "small-study-drives",
    "info",
    reads="outcomes.*.n_measured; the result",
    why="Effects from small studies are exaggerated on average.",
)
def small_study_drives(case: Case) -> Iterator[Found]:
    """Much of the value rests on a gain that was measured on few people."""
    for name in case.rows:
        measured = case.value(f"outcomes.{name}.n_measured")
        if (
            measured is not None
            and measured < limit("small_study")
            and case.share(name) > limit("share_of_a_driver")
        ):
            share = percent(case.share(name))
            said = (
                f"{case.called(f'outcomes.{name}')} is {share} of the value and was measured "
                f"on {shown(measured)}"
            )
            yield Found(f"outcomes.{name}.n_measured", said)
