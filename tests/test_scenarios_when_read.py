"""Scenarios are tried when a study is read, and stand in its reports."""

import io
import json
import zipfile

import pytest
from helpers import small

import sroi


def text(scenarios, **more):
    document = small(
        {"outcomes.change.quantity": "members"}, assumptions={"members": 10}, scenarios=scenarios, **more
    )
    return json.dumps(document, indent=1)


SPLIT = {"value": 0.5, "low": 0.6, "high": 0.9}


@pytest.mark.parametrize(
    ("values", "path", "words"),
    [
        ({"outcomes.change.deadwieght": 0.5}, "outcomes.change.deadwieght", "deadweight"),
        ({"outcomes.chnage.deadweight": 0.5}, "outcomes.chnage.deadweight", "change"),
        ({"outcomes.change.deadweight": 1.5}, "outcomes.change.deadweight", "share"),
        ({"outcomes.change.deadweight": "150%"}, "outcomes.change.deadweight", "share"),
        ({"outcomes.change.deadweight": SPLIT}, "outcomes.change.deadweight", ""),
        ({"outcomes.change.duration": -1}, "outcomes.change.duration", "years"),
        ({"membrs": 3}, "membrs", "members"),
        ({"members": "nobody * 2"}, "members", "nobody"),
        ({"members": "members + 1"}, "members", ""),
        ({"method.timing": "never"}, "method.timing", "start"),
        ({"outcomes.change.stakeholder": "nobody"}, "outcomes.change.stakeholder", "nobody"),
        ({"outcomes.change.deadweight[3]": 0.1}, "outcomes.change.deadweight[3]", ""),
    ],
)
def test_what_a_scenario_cannot_set_is_refused_at_its_line(values, path, words):
    wrong = values if path == "members" else {"members": 5, **values}
    written = text({"fine": {"members": 5}, "wrong": wrong})
    with pytest.raises(sroi.DocumentError) as refused:
        sroi.loads(written)
    found = refused.value.problems
    assert all(problem.path.startswith("scenarios.wrong") for problem in found), found
    lines = written.splitlines()
    here = max(number for number, line in enumerate(lines, start=1) if json.dumps(path) in line)
    assert here in {problem.line for problem in found}
    assert words in " ".join(f"{problem.message} {problem.hint}" for problem in found)


def test_what_a_scenario_breaks_elsewhere_is_told_at_the_scenario():
    changes = {"outcomes.change.deadweight": "share * 2"}
    scenarios = {"wrong": {"share": 0.9}}
    with pytest.raises(sroi.DocumentError) as refused:
        sroi.loads(json.dumps(small(changes, assumptions={"share": 0.2}, scenarios=scenarios), indent=1))
    (problem,) = refused.value.problems
    assert problem.path == "scenarios.wrong"
    assert "outcomes.change.deadweight" in problem.message


def test_every_scenario_is_tried_and_all_is_said_at_once(run, tmp_path):
    file = tmp_path / "study.json"
    file.write_text(text({"a": {"membrs": 1}, "b": {"outcomes.change.deadweight": 7}}), encoding="utf-8")
    for command in ("validate", "evaluate", "scenarios"):
        done = run(command, file)
        assert done.exit_code == 2
        assert len(done.stderr.splitlines()) == 2
        assert "scenarios.a" in done.stderr
        assert "scenarios.b" in done.stderr


def test_what_is_set_does_not_make_a_scenario_wrong():
    study = sroi.loads(text({"a": {"members": 5}}), values={"outcomes.change.quantity": 3})
    assert study.scenarios == {"a": {"members": 5}}


@pytest.mark.parametrize("form", ["md", "html", "docx", "xlsx"])
def test_scenarios_stand_in_reports(tmp_path, form):
    for scenarios, said in (({"half_as_many": {"members": 5}}, True), ({}, False)):
        path = tmp_path / f"{said}.{form}"
        sroi.report(sroi.loads(text(scenarios)), path, draws=10)
        body = path.read_bytes()
        if form in ("docx", "xlsx"):
            with zipfile.ZipFile(io.BytesIO(body)) as held:
                body = b"".join(held.read(name) for name in held.namelist())
        words = body.decode(errors="replace").replace("\N{NO-BREAK SPACE}", " ")
        assert ("Half as many" in words) is said
