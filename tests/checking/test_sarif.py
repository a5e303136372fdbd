"""SARIF as other tools read it: Microsoft's validator with GitHub's rules, and its viewer in a browser."""

import json
import shutil
import subprocess
from pathlib import Path

import npm
import openpyxl
import pytest
from browsing import chromium, pictured, until  # noqa: F401 - a fixture
from helpers import outcome, small, study_of, text_of
from typer.testing import CliRunner

import sroi
from sroi.cli import app

WAIVER = {
    "rule": "nothing-deducted", "object": "outcomes.change", "reason": "a trial", "person": "A. Lee",
    "date": "2025-01-01", "expiry": "2090-01-01",
}  # fmt: skip
CHANGE = "Fewer “visits” <b>by</b> Ærøskøbing’s & 東京's 100% <script>"
FILES = {
    "plain": ("study.yaml", {}),
    "with signs in its name": ("my study #1, 100% [ä].yaml", {}),
    "with signs in its texts": ("study.yaml", {"outcomes": {"change": outcome(title=CHANGE)}}),
    "waived": ("study.yaml", {"waivers": [WAIVER]}),
    "refused": ("study.yaml", {"outcomes": {"change": outcome(stakeholder="nobody")}}),
    "no YAML": ("study.yaml", None),
}


def checked(*arguments):
    done = CliRunner().invoke(app, ["check", *map(str, arguments), "--format", "sarif"])
    return json.loads(done.stdout)


def written(name, sections):
    file = Path(name)
    file.write_text("a: [" if sections is None else text_of(small(**sections)), encoding="utf-8")
    return file


def complaints(log, folder):
    """What the validator says of a log, by its own rules and those of GitHub."""
    asked, told = folder / "asked.sarif", folder / "told.sarif"
    asked.write_text(json.dumps(log, ensure_ascii=False), encoding="utf-8")
    command = [npm.multitool(), "validate", asked, "--rule-kind", "Sarif;Gh", "--output", told]
    done = subprocess.run(
        [*map(str, command), "--log", "ForceOverwrite"],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert told.is_file(), done.stdout + done.stderr
    (run,) = json.loads(told.read_text("utf-8-sig"))["runs"]
    assert run["invocations"][0]["executionSuccessful"], done.stdout
    return [(each["ruleId"], each.get("level"), each["message"]) for each in run.get("results", ())]


def test_the_validator_has_something_to_say_of_a_log_that_is_wrong(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    log = checked(written("study.yaml", {}))
    log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] = "a b#c%"
    del log["runs"][0]["results"][1]["locations"]
    rules = {rule for rule, *_ in complaints(log, tmp_path)}
    assert any(rule.startswith("SARIF1") for rule in rules)
    assert any(rule.startswith("GH1") for rule in rules)


@pytest.mark.parametrize("waived", [False, True])
@pytest.mark.parametrize("what", FILES)
def test_a_log_is_valid_by_the_rules_of_sarif_and_of_github(tmp_path, monkeypatch, what, waived):
    monkeypatch.chdir(tmp_path)
    log = checked(written(*FILES[what]), *(["--waived"] if waived else []))
    assert log["runs"][0]["results"]
    assert complaints(log, tmp_path) == []


@pytest.mark.parametrize("where", ["beneath", "elsewhere", "several", "nothing found"])
def test_a_log_is_valid_wherever_the_studies_lie(tmp_path, monkeypatch, where):
    inner = tmp_path / "inner"
    inner.mkdir()
    monkeypatch.chdir(inner)
    own, other = inner / "one study.yaml", tmp_path / "other study.yaml"
    for file in (own, other):
        file.write_text(text_of(small()), encoding="utf-8")
    given = {
        "beneath": ([own], {"one%20study.yaml"}),
        "elsewhere": ([other], {other.as_uri()}),
        "several": (
            ["one study.yaml", "./../other study.yaml"],
            {"one%20study.yaml", "../other%20study.yaml"},
        ),
        "nothing found": ([own, "--select", "SROI007"], set()),
    }
    arguments, uris = given[where]
    log = checked(*arguments)
    places = [each["locations"][0]["physicalLocation"] for each in log["runs"][0]["results"]]
    assert {each["artifactLocation"]["uri"] for each in places} == uris
    if where in ("beneath", "nothing found"):
        assert complaints(log, tmp_path) == []


def test_a_log_of_a_value_map_names_the_workbook_and_the_cell(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    faulty = study_of(small(outcomes={"change": outcome(quantity=-3, value=-200)}))
    Path("my map.xlsx").write_bytes(sroi.export_value_map(faulty).content)
    log = checked("my map.xlsx")
    assert complaints(log, tmp_path) == []
    found = next(each for each in log["runs"][0]["results"] if each["ruleId"] == "SROI090")
    (place,) = found["locations"]
    assert place["physicalLocation"]["artifactLocation"]["uri"] == "my%20map.xlsx"
    path, cell = (each["fullyQualifiedName"] for each in place["logicalLocations"])
    assert path == "outcomes.change.quantity"
    assert f"It is written in {cell}." in found["message"]["text"]
    sheet, _, ref = cell.rpartition("!")
    assert openpyxl.load_workbook("my map.xlsx")[sheet][ref].value == -3


@pytest.mark.browser
def test_a_viewer_shows_every_rule_place_and_message(tmp_path, monkeypatch, chromium):  # noqa: F811
    monkeypatch.chdir(tmp_path)
    modules = npm.installed("@microsoft/sarif-web-component", "react", "react-dom")
    sections = {
        "outcomes": {"change": outcome(title=CHANGE), "more": outcome(n_measured=600, n_population=24)}
    }
    log = checked(written("study.yaml", sections))
    for script in ("react/umd/react.production.min.js", "react-dom/umd/react-dom.production.min.js"):
        shutil.copy(modules / script, tmp_path)
    shutil.copy(modules / "@microsoft" / "sarif-web-component" / "dist" / "index.js", tmp_path / "viewer.js")
    scripts = ("react.production.min.js", "react-dom.production.min.js", "viewer.js")
    head = '<!doctype html><meta charset="utf-8"><div id="here"></div>'
    page = tmp_path / "page.html"
    page.write_text(head + "".join(f'<script src="{each}"></script>' for each in scripts), encoding="utf-8")
    tab = chromium.new_page(viewport={"width": 1280, "height": 4000})
    broken = []
    tab.on("pageerror", lambda error: broken.append(str(error)))
    tab.goto(page.as_uri())
    tab.evaluate(
        "log => { const viewer = React.createElement(Viewer, {logs: [log]});"
        " ReactDOM.render(viewer, document.getElementById('here')); }",
        log,
    )
    until(tab, "document.body.innerText.includes('SROI')")
    shown = tab.inner_text("body")
    run = log["runs"][0]
    for rule in run["tool"]["driver"]["rules"]:
        assert f"{rule['id']}: {rule['name']}" in shown
    assert f"sroi\n{len(run['results'])}" in shown
    assert "study.yaml" in shown
    tab.get_by_text("SROI011", exact=False).first.click()
    until(tab, "document.body.innerText.includes('n_measured is 600')")
    pictured(tab, "sarif-viewer")
    tab.close()
    assert broken == []
