"""Values set in a merged text: numbers by path, and the method."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pydantic_core import PydanticCustomError

from sroi.documents.layers import EXCLUSIVE, titled
from sroi.documents.reader import read_text
from sroi.documents.tree import LocatedDict, LocatedList, Mark, Text, located
from sroi.errors import DocumentError, NotFoundError, Problem, SroiError, instead
from sroi.method import PROFILES
from sroi.model import Estimate, Study
from sroi.provenance import dotted, parts_of
from sroi.quantities import shown, truth

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sroi.method import MethodProfile

_OF_AN_ESTIMATE = frozenset(Estimate.model_fields)
_RANGE_AND_ORIGIN = ("low", "high", "sd", "distribution", "source", "grade", "rationale", "borrowed_from")
"""What no longer holds of an estimate whose value was set: the unit and the price year stay."""

SET = Mark("--set", "--set", 0, 0, 0, 0)
"""The mark of a value that was set."""


def set_values(text: Text, values: Mapping[str, Any]) -> Text:
    """A text with values set by path, as ``--set path=value`` does.

    Text is read as YAML, and any other value, models among them, stands for itself.

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
    problems: list[Problem] = []
    for path, value in values.items():
        try:
            root = _set(root, path, _value_read(path, value))
        except SroiError as error:
            problems += [
                problem if problem.file else replace(problem, path=path, file="--set")
                for problem in error.problems
            ]
    if problems:
        raise DocumentError(problems)
    return replace(text, root=root)


def _value_read(path: str, value: Any) -> Any:
    if not isinstance(value, str):
        return located(value, lambda _: SET)
    if not value.strip():
        return value
    root = read_text(f"value: {value}\n", SET.layer, f"{SET.file} {path}").root
    if len(root) > 1:
        raise NotFoundError(f"{shown(value)} is more than one value", "write one value")
    return root["value"]


def _set(root: LocatedDict, path: str, value: Any) -> LocatedDict:
    parts = parts_of(path)
    if not parts or dotted(parts) != path:
        raise NotFoundError(
            f"{path or 'an empty path'} is not a path",
            "write one such as assumptions.members or outcomes.less_lonely.deadweight",
        )
    if parts[0] in ("place", "borough"):
        hint = "name it with place=, or --place on the command line"
        raise NotFoundError("a place is not a value that can be set: its packs lie under the study", hint)
    assumptions = root.get("assumptions")
    if parts[0] not in Study.model_fields and (
        len(parts) == 1 or (isinstance(assumptions, LocatedDict) and parts[0] in assumptions)
    ):
        parts = ["assumptions", *parts]
    section = str(parts[0])
    if section not in Study.model_fields:
        raise NotFoundError(f"there is no {shown(section)} in a study", instead(section, Study.model_fields))
    if len(parts) == 1:
        return _with(root, section, value, SET)
    if section == "method" and not isinstance(root.get("method"), LocatedDict):
        method = LocatedDict()
        method.put("profile", root.get("method", "default"), root.marks.get("method", SET))
        root = _with(root, "method", method, SET)
    entries = root.get(section)
    named = entries if isinstance(entries, LocatedDict) else LocatedDict()
    if section != "method" and parts[1] not in named:
        raise NotFoundError(
            f"there is no {section.removesuffix('s')} {shown(parts[1])}", instead(str(parts[1]), named)
        )
    if section in ("outcomes", "inputs"):
        said = {"omit": value} if parts[2:] == ["omit"] else value if len(parts) == 2 else None
        if isinstance(said, dict) and said.keys() == {"omit"}:
            return (
                _with(root, section, named.without(str(parts[1])), root.marks[section])
                if _set_to_omit(said["omit"])
                else root
            )
    if section == "assumptions" and len(parts) == 2:
        value = titled(value, named[str(parts[1])], SET)
    changed: LocatedDict = _replaced(root, parts, value)
    return changed


def _set_to_omit(value: Any) -> bool:
    try:
        return truth(value)
    except PydanticCustomError as error:
        raise NotFoundError((error.context or {})["message"], "write omit=true, or leave it out") from None


def set_method(text: Text, method: str | Mapping[str, Any] | MethodProfile) -> Text:
    """A text under another method, as ``--method name`` does."""
    mark = Mark("--method", "--method", 0, 0, 0, 0)
    if isinstance(method, str) and method not in PROFILES:
        hint = instead(method, PROFILES)
        raise DocumentError(f"there is no method profile {shown(method)}", hint, file=mark.file)
    return replace(text, root=_with(text.root, "method", located(method, lambda _: mark), mark))


def _with(
    node: LocatedDict, key: str, value: Any, mark: Mark, superseded: tuple[str, ...] = ()
) -> LocatedDict:
    copy = node.without(*superseded)
    copy.put(key, value, mark)
    return copy


def _replaced(node: Any, parts: list[str | int], value: Any) -> Any:
    part, rest = parts[0], parts[1:]
    if isinstance(node, LocatedList) and isinstance(part, int) and part < len(node):
        copy = LocatedList()
        copy.extend(node)
        copy.marks = list(node.marks)
        copy[part] = _replaced(node[part], rest, value) if rest else value
        copy.marks[part] = SET if not rest else node.marks[part]
        return copy
    if isinstance(node, LocatedList) and isinstance(part, int):
        raise NotFoundError(
            f"there is no entry [{part}]: the list has {len(node)}, counted from [0]",
            "name one that is there, or set the whole list",
        )
    if not isinstance(part, str) or not isinstance(node, LocatedDict | None):
        raise NotFoundError(
            f"the path goes on at {shown(part)} where nothing is below", "end the path before it"
        )
    node = node if node is not None else LocatedDict()
    if rest:
        inner = node.get(part)
        of_an_estimate = len(rest) == 1 and rest[0] in _OF_AN_ESTIMATE and isinstance(inner, LocatedDict)
        return _with(
            node, part, _replaced(inner, rest, value), SET if of_an_estimate else node.marks.get(part, SET)
        )
    superseded = _RANGE_AND_ORIGIN if part == "value" and "stakeholder" not in node else ()
    return _with(node, part, value, SET, (*superseded, EXCLUSIVE.get(part, "")))
