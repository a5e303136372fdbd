"""What the rows of a map say, and the numbers in them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from sroi.quantities import shown
from sroi.value_map.asked import unread_qualifiers
from sroi.value_map.cells import Reading
from sroi.value_map.columns import BY_KEY, NOT_ASSESSED, NOT_PRICED, SHARES
from sroi.value_map.entries import estimate, joined
from sroi.value_map.qualifiers import A_NOTE, A_YEAR, things_in

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sroi.price_years import Year
    from sroi.value_map.headings import Headings
    from sroi.value_map.layout import Figure
    from sroi.value_map.sheet import Cell

AFTER = "taken as after the period of activity, the cautious reading"
Shares = Literal["", "fractions", "percentages"]


@dataclass
class Rows:
    """What the rows of a map say.

    Attributes
    ----------
    stakeholders, inputs, outcomes, sources : dict
        Sections of a study as plain values.
    places : dict of str to str
        Cell of each part by its path.
    figures : list of Figure
        What the map has calculated.
    notes : list of str
        How cells were read that could be read in more than one way, each with its cell.
    unread : list of (cell, text)
        Rows that belong to nothing.
    unread_cells : list of (cell, why)
        Cells whose number was not read.
    loose : dict of str to str
        Columns without a heading that hold something in a row of the map, with what is first in them.
    """

    stakeholders: dict[str, Any] = field(default_factory=dict)
    inputs: dict[str, Any] = field(default_factory=dict)
    outcomes: dict[str, Any] = field(default_factory=dict)
    sources: dict[str, Any] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    figures: list[Figure] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    unread: list[tuple[str, str]] = field(default_factory=list)
    unread_cells: list[tuple[str, str]] = field(default_factory=list)
    loose: dict[str, str] = field(default_factory=dict)

    def note(self, words: str, *cells: Cell | None) -> None:
        """A note on the first of some cells that is there."""
        ref = next((cell.ref for cell in cells if cell is not None), "")
        self.notes.append(f"{ref}: {words}")


class Numbers:
    """The numbers in the rows of a map.

    Parameters
    ----------
    headings : Headings
        What the columns are.
    body : iterable of int
        The rows of the map.
    found : Rows
        Where the places of the numbers, and what is to be told of them, are kept.
    shares : str
        What a bare number is in a column of shares, where somebody has said it: 0.25 a quarter among
        ``fractions``, 25 among ``percentages``.
    """

    def __init__(self, headings: Headings, body: Iterable[int], found: Rows, shares: Shares) -> None:
        self.headings = headings
        self.found = found
        self.shares = shares
        self.asked = {key: headings.asked(key) for key in headings.columns}
        rows = list(body)
        bare = {key: [each for row in rows if (each := self._bare(row, key)) is not None] for key in SHARES}
        above_one = {key for key, values in bare.items() if any(abs(value) > 1 for value in values)}
        self.percents = set(SHARES) if shares == "percentages" else above_one
        self.mixed = bool(above_one)
        by_heading = {heading.text: self.asked[key] for key, heading in headings.columns.items()}
        for text, asked in by_heading.items():
            if asked.unknown:
                found.notes.append(f"{asked.unknown}; its numbers are not read")
            elif asked.refused:
                found.notes.append(f"{asked.refused}; its bare numbers are not read")
            else:
                units = [f"in {asked.unit}"] if asked.factor != 1 or asked.whole else []
                units += [f"in prices of {asked.price_year}"] if asked.price_year is not None else []
                things = things_in(text) if asked.key == "value" else ""
                units += [f"as amounts {things}"] if things else []
                units += (
                    ["as inputs of one year"] if asked.key == "input_value" and A_YEAR.search(text) else []
                )
                found.notes += [f"the numbers under “{text}” are read {unit}" for unit in units]
        for key, heading in headings.columns.items():
            asked = self.asked[key]
            told = [each for each in heading.qualifiers if len(each) > 1 and A_NOTE.fullmatch(each)]
            told += unread_qualifiers(heading.qualifiers, asked)
            for words in () if asked.unknown or asked.holds == "text" else told:
                found.notes.append(f"“{words}” in the heading of column {heading.letter} changes nothing")

    def _bare(self, row: int, key: str) -> float | None:
        cell = self.headings.cell(row, key)
        reading = cell.understood(self.asked[key]) if cell is not None else ""
        return reading.value if isinstance(reading, Reading) and not reading.percent else None

    def place(self, row: int, key: str, path: str) -> Cell | None:
        """The cell of a part of the study, remembered as its place."""
        cell = self.headings.cell(row, key)
        if cell is not None:
            self.found.places[path] = cell.ref
        return cell

    def number(self, row: int, key: str, path: str) -> tuple[float | None, str]:
        """The number in a cell, and its words where they are not one."""
        cell = self.place(row, key, path)
        if cell is None:
            return None, ""
        reading, words = cell.understood(self.asked[key]), cell.text
        if isinstance(reading, str):
            if words.casefold() in NOT_ASSESSED | NOT_PRICED:
                return None, ""
            why = reading or f"“{words}” is not a number under {BY_KEY[key].title}"
            self.leave(cell, why)
            return None, "" if words.startswith("#") else words
        value = bare = reading.value
        if key in SHARES and self.asked[key].refused and value != 0:
            self.leave(cell, self.asked[key].refused)
            return None, words
        if key in SHARES and not reading.percent and value != 0:
            share, why = self._share(value, key)
            if share is None:
                self.leave(cell, why)
                return None, words
            value = share
        if reading.said:
            self.found.note(reading.said, cell)
        if key in SHARES and bare == value == 1 and not reading.percent and self.shares != "fractions":
            self.found.note(f"a bare 1 under {BY_KEY[key].title} is read as 100%", cell)
        return value, ""

    def _share(self, value: float, key: str) -> tuple[float | None, str]:
        """A bare number as a share; None where it can be two, with why."""
        if self.shares == "fractions":
            return value, ""
        hint = "write it with a percent sign, or say shares: fractions or percentages in a mapping file"
        either = f"{value:g} can be {value:g}% or {100 * value:g}%"
        if key in self.percents:
            if self.shares or not 0 < abs(value) < 1:
                return value / 100, ""
            return None, f"{value:g} is among percentages above 1: {either}; {hint}"
        if self.asked[key].percent:
            return None, f"under a heading with a percent sign, {either}; {hint}"
        if self.mixed:
            return None, f"beside columns of percentages above 1, {either}; {hint}"
        return value, ""

    def leave(self, cell: Cell, why: str) -> None:
        """A cell whose number is not read."""
        self.found.unread_cells.append((cell.ref, why))
        self.found.note(f"{why}; taken as not assessed", cell)

    def text(self, row: int, key: str, *, merged: bool = False) -> str:
        """The words in a cell."""
        cell = self.headings.cell(row, key, merged=merged)
        return cell.text if cell is not None else ""

    def estimate(self, row: int, key: str, path: str) -> Any:
        """A number with the source and the rationale beside it; the number alone where there is neither."""
        value, words = self.number(row, key, path)
        about = BY_KEY[key].about or key
        reason = joined((self.text(row, f"{about}_reason"), words))
        source = self.text(row, f"{about}_source")
        return estimate(value, source, reason, price_year=self.asked_price_year(key))

    def asked_price_year(self, key: str) -> Year | None:
        """The year whose prices the heading of a column says that its money is in."""
        return self.asked[key].price_year if key in self.asked else None

    def note_loose_cells(self, row: int) -> None:
        """Cells of a row in columns that have no heading."""
        known = {each.column for each in (*self.headings.columns.values(), *self.headings.years.values())}
        known |= {each.column for each in self.headings.unread}
        for column, cell in self.headings.sheet.row(row):
            if column not in known and (cell.is_text or cell.value != 0):
                letter = cell.ref.rstrip("0123456789")
                self.found.loose.setdefault(letter, f"no heading; {cell.ref} holds “{shown(cell.text, 40)}”")

    def note_missing_columns(self) -> None:
        """What no column says of the outcomes, and how bare shares are read."""
        notes, columns = self.found.notes, self.headings.columns
        if self.found.outcomes and "starts" not in columns:
            notes.append(f"the map has no column for the start of outcomes; all are {AFTER}")
        if self.found.outcomes and "kind" not in columns:
            notes.append(
                "the map does not say what a value is made of; the kind of every outcome is not stated"
            )
        notes += [
            f"the numbers under {BY_KEY[key].title} are read as percentages: 25 is 25%"
            for key in sorted(self.percents)
        ]
