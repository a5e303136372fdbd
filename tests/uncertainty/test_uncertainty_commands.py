"""The commands that say how sure an answer is: every format, bad arguments, and files that are whole or not
there."""

import csv
import io
import json
import os
import re
import select
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from ranged import over, uniform

from sroi.cli import uncertainty as commands
from sroi.uncertainty.sampling import CHUNK

ROOT = Path(__file__).parent.parent.parent
LUNCH_CLUB = ROOT / "examples" / "lunch-club.yaml"
FORMATS = ("table", "json", "markdown", "csv")
COMMANDS = {
    "simulate": ("simulate", LUNCH_CLUB, "--draws", 500),
    "sensitivity": ("sensitivity", LUNCH_CLUB),
    "variance": ("sensitivity", LUNCH_CLUB, "--variance", "--points", 64),
    "switching": ("switching", LUNCH_CLUB, "--target", 4),
    "information": ("information", LUNCH_CLUB, "--draws", 400),
    "derby": ("claim", "derby", "derby-2016-headline", "--draws", 200),
    "haringey": ("claim", "haringey", "mj-2020-four-to-one", "--draws", 200),
}


def ended(done, status):
    """Whether a command ended with a status, without an error that nobody meant to raise."""
    return (done.exit_code, done.exception if not isinstance(done.exception, SystemExit) else None) == (
        status,
        None,
    )


def refused(done):
    """What a refused command said, a problem a line, having printed nothing."""
    assert ended(done, 2), done.exception
    assert done.stdout == ""
    assert done.stderr.strip()
    return done.stderr


# ── Every command, in every format
# ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("form", FORMATS)
def test_every_command_prints_every_format(run, command, form):
    done = run(*COMMANDS[command], "--format", form)
    assert ended(done, 0), done.exception
    assert done.stderr == ""
    if form == "json":
        assert isinstance(json.loads(done.stdout, parse_constant=pytest.fail), dict)
    elif form == "csv":
        rows = list(csv.DictReader(io.StringIO(done.stdout), strict=True))
        assert len(rows) > 2
        assert all(None not in row and None not in row.values() for row in rows)
    elif form == "markdown":
        assert "| --- |" in done.stdout.replace(":", "").replace(
            "---:", "---"
        ) or "|---" in done.stdout.replace(" ", "")
    else:
        assert len(done.stdout.splitlines()) > 5


@pytest.mark.parametrize("command", ["simulate", "variance", "information", "haringey"])
def test_what_is_printed_is_printed_again(run, command):
    one, again = (run(*COMMANDS[command], "--format", "json").stdout for _ in range(2))
    assert one == again


def test_a_simulation_is_that_of_the_library(run):
    told = json.loads(run(*COMMANDS["simulate"], "--seed", 7, "--format", "json").stdout)
    import sroi

    study = sroi.load(LUNCH_CLUB)
    drawn = sroi.simulate(study, draws=500, seed=7)
    ratios = sroi.ledger_spread(study, draws=500, seed=7).to_dict()
    wanted = drawn.to_dict() | sroi.ledger(study).to_dict() | {"schema": drawn.schema}
    wanted["ratios"] = {name: spread for name, spread in ratios.items() if name != "schema"}
    assert told == json.loads(json.dumps(wanted)) | {"provenance": told["provenance"]}
    assert (told["draws"], told["seed"], told["sampler"]) == (500, 7, "random")


def test_a_simulation_as_rows(run):
    rows = list(csv.DictReader(io.StringIO(run(*COMMANDS["simulate"], "--format", "csv").stdout)))
    assert [row["figure"] for row in rows[:2]] == ["social_return_ratio", "net_present_value"]
    assert {"mean", "sd", "standard_error", "p5", "p50", "p95", "never"} < set(rows[0])


def test_a_simulation_for_reading(run):
    done = run(*COMMANDS["simulate"], "--full")
    for part in (
        "Social return ratio",
        "P10",
        "Safe to quote",
        "eight draws out of ten",
        "£4 for every £1",
        "ratio of",
    ):
        assert part in done.stdout


def test_sobol_points(run):
    told = json.loads(
        run("simulate", LUNCH_CLUB, "--draws", 512, "--sampler", "sobol", "--format", "json").stdout
    )
    assert told["sampler"] == "sobol"
    assert not [warning for warning in told["warnings"] if "power" in warning["message"]]


