"""The sheets of what has been claimed in public, and of what should be known before the result is quoted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sroi import formatting
from sroi.reports.xlsx.sheet import Column
from sroi.results import quotes, summary

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sroi.model import Claim
    from sroi.reports.xlsx.book import Book

_WIDTHS = (60, 12, 34, 16, 34, 40)


class Claims:
    """What has been claimed: of this very result, beside what it gives now; and elsewhere, beside nothing."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.own = quotes.own_claims(book.study)
        self.elsewhere = {name: each for name, each in book.study.claims.items() if name not in self.own}
        if not book.study.claims:
            return
        one = formatting.unit(book.study.currency)
        self.titles = (
            "Claim",
            f"Claimed for {one}",
            "What its pounds are",
            "This result",
            "Said by",
            "Said in",
        )
        columns = [Column(title, width, "wrap") for title, width in zip(self.titles, _WIDTHS, strict=True)]
        subtitle = "None of these ratios is used in the result."
        self.sheet = book.sheet("Claims", "Claims in public", subtitle, columns)

    def finish(self, savings: str) -> None:
        """Write both tables; ``savings`` is the cell of what the state needs less."""
        if not self.book.study.claims:
            return
        social = (self.book.address("social_return_ratio"), self.book.base.social_return_ratio)
        row = 3
        if self.own:
            row = (
                self._table(
                    row,
                    "Of this place and this study",
                    self.own,
                    {"savings": (savings, self.book.evaluation.savings_ratio)},
                    social,
                )
                + 1
            )
        if self.elsewhere:
            self._table(
                row,
                "Made elsewhere, or over the money of some: set beside nothing here",
                self.elsewhere,
                {},
                None,
            )

    def _table(
        self,
        row: int,
        title: str,
        claims: Mapping[str, Claim],
        figures: Mapping[str, tuple[str, float]],
        social: tuple[str, float] | None,
    ) -> int:
        book, sheet = self.book, self.sheet
        sheet.section(row, title, across=len(_WIDTHS))
        titles = list(self.titles)
        if social is None:
            titles[3] = "Place, and over whose money"
        sheet.headings(row + 1, titles, height=30)
        row += 2
        for name, claim in claims.items():
            sheet.text(row, 0, claim.says, "cell", "wrap")
            sheet.number(row, 1, claim.ratio, "cell", "pence")
            sheet.text(row, 2, summary.MEANINGS[claim.meaning], "cell", "wrap")
            beside = None if claim.ratio is None else figures.get(claim.meaning, social)
            if beside is None:
                where = f"{summary.claimed_place(book.study, name)}, {summary.denominator(claim.over)}"
                sheet.text(row, 3, where if social is None else "", "cell", "wrap")
            else:
                sheet.formula(row, 3, *beside, "cell", "pence", "link", "right")
            sheet.text(row, 4, summary.claimant(book.study, claim), "cell", "wrap")
            sheet.text(row, 5, book.source(claim.source) or "no source", "cell", "wrap")
            row += 1
        return row


def warnings(book: Book, texts: Sequence[str]) -> None:
    """What should be known before the result is quoted, where there is anything."""
    if not texts:
        return
    subtitle = "As the study stood when this workbook was written."
    sheet = book.table(
        "Warnings", "Warnings", subtitle, (Column("Warning", 140, "wrap"),), height=18, frozen=0
    )
    for row, text in enumerate(texts, start=4):
        sheet.line(row, text)
