"""The costs of a table, and which of its rows are sums of those above them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING

from sroi.unit_costs.years import Year

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_A_SUM = re.compile(
    r"(?:(?:grand|overall|sub)[ -]?)?(?:totals?|sum)(?: (?:of )?(?:all )?(?:unit )?costs?)?"
    r"|overall|altogether|all costs"
)
_SOUNDS_LIKE_ONE = re.compile(r"(?:(?:grand|overall|sub)[ -]?)?totals?\b|(?:sum|overall|altogether|all)\b")
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


MOST_ADDED = 2_000
"""Costs of a table among which sums are looked for."""

_MOST_NEARBY = 200


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
    if len(costs) > MOST_ADDED:
        found.told.append(
            f"among more than {MOST_ADDED:,} costs, those that are sums of others are not told apart"
        )
        return found
    above: list[list[RowOfCost]] = []
    block = 0
    for _, cells in groupby(costs, key=lambda cost: cost.row):
        row = list(cells)
        called, sounds = _called(row)
        nearby = range(max(len(above) - _MOST_NEARBY, 1), len(above)) if sounds else ()
        parts = [above[start:] for start in dict.fromkeys((0, block, *nearby))]
        part = next((each for each in parts if _adds_up(row, each)), None)
        if part is not None and (called if len(part) == 1 else sounds or _lacks(row, part)):
            found.left[row[0].row] = f"it is the sum of {_rows(part)}"
            block = len(above)
            continue
        if part is not None and len(part) > 1:
            what = f"{row[0].value:,.12g} is also the sum of {_rows(part)}"
            found.told.append(f"{row[0].place}: {what}; read as a cost of its own")
        above.append(row)
    if (
        len(above) > 2
        and _adds_up(above[0], above[1:])
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


def _adds_up(row: Sequence[RowOfCost], part: Sequence[Sequence[RowOfCost]]) -> bool:
    def adds_up(cost: RowOfCost) -> bool:
        addends = [each.value for of_row in part for each in of_row if each.sort == cost.sort]
        exponent = int(Decimal(repr(cost.value)).normalize().as_tuple().exponent)
        slack = max(0.5 * 10.0 ** min(exponent, 0), 1e-9 * abs(cost.value)) * (1 + 1e-9)
        return len(addends) == len(part) and cost.value != 0 and abs(sum(addends) - cost.value) <= slack

    return bool(part) and all(map(adds_up, row))


def _lacks(row: Sequence[RowOfCost], part: Sequence[Sequence[RowOfCost]]) -> bool:
    return any(not row[0].words.get(key) and all(each[0].words.get(key) for each in part) for key in _DETAILS)


def _rows(part: Sequence[Sequence[RowOfCost]]) -> str:
    first, last = part[0][0].row + 1, part[-1][0].row + 1
    return f"rows {first} to {last}" if first < last else f"row {first}"
