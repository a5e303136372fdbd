"""Shares of the variance: on functions with known answers, beside SALib, and on studies where they can be
worked out."""

import json
import math
import warnings

import numpy as np
import pytest
from helpers import outcome, study_of
from hypothesis import assume, given, settings
from ranged import normal, of_values, over, study, uniform
from scipy.stats import qmc
from strategies import documents

import sroi
from sroi.uncertainty import sampling
from sroi.uncertainty.indices import variance_shares
from sroi.uncertainty.model import DrawnStudy
from sroi.uncertainty.uncertain import uncertainty


def ishigami(x, a=7, b=0.1):
    angles = math.pi * (2 * x - 1)
    return np.sin(angles[0]) + a * np.sin(angles[1]) ** 2 + b * angles[2] ** 4 * np.sin(angles[0])


def ishigami_exact(a=7, b=0.1):
    one, two, both = 0.5 * (1 + b * math.pi**4 / 5) ** 2, a**2 / 8, 8 * b**2 * math.pi**8 / 225
    whole = one + two + both
    return np.array([one, two, 0]) / whole, np.array([one + both, two, both]) / whole


G = np.array([0, 1, 4.5, 9, 99, 99])


def sobol_g(x):
    return np.prod((np.abs(4 * x - 2) + G[:, None]) / (1 + G[:, None]), axis=0)


def sobol_g_exact():
    alone = 1 / (3 * (1 + G) ** 2)
    whole = np.prod(1 + alone) - 1
    return alone / whole, alone * np.prod(1 + alone) / (1 + alone) / whole


FUNCTIONS = {"ishigami": (ishigami, ishigami_exact(), 3), "sobol g": (sobol_g, sobol_g_exact(), 6)}


def shares_of(function, count, points, sampler="sobol", seed=1):
    """Our estimate for a function of uniform numbers, in the order of the numbers."""
    names = [f"x{at}" for at in range(count)]
    u = (
        qmc.Sobol(2 * count, rng=seed).random(points).T
        if sampler == "sobol"
        else np.random.default_rng(seed).random((2 * count, points))
    )
    first, second = u[:count], u[count:]

    def swapped():
        for at in range(count):
            mixed = first.copy()
            mixed[at] = second[at]
            yield function(mixed)

    return in_order(variance_shares(names, function(first), function(second), swapped(), seed=seed), names)


def in_order(found, names):
    """First and total shares with their intervals, by number in an order."""
    at = [found.names.index(name) for name in names]
    fields = (found.first, found.total, found.first_interval, found.total_interval)
    return tuple(np.array(field)[at] for field in fields)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_known_functions(name):
    function, (first, total), count = FUNCTIONS[name]
    found = shares_of(function, count, 2**14)
    assert found[0] == pytest.approx(first, abs=0.01)
    assert found[1] == pytest.approx(total, abs=0.01)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_salib_agrees(name):
    """On the very same points; SALib centres the values a little otherwise."""
    pytest.importorskip("SALib")
    function, _, count = FUNCTIONS[name]
    points, names = 2**11, [f"x{at}" for at in range(count)]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from SALib.analyze import sobol as analyze
        from SALib.sample import sobol as sample

        problem = {"num_vars": count, "names": names, "bounds": [[0, 1]] * count}
        rows = sample.sample(problem, points, calc_second_order=False, seed=7)
        values = function(rows.T)
        theirs = analyze.analyze(problem, values, calc_second_order=False, num_resamples=200, seed=7)
    block = values.reshape(points, count + 2)
    ours = in_order(
        variance_shares(names, block[:, 0], block[:, -1], (block[:, at + 1] for at in range(count))), names
    )
    assert ours[0] == pytest.approx(theirs["S1"], abs=0.005)
    assert ours[1] == pytest.approx(theirs["ST"], abs=0.002)
    assert (ours[2][:, 1] - ours[2][:, 0]) / 2 == pytest.approx(theirs["S1_conf"], rel=0.5, abs=0.002)
    assert (ours[3][:, 1] - ours[3][:, 0]) / 2 == pytest.approx(theirs["ST_conf"], rel=0.5, abs=0.002)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_intervals_cover_the_truth_about_as_often_as_they_say(name):
    """95% intervals of 100 independent samples: fewer than 84 would be more than five standard errors off."""
    function, exact, count = FUNCTIONS[name]
    held = np.zeros((2, count))
    for seed in range(100):
        found = shares_of(function, count, 512, "random", seed)
        for which in (0, 1):
            low, high = found[2 + which].T
            assert np.all(low <= high)
            held[which] += (low <= exact[which]) & (exact[which] <= high)
    assert held.min() >= 84, held


