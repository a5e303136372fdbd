"""The sheet of lists: numbers that differ from year to year, and what follows from them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sroi.reports.xlsx.cells import reference
from sroi.reports.xlsx.sheet import Column

if TYPE_CHECKING:
    from sroi.reports.xlsx.book import Book

_IN_THE_MAP = "value map"
"""What stands in place of a step whose cell is in the value map."""


class Lists:
    """Rows of numbers by year or cohort; the sheet exists only where a study has some."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self._rows: list[tuple[str, str, list[str], str]] = []
        self.shares: list[str] = []

    def add(self, title: str, what: str, path: str, written: tuple[Any, ...], style: str) -> None:
        """A list as it was entered, with its conversion where it has a price year."""
        paths = [f"{path}[{position}]" for position in range(len(written))]
        dated = [each for each in paths if f"{each}.written" in self.book.base.values]
        if dated:
            entered = [f"{each}.{'written' if each in dated else 'entered'}" for each in paths]
            factors = [f"{each}.price_factor" if each in dated else "" for each in paths]
            self._rows.append((title, f"{what}, as entered", entered, style))
            self._rows.append((title, "price factor", factors, "factor"))
            what = f"{what}, in {self.book.study.price_year} prices"
        self._rows.append((title, what, paths, style))

    def one(self, title: str, what: str, path: str, style: str) -> None:
        """A number that has no column of its own."""
        self._rows.append((title, what, [path], style))

    def steps(self, title: str, what: str, path: str, style: str) -> None:
        """Steps that follow from a list, as far as they are bound and stand nowhere else."""
        values, places = self.book.base.values, self.book.places
        found: list[str] = []
        while (step := f"{path}[{len(found)}]") in values:
            found.append(step)
        if any(step not in places for step in found):
            shown = [_IN_THE_MAP if step in places else step for step in found]
            self._rows.append((title, what, shown, style))

    def factors(self, title: str, path: str) -> None:
        """Factors that bring the money of each year into the study's prices."""
        self.steps(title, "price factor of each year", path, "factor")

    def write(self) -> None:
        """Write the sheet, if there is anything on it."""
        if not self._rows:
            return
        subtitle = "Numbers that differ from year to year. Quantities are by cohort from year 0, shares and "
        subtitle += "proxies by benefit year, money of inputs by year from year 0."
        longest = max(len(paths) for _, _, paths, _ in self._rows)
        numbered = (Column(str(position + 1)) for position in range(longest))
        columns = (Column("Of", 44), Column("Number", 34), *numbered)
        sheet = self.book.table("Lists", "Lists", subtitle, columns, height=18, frozen=2)
        for row, (title, what, paths, style) in enumerate(self._rows, start=4):
            if style == "percent" and not paths[0].startswith("inputs."):
                self.shares.append(f"Lists!{reference(row, 2)}:{reference(row, 1 + len(paths))}")
            sheet.line(row, title, what)
            for column, path in enumerate(paths, start=2):
                if path in ("", _IN_THE_MAP):
                    sheet.text(row, column, path, "cell", "right")
                else:
                    self.book.place(path, sheet, row, column, "cell", style)