def test_sobol_points_that_are_no_power_of_two_warn(run):
    done = run("simulate", LUNCH_CLUB, "--draws", 500, "--sampler", "sobol", "--format", "json")
    assert ended(done, 0), done.exception
    (told,) = (each for each in json.loads(done.stdout)["warnings"] if each["id"] == "not-a-power-of-two")
    assert told["data"] == {"draws": 500, "below": 256, "above": 512}


def test_a_set_value_is_fixed(run):
    told = json.loads(
        run("simulate", LUNCH_CLUB, "--draws", 100, "--set", "wellby=13000", "--format", "json").stdout
    )
    assert told["uncertain_numbers"] == 2


def test_the_target_is_what_the_switching_values_meet(run):
    told = json.loads(run("switching", LUNCH_CLUB, "--target", 2.5, "--format", "json").stdout)
    assert told["target"] == 2.5
    assert {row["verdict"] for row in told["numbers"]} <= {
        "within its range",
        "outside its range",
        "none at all",
    }


def test_a_target_decides_what_is_worth_knowing(run):
    values = {
        target: json.loads(run(*COMMANDS["information"], "--target", target, "--format", "json").stdout)[
            "values"
        ][0]["value"]
        for target in (0.1, 1.9)
    }
    assert values[0.1] == pytest.approx(0, abs=1e-6)
    assert values[1.9] > 1_000


# ── Claims
# ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_claim_for_reading_in_a_minute(run):
    """What a councillor reads first: the words, the figure of the model, what one would have to believe,
    and the chance."""
    done = run("claim", "derby", "derby-2016-headline", "--full")
    assert ended(done, 0)
    head = " ".join(done.stdout.split("╰")[0].replace("│", " ").split())
    assert len(head.split()) < 200
    for part in (
        "social value",
        "£4",
        "on central values",
        "claim",
        "uncertain numbers varying at once",
        "of the draws",
    ):
        assert part in head
    assert "What would have to be true for 4" in done.stdout
    assert "Nor would the two strongest together" in " ".join(done.stdout.split())


def test_the_four_to_one_claim_of_haringey_is_one_of_savings(run):
    told = json.loads(run(*COMMANDS["haringey"], "--format", "json").stdout)
    assert (told["borough"], told["claim"], told["figure"], told["target"]) == (
        "haringey",
        "mj-2020-four-to-one",
        "savings_ratio",
        4,
    )
    assert told["central"] < 1
    assert "savings of the state" in told["statement"]
    assert 0 <= told["probability"] <= 1


@pytest.mark.parametrize("place", ["haringey", "Haringey", "E09000014"])
def test_a_place_goes_by_any_of_its_names(run, place):
    assert ended(run("claim", place, "mj-2020-four-to-one", "--draws", 100, "--format", "json"), 0)


def test_an_unknown_claim_is_refused_with_the_nearest(run):
    assert "derby-2016-headline" in refused(run("claim", "derby", "derby-2016-headlin"))


def test_an_unknown_place_is_refused(run):
    assert "nowhere" in refused(run("claim", "nowhere", "derby-2016-headline"))


@pytest.fixture
def packs(tmp_path):
    """A folder with a pack of one's own, of claims that cannot be asked about, and one that can."""
    folder = tmp_path / "packs"
    folder.mkdir()
    pack = {
        "sroi": 1,
        "pack": "our-town",
        "title": "Our town",
        "extends": "england",
        "claims": {
            "loose": {"says": "£9 for £1", "ratio": 9, "meaning": "social_value"},
            "vague": {
                "says": "pays for itself",
                "meaning": "savings",
                "intervention": "local-area-coordination",
            },
            "unknown": {
                "says": "£9 for £1",
                "ratio": 9,
                "meaning": "savings",
                "intervention": "local-area-cordination",
            },
        },
    }
    (folder / "our-town.yaml").write_text(json.dumps(pack), encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("name", "words"), [("loose", "no intervention"), ("unknown", "local-area-coordination"), ("vague", "")]
)
def test_a_claim_that_no_model_answers_is_refused(run, packs, name, words):
    assert words in refused(run("claim", "our-town", name, "--packs", packs))


