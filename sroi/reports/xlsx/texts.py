"""The sheets of words: the method in full, and the sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sroi.method import MethodProfile
from sroi.version import VERSION

if TYPE_CHECKING:
    from sroi.reports.xlsx.book import Book

_ARITHMETIC = (
    "Impact = quantity of the first cohort × financial proxy × share kept.",
    "Benefit year k of one unit = financial proxy × share kept × what drop-off leaves × the part of the year that the duration covers.",
    "Year t = the sum over cohorts of quantity × the benefit year that falls in it.",
    "Present value = year t × discount factor of year t, summed over the years.",
    "Social return = present value of the outcomes in the total ÷ present value of the inputs.",
)


def method(book: Book) -> None:
    """Every choice that moves the result, and the arithmetic in words."""
    study = book.study
    subtitle = "What is fixed in the formulas of this workbook. To change a choice other than a rate, change the study and write the workbook again."
    sheet = book.sheet("Method", "Method", subtitle, (28, 30, 100))
    sheet.headings(3, ("Choice", "Here", "What it decides"), height=18)
    row = 3
    for name, field in MethodProfile.model_fields.items():
        row += 1
        value = getattr(study.method, name)
        shown = (
            "none" if value is None else ("yes" if value else "no") if isinstance(value, bool) else str(value)
        )
        sheet.text(row, 0, name.replace("_", " "), "cell")
        sheet.text(row, 1, shown, "cell")
        sheet.text(row, 2, field.description, "cell", "wrap")
    row += 2
    sheet.text(row, 0, "The arithmetic", "section")
    for line in _ARITHMETIC:
        row += 1
        sheet.text(row, 0, line)
    row += 2
    sheet.text(row, 0, "Made with", "section")
    text = study.provenance
    facts = [("engine", f"sroi {VERSION}"), ("method, SHA-256", study.method.fingerprint)]
    if text is not None:
        facts += [
            ("study, SHA-256", text.sha256),
            *((f"pack {name}, SHA-256", digest) for name, digest in text.packs.items()),
        ]
    for name, value in facts:
        row += 1
        sheet.text(row, 0, name, "cell")
        sheet.text(row, 1, value)


def sources(book: Book) -> None:
    """Where the numbers come from."""
    titles = (
        "Source",
        "Title",
        "Publisher",
        "Author",
        "Year",
        "Page",
        "Address",
        "Read on",
        "Look again by",
        "Licence",
    )
    sheet = book.sheet(
        "Sources",
        "Sources",
        "The documents and data that the numbers of this study name.",
        (22, 60, 30, 26, 9, 22, 60, 12, 12, 18),
    )
    sheet.headings(3, titles)
    sheet.freeze(4, 1)
    for row, (name, source) in enumerate(book.study.sources.items(), start=4):
        sheet.text(row, 0, name, "cell", "wrap")
        words = (source.title, source.publisher, source.author, source.year, source.page)
        for column, text in enumerate(words, start=1):
            sheet.text(row, column, text, "cell", "wrap")
        sheet.link(row, 6, source.url, "cell")
        for column, text in enumerate((source.retrieved, source.review_by, source.licence), start=7):
            sheet.text(row, column, text, "cell", "wrap")
