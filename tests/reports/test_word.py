"""Word reports: all that the content says is in the document as written, and nothing of it is executed."""

import io
import re
import zipfile
from collections import Counter
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from helpers import outcome, small
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import sroi
from sroi.reports import word
from sroi.reports.blocks import Caption, Picture
from sroi.reports.content import content
from sroi.reports.parts import safe_link
from sroi.reports.printed import printed
from sroi.reports.wordml import plain

ROOT = Path(__file__).parent.parent.parent
HOSTILE = "<script>alert(1)</script> & \"'| `x` {{ 7*7 }} {% for x in y %} {_{ }_} {# no #} <w:p/> ]]> "
HOSTILE += "&lt; \x00\x0b\ufffe"


def document_of(found, **arguments):
    return docx.Document(io.BytesIO(word.document(found, **arguments)))


def small_content(changes=None, **sections):
    return content(sroi.Study.model_validate(small(changes or {}, **sections)), draws=100)


@pytest.fixture(scope="module")
def derby():
    return content(sroi.load("local-area-coordination", borough="derby"), draws=1000, date="2026-11-24")


@pytest.fixture(scope="module")
def written(derby):
    return word.document(derby)


def cells_of(document: Document):
    return [[cell.text for cell in row.cells] for table in document.tables for row in table.rows]


def of_printed(found, kind):
    report = printed(found)
    parts = (report.opening, *report.main.values(), *report.appendices.values())
    return [block for blocks in parts for block in blocks if isinstance(block, kind)]


def bare(text):
    """A text without what ties its numbers together."""
    return text.replace("\u2060", "").replace("\u00a0", " ")


def test_every_cell_of_every_table_is_in_the_document_as_often_as_it_is_said(derby, written):
    tables = [table for section in derby.sections for table in section.tables]
    expected = Counter(tuple(map(plain, row)) for table in tables for row in table.rows)
    found = Counter(tuple(map(bare, row)) for row in cells_of(docx.Document(io.BytesIO(written))))
    assert {row: found[row] for row in expected} == dict(expected)


def test_every_sentence_and_heading_is_in_the_document(derby, written):
    said = [bare(paragraph.text) for paragraph in docx.Document(io.BytesIO(written)).paragraphs]
    assert derby.title in said
    assert derby.subtitle in said
    assert derby.statement in said
    assert derby.answer.sentence in said
    assert "24 November 2026" in said
    for section in derby.sections:
        assert any(line.endswith(section.title) for line in said)
        assert set(map(plain, section.paragraphs)) <= set(said)
    assert "Appendix B. Value map" in said


def test_page_one_is_the_answer_and_the_contents_begin_the_next(derby, written):
    body = docx.Document(io.BytesIO(written)).element.body
    text = body.xml
    first, _, rest = text.partition("Contents</w:t>")
    for words in (derby.answer.opening, *(fact.label for fact in derby.answer.facts), "Safe to quote"):
        assert words in bare(first)
    assert first.count("<w:drawing>") == 1
    assert plain(derby.strip.alt) in bare(first).replace("&#163;", "£")
    assert "w:pageBreakBefore" in first.rpartition("<w:p>")[2]
    assert "Summary" in rest


def test_the_contents_are_a_field_with_its_numbers_filled_in(derby, written):
    parts = zipfile.ZipFile(io.BytesIO(written))
    text, settings = (parts.read(f"word/{name}.xml").decode() for name in ("document", "settings"))
    assert r'TOC \o "1-1" \h \z \u' in text
    assert '<w:updateFields w:val="true"/>' in settings
    assert settings.index("updateFields") < settings.index("w:compat")
    numbers = [int(each) for each in re.findall(r"PAGEREF section_\w+ \\h .*?>(\d+)</w:t>", text)]
    assert len(numbers) == len(printed(derby).headings)
    assert numbers == sorted(numbers)
    assert numbers[0] == 2
    signs = [text.count(f'w:fldCharType="{kind}"') for kind in ("begin", "separate", "end")]
    assert signs[0] == signs[1] == signs[2] > len(numbers)


def test_the_headings_are_headings_and_each_caption_stands_once(derby, written):
    document = docx.Document(io.BytesIO(written))
    headings = [each.text for each in document.paragraphs if each.style.name == "Heading 1"]
    assert headings == [heading.text for heading in printed(derby).headings]
    captions = [each.text for each in document.paragraphs if each.style.name == "Caption"]
    numbered = [f"{each.label}\u00a0{each.number}. {each.text}" for each in of_printed(derby, Caption)]
    assert captions == numbered
    assert len(set(captions)) == len(captions)
    assert "SEQ Table" in document.element.xml


