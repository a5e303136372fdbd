"""Writing reports: whole or not at all, and never over a file unless told to."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from sroi.errors import DocumentError, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def check_targets(paths: Iterable[Path], *, force: bool) -> None:
    """Refuse what cannot be written before anything is worked out.

    Raises
    ------
    DocumentError
        If a file is there already and ``force`` is not given, a folder is not, a folder stands in the place
        of a file, or a file is named twice; all of it at once.
    """
    problems, seen = [], set()
    for path in paths:
        if path.is_dir():
            problems.append(Problem("this is a folder", "name a file in it", file=str(path)))
        elif not path.parent.is_dir():
            problems.append(
                Problem("there is no such folder", "make it first, or name another", file=str(path.parent))
            )
        elif path.exists() and not force:
            problems.append(
                Problem(
                    "the file is there already",
                    "use --force, or force=True, to write over it",
                    file=str(path),
                )
            )
        if path.resolve() in seen:
            problems.append(Problem("the file is named twice", "name each file once", file=str(path)))
        seen.add(path.resolve())
    if problems:
        raise DocumentError(problems)


def write_files(files: Mapping[Path, bytes], *, force: bool) -> tuple[Path, ...]:
    """Write files whole: each to a file beside its place first, and moved there once all of them are written.

    Raises
    ------
    DocumentError
        As :func:`check_targets`, or if a file cannot be written.
    """
    check_targets(files, force=force)
    parts: dict[Path, Path] = {}
    asked = next(iter(files), Path())
    try:
        for path, body in files.items():
            part = path.with_name(f".{path.name}.{os.getpid()}.part")
            asked, parts[path] = path, part
            part.write_bytes(body)
        for path, part in parts.items():
            asked = path
            part.replace(path)
    except OSError as error:
        raise DocumentError(
            [
                Problem(
                    f"it cannot be written: {error.strerror or error}", "name another place", file=str(asked)
                )
            ]
        ) from None
    finally:
        for part in parts.values():
            part.unlink(missing_ok=True)
    return tuple(files)
