"""Licences of what the package depends on, as installed here."""

from __future__ import annotations

import re
import tomllib
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from docs.generate.markdown import table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

FAMILIES = ("AGPL", "LGPL", "GPL", "MPL", "EPL", "Apache", "BSD", "MIT", "ISC", "PSF", "Zlib", "Unlicense")
"""What a licence is told by, those that ask something of whoever passes the library on first."""

COPYLEFT = ("AGPL", "LGPL", "GPL", "MPL", "EPL")
_NEEDED_FOR = {"": "every calculation", "report": "reports and workbooks", "parquet": "draws as Parquet"}


def requirements() -> dict[str, list[Requirement]]:
    """What the package asks for: always, under an empty name, and for each extra that a user may want."""
    file = Path(__file__).parents[2] / "pyproject.toml"
    project = tomllib.loads(file.read_text(encoding="utf-8"))["project"]
    asked = {"": project["dependencies"], **project["optional-dependencies"]}
    return {name: [Requirement(each) for each in asked[name]] for name in _NEEDED_FOR}


def everything(wanted: Iterable[Requirement], seen: set[str]) -> Iterator[metadata.Distribution]:
    """What is required and what that requires, as far as it is installed, each once."""
    for each in wanted:
        name = canonicalize_name(each.name)
        if name in seen:
            continue
        seen.add(name)
        try:
            found = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            continue
        yield found
        below = [Requirement(line) for line in found.requires or ()]
        extras = each.extras or {""}
        yield from everything(
            [
                one
                for one in below
                if one.marker is None or any(one.marker.evaluate({"extra": extra}) for extra in extras)
            ],
            seen,
        )


def licence_of(found: metadata.Distribution) -> str:
    """The licence that a library states, in its own words."""
    about = found.metadata
    texts = [text for key in ("License-Expression", "License") for text in about.get_all(key) or ()]
    stated = [str(text).splitlines()[0] for text in texts if text]
    listed = [
        line.rpartition(" :: ")[2] for line in about.get_all("Classifier") or () if line.startswith("License")
    ]
    return next((each for each in (*stated, *listed) if family(each)), "not stated")


def family(licence: str) -> str:
    """The family of a licence; empty where it is none that is known."""
    return next((each for each in FAMILIES if re.search(rf"(?<![A-Z]){each}", licence)), "")


def licences(_: str) -> str:
    """Each library that is asked for, what it is needed for, and the family of its licence."""
    rows = []
    for extra, wanted in requirements().items():
        for each in sorted(wanted, key=lambda one: one.name.lower()):
            stated = licence_of(metadata.distribution(each.name))
            exact = stated if family(stated) in COPYLEFT else family(stated)
            rows.append((each.name, _NEEDED_FOR[extra], exact))
    return table(("Library", "Needed for", "Licence"), rows)
