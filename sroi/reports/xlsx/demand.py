"""The sheet of demand avoided: units of services that are needed less, by year, before and after deductions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from sroi import formulas
from sroi.accounts.demand import undeducted
from sroi.backends.symbols import Symbol
from sroi.evaluation.carried import CarriedStudy
from sroi.model import FinancialProxy
from sroi.reports.xlsx.book import MORE_YEARS
from sroi.reports.xlsx.cells import Cells, cell, prefix, reference

if TYPE_CHECKING:
    from sroi.accounts import Ledger
    from sroi.model import Study
    from sroi.reports.xlsx.book import Book
    from sroi.results import DemandLine

_TITLES = (
    "Outcome",
    "Unit",
    "Payer",
    "Fewer, before deductions",
    "Fewer, after",
    "Unit cost",
    "Worth",
    "Inputs per unit avoided",
)
_WORTH = re.compile(r"outcomes\.[^.]+\.(value|impact|benefit|by_year|by_year_pv|present_value)\b")
_DEDUCTED = re.compile(r"outcomes\.[^.]+\.(deadweight|displacement|attribution|contribution|kept)\b")


class Demand:
    """The outcomes that are services, carried once more with a unit in place of money; the sheet is there only where a study has some."""

    def __init__(self, book: Book, ledger: Ledger) -> None:
        self.book = book
        self.lines = [
            line
            for line in ledger.demand
            if line.service is not None and line.outcome in book.base.outcomes and line.after is not None
        ]
        self.facts: list[tuple[str, float, str]] = []
        if not self.lines:
            return
        study = book.study
        services = {line.outcome: study.outcomes[line.outcome] for line in self.lines}
        one = {
            name: each.model_copy(update={"value": FinancialProxy(value=1.0)})
            for name, each in services.items()
        }
        self.after = study.model_copy(update={"outcomes": one})
        whole = {name: each.model_copy(update=undeducted(each)) for name, each in one.items()}
        self.before = study.model_copy(update={"outcomes": whole})
        self.years = CarriedStudy(self.after, more_years=MORE_YEARS).years
        subtitle = "Units of services that are needed less, all cohorts, undiscounted; a negative number is demand added."
        self.sheet = book.sheet(
            "Demand", "Demand avoided", subtitle, (44, 24, 16, 16, 14, 12, 14, 16, *[11] * self.years)
        )
        self.sheet.freeze(4, 1)

    def finish(self) -> None:
        """Carry the units by the cells that are there already, and add them up."""
        if not self.lines:
            return
        self.sheet.headings(3, (*_TITLES, *map(self.book.year, range(self.years))), height=32)
        first = 4
        self._by_year(first, self.after, "after deductions")
        again = first + len(self.lines) + 2
        self.sheet.text(again - 1, 0, "Before deductions, by year", "section")
        self._by_year(again, self.before, "before deductions")
        for at, line in enumerate(self.lines):
            self._sums(first + at, again + at, line)

    def _by_year(self, first: int, study: Study, what: str) -> None:
        """The units of each year of some lines, from the row of the first."""
        book, sheet = self.book, self.sheet
        base = CarriedStudy(study, more_years=MORE_YEARS)
        rows = {line.outcome: first + at for at, line in enumerate(self.lines)}

        def bound(path: str, value: Any) -> Any:
            if (
                path in book.live.values
                and not _WORTH.match(path)
                and not (study is self.before and _DEDUCTED.match(path))
            ):
                return book.live.values[path]
            parts = path.split(".")
            if len(parts) == 3 and parts[2].startswith("by_year["):
                t = int(parts[2][8:-1])
                if isinstance(value, Symbol):
                    proxy, known = (carried.outcomes[parts[1]].value for carried in (book.live, book.base))
                    worse = Symbol(f"IF({proxy}<0,-1,1)")
                    sheet.formula(
                        rows[parts[1]],
                        8 + t,
                        value * worse,
                        base.values[path] * (-1 if known < 0 else 1),
                        "cell",
                        "number",
                    )
                else:
                    sheet.number(rows[parts[1]], 8 + t, value, "cell", "number")
            return value

        CarriedStudy(study, Cells(), bound, more_years=MORE_YEARS)
        for line in self.lines:
            sheet.text(
                rows[line.outcome],
                0,
                f"{line.title}{'' if study is self.after else f', {what}'}",
                "cell",
                "wrap",
            )

    def _sums(self, row: int, before: int, line: DemandLine) -> None:
        book, sheet = self.book, self.sheet
        sheet.text(row, 1, line.service, "cell", "wrap")
        sheet.text(row, 2, line.payer, "cell")
        for column in range(1, 8):
            if row != before:
                sheet.text(before, column, "", "cell")
        total = book.live.backend.total
        ends = {at: total([cell(sheet.name, at, 8 + t) for t in range(self.years)]) for at in (row, before)}
        sheet.formula(row, 3, ends[before], line.before, "cell", "number")
        sheet.formula(row, 4, ends[row], line.after, "cell", "number")
        proxy = book.live.outcomes[line.outcome].value
        sheet.formula(row, 5, Symbol(f"ABS({proxy})"), line.unit_cost, "cell", "pence")
        units = cell(sheet.name, row, 4)
        sheet.formula(
            row, 6, formulas.impact(units, cell(sheet.name, row, 5), 1.0), line.total, "cell", "money"
        )
        each = formulas.cost_a_unit(book.live.investment, units)
        shown = "" if line.cost_per_unit is None else line.cost_per_unit
        sheet.formula(row, 7, f'IF(AND({proxy}>=0,{units}>0),{each},"")', shown, "cell", "money", "right")
        for title, figure, column in (
            ("before deductions", line.before, 3),
            ("after", line.after, 4),
            ("worth", line.total, 6),
        ):
            self.facts.append(
                (
                    f"Demand avoided: {line.title}, {title}",
                    figure or 0.0,
                    f"{prefix(sheet.name)}{reference(row, column)}",
                )
            )
