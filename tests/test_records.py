"""Run records: complete, free of whoever made them, and verified to the field."""

import datetime as dt
import getpass
import hashlib
import json
import socket
import zipfile
from pathlib import Path

import pytest
from helpers import small, study_of, text_of

import sroi
from sroi import method
from sroi.records.taking import id_of, sha256_of
from sroi.results.base import Result

STUDY = study_of(
    small(
        {"outcomes.change.value": {"value": 200, "low": 100, "high": 400}},
        claims={"c": {"says": "x", "ratio": 3, "meaning": "social_value"}},
    )
)
RECORDED = [
    (sroi.evaluate(STUDY), {}),
    (sroi.ledger(STUDY, shares={"council": 0.5}), {"shares": {"council": 0.5}}),
    (sroi.ledger_spread(STUDY, draws=20, seed=3), {}),
    (sroi.simulate(STUDY, draws=32, seed=7), {}),
    (sroi.simulate(STUDY, draws=32, sampler="sobol"), {}),
    (sroi.sensitivity(STUDY, figure="net_present_value"), {}),
    (sroi.sobol(STUDY, points=16, seed=2), {"points": 16, "seed": 2}),
    (sroi.switching_values(STUDY, 2.0), {}),
    (sroi.breakeven(STUDY, "c"), {}),
    (sroi.value_of_information(STUDY, draws=200, seed=5), {"seed": 5}),
    (sroi.what_it_takes(STUDY, "c", draws=20), {}),
    (sroi.spread(STUDY), {}),
    (sroi.diff(sroi.change(STUDY, {"outcomes.change.quantity": 4}), STUDY), {}),
]
COMMANDS = [
    ("evaluate", "--no-range"),
    ("simulate", "--draws", "64", "--seed", "3"),
    ("sensitivity",),
    ("sensitivity", "--variance", "--points", "16"),
    ("switching", "--target", "2"),
    ("breakeven",),
    ("information", "--draws", "200"),
    ("ledger", "--share", "council=50%"),
    ("scenarios",),
    ("spread",),
]


def changed(record, path, value):
    """The record as a file that somebody has changed at a path."""
    content = json.loads(record.to_json())
    *parts, last = path.split(".")
    part = content
    for name in parts:
        part = part[name]
    part[last] = value
    return content


def saved(folder, content):
    file = folder / "changed.json"
    file.write_text(json.dumps(content), encoding="utf-8")
    return file


@pytest.mark.parametrize(("result", "asked"), RECORDED, ids=lambda each: type(each).__name__)
def test_every_result_verifies_by_what_it_was_asked_with(tmp_path, result: Result, asked):
    kept = sroi.record(result, study=STUDY, asked=asked)
    found = sroi.verify(kept.write(tmp_path / "run.json"))
    assert found.same, found.drift


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_command_keeps_a_record_that_verifies_elsewhere(run, study, tmp_path, command):
    name, *options = command
    file = study({"outcomes.change.value": {"value": 200, "low": 100, "high": 400}})
    done = run(name, file, *options, "--record", "run.json")
    assert done.exit_code == 0, done.stderr
    text = Path("run.json").read_text(encoding="utf-8")
    for secret in (str(tmp_path), socket.gethostname(), str(Path.home()), f'"{getpass.getuser()}"'):
        assert secret not in text
    content = json.loads(text)
    assert content["schema"] == {"name": "sroi/record", "version": "1.0"}
    assert content["command"]["name"] == name
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    Path("run.json").rename(elsewhere / "run.json")
    file.unlink()
    done = run("verify", elsewhere / "run.json")
    assert done.exit_code == 0, done.stdout


REPORTS = ("r.md", "r.html", "r.xlsx", "r.docx")


def text_in(file):
    """All that a report says, as one text."""
    if file.suffix in (".xlsx", ".docx"):
        with zipfile.ZipFile(file) as packed:
            return "".join(packed.read(name).decode(errors="replace") for name in packed.namelist())
    return file.read_text(encoding="utf-8")


@pytest.fixture
def reported(run):
    """Reports of every kind and their record, in the working folder."""
    named = [each for name in REPORTS for each in ("-o", name)]
    done = run("report", "befriending", "--place", "york", *named, "--draws", 50, "--record", "run.json")
    assert done.exit_code == 0, done.stderr
    return json.loads(Path("run.json").read_text(encoding="utf-8"))


def test_every_report_names_its_record_and_the_record_its_reports(run, reported):
    assert [each["name"] for each in reported["reports"]] == sorted(REPORTS)
    for each in reported["reports"]:
        body = Path(each["name"]).read_bytes()
        assert (each["size"], each["sha256"]) == (len(body), hashlib.sha256(body).hexdigest())
        said = text_in(Path(each["name"]))
        assert reported["id"] in said
        assert "sroi verify run.json" in said
    assert reported["draws"] == 50
    assert reported["command"]["name"] == "report"
    done = run("verify", "run.json")
    assert done.exit_code == 0, done.stdout


