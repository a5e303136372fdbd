"""The commands that explain a study, read it in other ways, or say whether a file can be used."""

import copy
import csv
import io
import json
import pickle
from pathlib import Path

import pytest
from helpers import outcome, small, study_of, text_of

import sroi

ROOT = Path(__file__).parent.parent
LUNCH_CLUB = ROOT / "examples" / "lunch-club.yaml"
RANGED = small(
    assumptions={
        "each": {"value": 200, "low": 100, "high": 300, "rationale": "a guess"},
        "twice": "2 * each",
    },
    outcomes={"change": outcome(value="each", quantity=[1, 2], duration=3)},
    scenarios={"half": {"each": 100}, "low": {"each": 150}},
)


@pytest.fixture
def ranged(tmp_path):
    file = tmp_path / "ranged.json"
    file.write_text(text_of(RANGED), encoding="utf-8")
    return file


def in_json(run, *arguments):
    done = run(*arguments, "--format", "json")
    assert done.exit_code == 0, done.stderr
    return json.loads(done.stdout)


# ── explain
# ─────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", ["change", "outcomes.change"])
def test_an_outcome_is_explained_as_python_explains_it(run, ranged, name):
    said = str(sroi.evaluate(sroi.load(ranged)).explain("change"))
    assert run("explain", ranged, name, "--full").stdout.rstrip("\n") == said
    told = in_json(run, "explain", ranged, name)
    assert (told["study"], told["explained"], told["lines"]) == (RANGED["id"], name, said.splitlines())


@pytest.mark.parametrize("path", ["each", "assumptions.each"])
def test_a_number_is_explained_with_its_range_its_reason_and_what_it_goes_into(run, ranged, path):
    text = " ".join(run("explain", ranged, path).stdout.split())
    assert text.startswith("Each = 200 path assumptions.each range 100 to 300 why a guess written in [study]")
    assert "goes into Twice (assumptions.twice)" in text
    assert "(outcomes.change.value)" in text
    assert "the ratio does not rest on it" not in text


def test_a_number_that_nothing_uses_says_so(run, ranged):
    text = " ".join(run("explain", ranged, "twice").stdout.split())
    assert "computed as 2 × Each, written 2 * each" in text
    assert "rests on Each = 200 (assumptions.each)" in text
    assert "the ratio does not rest on it" in text


def test_a_list_is_explained_entry_by_entry(run, ranged):
    text = run("explain", ranged, "outcomes.change.quantity", "--full").stdout
    assert [f"outcomes.change.quantity[{at}]" in text for at in range(3)] == [True, True, False]


def test_an_unknown_name_is_refused_with_the_nearest(run, ranged):
    done = run("explain", ranged, "eahc")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "no outcome or number eahc; did you mean each?" in done.stderr


def test_the_short_form_says_how_many_years_it_omits():
    explained = sroi.evaluate(study_of(small({"outcomes.change.duration": 30}))).explain("change")
    (more,) = (line for line in explained.brief.lines if "more years" in line)
    shown = sum(line[:4] == "    " and line[4:8].isdecimal() for line in explained.brief.lines)
    assert shown >= 1
    assert shown + int(more.split()[1]) == 30
    assert any("total" in line for line in explained.brief.lines)
    assert str(explained).count("more years") == 0


def test_an_explanation_is_copied_and_pickled_with_its_short_form():
    explained = sroi.evaluate(study_of(small())).explain("change")
    for again in (copy.deepcopy(explained), pickle.loads(pickle.dumps(explained))):
        assert (again, again.brief) == (explained, explained.brief)


# ── scenarios and spread
# ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_scenarios_are_those_of_python(run, ranged):
    found = sroi.scenarios(sroi.load(ranged))
    told = in_json(run, "scenarios", ranged)
    assert {each["name"]: each["social_return_ratio"] for each in told["scenarios"]} == {
        name: each.social_return_ratio for name, each in found.items()
    }
    half = next(each for each in told["scenarios"] if each["name"] == "half")
    assert half["differs"] == {"each": 100}
    assert half["social_return_ratio"] == pytest.approx(told["social_return_ratio"] / 2)


def test_a_scenario_of_the_studys_own_keeps_its_name(run, ranged):
    text = run("scenarios", ranged, "--full").stdout
    assert "worse end" not in text
    assert "better end" in text
    assert "Each: 150" in " ".join(text.split())


def test_each_method_gives_what_loading_with_it_gives(run):
    told = in_json(run, "spread", LUNCH_CLUB)
    assert {each["name"] for each in told["methods"]} == set(sroi.PROFILES)
    for each in told["methods"]:
        result = sroi.evaluate(sroi.load(LUNCH_CLUB, method=each["name"]))
        assert each["social_return_ratio"] == result.social_return_ratio
        assert each["net_present_value"] == result.net_present_value
    own = next(each for each in told["methods"] if each["name"] == "default")
    assert own["differs"] == {}