def test_the_language_is_british_english(written):
    styles = zipfile.ZipFile(io.BytesIO(written)).read("word/styles.xml").decode()
    assert set(re.findall(r'<w:lang [^>]*w:val="([^"]+)"', styles)) == {"en-GB"}
    assert docx.Document(io.BytesIO(written)).core_properties.language == "en-GB"


def test_no_line_end_can_divide_a_number(written):
    said = [each.text for each in docx.Document(io.BytesIO(written)).paragraphs]
    said += [cell for row in cells_of(docx.Document(io.BytesIO(written))) for cell in row]
    assert any("2015-\u206016" in each for each in said)
    for each in said:
        if safe_link(bare(each)) is None:
            assert not re.search(r"−[£$]|\d[-–]\d|\d (million|per cent|years?\b)", each), each


def test_headings_of_tables_repeat_on_every_page(written):
    text = zipfile.ZipFile(io.BytesIO(written)).read("word/document.xml").decode()
    assert text.count("<w:tblHeader/>") > 20


def test_charts_are_pictures_of_200_dots_an_inch_with_words_for_those_who_cannot_see_them(derby, written):
    document = docx.Document(io.BytesIO(written))
    shapes = document.inline_shapes
    alts = [shape._inline.docPr.get("descr") for shape in shapes]
    assert alts == [plain(each.alt) for each in of_printed(derby, Picture)]
    for shape in shapes:
        part = document.part.related_parts[shape._inline.graphic.graphicData.pic.blipFill.blip.embed]
        pixels = int.from_bytes(part.blob[16:20], "big")
        assert pixels / shape.width.inches == pytest.approx(200, abs=1)


def test_the_same_content_gives_the_same_bytes_and_no_clock_is_in_them(derby, written):
    assert word.document(derby) == written
    archive = zipfile.ZipFile(io.BytesIO(written))
    assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    properties = docx.Document(io.BytesIO(written)).core_properties
    assert properties.created.year == properties.modified.year == 2000
    assert properties.title == derby.title
    assert properties.last_modified_by == ""


def test_text_of_a_study_is_text():
    found = small_content(
        {"title": HOSTILE},
        stakeholders={"people": {"title": HOSTILE}, "council": {"title": "Council", "party": "state"}},
        outcomes={
            "change": outcome(title=HOSTILE, indicator=HOSTILE, value={"value": 5, "rationale": HOSTILE})
        },
        claims={"c": {"says": HOSTILE, "ratio": 2, "meaning": "social_value"}},
        limitations=[HOSTILE],
    )
    document = document_of(found)
    said = [paragraph.text for paragraph in document.paragraphs]
    assert plain(HOSTILE) in said
    assert plain(HOSTILE) in {cell for row in cells_of(document) for cell in row}
    assert "{{ 7*7 }}" in plain(HOSTILE)
    assert document.sections[0].header.paragraphs[0].text == plain(HOSTILE)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40).filter(
        lambda text: text.strip()
    )
)
def test_any_text_comes_through_as_it_was_written(text):
    document = small()
    document["title"] = f"x{text}x"
    document["limitations"] = f"x{text}x"
    document["outcomes"]["change"]["title"] = f"x{text}x"
    found = content(sroi.Study.model_validate(document), draws=10)
    # without charts, which have tests of their own and take most of the time
    chartless = replace(found, sections=tuple(replace(section, figures=()) for section in found.sections))
    written = document_of(chartless)
    expected = bare(plain(f"x{text}x"))
    said = [bare(paragraph.text) for paragraph in written.paragraphs]
    assert said.count(expected) >= 2
    assert expected in {bare(cell) for row in cells_of(written) for cell in row}


def test_only_web_and_mail_addresses_become_links():
    sources = {
        "good": {"title": "Good", "url": "https://example.org/?a=1&b=2"},
        "words": {"title": "Words", "publisher": "javascript:alert(1)", "url": "held by the club"},
    }
    outcomes = {
        "a": outcome(value={"value": 5, "source": "good"}),
        "b": outcome(value={"value": 5, "source": "words", "rationale": "file:///etc/passwd"}),
    }
    document = document_of(small_content(outcomes=outcomes, sources=sources))
    links = {rel.target_ref for rel in document.part.rels.values() if rel.is_external}
    assert links == {"https://example.org/?a=1&b=2"}


def test_contents_lead_to_the_headings(written):
    text = zipfile.ZipFile(io.BytesIO(written)).read("word/document.xml").decode()
    anchors = re.findall(r'w:anchor="(section_\w+)"', text)
    assert len(anchors) == 21
    assert set(anchors) == set(re.findall(r'w:bookmarkStart w:id="\d+" w:name="(section_\w+)"', text))


