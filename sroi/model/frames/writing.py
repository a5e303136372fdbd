"""From a study to the columns of its frames."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sroi.model.frames.columns import IN_ORDER, NAME, columns_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sroi.model.sections import Section

_ALWAYS = {
    "outcomes": "stakeholder quantity value starts duration deadweight displacement attribution drop_off",
    "inputs": "stakeholder kind value years",
    "stakeholders": "title party payer",
    "assumptions": "value low high",
}
"""Columns that a frame has whether or not anything is said in them."""


def columns(section: Section, entries: Mapping[str, Any], *, long: bool) -> dict[str, list[Any]]:
    """The columns of a section, a cell an entry, or a cell for each cohort or year of it.

    Parameters
    ----------
    section : Section
    entries : mapping
        The entries by name, as plain values.
    long : bool
        Whether a list of cohorts or years is a row each.
    """
    known = columns_of(section)
    lines = [
        {**({} if section.key is None else {section.singular: name}), **line}
        for name, entry in entries.items()
        for line in _lines(section, entry, long=long)
    ]
    said = {heading for line in lines for heading, cell in line.items() if cell is not None}
    always = {
        *_ALWAYS.get(section.name, "").split(),
        *(name for name, column in known.items() if column is NAME),
    }
    kept = [heading for heading in known if heading in said | always]
    return {heading: [line.get(heading) for line in lines] for heading in kept}


def _lines(section: Section, entry: Any, *, long: bool) -> list[dict[str, Any]]:
    fields = entry if isinstance(entry, dict) else {"value": entry}
    count, by_row = IN_ORDER.get(section.name, ("", ""))
    listed = fields.get(by_row)
    if not (long and isinstance(listed, list)):
        return [_flat(section, fields)]
    return [
        {count: at, **_flat(section, {**(fields if at == 0 else {}), by_row: each})}
        for at, each in enumerate(listed)
    ]


def _flat(section: Section, fields: Mapping[str, Any]) -> dict[str, Any]:
    """The cells of one row by their headings."""
    known, found = columns_of(section), {}
    for field, value in fields.items():
        if known[field].kind == "starts" and isinstance(value, dict):
            later = value["years_later"]
            found[field] = value if later < 2 else later  # 0 and 1 are read as during and after
            continue
        if f"{field}_low" not in known:
            found[field] = value
            continue
        every = value if isinstance(value, list) else [value]
        parts = dict.fromkeys(part for each in every if isinstance(each, dict) for part in each)
        for part in {"value": None, **parts}:
            cells = [
                each.get(part) if isinstance(each, dict) else each if part == "value" else None
                for each in every
            ]
            heading = field if part == "value" else f"{field}_{part}"
            found[heading] = cells if isinstance(value, list) else cells[0]
    return found
