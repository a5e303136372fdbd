"""What the page calculates: the signals of its sliders against the engine, for any study."""

import math
import re

import pytest
from helpers import changed, outcome, result_of, small, study_of
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from sliding import at, model_of
from strategies import documents

import sroi
from sroi.reports.sliders import MOST, RATE, places

FUNCTIONS = {
    "min": min,
    "max": max,
    "pow": math.pow,
    "ceil": math.ceil,
    "clamp": lambda x, low, high: min(max(x, low), high),
}


def calculated(model, positions):
    """The signals with the sliders at some positions, as Vega would evaluate them."""
    values = {
        f"s{at}": slider.positions[position][0]
        for at, (slider, position) in enumerate(zip(model.sliders, positions, strict=True))
    }
    for signal in model.signals:
        if "update" in signal:
            values[signal["name"]] = eval(
                signal["update"].replace("&&", " and "), {"__builtins__": {}}, {**FUNCTIONS, **values}
            )
    return values


def ranged(document, draw):
    """A document with a range around each of its assumptions."""
    for name, entry in list(document["assumptions"].items()):
        held = entry if isinstance(entry, dict) else {"value": entry}
        value = float(str(held["value"]).rstrip("%")) / (100 if str(held["value"]).endswith("%") else 1)
        below, above = draw(st.floats(0.01, 0.9)), draw(st.floats(0.01, 1.5))
        ends = sorted((value * (1 - below), value * (1 + above)))
        if name == "share":
            ends[1] = min(ends[1], 1.0)
        low, high = min(ends[0], value), max(ends[1], value)
        if high - low > 1e-3 * max(abs(low), abs(high)):
            document["assumptions"][name] = {**held, "value": value, "low": low, "high": high}
    return document


