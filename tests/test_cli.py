"""The command line: what it prints where, with which exit status, in every format."""

import csv
import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from helpers import outcome, small, text_of

import sroi
from sroi.cli import main

ROOT = Path(__file__).parent.parent
FORMATS = ("table", "json", "markdown", "csv")
PROBLEM = re.compile(r"(?P<file>.+?):(?P<line>\d+):(?P<column>\d+) (?P<path>\S+): (?P<what>.+); (?P<hint>.+)")


def in_a_process(*arguments, **options):
    """The command as a program of its own."""
    command = [sys.executable, "-m", "sroi", *map(str, arguments)]
    return subprocess.run(
        command,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
        cwd=ROOT,
        **options,
    )


def read_csv(text):
    return list(csv.DictReader(io.StringIO(text), strict=True))


# ── As a program
# ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_result_is_all_that_is_printed(study):
    done = in_a_process("evaluate", study(), "--format", "json")
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["social_return_ratio"] == 2


def test_an_unusable_study_ends_with_2_and_says_where_and_what_instead(study):
    file = study({"outcomes.change.deadweight": 1.3, "outcomes.change.starts": "soon"})
    done = in_a_process("evaluate", file)
    assert (done.returncode, done.stdout) == (2, "")
    problems = [PROBLEM.fullmatch(line) for line in done.stderr.splitlines()]
    assert [(problem["file"], problem["path"]) for problem in problems] == [
        (str(file), "outcomes.change.starts"),
        (str(file), "outcomes.change.deadweight"),
    ]
    for problem, word in zip(problems, ('"starts"', '"deadweight"'), strict=True):
        line = file.read_text(encoding="utf-8").splitlines()[int(problem["line"]) - 1]
        assert word in line
        assert line[int(problem["column"]) - 1 :].startswith(('"soon"', "1.3"))


def test_a_study_without_a_result_ends_with_1_and_prints_none(study):
    done = in_a_process("evaluate", study({"outcomes.change.value": None}))
    assert (done.returncode, done.stdout) == (1, "")
    assert PROBLEM.fullmatch(done.stderr.strip())["path"] == "outcomes.change.value"


@pytest.mark.skipif(sys.platform == "win32", reason="pipes close otherwise there")
@pytest.mark.parametrize(
    "arguments",
    [
        ("boroughs", "--all", "--format", "json"),
        ("evaluate", "local-area-coordination", "--borough", "derby"),
    ],
)
def test_a_reader_that_goes_away_is_no_mistake(arguments):
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "sroi", *arguments]
    done = subprocess.run(
        command, stdout=writing, stderr=subprocess.PIPE, text=True, timeout=60, check=False, cwd=ROOT
    )
    os.close(writing)
    assert "Traceback" not in done.stderr
    assert "BrokenPipe" not in done.stderr


def test_output_is_utf_8_whatever_the_place(study):
    done = in_a_process(
        "evaluate",
        study(title="Größe £ 日本"),
        env={**os.environ, "PYTHONIOENCODING": "ascii", "LC_ALL": "C"},
    )
    assert done.returncode == 0
    assert "Größe £ 日本" in done.stdout


def test_the_version_is_that_of_the_package():
    assert in_a_process("--version").stdout == f"sroi {sroi.__version__}\n"


def test_the_program_hands_over_the_exit_status(monkeypatch, capsys, study):
    monkeypatch.setattr("gc.set_threshold", lambda _: None)
    monkeypatch.setattr(sys, "argv", ["sroi", "evaluate", str(study({"outcomes.change.value": None}))])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 1
    assert capsys.readouterr().out == ""


# ── Evaluating
# ───────────────────────────────────────────────────────────────────────────────────────────────────────


def evaluated(run, *arguments):
    """The result that the command prints as JSON."""
    done = run("evaluate", *arguments, "--format", "json")
    assert done.exit_code == 0, done.stderr
    return json.loads(done.stdout)


def test_the_result_is_that_of_the_library(run, study):
    file = study({"outcomes.change.duration": 3, "outcomes.change.drop_off": "25%"})
    result = sroi.evaluate(sroi.load(file))
    books = {**result.to_dict(), **sroi.ledger(result).to_dict(), "schema": result.schema}
    assert evaluated(run, file) == {**books, "beside_nation": None}


@pytest.mark.parametrize(
    "name", ["study.yaml", "study.yml", "study.json", "named-like-an-intervention/study"]
)
def test_a_path_is_a_file(run, study, tmp_path, name):
    (tmp_path / name).parent.mkdir(exist_ok=True)
    study(name=name)
    assert evaluated(run, name)["study"] == "small"


