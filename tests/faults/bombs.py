"""Files of at most 5 MB that a careless reader would lay out in gigabytes or read for minutes."""

import struct

from building import (
    MAIN,
    archive,
    circular,
    in_other_order,
    lying,
    many,
    many_sheets,
    number,
    ods,
    ods_cell,
    ods_row,
    record,
    row,
    sheet,
    sst,
    workbook,
    xls,
)
from helpers import small

import sroi

ENTITIES = "".join(f'<!ENTITY {b} "{a * 10}">' for a, b in (("&a;", "b"), ("&b;", "c"), ("&c;", "i")))
COMMENT = (
    f"<comments {MAIN}><authors><author>a</author></authors><commentList>"
    '<comment ref="XFD1048576" authorId="0"><text><t>a</t></text></comment></commentList></comments>'
)
RELATION = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Target="/xl/comments1.xml" Type="http://schemas.openxmlformats.org'
    '/officeDocument/2006/relationships/comments"/></Relationships>'
)
OFF = "table:number-columns-repeated='16000'"
COSTS = "Description,Cost,Unit,Price year\n"
SPACES = '<text:s text:c="2000000000"/>'
FAR = '<c r="XFD1048576"><v>1</v></c>'
LONG = "x" * 4_000_000
WORKBOOKS = {
    "a cell far away": lambda: workbook(sheet=sheet(row('<c r="A1"><v>1</v></c>', FAR))),
    "a cell far away in single quotes": lambda: workbook(
        sheet=sheet(row("<c r='A1'><v>1</v></c>", FAR.replace('"', "'")))
    ),
    "a cell in a row that no number holds": lambda: workbook(
        sheet=sheet(row('<c r="A1"><v>1</v></c>', f'<c r="B{"9" * 400}"><v>1</v></c>'))
    ),
    "a row that no number holds": lambda: workbook(
        sheet=sheet(row('<c r="A1"><v>1</v></c>') + f'<row r="{"9" * 400}"><c><v>1</v></c></row>')
    ),
    "a row of ten digits": lambda: workbook(
        sheet=sheet(row('<c r="A1"><v>1</v></c>', '<c r="B4294967297"><v>1</v></c>'))
    ),
    "a row of 0": lambda: workbook(sheet=sheet(row('<c r="A0"><v>1</v></c>') + row("<c/>", at=0))),
    "a column of many letters": lambda: workbook(
        sheet=sheet(row('<c r="A1"><v>1</v></c>', f'<c r="{"Z" * 40}1"><v>1</v></c>'))
    ),
    "a cell of no column": lambda: workbook(
        sheet=sheet(row('<c r="A1"><v>1</v></c>', '<c r="7"><v>1</v></c>', "<v>1</v>"))
    ),
    "a cell of a negative row": lambda: workbook(sheet=sheet(row('<c r="A-1"><v>1</v></c>'))),
    "an empty cell far away": lambda: workbook(
        sheet=sheet(row('<c r="A1"><v>1</v></c>', '<c r="XFD1048576"/>'))
    ),
    "cells with other namespace prefixes": lambda: workbook(
        sheet=sheet(row('<c r="A1"><v>1</v></c>', FAR))
        .replace("<", "<x:")
        .replace("<x:/", "</x:")
        .replace("xmlns=", "xmlns:x=")
    ),
    "one huge merge": lambda: workbook(
        sheet=sheet("", '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>')
    ),
    "many merges": lambda: workbook(
        sheet=sheet("", f"<mergeCells>{many('<mergeCell ref=_A{0}:B{0}_/>', 100_000)}</mergeCells>")
    ),
    "one link over everything": lambda: workbook(
        sheet=sheet("", '<hyperlinks><hyperlink ref="A1:XFD1048576" location="a"/></hyperlinks>')
    ),
    "a dimension of everything": lambda: workbook(
        sheet=f'<worksheet {MAIN}><dimension ref="A1:XFD1048576"/><sheetData>'
        + "".join(row('<c s="0"><v>1</v></c>', at=at) for at in range(1, 5_000))
        + "</sheetData></worksheet>"
    ),
    "a bomb of shared strings": lambda: workbook(strings=sst("<si><t>a</t></si>" * 2_000_000)),
    "shared strings said to be many": lambda: workbook(
        strings=sst("<si><t>a</t></si>", 'uniqueCount="99999999999"')
    ),
    "one long text in many cells": lambda: workbook(
        strings=sst(f"<si><t>{LONG}</t></si>"),
        sheet=sheet("".join(row('<c t="s"><v>0</v></c>', at=at) for at in range(1, 20_000))),
    ),
    "one long text": lambda: workbook(
        strings=sst(f"<si><t>{LONG}</t></si>"), sheet=sheet(row('<c t="s"><v>0</v></c>'))
    ),
    "rich texts": lambda: workbook(strings=sst("<si><r><rPr><b/><i/></rPr><t>a</t></r></si>" * 90_000)),
    "a formula that many share": lambda: workbook(
        sheet=sheet(
            row(f'<c r="A1"><f t="shared" ref="A1:A9" si="0">{"+".join(["A1"] * 2_000)}</f><v>1</v></c>')
            + "".join(row(f'<c r="A{n}"><f t="shared" si="0"/><v>1</v></c>', at=n) for n in range(2, 40_000))
        )
    ),
    "styles": lambda: workbook(
        styles=f"<styleSheet {MAIN}><cellXfs>{'<xf/>' * 400_000}</cellXfs></styleSheet>"
    ),
    "columns and rows": lambda: workbook(
        sheet=f"<worksheet {MAIN}>"
        f"<cols>{many('<col min=_1_ max=_16384_ width=_9_/>', 60_000)}</cols><sheetData>"
        + "".join(f'<row r="{n}" ht="9"/>' for n in range(1, 200_000))
        + "</sheetData></worksheet>"
    ),
    "a million cells": lambda: workbook(
        sheet=sheet("".join(row("<c><v>1</v></c>" * 50, at=n) for n in range(1, 20_000)))
    ),
    "as many cells as are read": lambda: workbook(
        sheet=sheet(
            "".join(
                row('<c t="inlineStr"><is><t>some words</t></is></c>' * 24, at=n) for n in range(1, 2_390)
            )
        )
    ),
    "cells in the wrong order": lambda: workbook(sheet=sheet(row(in_other_order(80_000)))),
    "a deflate bomb": lambda: workbook(**{"xl/worksheets/sheet9.xml": b" " * 200_000_000}),
    "a deflate bomb of another kind": lambda: workbook(**{"xl/media/image1.png": bytes(200_000_000)}),
    "a part that lies of its size": lambda: lying(
        workbook(sheet=sheet(row("<c><v>1</v></c>")) + " " * 200_000_000), "xl/worksheets/sheet1.xml", 100
    ),
    "entities": lambda: workbook(
        sheet='<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + ENTITIES + f"]><worksheet {MAIN}>&i;</worksheet>"
    ),
    "elements in each other": lambda: workbook(sheet="<a>" * 1_000_000),
    "many sheets": lambda: many_sheets(1_500, same=False),
    "one sheet named often": lambda: many_sheets(200, same=True),
    "many parts": lambda: workbook(**{f"xl/x{n}.xml": "<a/>" for n in range(40_000)}),
    "comments far away": lambda: workbook(
        **{
            "xl/comments1.xml": COMMENT,
            "xl/worksheets/_rels/sheet1.xml.rels": RELATION,
        }
    ),
}

