"""What each field of a study takes and refuses, in the same words from a text and from Python."""

import re

import pydantic
import pytest
from helpers import outcome, small, study_of

import sroi
from sroi.model import YearsLater
from sroi.model.references import PARTIES
from sroi.ranges import middle

NORMAL = {"value": 10, "low": 5, "high": 15, "distribution": "normal"}


def number(**fields):
    return {"outcomes.change.value": fields}


REFUSED = [
    # header
    ({"id": "Small Study"}, "id", "Small Study is not an identifier", "as in small-study"),
    ({"id": "!"}, "id", "! is not an identifier", "as in lunch-club"),
    (
        {"price_year": 24},
        "price_year",
        "24 is not a price year",
        'write a calendar year such as 2024, or a financial year such as "2024-25"',
    ),
    ({"price_year": "2024-26"}, "price_year", "2024-26 is not a price year", 'write "2024-25"'),
    ({"price_year": True}, "price_year", "true is not a price year", "write a calendar year"),
    ({"first_year": 2024.5}, "first_year", "2024.5 is not a whole number", "write a whole number"),
    ({"first_year": 24}, "first_year", "24 is below 1000", "write a number from 1000"),
    ({"first_year": 20_240}, "first_year", "20240 is above 9999", "write a number up to 9999"),
    ({"currency": "pounds"}, "currency", "pounds is not a currency", "write GBP"),
    ({"title": ""}, "title", "the text is empty", "write words, or leave the key out"),
    ({"title": ["a", "list"]}, "title", "a list stands where text is wanted", "write words"),
    ({"kind": "forcast"}, "kind", "forcast is not one of forecast, evaluation", "did you mean forecast?"),
    (
        {"stakeholders": ["people"]},
        "stakeholders",
        "a list stands where a mapping is wanted",
        "write keys and values",
    ),
    ({"outcomes": 5}, "outcomes", "5 stands where a mapping is wanted", "write keys and values"),
    # method
    ({"method": 5}, "method", "5 is not a method", "write a profile's name"),
    ({"method": "svi-giude"}, "method", "there is no method profile svi-giude", "did you mean svi-guide?"),
    (
        {"method.discount_rate": "fast"},
        "method.discount_rate",
        "fast is not a rate from 0 to 1",
        "write a rate such as 3.5% or 0.035",
    ),
    (
        {"method.discount_rate": 3.5},
        "method.discount_rate",
        "3.5 is not a rate from 0 to 1",
        "for 3.5 per cent write 3.5%",
    ),
    ({"method.discount_rate": True}, "method.discount_rate", "true is not a rate", "such as 3.5%"),
    ({"method.discount_rate": "1 +"}, "method.discount_rate", "1 + is not a rate", "such as 3.5%"),
    ({"method.horizon": -1}, "method.horizon", "-1 is not a horizon", "write none, or a whole number"),
    (
        {"method.discount_from": "next_year"},
        "method.discount_from",
        "next_year is not a year to discount from",
        "write first_year",
    ),
    (
        {"method.transfers": "exluded"},
        "method.transfers",
        "exluded is not one of excluded, included",
        "did you mean excluded?",
    ),
    (
        {"method.discount_schedule": None},
        "method",
        "neither discount_rate nor discount_schedule is given",
        "write one of them",
    ),
    (
        {"method": {"discount_rate": 0, "discount_schedule": "green-book-2026"}},
        "method",
        "both given",
        "write one",
    ),
    # numbers
    ({"outcomes.change.value": True}, "outcomes.change.value", "true is not a number", "write a number"),
    ({"outcomes.change.value": [1, 2]}, "outcomes.change.value", "a list is not a number", "write a number"),
    (
        number(value={"value": 1}),
        "outcomes.change.value.value",
        "a mapping is not a number",
        "write a number",
    ),
    (number(value="£1,234.50"), "outcomes.change.value.value", "found £", "write 1234.50"),
    (
        number(value=1, price_year=2019, uprate="cpi"),
        "outcomes.change.value.uprate",
        "cpi is not one of deflator, wellby",
        "write deflator or wellby",
    ),
    (
        number(value=1, uprate="wellby"),
        "outcomes.change.value",
        "uprate is given without price_year",
        "write the price_year",
    ),
    (
        number(value=1, grade="G"),
        "outcomes.change.value.grade",
        "G is not one of A, B, C, D, E, F",
        "write A or B",
    ),
    (number(unit="GBP"), "outcomes.change.value", "value is missing", "value: null where it is not assessed"),
    (
        {"outcomes.change.duration": {"value": 1, "price_year": 2019}},
        "outcomes.change.duration",
        "price_year stands on",
        "only money has a price year",
    ),
    (
        {"outcomes.change.quantity": []},
        "outcomes.change.quantity",
        "quantity is an empty list",
        "list a number for each year",
    ),
    (
        {"outcomes.change.deadweight": []},
        "outcomes.change.deadweight",
        "deadweight is an empty list",
        "list a number for each year",
    ),
    # ranges
    (
        number(value=1, low=0),
        "outcomes.change.value",
        "low is given without high",
        "low and high come together",
    ),
    (
        number(value=1, high=2),
        "outcomes.change.value",
        "high is given without low",
        "low and high come together",
    ),
    (
        number(value=1, low=0, high=2, sd=1, distribution="normal"),
        "outcomes.change.value",
        "sd and low with high are both given",
        "write one of them",
    ),
    (number(value=1, sd=1), "outcomes.change.value", "this one is fixed", "or distribution: beta"),
    (
        number(value=0.5, distribution="beta"),
        "outcomes.change.value",
        "distribution beta has no sd",
        "write value as the mean, and sd",
    ),
    (
        number(value=1, distribution="triangular"),
        "outcomes.change.value",
        "distribution triangular has no low and high",
        "write low and high",
    ),
    (
        number(value=1, distribution="normal"),
        "outcomes.change.value",
        "neither low with high nor sd",
        "write low and high, or sd",
    ),
    # inputs, stakeholders and evidence
    (
        {"inputs.grant.value": [1, 2], "inputs.grant.years": 2},
        "inputs.grant.years",
        "years is given beside a value for each year",
        "leave years out",
    ),
    ({"inputs.grant.value": [1] * 126}, "inputs.grant.value", "value lists 126 years", "from 1 to 125"),
    (
        {
            "inputs.grant": {
                "stakeholder": "council",
                "kind": "cash",
                "value": {"value": 1, "price_year": 2019},
                "prices": "nominal",
            }
        },
        "inputs.grant",
        "nominal",
        "leave one",
    ),
    (
        {"inputs.grant.years": 1.5},
        "inputs.grant.years",
        "1.5 is not a whole number of years from 1 to 125",
        "write a whole number of years",
    ),
    (
        {"stakeholders.people.size": -1},
        "stakeholders.people.size",
        "-1 is not a number of people, 0 or more",
        "write a number of people",
    ),
    (
        {"stakeholders.people.included": "maybe"},
        "stakeholders.people.included",
        "maybe is neither true nor false",
        "write true or false",
    ),
    (
        {"outcomes.change.starts": {"years_later": -1}},
        "outcomes.change.starts",
        "years_later is -1",
        "write a whole number from 0 to 125",
    ),
    (
        {"outcomes.change.starts": {"later": 1}},
        "outcomes.change.starts",
        "a start",
        "write during, after, or {years_later: 3}",
    ),
    (
        {"outcomes.change.contribution": 1},
        "outcomes.change",
        "attribution and contribution are both given",
        "write one",
    ),
    (
        {"outcomes.change.from": "nobody"},
        "outcomes.change.from",
        "there is no stakeholder or party nobody",
        "known here",
    ),
    (
        {"outcomes.change.accrues_to": "peopel"},
        "outcomes.change.accrues_to",
        "there is no stakeholder or party peopel",
        "did you mean people?",
    ),
    (
        {"correlations": [{"between": ["a", "b"], "rank": 2}], "assumptions": {"a": 1, "b": 2}},
        "correlations[0].rank",
        "2 is not a rank correlation",
        "from -1 to 1",
    ),
    (
        {"correlations": [{"between": ["a", "c"], "rank": 0.5}], "assumptions": {"a": 1}},
        "correlations[0].between",
        "there is no assumption c",
        "known here: a",
    ),
    (
        {"correlations": [{"between": ["a"], "rank": 0.5}], "assumptions": {"a": 1}},
        "correlations[0].between",
        "",
        "two",
    ),
    (
        {"correlations": [{"between": ["a"] * 3, "rank": 0.5}], "assumptions": {"a": 1}},
        "correlations[0].between",
        "",
        "two",
    ),
    (
        {"claims": {"a": {"says": "four for one", "ratio": "four", "meaning": "unclear"}}},
        "claims.a.ratio",
        "",
        "number",
    ),
    (
        {"method": {"discount_schedule": "green-book"}},
        "method.discount_schedule",
        "there is no discount schedule green-book",
        "green-book-2026",
    ),
    (
        {"sources": {"a": {"title": "A", "retrieved": "last week"}}},
        "sources.a.retrieved",
        "last week is not a date",
        "2026-11-22",
    ),
    (
        {"sources": {"a": {"title": "A", "url": "javascript:alert(1)"}}},
        "sources.a.url",
        "javascript:alert(1) is not a web address",
        "https://",
    ),
]
UNUSED = {"stakeholders.people.size"}
"""What no result rests on, so that only reading a text looks at it."""


