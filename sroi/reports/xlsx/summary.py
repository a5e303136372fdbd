"""The first sheet: the result, live, with what should be known before it is quoted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sroi import formatting
from sroi.reports.xlsx.book import Column
from sroi.reports.xlsx.styles import BAD, GOOD
from sroi.results.summary import headline as headline_of
from sroi.words import readable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sroi.reports.xlsx.book import Book
    from sroi.tables import Fact

_FIGURES = (
    ("social_return_ratio", "Social return for {one}", "pence"),
    ("net_present_value", "Net present value", "money"),
    ("present_value", "Present value of outcomes", "money"),
    ("investment", "Present value of inputs", "money"),
    ("net_ratio", "Net return for {one}: the return less what was put in", "pence"),
)
_REPEATED = ("present_value", "investment")
"""Figures whose own cells stand on other sheets."""

_LEGEND = (
    (("input",), "1,234", "A number that was entered: change it, and the workbook calculates"),
    ((), "1,234", "A formula"),
    (("link",), "1,234", "A figure that is repeated from another sheet"),
)
_ACROSS = 5


class Summary:
    """Headlines, statement, checks, claims and the colours of cells."""

    def __init__(self, book: Book, *, date: str | None, statement: str, headline: Sequence[Fact]) -> None:
        self.book, self.statement = book, statement
        study = book.study
        kind = f"Social return on investment: {study.kind}"
        subtitle = ", ".join(part for part in (kind, f"in {study.price_year} prices", date) if part)
        columns = [Column("", width) for width in (46, 22, 46, 16, 40)]
        self.sheet = sheet = book.sheet("Summary", study.title, subtitle, columns)
        sheet.section(3, "Result", across=_ACROSS)
        sheet.height(4, 26)
        self.payback = 4 + len(_FIGURES)
        for row, (path, title, style) in enumerate(_FIGURES, start=4):
            words = title.format(one=formatting.unit(study.currency))
            sheet.text(row, 0, words, "cell", "label", "middle")
            if path not in _REPEATED:
                look = "headline" if path == "social_return_ratio" else "label"
                book.place(path, sheet, row, 1, "cell", look, style, name=path)
        facts = headline or headline_of(book.evaluation)
        self.said = [fact for fact in facts if fact.key in ("range", "method")]

    def finish(self, payback: str, reconciled: str, savings: tuple[str, float]) -> None:
        """What refers to the other sheets, and the words beneath the figures."""
        book, sheet = self.book, self.sheet
        for row, (path, _, style) in enumerate(_FIGURES, start=4):
            if path in _REPEATED:
                sheet.formula(
                    row, 1, book.address(path), book.base.values[path], "cell", "label", style, "link"
                )
        years = book.evaluation.payback_years
        known = "not within the years counted" if years is None else years
        sheet.text(self.payback, 0, "Payback, in years", "cell", "label")
        sheet.formula(self.payback, 1, payback, known, "cell", "label", "number", "link")
        row = self.payback + 1
        for fact in self.said:
            sheet.text(row, 0, fact.label, "cell", "label")
            sheet.paragraph(row, 1, 4, fact.text, "cell")
            row += 1
        title = "Safe to quote, as the study stood when this workbook was written"
        row = self._paragraphs(row + 1, title, [self.statement])
        row = self._checks(row + 1, reconciled)
        row = self._claims(row + 1, savings)
        if book.evaluation.warnings:
            row = self._paragraphs(row + 1, "Warnings", book.evaluation.warnings)
        sheet.section(row + 1, "Colours", across=_ACROSS)
        for at, (parts, example, words) in enumerate(_LEGEND, start=row + 2):
            sheet.text(at, 0, example, "cell", "right", *parts)
            sheet.paragraph(at, 1, 4, words, "indent")

    def _paragraphs(self, row: int, title: str, texts: Sequence[str]) -> int:
        self.sheet.section(row, title, across=_ACROSS)
        for at, text in enumerate(texts, start=row + 1):
            self.sheet.paragraph(at, 0, 4, text)
        return row + len(texts) + 1

    def _checks(self, row: int, reconciled: str) -> int:
        sheet = self.sheet
        sheet.section(row, "Checks of this workbook", across=_ACROSS)
        same = ("The workbook gives what sroi gave (false once an input is changed)", reconciled, True)
        checks = [*self.book.checks, same]
        for at, (title, formula, shown) in enumerate(checks, start=row + 1):
            sheet.text(at, 0, title, "cell", "wrap")
            sheet.formula(at, 1, formula, shown, "cell", "centre")
        for value, (ink, paper) in (("TRUE", GOOD), ("FALSE", BAD)):
            look = self.book.file.add_format({"font_color": ink, "bg_color": paper})
            rule = {"type": "cell", "criteria": "==", "value": value, "format": look}
            sheet.page.conditional_format(row + 1, 1, row + len(checks), 1, rule)
        return row + len(checks) + 1

    def _claims(self, row: int, savings: tuple[str, float]) -> int:
        book, sheet = self.book, self.sheet
        if not book.study.claims:
            return row
        one = formatting.unit(book.study.currency)
        sheet.section(row, "Claims in public, beside this result", across=_ACROSS)
        row += 1
        titles = ("Claim", f"This result for {one}", "What its pounds are", "Claimed", "Said in")
        sheet.headings(row, titles, height=18)
        social = (book.address("social_return_ratio"), book.base.social_return_ratio)
        for claim in book.study.claims.values():
            row += 1
            sheet.text(row, 0, claim.says, "cell", "wrap")
            figure = savings if claim.meaning == "savings" else social
            sheet.formula(row, 1, *figure, "cell", "pence", "link")
            sheet.text(row, 2, readable(claim.meaning, capital=False), "cell")
            sheet.number(row, 3, claim.ratio, "cell", "pence")
            sheet.text(row, 4, book.source(claim.source) or "no source", "cell", "wrap")
        return row + 1
