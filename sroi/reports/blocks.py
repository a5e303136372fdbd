"""What a printed report is made of."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeAlias

from sroi.tables import Table

MANY_COLUMNS = 8
"""Columns above which a table is set in small type."""


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading of a section, which the contents lead to."""

    text: str
    id: str
    together: bool = True


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of a style; ``together`` keeps it on the page of what comes next."""

    text: str
    style: str = "Normal"
    together: bool = False


@dataclass(frozen=True, slots=True)
class Caption:
    """The number of a figure or a table, its title, and what else is said of it in lighter type."""

    label: str
    number: int
    title: str
    rest: str = ""
    together: bool = False

    @property
    def text(self) -> str:
        """All that stands after the number."""
        return " ".join(part for part in (self.title, self.rest) if part)


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawn figure by its name, with a description for people who cannot see it."""

    name: str
    alt: str
    together: bool = True


@dataclass(frozen=True, slots=True)
class Grid:
    """A table, or some of its rows under its headings."""

    table: Table
    together: bool = False
    whole_table: Table | None = None

    @property
    def whole(self) -> Table:
        """The table with all its rows, whose columns every part of it has."""
        return self.whole_table or self.table

    @property
    def style(self) -> str:
        """The style of its cells."""
        return "TableSmall" if len(self.table.columns) > MANY_COLUMNS else "TableText"

    def part(self, start: int, end: int) -> Grid:
        """Some of its rows."""
        return Grid(replace(self.table, rows=self.table.rows[start:end]), self.together, self.whole)


Block: TypeAlias = Heading | Paragraph | Caption | Picture | Grid
