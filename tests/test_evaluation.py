"""A result: its figures by outcome, stakeholder and year, its words, and the studies that have none."""

import datetime as dt
import html.parser
import json
import math
import re

import pytest
from helpers import changed, outcome, result_of, small, study_of, text_of

import sroi

TODAY = dt.date(2026, 11, 22)
OUTCOME_COLUMNS = [
    *(
        "outcome",
        "title",
        "stakeholder",
        "kind",
        "unit",
        "quantity",
        "value",
        "deadweight",
        "displacement",
        "attribution",
        "drop_off",
    ),
    *("starts", "duration", "in_total", "impact", "present_value"),
]
SURVEYED = small(
    {
        "outcomes.change": outcome(
            title="Members are less lonely",
            quantity="members * share",
            value={"value": "points * 100", "rationale": "worked out"},
            duration=2.5,
            deadweight={"value": "30%", "source": "survey-2024", "grade": "C"},
            displacement={"value": 0, "rationale": "places are not limited"},
            attribution={"value": "20%", "low": "10%", "high": "30%"},
            drop_off="40%",
        )
    },
    assumptions={
        "members": {"value": 120, "source": "survey-2024", "unit": "people"},
        "share": {"value": "35%", "low": "20%", "high": "50%", "borrowed_from": "derby", "rationale": "n=48"},
        "points": {"value": 2, "price_year": 2019, "source": "survey-2024"},
    },
    sources={"survey-2024": {"title": "Members' survey"}},
)


def warnings_of(document, **arguments):
    return "\n".join(sroi.evaluate(study_of(document), today=TODAY, **arguments).warnings)


def refusal(document, **arguments):
    """The problems of a study that has no result, by path."""
    with pytest.raises((sroi.UndefinedResultError, sroi.DocumentError)) as error:
        result_of(document, **arguments)
    return {problem.path: problem for problem in error.value.problems}


# ── Figures
# ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_every_stakeholder_has_what_it_gains_and_gives():
    study = small(
        stakeholders={name: {"title": name} for name in ("people", "council", "idle")},
        inputs={
            "grant": {"stakeholder": "council", "kind": "cash", "value": 1000},
            "time": {"stakeholder": "people", "kind": "volunteer_time", "value": 50},
            "room": {"stakeholder": "council", "kind": "in_kind", "value": 200},
        },
        outcomes={
            "gain": outcome(),
            "more": outcome(value=10),
            "loss": outcome(value=-30),
            "saving": outcome(stakeholder="council", value=7),
            "gift": outcome(kind="transfer"),
        },
    )
    assert result_of(study).by_stakeholder == {
        "people": {"present_value": 2000 + 100 - 300, "investment": 50},
        "council": {"present_value": 70, "investment": 1200},
        "idle": {"present_value": 0, "investment": 0},
    }


@pytest.mark.parametrize("kind", ["transfer", "tax"])
def test_a_transfer_stays_in_the_value_map_and_out_of_every_sum(kind):
    study = small({"outcomes.gift": outcome(kind=kind, value=1e6)})
    result = result_of(study)
    gift = result.row("gift")
    assert (gift.in_total, gift.impact, gift.present_value, gift.by_year) == (False, 1e7, 1e7, (1e7,))
    assert (result.present_value, result.social_return_ratio, result.payback_years) == (2000, 2, 0)
    assert result.by_stakeholder["people"]["present_value"] == 2000
    assert "transfers are outside the total: “Gift”" in warnings_of(study)


def test_a_transfer_is_in_every_sum_where_the_method_includes_it():
    study = small({"outcomes.gift": outcome(kind="transfer")}, method={"transfers": "included"})
    result = result_of(study)
    assert result.row("gift").in_total
    assert result.present_value == 4000
    assert "transfers" not in warnings_of(study)


def test_an_outcome_without_a_price_stays_in_the_value_map_and_out_of_every_sum():
    study = small(
        {
            "outcomes.dignity": {
                "stakeholder": "people",
                "quantity": [3, 4],
                "value": None,
                "priced": False,
                "title": "People keep their dignity",
            }
        }
    )
    result = result_of(study)
    row = result.row("dignity")
    assert (row.in_total, row.quantity, row.value, row.present_value, row.by_year) == (
        False,
        (3, 4),
        None,
        None,
        (None,),
    )
    assert result.social_return_ratio == 2
    assert "outcomes without a money value are outside the total: “People keep their dignity”" in warnings_of(
        study
    )
    assert "has no money value" in result.explain("dignity")
    assert "not priced" in result.to_markdown()


