"""The sheet of what a reviewer would ask."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sroi.reports.xlsx.sheet import Column

if TYPE_CHECKING:
    from sroi.reports.parts import Section
    from sroi.reports.xlsx.book import Book

_WIDTHS = {
    "What is found": 90,
    "What to try": 34,
    "Ratio then": 12,
    "Rule": 34,
    "Why it is accepted": 44,
    "By whom": 20,
    "Until": 12,
}


def review(book: Book, section: Section) -> None:
    """The findings of the check, as the report's section has them, a table beneath the other."""
    columns = [Column("", width, "wrap") for width in _WIDTHS.values()]
    subtitle = " ".join(("As the study stood when this workbook was written.", *section.paragraphs))
    sheet = book.sheet("Review", section.title, subtitle, columns)
    row = 3
    for table in section.tables:
        headings = list(_WIDTHS)[: 1 + list(_WIDTHS).index(table.headings[-1])]
        sheet.section(row, table.title, across=len(headings))
        sheet.headings(row + 1, headings, height=18)
        for at, cells in enumerate(table.rows, start=row + 2):
            found = dict(zip(table.headings, cells, strict=True))
            sheet.line(at, *(found.get(heading) for heading in headings))
        row += len(table.rows) + 3
