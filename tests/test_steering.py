"""Texts of strangers steer no screen, hold no formula, and are not repeated where they are no study."""

from __future__ import annotations

import csv
import html
import io
import json
import os
import re
import sys
import zipfile
from pathlib import Path

import pytest
from helpers import outcome, small
from typer.testing import CliRunner

import sroi
from sroi.authoring import starting_file
from sroi.cli import app
from sroi.tables import rows_to_csv
from sroi.text import json_text, one_line, printable

STEERING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
ALL = "\x1b[31m\x07\x9b1m\x85\u202e\u2066\u200f\u061c\r\x7f\u2028\u2029X"
ESCAPES = ("\\x1b", "\\x07", "\\x9b", "\\u202e", "\\u2066")
BYTES = os.fsdecode(b"caf\xe9")


def hostile(**sections):
    """A study with characters that steer in each of its texts and names of words."""
    value = {"value": 200, "low": 100, "high": 300, "rationale": f"reason{ALL}"}
    change = outcome(value=value, quantity="members", title=f"=1+1{ALL}", unit=f"unit{ALL}", activity=ALL)
    members = {"value": 10, "low": 5, "high": 20, "source": "report", "title": f"@members{ALL}"}
    return small(
        {
            "stakeholders.people.title": f"-people{ALL}",
            "stakeholders.council.payer": f"payer{ALL}",
            "inputs.grant.title": f"+grant{ALL}",
        },
        title=f"=title{ALL}",
        author=f"author{ALL}",
        purpose=f"purpose{ALL}",
        limitations=[f"limit{ALL}"],
        outcomes={"change": change},
        assumptions={"members": members},
        payers={f"payer{ALL}": {"title": f"Payer{ALL}"}},
        sources={"report": {"title": f"Report{ALL}", "publisher": f"press{ALL}"}},
        claims={"said": {"says": f"says{ALL}", "meaning": "unclear", "ratio": 3}},
        **sections,
    )


@pytest.fixture
def study(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "study.json").write_text(json.dumps(hostile()), encoding="utf-8")
    return "study.json"


def run(*arguments):
    done = CliRunner().invoke(app, list(arguments))
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done


def test_each_character_that_steers_is_shown_as_its_escape():
    assert (
        printable("a\x1bb\x07\x9b\u202e\u2066\r\ud800\uffff") == r"a\x1bb\x07\x9b\u202e\u2066\x0d\ud800\uffff"
    )
    assert printable("plain é 漢 😀\ttab\n£") == "plain é 漢 😀\ttab\n£"
    assert one_line("a\n  b\x1b") == r"a b\x1b"
    for code in range(0x3000):
        if chr(code) not in "\t\n":
            assert not STEERING.search(printable(chr(code)))


def test_json_holds_escapes_and_gives_the_text_back():
    written = json_text({ALL: [ALL, "é", "\ud800"]})
    assert not STEERING.search(written)
    assert "é" in written
    assert json.loads(written) == {ALL: [ALL, "é", "\ud800"]}


@pytest.mark.parametrize("output", ["table", "json", "markdown", "csv"])
@pytest.mark.parametrize(
    "command",
    ["evaluate", "ledger", "sensitivity", "switching", "simulate --draws 100", "information --draws 100"],
)
def test_no_output_steers_a_terminal(study, command, output):
    name, *rest = command.split()
    done = run(name, study, *rest, "--format", output)
    assert done.exit_code == 0, done.stderr
    assert not STEERING.search(done.stdout)
    assert not STEERING.search(done.stderr)


def test_what_a_notebook_or_a_prompt_shows_steers_nothing():
    result = sroi.evaluate(sroi.Study.model_validate(hostile()))
    shown = (result, result.study, result.explain("change"), sroi.ledger(result))
    for each in shown:
        assert not STEERING.search(repr(each))
        assert not STEERING.search(html.unescape(each._repr_html_()))
        assert not STEERING.search(str(each))


