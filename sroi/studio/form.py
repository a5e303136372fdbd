"""The form of a study: a field for each number and choice, as the JSON Schema of the file format has them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from sroi.documents import json_schema
from sroi.labels import path_label, split_path
from sroi.provenance import parts_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sroi.model import Study

SECTIONS = {
    "assumptions": "Assumptions",
    "inputs": "Inputs",
    "outcomes": "Outcomes",
    "stakeholders": "Stakeholders",
}
"""The sections of a study that have fields."""

_DEFINED = {"inputs": "Input", "outcomes": "Outcome", "stakeholders": "Stakeholder"}

_WORDS = ("text", "name", "true or false")
"""Units, as the schema has them, of what is neither a number nor a choice."""

_OF_ASSUMPTIONS = {"unit": "", "description": "A number, a percentage or an expression over assumptions."}


def form(study: Study) -> list[dict[str, Any]]:
    """The fields of a study in groups: its assumptions, then each input, outcome and stakeholder.

    A group is a mapping of ``path``, ``title`` and ``fields``; for a field see :func:`field`.
    """
    written = study.model_dump(mode="json", exclude_unset=True, by_alias=True)
    groups = []
    for section, title in SECTIONS.items():
        entries = written.get(section) or {}
        if section == "assumptions":
            fields = [field(study, f"assumptions.{name}", entries[name]) for name in entries]
            groups.append({"path": section, "title": title, "fields": fields})
            continue
        for name, entry in entries.items():
            fields = [field(study, path, node) for path, node in _written(f"{section}.{name}", entry)]
            called = f"{title[:-1]}: {path_label(study, f'{section}.{name}')}"
            groups.append({"path": f"{section}.{name}", "title": called, "fields": fields})
    return groups


def _written(path: str, entry: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """What an entry holds that has a field, by path: each number of a list by itself."""
    known = _properties(path.partition(".")[0])
    for key, node in entry.items():
        if key not in known:
            continue
        if isinstance(node, list):
            yield from ((f"{path}.{key}[{at}]", each) for at, each in enumerate(node))
        elif not isinstance(node, dict) or "value" in node:
            yield f"{path}.{key}", node


@cache
def _properties(section: str) -> dict[str, dict[str, Any]]:
    """What the schema says of the numbers and choices of an entry: ``unit``, ``description``, ``choices``."""
    properties = json_schema("study")["$defs"][_DEFINED[section]]["properties"]
    return {
        name: {**said, "choices": _choices(said)}
        for name, said in properties.items()
        if said.get("unit") not in (None, *_WORDS)
    }


def _choices(said: Mapping[str, Any]) -> list[str]:
    either = [said, *said.get("anyOf", ())]
    return next((list(each["enum"]) for each in either if "enum" in each), [])


def field(study: Study, path: str, node: Any = None) -> dict[str, Any]:
    """One field of the form.

    Parameters
    ----------
    study : Study
        Whose titles it is called by.
    path : str
        Where its number stands.
    node : number, str, mapping or None
        What is written there.

    Returns
    -------
    dict
        ``path``; ``sets``, the path that a new value is set at; ``label``; ``value`` as it is written;
        ``unit``, ``about`` and ``range`` in words; ``choices``, empty for a number.
    """
    section, name, key, position = split_path(path)
    said = _OF_ASSUMPTIONS if section == "assumptions" else _properties(section)[key]
    estimate = node if isinstance(node, dict) else {"value": node}
    low, high = estimate.get("low"), estimate.get("high")
    label = path_label(study, path if section == "assumptions" else f"{section}.{name}.{key}")
    if section != "assumptions":
        label = label.rpartition(": ")[2].capitalize() + ("" if position is None else f", {position + 1}")
    return {
        "path": path,
        "sets": f"{path}.value" if isinstance(node, dict) else path,
        "label": label,
        "value": "" if estimate["value"] is None else str(estimate["value"]),
        "unit": estimate.get("unit") or said["unit"],
        "about": said["description"],
        "range": "" if low is None or high is None else f"{_shown(low)} to {_shown(high)}",
        "choices": said.get("choices", []),
    }


def _shown(end: float | str) -> str:
    return end if isinstance(end, str) else f"{end:,}"


def field_for(study: Study, path: str) -> dict[str, Any] | None:
    """An empty field for a number that a study lacks and a problem asks for; None for what is no number."""
    parts = parts_of(path)
    section = str(parts[0]) if parts else ""
    if len(parts) != 3 or section not in _DEFINED or parts[2] not in _properties(section):
        return None
    return field(study, path)
