"""The value of information: published payoff tables, and Gaussian cases with exact answers."""

import json
import math

import numpy as np
import pytest
from helpers import outcome
from ranged import data, is_near, normal, of_values, over, study, uniform
from scipy import stats

import sroi
from sroi.uncertainty.information import evpi, evppi

PUBLISHED = data("evpi_payoff_tables.yaml")
DENSITY = stats.norm.pdf(0)


# ── Payoff tables
# ────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("table", PUBLISHED["tables"].values(), ids=PUBLISHED["tables"])
def test_published_payoff_tables(table):
    payoffs, weights = np.array(table["payoffs"], dtype=float).T, np.array(table["probabilities"])
    assert weights @ payoffs == pytest.approx(table["expected"])
    assert weights @ payoffs.max(axis=1) == pytest.approx(table["with_information"])
    assert evpi(payoffs, weights) == pytest.approx(table["evpi"])


@pytest.mark.parametrize("sample", PUBLISHED["samples"])
def test_published_samples(sample):
    assert evpi(sample["payoffs"]) == pytest.approx(sample["evpi"])


def test_one_option_leaves_nothing_to_decide():
    assert evpi([[3.0], [-4.0]]) == 0


# ── Exact cases
# ──────────────────────────────────────────────────────────────────────────────────────────────────────


def expected_above_zero(mean, sd):
    """E[max(0, N(mean, sd²))]."""
    return mean * stats.norm.cdf(mean / sd) + sd * stats.norm.pdf(mean / sd)


def by_name(worths):
    return {worth.number: worth for worth in worths}


def test_the_unit_normal_loss():
    """Going ahead is worth N(0.1, 1.1²), not going ahead 0."""
    found = sroi.value_of_information(of_values(normal(1.1, 1.1)), draws=40_000, seed=0)
    exact = expected_above_zero(0.1, 1.1) - 0.1
    assert exact == pytest.approx(0.39065, abs=1e-5)
    assert found.go_ahead
    assert is_near(found.evpi.value, exact, found.evpi.standard_error)
    (only,) = found.evppi
    assert is_near(only.value, exact, only.standard_error)
    assert only.value <= found.evpi.value * (1 + 1e-12)
    assert found.evpi.standard_error == pytest.approx(0.62 / 200, rel=0.05)


def linear_gaussian(**arguments):
    """Benefit p1 + p2, p1 ~ N(0, 1), p2 ~ N(0, 2²), against doing nothing."""
    chosen = of_values("p1", "p2", 1, assumptions={"p1": normal(0, 1), "p2": normal(0, 2)})
    return sroi.value_of_information(chosen, **{"draws": 30_000, "seed": 0, **arguments})


def test_the_linear_gaussian_case():
    found = linear_gaussian(groups={"both": ["p1", "p2"], "second": ["assumptions.p2"]})
    for name, worth, exact in (
        ("everything", found.evpi, 0.8920620581),
        ("p1", by_name(found.evppi)["p1"], 0.3989422804),
        ("p2", by_name(found.evppi)["p2"], 0.7978845608),
        ("both", by_name(found.groups)["both"], 0.8920620581),
        ("second", by_name(found.groups)["second"], 0.7978845608),
    ):
        assert worth.number == name
        assert exact == pytest.approx(
            {"p1": 1, "p2": 2, "second": 2}.get(name, math.sqrt(5)) * DENSITY, abs=1e-9
        )
        assert 0 < worth.standard_error < 0.02
        assert is_near(worth.value, exact, worth.standard_error), name
        assert worth.value <= found.evpi.value * (1 + 1e-12)
    assert [worth.number for worth in found.evppi] == ["p2", "p1"]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_standard_error_is_about_right(seed):
    """The worth from other seeds lies within four of them too."""
    found = linear_gaussian(draws=20_000, seed=seed)
    for name, exact in (("p1", 0.3989422804), ("p2", 0.7978845608)):
        worth = by_name(found.evppi)[name]
        assert is_near(worth.value, exact, worth.standard_error)
        # Where the decision follows p alone, the gain is the benefit where p is above 0 and the mean is not,
        # or the other way round.
        assert worth.standard_error == pytest.approx(math.sqrt((5 / 2 - exact**2) / 20_000), rel=0.1)


def test_a_product_of_which_neither_factor_tells_anything_alone():
    """Going ahead is worth p1 p2, both about 0: alone each is worth nothing, together E|p1 p2|/2 = 1/π."""
    chosen = of_values("p1 * p2", 1, assumptions={"p1": normal(0, 1), "p2": normal(0, 1)})
    found = sroi.value_of_information(chosen, draws=40_000, seed=0, groups={"both": ["p1", "p2"]})
    assert is_near(found.evpi.value, 1 / math.pi, found.evpi.standard_error)
    assert is_near(by_name(found.groups)["both"].value, 1 / math.pi, found.groups[0].standard_error)
    for worth in found.evppi:
        assert worth.value < 0.02


