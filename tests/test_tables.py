"""``sroi new study --from``: tables as people write them become a study, or their cells are named."""

import csv
import datetime as dt
import json

import openpyxl
import pytest
import yaml
from helpers import small, study_of
from hypothesis import given, settings
from strategies import documents

import sroi
from sroi.drafting import draft
from sroi.model.sections import sections_of

OUTCOMES = """\
Outcome,Stakeholder,Quantity,Value,Starts,Duration,Deadweight (%),Displacement,Attribution,Drop-off,Kind
Less lonely,Club members,"1,200","£1,300.50",during,2 years,25,0%,20%,30%,wellbeing
Fewer GP visits,NHS,90 * share,£48,1,18 months,50%,0,n/a,0,resource
"""
RANGES = """\
Value low,Value high,Value source
"£1,000","£1,600",HACT 2024
,,PSSRU
"""
OUTCOMES = "\n".join(map(",".join, zip(OUTCOMES.splitlines(), RANGES.splitlines(), strict=True)))
INPUTS = """\
input;stakeholder;kind;value;year
Grant;Haringey Council;cash;£60k;0
Grant;;;40000;1
Cooking;Volunteers;volunteer_time;7326,50;
"""
ROW = "a,people,10,200,during,1,0,0,0,0\n"
HEADINGS = "outcome,stakeholder,quantity,value,starts,duration,deadweight,displacement,attribution,drop_off\n"


@pytest.fixture
def command(run, tmp_path):
    """The command in a folder of its own: its exit status, and what it says on standard error."""

    def new(*arguments, **files):
        for name, content in files.items():
            (tmp_path / f"{name}.csv").write_text(content, encoding="utf-8")
        done = run("new", *arguments)
        return done.exit_code, done.stderr

    return new


def test_messy_tables_become_a_study_with_comments(command, tmp_path):
    status, said = command(
        *("study", "--from", "outcomes.csv", "--inputs", "inputs.csv", "-o", "our-club.yaml"),
        *("--assumptions", "assumptions.csv", "--set", "price_year=2024", "--set", "first_year=2024"),
        outcomes=OUTCOMES,
        inputs=INPUTS,
        assumptions="assumption,value,low,high\nshare,50%,40%,60%\n",
    )
    assert status == 0, said
    assert "inputs.csv:2:4: “£60k” is read as 60,000" in said
    assert "kind forecast, currency GBP; say otherwise with --set kind=" in said
    text = (tmp_path / "our-club.yaml").read_text(encoding="utf-8")
    read = yaml.safe_load(text)
    assert (read["id"], read["title"], read["price_year"]) == ("our-club", "Our club", 2024)
    assert read["outcomes"]["less_lonely"] == {
        "title": "Less lonely",
        "stakeholder": "club_members",
        "quantity": 1200,
        "value": {"value": 1300.5, "low": 1000, "high": 1600, "source": "hact-2024"},
        "starts": "during",
        "duration": 2,
        "deadweight": "25%",
        "displacement": "0%",
        "attribution": "20%",
        "drop_off": "30%",
        "kind": "wellbeing",
    }
    visits = read["outcomes"]["fewer_gp_visits"]
    assert (visits["quantity"], visits["starts"], visits["duration"]) == ("90 * share", "after", 1.5)
    assert "    attribution: null  # not assessed\n" in text
    assert read["inputs"]["grant"]["value"] == [60000, 40000]
    assert read["inputs"]["cooking"]["value"] == 7326.5
    assert read["assumptions"]["share"] == {"value": "50%", "low": "40%", "high": "60%"}
    assert read["sources"]["hact-2024"] == {"title": "HACT 2024"}
    assert "# What changes.\n" in text
    study = sroi.change(sroi.load(tmp_path / "our-club.yaml"), {"outcomes.fewer_gp_visits.attribution": 0})
    assert sroi.evaluate(study).social_return_ratio > 0


