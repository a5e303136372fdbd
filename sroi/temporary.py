"""Files on their way to their places, each locked by who writes it, and what killed runs left of theirs."""

from __future__ import annotations

import os
import re
import secrets
import stat
import time
from contextlib import suppress
from pathlib import Path
from typing import IO

try:
    import fcntl
except ImportError:  # pragma: no cover - Windows, where an open file cannot be removed
    fcntl = None  # type: ignore[assignment]  # asked for before it is used

_NAME = re.compile(r"\.sroi-[0-9a-f]{16}\.part")
_SAFE = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _SAFE
_ATTEMPTS = 10
_DAY = 86_400


def open_temporary(folder: Path) -> tuple[IO[bytes], Path]:
    """A new file of random name, open for writing, and its path.

    Raises
    ------
    OSError
        If the system refuses it.
    """
    for _ in range(_ATTEMPTS):
        path = folder / f".sroi-{secrets.token_hex(8)}.part"
        descriptor = os.open(path, _NEW, 0o666)
        if _is_locked(descriptor) and os.fstat(descriptor).st_nlink != 0:
            break
        os.close(descriptor)  # another run looked at it before it was locked
        path.unlink(missing_ok=True)
    else:
        raise OSError(0, "files that were just made are locked")
    return os.fdopen(descriptor, "wb"), path


def _is_locked(descriptor: int) -> bool:
    """Lock an open file; whether nobody else has done so. The lock goes when the file is closed."""
    if fcntl is None:
        return True
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:  # a file system without locks
        return True
    return True


def remove_leftovers(folder: Path) -> None:
    """Remove what killed runs left in a folder: files of such names that nobody holds locked."""
    with suppress(OSError), os.scandir(folder) as entries:
        left = [Path(entry.path) for entry in entries if _NAME.fullmatch(entry.name)]
        for path in left:
            with suppress(OSError):
                _remove_if_left(path)


def _remove_if_left(path: Path) -> None:
    if fcntl is None:
        if time.time() - path.stat().st_mtime > _DAY:
            path.unlink()
        return
    descriptor = os.open(path, os.O_RDWR | _SAFE)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        found, there = os.fstat(descriptor), path.lstat()
        if stat.S_ISREG(found.st_mode) and (found.st_dev, found.st_ino) == (there.st_dev, there.st_ino):
            path.unlink()
    finally:
        os.close(descriptor)
