"""What a Value Map has no place for, and how its loss is said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from sroi.model import Outcome, Study
from sroi.results.base import Record
from sroi.value_map.columns import BY_KEY, FACTS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pydantic import BaseModel

HELD: dict[str, set[str]] = {
    "study": {label.key for label in FACTS} & set(Study.model_fields)
    | {"sroi", "method", "assumptions", "stakeholders", "inputs", "outcomes", "sources"},
    "stakeholder": {"title", "size", "involved", "included", "reason"},
    "input": {"title", "stakeholder", "kind", "value", "years", "prices", "source", "rationale"},
    "outcome": set(BY_KEY) & set(Outcome.model_fields) | {"title", "priced"},
    "estimate": {"value", "source", "rationale"},
}
"""Fields that a map holds, or whose loss has a key of its own; every other field is lost."""

_OWNERS = {
    "study": "the study",
    "stakeholder": "stakeholders",
    "input": "inputs",
    "outcome": "outcomes",
    "estimate": "numbers",
}
_KEYS = {
    **dict.fromkeys(("estimate.low", "estimate.high", "estimate.sd", "estimate.distribution"), "ranges"),
    **dict.fromkeys(("estimate.price_year", "estimate.uprate"), "price_years"),
}
"""Fields that are lost together, under one key."""

_SAID = {
    "ranges": ("ranges", "the best estimate"),
    "price_years": ("price years", "the money in the study's prices"),
    "estimate.grade": ("grades of evidence", ""),
    "estimate.unit": ("units of numbers", ""),
    "estimate.borrowed_from": ("places that numbers are borrowed from", ""),
    "assumptions": ("named assumptions and expressions", "their values, with the expression as the reason"),
    "cohorts": ("cohorts", "a row for each cohort"),
    "late_cohorts": ("cohorts that start later than year 125", ""),
    "optimism_bias": ("optimism bias", "the figures without it"),
    "yearly_values": ("proxies by benefit year", "the first year's"),
    "yearly_shares": ("shares by benefit year", "the first year's"),
    "yearly_inputs": ("inputs over several years", "their sum, in year 0"),
    "nominal_inputs": ("inputs in the prices of each year", "their worth in the study's prices"),
    "texts_of_counts": ("sources and reasons of counts of people", ""),
    "details_of_sources": (
        "particulars of sources",
        "title, author, publisher, year, page and address in one line",
    ),
    "unused_sources": ("sources that no number of the map names", ""),
    "excluded_stakeholders": ("stakeholders that are left out", ""),
    "characters": ("characters and lengths that no cell takes", ""),
}
"""For each key, what is lost, and what the map has in its place."""


@dataclass(frozen=True, slots=True)
class Loss(Record):
    """Something that a Value Map cannot hold.

    Attributes
    ----------
    key : str
        Its name for programs.
    what : str
        What it is.
    paths : tuple of str
        Where it is in the study.
    kept : str
        What the map has in its place; empty where it has nothing.
    """

    key: str
    what: str
    paths: tuple[str, ...]
    kept: str

    @classmethod
    def of(cls, key: str, paths: Iterable[str]) -> Self:
        """The loss of a key of this module, or of a field as :func:`lost_fields` names it."""
        owner, _, name = key.partition(".")
        words = name.strip("_").replace("_", " ")
        what, kept = _SAID[key] if key in _SAID else (f"{words} of {_OWNERS[owner]}", "")
        return cls(key, what, tuple(paths), kept)

    @property
    def where(self) -> str:
        """The first places in the study, and how many more there are."""
        more = f" and {len(self.paths) - 3} more" if len(self.paths) > 3 else ""
        return f"{', '.join(self.paths[:3])}{more}"

    def __str__(self) -> str:
        where = f" ({self.where})" if self.paths else ""
        return f"{self.what}{where}: the map has {self.kept or 'nothing of it'}"


def lost_fields(model: BaseModel, owner: str) -> dict[str, str]:
    """The fields in which a model says something that a map has no place for, with the key of each loss."""
    keys = {name: f"{owner}.{name}" for name in type(model).model_fields if name not in HELD[owner]}
    return {
        name: _KEYS.get(key, key)
        for name, key in keys.items()
        if getattr(model, name) not in (None, (), {}, type(model).model_fields[name].default)
    }
