"""Switching values: by hand where the answer is a straight line, and put back into the engine everywhere."""

import json
import math
import sys

import pytest
from helpers import outcome, small, study_of
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ranged import DATA, at, normal, over, study, uniform
from strategies import documents, methods

import sroi


def path_of(number):
    """The path that a switching value's name stands for."""
    return number if "." in number else f"assumptions.{number}"


def by_number(found):
    return {each.number: each for each in found.numbers}


def reached(chosen, found):
    """The figure with each switching value put back into the study, by number."""
    return {
        each.number: getattr(at(chosen, {path_of(each.number): each.value}), found.figure)
        for each in found.numbers
        if each.value is not None
    }


def is_met(chosen, found):
    """Whether every switching value gives the target to 1e-9."""
    return all(
        math.isclose(figure, found.target, rel_tol=1e-9, abs_tol=1e-9)
        for figure in reached(chosen, found).values()
    )


# ── By hand
# ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_break_even_by_hand():
    """10 × 200 over 1,000: every number at which half of it is left."""
    found = sroi.switching_values(study())
    assert (found.target, found.central, found.figure) == (1, 2, "social_return_ratio")
    assert {number: each.value for number, each in by_number(found).items()} == {
        "inputs.grant.value": pytest.approx(2000),
        "outcomes.change.quantity": pytest.approx(5),
        "outcomes.change.value": pytest.approx(100),
        "outcomes.change.duration": pytest.approx(0.5),
        "outcomes.change.deadweight": pytest.approx(0.5),
        "outcomes.change.displacement": pytest.approx(0.5),
        "outcomes.change.attribution": pytest.approx(0.5),
        "outcomes.change.drop_off": None,
    }
    assert by_number(found)["outcomes.change.drop_off"].verdict == "none at all"
    assert by_number(found)["outcomes.change.value"].change == pytest.approx(0.5)
    assert by_number(found)["outcomes.change.deadweight"].change is None


def test_a_target_of_four_by_hand():
    found = by_number(sroi.switching_values(study(), 4))
    assert found["outcomes.change.value"].value == pytest.approx(400)
    assert found["inputs.grant.value"].value == pytest.approx(500)
    assert [
        found[f"outcomes.change.{name}"].verdict for name in ("deadweight", "displacement", "attribution")
    ] == ["none at all"] * 3


@pytest.mark.parametrize(("target", "value"), [(1.5, 150), (0, 0), (-1, -100), (1e6, 1e8)])
def test_targets_of_all_sizes(target, value):
    """Money may lie on either side of zero where its range does."""
    found = by_number(sroi.switching_values(study({"outcomes.change.value": uniform(-200, 400)}), target))
    assert found["outcomes.change.value"].value == pytest.approx(value, rel=1e-9, abs=1e-6)


@pytest.mark.parametrize(
    ("low", "high", "verdict"),
    [
        (50, 300, "within its range"),
        (100, 300, "within its range"),
        (101, 300, "outside its range"),
        (150, 250, "outside its range"),
    ],
)
def test_a_value_within_the_range_is_told_from_one_outside(low, high, verdict):
    each = by_number(sroi.switching_values(study({"outcomes.change.value": over(low, 200, high)})))[
        "outcomes.change.value"
    ]
    assert (each.value, each.low, each.high, each.verdict) == (pytest.approx(100), low, high, verdict)


def test_a_number_without_a_range_is_never_within():
    each = by_number(sroi.switching_values(study(), 2))["outcomes.change.value"]
    assert (each.value, each.low, each.high, each.verdict) == (
        pytest.approx(200),
        None,
        None,
        "outside its range",
    )


def test_none_within_the_range_is_told_from_none_at_all():
    """A second, sure outcome of 1,500 keeps the ratio above 1 whatever share of the first is kept; only what
    is put in can change that, or a first outcome that does harm."""
    outcomes = {"change": outcome(value=uniform(100, 300)), "sure": outcome(value=150)}
    found = by_number(sroi.switching_values(study(outcomes=outcomes)))
    assert found["outcomes.change.deadweight"].verdict == "none at all"
    assert (found["inputs.grant.value"].verdict, found["inputs.grant.value"].value) == (
        "outside its range",
        pytest.approx(3500),
    )
    for name, value in (("change.value", -50), ("sure.quantity", -20 / 3)):
        each = found[f"outcomes.{name}"]
        assert (each.value, each.verdict) == (pytest.approx(value), "outside its range")
        assert each.where.endswith("on the other side of zero"), "money below 0 is admitted, and told of"


