"""The sheet of assumptions: every number that has a name in one block, and what is known of every other number in a second."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sroi.quantities import SHARE
from sroi.resolution import Resolution
from sroi.results import lineage

if TYPE_CHECKING:
    from sroi.reports.xlsx.book import Book, Sheet
    from sroi.results.lineage import NumberUsed

_HEADINGS = (
    "Name",
    "As entered",
    "Price year",
    "Price factor",
    "Value used",
    "Unit",
    "Low",
    "High",
    "Grade",
    "Source",
    "Rationale",
    "Where written",
    "As written",
)
_WIDTHS = (34, 14, 10, 11, 14, 24, 13, 13, 7, 26, 60, 24, 34)
_FIRST = 4


class Assumptions:
    """Named numbers, each in a cell of its name."""

    def __init__(self, book: Book) -> None:
        self.book = book
        subtitle = "Change a number on yellow and every sheet follows. Each value used is a cell that bears the name of the assumption;"
        subtitle += f" money is used in prices of {book.study.price_year}."
        self.sheet = book.sheet("Assumptions", "Assumptions", subtitle, _WIDTHS)
        self.sheet.headings(3, _HEADINGS)
        self.sheet.freeze(4, 1)
        self.resolution = Resolution(book.study)
        self.next = _FIRST
        self._shares = {
            str(estimate.value) for _, estimate in book.study.estimates() if estimate.bounds is SHARE
        }
        for name in book.study.assumptions:
            self._named(name)

    def _named(self, name: str) -> None:
        book, sheet, row, path = self.book, self.sheet, self.next, f"assumptions.{name}"
        self.next += 1
        estimate = book.study.assumptions[name]
        if estimate is None or path not in book.base.values:
            sheet.text(row, 0, name, "cell")
            sheet.text(row, 1, "not assessed", "cell")
            for column in range(2, len(_HEADINGS)):
                sheet.text(row, column, "", "cell")
            return
        style = _style(book.base.values[path], share=self._is_share(name))
        dated = f"{path}.written" in book.base.values
        book.place(f"{path}.{'written' if dated else 'entered'}", sheet, row, 1, "cell", style)
        if f"{path}.price_factor" in book.base.values:
            book.place(f"{path}.price_factor", sheet, row, 3, "cell", "factor")
        else:
            sheet.text(row, 3, "", "cell")
        book.place(path, sheet, row, 4, "cell", style, name=name)
        used = lineage.number_used(book.study, self.resolution, path, estimate)
        _evidence(sheet, row, used, style)
        sheet.text(row, 0, book.names[path], "cell", "label")

    def _is_share(self, name: str) -> bool:
        """Whether a number looks like a share: it stands alone where a share is wanted, or it is called one."""
        estimate = self.book.study.assumptions[name]
        return name in self._shares or (estimate is not None and "share" in f"{name} {estimate.unit or ''}")

    def finish(self) -> None:
        """What is known of the numbers that stand on other sheets."""
        book, sheet = self.book, self.sheet
        row = self.next + 1
        sheet.text(row, 0, "Numbers entered on other sheets", "section")
        sheet.text(
            row + 1,
            0,
            "Change them where they stand: in the value map, the inputs or the lists. Here is where each comes from.",
            "subtitle",
        )
        row += 2
        titles = list(_HEADINGS)
        titles[1] = ""
        sheet.headings(row, titles)
        for used in lineage.numbers_used(book.study):
            if used.path not in book.places or used.path.startswith("assumptions."):
                continue
            row += 1
            style = book.places[used.path].styles[-1]
            sheet.text(row, 0, used.path.removeprefix("outcomes.").removeprefix("inputs."), "cell")
            sheet.text(row, 1, "", "cell")
            sheet.text(row, 3, "", "cell")
            sheet.formula(row, 4, book.at(used.path), book.base.values[used.path], "cell", style, "link")
            _evidence(sheet, row, used, style)


def _evidence(sheet: Sheet, row: int, used: NumberUsed, style: str) -> None:
    """What is known of a number, in the columns that both blocks have."""
    study = sheet.book.study
    source = study.sources.get(used.source) if used.source is not None else None
    borrowed = f" Borrowed from {used.borrowed_from}." if used.borrowed_from else ""
    sheet.text(row, 2, "" if used.price_year is None else str(used.price_year), "cell", "centre")
    sheet.text(row, 5, used.unit, "cell", "wrap")
    for column, end in ((6, used.low), (7, used.high)):
        own = style if end is None or style in ("percent", "pence", "money") else number_style(end)
        sheet.number(row, column, end, "cell", own)
    sheet.text(row, 8, used.grade, "cell", "centre")
    sheet.text(row, 9, source.title if source is not None else "", "cell", "wrap")
    sheet.text(row, 10, f"{used.rationale or ''}{borrowed}".strip(), "cell", "wrap")
    where = used.layer or ""
    sheet.text(row, 11, where if used.line is None else f"{where}, line {used.line}", "cell", "wrap")
    sheet.text(row, 12, used.written, "cell", "wrap")


def _style(value: float, *, share: bool) -> str:
    if share and -1 <= value <= 1:
        return "percent"
    return number_style(value)


def number_style(value: float) -> str:
    """How many decimals a number is shown with."""
    if value == int(value):
        return "count" if abs(value) >= 1000 else "general"
    return "fine" if abs(value) < 1 else "number"
