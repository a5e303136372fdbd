"""The library of packs and interventions: the user's own folders first, then what is shipped."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sroi.arguments import checked_arguments
from sroi.documents.authorities import authority, instead_of_place
from sroi.documents.packs import packs_below, with_figures
from sroi.documents.reader import MOST_BYTES, read_file
from sroi.documents.validation import validated
from sroi.errors import DocumentError, NotFoundError, instead
from sroi.files import is_folder, is_there
from sroi.inputs import beginning_of
from sroi.model import AssumptionPack, Intervention
from sroi.names import slug
from sroi.quantities import shown
from sroi.reference import assumptions_folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sroi.documents.authorities import Authority
    from sroi.documents.tree import Text

_PACKS = ("boroughs", "national", "")
_INTERVENTIONS = ("interventions", "")
_LONGEST_NAME = 200
"""Characters of a name that is looked for on disk."""

_IDENTIFIER = re.compile(rf"[a-z0-9][a-z0-9_-]{{0,{_LONGEST_NAME - 1}}}")


@dataclass(frozen=True)
class Place:
    """One pack: its validated contents, its text with every position, and what it builds on."""

    pack: AssumptionPack
    text: Text
    nation: bool

    @property
    def name(self) -> str:
        """Identifier of the pack."""
        return self.pack.pack


class Library:
    """Finds packs and interventions by name, and reads each once.

    Parameters
    ----------
    folders : path or iterable of path, optional
        The user's own folders, looked into before the shipped one, besides those that ``SROI_PACKS`` lists.
        Each holds ``boroughs``, ``national`` and ``interventions``, or the files themselves.

    Raises
    ------
    NotFoundError
        If a folder does not exist.
    """

    @checked_arguments
    def __init__(self, folders: str | os.PathLike[str] | Iterable[str | os.PathLike[str]] = ()) -> None:
        given = (folders,) if isinstance(folders, (str, os.PathLike)) else folders
        listed = [entry for entry in os.environ.get("SROI_PACKS", "").split(os.pathsep) if entry]
        own = [Path(folder) for folder in (*given, *listed)]
        for folder in own:
            if not is_folder(folder):
                raise NotFoundError("there is no such folder of packs", file=str(folder))
        self._shipped = assumptions_folder()
        self.folders = (*own, self._shipped)
        self._places: dict[str, Place] = {}
        self._below: dict[str, list[Place]] = {}
        self._interventions: dict[Path, Text] = {}

    @classmethod
    def of(cls, packs: Library | str | os.PathLike[str] | Iterable[str | os.PathLike[str]]) -> Library:
        """A library as it is, or one over some folders."""
        return packs if isinstance(packs, Library) else cls(packs)

    def __repr__(self) -> str:
        return f"Library({list(map(str, self.folders[:-1]))})"

    def __getstate__(self) -> dict[str, Any]:
        """A copy reads the packs again when it needs them."""
        return {**self.__dict__, "_places": {}, "_below": {}, "_interventions": {}}

    def _files(self, kinds: tuple[str, ...]) -> Iterator[tuple[Path, str]]:
        for folder in self.folders:
            for kind in kinds:
                if kind or folder != self._shipped:
                    for file in sorted((folder / kind).glob("*.yaml")):
                        yield file, kind

    def own_files(self) -> tuple[Path, ...]:
        """Every pack and intervention in the user's own folders."""
        found = self._files(("boroughs", "national", "interventions", ""))
        return tuple(file for file, _ in found if not file.is_relative_to(self._shipped))

    def _file(self, name: str, kinds: tuple[str, ...]) -> tuple[Path, str] | None:
        for folder in self.folders:
            for kind in kinds:
                file = folder / kind / f"{name}.yaml"
                if is_there(file) and (kind or (folder != self._shipped and not _is_other(file, kinds))):
                    return file, kind
        return None

    def _named(self, name: str, kinds: tuple[str, ...]) -> tuple[Path, str] | None:
        """The file of a name, as it is written or as an identifier."""
        wanted = name.strip().casefold()
        as_written = self._file(wanted, kinds) if _IDENTIFIER.fullmatch(wanted) else None
        return as_written or self._file(slug(name)[:_LONGEST_NAME], kinds)

    def shown(self, file: Path) -> str:
        """The name of a file in results and errors: the same for an installed package and a checkout."""
        shipped = file.is_relative_to(self._shipped)
        return f"assumptions/{file.relative_to(self._shipped).as_posix()}" if shipped else str(file)

    def interventions(self) -> list[str]:
        """Names of all interventions, the user's and the shipped."""
        return sorted({file.stem for file, kind in self._files(_INTERVENTIONS) if kind or _says(file, "id")})

    def intervention(self, name: str) -> Text:
        """The text of one intervention.

        Raises
        ------
        NotFoundError
            If none has that name; it offers the nearest.
        DocumentError
            If its file cannot be used.
        """
        found = self._named(name, _INTERVENTIONS)
        if found is None:
            hint = f"{instead(name, self.interventions())}; the path of a study ends in .yaml"
            raise NotFoundError(f"there is no intervention {shown(name)}", hint)
        file = found[0]
        if file not in self._interventions:
            self._interventions[file] = read_file(file, f"intervention {file.stem}", self.shown(file))
        return self._interventions[file]

    def template(self, name: str) -> Text:
        """The text of one intervention, checked as what it is by itself: a study whose gaps a place fills.

        Raises
        ------
        NotFoundError
            If none has that name; it offers the nearest.
        DocumentError
            If its file cannot be used, with all that is wrong with it.
        """
        text = self.intervention(name)
        validated(Intervention, text)
        return text

    def place(self, name: str) -> Place:
        """The pack of one place or nation, named by identifier, name or GSS code.

        Raises
        ------
        NotFoundError
            If none has that name; it offers the nearest.
        DocumentError
            If its file cannot be used.
        """
        found = self._named(name, _PACKS)
        if found is not None:
            return self._read(*found)
        known = authority(name)
        wanted = name.strip().casefold()
        for place in self._usable(shipped=known is None):
            if wanted in ((place.pack.gss or place.name).casefold(), place.pack.title.casefold()):
                return place
        if known is None:
            hint = instead_of_place(name, self.pack_names())
            raise NotFoundError(f"there is no place or pack {shown(name)}", hint)
        own = self._file(known.identifier, _PACKS)
        return self._read(*own) if own is not None else self._from_the_table(known)

    def _from_the_table(self, found: Authority) -> Place:
        """The pack of a place that has no file of its own, made of its row of the reference table."""
        if found.identifier not in self._places:
            text = found.pack_text()
            self._places[found.identifier] = Place(validated(AssumptionPack, text), text, nation=False)
        return self._places[found.identifier]

    def _read(self, file: Path, kind: str) -> Place:
        if file.stem not in self._places:
            text = with_figures(read_file(file, f"pack {file.stem}", self.shown(file)))
            pack = validated(AssumptionPack, text)
            if pack.pack != file.stem:
                message = f"the pack calls itself {pack.pack} and its file {file.name}"
                hint = f"write pack: {file.stem}, or rename the file"
                raise DocumentError(text.problem(["pack"], message, hint))
            self._places[file.stem] = Place(pack, text, nation=kind == "national")
        return self._places[file.stem]

    def places(self) -> list[Place]:
        """Every pack, nations and places, in the order of their names."""
        return [self._read(*found) for found in self.pack_files()]

    def pack_files(self) -> list[tuple[Path, str]]:
        """The file of every pack, each name once, and the folder's kind it stands in."""
        files: dict[str, tuple[Path, str]] = {}
        for file, kind in self._files(_PACKS):
            if kind or _says(file, "pack"):
                files.setdefault(file.stem, (file, kind))
        return [files[name] for name in sorted(files)]

    def pack_names(self) -> set[str]:
        """Names of the packs that have a file."""
        return {file.stem for file, _ in self._files(_PACKS)}

    def _usable(self, *, shipped: bool) -> Iterator[Place]:
        """The user's packs, and the shipped ones where asked for; one that cannot be read is passed over."""
        for file, kind in self.pack_files():
            if shipped or not file.is_relative_to(self._shipped):
                with suppress(DocumentError):
                    yield self._read(file, kind)

    def chain(self, name: str) -> list[Place]:
        """The packs that a place rests on, from the outermost to its own.

        Raises
        ------
        DocumentError
            If a pack extends one that does not exist, or itself through others.
        """
        chain = [self.place(name)]
        while True:
            text, parent = chain[0].text, chain[0].pack.extends
            if chain[0].pack.builds_on:
                if parent is not None:
                    message = "extends and builds_on are both given"
                    hint = "write one of them: the packs by name, or written out"
                    raise DocumentError(text.problem(["extends"], message, hint))
                return [*self._written_out(chain[0]), *chain]
            if parent is None:
                return chain
            around = [place.name for place in chain]
            if parent in around:
                circle = " → ".join([*around[around.index(parent) :: -1], parent])
                message = f"the packs extend each other in a circle: {circle}"
                raise DocumentError(text.problem(["extends"], message, "extend a pack nearer the nation"))
            found = self._file(parent, _PACKS)
            if found is None:
                hint = instead(parent, self.pack_names())
                raise DocumentError(text.problem(["extends"], f"there is no pack {shown(parent)}", hint))
            chain.insert(0, self._read(*found))

    def _written_out(self, place: Place) -> list[Place]:
        """The packs that a place's own holds in full, in place of the name of the one that it extends."""
        if place.name not in self._below:
            texts = packs_below(place.text)
            self._below[place.name] = [
                Place(validated(AssumptionPack, text), text, nation=True) for text in texts
            ]
        return self._below[place.name]


def _is_other(file: Path, kinds: tuple[str, ...]) -> bool:
    """Whether a file in a user's flat folder is a study where a pack is wanted, or the other way round."""
    own, other = ("pack", "id") if kinds is _PACKS else ("id", "pack")
    return _says(file, other) and not _says(file, own)


def _says(file: Path, key: str) -> bool:
    """Whether a file in a user's flat folder has a top-level key, judged by its text."""
    try:
        text = beginning_of(file, MOST_BYTES, give="").decode(errors="replace")
    except DocumentError:
        return key == "pack"  # so that the list of packs says why it cannot be read
    return re.search(rf'^{key}\s*:|(?:^|[{{,])[ \t]*"{key}"\s*:', text, re.MULTILINE) is not None