def test_money_that_may_lie_below_0_is_looked_for_there():
    outcomes = {"change": outcome(value=uniform(-10, 300, 150)), "sure": outcome(value=150)}
    each = by_number(sroi.switching_values(study(outcomes=outcomes)))["outcomes.change.value"]
    assert (each.verdict, each.value) == ("outside its range", pytest.approx(-50))


def test_a_shared_name_moves_all_that_rest_on_it():
    outcomes = {
        "one": outcome(value="worth"),
        "two": outcome(value="2 * worth"),
        "less": outcome(value="-worth"),
    }
    found = by_number(
        sroi.switching_values(study(outcomes=outcomes, assumptions={"worth": over(50, 100, 200)}), 3)
    )
    assert found["worth"].value == pytest.approx(150)
    assert found["worth"].verdict == "within its range"
    assert "outcomes.one.value" not in found, "it is computed"


@pytest.mark.parametrize(
    ("unit", "value"), [({}, 1.025), ({"unit": "events a person"}, 1.025), ({"unit": "share of all"}, None)]
)
def test_a_number_within_0_and_1_is_a_share_where_its_unit_says_so_and_not_for_its_size(unit, value):
    chosen = study({"outcomes.change.quantity": "20 * x"}, assumptions={"x": over(0.2, 0.5, 0.8, **unit)})
    assert by_number(sroi.switching_values(chosen, 3.9))["x"].value == pytest.approx(0.975)
    each = by_number(sroi.switching_values(chosen, 4.1))["x"]
    assert each.value == (None if value is None else pytest.approx(value))
    assert each.verdict == ("none at all" if value is None else "outside its range")


@pytest.mark.parametrize("field", ["deadweight", "displacement", "attribution", "drop_off", "cashable"])
def test_an_assumption_that_stands_alone_in_a_share_is_a_share_whatever_else_it_is(field):
    """1.2 would meet the target; through another name too it is a share."""
    changes = {"outcomes.change.quantity": "10 + 10 * x", "outcomes.other": outcome(kind="transfer")}
    changes |= {f"outcomes.other.{field}": "y", "outcomes.other.duration": 2}
    chosen = study(changes, assumptions={"x": 0.5, "y": "x"})
    each = by_number(sroi.switching_values(chosen, 4.4))["x"]
    assert (each.value, each.verdict) == (None, "none at all")


def test_a_share_that_the_result_does_not_rest_on_is_kept_too_where_it_is_computed():
    """At 1.1 the cashable share 2x − 1 would be 1.2."""
    changes = {"outcomes.change.quantity": "10 * x", "outcomes.change.cashable": "2 * x - 1"}
    each = by_number(sroi.switching_values(study(changes, assumptions={"x": 0.9}), 2.2))["x"]
    assert (each.value, each.verdict) == (None, "none at all")


@pytest.mark.parametrize(
    ("changes", "assumptions", "target", "value"),
    [
        pytest.param({"inputs.extra.value": 0}, {}, 0.01, 199_000, id="an input of 0"),
        pytest.param({"inputs.extra.value": 0}, {}, 1e-9, 2e12 - 1000, id="an input of 0, a far answer"),
        pytest.param({"outcomes.change.value": "x"}, {"x": 0}, 1e6, 1e8, id="an assumption of 0"),
        pytest.param({"outcomes.change.value": "x"}, {"x": 1e-6}, 1, 100, id="a very small one"),
        pytest.param({"outcomes.change.value": "400 * x"}, {"x": over(0.1, 0.3, 0.5)}, 6, 1.5, id="points"),
        pytest.param({"outcomes.change.duration": "x"}, {"x": 0.8}, 0.5, 0.25, id="a duration below 1"),
        pytest.param({"outcomes.change.duration": "x"}, {"x": over(0.5, 0.8, 1)}, 4, 2, id="a longer one"),
        pytest.param({"outcomes.change.duration": "x"}, {"x": 5}, 0.54, 0.27, id="0.27 years of 5"),
        pytest.param({"outcomes.change.duration": "12 * x"}, {"x": 0.5}, 0.5, 0.25 / 12, id="computed years"),
        pytest.param({"outcomes.change.quantity": "5000 / x"}, {"x": 500}, 4e-5, 25e6, id="a divisor"),
        pytest.param({"outcomes.change.quantity": "x * x"}, {"x": 1}, 2e6, 3162.2776601683795, id="a square"),
        pytest.param({"outcomes.change.quantity": "x ** 5"}, {"x": 1}, 2e4, 10, id="a fifth power"),
        pytest.param({"outcomes.change.value": 0}, {}, 3, 300, id="a proxy of 0"),
        pytest.param({"outcomes.change.quantity": 0}, {}, 3e5, 1.5e6, id="a quantity of 0"),
    ],
)
def test_a_value_is_found_wherever_it_lies(changes, assumptions, target, value):
    """Undiscounted, so that each is plain to work out."""
    extra = {"stakeholder": "people", "kind": "money", **small()["inputs"]["grant"]}
    inputs = small()["inputs"]
    if "inputs.extra.value" in changes:
        inputs = {**inputs, "extra": {**extra, "value": 0}}
        changes = {}
    chosen = study({"method": {"discount_rate": 0}, **changes}, inputs=inputs, assumptions=assumptions)
    found = sroi.switching_values(chosen, target)
    values = [each.value for each in found.numbers if each.value is not None]
    assert any(each == pytest.approx(value, rel=1e-6) for each in values), values
    assert math.isclose(found.central, sroi.evaluate(chosen).social_return_ratio)