@settings(max_examples=60, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_signals_give_what_the_engine_gives_wherever_the_sliders_stand(data):
    study = study_of(ranged(data.draw(documents()), data.draw))
    model = model_of(study)
    assume(model is not None)
    positions = [data.draw(st.integers(0, len(slider.positions) - 1)) for slider in model.sliders]
    found = calculated(model, positions)
    try:
        result = at(study, model.sliders, positions)
    except (sroi.DocumentError, sroi.UndefinedResultError):
        assert not found["valid"]
        return
    assert found["valid"]
    size = sum(abs(row.present_value or 0) for row in result.outcomes) + result.investment
    near = {"rel": 1e-9, "abs": 1e-9 * size}
    assert found["investment"] == pytest.approx(result.investment, **near)
    assert found["pv"] == pytest.approx(result.present_value, **near)
    assert found["npv"] == pytest.approx(result.net_present_value, **near)
    assert found["ratio"] == pytest.approx(
        result.social_return_ratio, rel=1e-9, abs=1e-9 * size / result.investment
    )
    base = sroi.evaluate(study)
    assert found["npv_distance"] == pytest.approx(
        result.net_present_value - base.net_present_value, rel=1e-9, abs=1e-8 * (size + base.investment)
    )
    assert sum(found["gained"]) == pytest.approx(result.present_value, **near)
    assert sum(found["spent"]) == pytest.approx(result.investment, **near)
    for t, (gained, spent) in enumerate(zip(found["gained"], found["spent"], strict=True)):
        assert gained == pytest.approx(
            sum(row.by_year_pv[t] for row in result.outcomes if row.in_total and t < len(row.by_year_pv)),
            **near,
        )
        assert spent == pytest.approx(
            sum(row.by_year_pv[t] for row in result.inputs if t < len(row.by_year_pv)), **near
        )
    by_title = {row.title: row.present_value for row in result.outcomes if row.in_total}
    for (title, _), value in zip(model.outcomes, found["by_outcome"], strict=True):
        assert value == pytest.approx(by_title[title], **near)


@settings(max_examples=20, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_in_the_base_case_nothing_is_away_from_it(data):
    study = study_of(ranged(data.draw(documents()), data.draw))
    model = model_of(study)
    assume(model is not None)
    found, base = calculated(model, [slider.base for slider in model.sliders]), sroi.evaluate(study)
    assert found["valid"]
    size = sum(abs(row.present_value or 0) for row in base.outcomes) + base.investment
    assert abs(found["pv_distance"]) <= 1e-9 * size
    assert abs(found["investment_distance"]) <= 1e-9 * size


def with_durations(low, high):
    return study_of(
        small(
            assumptions={"lasts": {"value": 2.5, "low": low, "high": high}},
            outcomes={"change": outcome(duration="lasts", drop_off="10%")},
        )
    )


def test_a_duration_may_be_longer_than_in_the_base_case():
    study = with_durations(1, 7.25)
    model = model_of(study)
    (slider, _) = model.sliders
    for position in (0, len(slider.positions) // 3, len(slider.positions) - 1):
        positions = [position, model.sliders[1].base]
        assert calculated(model, positions)["ratio"] == pytest.approx(
            at(study, model.sliders, positions).social_return_ratio, rel=1e-12
        )
    assert len(model.gained) == 8
    assert model.gained[3:] == (0.0,) * 5


def test_a_study_without_ranges_moves_its_discount_rate_alone():
    model = model_of(study_of(small(outcomes={"change": outcome(duration=3)})))
    assert [slider.path for slider in model.sliders] == [RATE]
    assert [value for value, _ in model.sliders[0].positions][:: len(model.sliders[0].positions) - 1] == [
        0.0,
        0.07,
    ]
    assert model.sliders[0].value == 0.035


def test_a_rate_that_changes_over_the_years_has_no_slider():
    study = study_of(
        small(
            assumptions={"price": {"value": 2, "low": 1, "high": 3}},
            outcomes={"change": outcome(value="price", duration=40)},
        )
    )
    assert [slider.path for slider in model_of(study).sliders] == ["assumptions.price"]


def test_a_longer_duration_that_reaches_another_rate_leaves_the_rate_out():
    study = with_durations(1, 60)
    assert [slider.path for slider in model_of(study).sliders] == ["assumptions.lasts"]


def test_a_rate_that_discounts_nothing_has_no_slider():
    assert model_of(study_of(small())) is None
    assert [slider.path for slider in model_of(study_of(small(method={"timing": "mid"}))).sliders] == [RATE]


def test_a_study_in_which_nothing_moves_has_no_model():
    assert model_of(study_of(small(method={"discount_rate": 0}))) is None


def test_the_sliders_are_the_widest_swings_in_order():
    study = sroi.load("local-area-coordination", borough="derby")
    swings = [swing.number.path for swing in sroi.sensitivity(study).swings[:MOST]]
    assert [slider.path for slider in model_of(study).sliders] == [*swings, RATE]


def test_numbers_that_no_slider_reaches_are_no_expressions():
    outcomes = {
        f"outcome_{each}": outcome(quantity=each + 1, value="price" if each == 0 else 5, duration=3)
        for each in range(30)
    }
    study = study_of(
        small(
            method={"discount_rate": 0},
            assumptions={"price": {"value": 2, "low": 1, "high": 3}},
            outcomes=outcomes,
        )
    )
    model = model_of(study)
    assert len(model.signals) < 25
    assert all(
        re.fullmatch(r"[\w\s.+*/,()<>=&\[\]-]+", signal["update"])
        for signal in model.signals
        if "update" in signal
    )


def test_small_outcomes_are_one_line_together():
    outcomes = {f"outcome_{each}": outcome(quantity=each + 1, duration=2) for each in range(30)}
    document = small(outcomes=outcomes)
    model, result = model_of(study_of(document)), result_of(document)
    assert len(model.outcomes) == 12
    assert model.outcomes[-1][0] == "19 smaller outcomes together"
    assert sum(value for _, value in model.outcomes) == pytest.approx(result.present_value)


@given(st.floats(-1e9, 1e9), st.floats(0, 1e9), st.floats(0, 1e9))
def test_places_hold_the_ends_and_the_base_case_in_order_and_are_not_many(low, below, above):
    base, high = low + below, low + below + above
    assume(high - low > 1e-6 * max(1, abs(low)))
    found = places(low, base, high)
    assert found == sorted(found)
    assert {low, base, high} <= set(found)
    assert len(found) <= 45
    assert all(low <= each <= high for each in found)


def test_places_are_round():
    assert [each for each in places(0, 0.035, 0.07) if each not in (0, 0.035, 0.07)] == [
        pytest.approx(0.002 * k) for k in range(1, 35)
    ]


def test_a_change_of_the_study_changes_the_model():
    document = small(
        assumptions={"price": {"value": 2, "low": 1, "high": 3}}, outcomes={"change": outcome(value="price")}
    )
    assert (
        model_of(study_of(document)).signals
        != model_of(study_of(changed(document, {"inputs.grant.value": 999}))).signals
    )
