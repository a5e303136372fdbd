"""The columns that a frame of a section may have: a field each, and what is known of its number."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, get_args, get_origin

from sroi.model.estimates import Estimate
from sroi.model.sections import Section, models_in
from sroi.model.starts import YearsLater
from sroi.refusals import instead_of_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sroi.base import Model

Kind = Literal["name", "order", "number", "yes_no", "starts", "words", "text"]

IN_ORDER = {"outcomes": ("cohort", "quantity"), "inputs": ("year", "value")}
"""The column that counts the rows of one entry from 0, and the field that each of those rows gives."""


class Column(NamedTuple):
    """What a column holds.

    Attributes
    ----------
    field : str
        The field, as a file calls it.
    part : str
        What of the field's estimate; empty for the number itself and for what is no estimate.
    kind : str
        How its cells are read.
    """

    field: str
    part: str
    kind: Kind


NAME, ORDER = Column("", "", "name"), Column("", "", "order")
"""The columns that name an entry, and that count its rows."""


@cache
def columns_of(section: Section) -> dict[str, Column]:
    """Every column that a frame of a section may have, by its heading."""
    fields = {field.alias or name: field.annotation for name, field in section.model.model_fields.items()}
    found = {} if section.key is None else {section.singular: NAME}
    if section.name in IN_ORDER:
        found[IN_ORDER[section.name][0]] = ORDER
    found |= {name: Column(name, "", _kind(annotation)) for name, annotation in fields.items()}
    if issubclass(section.model, Estimate):
        return found
    for name, column in tuple(found.items()):
        if column.kind == "number":
            parts = {part: _kind(field.annotation) for part, field in Estimate.model_fields.items()}
            found |= {
                heading: Column(name, part, kind)
                for part, kind in parts.items()
                if part != "value" and (heading := f"{name}_{part}") not in found
            }
    if "value_price_year" in found:
        found["price_year"] = found["value_price_year"]
    return found


def studys_columns(model: type[Model], sections: Sequence[str]) -> Section:
    """The fields of a study that are no sections, as a section without names."""
    return Section("study", None, _without(model, tuple(sections)))


@cache
def _without(model: type[Model], names: tuple[str, ...]) -> Any:
    kept = {name: field for name, field in model.model_fields.items() if name not in names}
    return type("StudyFields", (), {"model_fields": kept})


def _kind(annotation: Any) -> Kind:
    models = set(models_in(annotation))
    if any(issubclass(model, Estimate) for model in models) or _holds(annotation, float):
        return "number"
    if YearsLater in models:
        return "starts"
    if models or _holds(annotation, dict) or _holds(annotation, tuple):
        return "words"
    return "yes_no" if _holds(annotation, bool) else "text"


def _holds(annotation: Any, kind: type) -> bool:
    named = annotation if isinstance(annotation, type) else get_origin(annotation)
    same = isinstance(named, type) and (issubclass(named, kind) if kind is dict else named is kind)
    return same or any(_holds(part, kind) for part in get_args(annotation))


def heading(text: object) -> str:
    """A heading as the name of a column: small letters, words joined."""
    return re.sub(r"[^a-z0-9]+", "_", str(text).strip().casefold()).strip("_")


def instead_of(text: str, section: Section) -> str:
    """What to write in place of an unknown heading."""
    known = columns_of(section)
    return instead_of_key(text, list(known), [name for name, column in known.items() if not column.part])