OTHER_COSTS = {
    "an ods cell repeated.ods": lambda: ods(ods_row(ods_cell(columns=100_000_000))),
    "an ods row repeated.ods": lambda: ods(ods_row(ods_cell(), 100_000_000)),
    "an ods cell far away.ods": lambda: ods(
        ods_row(ods_cell()) + ods_row("", 900_000) + ods_row(f"<table:table-cell {OFF}/>{ods_cell()}")
    ),
    "ods spaces.ods": lambda: ods(f"<table:table-row>{ods_cell(SPACES)}</table:table-row>"),
    "an ods text repeated.ods": lambda: ods(
        f"<table:table-row table:number-rows-repeated='20000'>{ods_cell('x' * 1_000_000)}</table:table-row>"
    ),
    "ods cells.ods": lambda: ods(f"<table:table-row>{ods_cell() * 10}</table:table-row>" * 90_000),
    "an xls cell far away.xls": lambda: xls([number(0, 0) + number(65_535, 255)] * 20),
    "xls cells at the end of what is read.xls": lambda: xls([number(0, 0) + number(24_999, 255)] * 20),
    "xls dimensions.xls": lambda: xls(
        [b"".join((record(0x0200, struct.pack("<IIHHH", 0, 0xFFFFFFFF, 0, 0xFFFF, 0)), number(0, 0)))]
    ),
    "xls circle.xls": circular,
    "xls sheets in each other.xls": lambda: xls([number(0, 0) * 200_000], named=[14 + 12 + 2] * 200),
    "xls one long text in many cells.xls": lambda: xls(
        [b"".join(record(0x00FD, struct.pack("<HHHI", at, 0, 0, 0)) for at in range(20_000))],
        texts=record(0x00FC, struct.pack("<IIHB", 1, 1, 8_000, 0) + b"x" * 8_000),
    ),
    "xls texts of nothing.xls": lambda: xls(
        [number(0, 0)], texts=record(0x00FC, bytes(8_216)) + record(0x003C, bytes(8_216)) * 499
    ),
    "many costs.csv": lambda: (COSTS + "".join(f"thing {n},{n},each,2012\n" for n in range(24_900))).encode(
        "utf-8"
    ),
    "too many costs.csv": lambda: (COSTS + "same,1,each,2012\n" * 250_000).encode("utf-8"),
    "empty cells.csv": lambda: (b"," * 49 + b"\n") * 90_000,
    "one line.csv": lambda: b"," * 4_900_000,
    "one quote.csv": lambda: b'"' + b"x,\n" * 1_600_000,
    "all marks.csv": lambda: b"1,2;3|4\t" * 600_000,
    "nothing but lines.csv": lambda: b"\n" * 4_900_000,
}

