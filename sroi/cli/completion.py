"""What a shell may complete: names and files, found without reading a study."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

STUDY_ENDINGS = (".yaml", ".yml", ".json")


def _beginning(names: Iterable[str], incomplete: str) -> list[str]:
    return sorted({name for name in names if name.startswith(incomplete)})


def interventions(incomplete: str) -> list[str]:
    """The shipped interventions that begin so."""
    from sroi.reference import assumptions_folder

    folder = assumptions_folder() / "interventions"
    return _beginning((file.stem for file in folder.glob("*.yaml")), incomplete)


def studies(incomplete: str) -> list[str]:
    """The interventions and the files of studies that begin so; folders, to go on in."""
    above, _, begun = incomplete.rpartition(os.sep)
    shown = f"{above}{os.sep}" if above or incomplete.startswith(os.sep) else ""
    found: list[str] = []
    there: list[Path] = []
    with suppress(OSError, ValueError):  # a folder that is none, or that nobody may look into
        there += Path(shown or ".").iterdir()
    for each in there:
        if each.name.startswith(begun) and (begun or not each.name.startswith(".")):
            if each.is_dir():
                found.append(f"{shown}{each.name}{os.sep}")
            elif each.suffix in STUDY_ENDINGS:
                found.append(f"{shown}{each.name}")
    return [*interventions(incomplete), *sorted(found)]


def places(incomplete: str) -> list[str]:
    """The places that begin so: the shipped packs, and every local authority."""
    from sroi.documents.authorities import authorities
    from sroi.reference import assumptions_folder

    packs = (
        file.stem
        for kind in ("boroughs", "national")
        for file in (assumptions_folder() / kind).glob("*.yaml")
    )
    return _beginning((*packs, *(each.identifier for each in authorities())), incomplete)


def methods(incomplete: str) -> list[str]:
    """The method profiles that begin so."""
    from sroi.method import PROFILES

    return _beginning(PROFILES, incomplete)


def places_and_studies(incomplete: str) -> list[str]:
    """The places, interventions and files of studies that begin so."""
    return [*studies(incomplete), *places(incomplete)]


def names(incomplete: str) -> list[str]:
    """The places and interventions that begin so."""
    return [*interventions(incomplete), *places(incomplete)]
