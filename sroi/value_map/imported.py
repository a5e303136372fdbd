"""What an imported map gives: the study, what was read and how, and the cells that disagree."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sroi import formatting
from sroi.documents import dumps
from sroi.quantities import shown
from sroi.results.base import Record, Result
from sroi.tables import Table
from sroi.text import one_line

if TYPE_CHECKING:
    from sroi.errors import Problem
    from sroi.model import Study
    from sroi.results import Evaluation


@dataclass(frozen=True, slots=True)
class Disagreement(Record):
    """A cell of the map whose figure is not what its own numbers give.

    Attributes
    ----------
    cell : str
        Sheet and cell.
    what : str
        What the figure is, in words.
    printed, ours : float
        The map's figure, and the engine's from the numbers of the map, unrounded.
    cause : str
        What would explain it; empty where nothing that was tried does.
    places : int
        Decimals that the map prints.
    """

    cell: str
    what: str
    printed: float
    ours: float
    cause: str
    places: int

    @property
    def shown(self) -> tuple[str, str, str]:
        """The map's figure, ours and their difference, to as many printed digits as the difference needs."""
        needed = max(2, 1 - math.floor(math.log10(abs(self.difference)))) if self.difference else self.places
        figures = (self.printed, self.ours, self.difference)
        printed, ours, difference = (formatting.decimals(each, min(self.places, needed)) for each in figures)
        return printed, ours, difference

    @property
    def difference(self) -> float:
        """The map's figure less ours."""
        return self.printed - self.ours

    def to_dict(self) -> dict[str, Any]:
        """The disagreement as plain values."""
        return {
            "cell": self.cell,
            "what": self.what,
            "map": self.printed,
            "ours": self.ours,
            "difference": self.difference,
            "likely_cause": self.cause,
        }


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class ImportedMap(Result):
    """A Value Map as a study, with its figures calculated again.

    Attributes
    ----------
    study : Study
        What the map says, in the file format.
    evaluation : Evaluation or None
        Its result; None where something is not assessed.
    file, sheet : str
        Where it was read.
    columns : tuple of (letter, heading, title)
        How each column was read.
    unread_columns, unread_rows : tuple of (letter or cell, text)
        What was not read.
    unread_cells : tuple of (cell, why)
        Cells of the map whose number was not read, and what to write instead.
    notes : tuple of str
        Choices that were made in reading, each with its cell.
    compared, not_compared : int
        How many figures of the map were calculated again, and how many could not be.
    disagreements : tuple of Disagreement
        The cells that disagree, beyond the digits that they print.
    missing : tuple of Problem
        What is not assessed, so that there is no result.
    """

    study: Study
    evaluation: Evaluation | None
    file: str
    sheet: str
    columns: tuple[tuple[str, str, str], ...]
    unread_columns: tuple[tuple[str, str], ...]
    unread_rows: tuple[tuple[str, str], ...]
    unread_cells: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]
    compared: int
    not_compared: int
    disagreements: tuple[Disagreement, ...]
    missing: tuple[Problem, ...]

    @property
    def text(self) -> str:
        """The study as YAML, with what was decided in reading as comments above it."""
        unread = [f"{cell}: not read: {why}" for cell, why in (*self.unread_rows, *self.unread_cells)]
        lines = [f"Read from {self.file}, sheet {self.sheet}.", *self.notes, *unread]
        return "".join(f"# {one_line(line)}\n" for line in lines) + dumps(self.study)

    @property
    def statement(self) -> str:
        """How far the map agrees with its own numbers, in a sentence."""
        if not self.compared:
            return f"No figure of the map could be calculated again.{self._not_read}"
        wrong = len(self.disagreements)
        verdict = "all of them agree" if not wrong else f"{wrong} {'disagrees' if wrong == 1 else 'disagree'}"
        left = f"; {self.not_compared} could not be" if self.not_compared else ""
        figures = "figure" if self.compared == 1 else "figures"
        return f"{self.compared} {figures} of the map calculated again: {verdict}{left}.{self._not_read}"

    @property
    def _not_read(self) -> str:
        counts = {
            "column": len(self.unread_columns),
            "row": len(self.unread_rows),
            "cell": len(self.unread_cells),
        }
        several = [f"{count} {what}{'s' * (count != 1)}" for what, count in counts.items() if count]
        return f" Not read: {', '.join(several)}." if several else ""

    @property
    def tables(self) -> tuple[Table, ...]:
        """How the map was read, what was not, and the cells that disagree."""
        columns = tuple((letter, shown(heading, 50), title) for letter, heading, title in self.columns)
        tables = [Table(f"Columns of {self.sheet}", ("Column", "Heading", "Read as"), columns)]
        unread = (*self.unread_columns, *self.unread_rows, *self.unread_cells)
        if unread:
            tables.append(Table("Not read", ("Where", "Text"), unread))
        if self.notes:
            tables.append(Table("How it was read", ("Note",), tuple((note,) for note in self.notes)))
        if self.disagreements:
            rows = tuple((each.cell, each.what, *each.shown, each.cause) for each in self.disagreements)
            headings = ("Cell", "What it is", ">Map", ">Ours", ">Difference", "Likely cause")
            tables.append(Table("Cells that disagree", headings, rows))
        return tuple(tables)

    def _plain(self) -> dict[str, Any]:
        """The import as plain values that JSON can hold."""
        return {
            "study": self.study.id,
            "file": self.file,
            "sheet": self.sheet,
            "columns": [
                {"column": letter, "heading": text, "read_as": title} for letter, text, title in self.columns
            ],
            "unread_columns": [{"column": letter, "heading": text} for letter, text in self.unread_columns],
            "unread_rows": [{"cell": cell, "text": text} for cell, text in self.unread_rows],
            "unread_cells": [{"cell": cell, "why": why} for cell, why in self.unread_cells],
            "notes": list(self.notes),
            "compared": self.compared,
            "not_compared": self.not_compared,
            "disagreements": [each.to_dict() for each in self.disagreements],
            "not_assessed": [problem.path for problem in self.missing],
            "statement": self.statement,
        }

    def _rows(self) -> dict[str, list[dict[str, Any]]]:
        whole = self._plain()
        names = ("disagreements", "columns", "unread_columns", "unread_rows", "unread_cells")
        return {name: whole[name] for name in names}

    def _line(self) -> str:
        return f"{self.study.id}: {len(self.study.outcomes)} outcomes; {self.statement}"
