"""Reading files that may be anybody's: regular ones only, and no more of them than was asked for."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

from sroi.errors import DocumentError, Problem

if TYPE_CHECKING:
    from pathlib import Path

_READ = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_BINARY", 0)
_KINDS = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (lambda _: True, "a device"),
)


def content_of(path: Path, most: int, *, give: str, smaller: str = "", shown_as: str = "") -> bytes:
    """The bytes of a regular file.

    Parameters
    ----------
    path : Path
        The file, or a link to it.
    most : int
        How many bytes are read of it; a file that has more is refused.
    give : str
        What to give where this is no file that can be read.
    smaller : str
        How to make a file smaller that has too many bytes.
    shown_as : str
        Its name in errors, in place of its path.

    Raises
    ------
    DocumentError
        If it is not there, is no regular file, is too large, or the system refuses to read it.
    """
    name = shown_as or str(path)
    content = beginning_of(path, most + 1, give=give, shown_as=shown_as)
    if len(content) > most:
        size = max(path.stat().st_size, len(content))
        hint = f"at most {most:,} are read" + (f": {smaller}" if smaller else "")
        raise DocumentError([Problem(f"the file has {size:,} bytes", hint, file=name)])
    return content


def beginning_of(path: Path, most: int, *, give: str, shown_as: str = "") -> bytes:
    """The first bytes of a regular file, ``most`` at the most; see :func:`content_of`."""
    name = shown_as or str(path)
    try:
        _refuse_other(path.stat().st_mode, give, name)
        with os.fdopen(os.open(path, _READ), "rb") as file:
            _refuse_other(os.fstat(file.fileno()).st_mode, give, name)
            return file.read(most)
    except FileNotFoundError:
        raise DocumentError([Problem("there is no such file", give, file=name)]) from None
    except DocumentError:
        raise
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "its name cannot be that of a file"
        raise DocumentError([Problem(f"the file cannot be read ({reason})", give, file=name)]) from None


def _refuse_other(mode: int, give: str, name: str) -> None:
    if not stat.S_ISREG(mode):
        kind = next(what for is_kind, what in _KINDS if is_kind(mode))
        raise DocumentError([Problem(f"it is {kind}, which cannot be read as a file", give, file=name)])
