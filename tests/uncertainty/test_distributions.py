"""The shapes of a range against SciPy: quantiles with their tails, moments, draws, and what becomes of
shares beyond their bounds."""

import math
from functools import cache

import numpy as np
import pytest
from ranged import Z95, draws_of, is_near, normal, over, study
from scipy import stats
from strategies import options

import sroi
from sroi.uncertainty.distributions import distribution
from sroi.uncertainty.uncertain import uncertainty


def pert(low, mode, high):
    wide = high - low
    return distribution("pert", mode, low, high, None, None), stats.beta(
        1 + 4 * (mode - low) / wide, 1 + 4 * (high - mode) / wide, low, wide
    )


def triangular(low, mode, high):
    return distribution("triangular", mode, low, high, None, None), stats.triang(
        (mode - low) / (high - low), low, high - low
    )


def uniform(low, high):
    return distribution("uniform", (low + high) / 2, low, high, None, None), stats.uniform(low, high - low)


def normal_by_ends(low, high):
    return distribution("normal", (low + high) / 2, low, high, None, None), stats.norm(
        (low + high) / 2, (high - low) / (2 * Z95)
    )


def normal_by_sd(mean, sd):
    return distribution("normal", mean, None, None, sd, None), stats.norm(mean, sd)


def lognormal(low, high):
    shape = math.log(high / low) / (2 * Z95)
    return distribution("lognormal", math.sqrt(low * high), low, high, None, None), stats.lognorm(
        shape, scale=math.sqrt(low * high)
    )


def beta(mean, sd):
    size = mean * (1 - mean) / sd**2 - 1
    return distribution("beta", mean, None, None, sd, None), stats.beta(mean * size, (1 - mean) * size)


CLOSED = {
    "triangular": triangular(10, 30, 100),
    "triangular from its low end": triangular(10, 10, 100),
    "triangular to its high end": triangular(-10, 100, 100),
    "triangular, far from zero": triangular(1e9, 1e9 + 1, 1e9 + 3),
    "uniform": uniform(-3, 5),
    "normal by its ends": normal_by_ends(-20, 60),
    "normal by its sd": normal_by_sd(0.1, 1.1),
    "lognormal": lognormal(5, 80),
    "lognormal, wide": lognormal(1, 1e6),
}
BETAS = {
    "pert": pert(10, 30, 100),
    "pert from its low end": pert(10, 10, 100),
    "pert to its high end": pert(0, 1, 1),
    "pert, far to one side": pert(0, 1, 1000),
    "beta": beta(0.3, 0.1),
    "beta, narrow": beta(0.3, 0.001),
    "beta, narrow near 0": beta(0.001, 0.0001),
    "beta, nearly flat": beta(0.5, 0.288),
    "beta of rare events": beta(0.01, 0.02),
    "beta of certain events": beta(0.99, 0.02),
    "beta falling from 0": beta(0.1, 0.12),
}
EXTREME_BETAS = {
    "beta at both ends": beta(0.5, 0.4),
    "beta almost at both ends alone": beta(0.5, 0.499),
    "beta mostly at 0": beta(0.01, 0.07),
    "beta almost at 0 alone": beta(0.01, 0.098),
    "beta almost at 1 alone": beta(0.99, 0.098),
}
ALL = {**CLOSED, **BETAS, **EXTREME_BETAS}

MIDDLE = np.concatenate([np.linspace(0.0005, 0.9995, 2_501), np.random.default_rng(1).random(2_500)])
TAIL = 10.0 ** -np.linspace(2, 15, 131)
EVERYWHERE = np.sort(np.concatenate([MIDDLE, TAIL, 1 - TAIL]))


def test_every_distribution_is_among_them():
    drawn = {drawn.shape for drawn, _ in ALL.values()}
    assert drawn | {"bernoulli"} == {*options(sroi.Estimate, "distribution")} - {"fixed"}


@cache
def exactly(known):
    """Quantiles of a distribution by SciPy, everywhere."""
    return known.ppf(EVERYWHERE)


def cases(shapes):
    return pytest.mark.parametrize(
        ("drawn", "known"), [pytest.param(*pair, id=name) for name, pair in shapes.items()]
    )


def reach(known):
    """How wide a distribution is: its range, or 12 standard deviations where it has none."""
    low, high = known.support()
    return high - low if math.isfinite(high - low) else 12 * known.std()


@cases(ALL)
def test_exact_quantiles_are_those_of_scipy(drawn, known):
    found, wanted = drawn.quantile(EVERYWHERE, exact=True), exactly(known)
    assert found == pytest.approx(wanted, rel=1e-9, abs=1e-9 * reach(known))


