"""Entries of a study as plain values: names, numbers and sources where a map has only words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from sroi.names import slug, unlike

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

    from sroi.price_years import Year

MOST_LETTERS = 48

NO_SOURCE = "no source"
"""What a map says in place of a source where a number has none."""


def identifier(words: str, otherwise: str, taken: Container[str]) -> str:
    """Words as the name of a stakeholder, input or outcome that is not ``taken``."""
    name = slug(words).replace("-", "_")[:MOST_LETTERS].strip("_")
    if not re.match(r"[a-z]", name):
        name = f"{otherwise}_{name}".rstrip("_")
    return unlike(name, taken)


def texts(source: str | None, rationale: str | None) -> dict[str, str]:
    """The source and the rationale of an entry, where it has them."""
    missing = source is not None and source.strip().casefold() == NO_SOURCE
    said = {"source": None if missing else source, "rationale": rationale}
    return {key: text for key, text in said.items() if text}


def estimate(
    value: float | None, source: str | None, rationale: str | None, *, price_year: Year | None = None
) -> Any:
    """A number with its price year, source and rationale; the number alone where it has none of them."""
    dated = {"price_year": price_year} if price_year is not None and value is not None else {}
    said = {**dated, **texts(source, rationale)}
    return {"value": value, **said} if said else value


def joined(parts: Iterable[str | None], joint: str = "; ") -> str:
    """The texts that are there in one, each once."""
    return joint.join(dict.fromkeys(filter(None, parts)))


def named_sources(entries: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """The sources of entries, whose words under ``source`` are replaced by names, whatever their order."""
    sourced = [
        each
        for entry in entries
        for each in (entry, *entry.values())
        if isinstance(each, dict) and "source" in each
    ]
    names: dict[str, str] = {}
    taken: set[str] = set()
    for text in sorted({each["source"] for each in sourced}):
        words = slug(text)[:MOST_LETTERS].strip("-") or "source"
        names[text] = unlike(words, taken, "-")
        taken.add(names[text])
    for each in sourced:
        each["source"] = names[each["source"]]
    return {name: {"title": text} for text, name in names.items()}
