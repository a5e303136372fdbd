"""What a cell of a cost table says: pounds, or why it does not say how many."""

from __future__ import annotations

import datetime as dt
import math
import re
import unicodedata
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

from sroi.digits import scaled
from sroi.quantities import LARGEST
from sroi.quantities import shown as as_shown
from sroi.scalars import vanishes
from sroi.text import plain_number

if TYPE_CHECKING:
    from collections.abc import Iterable

Mark = Literal[".", ",", "mixed", ""]
"""The decimal mark of a table, as far as its cells show it; ``""`` where none does."""

_SPACES = str.maketrans(dict.fromkeys("\u00a0\u2007\u2009\u202f", " ") | {"−": "-", "₤": "£", "￡": "£"})
_DIGITS = r"\d[\d.,' ]*\d|\d|\.\d+"
_FIGURE = re.compile(
    rf"""
    (?P<open>\()?\s*(?P<minus>-)?\s*(?P<pound>£|gbp(?![a-z]))?\s*(?P<inner>-)?\s*
    (?P<digits>{_DIGITS})(?P<power>e[+-]?\d+)?
    \s*(?P<scale>thousand|million|billion|mn|mln|bn|k|m|pence|p(?![.a-z]))?(?!(?!gbp|pound)[a-z])\.?
    \s*(?P<named>gbp|pounds?(?:\ sterling)?|£)?\s*(?(open)\))
    \s*(?P<per>(?:/(?=\s*[a-z])|per\b|p\.?\s?(?:[wahm]|c\.?m)\.?$|an?\b|each\b|every\b|hourly\b|daily\b|weekly\b|monthly\b|annual|yearly\b)[^£()\[\];+]*)?
    """,
    re.VERBOSE | re.IGNORECASE,
)
_SCALES = {
    "thousand": 3, "k": 3, "million": 6, "mn": 6, "mln": 6, "m": 6, "billion": 9, "bn": 9,
    "pence": -2, "p": -2,
}  # fmt: skip
_MARK = re.compile(r"(?<=[\w)])\s*(?:[*†‡]+|\[\d{1,2}\])$")
_RANGE = re.compile(r"\d[^\d]*(?:[-–—]|\bto\b|\bor\b|\band\b)[^\d]*\d", re.IGNORECASE)
_MORE = re.compile(r",\s|\b(?:or|plus|and|to|from|up|then|approx\w*|about|est\w*)\b", re.IGNORECASE)
_NOTHING = re.compile(
    r"[-–—./ ]*|n\.?/?a\.?|nil|none|tb[cda]|unknown|not (?:known|available|stated)", re.IGNORECASE
)
_CODE = re.compile(
    r"\b(?:(?:EUR|USD|AUD|CAD|NZD|CHF|JPY|CNY|SEK|NOK|DKK|PLN|INR|ZAR)(?=\b|\d)|(?i:euros?|dollars?|cents?)\b)"
    r"|\b(?:A|AU|C|CA|NZ|HK|S|US)\$"
)
_PERIODS = {
    "hour": "h|hr|hrs|hour|hours|hourly",
    "day": "day|days|daily",
    "week": "w|wk|week|weeks|weekly",
    "month": "m|mth|month|months|monthly",
    "year": "a|yr|year|years|annum|annual|annually|yearly",
}


@dataclass(frozen=True, slots=True)
class Money:
    """Pounds, for what, and whether a point or comma was taken on trust."""

    value: float
    per: str = ""
    told: str = ""


