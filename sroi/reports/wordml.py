"""Paragraphs, tables, pictures and links in the markup of Word, every text escaped."""

from __future__ import annotations

import io
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
"""Letters beyond which a longer cell, and a longer word, ask for no more width before the other columns have had theirs."""

_CHARACTER, _CHARACTER_SMALL, _MARGINS = 85.0, 70.0, 2.0
"""Width of a small letter of the table's type, in twentieths of a point, and the margins of a cell in letters."""


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

    def paragraph(self, text: str, style: str = "Normal", *, extra: str = "") -> str:
        """A paragraph of one style."""
        return (
            f'<w:p><w:pPr><w:pStyle w:val="{self.style(style, "Normal")}"/>{extra}</w:pPr>{_run(text)}</w:p>'
        )

    def heading(self, text: str, level: int, bookmark: str = "") -> str:
        """A heading, with a bookmark that the contents lead to."""
        run = _run(text)
        if bookmark:
            self._bookmarks += 1
            number = self._bookmarks
            run = f'<w:bookmarkStart w:id="{number}" w:name="{_mark(bookmark)}"/>{run}<w:bookmarkEnd w:id="{number}"/>'
        return f'<w:p><w:pPr><w:pStyle w:val="Heading{level}"/></w:pPr>{run}</w:p>'

    def to_bookmark(self, text: str, bookmark: str) -> str:
        """A line that leads to a heading."""
        properties = f'<w:pPr><w:pStyle w:val="{self.style("ContentsLine", "Normal")}"/></w:pPr>'
        return f'<w:p>{properties}<w:hyperlink w:anchor="{_mark(bookmark)}" w:history="1">{_run(text)}</w:hyperlink></w:p>'

    def picture(self, png: bytes, alt: str) -> str:
        """A picture across the text, with words for those who cannot see it."""
        inline = self.part.new_pic_inline(io.BytesIO(png), self.width * 635, None)
        inline.docPr.set("descr", plain(alt))
        properties = f'<w:pPr><w:pStyle w:val="{self.style("Picture", "Normal")}"/><w:keepNext/></w:pPr>'
        return f"<w:p>{properties}<w:r><w:drawing>{inline.xml}</w:drawing></w:r></w:p>".replace(
            "{", "&#123;"
        ).replace("}", "&#125;")

    def table(self, table: Table) -> str:
        """A table whose heading is repeated on every page, its columns as wide as what they hold."""
        widths = _widths(table, self.width)
        style = self.style("ReportTable", "TableGrid")
        cell_style = (
            self.style("TableSmall", "TableText", "Normal")
            if len(table.columns) > _SMALL
            else self.style("TableText", "Normal")
        )
        named = any(table.headings)
        head = self._row(table.headings, table.numeric, widths, cell_style, heading=True) if named else ""
        rows = "".join(self._row(row, table.numeric, widths, cell_style, heading=False) for row in table.rows)
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        look = f'<w:tblLook w:val="{"0020" if named else "0000"}" w:firstRow="{int(named)}" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" '
        look += 'w:noHBand="1" w:noVBand="1"/>'
        properties = f'<w:tblStyle w:val="{style}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>{look}'
        return f"<w:tbl><w:tblPr>{properties}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{head}{rows}</w:tbl>"

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
            words = self._linked(text) if not heading else _run(text, bold=True)
            holds = "<w:keepNext/>" if heading else ""
            paragraph = f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{holds}{side}</w:pPr>{words}</w:p>'
            found.append(f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{paragraph}</w:tc>')
        properties = "<w:trPr><w:cantSplit/>" + ("<w:tblHeader/>" if heading else "") + "</w:trPr>"
        return f"<w:tr>{properties}{''.join(found)}</w:tr>"

    def _linked(self, text: str) -> str:
        """The text; a link where it is an address that may be linked to."""
        address = safe_link(text)
        if address is None:
            return _run(text)
        number = self.part.relate_to(
            address,
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink",
            is_external=True,
        )
        return f'<w:hyperlink r:id="{number}" w:history="1">{_run(text)}</w:hyperlink>'


def _run(text: str, *, bold: bool = False) -> str:
    return (
        f'<w:r>{"<w:rPr><w:b/></w:rPr>" if bold else ""}<w:t xml:space="preserve">{escaped(text)}</w:t></w:r>'
    )


def _mark(name: str) -> str:
    return f"section_{name.replace('-', '_')}"


def _widths(table: Table, whole: int) -> list[int]:
    """Widths of the columns: room for the longest word first, then for what most cells hold, then for the longest."""
    least, usual, full = [], [], []
    for column, heading in enumerate(table.headings):
        cells = [row[column] for row in table.rows]
        words = max(
            *(_room(word) for cell in cells for word in cell.split()),
            *(1.15 * _room(word) for word in heading.split()),
            1.0,
            1.0,
        )
        lengths = sorted(map(_room, cells)) or [1.0]
        least.append(
            min(max(words, lengths[-1] if table.numeric[column] else 0.0), _LONGEST_UNBROKEN) + _MARGINS
        )
        usual.append(
            max(
                least[-1], min(max(1.5 * sum(lengths) / len(lengths), _room(heading) / 2), _WIDEST) + _MARGINS
            )
        )
        full.append(max(usual[-1], lengths[-1] + _MARGINS))
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
    return sum(1.2 if letter.isupper() or letter.isdigit() else 1.05 for letter in text)
