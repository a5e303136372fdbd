"""The command: operands of each kind, places and interventions, forms, exit statuses."""

import json

import pytest
from helpers import small, text_of

PLACES = ("compare", "--places", "derby,haringey,york,atlantis", "--no-range")


@pytest.fixture
def files(tmp_path, monkeypatch):
    """Two alike studies and one that is an evaluation."""
    monkeypatch.chdir(tmp_path)
    for name, kind in (("one", "forecast"), ("two", "forecast"), ("three", "evaluation")):
        document = small({"outcomes.change.quantity": len(name)}, id=name, kind=kind)
        (tmp_path / f"{name}.json").write_text(text_of(document), encoding="utf-8")
    return tmp_path


@pytest.mark.usefixtures("files")
def test_alike_studies_are_printed_with_their_total(run):
    done = run("compare", "one.json", "two.json", "--no-range")
    assert done.exit_code == 0, done.stderr
    assert "alike in method" in done.stdout
    assert "Together £1 gives" in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 80
    assert len(done.stdout.splitlines()) <= 22


@pytest.mark.usefixtures("files")
def test_unlike_studies_end_in_status_2_with_each_difference(run):
    done = run("compare", "one.json", "three.json")
    assert done.exit_code == 2
    assert done.stdout == ""
    assert "Kind differs: forecast (one.json); evaluation (three.json)" in done.stderr
    done = run("compare", "one.json", "three.json", "--anyway", "--format", "json", "--no-range")
    assert done.exit_code == 0
    found = json.loads(done.stdout)
    assert found["schema"] == {"name": "sroi/comparison", "version": "1.0"}
    assert [each["unlike"] for each in found["lines"]] == [{"kind": "forecast"}, {"kind": "evaluation"}]
    assert found["total"] is None


@pytest.mark.usefixtures("files")
def test_a_record_stands_beside_its_study(run):
    run("evaluate", "one.json", "--no-range", "--record", "run.json")
    done = run("compare", "run.json", "two.json", "befriending", "--place", "york", "--anyway",
               "--no-range", "--format", "json")  # fmt: skip
    assert done.exit_code == 0, done.stderr
    recorded, file, shipped = json.loads(done.stdout)["lines"]
    assert (recorded["study"], recorded["place"]) == ("one", None)
    assert "from a record" in recorded["notes"][0]
    assert (file["place"], shipped["place"]) == ("york", "york")


@pytest.mark.usefixtures("files")
def test_a_study_and_its_own_record_are_not_added(run):
    run("evaluate", "one.json", "--no-range", "--record", "run.json")
    done = run("compare", "run.json", "one.json", "--no-range", "--format", "json")
    assert "more than once" in json.loads(done.stdout)["no_total"]


@pytest.mark.parametrize("name", ["one.json", "two.json"])
def test_a_record_of_it_writes_over_no_operand(run, files, name):
    before = (files / name).read_bytes()
    done = run("compare", "one.json", "two.json", "--no-range", "--record", name, "--force")
    assert done.exit_code == 2
    assert (files / name).read_bytes() == before


@pytest.mark.usefixtures("files")
def test_a_record_of_it_verifies(run):
    done = run(
        "compare", "one.json", "three.json", "--anyway", "--over", "public", "--set", "first_year=2025",
        "--record", "c.json",
    )  # fmt: skip
    assert done.exit_code == 0, done.stderr
    done = run("verify", "c.json")
    assert done.exit_code == 0, done.stdout


def test_every_place_and_intervention_is_one_line_with_a_figure_or_a_reason(run):
    done = run(*PLACES, "--interventions", "all", "--format", "json")
    assert done.exit_code == 0, done.stderr
    lines = json.loads(done.stdout)["lines"]
    assert len({each["name"] for each in lines}) == len(lines) == 4 * 8
    for each in lines:
        assert (each["social_return_ratio"] is None) == (each["no_result"] is not None)
    refused = {each["name"]: each["no_result"] for each in lines if each["place"] == "atlantis"}
    assert len(refused) == 8
    assert all("atlantis" in reason for reason in refused.values())
    (shed,) = (each for each in lines if each["name"] == "mens-shed in york")
    assert "assumptions.points_gained" in shed["no_result"]


def test_whole_tables_have_a_row_for_each_and_csv_a_line(run):
    for options in (("--full",), ("--format", "markdown")):
        done = run(*PLACES, "--interventions", "befriending,mens-shed", *options)
        for place in ("derby", "haringey", "york", "atlantis"):
            assert f"befriending in {place}" in done.stdout
            assert f"mens-shed in {place}" in done.stdout
    done = run(*PLACES, "--interventions", "befriending,mens-shed", "--format", "csv")
    assert len(done.stdout.splitlines()) == 1 + 2 * 4


def test_where_nothing_has_a_result_the_status_says_so(run):
    done = run("compare", "--places", "york,derby", "--interventions", "mens-shed")
    assert done.exit_code == 1
    assert "not assessed" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "no study is named"),
        (("befriending",), "one study is named"),
        (("--places", "york"), "no intervention is named"),
        (("--interventions", "befriending"), "no place is named"),
        (("befriending", "nonsense", "--place", "york"), "no intervention nonsense"),
        (("befriending", "time-bank", "--place", "york", "--price-year", "soon"), "not a price year"),
        (("befriending", "time-bank", "--place", "york", "--over", "mine"), "nobody's money"),
        (("befriending", "time-bank", "--place", "york", "--method", "mine"), "no method profile"),
    ],
)
def test_what_cannot_be_read_is_answered(run, arguments, said):
    done = run("compare", *arguments)
    assert done.exit_code == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr + done.stdout


@pytest.mark.usefixtures("files")
def test_what_is_wrong_with_any_operand_is_told_at_once(run):
    done = run("compare", "one.json", "nothing.yaml", "nonsense", "--place", "york")
    assert done.exit_code == 2
    assert "nothing.yaml" in done.stderr
    assert "nonsense" in done.stderr


@pytest.mark.parametrize("width", [40, 80, 120])
def test_it_fits_the_screen(run, monkeypatch, width):
    monkeypatch.setenv("COLUMNS", str(width))
    done = run(*PLACES, "--interventions", "all")
    assert max(map(len, done.stdout.splitlines())) <= width
