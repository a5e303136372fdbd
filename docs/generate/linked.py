"""One intervention's contact and cost laid on another's: what makes two that link people to company differ."""

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
    years: float
    """Years of contact as the studies had it, of all people together."""
    gain: float

    @property
    def contact(self) -> float:
        """Years of contact for each person taken on."""
        return self.years / self.people

    @property
    def cost(self) -> float:
        """What is put in for each person taken on, in present value."""
        return self.result.investment / self.people

    def with_contact(self, contact: float) -> float:
        """Its present value, were each person's contact as long as said: nothing else is touched."""
        quantity = self.result.study.outcomes[self.outcome].quantity
        row = next(each for each in self.result.outcomes if each.outcome == self.outcome)
        assert row.quantity is not None
        scaled = [amount * contact / self.contact for amount in row.quantity]
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
    assert row.quantity is not None
    assert row.duration is not None
    people, gain = (numbers.value(f"assumptions.{name}") for name in (PEOPLE[intervention], GAIN))
    assert people is not None
    assert gain is not None
    return Linking(result, outcome, people, sum(row.quantity) * row.duration, gain)


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
                formatting.ratio(each.result.social_return_ratio),
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


def laid(place: str) -> str:
    """Each one's ratio with the contact of each other, and then with its cost as well."""
    rows = []
    for name in PEOPLE:
        own = linking(name, place)
        for other in PEOPLE:
            if other != name:
                laid_on = linking(other, place)
                value = own.with_contact(laid_on.contact)
                rows.append(
                    (
                        f"`{name}`",
                        f"`{other}`",
                        formatting.ratio(own.result.social_return_ratio),
                        formatting.ratio(value / own.result.investment),
                        formatting.ratio(value / own.people / laid_on.cost),
                        formatting.ratio(laid_on.result.social_return_ratio),
                        formatting.ratio(
                            value / own.people / laid_on.cost - laid_on.result.social_return_ratio
                        ),
                    )
                )
    headings = (
        "Intervention",
        "with the evidence of",
        "Its own ratio",
        "with the other's contact",
        "and with the other's cost",
        "The other's ratio",
        "What is left between them",
    )
    return table(headings, rows)
