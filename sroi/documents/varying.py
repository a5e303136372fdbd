"""A study with some of its values changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sroi.documents.loading import validated_study
from sroi.documents.reader import read_text
from sroi.documents.writing import dumps

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sroi.model import Study


def vary(study: Study, values: Mapping[str, Any]) -> Study:
    """The same study with values set by path, as ``--set path=value`` does.

    Parameters
    ----------
    study : Study
        Any study; it is not changed.
    values : mapping of path to value
        Such as ``{"assumptions.members": 100, "outcomes.less_lonely.deadweight": "40%"}``. A value replaces
        the whole of what stands there, its range included.

    Raises
    ------
    DocumentError
        If a path leads nowhere or a value cannot stand there; all of it at once.
    """
    return validated_study(read_text(dumps(study), "study", study.id), values)
