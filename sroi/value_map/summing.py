"""Which rows of a map are sums of the rows above them: those whose figures say so."""

from __future__ import annotations

import re
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
    above: list[Line] = []
    block = 0
    for line in lines:
        added = _added(line, above, block)
        if added is not None:
            found[line.row] = added
            block = len(above)
            continue
        if line.counts and line.numbers:
            key = _also_a_sum(line, above)
            if key is not None:
                words = f"{line.numbers[key].value:,.12g} is also the sum of the rows above"
                note(line.row, key, f"{words}; read as one of its own, and not as a total")
            above.append(line)
    if len(above) > (1 if above and above[0].labelled else 2) and (above[0].labelled or not above[0].named):
        top, below = above[0], above[1:]
        several = any(sum(key in each.numbers for each in below) > 1 for key in top.numbers)
        if _all_are_sums(top, below) and (several or top.labelled):
            found[top.row] = Sum(top.row, tuple(line.row for line in below))
    return found


def _added(line: Line, above: list[Line], block: int) -> Sum | None:
    if not above or not line.numbers or line.in_the_file:
        return None
    if line.complete and not line.sounds_like_one:
        return None
    starts = dict.fromkeys((0, block, *range(1, len(above))))
    for start in starts:
        part = above[start:]
        if part and _all_are_sums(line, part):
            several = [key for key in line.numbers if sum(key in each.numbers for each in part) > 1]
            sure = len(several) > 1 or (several and (not line.named or line.sounds_like_one))
            sure = sure or (not line.named and (not line.words or _repeats(line, part)))
            if sure or line.labelled or (line.sounds_like_one and not line.given and start == 0):
                return Sum(line.row, tuple(each.row for each in part))
    misprinted = line.labelled or (line.sounds_like_one and not line.counts)
    if not misprinted and (not line.named or line.sounds_like_one) and len(line.numbers) > 2:
        right = [key for key in line.numbers if _is_sum(line, key, above)]
        misprinted = len(right) * 2 > len(line.numbers)
    if not misprinted or not any(key in each.numbers for each in above for key in line.numbers):
        return None
    parts = [above, above[block:] or above]
    if any(words.startswith("sub") for words in line.words):
        parts.reverse()
    part = min(parts, key=lambda rows: len(_wrong(line, rows)))
    return Sum(line.row, tuple(each.row for each in part), _wrong(line, part))


def _repeats(line: Line, part: Sequence[Line]) -> bool:
    """Whether a row repeats more of the rows above than chance would: three numbers, or two of two rows."""
    rows = [each for each in part if each.numbers.keys() & line.numbers.keys()]
    return len(line.numbers) > 2 or (len(line.numbers) > 1 and len(rows) > 1)


def _wrong(line: Line, part: Sequence[Line]) -> tuple[Key, ...]:
    return tuple(key for key in line.numbers if not _is_sum(line, key, part))


def _also_a_sum(line: Line, above: list[Line]) -> Key | None:
    """The money of an input that is the sum of two or more above it or sounds like one, and may be it."""
    key = ("input_value", -1)
    several = sum(key in each.numbers for each in above) > 1 or line.sounds_like_one
    return key if several and key in line.numbers and _is_sum(line, key, above) else None


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
