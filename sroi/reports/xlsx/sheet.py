"""One sheet of a workbook: text as text, formulas from symbols, widths, heights and how it prints."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sroi.backends.symbols import written
from sroi.reports.parts import safe_link
from sroi.reports.xlsx.cells import prefix, reference
from sroi.reports.xlsx.styles import BAND, INPUT_TAB
from sroi.text import FORMULA_SIGNS, printable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sroi.reports.xlsx.book import Book

_LONGEST_TEXT = 32_767
_LONGEST_LINK = 2_000
_MOST_LINES = 12
_WIDE = 220
_A3, _A4 = 8, 9
_ENTERED = ("Assumptions", "Inputs", "Value map", "Lists", "Discounting")


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
        self._last = (0, 0)
        whole = sum(self._widths)
        self.page = book.file.add_worksheet(name)
        self.page.hide_gridlines(2)
        self.page.set_landscape()
        self.page.set_paper(_A3 if whole > _WIDE else _A4)
        self.page.fit_to_pages(2 if whole > 2 * _WIDE else 1, 0)
        self.page.set_tab_color(INPUT_TAB if name in _ENTERED else BAND)
        self.page.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
        footer = printable(book.study.title).replace("&", "&&")[:100]
        self.page.set_footer(f"&L&8 {footer}&C&8 {name}&R&8 Page &P of &N")
        for column, width in enumerate(self._widths):
            self.page.set_column(column, column, width)
        self.text(0, 0, title, "title")
        self.text(1, 0, subtitle, "subtitle")
        if book.sheets:
            self.jump(2, 0, book.sheets[0].name, f"← {book.sheets[0].name}")

    def text(self, row: int, column: int, text: str | None, *styles: str) -> None:
        """Text as text, whatever it begins with."""
        self._reach(row, column)
        words = printable(text or "")[:_LONGEST_TEXT]
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
        self._reach(row, last)
        self.page.merge_range(row, column, row, last, "", self.book.styles("wrapped", *styles))
        self.text(row, column, text, "wrapped", *styles)
        wanted = _line_count(text, sum(self._widths[column : last + 1]))
        self._lines[row] = max(self._lines.get(row, 1), wanted)

    def sentence(
        self, row: int, column: int, last: int, formula: str, shown: str, *styles: str, most: int = 0
    ) -> None:
        """Live text over several columns, with room for ``most`` letters or for what is shown."""
        self._reach(row, last)
        self.page.merge_range(row, column, row, last, "", self.book.styles("wrapped", *styles))
        self.formula(row, column, formula, shown, "wrapped", *styles)
        wanted = _line_count("x" * max(most, len(shown)), sum(self._widths[column : last + 1]))
        self._lines[row] = max(self._lines.get(row, 1), wanted)

    def section(
        self, row: int, title: str, style: str = "section", across: int = 1, *, first: int = 0
    ) -> None:
        """The title of what stands beneath, across some columns."""
        for column in range(first, first + across):
            self.text(row, column, title if column == first else "", style)

    def height(self, row: int, points: float) -> None:
        """Set the height of a row, whatever stands in it."""
        self._heights[row] = points

    def colour(
        self, row: int, column: int, last: int, criteria: str, look: str, *, stop: bool = False
    ) -> None:
        """Give cells of a row a look of the workbook where a formula is true."""
        rule = {"type": "formula", "criteria": f"={criteria}", "format": self.book.styles.look(look)}
        rule["stop_if_true"] = stop
        self.page.conditional_format(row, column, row, last, rule)

    def close(self) -> None:
        """Set the heights of the rows by the text in them; not every reader does so itself."""
        heights = {row: 12.75 * min(lines, _MOST_LINES) + 2.5 for row, lines in self._lines.items()}
        for row, height in (heights | self._heights).items():
            self.page.set_row(row, height)
        self.page.print_area(0, 0, *self._last)

    def link(self, row: int, column: int, text: str | None, *styles: str) -> None:
        """An address that can be followed where it is one of the web or of mail, else its text."""
        if text and len(text) <= _LONGEST_LINK and safe_link(text):
            self.page.write_url(row, column, text, self.book.styles(*styles, "web"), text)
        else:
            self.text(row, column, text, *styles)

    def number(self, row: int, column: int, value: float | None, *styles: str) -> None:
        """A number as it is; an empty cell where there is none."""
        self._reach(row, column)
        if value is None:
            self.page.write_blank(row, column, None, self.book.styles(*styles))
        else:
            self.page.write_number(row, column, value, self.book.styles(*styles))

    def formula(self, row: int, column: int, value: Any, shown: Any, *styles: str) -> None:
        """A calculation, with the figure that is shown until it is calculated again."""
        self._reach(row, column)
        text = (value if isinstance(value, str) else written(value)).replace(prefix(self.name), "")
        self.page.write_formula(row, column, f"={text}", self.book.styles(*styles), shown)

    def jump(self, row: int, column: int, sheet: str, words: str, *styles: str, at: str = "A1") -> None:
        """A link to a cell of another sheet of the workbook."""
        self._reach(row, column)
        address = f"internal:{prefix(sheet)}{at}"
        self.page.write_url(row, column, address, self.book.styles(*styles, "web"), words)

    def _reach(self, row: int, column: int) -> None:
        self._last = (max(self._last[0], row), max(self._last[1], column))

    def address(self, row: int, column: int) -> str:
        """Reference to a cell of this sheet from any sheet."""
        return f"{prefix(self.name)}{reference(row, column)}"

    def headings(self, row: int, titles: Sequence[str], height: float = 30, *, first: int = 0) -> None:
        """A row of headings."""
        self.height(row, height)
        for column, title in enumerate(titles, start=first):
            self.text(row, column, title, "heading")

    def freeze(self, row: int, column: int, *, first: int | None = None, last: int | None = None) -> None:
        """Keep the rows above and the columns before a cell in sight; print the headings on every page."""
        self.page.freeze_panes(row, column)
        self.page.repeat_rows(row - 1 if first is None else first, row - 1 if last is None else last)
        if column:
            self.page.repeat_columns(0, column - 1)


def _line_count(text: str, width: float) -> int:
    """How many lines a text takes in a column, about."""
    return sum(1 + int(len(part) / (1.15 * width)) for part in text.split("\n"))
