"""Rules that set a number beside what others found: of gains in wellbeing, and of what is taken off."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sroi.checking.finding import Found
from sroi.checking.rules import rule
from sroi.checking.thresholds import limit
from sroi.formatting import percent
from sroi.labels import called_with_path
from sroi.quantities import shown
from sroi.tolerance import just_above, just_below

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sroi.checking.case import Case


def _points(case: Case, name: str) -> float | None:
    """Points of life satisfaction, 0 to 10, a unit and year; None where they are not known."""
    points = case.value(f"outcomes.{name}.wellbys")
    if points is not None:
        return points
    price, proxies = case.value("assumptions.wellby"), case.entries(name, "value")
    valued = [each.value for each in proxies if each.value is not None and "wellby" in each.rests_on]
    return max(valued, key=abs) / price if price and valued else None


@rule(
    "SROI084",
    "wellbeing-too-large",
    "warning",
    reads="outcomes.*.wellbys, value",
    why="A WELLBY is one point of life satisfaction, on the scale of 0 to 10, for a year; few things move "
    "a year by one.",
)
def wellbeing_too_large(case: Case) -> Iterator[Found]:
    """A person gains more than a point of life satisfaction a year, or two by all outcomes."""
    summed: dict[str, float] = {}
    for name, outcome in case.priced.items():
        points = _points(case, name)
        if points is None:
            continue
        summed[outcome.stakeholder] = summed.get(outcome.stakeholder, 0.0) + points
        if points > just_above(limit("most_wellbys")):
            said = f"{case.called(f'outcomes.{name}')} is {shown(round(points, 4))} points a person and year"
            yield Found(f"outcomes.{name}", f"{said} on a scale of 0 to 10")
    for group, points in summed.items():
        if points > just_above(limit("most_wellbys_of_a_group")):
            path = f"stakeholders.{group}"
            said = (
                f"the outcomes of {case.called(path)} come to {shown(round(points, 4))} "
                f"points a person and year"
            )
            yield Found(path, f"{said} on a scale of 0 to 10")


_COMPANY = re.compile(
    r"\b(?:lonel(?:y|ier|iness)|isolat(?:ed|ion)|alone|befriend\w*|compan(?:y|ionship)|friends?|"
    r"friendships?|belong(?:s|ing)?|connect(?:ed|ion|ions|edness))\b"
)


@rule(
    "SROI095",
    "above-comparable-evidence",
    "warning",
    reads="outcomes.*.wellbys, value, quantity, deadweight, n_population, title, indicator; "
    "stakeholders.*.size",
    why="Nine controlled studies of linking people to company were pooled (docs/method.md): a gain above "
    "what they leave open for a new setting wants better evidence than they are.",
    waive="It was measured against a comparison group larger than those of the studies, or is of something "
    "else than company.",
)
def above_comparable_evidence(case: Case) -> Iterator[Found]:
    """People gain more by company, on average over the group, than controlled studies leave open."""
    most = limit("points_of_company")
    for name, outcome in case.priced.items():
        points, counts = _points(case, name), case.values(name, "quantity")
        words = f"{name.replace('_', ' ')} {outcome.title or ''} {outcome.indicator or ''}".casefold()
        if points is None or not counts or outcome.unit is not None or not _COMPANY.search(words):
            continue
        size = case.value(f"outcomes.{name}.n_population")
        people = size or case.value(f"stakeholders.{outcome.stakeholder}.size") or max(counts)
        left = 1 - min(case.values(name, "deadweight"), default=0.0)
        average = points * min(max(counts) / max(people, 1.0), 1.0) * left
        if average > just_above(most):
            said = f"{case.called(f'outcomes.{name}')} comes to {shown(round(average, 4))} points of life"
            each = f"{said} satisfaction for each of {shown(people)} people, above {shown(most)}"
            yield Found(f"outcomes.{name}", f"{each}, the most that comparable studies leave open")


@rule(
    "SROI085",
    "unusual-deduction",
    "info",
    reads="outcomes.*.deadweight, attribution, contribution, drop_off",
    why="Beside 383 published reports (jcmunozmora/sroi-meta-analysis): a share below nine in ten of those "
    "applied, or above nine in ten, is worth a sentence. Displacement is applied too rarely to have such "
    "ends.",
    waive="It was measured: name the source, which ends the finding.",
)
def unusual_deduction(case: Case) -> Iterator[Found]:
    """A deduction is applied that is below or above what eight in ten published reports apply."""
    for name, outcome in case.priced.items():
        ours = outcome.contribution is not None
        for field in ("deadweight", "attribution", "drop_off"):
            low, high = limit(f"usual_{field}")
            written = "contribution" if field == "attribution" and ours else field
            if field == "drop_off" and case.lasting(name) <= 1:
                continue
            for path in case.paths(name, written):
                number, entered = case.numbers[path], case.value(path)
                if entered is None or _known(case, path):
                    continue
                share = 1 - entered if written == "contribution" else entered
                if share and not just_below(low) <= share <= just_above(high):
                    said = f"{called_with_path(case.study, number.path)} takes off {percent(share)}, outside"
                    yield Found(path, f"{said} the {percent(low)} to {percent(high)} of published reports")
                    break


def _known(case: Case, path: str) -> bool:
    """Whether a number, or one behind it, has a source."""
    number = case.numbers[path]
    return any(each.source for each in (number, *(case.numbers[f"assumptions.{n}"] for n in number.rests_on)))