STUDIES = {
    "a list": lambda: b"a: [" + b"1," * 2_400_000 + b"1]\n",
    "keys": lambda: "".join(f"k{n}: 1\n" for n in range(440_000)).encode(),
    "one key": lambda: b"k: 1\n" * 900_000,
    "brackets": lambda: b"[" * 4_900_000,
    "lines": lambda: b"\n" * 4_900_000,
    "aliases": lambda: b"a: &a [" + b"1," * 1_000 + b"1]\nb: [" + b"*a," * 900_000 + b"*a]\n",
    "a text": lambda: b"a: '" + b"x" * 4_900_000 + b"'\n",
    "an open quote": lambda: b'a: "' + b"x\n" * 2_400_000,
    "a number": lambda: b"a: " + b"1" * 4_900_000,
    "numbers cut by commas": lambda: b"a: [" + b"1,234, " * 600_000 + b"1]\n",
    "no-break spaces": lambda: "a:\u00a01\n".encode() * 800_000,
    "octal numbers": lambda: b"a: [" + b"010," * 1_200_000 + b"1]\n",
    "commas": lambda: b"a:\n" + b" - 1,2\n" * 600_000,
    "bytes that are no text": lambda: b"\xff" * 4_900_000,
}

TEMPLATES = {
    "no document": lambda: archive({"a.txt": b""}),
    "a deflate bomb": lambda: archive({"word/document.xml": b" " * 200_000_000}),
    "a bomb beside the text": lambda: archive({"word/media/a.png": bytes(200_000_000)}),
    "paragraphs": lambda: archive({"word/document.xml": b"<a>" + b"<p/>" * 5_000_000 + b"</a>"}),
}


def study():
    return sroi.Study.model_validate(small())
