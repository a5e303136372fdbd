"""Arguments of the public functions, held to their annotations: a wrong kind is told, never a traceback."""

from __future__ import annotations

import ast
import datetime as dt
import os
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cache, wraps
from inspect import Parameter, Signature, signature
from numbers import Integral, Real
from typing import Any, Literal, ParamSpec, TypeVar, get_args, get_origin

from sroi.errors import DocumentError, Problem, instead
from sroi.quantities import shown

Given = ParamSpec("Given")
Returned = TypeVar("Returned")

_KINDS: dict[str, tuple[Any, str]] = {
    "str": (str, "text"),
    "int": (Integral, "a whole number"),
    "float": (Real, "a number"),
    "bool": (bool, "True or False"),
    "bytes": (bytes, "bytes"),
    "PathLike": (os.PathLike, "a path"),
    "Path": (os.PathLike, "a path"),
    "date": (dt.date, "a date"),
    "Callable": (Callable, "a function"),
    "Mapping": (Mapping, "a mapping"),
    "Iterable": (Iterable, "a list"),
    "Collection": (Collection, "a list"),
    "Sequence": (Sequence, "a list"),
}
"""What a name in an annotation stands for, and in words; another name is looked up, or not held."""

_NUMBERS = ("int", "float")
"""Left to the function where they stand in a mapping: it says what number each name wants."""


def checked_arguments(function: Callable[Given, Returned]) -> Callable[Given, Returned]:
    """A function that refuses arguments of another kind than its annotations say.

    Raises
    ------
    DocumentError
        When it is called, with every argument of a wrong kind.
    """

    @wraps(function)
    def checked(*args: Given.args, **kwargs: Given.kwargs) -> Returned:
        try:
            bound = _signature(function).bind(*args, **kwargs).arguments
        except TypeError:
            return function(*args, **kwargs)  # Python itself says which argument is missing or unknown
        problems = []
        for name, value in bound.items():
            annotation = _signature(function).parameters[name].annotation
            if annotation is not Parameter.empty:
                wanted = _parsed(annotation)
                if not _fits(value, wanted, function):
                    message = f"{_written(value)} cannot be given here"
                    problems.append(Problem(message, _hint(value, wanted, function), file=name))
        if problems:
            raise DocumentError(problems)
        return function(*args, **kwargs)

    return checked


@cache
def _signature(function: Callable[..., Any]) -> Signature:
    return signature(function)


@cache
def _parsed(annotation: str) -> ast.expr:
    return ast.parse(annotation, mode="eval").body


def _alternatives(wanted: ast.expr) -> list[ast.expr]:
    if isinstance(wanted, ast.BinOp):
        return [*_alternatives(wanted.left), *_alternatives(wanted.right)]
    return [wanted]


def _name(wanted: ast.expr) -> str:
    base = wanted.value if isinstance(wanted, ast.Subscript) else wanted
    return base.attr if isinstance(base, ast.Attribute) else getattr(base, "id", "")


def _named(wanted: ast.expr, function: Callable[..., Any]) -> Any:
    """The class that a name of the function's own module stands for; None if unknown."""
    known = getattr(function, "__globals__", {}).get(_name(wanted))
    held = isinstance(known, type) and known is not Any and not getattr(known, "_is_protocol", False)
    return known if held else None


def _choices(wanted: ast.expr, function: Callable[..., Any]) -> tuple[Any, ...]:
    """What a literal may be, written out or by its name in the function's own module."""
    if _name(wanted) == "Literal" and isinstance(wanted, ast.Subscript):
        choices: tuple[Any, ...] = ast.literal_eval(ast.Tuple([wanted.slice], ast.Load()))
        return choices[0] if isinstance(choices[0], tuple) else choices
    known = getattr(function, "__globals__", {}).get(_name(wanted))
    return get_args(known) if get_origin(known) is Literal else ()


def _fits(value: Any, wanted: ast.expr, function: Callable[..., Any]) -> bool:
    return any(_is(value, each, function) for each in _alternatives(wanted))


def _is(value: Any, wanted: ast.expr, function: Callable[..., Any]) -> bool:
    if isinstance(wanted, ast.Constant):
        return value is None
    if _name(wanted) not in _KINDS:
        choices, known = _choices(wanted, function), _named(wanted, function)
        if choices:
            return isinstance(value, str) and value in choices
        return known is None or isinstance(value, known)
    kind, _ = _KINDS[_name(wanted)]
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
        return False
    if isinstance(wanted, ast.Subscript) and kind is Mapping:
        key, entry = (
            wanted.slice.elts if isinstance(wanted.slice, ast.Tuple) else (wanted.slice, wanted.slice)
        )
        held = _name(entry) not in _NUMBERS
        return all(
            _fits(each, key, function) and (not held or _fits(value[each], entry, function)) for each in value
        )
    if isinstance(wanted, ast.Subscript) and issubclass(kind, Iterable) and isinstance(value, Collection):
        return not isinstance(value, (str, bytes)) and all(
            _fits(each, wanted.slice, function) for each in value
        )
    return kind is bytes or not isinstance(value, bytes)


def _words(wanted: ast.expr, function: Callable[..., Any]) -> str:
    said: dict[str, None] = {}
    for each in _alternatives(wanted):
        if isinstance(each, ast.Constant):
            continue
        choices = _choices(each, function)
        words = _KINDS.get(_name(each), (None, f"a {_name(each)}"))[1]
        if choices:
            words = f"one of {', '.join(choices)}"
        if words == "a mapping" and isinstance(each, ast.Subscript):
            words = _of_each(each, function)
        elif words == "a list" and isinstance(each, ast.Subscript):
            words = f"a list of {_words(each.slice, function)}"
        said[words] = None
    return " or ".join(said)


def _of_each(wanted: ast.Subscript, function: Callable[..., Any]) -> str:
    key, entry = wanted.slice.elts if isinstance(wanted.slice, ast.Tuple) else (wanted.slice, wanted.slice)
    of = "" if _name(entry) == "Any" else f" to {_words(entry, function)}"
    return f"a mapping of {_words(key, function)}{of}"


def _hint(value: Any, wanted: ast.expr, function: Callable[..., Any]) -> str:
    for each in _alternatives(wanted):
        if choices := _choices(each, function):
            return instead(str(value), choices)
    return f"give {_words(wanted, function)}"


def _written(value: Any) -> str:
    if isinstance(value, str):
        return f"the text {shown(value)!r}"
    if value is None:
        return "None"
    return f"{shown(repr(value))} (of type {type(value).__name__})"
