"""The kinds of value that a study holds: bounds, unit and wording of each, in one place."""

from __future__ import annotations

import datetime as dt
import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BeforeValidator, PlainSerializer, PlainValidator, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

from sroi.scalars import Percent, Plain
from sroi.text import printable, strange
from sroi.tolerance import same
from sroi.units import currencies_in

if TYPE_CHECKING:
    from collections.abc import Sequence


def refusal(message: str, hint: str = "", *at: str, money: Sequence[str] = ()) -> PydanticCustomError:
    """An error for pydantic to collect.

    Parameters
    ----------
    message, hint : str
        What is wrong, and what to write instead.
    *at : str
        The keys below, where it stands.
    money : sequence of str
        Currencies that the refused text names, which may not be the study's.
    """
    said = {"message": printable(message), "hint": printable(hint), "at": at, "money": money}
    return PydanticCustomError("sroi", "{message}", said)


def shown(value: object, most: int = 60) -> str:
    """``value`` as it would be written, cut to a readable length."""
    text = printable(" ".join(_as_written(value).split()))
    return text if len(text) <= most else text[: most - 1] + "…"


def _as_written(value: object) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key}: {_as_written(each)}' for key, each in value.items())}}}"
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(map(_as_written, value))}]"
    if isinstance(value, int) and value.bit_length() > _MOST_BITS:
        return f"{'-' if value < 0 else ''}1e+{math.floor(value.bit_length() * math.log10(2))}"
    return f"{value:.12g}" if isinstance(value, float) else str(value)


def written(value: float) -> str:
    """A number as it was written, with its % where it had one."""
    return f"{shown(100 * value)}%" if isinstance(value, Percent) else shown(value)


def with_sign_named(message: str, text: str) -> str:
    """A message about a text, with the sign of a typesetter in it by its name."""
    named = strange(text)
    return f"{message} ({named})" if named else message


_MOST_BITS = 4_000
"""Of a whole number that is written out: Python writes no more than 4,300 digits."""

LARGEST = 1e100
"""The largest number, and the largest sum of money, that is reckoned with: its square is finite too."""

LEAST_INVESTMENT = 1e-9
"""Money put in below which there is nothing but rounding, and no ratio."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a kind of number may be.

    Attributes
    ----------
    what : str
        The kind in words, as an error says it: "a share from 0 to 1".
    unit : str
        The unit of the number.
    low, high : float
        The limits, both allowed unless ``above_low``.
    above_low : bool
        Whether ``low`` itself is excluded.
    whole : bool
        Whether only whole numbers are allowed.
    money : bool
        Whether the number may carry a price year.
    """

    what: str
    unit: str
    low: float = -LARGEST
    high: float = LARGEST
    above_low: bool = False
    whole: bool = False
    money: bool = False

    @property
    def bounded(self) -> bool:
        """Whether the number has limits of its own, as shares and years have."""
        return self.high <= MOST_YEARS

    def settled(self, value: float) -> float:
        """``value`` without rounding: the limit, or the number of years, that it is within a tolerance of."""
        if not self.bounded:
            return value
        whole = float(round(value))
        if value != whole and same(value, whole) and (whole in (self.low, self.high) or self.unit == "years"):
            return whole
        return value

    def violated_by(self, value: float) -> tuple[str, str] | None:
        """What is wrong with ``value`` and what to write instead, or None; rounding is nothing wrong."""
        settled = self.settled(value)
        inside = (settled > self.low if self.above_low else settled >= self.low) and settled <= self.high
        if inside and not (self.whole and settled != int(settled)):
            return None
        if abs(value) > LARGEST:
            return f"{shown(value)} is too large to be reckoned with", f"write a number up to {LARGEST:g}"
        return f"{shown(value)} is not {self.what}", self._suggestion(value)

    def _suggestion(self, value: float) -> str:
        if self is SHARE and 1 < value <= 100 and not isinstance(value, Percent):
            return f"for {shown(value)} per cent write {shown(value)}% or {shown(value / 100)}"
        if self is SHARE and value > 1:
            return f"it is {shown(100 * value)}%: write a share of at most 100%"
        if self is SHARE:
            return "write a share such as 30% or 0.3"
        return f"write {self.what}"


NUMBER = Bounds("a finite number", "the assumption's own", money=True)
COUNT = Bounds("a finite number", "units a year")
MONEY = Bounds("a finite sum of money", "money", money=True)
MULTIPLE = Bounds("a multiple above 0 and up to 100", "times", 0, 100, above_low=True)
SHARE = Bounds("a share from 0 to 1", "share", 0, 1)
UPLIFT = Bounds("a share from 0 to 10", "share", 0, 10)
YEARS = Bounds("a number of years above 0 and up to 125", "years", 0, 125, above_low=True)
WHOLE_YEARS = Bounds("a whole number of years from 1 to 125", "years", 1, 125, whole=True)
MONTHS = Bounds("a number of months, 0 or more", "months", 0, 1_500)
PEOPLE = Bounds("a number of people, 0 or more", "people", 0)
MOST_YEARS = 125


