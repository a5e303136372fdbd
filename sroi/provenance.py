"""Where a value was written: the layer, the file and the position in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sroi.errors import Problem


class Origin(NamedTuple):
    """Where one value was written."""

    layer: str
    file: str
    line: int
    column: int


class Provenance(Protocol):
    """What the text of a document remembers of itself after it has become a model."""

    @property
    def packs(self) -> Mapping[str, str]:
        """SHA-256 of each pack that was laid under the study, by name."""

    @property
    def sha256(self) -> str:
        """SHA-256 of the study's own text."""

    def origin(self, path: str) -> Origin | None:
        """Where the value at a dotted path was written, or else the nearest value around it."""

    def located(self, problems: Iterable[Problem]) -> list[Problem]:
        """The problems with file, line and column, in the order of the text."""
