"""Draws: once under its own name and used wherever it is, correlated as the study says, the same for the
same seed, never of bad input."""

import math
import re

import numpy as np
import pytest
from helpers import outcome, small, study_of
from ranged import DATA, data, draws_of, error_of_sd, is_near, normal, of_values, over, study, uniform
from reference_figures import moments
from scipy import stats
from strategies import options

import sroi

FIGURES = {
    "social_return_ratio",
    "net_present_value",
    "present_value",
    "investment",
    "payback_years",
    "savings_ratio",
}


# ── Once under its own name
# ──────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def reference():
    """100,000 draws of the reference study: the ratio of each, and the whole."""
    ratios = []
    found = sroi.simulate(
        sroi.load(DATA / "reference_study.yaml"),
        draws=100_000,
        keep=lambda chunk: ratios.append(chunk["social_return_ratio"]),
    )
    return np.concatenate(ratios), found


def test_mean_and_deviation_of_the_reference_study_are_exact(reference):
    """Independent draws at every use of a name would give a deviation of 0.99."""
    ratios, found = reference
    mean, sd = moments()
    assert sd == pytest.approx(2.31, abs=0.005)
    assert is_near(found.ratio.mean, mean, found.ratio.standard_error)
    assert is_near(found.ratio.sd, sd, error_of_sd(ratios))


def test_percentiles_of_the_reference_study_are_the_known_ones(reference):
    """Known to two decimals; a percentile's standard error is √(p(1 − p)/n) over the density there."""
    ratios, found = reference
    density = stats.gaussian_kde(ratios[:10_000])
    for percent, known in ((5, 12.26), (50, 15.33), (95, 19.67)):
        share = percent / 100
        error = math.sqrt(share * (1 - share) / len(ratios)) / density(known)[0]
        assert abs(found.ratio.percentiles[percent] - known) <= 4 * error + 0.005


def test_few_draws_of_the_reference_study_are_of_the_same_distribution(reference):
    """Below 50,000 draws NumPy's own samplers stand in for tables of quantiles."""
    ratios, _ = draws_of(sroi.load(DATA / "reference_study.yaml"), 20_000, seed=3)
    assert stats.ks_2samp(ratios["social_return_ratio"], reference[0]).pvalue > 1e-4


def test_one_name_in_five_outcomes_moves_all_five_together():
    shared = of_values(*["worth"] * 5, investment=1000, assumptions={"worth": uniform(100, 300)})
    values, found = draws_of(shared, 10_000)
    assert values["social_return_ratio"] == pytest.approx(values["assumptions.worth"] * 5 / 1000, rel=1e-12)
    assert is_near(found.ratio.sd, 5 * 200 / math.sqrt(12) / 1000, error_of_sd(values["social_return_ratio"]))
    apart = of_values(*[uniform(100, 300)] * 5, investment=1000)
    values, found = draws_of(apart, 10_000)
    assert is_near(
        found.ratio.sd, math.sqrt(5) * 200 / math.sqrt(12) / 1000, error_of_sd(values["social_return_ratio"])
    )


def test_one_name_on_both_sides_leaves_the_ratio_as_it_is():
    changes = {
        "inputs.grant.value": "people * 100",
        "outcomes.change.quantity": "helped",
        "outcomes.change.value": 300,
    }
    found = sroi.simulate(
        study(changes, assumptions={"people": over(10, 20, 60), "helped": "people / 2"}), draws=2_000
    )
    assert found.ratio.sd == pytest.approx(0, abs=1e-12)
    assert found.ratio.mean == pytest.approx(1.5, rel=1e-12)
    assert found.spreads["investment"].sd > 100


