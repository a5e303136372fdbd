"""Names of columns as headings write them, and what stands beside a name."""

from __future__ import annotations

import re
from difflib import get_close_matches
from itertools import combinations
from typing import TYPE_CHECKING, Any

from sroi.value_map.asked import without_units
from sroi.value_map.columns import BARE, BY_KEY, COLUMNS, IN_PLACE
from sroi.value_map.qualifiers import brackets, pieces, unread_in

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sroi.value_map.columns import Column, Label

NEAR = 0.86
MOST_WORDS = 4
"""In a line of a heading that is a unit and no remark."""

FIGURES = ("impact", "present_value", "by_year")
"""Columns of what the map has calculated."""


def plain(text: Any) -> str:
    """Words as they are compared: small letters and digits, without brackets unless nothing else is there."""
    folded = str(text).casefold().replace("&", " and ").replace("'", "").replace("’", "")
    outside = re.sub(r"[^a-z0-9]+", " ", re.sub(r"\([^)]*\)|\[[^\]]*\]", " ", folded)).strip()
    return outside or re.sub(r"[^a-z0-9]+", " ", folded).strip()


def keys_by_words(entries: Iterable[Column | Label]) -> dict[str, str]:
    """The key that each title, synonym and question means; of two with the same words, the first."""
    names: dict[str, str] = {}
    for entry in entries:
        for words in filter(None, entry.words):
            names.setdefault(plain(words), entry.key)
    return names


NAMES = {words: key for words, key in keys_by_words(COLUMNS).items() if words not in BARE}
QUESTIONS = {plain(column.question) for column in COLUMNS if column.question}
QUESTIONS |= {words for words in BARE if " " in words}
_BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]")


def is_known(words: str) -> bool:
    """Whether words name a column, alone or with the one on its left."""
    return words in NAMES or words in BARE or words in IN_PLACE


def as_a_name(text: Any) -> str:
    """The words of a heading as they are compared, without its unit unless they mean something with it."""
    words = plain(text)
    if is_known(words):
        return words
    first, *others = pieces(_BRACKETS.sub(" ", str(text))) or [""]
    key = NAMES.get(plain(without_units(first)))
    if key is not None and others and not any(_is_unread(each, key) for each in others):
        return plain(without_units(first))
    return plain(without_units(str(text)))


def _is_unread(qualifier: str, key: str) -> bool:
    holds = "figure" if key in FIGURES else BY_KEY[key].holds
    return holds in ("text", "choice", "start") or bool(unread_in(qualifier, holds, key))


def qualifiers_of(parts: list[str], bands: set[str]) -> tuple[str, ...]:
    """What stands in the lines of a heading beside the words that name the column, each once."""
    found: list[str] = []
    words = [plain(part) for part in parts]
    for at, part in enumerate(parts):
        found += (piece for each in brackets(part) for piece in pieces(each))
        outside = _BRACKETS.sub(" ", part).strip()
        with_another = any(
            f"{above} {below}" in NAMES
            for above, below in combinations(words, 2)
            if words[at] in (above, below)
        )
        if words[at] in bands or with_another or part.strip().endswith("?") or is_known(words[at]):
            continue
        first, *others = pieces(outside) or [""]
        name, is_short = without_units(first), len(first.split()) <= MOST_WORDS
        found += others
        if is_known(plain(name)):
            found.append(first.removeprefix(name).strip())
        elif is_short and not nearly([words[at]]):
            found.append(first)
    return tuple(dict.fromkeys(filter(None, found)))


def nearly(parts: list[str]) -> str | None:
    """The column whose name is nearest to one of some lines; None where none is near."""
    near = (match for part in reversed(parts) for match in get_close_matches(part, NAMES, 1, NEAR))
    return next((NAMES[match] for match in near), None)