def test_shares_are_in_order_and_the_order_of_the_numbers_does_not_matter():
    u = qmc.Sobol(6, rng=1).random(1024).T
    before, after = ishigami(u[:3]), ishigami(u[3:])

    def swapped(at):
        mixed = u[:3].copy()
        mixed[at] = u[3 + at]
        return ishigami(mixed)

    one = variance_shares(["a", "b", "c"], before, after, map(swapped, (0, 1, 2)))
    other = variance_shares(["c", "a", "b"], before, after, map(swapped, (2, 0, 1)))
    assert one.names == other.names
    assert list(one.total) == sorted(one.total, reverse=True)
    assert np.array_equal(one.first, other.first)
    assert np.array_equal(one.total_interval, other.total_interval)


# ── Studies
# ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def by_name(found):
    return {
        name: (float(first), float(total))
        for name, first, total in zip(found.names, found.first, found.total, strict=True)
    }


def test_a_product_of_independent_factors():
    """S = c²/(∏(1 + c²) − 1) for a factor whose coefficient of variation is c; in all, c² times the others'
    1 + c²."""
    chosen = study(
        {
            "outcomes.change.quantity": over(8, 10, 16),
            "outcomes.change.value": over(100, 200, 250, "triangular"),
            "outcomes.change.deadweight": uniform(0.1, 0.7),
            "outcomes.change.attribution": {"value": 0.3, "sd": 0.1, "distribution": "beta"},
            "outcomes.change.displacement": over(0, 0.1, 0.5),
        }
    )
    numbers = uncertainty(chosen).numbers
    squares = {}
    for number in numbers:
        drawn = number.distribution
        mean = drawn.mean if number.path.endswith(("quantity", "value")) else 1 - drawn.mean
        squares[number.name if hasattr(number, "name") else number.path] = drawn.variance / mean**2
    whole = math.prod(1 + square for square in squares.values()) - 1
    found = by_name(sroi.sobol(chosen, points=4096))
    assert set(found) == set(squares)
    for name, square in squares.items():
        assert found[name] == pytest.approx(
            (square / whole, square * (1 + whole) / (1 + square) / whole), abs=0.01
        )


def test_a_sum_has_no_interactions():
    """Normal numbers of deviations 1, 2 and 3: shares of 1, 4 and 9 in 14, alone and in all."""
    found = by_name(sroi.sobol(of_values(normal(5, 1), normal(5, 2), normal(5, 3)), points=4096))
    assert list(found) == [f"outcomes.worth_{at}.value" for at in (2, 1, 0)]
    for share, both in zip((9, 4, 1), found.values(), strict=True):
        assert both == pytest.approx((share / 14, share / 14), abs=0.01)


def test_a_shared_assumption_is_counted_once():
    """x in two outcomes of the three, and y in one: (1 + 2)²σ² against σ²."""
    found = by_name(
        sroi.sobol(
            of_values("x", "2 * x", "y", assumptions={"x": normal(5, 1), "y": normal(5, 1)}), points=4096
        )
    )
    assert list(found) == ["x", "y"]
    assert found["x"] == pytest.approx((0.9, 0.9), abs=0.01)
    assert found["y"] == pytest.approx((0.1, 0.1), abs=0.01)


def test_correlated_numbers_share_one_entry():
    numbers = {"a": normal(5, 1), "b": normal(5, 1), "c": normal(5, 1)}
    tied = [{"between": ["c", "a"], "rank": 0.6}]
    found = by_name(sroi.sobol(of_values("a", "b", "c", assumptions=numbers, correlations=tied), points=4096))
    together = 2 + 2 * 2 * math.sin(math.pi * 0.6 / 6)
    assert list(found) == ["a and c", "b"]
    assert found["a and c"] == pytest.approx((together / (together + 1),) * 2, abs=0.01)
    assert found["b"] == pytest.approx((1 / (together + 1),) * 2, abs=0.01)