@pytest.mark.usefixtures("reported")
def test_a_report_that_was_changed_or_is_gone_is_named(run):
    Path("r.html").unlink()
    done = run("verify", "run.json", "--format", "json")
    assert done.exit_code == 0
    found = {each["name"]: each["found"] for each in json.loads(done.stdout)["reports"]}
    assert found == {**dict.fromkeys(REPORTS, "same"), "r.html": "missing"}
    with Path("r.md").open("a", encoding="utf-8") as file:
        file.write("And more.\n")
    done = run("verify", "run.json")
    assert done.exit_code == 1
    assert "the report r.md is not as it was written" in " ".join(done.stdout.split())


def test_the_identifier_is_of_what_was_asked_and_of_no_report(reported):
    study = sroi.load("befriending", place="york")
    alone = sroi.record(sroi.simulate(study, draws=50))
    assert alone.id == reported["id"]
    others = (
        sroi.record(sroi.simulate(study, draws=51)),
        sroi.record(sroi.simulate(study, draws=50, seed=1)),
        sroi.record(sroi.simulate(sroi.change(study, method="svi-guide"), draws=50)),
        sroi.record(sroi.evaluate(study)),
    )
    assert len({alone.id, *(each.id for each in others)}) == 5


def test_reports_of_one_name_in_two_folders_are_refused(tmp_path):
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
    files = [tmp_path / "a" / "r.md", tmp_path / "b" / "r.md"]
    with pytest.raises(sroi.DocumentError, match=r"two files are called r\.md"):
        sroi.report(STUDY, files, draws=10, record=tmp_path / "run.json")
    assert not files[0].exists()


@pytest.mark.parametrize("name", ["../r.md", "/etc/hosts", "", ".."])
def test_a_record_that_names_a_file_elsewhere_is_refused(tmp_path, name):
    kept = sroi.record(sroi.evaluate(STUDY))
    listed = [{"name": name, "size": 1, "sha256": "0" * 64}]
    with pytest.raises(sroi.DocumentError, match="bare name"):
        sroi.verify(saved(tmp_path, changed(kept, "reports", listed)))


def test_a_source_that_falls_due_for_review_moves_nothing():
    study = study_of(
        small(
            {"outcomes.change.value": {"value": 200, "source": "s"}},
            sources={"s": {"title": "S", "review_by": "2020-01"}},
        )
    )
    before = sroi.evaluate(study, today=dt.date(2019, 1, 1))
    assert before.warnings != sroi.evaluate(study).warnings
    assert sroi.verify(sroi.record(before)).same


@pytest.mark.parametrize(
    ("path", "value", "part"),
    [
        ("result.social_return_ratio", 9.0, "result"),
        ("study.title", "Another", "study"),
        ("inputs", {}, "inputs"),
        ("method.timing", "end", "method"),
        ("id", "0" * 64, "id"),
        ("command.asked", {}, None),
    ],
)
def test_a_record_that_was_changed_says_where(tmp_path, path, value, part):
    kept = sroi.record(sroi.evaluate(STUDY))
    found = sroi.verify(saved(tmp_path, changed(kept, path, value)))
    assert found.tampered == ((part,) if part else ())
    assert found.same is (part is None)


def test_a_changed_result_is_named_to_the_field(tmp_path):
    kept = sroi.record(sroi.evaluate(STUDY))
    found = sroi.verify(saved(tmp_path, changed(kept, "result.social_return_ratio", 9.0)))
    assert [(each.path, each.old, each.moved_by) for each in found.drift] == [
        ("result.social_return_ratio", 9.0, "record")
    ]
    assert found.drift[0].new == pytest.approx(sroi.evaluate(STUDY).social_return_ratio)


def test_a_changed_study_text_moves_the_figures_and_is_named(run, tmp_path):
    kept = sroi.record(sroi.evaluate(STUDY))
    text = kept.content["study"]["text"].replace("high: 400", "high: 401").replace("value: 200", "value: 250")
    assert text != kept.content["study"]["text"]
    file = saved(tmp_path, changed(kept, "study.text", text))
    done = run("verify", file, "--format", "json")
    assert done.exit_code == 1
    found = json.loads(done.stdout)
    assert found["tampered"] == ["study"]
    moved = {each["path"]: each["moved_by"] for each in found["drift"]}
    assert moved["result.social_return_ratio"] == moved["inputs.outcomes.change.value.value"] == "record"


def rehashed(kept, path, value):
    """A record as another engine would have made it: with its own identifier and hashes."""
    content = changed(kept, path, value)
    content["id"] = id_of(content)
    content["sha256"] = {name: sha256_of(content[name]) for name in content["sha256"]}
    return content


def test_another_engine_is_named(tmp_path):
    kept = sroi.record(sroi.evaluate(STUDY))
    content = rehashed(kept, "engine.version", "0.0.9")
    assert sroi.verify(saved(tmp_path, content)).same
    content["result"]["present_value"] += 1
    content["sha256"]["result"] = sha256_of(content["result"])
    found = sroi.verify(saved(tmp_path, content))
    assert [(each.path, each.moved_by) for each in found.drift] == [("result.present_value", "engine")]
    assert found.moved_by == ("engine",)


