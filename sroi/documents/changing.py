"""A study changed in Python: its numbers, its method, its place."""

from __future__ import annotations

import warnings
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sroi.arguments import checked_arguments
from sroi.documents.library import Library
from sroi.documents.loading import Change, Reading, one_place, study_of
from sroi.documents.tree import NOWHERE, Mark, Text, located
from sroi.documents.validation import validated_study
from sroi.errors import DocumentError
from sroi.model import as_study

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Mapping

    from sroi.documents.loading import MethodChoice
    from sroi.model import Studied, Study


@checked_arguments
def change(
    study: Study | Studied,
    values: Mapping[str, Any] | None = None,
    *,
    method: MethodChoice | None = None,
    place: str | None = None,
    borough: str | None = None,
    packs: Library | str | os.PathLike[str] | Iterable[str | os.PathLike[str]] = (),
) -> Study:
    """A changed copy of a study: other numbers, another method, another place.

    It is the study that :func:`sroi.load` gives with the same arguments. Every number that is not changed
    keeps the layer, the file and the line where it was written.

    Parameters
    ----------
    study : Study or a result
        The study, or a result of it; it is not changed.
    values : mapping of path to value, optional
        Such as ``{"members": 100, "outcomes.less_lonely.deadweight": "40%"}``: text as ``--set path=value``
        takes it, a number, a list, an :class:`sroi.Estimate`. A value replaces the whole of what stands
        there, its range included. They are set over the method and the place.
    method : str, mapping or MethodProfile, optional
        A method profile, by its name, as a mapping of a profile and what it overrides, or itself.
    place : str, optional
        Identifier, name or GSS code of another place. Its packs are laid under the study anew, and what was
        set before is set again.
    borough : str, optional
        The same as ``place``.
    packs : iterable of path or Library, optional
        Where to look for the packs of another place, if not where the study's own were found.

    Raises
    ------
    DocumentError
        If a path leads nowhere or a value cannot stand there, everything at once; or if another place is
        named for a study that was made, edited or imported in Python, which has no layers to lay anew.
    NotFoundError
        If there is no such place.

    Examples
    --------
    >>> import sroi
    >>> study = sroi.load("examples/lunch-club.yaml")
    >>> smaller = sroi.change(study, {"members": 100}, method="svi-guide")
    >>> smaller.assumptions["members"], smaller.method.profile
    (Estimate(100), 'svi-guide')
    """
    study, place, new = as_study(study, "sroi.change"), one_place(place, borough), Change(method, values)
    text = study.provenance
    read = text if isinstance(text, Text) and text.study == study else None
    if place is not None:
        if read is None or read.reading is None:
            message = "the study was made, edited or imported in Python, so its layers cannot be laid anew"
            raise DocumentError(message, "name the place to sroi.load or sroi.loads", file="place")
        library = Library.of(packs) if packs else read.reading.library
        return study_of(_with(read.reading, new, library), place)
    changed = new.of(read or _written_out(study))
    reading = changed.reading and _with(changed.reading, new, changed.reading.library)
    return validated_study(replace(changed, reading=reading), [], [])


def _with(reading: Reading, new: Change, library: Library) -> Reading:
    return reading._replace(library=library, changes=(*reading.changes, new))


def _written_out(study: Study) -> Text:
    """The text of a study that was made or edited in Python, with where its parts were written if known."""
    provenance = study.provenance

    def mark(path: str) -> Mark:
        origin = None if provenance is None else provenance.origin(path)
        return NOWHERE if origin is None else Mark(*origin[:4], origin.line, origin.column)

    root = located(study, mark)
    if "method" in root:
        root["method"] = study.method
    if provenance is None:
        return Text(root, NOWHERE)
    return Text(root, mark(""), provenance.sha256, provenance.packs)


def vary(study: Study | Studied, values: Mapping[str, Any]) -> Study:
    """The same study with values set by path; goes in 0.2: :func:`sroi.change` does this and more."""
    warnings.warn(
        "sroi.vary(study, values) goes in 0.2: write sroi.change(study, values)",
        DeprecationWarning,
        stacklevel=2,
    )
    return change(study, values)
