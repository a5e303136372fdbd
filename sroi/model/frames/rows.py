"""Rows under headings, and where each cell of them stands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from sroi.errors import Problem
from sroi.model.frames.columns import Column, columns_of, heading, instead_of
from sroi.provenance import Origin
from sroi.quantities import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sroi.model.sections import Section


class Place(NamedTuple):
    """Where a cell stands; the line and the column are 0 where the file's words say it."""

    file: str
    line: int
    column: int

    def problem(self, message: str, hint: str = "", path: str = "") -> Problem:
        """What is wrong here."""
        return Problem(message, hint, path, self.file, self.line, self.column)


@dataclass(frozen=True, slots=True)
class Rows:
    """A frame of one section, row by row.

    Attributes
    ----------
    name : str
        What it is called in errors.
    headings : sequence
        Of its columns.
    cells : sequence of sequences
        A sequence a row.
    place : callable
        Where the cell of a row and a column stands, both counted from 0; of the row -1, the heading.
    """

    name: str
    headings: Sequence[Any]
    cells: Sequence[Sequence[Any]]
    place: Callable[[int, int], Place]

    def columns(self, section: Section) -> tuple[list[Column | None], list[Problem]]:
        """What each column holds, and what is wrong with the headings."""
        known, found, problems = columns_of(section), [], []
        first: dict[Column, int] = {}
        for at, written in enumerate(self.headings):
            column = known.get(heading(written))
            found.append(column)
            if column is None and heading(written) == "" and all(self._empty(row, at) for row in self.cells):
                continue
            if column is None and heading(written) == "":
                hint = "write one, or empty its cells; in CSV, put what holds a comma in quotes"
                problems.append(self.place(-1, at).problem("the column has no heading", hint))
            elif column is None:
                message = f"the column {shown(str(written))} is not known here"
                problems.append(self.place(-1, at).problem(message, instead_of(str(written), section)))
            elif first.setdefault(column, at) != at:
                both = f"{shown(str(self.headings[first[column]]))} and {shown(str(written))}"
                problems.append(self.place(-1, at).problem(f"the columns {both} are one", "keep one of them"))
        return found, problems

    @staticmethod
    def _empty(row: Sequence[Any], at: int) -> bool:
        return at >= len(row) or row[at] in (None, "")


def in_order(name: str) -> Callable[[int, int], Place]:
    """The place of a cell of a frame: its row and column, both counted from 1; a heading has none."""
    return lambda row, column: Place(name, 0, 0) if row < 0 else Place(name, row + 1, column + 1)


@dataclass(frozen=True, eq=False)
class Cells:
    """What a study remembers of the frames that it was made of: see :class:`sroi.provenance.Provenance`.

    Attributes
    ----------
    places : mapping of str to Place
        The cell that each path came from.
    """

    places: Mapping[str, Place] = field(repr=False)
    packs: Mapping[str, str] = field(default_factory=dict)
    sha256: str = ""

    def place(self, path: str) -> Place | None:
        """The cell of a path, or of what stands around it."""
        while path and path not in self.places:
            path = path[: max(path.rfind("."), path.rfind("["), 0)]
        return self.places.get(path)

    def origin(self, path: str) -> Origin | None:
        """Where the value at a path was written."""
        place = self.place(path)
        return None if place is None else Origin("study", *place)

    def located(self, problems: Iterable[Problem]) -> list[Problem]:
        """The problems at the cells that they come from, as far as they come from any."""
        return [
            problem
            if (place := self.place(problem.path)) is None
            else replace(problem, file=place.file, line=place.line, column=place.column)
            for problem in problems
        ]
