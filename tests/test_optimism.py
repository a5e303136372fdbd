"""Optimism bias: as stated, by grade, or none; in the result and named, never in silence."""

import pytest
from helpers import changed, outcome, result_of, small, study_of

import sroi
from sroi.evaluation.bridge import bridge
from sroi.model import DEDUCTIONS

STATED = small(
    {
        "inputs.grant.optimism_bias": 0.2,
        "outcomes.change.optimism_bias": {"value": 0.1, "low": 0, "high": 0.3},
    },
    method="green-book",
    outcomes={"change": outcome(), "harm": outcome(value=-50, optimism_bias=0.5)},
)


def said(document):
    return [each for each in result_of(document).warnings if "optimism" in each]


def test_what_is_stated_raises_inputs_and_lowers_gains_and_no_harm():
    result = result_of(STATED)
    assert result.investment == pytest.approx(1200)
    assert result.row("change").present_value == pytest.approx(1800)
    assert result.row("harm").present_value == pytest.approx(-500)
    (named,) = said(STATED)
    assert named.startswith(
        "Green Book discounting, prices and scope; optimism bias applied: raised 20%: “Grant”"
    )
    assert "optimism bias as stated" in result.study.method.in_words


def test_a_method_that_applies_none_says_what_it_leaves_out():
    without = changed(STATED, {"method": "default"})
    assert result_of(without).investment == 1000
    assert said(without) == [
        "optimism bias not applied: the method leaves out what is stated for “Grant”, “Change”, “Harm”"
    ]
    plain = small(method="green-book")
    assert said(plain) == [
        "Green Book discounting, prices and scope; optimism bias not applied: no input or outcome states one"
    ]
    assert said(small()) == []


@pytest.mark.parametrize(("grade", "lowered"), [("A", 0), ("C", 0.1), ("F", 0.4), (None, 0.4)])
def test_by_grade_a_gain_is_lowered_by_its_weakest_number_and_inputs_by_nothing(grade, lowered):
    given = {"value": 10, "rationale": "structural: as planned"}
    graded = outcome(
        quantity=given,
        value={"value": 200, **({"grade": grade} if grade else {})},
        **{key: {"value": 0, "rationale": "structural: none"} for key in (*DEDUCTIONS, "drop_off")},
        duration={"value": 1, "rationale": "structural: one year"},
    )
    result = result_of(small(method="gmca-cba", outcomes={"change": graded}))
    assert result.present_value == pytest.approx(2000 * (1 - lowered))
    assert result.investment == 1000
    own = small({"outcomes.change.optimism_bias": 0.05}, method="gmca-cba", outcomes={"change": graded})
    assert result_of(own).present_value == pytest.approx(1900)


def test_it_is_drawn_explained_and_a_stage_of_the_bridge():
    study = study_of(STATED)
    assert [each.number.path for each in sroi.sensitivity(study).swings] == ["outcomes.change.optimism_bias"]
    assert sroi.simulate(study, draws=500).spreads["present_value"].sd > 10
    assert "less optimism bias" in str(sroi.evaluate(study).explain("change"))
    steps = dict(bridge(result_of(STATED)).steps)
    assert steps["optimism bias"] == pytest.approx(-200)
    assert steps["gross value"] == pytest.approx(1500)


def test_a_number_of_it_that_is_not_assessed_stops_the_result_that_needs_it():
    unknown = changed(STATED, {"inputs.grant.optimism_bias": {"value": None}})
    with pytest.raises(sroi.UndefinedResultError, match=r"inputs\.grant\.optimism_bias"):
        result_of(unknown)
    assert result_of(changed(unknown, {"method": "default"})).investment == 1000


def test_it_is_not_corrected_for_twice():
    adjusted = {each.name: each for each in sroi.ledger(study_of(STATED)).adjustments}
    assert adjusted["optimism_bias"].social_return_ratio is None
    assert "it is in the result" in adjusted["optimism_bias"].note
    assert adjusted["confidence_adjusted"].social_return_ratio is not None


def test_a_forecast_by_the_green_book_that_states_none_is_found():
    rules = {each.rule for each in sroi.check(study_of(small(method="green-book"))).findings}
    assert "SROI077" in rules
    assert "SROI077" not in {each.rule for each in sroi.check(study_of(STATED)).findings}


def test_the_spread_has_it():
    found = {each.name: each for each in sroi.spread(study_of(STATED)).found}
    assert found["green-book"].investment == pytest.approx(1200)
    assert found["default"].investment == pytest.approx(1000)
    assert found["default"].differs["optimism_bias"] == "none"
