"""Layers: what a later text says over an earlier one, key by key, each value keeping the place it was written in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic_core import PydanticCustomError

from sroi.documents.tree import LocatedDict, LocatedList, Mark, Text, dotted, parts_of
from sroi.errors import DocumentError, Problem, instead
from sroi.model import Estimate, Study
from sroi.quantities import truth

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sroi.documents.library import Place

_LEVELS = {
    "assumptions": 1,
    "scenarios": 1,
    "method": 1,
    "stakeholders": 2,
    "inputs": 2,
    "outcomes": 2,
    "sources": 2,
    "claims": 2,
}
"""How many levels of a section merge key by key; below them a value is replaced whole."""

_EXCLUSIVE = (("attribution", "contribution"), ("discount_rate", "discount_schedule"))
"""Pairs of keys of which writing one removes the other inherited."""

_OF_AN_ESTIMATE = frozenset(Estimate.model_fields)
_RANGE_AND_ORIGIN = ("low", "high", "sd", "distribution", "source", "grade", "rationale", "borrowed_from")
"""What no longer holds of an estimate whose value was set: the unit and the price year stay."""


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
    superseded = [
        other for pair in _EXCLUSIVE for one, other in (pair, pair[::-1]) if one in over and other not in over
    ]
    merged = base.without(*superseded)
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
        merged.put(key, value, mark)
    return merged


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
    """What a pack gives any study of its place: assumptions, sources, and the claims about the intervention or about none."""
    root = place.text.root
    layer = LocatedDict()
    for section in ("assumptions", "sources", "claims"):
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


def set_values(text: Text, values: Mapping[str, Any]) -> Text:
    """A text with values set by path, as ``--set path=value`` does.

    A bare name is that of an assumption. A path that ends in a key of an estimate
    (``assumptions.wellby.value``) changes that key alone and takes its range and its source away; any other
    replaces the whole value before it. ``outcomes.name.omit`` set to true removes an outcome, and the same of
    an input.

    Raises
    ------
    DocumentError
        If a path leads nowhere; all of them at once.
    """
    root = text.root
    problems = []
    for path, value in values.items():
        try:
            root = _set(root, path, value)
        except LookupError as error:
            problems.append(Problem(error.args[0], error.args[1], path, "--set"))
    if problems:
        raise DocumentError(problems)
    return Text(root, text.whole, text.sha256, text.packs)


def _set(root: LocatedDict, path: str, value: Any) -> LocatedDict:
    parts = parts_of(path)
    if not parts or dotted(parts) != path:
        raise LookupError(
            f"{path or 'an empty path'} is not a path",
            "write one such as assumptions.members or outcomes.less_lonely.deadweight",
        )
    assumptions = root.get("assumptions")
    if parts[0] not in Study.model_fields and (
        len(parts) == 1 or (isinstance(assumptions, LocatedDict) and parts[0] in assumptions)
    ):
        parts = ["assumptions", *parts]
    section = str(parts[0])
    if section not in Study.model_fields:
        raise LookupError(f"there is no {section} in a study", instead(section, Study.model_fields))
    mark = Mark("--set", "--set", 0, 0, 0, 0)
    if len(parts) == 1:
        return _with(root, section, value, mark)
    if section == "method" and not isinstance(root.get("method"), LocatedDict):
        method = LocatedDict()
        method.put("profile", root.get("method", "default"), root.marks.get("method", mark))
        root = _with(root, "method", method, mark)
    entries = root.get(section)
    named = entries if isinstance(entries, LocatedDict) else LocatedDict()
    if section != "method" and parts[1] not in named:
        raise LookupError(
            f"there is no {section.removesuffix('s')} {parts[1]}", instead(str(parts[1]), named)
        )
    if section in ("outcomes", "inputs"):
        said = {"omit": value} if parts[2:] == ["omit"] else value if len(parts) == 2 else None
        if isinstance(said, dict) and said.keys() == {"omit"}:
            return (
                _with(root, section, named.without(str(parts[1])), root.marks[section])
                if _set_to_omit(said["omit"])
                else root
            )
    changed: LocatedDict = _replaced(root, parts, value, mark)
    return changed


def _set_to_omit(value: Any) -> bool:
    try:
        return truth(value)
    except PydanticCustomError as error:
        raise LookupError((error.context or {})["message"], "write omit=true, or leave it out") from None


def _with(
    node: LocatedDict, key: str, value: Any, mark: Mark, superseded: tuple[str, ...] = ()
) -> LocatedDict:
    copy = node.without(*superseded)
    copy.put(key, value, mark)
    return copy


def _replaced(node: Any, parts: list[str | int], value: Any, mark: Mark) -> Any:
    part, rest = parts[0], parts[1:]
    if isinstance(node, LocatedList) and isinstance(part, int) and part < len(node):
        copy = LocatedList()
        copy.extend(node)
        copy.marks = list(node.marks)
        copy[part] = _replaced(node[part], rest, value, mark) if rest else value
        copy.marks[part] = mark if not rest else node.marks[part]
        return copy
    if isinstance(node, LocatedList) and isinstance(part, int):
        raise LookupError(
            f"there is no entry [{part}]: the list has {len(node)}, counted from [0]",
            "name one that is there, or set the whole list",
        )
    if not isinstance(part, str) or not isinstance(node, LocatedDict | None):
        raise LookupError(f"the path goes on at {part} where nothing is below", "end the path before it")
    node = node if node is not None else LocatedDict()
    if rest:
        inner = node.get(part)
        of_an_estimate = len(rest) == 1 and rest[0] in _OF_AN_ESTIMATE and isinstance(inner, LocatedDict)
        return _with(
            node,
            part,
            _replaced(inner, rest, value, mark),
            mark if of_an_estimate else node.marks.get(part, mark),
        )
    superseded = _RANGE_AND_ORIGIN if part == "value" and "stakeholder" not in node else ()
    others = tuple(other for pair in _EXCLUSIVE for one, other in (pair, pair[::-1]) if one == part)
    return _with(node, part, value, mark, (*superseded, *others))