def test_an_outcome_without_a_price_may_lack_its_quantity_too():
    study = small(
        {"outcomes.dignity": {"stakeholder": "people", "quantity": None, "value": None, "priced": False}}
    )
    assert result_of(study).row("dignity").quantity is None
    assert result_of(changed(study, {"outcomes.dignity.quantity": [1, None]})).row("dignity").quantity is None


def test_a_study_all_of_whose_outcomes_are_unpriced_returns_nothing():
    result = result_of(
        small(outcomes={"dignity": {"stakeholder": "people", "quantity": 1, "value": None, "priced": False}})
    )
    assert (
        result.present_value,
        result.social_return_ratio,
        result.net_present_value,
        result.payback_years,
    ) == (0, 0, -1000, None)
    assert result.statement


def test_a_ratio_below_one_and_below_zero_is_a_result():
    assert result_of(small({"outcomes.change.value": 50})).social_return_ratio == 0.5
    assert result_of(small({"outcomes.change.value": -50})).social_return_ratio == -0.5


def test_numbers_are_lists_only_where_they_were_given_as_lists():
    study = small(
        {
            "outcomes.change": outcome(
                quantity=[1, 2], duration=3, deadweight=["10%", "20%"], displacement=[0.5], attribution="25%"
            )
        }
    )
    row = result_of(study).to_dict()["value_map"][0]
    assert (row["quantity"], row["deadweight"], row["displacement"], row["attribution"]) == (
        [1, 2],
        [0.1, 0.2],
        [0.5],
        0.25,
    )


def test_a_contribution_is_shown_as_what_is_due_to_others():
    study = small({"outcomes.change.contribution": ["75%", "50%"], "outcomes.change.duration": 2})
    del study["outcomes"]["change"]["attribution"]
    assert result_of(study).row("change").attribution == (0.25, 0.5)


def test_impact_is_that_of_the_first_cohorts_first_year_before_drop_off():
    study = small(
        {
            "outcomes.change": outcome(
                quantity=[3, 100],
                value=10,
                duration=2,
                deadweight=["50%", 0],
                drop_off="10%",
                drop_off_from="first_year",
            )
        }
    )
    assert result_of(study).row("change").impact == 15


def test_a_cohort_begins_in_its_own_year():
    study = small(
        {"outcomes.change": outcome(quantity=[1, 10], value=1, starts={"years_later": 2}, duration=1.5)}
    )
    assert result_of(study).row("change").by_year == (0, 0, 1, 10.5, 5)


def test_the_title_of_an_outcome_is_made_from_its_name():
    assert result_of(small({"outcomes.less_lonely": outcome()})).row("less_lonely").title == "Less lonely"


def test_an_unknown_outcome_is_answered_with_the_nearest():
    with pytest.raises(
        sroi.NotFoundError, match=r"there is no outcome or number chance; did you mean change\?"
    ):
        result_of(small()).explain("chance")


@pytest.mark.parametrize(
    ("changes", "years"),
    [
        ({}, 0),
        ({"outcomes.change.value": 50}, None),
        ({"outcomes.change.value": 100}, 0),
        ({"outcomes.change.starts": "after"}, 0.5),
        ({"outcomes.change.value": 50, "outcomes.change.duration": 4}, 1),
        ({"outcomes.change.value": 100, "method.timing": "end", "method.input_timing": "start"}, 1),
        ({"outcomes.change.value": 200, "method.timing": "mid", "method.input_timing": "start"}, 0.25),
        ({"outcomes.change.duration": 2, "outcomes.loss": outcome(value=-150, starts="after")}, 0),
        (
            {"outcomes.change.duration": 3, "outcomes.change.value": 100, "inputs.grant.value": [1000, 2000]},
            2,
        ),
    ],
)
def test_payback_is_when_what_is_put_in_has_come_back_for_good(changes, years):
    assert result_of(small({"method.discount_rate": 0, **changes})).payback_years == (
        None if years is None else pytest.approx(years)
    )


