"""The sheets of stakeholders and of inputs."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sroi.reports.xlsx.book import Book
    from sroi.reports.xlsx.lists import Lists


def stakeholders(book: Book) -> None:
    """Everybody who changes or gives, and who was left out and why."""
    titles = (
        "Stakeholder",
        "Party",
        "Payer",
        "How many",
        "Took part in the evaluation",
        "In the study",
        "Reason",
        "Name in the file",
    )
    sheet = book.sheet(
        "Stakeholders",
        "Stakeholders",
        "Who changes, who gives, and who was left out and why.",
        (44, 16, 16, 12, 14, 12, 60, 24),
    )
    sheet.headings(3, titles)
    sheet.freeze(4, 1)
    for row, (name, each) in enumerate(book.study.stakeholders.items(), start=4):
        sheet.text(row, 0, each.title, "cell", "wrap")
        sheet.text(row, 1, each.party or "not stated", "cell")
        sheet.text(row, 2, each.payer, "cell")
        for column, key in ((3, "size"), (4, "involved")):
            sheet.number(row, column, book.numbers.value(f"stakeholders.{name}.{key}"), "cell", "count")
        sheet.text(row, 5, "yes" if each.included else "no", "cell", "centre")
        sheet.text(row, 6, each.reason, "cell", "wrap")
        sheet.text(row, 7, name, "cell")


class Inputs:
    """What is spent and given, by year, in the study's prices and undiscounted."""

    def __init__(self, book: Book, lists: Lists) -> None:
        self.book = book
        study, years = book.study, book.base.years
        subtitle = f"What is spent and given, in {study.price_year} prices, by year and undiscounted; discounted on the sheet Present values."
        widths = (34, 34, 14, 14, 10, 11, 14, 8, *[12] * years, 14, 26, 44)
        self.sheet = sheet = book.sheet("Inputs", "Inputs", subtitle, widths)
        titles = [
            "From",
            "Input",
            "Given as",
            "As entered",
            "Price year",
            "Price factor",
            "Value used",
            "Years",
        ]
        sheet.headings(3, [*titles, *map(book.year, range(years)), "All years", "Source", "Rationale"])
        sheet.freeze(4, 2)
        self.total = 8 + years
        for row, name in enumerate(study.inputs, start=4):
            self._row(row, name, lists)
        self.last = 3 + len(study.inputs)

    def _row(self, row: int, name: str, lists: Lists) -> None:
        book, sheet = self.book, self.sheet
        entry, path, values = book.study.inputs[name], f"inputs.{name}", book.base.values
        sheet.text(row, 0, book.stakeholder(entry.stakeholder), "cell", "wrap")
        sheet.text(row, 1, book.input(name), "cell", "wrap")
        sheet.text(row, 2, entry.kind.replace("_", " "), "cell")
        for column in range(3, 8):
            sheet.text(row, column, "", "cell")
        if isinstance(entry.value, tuple):
            lists.add(book.input(name), "money by year", f"{path}.value", entry.value, "money")
            sheet.text(row, 3, "see Lists", "cell", "right")
        elif entry.value is not None:
            dated = f"{path}.value.written" in values
            book.place(
                f"{path}.value.written" if dated else f"{path}.value.entered", sheet, row, 3, "cell", "pence"
            )
            book.place(f"{path}.value", sheet, row, 6, "cell", "pence")
            if dated:
                sheet.text(row, 4, str(entry.value.price_year), "cell", "centre")
                book.place(f"{path}.value.price_factor", sheet, row, 5, "cell", "factor")
        if entry.prices == "nominal":
            sheet.text(row, 4, "of each year", "cell", "centre")
            lists.factors(book.input(name), f"{path}.price_factors")
        if entry.years is not None:
            book.place(f"{path}.years", sheet, row, 7, "cell", "count")
        for t in range(book.base.years):
            book.place(f"{path}.by_year[{t}]", sheet, row, 8 + t, "cell", "money")
        source = book.study.sources.get(_source(book, name) or "")
        sheet.text(row, self.total + 1, source.title if source else "", "cell", "wrap")
        value = entry.value[0] if isinstance(entry.value, tuple) else entry.value
        sheet.text(
            row,
            self.total + 2,
            (value.rationale if value is not None else None) or entry.rationale,
            "cell",
            "wrap",
        )

    def finish(self) -> None:
        """Sums over the years and over the inputs."""
        book, sheet, live, base = self.book, self.sheet, self.book.live, self.book.base
        for row, name in enumerate(book.study.inputs, start=4):
            total = live.backend.total(live.inputs[name].by_year)
            sheet.formula(
                row, self.total, total, base.backend.total(base.inputs[name].by_year), "cell", "money"
            )
        row = self.last + 1
        for column in range(8):
            sheet.text(row, column, "All inputs" if column == 0 else "", "total")
        sums = [
            base.backend.total([each.by_year[t] for each in base.inputs.values()]) for t in range(base.years)
        ]
        for t, known in enumerate(sums):
            added = live.backend.total([each.by_year[t] for each in live.inputs.values()])
            sheet.formula(row, 8 + t, added, known, "total", "money")
        whole = [value for each in live.inputs.values() for value in each.by_year]
        sheet.formula(row, self.total, live.backend.total(whole), base.backend.total(sums), "total", "money")


def _source(book: Book, name: str) -> str | None:
    entry = book.study.inputs[name]
    value = entry.value[0] if isinstance(entry.value, tuple) else entry.value
    return (value.source if value is not None else None) or entry.source
