"""The two commands: what they write, what they print, and how they end."""

import csv
import io
import json
import os

import openpyxl
import pytest
from maps import FIRST, ROOT, figures_of, write_map
from test_importing_maps import club

import sroi

LUNCH_CLUB = ROOT / "examples" / "lunch-club.yaml"
SAID = ("--currency", "GBP", "--price-year", "2024", "--first-year", "2024")


@pytest.fixture
def file(tmp_path):
    """A map with one wrong cell."""
    path = tmp_path / "Our Map.xlsx"
    printed = figures_of(club())
    printed["outcomes"]["less_lonely"]["by_year"][1] += 100
    write_map(path, club(), printed)
    return path


def test_out_and_back(run, tmp_path):
    done = run("export-value-map", LUNCH_CLUB)
    assert (done.exit_code, done.stdout) == (0, "lunch-club-value-map.xlsx\n")
    assert "not in the map: ranges (assumptions.share_less_lonely" in done.stderr
    assert "the study's ratio is 1.9335, that of its map 1.9065" in done.stderr
    back = run("import-value-map", "lunch-club-value-map.xlsx", "-o", "back.yaml")
    assert back.exit_code == 0
    assert "all of them agree" in back.stderr
    assert sroi.load(tmp_path / "back.yaml") == sroi.export_value_map(sroi.load(LUNCH_CLUB)).study


def test_a_shipped_place_is_exported(run, tmp_path):
    assert (
        run(
            "export-value-map",
            "local-area-coordination",
            "--borough",
            "derby",
            "-o",
            "derby.xlsx",
            "--set",
            "coordinators=12",
        ).exit_code
        == 0
    )
    assert openpyxl.load_workbook(tmp_path / "derby.xlsx").sheetnames == ["Value Map"]


def test_the_cells_that_disagree_are_printed_in_every_format(run, file, monkeypatch):
    monkeypatch.setenv("COLUMNS", "160")
    cell = f"SROI Value Map!V{FIRST}"
    table = run("import-value-map", file, *SAID)
    assert (table.exit_code, "1 disagrees" in table.stderr) == (0, True)
    assert cell in table.stdout
    whole = json.loads(run("import-value-map", file, *SAID, "--check-only", "--format", "json").stdout)
    (wrong,) = whole["disagreements"]
    assert (wrong["cell"], wrong["difference"]) == (cell, pytest.approx(100))
    rows = list(
        csv.DictReader(
            io.StringIO(run("import-value-map", file, *SAID, "--check-only", "--format", "csv").stdout)
        )
    )
    assert [(row["cell"], row["what"]) for row in rows] == [(cell, "Year 1 of Less lonely")]
    assert (
        "## Cells that disagree"
        in run("import-value-map", file, *SAID, "--check-only", "--format", "markdown").stdout
    )


def test_the_study_is_named_after_the_workbook_and_nothing_is_written_over(run, file, tmp_path):
    assert run("import-value-map", file, *SAID).exit_code == 0
    written = (tmp_path / "our-map.yaml").read_text(encoding="utf-8")
    assert sroi.loads(written).title == "Small study"
    again = run("import-value-map", file, *SAID)
    assert (again.exit_code, again.stdout) == (2, "")
    assert "there already" in again.stderr
    assert run("import-value-map", file, *SAID, "--force").exit_code == 0
    assert run("export-value-map", LUNCH_CLUB, "-o", file).exit_code == 2


def test_check_only_writes_nothing(run, file, tmp_path):
    run("import-value-map", file, *SAID, "--check-only")
    assert [path.name for path in tmp_path.iterdir()] == ["Our Map.xlsx"]


def test_what_is_not_assessed_ends_in_status_1_with_the_study_written(run, tmp_path):
    path = tmp_path / "map.xlsx"
    write_map(path, club(), change=lambda sheet, _: sheet.__setitem__(f"P{FIRST}", None))
    done = run("import-value-map", path, *SAID)
    assert done.exit_code == 1
    assert "outcomes.less_lonely.deadweight: not assessed" in done.stderr
    assert sroi.load(tmp_path / "map.yaml").outcomes["less_lonely"].deadweight is None


@pytest.mark.parametrize(
    "arguments",
    [
        ("import-value-map", "nothing.xlsx"),
        ("export-value-map", "nothing.yaml"),
        ("import-value-map", LUNCH_CLUB),
    ],
)
def test_what_cannot_be_used_ends_in_status_2_with_nothing_written(run, tmp_path, arguments):
    done = run(*arguments)
    assert (done.exit_code, done.stdout, list(tmp_path.iterdir())) == (2, "", [])
    assert done.stderr.count("\n") == 1


def test_what_is_no_file_is_not_written_over(run, file, tmp_path):
    os.mkfifo(tmp_path / "pipe")
    for target, said in ((tmp_path / "pipe", "a pipe"), (tmp_path, "a folder"), ("/dev/null", "a device")):
        for command in (("export-value-map", LUNCH_CLUB), ("import-value-map", file, *SAID)):
            done = run(*command, "-o", target, "--force")
            assert (done.exit_code, done.stdout) == (2, "")
            assert said in done.stderr
    assert (tmp_path / "pipe").is_fifo()


def test_options_reach_the_study(run, file, tmp_path):
    done = run(
        "import-value-map", file, "-o", "study.yaml", "--currency", "eur", "--price-year", "2024-25",
        "--first-year", "2023", "--title", "Ours",
        "--kind", "evaluation", "--discount-rate", "2%", "--duration", "after", "--activity-years", "0.5",
        "--set", "outcomes.less_lonely.quantity=40", "--sheet", "SROI Value Map",
    )  # fmt: skip
    assert done.exit_code == 0, done.stderr
    study = sroi.load(tmp_path / "study.yaml")
    assert (study.currency, study.price_year, study.first_year, study.title, study.kind) == (
        "EUR",
        "2024-25",
        2023,
        "Ours",
        "evaluation",
    )
    assert (
        study.method.discount_rate,
        study.outcomes["less_lonely"].duration.value,
        study.outcomes["less_lonely"].quantity.value,
    ) == (0.02, 3.5, 40)
