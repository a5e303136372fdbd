"""From the rows of frames to the document of a study, and the cell that each part of it came from."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sroi.base import Model
from sroi.errors import DocumentError, Problem
from sroi.model.frames.cells import listed_like, plain_cell, read_as
from sroi.model.frames.columns import IN_ORDER, NAME, ORDER, Column
from sroi.model.frames.names import Names, folded
from sroi.model.frames.rows import Place, Rows
from sroi.quantities import MOST_YEARS, shown
from sroi.words import readable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sroi.model.sections import Section

_FIRST = ("stakeholders", "sources")
"""Sections that others refer to, and that are made of the names in use where they are not given."""

_REFERENCES = {"stakeholder": "stakeholders", "source": "sources", "from": "stakeholders"}
_REFERENCES |= {"accrues_to": "stakeholders"}

Cell = tuple[Any, Place]
"""A plain value and where it stands."""

Line = dict[Column, Cell]
"""The cells of a row that hold something."""


class Reader:
    """Reads frames, a section each.

    Parameters
    ----------
    sections : mapping
        The sections of a study by name, with the fields that are no sections under ``study``.

    Attributes
    ----------
    document : dict
        What was read so far.
    places : dict of str to Place
        Where each path of it stands.
    problems : list of Problem
        What is wrong with the frames themselves.
    """

    def __init__(self, sections: Mapping[str, Section]) -> None:
        self.sections = sections
        self.document: dict[str, Any] = {}
        self.places: dict[str, Place] = {}
        self.problems: list[Problem] = []
        self.names = {name: Names(name) for name in sections}
        self.derived: set[str] = set()

    def read(self, given: Mapping[str, Rows | Mapping[str, Any]]) -> None:
        """Read the frames that are given, and make what only names of others need."""
        self.derived = {name for name in _FIRST if name not in given}
        for name in sorted(self.sections, key=lambda name: (name not in _FIRST, name)):
            found = given.get(name)
            if isinstance(found, Rows):
                read = self.fields(found) if name == "study" else {name: self.entries(name, found)}
                self.document |= read
            elif found is not None:
                self.document[name] = found
                self.names[name].remember(found)

    def fields(self, rows: Rows) -> dict[str, Any]:
        """The fields of a study that are no sections."""
        lines = self.lines("study", rows)
        if len(lines) > 1:
            message = f"the frame of the study has {len(lines)} rows"
            self.problems.append(Place(rows.name, 0, 0).problem(message, "give one row"))
        found = {}
        for line in lines[:1]:
            for column, (value, place) in line.items():
                found[column.field], self.places[column.field] = value, place
        return found

    def entries(self, name: str, rows: Rows) -> dict[str, Any]:
        """The entries of a section by their names, in the order of the rows."""
        section = self.sections[name]
        titled = "title" in section.model.model_fields
        grouped: dict[str, list[Line]] = {}
        for line in self.lines(name, rows):
            written = line.get(NAME) or line.get(Column("title", "", "text"))
            if written is None:
                place = next(iter(line.values()))[1]
                hint = f"write its name in a column {section.singular}"
                self.problems.append(place.problem(f"the row names no {section.singular}", hint))
                continue
            grouped.setdefault(str(written[0]), []).append(line)
            self.places.setdefault(f"{name}.{self.key(name, written)}", written[1])
        found: dict[str, Any] = {}
        for written_name, lines in grouped.items():
            key = self.names[name].known[written_name]
            entry = self.entry(name, key, lines)
            field = section.model.model_fields.get("title")
            if titled and "title" not in entry and (key != written_name or (field and field.is_required())):
                entry["title"] = written_name if key != written_name else readable(written_name)
            found[key] = entry
        self.names[name].remember(found)
        return found

    def lines(self, name: str, rows: Rows) -> list[Line]:
        """The rows that hold something, each cell as its column reads it."""
        columns, problems = rows.columns(self.sections[name])
        self.problems += problems
        found = []
        for row, cells in enumerate(rows.cells):
            line: Line = {}
            for at, (column, cell) in enumerate(zip(columns, cells, strict=False)):
                value = None if column is None else plain_cell(cell)
                if column is None or value is None:
                    continue
                place = rows.place(row, at)
                try:
                    line[column] = read_as(column.kind, value), place
                except DocumentError as error:
                    self.problems += [place.problem(each.message, each.hint) for each in error.problems]
            if line:
                found.append(line)
        if found and name != "study":
            self.columns_missing(name, rows, columns)
        return found

    def columns_missing(self, name: str, rows: Rows, columns: Sequence[Column | None]) -> None:
        """Tell once what column is missing that no entry can do without."""
        given = {column.field for column in columns if column is not None}
        for field, about in self.sections[name].model.model_fields.items():
            if about.is_required() and field not in given and field != "title":
                empty = (
                    ", with empty cells where it is not assessed" if field in ("quantity", "value") else ""
                )
                problem = Place(rows.name, 0, 0).problem(f"there is no column {field}", f"add it{empty}")
                self.problems.append(problem)

    def entry(self, name: str, key: str, lines: list[Line]) -> dict[str, Any]:
        """One entry, of one row or of a row for each cohort or year."""
        path = f"{name}.{key}"
        ordered = self.ordered(name, path, lines)
        by_row = IN_ORDER[name][1] if ordered and name in IN_ORDER else ""
        cells: Line = {}
        for line in ordered or lines[:1]:
            for column, (value, place) in line.items():
                if column in (NAME, ORDER) or column.field == by_row:
                    continue
                first = cells.setdefault(column, (value, place))
                if first[0] != value:
                    message = f"{shown(value)} stands beside {shown(first[0])} in another row of {key}"
                    hint = "write the same in each of its rows, or in one alone"
                    self.problems.append(place.problem(message, hint, f"{path}.{column.field}"))
        entry = self.from_cells(path, cells)
        if by_row:
            every = [
                self.from_cells(f"{path}#{at}", {each: line[each] for each in line if each.field == by_row})
                for at, line in enumerate(ordered)
            ]
            for at in range(len(every)):
                self.rename(f"{path}#{at}.{by_row}", f"{path}.{by_row}[{at}]")
            entry[by_row] = [each.get(by_row) for each in every]
        for field in self.sections[name].model.model_fields:
            if field in ("quantity", "value") and self.sections[name].model.model_fields[field].is_required():
                entry.setdefault(field, None)
        return entry

    def rename(self, before: str, after: str) -> None:
        """Give what stands at a path and below it another path."""
        for path in [each for each in self.places if each == before or each.startswith(f"{before}.")]:
            self.places[after + path.removeprefix(before)] = self.places.pop(path)

    def ordered(self, name: str, path: str, lines: list[Line]) -> list[Line]:
        """The rows of an entry in the order that a column counts; none where one row has no count."""
        counted = [(line[ORDER], line) for line in lines if ORDER in line]
        if len(lines) == 1 and not counted:
            return []
        word = IN_ORDER.get(name, ("", ""))[0]
        if len(counted) < len(lines):
            other = next(line for line in lines[::-1] if ORDER not in line)
            place = next(iter(other.values()))[1]
            hint = f"give each a count from 0 in a column {word}" if word else "keep one of them"
            self.problems.append(place.problem(f"{path} stands in {len(lines)} rows", hint, path))
            return []
        found: dict[int, Line] = {}
        for (value, place), line in counted:
            at = int(value) if re.fullmatch(r"\d{1,3}", str(value)) else -1
            if not 0 <= at < MOST_YEARS:
                message = f"{shown(value)} is no {word}"
                hint = f"count them from 0, up to {MOST_YEARS - 1}"
                self.problems.append(place.problem(message, hint, path))
            elif at in found:
                message = f"{word} {at} of {path} stands in a row above already"
                self.problems.append(place.problem(message, "keep one of them", path))
            found[at] = line
        missing = next((at for at in range(max(found) + 1) if at not in found), None)
        if missing is not None and min(found) >= 0:
            field = IN_ORDER[name][1]
            message = f"{path} has no row of {word} {missing}"
            hint = f"add one; write {field} 0 where there is none"
            self.problems.append(counted[0][0][1].problem(message, hint, path))
        return [found[at] for at in sorted(found)]

    def from_cells(self, path: str, cells: Line) -> dict[str, Any]:
        """Fields and what they hold, from the cells of one row."""
        fields: dict[str, dict[str, Any]] = {}
        for column, (value, place) in cells.items():
            where = f"{path}.{column.field}"
            if column.part or where not in self.places:
                self.places.setdefault(where, place)
            self.places[f"{where}.{column.part}" if column.part else where] = place
            refers_to = _REFERENCES.get(column.part or column.field)
            said = self.reference(refers_to, value, column, place) if refers_to else value
            fields.setdefault(column.field, {})[column.part] = said
        return {field: self.estimate(f"{path}.{field}", parts) for field, parts in fields.items()}

    def estimate(self, path: str, parts: dict[str, Any]) -> Any:
        """A number with all that is said of it, or a list of them."""
        value, rest = parts.get(""), {part: said for part, said in parts.items() if part}
        if not rest:
            return [_stated(each) for each in value] if isinstance(value, list) else value
        if isinstance(value, (Model, Mapping)):
            part = next(iter(rest))
            message = f"{part} stands beside an estimate, which has its own"
            self.problems.append(
                self.places[f"{path}.{part}"].problem(message, "write it in one of the two", path)
            )
            return value
        if not isinstance(value, list):
            return {"value": value, **rest}
        listed = {part: listed_like(said) for part, said in rest.items()}
        for part, said in listed.items():
            if isinstance(said, list) and len(said) != len(value):
                message = f"{part} lists {len(said)} and the number beside it {len(value)}"
                hint = "list as many, or write one for all of them"
                self.problems.append(self.places[f"{path}.{part}"].problem(message, hint, path))
                return value
        return [
            _stated(
                each, {part: said[at] if isinstance(said, list) else said for part, said in listed.items()}
            )
            for at, each in enumerate(value)
        ]

    def reference(self, name: str, value: Any, column: Column, place: Place) -> Any:
        """The name of the stakeholder or source that a text means; made where none of them is given."""
        if isinstance(value, list):
            return [each if each is None else self.reference(name, each, column, place) for each in value]
        text, names = str(value), self.names[name]
        known = names.meant(text)
        if known is not None or name not in self.derived or column.field in ("from", "accrues_to"):
            return known or value
        key = self.key(name, (text, place))
        names.known |= {folded(text): key, key: key}
        self.document.setdefault(name, {})[key] = {"title": readable(text) if key == text else text}
        self.places.setdefault(f"{name}.{key}", place)
        return key

    def key(self, name: str, written: Cell) -> str:
        """The identifier that a text names an entry by."""
        text, place = str(written[0]), written[1]
        key, other = self.names[name].key(text)
        if other is not None:
            message = f"“{shown(text)}” and “{shown(other)}” come to the same name, {key}"
            self.problems.append(place.problem(message, "write one of them otherwise"))
        return key


def _stated(value: Any, parts: Mapping[str, Any] | None = None) -> Any:
    said = {part: each for part, each in (parts or {}).items() if each is not None}
    if isinstance(value, (Model, Mapping)):
        return value
    return {"value": value, **said} if said or value is None else value
