"""The first sheet: the result, live, with what should be known before it is quoted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sroi import formatting
from sroi.reports.xlsx.styles import BAD, GOOD
from sroi.results.summary import headline as headline_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sroi.reports.xlsx.book import Book

_FIGURES = (
    ("social_return_ratio", "Social return for {one}", "pence"),
    ("net_present_value", "Net present value", "money"),
    ("present_value", "Present value of outcomes", "money"),
    ("investment", "Present value of inputs", "money"),
    ("net_ratio", "Net return for {one}: the return less what was put in", "pence"),
)
_LEGEND = (
    (("input",), "1,234", "A number that was entered: change it, and the workbook calculates"),
    ((), "1,234", "A formula"),
    (("link",), "1,234", "A figure that is repeated from another sheet"),
)


class Summary:
    """Headlines, statement, checks, claims and the colours of cells."""

    def __init__(
        self, book: Book, *, date: str | None, statement: str, headline: Sequence[tuple[str, str]]
    ) -> None:
        self.book = book
        study = book.study
        kind = f"Social return on investment: {study.kind}"
        subtitle = ", ".join(part for part in (kind, f"in {study.price_year} prices", date) if part)
        self.sheet = sheet = book.sheet("Summary", study.title, subtitle, (46, 22, 46, 16, 40))
        self.statement = statement
        one = formatting.unit(study.currency)
        sheet.text(3, 0, "Result", "section")
        for column in range(1, 5):
            sheet.text(3, column, "", "section")
        row = 4
        sheet.height(4, 26)
        self.payback = row + len(_FIGURES)
        for path, title, style in _FIGURES:
            sheet.text(row, 0, title.format(one=one), "cell", "label", "middle")
            styles = (
                ("cell", "headline", style) if path == "social_return_ratio" else ("cell", "label", style)
            )
            if path in ("social_return_ratio", "net_present_value", "net_ratio"):
                book.place(path, sheet, row, 1, *styles, name=path)
            row += 1
        self.row = row
        self.said = [
            (name, words)
            for name, words in headline or headline_of(book.evaluation)
            if name in ("Range", "Method")
        ]

    def finish(self, payback: str, reconciled: str, savings: tuple[str, float]) -> None:
        """What refers to the other sheets, and the words beneath the figures."""
        self.savings = savings
        book, sheet, base = self.book, self.sheet, self.book.base
        for row, (path, _, style) in enumerate(_FIGURES, start=4):
            if path in ("present_value", "investment"):
                sheet.formula(row, 1, book.at(path), base.values[path], "cell", "label", style, "link")
        years = book.evaluation.payback_years
        sheet.text(self.payback, 0, "Payback, in years", "cell", "label")
        sheet.formula(
            self.payback,
            1,
            payback,
            "not within the years counted" if years is None else years,
            "cell",
            "label",
            "number",
            "link",
        )
        row = self.payback + 1
        for name, words in self.said:
            sheet.text(row, 0, name, "cell", "label")
            sheet.paragraph(row, 1, 4, words, "cell")
            row += 1
        row = self._paragraph(
            row + 1, "Safe to quote, as the study stood when this workbook was written", [self.statement]
        )
        row = self._checks(row + 1, reconciled)
        row = self._claims(row + 1)
        if book.evaluation.warnings:
            row = self._paragraph(row + 1, "Warnings", list(book.evaluation.warnings))
        self._legend(row + 1)

    def _paragraph(self, row: int, title: str, texts: Sequence[str]) -> int:
        self._section(row, title)
        for text in texts:
            row += 1
            self.sheet.paragraph(row, 0, 4, text)
        return row + 1

    def _section(self, row: int, title: str) -> None:
        for column in range(5):
            self.sheet.text(row, column, title if column == 0 else "", "section")

    def _checks(self, row: int, reconciled: str) -> int:
        sheet = self.sheet
        self._section(row, "Checks of this workbook")
        checks = [
            *self.book.checks,
            ("The workbook gives what sroi gave (false once an input is changed)", reconciled, True),
        ]
        first = row + 1
        for title, formula, shown in checks:
            row += 1
            sheet.text(row, 0, title, "cell", "wrap")
            sheet.formula(row, 1, formula, shown, "cell", "centre")
        good, bad = (
            self.book.file.add_format({"font_color": ink, "bg_color": paper}) for ink, paper in (GOOD, BAD)
        )
        for value, style in (("TRUE", good), ("FALSE", bad)):
            sheet.page.conditional_format(
                first, 1, row, 1, {"type": "cell", "criteria": "==", "value": value, "format": style}
            )
        return row + 1

    def _claims(self, row: int) -> int:
        book, sheet = self.book, self.sheet
        if not book.study.claims:
            return row
        self._section(row, "Claims in public, beside this result")
        row += 1
        sheet.headings(
            row,
            (
                "Claim",
                "This result for £1".replace("£1", formatting.unit(book.study.currency)),
                "What its pounds are",
                "Claimed",
                "Said in",
            ),
            height=18,
        )
        for claim in book.study.claims.values():
            row += 1
            source = book.study.sources.get(claim.source) if claim.source else None
            sheet.text(row, 0, claim.says, "cell", "wrap")
            live, figure = (
                self.savings
                if claim.meaning == "savings"
                else (book.at("social_return_ratio"), book.base.social_return_ratio)
            )
            sheet.formula(row, 1, live, figure, "cell", "pence", "link")
            sheet.text(row, 2, claim.meaning.replace("_", " "), "cell")
            sheet.number(row, 3, claim.ratio, "cell", "pence")
            sheet.text(row, 4, source.title if source is not None else "no source", "cell", "wrap")
        return row + 1

    def _legend(self, row: int) -> None:
        sheet = self.sheet
        self._section(row, "Colours")
        for parts, example, words in _LEGEND:
            row += 1
            sheet.text(row, 0, example, "cell", "right", *parts)
            sheet.paragraph(row, 1, 4, words, "indent")
