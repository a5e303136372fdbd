"""One broken workbook for each mistake: each is refused in words that say what to do, and nothing crashes."""

import contextlib
import zipfile

import openpyxl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from maps import FIRST, HEADINGS, write_map
from test_importing_maps import OPTIONS, club

import sroi
from sroi.value_map import workbook


@pytest.fixture
def file(tmp_path):
    """A map that reads, to be broken."""
    path = tmp_path / "map.xlsx"
    write_map(path, club())
    return path


def refused(file, **arguments):
    """The problems that a file is refused for."""
    with pytest.raises(sroi.DocumentError) as caught:
        sroi.import_value_map(file, **(OPTIONS | arguments))
    for problem in caught.value.problems:
        assert problem.hint, f"{problem} does not say what to do"
        assert problem.file.startswith(str(file)), problem
    return caught.value.problems


def only(file, *fragments, **arguments):
    (problem,) = refused(file, **arguments)
    for fragment in fragments:
        assert fragment in str(problem), (fragment, str(problem))
    return problem


def repacked(file, change):
    """The workbook with its parts changed: ``change`` takes a mapping of names to bytes."""
    with zipfile.ZipFile(file) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    change(parts)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return file


# ── Files that are no workbook to read
# ───────────────────────────────────────────────────────────────────────────────────


def test_a_missing_file(tmp_path):
    only(tmp_path / "nothing.xlsx", "there is no such file")


def test_a_folder(tmp_path):
    only(tmp_path, "it is a folder")


@pytest.mark.parametrize("content", [b"", b"just words", b"PK\x03\x04 and then nothing", b"%PDF-1.7"])
def test_what_is_not_a_workbook(tmp_path, content):
    path = tmp_path / "map.xlsx"
    path.write_bytes(content)
    only(path, "not an .xlsx workbook", "save the map again as .xlsx")


def test_a_zip_of_something_else(tmp_path):
    path = tmp_path / "map.xlsx"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("word/document.xml", "<a/>")
    only(path, "not an Excel workbook")


def test_a_locked_or_old_workbook(tmp_path):
    path = tmp_path / "map.xlsx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512))
    only(path, "password", ".xls form")


def test_a_workbook_cut_short(file):
    file.write_bytes(file.read_bytes()[:-400])
    only(file, "damaged")


def test_a_sheet_that_is_not_xml(file):
    only(
        repacked(file, lambda parts: parts.update({"xl/worksheets/sheet1.xml": b"<worksheet><not closed"})),
        "damaged",
    )


@pytest.mark.parametrize("encoding", ["UTF-inf", "shift_jis", "UTF-16"])
def test_a_sheet_in_an_encoding_that_it_is_not_in(file, encoding):
    def change(parts):
        sheet = parts["xl/worksheets/sheet1.xml"].partition(b"?>")[2] or parts["xl/worksheets/sheet1.xml"]
        parts["xl/worksheets/sheet1.xml"] = f'<?xml version="1.0" encoding="{encoding}"?>'.encode() + sheet

    only(repacked(file, change), "damaged", "save it again")


@pytest.mark.parametrize("cut", [1, 30, 84, 230, 1_000])
def test_a_workbook_whose_beginning_is_lost(file, cut):
    file.write_bytes(b"PK" + file.read_bytes()[cut:])
    only(file, "damaged")


def test_a_value_that_stands_in_no_cell(file):
    def change(parts):
        name = "xl/worksheets/sheet1.xml"
        parts[name] = parts[name].replace(b"<sheetData>", b"<sheetData><row><v>1</v></row>")

    repacked(file, change)
    with contextlib.suppress(sroi.DocumentError):
        sroi.import_value_map(file, **OPTIONS)


def test_a_file_that_is_too_large(file, monkeypatch):
    monkeypatch.setattr(workbook, "MOST_BYTES", 100)
    only(file, "at most 100")


def test_a_zip_bomb(file):
    def swell(parts):
        parts["xl/worksheets/sheet1.xml"] = b"<worksheet>" + b" " * (workbook.LIMITS.unpacked + 1)

    assert repacked(file, swell).stat().st_size < 1_000_000
    only(file, "unpacks to", f"{workbook.LIMITS.unpacked:,}")


def test_an_entity_bomb(file):
    entities = b'<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">'
    bomb = b'<?xml version="1.0"?><!DOCTYPE l [' + entities + b"]><worksheet>&b;</worksheet>"
    only(repacked(file, lambda parts: parts.update({"xl/worksheets/sheet1.xml": bomb})), "document type")


def test_macros(file):
    only(repacked(file, lambda parts: parts.update({"xl/vbaProject.bin": b"\0"})), "macros", "without macros")


def test_links_to_other_workbooks(file):
    only(
        repacked(
            file, lambda parts: parts.update({"xl/externalLinks/externalLink1.xml": b"<externalLink/>"})
        ),
        "linked to other workbooks",
        "Break link",
    )


