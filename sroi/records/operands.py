"""What is set beside another: a study's file, a shipped intervention or the record of a run, as a study."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from sroi.documents import Library, change, load, loads
from sroi.errors import DocumentError, Problem
from sroi.files import is_there
from sroi.model import Study
from sroi.records import opening
from sroi.records.comparing import tampered
from sroi.records.taking import RunRecord

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sroi.documents.loading import MethodChoice
    from sroi.model import Studied


class Operand(NamedTuple):
    """A study by the name that it was given under.

    Attributes
    ----------
    name : str
        What was given: a file, an intervention, or the study's own identifier where it was no name.
    study : Study
        Complete. That of a record is as the record holds it, with the packs of that day.
    record : mapping or None
        What the record holds; None of a study.
    notes : tuple of str
        What a reader should know of a record.
    """

    name: str
    study: Study
    record: Mapping[str, Any] | None = None
    notes: tuple[str, ...] = ()

    @property
    def packs(self) -> dict[str, str]:
        """SHA-256 of every pack that was laid under it, by name."""
        if self.record is not None:
            return dict(self.record["packs"])
        read = self.study.provenance
        return {} if read is None else dict(read.packs)


def opened(
    given: Study | Studied | RunRecord | str | os.PathLike[str],
    *,
    place: str | None = None,
    values: Mapping[str, Any] | None = None,
    method: MethodChoice | None = None,
    packs: Library | str | os.PathLike[str] | Iterable[str | os.PathLike[str]] = (),
) -> Operand:
    """A study from whatever names one.

    Parameters
    ----------
    given : Study, result, RunRecord, str or path
        A study or a result of one, the file of a study or of a record, or the name of an intervention.
    place, values, method, packs
        As :func:`sroi.load` takes them. The packs of a record are those that it was made with, so its place
        stays.

    Raises
    ------
    DocumentError
        If it can be used neither as a study nor as a record, or if another place is asked of a record.
    NotFoundError
        If there is no such intervention or place.
    """
    library = Library.of(packs)
    study = given if isinstance(given, Study) else getattr(given, "study", None)
    if isinstance(study, Study):
        if (values, method, place) == (None, None, None):
            return Operand(study.id, study)
        return Operand(study.id, change(study, values, method=method, place=place, packs=packs))
    if isinstance(given, RunRecord):
        return _recorded("record", given, place, values, method, library)
    assert isinstance(given, (str, os.PathLike))
    name, file = os.fspath(given), Path(given)
    if is_there(file) and opening.is_record(file):
        return _recorded(name, file, place, values, method, library)
    return Operand(name, load(given, place=place, values=values, method=method, packs=library))


def _recorded(
    name: str,
    run: RunRecord | Path,
    place: str | None,
    values: Mapping[str, Any] | None,
    method: MethodChoice | None,
    library: Library,
) -> Operand:
    content, _ = opening.opened(run)
    study = loads(content["study"]["text"], values=values, method=method, packs=library)
    if place is not None and library.chain(place)[-1].name != study.place:
        message = f"the record is of {study.place or 'no place'}, with the packs of the day of its run"
        hint = "leave --place out, or name the study's file in place of its record"
        raise DocumentError([Problem(message, hint, "study.place", name)])
    called = Path(name).name
    notes = tuple(f"{called}: {part} was changed after the record was made" for part in tampered(content))
    return Operand(name, study, content, notes)
