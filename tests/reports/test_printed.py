"""Reports on paper: a short main part, every page counted right, and no number divided."""

import re
import shutil
import subprocess
from itertools import pairwise

import pytest
from helpers import outcome, small
from sheets import needs_libreoffice

import sroi
from sroi.reports import measuring, word
from sroi.reports.blocks import Grid, Heading, Paragraph
from sroi.reports.content import content
from sroi.reports.paging import STYLES, Paper, placed
from sroi.reports.printed import MOST_PAGES, printed
from sroi.tables import Table
from sroi.text import unbroken


def many_outcomes(count=40):
    title = (
        "People who live alone are seen more often and say that they can count on somebody nearby, group {}"
    )
    ranged = {"value": 5000, "low": 1000, "high": 9000, "rationale": "a guess " * 20}
    outcomes = {f"o{n}": outcome(title=title.format(n), value=ranged) for n in range(count)}
    return content(sroi.Study.model_validate(small(outcomes=outcomes)), draws=200)


STUDIES = {
    "derby": lambda: content(sroi.load("local-area-coordination", borough="derby"), draws=500),
    "haringey": lambda: content(sroi.load("local-area-coordination", borough="haringey"), draws=500),
    "lunch club": lambda: content(sroi.load("examples/lunch-club.yaml"), draws=500),
    "one outcome": lambda: content(sroi.Study.model_validate(small()), draws=100),
    "forty": many_outcomes,
}


@pytest.fixture(scope="module", params=STUDIES)
def found(request):
    return STUDIES[request.param]()


@pytest.fixture(scope="module")
def printed_pages(found, libreoffice):
    """The text of each page of the Word report as LibreOffice prints it."""
    (made,) = libreoffice.converted([word.document(found)], "pdf", "docx")
    text = subprocess.run(
        ["pdftotext", "-layout", str(made), "-"], capture_output=True, check=True, timeout=60
    )
    return text.stdout.decode().replace("\u2060", "").replace("\u00a0", " ").split("\f")[:-1]


needs_pdftotext = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not installed")


@needs_libreoffice
@needs_pdftotext
@pytest.mark.office
def test_every_section_stands_on_the_page_that_the_contents_name(found, printed_pages):
    listed = dict(re.findall(r"^ *(\S.*?)[. ]{4,}(\d+)$", printed_pages[1], re.MULTILINE))
    headings = [heading.text.replace("\u00a0", " ") for heading in printed(found).headings]
    assert list(listed) == headings
    for heading, number in listed.items():
        lines = [line.strip() for line in printed_pages[int(number) - 1].splitlines()]
        assert heading in lines, (heading, number)


@needs_libreoffice
@needs_pdftotext
@pytest.mark.office
def test_the_answer_is_page_one_and_the_main_part_has_at_most_eight_pages(printed_pages):
    assert "Safe to quote" in printed_pages[0]
    assert "Contents" not in printed_pages[0]
    assert "Contents" in printed_pages[1]
    begins = re.compile(r"^ *Appendix A\. [^.]+$", re.MULTILINE)
    first = next(n for n, text in enumerate(printed_pages, 1) if begins.search(text))
    assert first <= MOST_PAGES + 1


def test_what_the_main_part_leaves_out_stands_in_an_appendix_once(found):
    report = printed(found)
    blocks = [block for part in (report.main, report.appendices) for each in part.values() for block in each]
    titles = [block.title for block in blocks if getattr(block, "label", "") == "Table"]
    said = [unbroken(table.title) for section in found.sections for table in section.tables]
    assert sorted(title for title in titles if title != "The result in figures") == sorted(said)


def test_a_heading_is_not_left_at_the_foot_of_a_page(found):
    report = printed(found)
    paper = Paper(shapes=found.shapes)
    flow = placed([block for each in report.main.values() for block in each], paper, page=2, used=300)
    for one, other in pairwise(flow):
        if one.block.together:
            assert one.page == other.page


def test_a_long_table_goes_on_under_its_headings_with_no_row_lost():
    table = Table("", ("A", ">B"), tuple((f"row {n}", str(n)) for n in range(200)))
    parts = placed([Heading("H", "h"), Grid(table)], Paper())
    grids = [each.block for each in parts if isinstance(each.block, Grid)]
    assert tuple(row for grid in grids for row in grid.table.rows) == table.rows
    assert [each.page for each in parts if isinstance(each.block, Grid)] == list(range(1, len(grids) + 1))
    assert len(grids) > 3
    assert all(grid.whole == table for grid in grids)


def test_a_new_page_begins_where_the_text_is_full():
    paper = Paper()
    line = paper.text("a", "Normal")
    count = int(paper.height // line)
    flow = placed([Paragraph("a")] * (count + 1), paper)
    assert [(each.page, each.begins) for each in flow[-2:]] == [(1, False), (2, True)]


def test_columns_fill_the_room_and_hold_every_number_unbroken():
    long = "a very long text that goes on and on " * 8
    rows = (("First outcome of many", "−\u2060£1,234,567", long), ("Second", "£3 million", long))
    table = Table("", ("Outcome", ">Present value", "Why"), rows)
    for room in (200.0, 470.0, 717.0):
        sizes = measuring.columns(table, room, 8.5)
        assert sum(sizes) == pytest.approx(room)
        assert sizes[1] >= measuring.width("−\u2060£1,234,567", 8.5)
    assert sizes[2] == max(sizes)


def test_lines_are_counted_by_words_and_long_words_are_broken():
    assert measuring.lines("one two three", 10, 1000) == 1
    assert measuring.lines("one two three", 10, measuring.width("one two", 10) + 0.1) == 2
    assert measuring.lines("m" * 30, 10, measuring.width("m" * 10, 10) + 0.1) == 3


def test_the_styles_that_pages_are_counted_by_are_those_of_the_shipped_template():
    from sroi.reports import wordstyles

    shipped = word._opened(word.TEMPLATE).docx
    assert wordstyles.types(shipped, wordstyles.given_styles(shipped, shipped)) == STYLES
