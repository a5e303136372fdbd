"""The sheet of assumptions: every number that has a name, and what is known of every other number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sroi import labels
from sroi.reports.xlsx.sheet import Column
from sroi.reports.xlsx.styles import number_style

if TYPE_CHECKING:
    from sroi.numbers import Number
    from sroi.reports.xlsx.book import Book

_COLUMNS = (
    Column("Name", 34),
    Column("As entered", 14),
    Column("Price year", 10, "centre"),
    Column("Price factor", 11),
    Column("Value used", 14),
    Column("Unit", 24, "wrap"),
    Column("Low", 13),
    Column("High", 13),
    Column("Grade", 7, "centre"),
    Column("Source", 26, "wrap"),
    Column("Rationale", 60, "wrap"),
    Column("Where written", 24, "wrap"),
    Column("Computed as", 34, "wrap"),
    Column("Name in formulas", 28),
)
_FIRST = 4


class Assumptions:
    """Named numbers, each in a cell of its name."""

    def __init__(self, book: Book) -> None:
        self.book = book
        subtitle = (
            "Change a number on yellow and every sheet follows. Each value used is a cell that bears the "
        )
        subtitle += f"name of the assumption; money is used in prices of {book.study.price_year}."
        self.sheet = book.table("Assumptions", "Assumptions", subtitle, _COLUMNS)
        self._shares = labels.shares(book.study)
        for row, name in enumerate(book.study.assumptions, start=_FIRST):
            self._named(row, name)

    def _named(self, row: int, name: str) -> None:
        book, sheet, path = self.book, self.sheet, f"assumptions.{name}"
        estimate = book.study.assumptions[name]
        if estimate is None or path not in book.base.values:
            sheet.line(row, labels.path_label(book.study, path), "not assessed", *[""] * (len(_COLUMNS) - 2))
            return
        style = number_style(book.base.values[path], share=name in self._shares)
        book.place_entered(path, sheet, row, 1, 3, style)
        book.place(path, sheet, row, 4, "cell", style, name=name)
        used = book.numbers[path]
        self._evidence(row, used, style, "")
        sheet.text(row, 0, labels.path_label(book.study, path), "cell", "label", "wrap")
        sheet.text(row, len(_COLUMNS) - 1, book.names[path], "cell")

    def finish(self) -> None:
        """What is known of the numbers that stand on other sheets."""
        book, sheet = self.book, self.sheet
        row = _FIRST + len(book.study.assumptions) + 1
        sheet.section(row, "Numbers entered on other sheets")
        where = "Change them where they stand: in the value map, the inputs or the lists. "
        sheet.text(row + 1, 0, f"{where}Here is where each comes from.", "subtitle")
        row += 2
        sheet.headings(row, [column.heading if at != 1 else "" for at, column in enumerate(_COLUMNS)])
        for used in book.numbers.used:
            if used.path not in book.places or used.path.startswith("assumptions."):
                continue
            row += 1
            style = book.places[used.path].styles[-1]
            self._evidence(row, used, style, labels.path_label(book.study, used.path))
            sheet.formula(row, 4, book.address(used.path), book.base.values[used.path], "cell", style, "link")

    def _evidence(self, row: int, used: Number, style: str, name: str) -> None:
        """What is known of a number, in the columns that both blocks have."""
        borrowed, origin = f" Borrowed from {used.borrowed_from}." if used.borrowed_from else "", used.origin
        prices = "" if used.price_year is None else str(used.price_year)
        source, rationale = self.book.source(used.source), f"{used.rationale or ''}{borrowed}".strip()
        where = "" if origin is None else f"{origin.layer}, line {origin.line}"
        unit = labels.unit_label(self.book.study, used.unit)
        made_of = labels.formula_in_words(self.book.study, used.written)
        known = (unit, "", "", used.grade, source, rationale, where, made_of, "")
        self.sheet.line(row, name, "", prices, "", "", *known)
        for column, end in ((6, used.low), (7, used.high)):
            own = style if end is None or style in ("percent", "pence", "money") else number_style(end)
            self.sheet.number(row, column, end, "cell", own)
