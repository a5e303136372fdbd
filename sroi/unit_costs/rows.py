"""The rows of one sheet of costs, each read or said to be left out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, groupby
from typing import Any

from sroi.price_years import Year, price_year
from sroi.unit_costs.headings import Cost, Heading, heading
from sroi.unit_costs.money import Mark, Money, decimal_mark, period, read_money
from sroi.unit_costs.sheets import SheetOfCosts, letters
from sroi.unit_costs.titles import Title, names_a_scale, unit_of_money
from sroi.unit_costs.totals import RowOfCost, totals

Marks = dict[int, tuple[Mark, int]]
_PARTED = re.compile(r"£?\d{1,3},\d{3}(?:\.\d+)?")
_POUNDS = ("", "gbp", "£", "pounds", "pound", "sterling", "pounds sterling", "uk pounds")
NO_HEADING = "no row holds the titles of a table of unit costs"


@dataclass(frozen=True, slots=True)
class Left:
    """A row, or a cell of one, that was not read."""

    row: int
    place: str
    what: str
    why: str


@dataclass(slots=True)
class Read:
    """What became of one sheet.

    Attributes
    ----------
    sheet : SheetOfCosts
        The sheet.
    lacking : str
        Why nothing of it was read; empty where its heading was understood.
    headings : list of Heading
        Of its tables.
    """

    sheet: SheetOfCosts
    lacking: str = ""
    headings: list[Heading] = field(default_factory=list)
    costs: list[RowOfCost] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)
    told: list[str] = field(default_factory=list)

    @property
    def rows_left(self) -> int:
        """How many rows were left out, whole or in part."""
        return len({each.row for each in self.left})

    def unread_figures(self) -> Iterator[Title]:
        """Columns with a heading and figures beneath it that were not read."""
        for found in self.headings:
            for each in found.unread:
                if not each.role and any(_is_figure(_cell(row, each.at)) for row in self.sheet.rows):
                    yield each

    def left_lines(self) -> Iterator[str]:
        """What was left out, a line a row; rows without a description that lie together are one line."""
        for _, group in groupby(self.left, key=lambda each: each if each.what else each.why):
            first, *others = group
            if others:
                yield f"{first.place} to row {others[-1].row + 1}: {len(others) + 1} rows ({first.why})"
            else:
                what = f"{first.what[:60]} " if first.what else ""
                yield f"{first.place}: {what}({first.why})"


def read_rows(sheet: SheetOfCosts) -> Read:
    """Everything of a sheet: its costs, what was left out and why."""
    read = Read(sheet)
    begins = _headings(sheet, read)
    if not begins:
        read.lacking = read.lacking or NO_HEADING
        return read
    read.headings = [found for _, found in begins]
    for row in range(begins[0][0]):
        if _holds_costs(sheet.rows[row]):
            read.left.append(
                Left(row, sheet.at(row), _first_words(sheet.rows[row]), "it is above the heading")
            )
        for at, cell in enumerate(sheet.rows[row]):
            if isinstance(cell, str) and names_a_scale(cell):
                where = "no figure is changed for it; write it into the heading: Cost (£000)"
                read.told.append(f"{sheet.at(row, at)}: {_text(cell)[:60]!r}: {where}")
    ends = [start for start, _ in begins[1:]] + [len(sheet.rows)]
    for (start, found), end in zip(begins, ends, strict=True):
        body = range(start + found.rows, end)
        marks = _marks(read, found, body)
        before = len(read.costs)
        for row in body:
            _read_row(read, found, row, marks)
        of_table, read.costs[before:] = read.costs[before:], []
        sums = totals(of_table)
        read.costs += [cost for cost in of_table if cost.row not in sums.left]
        for row, why in sums.left.items():
            words = next(cost.words["description"] for cost in of_table if cost.row == row)
            read.left.append(Left(row, sheet.at(row), words, why))
        read.told += sums.told
    read.left.sort(key=lambda each: each.row)
    return read


def _marks(read: Read, found: Heading, body: range) -> Marks:
    """The decimal mark of each column of costs: its own cells show it, or else those of the whole table."""
    sheet, commas = read.sheet, read.sheet.delimiter == ";"
    columns = [cost.title.at for sort in found.costs for cost in sort]
    cells = {at: [_cell(sheet.rows[row], at) for row in body] for at in columns}
    whole = decimal_mark(chain(*cells.values()), commas=commas)
    own = {at: decimal_mark(each) for at, each in cells.items()}
    for at, (mark, _) in own.items():
        if mark in (",", "mixed"):
            what = "a comma parts" if mark == "," else "points and commas part"
            read.told.append(f"column {letters(at)}: {what} the decimals")
    return {at: each if each[0] else whole for at, each in own.items()}


def _headings(sheet: SheetOfCosts, read: Read) -> list[tuple[int, Heading]]:
    begins: list[tuple[int, Heading]] = []
    for row in range(len(sheet.rows)):
        if begins and not _may_head(sheet.rows[row], begins[-1], row):
            continue
        found = heading(sheet.rows, row)
        if isinstance(found, Heading):
            begins.append((row, found))
        elif isinstance(found, str) and not read.lacking:
            read.lacking = f"{sheet.at(row)}: {found}"
    return begins


def _may_head(row: list[Any], last: tuple[int, Heading], at: int) -> bool:
    """Whether a row below a heading can head another table: it holds words alone."""
    start, found = last
    words = sum(isinstance(cell, str) and bool(cell.strip()) and not cell[0].isdigit() for cell in row)
    return at >= start + found.rows and words >= 3 and words == sum(cell != "" for cell in row)


def _holds_costs(row: list[Any]) -> bool:
    """Whether a row has words and a sum beside them that is not a year."""
    words = any(isinstance(cell, str) and any(map(str.isalpha, cell)) for cell in row)
    sums = (cell for cell in row if cell != "" and isinstance(read_money(cell, ""), Money))
    return words and any(price_year(cell)[0] is None for cell in sums)


def _is_figure(cell: Any) -> bool:
    return cell != "" and isinstance(read_money(cell, "."), Money)


def _first_words(row: list[Any]) -> str:
    return next((_text(cell) for cell in row if isinstance(cell, str) and cell.strip()), "")


def _cell(row: list[Any], at: int | None) -> Any:
    return row[at] if at is not None and at < len(row) else ""


def _text(cell: Any) -> str:
    whole = isinstance(cell, float) and cell.is_integer()
    return " ".join(str(int(cell) if whole else cell).split())


def _read_row(read: Read, found: Heading, row: int, marks: Marks) -> None:
    sheet, cells = read.sheet, read.sheet.rows[row]
    if not any(_text(cell) for cell in cells):
        return
    words = {key: _text(_cell(cells, at)) for key, at in found.at.items()}

    def leave(why: str, column: int | None = None) -> None:
        read.left.append(Left(row, sheet.at(row, column), words["description"], why))

    width = 1 + max(each.at for each in found.titles)
    if sheet.delimiter and any(_text(cell) for cell in cells[width:]):
        leave(f"it has more cells than the heading; put what holds {sheet.delimiter!r} in quotes")
        return
    if not words["description"]:
        leave("no description")
        return
    if parted := _parted(sheet, found, row):
        leave(f"{parted!r} may be one figure that its comma has parted; put it in quotes")
        return
    power, sign, unit = unit_of_money(words.get("unit", ""))
    if sign or unit.replace(".", "").isdigit():
        leave(f"its unit is {words['unit']!r}", found.at["unit"])
        return
    of_period, sign, often = unit_of_money(words.get("frequency", ""))
    if sign or (of_period and power not in (0, of_period)):
        leave(f"its frequency is {words['frequency']!r}", found.at["frequency"])
        return
    power = power or of_period
    if words.get("currency", "").casefold() not in _POUNDS:
        leave(f"its currency is {words['currency']!r}, not pounds", found.at["currency"])
        return
    words |= {"unit": unit, "frequency": often}
    several = len(found.costs) > 1
    whys = [_read_sort(read, words, sort, row, marks, power, several=several) for sort in found.costs]
    told = [(sort[0].title.at, why) for sort, why in zip(found.costs, whys, strict=True) if why]
    if len(told) == len(whys):
        at, why = next((each for each in told if each[1] != "no cost"), told[0])
        leave(why, at)
        return
    for at, why in told:
        if why != "no cost":
            leave(why, at)


def _parted(sheet: SheetOfCosts, found: Heading, row: int) -> str:
    """A cost of a text and three digits after it, where the other rows hold no figures in that column."""
    cells = sheet.rows[row]
    for at in (cost.title.at for sort in found.costs for cost in sort):
        pair = f"{_text(_cell(cells, at))},{_text(_cell(cells, at + 1))}"
        known = {*found.at.values()} - {found.at.get("source"), found.at.get("unit"), found.at.get("agency")}
        if sheet.delimiter != "," or at + 1 in known or not _PARTED.fullmatch(pair):
            continue
        others = [each for other in sheet.rows if (each := _cell(other, at + 1)) != ""]
        if 2 * sum(map(_is_figure, others)) < len(others):
            return pair
    return ""


def _read_sort(
    read: Read,
    words: dict[str, str],
    sort: Sequence[Cost],
    row: int,
    marks: Marks,
    power: int,
    *,
    several: bool,
) -> str:
    """Take the first of a row's costs that can be read with its year; why none can, where that is so."""
    whys: list[str] = []
    for cost in sort:
        money, year, why = _dated(read.sheet, row, cost, marks, power)
        unit, clash = _unit(words, cost.title, money.per if money is not None else "")
        if money is None or year is None or clash:
            whys.append(why or clash)
            continue
        place = read.sheet.at(row, cost.title.at)
        if whys:
            first = sort[0].title.text
            read.told.append(f"{place}: {first} was not read ({whys[0]}); {cost.title.text} was")
        if money.told:
            read.told.append(f"{place}: {money.told}")
        label = cost.title.sort if several else ""
        read.costs.append(RowOfCost(row, place, {**words, "unit": unit}, money.value, year, label))
        return ""
    return whys[0]