def test_one_name_twice_in_one_outcome_is_one_draw():
    """The square of one uniform number, and not the product of two."""
    squared = study(
        {"outcomes.change.quantity": "x", "outcomes.change.value": "x", "inputs.grant.value": 1},
        assumptions={"x": uniform(0, 1)},
    )
    values, found = draws_of(squared, 10_000)
    assert is_near(found.ratio.mean, 1 / 3, found.ratio.standard_error)
    assert is_near(found.ratio.sd, math.sqrt(1 / 5 - 1 / 9), error_of_sd(values["social_return_ratio"]))


def test_an_expression_over_names_follows_their_draws():
    assumptions = {"a": uniform(1, 3), "b": over(2, 5, 6), "c": "a * b", "d": "c + min(a, 2)"}
    values, _ = draws_of(of_values("d * 10", "c", assumptions=assumptions), 1_000)
    a, b = values["assumptions.a"], values["assumptions.b"]
    assert values["social_return_ratio"] == pytest.approx(10 * (a * b + np.minimum(a, 2)) + a * b, rel=1e-12)


def test_a_cohort_with_a_range_of_its_own_stands_beside_cohorts_without():
    for quantity in ([10, uniform(8, 12)], [uniform(8, 12), 10], [uniform(8, 12), 10, uniform(1, 3)]):
        values, found = draws_of(
            study({"outcomes.change.quantity": quantity, "method": {"discount_rate": 0}}), 2_000
        )
        drawn = [values.get(f"outcomes.change.quantity[{at}]", 10) for at in range(len(quantity))]
        assert values["social_return_ratio"] == pytest.approx(sum(drawn) * 200 / 1000, rel=1e-12)
        assert found.ratio.sd > 0


def test_what_the_result_does_not_rest_on_is_not_drawn():
    values, found = draws_of(
        study(
            {
                "outcomes.change.cashable": over(0, 0.5, 1),
                "stakeholders.people.size": over(10, 20, 30),
                "outcomes.change.value": uniform(1, 2),
            },
            assumptions={"idle": uniform(0, 1)},
        ),
        100,
    )
    assert set(values) == {"outcomes.change.value"} | FIGURES
    assert found.uncertain == ("outcomes.change.value",)


def test_a_value_that_is_set_is_not_drawn():
    found = sroi.simulate(
        sroi.change(study({"outcomes.change.value": uniform(100, 300)}), {"outcomes.change.value": 250}),
        draws=100,
    )
    assert (found.ratio.mean, found.ratio.sd) == (2.5, 0)


def test_a_fixed_number_is_not_drawn():
    assert (
        sroi.simulate(study({"outcomes.change.value": over(100, 200, 300, "fixed")}), draws=100).ratio.sd == 0
    )


def test_numbers_are_independent_unless_the_study_says_otherwise():
    names = {
        f"x{at}": [over(1, 2, 4), uniform(0, 1), normal(0, 1), over(1, 2, 4, "triangular")][at % 4]
        for at in range(8)
    }
    values, _ = draws_of(of_values(*names, assumptions=names), 20_000)
    ranks = stats.spearmanr(np.array([values[f"assumptions.{name}"] for name in names]).T).statistic
    assert np.abs(ranks - np.eye(8)).max() < 4.5 / math.sqrt(20_000)


# ── Seeds and threads
# ────────────────────────────────────────────────────────────────────────────────────────────────

MIXED = {
    "a": over(1, 2, 4),
    "b": uniform(0, 1),
    "c": normal(5, 1),
    "d": over(1, 2, 4, "lognormal"),
    "e": {"value": 0.3, "sd": 0.1, "distribution": "beta"},
    "f": over(0, 1, 5, "triangular"),
}
TIED = [{"between": ["a", "b"], "rank": 0.5}, {"between": ["d", "b"], "rank": -0.3}]


def mixed():
    return of_values(*MIXED, assumptions=MIXED, correlations=TIED)


