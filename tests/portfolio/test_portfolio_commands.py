"""The commands `sroi portfolio` and `sroi portfolio-from`, from files to files."""

import csv
import json

import pandas as pd
import pytest
import register
from typer.testing import CliRunner

import sroi
from sroi.cli import app

try:
    import polars as pl

    ENGINES = ["duckdb", pl.__name__, "pandas"]
except ModuleNotFoundError:
    ENGINES = ["duckdb", "pandas"]


def run(*arguments):
    return CliRunner().invoke(app, list(map(str, arguments)))


def csv_of(rows, **dialect):
    lines = []

    class Lines:
        write = lines.append

    writer = csv.DictWriter(Lines(), list(rows[0]), **dialect)
    writer.writeheader()
    writer.writerows(rows)
    return "".join(lines)


@pytest.fixture
def folder(tmp_path):
    """A register as two files of text."""
    outcomes, inputs = register.rows()
    made = tmp_path / "register"
    made.mkdir()
    (made / "outcomes.csv").write_text(csv_of(outcomes), encoding="utf-8")
    (made / "inputs.csv").write_text(csv_of(inputs, delimiter=";"), encoding="utf-8-sig")
    return made


@pytest.mark.parametrize("engine", ENGINES)
def test_a_messy_register_becomes_ratios_and_rows_that_are_set_aside(folder, engine, tmp_path):
    target = tmp_path / "places.csv"
    done = run("portfolio", folder, "--by", "place", "--engine", engine, "-o", target)
    assert done.exit_code == 0
    (row,) = csv.DictReader(target.read_text(encoding="utf-8").splitlines())
    assert row["place"] == "Northton"
    assert float(row["social_return_ratio"]) == pytest.approx(40 * 1000 * 0.504 * (1 + 0.5 / 1.035) / 20_000)
    aside = list(csv.DictReader((tmp_path / "places-rejected.csv").read_text(encoding="utf-8").splitlines()))
    for each in aside:
        each["found"] = each["found"].removeprefix("'")  # so that no spreadsheet takes a sign for a formula
    found = {
        tuple(each[name] for name in ("table", "programme", "column", "rule", "found")) for each in aside
    }
    assert found == register.expected()
    words = next(each for each in aside if each["programme"] == "costs in words")
    lines = (folder / "outcomes.csv").read_text(encoding="utf-8").splitlines()
    assert "costs £10" in lines[int(words["row"]) - 1]
    assert words["file"].endswith("outcomes.csv")
    assert "49 faults in 49 rows, which are in no figure" in done.stderr


@pytest.mark.parametrize("engine", ENGINES)
def test_workbooks_and_parquet_hold_the_same(folder, engine, tmp_path):
    outcomes, inputs = register.rows()
    book = tmp_path / "book.xlsx"
    with pd.ExcelWriter(book, engine="xlsxwriter") as writer:
        pd.DataFrame(outcomes).to_excel(writer, sheet_name="What changes", index=False, startrow=2)
        pd.DataFrame(inputs).to_excel(writer, sheet_name="What is given", index=False)
    right = [[row for row in rows if row["programme"] in register.RIGHT] for rows in (outcomes, inputs)]
    for name, rows in zip(("outcomes", "inputs"), right, strict=True):
        pd.DataFrame(rows).to_parquet(tmp_path / f"{name}.parquet")
    by = ("--by", "place", "--format", "json", "--engine", engine)
    text, sheets, packed = (
        json.loads(run("portfolio", *files, *by).stdout)
        for files in ([folder], [book], [tmp_path / "outcomes.parquet", tmp_path / "inputs.parquet"])
    )
    assert sheets["faults"] == text["faults"]
    assert packed["faults"] == []
    (one,), (other,), (third,) = packed["groups"], text["groups"], sheets["groups"]
    assert one.pop("place") == other.pop("place") == third.pop("place") == "Northton"
    assert one == pytest.approx(other, rel=1e-12)  # sums in another order
    assert third == pytest.approx(other, rel=1e-12)
    assert text["schema"] == {"name": "sroi/portfolio", "version": "1.0"}


def test_strict_stops_and_names_the_rows(folder):
    done = run("portfolio", folder, "--strict")
    assert done.exit_code == 2
    assert "half a cohort" in done.stderr
    assert not done.stdout


def test_headings_are_known_by_their_words(tmp_path):
    outcomes = tmp_path / "o.csv"
    row = {"programme": "club", **register.OUTCOME}
    outcomes.write_text(csv_of([{name.replace("_", " ").title(): cell for name, cell in row.items()}]))
    given = tmp_path / "i.csv"
    given.write_text("Project,Year,Amount\nclub,0,20000\n")
    done = run("portfolio", outcomes, given, "--format", "csv")
    assert done.exit_code == 0
    assert done.stdout.splitlines()[1].startswith("club,")