def _text(value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return value
    return value.strip() if isinstance(value, str) else str(value)


def _date(value: Any) -> str:
    text = str(value)
    try:
        return dt.date.fromisoformat(text).isoformat()
    except ValueError:
        if re.fullmatch(r"\d{4}(-\d{2})?", text):
            return text
    raise refusal(f"{shown(value)} is not a date", "write it as 2026-11-22, 2026-11 or 2026")


def _version(value: Any) -> int:
    if type(value) is int and value == 1:
        return value
    found = f'the text "{value}"' if isinstance(value, str) else str(value)
    raise refusal(f"{found} is not a version of the format that is read here", "write sroi: 1")


def truth(value: Any) -> bool:
    """True or false, as a field that can only be one of them reads it: yes, on, no and off are such here."""
    if isinstance(value, Plain) and value.casefold() in ("yes", "on", "no", "off"):
        return value.casefold() in ("yes", "on")
    if isinstance(value, bool):
        return value
    raise refusal(f"{shown(value)} is neither true nor false", "write true or false")


_SCHEME = r"[A-Za-z][A-Za-z0-9+.-]*:(?!\s)"
"""What an address begins with, and words do not."""


def _web_address(value: Any) -> str:
    text = str(value)
    if re.match(r"(https?|mailto):", text) or not re.match(_SCHEME, text):
        return text
    raise refusal(f"{shown(value)} is not a web address", "write one that begins with https://")


def _currency(value: Any) -> str:
    if isinstance(value, str) and re.fullmatch(r"\s*[A-Z]{3}\s*", value):
        return value.strip()
    text = str(value).strip()
    code = text.upper() if re.fullmatch("[A-Za-z]{3}", text) else next(iter(currencies_in(text)), "")
    hint = f"write {code}" if code else "write its three capital letters, such as GBP"
    raise refusal(f"{shown(value)} is not a currency", hint)


def _identifier_pattern(pattern: str, example: str) -> Any:
    compiled = re.compile(pattern)
    between, marks = ("-", "_ or -") if "-]" in pattern else ("_", "_")

    def check(value: Any) -> str:
        if isinstance(value, str) and compiled.fullmatch(value):
            return str(value)
        suggestion = re.sub(r"[^a-z0-9]+", between, str(value).casefold()).strip("-_")
        shape = suggestion if compiled.fullmatch(suggestion) else example
        hint = f"write it with a-z, 0-9 and {marks}, as in {shape}"
        raise refusal(with_sign_named(f"{shown(value)} is not an identifier", str(value)), hint)

    return PlainValidator(check)


Version = Annotated[Literal[1], BeforeValidator(_version)]
"""Version of the file format."""

Identifier = Annotated[
    str,
    _identifier_pattern(r"[a-z][a-z0-9_]*", "less_lonely"),
    WithJsonSchema({"type": "string", "pattern": "^[a-z][a-z0-9_]*$"}),
]
"""Name of an outcome, input, stakeholder or assumption: small letters, digits and ``_``."""

Slug = Annotated[
    str,
    _identifier_pattern(r"[a-z0-9][a-z0-9_-]*", "lunch-club"),
    WithJsonSchema({"type": "string", "pattern": "^[a-z0-9][a-z0-9_-]*$"}),
]
"""Name of a study, pack, source or claim: small letters, digits, ``_`` and hyphens."""

Currency = Annotated[
    str, PlainValidator(_currency), WithJsonSchema({"type": "string", "pattern": "^[A-Z]{3}$"})
]
"""A currency by its ISO 4217 code."""

Text = Annotated[
    str,
    BeforeValidator(_text),
    StringConstraints(strip_whitespace=True, min_length=1),
    WithJsonSchema({"type": ["string", "number"], "pattern": r"\S"}),
]
"""Words; a bare number is taken as its text."""

WRITTEN_NUMBER = "^-?(?:0|[1-9][0-9]{0,14})(?:\\.[0-9]{1,15})?%?$"
"""Text that is one number, or a percentage."""

_LEAP = "(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)"
_DAYS = (
    "(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])",
    "(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)",
    "02-(?:0[1-9]|1[0-9]|2[0-8])",
)
_DATE = f"^(?!0000)(?:[0-9]{{4}}(?:-(?:0[1-9]|1[0-2]))?|[0-9]{{4}}-(?:{'|'.join(_DAYS)})|{_LEAP}-02-29)$"
"""A year, a month or a day that there is."""

Date = Annotated[
    str,
    PlainValidator(_date),
    WithJsonSchema(
        {
            "type": ["string", "integer"],
            "pattern": _DATE,
            "minimum": 1000,
            "maximum": 9999,
            "examples": ["2026-11-22"],
        }
    ),
]
"""A date, or a month, or a year, in ISO form."""

YesNo = Annotated[bool, PlainValidator(truth), WithJsonSchema({"type": "boolean"})]
"""true or false; yes and no are taken as such here, where nothing else can be meant."""

WebAddress = Annotated[
    str,
    PlainValidator(_web_address),
    PlainSerializer(str),
    WithJsonSchema({"type": "string", "pattern": rf"^(?:(?:https?|mailto):|(?!{_SCHEME}))"}),
]
"""A web address (http, https or mailto), or words that say where the thing is kept."""
