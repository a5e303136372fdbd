"""The command: its forms, its exit status, and refusals under the rules that they break."""

import json

import pytest
from helpers import outcome, small, text_of
from typer.testing import CliRunner

from docs.generate.checks import rule_pages
from sroi.cli import app

MORE = {"outcomes": {"change": outcome(n_measured=600, n_population=240)}}
WAIVER = {
    "rule": "nothing-deducted", "object": "outcomes.change", "reason": "a trial", "person": "A. Lee",
    "date": "2025-01-01", "expiry": "2090-01-01",
}  # fmt: skip


def run(tmp_path, *arguments, **sections):
    file = tmp_path / "study.yaml"
    file.write_text(text_of(small(**sections)), encoding="utf-8")
    return CliRunner().invoke(app, ["check", str(file), *arguments])


def test_json_holds_the_findings_with_their_keys(tmp_path):
    told = json.loads(run(tmp_path, "--format", "json").stdout)
    assert told["schema"] == {"name": "sroi/findings", "version": "1.0"}
    keys = ["rule", "name", "severity", "where", "file", "line", "column"]
    keys += ["message", "suggestion", "ratio_if_made", "cell", "waived", "waiver"]
    assert all(list(each) == keys for each in told["findings"])
    assert told["findings"][0]["line"] > 0


@pytest.mark.parametrize(
    ("arguments", "sections", "status"),
    [
        ((), {}, 0),
        (("--strict",), {}, 1),
        (("--strict", "--select", "no-decision"), {}, 0),
        ((), MORE, 1),
        (("--ignore", "more-than-there-are"), MORE, 0),
        (("--select", "no-such-rule"), {}, 2),
        (("--strict", "--select", "SROI032"), {"waivers": [WAIVER]}, 0),
    ],
)
def test_exit_status(tmp_path, arguments, sections, status):
    assert run(tmp_path, *arguments, **sections).exit_code == status


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ({"stakeholder": "nobody"}, "SROI005"),
        ({"deadweight": 1.3}, "SROI031"),
        ({"starts": "later"}, "SROI043"),
        ({"wages": 3}, "SROI000"),
        ({"accrues_to": "nobody"}, "SROI005"),
    ],
)
def test_a_refusal_is_reported_under_its_rule(tmp_path, fields, rule):
    done = run(tmp_path, "--format", "json", outcomes={"change": outcome(**fields)})
    assert done.exit_code == 2
    assert rule in {each["rule"] for each in json.loads(done.stdout)["findings"]}


def test_sarif_has_a_place_and_a_fingerprint_that_lines_do_not_move(tmp_path):
    told = json.loads(run(tmp_path, "--format", "sarif").stdout)
    assert told["version"] == "2.1.0"
    results = told["runs"][0]["results"]
    rules = told["runs"][0]["tool"]["driver"]["rules"]
    for each in results:
        assert rules[each["ruleIndex"]]["id"] == each["ruleId"]
        assert each["locations"][0]["physicalLocation"]["region"]["startLine"] > 0
    prints = [each["partialFingerprints"]["ruleAndPath/v1"] for each in results]
    assert len(set(prints)) == len(prints)
    file = tmp_path / "study.yaml"
    file.write_text("\n\n" + file.read_text("utf-8"), encoding="utf-8")
    moved = json.loads(CliRunner().invoke(app, ["check", str(file), "--format", "sarif"]).stdout)
    assert [each["partialFingerprints"]["ruleAndPath/v1"] for each in moved["runs"][0]["results"]] == prints


def test_waived_findings_are_left_out_of_sarif_unless_asked_for(tmp_path):
    def codes(*more):
        done = run(tmp_path, "--format", "sarif", "--select", "SROI032", *more, waivers=[WAIVER])
        return [each["ruleId"] for each in json.loads(done.stdout)["runs"][0]["results"]]

    assert codes() == []
    assert codes("--waived") == ["SROI032"]
    assert "A. Lee" in run(tmp_path, "--select", "SROI032", waivers=[WAIVER]).stdout


@pytest.mark.parametrize("name", ["SROI036", "no-displacement"])
def test_one_rule_is_explained(name):
    done = CliRunner().invoke(app, ["check", "--rule", name])
    assert done.exit_code == 0
    assert done.stdout.startswith("# SROI036 no-displacement\n")
    assert "## A bad example" in done.stdout
    (page,) = (page for file, page in rule_pages().items() if file.name == "SROI036.md")
    assert page.decode().startswith(done.stdout.strip())
