"""From the rows of a map to the sections of a study, and the cell that each part of it came from."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, get_args

from sroi.model import Outcome
from sroi.model.starts import starting
from sroi.value_map import cells
from sroi.value_map.cells import Reading
from sroi.value_map.columns import (
    INPUT_KINDS,
    INPUT_KINDS_BY_TITLE,
    NOT_ASSESSED,
    NOT_PRICED,
    OUTCOME_NUMBERS,
    OUTCOME_TEXTS,
)
from sroi.value_map.entries import estimate, identifier, joined, named_sources, texts
from sroi.value_map.layout import facts, is_labelled, read_figures, repeats_headings, summed, totals
from sroi.value_map.repeats import folded, repeats, said_by, without_repeats
from sroi.value_map.rows import AFTER, Numbers, Rows
from sroi.value_map.summing import line_of, named, sums
from sroi.value_map.titles import FIGURES

if TYPE_CHECKING:
    from sroi.value_map.headings import Headings
    from sroi.value_map.rows import Shares
    from sroi.value_map.sheet import Cell
    from sroi.value_map.summing import Key

_REMARK = re.compile(
    r"^(?:notes?|n\.?b|source|see|all|figures|assum\w*|\d|the|this|prepared|version)\b|^[*†#]|[:.;!?]$|: ",
    re.IGNORECASE,
)
_NOTE = re.compile(r"(?:notes?|n\.?b\.?|sources?)\s*(?:\d+)?\s*[:.–-]|\*", re.IGNORECASE)
KINDS = get_args(Outcome.model_fields["kind"].annotation)


def read_rows(headings: Headings, shares: Shares = "") -> Rows:
    """What the rows of a map say; see :class:`sroi.value_map.rows.Rows`."""
    return _Reader(headings, shares).read()


class _Reader:
    def __init__(self, headings: Headings, shares: Shares) -> None:
        self.headings = headings
        self.found = Rows()
        self.stakeholder = ""
        rows = range(headings.last + 1, headings.sheet.rows + 1)
        self.note = self.found.note
        again = [row for row in rows if repeats_headings(headings, row)]
        for row in again:
            self.note("the headings again; read as no entry", *(cell for _, cell in headings.sheet.row(row)))
        self.labelled = [row for row in rows if is_labelled(headings, row)]
        self.body = [row for row in rows if row not in again and row not in self.labelled]
        lines = [line_of(headings, row) for row in self.body]
        self.repeats = repeats(headings, lines, lambda lines: sums(lines, lambda *_: None))
        self.sums = sums(without_repeats(lines, self.repeats), self.note_sum)
        self.body = [row for row in self.body if row not in self.sums]
        self.numbers = Numbers(headings, self.body, self.found, shares)
        self.text, self.place = self.numbers.text, self.numbers.place
        self.entries: dict[int, list[str]] = {}
        self.known: dict[str, str] = {}
        self.alike: dict[tuple[Any, ...], str] = {}
        cells_of = headings.cell
        named_rows = (row for row in self.body if cells_of(row, "input") or cells_of(row, "outcome"))
        self.last_named = max(named_rows, default=0)

    def read(self) -> Rows:
        found, title_above = self.found, ""
        for row in self.body:
            counted = self.holds_number(row, "quantity") and self.holds_number(row, "value")
            said = bool(self.text(row, "quantity") or self.text(row, "value"))
            title = self.text(row, "outcome", merged=said)
            if not title and counted:
                title = title_above or f"Outcome in row {row}"
                where = (self.headings.cell(row, key) for key in ("quantity", "value"))
                self.note(f"nothing describes the outcome; read as one more of “{title}”", *where)
            given = self.text(row, "input")
            if self.is_a_remark(row, title, given):
                self.leave(row)
                continue
            is_input = bool(given) or self.is_worth_something(row)
            if row in self.repeats.once:
                cells = (self.headings.cell(row, key) for key in ("input_value", "input"))
                self.note(f"the input of row {self.repeats.once[row]} again; counted once", *cells)
                is_input = False
            if not (title or is_input or self.names_a_stakeholder(row)):
                self.leave(row)
                continue
            self.entries[row] = []
            self.read_stakeholder(row)
            if is_input:
                self.read_input(row, given)
            if title:
                self.read_outcome(row, title)
                title_above = title
            elif said:
                self.leave(row)
            self.numbers.note_loose_cells(row)
        found.sources = named_sources((*found.inputs.values(), *found.outcomes.values()))
        self.numbers.note_missing_columns()
        found.figures += totals(self.headings, {*self.entries, *self.sums})
        self.leave_without_figure()
        self.read_sums()
        return found

    def is_a_remark(self, row: int, title: str, given: str) -> bool:
        """Whether a row is a note, or a number below the map that has a name and is no input."""
        cells = [cell for _, cell in self.headings.sheet.row(row)]
        if len(cells) == 1 and _NOTE.match(cells[0].text):
            return True
        below = row > self.last_named and not self.headings.sheet.row(row - 1)
        return (below or row - 1 in self.sums) and row > self.last_named and not (title or given)

    def holds_number(self, row: int, key: str) -> bool:
        cell = self.headings.cell(row, key)
        return cell is not None and isinstance(cell.understood(self.numbers.asked[key]), Reading)

    def note_sum(self, row: int, key: Key, words: str) -> None:
        self.note(words, self.cell(row, key))

    def cell(self, row: int, key: Key) -> Cell | None:
        return (
            self.headings.of_years(row).get(key[1])
            if key[0] == "by_year"
            else self.headings.cell(row, key[0])
        )

    def read_sums(self) -> None:
        """The figures of rows that add up others, and what is wrong in those that no study recounts."""
        whole = {row for row, names in self.entries.items() if names}
        for row, added in self.sums.items():
            over = {name for each in added.over for name in self.entries.get(each, ())}
            every = whole <= {*added.over, *self.sums}
            self.found.figures += summed(self.headings, row, () if every else tuple(sorted(over)))
            cells = [cell for _, cell in self.headings.sheet.row(row)]
            words = next((f" (“{cell.text}”)" for cell in cells if cell.is_text), "")
            first, last = min(added.over), max(added.over)
            rows = f"rows {first} to {last}" if first < last else f"row {first}"
            self.note(f"row {row}{words} is read as the sum of {rows}, and as no entry", *cells)
            for key in added.wrong:
                if key[0] not in FIGURES and key[0] != "input_value":
                    self.note(f"this is not the sum of {rows} under {named(key)}", self.cell(row, key))

    def names_a_stakeholder(self, row: int) -> bool:
        """Whether a row that holds no entry says who those of the rows below it are."""
        cell = self.headings.cell(row, "stakeholder")
        if self.text(row, "stakeholder_id"):
            return True
        if cell is None:
            return False
        if self.holds_number(row, "size") or self.holds_number(row, "involved"):
            return True
        below = next((each for each in self.body if each > row and self.headings.sheet.row(each)), row)
        if below == row or self.headings.cell(below, "stakeholder") is not None:
            return False
        over = self.headings.cell(below, "stakeholder", merged=True)
        is_name = over is cell or (len(cell.text) <= 60 and not _REMARK.search(cell.text))
        if is_name and over is not cell:
            self.note(f"“{cell.text}” is read as the stakeholder of the rows below it", cell)
        return is_name

    def is_worth_something(self, row: int) -> bool:
        """Whether a row says what an input is worth, other than zero."""
        cell = self.headings.cell(row, "input_value")
        reading = cell.understood(self.numbers.asked["input_value"]) if cell is not None else ""
        return (isinstance(reading, Reading) and reading.value != 0) or (
            isinstance(reading, str) and reading != ""
        )

    def leave(self, row: int) -> None:
        """A row that belongs to nothing is listed, unless it holds only zeros."""
        cells = [
            cell
            for _, cell in self.headings.sheet.row(row)
            if cell.is_text or (cell.reading is not None and cell.reading.value != 0)
        ]
        if cells:
            self.found.unread.append((cells[0].ref, "; ".join(cell.text for cell in cells)))

    def leave_without_figure(self) -> None:
        """Rows that name a figure of the whole map and hold none."""
        refs = {figure.ref for figure in self.found.figures}
        refs |= {cell.ref for cell in facts(self.headings).values()}
        for row in self.labelled:
            cells = [cell for _, cell in self.headings.sheet.row(row)]
            if len(cells) > 1 and not any(cell.ref in refs for cell in cells):
                self.leave(row)

    def read_stakeholder(self, row: int) -> None:
        title, written = self.text(row, "stakeholder"), self.text(row, "stakeholder_id")
        stakeholders = self.found.stakeholders
        if title or written:
            name = written or self.known.get(folded(title)) or identifier(title, "stakeholder", stakeholders)
            if name not in stakeholders:
                stakeholders[name] = {"title": title or name}
                self.known[folded(title or name)] = name
                self.place(row, "stakeholder", f"stakeholders.{name}")
            self.stakeholder = name
        elif not self.stakeholder:
            message = "the first row of the map names no stakeholder"
            self.headings.sheet.refuse(message, "write who changes or gives in it", f"A{row}")
        entry = stakeholders[self.stakeholder]
        for key in ("size", "involved"):
            count, _ = self.numbers.number(row, key, f"stakeholders.{self.stakeholder}.{key}")
            if count is not None and entry.setdefault(key, count) != count:
                both = f"{count:g} beside {entry[key]:g} further up"
                self.note(f"{both} for the same stakeholder; the first is kept", self.headings.cell(row, key))

    def read_input(self, row: int, title: str) -> None:
        inputs = self.found.inputs
        if not title:
            giver = self.found.stakeholders[self.stakeholder]["title"]
            title, cell = f"Input of {giver}", self.headings.cell(row, "input_value")
            self.note(f"no input is named beside this; read as given by “{giver}”", cell)
        name = self.text(row, "input_id") or identifier(title, "input", inputs)
        title_cell = self.place(row, "input", f"inputs.{name}")
        value, words = self.numbers.number(row, "input_value", f"inputs.{name}.value")
        value_cell = self.headings.cell(row, "input_value")
        kind = INPUT_KINDS.get(self.text(row, "input_kind").casefold())
        if kind is None:
            patterns = INPUT_KINDS_BY_TITLE.items()
            kind = next((kind for kind, pattern in patterns if re.search(pattern, title)), "cash")
            self.note(f"“{title}” is taken as {kind.replace('_', ' ')}", title_cell, value_cell)
        if value is None:
            self.note(f"“{title}” has no value; not assessed, which is not zero", value_cell, title_cell)
        if again := self.repeats.why_again(row):
            self.note(again, value_cell, title_cell)
        self.entries[row].append(f"inputs.{name}")
        inputs[name] = {
            "title": title,
            "stakeholder": self.stakeholder,
            "kind": kind,
            "value": estimate(value, None, None, price_year=self.numbers.asked_price_year("input_value")),
            **texts(self.text(row, "input_source"), joined((self.text(row, "input_reason"), words))),
        }

    def read_outcome(self, row: int, title: str) -> None:
        name = self.text(row, "outcome_id") or identifier(title, "outcome", self.found.outcomes)
        path = f"outcomes.{name}"
        title_cell = self.place(row, "outcome", path) or self.headings.cell(row, "quantity")
        entry: dict[str, Any] = {"title": title, "stakeholder": self.stakeholder}
        for key in OUTCOME_TEXTS:
            if text := self.text(row, key, merged=True):
                entry[key] = text
        measured, _ = self.numbers.number(row, "n_measured", f"{path}.n_measured")
        if measured is not None:
            entry["n_measured"] = measured
        entry |= self.kind(row)
        ours = self.headings.cell(row, "contribution") and not self.headings.cell(row, "attribution")
        other = "attribution" if ours else "contribution"
        for key in OUTCOME_NUMBERS:
            if key != other:
                entry[key] = self.numbers.estimate(row, key, f"{path}.{key}")
        entry["starts"] = self.starts(row, path)
        if from_ := self.text(row, "drop_off_from").replace(" ", "_").casefold():
            entry["drop_off_from"] = from_
            self.place(row, "drop_off_from", f"{path}.drop_off_from")
        same = self.alike.setdefault(said_by(entry), name)
        if "outcome_id" not in self.headings.columns and same != name:
            where = self.found.places.get(f"outcomes.{same}", "a row above")
            self.note(f"the same outcome as in {where}, and counted again; omit one if it is one", title_cell)
        self.found.outcomes[name] = entry
        self.entries[row].append(path)
        read_figures(self.headings, row, name, self.found)

    def kind(self, row: int) -> dict[str, Any]:
        """What the value of an outcome is made of, and whether it has one."""
        said = self.text(row, "kind").casefold().partition(":")[0].strip()
        unpriced = {said, self.text(row, "value").casefold()} & NOT_PRICED
        if said and said not in (*KINDS, *NOT_PRICED):
            words = f"“{said}” is not one of {', '.join(KINDS)}; taken as not stated"
            self.note(words, self.headings.cell(row, "kind"))
        return {**({"kind": said} if said in KINDS else {}), **({"priced": False} if unpriced else {})}

    def starts(self, row: int, path: str) -> Any:
        cell = self.place(row, "starts", f"{path}.starts")
        if cell is None:
            if "starts" in self.headings.columns:
                where = (self.headings.cell(row, key) for key in ("outcome", "quantity"))
                self.note(f"nothing says when the outcome starts; {AFTER}", *where)
            return "after"
        if unknown := self.numbers.asked["starts"].unknown:
            self.numbers.leave(cell, unknown)
            return None
        first = cells.start(cell.value)
        if first is None:
            if cell.text.casefold() not in NOT_ASSESSED:
                self.numbers.leave(cell, f"“{cell.text}” is neither 1 (during) nor 2 (after)")
            return None
        return starting(first)
