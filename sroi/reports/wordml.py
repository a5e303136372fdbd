"""Paragraphs, tables, pictures and links in the markup of Word, every text escaped."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from sroi.reports import measuring
from sroi.reports.blocks import Caption, Grid, Heading, Paragraph, Picture
from sroi.reports.parts import safe_link
from sroi.text import printable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sroi.reports.paging import Paper, Placed

_SPACES = re.compile(r"[^\S\u00a0]+")
_BRACES = {"{": "&#123;", "}": "&#125;"}
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
_TOGETHER, _NEW_PAGE = "<w:keepNext/>", "<w:pageBreakBefore/>"
_POINT = 20
"""Twentieths of a point, in which Word measures."""

_CONTENTS = r'TOC \o "1-1" \h \z \u'


def plain(text: str) -> str:
    """Text that XML can hold, in one line."""
    return printable(_SPACES.sub(" ", text).strip(" "))


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
    styles : dict of str
        The identifier of each style in this document, by its name in ours.
    paper : Paper
        The text area that is written on.
    picture : callable
        A drawn figure by its name as PNG, for a width in inches.
    """

    part: Any
    styles: dict[str, str]
    paper: Paper
    picture: Callable[[str, float], bytes]
    _bookmarks: int = field(default=0)

    def blocks(self, placed: Iterable[Placed], *, breaks: bool) -> str:
        """Blocks one beneath the other, where ``breaks`` each page that one begins begun by it."""
        return "".join(self._block(each, breaks=breaks) for each in placed)

    def _block(self, placed: Placed, *, breaks: bool) -> str:
        block = placed.block
        before = _NEW_PAGE if breaks and placed.begins else ""
        together = _TOGETHER if block.together else ""
        match block:
            case Heading():
                return self._heading(block, f"{together}{before}")
            case Paragraph():
                return self._paragraph(block.style, _run(block.text), f"{together}{before}")
            case Caption():
                return self._paragraph("Caption", _caption(block), f"{together}{before}")
            case Picture():
                return self._picture(block, f"{together}{before}")
            case Grid():
                return (self._page_break() if before else "") + self._table(block)

    def _paragraph(self, style: str, content: str, properties: str = "") -> str:
        named = self.styles.get(style, style)
        return f'<w:p><w:pPr><w:pStyle w:val="{named}"/>{properties}</w:pPr>{content}</w:p>'

    def _heading(self, heading: Heading, properties: str) -> str:
        """A heading, with a bookmark that the contents lead to."""
        self._bookmarks += 1
        number = f'w:id="{self._bookmarks}"'
        start = f'<w:bookmarkStart {number} w:name="{_mark(heading.id)}"/>'
        words = f"{start}{_run(heading.text)}<w:bookmarkEnd {number}/>"
        return self._paragraph("Heading1", words, properties)

    def contents(self, pages: dict[str, int], titles: dict[str, str]) -> str:
        """The contents as a field that Word updates, with the numbers of pages filled in."""
        lines: list[str] = []
        right = round(self.paper.width * _POINT)
        stop = f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{right}"/></w:tabs>'
        for name, title in titles.items():
            number = _field(f"PAGEREF {_mark(name)} \\h", str(pages[name]))
            words = f"{_run(title)}<w:r><w:tab/></w:r>{number}"
            link = f'<w:hyperlink w:anchor="{_mark(name)}" w:history="1">{words}</w:hyperlink>'
            first = _sign("begin") + _instruction(_CONTENTS) + _sign("separate") if not lines else ""
            last = _sign("end") if len(lines) == len(titles) - 1 else ""
            lines.append(self._paragraph("TOC1", f"{first}{link}{last}", stop))
        return "".join(lines)

    def _picture(self, picture: Picture, properties: str) -> str:
        """A picture across the text, with a description for people who cannot see it."""
        width = self.paper.picture_width(picture)
        png = self.picture(picture.name, width / 72)
        inline = self.part.new_pic_inline(io.BytesIO(png), round(width * 12700), None)
        inline.docPr.set("descr", plain(picture.alt))
        drawing = f"<w:r><w:drawing>{inline.xml}</w:drawing></w:r>"
        for brace, code in _BRACES.items():
            drawing = drawing.replace(brace, code)
        return self._paragraph("Picture", drawing, properties)

    def _page_break(self) -> str:
        """A line of no height that begins a page, before a table that goes on there."""
        thin = f'{_NEW_PAGE}<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
        return self._paragraph("Normal", "", thin)

    def _table(self, grid: Grid) -> str:
        """A table whose heading is repeated on every page, its columns as wide as what they hold."""
        table = grid.whole
        size = self.paper.style(grid.style).size
        widths = [round(each * _POINT) for each in measuring.columns(table, self.paper.width, size)]
        named = any(table.headings)
        lines = [(row, False) for row in grid.table.rows]
        lines = [(table.headings, True), *lines] if named else lines
        rows = "".join(
            self._row(cells, table.numeric, widths, grid.style, heading=heading) for cells, heading in lines
        )
        columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        properties = (
            f'<w:tblStyle w:val="{self.styles.get("ReportTable", "ReportTable")}"/>'
            f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
            f'<w:tblLook w:val="{"0020" if named else "0000"}" w:firstRow="{int(named)}" w:lastRow="0" '
            'w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
        )
        return f"<w:tbl><w:tblPr>{properties}</w:tblPr><w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>"

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
            paragraph = self._paragraph(style, words, f"{_TOGETHER if heading else ''}{side}")
            found.append(f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{paragraph}</w:tc>')
        repeated = "<w:tblHeader/>" if heading else ""
        return f"<w:tr><w:trPr><w:cantSplit/>{repeated}</w:trPr>{''.join(found)}</w:tr>"

    def _linked(self, text: str) -> str:
        """The text; a link where it is an address that may be linked to."""
        address = safe_link(text.replace("\u2060", ""))
        if address is None:
            return _run(text)
        number = self.part.relate_to(address, _LINKS, is_external=True)
        return f'<w:hyperlink r:id="{number}" w:history="1">{_run(text)}</w:hyperlink>'


def _caption(caption: Caption) -> str:
    """A caption whose number is a field, so that Word can list the figures and the tables."""
    number = _field(f"SEQ {caption.label} \\* ARABIC", str(caption.number))
    rest = _run(f" {caption.rest}", bold=False) if caption.rest else ""
    return _run(f"{caption.label}\u00a0") + number + _run(f". {caption.title}".rstrip()) + rest


def _field(instruction: str, shown: str) -> str:
    return _sign("begin") + _instruction(instruction) + _sign("separate") + _run(shown) + _sign("end")


def _sign(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def _instruction(text: str) -> str:
    return f'<w:r><w:instrText xml:space="preserve"> {escape(text)} </w:instrText></w:r>'


def _run(text: str, *, bold: bool | None = None) -> str:
    """Text of the style around it, unless ``bold`` says otherwise."""
    weight = "" if bold is None else f'<w:rPr><w:b w:val="{int(bold)}"/></w:rPr>'
    return f'<w:r>{weight}<w:t xml:space="preserve">{_spaced(text)}</w:t></w:r>'


def _spaced(text: str) -> str:
    """Escaped text with the spaces at its ends, which a run may have."""
    start, end = (" " if text[:1] == " " else ""), (" " if text[-1:] == " " else "")
    return f"{start}{escaped(text)}{end}" if text.strip() else text


def _mark(name: str) -> str:
    return f"section_{name.replace('-', '_')}"