@pytest.mark.parametrize("draws", [40_000, 60_000])
def test_the_same_seed_gives_the_same_numbers_on_any_number_of_threads(draws):
    """Either side of 50,000, where tables of quantiles begin."""
    on_one, wanted = draws_of(mixed(), draws, threads=1)
    for threads in (2, 3, None):
        values, found = draws_of(mixed(), draws, threads=threads)
        assert all(np.array_equal(values[name], on_one[name]) for name in on_one)
        assert found.to_dict() == wanted.to_dict()


@pytest.mark.parametrize("sampler", ["random", "sobol"])
def test_0_is_a_seed_and_none_is_not(sampler):
    def first(seed):
        return draws_of(mixed(), 64, seed=seed, sampler=sampler)[0]["social_return_ratio"]

    assert np.array_equal(first(0), first(0))
    assert not np.array_equal(first(0), first(1))
    assert not np.array_equal(first(None), first(None))
    assert not np.array_equal(first(None), first(0))


def test_the_seed_is_0_where_none_is_given():
    assert sroi.simulate(mixed(), draws=100).ratio == sroi.simulate(mixed(), draws=100, seed=0).ratio


def test_no_chunk_repeats_another():
    values, _ = draws_of(mixed(), 3 * 65_536)
    assert len(np.unique(values["assumptions.c"])) > 3 * 65_536 - 5


# ── Sobol points
# ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_sobol_points_give_sharper_means():
    """A tenth of the standard error of as many independent draws, on a sum and on a product."""
    added = of_values(*(name for name in MIXED if name != "d"), assumptions=MIXED)
    exact = 13 / 6 + 0.5 + 5 + 0.3 + 2
    found = sroi.simulate(added, draws=4_096, sampler="sobol")
    assert found.sampler == "sobol"
    assert abs(found.ratio.mean - exact) < 0.1 * found.ratio.standard_error
    product = of_values("a * b * c", assumptions=MIXED)
    found = sroi.simulate(product, draws=4_096, sampler="sobol")
    assert abs(found.ratio.mean - 13 / 6 * 0.5 * 5) < 0.1 * found.ratio.standard_error


def test_sobol_points_in_chunks_are_one_sequence():
    values, found = draws_of(mixed(), 32_768, sampler="sobol")
    shares = np.sort(values["assumptions.c"])
    assert stats.norm(5, 1).cdf(shares) == pytest.approx((np.arange(32_768) + 0.5) / 32_768, abs=1 / 32_768)
    assert found.warnings == ()


@pytest.mark.parametrize("draws", [1_000, 20_000])
def test_sobol_points_that_are_no_power_of_two_are_made_with_a_warning(draws):
    found = sroi.simulate(mixed(), draws=draws, sampler="sobol")
    below, above = {1_000: ("512", "1,024"), 20_000: ("16,384", "32,768")}[draws]
    assert [
        warning for warning in found.warnings if "power" in warning and below in warning and above in warning
    ]


def test_a_power_of_two_needs_no_warning():
    assert sroi.simulate(mixed(), draws=1_024, sampler="sobol").warnings == ()


# ── Correlations
# ─────────────────────────────────────────────────────────────────────────────────────────────────────


def tied(*pairs, **numbers):
    """A study of numbers, some tied by rank."""
    numbers = numbers or MIXED
    return of_values(
        *numbers,
        assumptions=numbers,
        correlations=[{"between": [one, other], "rank": rank} for one, other, rank in pairs],
    )


