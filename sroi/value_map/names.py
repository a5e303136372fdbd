"""Names that the file format wants where a map has only words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from sroi.documents.names import slug

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

MOST_LETTERS = 48


def identifier(words: str, otherwise: str, taken: Container[str]) -> str:
    """Words as the name of a stakeholder, input or outcome that is not ``taken``."""
    name = slug(words).replace("-", "_")[:MOST_LETTERS].strip("_")
    if not re.match(r"[a-z]", name):
        name = f"{otherwise}_{name}".rstrip("_")
    return _unlike(name, "_", taken)


def named_sources(entries: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """The sources of inputs and outcomes, whose words under ``source`` are replaced by names."""
    sourced = [
        each
        for entry in entries
        for each in (entry, *entry.values())
        if isinstance(each, dict) and "source" in each
    ]
    names = source_names(each["source"] for each in sourced)
    for each in sourced:
        each["source"] = names[each["source"]]
    return {name: {"title": text} for text, name in names.items()}


def source_names(texts: Iterable[str]) -> dict[str, str]:
    """A name for each source, whatever the order in which they are met."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    for text in sorted(set(texts)):
        name = _unlike(slug(text)[:MOST_LETTERS].strip("-") or "source", "-", taken)
        taken.add(name)
        names[text] = name
    return names


def _unlike(name: str, joint: str, taken: Container[str]) -> str:
    unique, copy = name, 2
    while unique in taken:
        unique, copy = f"{name}{joint}{copy}", copy + 1
    return unique
