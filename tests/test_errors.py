"""Errors: all of one tree, each with its problems, whole after a copy, and none of pydantic's among them."""

import contextlib
import copy
import inspect
import json
import pickle

import pydantic
import pytest
from helpers import outcome, small, study_of
from hypothesis import given, settings
from hypothesis import strategies as st

import sroi
from sroi import model
from sroi.base import Model
from sroi.errors import NumberError, Problem
from sroi.expression import Expression
from sroi.grammar import ExpressionError
from sroi.model import as_study
from sroi.reference import PriceYearError, price_index

PROBLEMS = (Problem("wrong", "write right", "a.b", "study.yaml", 3, 4), Problem("missing"))
KINDS = (sroi.SroiError, sroi.DocumentError, sroi.NotFoundError, sroi.UndefinedResultError)
MODELS = [
    each
    for each in (*(getattr(model, name) for name in model.__all__), sroi.MethodProfile)
    if inspect.isclass(each) and issubclass(each, Model)
]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "duplicate", [copy.copy, copy.deepcopy, lambda each: pickle.loads(pickle.dumps(each))]
)
def test_an_error_comes_through_a_copy_with_its_message_and_its_problems(kind, duplicate):
    error = kind(PROBLEMS)
    error.add_note("while reading")
    again = duplicate(error)
    assert type(again) is kind
    assert str(again) == str(error) == "study.yaml:3:4 a.b: wrong; write right\nmissing"
    assert (again.problems, again.__notes__) == (PROBLEMS, ["while reading"])


@pytest.mark.parametrize("kind", KINDS)
def test_a_text_is_an_error_of_one_problem(kind):
    assert kind("there is no x", "did you mean y?").problems == (Problem("there is no x", "did you mean y?"),)


@pytest.mark.parametrize(
    ("act", "kind", "message", "hint"),
    [
        (lambda: Expression("1 +"), ExpressionError, "expected a number", "an expression holds"),
        (
            lambda: price_index("gdp").check(1066),
            PriceYearError,
            "price year 1066 is outside",
            "write a year",
        ),
    ],
)
def test_what_is_wrong_with_a_number_by_itself_is_an_error_of_ours(act, kind, message, hint):
    with pytest.raises(kind, match=message) as caught:
        act()
    error = pickle.loads(pickle.dumps(caught.value))
    assert isinstance(error, NumberError)
    assert isinstance(error, sroi.SroiError)
    assert (str(error), error.hint) == (error.problems[0].message, error.problems[0].hint)
    assert error.hint.startswith(hint)


def test_a_problem_is_plain_values():
    assert json.loads(json.dumps(PROBLEMS[0].to_dict())) == {
        "message": "wrong",
        "hint": "write right",
        "path": "a.b",
        "file": "study.yaml",
        "line": 3,
        "column": 4,
    }


@pytest.mark.parametrize(
    "act",
    [
        lambda: sroi.load("local-area-coordinator"),
        lambda: sroi.load("local-area-coordination", place="derbee"),
        lambda: sroi.Library(["nowhere"]),
    ],
)
def test_what_is_not_found_has_a_problem(act):
    with pytest.raises(sroi.NotFoundError) as error:
        act()
    (problem,) = error.value.problems
    assert "there is no" in problem.message
    assert ";" not in problem.message


# ── Models made in Python
# ──────────────────────────────────────────────────────────────────────────────────────────────

JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.binary(max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
)


@pytest.mark.parametrize("each", MODELS, ids=lambda each: each.__name__)
@settings(max_examples=40)
@given(data=st.data())
def test_no_error_of_pydantics_reaches_who_makes_a_model(each, data):
    names = sorted(each.model_fields)
    given_fields = data.draw(st.dictionaries(st.sampled_from(names) | st.text(max_size=4), JUNK, max_size=5))
    makers = (lambda: each(**given_fields), lambda: each.model_validate(given_fields))
    whatever = data.draw(JUNK)
    for make in (*makers, lambda: each.model_validate(whatever)):
        with contextlib.suppress(sroi.DocumentError):
            make()


