"""A workbook being written: where each number and step of a study stands, and the formulas that go there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sroi.backends.symbols import Symbol, written
from sroi.evaluation.carried import CarriedStudy
from sroi.reports.parts import safe_link
from sroi.reports.xlsx.cells import Cell, Cells, cell, fixed, prefix, reference, safe_name
from sroi.reports.xlsx.styles import BAND, INPUT_TAB
from sroi.resolution import Resolution
from sroi.results.rows import title_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sroi.evaluation import Evaluation

MORE_YEARS = 5
"""Benefit years kept ready beyond each outcome's duration, so that a longer one can be typed in."""

_LONGEST_TEXT = 32_767
_LONGEST_LINK = 2_000
_MOST_LINES = 12
_WIDE = 220
_A3, _A4 = 8, 9
_ENTERED = ("Assumptions", "Inputs", "Value map", "Lists", "Discounting")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a number or step stands and how it looks; ``name`` is the cell's name, if it has one."""

    sheet: Sheet
    row: int
    column: int
    styles: tuple[str, ...]
    name: str | None = None

    @property
    def symbol(self) -> Symbol:
        """What stands for the cell in formulas."""
        return cell(self.sheet.name, self.row, self.column, self.name)


class Sheet:
    """One sheet: text is only ever written as text, formulas come from symbols."""

    def __init__(self, book: Book, name: str, title: str, subtitle: str, widths: Sequence[float]) -> None:
        self.book, self.name = book, name
        self.page = book.file.add_worksheet(name)
        self.page.hide_gridlines(2)
        self.page.set_landscape()
        wide = sum(widths) > _WIDE
        self.page.set_paper(_A3 if wide else _A4)
        self.page.fit_to_pages(2 if sum(widths) > 2 * _WIDE else 1, 0)
        self.page.set_tab_color(INPUT_TAB if name in _ENTERED else BAND)
        self.page.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
        footer = book.evaluation.study.title.replace("&", "&&")[:100]
        self.page.set_footer(f"&L&8{footer}&C&8{name}&R&8Page &P of &N")
        for column, width in enumerate(widths):
            self.page.set_column(column, column, width)
        self._widths = widths
        self._lines: dict[int, int] = {}
        self._heights: dict[int, float] = {0: 24}
        self.text(0, 0, title, "title")
        self.text(1, 0, subtitle, "subtitle")

    def text(self, row: int, column: int, text: str | None, *styles: str) -> None:
        """Text as text, whatever it begins with."""
        words = (text or "")[:_LONGEST_TEXT]
        if words.startswith(("=", "+", "-", "@", "\t", "\r")):
            styles = (*styles, "quoted")
        if "wrap" in styles and row not in self._heights:
            self._lines[row] = max(self._lines.get(row, 1), self._lines_of(words, self._widths[column]))
        if "cell" in styles and not {"right", "centre"}.intersection(styles):
            styles = (*styles, "indent")
        if words:
            self.page.write_string(row, column, words, self.book.styles(*styles))
        else:
            self.page.write_blank(row, column, None, self.book.styles(*styles))

    def paragraph(self, row: int, column: int, last: int, text: str, *styles: str) -> None:
        """Text over several columns."""
        self.page.merge_range(row, column, row, last, "", self.book.styles(*styles, "wrap"))
        self.text(row, column, text, *styles, "wrap")
        self._lines[row] = self._lines_of(text, sum(self._widths[column : last + 1]))

    @staticmethod
    def _lines_of(text: str, width: float) -> int:
        """How many lines a text takes in a column, about."""
        return sum(1 + int(len(part) / (1.25 * width)) for part in text.split("\n"))

    def height(self, row: int, points: float) -> None:
        """Set the height of a row, whatever stands in it."""
        self._heights[row] = points

    def close(self) -> None:
        """Set the heights of the rows by the text in them; not every reader does so itself."""
        heights = {row: 12.75 * min(lines, _MOST_LINES) + 2.5 for row, lines in self._lines.items()}
        for row, height in (heights | self._heights).items():
            self.page.set_row(row, height)

    def link(self, row: int, column: int, text: str | None, *styles: str) -> None:
        """An address that can be followed where it is one of the web or of mail, else its text."""
        if text and len(text) <= _LONGEST_LINK and safe_link(text):
            self.page.write_url(row, column, text, self.book.styles(*styles, "web"), text)
        else:
            self.text(row, column, text, *styles)

    def number(self, row: int, column: int, value: float | None, *styles: str) -> None:
        """A number as it is; nothing where there is none."""
        if value is None:
            self.page.write_blank(row, column, None, self.book.styles(*styles))
        else:
            self.page.write_number(row, column, value, self.book.styles(*styles))

    def formula(self, row: int, column: int, value: Any, shown: Any, *styles: str) -> None:
        """A calculation, with the figure that is shown until it is calculated again."""
        text = written(value) if not isinstance(value, str) else value
        self.page.write_formula(
            row, column, "=" + text.replace(prefix(self.name), ""), self.book.styles(*styles), shown
        )

    def headings(self, row: int, titles: Sequence[str], *, column: int = 0, height: float = 30) -> None:
        """A row of headings, which stays in sight and is repeated in print."""
        self.height(row, height)
        for position, title in enumerate(titles):
            self.text(row, column + position, title, "heading")

    def freeze(self, row: int, column: int) -> None:
        """Keep the rows above and the columns before a cell in sight; repeat the row before it in print."""
        self.page.freeze_panes(row, column)
        self.page.repeat_rows(max(row - 1, 0))