@pytest.mark.parametrize("sampler", ["random", "sobol"])
@pytest.mark.parametrize(
    "pairs",
    [
        pytest.param([("a", "b", 0.6)], id="one pair"),
        pytest.param([("a", "d", -0.9)], id="one pair, opposed"),
        pytest.param([("f", "e", 0.05)], id="one pair, hardly"),
        pytest.param([("a", "b", 0.7), ("b", "c", 0.5), ("a", "c", 0.2)], id="three"),
        pytest.param([("f", "a", 0.8), ("d", "e", -0.6), ("c", "a", -0.3)], id="two groups"),
    ],
)
def test_rank_correlations_are_reached(pairs, sampler):
    n = 2**14 if sampler == "sobol" else 20_000
    values, _ = draws_of(tied(*pairs), n, sampler=sampler)
    wanted = {tuple(sorted((one, other))): rank for one, other, rank in pairs}
    linked = {name for pair in wanted for name in pair}
    for one in MIXED:
        for other in MIXED:
            if one < other and ((one, other) in wanted or not {one, other} <= linked):
                found = stats.spearmanr(
                    values[f"assumptions.{one}"], values[f"assumptions.{other}"]
                ).statistic
                assert found == pytest.approx(wanted.get((one, other), 0), abs=0.03), (one, other)


def test_a_correlated_number_keeps_its_own_distribution():
    values, _ = draws_of(tied(("a", "b", 0.6), ("c", "d", -0.7), ("e", "f", 0.9)), 20_000)
    known = {
        "a": stats.beta(1 + 4 / 3, 1 + 8 / 3, 1, 3),
        "b": stats.uniform(0, 1),
        "c": stats.norm(5, 1),
        "d": stats.lognorm(math.log(4) / 2 / 1.6448536269514722, scale=2),
        "e": stats.beta(6, 14),
        "f": stats.triang(0.2, 0, 5),
    }
    for name, distribution in known.items():
        assert stats.kstest(values[f"assumptions.{name}"], distribution.cdf).pvalue > 1e-4, name


@pytest.mark.parametrize("rank", [1, -1])
def test_two_numbers_can_move_in_step(rank):
    values, _ = draws_of(tied(("a", "c", rank)), 1_000)
    assert stats.spearmanr(values["assumptions.a"], values["assumptions.c"]).statistic == pytest.approx(
        rank, abs=1e-6
    )


def test_correlation_widens_a_sum_and_narrows_a_difference():
    """Two normal numbers: the correlation of the numbers is 2 sin(πρ/6)."""
    normals = {"x": normal(10, 1), "y": normal(10, 2)}
    linear = 2 * math.sin(math.pi * 0.6 / 6)
    for sign in (1, -1):
        both = [{"between": ["x", "y"], "rank": 0.6}]
        values, found = draws_of(
            of_values("x", f"{sign} * y", assumptions=normals, correlations=both), 20_000
        )
        assert is_near(
            found.ratio.sd,
            math.sqrt(1 + 4 + sign * 2 * 2 * linear),
            error_of_sd(values["social_return_ratio"]),
        )


def refused(chosen, **arguments):
    """The problems that are raised before anything is drawn."""
    begun = []
    with pytest.raises(sroi.DocumentError) as caught:
        sroi.simulate(chosen, keep=begun.append, on_chunk=begun.append, **{"draws": 100, **arguments})
    assert begun == []
    return caught.value.problems


def test_correlations_that_contradict_each_other_are_named():
    problems = refused(tied(("a", "b", 0.9), ("b", "c", 0.9), ("a", "c", -0.9), ("d", "e", 0.1)))
    (problem,) = problems
    assert problem.path == "correlations"
    for pair in ("a with b at 0.9", "b with c at 0.9", "a with c at -0.9"):
        assert pair in problem.message
    assert problem.line > 0


@pytest.mark.parametrize(
    ("pair", "named"),
    [
        (("a", "fixed", 0.5), "fixed"),
        (("fixed", "a", 0.5), "fixed"),
        (("a", "idle", 0.5), "idle"),
        (("a", "computed", 0.5), "computed"),
    ],
)
def test_a_correlation_with_a_number_that_does_not_vary_is_refused(pair, named):
    extra = {**MIXED, "fixed": 3, "computed": "a * 2"}
    chosen = of_values(
        *extra,
        assumptions={**extra, "idle": uniform(0, 1)},
        correlations=[{"between": list(pair[:2]), "rank": pair[2]}],
    )
    (problem,) = refused(chosen)
    assert (problem.path, named in problem.message) == ("correlations[0]", True)


