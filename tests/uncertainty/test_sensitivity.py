"""One number at a time, two at a time, and in named scenarios: by hand, and again by the engine itself."""

import json
import math
from pathlib import Path

import numpy as np
import pytest
import yaml
from helpers import outcome, small, study_of
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ranged import Z95, at, normal, over, study, uniform
from strategies import documents

import sroi
from sroi.uncertainty.response import Response

CTBC = yaml.safe_load(
    (Path(__file__).parent.parent / "published" / "ctbc_arts_dreams_full_map.yaml").read_text(
        encoding="utf-8"
    )
)
PUBLISHED = {
    "drop-off below 30% raised to 30%": 3.93,
    "students' drop-off 10%": 4.38,
    "displacement 10%": 3.76,
    "attribution 10%": 5.81,
    "deadweight 10%": 6.28,
    "attribution ten points more": 3.53,
    "deadweight ten points more": 3.48,
    "students' duration 3 years": 4.59,
    "students' duration 1 year": 3.29,
    "ratio plus 10%": 4.60,
    "ratio minus 10%": 3.76,
}
"""Every row of the printed table whose change is stated. The rest added costs that the report does not
give."""


def several(**sections):
    """A study with ranges of many kinds, on both sides."""
    return study(
        {
            "outcomes.change.quantity": "people * 2",
            "outcomes.change.value": over(150, 200, 300, "lognormal", price_year=2020) | {"value": 212},
            "outcomes.change.deadweight": over(0.1, 0.3, 0.4),
            "outcomes.change.attribution": {"value": 0.2, "sd": 0.05, "distribution": "beta"},
            "outcomes.change.duration": over(0.5, 2.5, 4, "triangular"),
            "outcomes.change.drop_off": uniform(0, 0.5),
            "outcomes.services": outcome(
                stakeholder="council", quantity=[4, uniform(1, 3)], value="rate + 5"
            ),
            "inputs.rooms": {
                "stakeholder": "people",
                "kind": "in_kind",
                "value": [over(50, 60, 90), "people * 3"],
            },
            **sections.pop("changes", {}),
        },
        assumptions={"people": normal(10, 1), "rate": over(10, 20, 25, "uniform"), "idle": uniform(1, 2)},
        **sections,
    )


# ── One at a time
# ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_swings_by_hand():
    chosen = study(
        {
            "outcomes.change.value": over(100, 200, 400),
            "outcomes.change.deadweight": over(0, 0.5, 0.6, "uniform"),
            "inputs.grant.value": over(800, 1000, 2000, "triangular"),
        }
    )
    found = sroi.sensitivity(chosen)
    assert found.central == 1
    assert [(swing.number.name, swing.at_low, swing.at_high) for swing in found.swings] == [
        ("outcomes.change.value", pytest.approx(0.5), pytest.approx(2)),
        ("outcomes.change.deadweight", pytest.approx(2), pytest.approx(0.8)),
        ("inputs.grant.value", pytest.approx(1.25), pytest.approx(0.5)),
    ]
    assert [swing.width for swing in found.swings] == pytest.approx([1.5, 1.2, 0.75])


def test_a_number_by_its_deviation_swings_between_its_5th_and_95th_percentile():
    (swing,) = sroi.sensitivity(study({"outcomes.change.value": normal(200, 50)})).swings
    assert (swing.number.low, swing.number.high) == pytest.approx((200 - 50 * Z95, 200 + 50 * Z95), rel=1e-9)
    assert (swing.at_low, swing.at_high) == pytest.approx((2 - 0.5 * Z95, 2 + 0.5 * Z95), rel=1e-9)


def test_a_shared_name_swings_once_with_all_that_rest_on_it():
    outcomes = {name: outcome(value="worth") for name in ("one", "two")} | {
        "less": outcome(value="-worth / 4")
    }
    found = sroi.sensitivity(study(outcomes=outcomes, assumptions={"worth": over(100, 200, 400)}))
    assert [(swing.number.path, swing.at_low, swing.at_high) for swing in found.swings] == [
        ("assumptions.worth", pytest.approx(1.75), pytest.approx(7)),
    ]