def test_a_flow_that_is_so_large_that_it_has_no_sum_is_no_result():
    for document in (
        small({"outcomes.change.value": 1e308, "outcomes.change.quantity": 100}),
        small({"inputs.grant.value": 1e-320}),
    ):
        with pytest.raises(sroi.SroiError):
            result_of(document)


# ── Tables
# ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_value_map_has_an_outcome_a_row():
    table = result_of(small({"outcomes.other": outcome(quantity=[1, 2])})).value_map
    assert list(table.columns) == OUTCOME_COLUMNS
    assert list(table["outcome"]) == ["change", "other"]
    assert list(table["present_value"]) == [2000, pytest.approx(200 + 400 / 1.035)]


def test_the_inputs_have_one_a_row():
    table = result_of(small()).inputs_table
    assert table.to_dict("records") == [
        {"input": "grant", "title": None, "stakeholder": "council", "kind": "cash", "present_value": 1000}
    ]


def test_years_go_by_calendar_and_money_is_undiscounted():
    study = small(
        {
            "outcomes.change.duration": 3,
            "outcomes.dignity": {"stakeholder": "people", "quantity": 1, "value": None, "priced": False},
        },
        first_year=2017,
    )
    table = result_of(study).by_year
    assert list(table.index) == [2017, 2018, 2019]
    assert table.to_dict("list") == {"change": [2000, 2000, 2000], "input grant": [1000, 0, 0]}


def test_a_result_prints_as_one_line():
    assert (
        repr(result_of(small()))
        == "Evaluation(small: ratio 2, net present value 1,000 GBP in 2024 prices, 1 outcomes)"
    )


# ── Words
# ────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def explanation():
    return str(result_of(SURVEYED).explain("change"))


def test_an_explanation_goes_from_quantity_to_present_value(explanation):
    deflated = 2 * 100 * 100 / 81.1085
    steps = (
        "quantity",
        "financial proxy",
        "= gross value",
        "less deadweight",
        "less displacement",
        "less attribution",
        "= impact",
        "drop-off",
        "duration",
    )
    assert [
        step for line in explanation.splitlines() for step in steps if line.strip().startswith(step)
    ] == list(steps)
    for amount in (42 * deflated, 42 * deflated * 0.7, 42 * deflated * 0.7 * 0.8):
        assert f"£{amount:,.0f}" in explanation
    by_year = [42 * deflated * 0.56 * 0.6**k * (0.5 if k == 2 else 1) for k in range(3)]
    for t, flow in enumerate(by_year):
        (line,) = (line for line in explanation.splitlines() if line.split()[:1] == [str(2024 + t)])
        assert line.split() == [
            str(2024 + t),
            f"£{flow:,.0f}",
            f"{1.035**-t:.6f}",
            f"£{flow * 1.035**-t:,.0f}",
        ]
    assert f"£{sum(flow * 1.035**-t for t, flow in enumerate(by_year)):,.0f}" in explanation.splitlines()[-1]


@pytest.mark.parametrize(
    "words",
    [
        "Members × Share",
        "Members = 120: source survey-2024",
        "Points = 2.46583: source survey-2024; 2019 prices",
        "from 20% to 50%; borrowed from derby; n=48",
        "source survey-2024; grade C",
        "places are not limited",
        "from 10% to 30%; no source, no rationale",
        "worked out",
        "default: green-book-2026 rates",
        "2024 prices",
    ],
)
def test_an_explanation_names_where_every_number_comes_from(explanation, words):
    assert words in explanation