def read_money(cell: Any, mark: Mark = ".", power: int = 0, *, places: int = 0) -> Money | str:
    """The pounds in a cell, or why they are not read.

    Parameters
    ----------
    cell : Any
        What stands in it: a number, or text.
    mark : {".", ",", "mixed", ""}
        Decimal mark of the column.
    power : int
        Power of ten that the heading gives: 3 under "£000", -2 under "pence".
    places : int
        The most decimals that another cell of the column shows without doubt.

    Examples
    --------
    >>> read_money("£1.2m").value, read_money("41,50").value, read_money("50p").value
    (1200000.0, 41.5, 0.5)
    >>> read_money("£100-£200")
    "'£100-£200' is a range; write one figure"
    """
    if isinstance(cell, (bool, dt.date, dt.time, dt.timedelta)):
        return f"{str(cell)!r} is no sum of money"
    if isinstance(cell, (int, float)):
        return _scaled(repr(cell), power) if math.isfinite(cell) else f"{cell} is no sum of money"
    text = _tidy(str(cell))
    if (note := _MARK.search(text)) is not None:
        read = read_money(text[: note.start()], mark, power, places=places)
        told = f"{text[:40]!r} is read without its mark {note[0].strip()}"
        return read if isinstance(read, str) else replace(read, told=read.told or told)
    if _NOTHING.fullmatch(text):
        return "no cost"
    shown = repr(text[:40])
    if "%" in text or re.search(r"\bper ?cent\b", text, re.IGNORECASE):
        return f"{shown} is a share, not a sum of money"
    if foreign := foreign_currency(text):
        return f"{shown} is in {foreign}, not in pounds"
    found = _FIGURE.fullmatch(text)
    if found is None:
        return f"{shown} is a range; write one figure" if _RANGE.search(text) else _not_read(text)
    return _figure(found, shown, mark, power, places)


def _tidy(text: str) -> str:
    return plain_number(" ".join(text.translate(_SPACES).split()))


def _figure(found: re.Match[str], shown: str, mark: Mark, power: int, places: int) -> Money | str:
    if _MORE.search(found["per"] or ""):
        return f"{shown} says more than one figure and its unit; write the figure alone"
    scale = _SCALES.get((found["scale"] or "").casefold(), 0)
    if scale and power:
        return f"{shown} has a unit of its own beside that of its heading"
    if min(scale, power) < 0 and (found["pound"] or found["named"]):
        return f"{shown} is in pounds and in pence"
    digits, told = _plain(found["digits"], mark, places, certain=bool(found["power"] or scale > 0))
    if digits is None:
        return f"{shown}: {told}"
    signs = sum(bool(found[name]) for name in ("open", "minus", "inner"))
    if signs > 1:
        return f"{shown} has two signs"
    read = _scaled(f"{'-' if signs else ''}{digits}{found['power'] or ''}", power or scale)
    if isinstance(read, str):
        return read
    if not told and power > 0 and (found["pound"] or found["named"]):
        told = "has a sign of pounds where the heading or unit says more: read as"
    return Money(read.value, _per(found["per"] or ""), told and f"{shown} {told} {read.value:,.15g}")


def _scaled(digits: str, power: int) -> Money | str:
    value = scaled(digits, power)
    if abs(value) > LARGEST or vanishes(digits, value):
        return f"{as_shown(digits)} is too {'small' if value == 0 else 'large'} to be reckoned with"
    return Money(value)


def _not_read(text: str) -> str:
    words = re.sub(r"[\d.,£ ]+", " ", text).strip()
    if re.search(r"\d", text) and words:
        return f"{text[:40]!r}: {words[:30]!r} is not read; write the figure alone"
    return f"{text[:40]!r} is not a figure"


