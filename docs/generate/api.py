"""Every public name: its signature, and what its docstring says."""

from __future__ import annotations

import inspect
import sys
from typing import TYPE_CHECKING, Any, get_args

from pydantic import BaseModel

import sroi
from docs.generate.markdown import first_paragraph, markdown, sections_of, table

if TYPE_CHECKING:
    from collections.abc import Callable

NO_DOCSTRING = {
    "PROFILES": "The named method profiles, by name: a mapping of str to `MethodProfile`. "
    "See the [method table](format.md#method).",
    "__version__": "Version of the package.",
}
"""What the public names mean that can carry no docstring."""


def api(_: str) -> str:
    """Every public name."""
    return "\n\n".join(map(entry, sroi.__all__)) + "\n"


def entry(name: str) -> str:
    """One public name."""
    public = getattr(sroi, name)
    parts = [f"### {name}", NO_DOCSTRING.get(name) or first_paragraph(public.__doc__)]
    if inspect.isfunction(public):
        parts[1:1] = [f"```text\nsroi.{name}{typed_signature_of(public)}\n```"]
        parts += [listed(public.__doc__, section) for section in ("Parameters", "Returns", "Raises")]
    elif inspect.isclass(public):
        if issubclass(public, BaseModel) and name != "MethodProfile":
            number = issubclass(public, sroi.Estimate)
            anchor = "a-number" if number else {"Intervention": "study"}.get(name, name.lower())
            parts.append(f"Fields: [{name}](format.md#{anchor}).")
        else:
            parts += [listed(public.__doc__, section) for section in ("Parameters", "Attributes", "Raises")]
        parts.append(members_of(public))
    return "\n\n".join(part.rstrip("\n") for part in parts if part)


def listed(docstring: str | None, section: str) -> str:
    """One section of a docstring as a list."""
    lines = [
        f"- `{name}`" + (f" ({markdown(kind)})" if kind else "") + (f": {text}" if text else "")
        for name, kind, text in sections_of(docstring).get(section, [])
    ]
    return f"{section}:\n\n" + "\n".join(lines) if lines else ""


def members_of(kind: type) -> str:
    """The public properties and methods that a class defines itself, a line each."""
    rows = []
    for name, member in vars(kind).items():
        plain = member.__func__ if isinstance(member, (staticmethod, classmethod)) else member
        method = inspect.isfunction(plain)
        a_property = isinstance(plain, property) or type(plain).__name__ == "cached_property"
        if (method or a_property) and not name.startswith("_") and not hasattr(BaseModel, name):
            shown = f"`.{name}{signature_of(plain) if method else ''}`"
            rows.append((shown, first_paragraph(plain.__doc__)))
    rows = [row for row in rows if row[1]]
    return table(("Member", "What it gives"), rows) if rows else ""


def typed_signature_of(function: Callable[..., Any]) -> str:
    """A function's signature with its types as they are written, a line each where it is long."""
    signature = inspect.signature(function)
    parts = []
    for each in signature.parameters.values():
        if each.kind is each.KEYWORD_ONLY and "*" not in parts:
            parts.append("*")
        default = "" if each.default is each.empty else f" = {each.default!r}"
        parts.append(f"{each.name}: {spelt_out(each.annotation, function)}{default}")
    line = f"({', '.join(parts)}) -> {signature.return_annotation}"
    if len(line) < 100:
        return line
    return "(\n    " + ",\n    ".join(parts) + f",\n) -> {signature.return_annotation}"


def spelt_out(annotation: str, function: Callable[..., Any]) -> str:
    """A type as it is written; where it names a choice, what may be chosen."""
    found: Any = sys.modules[function.__module__]
    for part in annotation.split("."):
        found = getattr(found, part, None)
    return " | ".join(map(repr, get_args(found))) or annotation


def signature_of(function: Callable[..., Any]) -> str:
    """A method's signature without ``self`` and without types."""
    parameters = [name for name in inspect.signature(function).parameters if name not in ("self", "cls")]
    return f"({', '.join(parameters)})"