@pytest.mark.parametrize("name", ["missing.yaml", "missing.json", "./missing", "folder/missing"])
def test_a_file_that_is_not_there_is_named(run, name):
    done = run("evaluate", name)
    assert (done.exit_code, done.stdout) == (2, "")
    assert "there is no such file" in done.stderr
    assert name.removeprefix("./") in done.stderr


def test_anything_else_is_an_intervention(run):
    done = run("evaluate", "local-area-coordinator", "--borough", "derby")
    assert (done.exit_code, done.stdout) == (2, "")
    assert (
        "there is no intervention local-area-coordinator; did you mean local-area-coordination?"
        in done.stderr
    )


@pytest.mark.parametrize("borough", ["haringey", "Haringey", "London Borough of Haringey", "E09000014"])
def test_a_borough_is_named_by_identifier_name_and_code(run, borough):
    result = evaluated(run, "local-area-coordination", "--borough", borough)
    assert result["borough"] == "haringey"
    assert set(result["provenance"]["packs"]) >= {"uk", "england", "haringey"}


def test_an_unknown_borough_is_answered_with_the_nearest(run):
    done = run("evaluate", "local-area-coordination", "--borough", "haringay")
    assert (done.exit_code, done.stdout) == (2, "")
    assert re.search("did you mean haringey", done.stderr, re.IGNORECASE)


def test_an_intervention_without_a_borough_says_which_there_are(run):
    done = run("evaluate", "local-area-coordination")
    assert done.exit_code in (1, 2)
    assert done.stdout == ""
    assert "derby" in done.stderr


def test_set_replaces_values(run, study):
    result = evaluated(
        run,
        study(assumptions={"people": 10}),
        "--set",
        "people=20",
        "--set",
        "outcomes.change.quantity=people",
        "--set",
        "method.timing=end",
    )
    assert result["value_map"][0]["quantity"] == 20
    assert result["method"]["timing"] == "end"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("people", "'people' sets nothing; write --set path=value"),
        ("=5", "'=5' sets nothing"),
        ("peoples=5", "there is no assumption peoples; did you mean people?"),
        ("outcomes.chance.value=5", "there is no outcome chance; did you mean change?"),
        ("outcomes.change.worth=5", "the key worth is not known here"),
        ("outcomes.change.value.value.value=5", "nothing is below"),
        ("outcomes..value=5", "is not a path"),
        ("people=many more", "expected"),
        ("outcomes.change.deadweight=130%", "1.3 is not a share from 0 to 1"),
        ("people=[1, 2", "not closed"),
        ("people=yes", "yes is not a number"),
    ],
)
def test_what_cannot_be_set_is_refused_in_words(run, study, given, said):
    done = run("evaluate", study(assumptions={"people": 10}), "--set", given)
    assert (done.exit_code, done.stdout) == (2, "")
    assert said in done.stderr
    assert "--set" in done.stderr


def test_set_to_nothing_is_not_assessed(run, study):
    done = run("evaluate", study(), "--set", "outcomes.change.value=null")
    assert (done.exit_code, done.stdout) == (1, "")
    assert "outcomes.change.value" in done.stderr


def test_a_method_takes_the_place_of_the_studys_own(run, study):
    result = evaluated(run, study(method={"profile": "default", "timing": "mid"}), "--method", "svi-guide")
    assert result["method"] == sroi.PROFILES["svi-guide"].model_dump(mode="json")


def test_an_unknown_method_is_answered_with_the_nearest(run, study):
    done = run("evaluate", study(), "--method", "svi")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "there is no method profile svi" in done.stderr


def test_packs_of_ones_own_are_looked_into(run, study, tmp_path):
    packs = tmp_path / "packs"
    packs.mkdir()
    (packs / "harbour.yaml").write_text(
        "sroi: 1\npack: harbour\ntitle: Harbour\nassumptions: {lamps: 7}\n", encoding="utf-8"
    )
    file = study({"outcomes.change.quantity": "lamps"})
    assert evaluated(run, file, "--borough", "harbour", "--packs", packs)["value_map"][0]["quantity"] == 7
    assert "harbour" in {
        entry["borough"] for entry in json.loads(run("boroughs", "--packs", packs, "--format", "json").stdout)
    }
    done = run("evaluate", file, "--packs", tmp_path / "nowhere")
    assert (done.exit_code, done.stdout) == (2, "")