def test_what_is_not_proved_is_said_to_be_not_found_and_between_what():
    """A hump that only a width of the line could show."""
    chosen = study({"outcomes.change.quantity": "max(0, x) - min(x, 5) ** 3"}, assumptions={"x": 7})
    each = by_number(sroi.switching_values(chosen, -1e40))["x"]
    assert (each.value, each.verdict) == (None, "none found")
    least, most = each.searched
    assert least <= -1e12
    assert most >= 1e12
    assert each.where.startswith("none found from -")
    assert by_number(sroi.switching_values(chosen, -1e40))["outcomes.change.drop_off"].searched is None


def test_a_duration_is_looked_for_up_to_125_years():
    undiscounted = {"method": {"discount_rate": 0}, "outcomes.change.value": 20}
    assert by_number(sroi.switching_values(study(undiscounted), 24.9))[
        "outcomes.change.duration"
    ].value == pytest.approx(124.5)
    assert (
        by_number(sroi.switching_values(study(undiscounted), 25.1))["outcomes.change.duration"].verdict
        == "none at all"
    )


def test_a_value_in_the_prices_of_another_year_is_given_in_those_of_the_study():
    chosen = study({"outcomes.change.value": {"value": 100, "low": 80, "high": 120, "price_year": 2015}})
    found = sroi.switching_values(chosen)
    assert by_number(found)["outcomes.change.value"].value == pytest.approx(100)
    assert by_number(found)["outcomes.change.value"].low > 80
    assert is_met(chosen, found)


# ── Not monotone
# ─────────────────────────────────────────────────────────────────────────────────────────────────────

BOTH_SIDES = {"inputs.grant.value": "500 + 50 * n", "outcomes.change.quantity": "min(n, 20)"}
"""Ratio 200 min(n, 20)/(500 + 50 n): it rises to 2.67 at n = 20 and falls to 0 after."""


@pytest.mark.parametrize(
    ("estimate", "target", "value", "verdict"),
    [
        pytest.param(over(5, 10, 30), 2.5, 50 / 3, "within its range", id="the rising side, within"),
        pytest.param(over(5, 24, 30), 2.5, 22, "within its range", id="the falling side, nearer and within"),
        pytest.param(over(5, 21, 21.5), 2.5, 50 / 3, "within its range", id="within goes before near"),
        pytest.param(over(21, 26, 60), 2, 30, "within its range", id="the falling side, from above"),
        pytest.param(over(5, 6, 7), 2, 10, "outside its range", id="outside, the nearer side"),
        pytest.param(over(50, 60, 70), 2, 30, "outside its range", id="outside, the nearer side, from above"),
        pytest.param(over(5, 10, 30), 3, None, "none found", id="above the top"),
        pytest.param(10, 3, None, "none found", id="above the top, without a range"),
        pytest.param(over(5, 10, 30), -0.1, -10 / 41, "outside its range", id="below 0"),
        pytest.param(over(5, 10, 30), 0.04, 20 / 198, "outside its range", id="below, the nearer side"),
        pytest.param(over(1500, 1700, 1800), 0.04, 1990, "outside its range", id="far above"),
    ],
)
def test_a_number_on_both_sides(estimate, target, value, verdict):
    chosen = study(BOTH_SIDES, assumptions={"n": estimate})
    found = sroi.switching_values(chosen, target)
    each = by_number(found)["n"]
    assert each.value == (None if value is None else pytest.approx(value))
    assert each.verdict == verdict
    assert is_met(chosen, found)


