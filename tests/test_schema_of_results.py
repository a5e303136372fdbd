"""Every result, and every JSON object that a command prints, says of what schema it is."""

import copy
import json
from pathlib import Path

import pytest
from helpers import outcome, small, study_of, text_of
from jsonschema import Draft202012Validator
from typer.testing import CliRunner

import sroi
from sroi.cli import app
from sroi.documents.outputs import kinds
from sroi.method import MethodProfile
from sroi.model import Claim, Source
from sroi.results.base import Result

ROOT = Path(__file__).parent.parent
RESULT, RECORD = (Draft202012Validator(sroi.json_schema(kind)) for kind in ("result", "record"))
SHIPPED = [
    *((str(file), None) for file in (ROOT / "examples").glob("*.yaml")),
    *((str(file), None) for file in (ROOT / "tests" / "golden").glob("*.yaml")),
    *((file.stem, "derby") for file in (ROOT / "assumptions" / "interventions").glob("*.yaml")),
]

STUDY = study_of(
    small(
        {"outcomes.change.value": {"value": 200, "low": 100, "high": 400}},
        claims={"c": {"says": "x", "ratio": 3, "meaning": "social_value"}},
    )
)


def cheaper(study):
    """The study with another first input."""
    return sroi.change(study, {f"inputs.{next(iter(study.inputs))}.value": 123})


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
    "difference": lambda study: sroi.diff(study, cheaper(study)),
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
        (("diff", "study.json"), "difference"),
    ],
)
def test_a_command_says_it_too(command, name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "study.json"
    path.write_text(text_of(json.loads(text_of(small()))), encoding="utf-8")
    verb, *rest = command
    arguments = [verb, str(path), *rest]
    done = CliRunner().invoke(app, [*arguments, "--format", "json"])
    assert json.loads(done.stdout)["schema"] == {"name": f"sroi/{name}", "version": "1.0"}


FOR_ONE_STUDY = ("study", "place", "social_return_ratio", "principles", "krlev")
"""Keys that findings of one study have, and those of a command have by study."""


def wrong(validator, document):
    """What a schema refuses of a document, with where."""
    return [f"{error.json_path}: {error.message[:200]}" for error in validator.iter_errors(document)]


def without_a_number(study):
    """Whether a study has a result at all."""
    try:
        sroi.evaluate(study)
    except sroi.UndefinedResultError:
        return True
    return False


@pytest.mark.parametrize(("name", "place"), SHIPPED)
def test_every_result_of_what_is_shipped_fits_the_schema(name, place):
    study = sroi.load(name, place=place)
    asked = dict(RESULTS)
    del asked["belief"]
    if without_a_number(study):
        asked = {name: asked[name] for name in ("breakeven", "findings")}
    for kind, work in asked.items():
        document = json.loads(work(study).to_json())
        assert wrong(RESULT, document) == [], kind
        if kind not in ("findings", "ranged", "exported-map", "verification", "simulations"):
            found = {"points": 8} if kind == "indices" else {}
            kept = sroi.record(work(study), study=study, asked=found).to_dict()
            assert wrong(RECORD, kept) == [], kind
    for claim in list(study.claims)[:2]:
        if study.claims[claim].ratio is not None and "evaluation" in asked:
            assert wrong(RESULT, sroi.what_it_takes(study, claim, draws=10).to_dict()) == []


COMMANDS = [
    ("evaluate", "--place", "derby"),
    ("ledger", "--place", "derby"),
    ("simulate", "--place", "derby", "--draws", "10"),
    ("sensitivity", "--place", "derby"),
    ("scenarios", "--place", "derby"),
    ("explain", "less_alone_more_in_control", "--place", "derby"),
    ("check", "--place", "derby"),
    ("claim", "derby-2016-headline", "--place", "derby", "--draws", "10"),
]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_what_a_command_prints_fits_the_schema(command):
    verb, *rest = command
    done = CliRunner().invoke(app, [verb, "local-area-coordination", *rest, "--format", "json"])
    assert wrong(RESULT, json.loads(done.stdout)) == []


def test_odd_results_fit_the_schema():
    odd = study_of(
        small(
            {"inputs.grant.value": {"value": 1000, "low": -10, "high": 2000}},
            outcomes={
                "change": outcome(quantity=[1, -2, 3], deadweight=[0.1, 0.2], duration=2),
                "unpriced": outcome(priced=False, value=None),
                "gift": outcome(kind="transfer"),
            },
            first_year="2024-25",
        )
    )
    for kind, work in RESULTS.items():
        if kind != "belief":
            assert wrong(RESULT, work(odd).to_dict()) == [], kind
    broken = CliRunner().invoke(
        app, ["validate", str(ROOT / "tests/broken/two-mistakes.yaml"), "--format", "json"]
    )
    assert wrong(RESULT, json.loads(broken.stdout)) == []


def test_every_kind_is_described():
    named = {each.schema.fget(object.__new__(each))["name"] for each in Result.__subclasses__()}
    assert {name.removeprefix("sroi/") for name in named} | {"explanation", "validation"} == set(kinds())


@pytest.mark.parametrize("name", RESULTS)
def test_the_schema_is_closed(name):
    document = json.loads(RESULTS[name](STUDY).to_json())
    assert wrong(RESULT, document) == []
    for change in (
        {"nothing_that_is_known": 1},
        {"schema": {"name": f"sroi/{name}", "version": "0.9"}},
        {"schema": {"name": "sroi/nothing", "version": "1.0"}},
        {"schema": None},
    ):
        assert wrong(RESULT, {**document, **change})
    for key in document:
        if not (name == "findings" and key in FOR_ONE_STUDY):
            lacking = {each: value for each, value in document.items() if each != key}
            assert wrong(RESULT, lacking) or name in ("ledger-spread", "alternatives"), key
    deeper = copy.deepcopy(document)
    rows = [value for value in deeper.values() if isinstance(value, list) and value]
    for row in rows:
        if isinstance(row[0], dict):
            row[0]["nothing_that_is_known"] = 1
            assert wrong(RESULT, deeper)


def test_a_record_is_closed():
    kept = sroi.record(sroi.evaluate(STUDY)).to_dict()
    assert wrong(RECORD, kept) == []
    assert wrong(RECORD, {**kept, "more": 1})
    assert wrong(RECORD, {**kept, "result": {**kept["result"], "more": 1}})
    assert wrong(RECORD, {key: value for key, value in kept.items() if key != "id"})


@pytest.mark.parametrize("kind", ["study", "pack", "result", "record"])
def test_every_schema_has_an_identifier_and_a_version(kind):
    schema = sroi.json_schema(kind)
    Draft202012Validator.check_schema(schema)
    assert schema["$id"] == f"urn:sroi:schema:{kind}:{schema['version']}"
    printed = CliRunner().invoke(app, ["schema", kind])
    assert json.loads(printed.stdout) == schema


def test_what_stands_in_results_as_in_files_has_the_same_keys():
    parts = sroi.json_schema("result")["$defs"]
    assert parts["method"]["properties"].keys() == MethodProfile.model_fields.keys()
    assert parts["source"]["properties"].keys() == Source.model_fields.keys()
    assert Claim.model_fields.keys() <= parts["claim"]["properties"].keys()
    assert Claim.model_fields.keys() <= parts["sroi-belief"]["properties"].keys()
