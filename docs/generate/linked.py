"""One intervention's contact and cost laid on another's: what parts two that link people to company."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import sroi
from docs.generate.markdown import table
from docs.generate.packs import library
from sroi import formatting
from sroi.resolution import numbers_of

GAIN = "linked_gain"
PEOPLE = {
    "local-area-coordination": "people_introduced",
    "befriending": "people",
    "social-prescribing": "people",
    "time-bank": "people",
}
"""Each intervention of the kind that gives a ratio, and the number that says how many people it takes on."""


@dataclass(frozen=True)
class Linking:
    """What one of them does and costs for each person taken on, on central values."""

    result: sroi.Evaluation
    outcome: str
    people: float
    cohorts: tuple[float, ...]
    """People, or years of contact, that the outcome counts in each year."""
    duration: float
    gain: float

    @property
    def contact(self) -> float:
        """Years of contact as the studies had it, for each person taken on."""
        return sum(self.cohorts) * self.duration / self.people

    @property
    def cost(self) -> float:
        """What is put in for each person taken on, in present value."""
        return self.result.investment / self.people

    def with_contact(self, contact: float) -> float:
        """Its present value, were each person's contact as long as said: nothing else is touched."""
        quantity = self.result.study.outcomes[self.outcome].quantity
        scaled = [amount * contact / self.contact for amount in self.cohorts]
        changed = scaled if isinstance(quantity, tuple) else scaled[0]
        study = sroi.change(self.result.study, {f"outcomes.{self.outcome}.quantity": changed})
        return sroi.evaluate(study).present_value


@cache
def linking(intervention: str, place: str) -> Linking:
    """One of them in a place."""
    result = sroi.evaluate(sroi.load(intervention, place=place, packs=library()))
    numbers = numbers_of(result.study)
    (outcome,) = (
        name
        for name in result.study.outcomes
        if (path := f"outcomes.{name}.value") in numbers and GAIN in numbers[path].uses
    )
    row = next(each for each in result.outcomes if each.outcome == outcome)
    people, gain = (numbers.value(f"assumptions.{name}") for name in (PEOPLE[intervention], GAIN))
    assert row.quantity is not None
    assert row.duration is not None
    assert people is not None
    assert gain is not None
    cohorts = row.quantity if isinstance(row.quantity, tuple) else (row.quantity,)
    return Linking(result, outcome, people, cohorts, row.duration, gain)


def linked(place: str) -> str:
    """Who has the contact, for how long, at what cost, and what comes of it."""
    rows = []
    for name in PEOPLE:
        each = linking(name, place)
        rows.append(
            (
                f"`{name}`",
                f"{12 * each.contact:.1f}",
                f"{each.gain:.3f}",
                f"{each.contact * each.gain:.3f}",
                formatting.money(each.cost, "GBP"),
                formatting.money(each.cost / each.contact, "GBP"),
                ratio(each.result.social_return_ratio),
            )
        )
    headings = (
        "Intervention",
        "Months of contact for each person taken on",
        "Points gained in a year of contact",
        "WELLBYs for each person",
        "Cost for each person",
        "Cost for a year of contact",
        "Ratio",
    )
    return table(headings, rows)


def laid_on(place: str) -> str:
    """Each one's ratio with the contact of each other, and then with its cost as well."""
    pairs = ((name, other) for name in PEOPLE for other in PEOPLE if name != other)
    rows = []
    for name, other in pairs:
        own, from_other = linking(name, place), linking(other, place)
        value = own.with_contact(from_other.contact)
        both = value / own.people / from_other.cost
        rows.append(
            (
                f"`{name}`",
                f"`{other}`",
                ratio(own.result.social_return_ratio),
                ratio(value / own.result.investment),
                ratio(both),
                ratio(from_other.result.social_return_ratio),
                why(own, from_other, both - from_other.result.social_return_ratio),
            )
        )
    headings = (
        "Intervention",
        "with the evidence of",
        "Its own ratio",
        "with the other's contact",
        "and with its cost",
        "The other's ratio",
        "What the two differ in",
    )
    return table(headings, rows)


def why(own: Linking, other: Linking, left: float) -> str:
    """In words, what moves a ratio when another's contact and cost are laid on it, and what is left."""
    costs = (formatting.money(each.cost, "GBP") for each in (own, other))
    return (
        f"{12 * own.contact:.1f} and {12 * other.contact:.1f} months of contact, "
        f"{' and '.join(costs)} a person; services, losses and years apart from the gain: {ratio(left)}"
    )


def ratio(value: float) -> str:
    """A ratio, or a difference of two, to two decimals."""
    return f"{value:.2f}".replace("-", "\u2212")
