"""What pydantic refuses, as problems in the words of the format, with paths and what to write instead."""

from __future__ import annotations

from types import UnionType
from typing import TYPE_CHECKING, Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from sroi.errors import MOST_PROBLEMS, Problem, SroiError, instead, instead_of, nearest
from sroi.provenance import dotted, parts_of
from sroi.quantities import shown, with_sign_named
from sroi.text import key_touching_value

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Sequence

    from pydantic_core import ErrorDetails

    At = Callable[..., Problem]

TAGS = frozenset({"one", "list"})
"""Tags that pydantic puts into an error's location and that stand for nothing in the document."""


def problems_of(
    error: ValidationError, model: type[BaseModel], root: Any, at: At | None = None
) -> list[Problem]:
    """Everything that pydantic refuses in a document, a problem each.

    A key that is missing because another was misspelt is one mistake, and one problem.

    Parameters
    ----------
    error : pydantic.ValidationError
        What pydantic raised.
    model : type
        The model that was validated.
    root : mapping
        What was given to it.
    at : callable, optional
        Makes a problem at a path of the document; by default one that names the model.
    """

    def unplaced(parts: Sequence[str | int], message: str, hint: str = "", **_: Any) -> Problem:
        return Problem(message, hint, dotted(parts), model.__name__)

    every = error.errors(include_url=False)
    found = every[:MOST_PROBLEMS]
    meant = {
        (*(around := details["loc"][:-1]), _meant(str(details["loc"][-1]), _fields(_at(model, around))))
        for details in found
        if details["type"] == "extra_forbidden"
    }
    problems = [
        problem
        for details in found
        if not (details["type"] == "missing" and details["loc"] in meant)
        for problem in _problems(details, model, path_of(details, root), at or unplaced, _currency(root))
    ]
    if (more := len(every) - len(found)) > 0:
        problems.append((at or unplaced)([], *unlisted(more)))
    return problems


def unlisted(more: int) -> tuple[str, str]:
    """That there are more problems than are told, and what to do."""
    return f"{more:,} more problems are not listed", "mend these first"


def path_of(details: ErrorDetails, root: Any) -> list[str | int]:
    """Where in the document an error stands: its location without what pydantic added."""
    path: list[str | int] = []
    node = root
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
    return range(len(node)) if isinstance(node, (list, tuple)) else ()


def _currency(root: Any) -> str | None:
    """The currency of a document, where it names one."""
    currency = root.get("currency") if isinstance(root, dict) else None
    return currency if isinstance(currency, str) else None


def _problems(
    details: ErrorDetails, model: type[BaseModel], path: list[str | int], at: At, currency: str | None
) -> list[Problem]:
    kind, found, location = details["type"], details["input"], details["loc"]
    context: dict[str, Any] = details.get("ctx", {})
    if kind == "value_error" and isinstance(context["error"], SroiError):
        return [
            at([*path, *parts_of(each.path)], each.message, each.hint) for each in context["error"].problems
        ]
    if location and location[-1] == "[key]":
        return [at(path, context.get("message", details["msg"]), context.get("hint", ""), at_key=True)]
    if kind == "sroi":
        named, hint = context.get("money") or (), context["hint"]
        if currency is not None and named and currency not in named:
            convert = f"convert it from {' or '.join(named)}, and write the number alone"
            hint = f"the study is in {currency}: {convert}"
        return [at([*path, *context.get("at", ())], context["message"], hint)]
    if kind == "extra_forbidden":
        touching = key_touching_value(str(path[-1]))
        if touching is not None:
            return [at(path, *touching, at_key=True)]
        hint = instead_of_key(str(path[-1]), _fields(_at(model, location[:-1])))
        return [at(path, f"the key {shown(path[-1])} is not known here", hint, at_key=True)]
    if kind == "missing":
        return [at(path[:-1], f"{location[-1]} is missing", what_to_add(model, location))]
    if kind == "literal_error":
        choices = _choices(_at(model, location))
        guess = instead(shown(found), choices)
        hint = guess if guess.startswith("did you") else f"write {' or '.join(choices)}"
        message = f"{shown(found)} is not one of {', '.join(choices)}"
        return [at(path, with_sign_named(message, shown(found)), hint)]
    return [at(path, *_of_the_wrong_kind(kind, context, found))]


_OTHER_WORDS = {
    "value": "amount best best_estimate central cost estimate financial_proxy mean mode number price proxy",
    "quantity": "amount count n number number_of_people people units volume",
    "low": "lower lower_bound lowest min minimum lo",
    "high": "hi highest max maximum upper upper_bound",
    "sd": "se standard_deviation std stdev",
    "rationale": "assumption basis because comment comments explanation justification note notes reason",
    "source": "citation ref reference references sources",
    "grade": "confidence quality rating strength",
    "price_year": "prices_of prices_year year",
    "first_year": "base_year start start_date start_year year",
    "duration": "benefit_period length lasts period years_of_benefit",
    "starts": "begins start start_year",
    "deadweight": "baseline counterfactual",
    "drop_off": "decay",
    "unit": "per units",
    "place": "area council district location local_authority region",
    "title": "heading label name",
    "kind": "category sort type",
    "stakeholder": "beneficiaries beneficiary for from_whom funder group who whom",
    "retrieved": "accessed date_accessed",
    "says": "claim quote statement text",
    "publisher": "organisation organization",
    "url": "address link web website",
}
"""Words that people write for a field, by the field: none of them is near its name."""

