"""A report as PDF, tagged for screen readers: the blocks of the printed report set by Typst.

The document claims PDF/UA-1, and Typst refuses to write one that breaks it: a picture without a description,
a letter that no font has. Texts reach the template as data, so nothing in them is read as markup.
"""

from __future__ import annotations

import json
from importlib import resources
from typing import TYPE_CHECKING, Any

from sroi.errors import DocumentError, Problem
from sroi.extras import needed
from sroi.reports import measuring
from sroi.reports.blocks import Block, Caption, Grid, Heading, Paragraph, Picture
from sroi.reports.paging import Paper
from sroi.reports.parts import safe_link
from sroi.reports.pictures import outlined
from sroi.reports.printed import printed
from sroi.text import all_printable, unbroken

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sroi.reports.parts import Content

typst = needed("typst", "a report as PDF")

_WIDE = 717.0
"""Width of the text of the appendices, in points."""

_NO_GLYPH = "could not be displayed"


def pdf(content: Content) -> bytes:
    """The report as PDF; the same content gives the same bytes.

    Raises
    ------
    DocumentError
        If a text has a letter that neither the fonts of the library nor those of the machine have.
    """
    report = printed(content)
    upright, wide = Paper(shapes=content.shapes), Paper(width=_WIDE, shapes=content.shapes)
    data = {
        "title": content.title,
        "shown_title": unbroken(content.title),
        "subtitle": unbroken(content.subtitle),
        "date": content.date and unbroken(content.date),
        "author": content.study.author or "",
        "opening": _parts(report.opening, upright),
        "main": [part for blocks in report.main.values() for part in _parts(blocks, upright)],
        "appendices": [part for blocks in report.appendices.values() for part in _parts(blocks, wide)],
        "pictures": {name: outlined(drawn) for name, drawn in content.drawings.items()},
    }
    template = resources.files("sroi.reports").joinpath("templates", "report.typ").read_bytes()
    files = {"main.typ": template, "data.json": json.dumps(all_printable(data)).encode()}
    try:
        return _compiled(files, own_fonts_alone=True)
    except typst.TypstError as error:
        if _NO_GLYPH not in str(error):
            raise
    try:
        return _compiled(files, own_fonts_alone=False)
    except typst.TypstError as error:
        if _NO_GLYPH not in str(error):
            raise
        hint = "install a font that has it, or write the report as .docx or .html"
        raise DocumentError([Problem(f"no font here has all letters: {error}", hint, file="PDF")]) from None


def _compiled(files: dict[str, bytes], *, own_fonts_alone: bool) -> bytes:
    written: bytes = typst.compile(
        files,
        format="pdf",
        pdf_standards=["ua-1"],
        ignore_system_fonts=own_fonts_alone,
        timestamp=0,
    )
    return written


def _parts(blocks: Iterable[Block], paper: Paper) -> list[dict[str, Any]]:
    return [_part(block, paper) for block in blocks]


def _part(block: Block, paper: Paper) -> dict[str, Any]:
    """A block as the template takes it."""
    match block:
        case Heading():
            return {"kind": "heading", "text": block.text}
        case Paragraph():
            return {"kind": "text", "text": block.text, "style": block.style, "sticky": block.together}
        case Caption():
            number = f"{block.label}\u00a0{block.number}."
            start = f"{number} {block.title}".strip()
            return {"kind": "caption", "text": start, "rest": block.rest, "sticky": block.together}
        case Picture():
            part = paper.picture_width(block) / paper.width
            return {"kind": "picture", "name": block.name, "alt": block.alt, "width": part}
        case Grid():
            return _table(block, paper)


def _table(grid: Grid, paper: Paper) -> dict[str, Any]:
    table = grid.table
    rows = [[{"text": cell, "link": _link(cell)} for cell in row] for row in table.rows]
    return {
        "kind": "table",
        "size": paper.style(grid.style).size,
        "widths": measuring.columns(table, paper.width, paper.style(grid.style).size),
        "headings": list(table.headings) if any(table.headings) else [],
        "numeric": list(table.numeric),
        "rows": rows,
    }


def _link(text: str) -> str | None:
    return safe_link(text.replace("\u2060", ""))
