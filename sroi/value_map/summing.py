"""Which rows of a map are sums of the rows above them: those whose figures say so."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sroi.value_map.cells import Reading
from sroi.value_map.columns import BY_KEY, TOTALS
from sroi.value_map.titles import keys_by_words, plain

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sroi.value_map.headings import Headings

    Key = tuple[str, int]

LABELS = keys_by_words(TOTALS)
_SUM = re.compile(
    r"sub ?totals?\b.*|(?:\w+ ){1,3}(?:sub ?)?totals?|overall|combined|altogether|all"
    r"|(?:grand |overall )?(?:totals?|sum)(?: (?:(?:value )?(?:of )?inputs?|investment|invested))?"
)
_SOUNDS_LIKE_ONE = re.compile(
    r"(?:sub ?|grand |overall )?totals?\b|sum\b"
    r"|(?:overall|all)(?: of| the| inputs?| costs?| above| together|$)"
    r"|combined\b|altogether\b|(?:\w+ ){1,3}(?:sub ?)?totals?$"
)
_ADDED = ("size", "involved", "input_value", "quantity", "n_measured", "value", "impact", "present_value")


@dataclass(frozen=True, slots=True)
class Line:
    """One row as far as it can be a sum: its numbers by column, and whether it names an entry or a giver.

    A row with a name in the file, as an exported map has, is an entry whatever its figures are.
    """

    row: int
    numbers: dict[Key, Reading]
    named: bool
    words: tuple[str, ...]
    slack: dict[Key, float]
    in_the_file: bool
    complete: bool
    given: bool

    @property
    def labelled(self) -> bool:
        """Whether its words are those of a sum and of nothing else."""
        return any(_SUM.fullmatch(words) for words in self.words)

    @property
    def sounds_like_one(self) -> bool:
        """Whether it begins as a sum may."""
        return any(_SOUNDS_LIKE_ONE.match(words) for words in self.words)

    @property
    def counts(self) -> bool:
        """Whether it holds anything that a study would take as its own."""
        own = ("input_value", "quantity", "value")
        return self.named or any(self.numbers.get((key, -1)) for key in own)


@dataclass(frozen=True, slots=True)
class Sum:
    """A row that is the sum of others.

    Attributes
    ----------
    row : int
        The row.
    over : tuple of int
        The rows that it adds up.
    wrong : tuple of (str, int)
        Columns in which it is not their sum.
    """

    row: int
    over: tuple[int, ...]
    wrong: tuple[Key, ...] = ()


class _Above:
    """The rows above one, with running sums by column that rule out at once most rows it could add up."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.counts: Counter[Key] = Counter()
        self._sums: dict[Key, list[float]] = {}
        self._slacks: dict[Key, list[float]] = {}
        self._sizes: dict[Key, float] = {}

    def append(self, line: Line) -> None:
        """Take one more row."""
        for key, number in line.numbers.items():
            self._sums.setdefault(key, [0.0] * (len(self.lines) + 1))
            self._slacks.setdefault(key, [0.0] * (len(self.lines) + 1))
            self._sizes[key] = self._sizes.get(key, 0.0) + abs(number.value)
        for key, before in self._sums.items():
            before.append(before[-1] + (line.numbers[key].value if key in line.numbers else 0.0))
            self._slacks[key].append(self._slacks[key][-1] + line.slack.get(key, 0.0))
        self.counts.update(line.numbers.keys())
        self.lines.append(line)

    def starts(self, line: Line) -> list[int]:
        """The rows from which on those above may add up to a row, in every column of it."""
        starts = list(range(len(self.lines)))
        for key in line.numbers:
            starts = self._near(line, key, starts)
        return starts

    def may_add_up_to(self, line: Line, key: Key, start: int = 0) -> bool:
        """Whether a column from a row on may add up to that of a row: false where it does not by far."""
        return bool(self._near(line, key, [start]))

    def _near(self, line: Line, key: Key, starts: list[int]) -> list[int]:
        if key not in self._sums or not starts:
            return []
        printed, sums, slacks = line.numbers[key], self._sums[key], self._slacks[key]
        slack = printed.tolerance + slacks[-1] + 1e-9 * (self._sizes[key] + abs(printed.value))
        wanted = sums[-1] - printed.value
        return [start for start in starts if abs(sums[start] - wanted) <= slack - slacks[start]]


def line_of(headings: Headings, row: int) -> Line:
    """A row as far as it can be a sum."""
    numbers: dict[Key, Reading] = {}
    slack: dict[Key, float] = {}
    cells = {(key, -1): headings.cell(row, key) for key in _ADDED}
    cells |= {("by_year", year): cell for year, cell in headings.of_years(row).items()}
    for (key, year), cell in cells.items():
        reading = cell.understood(headings.asked(key, year)) if cell is not None else ""
        if isinstance(reading, Reading) and reading.value != 0:
            numbers[key, year] = reading
            slack |= {(key, year): reading.tolerance} if cell is not None and cell.is_text else {}
    named = any(headings.cell(row, key) is not None for key in ("outcome", "input"))
    words = (
        plain(cell.value) for _, cell in headings.sheet.row(row) if cell.is_text and cell.reading is None
    )
    texts = tuple(filter(None, words))
    of_the_file = ("outcome_id", "input_id", "stakeholder_id")
    in_the_file = any(headings.cell(row, key) is not None for key in of_the_file)
    whole = ("outcome", "quantity", "value", "duration")
    complete = all(headings.cell(row, key) is not None for key in whole)
    given = headings.cell(row, "stakeholder") is not None
    return Line(row, numbers, named, texts, slack, in_the_file, complete, given)