_RANGES = ["bounds", "ci", "confidence_interval", "interval", "limits", "range", "spread", "uncertainty"]


def _meant(key: str, fields: Sequence[str]) -> str | None:
    """The field that an unknown key was meant to be: by another word for it, else by its letters."""
    word = key.strip().casefold().replace(" ", "_").replace("-", "_")
    if word in fields:
        return word
    by_word = (field for field, words in _OTHER_WORDS.items() if field in fields and word in words.split())
    return next(by_word, None) or nearest(key, fields, _ALIKE)


_ALIKE = 0.75
"""How like a field a key must be to be taken for it: duration is no slip of the pen for rationale."""


def instead_of_key(key: str, fields: Sequence[str], listed: Sequence[str] = ()) -> str:
    """What to write in place of an unknown key: the nearest of the fields, or those ``listed``, or all."""
    word = key.strip().casefold().replace(" ", "_").replace("-", "_")
    if word in _RANGES and "low" in fields:
        return "write its two ends as low: and high:"
    return instead_of(_meant(key, fields), sorted(listed or fields), most=40)


def what_to_add(model: type[BaseModel], location: Sequence[str | int]) -> str:
    """What to write where a key is missing, with the choices that it has."""
    key = location[-1]
    if key in ("quantity", "value"):
        return f"add {key}:, or {key}: null where it is not assessed"
    choices = _choices(_at(model, location))
    return f"add {key}:" + (f" and one of {', '.join(choices)}" if choices else "")


def _of_the_wrong_kind(kind: str, context: dict[str, Any], found: Any) -> tuple[str, str]:
    what = "a mapping" if isinstance(found, dict) else "a list" if isinstance(found, list) else shown(found)
    if kind in ("dict_type", "model_type", "model_attributes_type"):
        touching = key_touching_value(found) if isinstance(found, str) else None
        if touching is not None:
            return touching
        omit = ", or {omit: true} to remove an inherited entry" if found is None else ""
        return f"{what} stands where a mapping is wanted", f"write keys and values{omit}"
    if kind in ("list_type", "tuple_type"):
        return f"{what} stands where a list is wanted", "write a list such as [1, 2]"
    if kind in ("string_type", "string_sub_type"):
        if isinstance(found, dict) and len(found) == 1:
            words = ": ".join(map(str, *found.items()))
            return (
                f"{shown(words)} is read as a key and its value where text is wanted",
                f'write "{shown(words)}"',
            )
        return f"{what} stands where text is wanted", "write words, in quotes where needed"
    if kind.startswith("int_"):
        return f"{what} is not a whole number", "write a whole number"
    if kind == "string_pattern_mismatch":
        return f"{what} does not have the form {context['pattern']}", "write it in that form"
    if kind in ("greater_than_equal", "less_than_equal"):
        limit = context.get("ge", context.get("le"))
        side, word = ("below", "from") if "ge" in context else ("above", "up to")
        return f"{what} is {side} {limit}", f"write a number {word} {limit}"
    if kind in ("string_too_short", "too_short"):
        return "the text is empty", "write words, or leave the key out"
    return f"{what}: a value of another kind is wanted ({kind.replace('_', ' ')})", "see the format reference"


def _at(annotation: Any, location: Sequence[str | int]) -> Any:
    """The annotation of what stands at a location below something annotated."""
    for part in location:
        annotation = _below(annotation, part)
    return annotation


def _below(annotation: Any, part: str | int) -> Any:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        fields = annotation.model_fields.items()
        return next((field.annotation for name, field in fields if part in (name, field.alias)), annotation)
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is dict:
        return arguments[1]
    if origin is tuple:
        return arguments[0] if isinstance(part, int) else annotation
    if origin is Annotated:
        return _below(arguments[0], part)
    if origin in (Union, UnionType):
        return next((below for each in arguments if (below := _below(each, part)) is not each), annotation)
    return annotation


def _fields(annotation: Any) -> list[str]:
    """Names of the fields of the model that is annotated, as they are written."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        names = [field.alias or name for name, field in annotation.model_fields.items()]
        return [*names, "omit"] if {"stakeholder", "kind"} <= set(names) else names
    return next((names for each in get_args(annotation) if (names := _fields(each))), [])


def _choices(annotation: Any) -> list[str]:
    """What a literal that is annotated may be."""
    if get_origin(annotation) is Literal:
        return [str(choice) for choice in get_args(annotation)]
    return [choice for each in get_args(annotation) for choice in _choices(each)]
