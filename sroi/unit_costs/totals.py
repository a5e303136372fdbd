"""The costs of a table, and which of its rows are sums of those above them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING

from sroi.price_years import Year

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_A_SUM = re.compile(
    r"(?:(?:grand|overall|sub)[ -]?)?(?:totals?|sum)(?: (?:of )?(?:all )?(?:unit )?costs?)?"
    r"|overall|altogether|all costs"
)
_SOUNDS_LIKE_ONE = re.compile(
    r"(?:(?:grand|overall|sub)[ -]?)?totals?\b|(?:sum|altogether)\b"
    r"|(?:overall|all)(?: of| the| costs?| above| together|$)"
)
_DETAILS = ("unit", "code", "agency", "source")


@dataclass(frozen=True, slots=True)
class RowOfCost:
    """One cost as it was read.

    Attributes
    ----------
    row : int
        Its row, counted from 0.
    place : str
        Its cell or row.
    words : dict
        Texts of its row: description, unit, code, agency, source.
    value : float
        The pounds.
    year : int or str
        Its price year.
    sort : str
        "fiscal" or another word that tells costs of one row apart; empty where there is one.
    """

    row: int
    place: str
    words: dict[str, str]
    value: float
    year: Year
    sort: str = ""


_MOST_NEARBY = 200
"""Rows above a total among which the first of its sum is looked for, beside the usual places."""


@dataclass(frozen=True, slots=True)
class Totals:
    """The rows of a table that are sums.

    Attributes
    ----------
    left : dict of int to str
        Rows that are no costs of their own, and of which rows they are the sum.
    told : list of str
        What is told of rows that only look like sums.
    """

    left: dict[int, str] = field(default_factory=dict)
    told: list[str] = field(default_factory=list)


def totals(costs: Iterable[RowOfCost]) -> Totals:
    """The rows that are sums of the rows above them, or a first row that is the sum of those below.

    The figures decide, and where they may do so by chance, whether the row is called a total, or lacks what
    every row that it adds up has, such as a unit or a code.
    """
    costs = list(costs)
    found = Totals(told=_told_twice(costs))
    above: list[list[RowOfCost]] = []
    block, whole, since = 0, _Sums(), _Sums()
    for _, cells in groupby(costs, key=lambda cost: cost.row):
        row = list(cells)
        called, sounds = _called(row)
        if whole.make(row):
            start: int | None = 0
        elif since.make(row):
            start = block
        else:
            start = _start_of_sum(row, above, only_grows=whole.only_grows) if sounds else None
        part = None if start is None else above[start:]
        if part is not None and (called if len(part) == 1 else sounds or _lacks(row, part)):
            found.left[row[0].row] = f"it is the sum of {_rows(part)}"
            block, since = len(above), _Sums()
            continue
        if part is not None and len(part) > 1:
            what = f"{row[0].value:,.12g} is also the sum of {_rows(part)}"
            found.told.append(f"{row[0].place}: {what}; read as a cost of its own")
        above.append(row)
        whole.add(row)
        since.add(row)
    if (
        len(above) > 2
        and _Sums(above[1:]).make(above[0])
        and (any(_called(above[0])) or _lacks(above[0], above[1:]))
    ):
        found.left[above[0][0].row] = f"it is the sum of {_rows(above[1:])}"
        above.pop(0)
    for row in above:
        if _called(row)[0]:
            what = f"{row[0].words['description']!r} is not the sum of the other rows"
            found.told.append(f"{row[0].place}: {what}; read as a cost of its own")
    return found


def _told_twice(costs: Sequence[RowOfCost]) -> list[str]:
    """The costs that are there more than once, each with its last row."""
    same: dict[tuple[object, ...], list[RowOfCost]] = {}
    for cost in costs:
        said = tuple(sorted((key, words.casefold()) for key, words in cost.words.items()))
        same.setdefault((said, cost.sort, cost.value, cost.year), []).append(cost)
    return [
        f"{first.place}: the same cost is there {len(others) + 1} times, the last in row"
        f" {others[-1].row + 1}; each has a name of its own"
        for first, *others in same.values()
        if others
    ]


def _called(row: Sequence[RowOfCost]) -> tuple[bool, bool]:
    """Whether a row is called a total and nothing else, and whether its name begins as that of a total."""
    words = row[0].words["description"].strip(" :.*").casefold()
    return _A_SUM.fullmatch(words) is not None, _SOUNDS_LIKE_ONE.match(words) is not None


class _Sums:
    """What some rows add up to, each sort of cost by itself."""

    def __init__(self, rows: Iterable[Sequence[RowOfCost]] = ()) -> None:
        self._rows = 0
        self.only_grows = True
        self._of_sort: dict[object, tuple[int, float]] = {}
        for row in rows:
            self.add(row)

    def add(self, row: Sequence[RowOfCost]) -> None:
        """Count one more row."""
        self._rows += 1
        for cost in row:
            count, total = self._of_sort.get(cost.sort, (0, 0.0))
            self._of_sort[cost.sort] = count + 1, total + cost.value
            self.only_grows &= cost.value >= 0

    def passes(self, row: Sequence[RowOfCost]) -> bool:
        """Whether they are more than a cost of a row by far."""
        return any(self._of_sort.get(cost.sort, (0, 0.0))[1] > 2 * abs(cost.value) + 1 for cost in row)

    def make(self, row: Sequence[RowOfCost]) -> bool:
        """Whether every cost of a row is the sum of one cost of each of these rows."""

        def adds_up(cost: RowOfCost) -> bool:
            count, total = self._of_sort.get(cost.sort, (0, 0.0))
            exponent = int(Decimal(repr(cost.value)).normalize().as_tuple().exponent)
            slack = max(0.5 * 10.0 ** min(exponent, 0), 1e-9 * abs(cost.value)) * (1 + 1e-9)
            return count == self._rows and cost.value != 0 and abs(total - cost.value) <= slack

        return self._rows > 0 and all(map(adds_up, row))


def _start_of_sum(
    row: Sequence[RowOfCost], above: Sequence[Sequence[RowOfCost]], *, only_grows: bool
) -> int | None:
    """The first of the last rows that a row adds up; the longest such part but the whole."""
    sums, found = _Sums(), None
    for start in range(len(above) - 1, max(len(above) - _MOST_NEARBY, 1) - 1, -1):
        sums.add(above[start])
        found = start if sums.make(row) else found
        if only_grows and sums.passes(row):
            break
    return found


def _lacks(row: Sequence[RowOfCost], part: Sequence[Sequence[RowOfCost]]) -> bool:
    return any(not row[0].words.get(key) and all(each[0].words.get(key) for each in part) for key in _DETAILS)


def _rows(part: Sequence[Sequence[RowOfCost]]) -> str:
    first, last = part[0][0].row + 1, part[-1][0].row + 1
    return f"rows {first} to {last}" if first < last else f"row {first}"