# ── Bad arguments
# ────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(("simulate", LUNCH_CLUB, "--draws", 0), id="no draws"),
        pytest.param(("simulate", LUNCH_CLUB, "--draws", -5), id="fewer than no draws"),
        pytest.param(("simulate", LUNCH_CLUB, "--draws", "many"), id="draws in words"),
        pytest.param(("simulate", LUNCH_CLUB, "--draws", 1.5), id="half a draw"),
        pytest.param(("simulate", LUNCH_CLUB, "--seed", -1), id="a seed below 0"),
        pytest.param(("simulate", LUNCH_CLUB, "--seed", "x"), id="a seed in letters"),
        pytest.param(("simulate", LUNCH_CLUB, "--sampler", "sobl"), id="an unknown sampler"),
        pytest.param(("simulate", "nowhere.yaml"), id="no such file"),
        pytest.param(("simulate", LUNCH_CLUB, "--set", "nobody=3"), id="an unknown name"),
        pytest.param(("simulate", LUNCH_CLUB, "--borough", "nowhere"), id="an unknown place"),
        pytest.param(("simulate", LUNCH_CLUB, "--format", "xml"), id="an unknown format"),
        pytest.param(("sensitivity", LUNCH_CLUB, "--variance", "--points", 0), id="no points"),
        pytest.param(("sensitivity", LUNCH_CLUB, "--variance", "--points", 1), id="one point"),
        pytest.param(("sensitivity", LUNCH_CLUB, "--variance", "--seed", -1), id="a seed of points below 0"),
        pytest.param(("switching", LUNCH_CLUB, "--target", "high"), id="a target in words"),
        pytest.param(("switching", LUNCH_CLUB, "--target", "nan"), id="a target that is no number"),
        pytest.param(("switching", LUNCH_CLUB, "--target", "inf"), id="a target without end"),
        pytest.param(("information", LUNCH_CLUB, "--draws", 0), id="no draws to know by"),
        pytest.param(("information", LUNCH_CLUB, "--seed", -1), id="a seed to know by below 0"),
        pytest.param(("information", LUNCH_CLUB, "--target", "nan"), id="a threshold that is no number"),
        pytest.param(("claim", "derby", "derby-2016-headline", "--draws", 0), id="no draws of a claim"),
        pytest.param(("claim", "derby"), id="no claim"),
    ],
)
def test_bad_arguments_end_with_2(run, arguments):
    refused(run(*arguments))


@pytest.mark.parametrize("command", ["simulate", "sensitivity", "switching", "information"])
def test_a_study_without_a_result_ends_with_1_and_prints_none(run, study, command):
    done = run(command, study({"outcomes.change.value": None, "outcomes.change.quantity": uniform(1, 2)}))
    assert ended(done, 1), done.exception
    assert done.stdout == ""
    assert "outcomes.change.value" in done.stderr


@pytest.mark.parametrize("command", ["simulate", "sensitivity", "switching", "information"])
def test_a_range_that_cannot_be_drawn_from_ends_with_2_and_says_where(run, study, command):
    chosen = study({"outcomes.change.value": over("x", 5, "x")}, assumptions={"x": 5})
    said = refused(run(command, chosen))
    assert "study.yaml:" in said
    assert "outcomes.change.value: the range from 5 to 5 has no width" in said


@pytest.mark.parametrize(
    "command",
    [("simulate",), ("sensitivity",), ("sensitivity", "--variance"), ("switching",), ("information",)],
)
@pytest.mark.parametrize("form", FORMATS)
def test_a_study_in_which_nothing_varies_is_answered_or_refused(run, study, command, form):
    done = run(command[0], study(), *command[1:], "--format", form)
    assert done.exit_code in (0, 1, 2)
    assert isinstance(done.exception, SystemExit | None), done.exception
    assert not re.search(r"\bnan\b", done.stdout, re.IGNORECASE)


# ── Draws in a file
# ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_kept_draws_are_all_there(run, tmp_path):
    done = run("simulate", LUNCH_CLUB, "--draws", 20_000, "--keep", "draws.parquet", "--format", "json")
    assert ended(done, 0), done.exception
    table = pq.read_table(tmp_path / "draws.parquet")
    assert table.num_rows == 20_000
    assert {"assumptions.wellby", "social_return_ratio", "payback_years"} < set(table.column_names)
    assert table["social_return_ratio"].to_numpy().mean() == pytest.approx(
        json.loads(done.stdout)["social_return_ratio"]["mean"]
    )


def test_a_file_that_is_there_is_not_written_over_unless_told_to(run, tmp_path):
    kept = tmp_path / "draws.parquet"
    kept.write_text("mine")
    said = refused(run("simulate", LUNCH_CLUB, "--draws", 100, "--keep", kept))
    assert "--force" in said
    assert kept.read_text() == "mine"
    assert ended(run("simulate", LUNCH_CLUB, "--draws", 100, "--keep", kept, "--force"), 0)
    assert pq.read_table(kept).num_rows == 100