def test_formulas_that_were_never_calculated(tmp_path):
    path = tmp_path / "map.xlsx"

    def formulas(sheet, places):
        for place in places.values():
            sheet[place] = "=1+1"

    write_map(path, club(), change=formulas)
    problem = only(path, "never calculated", "open it once in Excel or LibreOffice and save it")
    assert problem.path.startswith("SROI Value Map!")


def test_a_cell_far_outside_the_map(file):
    book = openpyxl.load_workbook(file)
    book.active.cell(workbook.MOST_ROWS + 1, 3, "lost")
    book.save(file)
    only(file, f"C{workbook.MOST_ROWS + 1}", "reaches too far")


def test_openpyxl_that_is_not_installed(file, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "openpyxl", None)
    only(file, "needs openpyxl", "pip install 'sroi[report]'")
    with pytest.raises(sroi.DocumentError, match=r"pip install 'sroi\[report\]'"):
        sroi.export_value_map(sroi.loads(sroi.dumps(sroi.load("local-area-coordination", borough="derby"))))


# ── Sheets that are no map
# ───────────────────────────────────────────────────────────────────────────────────────────────


def test_a_sheet_that_is_not_there(file):
    only(file, "there is no sheet 'Value'", "SROI Value Map", sheet="Value")


def test_a_workbook_without_a_map(tmp_path):
    path = tmp_path / "map.xlsx"
    book = openpyxl.Workbook()
    book.active["A1"] = "Shopping"
    book.save(path)
    only(path, "no row holds the headings", "--sheet")


def test_an_empty_workbook(tmp_path):
    path = tmp_path / "map.xlsx"
    openpyxl.Workbook().save(path)
    only(path, "no row holds the headings")


def test_the_sheet_that_looks_most_like_a_map_is_taken(file):
    book = openpyxl.load_workbook(file)
    guidance = book.create_sheet("Guidance", 0)
    guidance.append(["Stakeholders", "Outcomes", "Deadweight"])
    book.save(file)
    assert sroi.import_value_map(file, **OPTIONS).sheet == "SROI Value Map"


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("quantity", "Quantity"),
        ("value", "Value of proxy"),
        ("stakeholder", "Stakeholders"),
        ("outcome", "Outcomes"),
    ],
)
def test_a_map_without_a_column_that_it_needs(tmp_path, key, words):
    path = tmp_path / "map.xlsx"
    headings = [
        (band, "Blodwen" if each == key else heading, "" if each == key else question, each)
        for band, heading, question, each in HEADINGS
    ]
    write_map(path, club(), headings=headings)
    only(path, f"headed {words}", f"columns: {{{key}:", "Blodwen")


def test_a_map_without_rows(tmp_path):
    path = tmp_path / "map.xlsx"
    write_map(path, club(), change=lambda sheet, _: sheet.delete_rows(FIRST, 20))
    only(path, "no outcomes below its headings")


def test_what_the_sheet_does_not_say_is_asked_for_all_at_once(file):
    only(
        file,
        "currency, price year, first year",
        "--currency GBP --price-year 2024 --first-year 2024",
        currency=None,
        price_year=None,
        first_year=None,
    )


# ── Cells that no study can say
# ──────────────────────────────────────────────────────────────────────────────────────────

WRONG = {
    "a share above 100%": (f"P{FIRST}", "130%", "deadweight", "0 to 1"),
    "a share below 0": (f"S{FIRST}", "-10%", "drop_off", "0 to 1"),
    "a duration of 0": (f"K{FIRST}", 0, "duration", "above 0"),
    "a duration beyond belief": (f"K{FIRST}", 500, "duration", "125"),
    "a group of fewer than nobody": (f"B{FIRST}", -3, "size", "-3"),
}


@pytest.mark.parametrize("mistake", WRONG)
def test_a_cell_out_of_bounds_is_named(tmp_path, mistake):
    cell, written, field, wanted = WRONG[mistake]
    path = tmp_path / "map.xlsx"
    write_map(path, club(), change=lambda sheet, _: sheet.__setitem__(cell, written))
    problems = [problem for problem in refused(path) if problem.path.endswith(field)]
    assert problems, mistake
    assert problems[0].file.endswith(f"SROI Value Map!{cell}")
    assert wanted in str(problems[0])


@pytest.mark.parametrize("written", ["about forty", "10-15", "12/25", "#DIV/0!", True])
def test_a_quantity_that_is_no_number_is_not_assessed_and_told(tmp_path, written):
    path = tmp_path / "map.xlsx"
    write_map(path, club(), change=lambda sheet, _: sheet.__setitem__(f"J{FIRST}", written))
    found = sroi.import_value_map(path, **OPTIONS)
    quantity = found.study.outcomes["less_lonely"].quantity
    assert quantity is None or quantity.value is None
    assert any(note.startswith(f"J{FIRST}: ") for note in found.notes)
    assert [problem.path for problem in found.missing] == ["outcomes.less_lonely.quantity"]


