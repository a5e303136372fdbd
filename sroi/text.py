"""Characters that nothing can show or that steer what shows them, and text as Markdown and JSON take it."""

from __future__ import annotations

import html
import json
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

_NO_XML = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff"

UNSHOWN = re.compile(f"[{_NO_XML}]")
"""Control characters, surrogates and noncharacters: no page, document or cell can hold one."""

UNPRINTABLE = re.compile(f"[{_NO_XML}\x80-\x84\x86-\x9f]")
"""Those, and the control characters that no file in YAML may hold."""

_DIRECTIONS = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_STEERING = re.compile(f"[{_NO_XML}\r\x80-\x9f\u2028\u2029{_DIRECTIONS}]")
"""Those, and what returns to the start of a line, ends one or changes the direction of text."""

HALVES = re.compile("[\ud800-\udfff]")
"""Halves of characters: what Python makes of bytes that are not UTF-8."""

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""Text that begins with one of these may be taken for a formula by a spreadsheet."""
_APOSTROPHE = re.compile(r"(?<=\d)['’‘ʼ´`′＇](?=\d{3}(?!\d))")
_NO_PENCE = re.compile(r"(?<=\d)[.,][-–—]$")


def printable(text: str) -> str:
    r"""Text with an escape for each character that steers what shows it; tabs and line ends stay.

    Errors, terminals, CSV, Markdown, pages, documents and cells hold no such character.

    Examples
    --------
    >>> print(printable("a\x1b[31mred \u202etxt"))
    a\x1b[31mred \u202etxt
    """
    return text if text.isascii() and text.isprintable() else _STEERING.sub(_escaped, text)


def _escaped(found: re.Match[str]) -> str:
    code = ord(found[0])
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


def one_line(text: str) -> str:
    r"""Text as :func:`printable` gives it, on one line.

    Examples
    --------
    >>> print(one_line("a\n b\x07"))
    a b\x07
    """
    return re.sub(r"\s*\n\s*", " ", printable(text))


def escape_html(text: str) -> str:
    """Text that a page shows as it is."""
    return html.escape(printable(text))


def all_printable(value: Any) -> Any:
    """Lists and mappings with every text in them as :func:`printable` gives it."""
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, dict):
        return {all_printable(key): all_printable(each) for key, each in value.items()}
    return [all_printable(each) for each in value] if isinstance(value, list | tuple) else value


def json_text(value: Any) -> str:
    r"""Plain values as JSON, in which letters stand as they are and what steers a screen as an escape.

    Raises
    ------
    ValueError
        If a number is not finite.

    Examples
    --------
    >>> print(json_text({"é": "\u202e\x7f"}))
    {
     "é": "\u202e\u007f"
    }
    """
    written = json.dumps(value, indent=1, ensure_ascii=False, allow_nan=False)
    return _STEERING.sub(lambda found: f"\\u{ord(found[0]):04x}", written)


def escape_markdown(text: str) -> str:
    r"""Text that Markdown shows as it is, on one line.

    Examples
    --------
    >>> print(escape_markdown("*a* | b"))
    \*a\* \| b
    """
    return re.sub(r"([\\`*_\[\]<>|#~$]|&(?=#?\w+;))", r"\\\1", printable(" ".join(text.split())))


def markdown_table(
    headings: Sequence[str],
    rows: Iterable[Iterable[str]],
    numeric: Iterable[bool] = (),
    cell: Callable[[str], str] = escape_markdown,
) -> str:
    """A table in Markdown.

    Parameters
    ----------
    headings : sequence of str
    rows : iterable of iterable of str
    numeric : iterable of bool
        Which columns are set to the right; none where it is left out.
    cell : callable
        How a heading or a cell is written in Markdown.

    Examples
    --------
    >>> print(markdown_table(["Name", "Value"], [["a", "1"]], [False, True]), end="")
    | Name | Value |
    | --- | ---: |
    | a | 1 |
    """
    rule = ["---:" if each else "---" for each in numeric] or ["---"] * len(headings)
    lines = (map(cell, headings), rule, *(map(cell, row) for row in rows))
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


_SPACES = "\u00a0\u2007\u2009\u200a\u202f"
_SIGNS = str.maketrans(
    {
        "\N{MINUS SIGN}": "-",
        "\N{MULTIPLICATION SIGN}": "*",
        "\N{DOT OPERATOR}": "*",
        "\N{DIVISION SIGN}": "/",
        "\N{FRACTION SLASH}": "/",
        "\N{FULLWIDTH PERCENT SIGN}": "%",
        "\u200b": "",
        "\u2060": "",
        "\ufeff": "",
        **dict.fromkeys(_SPACES, " "),
    }
)
_KEYBOARD = str.maketrans(dict.fromkeys(_SPACES, " "))
_BETWEEN_THOUSANDS = re.compile(rf"(?<=\d)(?<!\d{{4}})[{_SPACES}](?=\d{{3}}(?!\d))")
_QUOTED = re.compile("[\u201c\u201d\u201e\u2018\u2019](.*)[\u201c\u201d\u2018\u2019]")
_STRANGE = {
    "\u00a0": "a non-breaking space",
    "\u2007": "a figure space",
    "\u2009": "a thin space",
    "\u200a": "a hair space",
    "\u200b": "a zero-width space",
    "\u202f": "a narrow non-breaking space",
    "\u2060": "a word joiner",
    "\ufeff": "a byte-order mark",
    "\u201c": "a curly quote",
    "\u201d": "a curly quote",
    "\u201e": "a curly quote",
    "\u2018": "a curly quote",
    "\u2019": "a curly quote",
    "\u2010": "a hyphen of typesetting",
    "\u2011": "a non-breaking hyphen",
    "\u2013": "an en dash",
    "\u2014": "an em dash",
    "\u2212": "a minus sign of typesetting",
    "\u00d7": "a multiplication sign",
    "\u00f7": "a division sign",
    "\uff1a": "a full-width colon",
    "\u00bd": "a fraction",
    "\u00bc": "a fraction",
    "\u00be": "a fraction",
}


def plain_signs(text: str) -> str:
    r"""Arithmetic in the signs and spaces of a keyboard, for those of a typesetter that mean one thing.

    Examples
    --------
    >>> plain_signs("\u22125 \u00d7 1\u202f200"), plain_signs("\u201c30%\u201d")
    ('-5 * 1200', '30%')
    """
    if text.isascii():
        return text
    text = _BETWEEN_THOUSANDS.sub("", text.strip()).translate(_SIGNS).strip()
    quoted = _QUOTED.fullmatch(text)
    return quoted[1].strip() if quoted else text


def strange(text: str) -> str:
    r"""The first character of a text that looks like another one of a keyboard, by its name; else nothing.

    Examples
    --------
    >>> strange("20\u201340%"), strange("20-40%")
    ('– is an en dash, U+2013', '')
    """
    found = next((sign for sign in text if sign in _STRANGE), None)
    if found is None:
        return ""
    called = f"{_STRANGE[found]}, U+{ord(found):04X}"
    return f"{found} is {called}" if found.isprintable() else f"it holds {called}"


def plain_spaces(text: str) -> str:
    """Text with the spaces of a typesetter as those of a keyboard."""
    return text.translate(_KEYBOARD)


_JOINER, _KEPT = "\u2060", "\u00a0"
_UNITS = r"million|billion|thousand|per cent|pence|years?|months?|weeks?|days?|hours?|of \d"
_NAMES = r"Table|Figure|Appendix|[Pp]ages?|[Yy]ears?"
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_AT_SIGNS = re.compile(r"(?<=\d[-–—/])(?=[£$€\d−-])|(?<=−)(?=[£$€])|(?<=\d)(?=[–—/](?:[£$€\d−]))")
_AFTER_NUMBER = re.compile(rf"(?<=\d) (?=(?:{_UNITS}|{_MONTHS})\b)")
_BEFORE_NUMBER = re.compile(rf"\b({_NAMES}|{_MONTHS}) (?=\d|[A-Z]\b)")


def unbroken(text: str) -> str:
    r"""Text whose numbers no line end divides: their signs and units are tied to them.

    Examples
    --------
    >>> unbroken("−£3 in 2015-16, £1.2 million on 24 November 2026")
    '−\u2060£3 in 2015-\u206016, £1.2\xa0million on 24\xa0November\xa02026'
    """
    if not any(map(str.isdigit, text)):
        return text
    tied = _AFTER_NUMBER.sub(_KEPT, _AT_SIGNS.sub(_JOINER, text))
    return _BEFORE_NUMBER.sub(rf"\1{_KEPT}", tied)


_NO_SPACE = re.compile(r"(?:^|[{,-])\s*(?P<key>[A-Za-z_][\w.-]*):(?P<value>[^\s/:][^,}\n]*)")


def key_touching_value(text: str) -> tuple[str, str] | None:
    """What is wrong with a key that its value touches, and how to part them; None where none does.

    Examples
    --------
    >>> key_touching_value("  drop_off:25%")
    ('no space stands after the colon of drop_off', 'write drop_off: 25%')
    """
    found = _NO_SPACE.search(text)
    if found is None:
        return None
    key, value = found["key"], found["value"].strip()
    return f"no space stands after the colon of {key}", f"write {key}: {value}"


def plain_number(text: str) -> str:
    """A number with any of the apostrophes that part thousands as one kind, and without a dash for no pence.

    Examples
    --------
    >>> plain_number("60’000"), plain_number("CHF 1´234´567.–"), plain_number("the 60s")
    ("60'000", "CHF 1'234'567", 'the 60s')
    """
    return _NO_PENCE.sub("", _APOSTROPHE.sub("'", text))
