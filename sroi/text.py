"""Characters that nothing can show, and text as Markdown takes it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

_NO_XML = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff"

UNSHOWN = re.compile(f"[{_NO_XML}]")
"""Control characters, surrogates and noncharacters: no page, document or cell can hold one."""

UNPRINTABLE = re.compile(f"[{_NO_XML}\x80-\x84\x86-\x9f]")
"""Those, and the control characters that no file in YAML may hold."""

_STEERING = re.compile(f"[{_NO_XML}\r\x80-\x9f\u202a-\u202e\u2066-\u2069]")
"""Those, and what returns to the start of a line or changes the direction of text."""

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
"""Text that begins with one of these may be taken for a formula by a spreadsheet."""


def shown(text: str) -> str:
    r"""Text with a replacement character for each character that cannot be shown.

    Examples
    --------
    >>> shown("plain"), shown("a\x00b")
    ('plain', 'a�b')
    """
    return UNSHOWN.sub("\N{REPLACEMENT CHARACTER}", text)


def all_shown(value: Any) -> Any:
    """Lists and mappings with every text in them as :func:`shown` gives it."""
    if isinstance(value, str):
        return shown(value)
    if isinstance(value, dict):
        return {all_shown(key): all_shown(each) for key, each in value.items()}
    return [all_shown(each) for each in value] if isinstance(value, list | tuple) else value


def printable(text: str) -> str:
    r"""Text without the characters that would steer the screen that shows it; tabs and line ends stay.

    Examples
    --------
    >>> printable("a\x1b[31mred")
    'a[31mred'
    """
    return _STEERING.sub("", text)


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