def test_everything_that_is_wrong_with_a_model_is_said_at_once_with_what_to_write():
    with pytest.raises(sroi.DocumentError) as error:
        sroi.Outcome(stakeholder="a b", quantity=["1,000"], kind="wellbeeing", starts="soon", deadwieght=1)
    assert [(problem.path, problem.hint) for problem in error.value.problems] == [
        ("stakeholder", "write it with a-z, 0-9 and _, as in a_b"),
        ("quantity[0]", "write 1000"),
        ("", "add value:, or value: null where it is not assessed"),
        ("starts", "write during, after, or {years_later: 3}"),
        ("kind", "did you mean wellbeing?"),
        ("deadwieght", "did you mean deadweight?"),
    ]


def test_what_a_study_does_not_declare_is_said_a_problem_each():
    with pytest.raises(sroi.DocumentError) as error:
        sroi.Study.model_validate(
            small({"outcomes.change.stakeholder": "peeple", "inputs.grant.source": "nowhere"})
        )
    assert {(problem.path, problem.hint) for problem in error.value.problems} == {
        ("outcomes.change.stakeholder", "did you mean people?"),
        ("inputs.grant.source", "none is declared"),
    }


def test_the_name_of_an_entry_is_not_taken_for_a_field():
    document = small(outcomes={"kind": outcome(kind="wellbeeing", quantiy=1)})
    with pytest.raises(sroi.DocumentError) as error:
        study_of(document)
    assert {problem.hint for problem in error.value.problems} == {
        "did you mean wellbeing?",
        "did you mean quantity?",
    }


def test_json_is_read_as_a_mapping_is():
    assert sroi.Study.model_validate_json(json.dumps(small())) == sroi.Study.model_validate(small())
    for text, message in (("{", "this is not JSON"), ("[]", "a list stands where a mapping is wanted")):
        with pytest.raises(sroi.DocumentError, match=message):
            sroi.Study.model_validate_json(text)


def test_a_model_inside_anothers_model_is_checked_as_pydantic_does():
    class Programme(pydantic.BaseModel):
        lead: sroi.Outcome
        others: list[sroi.Input] = []

    assert Programme(lead=outcome()).lead == sroi.Outcome(**outcome())
    with pytest.raises(pydantic.ValidationError) as error:
        Programme(lead=outcome(kind="nope"), others=[{"kind": "cash"}])
    assert [details["loc"] for details in error.value.errors()] == [
        ("lead", "kind"),
        ("others", 0, "stakeholder"),
    ]


@pytest.mark.parametrize(
    ("method", "message"),
    [
        ("nope", "there is no method profile nope; known here: added-deductions, default"),
        ({"profile": "svi-gide"}, "did you mean svi-guide"),
        ({"discount_rate": 1, "discount_schedule": "green-book-2026"}, "both given"),
        ({"timing": "never"}, "timing: never is not one of start, mid, end"),
        (3, "3 is not a method"),
    ],
)
def test_a_method_that_there_is_not_names_those_that_there_are(method, message):
    for make in (
        lambda: sroi.MethodProfile.model_validate(method),
        lambda: sroi.change(study_of(small()), method=method),
        lambda: study_of(small(method=method)),
        lambda: sroi.Study.model_validate(small(method=method)),
    ):
        with pytest.raises(sroi.DocumentError, match=message):
            make()


# ── What is not a study
# ──────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("given_value", "message"),
    [
        (
            "lunch-club.yaml",
            r"lunch-club.yaml is not a study; make one of it first: sroi.load\('lunch-club.yaml'\)",
        ),
        ("a: 1\nb: 2", r"text is not a study; make one of it first: sroi.loads\(text\)"),
        (
            {"sroi": 1},
            r"a mapping is not a study; make one of it first: sroi.loads\(mapping\)",
        ),
        (
            None,
            "a value of type NoneType is not a study; .* sroi.load, sroi.loads or sroi.Study.model_validate",
        ),
    ],
)
def test_what_is_not_a_study_is_answered_with_how_to_make_one(given_value, message):
    for verb, call in {"sroi.evaluate": lambda: as_study(given_value, "sroi.evaluate")}.items():
        with pytest.raises(sroi.DocumentError, match=f"^{verb}: {message}"):
            call()
    for call in (lambda: sroi.change(given_value, {}), lambda: sroi.dumps(given_value)):
        with pytest.raises(sroi.DocumentError, match=message):
            call()


def test_a_result_is_taken_for_its_study():
    study = study_of(small())
    assert as_study(sroi.evaluate(study), "sroi.evaluate") is as_study(study, "sroi.evaluate") is study