def test_a_workbook_holds_a_sheet_a_section(command, tmp_path):
    book = openpyxl.Workbook()
    first = book.active
    first.title = "Notes"
    for title, rows in {
        "Outcomes": [HEADINGS.strip().split(","), ["a", "people", "£", 200, "during", 1, 0.25, 0, 0, 0]],
        "Inputs": [["input", "stakeholder", "kind", "value"], ["grant", "council", "cash", 1000]],
        "Study": [["title", "price_year", "first_year", "kind"], ["A title", "2024-25", 2024, "evaluation"]],
    }.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    outcomes = book["Outcomes"]
    outcomes["G2"].number_format = "0%"
    book.save(tmp_path / "club.xlsx")
    status, said = command("study", "--from", "club.xlsx", "-o", "club.yaml")
    assert status == 2
    assert said.startswith("club.xlsx Outcomes!C2 outcomes.a.quantity: £: ")
    outcomes["C2"] = 10
    book.save(tmp_path / "club.xlsx")
    status, said = command("study", "--from", "club.xlsx", "-o", "club.yaml")
    assert status == 0, said
    assert "the sheet Notes is not read" in said
    study = sroi.load(tmp_path / "club.yaml")
    assert (study.title, study.price_year, study.kind) == ("A title", "2024-25", "evaluation")
    assert study.outcomes["a"].deadweight.value == 0.25
    assert sroi.evaluate(study).social_return_ratio == 1.5


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (
            "a,people,10 a week,200,during,1,0,0,0,0",
            "outcomes.csv:2:3: “10 a week” has words behind",
        ),
        ("a,people,10,$48,during,1,0,0,0,0", "outcomes.csv:2:4: “$48” is not in GBP; write its worth in GBP"),
        ("a,people,10,200,during,1,130%,0,0,0", "outcomes.csv:2:7 outcomes.a.deadweight: 1.3 is not a share"),
        ("a,people,10,200,during,1,25,0,0,0", "outcomes.csv:2:7 outcomes.a.deadweight: 25 is not a share"),
        ("a,people,10,200,soon,1,0,0,0,0", "outcomes.csv:2:5 outcomes.a.starts: soon is not a start"),
        (
            "a,people,mebmers,200,during,1,0,0,0,0",
            "outcomes.csv:2:3 outcomes.a.quantity: mebmers uses",
        ),
        ("a,people,20-40,200,during,1,0,0,0,0", "outcomes.csv:2:3 outcomes.a.quantity: 20-40 is a range"),
        (
            "a,people,10,1,200,during,1,0,0,0,0",
            "outcomes.csv:1:11: the column has no heading; write one",
        ),
        ("Total,,10,,,,,,,", "outcomes.csv:2:1: “Total” names a sum, and no outcome; delete its row"),
        (",people,10,200,during,1,0,0,0,0", "outcomes.csv:2:2: the row names no outcome"),
        ("a,people,1.250,60.500,during,1,0,0,0,0", "outcomes.csv:2:3"),
    ],
)
def test_a_cell_that_cannot_be_read_is_named_with_what_to_write(command, tmp_path, row, message):
    status, said = command("study", "--from", "outcomes.csv", "-o", "x.yaml", outcomes=f"{HEADINGS}{row}\n")
    assert status == 2
    assert message in said
    assert not (tmp_path / "x.yaml").exists()


def test_everything_that_is_wrong_is_told_at_once_in_the_order_of_the_tables(command):
    _, said = command(
        *("study", "--from", "outcomes.csv", "--inputs", "inputs.csv", "-o", "x.yaml"),
        outcomes=f"{HEADINGS.strip()},deadwait\na,people,10 a week,$48,during,1,0,0,0,0,3\n",
        inputs="input,stakeholder,kind,value\ngrant,council,cash,€3\n",
    )
    assert [line.partition(": ")[0] for line in said.splitlines()] == [
        "inputs.csv:2:4",
        "outcomes.csv:1:11",
        "outcomes.csv:2:3",
        "outcomes.csv:2:4",
    ]


