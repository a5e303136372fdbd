"""Every command that gives a figure keeps a record, and the record verifies."""

import json
from pathlib import Path

import pytest

from sroi.cli.commands import COMMANDS

RANGE = {"outcomes.change.value": {"value": 200, "low": 100, "high": 400}}
CLAIM = {"c": {"says": "£3 for £1", "ratio": 3, "meaning": "social_value"}}
CLUB = Path(__file__).parent.parent / "examples" / "lunch-club.yaml"
GIVES_A_FIGURE = {
    "evaluate": ("--no-range",),
    "ledger": (),
    "explain": ("change",),
    "claims": (),
    "claim": ("c", "--draws", 20),
    "simulate": ("--draws", 20),
    "sensitivity": (),
    "switching": (),
    "breakeven": (),
    "scenarios": (),
    "spread": (),
    "information": ("--draws", 100),
    "compare": (str(CLUB), "--anyway", "--no-range"),
    "diff": (str(CLUB),),
    "options": (str(CLUB), "--anyway", "--draws", 20),
    "check": ("--ignore", "SROI001"),
    "report": ("-o", "report.md", "--draws", 20),
}
GIVES_NONE = {
    "verify": "compares with a record",
    "portfolio": "adds up tables, and has no study to record",
    "portfolio-from": "writes tables",
    "serve": "answers others",
    "studio": "writes a page",
    "mcp": "answers others",
    "places": "lists what is shipped",
    "interventions": "lists what is shipped",
    "show": "lists what is assumed",
    "new": "writes a file to fill in",
    "schema": "prints a schema",
    "validate": "evaluates nothing",
    "check-packs": "evaluates nothing",
    "import-value-map": "writes a study",
    "export-value-map": "writes the numbers of a study, with no result of them",
    "import": "writes a pack",
}


def test_every_command_is_among_them():
    assert not GIVES_A_FIGURE.keys() & GIVES_NONE.keys()
    assert GIVES_A_FIGURE.keys() | GIVES_NONE.keys() == COMMANDS.keys()


@pytest.mark.parametrize("command", GIVES_A_FIGURE)
def test_its_record_verifies_here_and_elsewhere(run, study, tmp_path, command):
    file = study(RANGE, claims=CLAIM)
    done = run(command, file, *GIVES_A_FIGURE[command], "--record", "run.json")
    assert done.exit_code in ((0, 1) if command == "check" else (0,)), done.stderr
    content = json.loads(Path("run.json").read_text(encoding="utf-8"))
    assert content["command"]["name"] == command
    assert str(tmp_path) not in Path("run.json").read_text(encoding="utf-8")
    assert run("verify", "run.json").exit_code == 0
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    Path("run.json").rename(elsewhere / "run.json")
    file.unlink()
    done = run("verify", elsewhere / "run.json")
    assert done.exit_code == 0, done.stdout
    content["result"]["schema"] = {}
    next(iter(content["inputs"].values()))["value"] = 1234.0
    Path("run.json").write_text(json.dumps(content), encoding="utf-8")
    assert run("verify", "run.json").exit_code == 1


@pytest.mark.parametrize("command", ["claims", "claim", "explain"])
def test_a_shipped_intervention_is_recorded_too(run, command):
    rest = {
        "claims": (),
        "claim": ("derby-2016-headline", "--draws", 20),
        "explain": ("less_alone_more_in_control",),
    }
    given = (command, "local-area-coordination", *rest[command], "--place", "derby", "--record", "run.json")
    done = run(*given)
    assert done.exit_code == 0, done.stderr
    done = run("verify", "run.json")
    assert done.exit_code == 0, done.stdout


def test_the_claims_of_places_have_no_one_record(run):
    done = run("claims", "derby", "--record", "run.json")
    assert done.exit_code == 2
    assert "--record" in done.stderr
    assert "of one study" in done.stderr
    assert not Path("run.json").exists()


def test_the_check_of_several_studies_has_no_one_record(run, study):
    file = study(RANGE)
    done = run("check", file, "befriending", "--record", "run.json")
    assert done.exit_code == 2
    assert "--record" in done.stderr
    assert not Path("run.json").exists()


def test_a_study_is_asked_about_its_claims_as_a_place_is(run, study):
    file = study(RANGE, claims=CLAIM)
    (row,) = json.loads(run("claims", file, "--format", "json").stdout)
    assert (row["claim"], row["ratio"], row["social_value"], row["model"]) == ("c", 3, 2, 2)
    done = run("claims", file, "--set", "outcomes.change.value=600", "--format", "json")
    assert json.loads(done.stdout)[0]["model"] == pytest.approx(6)
    told = json.loads(run("claim", file, "c", "--draws", 20, "--format", "json").stdout)
    assert (told["claim"], told["central"]) == ("c", 2)
    by_place = run("claim", "derby", "derby-2016-headline", "--draws", 20, "--format", "json")
    by_study = run(
        "claim",
        "local-area-coordination",
        "derby-2016-headline",
        "--place",
        "derby",
        "--draws",
        20,
        "--format",
        "json",
    )
    assert by_place.stdout == by_study.stdout


def test_a_study_without_claims_says_so(run, study):
    done = run("claims", study(RANGE))
    assert done.exit_code == 0
    assert "Claims of “Small study”: 0" in done.stdout