@cases({name: pair for name, pair in BETAS.items() if name != "beta of certain events"})
def test_exact_quantiles_are_what_the_distribution_function_takes_back(drawn, known):
    """All but those so near to 1 that 64 bits cannot tell them apart."""
    assert known.cdf(drawn.quantile(EVERYWHERE, exact=True)) == pytest.approx(EVERYWHERE, rel=1e-6)


@cases(BETAS | EXTREME_BETAS)
def test_a_table_is_within_a_hundred_thousandth_of_the_range(drawn, known):
    low, high = known.support()
    error = np.abs(drawn.quantile(EVERYWHERE) - exactly(known)) / (high - low)
    assert error.max() < 1e-5, f"{error.max():.2g} at u = {EVERYWHERE[error.argmax()]!r}"


@cases(BETAS)
def test_a_table_never_leaves_the_range_and_rises(drawn, known):
    low, high = known.support()
    found = drawn.quantile(EVERYWHERE)
    assert low <= found.min()
    assert found.max() <= high
    assert np.diff(found).min() > -1e-7 * (high - low)


@cases(CLOSED)
def test_shapes_with_a_closed_form_need_no_table(drawn, known):
    assert drawn.quantile(EVERYWHERE) == pytest.approx(exactly(known), rel=1e-9, abs=1e-9 * reach(known))


@cases(ALL)
def test_mean_and_variance_are_those_of_scipy(drawn, known):
    assert (drawn.mean, drawn.variance) == pytest.approx((known.mean(), known.var()), rel=1e-9)


@cases({**CLOSED, **BETAS, "beta at both ends": EXTREME_BETAS["beta at both ends"]})
@pytest.mark.parametrize("tables", [False, True])
def test_draws_have_the_moments_of_the_distribution(drawn, known, tables):
    """The wide lognormal is compared by its logarithm: too few draws reach what makes its mean."""
    draws, n = drawn.draw(np.random.default_rng(7), 20_000, tables=tables), 20_000
    if drawn.shape == "lognormal":
        draws, known = np.log(draws), stats.norm(drawn.location, drawn.scale)
    mean, variance, excess = (float(moment) for moment in known.stats("mvk"))
    assert is_near(draws.mean(), mean, math.sqrt(variance / n))
    assert is_near(draws.var(ddof=1), variance, variance * math.sqrt((excess + 2) / n))
    assert stats.kstest(draws, known.cdf).pvalue > 1e-5


@cases(CLOSED | BETAS)
def test_a_standard_normal_number_stands_for_the_quantile_of_its_share(drawn, known):
    z = np.linspace(-5, 5, 1001)
    assert drawn.from_normal(z) == pytest.approx(
        known.ppf(stats.norm.cdf(z)), rel=1e-9, abs=1.1e-5 * reach(known)
    )


def number(estimate, path="outcomes.change.value", **sections):
    """One number with its distribution, as a study that holds it understands it."""
    return {each.path: each for each in uncertainty(study({path: estimate}, **sections)).numbers}[path]


@pytest.mark.parametrize("shape", ["normal", "lognormal"])
@pytest.mark.parametrize("value", [None, "middle", "a little above the middle"])
def test_low_and_high_of_normal_and_lognormal_are_the_5th_and_95th_percentile(shape, value):
    middle = 100 if shape == "normal" else math.sqrt(90 * 110)
    given = {None: {}, "middle": {"value": middle}, "a little above the middle": {"value": 1.005 * middle}}[
        value
    ]
    drawn = number({"low": 90, "high": 110, "distribution": shape, **given}).distribution
    assert drawn.quantile(np.array([0.05, 0.95])) == pytest.approx([90, 110], rel=1e-9)


def test_a_range_is_taken_for_pert_where_no_shape_is_named():
    drawn = number(over(100, 200, 400)).distribution
    u = np.array([0.01, 0.3, 0.99])
    assert drawn.quantile(u, exact=True) == pytest.approx(
        stats.beta(1 + 4 / 3, 1 + 8 / 3, 100, 300).ppf(u), rel=1e-12
    )


@pytest.mark.parametrize(
    "estimate",
    [
        over(100, 200, 400),
        over(100, 200, 400, "triangular"),
        over(100, 200, 400, "lognormal"),
        normal(200, 20),
    ],
)
def test_a_range_moves_with_its_money_into_the_prices_of_the_study(estimate):
    now, then = (number({**estimate, **year}).distribution for year in ({}, {"price_year": 2015}))
    u = np.array([0.01, 0.05, 0.5, 0.95, 0.99])
    factor = then.quantile(u, exact=True) / now.quantile(u, exact=True)
    paid = (
        sroi.evaluate(study({"outcomes.change.value": {"value": 200, "price_year": 2015}})).present_value
        / 2000
    )
    assert factor == pytest.approx(paid, rel=1e-9)


# ── Shares beyond their bounds
# ───────────────────────────────────────────────────────────────────────────────────────