def test_a_study_with_nothing_uncertain_is_reported():
    said = [paragraph.text for paragraph in document_of(small_content()).paragraphs]
    assert any("nobody has said how far it may be out" in line for line in said)


# ── Templates of one's own
# ────────────────────────────────────────────────────────────────────────────────────────────


def template(tmp_path, *paragraphs):
    made = docx.Document()
    for text in paragraphs:
        made.add_paragraph(text)
    path = tmp_path / "own.docx"
    made.save(path)
    return path


def test_a_template_of_ones_own_takes_in_what_it_asks_for(tmp_path):
    own = template(
        tmp_path,
        "Borough of Somewhere",
        "{{ title }}",
        '{{p sections["method"] }}',
        "{{p report }}",
        "Printed by us",
    )
    document = document_of(small_content(), template=own)
    said = [paragraph.text for paragraph in document.paragraphs]
    assert said[:2] == ["Borough of Somewhere", "Small study"]
    assert said[-1] == "Printed by us"
    assert any("Method in full" in line for line in said)
    assert "Limitations" in said
    assert not any("Glossary" in line for line in said)


def test_a_template_without_our_styles_is_given_them_in_its_own_font(tmp_path):
    own = template(tmp_path, "{{ title }}", "{{p contents }}", "{{p report }}", "{{p appendices }}")
    document = document_of(small_content(), template=own)
    names = {style.name for style in document.styles}
    assert {"Report Table", "Table Text", "Table Small", "Note", "Picture", "Lead", "toc 1"} <= names
    assert document.tables[0].style.name == "Report Table"
    assert document.tables[0].cell(0, 0).paragraphs[0].style.name.startswith("Table ")
    assert document.styles["Note"].font.name is None
    assert document.core_properties.language == "en-GB"


def test_a_template_whose_styles_have_other_identifiers_is_written_in_them(tmp_path):
    made = docx.Document()
    made.styles["Heading 1"].element.set(qn("w:styleId"), "berschrift1")
    made.add_paragraph("{{p report }}")
    made.save(tmp_path / "own.docx")
    document = document_of(small_content(), template=tmp_path / "own.docx")
    headings = [each for each in document.paragraphs if each.text == "Limitations"]
    assert [each.style.style_id for each in headings] == ["berschrift1"]
    assert not any(each.paragraph_format.page_break_before for each in document.paragraphs)


def test_a_template_with_a_tag_that_no_report_has_is_refused(tmp_path):
    own = template(tmp_path, "{{ titel }} {{ budget_code }}", "{{p report }}")
    with pytest.raises(sroi.DocumentError) as refused:
        word.document(small_content(), template=own)
    unknown, misspelt = map(str, refused.value.problems)
    known = "answer, appendices, contents, date, headline, report, sections, statement, subtitle, title"
    assert unknown == f"{own}: the template has a tag budget_code, which no report has; known here: {known}"
    assert misspelt == f"{own}: the template has a tag titel, which no report has; did you mean title?"


@pytest.mark.parametrize(
    "tag", ["{{ title", "{% if %}x{% endif %}", "{{ title | nothing }}", "{% for x in headline %}"]
)
def test_a_template_with_a_broken_tag_is_refused(tmp_path, tag):
    with pytest.raises(sroi.DocumentError, match="a tag of the template"):
        word.document(small_content(), template=template(tmp_path, "{{p report }}", tag))


def test_a_template_without_a_place_for_the_report_is_refused(tmp_path):
    with pytest.raises(sroi.DocumentError, match="no tag of the template takes in the report"):
        word.document(small_content(), template=template(tmp_path, "{{ title }}"))


def test_an_unknown_section_is_refused(tmp_path):
    with pytest.raises(sroi.DocumentError, match="a tag of the template cannot be filled"):
        word.document(small_content(), template=template(tmp_path, '{{p sections["metod"] }}'))


def test_a_template_cannot_reach_into_the_machine(tmp_path):
    own = template(tmp_path, "{{ title.__class__.__mro__ }}", "{{p report }}")
    with pytest.raises(sroi.DocumentError, match="a tag of the template cannot be filled"):
        word.document(small_content(), template=own)


def test_what_is_no_word_file_is_refused(tmp_path):
    text = tmp_path / "own.docx"
    text.write_text("not a document", encoding="utf-8")
    archive = tmp_path / "zip.docx"
    with zipfile.ZipFile(archive, "w") as made:
        made.writestr("a.txt", "x")
    for file, what in (
        (text, "it is not a Word file"),
        (archive, "it is not a Word file"),
        (tmp_path / "missing.docx", "there is no such file"),
    ):
        with pytest.raises(sroi.DocumentError, match=what):
            word.document(small_content(), template=file)
