"""Files of a user's flat folder, where studies, interventions and packs stand side by side."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sroi.documents.reader import MOST_BYTES
from sroi.errors import DocumentError
from sroi.inputs import beginning_of

if TYPE_CHECKING:
    from pathlib import Path


def is_other(file: Path, *, pack: bool) -> bool:
    """Whether a file is a study where a pack is wanted, or the other way round."""
    own, other = ("pack", "id") if pack else ("id", "pack")
    return says(file, other) and not says(file, own)


def says(file: Path, key: str) -> bool:
    """Whether a file in a user's flat folder has a top-level key, judged by its text."""
    try:
        text = beginning_of(file, MOST_BYTES, give="").decode(errors="replace")
    except DocumentError:
        return key == "pack"  # so that the list of packs says why it cannot be read
    return re.search(rf'^{key}\s*:|(?:^|[{{,])[ \t]*"{key}"\s*:', text, re.MULTILINE) is not None