def _plain(digits: str, mark: Mark, places: int, *, certain: bool) -> tuple[str | None, str]:
    """Digits with a point for decimals, and what is to be told of them; None where they could be either."""
    joined = re.sub(r"(?<=\d)[' ](?=\d{3}(?!\d))", "", digits)
    if re.search(r"[' ]", joined):
        return None, "its digits are grouped in no known way"
    shows = _shown_mark(joined)
    if shows == "mixed":
        return None, "its digits are grouped in no known way"
    if shows:
        return _decimal(joined, shows), ""
    separator = next((each for each in ".," if each in joined), "")
    if not separator:
        return joined, ""
    if (certain and separator == ".") or (mark == "." and separator == ","):
        return _decimal(joined, "."), ""
    name = "point" if separator == "." else "comma"
    if mark in (".", ",") and ("." in (mark, separator) or places > 2):
        return _decimal(joined, mark), f"has a {name} that could be either: as in the table's other cells,"
    if mark == "" and separator == ",":
        return _decimal(joined, "."), "has a comma that could be a decimal one: read as"
    grouped = joined.replace(separator, "")
    decimals = joined.replace(separator, ".")
    beside = ", though it parts decimals in other cells" if mark == separator else ""
    return None, f"the {name} could be either{beside}; write {grouped} or {decimals}0"


def _decimal(digits: str, mark: str) -> str:
    return digits.replace("," if mark == "." else ".", "").replace(mark, ".")


def _shown_mark(digits: str) -> Mark:
    """The decimal mark that digits prove; ``""`` where they fit both, ``"mixed"`` where they fit none."""
    fits: list[Mark] = []
    for decimal, group in ((".", ","), (",", ".")):
        pattern = rf"(?:\d+|[1-9]\d{{0,2}}(?:\{group}\d{{3}})+)?(?:\{decimal}\d+)?"
        if re.fullmatch(pattern, digits):
            fits.append("." if decimal == "." else ",")
    if not fits:
        return "mixed"
    return fits[0] if len(fits) == 1 else ""


def decimal_mark(cells: Iterable[Any], *, commas: bool = False) -> tuple[Mark, int]:
    """The decimal mark that the texts among cells show, and the most decimals that one has for sure.

    Parameters
    ----------
    cells : iterable
        Cells with costs.
    commas : bool
        Whether the file is one of semicolons, which are written where the comma is the decimal mark.
    """
    found: set[Mark] = set()
    places = 0
    for cell in cells:
        if isinstance(cell, str):
            match = _FIGURE.fullmatch(_tidy(cell))
            if match is not None and re.search(r"[.,]", match["digits"]):
                digits = re.sub(r"(?<=\d)[' ](?=\d{3}(?!\d))", "", match["digits"])
                shows = _shown_mark(digits)
                found.add(shows)
                if shows in (".", ",") and shows in digits:
                    places = max(places, len(digits.rpartition(shows)[2]))
    proved = found & {".", ","}
    if len(proved) == 1:
        return proved.pop(), places
    return "mixed" if proved or commas else "", places


def foreign_currency(text: str) -> str:
    """The sign or code of a currency other than the pound sterling in a text, or an empty text."""
    sign = next((each for each in text if unicodedata.category(each) == "Sc" and each not in "£₤￡"), "")
    code = _CODE.search(text)
    return code[0] if code is not None else sign


def period(words: str) -> str:
    """The one period of time that words count by, such as "week"; empty where they name none.

    Examples
    --------
    >>> period("per client per week"), period("p.a."), period("per visit")
    ('week', 'year', '')
    """
    tokens = _per(words).split()
    found = [
        name
        for before, word in zip(["", *tokens], tokens, strict=False)
        for name, forms in _PERIODS.items()
        if word in forms.split("|") and (before == "per" or word.endswith("ly") or word == "annual")
    ]
    return found[0] if len(set(found)) == 1 else ""


def _per(words: str) -> str:
    """What follows a figure, as words: "/wk" and "p.w." are "per week"."""
    text = words.casefold().strip().strip(".")
    short = re.fullmatch(r"p\.?\s?(?:c\.?)?([wahm])", text)
    if short:
        text = f"per {short[1]}"
    text = re.sub(r"^/\s*|^(?:an?|every)\s+", "per ", text)
    text = " ".join(re.sub(r"\s*/\s*", " per ", text).split())
    for name, forms in _PERIODS.items():
        text = re.sub(rf"\bper (?:{forms})$|^(?:{forms}(?<=ly)|{forms}(?<=annual))$", f"per {name}", text)
    return text
