"""A tree against its model: every error of pydantic's as a problem with its position and what to write instead."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, ValidationError

from sroi.documents.tree import LocatedDict
from sroi.errors import DocumentError, Problem, instead, nearest
from sroi.model.estimates import TAGS, Estimate
from sroi.quantities import shown

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from pydantic_core import ErrorDetails

    from sroi.documents.tree import Text

M = TypeVar("M", bound=BaseModel)


def validated(model: type[M], text: Text) -> M:
    """The model that a text holds.

    Raises
    ------
    DocumentError
        With every field that is wrong.
    """
    try:
        return model.model_validate(text.root, context={"collects_problems": True})
    except ValidationError as error:
        raise DocumentError(problems_of(error, model, text)) from None


def problems_of(error: ValidationError, model: type[BaseModel], text: Text) -> list[Problem]:
    """Pydantic's errors in the words of the format, each with its position.

    A key that is missing because another was misspelt is one mistake, and told once.
    """
    all_details = error.errors(include_url=False)
    meant = {
        (*details["loc"][:-1], nearest(str(details["loc"][-1]), _fields_at(model, details["loc"][:-1])))
        for details in all_details
        if details["type"] == "extra_forbidden"
    }
    return [
        _problem(details, model, text)
        for details in all_details
        if not (details["type"] == "missing" and details["loc"] in meant)
    ]


def path_of(details: ErrorDetails, root: LocatedDict) -> list[str | int]:
    """Where in the document an error stands: its location without what pydantic added."""
    path: list[str | int] = []
    node: Any = root
    location = details["loc"]
    for position, part in enumerate(location):
        last = position == len(location) - 1
        if part in _entries(node):
            node = node[part]
        elif part in TAGS or part == "[key]" or not (last and isinstance(node, dict)):
            continue
        path.append(part)
    return path


def _entries(node: Any) -> Container[str | int]:
    """The keys of a mapping, the positions of a list, nothing of anything else."""
    if isinstance(node, dict):
        return node.keys()
    return range(len(node)) if isinstance(node, list) else ()


def _problem(details: ErrorDetails, model: type[BaseModel], text: Text) -> Problem:
    kind, found = details["type"], details["input"]
    path = path_of(details, text.root)
    context: dict[str, Any] = details.get("ctx", {})
    if kind == "extra_forbidden":
        known = _fields_at(model, details["loc"][:-1])
        return text.problem(
            path, f"the key {path[-1]} is not known here", instead(str(path[-1]), known, most=40), at_key=True
        )
    if kind == "missing":
        field = details["loc"][-1]
        hint = (
            f"add {field}:, or {field}: null where it is not assessed"
            if field in ("quantity", "value")
            else f"add {field}:"
        )
        return text.problem(path[:-1], f"{field} is missing", hint)
    if details["loc"] and details["loc"][-1] == "[key]":
        return text.problem(
            path, context.get("message", details["msg"]), context.get("hint", ""), at_key=True
        )
    if kind == "sroi":
        return text.problem([*path, *context.get("at", ())], context["message"], context["hint"])
    if kind == "value_error":
        return text.problem(path, str(context["error"]))
    if kind == "literal_error":
        choices = [
            choice.strip("'\" ") for choice in str(context["expected"]).replace(" or ", ",").split(",")
        ]
        guess = instead(str(found), choices)
        hint = guess if guess.startswith("did you") else f"write {' or '.join(choices)}"
        return text.problem(path, f"{shown(found)} is not one of {', '.join(choices)}", hint)
    message, hint = _of_the_wrong_kind(kind, context, found)
    return text.problem(path, message, hint)


def _of_the_wrong_kind(kind: str, context: dict[str, Any], found: Any) -> tuple[str, str]:
    what = {dict: "a mapping", list: "a list"}.get(
        next((each for each in (dict, list) if isinstance(found, each)), str), shown(found)
    )
    if kind in ("dict_type", "model_type", "model_attributes_type"):
        hint = (
            "write keys and values, or {omit: true} to remove an inherited entry"
            if found is None
            else "write keys and values"
        )
        return f"{what} stands where a mapping is wanted", hint
    if kind in ("list_type", "tuple_type"):
        return f"{what} stands where a list is wanted", "write a list such as [1, 2]"
    if kind in ("string_type", "string_sub_type"):
        return f"{what} stands where text is wanted", "write words, in quotes where needed"
    if kind.startswith("int_"):
        return f"{what} is not a whole number", "write a whole number"
    if kind == "string_pattern_mismatch" and context.get("pattern") == "^[A-Z]{3}$":
        return f"{what} is not a currency", "write its three capital letters, such as GBP"
    if kind == "string_pattern_mismatch":
        return f"{what} does not have the form {context['pattern']}", "write it in that form"
    if kind in ("greater_than_equal", "less_than_equal"):
        limit = context.get("ge", context.get("le"))
        return (
            f"{what} is {'below' if kind.startswith('greater') else 'above'} {limit}",
            f"write a number {'from' if 'ge' in context else 'up to'} {limit}",
        )
    if kind in ("string_too_short", "too_short"):
        return "the text is empty", "write words, or leave the key out"
    return f"{what}: a value of another kind is wanted ({kind.replace('_', ' ')})", "see the format reference"


def _fields_at(model: type[BaseModel], location: Sequence[str | int]) -> list[str]:
    """Names of the fields of the model that stands at a location, as they are written."""
    current: Any = model
    for part in location:
        current = _step(current, part)
    if not (isinstance(current, type) and issubclass(current, BaseModel)):
        return []
    return [field.alias or name for name, field in current.model_fields.items()] + (
        ["omit"] if {"stakeholder", "kind"} <= set(current.model_fields) else []
    )


def _step(current: Any, part: str | int) -> Any:
    """The model one part further on, found among the models that a field's annotation names."""
    if not (isinstance(current, type) and issubclass(current, BaseModel)):
        return current
    for name, field in current.model_fields.items():
        if part in (name, field.alias):
            if name == "method":
                return field.annotation
            return next(iter(_models_in(field.annotation)), None)
    return current


def _models_in(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    found = [model for argument in getattr(annotation, "__args__", ()) for model in _models_in(argument)]
    return sorted(found, key=lambda model: not issubclass(model, Estimate))
