"""From the rows of a map to the sections of a study, and the cell that each part of it came from."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, get_args

from sroi.model import Outcome
from sroi.value_map import cells
from sroi.value_map.columns import (
    BY_KEY,
    INPUT_KINDS,
    INPUT_KINDS_BY_TITLE,
    NOT_ASSESSED,
    NOT_PRICED,
    OUTCOME_NUMBERS,
    OUTCOME_TEXTS,
    SHARES,
)
from sroi.value_map.entries import estimate, identifier, joined, named_sources, starting, texts
from sroi.value_map.layout import Figure, columns_of_percentages, total_label, totals

if TYPE_CHECKING:
    from sroi.value_map.headings import Headings
    from sroi.value_map.sheet import Cell

_AFTER = "taken as after the period of activity, the cautious reading"
KINDS = get_args(Outcome.model_fields["kind"].annotation)


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
    """

    stakeholders: dict[str, Any] = field(default_factory=dict)
    inputs: dict[str, Any] = field(default_factory=dict)
    outcomes: dict[str, Any] = field(default_factory=dict)
    sources: dict[str, Any] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    figures: list[Figure] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    unread: list[tuple[str, str]] = field(default_factory=list)


def read_rows(headings: Headings) -> Rows:
    """What the rows of a map say; see :class:`Rows`."""
    return _Reader(headings).read()


