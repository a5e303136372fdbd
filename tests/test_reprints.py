"""Sources that are copies of what somebody else published say so wherever they are listed."""

import io

import openpyxl
import pytest
from helpers import small, study_of

import sroi
from sroi.catalogue import sources_of

ORIGINAL = "https://example.org/original"


def sourced(reprint):
    source = {"title": "A blog", "url": "https://example.org/blog", "reprint": reprint}
    value = {"value": 200, "source": "blog"}
    return study_of(small({"outcomes.change.value": value}, sources={"blog": source}))


@pytest.mark.parametrize(
    ("reprint", "words"), [(True, "(a reprint)"), (ORIGINAL, f"(a reprint of {ORIGINAL})")]
)
def test_a_reprint_is_told_in_reports_and_workbooks(reprint, words, tmp_path):
    study = sourced(reprint)
    sroi.report(study, tmp_path / "report.md", draws=10)
    assert words in (tmp_path / "report.md").read_text(encoding="utf-8").replace("\\", "")
    sroi.report(study, tmp_path / "report.xlsx", draws=10)
    book = openpyxl.load_workbook(io.BytesIO((tmp_path / "report.xlsx").read_bytes()))
    assert any(words in str(cell.value) for row in book["Sources"].iter_rows() for cell in row)
    assert sroi.loads(sroi.dumps(study)) == study


@pytest.mark.parametrize("reprint", [False, None])
def test_what_is_none_is_not_called_one(reprint, tmp_path):
    sroi.report(sourced(reprint), tmp_path / "report.md", draws=10)
    assert "reprint" not in (tmp_path / "report.md").read_text(encoding="utf-8")


def test_it_is_listed_with_the_sources_of_an_intervention(tmp_path):
    folder = tmp_path / "interventions"
    folder.mkdir()
    (folder / "clubs.yaml").write_text(sroi.dumps(sourced(True)), encoding="utf-8")
    (row,) = sources_of("clubs", sroi.Library([tmp_path])).table.rows
    assert row[-1] == "https://example.org/blog (a reprint)"


def test_another_word_is_refused():
    with pytest.raises(sroi.DocumentError, match="neither true nor a web address; write true"):
        sourced("perhaps")