def test_a_number_on_both_sides_that_cancels_has_no_share():
    chosen = study(
        {
            "inputs.grant.value": "n * 100",
            "outcomes.change.quantity": "n",
            "outcomes.change.value": uniform(100, 300),
        },
        assumptions={"n": uniform(5, 15)},
    )
    found = by_name(sroi.sobol(chosen, points=256))
    assert found["n"] == pytest.approx((0, 0), abs=1e-9)
    assert found["outcomes.change.value"] == pytest.approx((1, 1), abs=0.02)


def test_a_number_of_a_transfer_has_no_share():
    outcomes = {
        "gift": outcome(kind="transfer", value=uniform(1, 300)),
        "change": outcome(value=uniform(1, 300)),
    }
    found = by_name(sroi.sobol(study(outcomes=outcomes), points=256))
    assert found["outcomes.gift.value"] == (0, 0)


def test_other_figures_have_shares_of_their_own():
    outcomes = {
        "change": outcome(value=uniform(1, 300)),
        "services": outcome(stakeholder="council", value=uniform(1, 300)),
    }
    chosen = study(outcomes=outcomes)
    assert by_name(sroi.sobol(chosen, points=256, figure="savings_ratio"))["outcomes.change.value"] == (0, 0)
    found = by_name(sroi.sobol(chosen, points=1024, figure="net_present_value"))
    assert all(both == pytest.approx((0.5, 0.5), abs=0.02) for both in found.values())


def mixed():
    """A study of many kinds of number, shared, in expressions, on both sides and correlated."""
    assumptions = {
        "people": over(5, 10, 20),
        "rate": uniform(1, 3),
        "cost": over(50, 60, 100, "lognormal") | {"value": 70.7},
        "made": "people * rate",
    }
    return study(
        {
            "outcomes.change.quantity": "made",
            "outcomes.change.deadweight": over(0.1, 0.2, 0.5),
            "outcomes.change.duration": over(1, 2, 4),
            "outcomes.change.drop_off": uniform(0, 0.5),
            "outcomes.more": outcome(quantity=["people", uniform(1, 9)], value="rate * 10"),
            "inputs.rooms": {"stakeholder": "people", "kind": "in_kind", "value": "people * cost"},
        },
        assumptions=assumptions,
        correlations=[{"between": ["people", "rate"], "rank": 0.4}],
    )


def test_swaps_are_what_evaluating_everything_again_gives():
    """The same points, each number's column swapped and the whole study carried again; then the shares
    worked out here."""
    chosen, points, seed = mixed(), 256, 3
    found = sroi.sobol(chosen, points=points, seed=seed, bootstrap=20)
    uncertain = uncertainty(chosen)
    count = len(uncertain.numbers)
    u = qmc.Sobol(2 * count, scramble=True, rng=np.random.default_rng(seed)).random(points).T
    first, second = (
        sampling.from_uniform(uncertain, np.ascontiguousarray(each)) for each in (u[:count], u[count:])
    )
    model = DrawnStudy(chosen)
    before, after = model.evaluate(first).ratio, model.evaluate(second).ratio
    variance = 0.5 * (before**2 + after**2).mean() - (0.5 * (before + after).mean()) ** 2
    for name, alone, whole in zip(found.names, found.first, found.total, strict=True):
        paths = [path for path in uncertain.paths if path.removeprefix("assumptions.") in name.split(" and ")]
        again = model.evaluate({**first, **{path: second[path] for path in paths}}).ratio
        centre = 0.5 * (before.mean() + after.mean())
        assert alone == pytest.approx(
            ((after - centre) * (again - before)).mean() / variance, rel=1e-6, abs=1e-9
        )
        assert whole == pytest.approx(0.5 * ((again - before) ** 2).mean() / variance, rel=1e-6, abs=1e-9)
    assert [name for name in found.names if " and " in name] == ["people and rate"]