class _Reader:
    def __init__(self, headings: Headings) -> None:
        self.headings = headings
        self.found = Rows()
        self.stakeholder = ""
        rows = range(headings.last + 1, headings.sheet.rows + 1)
        self.body = [row for row in rows if total_label(headings, row) is None]
        self.percents = columns_of_percentages(headings, self.body, SHARES)

    def read(self) -> Rows:
        found, of_the_map = self.found, set()
        for row in self.body:
            outcome = self.text(row, "outcome")
            counted = bool(self.text(row, "quantity") or self.text(row, "value"))
            title = self.text(row, "outcome", merged=True) if counted else outcome
            given = self.text(row, "input")
            if not (title or given or self.text(row, "stakeholder") or self.is_worth_something(row)):
                self.leave(row)
                continue
            of_the_map.add(row)
            self.read_stakeholder(row)
            if given or self.is_worth_something(row):
                self.read_input(row, given)
            if title:
                self.read_outcome(row, title)
            elif counted:
                self.leave(row)
        found.sources = named_sources((*found.inputs.values(), *found.outcomes.values()))
        self.note_missing_columns()
        found.figures += totals(self.headings, of_the_map)
        return found

    def text(self, row: int, key: str, *, merged: bool = False) -> str:
        cell = self.headings.cell(row, key, merged=merged)
        return cell.text if cell is not None else ""

    def note(self, words: str, *cells: Cell | None) -> None:
        """A note on the first of some cells that is there."""
        ref = next((cell.ref for cell in cells if cell is not None), "")
        self.found.notes.append(f"{ref}: {words}")

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
        reading, words = cell.reading, cell.text
        if reading is None:
            if words.casefold() in NOT_ASSESSED | NOT_PRICED:
                return None, ""
            self.note(f"“{words}” is not a number under {BY_KEY[key].title}; taken as not assessed", cell)
            return None, "" if words.startswith("#") else words
        value = reading.value
        if key not in self.percents or reading.percent:
            return value, ""
        if 0 < abs(value) < 1:
            either = f"{value:g} is among percentages above 1 and can be {value:g}% or {value:.0%}"
            self.note(f"{either}; taken as not assessed", cell)
            return None, words
        return value / 100, ""

    def estimate(self, row: int, key: str, path: str) -> Any:
        """A number with the source and the rationale beside it; the number alone where there is neither."""
        value, words = self.number(row, key, path)
        about = BY_KEY[key].about or key
        reason = joined((self.text(row, f"{about}_reason"), words))
        return estimate(value, self.text(row, f"{about}_source"), reason)

    def is_worth_something(self, row: int) -> bool:
        """Whether a row says what an input is worth, other than zero."""
        cell = self.headings.cell(row, "input_value")
        reading = cell.reading if cell is not None else None
        return reading is not None and reading.value != 0

    def leave(self, row: int) -> None:
        """A row that belongs to nothing is listed, unless it holds only zeros."""
        for _, cell in self.headings.sheet.row(row):
            if cell.is_text or (cell.reading is not None and cell.reading.value != 0):
                self.found.unread.append((cell.ref, cell.text))
                return

    def read_stakeholder(self, row: int) -> None:
        title, written = self.text(row, "stakeholder"), self.text(row, "stakeholder_id")
        stakeholders = self.found.stakeholders
        if title or written:
            known = {entry["title"]: name for name, entry in stakeholders.items()}
            name = written or known.get(title) or identifier(title, "stakeholder", stakeholders)
            if name not in stakeholders:
                stakeholders[name] = {"title": title or name}
                self.place(row, "stakeholder", f"stakeholders.{name}")
            self.stakeholder = name
        elif not self.stakeholder:
            message = "the first row of the map names no stakeholder"
            self.headings.sheet.refuse(message, "write who changes or gives in it", f"A{row}")
        entry = stakeholders[self.stakeholder]
        for key in ("size", "involved"):
            count, _ = self.number(row, key, f"stakeholders.{self.stakeholder}.{key}")
            if count is not None and entry.setdefault(key, count) != count:
                both = f"{count:g} beside {entry[key]:g} further up"
                self.note(f"{both} for the same stakeholder; the first is kept", self.headings.cell(row, key))

    def read_input(self, row: int, title: str) -> None:
        inputs = self.found.inputs
        title = title or f"Input of {self.found.stakeholders[self.stakeholder]['title']}"
        name = self.text(row, "input_id") or identifier(title, "input", inputs)
        title_cell = self.place(row, "input", f"inputs.{name}")
        value, words = self.number(row, "input_value", f"inputs.{name}.value")
        value_cell = self.headings.cell(row, "input_value")
        kind = INPUT_KINDS.get(self.text(row, "input_kind").casefold())
        if kind is None:
            patterns = INPUT_KINDS_BY_TITLE.items()
            kind = next((kind for kind, pattern in patterns if re.search(pattern, title)), "cash")
            self.note(f"“{title}” is taken as {kind.replace('_', ' ')}", title_cell, value_cell)
        if value is None:
            self.note(f"“{title}” has no value; not assessed, which is not zero", value_cell, title_cell)
        inputs[name] = {
            "title": title,
            "stakeholder": self.stakeholder,
            "kind": kind,
            "value": value,
            **texts(self.text(row, "input_source"), joined((self.text(row, "input_reason"), words))),
        }

    def read_outcome(self, row: int, title: str) -> None:
        name = self.text(row, "outcome_id") or identifier(title, "outcome", self.found.outcomes)
        path = f"outcomes.{name}"
        self.place(row, "outcome", path)
        entry: dict[str, Any] = {"title": title, "stakeholder": self.stakeholder}
        for key in OUTCOME_TEXTS:
            if text := self.text(row, key, merged=True):
                entry[key] = text
        measured, _ = self.number(row, "n_measured", f"{path}.n_measured")
        if measured is not None:
            entry["n_measured"] = measured
        entry |= self.kind(row)
        ours = self.headings.cell(row, "contribution") and not self.headings.cell(row, "attribution")
        other = "attribution" if ours else "contribution"
        for key in OUTCOME_NUMBERS:
            if key != other:
                entry[key] = self.estimate(row, key, f"{path}.{key}")
        entry["starts"] = self.starts(row, path)
        if from_ := self.text(row, "drop_off_from").replace(" ", "_").casefold():
            entry["drop_off_from"] = from_
            self.place(row, "drop_off_from", f"{path}.drop_off_from")
        self.found.outcomes[name] = entry
        self.read_figures(row, name)

    def kind(self, row: int) -> dict[str, Any]:
        """What the value of an outcome is made of, and whether it has one."""
        said = self.text(row, "kind").casefold().partition(":")[0].strip()
        unpriced = {said, self.text(row, "value").casefold()} & NOT_PRICED
        if said and said not in (*KINDS, *NOT_PRICED):
            words = f"“{said}” is not one of {', '.join(KINDS)}; taken as resource"
            self.note(words, self.headings.cell(row, "kind"))
        return {**({"kind": said} if said in KINDS else {}), **({"priced": False} if unpriced else {})}

    def starts(self, row: int, path: str) -> Any:
        cell = self.place(row, "starts", f"{path}.starts")
        if cell is None:
            if "starts" in self.headings.columns:
                where = (self.headings.cell(row, key) for key in ("outcome", "quantity"))
                self.note(f"nothing says when the outcome starts; {_AFTER}", *where)
            return "after"
        first = cells.start(cell.value)
        if first is None:
            if cell.text.casefold() not in NOT_ASSESSED:
                self.note(f"“{cell.text}” is neither 1 (during) nor 2 (after); taken as not assessed", cell)
            return None
        return starting(first)

    def read_figures(self, row: int, outcome: str) -> None:
        printed = [(key, -1, self.headings.cell(row, key)) for key in ("impact", "present_value")]
        printed += [("by_year", year, cell) for year, cell in self.headings.of_years(row).items()]
        for of, year, cell in printed:
            if cell is None:
                continue
            if cell.reading is not None:
                self.found.figures.append(Figure(cell.ref, of, cell.reading, outcome, year))
            elif cell.text.startswith("#"):
                self.note(f"the sheet shows the error {cell.value}", cell)

    def note_missing_columns(self) -> None:
        notes, columns = self.found.notes, self.headings.columns
        if self.found.outcomes and "starts" not in columns:
            notes.append(f"the map has no column for the start of outcomes; all are {_AFTER}")
        if self.found.outcomes and "kind" not in columns:
            notes.append(
                "the map does not say what a value is made of; every outcome is taken as kind: resource"
            )
        notes += [
            f"the numbers under {BY_KEY[key].title} are read as percentages: 25 is 25%"
            for key in sorted(self.percents)
        ]