def test_another_method_of_the_same_name_is_named(tmp_path, monkeypatch):
    study = study_of(small(method="svi-guide"))
    kept = sroi.record(sroi.evaluate(study)).write(tmp_path / "run.json")
    other = method.PROFILES["svi-guide"].model_copy(update={"timing": "end"})
    monkeypatch.setattr(method, "PROFILES", {**method.PROFILES, "svi-guide": other})
    found = sroi.verify(kept)
    assert "result.present_value" in {each.path for each in found.drift}
    assert found.moved_by == ("method",)


PACK = """sroi: 1
pack: ourtown
title: Our town
extends: england
gss: E09000099
assumptions: {members: {value: 10, rationale: counted}}
"""


def test_what_packs_moved_is_told_from_what_the_study_moved(run, study):
    Path("packs").mkdir()
    Path("packs/ourtown.yaml").write_text(PACK, encoding="utf-8")
    file = study({"place": "ourtown", "outcomes.change.quantity": "members"})
    done = run("evaluate", file, "--packs", "packs", "--no-range", "--record", "run.json")
    assert done.exit_code == 0, done.stderr
    assert run("verify", "run.json", "--packs", "packs").exit_code == 0
    assert run("verify", "run.json").exit_code == 0
    Path("packs/ourtown.yaml").write_text(PACK.replace("10", "20"), encoding="utf-8")
    done = run("verify", "run.json", "--packs", "packs", "--format", "json")
    assert done.exit_code == 1
    found = json.loads(done.stdout)
    assert found["moved_by"] == ["packs"]
    moved = {each["path"]: (each["old"], each["new"]) for each in found["drift"]}
    assert moved["inputs.assumptions.members.value"] == (10, 20)
    file.write_text(file.read_text(encoding="utf-8").replace("members", "3 * members"), encoding="utf-8")
    found = json.loads(run("verify", "run.json", "--packs", "packs", "--format", "json").stdout)
    assert {"packs", "study"} <= set(found["moved_by"])


def test_a_study_that_changed_is_told_and_stands_against_the_record(run, study):
    file = study()
    assert run("evaluate", "study.yaml", "--no-range", "--record", "run.json").exit_code == 0
    file.write_text(text_of(small({"outcomes.change.value": 12345})), encoding="utf-8")
    for more in ((), ("--against", "study.yaml")):
        done = run("verify", "run.json", *more, "--format", "json")
        assert done.exit_code == 1
        found = json.loads(done.stdout)
        assert found["moved_by"] == ["study"]
        assert "result.present_value" in {each["path"] for each in found["drift"]}


def test_two_records_stand_against_each_other(run, study):
    study()
    assert run("evaluate", "study.yaml", "--no-range", "--record", "a.json").exit_code == 0
    assert run("evaluate", "study.yaml", "--no-range", "--record", "b.json").exit_code == 0
    assert run("verify", "a.json", "--against", "b.json").exit_code == 0
    more = ("--method", "svi-guide", "--force")
    assert run("evaluate", "study.yaml", "--no-range", "--record", "b.json", *more).exit_code == 0
    done = run("verify", "a.json", "--against", "b.json", "--format", "json")
    assert done.exit_code == 1
    assert "method" in json.loads(done.stdout)["moved_by"]


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        "{}",
        "[" * 100_000,
        '{"schema": {"name": "sroi/record", "version": "1.0"}}',
        '{"schema": {"name": "sroi/record", "version": "9.0"}}',
        '{"schema": {"name": "sroi/evaluation", "version": "1.0"}}',
        "\0",
        '{"a": NaN}',
    ],
    ids=range(9),
)
def test_what_is_no_record_is_refused(run, content):
    Path("run.json").write_text(content, encoding="utf-8")
    done = run("verify", "run.json")
    assert done.exit_code == 2
    assert "run.json" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("study.text", "no: ["),
        ("command.result", "magic"),
        ("command.asked", {"nothing": 1}),
        ("study.as_read", 7),
        ("command.asked", []),
        ("sha256", {}),
        ("study.id", None),
    ],
)
def test_a_record_that_is_wrong_inside_ends_in_no_traceback(run, tmp_path, path, value):
    kept = sroi.record(sroi.evaluate(STUDY))
    done = run("verify", saved(tmp_path, changed(kept, path, value)))
    assert done.exit_code in (1, 2)
    assert done.exception is None or isinstance(done.exception, SystemExit)


def test_a_record_is_not_written_over_unasked_nor_over_the_study(run, study):
    study()
    assert run("evaluate", "study.yaml", "--no-range", "--record", "run.json").exit_code == 0
    assert run("evaluate", "study.yaml", "--no-range", "--record", "run.json").exit_code == 2
    done = run("evaluate", "study.yaml", "--no-range", "--record", "study.yaml", "--force")
    assert done.exit_code == 2
    assert "read here" in done.stderr