@pytest.mark.parametrize("figure", ["social_return_ratio", "savings_ratio", "net_present_value"])
def test_every_end_recomputed_is_what_the_engine_gives(figure):
    chosen = several()
    found = sroi.sensitivity(chosen, figure=figure)
    assert len(found.swings) == 9
    assert found.central == pytest.approx(getattr(sroi.evaluate(chosen), figure), rel=1e-12)
    for swing in found.swings:
        for end, found_there in ((swing.number.low, swing.at_low), (swing.number.high, swing.at_high)):
            assert found_there == pytest.approx(
                getattr(at(chosen, {swing.number.path: end}), figure), rel=1e-10
            ), swing.number.path
    assert [swing.width for swing in found.swings] == sorted(
        (swing.width for swing in found.swings), reverse=True
    )


@given(documents(), st.data())
@settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow])
def test_every_end_of_any_study_recomputed_is_what_the_engine_gives(document, data):
    members, cost = document["assumptions"]["members"], data.draw(st.floats(1, 1000))
    document["assumptions"]["members"] = over(
        members - data.draw(st.floats(0, 20)), members, members + data.draw(st.floats(1, 50))
    )
    document["inputs"]["core"]["value"] = over(0.5 * cost, cost, 2 * cost, "uniform")
    chosen = study_of(document)
    for swing in sroi.sensitivity(chosen).swings:
        for end, found_there in ((swing.number.low, swing.at_low), (swing.number.high, swing.at_high)):
            engine = at(chosen, {swing.number.path: end})
            gross = sum(sum(map(abs, row.by_year_pv)) for row in engine.outcomes) / engine.investment
            assert abs(found_there - engine.social_return_ratio) <= 1e-10 * gross


def test_a_number_that_counts_years_of_an_input_swings_as_the_engine_does_or_is_left_out():
    """Both of its ends are whole years."""
    chosen = study(
        {"inputs.grant.years": "n", "outcomes.change.quantity": "n * 10"}, assumptions={"n": uniform(1, 3)}
    )
    try:
        swings = sroi.sensitivity(chosen).swings
    except sroi.DocumentError:
        return
    for swing in swings:
        ends = [
            at(chosen, {swing.number.path: end}).social_return_ratio
            for end in (swing.number.low, swing.number.high)
        ]
        assert (swing.at_low, swing.at_high) == pytest.approx(ends)


def test_a_study_without_ranges_swings_nowhere():
    found = sroi.sensitivity(study())
    assert (found.central, found.swings) == (2, ())
    assert found.to_dict()["swings"] == []


def test_a_swing_survives_json_and_stands_in_a_table():
    found = sroi.sensitivity(several())
    told = found.to_dict()
    assert json.loads(json.dumps(told, allow_nan=False)) == told
    assert list(found.table["number"]) == [swing.number.path for swing in found.swings]
    assert found.table["swing"].is_monotonic_decreasing
    (table,) = found.tables
    assert len(table.rows) == 9


def test_an_end_without_investment_has_no_ratio_and_says_so():
    """The engine has no result where nothing is put in, and JSON has no word for not-a-number."""
    found = sroi.sensitivity(study({"inputs.grant.value": over(0, 1000, 2000)})).to_dict()
    assert found["swings"][0]["at_low"] is None
    assert found["swings"][0]["at_high"] == 1
    json.dumps(found, allow_nan=False)


def test_an_end_of_less_than_nothing_put_in_has_no_ratio_either():
    (swing,) = sroi.sensitivity(study({"inputs.grant.value": over(-500, 1000, 2000)})).to_dict()["swings"]
    assert (swing["at_low"], swing["at_high"]) == (None, 1)


@pytest.mark.parametrize("figure", ["npv", "ratio", "", None])
def test_a_figure_that_there_is_not_is_refused(figure):
    for what in (sroi.sensitivity, sroi.switching_values, sroi.sobol):
        with pytest.raises((sroi.SroiError, ValueError)):
            what(study({"outcomes.change.value": uniform(1, 2)}), figure=figure)


@pytest.mark.parametrize(
    "path",
    ["outcomes.change.value", "outcomes.change.deadweight", "assumptions.people", "inputs.grant.value"],
)
@pytest.mark.parametrize(
    "what", [sroi.sensitivity, sroi.switching_values, sroi.scenarios, sroi.sobol, sroi.value_of_information]
)
def test_what_is_not_assessed_has_no_answer(what, path):
    changes = {"outcomes.change.quantity": "people", "outcomes.change.drop_off": uniform(0, 1), path: None}
    with pytest.raises(sroi.UndefinedResultError, match=path):
        what(study(changes, **({} if path.startswith("assumptions") else {"assumptions": {"people": 3}})))