@given(documents())
@settings(max_examples=15)
def test_shares_of_any_study_are_shares(document):
    document["inputs"]["core"]["value"] = over(50, 100, 300)
    document["assumptions"]["members"] = over(1, 10, 30)
    chosen = study_of(document)
    ratio = sroi.simulate(chosen, draws=20).ratio
    assume(ratio.sd > 1e-6 * abs(ratio.mean) > 0)
    found = sroi.sobol(chosen, points=64, bootstrap=10)
    assert all(total >= 0 for total in found.total)
    assert np.all(np.isfinite(found.first))


def test_the_same_seed_gives_the_same_shares():
    one, same, other = (
        sroi.sobol(mixed(), points=64, seed=seed, bootstrap=10).to_dict() for seed in (0, 0, 1)
    )
    assert one == same != other


@pytest.mark.parametrize(
    "chosen",
    [
        pytest.param(study, id="nothing varies"),
        pytest.param(
            lambda: study(
                outcomes={"gift": outcome(kind="transfer", value=uniform(1, 3)), "change": outcome()}
            ),
            id="nothing that counts varies",
        ),
    ],
)
def test_a_result_that_does_not_vary_has_no_shares_to_tell(chosen):
    """No error from deep inside, and nothing that is not a number."""
    try:
        found = sroi.sobol(chosen(), points=64)
    except sroi.SroiError:
        return
    json.dumps(found.to_dict(), allow_nan=False)


@pytest.mark.parametrize("points", [0, -1])
def test_points_that_cannot_be_made_are_refused(points):
    with pytest.raises((sroi.SroiError, ValueError)):
        sroi.sobol(mixed(), points=points)


@pytest.mark.filterwarnings("ignore:The balance properties")
def test_points_that_are_no_power_of_two_can_be_asked_for():
    assert len(sroi.sobol(mixed(), points=100, bootstrap=10).names) == 6


def test_shares_survive_json_and_stand_in_a_table():
    found = sroi.sobol(mixed(), points=64, bootstrap=10)
    told = found.to_dict()
    assert json.loads(json.dumps(told, allow_nan=False)) == told
    assert list(found.table.index) == list(found.names) == [row["number"] for row in told["indices"]]
    assert found.table["total"].to_numpy() == pytest.approx(found.total)
    assert np.all(found.table["total_low"] <= found.table["total_high"])
    (table,) = found.tables
    assert len(table.rows) == len(found.names)


@pytest.mark.parametrize("figure", ["social_return_ratio", "savings_ratio", "net_present_value"])
@pytest.mark.parametrize("parts", [1, 3, 7])
def test_a_result_that_is_the_same_in_every_draw_has_no_drivers_and_says_so(figure, parts):
    """The only range lies outside the total, or cancels."""
    outcomes = {"gift": outcome(kind="transfer", value=uniform(1, 3)), "change": outcome(value=0.1 + 0.2)}
    cancels = {f"part_{at}": outcome(quantity=1, value=f"x / {parts}") for at in range(parts)}
    for chosen in (
        study(outcomes=outcomes),
        study({"inputs.grant.value": "x"}, outcomes=cancels, assumptions={"x": uniform(0.1, 1.3)}),
    ):
        found = sroi.sobol(chosen, points=64, figure=figure)
        assert all(math.isnan(share) for share in (*found.first, *found.total))
        assert found.warnings == ("the result is the same in every draw: it has no drivers",)
        (table,) = found.tables
        assert {cell for row in table.rows for cell in row[1:]} == {"no variance"}
        assert "it has no drivers" in table.note
        assert "nan" not in repr(found)
        told = json.loads(found.to_json())
        assert told["indices"][0]["first"] is None
        assert told["warnings"] == [each.to_dict() for each in found.warnings]


def test_points_at_which_nothing_is_put_in_are_left_out_and_told_of():
    """The ratio to less than nothing is no return: without the words its poles are all of the variance."""
    chosen = study(
        {"inputs.grant.value": uniform(-100, 1000, 500), "outcomes.change.value": uniform(100, 300)}
    )  # fmt: skip
    found = sroi.sobol(chosen, points=256)
    assert all(math.isfinite(share) for share in (*found.first, *found.total))
    assert any("nothing or less is put in" in said for said in found.warnings)
    assert sroi.sobol(chosen, points=256, figure="net_present_value").warnings == ()