class Book:
    """A workbook of one result.

    Parameters
    ----------
    file : xlsxwriter.Workbook
        What it is written into.
    evaluation : Evaluation
        What it holds.
    styles : Styles
        How its cells look.
    """

    def __init__(self, file: Any, evaluation: Evaluation, styles: Any) -> None:
        self.file = file
        self.evaluation = evaluation
        self.study = evaluation.study
        self.styles = styles
        self.resolution = Resolution(self.study)
        self.base = CarriedStudy(self.study, more_years=MORE_YEARS)
        self.sheets: list[Sheet] = []
        self.places: dict[str, Place] = {}
        self.names: dict[str, str] = {}
        self.live: CarriedStudy = self.base
        self.checks: list[tuple[str, str, bool]] = []

    def sheet(self, name: str, title: str, subtitle: str, widths: Sequence[float]) -> Sheet:
        """A new sheet."""
        self.sheets.append(Sheet(self, name, title, subtitle, widths))
        return self.sheets[-1]

    def place(
        self, path: str, sheet: Sheet, row: int, column: int, *styles: str, name: str | None = None
    ) -> None:
        """Say where a number or step will stand."""
        defined = None
        if name is not None:
            defined = safe_name(name, self.names.values())
            self.names[path] = defined
            self.file.define_name(defined, f"={prefix(sheet.name)}{fixed(row, column)}")
        self.places[path] = Place(sheet, row, column, styles, defined)

    def carry(self) -> None:
        """Carry the study by the cells: every formula of the model is written here."""
        self.live = CarriedStudy(self.study, Cells(), self._bound, more_years=MORE_YEARS)

    def _bound(self, path: str, value: Any) -> Any:
        entered = self.places.get(f"{path}.entered")
        if entered is not None:
            value = self._write(entered, path, value)
        place = self.places.get(path)
        return value if place is None else self._write(place, path, value)

    def _write(self, place: Place, path: str, value: Any) -> Symbol:
        """Write a number or a formula to its place."""
        if not isinstance(value, Symbol):
            place.sheet.number(
                place.row, place.column, value, *place.styles, *(("input",) if _is_entered(path) else ())
            )
        else:
            repeats = isinstance(value, Cell) and value.sheet != place.sheet.name
            place.sheet.formula(
                place.row,
                place.column,
                value,
                self.base.values[path],
                *place.styles,
                *(("link",) if repeats else ()),
            )
        return place.symbol

    def at(self, path: str) -> str:
        """Reference to the cell of a path, with its sheet."""
        place = self.places[path]
        return f"{prefix(place.sheet.name)}{reference(place.row, place.column)}"

    def outcome(self, name: str) -> str:
        """Title of an outcome."""
        return title_of(name, self.study.outcomes[name])

    def input(self, name: str) -> str:
        """Title of an input."""
        return self.study.inputs[name].title or name.replace("_", " ").capitalize()

    def stakeholder(self, name: str) -> str:
        """Title of a stakeholder."""
        return self.study.stakeholders[name].title

    def year(self, t: int) -> str:
        """Heading of the year of a calendar index."""
        return f"Year {t}\n{self.study.first_year + t}"


def _is_entered(path: str) -> bool:
    """Whether a number was entered by a person, rather than looked up or nothing by the way that the model is built."""
    section, _, field = path.rpartition(".")
    computed = (
        "price_factor",
        "price_factors",
        "kept",
        "by_year",
        "by_year_pv",
        "periods",
        "discount_factors",
    )
    return field.partition("[")[0] not in computed and not section.startswith(("periods", "discount_factors"))
