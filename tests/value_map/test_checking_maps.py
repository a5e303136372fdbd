"""The check of a Value Map points at its cells."""

import json

import openpyxl
import pytest
from helpers import outcome, small, study_of
from small_maps import FIRST, GRANT, TITLES

import sroi

SAYS = "study: {currency: GBP, price_year: 2024, first_year: 2024, kind: evaluation}\n"


@pytest.fixture
def sheet(tmp_path):
    """Writes a map that says nothing of its study, with cells replaced."""

    def written(cells=(), name="their map.xlsx"):
        workbook = openpyxl.Workbook()
        page = workbook.active
        page.title = "Impact map"
        for row in (TITLES, GRANT, FIRST):
            page.append(row)
        for ref, value in dict(cells).items():
            page[ref] = value
        workbook.save(tmp_path / name)
        (tmp_path / "mapping.yaml").write_text(SAYS, encoding="utf-8")
        return name

    return written


def findings(done):
    return json.loads(done.stdout)["findings"]


def test_each_finding_has_the_cell_that_holds_what_it_is_of(run, sheet):
    name = sheet({"E3": -100, "H3": -1500, "F3": 9})
    done = run("check", name, "--mapping", "mapping.yaml", "--format", "json")
    assert done.exit_code == 1
    cells = {(each["rule"], each["cell"]) for each in findings(done)}
    assert {("SROI090", "Impact map!E3"), ("SROI038", "Impact map!F3"), ("SROI037", "Impact map!L3")} <= cells
    assert {each["file"] for each in findings(done)} == {name}
    assert {each["line"] for each in findings(done)} == {0}
    text = run("check", name, "--mapping", "mapping.yaml").stdout
    assert "their map.xlsx Impact map!E3: error SROI090 two-minuses" in text


def test_what_has_no_cell_has_the_workbook_alone(run, sheet):
    done = run("check", sheet(), "--mapping", "mapping.yaml", "--select", "no-decision", "--format", "json")
    (found,) = findings(done)
    assert (found["file"], found["cell"], found["where"]) == ("their map.xlsx", "", "decisions")


def test_a_ratio_if_made_is_that_of_the_study_in_the_map(run, sheet):
    name = sheet({"F3": 9})
    done = run("check", name, "--mapping", "mapping.yaml", "--select", "SROI038", "--format", "json")
    (found,) = findings(done)
    there = run("check", name, "--mapping", "mapping.yaml", *found["suggestion"].split(), "--format", "json")
    (study,) = json.loads(there.stdout)["studies"]
    assert study["social_return_ratio"] == pytest.approx(found["ratio_if_made"], rel=1e-12)


@pytest.mark.parametrize("form", ["json", "sarif"])
def test_a_map_that_cannot_be_a_study_is_refused_at_its_cell(run, sheet, form):
    done = run("check", sheet({"I3": -0.2}), "--mapping", "mapping.yaml", "--format", form)
    assert done.exit_code == 2
    assert "Impact map!I3" in done.stdout
    if form == "json":
        (found,) = findings(done)
        assert (found["rule"], found["file"], found["cell"]) == ("SROI031", "their map.xlsx", "Impact map!I3")
    else:
        (found,) = json.loads(done.stdout)["runs"][0]["results"]
        uri = found["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        assert uri == "their%20map.xlsx"


def test_what_the_map_does_not_say_is_asked_for_as_this_command_takes_it(run, sheet):
    done = run("check", sheet())
    assert done.exit_code == 2
    assert "the sheet does not say the currency, price year, first year, kind of the study" in done.stderr
    assert "in a file for --mapping" in done.stderr


def test_how_far_the_figures_of_the_map_agree_is_said(run, sheet):
    done = run("check", sheet({"M3": 7}), "--mapping", "mapping.yaml")
    assert "their map.xlsx: 1 figure of the map calculated again: 1 disagrees" in done.stderr


def test_a_cell_that_is_not_read_is_named(run, sheet):
    done = run("check", sheet({"I3": "a third"}), "--mapping", "mapping.yaml")
    assert "their map.xlsx: I3: not read: “a third” is not a number" in done.stderr
    assert "their map.xlsx Impact map!I3: warning SROI030" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("their map.xlsx", "--place", "derby"), "--place"),
        (("studies/none.yaml", "--mapping", "mapping.yaml"), "--mapping"),
        (("nothing.xlsx",), "nothing.xlsx"),
    ],
)
def test_what_does_not_belong_to_a_map_is_refused(run, sheet, arguments, said):
    sheet()
    done = run("check", *arguments)
    assert done.exit_code == 2
    assert said in done.stderr


def test_a_changed_study_keeps_its_cells(tmp_path):
    study = study_of(small(outcomes={"change": outcome(quantity=-3, value=-200)}))
    path = tmp_path / "map.xlsx"
    path.write_bytes(sroi.export_value_map(study).content)
    read = sroi.import_value_map(path).study
    (before,) = sroi.check(read, select=["two-minuses"])
    assert before.cell
    (after,) = sroi.check(sroi.change(read, {"outcomes.change.duration": 2}), select=["two-minuses"])
    assert after.at == before.at