# ── The published table
# ──────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def printed_map():
    return study_of(CTBC["study"])


def changes_of(name):
    """What a printed row changes: in the published case, or every value a tenth up or down."""
    if not name.startswith("ratio"):
        return next(variant["set"] for variant in CTBC["variants"] if variant["name"] == name)
    factor = 1.1 if "plus" in name else 0.9
    return {
        f"outcomes.{key}.value": factor * entry["value"] for key, entry in CTBC["study"]["outcomes"].items()
    }


@pytest.mark.parametrize(("row", "printed"), PUBLISHED.items())
def test_the_published_sensitivities_come_out(printed_map, row, printed):
    assert at(printed_map, changes_of(row)).social_return_ratio == pytest.approx(printed, abs=0.005)


@pytest.mark.parametrize(("row", "printed"), PUBLISHED.items())
def test_the_published_sensitivities_come_out_of_the_arrays(printed_map, row, printed):
    """All numbers of a row at once, set in the response that tornados and switching values are made with."""
    values = {}
    for path, value in changes_of(row).items():
        listed = value if isinstance(value, list) else [value]
        numbers = [float(str(each).rstrip("%")) / (100 if str(each).endswith("%") else 1) for each in listed]
        values |= (
            {path: numbers[0]}
            if len(numbers) == 1
            else {f"{path}[{position}]": each for position, each in enumerate(numbers)}
        )
    ratio = Response(printed_map).at({path: np.array([value]) for path, value in values.items()})
    assert ratio[0] == pytest.approx(printed, abs=0.005)


# ── Two at a time
# ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_grid_is_the_engine_at_each_of_its_points():
    chosen = several()
    found = sroi.grid(chosen, "people", "outcomes.change.deadweight", points=4)
    assert (found.index.name, found.columns.name) == ("people", "outcomes.change.deadweight")
    assert (found.index[0], found.index[-1]) == pytest.approx((10 - Z95, 10 + Z95))
    assert list(found.columns) == pytest.approx([0.1, 0.2, 0.3, 0.4])
    for people in found.index:
        for deadweight in found.columns:
            engine = at(chosen, {"assumptions.people": people, "outcomes.change.deadweight": deadweight})
            assert found.loc[people, deadweight] == pytest.approx(engine.social_return_ratio, rel=1e-10)


def test_a_grid_of_a_number_without_a_range_goes_from_half_to_half_as_much_again():
    found = sroi.grid(study(), "outcomes.change.value", "inputs.grant.value", points=3)
    assert (list(found.index), list(found.columns)) == ([100, 200, 300], [500, 1000, 1500])
    assert found.to_numpy() == pytest.approx(np.array([[2, 1, 2 / 3], [4, 2, 4 / 3], [6, 3, 2]]))


def test_a_grid_of_a_share_without_a_range_stays_within_0_and_1():
    found = sroi.grid(
        study({"outcomes.change.deadweight": 0.8}),
        "outcomes.change.deadweight",
        "outcomes.change.value",
        points=3,
    )
    assert list(found.index) == pytest.approx([0.4, 0.7, 1])


def test_a_grid_of_numbers_that_move_nothing_is_the_same_everywhere():
    outcomes = {
        "gift": outcome(kind="transfer", value=uniform(1, 3), quantity=uniform(1, 3)),
        "change": outcome(),
    }
    found = sroi.grid(study(outcomes=outcomes), "outcomes.gift.value", "outcomes.gift.quantity", points=3)
    assert found.to_numpy() == pytest.approx(np.full((3, 3), 2.0))


@pytest.mark.parametrize("figure", ["savings_ratio", "net_present_value"])
def test_a_grid_of_another_figure(figure):
    chosen = several()
    found = sroi.grid(chosen, "rate", "people", points=2, figure=figure)
    engine = at(chosen, {"assumptions.rate": found.index[1], "assumptions.people": found.columns[0]})
    assert found.iloc[1, 0] == pytest.approx(getattr(engine, figure), rel=1e-10)