def test_a_number_is_not_correlated_with_itself():
    (problem,) = refused(tied(("a", "a", 0.5)))
    assert "itself" in problem.message
    assert problem.path == "correlations[0]"


def test_a_pair_with_two_rank_correlations_is_refused():
    assert any(
        "a" in problem.message and "b" in problem.message
        for problem in refused(tied(("a", "b", 0.5), ("b", "a", -0.5)))
    )


def test_a_correlation_with_an_unknown_name_is_refused():
    with pytest.raises(sroi.DocumentError, match="there is no assumption nobody"):
        tied(("a", "nobody", 0.5))


@pytest.mark.parametrize("rank", [1.01, -2, "high"])
def test_a_rank_correlation_lies_between_minus_1_and_1(rank):
    with pytest.raises(sroi.DocumentError, match="rank"):
        tied(("a", "b", rank))


# ── Bad input
# ────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("draws", [0, -1, -(10**9), 1.5, 100.0, True, "100", None, float("nan")])
def test_draws_that_cannot_be_made(draws):
    (problem,) = refused(mixed(), draws=draws)
    assert str(draws) in problem.message


def test_one_draw_is_a_draw():
    found = sroi.simulate(mixed(), draws=1)
    assert (found.ratio.sd, found.ratio.standard_error) == (0, 0)
    assert set(found.ratio.percentiles.values()) == {found.ratio.mean}


@pytest.mark.parametrize("sampler", ["sobl", "Sobol", "", None])
def test_a_sampler_that_there_is_not(sampler):
    assert refused(mixed(), sampler=sampler)[0].file == "sampler"


@pytest.mark.parametrize("seed", [-1, 1.5, "0"])
def test_a_seed_that_cannot_be_one(seed):
    assert "seed" in str(refused(mixed(), seed=seed)[0])


@pytest.mark.parametrize(
    "shape", sorted({*options(sroi.Estimate, "distribution")} - {"beta", "bernoulli", "fixed"})
)
@pytest.mark.parametrize("written", [(5, 5, 5), ("x", "x", "x"), ("x", 5, "x * 1")])
def test_a_range_without_width(shape, written):
    low, value, high = written
    problems = refused(of_values(over(low, value, high, shape), assumptions={"x": 5}))
    assert [(problem.path, "no width" in problem.message) for problem in problems] == [
        ("outcomes.worth_0.value", True)
    ]
    assert problems[0].line > 0


@pytest.mark.parametrize(
    ("estimate", "words"),
    [
        (over("x + 3", 5, 6), "low 8 is above high 6"),
        (over("x + 1", 5, 7), "value 5 is not between low 6 and high 7"),
        (over(1, 5, "x - 1"), "value 5 is not between"),
        (over("x - 5", 5, 6, "lognormal"), "lognormal"),
        (over("x - 7", 5, 6, "lognormal"), "lognormal"),
        (over("x - 3", 5, 6, "normal"), "midpoint"),
        ({"value": 5, "sd": "x - 5", "distribution": "normal"}, "sd is 0"),
        ({"value": 5, "sd": "x - 6", "distribution": "normal"}, "sd is -1"),
        ({"value": 0.5, "sd": "x / 10", "distribution": "beta"}, "too large"),
        ({"value": 0.5, "sd": "x / 5", "distribution": "beta"}, "too large"),
        ({"value": "x / 5", "sd": 0.1, "distribution": "beta"}, "mean of a beta"),
    ],
)
@pytest.mark.parametrize("plain", [False, True])
def test_a_range_that_cannot_be_drawn_from(estimate, words, plain):
    """Whether its ends are written as numbers, and the study is refused as it is read, or as expressions."""
    if plain:
        five = {"x": 5}
        estimate = {
            key: eval(each, {}, five) if isinstance(each, str) and "x" in each else each
            for key, each in estimate.items()
        }
    with pytest.raises(sroi.DocumentError, match=re.escape(words)):
        sroi.simulate(of_values(estimate, assumptions={"x": 5}), draws=100)


