"""The first sheet: the answer, live, with its range as it was written, and a way to every other sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sroi import formatting
from sroi.digits import RESIDUE
from sroi.reports.xlsx import pictures, wording
from sroi.reports.xlsx.as_written import AS_WRITTEN
from sroi.reports.xlsx.cells import reference
from sroi.reports.xlsx.sheet import Column
from sroi.results import quotes
from sroi.results.answer import shortened

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sroi.reports.xlsx.as_written import AsWritten
    from sroi.reports.xlsx.book import Book
    from sroi.reports.xlsx.pictures import Range
    from sroi.results.answer import Answer

_FIGURES = (
    ("social_return_ratio", "Social return for {one}", "pence"),
    ("net_present_value", "Net present value", "money"),
    ("present_value", "Present value of outcomes", "money"),
    ("investment", "Present value of inputs", "money"),
    ("net_ratio", "Net return for {one}", "pence"),
)
_REPEATED = ("present_value", "investment")
"""Figures whose own cells stand on other sheets."""

_LEGEND = (
    (
        ("cell", "right", "input"),
        "1,234",
        "A number that was entered: change it, and the workbook calculates",
    ),
    (("cell", "right"), "1,234", "A formula"),
    (("cell", "right", "link"), "1,234", "A figure that is repeated from another sheet"),
    (("cell", "right", "amber"), "changed", "Something was changed since the workbook was written"),
    (("cell", "right", "stale"), "74p to £3", "Computed before that change: it no longer holds"),
)
_SAYS = {
    "Claims": "What has been claimed in public, beside this result where it is of it",
    "Warnings": "What should be known before the result is quoted",
    "Review": "What a reviewer would ask, and what was accepted",
    "Assumptions": "Every number with a name: value, range, source and reason",
    "Stakeholders": "Who changes, who gives, and who was left out",
    "Inputs": "What is spent and given, by year",
    "Value map": "Outcome by outcome: quantity, proxy, deductions, impact",
    "Lists": "Numbers that differ from year to year",
    "Benefit years": "What one unit is worth in each benefit year",
    "Discounting": "Rates, and the factors that follow",
    "Present values": "Every flow by calendar year, discounted",
    "Payback": "When value overtakes cost",
    "Ledger": "Who pays and who gains; the returns by name",
    "Demand": "Services that are needed less, in their units",
    "Method": "Every choice that moves the result",
    "Sources": "Where the numbers come from",
    "Scenarios": "The study with other numbers, named together",
    "Range": "What the chart of the range is drawn from",
    "Reconciliation": "The figures that sroi gave, beside the workbook's",
    "As written": "Each number that was entered, beside what it was",
}
_MOST_OUTCOMES = 10
_LONGEST_TITLE = 80
_CHECK = ("cell", "centre")
_WIDTHS = (25, 17, 17, 17, 2, 36, 14, 10)
_LETTERS = 95
"""Of the title, on one line."""

_LEFT, _RIGHT = (0, 3), (5, 7)
_CHART_ROWS, _PANEL = 9, 5


class Summary:
    """The answer on one page, beside the chart and the outcomes; then the checks and a way to each sheet."""

    def __init__(self, book: Book, answer: Answer, *, date: str | None) -> None:
        self.book, self.answer = book, answer
        study = book.study
        kind = f"Social return on investment: {study.kind}"
        place = quotes.place_name(study) if study.borough is not None else None
        parts = (kind, place, f"in {study.price_year} prices", study.status, date)
        columns = [Column("", width) for width in _WIDTHS]
        self.sheet = sheet = book.sheet("Summary", study.title, ", ".join(filter(None, parts)), columns)
        sheet.page.fit_to_pages(1, 1)
        lines = 1 + int(len(study.title) / _LETTERS)
        sheet.paragraph(0, 0, len(_WIDTHS) - 1, study.title, "title")
        sheet.height(0, 24 * min(lines, 3))
        sheet.page.set_portrait()
        self.one = formatting.unit(study.currency)
        self.figures = _PANEL + _CHART_ROWS + 6 + len(answer.facts)
        for row, (path, _, style) in enumerate(_FIGURES, start=self.figures + 1):
            if path not in _REPEATED:
                book.place(path, sheet, row, 1, "cell", "label", style, name=path)

    def finish(
        self,
        *,
        payback: str,
        ratios: Mapping[str, str],
        written: AsWritten,
        spread: Range,
    ) -> None:
        """What refers to the other sheets, and the words around it."""
        checks = self.figures + len(_FIGURES) + 3
        self.state = reference(checks + len(self.book.checks) + 1, _LEFT[1], fixed=True)
        row = self._answer(ratios)
        self._facts(row)
        self._quotable(row + len(self.answer.facts) + 1)
        self._figures(payback)
        last = self._checks(checks, written)
        self._light(written, spread, (checks + 1, last))
        self._sheets(last + 3)
        self._outcomes(self.figures)
        chart = spread.chart((self._wide(_LEFT), 20 * _CHART_ROWS - 4))
        options = {"x_offset": 2, "y_offset": 3, "object_position": 2, "description": self._described()}
        self.sheet.page.insert_chart(_PANEL, 0, chart, options)

    def _wide(self, columns: tuple[int, int]) -> int:
        return int(7 * sum(_WIDTHS[columns[0] : columns[1] + 1]) + 5)

    def _described(self) -> str:
        marks = formatting.listed(mark.label for mark in self.answer.strip.marks)
        return f"{self.answer.sentence} Marks: {marks}."

    def _words(self, cell: str, known: float) -> str:
        study = self.book.study
        return wording.returned(cell, study.currency, quotes.thresholds(study), written=known)

    def _stale(self, row: int, column: int, last: int) -> None:
        """Grey what was computed before a change."""
        self.sheet.colour(row, column, last, f'{self.state}<>"{AS_WRITTEN}"', "stale")

    def _answer(self, ratios: Mapping[str, str]) -> int:
        """The answer, its range and the returns side by side; gives the row after them."""
        book, sheet, answer = self.book, self.sheet, self.answer
        ratio, known = sheet.address(self.figures + 1, 1), book.base.social_return_ratio
        put_in = book.address("investment")
        live = f'"{self.one} put in gives "&{self._words(ratio, known)}&" of social value"'
        none = '"Nothing is put in, so there is no return"'
        shown = f"{self.one} put in gives {answer.central} of social value"
        sheet.height(3, 30)
        sheet.sentence(3, *_LEFT, f"IF({put_in}>0,{live},{none})", shown, "headline")
        sheet.height(4, 42)
        sheet.paragraph(4, *_LEFT, f"Range, as written: {answer.sentence}", "cell")
        self._stale(4, *_LEFT)
        for row in range(_PANEL, _PANEL + _CHART_ROWS):
            sheet.height(row, 15)
        row = _PANEL + _CHART_ROWS
        sheet.headings(row, (answer.for_one, *(fact.label for fact in answer.returns)), height=30)
        sheet.height(row + 1, 24)
        sheet.text(row + 1, 0, "Now", "cell", "label", "middle")
        for column, fact in enumerate(answer.returns, start=1):
            at = ratios[fact.key]
            value = answer.ledger.ratio(fact.key).value
            live = f'IF(ISNUMBER({at}),{self._words(at, value or 0.0)},"none put in")'
            sheet.formula(row + 1, column, live, fact.text, "cell", "figure")
        return row + 2

    def _facts(self, row: int) -> None:
        for at, fact in enumerate(self.answer.facts, start=row):
            self.sheet.text(at, 0, fact.label, "cell", "label")
            self.sheet.paragraph(at, 1, _LEFT[1], fact.text, "cell")
            self._stale(at, 1, _LEFT[1])

    def _quotable(self, row: int) -> None:
        across = len(_WIDTHS)
        self.sheet.section(
            row, "Safe to quote, as the study stood when this workbook was written", across=across
        )
        self.sheet.paragraph(row + 1, 0, across - 1, self.answer.statement)
        self._stale(row + 1, 0, across - 1)

    def _figures(self, payback: str) -> None:
        """The figures now, as written, and what has changed."""
        book, sheet, row = self.book, self.sheet, self.figures
        sheet.headings(row, ("Figures", "Now", "As written", "Change"), height=18)
        for path, title, style in _FIGURES:
            row += 1
            known = getattr(book.base, path)
            sheet.text(row, 0, title.format(one=self.one), "cell", "label")
            if path in _REPEATED:
                sheet.formula(row, 1, book.address(path), known, "cell", "label", style, "link")
            sheet.number(row, 2, known, "cell", style)
            now, was = reference(row, 1), reference(row, 2)
            change = f"IF(ABS({now}-{was})>0.000000001*ABS({was}),{now}-{was},0)"
            sheet.formula(row, 3, change, 0.0, "cell", "change" if style == "pence" else style)
        row += 1
        known = book.evaluation.payback_years
        said = "not within the years counted" if known is None else formatting.overtakes(known)
        year = f'"in year "&ROUNDUP({payback}-{RESIDUE:.9f},0)'
        live = f'IF(ISNUMBER({payback}),IF({payback}<=1,"within the first year",{year}),{payback})'
        sheet.text(row, 0, "Value overtakes cost (not cash)", "cell", "label", "wrap")
        sheet.formula(row, 1, live, said, "wrapped", "cell", "label", "right")
        sheet.text(row, 2, said, "wrapped", "cell", "right")
        sheet.text(row, 3, "", "cell")
        sheet.height(row, 28)

    def _outcomes(self, row: int) -> None:
        """The outcomes, the largest first, with the chart above them."""
        book, sheet, first = self.book, self.sheet, _RIGHT[0]
        rows = [
            each for each in book.evaluation.outcomes if each.in_total and each.outcome in book.base.outcomes
        ]
        rows.sort(key=lambda each: -abs(each.present_value or 0.0))
        shown, rest = rows[:_MOST_OUTCOMES], rows[_MOST_OUTCOMES:]
        if not shown:
            return
        sheet.headings(
            row, ("Outcomes, the largest first", "Present value", "Of total"), height=18, first=first
        )
        whole = book.address("present_value")
        lines = [
            (each.title, book.address(f"outcomes.{each.outcome}.present_value"), each.present_value or 0.0)
            for each in shown
        ]
        if rest:
            added = f"{whole}-SUM({reference(row + 1, first + 1)}:{reference(row + len(shown), first + 1)})"
            lines.append(
                (
                    f"{len(rest)} more, on the sheet Value map",
                    added,
                    sum(each.present_value or 0.0 for each in rest),
                )
            )
        total = book.base.present_value
        for at, (title, live, known) in enumerate(lines, start=row + 1):
            sheet.text(at, first, shortened(title, _LONGEST_TITLE), "cell", "wrap")
            sheet.formula(at, first + 1, live, known, "cell", "money", "link")
            part = f'IF({whole}>0,{reference(at, first + 1)}/{whole},"")'
            sheet.formula(at, first + 2, part, known / total if total > 0 else "", "cell", "percent")
        listed = (row + 1, row + len(lines))
        chart = pictures.by_outcome(book, sheet.name, listed, (first, first + 1), (self._wide(_RIGHT), 330))
        described = "Present value by outcome, as in the table beneath"
        options = {"x_offset": 2, "y_offset": 3, "object_position": 2, "description": described}
        sheet.page.insert_chart(_PANEL, first, chart, options)

    def _checks(self, row: int, written: AsWritten) -> int:
        """Checks of the workbook, and beneath them what has become of it; gives the last row of checks."""
        sheet, column = self.sheet, _LEFT[1]
        sheet.section(row, "Checks of this workbook", across=_LEFT[1] + 1)
        for at, (title, formula, shown) in enumerate(self.book.checks, start=row + 1):
            sheet.paragraph(at, 0, 2, title, "cell")
            sheet.formula(
                at, column, f'IF({formula},"passes","fails")', "passes" if shown else "fails", *_CHECK
            )
            self._look(at, (column, column), {"good": '="passes"', "bad": '="fails"'})
        last = row + len(self.book.checks)
        sheet.paragraph(last + 1, 0, 2, "What was entered and what follows, beside what was written", "cell")
        sheet.formula(last + 1, column, written.state, AS_WRITTEN, *_CHECK, "wrapped")
        sheet.height(last + 1, 28)
        self._look(last + 1, (column, column), {"good": f'="{AS_WRITTEN}"', "amber": f'<>"{AS_WRITTEN}"'})
        return last

    def _look(self, row: int, columns: tuple[int, int], looks: Mapping[str, str]) -> None:
        for look, found in looks.items():
            self.sheet.colour(row, *columns, f"{reference(row, columns[0], fixed=True)}{found}", look)

    def _light(self, written: AsWritten, spread: Range, checks: tuple[int, int]) -> None:
        """One cell that says whether the workbook can be relied on, and one for what has changed."""
        sheet, (first, last) = self.sheet, checks
        count = last - first + 1
        area = f"{reference(first, 3, fixed=True)}:{reference(last, 3, fixed=True)}"
        fails, changed = f'COUNTIF({area},"fails")', f'{self.state}<>"{AS_WRITTEN}"'
        passes = f"● All {count} checks pass"
        live = f'IF({fails}>0,"● "&{fails}&" of {count} checks fail: see below",'
        live += f'IF({changed},"● Changed since written","{passes}"))'
        sheet.sentence(3, *_RIGHT, live, passes, "light")
        for look, when in (("bad", f"{fails}>0"), ("amber", changed), ("good", f"{fails}=0")):
            sheet.colour(3, *_RIGHT, when, look, stop=True)
        below = spread.below(sheet.address(self.figures + 1, 1))
        beyond = f'&" It is now above "&{below}&" of 100 draws as written."' if below else ""
        unchanged = "As written: no number has been changed."
        said = f'"Changed since written: "&{written.which}&". The answer was {self.answer.central}."{beyond}'
        formula = '"Changed since written: a formula. The figures are not what sroi gave."'
        state = f'IF({written.count}>0,{said},IF({changed},{formula},"{unchanged}"))'
        sheet.sentence(4, *_RIGHT, state, unchanged, "cell", "indent")
        sheet.colour(4, *_RIGHT, changed, "amber")

    def _sheets(self, row: int) -> None:
        """A way to each sheet, and what the colours mean."""
        sheet, first = self.sheet, row
        sheet.section(row, "Sheets", across=_LEFT[1] + 1)
        for at, each in enumerate(self.book.sheets[1:], start=row + 1):
            sheet.jump(at, 0, each.name, each.name, "cell", "indent")
            sheet.paragraph(at, 1, _LEFT[1], _SAYS[each.name], "cell")
        left = _RIGHT[0]
        row = max(first, self.figures + _MOST_OUTCOMES + 4)
        sheet.section(row, "Colours", across=3, first=left)
        for at, (parts, example, words) in enumerate(_LEGEND, start=row + 1):
            sheet.text(at, left, words, "cell", "wrap")
            sheet.text(at, left + 1, example, *parts)
            sheet.text(at, left + 2, "", "cell")
