"""The mapping file: what the odd headings of one map mean, and what it does not say of the study."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sroi.documents.reader import read_file
from sroi.errors import DocumentError, Problem, instead
from sroi.value_map.columns import BY_KEY, year_title
from sroi.value_map.headings import Heading, Headings, plain

if TYPE_CHECKING:
    import os

    from sroi.value_map.workbook import Sheet

_KEYS = ("sheet", "header_row", "columns", "years", "ignore", "study")
_STUDY = (
    "id",
    "title",
    "kind",
    "currency",
    "price_year",
    "first_year",
    "method",
    "purpose",
    "audience",
    "scope",
    "author",
    "date",
    "status",
)


@dataclass(frozen=True, slots=True)
class Mapping:
    """What a mapping file says.

    Attributes
    ----------
    sheet : str or None
        Name of the sheet.
    header_row : int or None
        Row of the headings.
    columns : dict of str to str
        Heading or letter of a column, by key.
    years : dict of int to str
        Heading or letter of the column of a year, by its number counted from year 0.
    ignore : tuple of str
        Headings or letters of columns that hold nothing for a study.
    study : dict
        Fields of the study.
    """

    sheet: str | None = None
    header_row: int | None = None
    columns: dict[str, str] = field(default_factory=dict)
    years: dict[int, str] = field(default_factory=dict)
    ignore: tuple[str, ...] = ()
    study: dict[str, Any] = field(default_factory=dict)


def read_mapping(file: str | os.PathLike[str] | None) -> Mapping:
    """A mapping file, or an empty mapping.

    Raises
    ------
    DocumentError
        If a key is not known, or a value not of the kind that it wants.
    """
    if file is None:
        return Mapping()
    text = read_file(Path(file), "mapping")
    root = text.root
    problems = [
        text.problem([key], f"the key {key} is not known here", instead(key, _KEYS), at_key=True)
        for key in root
        if key not in _KEYS
    ]
    for section, names in (("columns", tuple(BY_KEY)), ("study", _STUDY)):
        entries = root.get(section, {})
        if not isinstance(entries, dict):
            problems.append(
                text.problem(
                    [section],
                    "this is not a mapping of keys to values",
                    f"write {section}: and below it {names[0]}: …",
                )
            )
            continue
        problems += [
            text.problem(
                [section, key], f"the key {key} is not known here", instead(key, names, most=60), at_key=True
            )
            for key in entries
            if key not in names
        ]
    years, ignore, row = root.get("years", {}), root.get("ignore", []), root.get("header_row")
    if not isinstance(years, dict) or any(not re.fullmatch(r"\d{1,3}", str(key)) for key in years):
        problems.append(
            text.problem(
                ["years"],
                "years are numbered from 0, each with its heading",
                'write years: {0: "Year of activity", 1: "Year 1"}',
            )
        )
        years = {}
    if not isinstance(ignore, list):
        problems.append(text.problem(["ignore"], "this is not a list", 'write ignore: ["Notes"]'))
    if row is not None and (isinstance(row, bool) or not isinstance(row, int) or row < 1):
        problems.append(text.problem(["header_row"], f"{row} is not a row", "write its number, such as 7"))
    if problems:
        raise DocumentError(problems)
    named = {str(key): str(value) for key, value in root.get("columns", {}).items()}
    return Mapping(
        str(root["sheet"]) if root.get("sheet") is not None else None,
        row,
        named,
        {int(str(key)): str(value) for key, value in years.items()},
        tuple(map(str, ignore)),
        dict(root.get("study", {})),
    )


def applied(mapping: Mapping, headings: Headings, sheet: Sheet) -> Headings:
    """The headings with what the mapping says of them; what it names is refused where the sheet has no such column."""
    known = [*headings.columns.values(), *headings.years.values(), *headings.unread]
    problems: list[Problem] = []

    def named(words: str, path: str) -> Heading | None:
        exact = [
            each
            for each in known
            if plain(each.text) == plain(words)
            or any(plain(part) == plain(words) for part in each.text.split(" / "))
        ]
        lettered = [each for each in known if re.fullmatch(r"[A-Z]{1,3}", words) and each.letter == words]
        candidates = exact or lettered
        if not candidates:
            hint = instead(words, [each.text for each in known] + [each.letter for each in known])
            problems.append(
                sheet.problem(f"there is no column {words!r}, which the mapping names for {path}", hint)
            )
            return None
        return candidates[0]

    columns = {
        key: heading for key, words in mapping.columns.items() if (heading := named(words, key)) is not None
    }
    years = {
        t: heading
        for t, words in mapping.years.items()
        if (heading := named(words, year_title(t))) is not None
    }
    ignored = [heading for words in mapping.ignore if (heading := named(words, "ignore")) is not None]
    if problems:
        raise DocumentError(problems)
    taken = {heading.column for heading in (*columns.values(), *years.values(), *ignored)}
    kept = {
        key: heading
        for key, heading in headings.columns.items()
        if heading.column not in taken and key not in columns
    }
    unread = [
        each
        for each in known
        if each.column not in taken and each not in kept.values() and each not in headings.years.values()
    ]
    own_years = (
        {year: heading for year, heading in headings.years.items() if heading.column not in taken}
        if not years
        else {}
    )
    near = {
        text: title
        for text, title in headings.near.items()
        if any(each.text == text for each in kept.values())
    }
    return Headings(headings.first, headings.last, columns | kept, years or own_years, tuple(unread), near)