def test_a_bend_is_followed():
    """Going ahead is worth |p| − 0.7: known p, E[max(|p| − 0.7, 0)] − max(E|p| − 0.7, 0)."""
    chosen = of_values("max(p, -p) * 10", investment=7, assumptions={"p": normal(0, 1), "q": normal(0, 1)})
    exact = 10 * (2 * (stats.norm.pdf(0.7) - 0.7 * stats.norm.sf(0.7)) - (math.sqrt(2 / math.pi) - 0.7))
    found = sroi.value_of_information(chosen, draws=40_000, seed=0)
    (worth,) = found.evppi
    assert is_near(worth.value, exact, worth.standard_error)


def test_a_number_that_cannot_change_the_decision_is_worth_nothing():
    """It moves the ratio between 1.1 and 2.9, never across 1; nor does a number of a gift that is not
    counted."""
    outcomes = {
        "change": outcome(value=uniform(110, 290)),
        "gift": outcome(kind="transfer", value=uniform(1, 1000)),
    }
    found = sroi.value_of_information(
        study(outcomes=outcomes),
        draws=20_000,
        groups={"both": ["outcomes.change.value", "outcomes.gift.value"]},
    )
    for worth in (found.evpi, *found.evppi, *found.groups):
        assert (worth.value, worth.standard_error) == pytest.approx((0, 0), abs=1e-9)
    assert found.go_ahead


def test_a_small_number_beside_a_large_one_is_worth_nothing_alone():
    found = sroi.value_of_information(of_values(normal(5, 4), normal(1, 0.1), investment=3), draws=20_000)
    assert by_name(found.evppi)["outcomes.worth_1.value"].value == 0
    assert by_name(found.evppi)["outcomes.worth_0.value"].value > 0.1


@pytest.mark.parametrize(("threshold", "ahead"), [(1, True), (3, False)])
def test_the_threshold_decides(threshold, ahead):
    """Worth 10 v − 1,000 × threshold, v uniform on 50–350: of a uniform number, the mean of the part on the
    other side."""
    chosen = study({"outcomes.change.value": uniform(50, 350)})
    several = [
        sroi.value_of_information(chosen, threshold=threshold, draws=20_000, seed=seed) for seed in range(4)
    ]
    exact = 500 / 3000 * 250
    for found in several:
        assert (found.go_ahead, found.threshold, found.draws) == (ahead, threshold, 20_000)
    for worths in zip(*((found.evpi, found.evppi[0]) for found in several), strict=True):
        error = math.sqrt(sum(worth.standard_error**2 for worth in worths)) / len(worths)
        assert is_near(np.mean([worth.value for worth in worths]), exact, error)


def test_a_shared_assumption_is_known_once():
    """Two outcomes on one name: worth as much as one of twice the size, and listed once."""
    two = of_values("p", "p", 1, assumptions={"p": normal(0, 1)})
    one = of_values("2 * p", 1, assumptions={"p": normal(0, 1)})
    shared, single = (sroi.value_of_information(chosen, draws=5_000) for chosen in (two, one))
    assert [worth.number for worth in shared.evppi] == ["p"]
    assert shared.evpi.value == pytest.approx(single.evpi.value)
    assert shared.evppi[0].value == pytest.approx(single.evppi[0].value)


def test_correlated_numbers_tell_of_each_other():
    """p2 is worth more where p1 goes with it: knowing p2 then tells of p1 as well."""
    numbers = {"p1": normal(0, 1), "p2": normal(0, 1)}
    tied = of_values(
        "p1", "p2", 1, assumptions=numbers, correlations=[{"between": ["p1", "p2"], "rank": 0.8}]
    )
    linear = 2 * math.sin(math.pi * 0.8 / 6)
    for worth in sroi.value_of_information(tied, draws=20_000).evppi:
        assert is_near(worth.value, (1 + linear) * DENSITY, worth.standard_error)