def test_an_explanation_is_shown_as_it_is():
    explanation = result_of(SURVEYED).explain("change")
    assert repr(explanation) == str(explanation)
    assert "[study] <text>:" in explanation


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"outcomes.change.quantity": [10, 20]}, "10, 20 (cohorts, one a year)"),
        (
            {"outcomes.change.deadweight": ["10%", "20%"], "outcomes.change.duration": 2},
            "10%, 20% by benefit year",
        ),
        (
            {"outcomes.change.value": [100, 110], "outcomes.change.duration": 2},
            "£100, £110 a unit and benefit year, by benefit year",
        ),
        ({"outcomes.change.contribution": "75%", "outcomes.change.attribution": None}, "due to others"),
        ({"outcomes.change.starts": "after"}, "after the cohort's own"),
        ({"outcomes.change.starts": {"years_later": 3}}, "3 years after the cohort's own"),
        (
            {"outcomes.change.discount_schedule": "green-book-2026-health"},
            "discounted by its own schedule, green-book-2026-health",
        ),
        ({"outcomes.change.kind": "transfer"}, "outside the total: a transfer under transfers: excluded"),
        ({"outcomes.change.value": -5}, "−£50"),
    ],
)
def test_an_explanation_says_what_is_particular(changes, words):
    assert words in result_of(small(changes)).explain("change")


def test_an_explanation_of_added_deductions_takes_each_from_the_whole():
    study = small(
        {"outcomes.change": outcome(deadweight="10%", displacement="20%", attribution="30%")},
        method={"deductions": "added"},
    )
    assert re.findall(r"= leaves +£([\d,]+)", result_of(study).explain("change")) == ["1,800", "1,400"]
    assert re.findall(r"= impact .*£([\d,]+)", result_of(study).explain("change")) == ["800"]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        (
            {"method.horizon": 1, "outcomes.change.duration": 4},
            "flows after year 1 are dropped (undiscounted): “Change” £4,000",
        ),
        (
            {"method.horizon": 0, "inputs.grant.years": 3, "outcomes.change.duration": 2},
            "“Change” £2,000, “Grant” £2,000",
        ),
        (
            {"method.deflator": "none", "outcomes.change.value": {"value": 5, "price_year": 2019}},
            "prices of 2019 are used as if they were of 2024",
        ),
        ({"outcomes.change.duration": 30}, "of the present value falls more than 10 years after year 0"),
        ({"outcomes.change.stakeholder": "council"}, "cashable is not given and counts as 0: “Change”"),
        ({"outcomes.change.payer": "nhs"}, "cashable is not given and counts as 0: “Change”"),
        ({"outcomes.gift": outcome(kind="tax")}, "transfers are outside the total: “Gift”"),
        (
            {"stakeholders.people.included": False},
            "counted although the stakeholder is marked as left out: “Change”",
        ),
        ({"method": "green-book"}, "Green Book discounting, prices and scope; optimism bias not applied"),
        (
            {"method": "gmca-cba"},
            "optimism bias applied: lowered 40% by the grade of its weakest number: “Change”",
        ),
        (
            {
                "sources": {"old": {"title": "Old", "review_by": "2025"}},
                "outcomes.change.value": {"value": 1, "source": "old"},
            },
            "past the date by which they should be looked at again: “Old”",
        ),
    ],
)
def test_a_reader_is_warned(changes, words):
    assert words in warnings_of(small(changes))


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"outcomes.change.duration": 11},
        {"outcomes.change.duration": 30, "method.horizon": 40},
        {"outcomes.change.stakeholder": "council", "outcomes.change.cashable": "0%"},
        {"outcomes.change.stakeholder": "council", "outcomes.change.kind": "wellbeing"},
        {"method.horizon": 1, "outcomes.change.duration": 2},
        {"method.deflator": "none", "outcomes.change.value": {"value": 5, "price_year": 2024}},
        {"sources": {"old": {"title": "Old", "review_by": "2025"}}},
        {
            "sources": {"new": {"title": "New", "review_by": "2026-11"}},
            "outcomes.change.value": {"value": 1, "source": "new"},
        },
    ],
)
def test_a_reader_is_not_warned_of_nothing(changes):
    assert warnings_of(small(changes)) == ""


def test_no_figure_depends_on_the_day():
    study = study_of(
        small(
            {
                "sources": {"old": {"title": "Old", "review_by": "2025"}},
                "outcomes.change.value": {"value": 1, "source": "old"},
            }
        )
    )
    before, after = (sroi.evaluate(study, today=day).to_dict() for day in (dt.date(2020, 1, 1), TODAY))
    assert (before.pop("warnings"), len(after.pop("warnings"))) == ([], 1)
    assert before == after


