"""What a study was read from, as plain values, and the reading of it over the packs of today."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sroi.documents.library import Library
from sroi.documents.loading import Change, Reading, study_of
from sroi.documents.reader import read_file, read_text
from sroi.documents.tree import Text
from sroi.errors import SroiError
from sroi.method import MethodProfile

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sroi.model import Study


def as_read(study: Study) -> dict[str, Any] | None:
    """A study's own text, its place and the changes made since, without the packs that were laid under it.

    None where the study was not read, or where the text alone does not give the study again.
    """
    text = study.provenance
    if not isinstance(text, Text) or text.reading is None:
        return None
    own, _, is_template, changes = text.reading
    try:
        plain = {
            "file": Path(own.whole.file).name,
            "intervention": study.id if is_template else None,
            "place": None if own.root.get("complete") is True else study.place,
            "text": json.dumps(own.root),
            "changes": [
                {"method": _method(each.method), "values": dict(each.values or {})} for each in changes
            ],
        }
        json.dumps(plain, allow_nan=False)
        again = read_again(plain, text.reading.library)
    except (SroiError, TypeError, ValueError, KeyError):
        return None
    return plain if again == study else None


def _method(method: Any) -> Any:
    return method.model_dump(mode="json") if isinstance(method, MethodProfile) else method


def read_again(plain: Mapping[str, Any], library: Library, file: Path | None = None) -> Study:
    """A study from what :func:`as_read` gave, over the packs of a library.

    It is read from its file as it is now where that is given. An intervention that
    was named is that of the library.

    Raises
    ------
    SroiError
        If it cannot be read any more.
    """
    is_template = plain["intervention"] is not None
    if file is not None:
        text = read_file(file, "study")
    elif is_template:
        text = library.intervention(plain["intervention"])
    else:
        text = read_text(plain["text"], "study", plain["file"])
    changes = tuple(Change(each["method"], each["values"]) for each in plain["changes"])
    return study_of(Reading(text, library, is_template, changes), plain["place"])