def test_draws_of_a_share_stay_within_0_and_1():
    values, found = draws_of(study({"outcomes.change.deadweight": normal(0.8, 0.3)}), 20_000)
    drawn = values["outcomes.change.deadweight"]
    assert (drawn.min(), drawn.max()) == (0, 1)
    beyond = stats.norm(0.8, 0.3).cdf(0) + stats.norm(0.8, 0.3).sf(1)
    share = found.truncated["outcomes.change.deadweight"]
    assert is_near(share, beyond, math.sqrt(beyond * (1 - beyond) / 20_000))
    assert share == np.isin(drawn, (0, 1)).mean()
    assert any("“Change: deadweight”" in warning and f"{share:.2%}" in warning for warning in found.warnings)


def test_what_was_not_truncated_is_not_told_of():
    found = sroi.simulate(
        study(
            {"outcomes.change.deadweight": normal(0.5, 0.01), "outcomes.change.attribution": over(0, 0.5, 1)}
        ),
        draws=2_000,
    )
    assert (found.truncated, found.warnings) == ({}, ())


def test_money_is_not_truncated():
    values, found = draws_of(study({"outcomes.change.value": normal(100, 200)}), 2_000)
    assert values["outcomes.change.value"].min() < 0
    assert found.truncated == {}


def test_a_duration_is_never_below_0():
    values, found = draws_of(study({"outcomes.change.duration": normal(0.5, 0.5)}), 2_000)
    assert values["outcomes.change.duration"].min() == 0
    assert found.truncated["outcomes.change.duration"] == pytest.approx(stats.norm.cdf(-1), abs=0.03)


def test_an_assumption_that_is_used_as_a_share_is_truncated_there_and_that_is_told_too():
    chosen = study({"outcomes.change.deadweight": "anyway"}, assumptions={"anyway": normal(0.8, 0.3)})
    values, found = draws_of(chosen, 5_000)
    assert values["social_return_ratio"].min() == 0
    assert values["social_return_ratio"].max() == 2
    beyond = stats.norm(0.8, 0.3).cdf(0) + stats.norm(0.8, 0.3).sf(1)
    assert found.truncated == {
        "outcomes.change.deadweight": pytest.approx(beyond, abs=4 * math.sqrt(beyond * (1 - beyond) / 5_000))
    }
    assert any("“Change: deadweight”" in warning for warning in found.warnings)


@pytest.mark.parametrize("sd", [1e-6, 1e-7, 1e-8, 1e-9, 1e-12, 1e-15])
@pytest.mark.parametrize("mean", [0.2, 0.5, 0.9])
def test_quantiles_of_a_very_narrow_beta_lie_as_a_normal_one_does(mean, sd):
    """A beta of parameters of 1e10 and more is as normal as its skewness of 1e-5 is small."""
    u = np.array([1e-9, 1e-5, 0.01, 0.3, 0.5, 0.7, 0.99, 1 - 1e-9])
    found = (distribution("beta", mean, None, None, sd, (0.0, 1.0)).quantile(u) - mean) / sd
    assert found == pytest.approx(stats.norm.ppf(u), abs=1e-3 + 1.2e-16 / sd)


@pytest.mark.parametrize("sd", [1e-3, 1e-5, 1e-7, 1e-9, 1e-12, 1e-15])
@pytest.mark.parametrize("calculation", [sroi.sobol, sroi.simulate, sroi.value_of_information])
def test_a_very_narrow_beta_raises_no_warning(calculation, sd):
    share = {"value": 0.2, "sd": sd, "distribution": "beta"}
    ranged = study({"outcomes.change.deadweight": share, "outcomes.change.value": over(100, 200, 300)})
    found = calculation(ranged)
    if calculation is sroi.sobol:
        assert found.total[0] == pytest.approx(1, abs=0.1)


RANGES = {
    (value, *sorted((value * (1 - width), value * (1 + width))))
    for value in (1.0, 0.1, 1e-9, 1e9, 1e50, -5.0, 1e-300)
    for width in (1.2e-16, 3e-16, 1e-15, 1e-12, 0.5, 1 - 1e-16)
}
"""Values with ranges about them, as narrow as floats allow."""


@pytest.mark.parametrize("shape", ["pert", "triangular", "uniform"])
@pytest.mark.parametrize(("value", "low", "high"), sorted(each for each in RANGES if each[1] < each[2]))
def test_draws_of_a_range_of_any_width_stay_in_it(shape, value, low, high):
    u = np.linspace(0.001, 0.999, 101)
    found = distribution(shape, value, low, high, None, None).quantile(u)
    rounding = 4 * np.spacing(max(abs(low), abs(high)))
    assert ((found >= low - rounding) & (found <= high + rounding)).all()
    assert (np.diff(found) >= -rounding).all()
