"""The sheet of demand avoided: units of services that are needed less, before and after deductions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sroi import formulas
from sroi.accounts.demand import undeducted
from sroi.backends.symbols import Symbol
from sroi.evaluation.carried import CarriedStudy
from sroi.model import DEDUCTIONS, FinancialProxy
from sroi.reports.labels import split_path
from sroi.reports.xlsx.book import MORE_YEARS, Column
from sroi.reports.xlsx.cells import Cells, cell

if TYPE_CHECKING:
    from sroi.accounts import Ledger
    from sroi.accounts.demand import DemandLine
    from sroi.model import Study
    from sroi.reports.xlsx.book import Book

_COLUMNS = (
    Column("Outcome", 44),
    Column("Unit", 24),
    Column("Payer", 16),
    Column("Fewer, before deductions", 16),
    Column("Fewer, after", 14),
    Column("Unit cost", 12),
    Column("Worth", 14),
    Column("Inputs per unit avoided", 16),
)
_WORTH = ("value", "impact", "benefit", "by_year", "by_year_pv", "present_value")
"""Steps of an outcome that differ where a unit takes the place of money."""

_KEPT = (*DEDUCTIONS, "contribution", "kept")
"""Steps of an outcome that differ before deductions."""


class Demand:
    """The outcomes that are services, carried again with a unit in place of money, where a study has some."""

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
        study, unit = book.study, {"value": FinancialProxy(value=1.0)}
        one = {line.outcome: study.outcomes[line.outcome].model_copy(update=unit) for line in self.lines}
        self.after = study.model_copy(update={"outcomes": one})
        whole = {name: each.model_copy(update=undeducted(each)) for name, each in one.items()}
        self.before = study.model_copy(update={"outcomes": whole})
        self.years = CarriedStudy(self.after, more_years=MORE_YEARS).years
        subtitle = "Units of services that are needed less, all cohorts, undiscounted; "
        subtitle += "a negative number is demand added."
        columns = (*_COLUMNS, *(Column(book.year(t), 11) for t in range(self.years)))
        self.sheet = book.table("Demand", "Demand avoided", subtitle, columns, height=32)

    def finish(self) -> None:
        """Carry the units by the cells that are there already, and add them up."""
        if not self.lines:
            return
        first, again = 4, 6 + len(self.lines)
        self._units(first, self.after, "")
        self.sheet.section(again - 1, "Before deductions, by year")
        self._units(again, self.before, ", before deductions")
        for at, line in enumerate(self.lines):
            self._sums(first + at, again + at, line)

    def _units(self, first: int, study: Study, what: str) -> None:
        """The units of each year of some lines, from the row of the first."""
        book, sheet = self.book, self.sheet
        base = CarriedStudy(study, more_years=MORE_YEARS)
        rows = {line.outcome: first + at for at, line in enumerate(self.lines)}
        own = (*_WORTH, *_KEPT) if study is self.before else _WORTH

        def bound(path: str, value: Any) -> Any:
            section, name, field, t = split_path(path)
            if path in book.live.values and not (section == "outcomes" and field in own):
                return book.live.values[path]
            if section == "outcomes" and field == "by_year" and t is not None:
                place = (rows[name], len(_COLUMNS) + t)
                if isinstance(value, Symbol):
                    worse = Symbol(f"IF({book.live.outcomes[name].value}<0,-1,1)")
                    known = base.values[path] * (-1 if book.base.outcomes[name].value < 0 else 1)
                    sheet.formula(*place, value * worse, known, "cell", "number")
                else:
                    sheet.number(*place, value, "cell", "number")
            return value

        CarriedStudy(study, Cells(), bound, more_years=MORE_YEARS)
        for line in self.lines:
            sheet.text(rows[line.outcome], 0, f"{line.title}{what}", "cell", "wrap")

    def _sums(self, row: int, before: int, line: DemandLine) -> None:
        book, sheet = self.book, self.sheet
        for column in range(1, len(_COLUMNS)):
            sheet.text(before, column, "", "cell")
        sheet.text(row, 1, line.service, "cell", "wrap")
        sheet.text(row, 2, line.payer, "cell")
        first, last = len(_COLUMNS), len(_COLUMNS) + self.years
        for column, at, known in ((3, before, line.before), (4, row, line.after)):
            units = book.live.backend.total([cell(sheet.name, at, each) for each in range(first, last)])
            sheet.formula(row, column, units, known, "cell", "number")
        proxy = book.live.outcomes[line.outcome].value
        sheet.formula(row, 5, Symbol(f"ABS({proxy})"), line.unit_cost, "cell", "pence")
        units, cost = cell(sheet.name, row, 4), cell(sheet.name, row, 5)
        sheet.formula(row, 6, formulas.impact(units, cost, 1.0), line.total, "cell", "money")
        each = formulas.cost_a_unit(book.live.investment, units)
        shown = "" if line.cost_per_unit is None else line.cost_per_unit
        sheet.formula(row, 7, f'IF(AND({proxy}>=0,{units}>0),{each},"")', shown, "cell", "money", "right")
        figures = (("before deductions", line.before, 3), ("after", line.after, 4), ("worth", line.total, 6))
        for title, figure, column in figures:
            fact = f"Demand avoided: {line.title}, {title}"
            self.facts.append((fact, figure or 0.0, sheet.address(row, column)))
