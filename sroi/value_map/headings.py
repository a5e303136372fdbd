"""Finding the headings of a map: where they stand, and which column each of them means."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any

from sroi.value_map.columns import BARE, BY_KEY, COLUMNS

if TYPE_CHECKING:
    from sroi.value_map.workbook import Sheet

MOST_TITLE_ROWS = 60
FEWEST_COLUMNS = 3
NEAR = 0.86


def plain(text: Any) -> str:
    """Words as they are compared: small letters and digits; what stands in brackets is left out, unless nothing else stands there."""
    folded = str(text).casefold().replace("&", " and ").replace("'", "").replace("’", "")
    outside = re.sub(r"[^a-z0-9]+", " ", re.sub(r"\([^)]*\)|\[[^\]]*\]", " ", folded)).strip()
    return outside or re.sub(r"[^a-z0-9]+", " ", folded).strip()


def _names() -> dict[str, str]:
    names: dict[str, str] = {}
    for column in COLUMNS:
        for words in (column.title, *column.synonyms, column.question, column.key):
            if words and plain(words) not in BARE:
                names.setdefault(plain(words), column.key)
    return names


_NAMES = _names()
_STAGES = {plain(column.stage) for column in COLUMNS}
_QUESTIONS = {plain(column.question) for column in COLUMNS if column.question} | {
    words for words in BARE if " " in words
}
_IN_PLACE = {
    "description": "description",
    "what": "description",
    "value": "value",
    "value in currency": "value",
    "amount": "value",
    "cost": "value",
}
_DESCRIBES = {
    "": "input",
    "stakeholder": "input",
    "size": "input",
    "involved": "input",
    "activity": "output",
    "output": "outcome",
}
_TEXTS_OF = {
    "indicator": "quantity",
    "n_measured": "quantity",
    "unit": "quantity",
    "value_reason": "value",
    "contribution": "attribution",
    "drop_off_from": "drop_off",
}
_YEAR = re.compile(r"(?:year|yr|y) ?(\d{1,3})(?: .*)?")
_CALENDAR = re.compile(r"(?:(?:financial |calendar )?year |fy ?)?((?:19|20)\d\d)(?: (?:\d\d|(?:19|20)\d\d))?")


@dataclass(frozen=True, slots=True)
class Heading:
    """One column of the sheet: its position, its letter, and its heading as it is written."""

    column: int
    letter: str
    text: str


@dataclass(frozen=True)
class Headings:
    """What the columns of a sheet mean.

    Attributes
    ----------
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
    """

    first: int
    last: int
    columns: dict[str, Heading]
    years: dict[int, Heading]
    unread: tuple[Heading, ...]
    near: dict[str, str]


def find(sheet: Sheet, row: int | None = None) -> Headings | None:
    """The headings of a sheet, in the row that is given or in the one that knows the most columns; None where none knows enough."""
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
    texts = {
        plain(cell.value)
        for column in range(1, sheet.columns + 1)
        if (cell := sheet.at(row, column)) is not None and isinstance(cell.value, str)
    }
    return (
        len({_NAMES[text] for text in texts if text in _NAMES and BY_KEY[_NAMES[text]].question != text})
        + sum(text in BARE for text in texts) // 2
    )


def _is_heading(sheet: Sheet, row: int) -> bool:
    """Whether a row beside the titles belongs to them: bands, questions, second lines. A row with a number does not."""
    texts = [sheet.at(row, column) for column in range(1, sheet.columns + 1)]
    cells = [cell for cell in texts if cell is not None]
    if not cells or any(not isinstance(cell.value, str) for cell in cells):
        return False
    known = [cell for cell in cells if _sounds_like_a_heading(str(cell.value))]
    return len(known) * 2 >= len(cells) and len(known) >= 1


def _sounds_like_a_heading(text: str) -> bool:
    words = plain(text)
    return (
        words in _NAMES
        or words in BARE
        or words in _IN_PLACE
        or text.strip().endswith("?")
        or text.strip() in ("%", "£", "$", "€")
        or _is_a_stage(words)
        or "only enter numbers" in text.casefold()
        or _YEAR.fullmatch(words) is not None
    )


def _read(sheet: Sheet, first: int, last: int) -> Headings:
    columns: dict[str, Heading] = {}
    years: dict[int, Heading] = {}
    unread: list[Heading] = []
    near: dict[str, str] = {}
    before = ""
    for column in range(1, sheet.columns + 1):
        parts = _parts(sheet, first, last, column)
        if not parts:
            continue
        heading = Heading(column, re.sub(r"\d", "", _letter(sheet, column)), " / ".join(parts))
        year = next((number for part in reversed(parts) if (number := _year(part)) is not None), None)
        if year is not None and year not in years:
            years[year] = heading
            continue
        key = _meaning([plain(part) for part in parts], before, _bands(sheet, first, last, column))
        if key is None:
            key = _nearly([plain(part) for part in parts])
            if key is not None and key not in columns:
                near[heading.text] = BY_KEY[key].title
        if key is None or key in columns:
            unread.append(heading)
            continue
        columns[key] = heading
        before = key
    return Headings(first, last, columns, years, tuple(unread), near)


def _letter(sheet: Sheet, column: int) -> str:
    return next((cell.ref for (_, other), cell in sheet.cells.items() if other == column), "?")


def _parts(sheet: Sheet, first: int, last: int, column: int) -> list[str]:
    """The texts that head a column, from the top: bands over several columns too, stages not."""
    parts: list[str] = []
    for row in range(first, last + 1):
        cell = sheet.over(row, column)
        if (
            cell is not None
            and isinstance(cell.value, (str, int))
            and not _is_a_stage(plain(cell.value))
            and str(cell.value) not in parts
        ):
            parts.append(str(cell.value))
    own = any(sheet.at(row, column) is not None for row in range(first, last + 1))
    return parts if own else []


def _is_a_stage(words: str) -> bool:
    return words in _STAGES or re.match(r"stage \d", words) is not None


def _bands(sheet: Sheet, first: int, last: int, column: int) -> set[str]:
    """The texts over a column that stand over another one too."""
    found = set()
    for row in range(first, last + 1):
        anchor = sheet.merged.get((row, column))
        if anchor is not None and any(sheet.merged.get((row, column + step)) == anchor for step in (-1, 1)):
            found.add(plain(sheet.cells[anchor].value))
    return found


def _year(part: str) -> int | None:
    words = plain(part)
    if re.fullmatch(r"(?:period|year) of activity|activity period|activity year", words):
        return 0
    found = _YEAR.fullmatch(words) or _CALENDAR.fullmatch(words)
    return int(found[1]) if found is not None else None


def _meaning(parts: list[str], before: str, bands: set[str]) -> str | None:
    """What a column is, from its lowest line upwards, then by questions, then by what stands over others too; ``before`` is the one to the left."""
    for position in sorted(
        range(len(parts)), key=lambda each: (parts[each] in bands, parts[each] in _QUESTIONS, -each)
    ):
        part = parts[position]
        for above in reversed(parts[:position]):
            if f"{above} {part}" in _NAMES:
                return _NAMES[f"{above} {part}"]
            text_of = _text_of(_NAMES[above], BARE[part]) if part in BARE and above in _NAMES else None
            if text_of is not None:
                return text_of
        if part in BARE:
            return _text_of(before, BARE[part])
        if part in _IN_PLACE:
            in_place = _in_place(_IN_PLACE[part], before)
            if in_place is not None:
                return in_place
        if part in _NAMES:
            return _NAMES[part]
    return None


def _text_of(key: str, kind: str) -> str | None:
    base = BY_KEY[key].after if key in BY_KEY and BY_KEY[key].after else _TEXTS_OF.get(key, key)
    name = f"{base}_{kind}"
    return name if name in BY_KEY else "input_source" if base == "input_value" and kind == "source" else None


def _in_place(what: str, before: str) -> str | None:
    if what == "value":
        return "input_value" if before in ("input", "input_kind", "input_source", "input_reason") else "value"
    return _DESCRIBES.get(
        before,
        "value_reason"
        if before in ("indicator", "quantity", "quantity_source", "starts", "duration")
        else None,
    )


def _nearly(parts: list[str]) -> str | None:
    best, found = NEAR, None
    for part in parts:
        for words, key in _NAMES.items():
            if abs(len(words) - len(part)) <= 0.3 * max(len(words), len(part)):
                likeness = SequenceMatcher(None, words, part).ratio()
                if likeness >= best:
                    best, found = likeness, key
    return found