def test_of_two_values_outside_the_range_the_nearer_is_given():
    chosen = study(
        {"outcomes.change.quantity": "(n - 5.1) * (n + 8.9) + 5"}, assumptions={"n": uniform(-1, 1)}
    )
    assert by_number(sroi.switching_values(chosen))["n"].value == pytest.approx(5.1)
    assert at(chosen, {"assumptions.n": -8.9}).social_return_ratio == pytest.approx(1), (
        "the other would do too"
    )


def test_a_narrow_hump_within_the_range_is_found():
    """Above 1.9 on a thirtieth of the range only."""
    chosen = study(
        {"outcomes.change.quantity": "max(0, 10 - 2 * (n - 20) ** 2)"}, assumptions={"n": over(0, 19, 30)}
    )
    found = sroi.switching_values(chosen, 1.9)
    assert by_number(found)["n"].verdict == "within its range"
    assert abs(by_number(found)["n"].value - 20) == pytest.approx(0.5)
    assert is_met(chosen, found)


def test_a_number_that_cancels_has_no_switching_value():
    chosen = study(
        {"inputs.grant.value": "n * 100", "outcomes.change.quantity": "n"}, assumptions={"n": uniform(1, 9)}
    )
    assert by_number(sroi.switching_values(chosen))["n"].verdict == "none at all"


def test_nothing_is_met_by_putting_in_less_than_nothing():
    """−1,000 put in would give a ratio of −2, and the engine refuses it."""
    found = by_number(sroi.switching_values(study({"inputs.grant.value": over(-2000, 1000, 2000)}), -2))
    assert found["inputs.grant.value"].verdict == "none at all"


def test_a_target_that_is_met_already_is_met_where_it_stands():
    found = sroi.switching_values(study({"outcomes.change.value": uniform(100, 300)}), 2)
    assert by_number(found)["outcomes.change.value"].value == pytest.approx(200)
    assert by_number(found)["outcomes.change.value"].verdict == "within its range"


# ── Put back
# ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def rich(**changes):
    return study(
        {
            "outcomes.change": outcome(
                quantity=["people", "people * 2"],
                value=over(150, 200, 300, price_year=2020),
                duration=over(0.5, 2.5, 4),
                deadweight=over(0.1, 0.3, 0.4),
                attribution={"value": 0.2, "sd": 0.05, "distribution": "beta"},
                drop_off=uniform(0, 0.5),
                starts="after",
            ),
            "outcomes.services": outcome(stakeholder="council", quantity=4, value="rate + 5"),
            "outcomes.harm": outcome(quantity=2, value=uniform(-90, -10)),
            "outcomes.gift": outcome(kind="transfer", value=uniform(10, 90)),
            "inputs.rooms": {
                "stakeholder": "people",
                "kind": "in_kind",
                "value": [over(50, 60, 90), "people * 3"],
            },
            **changes,
        },
        assumptions={"people": normal(10, 1), "rate": over(10, 20, 25, "uniform")},
    )


@pytest.mark.parametrize(
    "method",
    [
        "default",
        "svi-guide",
        "green-book",
        {"timing": "mid", "part_years": "whole", "drop_off_shape": "linear"},
    ],
)
@pytest.mark.parametrize("target", [1, 4, 0.3])
def test_every_switching_value_put_back_gives_the_target(method, target):
    chosen = rich(method=method)
    found = sroi.switching_values(chosen, target)
    assert is_met(chosen, found), reached(chosen, found)
    assert sum(each.value is not None for each in found.numbers) >= 3


@pytest.mark.parametrize(
    ("figure", "target"),
    [("savings_ratio", 0.1), ("savings_ratio", 4), ("net_present_value", 0), ("net_present_value", 5000)],
)
def test_other_figures_put_back_give_the_target(figure, target):
    chosen = rich()
    found = sroi.switching_values(chosen, target, figure=figure)
    assert found.figure == figure
    for number, figure_there in reached(chosen, found).items():
        assert figure_there == pytest.approx(
            target, rel=1e-9, abs=1e-6 if figure == "net_present_value" else 1e-9
        ), number
    verdicts = {each.number: each.verdict for each in found.numbers}
    if figure == "savings_ratio":
        assert verdicts["outcomes.change.value"] == "none at all"
        assert verdicts["rate"] != "none at all"


METHODS = methods().map(lambda method: {**method, "deductions": "multiplied"})


