"""A study from tables of its outcomes, inputs and the rest, with comments and errors at the cell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sroi.documents.library import Library
from sroi.documents.loading import Change, Reading, study_of
from sroi.documents.tree import Mark, Text, in_order, located
from sroi.errors import DocumentError
from sroi.model import DEDUCTIONS, Outcome, Study
from sroi.model.commented import commented
from sroi.model.frames import Place, document_of
from sroi.model.sections import sections_of
from sroi.names import slug
from sroi.scalars import Percent
from sroi.value_map.tables import sections_in
from sroi.words import readable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from sroi.base import Model


_TAKEN = ("kind", "currency", "price_year", "first_year")
"""What is taken where no table says it, and told."""

_NEEDED = ("quantity", "value", "starts", "duration", *DEDUCTIONS, "drop_off")


@dataclass(frozen=True, slots=True)
class Draft:
    """A study that tables hold.

    Attributes
    ----------
    study : Study
        What they say, with the packs of its place under it.
    text : str
        The same as YAML with comments, without the packs.
    told : tuple of str
        How cells were read that could be read in more than one way, and what was taken.
    """

    study: Study
    text: str
    told: tuple[str, ...]


def draft(
    tables: Mapping[str, Path],
    name: str,
    *,
    year: int,
    place: str | None = None,
    values: Mapping[str, Any] | None = None,
    packs: Iterable[str] = (),
) -> Draft:
    """Read a study from tables.

    Parameters
    ----------
    tables : mapping of str to Path
        A .csv, .tsv, .txt or .xlsx file for each section. A workbook given for ``outcomes`` may hold the
        others on sheets of their names, and the study's own fields on a sheet ``study``.
    name : str
        Of the study, which gives its identifier and title where no table does.
    year : int
        Price year and first year where no table gives them.
    place : str, optional
        Place whose packs lie under it.
    values : mapping of path to value, optional
        Values to set by path, as ``--set path=value`` does.
    packs : iterable of path
        Folders of the user's own packs.

    Raises
    ------
    DocumentError
        With everything that is wrong, each at its cell.
    """
    values = dict(values or {})
    taken = {"kind": "forecast", "currency": "GBP", "price_year": year, "first_year": year}
    rows, told, problems = sections_in(tables, Study, str(values.get("currency", taken["currency"])))
    try:
        document, places = document_of(Study, rows)
    except DocumentError as error:
        problems += error.problems
    if problems:
        raise DocumentError(in_order(problems))
    said = {"sroi": 1, "id": slug(name), "title": readable(name.replace("-", " ")), **taken}
    if missing := [key for key in _TAKEN if key not in document and key not in values]:
        listed = ", ".join(f"{key} {said[key]}" for key in missing)
        told.append(f"no table says it, so this is taken: {listed}; say otherwise with --set {missing[0]}=…")
    whole = {**said, "method": "default", **document, "inputs": document.get("inputs", {})}
    for name_of_section, section in sections_of(Study).items():
        entries = whole.get(name_of_section, {})
        whole |= {name_of_section: {key: _in_order(each, section.model) for key, each in entries.items()}}
    if place is not None:
        whole["place"] = place
    if "intervention" not in whole:
        whole["outcomes"] = {key: _nulls(entry) for key, entry in whole["outcomes"].items()}
    kept = {key for key, each in whole.items() if each not in (None, {})} | {"inputs", "outcomes"}
    ordered = {key: whole[key] for key in Study.model_fields if key in kept}
    text = Text(located(ordered, lambda path: _mark(places, path)), _mark({}, ""))
    change = Change(None, values)
    study = study_of(Reading(text, Library.of(packs), is_template=False, changes=(change,)), None)
    written = _plain(change.of(text).root)
    return Draft(study, commented(study.title, written, Study), tuple(told))


def _in_order(entry: Any, model: type[Model]) -> Any:
    """An entry with its fields in the order of the format."""
    if not isinstance(entry, dict):
        return entry
    names = [field.alias or name for name, field in model.model_fields.items()]
    return {name: entry[name] for name in names if name in entry}


def _nulls(outcome: dict[str, Any]) -> dict[str, Any]:
    """An outcome with null for each number that no result can do without and no table gives."""
    ours = {"attribution"} if "contribution" in outcome else set()
    missing = dict.fromkeys(name for name in _NEEDED if name not in {*outcome, *ours})
    whole: dict[str, Any] = _in_order({**outcome, **missing}, Outcome)
    return whole


def _mark(places: Mapping[str, Place], path: str) -> Mark:
    while path and path not in places:
        path = path[: max(path.rfind("."), path.rfind("["), 0)]
    file, line, column = places.get(path, Place("the tables", 0, 0))
    return Mark("study", file, line, column, line, column)


def _plain(node: Any) -> Any:
    """A located tree as plain values that YAML holds."""
    if isinstance(node, dict):
        return {str(key): _plain(each) for key, each in node.items()}
    if isinstance(node, list):
        return [_plain(each) for each in node]
    if isinstance(node, Percent):
        return f"{100 * node:.12g}%"
    if isinstance(node, float):
        return int(node) if node.is_integer() and abs(node) < 1e15 else float(node)
    return str(node) if isinstance(node, str) else node
