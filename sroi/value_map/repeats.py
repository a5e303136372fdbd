"""Entries that a map writes in more than one row: an input beside each outcome, an outcome twice."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from sroi.value_map.cells import Reading
from sroi.value_map.columns import OUTCOME_NUMBERS
from sroi.value_map.layout import totals

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from sroi.value_map.headings import Headings
    from sroi.value_map.summing import Line, Sum

WORTH = ("input_value", -1)


@dataclass(frozen=True, slots=True)
class Repeats:
    """Rows whose input stands in a row above already.

    Attributes
    ----------
    once : dict of int to int
        Rows that name an input again beside an outcome, with the row that it is counted in.
    again : dict of int to int
        Rows whose input is counted although it is the same as that of another row, with that row.
    agreed : frozenset of int
        Those rows of ``again`` that the map's own total counts.
    """

    once: Mapping[int, int] = field(default_factory=dict)
    again: Mapping[int, int] = field(default_factory=dict)
    agreed: frozenset[int] = frozenset()

    def why_again(self, row: int) -> str:
        """What is told of an input that is counted although another is the same; empty where none is."""
        if row not in self.again:
            return ""
        same = f"the same input as in row {self.again[row]}, and counted again"
        return f"{same}{', as in the total of the map' if row in self.agreed else '; omit one if it is one'}"


def repeats(
    headings: Headings, lines: Sequence[Line], sums_of: Callable[[Sequence[Line]], Mapping[int, Sum]]
) -> Repeats:
    """The inputs that stand in more than one row.

    One that the same stakeholder gives, in the same words and amount, on rows of outcomes is one input,
    unless the map's own total counts it in each of them.
    """
    once: dict[int, int] = {}
    again: dict[int, int] = {}
    of_giver: dict[tuple[str, str], list[tuple[float, int]]] = {}
    of_anybody: dict[tuple[str, float], int] = {}
    stakeholder = ""
    for line in lines:
        stakeholder = _words(headings, line.row, "stakeholder") or stakeholder
        title = _words(headings, line.row, "input")
        amount = line.numbers[WORTH].value if WORTH in line.numbers else None
        empty = headings.cell(line.row, "input_value") is None
        if line.in_the_file or (amount is None and not (title and empty)):
            continue
        given = of_giver.setdefault((stakeholder, title), [])
        known = next((row for value, row in given if amount in (value, None)), None)
        beside = any(headings.cell(line.row, key, merged=True) for key in ("outcome", "quantity"))
        if known is not None and beside:
            once[line.row] = known
        elif title and amount is not None and (known or (title, amount) in of_anybody):
            again[line.row] = known or of_anybody[title, amount]
        if amount is not None:
            given.append((amount, line.row))
            of_anybody.setdefault((title, amount), line.row)
    priced = {line.row for line in lines if WORTH in line.numbers}
    counted = _counted(headings, lines, sums_of(lines))
    agreed = frozenset(
        row for row, of in once.items() if row in priced and any({row, of} <= part for part in counted)
    )
    return Repeats(
        {row: of for row, of in once.items() if row not in agreed},
        again | {row: once[row] for row in agreed},
        agreed,
    )


def _counted(headings: Headings, lines: Sequence[Line], added: Mapping[int, Sum]) -> list[set[int]]:
    """The rows whose inputs are in each total of the map."""
    numbers = {line.row: line.numbers[WORTH] for line in lines if WORTH in line.numbers}
    found = [set(each.over) for each in added.values() if each.row in numbers and WORTH not in each.wrong]
    entries = {row for row in numbers if row not in added}
    whole = sum(numbers[row].value for row in entries)
    for figure in totals(headings, set()):
        reading: Reading = figure.reading
        if figure.of == "investment" and abs(reading.value - whole) <= reading.tolerance:
            found.append(entries)
    return found


def without_repeats(lines: Sequence[Line], found: Repeats) -> list[Line]:
    """The rows with each input in one of them."""
    return [
        replace(line, numbers={key: each for key, each in line.numbers.items() if key != WORTH})
        if line.row in found.once
        else line
        for line in lines
    ]


def _words(headings: Headings, row: int, key: str) -> str:
    cell = headings.cell(row, key)
    return folded(cell.text) if cell is not None else ""


def folded(words: str) -> str:
    """Words as those of the same entry are compared: without their capitals and spaces."""
    return " ".join(words.casefold().split())


def said_by(entry: Mapping[str, Any]) -> tuple[Any, ...]:
    """What an outcome says, alike for two that are the same outcome of one stakeholder."""
    numbers = (entry.get(key) for key in (*OUTCOME_NUMBERS, "starts"))
    return (
        entry["stakeholder"],
        folded(entry["title"]),
        *(_fixed(each["value"] if isinstance(each, dict) and "value" in each else each) for each in numbers),
    )


def _fixed(value: Any) -> Any:
    """Lists and mappings as what can be a key."""
    if isinstance(value, dict):
        return tuple(sorted((key, _fixed(each)) for key, each in value.items()))
    return tuple(map(_fixed, value)) if isinstance(value, list | tuple) else value
