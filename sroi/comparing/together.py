"""What the studies of a comparison come to together: sums, and ratios of sums."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from sroi import formatting, formulas
from sroi.comparing.likeness import some
from sroi.comparing.line import cost_per_person
from sroi.results.base import Record

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sroi.comparing.likeness import Difference
    from sroi.comparing.line import Line


@dataclass(frozen=True, slots=True)
class Together(Record):
    """What all of them come to: every ratio is a sum over a sum, and none is a mean of ratios.

    Attributes
    ----------
    present_value, investment, net_present_value, saved : float
        Sums, in the prices of the comparison.
    social_return_ratio, savings_ratio : float
        Sums of value, and of services needed less, over the sum of what is put in.
    people : float or None
        Sum; None where one of them does not say.
    cost_per_person : float or None
    """

    present_value: float
    investment: float
    net_present_value: float
    saved: float
    social_return_ratio: float
    savings_ratio: float
    people: float | None
    cost_per_person: float | None


def together(lines: Sequence[Line]) -> Together:
    """The sums over lines that can be added."""

    def summed(field: str) -> float:
        return math.fsum(getattr(each, field) or 0.0 for each in lines)

    value, investment, saved = summed("present_value"), summed("investment"), summed("saved")
    counted = all(each.people is not None for each in lines)
    people = summed("people") if counted else None
    return Together(
        value,
        investment,
        float(formulas.net_present_value(value, investment)),
        saved,
        float(formulas.social_return_ratio(value, investment)),
        float(formulas.social_return_ratio(saved, investment)),
        people,
        cost_per_person(investment, people),
    )


def why_not(lines: Sequence[Line], apart: Sequence[Difference]) -> str:
    """Why lines cannot be added; empty where they can."""
    if len(lines) < 2:
        return "there is one line"
    without = [each.name for each in lines if each.no_result is not None]
    if without:
        return f"{some(without)} {'has' if len(without) == 1 else 'have'} no result"
    if apart:
        return f"they are not alike in {formatting.listed(each.title.lower() for each in apart)}"
    twice = [name for name in dict.fromkeys(each.study for each in lines) if _may_be_one(name, lines)]
    if twice:
        named, they = some([str(name) for name in twice]), len(twice) > 1
        stands, its = ("stand", "their") if they else ("stands", "its")
        return f"{named} {stands} there more than once, and {its} people and money would be counted twice"
    return ""


def _may_be_one(study: str | None, lines: Sequence[Line]) -> bool:
    """Whether two lines may be one programme: one study in one place, in one that holds it, or in none."""
    mine = [each for each in lines if each.study == study]
    return any(
        one.place is None or other.place in (None, one.place, *one.within) or one.place in other.within
        for one, other in combinations(mine, 2)
    )
