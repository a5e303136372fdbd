"""The command: forms, files, records, refusals and exit statuses."""

import json
import shutil
from pathlib import Path

import pytest

import sroi
from sroi.tables import SCREEN_LINES

EXAMPLES = Path(__file__).parents[2] / "examples" / "options"
FILES = ("do-nothing.yaml", "one-club.yaml", "two-clubs.yaml")


@pytest.fixture(autouse=True)
def _files(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for file in FILES:
        shutil.copy(EXAMPLES / file, tmp_path)


def test_the_options_stand_on_one_screen(run):
    done = run("options", *FILES, "--draws", "500")
    assert done.exit_code == 0, done.stderr
    lines = done.stdout.splitlines()
    assert len(lines) <= SCREEN_LINES
    assert max(map(len, lines)) <= 80
    assert all(title in done.stdout for title in ("Do nothing", "One lunch club", "Two lunch clubs"))
    whole = run("options", *FILES, "--draws", "500", "--full").stdout
    assert "Against “Do nothing”" in whole
    assert "What has no price" in whole


def test_the_json_holds_all_of_it(run):
    asked = ("--draws", "500", "--baseline", "one-club", "--between", "do-nothing,one-club")
    done = run("options", *FILES, *asked, "--format", "json")
    found = json.loads(done.stdout)
    assert found["schema"] == {"name": "sroi/options", "version": "1.0"}
    assert (found["baseline"], found["switching"]["between"]) == ("one-club", ["do-nothing", "one-club"])
    assert [each["name"] for each in found["options"]] == ["do-nothing", "one-club", "two-clubs"]
    assert sum(each["highest"] for each in found["options"]) == pytest.approx(1)
    assert {each["option"] for each in found["unpriced"]} == {"one-club", "two-clubs"}
    rows = run("options", *FILES, "--draws", "500", "--format", "csv").stdout.splitlines()
    assert len(rows) == 4


@pytest.mark.parametrize("ending", ["md", "json", "csv"])
def test_it_is_written_to_a_file_once(run, tmp_path, ending):
    target = tmp_path / f"options.{ending}"
    done = run("options", *FILES, "--draws", "200", "-o", str(target))
    assert done.exit_code == 0, done.stderr
    assert "one-club" in target.read_text(encoding="utf-8") or "One lunch club" in target.read_text(
        encoding="utf-8"
    )
    again = run("options", *FILES, "--draws", "200", "-o", str(target))
    assert again.exit_code == 2
    assert run("options", *FILES, "--draws", "200", "-o", str(target), "--force").exit_code == 0
    assert run("options", *FILES, "-o", FILES[1], "--force").exit_code == 2


def test_a_record_of_it_verifies_and_one_that_was_changed_does_not(run, tmp_path):
    done = run("options", *FILES, "--draws", "300", "--seed", "4", "--record", "run.json")
    assert done.exit_code == 0, done.stderr
    assert sroi.verify(tmp_path / "run.json").same
    content = json.loads((tmp_path / "run.json").read_text(encoding="utf-8"))
    content["result"]["options"][1]["investment"] += 1
    (tmp_path / "other.json").write_text(json.dumps(content), encoding="utf-8")
    assert not sroi.verify(tmp_path / "other.json").same


def test_unlike_options_end_in_2_and_what_is_not_assessed_in_1(run):
    done = run("options", FILES[0], "befriending", "--place", "york", "--method", "green-book")
    assert done.exit_code == 2
    assert "are not among the stakeholders of do-nothing" in done.stderr
    done = run("options", *FILES[1:], "--set", "assumptions.members=null")
    assert done.exit_code == 1
    assert done.stdout == ""
    assert run("options", *FILES, "--draws", "-1").exit_code == 2
    assert run("options", *FILES, "-o", "options.pdf").exit_code == 2