@pytest.mark.parametrize(
    "arguments",
    [
        ("evaluate", "{}"),
        ("evaluate", "{}.yaml"),
        ("evaluate", "study.json", "--set", "members={}"),
        ("evaluate", "study.json", "--set", "{}=1"),
        ("evaluate", "study.json", "--set", "x.{}.y=1"),
        ("evaluate", "study.json", "--place", "{}"),
        ("evaluate", "study.json", "--method", "{}"),
        ("evaluate", "study.json", "--format", "{}"),
        ("evaluate", "study.json", "--{}"),
        ("evaluate", "study.json", "--packs", "{}"),
        ("ledger", "study.json", "--share", "{}=1"),
        ("report", "study.json", "-o", "{}"),
        ("report", "study.json", "-o", "{}/r.md"),
        ("report", "study.json", "-o", "r.md", "--date", "{}"),
        ("show", "{}"),
        ("claims", "{}"),
        ("claim", "derby", "{}"),
        ("places", "--like", "{}"),
        ("import-value-map", "{}.csv"),
        ("import", "unit-costs", "{}.csv"),
        ("new", "{}", "name"),
        ("{}",),
    ],
)
@pytest.mark.parametrize("strange", [ALL, BYTES])
@pytest.mark.usefixtures("study")
def test_an_argument_that_is_refused_steers_nothing_and_ends_in_a_message(arguments, strange):
    done = run(*(each.format(strange) for each in arguments))
    assert done.exit_code == 2
    assert done.stderr
    assert not STEERING.search(done.stderr)


@pytest.mark.parametrize(
    "section", ["assumptions", "stakeholders", "outcomes", "sources", "scenarios", "method"]
)
def test_a_key_that_is_refused_is_shown_with_escapes(section):
    with pytest.raises(sroi.DocumentError) as caught:
        sroi.loads(json.dumps(small(**{section: {f"key{ALL}": 3}})))
    assert not STEERING.search(str(caught.value))
    assert all(escape in str(caught.value) for escape in ESCAPES)


def test_an_expression_that_is_refused_is_shown_with_escapes():
    with pytest.raises(sroi.DocumentError) as caught:
        sroi.loads(json.dumps(small({"outcomes.change.value": f"members {ALL}"})))
    assert r"\x1b[31m\x07" in str(caught.value)
    assert not STEERING.search(str(caught.value))


@pytest.mark.parametrize(
    "sign", ["=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20"]
)
def test_no_cell_of_csv_is_a_formula(sign):
    text = f"{sign}cmd|' /C calc'!A0"
    (heading, row) = csv.reader(io.StringIO(rows_to_csv([{"a": text, "b": [text], text: 1, "c": -1.5}])))
    assert all(cell.startswith("'") for cell in (row[0], row[1], heading[2]))
    assert row[3] == "-1.5"


@pytest.mark.parametrize("ending", ["html", "xlsx", "docx", "md"])
def test_no_report_holds_a_character_that_steers(tmp_path, ending):
    pytest.importorskip("vl_convert")
    (file,) = sroi.report(sroi.Study.model_validate(hostile()), tmp_path / f"r.{ending}", draws=50)
    data = file.read_bytes()
    if ending in ("xlsx", "docx"):
        with zipfile.ZipFile(file) as packed:
            parts = [
                packed.read(name).decode() for name in packed.namelist() if name.endswith((".xml", ".rels"))
            ]
    else:
        parts = [re.sub(r"(?s)<script.*?</script>", "", data.decode())]
    for part in parts:
        plain = html.unescape(re.sub(r"_x([0-9A-F]{4})_", r"&#x\1;", part)).replace("\r\n", "\n")
        assert not STEERING.search(plain)
    assert any("\\x1b" in part for part in parts)


def test_a_report_as_pdf_can_be_made_of_any_text(tmp_path):
    pytest.importorskip("typst")
    (file,) = sroi.report(sroi.Study.model_validate(hostile()), tmp_path / "r.pdf", draws=50)
    assert file.read_bytes().startswith(b"%PDF")


