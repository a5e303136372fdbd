"""The sheet that sets the engine's own figures beside the workbook's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sroi.reports.xlsx.cells import reference

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sroi.reports.xlsx.book import Book

WITHIN = "0.000000001"
"""Relative difference up to which two figures are one."""

_FIRST = 6
_HEADLINES = {
    "social_return_ratio": "Social return ratio",
    "net_ratio": "Net ratio",
    "present_value": "Present value of outcomes",
    "investment": "Present value of inputs",
    "net_present_value": "Net present value",
}


class Reconciliation:
    """Figure by figure: what sroi gave, what this workbook gives, and whether they are the same."""

    def __init__(self, book: Book) -> None:
        self.book = book
        subtitle = "The figures that sroi gave when it wrote this workbook, beside the live ones; once an input is changed, they part by what it changes."
        self.sheet = book.sheet("Reconciliation", "Reconciliation", subtitle, (60, 20, 20, 16, 10))
        self.sheet.headings(
            _FIRST - 1, ("Figure", "sroi", "This workbook", "Difference", "The same"), height=18
        )
        self.sheet.freeze(_FIRST, 1)

    def finish(self, more: list[tuple[str, float, str]]) -> str:
        """Write the rows; gives the reference of the cell that says whether all agree."""
        sheet = self.sheet
        row = _FIRST - 1
        for title, figure, live in [*self._figures(), *more]:
            row += 1
            sheet.text(row, 0, title, "cell")
            sheet.number(row, 1, figure, "cell", "fine")
            sheet.formula(row, 2, live, figure, "cell", "fine", "link")
            sheet.formula(row, 3, f"{reference(row, 2)}-{reference(row, 1)}", 0.0, "cell", "difference")
            same = f"ABS({reference(row, 3)})<={WITHIN}*MAX(1,ABS({reference(row, 1)}))"
            sheet.formula(row, 4, same, True, "cell", "centre")
        sheet.text(
            3, 0, f"All {row - _FIRST + 1} figures are the same, to one part in a thousand million", "label"
        )
        sheet.formula(
            3, 1, f"AND({reference(_FIRST, 4)}:{reference(row, 4)})", True, "cell", "label", "centre"
        )
        return f"Reconciliation!{reference(3, 1)}"

    def _figures(self) -> Iterator[tuple[str, float, str]]:
        book, evaluation = self.book, self.book.evaluation
        for path, title in _HEADLINES.items():
            yield title, getattr(evaluation, path), book.at(path)
        for row in evaluation.outcomes:
            path = f"outcomes.{row.outcome}"
            if row.present_value is not None and row.impact is not None:
                yield f"{row.title}: impact", row.impact, book.at(f"{path}.impact")
                yield f"{row.title}: present value", row.present_value, book.at(f"{path}.present_value")
                yield from self._by_year(row.title, path, row.by_year)
        for each in evaluation.inputs:
            title = book.input(each.input)
            yield f"{title}: present value", each.present_value, book.at(f"inputs.{each.input}.present_value")
            yield from self._by_year(title, f"inputs.{each.input}", each.by_year)
        own = evaluation.study.method.discount_schedule or "flat"
        for t, factor in enumerate(evaluation.discount_factors):
            path = f"discount_factors.{own}.{evaluation.study.method.timing}[{t}]"
            yield f"Discount factor of year {t}", factor, book.at(path)

    def _by_year(
        self, title: str, path: str, flows: tuple[float | None, ...]
    ) -> Iterator[tuple[str, float, str]]:
        for t, flow in enumerate(flows):
            if flow:
                yield f"{title}: year {t}", flow, self.book.at(f"{path}.by_year[{t}]")