@pytest.mark.parametrize(
    ("changes", "path", "message", "hint"),
    REFUSED,
    ids=[f"{path}: {message}" for _, path, message, _ in REFUSED],
)
def test_what_a_field_does_not_take_is_refused_where_it_stands(changes, path, message, hint):
    with pytest.raises(sroi.DocumentError) as error:
        study_of(small(changes))
    told = [problem for problem in error.value.problems if message in problem.message]
    assert told, str(error.value)
    assert {problem.path for problem in told} == {path}
    assert hint in told[0].hint
    assert told[0].line > 0


@pytest.mark.parametrize("changes", [changes for changes, path, *_ in REFUSED if path not in UNUSED], ids=str)
def test_it_is_refused_in_python_too(changes):
    with pytest.raises((pydantic.ValidationError, sroi.DocumentError)):
        sroi.evaluate(sroi.Study.model_validate(small(changes)))


TAKEN = [
    {"price_year": "2024"},
    {"price_year": "2024-25"},
    {"method": {"profile": "green-book", "horizon": "none"}},
    {"method": {"discount_rate": "3.5%", "discount_schedule": None}},
    {"method": {"discount_from": 2020}},
    {"outcomes.change.starts": {"years_later": 0}},
    {"outcomes.change.accrues_to": "state:council"},
    {"outcomes.change.accrues_to": "people"},
    *({"outcomes.change.from": party} for party in PARTIES),
    {"outcomes.change.materiality": {"relevance": "high", "significance": ["size", "duration"]}},
    {"limitations": ["none was asked", "few were"]},
    {
        "sources": {
            "a": {
                "title": 2024,
                "year": 2024,
                "url": "https://example.org/a",
                "retrieved": "2026-11",
                "review_by": 2027,
            }
        }
    },
    {"sources": {"a": {"title": "A", "url": "in the library, shelf 4"}}},
    {"sources": {"a": {"title": "A", "url": "mailto:a@example.org"}}},
    {"outcomes.change.value": {"value": 10, "low": 5, "high": 15, "distribution": "triangular"}},
    {"outcomes.change.value": {"value": 10, "sd": 2, "distribution": "normal"}},
    {"outcomes.change.value": NORMAL},
    {"outcomes.change.deadweight": {"value": 0.2, "sd": 0.1, "distribution": "beta"}},
    {
        "outcomes.change.value": {"value": 10, "low": "5 * 1", "high": "a * 2", "distribution": "uniform"},
        "assumptions": {"a": 10},
    },
    {"assumptions": {"share": {"value": 0.5, "low": 0.25, "high": 1, "distribution": "lognormal"}}},
]