def test_the_statement_says_return_prices_method_and_that_there_is_no_range():
    statement = result_of(small()).statement
    assert "each £1 put in gives about £2.00 of social value" in statement
    for words in (
        "forecast of Small study",
        "net present value £1,000",
        "2024 prices",
        "method default",
        "no range",
        "assumptions without a source",
        "no public claim",
    ):
        assert words in statement


def test_the_statement_neither_uses_nor_confirms_a_claim():
    study = small(claims={"leaflet": {"says": "£4 for every £1", "ratio": 4, "meaning": "social_value"}})
    statement = result_of(study).statement
    assert "what has been claimed of it (£4 of social value) is neither used nor confirmed" in statement
    assert "Claims beside this result" in result_of(study).to_markdown()


def test_the_statement_says_where_all_numbers_have_a_source():
    sourced = {"source": "survey"}
    study = small(
        {
            f"outcomes.change.{key}": {"value": value, **sourced}
            for key, value in outcome().items()
            if key not in ("stakeholder", "starts", "kind")
        },
        inputs={"grant": {"stakeholder": "council", "kind": "cash", "value": 1000, **sourced}},
        sources={"survey": {"title": "Survey"}},
    )
    assert "every number behind it has a source" in result_of(study).statement


HOSTILE = '<script>alert(1)</script> & "quotes" | pipe * star _under_ `tick` [link](x) # head'


@pytest.fixture
def hostile():
    return result_of(
        small(
            {
                "outcomes.change.title": HOSTILE,
                "outcomes.change.value": {"value": 1, "rationale": HOSTILE},
                "stakeholders.people.title": HOSTILE,
            },
            title=HOSTILE,
            claims={"leaflet": {"says": HOSTILE, "ratio": 4, "meaning": "savings"}},
        )
    )


def test_html_holds_no_tag_of_a_texts_own(hostile):
    class Tags(html.parser.HTMLParser):
        def __init__(self):
            super().__init__()
            self.open, self.seen = [], set()

        def handle_starttag(self, tag, _attrs):
            self.open.append(tag)
            self.seen.add(tag)

        def handle_endtag(self, tag):
            assert self.open.pop() == tag

    reader = Tags()
    reader.feed(hostile._repr_html_())
    assert reader.open == []
    assert "script" not in reader.seen
    assert {"table", "h3", "td"} <= reader.seen
    assert "&lt;script&gt;" in hostile._repr_html_()


def test_markdown_takes_no_mark_of_a_texts_own(hostile):
    text = hostile.to_markdown()
    assert "<script>" not in text
    assert r"\<script\>" in text
    for table in re.findall(r"(?:^\|.*\n)+", text, re.MULTILINE):
        assert len({len(re.split(r"(?<!\\)\|", line)) for line in table.splitlines()}) == 1
    assert not re.search(r"(?<!\\)`", text)


def test_markdown_has_every_table_and_a_notebook_the_outcomes():
    result = result_of(SURVEYED)
    assert [table.key for table in result.tables][:2] == ["outcomes", "inputs"]
    for table in result.tables:
        assert table.to_markdown() in result.to_markdown()
        assert (table.to_html() in result._repr_html_()) is (table.key == "outcomes")


def test_every_field_of_the_method_is_in_the_result():
    method = result_of(
        small(method={"profile": "svi-guide", "discount_rate": "2%", "timing": "mid"})
    ).to_dict()["method"]
    assert set(method) == set(sroi.MethodProfile.model_fields)
    assert (
        method["profile"],
        method["discount_rate"],
        method["discount_schedule"],
        method["timing"],
        method["input_timing"],
    ) == (
        "svi-guide",
        0.02,
        None,
        "mid",
        "mid",
    )


def test_the_method_is_hashed_into_the_result():
    def digest(method):
        return result_of(small(method=method)).provenance["method_sha256"]

    assert (
        digest("default")
        == digest({"profile": "default", "timing": "start"})
        == digest({"profile": "svi-guide", **without_profile("default")})
    )
    assert digest("default") != digest({"timing": "end"})


def without_profile(name):
    return {
        key: value
        for key, value in sroi.PROFILES[name].model_dump().items()
        if key not in ("profile", "discount_rate")
    }