@pytest.mark.parametrize("output", FORMATS)
def test_a_study_without_a_result_names_every_missing_number_and_prints_none(run, study, output):
    nulls = {
        "assumptions.rate": None,
        "outcomes.change.quantity": "rate * 2",
        "outcomes.change.value": None,
        "outcomes.change.deadweight": [0.1, None],
    }
    nulls |= {
        "outcomes.change.duration": 2,
        "outcomes.change.starts": None,
        "outcomes.change.drop_off": None,
        "inputs.grant.value": {"value": None, "rationale": "?"},
    }
    done = run("evaluate", study(nulls), "--format", output)
    assert (done.exit_code, done.stdout) == (1, "")
    for path in (
        "assumptions.rate",
        "outcomes.change.value",
        "outcomes.change.deadweight",
        "outcomes.change.starts",
        "outcomes.change.drop_off",
        "inputs.grant.value",
    ):
        assert path in done.stderr
    assert all(PROBLEM.fullmatch(line) for line in done.stderr.splitlines())


@pytest.mark.parametrize(
    "key",
    ["quantity", "value", "starts", "duration", "deadweight", "displacement", "attribution", "drop_off"],
)
def test_what_is_left_out_is_not_assessed(run, study, tmp_path, key):
    study(name="study.json")
    document = json.loads((tmp_path / "study.json").read_text(encoding="utf-8"))
    if key in ("quantity", "value"):
        document["outcomes"]["change"][key] = None
    else:
        del document["outcomes"]["change"][key]
    (tmp_path / "study.json").write_text(json.dumps(document), encoding="utf-8")
    done = run("evaluate", "study.json")
    assert (done.exit_code, done.stdout) == (1, "")
    assert f"outcomes.change.{key}" in done.stderr


@pytest.mark.parametrize(
    "sections",
    [{"inputs": {}}, {"inputs": {"grant": {"stakeholder": "council", "kind": "cash", "value": 0}}}],
)
def test_without_inputs_there_is_no_result(run, study, sections):
    done = run("evaluate", study(**sections))
    assert (done.exit_code, done.stdout) == (1, "")
    assert "inputs" in done.stderr


def test_every_problem_is_told_at_once_in_the_order_of_the_text(run, study):
    wrong = {
        "kind": "guess",
        "stakeholders.people.party": "friend",
        "inputs.grant.stakeholder": "nobody",
        "outcomes.change.drop_off": 2,
    }
    done = run("evaluate", study(wrong))
    assert done.exit_code == 2
    found = [PROBLEM.fullmatch(line) for line in done.stderr.splitlines()]
    assert [each["path"] for each in found] == list(wrong)
    assert [int(each["line"]) for each in found] == sorted(int(each["line"]) for each in found)


@pytest.mark.parametrize(
    "arguments",
    [
        ("evaluate",),
        ("evaluate", "a", "b"),
        ("evaluate", "a", "--nonsense"),
        ("evaluate", "a", "--format", "xml"),
        ("value",),
        ("show",),
    ],
)
def test_a_wrong_call_ends_with_2(run, arguments):
    done = run(*arguments)
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr


def test_without_a_command_the_help_is_shown(run):
    assert "evaluate" in run().output


@pytest.mark.parametrize("command", ["evaluate", "boroughs", "interventions", "show"])
def test_every_command_explains_itself(run, command):
    done = run(command, "--help")
    assert done.exit_code == 0
    assert "--format" in done.stdout


# ── Formats
# ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_csv_reads_back_unrounded(run, study):
    file = study(
        outcomes={
            "change": outcome(
                quantity=[1, 2], value=100 / 3, duration=2.5, deadweight=["10%", "20%"], drop_off=1 / 7
            ),
            "other": outcome(),
        }
    )
    rows, result = (
        read_csv(run("evaluate", file, "--format", "csv").stdout),
        sroi.evaluate(sroi.load(file)).to_dict(),
    )
    assert [row["outcome"] for row in rows] == ["change", "other"]
    for row, expected in zip(rows, result["value_map"], strict=True):
        assert [float(row[key]) for key in ("value", "drop_off", "impact", "present_value")] == [
            expected[key] for key in ("value", "drop_off", "impact", "present_value")
        ]
        for series in ("by_year", "by_year_pv"):
            assert [float(row[f"{series}_{t}"]) for t in range(len(expected[series]))] == expected[series]


