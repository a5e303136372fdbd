"""A workbook being written: where each number and step of a study stands, and the formulas that go there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sroi.backends.symbols import Symbol, written
from sroi.reports.parts import safe_link
from sroi.reports.xlsx.cells import Cell, Cells, cell, prefix, reference, safe_name
from sroi.reports.xlsx.styles import BAND, INPUT_TAB
from sroi.resolution import numbers_of
from sroi.results.rows import title_of
from sroi.steps import Steps, steps_of
from sroi.text import FORMULA_SIGNS
from sroi.walk import Walk
from sroi.words import readable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sroi.results import Evaluation

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


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet: its heading, its width, and how what stands in it looks."""

    heading: str
    width: float = 12
    style: str = ""


class Sheet:
    """One sheet: text is only ever written as text, formulas come from symbols."""

    def __init__(self, book: Book, name: str, title: str, subtitle: str, columns: Sequence[Column]) -> None:
        self.book, self.name, self.columns = book, name, columns
        self._widths = [column.width for column in columns]
        self._lines: dict[int, int] = {}
        self._heights: dict[int, float] = {0: 24}
        whole = sum(self._widths)
        self.page = book.file.add_worksheet(name)
        self.page.hide_gridlines(2)
        self.page.set_landscape()
        self.page.set_paper(_A3 if whole > _WIDE else _A4)
        self.page.fit_to_pages(2 if whole > 2 * _WIDE else 1, 0)
        self.page.set_tab_color(INPUT_TAB if name in _ENTERED else BAND)
        self.page.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
        footer = book.study.title.replace("&", "&&")[:100]
        self.page.set_footer(f"&L&8 {footer}&C&8 {name}&R&8 Page &P of &N")
        for column, width in enumerate(self._widths):
            self.page.set_column(column, column, width)
        self.text(0, 0, title, "title")
        self.text(1, 0, subtitle, "subtitle")

    def text(self, row: int, column: int, text: str | None, *styles: str) -> None:
        """Text as text, whatever it begins with."""
        words = (text or "")[:_LONGEST_TEXT]
        if words.startswith(FORMULA_SIGNS):
            styles = (*styles, "quoted")
        if "wrap" in styles and row not in self._heights:
            self._lines[row] = max(self._lines.get(row, 1), _line_count(words, self._widths[column]))
        if "cell" in styles and not {"right", "centre"}.intersection(styles):
            styles = (*styles, "indent")
        if words:
            self.page.write_string(row, column, words, self.book.styles(*styles))
        else:
            self.page.write_blank(row, column, None, self.book.styles(*styles))

    def line(self, row: int, *values: Any, style: str = "cell") -> None:
        """Texts and numbers along a row, each in its column's style; what is placed later takes its cell."""
        for column, value in enumerate(values):
            own = self.columns[column].style
            styles = (style, own) if own else (style,)
            if isinstance(value, int | float):
                self.number(row, column, value, *styles)
            else:
                self.text(row, column, value, *styles)

    def paragraph(self, row: int, column: int, last: int, text: str, *styles: str) -> None:
        """Text over several columns."""
        self.page.merge_range(row, column, row, last, "", self.book.styles(*styles, "wrap"))
        self.text(row, column, text, *styles, "wrap")
        self._lines[row] = _line_count(text, sum(self._widths[column : last + 1]))

    def section(self, row: int, title: str, style: str = "section", across: int = 1) -> None:
        """The title of what stands beneath, across some columns."""
        for column in range(across):
            self.text(row, column, title if column == 0 else "", style)

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
        """A number as it is; an empty cell where there is none."""
        if value is None:
            self.page.write_blank(row, column, None, self.book.styles(*styles))
        else:
            self.page.write_number(row, column, value, self.book.styles(*styles))

    def formula(self, row: int, column: int, value: Any, shown: Any, *styles: str) -> None:
        """A calculation, with the figure that is shown until it is calculated again."""
        text = (value if isinstance(value, str) else written(value)).replace(prefix(self.name), "")
        self.page.write_formula(row, column, f"={text}", self.book.styles(*styles), shown)

    def address(self, row: int, column: int) -> str:
        """Reference to a cell of this sheet from any sheet."""
        return f"{prefix(self.name)}{reference(row, column)}"

    def headings(self, row: int, titles: Sequence[str], height: float = 30) -> None:
        """A row of headings."""
        self.height(row, height)
        for column, title in enumerate(titles):
            self.text(row, column, title, "heading")

    def freeze(self, row: int, column: int) -> None:
        """Keep the rows above and the columns before a cell in sight; repeat the row before it in print."""
        self.page.freeze_panes(row, column)
        self.page.repeat_rows(max(row - 1, 0))


