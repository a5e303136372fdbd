"""`sroi diff`: what it prints and writes, and as the driver of `git diff`."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from helpers import small, text_of
from typer.testing import CliRunner

import sroi
from sroi.cli import app

ROOT = Path(__file__).parents[2]


@pytest.fixture
def files(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    for name, quantity in (("old", 10), ("new", 15)):
        Path(f"{name}.yaml").write_text(text_of(small({"outcomes.change.quantity": quantity})))
    return tmp_path


def run(*arguments, status=0):
    done = CliRunner().invoke(app, ["diff", *arguments])
    assert done.exit_code == status, done.output
    return done


@pytest.mark.usefixtures("files")
def test_json_has_both_figures_and_parts_that_add_up():
    said = json.loads(run("old.yaml", "new.yaml", "--format", "json").stdout)
    assert said["schema"] == {"name": "sroi/difference", "version": "1.0"}
    assert (said["ratio"]["old"], said["ratio"]["new"]) == (2, 3)
    assert [(each["change"], each["amount"]) for each in said["ratio"]["parts"]] == [("quantity", 1)]
    assert said["net_present_value"]["parts"][0]["amount"] == 1000
    (changed,) = said["changes"]
    assert (changed["path"], changed["old"], changed["new"]) == ("outcomes.change.quantity", 10, 15)
    assert changed["new_where"]["file"] == "new.yaml"


def test_people_see_the_answer_and_every_part_on_one_screen():
    done = run(*(str(ROOT / "examples/youth-centre" / f"{name}.yaml") for name in ("forecast", "evaluation")))
    assert len(done.stdout.splitlines()) <= 22
    assert "£1.93 for £1 became" in done.stdout
    assert "\nMethod " in done.stdout


@pytest.mark.usefixtures("files")
def test_files_are_written_by_their_endings():
    names = ["d.md", "d.json", "d.csv", "d.svg", "d.png"]
    done = run("old.yaml", "new.yaml", *(each for name in names for each in ("-o", name)))
    assert done.stdout.split() == names
    assert Path("d.md").read_text().startswith("### Small study: £2.00 → £3.00 for £1")
    assert json.loads(Path("d.json").read_text())["ratio"]["new"] == 3
    assert Path("d.csv").read_text(encoding="utf-8-sig").startswith("change,ratio,")
    assert Path("d.svg").read_text().startswith("<svg")
    assert Path("d.png").read_bytes().startswith(b"\x89PNG")
    run("old.yaml", "new.yaml", "-o", "d.md", status=2)
    run("old.yaml", "new.yaml", "-o", "old.yaml", "--force", status=2)
    assert "end it in one of md" in run("old.yaml", "new.yaml", "-o", "d.doc", status=2).stderr


@pytest.mark.usefixtures("files")
def test_a_record_of_it_verifies():
    run("old.yaml", "new.yaml", "--by", "number", "--record", "run.json")
    assert sroi.verify("run.json").same
    Path("old.yaml").unlink()
    assert sroi.verify("run.json").same
    content = json.loads(Path("run.json").read_text())
    content["result"]["ratio"]["new"] = 4
    Path("run.json").write_text(json.dumps(content))
    assert [each.path for each in sroi.verify("run.json").drift] == ["result.ratio.new"]


@pytest.mark.usefixtures("files")
def test_options_are_of_both():
    said = json.loads(
        run("old.yaml", "new.yaml", "--set", "inputs.grant.value=500", "--format", "json").stdout
    )
    assert (said["ratio"]["old"], said["ratio"]["new"]) == (4, 6)
    assert "no way to group" in run("old.yaml", "new.yaml", "--by", "colour", status=2).stderr
    place = ["local-area-coordination", "befriending", "--place", "derby", "--format", "json"]
    assert json.loads(run(*place).stdout)["old"]["place"] == "derby"


@pytest.mark.usefixtures("files")
def test_nothing_to_part_ends_in_1_and_says_what_changed():
    Path("new.yaml").write_text(text_of(small({"outcomes.change.quantity": None})))
    done = run("old.yaml", "new.yaml", status=1)
    assert "not assessed" in done.stdout
    assert "1 number" in done.stdout


@pytest.mark.usefixtures("files")
def test_what_is_no_study_is_refused():
    assert "nothing.yaml" in run("old.yaml", "nothing.yaml", status=2).stderr
    Path("bad.yaml").write_text("a: [")
    assert "bad.yaml:2:1" in run("bad.yaml", "new.yaml", status=2).stderr


@pytest.mark.skipif(shutil.which("git") is None or os.name == "nt", reason="needs git and sh")
def test_git_diff_explains_a_study(files):
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "PATH": f"{files}/bin:{os.environ['PATH']}",
        **{f"GIT_{who}_{what}": "x" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_SYSTEM": os.devnull,
    }
    Path("bin").mkdir()
    Path("bin/sroi").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m sroi "$@"\n')
    Path("bin/sroi").chmod(0o755)

    def git(*arguments):
        return subprocess.run(
            ["git", *arguments], env=environment, capture_output=True, text=True, check=True, timeout=60
        ).stdout

    git("init", "-q")
    Path(".gitattributes").write_text("studies/*.yaml diff=sroi\n")
    git("config", "diff.sroi.command", driver())
    Path("studies").mkdir()
    shutil.move("old.yaml", "studies/club.yaml")
    git("add", "studies", ".gitattributes")
    git("commit", "-qm", "one")
    shutil.move("new.yaml", "studies/club.yaml")
    said = git("diff")
    assert "£2.00 for £1 became £3.00" in said
    git("commit", "-qam", "two")
    assert "Quantity" in git("show", "--ext-diff")
    git("rm", "-q", "studies/club.yaml")
    assert '"quantity": 15' in git("diff", "--cached")
    assert '"quantity": 10' in git("diff", "--no-ext-diff", "HEAD~1", "HEAD")


def driver():
    """The line that the documentation gives, as a shell reads it."""
    page = (ROOT / "docs" / "how-to.md").read_text()
    line = next(line for line in page.splitlines() if line.startswith("git config diff.sroi.command "))
    return line.removeprefix("git config diff.sroi.command ").strip("'")