def test_no_text_of_a_csv_is_a_formula(run, study):
    file = study(
        {
            "outcomes.change.title": "=HYPERLINK(1)",
            "outcomes.change.unit": "@SUM(1)",
            "outcomes.change.value": -5,
        }
    )
    (row,) = read_csv(run("evaluate", file, "--format", "csv").stdout)
    assert (row["title"], row["unit"], row["value"]) == ("'=HYPERLINK(1)", "'@SUM(1)", "-5.0")


def test_markdown_is_that_of_the_result(run, study):
    file = study()
    assert (
        run("evaluate", file, "--format", "markdown").stdout == sroi.evaluate(sroi.load(file)).to_markdown()
    )


def test_words_in_brackets_are_not_taken_for_styles(run, study):
    done = run("evaluate", study(title="A [bold]brave[/bold] study [/red]"))
    assert done.exit_code == 0
    assert "A [bold]brave[/bold] study [/red]" in done.stdout


def test_warnings_and_numbers_without_a_source_are_shown(run, study):
    file = study(
        {"outcomes.gift": outcome(kind="transfer", quantity=[1, 1]), "outcomes.change.quantity": [10, 20]}
    )
    assert "3 warnings, all tables: --full" in run("evaluate", file).stdout
    shown = run("evaluate", file, "--full").stdout
    assert "Warnings" in shown
    assert "- transfers are outside the total: “Gift”" in shown
    assert "Assumptions without a source" in shown
    assert "Safe to quote" in shown
    assert "2 × 1" in shown


LISTS = [
    ("boroughs",),
    ("boroughs", "--all"),
    ("boroughs", "--search", "london"),
    ("boroughs", "--like", "derby"),
    ("interventions",),
    ("show", "derby"),
    ("show", "england"),
    ("show", "local-area-coordination"),
    ("show", "haringey", "--sources"),
    ("claims",),
    ("claims", "derby"),
]


@pytest.mark.parametrize("command", LISTS, ids=" ".join)
def test_a_list_is_the_same_in_every_format(run, command):
    done = {output: run(*command, "--format", output) for output in FORMATS}
    assert {output: (each.exit_code, each.stderr) for output, each in done.items()} == dict.fromkeys(
        FORMATS, (0, "")
    )
    entries = json.loads(done["json"].stdout)
    assert isinstance(entries, list)
    assert len(read_csv(done["csv"].stdout)) == len(entries) > 0
    tables = done["markdown"].stdout.count("\n## ") + 1
    assert done["markdown"].stdout.count("\n| ") == len(entries) + 2 * tables
    assert done["table"].stdout


def test_boroughs_are_a_list_of_one_entry_each(run):
    entries = json.loads(run("boroughs", "--format", "json").stdout)
    by_name = {entry["borough"]: entry for entry in entries}
    assert len(by_name) == len(entries)
    assert by_name["haringey"]["gss"] == "E09000014"
    assert {"derby", "haringey"} <= by_name.keys()
    assert not {"uk", "england"} & by_name.keys()


def test_interventions_name_the_places_that_know_more(run):
    entries = json.loads(run("interventions", "--format", "json").stdout)
    found = {entry["intervention"]: entry for entry in entries}
    assert {"derby", "haringey"} <= set(found["local-area-coordination"]["boroughs"])


def test_show_says_where_each_number_is_written(run):
    entries = json.loads(run("show", "haringey", "--format", "json").stdout)
    by_name = {entry["path"].rpartition(".")[2]: entry for entry in entries}

    def line(entry):
        return (ROOT / entry["file"]).read_text(encoding="utf-8").splitlines()[entry["line"] - 1]

    posts = by_name["coordinators"]
    assert float(re.search(r"value: ([\d_]+)", line(posts))[1]) == posts["value"]
    assert f",{by_name['population']['value']}," in line(by_name["population"])


def test_show_of_nothing_known_offers_what_there_is(run):
    done = run("show", "atlantis")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "local-area-coordination" in done.stderr


# ── Writing
# ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_new_study_loads_and_says_what_is_missing(run):
    assert run("new", "study", "Tea for Two").stdout.strip() == "tea-for-two.yaml"
    assert sroi.load("tea-for-two.yaml").id == "tea-for-two"
    done = run("evaluate", "tea-for-two.yaml")
    assert (done.exit_code, done.stdout) == (1, "")
    assert "inputs.grant.value" in done.stderr


def test_a_new_pack_is_one_that_a_study_can_be_of(run, tmp_path):
    run("new", "pack", "harbour")
    assert sroi.Library([tmp_path]).place("harbour").pack.extends == "england"