@pytest.mark.parametrize("seed", range(4))
def test_knowing_part_is_never_worth_more_than_knowing_everything(seed):
    chosen = study(
        {
            "outcomes.change.quantity": "people",
            "outcomes.change.value": over(50, 150, 300),
            "outcomes.change.deadweight": uniform(0, 0.8),
            "inputs.grant.value": over(500, 900, 1500, "triangular"),
        },
        assumptions={"people": over(5, 10, 20)},
    )
    found = sroi.value_of_information(
        chosen, draws=3_000, seed=seed, groups={"some": ["people", "outcomes.change.value"]}
    )
    assert found.evpi.value > 0
    for worth in (*found.evppi, *found.groups):
        assert 0 <= worth.value <= found.evpi.value * (1 + 1e-12)
    assert [worth.value for worth in found.evppi] == sorted(
        (worth.value for worth in found.evppi), reverse=True
    )


def test_part_of_what_is_not_connected_is_worth_next_to_nothing():
    rng = np.random.default_rng(3)
    value, error = evppi(rng.normal(0.5, 1, 20_000), rng.normal(0, 1, (1, 20_000)))
    assert value == 0
    assert error == 0


def test_a_number_of_a_single_value_tells_nothing():
    rng = np.random.default_rng(3)
    assert evppi(rng.normal(0.5, 1, 1_000), np.full((1, 1_000), 7.0)) == (0, 0)


# ── What it tells, and bad input
# ─────────────────────────────────────────────────────────────────────────────────────


def test_the_same_seed_gives_the_same_worths():
    one, same, other = (linear_gaussian(draws=2_000, seed=seed).to_dict() for seed in (0, 0, 5))
    assert one == same != other
    assert (
        linear_gaussian(draws=2_000, seed=None).to_dict() != linear_gaussian(draws=2_000, seed=None).to_dict()
    )


def test_worths_survive_json_and_stand_in_a_table():
    found = linear_gaussian(draws=2_000, groups={"both": ["p1", "p2"]})
    told = found.to_dict()
    assert json.loads(json.dumps(told, allow_nan=False)) == told
    assert list(found.table["number"]) == ["everything", "both", "p2", "p1"]
    (table,) = found.tables
    assert len(table.rows) == 4
    assert "not go ahead" in str(table.note) or "go ahead" in str(table.note)


def test_a_study_in_which_nothing_varies_leaves_nothing_to_know():
    found = sroi.value_of_information(study(), draws=100)
    assert (found.evpi.value, found.evppi) == (0, ())


@pytest.mark.parametrize("draws", [0, -1, 1.5, True])
def test_draws_that_cannot_be_made(draws):
    with pytest.raises(sroi.DocumentError):
        linear_gaussian(draws=draws)


def test_one_draw_is_refused_or_worth_nothing():
    """Of one draw there is no standard error."""
    try:
        found = linear_gaussian(draws=1)
    except sroi.DocumentError:
        return
    assert found.evpi.value == 0


@pytest.mark.parametrize("members", [["nobody"], ["p1", "nobody"], ["outcomes.worth_0.value"]])
def test_a_group_of_what_does_not_vary_is_refused(members):
    with pytest.raises(sroi.SroiError, match=members[-1]):
        linear_gaussian(draws=100, groups={"survey": members})


@pytest.mark.parametrize("threshold", [math.nan, math.inf])
def test_a_threshold_that_is_no_number_is_refused(threshold):
    with pytest.raises((sroi.SroiError, ValueError)):
        linear_gaussian(draws=100, threshold=threshold)


def test_knowing_what_does_not_matter_is_worth_nothing_however_close_the_decision():
    """A benefit of N(0, 1) and a number that has nothing to do with it: a fit valued on its own draws would
    find 0.02 here each time."""
    worths = []
    for seed in range(40):
        rng = np.random.default_rng(seed)
        worths.append(evppi(rng.standard_normal(400), rng.standard_normal((1, 400)))[0])
    assert np.median(worths) < 0.005


def test_whoever_waits_is_told_of_every_number_and_group():
    told = []
    linear_gaussian(
        draws=500, groups={"both": ["p1", "p2"]}, on_number=lambda done, of: told.append((done, of))
    )
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_more_draws_than_fit_in_memory_are_refused_before_any_drawing():
    with pytest.raises(sroi.DocumentError, match="GB of memory"):
        linear_gaussian(draws=10**13)


def test_a_benefit_of_nothing_but_rounding_is_worth_nothing_to_know():
    """Seven sevenths of x over x."""
    outcomes = {f"part_{at}": outcome(quantity=1, value="x / 7") for at in range(7)}
    chosen = study(
        {"inputs.grant.value": "x"}, outcomes=outcomes, assumptions={"x": uniform(0.1, 1.3)}
    )  # fmt: skip
    found = sroi.value_of_information(chosen, draws=500)
    assert (found.go_ahead, found.evpi.value, [each.value for each in found.evppi]) == (False, 0, [0])