def sums(lines: Sequence[Line], note: Callable[[int, Key, str], None]) -> dict[int, Sum]:
    """The rows that are sums of the rows above them, column by column.

    The arithmetic decides. Words only say what a row is whose figures leave it open: one that repeats a
    single row, or one in which a figure was misprinted beside nothing but the words of a sum.
    """
    found: dict[int, Sum] = {}
    rows = _Above()
    above, block = rows.lines, 0
    for line in lines:
        added = _added(line, rows, block)
        if added is not None:
            found[line.row] = added
            block = len(above)
            continue
        if line.counts and line.numbers:
            key = _also_a_sum(line, rows)
            if key is not None:
                words = f"{line.numbers[key].value:,.12g} is also the sum of the rows above"
                note(line.row, key, f"{words}; read as one of its own, and not as a total")
            rows.append(line)
    if len(above) > (1 if above and above[0].labelled else 2) and (above[0].labelled or not above[0].named):
        top, below = above[0], above[1:]
        several = any(sum(key in each.numbers for each in below) > 1 for key in top.numbers)
        if _all_are_sums(top, below) and (several or top.labelled):
            found[top.row] = Sum(top.row, tuple(line.row for line in below))
    return found


def _added(line: Line, rows: _Above, block: int) -> Sum | None:
    above = rows.lines
    if not above or not line.numbers or line.in_the_file:
        return None
    if line.complete and not line.sounds_like_one:
        return None
    for start in sorted(rows.starts(line), key=lambda start: (start != 0, start != block)):
        part = above[start:]
        if _all_are_sums(line, part):
            several = [key for key in line.numbers if sum(key in each.numbers for each in part) > 1]
            sure = len(several) > 1 or (several and (not line.named or line.sounds_like_one))
            sure = sure or (not line.named and (not line.words or _repeats(line, part)))
            if sure or line.labelled or (line.sounds_like_one and not line.given and start == 0):
                return Sum(line.row, tuple(each.row for each in part))
    misprinted = line.labelled or (line.sounds_like_one and not line.counts)
    if not misprinted and (not line.named or line.sounds_like_one) and len(line.numbers) > 2:
        right = [key for key in line.numbers if rows.may_add_up_to(line, key) and _is_sum(line, key, above)]
        misprinted = len(right) * 2 > len(line.numbers)
    if not misprinted or rows.counts.keys().isdisjoint(line.numbers):
        return None
    starts = [0, block if block < len(above) else 0]
    if any(words.startswith("sub") for words in line.words):
        starts.reverse()
    wrong = {start: _wrong(line, rows, start) for start in starts}
    start = min(starts, key=lambda start: len(wrong[start]))
    return Sum(line.row, tuple(each.row for each in above[start:]), wrong[start])


def _repeats(line: Line, part: Sequence[Line]) -> bool:
    """Whether a row repeats more of the rows above than chance would: three numbers, or two of two rows."""
    rows = [each for each in part if each.numbers.keys() & line.numbers.keys()]
    return len(line.numbers) > 2 or (len(line.numbers) > 1 and len(rows) > 1)


def _wrong(line: Line, rows: _Above, start: int) -> tuple[Key, ...]:
    part = rows.lines[start:]
    return tuple(
        key for key in line.numbers if not (rows.may_add_up_to(line, key, start) and _is_sum(line, key, part))
    )


def _also_a_sum(line: Line, rows: _Above) -> Key | None:
    """The money of an input that is the sum of two or more above it or sounds like one, and may be it."""
    key = ("input_value", -1)
    if key not in line.numbers or not rows.may_add_up_to(line, key):
        return None
    several = rows.counts[key] > 1 or line.sounds_like_one
    return key if several and _is_sum(line, key, rows.lines) else None


def _all_are_sums(line: Line, part: Sequence[Line]) -> bool:
    return bool(line.numbers) and all(_is_sum(line, key, part) for key in line.numbers)


def _is_sum(line: Line, key: Key, part: Sequence[Line]) -> bool:
    addends = [each.numbers[key] for each in part if key in each.numbers]
    printed = line.numbers[key]
    tolerance = printed.tolerance + sum(each.slack.get(key, 0.0) for each in part)
    return bool(addends) and abs(sum(each.value for each in addends) - printed.value) <= tolerance


def named(key: Key) -> str:
    """A column in words."""
    return f"Year {key[1]}" if key[0] == "by_year" else BY_KEY[key[0]].title
