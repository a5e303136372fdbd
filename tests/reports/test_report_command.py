"""The command that writes reports, run as a person runs it."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

import sroi
from sroi.cli import app
from sroi.documents.authorities import search
from sroi.reports import pictures
from sroi.reports.everywhere import Order, report_everywhere

RUN = CliRunner()
STUDY = "examples/lunch-club.yaml"


def run(*arguments):
    return RUN.invoke(app, [str(each) for each in arguments], env={"COLUMNS": "100"})


def test_reports_are_written_by_their_endings(tmp_path):
    ended = run(
        "report",
        STUDY,
        "-o",
        tmp_path / "a.md",
        "-o",
        tmp_path / "a.docx",
        "--date",
        "2026-11-24",
        "--draws",
        200,
    )
    assert ended.exit_code == 0, ended.output
    assert ended.output.splitlines() == [str(tmp_path / "a.md"), str(tmp_path / "a.docx")]
    assert "24 November 2026" in (tmp_path / "a.md").read_text(encoding="utf-8")
    assert "200 draws" in (tmp_path / "a.md").read_text(encoding="utf-8")


def test_values_methods_and_ranges_by_grade_reach_the_report(tmp_path):
    ended = run(
        "report",
        STUDY,
        "-o",
        tmp_path / "a.md",
        "--set",
        "members=77",
        "--method",
        "svi-guide",
        "--ranges-by-grade",
        "--draws",
        50,
    )
    assert ended.exit_code == 0
    text = (tmp_path / "a.md").read_text(encoding="utf-8")
    assert "| Members | 77 |" in text
    assert "svi-guide: flat 3.5%" in text
    assert "were given one by grade of evidence" in ended.stderr


def test_a_file_is_not_written_over_without_force(tmp_path):
    (tmp_path / "a.md").write_text("mine", encoding="utf-8")
    ended = run("report", STUDY, "-o", tmp_path / "a.md", "--draws", 10)
    assert ended.exit_code == 2
    assert "the file is there already" in ended.stderr
    assert (tmp_path / "a.md").read_text(encoding="utf-8") == "mine"
    assert run("report", STUDY, "-o", tmp_path / "a.md", "--draws", 10, "--force").exit_code == 0


def test_a_broken_template_is_told_without_a_traceback(tmp_path):
    (tmp_path / "own.docx").write_bytes(b"PK")
    ended = run(
        "report", STUDY, "-o", tmp_path / "a.docx", "--template", tmp_path / "own.docx", "--draws", 10
    )
    assert ended.exit_code == 2
    assert "this is not a Word file, or it is damaged" in ended.stderr
    assert not (tmp_path / "a.docx").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("-o", "a.odt"), "no report is written as .odt"),
        (("-o", "a.md", "--date", "today"), "is not a date; write it as 2026-11-24"),
        (("-o", "a.md", "--as", "md"), "belongs to --all-places"),
        (("-o", "out", "--all-boroughs", "--borough", "derby"), "a place is named beside --all-places"),
        (("-o", "out", "--all-boroughs", "--as", "odt"), "no report is of kind odt"),
        (("-o", "a.md", "--all-boroughs"), "reports of every place need one folder"),
        (("-o", "a.md", "--draws", "0"), "draws"),
    ],
)
def test_arguments_that_do_not_fit_are_refused(arguments, said, tmp_path, monkeypatch):
    study = Path(STUDY).absolute()
    monkeypatch.chdir(tmp_path)
    ended = run("report", study, *arguments)
    assert ended.exit_code == 2
    assert said in ended.stderr
    assert "Traceback" not in ended.stderr


def test_every_place_has_its_report_and_what_cannot_be_is_told(tmp_path, monkeypatch):
    places = [each for each in search("") if each.identifier in ("derby", "haringey", "leeds")]
    monkeypatch.setattr("sroi.cli.reporting.search", lambda _: places)
    ended = run(
        "report",
        "local-area-coordination",
        "--all-boroughs",
        "--as",
        "md",
        "-o",
        tmp_path / "out",
        "--draws",
        50,
    )
    assert ended.exit_code == 0, ended.output
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "derby.md",
        "haringey.md",
        "leeds.md",
    ]
    assert "reports of 3 places of 3" in ended.stdout
    assert "· Leeds ·" in (tmp_path / "out" / "leeds.md").read_text(encoding="utf-8")

    broken = run(
        "report",
        "local-area-coordination",
        "--all-boroughs",
        "--as",
        "md",
        "-o",
        tmp_path / "not",
        "--draws",
        50,
        "--set",
        "people_introduced=null",
    )
    assert broken.exit_code == 1
    assert "reports of 0 places of 3" in broken.stdout
    assert "derby: " in broken.stderr


def test_several_processes_write_what_one_does_and_tell_what_cannot_be(tmp_path, monkeypatch):
    monkeypatch.setattr("sroi.reports.everywhere._WORTH_ANOTHER", 1)
    places, told = ("derby", "york", "nowhere", "leeds"), []
    order = Order("befriending", options={"draws": 50})
    failed = {}
    for processes in (1, 2):
        folder = tmp_path / str(processes)
        folder.mkdir()
        targets = {place: [folder / f"{place}.md", folder / f"{place}.html"] for place in places}
        failed[processes] = report_everywhere(
            order, targets, processes=processes, on_place=lambda *said: told.append(said)
        )
    assert failed[1] == failed[2]
    assert list(failed[1]) == ["nowhere"]
    written = [{each.name: each.read_bytes() for each in (tmp_path / at).iterdir()} for at in "12"]
    assert written[0] == written[1]
    assert len(written[0]) == 6
    assert sorted(done for _, done, _ in told) == [1, 1, 2, 2, 3, 3, 4, 4]


def test_a_chart_that_places_have_in_common_is_drawn_once(tmp_path, monkeypatch):
    pictures._drawn.cache_clear()
    drawn = []
    draw = pictures.vl_convert.vegalite_to_svg
    monkeypatch.setattr(
        pictures.vl_convert,
        "vegalite_to_svg",
        lambda *spec, **how: (drawn.append(spec), draw(*spec, **how))[1],
    )
    for place in ("york", "leeds"):
        sroi.report(sroi.load("befriending", place=place), tmp_path / f"{place}.html", draws=77)
        drawn.append(place)
    assert drawn.index("york") > 10
    assert drawn[-2:] == ["york", "leeds"]
