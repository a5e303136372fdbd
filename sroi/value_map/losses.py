"""What a Value Map has no place for, and how its loss is told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pydantic import BaseModel

HELD: dict[str, frozenset[str]] = {
    "study": frozenset(
        {
            "sroi",
            "id",
            "title",
            "kind",
            "currency",
            "price_year",
            "first_year",
            "method",
            "status",
            "author",
            "date",
        }
    )
    | {"purpose", "audience", "scope", "assumptions", "stakeholders", "inputs", "outcomes", "sources"},
    "stakeholder": frozenset({"title", "size", "involved", "included", "reason"}),
    "input": frozenset({"title", "stakeholder", "kind", "value", "years", "prices", "source", "rationale"}),
    "outcome": frozenset(
        {
            "title",
            "stakeholder",
            "indicator",
            "quantity",
            "unit",
            "value",
            "starts",
            "duration",
            "drop_off",
            "kind",
            "priced",
        }
    )
    | {
        "deadweight",
        "displacement",
        "attribution",
        "contribution",
        "activity",
        "output",
        "n_measured",
        "drop_off_from",
    },
    "estimate": frozenset({"value", "source", "rationale"}),
}
"""Fields that a map holds, or whose loss is told under a name of its own; every other field is told as lost where it says something."""

_OF_NUMBERS = {
    **dict.fromkeys(("low", "high", "sd", "distribution"), "ranges"),
    **dict.fromkeys(("price_year", "uprate"), "price years"),
    "grade": "grades of evidence",
    "unit": "units of numbers",
    "borrowed_from": "places that numbers are borrowed from",
}

KEPT = {
    "ranges": "the best estimate",
    "price years": "the money in the study's prices",
    "named assumptions and expressions": "their values, with the expression as the reason",
    "cohorts": "a row a cohort",
    "shares by benefit year": "the first year's",
    "inputs over several years": "their sum, in year 0",
    "inputs in the prices of each year": "their worth in the study's prices",
    "particulars of sources": "title, author, publisher, year, page and address in one line",
}
"""What stands in the map in place of what it cannot hold; of all else nothing does."""


@dataclass(frozen=True, slots=True)
class Loss:
    """Something that a Value Map cannot hold.

    Attributes
    ----------
    what : str
        What it is.
    paths : tuple of str
        Where it stands in the study.
    kept : str
        What stands in the map in its place; empty where nothing does.
    """

    what: str
    paths: tuple[str, ...]
    kept: str

    def __str__(self) -> str:
        more = f" and {len(self.paths) - 3} more" if len(self.paths) > 3 else ""
        where = f" ({', '.join(self.paths[:3])}{more})" if self.paths else ""
        return f"{self.what}{where}: the map has {self.kept or 'nothing of it'}"


def said_beyond(model: BaseModel, what: str) -> list[str]:
    """Fields in which a model says something that a map has no place for."""
    fields = type(model).model_fields
    return [
        name
        for name in fields
        if name not in HELD[what] and getattr(model, name) not in (None, (), {}, fields[name].default)
    ]


def of_a_number(field: str) -> str:
    """What is lost with a field of an estimate."""
    return _OF_NUMBERS.get(field, f"{worded(field)} of numbers")


def worded(field: str) -> str:
    """A field's name in words."""
    return field.strip("_").replace("_", " ")
