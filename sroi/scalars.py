"""Scalars that remember how they were written."""

from __future__ import annotations

import re
from typing import Self


class Plain(str):
    """A scalar written without quotes that YAML 1.1 would silently turn into something else.

    It stays the text that was written until the field it stands in says what was meant: a date field reads a
    date, a yes-or-no field reads ``no``, a text field keeps the text, and a number field refuses it with
    ``reading`` as the reason.
    """

    __slots__ = ("reading",)
    reading: str

    def __new__(cls, text: str, reading: str) -> Self:
        """The text ``text``, which YAML 1.1 would have read as ``reading`` says."""
        plain = super().__new__(cls, text)
        plain.reading = reading
        return plain

    def __reduce__(self) -> tuple[type[Plain], tuple[str, str]]:
        return Plain, (str(self), self.reading)


class Percent(float):
    """A number that was written as a percentage."""

    __slots__ = ()


class Pointed(float):
    """A number written with a point before exactly three digits, which may part its thousands."""

    __slots__ = ("text",)
    text: str

    def __new__(cls, text: str) -> Self:
        """The number that ``text`` is with a decimal point."""
        number = super().__new__(cls, text)
        number.text = text
        return number

    def __reduce__(self) -> tuple[type[Pointed], tuple[str]]:
        return Pointed, (self.text,)

    @property
    def in_vain(self) -> bool:
        """Whether its last digit says nothing of a decimal number, as in 60.000 or 1.250."""
        return self.text.endswith("0")

    @property
    def thousands(self) -> str:
        """The number that it is if its point parts thousands."""
        return self.text.replace(".", "")


class Touching(int):
    """A whole number that touches the comma before it in a list, so that the two may be one number."""

    __slots__ = ()


class TouchingFloat(float):
    """What a :class:`Touching` number is as an estimate."""

    __slots__ = ()


def vanishes(text: str, number: float) -> bool:
    """Whether a number that was written is so small that nothing is left of it.

    Examples
    --------
    >>> vanishes("1e-400", float("1e-400")), vanishes("0e5", 0.0)
    (True, False)
    """
    return number == 0 and re.search("[1-9]", re.split("[eE]", text, maxsplit=1)[0]) is not None


_POINTED = re.compile(r"[-+]?[1-9]\d{0,2}\.\d{3}")
_UNDERSCORED = re.compile(r"[-+]?\d+(?:_\d{3})*(?:\.(?:\d*|\d{3}(?:_\d{3})*_\d{1,3}))?(?:[eE][-+]?\d+)?")


def pointed(text: str) -> float:
    """The number of a text, which remembers the text where its point may part thousands."""
    return Pointed(text) if _POINTED.fullmatch(text) else float(text.replace("_", ""))


def misplaced_underscore(text: str) -> tuple[str, str] | None:
    """What is wrong with a number whose underscores do not part thousands, and what to write; else None.

    Examples
    --------
    >>> misplaced_underscore("60_000"), misplaced_underscore("60_00")[1]
    (None, 'write 6000, or 60_000')
    """
    if "_" not in text or _UNDERSCORED.fullmatch(text):
        return None
    bare = text.replace("_", "")
    head = text.rpartition("_")[0].replace("_", "").partition(".")[0]
    hint = f"write {bare}" + (f", or {head}_000" if "." not in text and text.endswith("0") else "")
    return f"an underscore of {text[:40]} does not stand before three digits", hint
