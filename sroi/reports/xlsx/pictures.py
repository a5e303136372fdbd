"""The workbook's own charts, with the sheet of the figures that they are drawn from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sroi import formatting
from sroi.reports.xlsx import wording
from sroi.reports.xlsx.cells import area, cell
from sroi.reports.xlsx.sheet import Column
from sroi.reports.xlsx.styles import BAND, INK, MUTED, RULE
from sroi.results import quotes
from sroi.results.strip import CENTRAL, CLAIM, HIGH, LOW, MEDIAN, ONE

if TYPE_CHECKING:
    from sroi.reports.xlsx.book import Book
    from sroi.results.answer import Answer

NAME = "Range"
_FIRST = 4
_COLUMNS = (
    Column("Mark", 30),
    Column("Return", 12, "fine"),
    Column("Drawn at", 10, "number"),
    Column("", 3),
    Column("Draws of 100 below", 12, "count"),
    Column("Return", 12, "fine"),
    Column("", 3),
    Column("Return", 12, "fine"),
    Column("Share of draws, the most being 0.6", 16, "number"),
)
_NOW = "now"
_LOOKS = {
    CLAIM: (0.9, "#D55E00"),
    ONE: (1.6, INK),
    MEDIAN: (1.0, "#0072B2"),
    CENTRAL: (1.3, MUTED),
    _NOW: (1.3, "#009E73"),
    LOW: (0.0, "#0072B2"),
    HIGH: (0.0, "#0072B2"),
}
"""How high each mark is drawn, so that their labels do not meet, and in what colour."""

_STEP = 0.45
"""How much lower each further claim is drawn."""

_FEW = 3
_FONT = {"name": "Arial", "size": 9, "color": INK}


class Range:
    """The range as it was written: its marks, its centiles and how the draws are spread."""

    def __init__(self, book: Book, answer: Answer) -> None:
        self.book, self.strip = book, answer.strip
        subtitle = (
            "Computed from the numbers as they were written; only the central case follows the workbook."
        )
        self.sheet = sheet = book.table(NAME, "The range, as written", subtitle, _COLUMNS, frozen=0)
        for empty in (3, 6):
            sheet.text(_FIRST - 1, empty, "")
        self.marks: list[tuple[str, int]] = []
        row, claims = _FIRST, 0
        for mark in self.strip.marks:
            lower = _STEP * claims if mark.kind == CLAIM else 0.0
            claims += mark.kind == CLAIM
            sheet.line(row, mark.label, mark.at, _LOOKS[mark.kind][0] - lower)
            if not self.strip.outside(mark) and mark.kind != CENTRAL:
                self.marks.append((mark.kind, row))
            row += 1
        self.now = row
        self.marks.append((_NOW, row))
        for at, centile in enumerate(self.strip.centiles):
            sheet.number(_FIRST + at, 4, at + 1, "cell", "count")
            sheet.number(_FIRST + at, 5, centile, "cell", "fine")
        self.outline = [
            point for start, end, high in self.strip.bars for point in ((start, high), (end, high))
        ]
        if self.outline:
            self.outline = [(self.outline[0][0], 0.0), *self.outline, (self.outline[-1][0], 0.0)]
        for at, (x, high) in enumerate(self.outline):
            sheet.number(_FIRST + at, 7, x, "cell", "fine")
            sheet.number(_FIRST + at, 8, 0.6 * high, "cell", "number")

    def finish(self) -> None:
        """The live mark."""
        sheet, study = self.sheet, self.book.study
        ratio, known = self.book.address("social_return_ratio"), self.book.base.social_return_ratio
        place = sheet.address(self.now, 1)
        words = wording.returned(place, study.currency, quotes.thresholds(study), written=known)
        sheet.formula(self.now, 0, f'"now "&{words}', f"now {quotes.in_words(study, known)}", "cell")
        sheet.formula(self.now, 1, ratio, known, "cell", "fine", "link")
        sheet.number(self.now, 2, _LOOKS[_NOW][0], "cell", "number")

    def below(self, ratio: str) -> str:
        """The formula for how many draws of 100 lie below a return; empty without a range."""
        if not self.strip.centiles:
            return ""
        centiles = self._cells(5, _FIRST, _FIRST + len(self.strip.centiles) - 1)
        return f"SUMPRODUCT(--({centiles}<{ratio}))"

    def _cells(self, column: int, first: int, last: int) -> str:
        return area(cell(NAME, first, column), cell(NAME, last, column))

    def chart(self, size: tuple[int, int]) -> Any:
        """The strip: the draws, the range of eight in ten, and the marks that a reader looks for."""
        chart = self.book.file.add_chart({"type": "scatter", "subtype": "straight"})
        if self.outline:
            line = {"color": RULE, "width": 1.25}
            self._series(chart, "draws", (_FIRST, _FIRST + len(self.outline) - 1), (7, 8), line=line)
        ends = [row for kind, row in self.marks if kind in (LOW, HIGH)]
        if ends:
            line = {"color": _LOOKS[LOW][1], "width": 5}
            self._series(chart, "8 of 10 draws", (ends[0], ends[-1]), (1, 2), line=line)
        for kind, row in self.marks:
            self._mark(chart, kind, row)
        chart.set_title({"none": True})
        chart.set_legend({"none": True})
        sign = formatting.symbol(self.book.study.currency).replace('"', "")
        form = f'[>=10]"{sign}"#,##0;[<0]-"{sign}"0.00;"{sign}"0.00'
        axis = {"num_format": form, "num_font": {**_FONT, "size": 8}, "line": {"color": MUTED}}
        chart.set_x_axis({**axis, "major_gridlines": {"visible": False}})
        heights = {"visible": False, "min": -0.6, "max": 1.8, "crossing": -0.6}
        chart.set_y_axis({**heights, "major_gridlines": {"visible": False}})
        chart.set_chartarea({"border": {"none": True}})
        chart.set_size({"width": size[0], "height": size[1]})
        return chart

    def _mark(self, chart: Any, kind: str, row: int) -> None:
        """A mark that stands on the line, with what it is called above or beneath it."""
        high, colour = _LOOKS[kind]
        font = {**_FONT, "color": colour, "bold": kind == _NOW}
        looks: dict[str, Any] = {
            "line": {"none": True},
            "data_labels": {"value": False, "series_name": True, "font": font, "position": "right"},
        }
        if high:
            size, solid = 7 if kind == _NOW else 4, {"color": colour}
            looks["marker"] = {"type": "circle", "size": size, "fill": solid, "border": solid}
            drop = {"type": "percentage", "value": 100, "direction": "minus", "end_style": 0}
            looks["y_error_bars"] = {**drop, "line": {"color": colour, "width": 1.75}}
        else:
            looks["data_labels"]["position"] = "below"
        if kind == MEDIAN:
            looks["data_labels"]["position"] = "left"
        self._series(chart, [NAME, row, 0], (row, row), (1, 2), **looks)

    def _series(
        self, chart: Any, name: Any, rows: tuple[int, int], columns: tuple[int, int], **looks: Any
    ) -> None:
        x, y = ([NAME, rows[0], column, rows[1], column] for column in columns)
        chart.add_series({"name": name, "categories": x, "values": y, "marker": {"type": "none"}} | looks)


def by_outcome(
    book: Book, sheet: str, rows: tuple[int, int], columns: tuple[int, int], size: tuple[int, int]
) -> Any:
    """Present value by outcome, from the columns of titles and of values of a table of the workbook."""
    chart = book.file.add_chart({"type": "bar"})
    names, values = ([sheet, rows[0], column, rows[1], column] for column in columns)
    chart.add_series(
        {
            "name": "Present value",
            "categories": names,
            "values": values,
            "fill": {"color": BAND},
            "invert_if_negative": True,
            "invert_if_negative_color": "#D55E00",
            "gap": 45 if rows[1] - rows[0] > _FEW else 200,
        }
    )
    chart.set_title({"name": "Present value by outcome", "name_font": {**_FONT, "size": 10, "bold": True}})
    chart.set_legend({"none": True})
    small = {**_FONT, "size": 8}
    chart.set_y_axis({"reverse": True, "num_font": small, "label_position": "low", "interval_unit": 1})
    axis = {
        "num_format": _short(book.study.currency, book.base.present_value),
        "num_font": {**small, "rotation": 360},
        "line": {"none": True},
        "label_position": "high",
    }
    chart.set_x_axis({**axis, "major_gridlines": {"visible": True, "line": {"color": RULE}}})
    chart.set_chartarea({"border": {"color": RULE}})
    chart.set_size({"width": size[0], "height": size[1]})
    return chart


def _short(currency: str, largest: float) -> str:
    """The format that writes money in millions or thousands, as the largest is."""
    sign = formatting.symbol(currency).replace('"', "")
    divisor, _ = formatting.scale(4 * largest)
    digits = {1e9: '0.0,,,"bn"', 1e6: '0.0,,"m"', 1e3: '#,##0,"k"'}.get(divisor, "#,##0")
    return f'"{sign}"{digits};-"{sign}"{digits};"{sign}"0'
