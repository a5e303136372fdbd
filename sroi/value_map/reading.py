"""From the rows of a map to a study: a plain document in the file format, and the cell that each part of it came from."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sroi.value_map import cells
from sroi.value_map.columns import BY_KEY
from sroi.value_map.layout import Figure, as_text, share_columns, total_label, totals
from sroi.value_map.names import identifier, named_sources

if TYPE_CHECKING:
    from sroi.value_map.headings import Headings
    from sroi.value_map.workbook import Cell, Sheet

SHARES = ("deadweight", "displacement", "attribution", "contribution", "drop_off")
_VOLUNTEERS = re.compile(r"volunt|\btime\b|\bhours?\b", re.IGNORECASE)
_IN_KIND = re.compile(r"in.kind|donat|premises|venue|free use", re.IGNORECASE)
_INPUT_KINDS = {
    "cash": "cash",
    "in kind": "in_kind",
    "in_kind": "in_kind",
    "volunteer_time": "volunteer_time",
    "concession": "concession",
}
_INPUT_KINDS |= {
    "volunteer time": "volunteer_time",
    "time": "volunteer_time",
    "money": "cash",
    "funding": "cash",
}
_KINDS = ("wellbeing", "resource", "transfer", "tax")


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


class _Reader:
    def __init__(self, sheet: Sheet, headings: Headings) -> None:
        self.sheet = sheet
        self.columns = {key: heading.column for key, heading in headings.columns.items()}
        self.headings = headings
        self.found = Rows()
        self.of_the_map: set[int] = set()
        self.stakeholder = ""
        self.body = [
            row
            for row in range(headings.last + 1, sheet.rows + 1)
            if total_label(sheet, headings, row) is None
        ]
        self.percents = share_columns(sheet, headings, self.body, SHARES)

    # ── One cell
    # ─────────────────────────────────────────────────────────────────────────────────────────────────

    def cell(self, row: int, key: str) -> Cell | None:
        return self.sheet.at(row, self.columns[key]) if key in self.columns else None

    def text(self, row: int, key: str) -> str:
        cell = self.cell(row, key)
        return as_text(cell.value) if cell is not None else ""

    def number(self, row: int, key: str, path: str) -> tuple[float | None, str]:
        """The number in a cell, and its words where they are not one."""
        cell = self.cell(row, key)
        if cell is None:
            return None, ""
        self.found.places[path] = cell.ref
        reading = cells.read(cell.value, cell.shown_as)
        if reading is None:
            words = as_text(cell.value)
            if words.casefold() not in cells.NOT_ASSESSED | cells.NOT_PRICED:
                self.found.notes.append(
                    f"{cell.ref}: “{words}” is not a number under {BY_KEY[key].title}; taken as not assessed"
                )
            return None, "" if words.casefold() in cells.NOT_ASSESSED or words.startswith("#") else words
        value = reading.value
        if key in SHARES and not reading.percent and key in self.percents:
            if 0 < abs(value) < 1:
                self.found.notes.append(
                    f"{cell.ref}: {value:g} stands among percentages above 1 and can be {value:g}% or {value:.0%}; taken as not assessed"
                )
                return None, as_text(cell.value)
            value /= 100
        return value, ""

    def estimate(self, row: int, key: str, path: str, of: str = "") -> Any:
        """A number with the source and the reason that stand beside it; None where there is neither."""
        value, words = self.number(row, key, path)
        source, reason = self.text(row, f"{of or key}_source"), self.text(row, f"{of or key}_reason")
        reason = "; ".join(part for part in (reason, words) if part)
        if not source and not reason:
            return value
        return {
            "value": value,
            **({"source": source} if source else {}),
            **({"rationale": reason} if reason else {}),
        }

    # ── Rows
    # ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def read(self) -> Rows:
        for row in self.body:
            said = {
                key: self.text(row, key)
                for key in ("stakeholder", "input", "input_value", "outcome", "output", "quantity", "value")
            }
            title = self.merged_text(row, "outcome")
            is_outcome = bool(said["outcome"] or (title and (said["quantity"] or said["value"])))
            is_input = bool(said["input"]) or (
                bool(said["input_value"]) and self.has_more_than_nothing(row, "input_value")
            )
            if not (is_outcome or is_input or said["stakeholder"]):
                self.leave(row)
                continue
            self.of_the_map.add(row)
            self.who(row, said["stakeholder"])
            if is_input:
                self.input(row, said["input"])
            if is_outcome:
                self.outcome(row, title or said["outcome"])
            elif said["quantity"] or said["value"]:
                self.leave(row)
        self.found.sources = named_sources((*self.found.inputs.values(), *self.found.outcomes.values()))
        self.say_what_has_no_column()
        self.found.figures += totals(self.sheet, self.headings, self.of_the_map)
        return self.found

    def merged_text(self, row: int, key: str) -> str:
        cell = self.sheet.over(row, self.columns[key]) if key in self.columns else None
        return as_text(cell.value) if cell is not None else ""

    def has_more_than_nothing(self, row: int, key: str) -> bool:
        cell = self.cell(row, key)
        reading = cells.read(cell.value, cell.shown_as) if cell is not None else None
        return reading is not None and reading.value != 0

    def leave(self, row: int) -> None:
        """A row that belongs to nothing is told of, unless it holds only noughts."""
        held = [
            cell
            for column in range(1, self.sheet.columns + 1)
            if (cell := self.sheet.at(row, column)) is not None
        ]
        words = [
            cell
            for cell in held
            if isinstance(cell.value, str) or (cells.read(cell.value) or cells.Reading(0, 1)).value != 0
        ]
        if words:
            self.found.unread.append((words[0].ref, as_text(words[0].value)))

    def who(self, row: int, title: str) -> None:
        written = self.text(row, "stakeholder_id")
        if title or written:
            known = {entry["title"]: name for name, entry in self.found.stakeholders.items()}
            name = written or known.get(title) or identifier(title, "stakeholder", self.found.stakeholders)
            if name not in self.found.stakeholders:
                self.found.stakeholders[name] = {"title": title or name}
                self.place(row, "stakeholder", f"stakeholders.{name}")
            self.stakeholder = name
        elif not self.stakeholder:
            self.sheet.refuse(
                "the first row of the map names no stakeholder", "write who changes or gives in it", f"A{row}"
            )
        entry = self.found.stakeholders[self.stakeholder]
        for key in ("size", "involved"):
            count, _ = self.number(row, key, f"stakeholders.{self.stakeholder}.{key}")
            if count is not None and entry.get(key, count) != count:
                self.found.notes.append(
                    f"{self.ref(row, key)}: {count:g} beside {entry[key]:g} further up for the same stakeholder; the first is kept"
                )
            elif count is not None:
                entry[key] = count

    def ref(self, row: int, key: str) -> str:
        cell = self.cell(row, key)
        return cell.ref if cell is not None else ""

    def place(self, row: int, key: str, path: str) -> None:
        cell = self.cell(row, key)
        if cell is not None:
            self.found.places[path] = cell.ref

    def input(self, row: int, title: str) -> None:
        title = title or f"Input of {self.found.stakeholders[self.stakeholder]['title']}"
        name = self.text(row, "input_id") or identifier(title, "input", self.found.inputs)
        path = f"inputs.{name}"
        self.place(row, "input", path)
        value, words = self.number(row, "input_value", f"{path}.value")
        said = self.text(row, "input_kind")
        kind = _INPUT_KINDS.get(said.casefold())
        if kind is None:
            kind = (
                "volunteer_time"
                if _VOLUNTEERS.search(title)
                else "in_kind"
                if _IN_KIND.search(title)
                else "cash"
            )
            where = self.ref(row, "input") or self.ref(row, "input_value")
            self.found.notes.append(f"{where}: “{title}” is taken as {kind.replace('_', ' ')}")
        if value is None:
            where = self.ref(row, "input_value") or self.ref(row, "input")
            self.found.notes.append(f"{where}: “{title}” has no value; not assessed, which is not nought")
        entry = {"title": title, "stakeholder": self.stakeholder, "kind": kind, "value": value}
        source, reason = (
            self.text(row, "input_source"),
            "; ".join(part for part in (self.text(row, "input_reason"), words) if part),
        )
        self.found.inputs[name] = (
            entry | ({"source": source} if source else {}) | ({"rationale": reason} if reason else {})
        )

    def outcome(self, row: int, title: str) -> None:
        name = self.text(row, "outcome_id") or identifier(title, "outcome", self.found.outcomes)
        path = f"outcomes.{name}"
        self.place(row, "outcome", path)
        entry: dict[str, Any] = {"title": title, "stakeholder": self.stakeholder}
        for key in ("activity", "output", "indicator", "unit"):
            text = self.merged_text(row, key)
            if text:
                entry[key] = text
        measured, _ = self.number(row, "n_measured", f"{path}.n_measured")
        if measured is not None:
            entry["n_measured"] = measured
        said = self.text(row, "kind").casefold().partition(":")[0].strip()
        if said in _KINDS:
            entry["kind"] = said
        elif said in cells.NOT_PRICED:
            entry["priced"] = False
        elif said:
            self.found.notes.append(
                f"{self.ref(row, 'kind')}: “{said}” is not one of {', '.join(_KINDS)}; taken as resource"
            )
        if self.text(row, "value").casefold() in cells.NOT_PRICED:
            entry["priced"] = False
        for key in ("quantity", "value", "duration", "deadweight", "displacement", "drop_off"):
            entry[key] = self.estimate(row, key, f"{path}.{key}")
        if isinstance(entry["value"], dict) and entry.get("priced") is False:
            entry["value"].pop("rationale", None)
            reason = self.text(row, "value_reason")
            entry["value"] |= {"rationale": reason} if reason else {}
            entry["value"] = entry["value"] if len(entry["value"]) > 1 else None
        ours = self.cell(row, "contribution") is not None and self.cell(row, "attribution") is None
        key = "contribution" if ours else "attribution"
        entry[key] = self.estimate(row, key, f"{path}.{key}", "attribution")
        entry["starts"] = self.starts(row, path)
        from_ = self.text(row, "drop_off_from").replace(" ", "_").casefold()
        if from_:
            entry["drop_off_from"] = from_
            self.place(row, "drop_off_from", f"{path}.drop_off_from")
        self.found.outcomes[name] = entry
        self.figures(row, name)

    def starts(self, row: int, path: str) -> Any:
        cell = self.cell(row, "starts")
        if cell is None:
            if "starts" in self.columns:
                where = self.ref(row, "outcome") or self.ref(row, "quantity")
                self.found.notes.append(
                    f"{where}: nothing says when the outcome starts; taken as after the period of activity, the cautious reading"
                )
            return "after"
        self.found.places[f"{path}.starts"] = cell.ref
        first = cells.start(cell.value)
        if first is None:
            if str(cell.value).casefold() != "not assessed":
                self.found.notes.append(
                    f"{cell.ref}: “{as_text(cell.value)}” is neither 1 (during) nor 2 (after); taken as not assessed"
                )
            return None
        return {0: "during", 1: "after"}.get(first, {"years_later": first})

    def figures(self, row: int, outcome: str) -> None:
        wanted = [
            ("impact", -1, self.columns.get("impact")),
            ("present_value", -1, self.columns.get("present_value")),
        ]
        wanted += [("by_year", year, heading.column) for year, heading in self.headings.years.items()]
        for of, year, column in wanted:
            cell = self.sheet.at(row, column) if column is not None else None
            reading = cells.read(cell.value, cell.shown_as) if cell is not None else None
            if cell is not None and reading is not None:
                self.found.figures.append(Figure(cell.ref, of, reading, outcome, year))
            elif cell is not None and str(cell.value).startswith("#"):
                self.found.notes.append(f"{cell.ref}: the sheet shows the error {cell.value}")

    # ── The whole
    # ────────────────────────────────────────────────────────────────────────────────────────────────

    def say_what_has_no_column(self) -> None:
        if self.found.outcomes and "starts" not in self.columns:
            self.found.notes.append(
                "the map has no column for the start of outcomes; all are taken as after the period of activity, the cautious reading"
            )
        if self.found.outcomes and "kind" not in self.columns:
            self.found.notes.append(
                "the map does not say what a value is made of; every outcome is taken as kind: resource"
            )
        for key in sorted(self.percents):
            self.found.notes.append(
                f"the numbers under {BY_KEY[key].title} are read as percentages: 25 is 25%"
            )


def read_rows(sheet: Sheet, headings: Headings) -> Rows:
    """What the rows of a map say; see :class:`Rows`."""
    return _Reader(sheet, headings).read()
