"""Every result, and every JSON object that a command prints, says of what schema it is."""

import json

import pytest
from helpers import small, study_of, text_of
from typer.testing import CliRunner

import sroi
from sroi.cli import app
from sroi.results.base import Result

STUDY = study_of(
    small(
        {"outcomes.change.value": {"value": 200, "low": 100, "high": 400}},
        claims={"c": {"says": "x", "ratio": 3, "meaning": "social_value"}},
    )
)
RESULTS = {
    "evaluation": sroi.evaluate,
    "ledger": sroi.ledger,
    "ledger-spread": lambda study: sroi.ledger_spread(study, draws=10),
    "simulation": lambda study: sroi.simulate(study, draws=10),
    "sensitivity": sroi.sensitivity,
    "indices": lambda study: sroi.sobol(study, points=8),
    "switching-values": sroi.switching_values,
    "belief": lambda study: sroi.what_it_takes(study, "c", draws=10),
    "breakeven": sroi.breakeven,
    "information": lambda study: sroi.value_of_information(study, draws=100),
    "findings": sroi.check,
    "simulations": lambda study: sroi.simulate_many([study, study], draws=10),
    "options": lambda study: sroi.options(study, study, draws=10),
    "comparison": lambda study: sroi.compare(study, study, draws=0),
    "ranged": sroi.ranges_by_grade,
    "alternatives": sroi.spread,
    "exported-map": sroi.export_value_map,
    "verification": lambda study: sroi.verify(sroi.record(sroi.evaluate(study))),
}


@pytest.mark.parametrize("name", RESULTS)
def test_a_result_names_its_schema(name):
    found = RESULTS[name](STUDY)
    assert found.to_dict()["schema"] == {"name": f"sroi/{name}", "version": "1.0"}
    assert json.loads(found.to_json())["schema"] == found.schema


def test_every_result_is_among_them():
    known = {f"sroi/{name}" for name in RESULTS} | {"sroi/imported-map"}
    assert {each.schema.fget(object.__new__(each))["name"] for each in Result.__subclasses__()} == known


@pytest.mark.parametrize(
    ("command", "name"),
    [
        (("evaluate",), "evaluation"),
        (("simulate", "--draws", "10"), "simulation"),
        (("sensitivity",), "sensitivity"),
        (("sensitivity", "--variance", "--points", "8"), "indices"),
        (("switching",), "switching-values"),
        (("breakeven",), "breakeven"),
        (("information", "--draws", "100"), "information"),
        (("ledger",), "ledger"),
        (("scenarios",), "alternatives"),
        (("spread",), "alternatives"),
        (("explain", "change"), "explanation"),
        (("validate",), "validation"),
        (("check",), "findings"),
    ],
)
def test_a_command_says_it_too(command, name, tmp_path):
    path = tmp_path / "study.json"
    path.write_text(text_of(json.loads(text_of(small()))), encoding="utf-8")
    verb, *rest = command
    arguments = [verb, str(path), *rest]
    done = CliRunner().invoke(app, [*arguments, "--format", "json"])
    assert json.loads(done.stdout)["schema"] == {"name": f"sroi/{name}", "version": "1.0"}
