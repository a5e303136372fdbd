"""What the page asks of the engine, on this Python."""

import json

import pytest
from helpers import outcome, small, text_of

import sroi
from sroi.resolution import numbers_of
from sroi.studio.session import Session

LESS_ALONE = "outcomes.less_alone_more_in_control"


@pytest.fixture
def derby():
    session = Session()
    return session, json.loads(session.choose("local-area-coordination", "derby"))


def opened(document):
    session = Session()
    return session, json.loads(session.read(text_of(document)))


def fields_of(shown):
    return {field["path"]: field for group in shown["study"]["groups"] for field in group["fields"]}


def put(session, path, value):
    return json.loads(session.set(path, value))


def test_every_shipped_intervention_and_place_can_be_chosen():
    shipped = json.loads(Session().shipped())
    library = sroi.Library()
    assert [each["name"] for each in shipped["interventions"]] == library.interventions()
    assert {"derby", "haringey"} <= {each["name"] for each in shipped["places"]}
    assert all(each["title"] for each in (*shipped["interventions"], *shipped["places"]))


@pytest.mark.parametrize("name", sroi.Library().interventions())
def test_each_intervention_opens_and_answers_as_the_engine_does(name):
    shown = json.loads(Session().choose(name, "derby"))
    try:
        ratio = sroi.evaluate(sroi.load(name, place="derby")).social_return_ratio
    except sroi.UndefinedResultError:
        assert shown["answer"] is None
        assert all(problem["field"] in fields_of(shown) for problem in shown["problems"])
    else:
        assert shown["answer"]["ratio"] == ratio


@pytest.mark.parametrize("name", sroi.Library().interventions())
def test_every_number_of_the_study_has_a_field(name):
    shown = json.loads(Session().choose(name, "derby"))
    paths = {number.path for number in numbers_of(sroi.load(name, place="derby"))}
    assert paths - fields_of(shown).keys() == set()


def test_a_changed_number_is_that_of_sroi_change(derby):
    session, _ = derby
    shown = put(session, "assumptions.coordinators", "12")
    study = sroi.load("local-area-coordination", place="derby")
    changed = sroi.change(study, {"assumptions.coordinators.value": "12"})
    assert shown["answer"]["ratio"] == sroi.evaluate(changed).social_return_ratio
    assert shown["set"] == ["assumptions.coordinators"]
    assert sroi.loads(session.yaml()) == changed
    assert json.loads(session.undo())["answer"]["ratio"] == sroi.evaluate(study).social_return_ratio


def test_what_was_written_before_takes_a_change_back(derby):
    session, shown = derby
    for value in ("3", fields_of(shown)["assumptions.coordinators"]["value"]):
        after = put(session, "assumptions.coordinators", value)
    assert after["set"] == []
    assert after["answer"] == shown["answer"]


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        ("assumptions.coordinators", "abc", "not an assumption"),
        ("assumptions.coordinators", "{a", "not closed"),
        ("assumptions.coordinators", "1, 2", "expected the end"),
        (f"{LESS_ALONE}.deadweight", "140%", "not a share"),
        (f"{LESS_ALONE}.deadweight", "", "not assessed"),
        (f"{LESS_ALONE}.quantity[1]", "members +", ""),
        ("inputs.coordination.value[0]", "many", "not an assumption"),
    ],
)
def test_what_is_wrong_stands_at_the_field(derby, path, value, said):
    session, _ = derby
    shown = put(session, path, value)
    assert shown["answer"] is None
    assert [problem["field"] for problem in shown["problems"]] == [path]
    assert said in shown["problems"][0]["text"]
    assert shown["usable"] == (value == "") == (session.yaml() != "")
    assert session.report() == ""


def test_what_follows_from_a_number_stands_where_it_is_computed(derby):
    session, shown = derby
    found = put(session, "assumptions.coordinators", "0")
    fields = [problem["field"] for problem in found["problems"]]
    assert set(fields) <= fields_of(shown).keys()
    assert "assumptions.cost_per_coordinator_year" in fields


def test_a_choice_has_the_words_of_the_schema(derby):
    session, shown = derby
    starts = fields_of(shown)[f"{LESS_ALONE}.starts"]
    assert starts["choices"] == ["during", "after"]
    after = put(session, starts["path"], "after")
    assert after["answer"]["ratio"] < shown["answer"]["ratio"]


def test_a_number_that_is_missing_gets_a_field_and_can_be_filled_in():
    document = small(outcomes={"change": {**outcome(), "title": "Change"}})
    del document["outcomes"]["change"]["deadweight"]
    session, shown = opened(document)
    assert [problem["field"] for problem in shown["problems"]] == ["outcomes.change.deadweight"]
    assert put(session, "outcomes.change.deadweight", "25%")["answer"]["ratio"] == pytest.approx(1.5)


@pytest.mark.parametrize(
    ("text", "said"),
    [("", ""), ("sroi: 1\nid: [", "Line"), ("just words", ""), ("sroi: 1\nid: a\n", "title is missing")],
)
def test_a_text_that_is_no_study_is_refused_with_its_lines(text, said):
    shown = json.loads(Session().read(text))
    assert shown["opened"] is False
    assert any(said in problem["text"] for problem in shown["problems"])


def test_an_unknown_place_is_refused_and_the_open_study_stays(derby):
    session, shown = derby
    assert json.loads(session.choose("befriending", "atlantis"))["opened"] is False
    assert json.loads(session.undo())["answer"] == shown["answer"]


def test_the_report_says_what_is_safe_to_quote_and_every_outcome(derby):
    session, shown = derby
    report = session.report()
    assert shown["answer"]["central"] == "79p"
    assert "each £1 put in gives about 79p" in report
    assert "| People keep their home" in report


def test_nothing_is_said_of_a_range_that_was_not_drawn(derby):
    _, shown = derby
    assert "sroi simulate local-area-coordination.yaml" in shown["answer"]["range"]
