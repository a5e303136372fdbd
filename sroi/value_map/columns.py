"""The columns and labels of a Value Map, read once from columns.yaml."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from sroi.model import Outcome
from sroi.reference import read_mapping

Holds = Literal["text", "count", "money", "share", "years", "start", "choice"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the map.

    Attributes
    ----------
    key : str
        Its name in a mapping file.
    title : str
        Its heading, as this package writes it; no two are alike.
    stage : str
        The band of the map above it.
    question : str
        What the map asks there, for the line beneath the heading; may be empty.
    synonyms : tuple of str
        Other headings that mean the same. Case, punctuation, signs of currency and words in brackets do not
        matter.
    holds : str
        What its cells hold. A share is written as a percentage, a start as 1 (in the period of activity) or 2
        (in the period after).
    about : str
        Key of the column that it says something about, as a bare heading on its right does (Source, Reason);
        empty where that is the column itself.
    core : bool
        Whether a map has it even where every cell of it is empty.
    """

    key: str
    title: str
    stage: str
    question: str = ""
    synonyms: tuple[str, ...] = ()
    holds: Holds = "text"
    about: str = ""
    core: bool = False

    @property
    def words(self) -> tuple[str, ...]:
        """Every heading that means this column."""
        return (self.title, *self.synonyms, self.question, self.key)


@dataclass(frozen=True, slots=True)
class Label:
    """Words with a value beside them, above or below the rows of the map."""

    key: str
    title: str
    synonyms: tuple[str, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """Every title that means this label."""
        return (self.title, *self.synonyms)


def _inverted(section: dict[str, list[str]]) -> dict[str, str]:
    return {words: key for key, several in section.items() for words in several}


def _tuples(said: dict[str, Any]) -> dict[str, Any]:
    return {**said, "synonyms": tuple(said.get("synonyms", ()))}


_DATA = read_mapping(Path(__file__).with_name("columns.yaml"))

COLUMNS = tuple(
    Column(key, stage=stage, **_tuples(said))
    for stage, columns in _DATA["columns"].items()
    for key, said in columns.items()
)
"""Every column but those of the years, in the order of the map; the years come before ``present_value``."""

BY_KEY = {column.key: column for column in COLUMNS}
IN_SIGHT = ("stakeholder", "outcome")
"""Columns that a map is written with first, so that every figure is seen and printed beside its outcome."""

SHARES = tuple(column.key for column in COLUMNS if column.holds == "share")
OUTCOME_NUMBERS = ("quantity", "value", "duration", *SHARES)
"""The numbers of an outcome with a source and a reason of their own; contribution shares attribution's."""

OUTCOME_TEXTS = tuple(
    column.key
    for column in COLUMNS
    if column.holds == "text" and column.key in Outcome.model_fields.keys() - {"stakeholder"}
)
"""What is said about an outcome in words."""

YEARS_STAGE = BY_KEY["present_value"].stage

FACTS = tuple(Label(key, **_tuples(said)) for key, said in _DATA["facts"].items())
"""Labels above the rows of the map, about the whole study."""

TOTALS = tuple(Label(key, **_tuples(said)) for key, said in _DATA["totals"].items())
"""Labels below the rows of the map, with the figure in the same column or on the right."""

TOTAL_TITLES = {label.key: label.title for label in TOTALS}

BARE = _inverted(_DATA["bare"])
"""Headings that say nothing without the column before them, and what they are of it."""

IN_PLACE = _inverted(_DATA["in_place"])
"""Headings that mean something else where they follow certain columns."""

DESCRIPTIONS = _inverted(_DATA["descriptions"])
"""What a column headed Description holds, by the key of the column before it."""

NOT_ASSESSED = frozenset(_DATA["not_assessed"])
"""Texts in place of a number that nobody has assessed."""

NOT_PRICED = frozenset(_DATA["not_priced"])
"""Texts in place of a value that nobody has put a price on."""

INPUT_KINDS = _inverted(_DATA["input_kinds"])
INPUT_KINDS_BY_TITLE: dict[str, str] = _DATA["input_kinds_by_title"]
"""Patterns of the titles of inputs of each kind."""

CURRENCY_SIGNS: dict[str, str] = _DATA["currency_signs"]
CURRENCIES_BY_SIGN: dict[str, list[str]] = _DATA["currencies_by_sign"]
CODES = sorted(
    {code for codes in CURRENCIES_BY_SIGN.values() for code in codes} | set(_DATA["currencies_without_sign"])
)
"""Codes of the currencies that a heading or a cell may name."""


def year_title(t: int) -> str:
    """Heading of the column of calendar index ``t``."""
    return f"Year {t}"