@pytest.mark.parametrize("name", ["nobody", "idle", "outcomes.change.valu"])
def test_a_grid_over_what_the_result_does_not_rest_on_is_refused(name):
    with pytest.raises(sroi.NotFoundError, match=name):
        sroi.grid(several(), name, "people")


# ── Scenarios
# ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_low_base_and_high_are_built_in():
    chosen = study(
        {
            "outcomes.change.value": over(100, 200, 400),
            "outcomes.change.deadweight": over(0, 0.5, 0.6),
            "inputs.grant.value": over(800, 1000, 2000),
        }
    )
    found = sroi.scenarios(chosen)
    assert list(found) == ["low", "base", "high"]
    assert found["base"].social_return_ratio == sroi.evaluate(chosen).social_return_ratio == 1
    assert found["low"].social_return_ratio == pytest.approx(10 * 100 * 0.4 / 2000)
    assert found["high"].social_return_ratio == pytest.approx(10 * 400 / 800)


def test_scenarios_of_many_ranges_lie_on_either_side():
    found = {name: result.social_return_ratio for name, result in sroi.scenarios(several()).items()}
    assert found["low"] < found["base"] < found["high"]


def test_a_study_has_scenarios_of_its_own():
    named = {
        "cautious": {"outcomes.change.deadweight": "50%", "members": 5},
        "dear": {"inputs.grant.value": 4000},
        "uncertain": {"outcomes.change.value": {"value": 300, "low": 100, "high": 400}},
    }
    found = sroi.scenarios(
        study({"outcomes.change.quantity": "members"}, assumptions={"members": 10}, scenarios=named)
    )
    assert {name: result.social_return_ratio for name, result in found.items()} == {
        "low": 2,
        "base": 2,
        "high": 2,
        "cautious": 0.5,
        "dear": 0.5,
        "uncertain": 3,
    }


def test_a_scenario_of_a_path_that_leads_nowhere_is_refused():
    with pytest.raises(sroi.DocumentError, match="nobody"):
        sroi.scenarios(study(scenarios={"wrong": {"assumptions.nobody": 3}}))


def test_a_scenario_by_the_name_of_one_that_is_built_in_takes_its_place():
    found = sroi.scenarios(
        study({"outcomes.change.value": uniform(100, 300)}, scenarios={"low": {"outcomes.change.value": 150}})
    )
    assert found["low"].social_return_ratio == 1.5


# ── A number with an expression and a range
# ──────────────────────────────────────────────────────────────────────────


def both():
    """Value 2 × price, with a range of its own."""
    return study(
        {
            "outcomes.change.value": {
                "value": "2 * price",
                "low": 50,
                "high": 400,
                "distribution": "triangular",
            }
        },
        assumptions={"price": uniform(50, 150)},
    )


def test_a_number_with_a_range_follows_what_it_is_computed_from():
    """One at a time as the engine has it, in swings and in switching values; in its own turn between its
    own ends."""
    swings = {swing.number.path: (swing.at_low, swing.at_high) for swing in sroi.sensitivity(both()).swings}
    for path, ends in {"assumptions.price": (50, 150), "outcomes.change.value": (50, 400)}.items():
        assert swings[path] == pytest.approx([at(both(), {path: end}).social_return_ratio for end in ends])
    found = {value.number: value for value in sroi.switching_values(both(), 1.5).numbers}
    assert found["price"].value == pytest.approx(75)
    for path in ("assumptions.price", "outcomes.change.value"):
        value = found[path.removeprefix("assumptions.")].value
        assert at(both(), {path: value}).social_return_ratio == pytest.approx(1.5, rel=1e-9)


def test_a_number_drawn_from_its_own_range_is_told_of_where_what_it_is_computed_from_varies():
    assert any(
        "“Change: value” is drawn from its own range and does not follow “Price”" in said
        for said in sroi.simulate(both(), draws=10).warnings
    )
    alone = study(
        {"outcomes.change.value": {"value": "2 * price", "low": 50, "high": 400}}, assumptions={"price": 100}
    )
    assert sroi.simulate(alone, draws=10).warnings == ()