def test_text_in_another_encoding_is_read(tmp_path):
    outcomes = tmp_path / "o.csv"
    outcomes.write_bytes(csv_of([{"programme": "café £5", **register.OUTCOME}]).encode("cp1252"))
    given = tmp_path / "i.csv"
    given.write_bytes("programme,year,amount\ncafé £5,0,20000\n".encode("cp1252"))
    done = run("portfolio", outcomes, given, "--format", "json")
    assert done.exit_code == 0
    assert json.loads(done.stdout)["groups"][0]["programme"] == "café £5"


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"a.csv": "x,y\n1,2\n"}, "neither outcomes nor inputs: its columns are x, y"),
        ({"a.pdf": "x"}, ".pdf is not read"),
        ({"a.parquet": "PAR1 is not all of it"}, "cannot read it as Parquet"),
        ({"a.csv": "programme,amount,year\na,1,0\n"}, "no table of outcomes was given"),
        ({}, "there is no such file"),
    ],
)
def test_what_cannot_be_read_is_told(files, said, tmp_path):
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    done = run("portfolio", *(tmp_path / name for name in files or ["none.csv"]))
    assert done.exit_code == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_what_is_damaged_further_down_is_told(tmp_path):
    (tmp_path / "i.csv").write_bytes(b"programme,amount,year\n" + b"a,1,0\n" * 30_000 + b"\xff\xfe,1,0\n")
    (tmp_path / "o.csv").write_text(csv_of([{"programme": "a", **register.OUTCOME}]))
    for engine in ENGINES:
        done = run("portfolio", tmp_path / "i.csv", tmp_path / "o.csv", "--engine", engine)
        assert done.exit_code == 2
        assert f"the engine {engine} cannot read" in done.stderr


def test_nothing_that_can_be_counted_gives_no_result(tmp_path):
    (tmp_path / "i.csv").write_text("programme,amount,year\na,1,0\n")
    (tmp_path / "o.csv").write_text(csv_of([{"programme": "a", **register.OUTCOME, "value": "much"}]))
    done = run("portfolio", tmp_path / "i.csv", tmp_path / "o.csv")
    assert done.exit_code == 1
    assert "no row of it can be counted" in done.stderr
    assert not done.stdout


def test_studies_become_tables_and_their_own_figures_again(tmp_path):
    made = tmp_path / "made"
    names = ["befriending", "local-area-coordination"]
    for kind in ("csv", "parquet"):
        done = run("portfolio-from", *names, "--places", "derby,york", "-o", made, "--as", kind)
        assert done.exit_code == 0, done.stderr
        files = [made / f"{side}.{kind}" for side in ("outcomes", "inputs")]
        done = run("portfolio", *files, "--by", "place")
        assert done.exit_code == 2
        assert "rows of 2 price years stand beside each other: 2015-16, 2024-25" in done.stderr
        by = ("--by", "programme,place", "--price-year", "2024-25")
        groups = json.loads(run("portfolio", *files, *by, "--format", "json").stdout)["groups"]
        assert len(groups) == 4
        for row in groups:
            result = sroi.evaluate(sroi.load(row["programme"], place=row["place"]))
            assert row["social_return_ratio"] == pytest.approx(result.social_return_ratio, rel=1e-9)
            assert row["savings_ratio"] == pytest.approx(result.savings_ratio, rel=1e-9)


def test_a_study_that_gives_no_result_is_told_and_the_others_are_written(tmp_path):
    done = run("portfolio-from", "mens-shed", "befriending", "--places", "derby", "-o", tmp_path / "made")
    assert done.exit_code == 1
    assert "mens-shed in derby: " in done.stderr
    assert "1 of 2 studies" in done.stdout
    assert (tmp_path / "made" / "outcomes.csv").exists()


@pytest.mark.parametrize("engine", ENGINES)
def test_quantities_by_period_become_ratios(engine, tmp_path):
    from test_quantities import ASSUMED, COUNTED

    (tmp_path / "assumed.csv").write_text(csv_of([{**ASSUMED, "deadweight": "30%"}]))
    counted = [COUNTED, {**COUNTED, "period_start": "some day"}]
    (tmp_path / "counted.csv").write_text(csv_of(counted))
    (tmp_path / "given.csv").write_text(
        "programme,period_start,amount,funder\nclub,2024-06-01,5000,council\n"
    )
    files = [tmp_path / f"{name}.csv" for name in ("assumed", "counted", "given")]
    assert "give --first-year" in run("portfolio", *files).stderr
    done = run("portfolio", *files, "--first-year", "2024-25", "--format", "json", "--engine", engine)
    assert done.exit_code == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["groups"][0]["social_return_ratio"] == pytest.approx(10_000 * 0.56 / 5000)
    assert found["faults"] == [{"table": "quantities", "column": "period_start", "rule": "date", "rows": 1}]
    assert "counted.csv:3" in done.stderr
