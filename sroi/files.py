"""Writing files: whole or not at all, and over another only when asked to."""

from __future__ import annotations

import io
import os
import re
import secrets
import stat
import zipfile
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING

from sroi.errors import DocumentError, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
_EARLIEST = (1980, 1, 1, 0, 0, 0)
_MADE_OR_CHANGED = re.compile(rb"(<dcterms:(?:created|modified)\b[^>]*>)[^<]*")


def is_file(path: Path) -> bool:
    """Whether a file is there; False also of a name that no file can have."""
    with suppress(OSError, ValueError):
        return path.is_file()
    return False


def is_folder(path: Path) -> bool:
    """Whether a folder is there; False also of a name that none can have."""
    with suppress(OSError, ValueError):
        return path.is_dir()
    return False


def check_targets(paths: Iterable[Path], *, force: bool) -> None:
    """Refuse what cannot be written, before anything is calculated.

    Raises
    ------
    DocumentError
        If a file is there already and ``force`` is not given, its folder is not there, the target is no file,
        or a file is named twice; all of it at once.
    """
    problems, seen = [], set()
    for path in paths:
        problem = _obstacle(path, force=force)
        if problem is None and path.resolve() in seen:
            problem = Problem("the file is named twice", "name each file once", file=str(path))
        if problem is not None:
            problems.append(problem)
        else:
            seen.add(path.resolve())
    if problems:
        raise DocumentError(problems)


def _obstacle(path: Path, *, force: bool) -> Problem | None:
    try:
        if not path.parent.is_dir():
            hint = "make it first, or name another"
            return Problem("there is no such folder", hint, file=str(path.parent))
        mode = path.stat().st_mode
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        return _unwritable(path, error)
    if stat.S_ISDIR(mode):
        return Problem("this is a folder", "name a file in it", file=str(path))
    if not stat.S_ISREG(mode):
        return Problem("this is a device, a pipe or a socket", "name a file", file=str(path))
    if not force:
        hint = "use --force, or force=True, to write over it"
        return Problem("the file is there already", hint, file=str(path))
    return None


def _unwritable(path: Path, error: Exception) -> Problem:
    reason = getattr(error, "strerror", None) or error
    return Problem(f"it cannot be written: {reason}", "name another place", file=str(path))


@contextmanager
def problems_of(path: Path) -> Iterator[None]:
    """Whatever the system refuses in here, as one problem of a file.

    Raises
    ------
    DocumentError
        In place of an OSError: the disk is full, the folder cannot be written to, the name is too long.
    """
    try:
        yield
    except OSError as error:
        raise DocumentError([_unwritable(path, error)]) from None


@contextmanager
def new_file(path: Path) -> Iterator[IO[bytes]]:
    """A file to write to, which is moved to its place when the block ends well, and is removed otherwise.

    Until then it has a random name in the same folder. It replaces a file that is there and keeps that file's
    permissions; a symbolic link is replaced and not followed.

    Raises
    ------
    DocumentError
        If ``path`` cannot be a file, or the system refuses to write it.
    """
    check_targets([path], force=True)
    part = path.with_name(f".{secrets.token_hex(8)}.part")
    with problems_of(path):
        file = os.fdopen(os.open(part, _NEW, 0o666), "wb")
    try:
        yield file
        with problems_of(path):
            _flush(file)
            file.close()
            if path.is_file() and part.stat().st_mode != path.stat().st_mode:
                part.chmod(path.stat().st_mode & 0o777)
            part.replace(path)
    finally:
        with suppress(OSError):
            file.close()
        part.unlink(missing_ok=True)


def _flush(file: IO[bytes]) -> None:
    file.flush()
    os.fsync(file.fileno())


def write_files(files: Mapping[Path, bytes], *, force: bool) -> tuple[Path, ...]:
    """Write files, and move them to their places once all of them are written.

    Raises
    ------
    DocumentError
        As :func:`check_targets`, or if the system refuses to write one.
    """
    check_targets(files, force=force)
    with ExitStack() as stack:
        for path, content in files.items():
            file = stack.enter_context(new_file(path))
            with problems_of(path):
                file.write(content)
                _flush(file)
    return tuple(files)


def without_times(archive: bytes) -> bytes:
    """The same ZIP archive, or office document, without the time at which it was written."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(written, "w") as new:
        for member in old.infolist():
            content = old.read(member)
            if member.filename == "docProps/core.xml":
                content = _MADE_OR_CHANGED.sub(rb"\g<1>2000-01-01T00:00:00Z", content)
            entry = zipfile.ZipInfo(member.filename, _EARLIEST)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            new.writestr(entry, content, compresslevel=6)
    return written.getvalue()
