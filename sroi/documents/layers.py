"""Layers: what a later text says over an earlier one, key by key, each value keeping where it was written."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pydantic_core import PydanticCustomError

from sroi.documents.tree import LocatedDict, Mark, Text
from sroi.errors import Problem, instead
from sroi.quantities import truth

if TYPE_CHECKING:
    from sroi.documents.library import Place

_LEVELS = {
    "assumptions": 1,
    "scenarios": 1,
    "method": 1,
    "deflators": 1,
    "stakeholders": 2,
    "payers": 2,
    "units": 2,
    "inputs": 2,
    "outcomes": 2,
    "sources": 2,
    "claims": 2,
}
"""How many levels of a section merge key by key; below them a value is replaced whole."""

EXCLUSIVE = {
    "attribution": "contribution",
    "contribution": "attribution",
    "discount_rate": "discount_schedule",
    "discount_schedule": "discount_rate",
}
"""Keys of which writing one removes the other inherited."""


def laid_over(base: LocatedDict, over: LocatedDict, problems: list[Problem]) -> LocatedDict:
    """A new document: ``base`` with ``over`` laid on it."""
    merged = base.without()
    for section, written in over.items():
        value, mark = written, over.marks[section]
        levels = _LEVELS.get(section, 0)
        if levels and value is None and section != "method":
            continue
        inherited = merged.get(section)
        if levels and isinstance(value, LocatedDict) and isinstance(inherited, LocatedDict | None):
            value = _merged(
                inherited if inherited is not None else LocatedDict(), value, levels, section, problems
            )
        merged.put(section, value, mark)
    return merged


def _merged(
    base: LocatedDict, over: LocatedDict, levels: int, path: str, problems: list[Problem]
) -> LocatedDict:
    merged = base.without(*(other for key, other in EXCLUSIVE.items() if key in over and other not in over))
    for key, written in over.items():
        value, mark = written, over.marks[key]
        inherited = merged.get(key)
        if levels > 1 and isinstance(value, LocatedDict):
            if "omit" in value and path in ("outcomes", "inputs"):
                if _omits(value, f"{path}.{key}", problems):
                    _omit(merged, key, mark, path, problems)
                    continue
                value = value.without("omit")
            value = _merged(
                inherited if isinstance(inherited, LocatedDict) else LocatedDict(),
                value,
                levels - 1,
                f"{path}.{key}",
                problems,
            )
        merged.put(key, titled(value, inherited, mark) if path == "assumptions" else value, mark)
    return merged


def titled(value: Any, inherited: Any, mark: Mark) -> Any:
    """The number that replaces another, called as the other is where it has no title of its own."""
    if value is None or not isinstance(inherited, LocatedDict) or "title" not in inherited:
        return value
    if isinstance(value, LocatedDict):
        named = value.without()
    elif isinstance(value, (str, int, float)):
        named = LocatedDict()
        named.put("value", value, mark)
    else:
        return value
    if "title" not in named:
        named.put("title", inherited["title"], inherited.marks["title"])
    return named


def _omits(entry: LocatedDict, path: str, problems: list[Problem]) -> bool:
    """Whether an entry says that what is inherited is to go."""
    mark = entry.marks["omit"]
    try:
        return truth(entry["omit"])
    except PydanticCustomError as error:
        context = error.context or {}
        problems.append(
            Problem(context["message"], context["hint"], f"{path}.omit", mark.file, mark.line, mark.column)
        )
        return False


def _omit(merged: LocatedDict, key: str, mark: Mark, path: str, problems: list[Problem]) -> None:
    if key in merged:
        del merged[key], merged.marks[key]
        return
    message = f"omit: true removes nothing: no {path.removesuffix('s')} {key} is inherited"
    problems.append(
        Problem(message, instead(key, merged), f"{path}.{key}", mark.file, mark.key_line, mark.key_column)
    )


def pack_layer(place: Place, intervention: str | None) -> LocatedDict:
    """What a pack gives any study of its place: assumptions, sources, and claims, but for those of others."""
    root = place.text.root
    layer = LocatedDict()
    for section in ("deflators", "assumptions", "sources", "claims"):
        if isinstance(root.get(section), LocatedDict):
            layer.put(section, root[section], root.marks[section])
    if "claims" in layer:
        others = [
            name
            for name, claim in layer["claims"].items()
            if claim.get("intervention") not in (None, intervention)
        ]
        layer.put("claims", layer["claims"].without(*others), layer.marks["claims"])
    return layer


def intervention_layer(place: Place, intervention: str | None) -> LocatedDict | None:
    """What a pack says of one intervention in its place, or None."""
    said = place.text.root.get("interventions")
    return said.get(intervention) if isinstance(said, LocatedDict) and intervention is not None else None


def all_layers(
    text: Text,
    template: Text | None,
    chain: list[Place],
    intervention: str | None,
    argument: Mark | None,
    problems: list[Problem],
) -> Text:
    """All layers merged: template, packs from the nation inwards, their words on the intervention, the study.

    ``argument`` is the mark of the place where the caller named it, and not the study.
    """
    root = template.root.without() if template is not None else LocatedDict()
    for place in chain:
        root = laid_over(root, pack_layer(place, intervention), problems)
    for place in chain:
        said = intervention_layer(place, intervention)
        if said is not None:
            root = laid_over(root, said, problems)
    if template is not text:
        root = laid_over(root, text.root, problems)
    if intervention is not None:
        root.put("intervention", intervention, root.marks.get("intervention", text.whole))
    if chain:
        root.put("place", chain[-1].name, argument or root.marks["place"])
    sums = {place.name: place.text.sha256 for place in chain}
    for place in chain:
        sums |= place.text.packs
    if template is not None and template is not text:
        sums[str(intervention)] = template.sha256
    return replace(text, root=root, packs=sums)
