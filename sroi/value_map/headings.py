"""Finding the headings of a map: where they stand, and which column each of them means."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sroi.value_map.asked import Asked, asked_of, in_currency, unread_qualifiers
from sroi.value_map.columns import BARE, BY_KEY, COLUMNS, CURRENCY_SIGNS, DESCRIPTIONS, IN_PLACE
from sroi.value_map.titles import (
    FIGURES,
    NAMES,
    QUESTIONS,
    as_a_name,
    is_known,
    nearly,
    plain,
    qualifiers_of,
)

if TYPE_CHECKING:
    from sroi.value_map.sheet import Cell, Sheet

MOST_TITLE_ROWS = 60
FEWEST_COLUMNS = 3
_STAGES = {plain(column.stage) for column in COLUMNS}
_YEAR = re.compile(r"(?:year|yr|y) ?(\d{1,3})(?: .*)?")
_CALENDAR = re.compile(r"(?:(?:financial |calendar )?year |fy ?)?((?:19|20)\d\d)(?: (?:\d\d|(?:19|20)\d\d))?")
_OURS = re.compile(r"\b(?:us|our|ours|own)\b(?! others)", re.IGNORECASE)
_ACTIVITY = re.compile(r"(?:period|year) of activity|activity period|activity year")


@dataclass(frozen=True, slots=True)
class Heading:
    """One column of the sheet.

    Attributes
    ----------
    column : int
        Its position, counted from 1.
    letter : str
        Its letter.
    text : str
        Its heading as it is written.
    qualifiers : tuple of str
        What stands beside the words that name the column.
    is_given : bool
        Whether a mapping file says what the column is.
    """

    column: int
    letter: str
    text: str
    qualifiers: tuple[str, ...] = ()
    is_given: bool = False


@dataclass(frozen=True)
class Headings:
    """What the columns of a sheet mean.

    Attributes
    ----------
    sheet : Sheet
        The sheet.
    first, last : int
        The rows of the headings.
    columns : dict of str to Heading
        By key of the column.
    years : dict of int to Heading
        Yearly columns by the number that they are headed with: of the year, or a calendar year.
    unread : tuple of Heading
        Columns with a heading that means nothing here.
    near : dict of str to str
        Headings that were read as something near to them, and as what.
    currency : str
        Code of the study's currency; empty while it is not known.
    """

    sheet: Sheet
    first: int
    last: int
    columns: dict[str, Heading]
    years: dict[int, Heading]
    unread: tuple[Heading, ...]
    near: dict[str, str]
    currency: str = ""

    def asked(self, key: str, year: int = -1) -> Asked:
        """What the cells of a column, or of a yearly one, hold: its unit is the one its heading names."""
        heading = self.years.get(year) if key == "by_year" else self.columns.get(key)
        holds = "figure" if key in FIGURES else BY_KEY[key].holds
        text = heading.text if heading is not None else ""
        commas, points = bool(self.sheet.decimal_commas), self.sheet.points
        asked = replace(asked_of(text, holds, key), commas=commas, points=points)
        if holds != "figure" and heading is not None and not heading.is_given:
            unread = " and ".join(f"“{each}”" for each in unread_qualifiers(heading.qualifiers, asked))
            mapping = f"columns: {{{key}: {heading.letter}}}"
            hint = f"leave it out where it changes nothing, or say in a mapping file {mapping}"
            told = f"{unread} in the heading “{text}” is not understood; {hint}"
            asked = replace(asked, unknown=told if unread else "")
        return in_currency(asked, text, self.currency)

    def cell(self, row: int, key: str, *, merged: bool = False) -> Cell | None:
        """The cell of a column in a row, or with ``merged`` the merged cell that covers its place."""
        if key not in self.columns:
            return None
        at = self.sheet.over if merged else self.sheet.at
        return at(row, self.columns[key].column)

    def of_years(self, row: int) -> dict[int, Cell]:
        """The cells of the yearly columns in a row."""
        cells = {year: self.sheet.at(row, heading.column) for year, heading in self.years.items()}
        return {year: cell for year, cell in cells.items() if cell is not None}


def find(sheet: Sheet, row: int | None = None) -> Headings | None:
    """The headings of a sheet, in the given row or the one that knows the most columns; None if none does."""
    if row is None:
        scores = {row: _score(sheet, row) for row in range(1, min(sheet.rows, MOST_TITLE_ROWS) + 1)}
        row = max(scores, key=lambda each: (scores[each], -each), default=None)
        if row is None or scores[row] < FEWEST_COLUMNS:
            return None
    first = last = row
    while first > 1 and row - first < 3 and _is_heading(sheet, first - 1):
        first -= 1
    while last < sheet.rows and last - row < 4 and _is_heading(sheet, last + 1):
        last += 1
    return _read(sheet, first, last)


def _score(sheet: Sheet, row: int) -> int:
    texts = {as_a_name(cell.value) for _, cell in sheet.row(row) if cell.is_text}
    known = {NAMES[text] for text in texts if text in NAMES}
    return len(known) + sum(text in BARE for text in texts) // 2


def _is_heading(sheet: Sheet, row: int) -> bool:
    """Whether a row beside the titles is one of bands, questions or second lines; no row with a number is."""
    cells = [cell for _, cell in sheet.row(row)]
    if not all(cell.is_text for cell in cells):
        return False
    known = sum(_sounds_like_a_heading(cell.value) for cell in cells)
    return known >= 1 and known * 2 >= len(cells)


def _sounds_like_a_heading(text: str) -> bool:
    words = as_a_name(text)
    return (
        is_known(words)
        or text.strip().endswith("?")
        or text.strip() in ("%", "$", *CURRENCY_SIGNS)
        or _is_a_stage(words)
        or "only enter numbers" in text.casefold()
        or _YEAR.fullmatch(words) is not None
    )


def _is_a_stage(words: str) -> bool:
    return words in _STAGES or re.match(r"stage \d", words) is not None


def _read(sheet: Sheet, first: int, last: int) -> Headings:
    columns: dict[str, Heading] = {}
    years: dict[int, Heading] = {}
    unread: list[Heading] = []
    near: dict[str, str] = {}
    rows = range(first, last + 1)
    before = ""
    for column in range(1, sheet.columns + 1):
        own = next((cell for row in rows if (cell := sheet.at(row, column)) is not None), None)
        parts = _parts(sheet, rows, column)
        if own is None or not parts:
            continue
        bands = _bands(sheet, rows, column)
        beside = qualifiers_of(parts, bands)
        heading = Heading(column, own.ref.rstrip("0123456789"), " / ".join(parts), beside)
        words = [as_a_name(part) for part in parts]
        year = next((number for part in reversed(words) if (number := _year(part)) is not None), None)
        if year is not None and year not in years:
            years[year] = heading
            continue
        key = _meaning(words, before, bands)
        if key is None:
            key = nearly(words)
            if key is not None and key not in columns:
                near[heading.text] = BY_KEY[key].title
        if key == "attribution" and _OURS.search(heading.text):
            key = "contribution"
        if key is None or key in columns:
            unread.append(heading)
        else:
            columns[key] = heading
            before = key
    return Headings(sheet, first, last, columns, years, tuple(unread), near)


def _parts(sheet: Sheet, rows: range, column: int) -> list[str]:
    """The texts that head a column, from the top: bands over several columns too, stages not."""
    cells = [cell for row in rows if (cell := sheet.over(row, column)) is not None]
    texts = [str(cell.value) for cell in cells if isinstance(cell.value, (str, int))]
    return list(dict.fromkeys(text for text in texts if not _is_a_stage(plain(text))))


def _bands(sheet: Sheet, rows: range, column: int) -> set[str]:
    """The texts over a column that are over another one too."""
    found = set()
    for row in rows:
        anchor = sheet.merged.get((row, column))
        if anchor is not None and anchor in (sheet.merged.get((row, column + step)) for step in (-1, 1)):
            found.add(plain(sheet.cells[anchor].value))
    return found


def _year(words: str) -> int | None:
    if _ACTIVITY.fullmatch(words):
        return 0
    found = _YEAR.fullmatch(words) or _CALENDAR.fullmatch(words)
    return int(found[1]) if found is not None else None


def _meaning(parts: list[str], before: str, bands: set[str]) -> str | None:
    """What a column is; ``before`` is the one on its left.

    Its lowest line counts first, then the lines above; then questions, then texts over other columns too.
    """

    def rank(position: int) -> tuple[bool, bool, int]:
        return parts[position] in bands, parts[position] in QUESTIONS, -position

    for position in sorted(range(len(parts)), key=rank):
        part = parts[position]
        for above in reversed(parts[:position]):
            if f"{above} {part}" in NAMES:
                return NAMES[f"{above} {part}"]
            text_of = _text_of(NAMES[above], BARE[part]) if part in BARE and above in NAMES else None
            if text_of is not None:
                return text_of
        if part in BARE:
            return _text_of(before, BARE[part])
        in_place = _in_place(IN_PLACE[part], before) if part in IN_PLACE else None
        if in_place is not None or part in NAMES:
            return in_place or NAMES[part]
    return None


def _about(key: str) -> str:
    return BY_KEY[key].about or key if key in BY_KEY else ""


def _text_of(key: str, kind: str) -> str | None:
    name = f"{_about(key)}_{kind}"
    return name if name in BY_KEY else None


def _in_place(what: str, before: str) -> str | None:
    if what == "description":
        return DESCRIPTIONS.get(before)
    return "input_value" if _about(before) == "input" and before != "input_value" else "value"
