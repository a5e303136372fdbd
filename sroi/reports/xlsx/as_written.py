"""The sheet of what stood when the workbook was written: each number that was entered, and the range."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sroi.reports.xlsx.cells import area, cell, reference
from sroi.reports.xlsx.sheet import Column

if TYPE_CHECKING:
    from sroi.reports.xlsx.book import Book

NAME = "As written"
AS_WRITTEN, CHANGED, FORMULA_CHANGED = "as written", "changed since written", "a formula was changed"
"""What the workbook is found to be."""

_FIRST = 7
_COLUMNS = (
    Column("Number that was entered", 60, "wrap"),
    Column("As written", 16),
    Column("Now", 16),
    Column("Changed", 10, "centre"),
    Column("Where", 16),
)


class AsWritten:
    """Every entered number beside what it was, so that the range is known to hold or not to hold."""

    def __init__(self, book: Book) -> None:
        self.book = book
        subtitle = "The range on the first sheet was computed with the numbers as they are here. "
        subtitle += "It does not follow when one of them is changed."
        self.sheet = book.table(NAME, "What was written", subtitle, _COLUMNS, row=_FIRST - 1, height=18)

    def finish(self, reconciled: str) -> None:
        """Write the rows, and above them how many numbers have changed and what is to be said of it."""
        book, sheet = self.book, self.sheet
        order = {each.name: place for place, each in enumerate(book.sheets)}
        entered = sorted(book.entered, key=lambda each: (order[each.sheet.name], each.row, each.column))
        for row, entry in enumerate(entered, start=_FIRST):
            at = entry.sheet.address(entry.row, entry.column)
            sheet.line(row, entry.label)
            sheet.number(row, 1, entry.value, *entry.styles)
            sheet.formula(row, 2, at, entry.value, *entry.styles, "link")
            was, now = reference(row, 1), reference(row, 2)
            sheet.formula(row, 3, f"{was}<>{now}", False, "cell", "centre")
            place = reference(entry.row, entry.column)
            sheet.jump(row, 4, entry.sheet.name, f"{entry.sheet.name}, {place}", "cell", at=place)
        last = _FIRST + max(len(book.entered), 1) - 1
        labels, changed = (area(cell(NAME, _FIRST, at), cell(NAME, last, at)) for at in (0, 3))
        count = sheet.address(3, 1)
        sheet.text(3, 0, "Numbers changed since written", "label")
        sheet.formula(3, 1, f"COUNTIF({changed},TRUE)", 0, "cell", "label", "centre")
        sheet.text(4, 0, "This workbook is", "label")
        same = f'IF({reconciled},"{AS_WRITTEN}","{FORMULA_CHANGED}")'
        sheet.formula(4, 1, f'IF({count}>0,"{CHANGED}",{same})', AS_WRITTEN, "cell", "label")
        self.state = sheet.address(4, 1)
        more = f'IF({count}>1," and "&({count}-1)&" more","")'
        self.which = f"INDEX({labels},MATCH(TRUE,{changed},0))&{more}"
        self.count = count
        sheet.page.autofilter(_FIRST - 1, 0, last, len(_COLUMNS) - 1)
        sheet.colour(4, 1, 1, f'{reference(4, 1, fixed=True)}<>"{AS_WRITTEN}"', "amber")