# ── No result
# ────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("value", [0, [0, 0], {"value": 0, "rationale": "nothing"}, "members - members", -5])
def test_inputs_that_sum_to_nothing_have_no_return(value):
    problems = refusal(small({"inputs.grant.value": value}, assumptions={"members": 3}))
    assert "the inputs sum to" in problems["inputs"].message


def test_without_inputs_there_is_no_return():
    assert "no result without inputs" in refusal(small(inputs={}))["inputs"].message


def test_a_number_that_is_not_assessed_is_named_once_with_what_rests_on_it():
    study = small(
        {"outcomes.change.quantity": "a", "outcomes.change.value": "b", "inputs.grant.value": "b + c"},
        assumptions={"a": "b", "b": None, "c": {"value": None, "rationale": "?"}},
    )
    problems = refusal(study)
    assert set(problems) == {"assumptions.b", "assumptions.c"}
    assert (
        "outcomes.change.quantity, outcomes.change.value" in problems["assumptions.b"].message
        or "inputs.grant.value" in problems["assumptions.b"].message
    )


def test_a_result_that_is_undefined_is_an_arithmetic_error_with_its_problems():
    with pytest.raises(ArithmeticError) as error:
        result_of(small({"outcomes.change.value": None}))
    assert isinstance(error.value, sroi.UndefinedResultError)
    (problem,) = error.value.problems
    assert (problem.path, problem.file, problem.line > 0) == ("outcomes.change.value", "<text>", True)


def test_added_deductions_may_reach_a_whole_and_not_pass_it():
    method = {"deductions": "added"}
    assert result_of(
        small(
            {"outcomes.change": outcome(deadweight="50%", displacement="20%", attribution="30%")},
            method=method,
        )
    ).social_return_ratio == pytest.approx(0)
    problems = refusal(
        small(
            {
                "outcomes.change": outcome(
                    duration=2, deadweight=["50%", "60%"], displacement="20%", attribution="30%"
                )
            },
            method=method,
        )
    )
    assert "the deductions of benefit year 2 add up to 110%" in problems["outcomes.change"].message


def test_deductions_that_pass_a_whole_are_no_mistake_where_they_are_multiplied():
    assert result_of(
        small({"outcomes.change": outcome(deadweight="60%", displacement="20%", attribution="30%")})
    ).present_value == pytest.approx(2000 * 0.4 * 0.8 * 0.7)


def test_another_method_is_checked_when_it_is_chosen():
    study = study_of(small({"outcomes.change": outcome(deadweight="60%", attribution="60%")}))
    with pytest.raises(sroi.DocumentError, match="add up to 120%"):
        sroi.change(study, method="added-deductions")


# ── Studies made in Python
# ───────────────────────────────────────────────────────────────────────────────────────────


def test_a_study_made_in_python_has_a_result_and_no_positions():
    result = sroi.evaluate(sroi.Study.model_validate(small()))
    assert result.social_return_ratio == 2
    assert result.study.provenance is None
    assert (result.provenance["packs"], result.provenance["study_sha256"]) == ({}, None)
    assert not [number for number in result.provenance["numbers"] if "file" in number or "layer" in number]
    assert "no source, no rationale" in result.explain("change")