def test_a_share_below_a_percent_sign_is_asked_about(command):
    headings = HEADINGS.replace("deadweight", "Deadweight (%)")
    _, said = command("study", "--from", "a.csv", "-o", "x.yaml", a=headings + ROW.replace("1,0,", "1,0.3,"))
    assert "a.csv:2:7: under a heading with a percent sign, 0.3 can be 0.3% or 30%" in said


def test_what_stands_above_the_headings_is_told(command, tmp_path):
    status, said = command("study", "--from", "a.csv", "-o", "x.yaml", a=f"Our club\n\n{HEADINGS}{ROW}")
    assert status == 0
    assert "a.csv: row 1 (“Our club”) is above the headings; not read" in said
    study = sroi.load(tmp_path / "x.yaml")
    assert (study.first_year, study.inputs) == (dt.datetime.now(tz=dt.UTC).year, {})


def test_the_names_of_a_place_are_known(command, tmp_path):
    row = ROW.replace("200", "wellby")
    status, said = command(
        "study", "--from", "a.csv", "-o", "x.yaml", "--set", "currency=GBP", a=HEADINGS + row
    )
    assert status == 2
    assert "wellby" in said
    arguments = ("study", "here", "--from", "a.csv", "--place", "derby", "--set", "price_year=2024")
    status, said = command(*arguments)
    assert status == 0, said
    study = sroi.load(tmp_path / "here.yaml")
    assert (study.place, study.id) == ("derby", "here")
    assert "wellby" in study.assumptions
    assert "wellby:" not in (tmp_path / "here.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ("study", "--inputs", "a.csv", "x"),
            "its outcomes are needed; write sroi new study --from",
        ),
        (("pack", "x", "--from", "a.csv"), "tables are read into a study"),
        (("study",), "NAME: it has no name; write sroi new study NAME"),
        (("study", "x", "--set", "title=A"), "--set: it goes with tables; give the table of outcomes"),
        (("study", "--from", "none.csv", "-o", "x.yaml"), "none.csv: there is no such file"),
        (
            ("study", "--from", "b.csv", "-o", "x.yaml"),
            "b.csv:1:1: no row has headings of outcomes; write",
        ),
        (("study", "--from", "a.csv", "-o", "a.csv"), "a.csv"),
    ],
)
def test_arguments_that_make_no_study_are_refused(command, arguments, message):
    status, said = command(*arguments, a=HEADINGS + ROW, b="x,y\n1,2\n")
    assert status == 2
    assert message in said


def write_table(file, columns):
    """Write columns as CSV; what is a list, as JSON."""
    cells = (
        [json.dumps(each) if isinstance(each, list) else each for each in row]
        for row in zip(*columns.values(), strict=True)
    )
    with file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([list(columns), *cells])


@settings(max_examples=20)
@given(documents())
def test_a_drawn_study_is_the_same_from_its_tables(tmp_path_factory, document):
    study, folder = study_of(document), tmp_path_factory.mktemp("tables")
    tables = {}
    for name, frame in study.to_frames(backend="pyarrow").items():
        tables[name] = folder / f"{name}.csv"
        write_table(tables[name], frame.to_pydict())
    made = draft(tables, "other", year=2000)
    assert made.study == study
    assert sroi.loads(made.text) == study


def test_every_section_can_be_a_table(tmp_path):
    study = study_of(small(claims={"leaflet": {"says": "four", "meaning": "unclear"}}, assumptions={"a": 1}))
    tables = {}
    for name, frame in study.to_frames().items():
        tables[name] = tmp_path / f"{name}.csv"
        frame.to_csv(tables[name], index=False)
    assert tables.keys() >= {*sections_of(sroi.Study)} - {"payers", "units", "sources"}
    assert draft(tables, "other", year=2000).study == study
