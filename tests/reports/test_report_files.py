"""Report files are written whole or not at all, and never over another unless told to."""

import pytest
from helpers import small

import sroi

STUDY = sroi.Study.model_validate(small())


def test_several_formats_are_written_at_once(tmp_path):
    wanted = [tmp_path / f"a.{ending}" for ending in ("md", "docx", "xlsx", "pdf")]
    assert sroi.report(STUDY, wanted) == tuple(wanted)
    assert sorted(tmp_path.iterdir()) == sorted(wanted)
    assert wanted[0].read_text(encoding="utf-8").startswith("# Small study\n")
    assert wanted[1].read_bytes()[:2] == wanted[2].read_bytes()[:2] == b"PK"
    assert wanted[3].read_bytes().startswith(b"%PDF-1.7")


def test_the_same_study_gives_the_same_bytes(tmp_path):
    for ending in ("md", "html", "docx", "pdf", "xlsx"):
        one, other = tmp_path / f"one.{ending}", tmp_path / f"other.{ending}"
        sroi.report(STUDY, one)
        sroi.report(STUDY, other)
        assert one.read_bytes() == other.read_bytes(), ending


def test_a_file_is_not_written_over_unless_told_to(tmp_path):
    target = tmp_path / "a.md"
    target.write_text("mine", encoding="utf-8")
    with pytest.raises(sroi.DocumentError, match="the file is there already"):
        sroi.report(STUDY, [tmp_path / "b.md", target])
    assert target.read_text(encoding="utf-8") == "mine"
    assert not (tmp_path / "b.md").exists()
    sroi.report(STUDY, target, force=True)
    assert target.read_text(encoding="utf-8").startswith("# Small study")


def test_all_that_is_wrong_with_the_targets_is_said_at_once(tmp_path):
    (tmp_path / "here.md").write_text("", encoding="utf-8")
    wanted = [
        tmp_path / "here.md",
        tmp_path / "nowhere" / "a.md",
        tmp_path,
        tmp_path / "twice.md",
        tmp_path / "twice.md",
    ]
    with pytest.raises(sroi.DocumentError) as refused:
        sroi.report(STUDY, wanted)
    assert [problem.message for problem in refused.value.problems] == [
        "the file is there already",
        "there is no such folder",
        "this is a folder",
        "the file is named twice",
    ]


def test_an_ending_of_no_format_is_refused(tmp_path):
    with pytest.raises(
        sroi.DocumentError,
        match=r"no report is written as \.odt; end it in one of \.html, \.xlsx, \.docx, \.pdf, \.md",
    ):
        sroi.report(STUDY, tmp_path / "a.odt")


def test_a_study_without_a_result_leaves_no_file(tmp_path):
    document = small()
    document["outcomes"]["change"]["deadweight"] = None
    with pytest.raises(sroi.UndefinedResultError):
        sroi.report(sroi.Study.model_validate(document), tmp_path / "a.md")
    assert not list(tmp_path.iterdir())
