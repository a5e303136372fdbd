"""The sheet that sets the engine's own figures beside the workbook's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sroi.reports.xlsx.cells import reference
from sroi.reports.xlsx.sheet import Column

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sroi.reports.xlsx.book import Book

WITHIN = "0.000000001"
"""Relative difference up to which two figures are one."""

_FIRST = 6
_COLUMNS = (
    Column("Figure", 60),
    Column("sroi", 20, "fine"),
    Column("This workbook", 20),
    Column("Difference", 16),
    Column("The same", 10),
)
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
        subtitle = (
            "The figures that sroi gave when it wrote this workbook, beside the live ones; once an input is "
        )
        subtitle += "changed, they part by what it changes."
        name = "Reconciliation"
        self.sheet = book.table(name, name, subtitle, _COLUMNS, row=_FIRST - 1, height=18)

    def finish(self, more: list[tuple[str, float, str]]) -> str:
        """Write the rows; gives the reference of the cell that says whether all agree."""
        sheet, facts = self.sheet, [*self._figures(), *more]
        for row, (title, figure, live) in enumerate(facts, start=_FIRST):
            sheet.line(row, title, figure)
            ours, its, difference = (reference(row, column) for column in (1, 2, 3))
            sheet.formula(row, 2, live, figure, "cell", "fine", "link")
            sheet.formula(row, 3, f"{its}-{ours}", 0.0, "cell", "difference")
            same = f"ABS({difference})<={WITHIN}*MAX(1,ABS({ours}))"
            sheet.formula(row, 4, same, True, "cell", "centre")
        last = _FIRST + len(facts) - 1
        sheet.text(3, 0, f"All {len(facts)} figures are the same, to one part in a thousand million", "label")
        every = f"AND({reference(_FIRST, 4)}:{reference(last, 4)})"
        sheet.formula(3, 1, every, True, "cell", "label", "centre")
        return sheet.address(3, 1)

    def _figures(self) -> Iterator[tuple[str, float, str]]:
        book, evaluation = self.book, self.book.evaluation
        for path, title in _HEADLINES.items():
            yield title, getattr(evaluation, path), book.address(path)
        for row in evaluation.outcomes:
            path = f"outcomes.{row.outcome}"
            if row.present_value is not None and row.impact is not None:
                yield f"{row.title}: impact", row.impact, book.address(f"{path}.impact")
                yield f"{row.title}: present value", row.present_value, book.address(f"{path}.present_value")
                yield from self._flows(row.title, path, row.by_year)
        for each in evaluation.inputs:
            title, path = book.input(each.input), f"inputs.{each.input}"
            yield f"{title}: present value", each.present_value, book.address(f"{path}.present_value")
            yield from self._flows(title, path, each.by_year)
        method = evaluation.study.method
        for t, factor in enumerate(evaluation.discount_factors):
            path = f"discount_factors.{method.discount_schedule or 'flat'}.{method.timing}[{t}]"
            yield f"Discount factor of year {t}", factor, book.address(path)

    def _flows(
        self, title: str, path: str, flows: tuple[float | None, ...]
    ) -> Iterator[tuple[str, float, str]]:
        for t, flow in enumerate(flows):
            if flow:
                yield f"{title}: year {t}", flow, self.book.address(f"{path}.by_year[{t}]")