@pytest.mark.parametrize(
    "changes",
    [{"outcomes.change.value": None}, {"outcomes.change.duration": None}, {"inputs.grant.value": None}],
)
def test_the_problems_of_a_study_made_in_python_have_a_path_and_no_position(changes):
    with pytest.raises(sroi.UndefinedResultError) as error:
        sroi.evaluate(sroi.Study.model_validate(small(changes)))
    (problem,) = error.value.problems
    assert (problem.path, problem.file, problem.line, problem.column) == (next(iter(changes)), "", 0, 0)
    assert str(problem).startswith(f"{problem.path}: ")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"outcomes.change.value": "nobody * 2"}, "nobody, which is not an assumption"),
        ({"outcomes.change.deadweight": "3 / 2"}, "1.5 is not a share from 0 to 1"),
        ({"outcomes.change.value": "1 / 0"}, "divides by zero"),
        ({"outcomes.change.value": {"value": 1, "price_year": 1900}}, "price year 1900 is outside"),
        ({"method.discount_schedule": "purple-book"}, "there is no discount schedule purple-book"),
        ({"outcomes.change.discount_schedule": "purple-book"}, "there is no discount schedule purple-book"),
        ({"assumptions": {"a": "b", "b": "a"}, "outcomes.change.value": "a"}, "circle: a → b → a"),
        (
            {"currency": "EUR", "outcomes.change.value": {"value": 1, "price_year": 2019}},
            "a sum in EUR of 2019 cannot be converted",
        ),
    ],
)
def test_what_cannot_be_worked_out_in_a_study_made_in_python_is_refused_in_words(changes, words):
    with pytest.raises(sroi.DocumentError, match=re.escape(words)):
        sroi.evaluate(sroi.Study.model_validate(small(changes)))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"outcomes.change.stakeholder": "nobody"}, "there is no stakeholder nobody"),
        ({"outcomes.change.value": {"value": 1, "source": "nowhere"}}, "there is no source nowhere"),
        ({"outcomes.change.contribution": 1}, "attribution and contribution are both given"),
        ({"method": "nonsense"}, "there is no method profile nonsense"),
    ],
)
def test_what_a_study_made_in_python_may_not_say_is_refused_when_it_is_made(changes, words):
    with pytest.raises(ValueError, match=words):
        sroi.Study.model_validate(small(changes))


def test_a_profile_stands_for_its_name():
    study = sroi.Study.model_validate(small(method=sroi.PROFILES["green-book"]))
    assert (
        study
        == sroi.Study.model_validate(small(method="green-book"))
        == sroi.change(sroi.Study.model_validate(small()), method="green-book")
    )


def test_a_study_made_of_models_is_that_of_their_mappings():
    models = sroi.Study(
        **{key: value for key, value in small().items() if key not in ("stakeholders", "inputs", "outcomes")},
        stakeholders={name: sroi.Stakeholder(**fields) for name, fields in small()["stakeholders"].items()},
        inputs={"grant": sroi.Input(stakeholder="council", kind="cash", value=sroi.Estimate(value=1000))},
        outcomes={"change": sroi.Outcome(**outcome(value=sroi.FinancialProxy(value=200)))},
    )
    assert models == sroi.Study.model_validate(small())
    assert math.isclose(sroi.evaluate(models).social_return_ratio, 2)


@pytest.mark.parametrize(
    ("place", "written"),
    [
        ("E06000021", "in Stoke-on-Trent"),
        ("S12000013", "in Eilean Siar"),
        ("E06000058", "in Bournemouth, Christchurch and Poole"),
        ("barking-and-dagenham", "in Barking and Dagenham"),
    ],
)
def test_a_place_is_called_by_its_name_in_the_sentence_to_quote(place, written):
    study = sroi.load(
        "mens-shed", borough=place, values={"yearly_cost": 5000, "rent_forgone": 0, "points_gained": 0.1}
    )
    assert written in sroi.evaluate(study).statement


def test_claims_and_ratios_in_one_column_have_the_same_digits():
    claims = {
        "whole": {"says": "four", "meaning": "social_value", "ratio": 4},
        "saved": {"says": "saved", "meaning": "savings", "ratio": 3.5},
    }
    (table,) = [
        each
        for each in sroi.evaluate(sroi.Study.model_validate(small(claims=claims))).tables
        if each.title.startswith("Claims")
    ]
    assert [(row[1], row[4]) for row in table.rows] == [("4.00", "2.00"), ("3.50", "0.00")]


def test_a_misspelt_timing_is_one_mistake():
    with pytest.raises(sroi.DocumentError) as caught:
        sroi.loads(json.dumps(small(method={"timing": "middle"})))
    assert [problem.path for problem in caught.value.problems] == ["method.timing"]


def test_a_method_with_changes_is_not_called_by_its_profile_alone():
    assert "method svi-guide, central" in result_of(small(method="svi-guide")).statement
    assert (
        "method svi-guide, central"
        in result_of(small(method={"profile": "svi-guide", "timing": "start"})).statement
    )
    changed_ = result_of(small(method={"profile": "svi-guide", "timing": "mid"}))
    assert "method svi-guide with changes, central" in changed_.statement
    assert changed_.study.method.in_words.startswith("svi-guide with changes: ")


# ── Over how many years a study is appraised
# ──────────────────────────────────────────────────────────────────────────────────────────