@pytest.mark.parametrize("where", ["nowhere/draws.parquet", "."])
def test_a_file_that_cannot_be_written_is_refused(run, where):
    refused(run("simulate", LUNCH_CLUB, "--draws", 100, "--keep", where, "--force"))


def test_refused_draws_leave_no_file(run, tmp_path):
    refused(run("simulate", LUNCH_CLUB, "--draws", 0, "--keep", "draws.parquet"))
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def interrupted(monkeypatch):
    """Somebody who presses Ctrl-C when the second chunk is done."""
    told = []

    def press(size):
        told.append(size)
        if len(told) == 2:
            raise KeyboardInterrupt

    @contextmanager
    def progress(_):
        yield press

    monkeypatch.setattr(commands.progress, "drawing", progress)
    return told


@pytest.mark.parametrize("before", [None, "mine"])
def test_an_interrupted_command_leaves_no_half_written_file(run, tmp_path, interrupted, before):
    kept = tmp_path / "draws.parquet"
    if before is not None:
        kept.write_text(before)
    done = run("simulate", LUNCH_CLUB, "--draws", 160_000, "--keep", kept, "--force")
    assert interrupted == [CHUNK, CHUNK]
    assert done.exit_code != 0
    assert done.stdout.strip() in ("", "Aborted!")
    assert [each.name for each in tmp_path.iterdir()] == ([] if before is None else ["draws.parquet"])
    assert before is None or kept.read_text() == before


def test_an_interrupted_command_without_a_file_just_ends(run, tmp_path, interrupted):
    assert run("simulate", LUNCH_CLUB, "--draws", 160_000).exit_code != 0
    assert interrupted == [CHUNK, CHUNK]
    assert list(tmp_path.iterdir()) == []


def test_more_draws_than_the_disk_holds_are_refused_before_any_drawing(run, tmp_path):
    assert "GB are free" in refused(run("simulate", LUNCH_CLUB, "--draws", 10**15, "--keep", "draws.parquet"))
    assert list(tmp_path.iterdir()) == []


# ── In a process and a terminal of its own
# ───────────────────────────────────────────────────────────────────────────

COMMAND = [sys.executable, "-m", "sroi", "simulate", str(ROOT / "tests" / "data" / "reference_study.yaml")]


@pytest.mark.skipif(sys.platform == "win32", reason="another kind of interrupt")
@pytest.mark.parametrize("before", [None, "mine"])
def test_ctrl_c_leaves_no_half_written_file(tmp_path, before):
    """The interrupt comes when some chunks are on the disk already, and the file that was there stays."""
    kept = tmp_path / "draws.parquet"
    if before is not None:
        kept.write_text(before)
    arguments = ["--draws", f"{20_000_000}", "--keep", str(kept), "--force"]
    running = subprocess.Popen(
        [*COMMAND, *arguments], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    part = tmp_path / ".draws.parquet.part"
    end = time.monotonic() + 60
    try:
        while not (part.exists() and part.stat().st_size > 1_000_000) and time.monotonic() < end:
            assert running.poll() is None, running.stderr.read()
            time.sleep(0.05)
        running.send_signal(signal.SIGINT)
        said, complaint = running.communicate(timeout=60)
    finally:
        running.kill()
    assert running.returncode != 0
    assert "Traceback" not in complaint
    assert said.strip() in ("", "Aborted!")
    assert [each.name for each in tmp_path.iterdir()] == ([] if before is None else ["draws.parquet"])
    assert before is None or kept.read_text() == before


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals")
def test_a_terminal_shows_how_far_the_drawing_is(tmp_path):
    """On standard error, where somebody looks, and nothing of it on standard output."""
    import pty

    ours, theirs = pty.openpty()
    printed = tmp_path / "printed.json"
    with printed.open("w", encoding="utf-8") as standard_output:
        running = subprocess.Popen(
            [*COMMAND, "--draws", "400000", "--format", "json"],
            cwd=ROOT,
            stdout=standard_output,
            stderr=theirs,
            env={**os.environ, "TERM": "xterm", "COLUMNS": "80"},
        )
    os.close(theirs)
    shown = b""
    while select.select([ours], [], [], 60)[0]:
        try:
            found = os.read(ours, 65_536)
        except OSError:  # the other end is closed
            break
        if not found:
            break
        shown += found
    os.close(ours)
    assert running.wait(timeout=60) == 0, shown
    assert b"drawing" in shown
    assert b"%" in shown
    assert json.loads(printed.read_text(encoding="utf-8"))["draws"] == 400_000
