"""What is around the rows of a map: totals, and what is said about the whole study."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sroi.value_map.columns import FACTS, TOTALS
from sroi.value_map.headings import Headings, keys_by_words, plain
from sroi.value_map.sheet import Cell, Sheet

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sroi.value_map.cells import Reading


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure that the map has calculated, to be calculated again.

    Attributes
    ----------
    ref : str
        Its cell.
    of : str
        What it is: ``impact``, ``by_year``, ``present_value`` of an outcome; ``total_impact``,
        ``total_by_year``, ``by_year_pv`` and the scalars of the whole map.
    reading : Reading
        What is printed there.
    outcome : str
        The outcome, where it is of one.
    year : int
        The number that its column is headed with, where it is of one.
    """

    ref: str
    of: str
    reading: Reading
    outcome: str = ""
    year: int = -1


_FACTS = keys_by_words(FACTS)
_TOTALS = keys_by_words(TOTALS)
_SAID = {
    "price_year": re.compile(r"\bin (\d{4}(?:[-/]\d\d)?) prices\b", re.IGNORECASE),
    "title": re.compile(r"^(?:sroi )?(?:value|impact) map\s*[:–-]\s*(.+)$", re.IGNORECASE),
}
_RATE_SAID = re.compile(r"discount rate[^\d]{0,12}(\d+(?:\.\d+)?\s*%)", re.IGNORECASE)
_SUMMED = {"input_value": "investment_total", "impact": "total_impact", "present_value": "present_value"}


def facts(headings: Headings) -> dict[str, Cell]:
    """What is said above the map about the study, by key; the discount rate may be below the map too."""
    sheet = headings.sheet
    found: dict[str, Cell] = {}
    for (row, column), cell in sorted(sheet.cells.items()):
        if not cell.is_text:
            continue
        above = row < headings.first
        key = _FACTS.get(plain(cell.value))
        if key is not None and (above or key == "discount_rate"):
            near = _number_near if key == "discount_rate" else _beside
            value = near(sheet, row, column)
            if value is not None:
                found.setdefault(key, value)
            continue
        patterns = _SAID if above else {}
        if above or row > headings.last:
            patterns = patterns | {"discount_rate": _RATE_SAID}
        for named, pattern in patterns.items():
            said = pattern.search(cell.value)
            if said is not None:
                found.setdefault(named, Cell(cell.ref, said[1]))
    return found


def _beside(sheet: Sheet, row: int, column: int) -> Cell | None:
    """The next cell on the right within six columns, unless it is a title with a value of its own."""
    for other, cell in sheet.row(row, column + 1)[:1]:
        is_title = cell.is_text and plain(cell.value) in _FACTS and _beside(sheet, row, other) is not None
        return None if is_title or other > column + 6 else cell
    return None


def _number_near(sheet: Sheet, row: int, column: int) -> Cell | None:
    """The next cell on the right, or else the one beneath, where it holds a number."""
    near = [cell for _, cell in sheet.row(row, column + 1)[:1]] + [sheet.at(row + 1, column)]
    return next((cell for cell in near if cell is not None and cell.reading is not None), None)


def total_label(headings: Headings, row: int) -> str | None:
    """Key of the totals that a row holds; None for a row of the map.

    A row with a quantity, a proxy's value or a name in the file is one of the map.
    """
    of_the_map = ("quantity", "value", "outcome_id", "input_id", "stakeholder_id")
    if any(headings.cell(row, key) is not None for key in of_the_map):
        return None
    given = headings.columns["input"].column if "input" in headings.columns else 0
    for column, cell in headings.sheet.row(row):
        words = plain(cell.value) if cell.is_text else ""
        if words in _TOTALS and not (column == given and words == "investment"):
            return _TOTALS[words]
        if re.match(r"(?:sub ?total|totals?)\b", words) and len(words) <= 40:
            return "total" if words.startswith("total") else "subtotal"
    return None


def totals(headings: Headings, of_the_map: set[int]) -> list[Figure]:
    """The figures of the whole map: in rows of totals, or beside their names above or below the map."""
    sheet = headings.sheet
    found: dict[str, Figure] = {}

    def add(of: str, cell: Cell | None, year: int = -1) -> None:
        reading = cell.reading if cell is not None else None
        if cell is not None and reading is not None and cell.ref not in found:
            found[cell.ref] = Figure(cell.ref, of, reading, "", year)

    for row in range(1, sheet.rows + 1):
        if row in of_the_map or headings.first <= row <= headings.last:
            continue
        years = headings.of_years(row)
        for column, cell in sheet.row(row):
            words = plain(cell.value) if cell.is_text else ""
            key = _TOTALS.get(words)
            if key is None or (row < headings.first and key in ("total", "by_year_pv")):
                continue
            if key == "total":
                for name, of in _SUMMED.items():
                    add(of, headings.cell(row, name))
                for year, value in years.items():
                    add("total_by_year", value, year)
            elif key == "by_year_pv" and years:
                for year, value in years.items():
                    add("by_year_pv", value, year)
                add("present_value", headings.cell(row, "present_value"))
            elif key != "by_year_pv":
                add(key, _number_near(sheet, row, column))
            elif words == "present value":
                add("present_value", _number_near(sheet, row, column))
    return list(found.values())


def columns_of_percentages(headings: Headings, rows: Iterable[int], keys: Iterable[str]) -> set[str]:
    """The columns of shares whose bare numbers are percentages: one of them is above 1."""
    rows = list(rows)

    def above_one(row: int, key: str) -> bool:
        cell = headings.cell(row, key)
        reading = cell.reading if cell is not None else None
        return reading is not None and not reading.percent and abs(reading.value) > 1

    return {key for key in keys if any(above_one(row, key) for row in rows)}
