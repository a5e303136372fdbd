"""Tables of the sections of a study, in text or on the sheets of a workbook, as rows with numbers read."""

from __future__ import annotations

import datetime as dt
import re
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sroi import quantities
from sroi.errors import DocumentError, Problem
from sroi.expression import Expression
from sroi.grammar import ExpressionError
from sroi.model.estimates import Estimate
from sroi.model.frames import Place, Rows, frames_sections
from sroi.model.frames.columns import columns_of, heading
from sroi.model.sections import Section, models_in
from sroi.quantities import shown
from sroi.value_map.asked import Asked, asked_of, in_currency
from sroi.value_map.cells import Reading
from sroi.value_map.columns import NOT_ASSESSED
from sroi.value_map.texts import TEXTS, open_text
from sroi.value_map.workbook import column_letters, open_sheet

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sroi.model import Study
    from sroi.model.frames.columns import Column
    from sroi.value_map.sheet import Cell, Sheet

_MOST_ABOVE = 20
"""Rows among which the headings are looked for."""

_ONE_NUMBER = re.compile(r"[-+]?[\d.]+ ?%?")
_TOTAL = re.compile(r"(?:grand|sub|over\s?all)?[\s-]*totals?\b.*|sum", re.IGNORECASE)


def sections_in(
    tables: Mapping[str, Path], study: type[Study], currency: str
) -> tuple[dict[str, Rows], list[str], list[Problem]]:
    """The rows of each section that tables hold, how they were read, and what is wrong in their cells.

    Parameters
    ----------
    tables : mapping of str to Path
        A file for each section; a workbook of outcomes may hold other sections on sheets of their names.
    study : type
        The model of a study.
    currency : str
        Of the study, which signs of money in cells must be of.

    Raises
    ------
    DocumentError
        If a file cannot be read.
    """
    sections, found, told = frames_sections(study), {}, list[str]()
    problems: list[Problem] = []
    for name, file in tables.items():
        for section, sheet in _sheets(Path(file), name, sections, {*tables}).items():
            reader = _Table(sheet, sections[section], currency)
            found[section] = reader.rows()
            told += [sheet.told] if sheet.told else []
            told += reader.told
            problems += reader.problems
        told += [f"{file}: {line}" for line in _left(found, sheet, sections)]
    return found, told, problems


def _left(found: Mapping[str, Rows], sheet: Sheet, sections: Mapping[str, Section]) -> list[str]:
    others = [each for each in sheet.others if heading(each.partition(" (")[0]) not in {*found, *sections}]
    return [f"the sheet {shown(each)} is not read: it has the name of no section" for each in others]


def _sheets(file: Path, name: str, sections: Mapping[str, Section], given: set[str]) -> dict[str, Sheet]:
    """The sheets of a file by the section that each holds."""
    if file.suffix.casefold() in TEXTS:
        return {name: open_text(file, None, lambda sheet: _known(sheet, sections[name])[1])[0]}
    every: dict[str, Sheet] = {}

    def seen(sheet: Sheet) -> int:
        every[sheet.name] = sheet
        return _known(sheet, sections[name])[1]

    best = open_sheet(file, None, seen)[0]
    if name == "outcomes":
        named = {heading(title): sheet for title, sheet in every.items()}
        found = {
            each: open_sheet(file, named[each].name, seen)[0]
            for each in sections
            if each in named and (each == name or each not in given)
        }
        return found if name in found else {name: best, **found}
    return {name: best}


def _known(sheet: Sheet, section: Section) -> tuple[int, int]:
    """The row most like headings of a section, and how many of them it has."""
    known = columns_of(section)
    first = range(1, min(sheet.rows, _MOST_ABOVE) + 1)
    counts = {row: sum(heading(cell.text) in known for _, cell in sheet.row(row)) for row in first}
    row = max(counts, key=lambda row: (counts[row], -row), default=1)
    return row, counts.get(row, 0)


