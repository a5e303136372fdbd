"""Small workbooks of every kind, part by part and record by record, with whatever is put into them."""

import io
import struct
import zipfile

import openpyxl

from sroi.workbooks.compound import packed

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
RELATED = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
OF_SHEET = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
ODS = b"application/vnd.oasis.opendocument.spreadsheet"


def parts_of_a_workbook():
    """A small workbook with a formula-free map in it, part by part."""
    book = openpyxl.Workbook()
    book.active.append(["Stakeholders", "Outcomes", "Quantity", "Financial proxy", "Deadweight"])
    book.active.append(["People", "Less lonely", 10, 200, 0.1])
    written = io.BytesIO()
    book.save(written)
    with zipfile.ZipFile(written) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def archive(parts, method=zipfile.ZIP_DEFLATED):
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", method) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return written.getvalue()


def workbook(**changed):
    """A workbook of which some parts are others: sheet, strings, styles, book, relations; more by path."""
    parts = parts_of_a_workbook()
    paths = {
        "sheet": "xl/worksheets/sheet1.xml",
        "strings": "xl/sharedStrings.xml",
        "styles": "xl/styles.xml",
        "book": "xl/workbook.xml",
        "relations": "xl/_rels/workbook.xml.rels",
    }
    for name, content in changed.items():
        parts[paths.get(name, name)] = content.encode() if isinstance(content, str) else content
    return archive(parts)


def sheet(data, behind=""):
    return f"<worksheet {MAIN} {RELATED}><sheetData>{data}</sheetData>{behind}</worksheet>"


def many(pattern, count):
    """A pattern for each number; its lines are quotes."""
    return "".join(pattern.replace("_", '"').format(n) for n in range(1, count))


def row(*cells, at=1):
    return f'<row r="{at}">{"".join(cells)}</row>'


def many_sheets(count, *, same):
    """Sheets beside each other: parts of their own, or all the one part, which is big."""
    big = sheet("".join(row(*[f"<c><v>{at}</v></c>"] * 20, at=at) for at in range(1, 2_000)))
    names = "".join(f'<sheet name="s{n}" sheetId="{n}" r:id="r{n}"/>' for n in range(1, count + 1))
    targets = [1 if same else n for n in range(1, count + 1)]
    relations = "".join(
        f'<Relationship Id="r{n}" Type="{OF_SHEET}" Target="worksheets/sheet{target}.xml"/>'
        for n, target in enumerate(targets, 1)
    )
    more = {} if same else {f"xl/worksheets/sheet{n}.xml": sheet("") for n in range(2, count + 1)}
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    return workbook(
        sheet=big if same else sheet(""),
        book=f"<workbook {MAIN} {RELATED}><sheets>{names}</sheets></workbook>",
        relations=f'<Relationships xmlns="{package}">{relations}</Relationships>',
        **more,
    )


def lying(data, name, size):
    """An archive that says of a part, in both places, that it unpacks to fewer bytes."""
    changed = bytearray(data)
    at = 0
    while (at := data.find(name.encode(), at)) >= 0:
        for before, size_at in ((30, 22), (46, 24)):
            start = at - before
            if data[max(start, 0) : start + 4] in (b"PK\3\4", b"PK\1\2"):
                struct.pack_into("<I", changed, start + size_at, size)
        at += 1
    return bytes(changed)


def ods(content):
    space = (
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    )
    manifest = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    table = f'<table:table table:name="a">{content}</table:table>'
    body = f"<office:body><office:spreadsheet>{table}</office:spreadsheet></office:body>"
    document = f"<office:document-content {space}>{body}</office:document-content>"
    return archive({"mimetype": ODS, "META-INF/manifest.xml": manifest, "content.xml": document})


def ods_cell(text="x", **repeated):
    said = "".join(f" table:number-{key}-repeated='{count}'" for key, count in repeated.items())
    return f'<table:table-cell{said} office:value-type="string"><text:p>{text}</text:p></table:table-cell>'


def record(kind, data=b""):
    return struct.pack("<HH", kind, len(data)) + data


BEGIN, END = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0)), record(0x000A)


def xls(sheets, texts=b"", named=None):
    """An .xls workbook of sheets of records; ``named`` is where it says each begins."""
    names = [f"s{at}".encode() for at in range(len(sheets if named is None else named))]
    size = len(BEGIN) + len(texts) + sum(12 + len(name) for name in names) + len(END)
    starts = [size]
    for each in sheets:
        starts.append(starts[-1] + len(BEGIN) + len(each) + len(END))
    bound = b"".join(
        record(0x0085, struct.pack("<IBBBB", start, 0, 0, len(name), 0) + name)
        for start, name in zip(named or starts, names, strict=False)
    )
    body = b"".join(BEGIN + each + END for each in sheets)
    return packed("Workbook", BEGIN + texts + bound + END + body)


def number(row_at, column, value=1.0):
    return record(0x0203, struct.pack("<HHHd", row_at, column, 0, value))


def circular():
    """An .xls workbook whose sectors lead in a circle."""
    data = bytearray(xls([number(0, 0) * 400]))
    tables = len(data) - 4096
    struct.pack_into("<I", data, tables + 8, 1)
    return bytes(data)


def in_other_order(count):
    return "".join(f"<c r='A{at}'><v>{at}</v></c>" for at in range(count, 0, -1))


def sst(texts, said=""):
    return f"<sst {MAIN} {said}>{texts}</sst>"


def ods_row(cells, times=1):
    return f"<table:table-row table:number-rows-repeated='{times}'>{cells}</table:table-row>"
