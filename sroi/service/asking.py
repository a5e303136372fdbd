"""What a body asks: its study, read with the line of every fault, and its options."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import jsonschema

from sroi.documents.library import Library
from sroi.documents.loading import Change, Reading, one_place, study_of
from sroi.documents.reader import read_bytes, read_text
from sroi.documents.tree import LocatedDict, Text
from sroi.errors import DocumentError, Problem, SroiError, instead
from sroi.provenance import dotted, parts_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sroi.model import Study
    from sroi.service.questions import Question

BODY = "request"
"""What a body is called in errors."""

OF_A_STUDY: dict[str, Mapping[str, Any]] = {
    "study": {
        "description": "A study: a mapping as in a file, or a file's text in YAML or JSON.",
        "oneOf": [{"$ref": "#/components/schemas/Study"}, {"type": "string", "minLength": 1}],
    },
    "intervention": {"type": "string", "description": "A shipped intervention by name, in place of a study."},
    "place": {"type": "string", "description": "A place by identifier, name or GSS code."},
    "values": {"type": "object", "description": "Values to set, by path.", "additionalProperties": True},
    "method": {
        "description": "A profile by name, or a mapping with what it overrides.",
        "type": ["string", "object"],
    },
}
"""What says which study is asked of."""

OF_AN_ANSWER: dict[str, Mapping[str, Any]] = {
    "record": {
        "type": "boolean",
        "default": False,
        "description": "Whether the answer holds the whole run record, which sroi verify takes.",
    }
}


@dataclass(frozen=True)
class Asked:
    """A question as it was asked."""

    studies: tuple[Study, ...]
    options: Mapping[str, Any]
    record: bool


class OfStudyError(Exception):
    """What is wrong with one study of a body, and where in the body that study stands."""

    def __init__(self, error: SroiError, at: str) -> None:
        super().__init__(str(error))
        self.error = error
        self.at = at


def asked(body: bytes, question: Question, most_studies: int) -> Asked:
    """Read a body.

    Raises
    ------
    DocumentError
        With every fault, by its path in the body.
    NotFoundError
        If there is no such intervention or place.
    """
    text = read_bytes(body, "study", BODY)
    of_one = {} if question.many else OF_A_STUDY
    wanted = ("studies",) if question.many else ()
    known = {**of_one, **{name: {} for name in wanted}, **question.options, **OF_AN_ANSWER}
    problems = [
        text.problem([name], f"the key {name} is not known here", instead(name, known), at_key=True)
        for name in text.root
        if name not in known
    ]
    problems += [
        text.problem([], f"{name} is missing", f"give {name}")
        for name in (*question.wanted, *wanted)
        if name not in text.root
    ]
    given = {name: text.root[name] for name in {**question.options, **OF_AN_ANSWER} if name in text.root}
    problems += _unfit(text, given, {**question.options, **OF_AN_ANSWER}, [])
    entries = _entries(text, most_studies, problems) if question.many else [(text, [])]
    for part, path in entries:
        of_study = {name: part.root[name] for name in OF_A_STUDY if name in part.root}
        problems += _unfit(part, of_study, OF_A_STUDY, path)
    if problems:
        raise DocumentError(problems)
    record = bool(given.pop("record", False))
    studies = tuple(_study(part, path) for part, path in entries)
    return Asked(studies, _plain(given), record)


def _entries(text: Text, most: int, problems: list[Problem]) -> list[tuple[Text, list[str | int]]]:
    listed = text.root.get("studies")
    if not isinstance(listed, list) or not 1 < len(listed) <= most:
        if "studies" in text.root:
            problems.append(text.problem(["studies"], "this is no list of studies", f"list 2 to {most}"))
        return []
    found: list[tuple[Text, list[str | int]]] = []
    for position, each in enumerate(listed):
        path: list[str | int] = ["studies", position]
        if not isinstance(each, LocatedDict):
            problems.append(text.problem(path, "this is no mapping", "write study: or intervention: in it"))
            continue
        problems += [
            text.problem(
                [*path, name], f"the key {name} is not known here", instead(name, OF_A_STUDY), at_key=True
            )
            for name in each
            if name not in OF_A_STUDY
        ]
        found.append((Text(each, text.mark(path)[0]), path))
    return found


def _unfit(
    text: Text, given: Mapping[str, Any], schemas: Mapping[str, Mapping[str, Any]], path: list[str | int]
) -> Iterator[Problem]:
    for name, value in given.items():
        if name == "study":
            if not isinstance(value, (dict, str)) or not value:
                yield _at(text, path, [name], "this is no study", "give a mapping, or the text of a file")
            continue
        for error in jsonschema.Draft202012Validator(schemas[name]).iter_errors(_plain(value)):
            yield _at(text, path, [name, *error.absolute_path], error.message, _what_fits(schemas[name]))


def _at(text: Text, path: list[str | int], parts: list[str | int], message: str, hint: str) -> Problem:
    """A problem with its path in the body and its position, of a part that begins at ``path``."""
    return replace(text.problem(parts, message, hint), path=dotted([*path, *parts]))


def _what_fits(schema: Mapping[str, Any]) -> str:
    if "enum" in schema:
        return f"write one of {', '.join(schema['enum'])}"
    kinds = schema.get("type", "text or a mapping")
    said = " or ".join(kinds) if isinstance(kinds, list) else kinds
    within = [f"from {schema['minimum']:,} to {schema['maximum']:,}"] if "minimum" in schema else []
    return " ".join([f"write {said}", *within])


def _study(text: Text, path: list[str | int]) -> Study:
    root = text.root
    has = [name for name in ("study", "intervention") if name in root]
    if len(has) != 1:
        message = "both study and intervention are given" if has else "no study is given"
        raise DocumentError([text.problem(path, message, "give study, or the name of an intervention")])
    library = Library()
    changes = (Change(_plain(root.get("method")), _plain(root.get("values"))),)
    written = root[has[0]]
    try:
        place = one_place(root.get("place"), None)
        if has[0] == "intervention":
            reading = Reading(library.intervention(written), library, is_template=True, changes=changes)
        elif isinstance(written, str):
            reading = Reading(
                read_text(written, "study", "study"), library, is_template=False, changes=changes
            )
        else:
            own = json.dumps(_plain(written), sort_keys=True, default=str).encode()
            read = Text(written, root.marks["study"], hashlib.sha256(own).hexdigest())
            reading = Reading(read, library, is_template=False, changes=changes)
        return study_of(reading, place)
    except SroiError as error:
        raise OfStudyError(error, pointer([*path, *has])) from None


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    return value


def pointer(parts: Iterable[str | int]) -> str:
    """A JSON pointer to a part of a body."""
    return "".join(f"/{str(part).replace('~', '~0').replace('/', '~1')}" for part in parts)


def pointer_of(problem: Problem, at: str = "") -> str:
    """Where a fault is, as a JSON pointer into the body; ``at``: where the study begins that it is in."""
    return f"{at}{pointer(parts_of(problem.path))}"