class _Table:
    """One sheet as the rows of a section."""

    def __init__(self, sheet: Sheet, section: Section, currency: str) -> None:
        self.sheet, self.section, self.currency = sheet, section, currency
        self.problems: list[Problem] = []
        self.told: list[str] = []
        self.first, known = _known(sheet, section)
        if known == 0:
            columns = ", ".join(name for name, column in columns_of(section).items() if not column.part)
            message = f"no row has headings of {section.name}"
            hint = f"write them in the first row: {columns}"
            raise DocumentError([self.place(-1, 0).problem(message, hint)])

    def place(self, row: int, column: int) -> Place:
        """Where a cell stands: its line and column in a text, its name in a workbook."""
        line = self.first + row + 1
        if self.sheet.delimiter:
            return Place(self.sheet.file, line, column + 1)
        return Place(f"{self.sheet.file} {self.sheet.name}!{column_letters(column + 1)}{line}", 0, 0)

    def rows(self) -> Rows:
        """The rows below the headings, each number read."""
        sheet = self.sheet
        for row in range(1, self.first):
            for _, cell in sheet.row(row)[:1]:
                self.told.append(
                    f"{sheet.file}: row {row} (“{shown(cell.text)}”) is above the headings; not read"
                )
        columns = range(1, sheet.columns + 1)
        cells = [sheet.at(self.first, column) for column in columns]
        headings = [cell.text if cell is not None else "" for cell in cells]
        known = [columns_of(self.section).get(heading(text)) for text in headings]
        asked = [self.asked(text, column) for text, column in zip(headings, known, strict=True)]
        body = []
        for row in range(self.first + 1, sheet.rows + 1):
            line = []
            for at, column in enumerate(known):
                found = sheet.at(row, at + 1)
                place = self.place(row - self.first - 1, at)
                line.append(None if found is None else self.value(found, column, asked[at], place))
            body.append(line)
        return Rows(sheet.file, headings, body, self.place)

    def asked(self, text: str, column: Column | None) -> Asked | None:
        """What the cells of a column hold, where they are numbers."""
        if column is None or column.kind != "number":
            return None
        holds = _holds(self.section, column.field)
        points = self.sheet.points or not self.sheet.delimiter
        asked = replace(
            asked_of(text, holds, column.field), commas=bool(self.sheet.decimal_commas), points=points
        )
        return in_currency(asked, text, self.currency)

    def value(self, cell: Cell, column: Column | None, asked: Asked | None, place: Place) -> Any:
        """What a cell holds: a number as the format writes it, or the words that stand there."""
        if column is not None and column.kind == "name" and _TOTAL.fullmatch(cell.text):
            message = f"“{shown(cell.text)}” names a sum, and no {self.section.singular}"
            self.problems.append(place.problem(message, "delete its row, or name it otherwise"))
        if asked is None:
            return cell.value
        if cell.text.casefold() in NOT_ASSESSED:
            return None
        if cell.is_text and _is_of_the_format(cell.text):
            return cell.value
        if isinstance(cell.value, (dt.date, dt.time)):
            self.problems.append(
                place.problem(f"{cell.text} is a date or a time, not a number", "write a number")
            )
            return None
        read = cell.understood(asked)
        if isinstance(read, Reading):
            if asked.percent and not read.percent and read.value:
                return self.under_a_percent_sign(read.value, place)
            self.told += [f"{_named(place)}: {read.said}"] if read.said else []
            return f"{100 * read.value:.12g}%" if read.percent else read.value
        if read:
            message, _, hint = read.partition("; ")
            self.problems.append(place.problem(message, hint))
            return None
        return cell.value

    def under_a_percent_sign(self, value: float, place: Place) -> Any:
        """A bare number below a heading with a percent sign, which can be a share where it is below 1."""
        if abs(value) > 1:
            return f"{value:.12g}%"
        message = f"under a heading with a percent sign, {value:g} can be {value:g}% or {100 * value:g}%"
        self.problems.append(place.problem(message, "write it with a percent sign"))
        return None


def _named(place: Place) -> str:
    return f"{place.file}:{place.line}:{place.column}" if place.line else place.file


def _holds(section: Section, field: str) -> str:
    """What a field's number is, as the headings of a map say it."""
    annotation = (
        section.model.model_fields[field].annotation if not issubclass(section.model, Estimate) else None
    )
    model = next((each for each in models_in(annotation) if issubclass(each, Estimate)), None)
    bounds = quantities.NUMBER if model is None else model.bounds
    if bounds is quantities.SHARE:
        return "share"
    if bounds in (quantities.YEARS, quantities.WHOLE_YEARS):
        return "years"
    return "money" if bounds is quantities.MONEY else "figure" if bounds is quantities.NUMBER else "count"


def _is_of_the_format(text: str) -> bool:
    """Whether a text is an expression or a list, and no number alone."""
    if text.startswith("["):
        return True
    if _ONE_NUMBER.fullmatch(text):
        return False
    with suppress(ExpressionError):
        return Expression(text) is not None
    return False
