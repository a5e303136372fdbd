"""What every page is made with: Markdown tables, and docstrings in the NumPy style read as data."""

from __future__ import annotations

import inspect
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

SECTION = re.compile(r"^(\w[\w ]*)\n-{3,}\n(.*?)(?=^\w[\w ]*\n-{3,}\n|\Z)", re.MULTILINE | re.DOTALL)
ENTRY = re.compile(r"^(\S[^\n]*?)(?: : ([^\n]*))?\n((?:[ ]+[^\n]*\n?|\n)*)", re.MULTILINE)


def table(headings: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """A Markdown table."""
    lines = [list(headings)]
    lines.append(["---"] * len(lines[0]))
    lines += [[str(cell).replace("|", "\\|").replace("\n", " ") for cell in row] for row in rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def first_paragraph(docstring: str | None) -> str:
    """The first paragraph of a docstring, in Markdown and on one line."""
    return markdown(inspect.cleandoc(docstring or "").split("\n\n")[0])


def markdown(text: str) -> str:
    """A docstring's text in Markdown: literals in single backticks, references as code."""
    references = r":(?:class|func):`~?(?:sroi\.)?([\w.]+)`"
    return re.sub(references, r"`\1`", " ".join(text.split())).replace("``", "`")


def sections_of(docstring: str | None) -> dict[str, list[tuple[str, str, str]]]:
    """The sections of a docstring: for each its entries, as name, type and text."""
    return {
        section[1]: [(name, kind, markdown(text)) for name, kind, text in ENTRY.findall(section[2] + "\n")]
        for section in SECTION.finditer(inspect.cleandoc(docstring or ""))
    }


def described_by(kind: type) -> dict[str, str]:
    """What a class says of its attributes and properties."""
    attributes = {
        name: text
        for names, _, text in sections_of(kind.__doc__).get("Attributes", [])
        for name in names.split(", ")
    }
    properties = {
        name: first_paragraph(each.__doc__) for name, each in vars(kind).items() if isinstance(each, property)
    }
    return attributes | properties
