"""What is around the rows of a map: totals, and what is said about the whole study."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sroi.value_map.asked import Asked, asked_of, is_in_thousands
from sroi.value_map.cells import Reading
from sroi.value_map.columns import CURRENCY_SIGNS, FACTS, NOT_ASSESSED
from sroi.value_map.headings import FEWEST_COLUMNS, Headings
from sroi.value_map.sheet import Cell, Sheet
from sroi.value_map.summing import LABELS
from sroi.value_map.titles import keys_by_words, plain

if TYPE_CHECKING:
    from sroi.value_map.rows import Rows


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
    over : tuple of str
        For a sum of some of the rows, the dotted paths of their inputs and outcomes.
    """

    ref: str
    of: str
    reading: Reading
    outcome: str = ""
    year: int = -1
    over: tuple[str, ...] = ()


_FACTS = keys_by_words(FACTS)
_SAID = {
    "price_year": re.compile(r"\bin (\d{4}(?:[-/]\d\d)?) prices\b", re.IGNORECASE),
    "title": re.compile(r"^(?:sroi )?(?:value|impact) map\s*[:–-]\s*(.+)$", re.IGNORECASE),
}
_RATE_SAID = re.compile(r"discount rate[^\d]{0,12}(\d+(?:[.,]\d+)?\s*(?:%|per ?cent))", re.IGNORECASE)
_RATIO_SAID = re.compile(
    r"\b(?:sroi|social return)\b[^\d£$€]{0,60}([£$€]?\s?\d+(?:\.\d+)?)\s*"
    r"(?::|to|for (?:every|each)|per)\s*[£$€]?\s?1(?![\d.,])",
    re.IGNORECASE,
)
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


def is_labelled(headings: Headings, row: int) -> bool:
    """Whether a row holds figures of the whole map beside their names, and no entry of a study."""
    words = [cell for key in ("outcome", "input") if (cell := headings.cell(row, key)) is not None]
    filled = any(headings.cell(row, key) for key in ("input_value", "outcome", "quantity", "value"))
    if filled and any(cell.is_text and cell.reading is None for cell in words):
        return False
    texts = [plain(cell.value) for _, cell in headings.sheet.row(row) if cell.is_text]
    rate = not filled and any(_FACTS.get(words) == "discount_rate" for words in texts)
    return rate or any(LABELS.get(words, "total") != "total" for words in texts)


def repeats_headings(headings: Headings, row: int) -> bool:
    """Whether a row is that of the headings again, as on the next page."""
    known = [*headings.columns.values(), *headings.years.values()]
    texts = {each.column: {plain(part) for part in each.text.split(" / ")} for each in known}
    cells = [(column, cell) for column, cell in headings.sheet.row(row) if column in texts]
    same = [column for column, cell in cells if cell.is_text and plain(cell.value) in texts[column]]
    return len(same) >= FEWEST_COLUMNS and len(same) * 2 > len(cells)


def totals(headings: Headings, of_the_map: set[int]) -> list[Figure]:
    """The figures of the whole map that stand beside their names, above or below the map."""
    sheet = headings.sheet
    found: dict[str, Figure] = {}

    def add(of: str, cell: Cell | None, asked: Asked, year: int = -1) -> None:
        reading = cell.understood(asked) if cell is not None else ""
        if cell is not None and isinstance(reading, Reading) and cell.ref not in found:
            found[cell.ref] = Figure(cell.ref, of, reading, "", year)

    for row in range(1, sheet.rows + 1):
        if row in of_the_map or headings.first <= row <= headings.last:
            continue
        years = headings.of_years(row)
        for column, cell in sheet.row(row):
            key = LABELS.get(plain(cell.value)) if cell.is_text else None
            if cell.is_text and (said := _RATIO_SAID.search(cell.value)) is not None:
                add("social_return_ratio", replace(cell, value=said[1]), Asked())
            if key is None or key == "total" or (row < headings.first and key == "by_year_pv"):
                continue
            if key == "by_year_pv" and years:
                for year, value in years.items():
                    add("by_year_pv", value, headings.asked("by_year", year), year)
                add("present_value", headings.cell(row, "present_value"), headings.asked("present_value"))
                continue
            if key != "by_year_pv" or plain(cell.value) == "present value":
                of = "present_value" if key == "by_year_pv" else key
                asked = replace(asked_of(cell.text, "figure"), currency=headings.currency)
                add(of, _number_near(sheet, row, column), asked)
    return list(found.values())


def summed(headings: Headings, row: int, over: tuple[str, ...]) -> list[Figure]:
    """The figures of a row that adds up others: of the whole map, or of the entries named in ``over``."""
    found = []
    columns = [(of, headings.cell(row, key), key, -1) for key, of in _SUMMED.items()]
    columns += [("total_by_year", cell, "by_year", year) for year, cell in headings.of_years(row).items()]
    for of, cell, key, year in columns:
        reading = cell.understood(headings.asked(key, year)) if cell is not None else ""
        if cell is not None and isinstance(reading, Reading):
            found.append(Figure(cell.ref, of, reading, "", year, over))
    return found


def read_figures(headings: Headings, row: int, outcome: str, found: Rows) -> None:
    """The figures that the map has calculated of one outcome."""
    printed = [(key, -1, headings.cell(row, key)) for key in ("impact", "present_value")]
    printed += [("by_year", year, cell) for year, cell in headings.of_years(row).items()]
    for of, year, cell in printed:
        if cell is None:
            continue
        reading = cell.understood(headings.asked(of, year))
        if isinstance(reading, Reading):
            found.figures.append(Figure(cell.ref, of, reading, outcome, year))
        elif cell.text.startswith("#"):
            found.note(f"the sheet shows the error {cell.value}", cell)
            found.unread_cells.append((cell.ref, f"the error {cell.value}"))
        elif cell.text.casefold() not in NOT_ASSESSED:
            found.unread_cells.append((cell.ref, reading or f"“{cell.text}” is not a number"))


def signs_in(sheet: Sheet) -> dict[str, str]:
    """The currencies whose signs are in a sheet, each with the first cell that has it."""
    found: dict[str, str] = {}
    for _, cell in sorted(sheet.cells.items()):
        for sign, name in CURRENCY_SIGNS.items():
            if sign in cell.shown_as or (cell.is_text and sign in cell.value):
                found.setdefault(name, cell.ref)
    return found


def sign_in(sheet: Sheet) -> str:
    """The currency whose sign is the only one in a sheet; empty where there is none, or more than one."""
    signs = signs_in(sheet)
    return next(iter(signs)) if len(signs) == 1 else ""


def of_the_workbook(sheet: Sheet, first: int) -> list[str]:
    """What is in the workbook and the sheet and was not looked at, or cannot be seen."""
    notes = [sheet.told] if sheet.told else []
    notes += (
        [f"not read: the other sheets of the workbook, {', '.join(sheet.others)}"] if sheet.others else []
    )
    if sheet.hidden:
        notes.append(f"hidden in the sheet, and read all the same: {', '.join(sheet.hidden)}")
    for (row, _), cell in sorted(sheet.cells.items()):
        if row < first and cell.is_text and is_in_thousands(cell.text):
            where = "no number is changed for it; write the unit into the headings of its columns"
            notes.append(f"{cell.ref}: “{cell.text}”: {where}")
    if sheet.decimal_commas:
        notes.append(f"{sheet.decimal_commas}: a comma parts the decimals here, so 1,234 would not be 1234")
    return notes
