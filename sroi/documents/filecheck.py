"""Whether one file can be used: a study, an intervention or a pack."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from sroi.documents.deflators import with_deflators
from sroi.documents.library import Library
from sroi.documents.loading import load
from sroi.documents.reader import read_file
from sroi.documents.validation import validated
from sroi.errors import DocumentError, SroiError
from sroi.model import AssumptionPack, Intervention

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable

    from sroi.documents.tree import Text
    from sroi.errors import Problem

Kind = Literal["study", "intervention", "pack"]


class Checked(NamedTuple):
    """One file: what it is, and all that is wrong with it; ``kind`` is None where it cannot be read."""

    file: str
    kind: Kind | None
    problems: tuple[Problem, ...]


def check_file(path: Path, packs: Iterable[str | os.PathLike[str]] = ()) -> Checked:
    """What a file is, and everything that keeps it from being used.

    A study is read with its place and intervention; an intervention alone; a pack with those that it builds
    on, among ``packs``, beside it, and what is shipped.
    """
    kind: Kind | None = None
    try:
        text = read_file(path, "file")
        if "pack" in text.root:
            kind = "pack"
            _check_pack(path, text, packs)
        elif path.resolve().parent.name == "interventions":
            kind = "intervention"
            validated(Intervention, text)
        else:
            kind = "study"
            load(path, packs=tuple(packs))
    except SroiError as error:
        return Checked(str(path), kind, error.problems)
    return Checked(str(path), kind, ())


def _check_pack(path: Path, text: Text, packs: Iterable[str | os.PathLike[str]]) -> None:
    pack = validated(AssumptionPack, with_deflators(text, path.parent))
    if pack.pack != path.stem:
        message = f"the pack calls itself {pack.pack} and its file {path.name}"
        raise DocumentError(text.problem(["pack"], message, f"write pack: {path.stem}, or rename the file"))
    folder = path.resolve().parent
    if folder.name in ("boroughs", "national"):
        folder = folder.parent
    if pack.extends is not None:
        try:
            Library((folder, *packs)).chain(pack.pack)
        except SroiError as error:
            problems = [
                each if each.line else text.problem(["extends"], each.message, each.hint)
                for each in error.problems
            ]
            raise DocumentError(problems) from None