NAMES = [
    "a: b # c", "{title}", "{0}", "12", "1e5", "@x", "a\nb", '"q"', "it's", "100%", "%s", "é",
    "b\x1b[31m", "x\u202ey", "yes", "null", "true", ".nan", "2024-01-01", "12:30", "a\x85b", "a\u2028b",
    "[a]", "a,b", "- a", "? a", "#a", "!a",
    "&a", "*a", "|a", ">a", "`a", "a\tb", "a\x00b", "½", "a" * 300,
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_a_new_study_loads_whatever_its_name(name):
    study = sroi.loads(starting_file("study", name, year=2024))
    assert study.title.casefold().replace(" ", "") == "".join(re.sub("[-_]", " ", name).casefold().split())


@pytest.mark.parametrize("name", NAMES[:20])
def test_a_new_pack_is_read_whatever_its_name(tmp_path, monkeypatch, name):
    monkeypatch.chdir(tmp_path)
    assert run("new", "pack", name).exit_code == 0
    (file,) = tmp_path.glob("*.yaml")
    assert sroi.Library(tmp_path).place(file.stem).pack.pack == file.stem


@pytest.mark.parametrize("kind", ["study", "pack"])
@pytest.mark.parametrize("name", [BYTES, "~", "", " "])
def test_a_name_that_makes_no_file_is_refused(kind, name):
    with pytest.raises(sroi.DocumentError):
        starting_file(kind, name, year=2024)


FOREIGN = {
    "passwd": "root:x:0:0:SECRET:/root:/bin/bash\nbob:x:1:1:SECRET:/home:/bin/sh\n",
    "shadow": "root:$6$SECRET:19000:0:99999:7:::\n",
    "key": "-----BEGIN PRIVATE KEY-----\nSECRET+SECRET/abc==\n-----END PRIVATE KEY-----\n",
    "environment": "PASSWORD=SECRET\nexport OTHER: 'SECRET\n",
    "settings": "db:\n  password:SECRET\n  user: SECRET\n",
    "list": "- SECRET\n",
    "twice": "SECRET: 1\nSECRET: 2\n",
    "tag": "a: !SECRET x\n",
    "alias": "a: *SECRET\n",
    "line": "SECRET words of a line:\n",
    "comma": "{a: 1,234 SECRET}\n",
    "json": '{"password": "SECRET", "n": 1',
    "program": "import SECRET\nx = {'a': SECRET}\n",
    "binary": "\x7fELF SECRET\x00",
    "log": "2024-01-01 10:00: SECRET: failed\n",
}


@pytest.mark.parametrize("text", FOREIGN.values(), ids=FOREIGN)
def test_no_error_repeats_a_line_of_a_file_that_is_no_study(tmp_path, text):
    (tmp_path / "found.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "map.csv").write_text(text, encoding="utf-8")
    calls = (
        lambda: sroi.load(tmp_path / "found.yaml"),
        lambda: sroi.load("found", packs=tmp_path),
        lambda: sroi.loads(json.dumps(small()), place="found", packs=tmp_path),
        lambda: sroi.import_value_map(tmp_path / "map.csv"),
        lambda: sroi.import_value_map(tmp_path / "map.csv", mapping=tmp_path / "found.yaml"),
    )
    for call in calls:
        with pytest.raises(sroi.SroiError) as caught:
            call()
        assert "SECRET" not in str(caught.value)


@pytest.mark.parametrize(
    ("scenarios", "path"),
    [
        ({"a": 5}, "scenarios.a"),
        ({"a": None}, "scenarios.a"),
        ({"a": [1]}, "scenarios.a"),
        ({"a": "members"}, "scenarios.a"),
        ({"a": {"members": float("nan")}}, "scenarios.a.members"),
        ({"a": {"members": {"value": float("inf")}}}, "scenarios.a.members.value"),
        ({"a": {"members": [1, float("nan")]}}, "scenarios.a.members[1]"),
        ({"a": {"members": "\ud800"}}, "scenarios.a.members"),
    ],
)
def test_a_scenario_that_sets_nothing_is_refused_with_its_path(scenarios, path):
    with pytest.raises(sroi.DocumentError) as caught:
        sroi.Study.model_validate(small(scenarios=scenarios))
    assert caught.value.problems[0].path == path


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such file names")
def test_a_file_name_that_is_not_utf8_is_read_written_and_told(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path(f"{BYTES}.json").write_text(json.dumps(small()), encoding="utf-8")
    for arguments in (
        ("evaluate", f"{BYTES}.json", "--format", "json"),
        ("export-value-map", f"{BYTES}.json", "-o", f"{BYTES}.xlsx"),
        ("import-value-map", f"{BYTES}.xlsx", "-o", f"{BYTES}.yaml"),
        ("evaluate", f"{BYTES}.yaml"),
        ("report", f"{BYTES}.json", "-o", f"{BYTES}.md", "--draws", "50"),
    ):
        done = run(*arguments)
        assert done.exit_code == 0, done.stderr
        assert not STEERING.search(done.stdout + done.stderr)
    table = "Description,Cost,Unit,Price year,Source\nA thing,5,Per week,2014,NHS\n"
    Path(f"{BYTES}.csv").write_text(table, encoding="utf-8")
    assert run("import", "unit-costs", f"{BYTES}.csv").exit_code == 0
    assert sroi.Library(tmp_path).place("unit-costs").pack.title == r"Unit costs from caf\udce9.csv"
