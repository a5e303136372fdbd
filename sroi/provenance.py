"""Where a value stands in a document, and where it was written: its layer, its file, its position there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sroi.errors import Problem

_PART = re.compile(r"([^.\[\]]+)|\[(\d{1,9})\]")


def parts_of(path: str) -> list[str | int]:
    """The keys and positions of a dotted path: ``inputs.grant.value[1]`` is inputs, grant, value, 1."""
    return [key or int(position) for key, position in _PART.findall(path)]


def dotted(parts: Sequence[str | int]) -> str:
    """The dotted path of keys and positions."""
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in parts).lstrip(".")


class Origin(NamedTuple):
    """Where one value was written; ``cell`` is the end of ``file`` where that is a cell of a workbook."""

    layer: str
    file: str
    line: int
    column: int
    cell: str = ""

    @property
    def document(self) -> str:
        """The file alone, without the cell."""
        return self.file.removesuffix(f" {self.cell}") if self.cell else self.file


class Provenance(Protocol):
    """What the text of a document remembers of itself after it has become a model."""

    @property
    def packs(self) -> Mapping[str, str]:
        """SHA-256 of each pack that was laid under the study, by name."""

    @property
    def sha256(self) -> str:
        """SHA-256 of the study's own text; empty for a study that was made in Python and then changed."""

    def origin(self, path: str) -> Origin | None:
        """Where the value at a dotted path was written, or the nearest value around it."""

    def located(self, problems: Iterable[Problem]) -> list[Problem]:
        """The problems with file, line and column, in the order of the text."""
