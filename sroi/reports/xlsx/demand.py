"""The sheet of demand avoided: units of services that are needed less, before and after deductions."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, Any

from sroi import formulas
from sroi.backends.symbols import Symbol
from sroi.flows import benefits, cohort_flows
from sroi.labels import payer_label, unit_label
from sroi.reports.xlsx.cells import cell
from sroi.reports.xlsx.sheet import Column

if TYPE_CHECKING:
    from sroi.reports.xlsx.book import Book
    from sroi.results import DemandLine, Ledger
    from sroi.steps import Steps

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


def _units(steps: Steps, name: str, *, deducted: bool) -> dict[int, Any]:
    """Units of one outcome by year from year 0, all cohorts together, before or after deductions."""
    walk, outcome = steps.walk, steps.outcomes[name]
    one = replace(outcome.numbers, value=(1.0,), optimism=None)
    kept = outcome.kept if deducted else (1.0,)
    stream = benefits(one, walk.conventions(name), kept, 1.0, walk.backend)
    return walk.backend.sums(cohort_flows(one, tuple(islice(stream, walk.benefit_years(name))), walk.backend))


class Demand:
    """The outcomes that are services, counted again with a unit in place of money, where a study has some."""

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
        self.years = book.base.years
        subtitle = "Units of services that are needed less, all cohorts, undiscounted; "
        subtitle += "a negative number is demand added."
        columns = (*_COLUMNS, *(Column(book.year(t), 11) for t in range(self.years)))
        self.sheet = book.table("Demand", "Demand avoided", subtitle, columns, height=32)

    def finish(self) -> None:
        """Carry the units by the cells that are there already, and add them up."""
        if not self.lines:
            return
        first, again = 4, 6 + len(self.lines)
        self._by_year(first, deducted=True)
        self.sheet.section(again - 1, "Before deductions, by year")
        self._by_year(again, deducted=False)
        for at, line in enumerate(self.lines):
            self._sums(first + at, again + at, line)

    def _by_year(self, first: int, *, deducted: bool) -> None:
        """The units of each year of some lines, from the row of the first."""
        book, sheet = self.book, self.sheet
        for row, line in enumerate(self.lines, start=first):
            sheet.text(row, 0, line.title if deducted else f"{line.title}, before deductions", "cell", "wrap")
            live, known = (_units(steps, line.outcome, deducted=deducted) for steps in (book.live, book.base))
            proxy, value = (steps.outcomes[line.outcome].numbers.value[0] for steps in (book.live, book.base))
            worse = Symbol(f"IF({proxy}<0,-1,1)")
            for t in range(self.years):
                place, units, shown = (row, len(_COLUMNS) + t), live.get(t, 0.0), known.get(t, 0.0)
                if isinstance(units, Symbol):
                    sheet.formula(*place, units * worse, -shown if value < 0 else shown, "cell", "number")
                else:
                    sheet.number(*place, units, "cell", "number")

    def _sums(self, row: int, before: int, line: DemandLine) -> None:
        book, sheet = self.book, self.sheet
        for column in range(1, len(_COLUMNS)):
            sheet.text(before, column, "", "cell")
        sheet.text(row, 1, unit_label(book.study, line.service), "cell", "wrap")
        sheet.text(row, 2, payer_label(book.study, line.payer), "cell")
        first, last = len(_COLUMNS), len(_COLUMNS) + self.years
        for column, at, known in ((3, before, line.before), (4, row, line.after)):
            units = book.live.backend.total([cell(sheet.name, at, each) for each in range(first, last)])
            sheet.formula(row, column, units, known, "cell", "number")
        outcome = book.live.outcomes[line.outcome]
        proxy, *later = outcome.numbers.value
        units, cost = cell(sheet.name, row, 4), cell(sheet.name, row, 5)
        each = Symbol(f"ABS({proxy})")
        total = formulas.impact(units, cost, 1.0)
        if later:
            full, backend = replace(outcome.numbers, optimism=None), book.live.backend
            flows = backend.sums(cohort_flows(full, outcome.benefit, backend))
            total = backend.total([flows[t] for t in sorted(flows) if t < self.years])
            each = Symbol(f"IF({units}=0,{each},{formulas.cost_a_unit(total, units)})")
        sheet.formula(row, 5, each, line.unit_cost, "cell", "pence")
        sheet.formula(row, 6, total, line.total, "cell", "money")
        each = formulas.cost_a_unit(book.live.investment, units)
        shown = "" if line.cost_per_unit is None else line.cost_per_unit
        sheet.formula(row, 7, f'IF(AND({proxy}>=0,{units}>0),{each},"")', shown, "cell", "money", "right")
        figures = (("before deductions", line.before, 3), ("after", line.after, 4), ("worth", line.total, 6))
        for title, figure, column in figures:
            fact = f"Demand avoided: {line.title}, {title}"
            self.facts.append((fact, figure or 0.0, sheet.address(row, column)))
