"""The sheets of stakeholders and of inputs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sroi.labels import payer_label
from sroi.model.owners import NOT_STATED
from sroi.optimism import biases
from sroi.reports.xlsx.sheet import Column
from sroi.results.ledger_tables import party_label
from sroi.words import readable

if TYPE_CHECKING:
    from sroi.model import Input
    from sroi.reports.xlsx.book import Book
    from sroi.reports.xlsx.lists import Lists

_STAKEHOLDERS = (
    Column("Stakeholder", 44, "wrap"),
    Column("Party", 16),
    Column("Payer", 16),
    Column("How many", 12, "count"),
    Column("Took part in the evaluation", 14, "count"),
    Column("In the study", 12, "centre"),
    Column("Reason", 60, "wrap"),
    Column("Name in the file", 24),
)
_INPUTS = (
    Column("From", 34, "wrap"),
    Column("Input", 34, "wrap"),
    Column("Given as", 14),
    Column("As entered", 14, "right"),
    Column("Price year", 10, "centre"),
    Column("Price factor", 11),
    Column("Value used", 14),
    Column("Years", 8),
)


def stakeholders(book: Book) -> None:
    """Everybody who changes or gives, and who was left out and why."""
    subtitle = "Who changes, who gives, and who was left out and why."
    sheet = book.table("Stakeholders", "Stakeholders", subtitle, _STAKEHOLDERS)
    for row, (name, each) in enumerate(book.study.stakeholders.items(), start=4):
        included = "yes" if each.included else "no"
        who = (each.title, party_label(each.party or NOT_STATED), payer_label(book.study, each.payer))
        sheet.line(row, *who, *book.people(name), included, each.reason, name)


class Inputs:
    """What is spent and given, by year, in the study's prices and undiscounted."""

    def __init__(self, book: Book, lists: Lists) -> None:
        self.book = book
        study = book.study
        subtitle = f"What is spent and given, in {study.price_year} prices, by year and undiscounted; "
        subtitle += "discounted on the sheet Present values."
        last = (Column("All years", 14), Column("Source", 26, "wrap"), Column("Rationale", 44, "wrap"))
        columns = (*_INPUTS, *book.year_columns(), *last)
        self.sheet = book.table("Inputs", "Inputs", subtitle, columns, frozen=2)
        self.total = len(columns) - 3
        for row, (name, entry) in enumerate(study.inputs.items(), start=4):
            self._row(row, name, entry, lists)
        self.last = 3 + len(study.inputs)

    def _row(self, row: int, name: str, entry: Input, lists: Lists) -> None:
        book, sheet, path = self.book, self.sheet, f"inputs.{name}"
        value = entry.value[0] if isinstance(entry.value, tuple) else entry.value
        entered = prices = ""
        if isinstance(entry.value, tuple):
            entered = "see Lists"
            lists.add(book.input(name), "money by year", f"{path}.value", entry.value, "money")
        elif value is not None:
            if book.place_entered(f"{path}.value", sheet, row, 3, 5, "pence"):
                prices = str(value.price_year)
            book.place(f"{path}.value", sheet, row, 6, "cell", "pence")
        if entry.prices == "nominal":
            prices = "of each year"
            lists.factors(book.input(name), f"{path}.price_factors")
        if entry.years is not None:
            book.place(f"{path}.years", sheet, row, 7, "cell", "count")
        if path in biases(book.numbers):
            lists.one(book.input(name), "optimism bias", f"{path}.optimism_bias", "percent")
        book.place_years(f"{path}.by_year", sheet, row, len(_INPUTS), "cell", "money")
        who = (book.stakeholder(entry.stakeholder), book.input(name), readable(entry.kind, capital=False))
        source = book.source((value is not None and value.source) or entry.source)
        rationale = (value is not None and value.rationale) or entry.rationale
        by_year = [""] * (book.base.years + 1)
        sheet.line(row, *who, entered, prices, "", "", "", *by_year, source, rationale)

    def finish(self) -> None:
        """Sums over the years and over the inputs."""
        book, sheet, live, base = self.book, self.sheet, self.book.live, self.book.base
        added, known = live.backend.total, base.backend.total
        for row, name in enumerate(book.study.inputs, start=4):
            flows = (added(live.inputs[name].by_year), known(base.inputs[name].by_year))
            sheet.formula(row, self.total, *flows, "cell", "money")
        row = self.last + 1
        sheet.section(row, "All inputs", "total", len(_INPUTS))
        sums = [known([each.by_year[t] for each in base.inputs.values()]) for t in range(base.years)]
        for t, amount in enumerate(sums):
            by_year = added([each.by_year[t] for each in live.inputs.values()])
            sheet.formula(row, len(_INPUTS) + t, by_year, amount, "total", "money")
        whole = added([value for each in live.inputs.values() for value in each.by_year])
        sheet.formula(row, self.total, whole, known(sums), "total", "money")
