"""From gross value to present value: worked by hand, and step by step equal to the engine."""

import math
from itertools import pairwise

import pytest
from helpers import outcome, result_of, small
from hypothesis import given
from strategies import documents

from sroi.evaluation.bridge import bridge


def steps_of(document):
    return dict(bridge(result_of(document)).steps)


def test_each_deduction_is_taken_from_what_the_others_leave():
    document = small({"method": {"profile": "default", "discount_rate": "25%"}})
    document["outcomes"]["change"] = outcome(
        duration=2, deadweight="25%", displacement="20%", attribution="50%", drop_off="50%"
    )
    # 2 × 2,000 gross; × 0.75 = 3,000; × 0.8 = 2,400; × 0.5 = 1,200; years 600 and 300; the second over 1.25
    expected = {
        "gross value": 4000,
        "deadweight": -1000,
        "displacement": -600,
        "attribution": -1200,
        "drop-off": -300,
        "discounting": -(300 - 300 / 1.25),
    }
    assert steps_of(document) == pytest.approx(expected, rel=1e-12)


def test_added_deductions_are_each_taken_from_the_gross_value():
    document = small({"method": {"profile": "added-deductions", "discount_rate": "0%"}})
    document["outcomes"]["change"] = outcome(deadweight="25%", displacement="20%", attribution="50%")
    assert steps_of(document) == pytest.approx(
        {
            "gross value": 2000,
            "deadweight": -500,
            "displacement": -400,
            "attribution": -1000,
            "drop-off": 0,
            "discounting": 0,
        },
        abs=1e-9,
    )


def test_what_is_outside_the_total_is_not_in_the_bridge():
    document = small()
    document["outcomes"]["benefit"] = outcome(kind="transfer", value=900, **{"from": "state"})
    document["outcomes"]["felt"] = outcome(priced=False, value=None)
    assert list(bridge(result_of(document)).left) == ["change"]


def test_an_outcome_for_the_worse_is_bridged_from_below():
    document = small()
    document["outcomes"]["change"] = outcome(value=-200, deadweight="25%")
    assert steps_of(document)["gross value"] == -2000
    assert steps_of(document)["deadweight"] == 500


@given(documents())
def test_the_steps_end_at_the_engines_present_value(document):
    result = result_of(document)
    found = bridge(result)
    gross = sum(abs(row[0]) for row in found.left.values())
    assert math.isclose(
        sum(amount for _, amount in found.steps),
        result.present_value,
        rel_tol=1e-9,
        abs_tol=1e-9 * gross + 1e-12,
    )
    for name, left in found.left.items():
        row = result.row(name)
        nothing = 1e-9 * abs(left[0]) + 1e-12
        assert len(left) == len(found.stages)
        assert math.isclose(left[-1], row.present_value, rel_tol=1e-9, abs_tol=nothing)
        assert math.isclose(left[-2], sum(row.by_year), rel_tol=1e-9, abs_tol=nothing)


@given(documents())
def test_no_step_of_shares_adds_to_a_gain(document):
    result = result_of(document)
    for name, left in bridge(result).left.items():
        value = result.row(name).value
        proxies = value if isinstance(value, tuple) else (value,)
        if min(proxies) < 0 < max(proxies):
            continue  # later years for the worse may be deducted more than the gain
        sizes = [abs(amount) for amount in left]
        assert all(after <= before * (1 + 1e-9) + 1e-9 for before, after in pairwise(sizes[:5]))
