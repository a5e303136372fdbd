"""A workbook being written: where each number and step of a study stands, and the formulas that go there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from sroi import formatting
from sroi.backends.symbols import Symbol
from sroi.labels import path_label
from sroi.reports.xlsx.cells import Cell, Cells, cell, prefix, reference, safe_name
from sroi.reports.xlsx.sheet import Column, Sheet
from sroi.resolution import numbers_of
from sroi.results.rows import title_of
from sroi.steps import Steps, steps_of
from sroi.value_map.entries import NO_SOURCE
from sroi.walk import Walk
from sroi.words import readable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sroi.results import Evaluation

MORE_YEARS = 5
"""Benefit years kept ready beyond each outcome's duration, so that a longer one can be typed in."""

_LONGEST_LABEL = 200


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


class Entered(NamedTuple):
    """A number that a person entered: what it is called, its cell, and how it was written there."""

    label: str
    sheet: Sheet
    row: int
    column: int
    value: float
    styles: tuple[str, ...]


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
        self.entered: list[Entered] = []

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
            entered = _is_entered(path)
            sheet.number(place.row, place.column, value, *styles, *(("input",) if entered else ()))
            if entered:
                self.enter(path, sheet, place.row, place.column, value, *styles)
        return place.symbol

    def enter(self, path: str, sheet: Sheet, row: int, column: int, value: float, *styles: str) -> None:
        """Keep in mind that a cell holds a number that was entered."""
        self.entered.append(Entered(self.label(path), sheet, row, column, value, styles))

    def label(self, path: str) -> str:
        """What a number is called."""
        return path_label(
            self.study, path.removesuffix(".written").removesuffix(".entered"), most=_LONGEST_LABEL
        )

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

    def sources(self, path: str) -> str:
        """Where a number comes from, or each number that it is computed from, in words."""
        number = self.numbers[path]
        if not number.computed or number.source is not None:
            return self.source(number.source) or NO_SOURCE
        cited: dict[str, list[str]] = {}
        for name in number.rests_on:
            leaf = self.numbers[f"assumptions.{name}"]
            if not leaf.computed or leaf.source is not None:
                cited.setdefault(self.source(leaf.source) or NO_SOURCE, []).append(self.label(leaf.path))
        if len(cited) == 1:
            return next(iter(cited))
        return "; ".join(f"{formatting.listed(names)}: {title}" for title, names in cited.items())

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


def _is_entered(path: str) -> bool:
    """Whether a person entered a number: it was not looked up, and follows from no other."""
    field = path.rpartition(".")[2].partition("[")[0]
    return field not in _COMPUTED and not path.startswith(("periods.", "discount_factors."))
