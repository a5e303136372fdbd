"""The report as PDF: tagged, British English, the same content, the same bytes."""

import io
import re

import pypdf
import pytest
from helpers import small

import sroi
from sroi.reports.content import content
from sroi.reports.pdf import pdf
from sroi.reports.printed import MOST_PAGES, printed


@pytest.fixture(scope="module")
def derby():
    return content(sroi.load("local-area-coordination", borough="derby"), draws=500, date="2026-11-24")


@pytest.fixture(scope="module")
def reader(derby):
    return pypdf.PdfReader(io.BytesIO(pdf(derby)))


def elements(node):
    """Every element of the tree of tags."""
    found = node.get_object()
    if isinstance(found, pypdf.generic.ArrayObject):
        for each in found:
            yield from elements(each)
    elif isinstance(found, pypdf.generic.DictionaryObject):
        if "/S" in found:
            yield found
        if "/K" in found:
            yield from elements(found["/K"])


def flat(text):
    return re.sub(r"\s+", "", text.replace("\u2060", "").replace("\u00a0", " "))


def test_it_is_tagged_titled_and_in_british_english(derby, reader):
    catalogue = reader.trailer["/Root"]
    assert catalogue["/MarkInfo"]["/Marked"]
    assert catalogue["/Lang"].lower() == "en-gb"
    assert catalogue["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata.title == derby.title
    assert "<pdfuaid:part>1</pdfuaid:part>" in catalogue["/Metadata"].get_data().decode()


def test_headings_tables_and_pictures_are_what_their_tags_say(derby, reader):
    tags = list(elements(reader.trailer["/Root"]["/StructTreeRoot"]["/K"]))
    kinds = [tag["/S"] for tag in tags]
    assert kinds.count("/H1") == len(printed(derby).headings) + 1
    assert kinds.count("/TH") > 100
    alts = [flat(tag["/Alt"]) for tag in tags if tag["/S"] == "/Figure"]
    drawn = [derby.strip, *derby.figures]
    assert alts == [flat(figure.alt) for figure in drawn]


def test_it_says_what_the_other_formats_say(derby, reader):
    text = flat("".join(page.extract_text() for page in reader.pages))
    assert flat(derby.statement) in text
    assert flat(derby.answer.sentence) in flat(reader.pages[0].extract_text())
    assert "24November2026" in text
    for section in derby.sections:
        assert flat(section.title) in text
        for paragraph in section.paragraphs:
            assert flat(paragraph[:60]) in text


def test_the_main_part_has_at_most_eight_pages_and_charts_are_no_pixels(reader):
    texts = [page.extract_text() for page in reader.pages]
    first = next(n for n, text in enumerate(texts[2:], 3) if "Appendix A." in text.replace("\u00a0", " "))
    assert first <= MOST_PAGES + 1
    assert "Contents" in texts[1]
    assert not any(page.images for page in reader.pages)


def test_text_of_a_study_is_text():
    hostile = "#panic() *x* $y$ <label> @ref [z] `code` // \\ {{ 7*7 }} & <script>"
    made = pdf(content(sroi.Study.model_validate(small({"title": hostile})), draws=10))
    assert pypdf.PdfReader(io.BytesIO(made)).metadata.title == hostile


def test_a_letter_that_no_font_has_is_told_and_not_left_out():
    study = sroi.Study.model_validate(small({"title": "Lunch club \U000f0000"}))
    with pytest.raises(sroi.DocumentError, match="no font here has all letters"):
        pdf(content(study, draws=10))
