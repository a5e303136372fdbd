"""The sheet of demand avoided: units of services that are needed less, by year, before and after deductions."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, Any

from sroi import formulas
from sroi.backends.symbols import Symbol
from sroi.reports.xlsx.cells import cell, prefix, reference
from sroi.walk import benefits, cohort_flows

if TYPE_CHECKING:
    from sroi.accounts import Ledger
    from sroi.accounts.demand import DemandLine
    from sroi.reports.xlsx.book import Book
    from sroi.steps import Steps

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


def _units(steps: Steps, name: str, *, deducted: bool) -> dict[int, Any]:
    """Units of one outcome by year from year 0, all cohorts together, before or after deductions."""
    walk, outcome = steps.walk, steps.outcomes[name]
    one = replace(outcome.numbers, value=1.0)
    kept = outcome.kept if deducted else (1.0,)
    stream = benefits(one, walk.conventions(name), kept, 1.0, walk.backend)
    return walk.backend.sums(cohort_flows(one, tuple(islice(stream, walk.benefit_years(name)))))


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
        self.years = book.base.years
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
        self._by_year(first, deducted=True)
        again = first + len(self.lines) + 2
        self.sheet.text(again - 1, 0, "Before deductions, by year", "section")
        self._by_year(again, deducted=False)
        for at, line in enumerate(self.lines):
            self._sums(first + at, again + at, line)

    def _by_year(self, first: int, *, deducted: bool) -> None:
        """The units of each year of some lines, from the row of the first."""
        book, sheet = self.book, self.sheet
        for row, line in enumerate(self.lines, start=first):
            sheet.text(row, 0, line.title if deducted else f"{line.title}, before deductions", "cell", "wrap")
            live, known = (_units(steps, line.outcome, deducted=deducted) for steps in (book.live, book.base))
            proxy, value = (steps.outcomes[line.outcome].numbers.value for steps in (book.live, book.base))
            worse = Symbol(f"IF({proxy}<0,-1,1)")
            for t in range(self.years):
                units, shown = live.get(t, 0.0), known.get(t, 0.0)
                if isinstance(units, Symbol):
                    sheet.formula(row, 8 + t, units * worse, -shown if value < 0 else shown, "cell", "number")
                else:
                    sheet.number(row, 8 + t, units, "cell", "number")

    def _sums(self, row: int, before: int, line: DemandLine) -> None:
        book, sheet = self.book, self.sheet
        sheet.text(row, 1, line.service, "cell", "wrap")
        sheet.text(row, 2, line.payer, "cell")
        for column in range(1, 8):
            if row != before:
                sheet.text(before, column, "", "cell")
        total = book.live.walk.backend.total
        ends = {at: total([cell(sheet.name, at, 8 + t) for t in range(self.years)]) for at in (row, before)}
        sheet.formula(row, 3, ends[before], line.before, "cell", "number")
        sheet.formula(row, 4, ends[row], line.after, "cell", "number")
        proxy = book.live.outcomes[line.outcome].numbers.value
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
