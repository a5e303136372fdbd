"""From a study back to YAML that reads as the same study."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from sroi.arguments import checked_arguments
from sroi.files import write_files
from sroi.model import as_study

if TYPE_CHECKING:
    import os

    from sroi.model import Study


@checked_arguments
def dumps(study: Any, *, comments: bool = False) -> str:
    """A study as YAML text, complete: every layer merged, every expression as it was written.

    ``loads(dumps(study)) == study`` for every study. Where layers were merged the text says ``complete:
    true``, and is read without laying them under it again: it does not change when a pack does.

    Parameters
    ----------
    study : Study or a result
    comments : bool
        Whether sections and fields are explained in comments.
    """
    return as_study(study, "sroi.dumps").to_yaml(comments=comments)


@checked_arguments
def dump(study: Study, path: str | os.PathLike[str], *, comments: bool = True) -> None:
    """Write a study to a file as YAML text, with comments unless told otherwise; see :func:`dumps`.

    Raises
    ------
    DocumentError
        If the file cannot be written.
    """
    write_files({Path(path): dumps(study, comments=comments).encode()}, force=True)