def test_nothing_is_written_over_unless_told_to(run, tmp_path):
    run("new", "study", "tea")
    (tmp_path / "tea.yaml").write_text("mine", encoding="utf-8")
    done = run("new", "study", "tea")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "--force" in done.stderr
    assert (tmp_path / "tea.yaml").read_text(encoding="utf-8") == "mine"
    assert run("new", "study", "tea", "--force").exit_code == 0
    assert (tmp_path / "tea.yaml").read_text(encoding="utf-8") != "mine"


@pytest.mark.parametrize("kind", ["study", "pack"])
def test_the_schema_is_that_of_the_library(run, kind):
    assert json.loads(run("schema", kind).stdout) == sroi.json_schema(kind)


def test_shipped_packs_are_in_order(run):
    done = run("check-packs")
    assert (done.exit_code, done.stderr) == (0, "")


def test_a_pack_that_is_not_in_order_is_told(run, tmp_path):
    (tmp_path / "harbour.yaml").write_text(
        "sroi: 1\npack: harbour\ntitle: Harbour\nassumptions:\n  lamps: 7\n  oil: {value: lamp * 2}\n",
        encoding="utf-8",
    )
    done = run("check-packs", "--packs", tmp_path)
    assert (done.exit_code, done.stdout) == (2, "")
    assert "assumptions.lamps has neither source nor rationale" in done.stderr
    assert "lamp * 2 uses lamp, which no pack declares; did you mean lamps?" in done.stderr


PACKS_OUT_OF_ORDER = {
    "clash": ("extends: clash", "the packs extend each other in a circle"),
    "broken": ("assumptions: {a: 1 +}", "expected a number or a name"),
    "wide": (
        "assumptions: {a: {value: 5, low: 1, high: 2, rationale: x}}",
        "value 5 is not between low 1 and high 2",
    ),
    "old": (
        "assumptions: {a: {value: 5, price_year: 1900, rationale: x}}",
        "price year 1900 is outside the GDP deflator series",
    ),
    "lost": ("assumptions: {a: {value: 5, source: nowhere}}", "there is no source nowhere"),
    "locked": (
        "assumptions: {a: {value: 5, source: s}}\nsources: {s: {title: S, licence: CC BY-NC-ND 4.0}}",
        "does not allow its values to be passed on",
    ),
    "said": (
        "interventions: {i: {outcomes: {o: {value: 5, quantity: [1, 2]}}}}",
        "interventions.i.outcomes.o.value has neither source nor rationale",
    ),
}


@pytest.mark.parametrize("name", PACKS_OUT_OF_ORDER)
def test_whatever_is_not_in_order_is_told_with_its_place(run, tmp_path, name):
    text, said = PACKS_OUT_OF_ORDER[name]
    (tmp_path / f"{name}.yaml").write_text(
        f"sroi: 1\npack: {name}\ntitle: A place\n{text}\n", encoding="utf-8"
    )
    done = run("check-packs", "--packs", tmp_path)
    assert (done.exit_code, done.stdout) == (2, "")
    assert [line for line in done.stderr.splitlines() if said in line and f"{name}.yaml:" in line]


def test_an_intervention_that_is_not_in_order_is_told(run, tmp_path):
    (tmp_path / "interventions").mkdir()
    (tmp_path / "interventions" / "tea.yaml").write_text(
        "id: tea\nassumptions: {a: {value: 5}, b: a * cups}\n", encoding="utf-8"
    )
    (tmp_path / "interventions" / "torn.yaml").write_text("id: [", encoding="utf-8")
    done = run("check-packs", "--packs", tmp_path)
    assert done.exit_code == 2
    assert "assumptions.a has neither source nor rationale" in done.stderr
    assert "a * cups uses cups, which no pack declares" in done.stderr
    assert "torn.yaml:" in done.stderr


