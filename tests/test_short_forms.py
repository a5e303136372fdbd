"""What each command prints first: the answer, what matters and how much more there is, on one screen."""

import json
from pathlib import Path

import pytest
from helpers import outcome, small, text_of
from typer.testing import CliRunner

from sroi.cli import app
from sroi.tables import SCREEN_LINES

ROOT = Path(__file__).parent.parent
DERBY = ("local-area-coordination", "--place", "derby")
LUNCH_CLUB = (str(ROOT / "examples" / "lunch-club.yaml"),)
COMMANDS = {
    "switching": ("switching",),
    "information": ("information", "--draws", "400"),
    "sensitivity": ("sensitivity",),
    "variance": ("sensitivity", "--variance", "--points", "64"),
    "ledger": ("ledger",),
    "ledger by payer": ("ledger", "--by", "payer"),
    "simulate": ("simulate", "--draws", "400"),
    "scenarios": ("scenarios",),
    "spread": ("spread",),
}
LISTS = {
    "an outcome explained": ("explain", *DERBY, "less_alone_more_in_control"),
    "a number explained": ("explain", *DERBY, "share_with_carer"),
    "a long number explained": ("explain", *DERBY, "years_of_coordination"),
    "claims": ("claims",),
    "claims of a place": ("claims", "derby"),
    "claims of another": ("claims", "camden"),
    "claim": ("claim", "derby", "derby-2016-headline", "--draws", "200"),
    "places": ("places",),
    "every place": ("places", "--all"),
    "places like one": ("places", "--like", "derby"),
    "interventions": ("interventions",),
    "show": ("show", "derby"),
    "show an intervention": ("show", "local-area-coordination"),
    "sources": ("show", "derby", "--sources"),
}
LONG = "People who have been on their own for a long while come to know others in their street, number"


@pytest.fixture(scope="module")
def studies(tmp_path_factory):
    """Studies of very different sizes, by name, as the arguments of a command."""
    folder = tmp_path_factory.mktemp("studies")
    outcomes = {
        f"outcome_{at}": outcome(
            title=f"{LONG} {at}", quantity=at, value={"value": 200, "low": 10, "high": 900}
        )
        for at in range(1, 41)
    }
    written = {"one": small(), "forty": small(title=LONG, outcomes=outcomes)}
    for name, document in written.items():
        (folder / f"{name}.json").write_text(text_of(document), encoding="utf-8")
    own = {name: (str(folder / f"{name}.json"),) for name in written}
    return {"derby": DERBY, "lunch-club": LUNCH_CLUB, **own}


def printed(*arguments, columns=80):
    done = CliRunner().invoke(app, arguments, env={"COLUMNS": str(columns)})
    assert done.exit_code == 0, done.stderr
    return done.stdout.splitlines()


@pytest.mark.parametrize("study", ["derby", "lunch-club", "one", "forty"])
@pytest.mark.parametrize("command", COMMANDS)
def test_a_result_is_told_on_one_screen(studies, command, study):
    lines = printed(*COMMANDS[command], *studies[study])
    assert len(lines) <= SCREEN_LINES
    assert max(map(len, lines)) <= 80
    assert all(line == line.rstrip() for line in lines)
    if study in ("derby", "forty"):
        assert "--full, or --format json." in " ".join(lines)


@pytest.mark.parametrize("command", LISTS)
def test_a_list_is_told_on_one_screen(command):
    lines = printed(*LISTS[command])
    assert len(lines) <= SCREEN_LINES
    assert max(map(len, lines)) <= 80
    assert all(line == line.rstrip() for line in lines)


@pytest.mark.parametrize("columns", [40, 120])
@pytest.mark.parametrize("full", [(), ("--full",)])
@pytest.mark.parametrize(
    "command", [("switching", *DERBY), ("ledger", *DERBY), ("claims", "derby"), ("show", "derby")]
)
def test_what_is_printed_is_as_wide_as_columns_says(command, full, columns):
    lines = printed(*command, *full, columns=columns)
    assert columns / 2 < max(map(len, lines)) <= columns
    assert all(line == line.rstrip() for line in lines)


@pytest.mark.parametrize("command", ["switching", "information", "sensitivity", "variance"])
def test_every_number_is_shown_in_full(studies, command):
    short, full = (
        printed(*COMMANDS[command], *studies["forty"], *how, columns=160) for how in ((), ("--full",))
    )
    ends = [f"number {at}: value" for at in range(1, 41)]
    assert all(end in " ".join(" ".join(full).split()) for end in ends)
    assert not all(end in " ".join(" ".join(short).split()) for end in ends)


@pytest.mark.parametrize("form", ["json", "csv", "markdown"])
@pytest.mark.parametrize(
    "command", [("sensitivity", *DERBY), ("switching", *DERBY), ("claims", "derby"), ("places",)]
)
def test_what_is_for_a_program_is_whole_with_or_without_full(command, form):
    assert printed(*command, "--format", form) == printed(*command, "--format", form, "--full")


def test_markdown_leaves_no_number_out():
    lines = printed("sensitivity", *DERBY, "--format", "markdown")
    swings = json.loads("\n".join(printed("sensitivity", *DERBY, "--format", "json")))["swings"]
    assert sum(line.startswith("| ") for line in lines) == len(swings) + 2


def test_switching_values_begin_with_those_within_their_range():
    lines = printed("switching", *DERBY, columns=120)
    told = json.loads("\n".join(printed("switching", *DERBY, "--format", "json")))["numbers"]
    within = sum(each["verdict"] == "within its range" for each in told)
    rule = next(at for at, line in enumerate(lines) if "───" in line)
    shown = lines[rule + 1 : lines.index("", rule)]
    assert 0 < within < len(shown)
    assert [line.endswith("within its range") for line in shown] == [at < within for at in range(len(shown))]
    assert f"{len(told) - len(shown)} more numbers" in " ".join(lines)
    assert f"{within} of the" in " ".join(lines)


def test_claims_of_a_place_are_its_own_first_and_the_others_are_counted():
    text = " ".join(printed("claims", "derby"))
    entries = json.loads("\n".join(printed("claims", "derby", "--format", "json")))
    own = sum(entry["place"] == "derby" for entry in entries)
    assert f"Claims of Derby: {own}; with a ratio that a model can be set beside: 4" in text
    assert f"Claims of elsewhere or of no one place: {len(entries) - own}." in text
    assert "Isle of Wight" not in text


def test_a_study_without_ranges_says_so(studies):
    assert "no number has a range" in " ".join(printed("switching", *studies["one"]))
    assert "No number with a range moves" in " ".join(printed("sensitivity", *studies["one"]))
