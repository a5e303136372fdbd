"""From a file, a text or a name to a study: read, lay the layers over each other, validate, resolve."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from sroi.documents import layers
from sroi.documents.library import Library
from sroi.documents.reader import read_file, read_text
from sroi.documents.tree import LocatedDict, Mark, Text, in_order
from sroi.documents.validation import path_of, problems_of
from sroi.errors import DocumentError, NotFoundError, Problem, instead
from sroi.method import PROFILES
from sroi.model import Study, cross_reference_problems
from sroi.quantities import shown
from sroi.resolution import numbers_of
from sroi.validation import problems_with_numbers

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sroi.documents.library import Place

_OWN = ("sroi", "id", "title", "kind", "currency", "price_year", "first_year")
"""What a study says itself, even where it builds on an intervention."""

_STAND_INS: dict[str, Any] = {
    "sroi": 1,
    "id": "x",
    "title": "x",
    "kind": "forecast",
    "currency": "GBP",
    "price_year": 2020,
    "first_year": 2020,
}
"""What stands in for a key that is wrong or missing while the rest of the study is checked."""

_DROPPED = object()
_ENTRIES: dict[str, Any] = {
    "assumptions": None,
    "stakeholders": {"title": "x"},
    "sources": {"title": "x"},
    **dict.fromkeys(("inputs", "outcomes", "claims"), _DROPPED),
}
"""What stands in for an entry that is wrong: something to refer to, or nothing."""

_FIELDS: dict[str, Any] = {"title": "x", "says": "x", "meaning": "unclear", "quantity": None, "value": None}
"""What stands in for a field of an entry that is wrong or missing and cannot be left out."""


_ENDINGS = (".yaml", ".yml", ".json")


def load(
    name: str | os.PathLike[str],
    *,
    borough: str | None = None,
    values: Mapping[str, Any] | None = None,
    method: str | None = None,
    packs: Library | Iterable[str | os.PathLike[str]] = (),
) -> Study:
    """Read a study from a file, or a shipped intervention by its name.

    Parameters
    ----------
    name : str or path
        What ends in .yaml, .yml or .json, or holds a path separator, is a file; anything else is the name of
        an intervention.
    borough : str, optional
        Identifier, name or GSS code of a place, in place of the study's own.
    values : mapping of str to value, optional
        Values to set by path, as ``--set path=value`` does. They replace what stands there and are fixed in
        simulation.
    method : str, optional
        Name of a method profile, in place of the study's own; ``values`` are set over it.
    packs : iterable of path or Library, optional
        Folders of the user's own packs, looked into first; a library serves many studies and reads each pack
        once.

    Returns
    -------
    Study
        Complete, with every layer merged. It may hold numbers that are not assessed; ``evaluate`` names them.

    Raises
    ------
    DocumentError
        If a file cannot be used; ``problems`` holds all that is wrong with it.
    NotFoundError
        If there is no such intervention, borough or folder.
    """
    library = Library.of(packs)
    path = os.fspath(name)
    if (
        path.endswith(_ENDINGS)
        or any(separator in path for separator in ("/", os.sep))
        or isinstance(name, Path)
    ):
        return _assembled(read_file(Path(path), "study"), library, borough, values, method)
    return _assembled(library.intervention(path), library, borough, values, method, is_template=True)


def loads(
    text: str,
    *,
    borough: str | None = None,
    values: Mapping[str, Any] | None = None,
    method: str | None = None,
    packs: Library | Iterable[str | os.PathLike[str]] = (),
) -> Study:
    """Read a study from a string of YAML or JSON; see :func:`load`."""
    source = read_text(text, "study", "<text>")
    return _assembled(source, Library.of(packs), borough, values, method)


def _assembled(
    text: Text,
    library: Library,
    borough: str | None,
    values: Mapping[str, Any] | None,
    method: str | None,
    *,
    is_template: bool = False,
) -> Study:
    problems = [] if is_template else _own_keys_missing(text)
    chain: list[Place] = []
    complete = text.root.get("complete") is True and borough is None
    root = text.root.without("complete") if isinstance(text.root.get("complete"), bool) else text.root
    merged = text = Text(root, text.whole, text.sha256)
    if not complete:
        intervention = root.get("id" if is_template else "intervention")
        template = None
        if isinstance(intervention, str) and not is_template:
            template = _looked_up(text, "intervention", library.intervention, intervention)
        if borough is not None:
            chain = library.chain(borough)
        elif isinstance(root.get("borough"), str):
            chain = _looked_up(text, "borough", library.chain, root["borough"])
        merged = _layered(
            text,
            text if is_template else template,
            chain,
            intervention if isinstance(intervention, str) else None,
            problems,
        )
    if method is not None:
        merged = _with_method(merged, method)
    if values:
        merged = _with_values(merged, values)
    of_another = _currency_problem(merged, chain)
    if of_another is not None:
        problems.append(of_another)
        merged.root.put("currency", chain[-1].pack.currency, merged.root.marks["currency"])
    of_a_place = bool(chain) and not chain[-1].nation
    places = (
        []
        if of_a_place or not is_template
        else [place.name for place in library.places() if not place.nation]
    )
    return _validated(merged, problems, places)


def validated_study(text: Text, values: Mapping[str, Any]) -> Study:
    """The study that a complete text holds, with values set by path; no layer is laid over or under it."""
    return _validated(
        _with_values(Text(text.root.without("complete"), text.whole, text.sha256), values), [], []
    )


def _with_values(text: Text, values: Mapping[str, Any]) -> Text:
    return layers.set_values(text, {path: _value_read(path, value) for path, value in values.items()})


def _own_keys_missing(text: Text) -> list[Problem]:
    return [text.problem([], f"{key} is missing", f"add {key}:") for key in _OWN if key not in text.root]


def _looked_up(text: Text, key: str, find: Any, name: str) -> Any:
    try:
        return find(name)
    except NotFoundError as error:
        message, _, hint = str(error).partition("; ")
        raise DocumentError([text.problem([key], message, hint)]) from None


def _layered(
    text: Text, template: Text | None, chain: list[Place], intervention: str | None, problems: list[Problem]
) -> Text:
    """All layers merged: template, packs from the nation inwards, their values for the intervention, the study."""
    root = template.root.without() if template is not None else LocatedDict()
    for place in chain:
        root = layers.laid_over(root, layers.pack_layer(place, intervention), problems)
    for place in chain:
        said = layers.intervention_layer(place, intervention)
        if said is not None:
            root = layers.laid_over(root, said, problems)
    if template is not text:
        root = layers.laid_over(root, text.root, problems)
    argument = Mark("argument", "--place", 0, 0, 0, 0)
    if intervention is not None:
        root.put("intervention", intervention, root.marks.get("intervention", text.whole))
    if chain:
        root.put("borough", chain[-1].name, root.marks.get("borough", argument))
    sums = {place.name: place.text.sha256 for place in chain}
    if template is not None and template is not text:
        sums[str(intervention)] = template.sha256
    return Text(root, text.whole, text.sha256, sums)


def _value_read(path: str, value: Any) -> Any:
    """A value as it would be read from a file: text is YAML, anything else stands for itself."""
    if not isinstance(value, str):
        return value
    if not value.strip():
        return value
    root = read_text(f"value: {value}\n", "--set", f"--set {path}").root
    if len(root) > 1:
        raise DocumentError(
            [Problem(f"{shown(value)} is more than one value", "write one value", path, "--set")]
        )
    return root["value"]


def _with_method(text: Text, method: str) -> Text:
    if method not in PROFILES:
        raise DocumentError(
            [
                Problem(
                    f"there is no method profile {shown(method)}", instead(method, PROFILES), file="--method"
                )
            ]
        )
    root = text.root.without()
    root.put("method", method, Mark("--method", "--method", 0, 0, 0, 0))
    return Text(root, text.whole, text.sha256, text.packs)


def _currency_problem(text: Text, chain: list[Place]) -> Problem | None:
    """One study on packs of another currency: told once, and for the nearest pack."""
    currency = text.root.get("currency")
    for place in reversed(chain):
        if isinstance(currency, str) and place.pack.currency != currency:
            message = f"the study is in {currency} and the pack {place.name} in {place.pack.currency}"
            return text.problem(["currency"], message, f"write currency: {place.pack.currency}")
    return None


def _validated(text: Text, problems: list[Problem], places: list[str]) -> Study:
    """The study that a merged text holds; what pydantic refuses is set aside so that the rest is checked too.

    An intervention whose names only a place's packs declare is refused once, with the ``places`` to choose
    from, and not name by name.
    """
    study = None
    try:
        study = Study.model_validate(text.root, context={"collects_problems": True})
    except ValidationError as error:
        missing = {problem.message for problem in problems}
        problems = [
            *problems,
            *(found for found in problems_of(error, Study, text) if found.message not in missing),
        ]
        study = _what_remains(error, text)
    if study is not None:
        study = study.remembering(text)
        unknown = numbers_of(study).unknown
        if unknown and places:
            message = (
                f"the intervention uses names that a place's packs declare: {', '.join(sorted(unknown))}"
            )
            raise DocumentError(
                [Problem(message, f"name a place with --place: {', '.join(places)}", file=text.whole.file)]
            )
        problems = [
            *problems,
            *text.located([*cross_reference_problems(study), *problems_with_numbers(study)]),
        ]
    if problems:
        raise DocumentError(in_order(set(problems)))
    assert study is not None
    return study


def _what_remains(error: ValidationError, text: Text) -> Study | None:
    """The study without what is wrong, for checking the rest; None where too little is left."""
    root = text.root
    for _ in range(3):
        lost = {
            path[0]
            for path in (path_of(details, root) for details in error.errors(include_url=False))
            if len(path) == 1
        }
        if lost & {"assumptions", "stakeholders", "sources"}:
            return None
        root = _without_what_is_wrong(root, error, text)
        try:
            return Study.model_validate(root, context={"collects_problems": True})
        except ValidationError as again:
            error = again
    return None


def _without_what_is_wrong(root: LocatedDict, error: ValidationError, text: Text) -> LocatedDict:
    root = root.without()
    for details in error.errors(include_url=False):
        path = [str(part) for part in path_of(details, root)]
        section, entry, field = (*path, "", "", "")[:3]
        entries = root.get(section)
        if section not in _ENTRIES:
            root = root.without(section)
        elif not isinstance(entries, LocatedDict) or not entry:
            root.put(section, LocatedDict(), text.whole)
        elif isinstance(entries.get(entry), LocatedDict) and field and section != "assumptions":
            fields = entries[entry].without(field)
            if field in _FIELDS:
                fields.put(field, _FIELDS[field], text.whole)
            root.put(section, _with_entry(entries, entry, fields, text), root.marks[section])
        else:
            root.put(section, _with_entry(entries, entry, _ENTRIES[section], text), root.marks[section])
    for key, value in _STAND_INS.items():
        if key not in root:
            root.put(key, value, text.whole)
    return root


def _with_entry(entries: LocatedDict, name: str, value: Any, text: Text) -> LocatedDict:
    copy = entries.without(name)
    if value is not _DROPPED:
        copy.put(name, value, text.whole)
    return copy