def _buildings(**sections):
    return study_of(small({"outcomes.change.duration": 100}, **sections))


def test_an_appraisal_period_takes_the_place_of_a_profiles_horizon():
    plain, own = _buildings(method="green-book"), _buildings(method="green-book", appraisal_period=60)
    written = _buildings(method={"profile": "green-book", "horizon": 60})
    assert (plain.method.horizon, own.method.horizon) == (10, 60)
    found = sroi.evaluate(own)
    assert found.social_return_ratio == sroi.evaluate(written).social_return_ratio
    assert found.to_dict()["method"]["horizon"] == 60
    assert own.method.fingerprint == written.method.fingerprint != plain.method.fingerprint
    assert "horizon year 60" in own.method.in_words
    assert any("after year 60 are dropped" in said for said in found.warnings)


def test_an_appraisal_period_follows_every_change_of_the_method():
    own = _buildings(appraisal_period=60)
    assert own.method.horizon is None
    assert sroi.change(own, method="green-book").method.horizon == 60
    assert sroi.change(own, {"appraisal_period": 30}, method="green-book").method.horizon == 30
    assert sroi.loads(sroi.dumps(sroi.change(own, method="green-book"))).method.horizon == 60


def test_without_a_horizon_the_period_moves_the_warning():
    said = " ".join(sroi.evaluate(_buildings(appraisal_period=60)).warnings)
    assert "falls more than 60 years after year 0" in said
    assert "more than" not in " ".join(sroi.evaluate(_buildings(appraisal_period=100)).warnings)


def test_an_appraisal_period_is_inherited_from_the_intervention_and_replaced(tmp_path):
    folder = tmp_path / "interventions"
    folder.mkdir()
    template = small({"outcomes.change.duration": 100}, id="homes", appraisal_period=60, method="green-book")
    (folder / "homes.yaml").write_text(text_of(template), encoding="utf-8")
    assert sroi.load("homes", packs=tmp_path).method.horizon == 60
    own = {key: small()[key] for key in ("sroi", "title", "kind", "currency", "price_year", "first_year")}
    study = {**own, "id": "ours", "intervention": "homes"}
    assert study_of(study, packs=tmp_path).method.horizon == 60
    assert study_of({**study, "appraisal_period": 40}, packs=tmp_path).method.horizon == 40
    assert study_of({**study, "appraisal_period": None}, packs=tmp_path).method.horizon == 10


@pytest.mark.parametrize("period", [0, 126, 2.5, "ten", True, -1])
def test_an_appraisal_period_is_a_whole_number_of_years(period):
    with pytest.raises(sroi.DocumentError, match="appraisal period"):
        _buildings(appraisal_period=period)


def test_a_horizon_of_its_own_beside_it_is_refused():
    with pytest.raises(sroi.DocumentError, match="appraisal_period 60 stands beside a horizon of 30"):
        _buildings(appraisal_period=60, method={"profile": "green-book", "horizon": 30})


BY_YEAR = small(
    method={"discount_rate": 0},
    outcomes={
        "change": outcome(value=[100, {"value": 110, "low": 90, "high": 130}], duration=3, quantity=[10, 20])
    },
)


def test_a_value_by_benefit_year_is_that_of_each_cohort_and_its_last_holds():
    row = result_of(BY_YEAR).row("change")
    assert row.value == (100.0, 110.0)
    assert row.impact == 1000
    assert row.by_year == pytest.approx((1000, 1100 + 2000, 1100 + 2200, 2200))


def test_each_value_of_a_list_is_a_number_of_its_own():
    study = study_of(BY_YEAR)
    changed = sroi.change(study, {"outcomes.change.value[1]": 200})
    assert sroi.evaluate(changed).row("change").by_year[3] == 4000
    assert [swing.number.path for swing in sroi.sensitivity(study).swings] == ["outcomes.change.value[1]"]
    assert "outcomes.change.value[0]" in {each.number for each in sroi.switching_values(study).numbers}


def test_values_of_both_signs_are_told_of():
    both = changed(BY_YEAR, {"outcomes.change.value": [100, -5]})
    assert any(
        "(outcomes.change.value) is for the better and for the worse" in each
        for each in result_of(both).warnings
    )