@pytest.mark.parametrize("changes", TAKEN, ids=str)
def test_what_a_field_takes_has_a_result_and_comes_back_from_its_text(changes):
    study = study_of(small(changes))
    assert sroi.evaluate(study).investment > 0
    assert sroi.loads(sroi.dumps(study)) == study


@pytest.mark.parametrize(
    ("ends", "value"),
    [
        ({"distribution": "normal", "low": 4, "high": 8}, 6),
        ({"distribution": "lognormal", "low": 4, "high": 9}, 6),
        ({"distribution": "normal", "low": "a", "high": "3 * a - 4"}, 6),
        ({"distribution": "lognormal", "low": "a", "high": "a + 5"}, 6),
    ],
)
def test_a_distribution_given_by_its_ends_has_its_middle_for_a_value(ends, value):
    study = study_of(small({"outcomes.change.value": ends}, assumptions={"a": 4}))
    assert sroi.evaluate(study).row("change").value == pytest.approx(value)
    assert middle(study.outcomes["change"].value) is not None


@pytest.mark.parametrize(
    "text",
    [
        "sroi: {",
        "sroi: [",
        "sroi: {a: [1, 2}",
        "sroi: 'open",
        'sroi: "open\ntitle: more',
        "sroi: [1,\n2,\ntitle: x\n",
    ],
)
def test_what_is_not_closed_is_told_where_it_opens(text):
    with pytest.raises(sroi.DocumentError, match="not closed") as error:
        sroi.loads(text)
    (problem,) = error.value.problems
    assert problem.line == 1
    assert text[problem.column - 1] in "{['\""


