"""The reports under examples/ are what the package writes today, but for what other libraries write."""

import html
import io
import math
import re
import zipfile
from pathlib import Path

import openpyxl
import pytest

import sroi

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "examples" / "reports"
PLACES = ("derby", "haringey")
ENDINGS = (".html", ".xlsx", ".docx", ".md")
HOW = "run: sroi report local-area-coordination --borough {0} -o examples/reports/{0}.html -o … --force"


@pytest.fixture(scope="module", params=PLACES)
def place(request, tmp_path_factory):
    """A place, and its reports as they are written today."""
    folder = tmp_path_factory.mktemp(request.param)
    study = sroi.load("local-area-coordination", borough=request.param)
    sroi.report(study, [folder / f"{request.param}{ending}" for ending in ENDINGS])
    return request.param, folder


def words_of_a_page(text):
    """The words of a page, without drawings and the libraries that draw."""
    text = re.sub(r"<(script|svg|style)\b.*?</\1>", " ", text, flags=re.DOTALL)
    return html.unescape(re.sub(r"<[^>]*>", " ", text)).split()


def words_of_a_document(data):
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        return re.sub(r"<[^>]*>", " ", parts.read("word/document.xml").decode()).split()


def cells_of(data, *, values):
    book = openpyxl.load_workbook(io.BytesIO(data), data_only=values)
    return {
        f"{sheet.title}!{cell.coordinate}": cell.value
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }


def test_markdown(place):
    name, folder = place
    assert (FOLDER / f"{name}.md").read_text(encoding="utf-8") == (folder / f"{name}.md").read_text(
        encoding="utf-8"
    ), HOW.format(name)


def test_pages(place):
    name, folder = place
    written, made = ((where / f"{name}.html").read_text(encoding="utf-8") for where in (FOLDER, folder))
    assert words_of_a_page(written) == words_of_a_page(made), HOW.format(name)


def test_documents(place):
    name, folder = place
    written, made = ((where / f"{name}.docx").read_bytes() for where in (FOLDER, folder))
    assert words_of_a_document(written) == words_of_a_document(made), HOW.format(name)


def test_workbooks(place):
    name, folder = place
    written, made = ((where / f"{name}.xlsx").read_bytes() for where in (FOLDER, folder))
    formulas, ours = cells_of(written, values=False), cells_of(made, values=False)
    assert formulas.keys() == ours.keys(), HOW.format(name)
    for each in (formulas, ours):
        assert any(isinstance(value, str) and value.startswith("=") for value in each.values())
    cached, wanted = cells_of(written, values=True), cells_of(made, values=True)
    assert not {
        cell: (value, wanted.get(cell)) for cell, value in cached.items() if not same(value, wanted.get(cell))
    }, HOW.format(name)
    assert not {
        cell: (value, ours[cell]) for cell, value in formulas.items() if not same(value, ours[cell])
    }, HOW.format(name)


def same(one, other):
    if isinstance(one, float | int) and isinstance(other, float | int) and not isinstance(one, bool):
        return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-9)
    return one == other


def test_the_same_study_gives_the_same_bytes(place, tmp_path):
    name, folder = place
    study = sroi.load("local-area-coordination", borough=name)
    sroi.report(study, [tmp_path / f"{name}{ending}" for ending in ENDINGS])
    for ending in ENDINGS:
        assert (tmp_path / f"{name}{ending}").read_bytes() == (folder / f"{name}{ending}").read_bytes(), (
            ending
        )
