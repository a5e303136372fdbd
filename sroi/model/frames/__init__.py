"""A study from data frames, and data frames of a study."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from sroi.errors import DocumentError, Problem
from sroi.method import PROFILES
from sroi.model.frames.columns import studys_columns
from sroi.model.frames.native import frame_of, rows_of
from sroi.model.frames.reading import Reader
from sroi.model.frames.rows import Cells, Place, Rows
from sroi.model.frames.writing import columns
from sroi.model.sections import Section, sections_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sroi.base import Model
    from sroi.model.framed import Framed

S = TypeVar("S", bound="Framed")

__all__ = ["Place", "Rows", "document_of", "frames_of", "frames_sections", "study_of"]

_OFTEN = ("outcomes", "inputs", "stakeholders", "assumptions")
"""Sections that have a frame even where nothing stands in them."""


def frames_sections(study: type[Model]) -> dict[str, Section]:
    """The sections of a study that a frame may hold, with its own fields under ``study``."""
    found = sections_of(study)
    return {**found, "study": studys_columns(study, list(found))}


def document_of(
    study: type[Model], given: Mapping[str, Rows | Mapping[str, Any]]
) -> tuple[dict[str, Any], dict[str, Place]]:
    """The document that rows hold, and the cell that each path of it came from.

    Raises
    ------
    DocumentError
        If the rows themselves are wrong, with every heading and cell that is.
    """
    reader = Reader(frames_sections(study))
    reader.read(given)
    if reader.problems:
        raise DocumentError(reader.problems)
    return reader.document, reader.places


def study_of(study: type[S], frames: Mapping[str, Any], fields: Mapping[str, Any]) -> S:
    """The study that frames and its other fields hold; see :meth:`sroi.Study.from_frames`."""
    sections = frames_sections(study)
    given = {**frames, **{name: fields[name] for name in fields if name in sections}}
    rows = {name: rows_of(frame, sections[name]) for name, frame in given.items() if frame is not None}
    document, places = document_of(study, rows)
    document |= {name: value for name, value in fields.items() if name not in sections}
    cells = Cells(places)
    try:
        return study.model_validate({"sroi": 1, **document}).remembering(cells)
    except DocumentError as error:
        raise DocumentError([_named(each) for each in cells.located(error.problems)]) from None


def _named(problem: Problem) -> Problem:
    """A problem of a field that was given as an argument, under the name of the function."""
    return replace(problem, file="Study.from_frames") if problem.file == "Study" else problem


def frames_of(study: Framed, backend: str, *, long: bool) -> dict[str, Any]:
    """A frame of each section of a study; see :meth:`sroi.Study.to_frames`."""
    plain = study.model_dump(mode="json", exclude_unset=True, by_alias=True)
    sections = frames_sections(type(study))
    own = {key: value for key, value in plain.items() if key not in sections}
    if "method" in own and dict(PROFILES.get(profile := own["method"]["profile"], ())) == own["method"]:
        own["method"] = profile
    given = {name: plain.get(name, {}) for name in sections} | {"study": {"": own}}
    return {
        name: frame_of(columns(sections[name], given[name], long=long), backend)
        for name in (*_OFTEN, *(name for name in sections if name not in _OFTEN))
        if name in _OFTEN or given[name]
    }