class Book:
    """A workbook of one result, written into a file of XlsxWriter."""

    def __init__(self, file: Any, evaluation: Evaluation, styles: Any) -> None:
        self.file = file
        self.evaluation = evaluation
        self.study = evaluation.study
        self.styles = styles
        self.numbers = numbers_of(self.study)
        self.base = steps_of(Walk(self.numbers, bind=lambda _, value: value, more_years=MORE_YEARS))
        self.sheets: list[Sheet] = []
        self.places: dict[str, Place] = {}
        self.names: dict[str, str] = {}
        self.live: Steps = self.base
        self.checks: list[tuple[str, str, bool]] = []

    def sheet(self, name: str, title: str, subtitle: str, columns: Sequence[Column]) -> Sheet:
        """A new sheet without headings."""
        self.sheets.append(Sheet(self, name, title, subtitle, columns))
        return self.sheets[-1]

    def table(
        self,
        name: str,
        title: str,
        subtitle: str,
        columns: Sequence[Column],
        *,
        row: int = 3,
        height: float = 30,
        frozen: int = 1,
    ) -> Sheet:
        """A new sheet with the headings of its columns, which stay in sight with the first columns."""
        sheet = self.sheet(name, title, subtitle, columns)
        sheet.headings(row, [column.heading for column in columns], height)
        sheet.freeze(row + 1, frozen)
        return sheet

    def place(
        self, path: str, sheet: Sheet, row: int, column: int, *styles: str, name: str | None = None
    ) -> None:
        """Say where a number or step will stand."""
        defined = None
        if name is not None:
            defined = safe_name(name, self.names.values())
            self.names[path] = defined
            self.file.define_name(defined, f"={prefix(sheet.name)}{reference(row, column, fixed=True)}")
        self.places[path] = Place(sheet, row, column, styles, defined)

    def place_years(self, path: str, sheet: Sheet, row: int, column: int, *styles: str) -> None:
        """Say where a step of each year will stand, side by side from a column on."""
        for t in range(self.base.years):
            self.place(f"{path}[{t}]", sheet, row, column + t, *styles)

    def place_entered(self, path: str, sheet: Sheet, row: int, entered: int, factor: int, style: str) -> bool:
        """Say where a number will stand as entered, and its price factor; gives whether it has one."""
        dated = f"{path}.written" in self.base.values
        self.place(f"{path}.{'written' if dated else 'entered'}", sheet, row, entered, "cell", style)
        if dated:
            self.place(f"{path}.price_factor", sheet, row, factor, "cell", "factor")
        return dated

    def carry(self) -> None:
        """Carry the study by the cells: every formula of the model is written here."""
        self.live = steps_of(Walk(self.numbers, Cells(), bind=self._bound, more_years=MORE_YEARS))

    def _bound(self, path: str, value: Any) -> Any:
        entered = self.places.get(f"{path}.entered")
        if entered is not None:
            value = self._write(entered, path, value)
        place = self.places.get(path)
        return value if place is None else self._write(place, path, value)

    def _write(self, place: Place, path: str, value: Any) -> Symbol:
        """Write a number or a formula to its place."""
        sheet, styles = place.sheet, place.styles
        if isinstance(value, Symbol):
            link = ("link",) if isinstance(value, Cell) and value.sheet != sheet.name else ()
            sheet.formula(place.row, place.column, value, self.base.values[path], *styles, *link)
        else:
            entered = ("input",) if _is_entered(path) else ()
            sheet.number(place.row, place.column, value, *styles, *entered)
        return place.symbol

    def address(self, path: str) -> str:
        """Reference to the cell of a path, with its sheet."""
        place = self.places[path]
        return place.sheet.address(place.row, place.column)

    def outcome(self, name: str) -> str:
        """Title of an outcome."""
        return title_of(name, self.study.outcomes[name])

    def input(self, name: str) -> str:
        """Title of an input."""
        return self.study.inputs[name].title or readable(name)

    def stakeholder(self, name: str) -> str:
        """Title of a stakeholder."""
        return self.study.stakeholders[name].title

    def source(self, name: str | None) -> str | None:
        """Title of a source; None where there is none."""
        source = self.study.sources.get(name) if name is not None else None
        return None if source is None else source.title

    def people(self, stakeholder: str) -> list[float | None]:
        """How many people a stakeholder is, and how many of them took part."""
        path = f"stakeholders.{stakeholder}"
        return [self.numbers.value(f"{path}.{key}") for key in ("size", "involved")]

    def year(self, t: int) -> str:
        """Heading of the year of a calendar index."""
        return f"Year {t}\n{self.study.first_year + t}"

    def year_columns(self, width: float = 12) -> list[Column]:
        """A column for each year."""
        return [Column(self.year(t), width) for t in range(self.base.years)]


_COMPUTED = ("price_factor", "price_factors", "kept", "by_year", "by_year_pv")


def _line_count(text: str, width: float) -> int:
    """How many lines a text takes in a column, about."""
    return sum(1 + int(len(part) / (1.25 * width)) for part in text.split("\n"))


def _is_entered(path: str) -> bool:
    """Whether a person entered a number: it was not looked up, and follows from no other."""
    field = path.rpartition(".")[2].partition("[")[0]
    return field not in _COMPUTED and not path.startswith(("periods.", "discount_factors."))
