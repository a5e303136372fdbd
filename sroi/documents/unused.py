"""Numbers of packs that no formula uses: what a place says and no intervention asks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sroi.documents.authorities import authorities
from sroi.documents.figures import described
from sroi.documents.loading import load
from sroi.documents.tree import LocatedDict
from sroi.errors import SroiError
from sroi.resolution import numbers_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sroi.documents.library import Library, Place
    from sroi.errors import Problem
    from sroi.model import Study


def unused(library: Library, places: list[Place]) -> list[Problem]:
    """Numbers of packs and of the reference table that no intervention uses in any place they lie under.

    They are told where they do not say so, and those that say so where one is used.

    Parameters
    ----------
    library : Library
    places : list of Place
        With a pack each, nations among them.
    """
    used: set[tuple[str, int, int]] = set()
    names: set[str] = set()
    unknown: set[str] = set()
    packed = [place.name for place in places]
    without = {each.extends: each.identifier for each in authorities() if each.identifier not in packed}
    for place in [*packed, *without.values()]:
        for intervention in library.interventions():
            try:
                study = load(intervention, place=place, packs=library)
            except SroiError:
                unknown.add(place)
                continue
            for name in _reached(study):
                names.add(name)
                used.add(_origin(study, name))
    asked = [each for each in places if each.nation or each.name not in unknown]
    return [
        *(
            place.text.problem(path, *_said(path[-1], is_used=is_used))
            for place in asked
            for path, written in _numbers(place)
            if (is_used := place.text.mark(path)[0][1:4] in used) == _is_context(written)
        ),
        *(
            described().problem(["figures", name], *_said(name, is_used=name in names))
            for name, columns in described().root["figures"].items()
            if (name in names) == all(map(_is_context, columns))
        ),
    ]


def _said(name: str | int, *, is_used: bool) -> tuple[str, str]:
    if is_used:
        return f"{name} says context: true, and a formula uses it", "remove context: true"
    hint = "use it in a formula, or write context: true where it is there to be read"
    return f"{name} is used by no formula of any intervention", hint


def _reached(study: Study) -> set[str]:
    """The assumptions that any number of an outcome, an input or a stakeholder rests on."""
    numbers = [number for number in numbers_of(study) if not number.path.startswith("assumptions.")]
    return {name for number in numbers for name in number.rests_on}


def _origin(study: Study, name: str) -> tuple[str, int, int]:
    """File, line and column of an assumption."""
    origin = study.provenance.origin(f"assumptions.{name}") if study.provenance is not None else None
    return ("", 0, 0) if origin is None else origin[1:4]


def _numbers(place: Place) -> Iterator[tuple[list[str | int], Any]]:
    """The assumptions of a pack's own file, those of an intervention in it included, each with its path."""
    root, own = place.text.root, place.text.whole.file
    said: dict[tuple[str, ...], Any] = {("assumptions",): root.get("assumptions")}
    for name, values in (root.get("interventions") or {}).items():
        said["interventions", name, "assumptions"] = values.get("assumptions")
    for at, entries in said.items():
        for name, written in (entries or {}).items():
            if place.text.mark([*at, name])[0].file == own:
                yield [*at, name], written


def _is_context(written: Any) -> bool:
    return isinstance(written, (LocatedDict, dict)) and written.get("context") is True