def test_a_number_without_a_range_has_no_middle_but_its_value():
    assert middle(sroi.Estimate(value=1)) is None
    assert middle(sroi.Estimate(value=1, low=0, high=2)) is None


@pytest.mark.parametrize(
    ("estimate", "message"),
    [
        ({"value": 10, "low": 15, "high": 5}, "low 15 is above high 5"),
        ({"value": 20, "low": 5, "high": 15}, "value 20 is not between low 5 and high 15"),
        ({**NORMAL, "value": 10.2}, "value 10.2 is not within 1% of the midpoint of low and high, 10"),
        (
            {"value": 10, "low": 5, "high": 15, "distribution": "lognormal"},
            "not within 1% of the geometric mean of low and high, 8.66025",
        ),
        (
            {"value": 10, "low": -1, "high": 15, "distribution": "lognormal"},
            "low -1 of a lognormal distribution is not above 0",
        ),
        ({"value": 10, "sd": 0, "distribution": "normal"}, "sd is 0"),
        ({"value": 2, "sd": 0.1, "distribution": "beta"}, "the mean of a beta distribution is 2"),
        (
            {"value": 0.5, "sd": 0.5, "distribution": "beta"},
            "sd 0.5 is too large for a beta distribution of mean 0.5",
        ),
    ],
)
def test_a_range_that_does_not_hold_its_value_is_refused(estimate, message):
    with pytest.raises(sroi.DocumentError, match=re.escape(message)):
        study_of(small({"outcomes.change.value": estimate}))


def test_the_ends_of_a_range_keep_the_bounds_of_the_number():
    with pytest.raises(sroi.DocumentError, match=r"deadweight\.high: 1\.2 is not a share from 0 to 1"):
        study_of(small({"outcomes.change.deadweight": {"value": 0.5, "low": 0.2, "high": 1.2}}))


def test_an_estimate_of_another_kind_is_taken_over():
    assert sroi.Deadweight.model_validate(sroi.Estimate(value="20%", rationale="asked")) == sroi.Deadweight(
        value=0.2, rationale="asked"
    )
    assert sroi.Outcome(**outcome(starts=YearsLater(years_later=2))).starts == YearsLater(years_later=2)


def test_a_number_that_is_only_a_value_is_written_as_that():
    assert [sroi.Estimate(value=value).model_dump() for value in (3, 0.35, "35%", "a * 2", 1e20)] == [
        3,
        0.35,
        0.35,
        "a * 2",
        1e20,
    ]
    assert sroi.Estimate(value=3, unit="people").model_dump(exclude_unset=True) == {
        "value": 3,
        "unit": "people",
    }
