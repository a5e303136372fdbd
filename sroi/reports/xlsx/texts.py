"""The sheets of words: the method in full, and the sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sroi.model.evidence import address
from sroi.reports.sections.texts import method_choices, method_formulas
from sroi.reports.xlsx.sheet import Column
from sroi.version import VERSION

if TYPE_CHECKING:
    from sroi.reports.parts import Recorded
    from sroi.reports.xlsx.book import Book
    from sroi.results import Alternatives

_CHOICES = (Column("Choice", 28), Column("Here", 30), Column("What it decides", 100, "wrap"))
_SOURCES = (
    Column("Source", 22, "wrap"),
    Column("Title", 60, "wrap"),
    Column("Publisher", 30, "wrap"),
    Column("Author", 26, "wrap"),
    Column("Year", 9, "wrap"),
    Column("Page", 22, "wrap"),
    Column("Address", 60),
    Column("Read on", 12, "wrap"),
    Column("Look again by", 12, "wrap"),
    Column("Licence", 18, "wrap"),
)


_IN_SCENARIOS = (34, 12, 20, 20, 20, 90)
"""Widths of the columns of scenarios."""


def method(book: Book, recorded: Recorded | None) -> None:
    """Every choice that moves the result, and the arithmetic in words."""
    profile, text = book.study.method, book.study.provenance
    subtitle = (
        "What is fixed in the formulas of this workbook. To change a choice other than a rate, change the "
    )
    sheet = book.sheet("Method", "Method", f"{subtitle}study and write the workbook again.", _CHOICES)
    sheet.headings(3, [column.heading for column in _CHOICES], height=18)
    row = 4
    for name, choice, meaning in method_choices(profile):
        sheet.line(row, name, choice, meaning)
        row += 1
    facts = [("engine", f"sroi {VERSION}"), ("method, SHA-256", profile.fingerprint)]
    if text is not None:
        packs = ((f"pack {name}, SHA-256", digest) for name, digest in text.packs.items())
        facts += [("study, SHA-256", text.sha256), *packs]
    if recorded is not None:
        facts += [("run record, identifier", recorded.id), ("how to verify", recorded.in_words)]
    for title, lines in (("The arithmetic", method_formulas(profile)), ("Made with", facts)):
        row += 1
        sheet.section(row, title)
        for name, value in lines:
            row += 1
            sheet.text(row, 0, name, "cell", "wrap")
            sheet.text(row, 1, value)
        row += 1


def in_scenarios(book: Book, scenarios: Alternatives) -> None:
    """The study in its scenarios, as it stood when the workbook was written."""
    (table,) = scenarios.tables
    columns = [
        Column(heading, width, "wrap") for heading, width in zip(table.headings, _IN_SCENARIOS, strict=True)
    ]
    sheet = book.table("Scenarios", table.title, f"{scenarios.answer} {table.note}", columns)
    for row, cells in enumerate(table.rows, start=4):
        sheet.line(row, *cells)


def sources(book: Book) -> None:
    """Where the numbers come from."""
    subtitle = "The documents and data that the numbers of this study name."
    sheet = book.table("Sources", "Sources", subtitle, _SOURCES)
    for row, (name, each) in enumerate(book.study.sources.items(), start=4):
        copied = f" ({address(None, each.reprint)})" if each.reprint else ""
        known = (f"{each.title}{copied}", each.publisher, each.author, each.year, each.page)
        sheet.line(row, name, *known, None, each.retrieved, each.review_by, each.licence)
        sheet.link(row, 6, each.url, "cell")
