"""Paragraphs, tables, pictures and links in the markup of Word, every text escaped."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from sroi.reports.parts import safe_link
from sroi.text import shown

if TYPE_CHECKING:
    from sroi.tables import Table

_BRACES = {"{": "&#123;", "}": "&#125;"}
_SMALL = 8
"""Columns from which a table is set in small type."""

_WIDEST, _LONGEST_UNBROKEN = 70.0, 20.0
"""Letters beyond which a longer cell, and a longer word, wait until other columns have their width."""

_CHARACTER, _CHARACTER_SMALL, _MARGINS = 85.0, 70.0, 2.0
"""Width of a small letter of a table, in twentieths of a point, and the margins of a cell in letters."""

_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
_TOGETHER = "<w:keepNext/>"


def plain(text: str) -> str:
    """Text that XML can hold, in one line."""
    return shown(" ".join(text.split()))


def escaped(text: str) -> str:
    """Text as it stands in the markup: no tag of XML, and none of the template language."""
    return escape(plain(text), _BRACES)


@dataclass(slots=True)
class Writer:
    """Writes the markup for one document.

    Attributes
    ----------
    part : Any
        The document's main part: it takes in pictures and the addresses of links.
    styles : frozenset of str
        Identifiers of the styles that the template has.
    width : int
        Of the text, in twentieths of a point.
    """

    part: Any
    styles: frozenset[str]
    width: int
    _bookmarks: int = field(default=0)

    def style(self, *names: str) -> str:
        """The first of some styles that the template has; the last where it has none."""
        return next((name for name in names if name in self.styles), names[-1])

    def paragraph(self, text: str, style: str = "Normal", *, together: bool = False) -> str:
        """A paragraph of one style; ``together`` keeps it on the page of what comes next."""
        return _paragraph(self.style(style, "Normal"), _run(text), _TOGETHER if together else "")

    def heading(self, text: str, level: int, bookmark: str) -> str:
        """A heading, with a bookmark that the contents lead to."""
        self._bookmarks += 1
        number = f'w:id="{self._bookmarks}"'
        start = f'<w:bookmarkStart {number} w:name="{_mark(bookmark)}"/>'
        return _paragraph(f"Heading{level}", f"{start}{_run(text)}<w:bookmarkEnd {number}/>")

    def contents_line(self, text: str, bookmark: str) -> str:
        """A line that leads to a heading."""
        link = f'<w:hyperlink w:anchor="{_mark(bookmark)}" w:history="1">{_run(text)}</w:hyperlink>'
        return _paragraph(self.style("ContentsLine", "Normal"), link)

    def picture(self, png: bytes, alt: str) -> str:
        """A picture across the text, with a description for people who cannot see it."""
        inline = self.part.new_pic_inline(io.BytesIO(png), self.width * 635, None)
        inline.docPr.set("descr", plain(alt))
        drawing = f"<w:r><w:drawing>{inline.xml}</w:drawing></w:r>"
        for brace, code in _BRACES.items():
            drawing = drawing.replace(brace, code)
        return _paragraph(self.style("Picture", "Normal"), drawing, _TOGETHER)

    def table(self, table: Table) -> str:
        """A table whose heading is repeated on every page, its columns as wide as what they hold."""
        widths = _widths(table, self.width)
        small = ("TableSmall",) if len(table.columns) > _SMALL else ()
        style = self.style(*small, "TableText", "Normal")
        named = any(table.headings)
        lines = [(row, False) for row in table.rows]
        lines = [(table.headings, True), *lines] if named else lines
        rows = "".join(
            self._row(cells, table.numeric, widths, style, heading=heading) for cells, heading in lines
        )
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        properties = (
            f'<w:tblStyle w:val="{self.style("ReportTable", "TableGrid")}"/>'
            f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
            f'<w:tblLook w:val="{"0020" if named else "0000"}" w:firstRow="{int(named)}" w:lastRow="0" '
            'w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
        )
        return f"<w:tbl><w:tblPr>{properties}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"

    def _row(
        self,
        cells: tuple[str, ...],
        numeric: tuple[bool, ...],
        widths: list[int],
        style: str,
        *,
        heading: bool,
    ) -> str:
        found = []
        for text, right, width in zip(cells, numeric, widths, strict=True):
            side = '<w:jc w:val="right"/>' if right else ""
            words = _run(text, bold=True) if heading else self._linked(text)
            paragraph = _paragraph(style, words, f"{_TOGETHER if heading else ''}{side}")
            found.append(f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{paragraph}</w:tc>')
        repeated = "<w:tblHeader/>" if heading else ""
        return f"<w:tr><w:trPr><w:cantSplit/>{repeated}</w:trPr>{''.join(found)}</w:tr>"

    def _linked(self, text: str) -> str:
        """The text; a link where it is an address that may be linked to."""
        address = safe_link(text)
        if address is None:
            return _run(text)
        number = self.part.relate_to(address, _LINKS, is_external=True)
        return f'<w:hyperlink r:id="{number}" w:history="1">{_run(text)}</w:hyperlink>'


def _paragraph(style: str, content: str, properties: str = "") -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{content}</w:p>'


def _run(text: str, *, bold: bool = False) -> str:
    weight = "<w:rPr><w:b/></w:rPr>" if bold else ""
    return f'<w:r>{weight}<w:t xml:space="preserve">{escaped(text)}</w:t></w:r>'


def _mark(name: str) -> str:
    return f"section_{name.replace('-', '_')}"


def _widths(table: Table, whole: int) -> list[int]:
    """Widths of the columns: room for the longest word first, then for most cells, then for the longest."""
    least, usual, full = [], [], []
    for column, (heading, numeric) in enumerate(zip(table.headings, table.numeric, strict=True)):
        cells = [row[column] for row in table.rows]
        words = [_room(word) for cell in cells for word in cell.split()]
        longest_word = max(1.0, *words, *(1.15 * _room(word) for word in heading.split()), 1.0)
        lengths = [_room(cell) for cell in cells] or [1.0]
        longest = max(lengths)
        least.append(min(max(longest_word, longest if numeric else 0.0), _LONGEST_UNBROKEN) + _MARGINS)
        average = max(1.5 * sum(lengths) / len(lengths), _room(heading) / 2)
        usual.append(max(least[-1], min(average, _WIDEST) + _MARGINS))
        full.append(max(usual[-1], longest + _MARGINS))
    left = whole / (_CHARACTER_SMALL if len(table.columns) > _SMALL else _CHARACTER) - sum(least)
    sizes = least
    for wish in (usual, full):
        wanted = sum(wish) - sum(sizes)
        share = min(max(left / wanted, 0.0), 1.0) if wanted > 0 else 0.0
        sizes = [size + share * (more - size) for size, more in zip(sizes, wish, strict=True)]
        left -= share * wanted
    widths = [int(whole * size / sum(sizes)) for size in sizes]
    widths[-1] += whole - sum(widths)
    return widths


def _room(text: str) -> float:
    """Room that text needs, in small letters."""
    return 1.05 * len(text) + 0.15 * len(re.findall(r"[A-Z0-9]", text))
