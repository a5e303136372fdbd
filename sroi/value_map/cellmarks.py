"""Where the numbers of an imported study were written: in cells."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from sroi.provenance import Origin

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sroi.errors import Problem


@dataclass(frozen=True, slots=True)
class CellMarks:
    """What a study remembers of the sheet that it was read from: see :class:`sroi.provenance.Provenance`.

    Attributes
    ----------
    file, sheet : str
        The workbook and the sheet in it.
    places : mapping of str to str
        Cell of each part of the study, by its dotted path.
    sha256 : str
        Of the workbook.
    packs : mapping of str to str
        None were laid under it.
    """

    file: str
    sheet: str
    places: Mapping[str, str]
    sha256: str
    packs: Mapping[str, str] = field(default_factory=dict)

    def cell(self, path: str) -> str:
        """The cell of the part at a path, or of the nearest part around it; empty where no cell says it."""
        part = path.partition("[")[0]
        while part and part not in self.places:
            part = part.rpartition(".")[0]
        return f"{self.sheet}!{self.places[part]}" if part else ""

    def origin(self, path: str) -> Origin | None:
        """Where the value at a dotted path was written."""
        cell = self.cell(path)
        return Origin("value map", f"{self.file} {cell}".strip(), 0, 0, cell)

    def located(self, problems: Iterable[Problem]) -> list[Problem]:
        """The problems with their cells, each once."""
        placed = [
            replace(problem, file=f"{self.file} {self.cell(problem.path)}".strip(), line=0, column=0)
            for problem in problems
        ]
        return list(dict.fromkeys(placed))
