"""Thousands written with a comma inside [ ] or { }, where YAML and JSON part entries at every comma."""

from __future__ import annotations

import json
import re
from itertools import islice
from typing import TYPE_CHECKING

from sroi.errors import MOST_PROBLEMS, Problem
from sroi.units import currencies_in

if TYPE_CHECKING:
    from collections.abc import Collection

_NUMBER = re.compile(
    r"(?<![\w.,])([-+\N{MINUS SIGN}]?(?:[£$€]|[A-Z]{3} ?(?=\d))?)(\d{1,3})"
    r"((?:,\d{2}(?=(?:,\d{2})*,\d{3}(?!\d)))*+(?:,\d{3}(?![\d_]))++)(\.\d+)?(%?)"
)
"""Thousands parted in threes, or as in India in twos before the last three."""
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"')
_CURRENCY = re.compile(r"""\bcurrency["']?\s*:\s*["']?([A-Z]{3})\b""")
_LONGEST = 120
_NEAR = 1_000
_IN_A_CALL = re.compile(r"\b(?:min|max)\s*\([^()]*$")


def doubtful_commas(text: str) -> frozenset[int]:
    """Where the commas stand that may be within a number: after a digit, before three, with no space.

    JSON that a machine wrote without any space has no such comma.
    """
    commas = frozenset(
        each.start(3) + at
        for each in _NUMBER.finditer(text)
        for at, sign in enumerate(each[3])
        if sign == ","
    )
    return frozenset() if commas and is_compact_json(text) else commas


def is_compact_json(text: str) -> bool:
    """Whether a text is JSON without any space between its parts, as a machine writes it."""
    bare = text.strip()
    if not bare.startswith('{"') or re.search(r"\s", _STRING.sub('""', bare)):
        return False
    try:
        json.loads(bare)
    except ValueError:
        return False
    return True


def cut_numbers(text: str, cut: Collection[int], name: str) -> list[Problem]:
    """A problem for each number that some commas, which end an entry, cut in two."""
    problems = (
        _problem(text, found, name)
        for found in _NUMBER.finditer(text)
        if found.start(3) in cut and not _IN_A_CALL.search(text[max(found.start() - 200, 0) : found.start()])
    )
    return list(islice(problems, MOST_PROBLEMS))


def number_split_by_its_comma(text: str, at: int, name: str) -> Problem | None:
    """What is wrong where a key begins that is the end of a number such as 1,5; None where it is no such end.

    Parameters
    ----------
    text : str
        The whole document.
    at : int
        Where the key begins.
    name : str
        Of the document.
    """
    begin = _LAST_DIGITS.search(text, max(at - 50, 0), at)
    end = _FIRST_DIGITS.match(text, at)
    if begin is None or end is None:
        return None
    whole, decimals = begin[1], end[0]
    number = f"{whole},{decimals}"
    continental = "." in whole
    one = f"{whole.replace('.', '') if continental else whole}.{decimals}"
    message = f"{number} is cut by its comma, which ends an entry inside [ ] and {{ }}"
    return Problem(message, f"write {one}, with a point", "", name, *position(text, begin.start(1)))


_LAST_DIGITS = re.compile(r"(?<![\w.])([-+]?[£$€]?\d[\d_.]*),$")
_FIRST_DIGITS = re.compile(r"\d+%?(?=\s*[,}\]\n#:]|$)")


def _problem(text: str, found: re.Match[str], name: str) -> Problem:
    where = position(text, found.start())
    if len(found[0]) > _LONGEST:
        message = f"{found[0][:_LONGEST]}… is cut by its commas, which end entries inside [ ] and {{ }}"
        return Problem(message, "put a space after each comma", "", name, *where)
    sign, head, tails, decimals, percent = (part or "" for part in found.groups())
    mark = "" if text[:_NEAR].lstrip().startswith("{") else "_"
    minus = "-" if sign[:1] in ("-", "\N{MINUS SIGN}") else ""
    digits = int(head + tails.replace(",", ""))
    one = f"{minus}{digits:_}".replace("_", mark) + f"{decimals}{percent}"
    hint = f"write {one}{_of_another_currency(text, sign)}"
    parts = [head, *tails.strip(",").split(",")]
    before = text[max(found.start() - _NEAR, 0) : found.start()].rstrip()
    plain = not sign.strip("-+\N{MINUS SIGN}") and all(len(part) == 3 for part in parts[1:])
    if plain and before[-1:] != ":" and not any(part.startswith("0") for part in parts):
        numbers = "two numbers" if len(parts) == 2 else f"{len(parts)} numbers"
        spaced = f"{minus}{', '.join(parts)}{decimals}{percent}"
        hint += f", or {spaced} with a space after the comma for {numbers}"
    after = text[found.end() : found.end() + _NEAR].lstrip()
    if before[-1:] not in tuple("[{,:") or after[:1] not in tuple("]},#"):
        hint += "; put words that hold a comma in quotes"
    message = f"{found[0]} is cut by its comma, which ends an entry inside [ ] and {{ }}"
    return Problem(message, hint, "", name, *where)


def _of_another_currency(text: str, sign: str) -> str:
    """What to add to a hint where the sign before a number is of another currency than the document's."""
    named = currencies_in(sign)
    own = _CURRENCY.search(text) if named else None
    if own is None or own[1] in named:
        return ""
    return f" once it is converted from {named[0]}: the study is in {own[1]}"


def position(text: str, at: int) -> tuple[int, int]:
    """Line and column, from 1, of a place in a text."""
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