@pytest.mark.parametrize(
    "written", [1e101, "9" * 400, "9" * 5_000, "1e400", "1e99999999999999999999", "1e100m"]
)
def test_a_quantity_that_is_too_large_is_told(tmp_path, written):
    path = tmp_path / "map.xlsx"
    write_map(path, club(), change=lambda sheet, _: sheet.__setitem__(f"J{FIRST}", written))
    found = sroi.import_value_map(path, **OPTIONS)
    (note,) = [note for note in found.notes if note.startswith(f"J{FIRST}: ")]
    assert "too large to be reckoned with; write a number up to 1e+100" in note
    assert [problem.path for problem in found.missing] == ["outcomes.less_lonely.quantity"]


@pytest.mark.parametrize("written", ["1e-400", "1e-99999999999999999999", "0.1e-323%"])
def test_a_quantity_of_which_nothing_is_left_is_no_nought(tmp_path, written):
    path = tmp_path / "map.xlsx"
    write_map(path, club(), change=lambda sheet, _: sheet.__setitem__(f"J{FIRST}", written))
    found = sroi.import_value_map(path, **OPTIONS)
    assert [problem.path for problem in found.missing] == ["outcomes.less_lonely.quantity"]


def test_a_fraction_among_percentages_is_asked_about_and_never_guessed(tmp_path):
    path = tmp_path / "map.xlsx"
    write_map(path, club(), shares="whole", change=lambda sheet, _: sheet.__setitem__(f"P{FIRST}", 0.3))
    found = sroi.import_value_map(path, **OPTIONS)
    assert found.study.outcomes["less_lonely"].deadweight.value is None
    assert any(note.startswith(f"P{FIRST}: ") for note in found.notes)


# ── Mapping files
# ────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "line", "fragments"),
    [
        ("column: {quantity: J}", 1, ("column is not known", "columns")),
        ("columns: {quantities: J}", 1, ("quantities is not known", "quantity")),
        ("study: {curency: GBP}", 1, ("curency", "currency")),
        ("columns: [J]", 1, ("not a mapping",)),
        ("sheet: SROI Value Map\nheader_row: seven", 2, ("seven is not a row",)),
        ("ignore: I", 1, ("not a list",)),
        ("years: {first: U}", 1, ("numbered from 0",)),
    ],
)
def test_a_mistake_in_a_mapping_file(file, tmp_path, text, line, fragments):
    mapping = tmp_path / "mapping.yaml"
    mapping.write_text(text, encoding="utf-8")
    with pytest.raises(sroi.DocumentError) as caught:
        sroi.import_value_map(file, mapping=mapping, **OPTIONS)
    (problem,) = caught.value.problems
    assert (problem.file, problem.line) == (str(mapping), line)
    assert problem.hint
    for fragment in fragments:
        assert fragment in str(problem)


def test_a_mapping_of_a_column_that_is_not_there(file, tmp_path):
    mapping = tmp_path / "mapping.yaml"
    mapping.write_text("columns: {quantity: Number of cats}", encoding="utf-8")
    only(file, "no column 'Number of cats'", mapping=mapping)


# ── Whatever stands in the cells
# ─────────────────────────────────────────────────────────────────────────────────────────

CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**6), 10**6),
    st.floats(allow_nan=False, allow_infinity=False),
    st.dates(),
    st.sampled_from(
        [
            "25%",
            "£1,200",
            "n/a",
            "Total",
            "Year 1",
            "Source",
            "1",
            "2",
            "#REF!",
            "Stakeholders",
            "=1+1",
            "(500)",
            "1:4.2",
        ]
    ),
    st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Cn")), max_size=12),
)


@given(
    changes=st.lists(
        st.tuples(st.integers(FIRST - 4, FIRST + 9), st.integers(1, 25), CELLS), min_size=1, max_size=12
    )
)
@example(changes=[(FIRST, 5, 0), (FIRST + 4, 5, 0)])  # a ratio whose printed investment is nothing
@example(changes=[(FIRST, 20, 2.225073858507203e-309)])
@example(changes=[(FIRST + 7, 2, "²"), (1, 3, "Price year"), (1, 4, "²")])
def test_no_cell_brings_the_reader_down(changes, tmp_path_factory):
    path = tmp_path_factory.mktemp("fuzz") / "map.xlsx"

    def scatter(sheet, _):
        for row, column, value in changes:
            cell = sheet.cell(row, column)
            if not isinstance(cell, openpyxl.cell.MergedCell):
                cell.value = value
                if isinstance(value, str):
                    cell.data_type = "s"

    write_map(path, club(), change=scatter)
    with contextlib.suppress(sroi.DocumentError):
        found = sroi.import_value_map(path, **OPTIONS)
        assert sroi.loads(found.text) == found.study


@given(junk=st.binary(max_size=2000))
def test_no_bytes_bring_the_reader_down(junk, tmp_path_factory):
    path = tmp_path_factory.mktemp("fuzz") / "map.xlsx"
    path.write_bytes(junk)
    with pytest.raises(sroi.DocumentError):
        sroi.import_value_map(path, **OPTIONS)
