"""No identifier is shown where people read: each shipped intervention, in every report and result."""

from __future__ import annotations

import html
import io
import re
import zipfile

import pytest

import sroi

openpyxl = pytest.importorskip("openpyxl")

_NAME = re.compile(r"(?<![\w/.-])[a-z][a-z0-9]*(?:_[a-z0-9]+)+(?![\w.-]*\.\w)\b")
_ADDRESS = re.compile(r"<?https?://\S+")
_FOR_TYPING = ("Name in formulas", "Name in the file", "Outcome name", "Outcome ID")
"""Columns of the workbook that give the names to be typed."""


def names_in(text):
    return set(_NAME.findall(_ADDRESS.sub(" ", text)))


def visible(page):
    body = re.sub(r"<(script|style|template)\b.*?</\1>", " ", page, flags=re.DOTALL)
    said = re.findall(r'(?:alt|aria-label|title)="([^"]*)"', body)
    return html.unescape(" ".join((re.sub(r"<[^>]+>", " ", body), *said)))


def names_in_cells(file):
    found = set()
    for sheet in openpyxl.load_workbook(file):
        for column in sheet.iter_cols():
            cells = [cell.value for cell in column if isinstance(cell.value, str)]
            typed = any(cell.startswith(_FOR_TYPING) or "name" in cell.casefold() for cell in cells[:4])
            words = " ".join(cell for cell in cells if not cell.startswith("="))
            found |= set() if typed else names_in(words)
    return found


def loaded(name):
    for place in ("derby", "haringey", "lewisham", "york", "barking-and-dagenham", "tower-hamlets"):
        try:
            study = sroi.load(name, place=place)
            sroi.evaluate(study)
        except sroi.SroiError:
            continue
        return study
    pytest.skip(f"{name} is not assessed in any of these places")
    return None


@pytest.mark.parametrize("name", sroi.Library().interventions())
def test_no_identifier_is_shown_to_a_reader_of_a_shipped_intervention(name, tmp_path):
    study = loaded(name)
    files = {kind: tmp_path / f"report.{kind}" for kind in ("html", "md", "docx", "xlsx")}
    sroi.report(study, files.values(), draws=300)
    assert not names_in(visible(files["html"].read_text(encoding="utf-8")))
    assert not names_in(files["md"].read_text(encoding="utf-8").replace("\\_", "_"))
    with zipfile.ZipFile(io.BytesIO(files["docx"].read_bytes())) as document:
        text = document.read("word/document.xml").decode()
    text = re.sub(r"<w:instrText.*?</w:instrText>", " ", text)
    assert not names_in(html.unescape(re.sub(r"<[^>]+>", " ", text)))
    assert not names_in_cells(files["xlsx"])
    result = sroi.evaluate(study)
    found = (
        result,
        sroi.ledger(result),
        sroi.simulate(result, draws=100),
        sroi.sensitivity(study),
        sroi.switching_values(study, only=["wellby"] if "wellby" in study.assumptions else None),
        sroi.value_of_information(study, draws=100),
        sroi.sobol(study, points=16),
    )
    for each in found:
        assert not names_in(visible(each._repr_html_()))
        words = [cell for table in each.tables for row in table.rows for cell in row]
        said = (getattr(each, "statement", ""), *getattr(each, "warnings", ()), each.answer, *words)
        assert not names_in("\n".join(said))