def test_what_a_study_overrides_of_its_method_is_its_own_alone():
    study = study_of(small(method={"profile": "default", "timing": "end"}))
    found = sroi.spread(study)
    assert found.central == sroi.evaluate(study).social_return_ratio
    assert all("end" not in each.differs.values() for each in found.found)
    assert {each.name: each.differs.get("timing") for each in found.found}["default"] == "start"


def test_a_method_that_refuses_the_study_says_why_and_the_others_stand():
    heavy = small(outcomes={"change": outcome(deadweight=0.6, attribution=0.6)})
    found = {each.name: each for each in sroi.spread(study_of(heavy)).found}
    assert found["added-deductions"].social_return_ratio is None
    assert "add up to 120%" in found["added-deductions"].no_result
    assert found["svi-guide"].no_result is None


def test_what_differs_stands_in_words_in_a_cell_of_csv(run, ranged):
    rows = list(csv.DictReader(io.StringIO(run("spread", LUNCH_CLUB, "--format", "csv").stdout)))
    assert [row["name"] for row in rows] == list(sroi.PROFILES)
    assert {row["name"]: row["differs"] for row in rows}["green-book"] == (
        "horizon: 10, optimism bias: stated"
    )
    rows = list(csv.DictReader(io.StringIO(run("scenarios", ranged, "--format", "csv").stdout)))
    assert {row["name"]: row["differs"] for row in rows}["half"] == "Each: 100"


@pytest.mark.parametrize("command", ["scenarios", "spread"])
def test_a_study_without_a_result_has_neither(run, study, command):
    done = run(command, study({"outcomes.change.quantity": None}))
    assert (done.exit_code, done.stdout) == (1, "")
    assert "quantity" in done.stderr


# ── validate
# ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_files_that_can_be_used_are_named_with_what_they_are(run):
    files = (
        LUNCH_CLUB,
        ROOT / "assumptions" / "boroughs" / "derby.yaml",
        ROOT / "assumptions" / "interventions" / "befriending.yaml",
    )
    done = run("validate", *files)
    assert (done.exit_code, done.stderr) == (0, "")
    kinds = ("study", "pack", "intervention")
    assert done.stdout.splitlines() == [
        f"{file}: the {kind} can be used" for file, kind in zip(files, kinds, strict=True)
    ]


def test_a_number_that_is_not_assessed_keeps_no_file_from_being_used(run, study):
    assert run("validate", study({"outcomes.change.quantity": None})).exit_code == 0


def test_all_that_is_wrong_with_every_file_is_said_at_once(run, study, tmp_path):
    wrong = study({"outcomes.change.deadweight": 1.3, "outcomes.change.starts": "soon"})
    pack = tmp_path / "our-town.yaml"
    pack.write_text("sroi: 1\npack: our-town\ntitle: Our town\nextends: englnd\n", encoding="utf-8")
    named = tmp_path / "other.yaml"
    named.write_text("sroi: 1\npack: our-place\ntitle: Our place\n", encoding="utf-8")
    missing = tmp_path / "none.yaml"
    done = run("validate", LUNCH_CLUB, wrong, pack, named, missing)
    assert done.exit_code == 2
    assert done.stdout.splitlines() == [f"{LUNCH_CLUB}: the study can be used"]
    for file, words in (
        (wrong, "outcomes.change.deadweight"),
        (wrong, "outcomes.change.starts"),
        (f"{pack}:4:10", "did you mean england?"),
        (f"{named}:2:7", "or rename the file"),
        (missing, "there is no such file"),
    ):
        assert any(line.startswith(str(file)) and words in line for line in done.stderr.splitlines()), words
    told = run("validate", LUNCH_CLUB, wrong, "--format", "json")
    assert told.exit_code == 2
    whole = json.loads(told.stdout)
    assert [whole["valid"], *(each["valid"] for each in whole["files"])] == [False, True, False]
    paths = {problem["path"] for problem in whole["files"][1]["problems"]}
    assert paths == {"outcomes.change.deadweight", "outcomes.change.starts"}


def test_a_pack_may_build_on_one_beside_it_or_among_the_packs(run, tmp_path):
    folders = (tmp_path / "a", tmp_path / "b")
    for folder in folders:
        folder.mkdir()
    parent = "sroi: 1\npack: our-county\ntitle: Our county\nextends: england\n"
    child = folders[0] / "our-town.yaml"
    child.write_text("sroi: 1\npack: our-town\ntitle: Our town\nextends: our-county\n", encoding="utf-8")
    assert run("validate", child).exit_code == 2
    (folders[1] / "our-county.yaml").write_text(parent, encoding="utf-8")
    assert run("validate", child, "--packs", folders[1]).exit_code == 0
    (folders[0] / "our-county.yaml").write_text(parent, encoding="utf-8")
    assert run("validate", child).exit_code == 0
