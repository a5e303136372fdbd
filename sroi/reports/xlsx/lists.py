"""The sheet of lists: numbers that differ from year to year, and what follows from them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sroi.reports.xlsx.cells import reference

if TYPE_CHECKING:
    from sroi.reports.xlsx.book import Book, Sheet

_IN_THE_MAP = "value map"
"""What stands in place of a step whose cell is in the value map."""


class Lists:
    """Rows of numbers by year or cohort; the sheet is there only where a study has some."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self._rows: list[tuple[str, str, list[str], str]] = []
        self.shares: list[str] = []

    def add(self, of: str, what: str, path: str, written: tuple[Any, ...], style: str) -> None:
        """A list as it was entered, with its conversion where it has a price year."""
        paths = [f"{path}[{position}]" for position in range(len(written))]
        dated = [each for each in paths if f"{each}.written" in self.book.base.values]
        if dated:
            self._rows.append(
                (
                    of,
                    f"{what}, as entered",
                    [f"{each}.{'written' if each in dated else 'entered'}" for each in paths],
                    style,
                )
            )
            self._rows.append(
                (
                    of,
                    "price factor",
                    [f"{each}.price_factor" if each in dated else "" for each in paths],
                    "factor",
                )
            )
            what = f"{what}, in {self.book.study.price_year} prices"
        self._rows.append((of, what, paths, style))

    def steps(self, of: str, what: str, path: str, style: str) -> None:
        """Steps that follow from a list, as far as they are bound and stand nowhere else."""
        values, places = self.book.base.values, self.book.places
        found: list[str] = []
        while (step := f"{path}[{len(found)}]") in values:
            found.append(step)
        if [step for step in found if step not in places]:
            self._rows.append((of, what, [_IN_THE_MAP if step in places else step for step in found], style))

    def factors(self, of: str, path: str) -> None:
        """Factors that bring the money of each year into the study's prices."""
        self.steps(of, "price factor of each year", path, "factor")

    def write(self) -> None:
        """Write the sheet, if there is anything on it."""
        if not self._rows:
            return
        longest = max(len(paths) for _, _, paths, _ in self._rows)
        subtitle = "Numbers that differ from year to year. Quantities are by cohort from year 0, shares by benefit year, money by year from year 0."
        sheet: Sheet = self.book.sheet("Lists", "Lists", subtitle, (44, 34, *[12] * longest))
        sheet.headings(3, ["Of", "Number", *(str(position + 1) for position in range(longest))], height=18)
        sheet.freeze(4, 2)
        for row, (of, what, paths, style) in enumerate(self._rows, start=4):
            if style == "percent":
                self.shares.append(f"Lists!{reference(row, 2)}:{reference(row, 1 + len(paths))}")
            sheet.text(row, 0, of, "cell")
            sheet.text(row, 1, what, "cell")
            for position, path in enumerate(paths):
                if path in ("", _IN_THE_MAP):
                    sheet.text(row, 2 + position, path, "cell", "right")
                else:
                    self.book.place(path, sheet, row, 2 + position, "cell", style)
