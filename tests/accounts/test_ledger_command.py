"""The command ``sroi ledger``: both readings on one page, every format, and shares that are refused."""

import csv
import io
import json

import pytest
from typer.testing import CliRunner

import sroi
from sroi.cli import app

RUNNER = CliRunner()
CLUB = "examples/lunch-club.yaml"


def run(*arguments):
    return RUNNER.invoke(app, ["ledger", *arguments])


@pytest.fixture(scope="module")
def derby():
    return sroi.ledger(sroi.load("local-area-coordination", borough="derby"))


def test_both_readings_of_the_claim_stand_on_one_page_each_with_its_own_denominator(derby):
    rows = {row[0]: row for row in derby.tables[0].rows}
    assert list(rows) == ["Social value", "Savings, cash or not", "Savings that are cash"]
    assert (rows["Social value"][3], rows["Savings that are cash"][3]) == (
        "all inputs",
        "inputs of the state",
    )
    assert (
        rows["Social value"][-1] == "£3.68, £4"
    )  # what was published of Derby as social value, or without saying which
    assert rows["Savings, cash or not"][-1] == "£4"
    printed = run("local-area-coordination", "--borough", "derby")
    assert printed.exit_code == 0
    assert "One programme, two readings" in printed.stdout
    assert "none may be quoted in the name of another" in " ".join(printed.stdout.replace("│", " ").split())


def test_savings_are_not_in_the_social_reading_and_wellbeing_not_in_the_savings(derby):
    wellbeing = sum(each.present_value for each in derby.postings if each.entry.kind == "wellbeing")
    social, savings = derby.ratio("social_return"), derby.ratio("savings_return")
    assert social.numerator - wellbeing == pytest.approx(
        derby.ratio("social_return_without_wellbeing").numerator
    )
    assert savings.numerator == pytest.approx(derby.state.benefits)


@pytest.mark.parametrize("by", ["payer", "party", "service"])
def test_the_rows_of_csv_are_the_statements(by):
    found = run(CLUB, "--by", by, "--format", "csv")
    rows = {row[by]: row for row in csv.DictReader(io.StringIO(found.stdout))}
    books = sroi.ledger(sroi.load(CLUB))
    wanted = {"payer": books.payers, "party": books.parties, "service": books.services}[by]
    assert {name: float(row["net"]) for name, row in rows.items()} == {
        name: each.net for name, each in wanted.items()
    }


def test_json_is_that_of_the_library():
    found = json.loads(run(CLUB, "--format", "json").stdout)
    wanted = json.loads(sroi.ledger(sroi.load(CLUB)).to_json())
    assert {key: found[key] for key in wanted} == wanted


def test_markdown_holds_the_tables():
    found = run(CLUB, "--format", "markdown").stdout
    assert (
        next(line for line in found.splitlines() if line.startswith("## "))
        == "## One programme, two readings"
    )
    assert "| Savings, cash or not |" in found


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (["council=70%", "nhs=40%"], "110%"),
        (["council"], "no share"),
        (["council=much"], "no share"),
        (["council=60%", "council=50%"], "more than one share"),
        (["counsil=10%"], "did you mean council"),
    ],
)
def test_shares_that_are_refused(share, words):
    found = run(CLUB, *(part for each in share for part in ("--share", each)))
    assert found.exit_code == 2
    assert words in found.stderr
    assert not found.stdout


def test_a_study_without_a_result_has_no_ledger():
    found = run("mens-shed", "--borough", "haringey")
    assert found.exit_code == 1
    assert "not assessed" in found.stderr
    assert not found.stdout


def test_the_ledger_stands_in_the_json_of_a_simulation_with_ranges():
    found = json.loads(RUNNER.invoke(app, ["simulate", CLUB, "--draws", "200", "--format", "json"]).stdout)
    spread = found["ratios"]["cashable_return:council"]
    assert set(found) >= {"ledger", "demand", "ratios"}
    assert spread["p10"] <= spread["p50"] <= spread["p90"]
    assert found["ratios"]["social_return"]["p50"] == pytest.approx(
        found["social_return_ratio"]["p50"], rel=1e-12
    )
