"""The Word template that reports are written from.

It holds tags: ``{{ title }}``, ``{{ subtitle }}``, ``{{ date }}``, and, each in a paragraph of its own, ``{{p
answer }}``, ``{{p contents }}``, ``{{p report }}`` and ``{{p appendices }}``.
Styles are named for what they are used for.
"""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor

from sroi.files import without_times
from sroi.reports.wordstyles import LANGUAGE

TEMPLATE = Path(__file__).parents[2] / "sroi" / "reports" / "templates" / "report.docx"
FONT, BLUE, INK, MUTED = (
    "Arial",
    RGBColor(0x00, 0x50, 0x80),
    RGBColor(0x1A, 0x1A, 0x1A),
    RGBColor(0x59, 0x59, 0x59),
)

TABLE_STYLE = f"""
<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="ReportTable">
  <w:name w:val="Report Table"/><w:basedOn w:val="TableNormal"/><w:uiPriority w:val="99"/>
  <w:pPr><w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/></w:pPr>
  <w:tblPr>
    <w:tblBorders>
      <w:top w:val="single" w:sz="8" w:space="0" w:color="005080"/>
      <w:bottom w:val="single" w:sz="8" w:space="0" w:color="005080"/>
      <w:insideH w:val="single" w:sz="4" w:space="0" w:color="D0D7DE"/>
    </w:tblBorders>
    <w:tblCellMar>
      <w:top w:w="45" w:type="dxa"/><w:left w:w="70" w:type="dxa"/>
      <w:bottom w:w="45" w:type="dxa"/><w:right w:w="70" w:type="dxa"/>
    </w:tblCellMar>
  </w:tblPr>
  <w:tblStylePr w:type="firstRow">
    <w:rPr><w:b/></w:rPr>
    <w:tcPr><w:tcBorders><w:bottom w:val="single" w:sz="8" w:space="0" w:color="005080"/></w:tcBorders>
    <w:shd w:val="clear" w:color="auto" w:fill="E8F1F7"/></w:tcPr>
  </w:tblStylePr>
</w:style>"""


def template() -> bytes:
    """The template, the same bytes each time."""
    document = Document()
    _styles(document)
    portrait = document.sections[0]
    _page(portrait)
    _furniture(portrait)
    document.add_paragraph("{{ title }}", style="Title")
    document.add_paragraph("{{ subtitle }}", style="Subtitle")
    document.add_paragraph("{%p if date %}")
    document.add_paragraph("{{ date }}", style="Subtitle")
    document.add_paragraph("{%p endif %}")
    document.add_paragraph("{{p answer }}")
    document.add_paragraph("Contents", style="Contents Heading").paragraph_format.page_break_before = True
    document.add_paragraph("{{p contents }}")
    document.add_paragraph("{{p report }}")
    landscape = document.add_section(WD_SECTION.NEW_PAGE)
    landscape.orientation = WD_ORIENT.LANDSCAPE
    landscape.page_width, landscape.page_height = Cm(29.7), Cm(21.0)
    document.add_paragraph("{{p appendices }}")
    properties = document.core_properties
    properties.title, properties.author, properties.comments, properties.last_modified_by = "", "", "", ""
    properties.created = properties.modified = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - the file format holds no zone
    written = io.BytesIO()
    document.save(written)
    return without_times(written.getvalue())


def _page(section: Any) -> None:
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    section.top_margin, section.bottom_margin = Cm(2.2), Cm(2.0)


def _furniture(section: Any) -> None:
    section.header.paragraphs[0].text = "{{ title }}"
    footer = section.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    for kind, text in (("begin", ""), ("", "PAGE"), ("separate", ""), ("text", "1"), ("end", "")):
        run = footer.add_run()
        if kind == "text":
            run.text = text
        elif kind:
            run._r.append(parse_xml(f'<w:fldChar {nsdecls("w")} w:fldCharType="{kind}"/>'))
        else:
            run._r.append(
                parse_xml(f'<w:instrText {nsdecls("w")} xml:space="preserve"> {text} </w:instrText>')
            )


def _styles(document: Any) -> None:
    styles = document.styles
    _text(styles["Normal"], 10, after=6)
    styles["Normal"].paragraph_format.line_spacing = 1.15
    styles.element.xpath("w:docDefaults/w:rPrDefault/w:rPr/w:lang")[0].set(qn("w:val"), LANGUAGE)
    _text(styles["Title"], 22, color=BLUE, bold=True, after=4)
    _plain(styles["Title"])
    _text(styles["Subtitle"], 11, color=MUTED, after=4)
    spacing = styles["Subtitle"].element.rPr.find(qn("w:spacing"))
    styles["Subtitle"].element.rPr.remove(spacing)
    for level, size, before in ((1, 16, 20), (2, 11.5, 12)):
        _text(styles[f"Heading {level}"], size, color=BLUE, bold=True, before=before, after=5)
    _text(styles["Caption"], 9, color=INK, bold=True, before=10, after=4)
    _text(styles["Header"], 8, color=MUTED)
    _text(styles["Footer"], 8, color=MUTED)
    for name, size, after in (
        ("Table Text", 8.5, 0),
        ("Table Small", 7, 0),
        ("Note", 8.5, 10),
        ("Picture", 10, 2),
        ("Lead", 13, 8),
        ("toc 1", 10, 2),
    ):
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = styles["Normal"]
        _text(
            style,
            size,
            before={"Note": 3, "Lead": 6}.get(name, 0),
            after=after,
            color=MUTED if name == "Note" else INK,
        )
        style.paragraph_format.line_spacing = 1.15 if name == "Lead" else 1.0
    styles["toc 1"].element.set(qn("w:styleId"), "TOC1")
    styles["toc 1"].paragraph_format.tab_stops.add_tab_stop(
        Cm(16.6), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS
    )
    styles["Picture"].paragraph_format.keep_with_next = True
    styles["Caption"].paragraph_format.keep_with_next = True
    heading = styles.add_style("Contents Heading", WD_STYLE_TYPE.PARAGRAPH)
    heading.base_style = styles["Normal"]
    heading.paragraph_format.line_spacing = 1.0
    _text(heading, 11.5, color=BLUE, bold=True, before=14, after=4)
    box = styles.add_style("Statement", WD_STYLE_TYPE.PARAGRAPH)
    box.base_style = styles["Normal"]
    _text(box, 11, before=10, after=14)
    side = f'<w:pBdr {nsdecls("w")}><w:left w:val="single" w:sz="24" w:space="8" w:color="0072B2"/></w:pBdr>'
    box.paragraph_format.left_indent = Cm(0.4)
    properties = box.element.get_or_add_pPr()
    properties.insert(0, parse_xml(side))
    styles.element.append(parse_xml(TABLE_STYLE))


def _plain(style: Any) -> None:
    """Without the line that the library's own template draws under a title."""
    properties = style.element.get_or_add_pPr()
    border = properties.find(qn("w:pBdr"))
    if border is not None:
        properties.remove(border)


def _text(
    style: Any, size: float, *, color: RGBColor = INK, bold: bool = False, before: float = 0, after: float = 0
) -> None:
    style.font.name, style.font.size, style.font.bold, style.font.italic = FONT, Pt(size), bold, False
    style.font.color.rgb = color
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for attribute in list(fonts.attrib):
        del fonts.attrib[attribute]
    for attribute in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(attribute), FONT)
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
