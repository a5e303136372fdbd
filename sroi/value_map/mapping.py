"""The mapping file: what the odd headings of one map mean, and what it does not say of the study."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from sroi.documents.reader import read_file
from sroi.errors import DocumentError, Problem, instead
from sroi.value_map.columns import BY_KEY, year_title
from sroi.value_map.headings import Heading, Headings
from sroi.value_map.rows import Shares
from sroi.value_map.titles import plain

if TYPE_CHECKING:
    import os

_STUDY = (
    *("id", "title", "kind", "currency", "price_year", "first_year", "method"),
    *("purpose", "audience", "scope", "author", "date", "status"),
)
_KEYS = {
    "": ("sheet", "header_row", "columns", "years", "ignore", "shares", "study"),
    "columns": tuple(BY_KEY),
    "study": _STUDY,
}
"""The keys of the file, and of the sections in it whose keys are known."""


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
    shares : str
        Whether bare numbers in columns of shares are ``fractions`` or ``percentages``; empty where it does
        not say.
    study : dict
        Fields of the study.
    """

    sheet: str | None = None
    header_row: int | None = None
    columns: dict[str, str] = field(default_factory=dict)
    years: dict[int, str] = field(default_factory=dict)
    ignore: tuple[str, ...] = ()
    shares: Shares = ""
    study: dict[str, Any] = field(default_factory=dict)


def read_mapping(file: str | os.PathLike[str] | None) -> Mapping:
    """A mapping file, or an empty mapping.

    Raises
    ------
    DocumentError
        If a key is not known, or a value is of the wrong kind.
    """
    if file is None:
        return Mapping()
    text = read_file(Path(file), "mapping", keys=_KEYS[""])
    root, problems = text.root, []
    for section, names in _KEYS.items():
        entries, at = (root.get(section, {}), [section]) if section else (root, [])
        if not isinstance(entries, dict):
            hint = f"write {section}: and below it {names[0]}: …"
            problems.append(text.problem(at, "this is not a mapping of keys to values", hint))
            continue
        for key in entries:
            if key not in names:
                hint = instead(key, names, most=60)
                problems.append(
                    text.problem([*at, key], f"the key {key} is not known here", hint, at_key=True)
                )
    years, ignore, row = root.get("years", {}), root.get("ignore", []), root.get("header_row")
    if not isinstance(years, dict) or not all(re.fullmatch(r"\d{1,3}", str(key)) for key in years):
        hint = 'write years: {0: "Year of activity", 1: "Year 1"}'
        problems.append(text.problem(["years"], "years are numbered from 0, each with its heading", hint))
    if not isinstance(ignore, list):
        problems.append(text.problem(["ignore"], "this is not a list", 'write ignore: ["Notes"]'))
    if row is not None and (isinstance(row, bool) or not isinstance(row, int) or row < 1):
        problems.append(text.problem(["header_row"], f"{row} is not a row", "write its number, such as 7"))
    shares = root.get("shares", "")
    if shares not in get_args(Shares):
        hint = "write shares: fractions where 0.25 is a quarter, shares: percentages where 25 is"
        problems.append(text.problem(["shares"], f"{shares} is not known here", hint))
    if problems:
        raise DocumentError(problems)
    return Mapping(
        str(root["sheet"]) if root.get("sheet") is not None else None,
        row,
        {str(key): str(value) for key, value in root.get("columns", {}).items()},
        {int(str(key)): str(value) for key, value in years.items()},
        tuple(map(str, ignore)),
        shares,
        dict(root.get("study", {})),
    )


def applied(mapping: Mapping, headings: Headings) -> Headings:
    """The headings as the mapping reads them.

    Raises
    ------
    DocumentError
        If the mapping names a column that the sheet does not have.
    """
    known = [*headings.columns.values(), *headings.years.values(), *headings.unread]
    problems: list[Problem] = []

    def named(words: str, what: str) -> list[Heading]:
        for each in known:
            if plain(words) in map(plain, (each.text, *each.text.split(" / "))):
                return [each]
        lettered = [each for each in known if each.letter == words]
        if not lettered:
            message = f"there is no column {words!r}, which the mapping names for {what}"
            hint = instead(words, [part for each in known for part in (each.text, each.letter)])
            problems.append(headings.sheet.problem(message, hint))
        return lettered[:1]

    columns = {key: each for key, words in mapping.columns.items() for each in named(words, key)}
    years = {t: each for t, words in mapping.years.items() for each in named(words, year_title(t))}
    ignored = [each for words in mapping.ignore for each in named(words, "ignore")]
    if problems:
        raise DocumentError(problems)
    given = {key: replace(each, is_given=True) for key, each in columns.items()}
    taken = [*columns.values(), *years.values(), *ignored]
    kept = {key: each for key, each in headings.columns.items() if each not in taken and key not in columns}
    own_years = {year: each for year, each in headings.years.items() if each not in taken}
    read = (*taken, *kept.values(), *headings.years.values())
    texts = [each.text for each in kept.values()]
    return replace(
        headings,
        columns=given | kept,
        years=years or own_years,
        unread=tuple(each for each in known if each not in read),
        near={text: title for text, title in headings.near.items() if text in texts},
    )
