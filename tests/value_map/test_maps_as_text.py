"""Maps that were saved as text: delimiters, encodings, and commas that may be two things."""

import contextlib
import csv
import io

import pytest
from small_maps import FIRST, GRANT, OPTIONS, RATIO, SECOND, TITLES, ratio

import sroi


@pytest.fixture
def imported(tmp_path):
    """Writes rows as text and reads them."""

    def read(*rows, delimiter=",", encoding="utf-8", name="map.csv", quoting=csv.QUOTE_MINIMAL, **options):
        text = io.StringIO()
        lines = csv.writer(text, delimiter=delimiter, quoting=quoting, quotechar='"', escapechar="\\")
        lines.writerows([["" if cell is None else cell for cell in row] for row in rows])
        path = tmp_path / name
        path.write_bytes(text.getvalue().encode(encoding))
        return sroi.import_value_map(path, **(OPTIONS | options))

    return read


WHOLE = (TITLES, GRANT, FIRST, SECOND)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_a_map_saved_as_text_is_read(imported, delimiter, encoding):
    total = ["Total – all", None, "£60,000", None, 150, *[None] * 7, "188,550.00"]
    found = imported(*WHOLE, total, ["SROI ratio", "3.14"], delimiter=delimiter, encoding=encoding)
    assert ratio(found) == pytest.approx(RATIO)
    assert (found.compared, found.disagreements) == (5, ())
    told = "the text is not UTF-8; it was read as Windows-1252 (– £)"
    assert (told in found.notes) == (encoding == "cp1252")
    assert [each.cell for each in imported(*WHOLE, ["SROI", "3.10"]).disagreements] == ["map!B5"]


@pytest.mark.parametrize("column", range(4, 13))
@pytest.mark.parametrize(
    "written", ["9" * 400, "9" * 5_000, "1e400", "-1e308", "1e-400"], ids=lambda text: text[:9]
)
def test_no_figure_of_any_length_brings_the_reader_down(imported, column, written):
    """Among them where an outcome starts, which is a number of its own kind."""
    with contextlib.suppress(sroi.DocumentError):
        found = imported(TITLES, GRANT, [*FIRST[:column], written, *FIRST[column + 1 :]])
        assert sroi.loads(found.text) == found.study
        assert found.notes


@pytest.mark.parametrize("name", ["map.tsv", "map.TXT"])
def test_other_endings_of_text_are_read(imported, name):
    assert ratio(imported(*WHOLE, delimiter="\t", name=name)) == pytest.approx(RATIO)


def test_decimal_commas_of_a_semicolon_file_are_read_and_told(imported):
    outcome = ["Members", "", "", "Less lonely", "100", "0,5", "1", "41,50", "12,5%", 0, 0, 0, "3.631,25"]
    found = imported(TITLES, ["Council", "Grant", "1.000,00"], outcome, delimiter=";")
    assert found.study.outcomes["less_lonely"].value.value == 41.5
    assert ratio(found) == pytest.approx(50 * 41.5 * 0.875 / 1000)
    assert any(note.startswith("C2: a comma parts the decimals") for note in found.notes)


def test_a_point_before_three_digits_is_asked_about_where_nothing_says_what_it_is(imported):
    outcome = [*FIRST[:7], "15.125", *FIRST[8:12], 1512]
    found = imported(TITLES, GRANT, outcome, delimiter=";")
    assert [cell for cell, _ in found.unread_cells] == ["H3"]
    for more in ({"delimiter": ","}, {"delimiter": ";", "shares": "0.25"}):
        row = [*outcome[:8], more.pop("shares", 0), *outcome[9:]]
        assert imported(TITLES, GRANT, row, **more).study.outcomes["less_lonely"].value.value == 15.125


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([["Council", "Grant", 60, "000"], FIRST], "map!C2: 60,000 may be one figure"),
        ([GRANT, [*FIRST[:7], 1, "500", *FIRST[8:]]], "map!A3: the row has more cells than the headings"),
    ],
)
def test_a_figure_that_its_comma_has_parted_is_refused(imported, rows, said):
    with pytest.raises(sroi.DocumentError) as refused:
        imported(TITLES, *rows)
    assert said in str(refused.value)


def test_a_note_behind_the_headings_is_listed(imported):
    found = imported(TITLES, GRANT, [*FIRST, "a note"], SECOND)
    assert found.unread_columns == (("N", "no heading; N3 holds “a note”"),)
    assert ratio(found) == pytest.approx(RATIO)


@pytest.mark.parametrize(
    ("data", "options", "said"),
    [
        ("Stakeholders,£5".encode("cp850"), {}, "cannot be told"),
        (b"a,b\n1,2\n", {}, "no row holds the headings"),
        (b"a,b\n", {"sheet": "Map"}, "a text has no sheets"),
        (b"\n" * 5_001 + b"a", {}, "reaches too far"),
    ],
)
def test_a_text_that_is_no_map_is_refused(tmp_path, data, options, said):
    path = tmp_path / "map.csv"
    path.write_bytes(data)
    with pytest.raises(sroi.DocumentError, match=said):
        sroi.import_value_map(path, **(OPTIONS | options))
    with pytest.raises(sroi.DocumentError, match="no such file"):
        sroi.import_value_map(tmp_path / "nothing.csv", **OPTIONS)


@pytest.mark.parametrize("written", ["60.000", "1.200"])
def test_a_point_before_three_digits_is_in_doubt_in_a_text_with_commas_between_cells_too(imported, written):
    found = imported(TITLES, [*GRANT[:2], written, *GRANT[3:]], FIRST, SECOND)
    assert [cell for cell, why in found.unread_cells if written.rstrip("0").rstrip(".") in why] == ["C2"]
