"""The sheets of years: benefit years of one unit, discount factors, and present values by calendar year."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sroi import formulas
from sroi.backends.symbols import Symbol
from sroi.discounting import net_flows, period_base
from sroi.reference import discount_schedules
from sroi.reports.xlsx.cells import cell, reference
from sroi.reports.xlsx.sheet import Column
from sroi.tolerance import TOLERANCE

if TYPE_CHECKING:
    from sroi.reports.xlsx.book import Book

_FIRST = 4


class BenefitYears:
    """Money of each benefit year of one unit of quantity, drop-off and part years taken into account."""

    def __init__(self, book: Book) -> None:
        self.book = book
        base = book.base.outcomes
        most = max((len(each.benefit) for each in base.values()), default=0)
        subtitle = (
            "What one unit is worth in each benefit year: proxy × share kept × what drop-off leaves × the "
        )
        columns = (
            Column("Outcome", 44, "wrap"),
            Column("First year", 12, "wrap"),
            Column("Years held ready", 12, "count"),
            Column("Duration fits"),
            *(Column(f"Benefit\nyear {k + 1}") for k in range(most)),
        )
        title = "Benefit years of one unit"
        subtitle += "part of the year that counts."
        self.sheet = book.table("Benefit years", title, subtitle, columns)
        for row, (name, each) in enumerate(base.items(), start=_FIRST):
            first, held = book.year(each.numbers.first).replace("\n", ", "), len(each.benefit)
            self.sheet.line(row, book.outcome(name), first, held, *[""] * (1 + most))
            for k in range(held):
                book.place(f"outcomes.{name}.benefit[{k}]", self.sheet, row, 4 + k, "cell", "pence")

    def finish(self) -> None:
        """Say where a duration is longer than its columns, or shorter than a list of its numbers."""
        book = self.book
        if not book.base.outcomes:
            return
        for row, (name, each) in enumerate(book.base.outcomes.items(), start=_FIRST):
            duration = book.address(f"outcomes.{name}.duration")
            longest = each.numbers.longest
            listed = f",{duration}>{longest - 1}" if longest > 1 else ""
            fits = f"AND({duration}>0,{duration}<={reference(row, 2)}{listed})"
            self.sheet.formula(row, 3, fits, True, "cell", "centre")
        every = f"AND('Benefit years'!{reference(_FIRST, 3)}:{reference(row, 3)})"
        book.checks.append(("Every duration fits the columns of this workbook", every, True))


class Discounting:
    """Rates that may be changed, and the factors that follow from them."""

    def __init__(self, book: Book) -> None:
        self.book = book
        study, values = book.study, book.base.values
        subtitle = f"A flow of year t is discounted at the {study.method.timing} of its year. "
        subtitle += "Change a rate on yellow and every factor follows."
        columns = (Column("", 30), *(Column("", 16) for _ in range(12)))
        self.sheet = sheet = book.sheet("Discounting", "Discounting", subtitle, columns)
        sheet.section(3, "Rates, real")
        row = 4
        if "discount_rate" in values:
            sheet.text(row, 0, "Every year", "cell")
            book.place("discount_rate", sheet, row, 1, "cell", "percent", name="discount_rate")
            row += 1
        for schedule, steps in discount_schedules().items():
            for first, _ in steps:
                path = f"discount_schedules.{schedule}[{first}]"
                if path in values:
                    sheet.text(row, 0, f"{schedule}, from year {first}", "cell")
                    book.place(path, sheet, row, 1, "cell", "percent")
                    row += 1
        sheet.section(row + 1, "Factors")
        self._factors(row + 2)
        sheet.freeze(row + 3, 1)

    def _factors(self, row: int) -> None:
        """Factors of whole periods and of flows, from a row of headings."""
        book, sheet, values, base = self.book, self.sheet, self.book.base.values, period_base(self.book.study)
        periods, factors = (
            sorted({path.rpartition("[")[0] for path in values if path.startswith(f"{section}.")})
            for section in ("periods", "discount_factors")
        )
        whole = (f"Whole periods\n{each.partition('.')[2]}" for each in periods)
        sheet.headings(row, ["Year", *whole, *map(_factor_title, factors)], height=44)
        note = "" if base == 0 else f" Periods are counted from {book.study.first_year + base}."
        sheet.text(row - 1, 1, f"Whole periods: the factor at the start of a year.{note}", "subtitle")
        for t in range(book.base.years):
            line = row + 1 + t
            sheet.text(line, 0, book.year(t).replace("\n", ", "), "cell")
            for column, path in enumerate(periods, start=1):
                if f"{path}[{t - base}]" in values:
                    book.place(f"{path}[{t - base}]", sheet, line, column, "cell", "factor")
                elif t <= base:
                    sheet.number(line, column, 1.0, "cell", "factor")
                else:
                    sheet.text(line, column, "", "cell")
            for column, path in enumerate(factors, start=1 + len(periods)):
                book.place(f"{path}[{t}]", sheet, line, column, "cell", "factor")


def _factor_title(path: str) -> str:
    _, schedule, timing = path.split(".")
    falls = {"start": "start", "mid": "middle", "end": "end"}[timing]
    return f"Factor\n{schedule}\n{falls} of year"


class PresentValues:
    """Every flow times its factor, by calendar year, with the balance and the time of payback."""

    def __init__(self, book: Book) -> None:
        self.book = book
        base = book.base
        subtitle = f"Flow × discount factor of its year, in {book.study.price_year} prices."
        columns = (Column("", 48), Column("All years", 16), *book.year_columns())
        title = "Present values by year"
        self.sheet = book.table("Present values", title, subtitle, columns, frozen=2)
        named = {name: (f"outcomes.{name}", book.outcome(name)) for name in base.outcomes}
        inside = [pair for name, pair in named.items() if base.outcomes[name].in_total]
        outside = [pair for name, pair in named.items() if not base.outcomes[name].in_total]
        row = self._block(_FIRST, "Outcomes in the total", inside)
        row = self._total(row, "All outcomes in the total", "present_value", "outcomes_by_year_pv")
        inputs = [(f"inputs.{name}", book.input(name)) for name in base.inputs]
        row = self._block(row + 1, "Inputs", inputs)
        self.balance = self._total(row, "All inputs", "investment", "inputs_by_year_pv") + 1
        if outside:
            title = "Outside the total: transfers, which move money and make none"
            self._block(self.balance + 3, title, outside)

    def _block(self, row: int, title: str, lines: list[tuple[str, str]]) -> int:
        self.sheet.section(row, title)
        for path, words in lines:
            row += 1
            self.sheet.text(row, 0, words, "cell", "wrap")
            self.book.place(f"{path}.present_value", self.sheet, row, 1, "cell", "money")
            self.book.place_years(f"{path}.by_year_pv", self.sheet, row, 2, "cell", "money")
        return row + 1

    def _total(self, row: int, title: str, path: str, by_year: str) -> int:
        self.sheet.text(row, 0, title, "total")
        self.book.place(path, self.sheet, row, 1, "total", "money", name=path)
        self.book.place_years(by_year, self.sheet, row, 2, "total", "money")
        return row + 1

    def finish(self) -> None:
        """Benefits less inputs by year."""
        book, sheet, live, base, row = self.book, self.sheet, self.book.live, self.book.base, self.balance
        spent = (
            "Something is put in, so that a return has a meaning",
            f"{book.address('investment')}>0",
            True,
        )
        book.checks.append(spent)
        sheet.text(row, 0, "Benefits less inputs", "total")
        sheet.formula(row, 1, book.address("net_present_value"), base.net_present_value, "total", "money")
        sheet.line(row + 1, "Added up", "", style="total")
        added: Any = 0.0
        shown = 0.0
        for t in range(base.years):
            net, known = (
                formulas.net_present_value(each.outcomes_by_year_pv[t], each.inputs_by_year_pv[t])
                for each in (live, base)
            )
            shown += known
            sheet.formula(row, 2 + t, net, known, "total", "money")
            sheet.formula(row + 1, 2 + t, added + cell(sheet.name, row, 2 + t), shown, "total", "money")
            added = cell(sheet.name, row + 1, 2 + t)


class Payback:
    """When the sum of benefits less inputs is last below zero: the flows in order of time, and their sum."""

    def __init__(self, book: Book) -> None:
        self.book = book
        subtitle = (
            "Flows in order of the time at which they fall; payback is the time from which on their sum is "
        )
        columns = (
            Column("Time, in years", 16, "general"),
            Column("Benefits less inputs", 18),
            Column("Added up", 18),
            Column("Crosses zero at", 18),
        )
        self.sheet = book.table("Payback", "Payback", f"{subtitle}never below zero.", columns)

    def finish(self) -> str:
        """Write the flows; gives the reference of the cell with the time of payback, in years."""
        book, sheet = self.book, self.sheet
        flows = [
            net_flows(book.study.method, dict(enumerate(gained)), dict(enumerate(spent)))
            for gained, spent in (
                (steps.outcomes_by_year_pv, steps.inputs_by_year_pv) for steps in (book.live, book.base)
            )
        ]
        first, last = _FIRST, _FIRST - 1 + len(flows[0])
        zero = Symbol(f"{TOLERANCE:.12f}*SUMPRODUCT(ABS({reference(first, 1)}:{reference(last, 1)}))")
        running = 0.0
        for row, ((time, live), (_, known)) in enumerate(zip(*flows, strict=True), start=first):
            net, total, before = (cell(sheet.name, *at) for at in ((row, 1), (row, 2), (row - 1, 2)))
            running += known
            sheet.line(row, time)
            sheet.formula(row, 1, live, known, "cell", "money")
            sheet.formula(row, 2, net if row == first else before + net, running, "cell", "money")
            if row == first:
                sheet.text(row, 3, "", "cell")
                continue
            earlier, later = (cell(sheet.name, at, 0) for at in (row - 1, row))
            crossing = formulas.crossing(earlier, later, before, total)
            crosses = f'IF(AND({before}<-{zero},{total}>=-{zero}),{crossing},"")'
            sheet.formula(row, 3, crosses, "", "cell", "number")
        crossings = f"{reference(first, 3)}:{reference(last, 3)}"
        never, at_once = "not within the years counted", reference(first, 0)
        found = f"IF(COUNT({crossings})=0,{at_once},MAX({crossings}))"
        payback = book.evaluation.payback_years
        sheet.text(last + 2, 0, "Payback", "total")
        formula = f'IF({reference(last, 2)}<-{zero},"{never}",{found})'
        sheet.formula(last + 2, 1, formula, never if payback is None else payback, "total", "number")
        return sheet.address(last + 2, 1)
