"""Writing files: whole or not at all, and over another only when asked to."""

from __future__ import annotations

import io
import os
import re
import stat
import zipfile
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING

from sroi.errors import DocumentError, Problem
from sroi.temporary import open_temporary, remove_leftovers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_EARLIEST = (1980, 1, 1, 0, 0, 0)
_MADE_OR_CHANGED = re.compile(rb"(<dcterms:(?:created|modified)\b[^>]*>)[^<]*")


def is_folder(path: Path) -> bool:
    """Whether a folder is there; False also of a name that none can have."""
    with suppress(OSError, ValueError):
        return path.is_dir()
    return False


def is_there(path: Path) -> bool:
    """Whether anything is there; False also of a name that none can have."""
    with suppress(OSError, ValueError):
        return path.exists()
    return False


def check_targets(paths: Iterable[Path], *, force: bool, inputs: Iterable[Path] = ()) -> None:
    """Refuse what cannot be written, before anything is calculated.

    Parameters
    ----------
    paths : iterable of Path
        What is to be written.
    force : bool
        Whether files that are there already may be replaced.
    inputs : iterable of Path
        What the work reads: never written over, whatever their names and with ``force`` or without.

    Raises
    ------
    DocumentError
        If a file is there already and ``force`` is not given, its folder is not there, the target is no file,
        or a file is named twice; all of it at once.
    """
    problems, seen = [], set()
    read = {found for path in inputs if (found := _identity(path)) is not None}
    for path in paths:
        problem = _obstacle(path, read, force=force)
        if problem is None and path.resolve() in seen:
            problem = Problem("the file is named twice", "name each file once", file=str(path))
        if problem is not None:
            problems.append(problem)
        else:
            seen.add(path.resolve())
    if problems:
        raise DocumentError(problems)


def _identity(path: Path) -> tuple[int, int] | None:
    """What a file is known by, whatever links and names lead to it."""
    with suppress(OSError, ValueError):
        found = path.stat()
        return found.st_dev, found.st_ino
    return None


def _obstacle(path: Path, read: set[tuple[int, int]], *, force: bool) -> Problem | None:
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
    if _identity(path) in read:
        return Problem("this file is read here, and is not written over", "name another", file=str(path))
    return None if force else _there_already(path)


def _there_already(path: Path) -> Problem:
    return Problem(
        "the file is there already", "use --force, or force=True, to write over it", file=str(path)
    )


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
def new_file(path: Path, *, force: bool) -> Iterator[IO[bytes]]:
    """A file to write to, which is moved to its place when the block ends well, and is removed otherwise.

    Until then it has a random name in the same folder, where what a killed run left behind is removed. It
    replaces a file that is there, if it may, and keeps that file's permissions; a symbolic link is replaced
    and not followed.

    Raises
    ------
    DocumentError
        If ``path`` cannot be a file, or is there, by now, and ``force`` is not given; or if the system
        refuses to write it.
    """
    check_targets([path], force=force)
    remove_leftovers(path.parent)
    with problems_of(path):
        file, part = open_temporary(path.parent)
    try:
        yield file
        with problems_of(path):
            _flush(file)
            if path.is_file() and part.stat().st_mode != path.stat().st_mode:
                part.chmod(path.stat().st_mode & 0o777)
            if os.name == "nt":  # where no open file can be moved
                file.close()
            _move(part, path, force=force)
    finally:
        with suppress(OSError):
            file.close()
        with suppress(OSError):
            part.unlink(missing_ok=True)


def _move(part: Path, path: Path, *, force: bool) -> None:
    """Move a file to its place: in one step, and not over another that came there in the meantime."""
    if force or path.is_symlink():
        part.replace(path)
        return
    try:
        if os.name == "nt":
            part.rename(path)
        else:
            os.link(part, path)
    except FileExistsError:
        raise DocumentError([_there_already(path)]) from None
    except OSError:  # a file system without links
        check_targets([path], force=False)
        part.replace(path)


def _flush(file: IO[bytes]) -> None:
    file.flush()
    os.fsync(file.fileno())


def write_files(files: Mapping[Path, bytes], *, force: bool, inputs: Iterable[Path] = ()) -> tuple[Path, ...]:
    """Write files, and move them to their places once all of them are written.

    Raises
    ------
    DocumentError
        As :func:`check_targets`, or if the system refuses to write one.
    """
    check_targets(files, force=force, inputs=inputs)
    with ExitStack() as stack:
        for path, content in files.items():
            file = stack.enter_context(new_file(path, force=force))
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