def _dated(
    sheet: SheetOfCosts, row: int, cost: Cost, marks: Marks, power: int
) -> tuple[Money | None, Year | None, str]:
    cells, in_heading = sheet.rows[row], cost.title.power
    if power and in_heading and power != in_heading:
        return None, None, "its heading and its unit say different magnitudes"
    mark, places = marks[cost.title.at]
    money = read_money(_cell(cells, cost.title.at), mark, in_heading or power, places=places)
    if isinstance(money, str):
        return None, None, money
    if sign := sheet.shown.get((row, cost.title.at)):
        return None, None, f"it is shown with {sign}, not in pounds"
    if cost.title.foreign:
        return None, None, f"its heading says {cost.title.foreign}, not pounds"
    year, why = price_year(_cell(cells, cost.year.at if cost.year is not None else None))
    told = cost.title.year
    if told is None:
        return money, year, why
    if year not in (None, told):
        return money, None, f"its heading says {told} and its year {year}"
    return money, told, ""


def _unit(words: dict[str, str], column: Title, in_cell: str) -> tuple[str, str]:
    """What a cost is for, from its row, heading and cell, and how they contradict each other."""
    unit, often = words.get("unit", ""), words.get("frequency", "")
    often = f"per {period(often) or period(f'per {often}')}".removesuffix("per ")
    for other, where in ((in_cell, "cell"), (often, "frequency"), (column.per, "heading")):
        if not other or other.casefold().removeprefix("per ") in unit.casefold():
            continue
        if not unit:
            unit = other
        elif period(unit) and period(other):
            if period(unit) != period(other):
                return unit, f"its {where} says {other!r} and its unit {unit!r}"
        elif period(other) and where != "cell":
            unit = f"{unit} {other}"
        elif where == "cell":
            return unit, f"its {where} says {other!r} and its unit {unit!r}"
    return unit, ""
