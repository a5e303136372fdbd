"""The sheets of years: benefit years of one unit, discount factors, and present values by calendar year."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sroi import formulas
from sroi.backends.symbols import Symbol
from sroi.discounting import net_flows, period_base
from sroi.reference import discount_schedules
from sroi.reports.xlsx.cells import cell, reference

if TYPE_CHECKING:
    from sroi.reports.xlsx.book import Book


class BenefitYears:
    """Money of each benefit year of one unit of quantity, drop-off and part years taken into account."""

    def __init__(self, book: Book) -> None:
        self.book = book
        base = book.base.outcomes
        most = max((len(each.benefit) for each in base.values()), default=0)
        subtitle = "What one unit is worth in each benefit year: proxy × share kept × what drop-off leaves × the part of the year that counts."
        self.sheet = book.sheet(
            "Benefit years", "Benefit years of one unit", subtitle, (44, 12, 12, 12, *[12] * most)
        )
        self.sheet.headings(
            3,
            [
                "Outcome",
                "First year",
                "Years held ready",
                "Duration fits",
                *(f"Benefit\nyear {k + 1}" for k in range(most)),
            ],
        )
        self.sheet.freeze(4, 1)
        for row, (name, each) in enumerate(base.items(), start=4):
            self.sheet.text(row, 0, book.outcome(name), "cell", "wrap")
            self.sheet.text(row, 1, book.year(each.numbers.first).replace("\n", ", "), "cell", "wrap")
            self.sheet.number(row, 2, len(each.benefit), "cell", "count")
            for k in range(most):
                if k < len(each.benefit):
                    book.place(f"outcomes.{name}.benefit[{k}]", self.sheet, row, 4 + k, "cell", "pence")
                else:
                    self.sheet.text(row, 4 + k, "", "cell")
        self.last = 3 + len(base)

    def finish(self) -> None:
        """Say where a duration is longer than its columns, or shorter than a list of shares."""
        book = self.book
        for row, (name, each) in enumerate(book.base.outcomes.items(), start=4):
            duration = book.at(f"outcomes.{name}.duration")
            longest = each.numbers.listed
            listed = f",{duration}>{longest - 1}" if longest > 1 else ""
            self.sheet.formula(
                row, 3, f"AND({duration}>0,{duration}<={reference(row, 2)}{listed})", True, "cell", "centre"
            )
        if book.base.outcomes:
            book.checks.append(
                (
                    "Every duration fits the columns of this workbook",
                    f"AND('Benefit years'!D5:D{self.last + 1})",
                    True,
                )
            )


class Discounting:
    """Rates that may be changed, and the factors that follow from them."""

    def __init__(self, book: Book) -> None:
        self.book = book
        study, values = book.study, book.base.values
        subtitle = f"A flow of year t is discounted at the {study.method.timing} of its year. Change a rate on yellow and every factor follows."
        self.sheet = sheet = book.sheet("Discounting", "Discounting", subtitle, (30, *[16] * 12))
        sheet.text(3, 0, "Rates, real", "section")
        row = 4
        if "discount_rate" in values:
            sheet.text(row, 0, "Every year", "cell")
            book.place("discount_rate", sheet, row, 1, "cell", "percent", name="discount_rate")
            row += 1
        for schedule, steps in discount_schedules().items():
            used = [
                (first, f"discount_schedules.{schedule}[{first}]")
                for first, _ in steps
                if f"discount_schedules.{schedule}[{first}]" in values
            ]
            for first, path in used:
                sheet.text(row, 0, f"{schedule}, from year {first}", "cell")
                book.place(path, sheet, row, 1, "cell", "percent")
                row += 1
        row += 1
        sheet.text(row, 0, "Factors", "section")
        row += 1
        periods = sorted({path.rpartition("[")[0] for path in values if path.startswith("periods.")})
        factors = sorted({path.rpartition("[")[0] for path in values if path.startswith("discount_factors.")})
        titles = [
            "Year",
            *(f"Whole periods\n{each.partition('.')[2]}" for each in periods),
            *(self._title(each) for each in factors),
        ]
        sheet.headings(row, titles, height=44)
        base = period_base(study)
        note = "" if base == 0 else f" Periods are counted from {study.first_year + base}."
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
        sheet.freeze(row + 1, 1)

    def _title(self, path: str) -> str:
        _, schedule, timing = path.split(".")
        falls = {"start": "start", "mid": "middle", "end": "end"}[timing]
        return f"Factor\n{schedule}\n{falls} of year"


class PresentValues:
    """Every flow times its factor, by calendar year, with the balance and the time of payback."""

    def __init__(self, book: Book) -> None:
        self.book = book
        base, years = book.base, book.base.years
        subtitle = f"Flow × discount factor of its year, in {book.study.price_year} prices."
        self.sheet = sheet = book.sheet(
            "Present values", "Present values by year", subtitle, (48, 16, *[12] * years)
        )
        sheet.headings(3, ["", "All years", *map(book.year, range(years))])
        sheet.freeze(4, 2)
        inside = [name for name, each in base.outcomes.items() if each.in_total]
        outside = [name for name, each in base.outcomes.items() if not each.in_total]
        row = self._block(
            4, "Outcomes in the total", [(f"outcomes.{name}", book.outcome(name)) for name in inside]
        )
        row = self._total(row, "All outcomes in the total", "present_value", "outcomes_by_year_pv")
        row = self._block(row + 1, "Inputs", [(f"inputs.{name}", book.input(name)) for name in base.inputs])
        row = self._total(row, "All inputs", "investment", "inputs_by_year_pv")
        self.balance = row + 1
        row += 4
        if outside:
            self._block(
                row,
                "Outside the total: transfers, which move money and make none",
                [(f"outcomes.{name}", book.outcome(name)) for name in outside],
            )

    def _block(self, row: int, title: str, lines: list[tuple[str, str]]) -> int:
        self.sheet.text(row, 0, title, "section")
        for path, words in lines:
            row += 1
            self.sheet.text(row, 0, words, "cell", "wrap")
            self.book.place(f"{path}.present_value", self.sheet, row, 1, "cell", "money")
            for t in range(self.book.base.years):
                self.book.place(f"{path}.by_year_pv[{t}]", self.sheet, row, 2 + t, "cell", "money")
        return row + 1

    def _total(self, row: int, title: str, path: str, by_year: str) -> int:
        self.sheet.text(row, 0, title, "total")
        self.book.place(path, self.sheet, row, 1, "total", "money", name=path)
        for t in range(self.book.base.years):
            self.book.place(f"{by_year}[{t}]", self.sheet, row, 2 + t, "total", "money")
        return row + 1

    def finish(self) -> None:
        """Benefits less inputs by year."""
        book, sheet, live, base, row = self.book, self.sheet, self.book.live, self.book.base, self.balance
        book.checks.append(
            ("Something is put in, so that a return has a meaning", f"{book.at('investment')}>0", True)
        )
        sheet.text(row, 0, "Benefits less inputs", "total")
        sheet.formula(row, 1, book.at("net_present_value"), base.net_present_value, "total", "money")
        sheet.text(row + 1, 0, "Added up", "total")
        sheet.text(row + 1, 1, "", "total")
        added: Any = 0.0
        shown: float = 0.0
        for t in range(base.years):
            net = formulas.net_present_value(live.outcomes_by_year_pv[t], live.inputs_by_year_pv[t])
            known = formulas.net_present_value(base.outcomes_by_year_pv[t], base.inputs_by_year_pv[t])
            shown += known
            sheet.formula(row, 2 + t, net, known, "total", "money")
            here = cell(sheet.name, row, 2 + t)
            sheet.formula(row + 1, 2 + t, here if t == 0 else added + here, shown, "total", "money")
            added = cell(sheet.name, row + 1, 2 + t)


class Payback:
    """When the sum of benefits less inputs is last below zero: the flows in order of time, and their sum."""

    def __init__(self, book: Book) -> None:
        self.book = book
        subtitle = "Flows in order of the time at which they fall; payback is the time from which on their sum is never below zero."
        self.sheet = book.sheet("Payback", "Payback", subtitle, (16, 18, 18, 18))
        self.sheet.headings(3, ["Time, in years", "Benefits less inputs", "Added up", "Crosses zero at"])
        self.sheet.freeze(4, 1)

    def finish(self) -> str:
        """Write the flows; gives the reference of the cell with the time of payback, in years."""
        book, sheet = self.book, self.sheet
        method = book.study.method
        flows = [
            net_flows(
                method,
                *(dict(enumerate(each)) for each in (steps.outcomes_by_year_pv, steps.inputs_by_year_pv)),
            )
            for steps in (book.live, book.base)
        ]
        first, last = 4, 3 + len(flows[0])
        nothing = Symbol(f"0.000000000001*SUMPRODUCT(ABS({reference(first, 1)}:{reference(last, 1)}))")
        running = 0.0
        for row, ((time, live), (_, known)) in enumerate(zip(*flows, strict=True), start=first):
            net, total, before = (
                cell(sheet.name, row, 1),
                cell(sheet.name, row, 2),
                cell(sheet.name, row - 1, 2),
            )
            sheet.number(row, 0, time, "cell", "general")
            sheet.formula(row, 1, live, known, "cell", "money")
            running += known
            sheet.formula(row, 2, net if row == first else before + net, running, "cell", "money")
            if row == first:
                sheet.text(row, 3, "", "cell")
                continue
            crossing = formulas.crossing(
                cell(sheet.name, row - 1, 0), cell(sheet.name, row, 0), before, total
            )
            sheet.formula(
                row,
                3,
                f'IF(AND({before}<-{nothing},{total}>=-{nothing}),{crossing},"")',
                "",
                "cell",
                "number",
            )
        crossings = f"{reference(first, 3)}:{reference(last, 3)}"
        never, at_once = '"not within the years counted"', reference(first, 0)
        formula = (
            f"IF({reference(last, 2)}<-{nothing},{never},IF(COUNT({crossings})=0,{at_once},MAX({crossings})))"
        )
        payback = book.evaluation.payback_years
        sheet.text(last + 2, 0, "Payback", "total")
        sheet.formula(
            last + 2,
            1,
            formula,
            "not within the years counted" if payback is None else payback,
            "total",
            "number",
        )
        return f"Payback!{reference(last + 2, 1)}"