def test_a_claim_stands_beside_the_model_or_beside_the_reason_why_there_is_none(run, tmp_path):
    claim = "{says: four for one, ratio: 4, meaning: unclear, intervention: %s}"
    claims = "".join(f"  about-{name}: {claim % name}\n" for name in ("pier", "jetty"))
    (tmp_path / "harbour.yaml").write_text(
        f"sroi: 1\npack: harbour\ntitle: Harbour\nclaims:\n{claims}", encoding="utf-8"
    )
    (tmp_path / "interventions").mkdir()
    (tmp_path / "interventions" / "pier.yaml").write_text(
        text_of(small({"outcomes.change.value": None}, id="pier")), encoding="utf-8"
    )
    entries = json.loads(run("claims", "harbour", "--packs", tmp_path, "--format", "json").stdout)
    assert [entry["no_model"].partition(";")[0] for entry in entries if entry["place"] == "harbour"] == [
        "not assessed: outcomes.change.value",
        "no model: there is no intervention jetty",
    ]
    of_derby = json.loads(run("claims", "derby", "--format", "json").stdout)
    assert any(
        entry["model"]
        == pytest.approx(
            evaluated(run, "local-area-coordination", "--borough", "derby")["social_return_ratio"]
        )
        for entry in of_derby
        if "model" in entry
    )


def test_an_unknown_place_is_like_none(run):
    done = run("boroughs", "--like", "atlantis")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "there is no local authority atlantis" in done.stderr


UNIT_COSTS = """\
A title row,,,,
Ref,Description,Cost,Unit,Price year,Source
H1,Attendance at A&E,"£1,234.50",Per attendance,2012/13,NHS
H1,Attendance at A&E,99,Per attendance,2013,NHS
,2nd thing,5,,2014-15,
H2,No cost,n/a,Per week,2012/13,NHS
H3,No year,10,Per week,,NHS
"""


def test_a_table_of_unit_costs_becomes_a_pack(run, tmp_path):
    (tmp_path / "costs.csv").write_text(UNIT_COSTS, encoding="utf-8")
    done = run("import", "unit-costs", "costs.csv", "--pack", "own-costs", "--extends", "uk")
    assert (done.exit_code, done.stdout) == (0, "own-costs.yaml\n")
    assert "3 unit costs; 2 rows left out" in done.stderr
    pack = sroi.Library([tmp_path]).place("own-costs").pack
    found = {name: (estimate.value, estimate.price_year) for name, estimate in pack.assumptions.items()}
    assert found == {
        "h1_attendance_at_a_e": (1234.5, "2012-13"),
        "h1_attendance_at_a_e_2": (99, 2013),
        "cost_2nd_thing": (5, "2014-15"),
    }


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("missing.csv", None),
        ("empty.csv", ""),
        ("other.csv", "a,b\n1,2\n"),
        ("costs.doc", UNIT_COSTS),
        ("broken.xlsx", "no"),
    ],
)
def test_a_table_that_is_none_is_refused(run, tmp_path, name, text):
    if text is not None:
        (tmp_path / name).write_text(text, encoding="utf-8")
    done = run("import", "unit-costs", name)
    assert (done.exit_code, done.stdout) == (2, "")
    assert name in done.stderr
    assert not (tmp_path / "unit-costs.yaml").exists()


@pytest.mark.parametrize(
    "mistake",
    ["sources: {x: a text}", "sources: {x: {title: T, yearx: 2021}}", "outcomes: {y: {deadweigth: 3}}"],
)
@pytest.mark.parametrize(
    "command",
    [["show", "clubs"], ["show", "clubs", "--sources"], ["claims"], ["interventions"], ["check-packs"]],
)
def test_an_intervention_of_ones_own_that_is_not_in_order_is_told_and_never_raises(
    run, tmp_path, command, mistake
):
    head = "sroi: 1\nid: clubs\ntitle: Clubs\nkind: forecast\ncurrency: GBP\n"
    head += "price_year: 2024\nfirst_year: 2024\n"
    rest = "".join(
        f"{section}: {{}}\n"
        for section in ("stakeholders", "inputs", "outcomes")
        if not mistake.startswith(section)
    )
    (tmp_path / "clubs.yaml").write_text(f"{head}{rest}{mistake}\n", encoding="utf-8")
    result = run(*command, "--packs", str(tmp_path))
    assert result.exit_code == 2
    assert "clubs.yaml:" in result.stderr


@pytest.mark.parametrize(
    "given", [["--place", "derby", "--borough", "haringey"], ["--borough=derby", "--borough=haringey"]]
)
def test_one_place_is_meant(run, given):
    done = run("evaluate", "local-area-coordination", *given)
    assert (done.exit_code, done.stdout) == (2, "")
    assert "--place: it is given 2 times, as 'derby' and 'haringey'; one is meant" in done.stderr


def test_an_option_that_may_be_repeated_is(run, study):
    done = run(
        "evaluate", study(assumptions={"people": 10}), "--set", "people=2", "--set", "outcomes.change.value=5"
    )
    assert done.exit_code == 0
