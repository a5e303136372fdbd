"""Packs that other Python packages bring, by entry points of the group ``sroi.packs``."""

from __future__ import annotations

import os
import sys
from functools import lru_cache
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, NamedTuple

from sroi.errors import NotFoundError
from sroi.files import is_folder
from sroi.quantities import shown
from sroi.text import one_line

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

GROUP = "sroi.packs"
SWITCH = "SROI_INSTALLED_PACKS"
"""The environment variable that leaves the packs of other packages out."""

_OFF, _ON = ("off", "0", "no", "false"), ("", "on", "1", "yes", "true")


class Installed(NamedTuple):
    """A folder of packs that another package brings, and the package's name and version."""

    folder: Path
    package: str

    @property
    def name(self) -> str:
        """The name of the package."""
        return self.package.rpartition(" ")[0]


class Found(NamedTuple):
    """The folders that other packages bring, and what is wrong with those that cannot be used."""

    folders: tuple[Installed, ...] = ()
    problems: tuple[str, ...] = ()

    def of(self, file: Path) -> Installed | None:
        """The folder that a file is in; None where it is in none of them."""
        return next((each for each in self.folders if file.is_relative_to(each.folder)), None)


def installed() -> Found:
    """The packs of other packages, unless the environment leaves them out.

    Raises
    ------
    NotFoundError
        If the environment says neither on nor off.
    """
    said = os.environ.get(SWITCH, "").strip().casefold()
    if said in _OFF:
        return Found()
    if said not in _ON:
        raise NotFoundError(f"{SWITCH} is {shown(said)}", f"write {SWITCH}=off, or leave it out", file=SWITCH)
    return _found(tuple(sys.path))


@lru_cache(maxsize=4)
def _found(_: tuple[str, ...]) -> Found:
    """What the packages on a path of modules bring: read once, since the path is read whole for it."""
    from importlib.metadata import entry_points  # noqa: PLC0415 - slow, and asked for by few

    folders: dict[Path, Installed] = {}
    problems = []
    for entry in sorted(entry_points(group=GROUP), key=lambda each: (_package(each), each.name)):
        package = _package(entry)
        try:
            folder = _folder(entry)
        except (Exception, SystemExit) as error:  # noqa: BLE001 - it runs what anybody wrote
            why = one_line(f"{type(error).__name__}: {error}")
        else:
            if is_folder(folder):
                folders.setdefault(folder, Installed(folder, package))
                continue
            why = f"there is no folder {folder}"
        problems.append(
            f"the packs {entry.name} of {package} cannot be used ({why}): mend or remove the package, "
            f"or set {SWITCH}=off"
        )
    return Found(tuple(folders.values()), tuple(problems))


def _package(entry: EntryPoint) -> str:
    return "an unknown package" if entry.dist is None else f"{entry.dist.name} {entry.dist.version}"


def _folder(entry: EntryPoint) -> Path:
    """The folder that an entry point gives: its path, or a module in or beside which is ``packs``."""
    if entry.pattern.fullmatch(entry.value) is None:
        message = f"{shown(entry.value)} is not a reference such as my_packs"
        raise TypeError(message)
    given: Any = entry.load()
    if isinstance(given, ModuleType):
        file = getattr(given, "__file__", None)
        inside = [*map(Path, getattr(given, "__path__", ())), *([Path(file).parent] if file else ())]
        if not inside:
            message = f"the module {given.__name__} has no file and no folder"
            raise TypeError(message)
        return Path(inside[0], "packs")
    if isinstance(given, (str, os.PathLike)):
        return Path(os.fspath(given))
    message = f"it gives a value of type {type(given).__name__}, and no path or module"
    raise TypeError(message)