@given(METHODS.flatmap(documents), st.sampled_from([1.0, 4.0, 0.5]))
@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])
def test_switching_values_of_any_study_put_back_give_the_target(document, target):
    """To 1e-9 of what is added up to make the ratio, where benefits and harms nearly cancel."""
    document["inputs"]["core"]["value"] = over(50, 100, 300)
    chosen = study_of(document)
    found = sroi.switching_values(chosen, target)
    for each in found.numbers:
        if each.value is not None and not each.number.endswith("duration"):
            engine = at(chosen, {path_of(each.number): each.value})
            gross = (
                sum(sum(map(abs, row.by_year_pv)) for row in engine.outcomes if row.in_total)
                / engine.investment
            )
            assert abs(engine.social_return_ratio - target) <= 1e-9 * max(1, target, gross), each


def test_a_duration_is_not_shorter_than_the_shares_that_are_listed_for_its_years():
    """The engine refuses a list that is longer than the duration rounded up."""
    chosen = study({"outcomes.change.deadweight": [0, 0.2, 0.4], "outcomes.change.duration": 3})
    found = sroi.switching_values(chosen)
    assert is_met(chosen, found)
    assert by_number(found)["outcomes.change.duration"].verdict == "none at all"


def test_an_assumption_that_is_a_duration_is_not_shorter_than_the_shares_that_are_listed_either():
    chosen = study(
        {"outcomes.change.deadweight": [0, 0.2, 0.4], "outcomes.change.duration": "years"},
        assumptions={"years": 3},
    )
    found = sroi.switching_values(chosen)
    assert is_met(chosen, found)
    assert by_number(found)["years"].verdict == "none at all"


def test_a_number_is_not_set_to_what_takes_a_share_beyond_its_bounds():
    """The share 2x − 0.47 is 0 at x = 0.235 and below it for less, which the engine refuses."""
    chosen = study({"outcomes.change.deadweight": "2 * x - 0.47"}, assumptions={"x": uniform(0, 1)})
    for target in (2, 1.999, 1e-3, 0):
        assert is_met(chosen, sroi.switching_values(chosen, target)), target


def test_added_deductions_do_not_pass_all():
    """1 − (0.5 + 0.3 + d) is −0.2 for d = 0.4, which the engine refuses: no deadweight takes a ratio of 2
    below 0."""
    chosen = study(
        {
            "outcomes.change.displacement": 0.5,
            "outcomes.change.attribution": 0.3,
            "outcomes.change.value": 1000,
            "method": "added-deductions",
        }
    )
    found = sroi.switching_values(chosen, -1)
    assert is_met(chosen, found)
    assert by_number(found)["outcomes.change.deadweight"].verdict == "none at all"
    assert by_number(sroi.switching_values(chosen, 1))["outcomes.change.deadweight"].value == pytest.approx(
        0.1
    )


def test_the_reference_study_put_back():
    chosen = sroi.load(DATA / "reference_study.yaml")
    found = sroi.switching_values(chosen, 14)
    assert len(found.numbers) == 145
    some = [each for each in found.numbers if each.value is not None][::6]
    assert len(some) > 6
    for each in some:
        assert at(chosen, {each.number: each.value}).social_return_ratio == pytest.approx(14, rel=1e-9)


# ── Totals of outcomes
# ───────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("figure", "target"),
    [
        ("social_return_ratio", 1),
        ("social_return_ratio", 4),
        ("savings_ratio", 0.5),
        ("net_present_value", 0),
    ],
)
def test_the_total_of_each_outcome_put_back_gives_the_target(figure, target):
    """A value is scaled until its outcome comes to the switching value; one in another's prices moves
    alone."""
    chosen = rich(**{"outcomes.services.value": uniform(10, 30)})
    result = sroi.evaluate(chosen)
    present = {row.outcome: row.present_value for row in result.outcomes}
    values = {number["path"]: number["value"] for number in result.provenance["numbers"]}
    found = sroi.switching_values(chosen, target, figure=figure)
    names = [each.number.removeprefix("outcomes.") for each in found.outcomes]
    assert names == (["services"] if figure == "savings_ratio" else ["change", "services", "harm"])
    for name, each in zip(names, found.outcomes, strict=True):
        assert (each.central, each.unit) == (present[name], "GBP")
        scaled = values[f"outcomes.{name}.value"] * each.value / each.central
        assert getattr(at(chosen, {f"outcomes.{name}.value": scaled}), figure) == pytest.approx(
            target, rel=1e-9, abs=1e-9
        )