def test_a_scenario_without_a_result_is_told_of_and_the_others_are_given():
    """Nothing at all put in is the best for a ratio, and no ratio."""
    found = sroi.scenarios(study({"inputs.grant.value": over(0, 1000, 2000)}))
    assert list(found) == ["low", "base", "high"]
    assert (found["low"].social_return_ratio, found["base"].social_return_ratio) == (1, 2)
    assert isinstance(found["high"], sroi.UndefinedResultError)
    assert "inputs" in str(found["high"])


def test_a_built_in_scenario_that_the_study_cannot_hold_is_told_of_and_the_others_are_given():
    """Shares of 1.2 together: the worst ends of two numbers that are each fine alone."""
    added = {
        "outcomes.change.deadweight": over(0.1, 0.3, 0.6),
        "outcomes.change.attribution": over(0.1, 0.3, 0.6),
    }
    chosen = study(
        {**added, "method": "added-deductions"}, scenarios={"cautious": {"outcomes.change.value": 100}}
    )
    found = sroi.scenarios(chosen)
    assert list(found) == ["low", "base", "high", "cautious"]
    assert isinstance(found["low"], sroi.DocumentError)
    assert "120%" in str(found["low"])
    ratios = {name: each.social_return_ratio for name, each in found.items() if name != "low"}
    assert ratios == pytest.approx({"base": 0.8, "high": 1.6, "cautious": 0.4})


def three_years():
    """A duration whose low end is shorter than the three years that shares are listed for."""
    changes = {"outcomes.change.attribution": [0, 0.1, 0.2], "outcomes.change.duration": over(1, 3, 5)}
    scenarios = {"dear": {"inputs.grant.value": 4000}}
    document = small({**changes, "method": {"discount_rate": 0}}, scenarios=scenarios)
    return sroi.Study.model_validate(document)


def test_an_end_that_the_engine_refuses_is_named_with_why_and_never_printed_as_nan():
    found = sroi.sensitivity(three_years())
    (swing,) = found.swings
    assert math.isnan(swing.at_low)
    assert swing.at_high == pytest.approx(8.6)
    said = "“Change: duration” has no result at its low end, 1: 3 shares are listed for 1 benefit year"
    assert len(found.warnings) == 1
    assert found.warnings[0].startswith(said)
    told = json.loads(json.dumps(found.to_dict(), allow_nan=False))
    assert told["swings"][0]["at_low"] is None
    assert told["swings"][0]["reason"] in told["warnings"][0]["message"]
    assert told["warnings"] == [each.to_dict() for each in found.warnings]
    (table,) = found.tables
    assert said in table.note
    assert "nan" not in found.to_markdown()
    assert "–" in table.rows[0]


def test_an_end_without_inputs_says_so():
    (swing,) = sroi.sensitivity(study({"inputs.grant.value": over(0, 1000, 2000)})).swings
    assert "the inputs sum to 0" in swing.reason
    (swing,) = sroi.sensitivity(study({"inputs.grant.value": over(500, 1000, 2000)})).swings
    assert swing.reason is None


def test_the_scenario_with_an_end_that_the_engine_refuses_is_the_one_that_the_end_belongs_to():
    """More deadweight is worse, and past 100% at the high end: that stands in low, and high has 60%."""
    scenarios = {"dear": {"inputs.grant.value": 4000}}
    assumptions = {"x": over(0.3, 0.4, 0.6)}
    chosen = study({"outcomes.change.deadweight": "x * 2"}, assumptions=assumptions, scenarios=scenarios)
    found = sroi.scenarios(chosen)
    assert isinstance(found["low"], sroi.DocumentError)
    assert found["high"].social_return_ratio == pytest.approx(0.8)
    assert found["dear"].social_return_ratio == pytest.approx(0.1)


@pytest.mark.parametrize("figure", ["social_return_ratio", "savings_ratio", "net_present_value"])
def test_a_result_that_nothing_moves_has_no_swings_but_for_rounding(figure):
    outcomes = {f"part_{at}": outcome(quantity=1, value="x / 7") for at in range(7)}
    chosen = study(
        {"inputs.grant.value": "x"}, outcomes=outcomes, assumptions={"x": over(0.1, 0.7, 1.3)}
    )  # fmt: skip
    found = sroi.sensitivity(chosen, figure=figure)
    assert [swing.width for swing in found.swings] == [0]
    assert "No number with a range moves it." in found.tables[0].note
