"""Which rows of a sheet are of the map, which are totals, and what is said about the whole study beside them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sroi.value_map.cells import Reading, read
from sroi.value_map.headings import Headings, plain
from sroi.value_map.labels import FACTS, TOTALS, Label

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sroi.value_map.workbook import Cell, Sheet


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


def _by_words(labels: Iterable[Label]) -> dict[str, str]:
    names: dict[str, str] = {}
    for label in labels:
        for words in (label.title, *label.synonyms):
            names.setdefault(plain(words), label.key)
    return names


_FACTS = _by_words(FACTS)
_TOTALS = _by_words(TOTALS)
_IN_WORDS = {
    "price_year": re.compile(r"\bin (\d{4}(?:[-/]\d\d)?) prices\b", re.IGNORECASE),
    "title": re.compile(r"^(?:sroi )?(?:value|impact) map\s*[:–-]\s*(.+)$", re.IGNORECASE),
}
_RATE_IN_WORDS = re.compile(r"discount rate[^\d]{0,12}(\d+(?:\.\d+)?\s*%)", re.IGNORECASE)


def facts(sheet: Sheet, headings: Headings) -> dict[str, Cell]:
    """What stands above the map about the study, by key; the discount rate wherever it stands outside the rows of the map."""
    found: dict[str, Cell] = {}
    for (row, column), cell in sorted(sheet.cells.items()):
        if not isinstance(cell.value, str):
            continue
        key = _FACTS.get(plain(cell.value))
        if key is not None and (row < headings.first or key == "discount_rate"):
            value = (
                _beside(sheet, row, column) if key != "discount_rate" else _number_near(sheet, row, column)
            )
            if value is not None:
                found.setdefault(key, value)
            continue
        for named, pattern in _IN_WORDS.items() if row < headings.first else ():
            said = pattern.search(cell.value)
            if said is not None:
                found.setdefault(named, type(cell)(cell.ref, said[1], "General"))
        if row < headings.first or row > headings.last:
            in_words = _RATE_IN_WORDS.search(cell.value)
            if in_words is not None and "discount_rate" not in found:
                found["discount_rate"] = type(cell)(cell.ref, in_words[1], "General")
    return found


def _beside(sheet: Sheet, row: int, column: int) -> Cell | None:
    for other in range(column + 1, min(column + 6, sheet.columns) + 1):
        cell = sheet.at(row, other)
        if cell is not None:
            return (
                None
                if isinstance(cell.value, str)
                and plain(cell.value) in _FACTS
                and _beside(sheet, row, other) is not None
                else cell
            )
    return None


def _number_near(sheet: Sheet, row: int, column: int) -> Cell | None:
    """The cell of a number to the right in the row, or else beneath."""
    for other in range(column + 1, sheet.columns + 1):
        cell = sheet.at(row, other)
        if cell is not None:
            if read(cell.value, cell.shown_as) is not None:
                return cell
            break
    below = sheet.at(row + 1, column)
    return below if below is not None and read(below.value, below.shown_as) is not None else None


def total_label(sheet: Sheet, headings: Headings, row: int) -> str | None:
    """Key of the totals row that a row is; None for a row of the map, as one is that has a quantity, a proxy's value or a name in the file."""
    for key in ("quantity", "value", "outcome_id", "input_id", "stakeholder_id"):
        if key in headings.columns and sheet.at(row, headings.columns[key].column) is not None:
            return None
    given = headings.columns["input"].column if "input" in headings.columns else 0
    for column, cell in _texts(sheet, row):
        words = plain(cell.value)
        if words in _TOTALS and not (column == given and words == "investment"):
            return _TOTALS[words]
        if re.match(r"(?:sub ?total|totals?)\b", words) and len(words) <= 40:
            return "total" if words.startswith("total") else "subtotal"
    return None


def _texts(sheet: Sheet, row: int) -> Iterator[tuple[int, Cell]]:
    for column in range(1, sheet.columns + 1):
        cell = sheet.at(row, column)
        if cell is not None and isinstance(cell.value, str):
            yield column, cell


def totals(sheet: Sheet, headings: Headings, of_the_map: set[int]) -> list[Figure]:
    """The figures of the whole map: in rows of totals, or beside their names above or below the map."""
    found: list[Figure] = []
    taken: set[str] = set()

    def add(of: str, cell: Cell, year: int = -1) -> None:
        reading = read(cell.value, cell.shown_as)
        if reading is not None and cell.ref not in taken:
            taken.add(cell.ref)
            found.append(Figure(cell.ref, of, reading, "", year))

    for row in range(1, sheet.rows + 1):
        if row in of_the_map or headings.first <= row <= headings.last:
            continue
        for column, cell in _texts(sheet, row):
            key = _TOTALS.get(plain(cell.value))
            by_year = {
                year: value
                for year, heading in headings.years.items()
                if (value := sheet.at(row, heading.column)) is not None
            }
            if key is None or (row < headings.first and key in ("total", "by_year_pv")):
                continue
            if key == "total":
                for name in ("input_value", "impact", "present_value"):
                    where = headings.columns.get(name)
                    if where is not None and (value := sheet.at(row, where.column)) is not None:
                        add(
                            {
                                "input_value": "investment_total",
                                "impact": "total_impact",
                                "present_value": "present_value",
                            }[name],
                            value,
                        )
                for year, value in by_year.items():
                    add("total_by_year", value, year)
            elif key == "by_year_pv" and by_year:
                for year, value in by_year.items():
                    add("by_year_pv", value, year)
                where = headings.columns.get("present_value")
                if where is not None and (value := sheet.at(row, where.column)) is not None:
                    add("present_value", value)
            elif key != "by_year_pv" or plain(cell.value) in ("present value", "pv"):
                near = _number_near(sheet, row, column)
                if near is not None:
                    add("present_value" if key == "by_year_pv" else key, near)
    return found


def share_columns(sheet: Sheet, headings: Headings, rows: Iterable[int], keys: Iterable[str]) -> set[str]:
    """The columns of shares whose bare numbers are percentages: one of them is above 1."""
    rows = list(rows)
    found = set()
    for key in keys:
        for row in rows:
            cell = sheet.at(row, headings.columns[key].column) if key in headings.columns else None
            reading = read(cell.value, cell.shown_as) if cell is not None else None
            if reading is not None and not reading.percent and abs(reading.value) > 1:
                found.add(key)
    return found


def as_text(value: Any) -> str:
    """A cell's value as words: a whole number without decimals, a date in ISO form."""
    if isinstance(value, float) and value == int(value):
        return str(int(value))
    if hasattr(value, "isoformat"):
        return str(value.isoformat()).removesuffix("T00:00:00")
    return str(value)