def test_the_total_of_an_outcome_that_comes_to_nothing():
    outcomes = {"change": outcome(), "nothing": outcome(quantity=0)}
    found = {each.number: each for each in sroi.switching_values(study(outcomes=outcomes), 3).outcomes}
    assert found["outcomes.nothing"].value == pytest.approx(1000)
    assert found["outcomes.nothing"].change is None


# ── What it tells
# ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_switching_values_survive_json_and_stand_in_a_table():
    found = sroi.switching_values(rich(), 4)
    told = found.to_dict()
    assert json.loads(json.dumps(told, allow_nan=False)) == told
    assert len(found.table) == len(found.numbers) + len(found.outcomes)
    numbers, outcomes = found.tables
    assert len(numbers.rows) == len(found.numbers)
    assert len(outcomes.rows) == 3


@pytest.mark.parametrize("target", [math.nan, math.inf, -math.inf])
def test_a_target_that_is_no_number_is_refused(target):
    with pytest.raises((sroi.SroiError, ValueError)):
        sroi.switching_values(study(), target)


def test_a_study_without_inputs_has_no_switching_values():
    with pytest.raises(sroi.UndefinedResultError):
        sroi.switching_values(study({"inputs.grant.value": 0}))


def test_only_the_numbers_asked_about_are_looked_for_and_their_values_do_not_change():
    study = sroi.load("examples/lunch-club.yaml")
    whole = {value.number: value for value in sroi.switching_values(study).numbers}
    asked = sroi.switching_values(
        study, only={"assumptions.points_gained", "outcomes.less_lonely.deadweight"}
    )
    assert [value.number for value in asked.numbers] == ["points_gained", "outcomes.less_lonely.deadweight"]
    assert [value.value for value in asked.numbers] == pytest.approx(
        [whole[value.number].value for value in asked.numbers], rel=1e-12
    )
    assert asked.outcomes == sroi.switching_values(study).outcomes


def test_a_name_stays_where_a_number_computed_from_it_keeps_its_own_range():
    """5 would meet the target, and takes the ranged quantity to 5, below its low of 8: the loader would
    refuse it."""
    ranged = {"value": "units", "low": 8, "high": 12, "rationale": "drawn"}
    chosen = study_of(small({"assumptions.units": 10, "outcomes.change.quantity": ranged}))
    found = by_number(sroi.switching_values(chosen))
    assert found["units"].value is None
    assert found["units"].verdict == "none at all"


def test_a_number_that_hardly_moves_the_result_is_not_said_to_have_none():
    """A penny's outcome beside a million million: it would have to be 10¹⁴ of them."""
    outcomes = {
        "large": outcome(quantity=1, value=1e12),
        "small": outcome(quantity=1, value=0.01),
        "idle": outcome(quantity=0, value=200),
    }
    chosen = study({"inputs.grant.value": 1e12}, outcomes=outcomes)
    found = by_number(sroi.switching_values(chosen, 2))
    assert found["outcomes.small.value"].value == pytest.approx(1e12, rel=1e-3)
    assert found["outcomes.idle.value"].verdict == "none at all"
    assert found["outcomes.idle.quantity"].value == pytest.approx(5e9, rel=1e-6)


@pytest.mark.parametrize("only", ["members", ["members"], ("assumptions.members",)])
def test_a_number_is_asked_for_by_the_name_that_results_give_it(only):
    chosen = study_of(small({"assumptions.members": 10, "outcomes.change.quantity": "members"}))
    asked = sroi.switching_values(chosen, only=only)
    assert [value.number for value in asked.numbers] == ["members"]


@pytest.mark.parametrize("only", ["zzz", ["inputs.grant.value", "zzz"], "inputs"])
def test_a_name_that_the_result_does_not_rest_on_is_refused(only):
    with pytest.raises(sroi.NotFoundError, match="rests on no number"):
        sroi.switching_values(study(), only=only)


def test_inputs_too_small_for_a_ratio_are_no_switching_value():
    """The engine refuses inputs below the least normal float, so that none may be the answer."""
    nothing = {"inputs.grant.value": 1000, "outcomes.change.quantity": 0}
    found = by_number(sroi.switching_values(study_of(small(nothing)), 0.0, figure="net_present_value"))
    value = found["inputs.grant.value"].value
    assert value is None or abs(value) >= sys.float_info.min


def test_a_target_beyond_all_floats_is_refused():
    with pytest.raises(sroi.DocumentError, match="cannot be so large"):
        sroi.switching_values(study(), 10**400)
