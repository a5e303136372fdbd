"""A text against its model: everything that is wrong with it, with positions and what to write instead."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import ValidationError

from sroi.base import Model
from sroi.documents.tree import LocatedDict, in_order
from sroi.errors import MOST_PROBLEMS, DocumentError, Problem
from sroi.model import Study, cross_reference_problems
from sroi.refusals import path_of, problems_of, unlisted
from sroi.resolution import numbers_of
from sroi.validation import problems_with_numbers

if TYPE_CHECKING:
    from sroi.documents.tree import Text

M = TypeVar("M", bound=Model)

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
    **dict.fromkeys(("inputs", "outcomes", "claims", "payers", "units"), _DROPPED),
}
"""What stands in for an entry that is wrong: something to refer to, or nothing."""

_FIELDS: dict[str, Any] = {"title": "x", "says": "x", "meaning": "unclear", "quantity": None, "value": None}
"""What stands in for a field of an entry that is wrong or missing and cannot be left out."""


def _read(model: type[M], root: LocatedDict) -> M:
    """The model that a mapping holds, or what pydantic refuses in it."""
    read: M = model.__pydantic_validator__.validate_python(root, context={"collects_problems": True})
    return read


def validated(model: type[M], text: Text) -> M:
    """The model that a text holds.

    Raises
    ------
    DocumentError
        With every field that is wrong.
    """
    try:
        return _read(model, text.root)
    except ValidationError as error:
        raise DocumentError(problems_of(error, model, text.root, text.problem)) from None


def validated_study(text: Text, problems: list[Problem], places: list[str]) -> Study:
    """The study that a merged text holds; what pydantic refuses is set aside so that the rest is checked too.

    An intervention whose names only a place's packs declare is refused once, with the ``places`` to choose
    from, and not name by name.
    """
    study = None
    try:
        study = _read(Study, text.root)
    except ValidationError as error:
        problems = [*problems, *problems_of(error, Study, text.root, text.problem)]
        study = _what_remains(error, text)
    if study is not None:
        study = study.remembering(replace(text, study=study))
        unknown = numbers_of(study).unknown
        if unknown and places:
            message = (
                f"the intervention uses names that a place's packs declare: {', '.join(sorted(unknown))}"
            )
            hint = f"name a place with --place: {', '.join(places)}"
            raise DocumentError(message, hint, file=text.whole.file)
        found = [*cross_reference_problems(study), *problems_with_numbers(study)]
        problems = [*problems, *text.located(found)]
    if problems:
        raise DocumentError(_most_of(in_order(set(problems)), text))
    assert study is not None
    return study


def _most_of(problems: list[Problem], text: Text) -> list[Problem]:
    """As many problems as an error tells, and how many more there are."""
    more = len(problems) - MOST_PROBLEMS
    if more < 2:  # one more line says that there are more
        return problems
    return [*problems[:MOST_PROBLEMS], text.problem([], *unlisted(more))]


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
            return _read(Study, root)
        except ValidationError as again:
            error = again
    return None


def _without_what_is_wrong(root: LocatedDict, error: ValidationError, text: Text) -> LocatedDict:
    root = root.without()
    copied: dict[tuple[str, ...], LocatedDict] = {}

    def own(around: LocatedDict, *path: str) -> LocatedDict:
        """A mapping within another as a copy that may be changed, made once."""
        if path not in copied:
            copied[path] = around[path[-1]].without()
            around.put(path[-1], copied[path], around.marks[path[-1]])
        return copied[path]

    for details in error.errors(include_url=False):
        path = [str(part) for part in path_of(details, root)]
        section, entry, field = (*path, "", "", "")[:3]
        if section not in _ENTRIES:
            root.drop(section)
        elif not isinstance(root.get(section), LocatedDict) or not entry:
            root.put(section, LocatedDict(), text.whole)
            copied = {kept: each for kept, each in copied.items() if kept[0] != section}
        else:
            entries = own(root, section)
            if isinstance(entries.get(entry), LocatedDict) and field and section != "assumptions":
                fields = own(entries, section, entry)
                fields.drop(field)
                if field in _FIELDS:
                    fields.put(field, _FIELDS[field], text.whole)
            elif _ENTRIES[section] is _DROPPED:
                entries.drop(entry)
            else:
                entries.put(entry, _ENTRIES[section], text.whole)
    for key, value in _STAND_INS.items():
        if key not in root:
            root.put(key, value, text.whole)
    return root
