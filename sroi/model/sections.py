"""The sections of a study that hold entries by name, read from the annotations of its fields."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, get_args, get_origin

from sroi.base import Model

if TYPE_CHECKING:
    from collections.abc import Iterator


class Section(NamedTuple):
    """A section: its field, how its entries are named, and what an entry is."""

    name: str
    key: Any
    model: type[Model]

    @property
    def singular(self) -> str:
        """The word for one of its entries."""
        return self.name.removesuffix("s")


def sections_of(study: type[Model]) -> dict[str, Section]:
    """The sections of a study's model by name, in the order of its fields."""
    found = {}
    for name, field in study.model_fields.items():
        if get_origin(field.annotation) is dict:
            key, entry = get_args(field.annotation)
            model = next(models_in(entry), None)
            if model is not None:
                found[name] = Section(name, key, model)
    return found


def models_in(annotation: Any) -> Iterator[type[Model]]:
    """The models that an annotation names, wherever in it."""
    if isinstance(annotation, type) and get_origin(annotation) is None:
        if issubclass(annotation, Model):
            yield annotation
        return
    for part in get_args(annotation):
        yield from models_in(part)