def test_all_that_is_wrong_is_told_at_once():
    flat = over("x", 5, "x")
    chosen = of_values(
        flat, flat, assumptions={"x": 5, "y": 1}, correlations=[{"between": ["y", "x"], "rank": 0.5}]
    )
    assert [problem.path for problem in refused(chosen)] == [
        "outcomes.worth_0.value",
        "outcomes.worth_1.value",
        "correlations[0]",
        "correlations[0]",
    ]


def test_a_study_without_a_result_is_not_drawn():
    with pytest.raises(sroi.UndefinedResultError):
        sroi.simulate(
            study({"outcomes.change.value": None, "outcomes.change.quantity": uniform(1, 2)}), draws=100
        )


def test_a_study_in_which_nothing_varies_is_every_draw():
    found = sroi.simulate(study(), draws=100)
    assert (found.ratio.mean, found.ratio.sd, found.ratio.percentiles[5], found.ratio.percentiles[95]) == (
        2,
        0,
        2,
        2,
    )
    assert [warning for warning in found.warnings if "no number of this study has a range" in warning]


# ── The published meta-analysis
# ──────────────────────────────────────────────────────────────────────────────────────


def meta_analysis():
    """All 247 reports as one study: its ratio is the mean of the corrected ratios, each report and factor
    drawn for itself."""
    published = data("meta_analysis.yaml")
    halved = {"full": 1, "half": 0.5, "none": 0}
    assumptions, outcomes = {}, {}
    for score, ratios in published["ratios"].items():
        for ratio in ratios:
            name, rate = f"report_{len(outcomes)}", halved[score]
            for factor, (a, b) in published["beta"].items():
                size = a + b
                estimate = {
                    "value": a / size,
                    "sd": math.sqrt(a * b / size**2 / (size + 1)),
                    "distribution": "beta",
                }
                assumptions[f"{factor}_{len(outcomes)}"] = estimate
            deductions = {
                factor: f"{rate} * {factor}_{len(outcomes)}"
                for factor in ("deadweight", "attribution", "displacement")
            }
            outcomes[name] = outcome(
                quantity=ratio, value=f"1000 * (1 - {rate} * drop_off_{len(outcomes)}) ** 2", **deductions
            )
    return study(
        {"inputs.grant.value": 1000 * len(outcomes)}, assumptions=assumptions, outcomes=outcomes
    ), published


def test_the_mean_of_the_published_meta_analysis_is_its_closed_form():
    chosen, published = meta_analysis()
    found = sroi.simulate(chosen, draws=1_000)
    exact = published["mean_closed_form"]
    kept = {name: 1 - a / (a + b) for name, (a, b) in published["beta"].items()}
    a, b = published["beta"]["drop_off"]
    full = (
        kept["deadweight"]
        * kept["attribution"]
        * kept["displacement"]
        * (kept["drop_off"] ** 2 + a * b / (a + b) ** 2 / (a + b + 1))
    )
    assert full == pytest.approx(published["expected_factor_full"], abs=5e-8)
    assert is_near(found.ratio.mean, exact, math.hypot(found.ratio.standard_error, 5e-6))
    assert found.ratio.standard_error < 0.002


def test_a_value_at_the_end_of_its_range_stays_there_in_other_prices():
    dated = {
        "value": 99_999.99,
        "low": 49_999.995,
        "high": 99_999.99,
        "price_year": "2011-12",
        "rationale": "drawn",
    }
    document = small({"price_year": "2005-06", "outcomes.change.value": dated})
    drawn = sroi.simulate(study_of(document), draws=100)
    assert drawn.ratio.percentiles[95] <= drawn.evaluation.social_return_ratio
