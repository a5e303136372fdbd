"""Simulation: known answers on studies that are linear in one number, what it tells, what it keeps, and how
little memory it takes."""

import json
import math
import subprocess
import sys
import textwrap

import numpy as np
import pyarrow.parquet as pq
import pytest
from helpers import outcome
from ranged import DATA, draws_of, error_of_sd, is_near, normal, of_values, over, study, uniform

import sroi
from sroi.uncertainty.draws_file import DrawsFile
from sroi.uncertainty.sampling import CHUNK

PERCENTS = (5, 10, 50, 90, 95)


def claim(ratio, meaning="social_value"):
    return {"says": f"£{ratio} for £1", "ratio": ratio, "meaning": meaning}


def linear(**sections):
    """A study whose ratio is anywhere from 0.5 to 3.5."""
    return study({"outcomes.change.value": uniform(50, 350)}, **sections)


# ── Known answers
# ────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("draws", [20_000, 300_000])
def test_a_ratio_that_is_uniform(draws):
    """Either side of the draws up to which all are kept; the mean of four seeds, since one seed in
    thousands is 4 standard errors off."""
    chosen = linear(claims={"two": claim(2), "three": claim(3), "never": claim(4), "always": claim(0.5)})
    simulations = [sroi.simulate(chosen, draws=draws, seed=seed) for seed in range(4)]
    sd, whole = 3 / math.sqrt(12), 4 * draws

    def mean(figure):
        return np.mean([figure(found) for found in simulations])

    assert is_near(mean(lambda found: found.ratio.mean), 2, sd / math.sqrt(whole))
    assert is_near(mean(lambda found: found.ratio.sd), sd, sd * math.sqrt(0.8 / whole) / 2)
    for percent in PERCENTS:
        share = percent / 100
        near = 3 * math.sqrt(share * (1 - share) / whole)
        assert is_near(
            mean(lambda found, percent=percent: found.ratio.percentiles[percent]), 0.5 + 3 * share, near
        )
    shares = {
        2.5 / 3: lambda found: found.probability_above_one,
        0.5: lambda found: found.claims["two"],
        0.5 / 3: lambda found: found.claims["three"],
    }
    for exact, share in shares.items():
        assert is_near(mean(share), exact, math.sqrt(exact * (1 - exact) / whole))
    for found in simulations:
        assert found.ratio.standard_error == pytest.approx(sd / math.sqrt(draws), rel=0.02)
        assert (found.claims["never"], found.claims["always"]) == pytest.approx((0, 1), abs=1e-4)


def test_every_figure_of_one_uniform_number():
    """Money of 1 per draw: 2,000 to 6,000 after one year at 0%, for 3,000 put in."""
    chosen = study(
        {
            "outcomes.change.value": uniform(200, 600),
            "outcomes.change.starts": "after",
            "inputs.grant.value": 3000,
            "method": {"discount_rate": 0},
        }
    )
    found = sroi.simulate(chosen, draws=20_000)
    error = 4000 / math.sqrt(12 * 20_000)
    assert is_near(found.spreads["present_value"].mean, 4000, error)
    assert is_near(found.spreads["net_present_value"].mean, 1000, error)
    assert is_near(found.ratio.mean, 4 / 3, error / 3000)
    assert found.spreads["investment"].sd == 0
    assert found.spreads["investment"].mean == 3000
    payback = found.spreads["payback_years"]
    assert is_near(payback.never, 0.25, math.sqrt(0.25 * 0.75 / 20_000))
    # It comes after 3000/v of the first year: P(payback ≤ x) = (6000 − 3000/x)/4000.
    assert [payback.percentiles[percent] for percent in (5, 10, 50)] == pytest.approx(
        [3 / 5.8, 3 / 5.6, 3 / 4], rel=0.01
    )
    assert (payback.percentiles[90], payback.percentiles[95]) == (math.inf, math.inf)
    assert payback.mean == pytest.approx(math.log(2), rel=0.01), "E[3000/v] over v from 3000 to 6000 is ln 2"


def test_mean_of_ratios_and_ratio_of_means_are_told_apart():
    """What is put in is uniform on 500–1,500 and what comes out is 2,000: E[2000/I] = 2 ln 3, and 2000/E[I]
    = 2."""
    values, found = draws_of(study({"inputs.grant.value": uniform(500, 1500)}), 20_000)
    assert is_near(found.ratio.mean, 2 * math.log(3), found.ratio.standard_error)
    assert is_near(found.ratio_of_means, 2, 2 / 1000 * values["investment"].std() / math.sqrt(20_000))
    assert found.ratio_of_means == pytest.approx(
        values["present_value"].mean() / values["investment"].mean(), rel=1e-12
    )
    told = found.to_dict()
    assert (told["mean_of_ratios"], told["ratio_of_means"]) == (found.ratio.mean, found.ratio_of_means)
    words = " ".join(str(table.note) for table in found.tables)
    assert "ratio of means" in words
    assert "quote" in words


def test_spreads_are_those_of_the_draws():
    chosen = of_values(
        "a * b",
        over(1, 2, 5),
        normal(3, 1),
        assumptions={"a": over(1, 2, 5), "b": uniform(0, 1)},
        investment=uniform(1, 2),
    )
    values, found = draws_of(chosen, 20_000)
    for name, spread in found.spreads.items():
        drawn = values[name]
        if name == "payback_years":
            continue
        assert (spread.mean, spread.sd) == pytest.approx((drawn.mean(), drawn.std(ddof=1)), rel=1e-9)
        assert spread.standard_error == pytest.approx(drawn.std(ddof=1) / math.sqrt(20_000), rel=1e-9)
        assert spread.percentiles == {
            percent: pytest.approx(np.percentile(drawn, percent), rel=1e-12) for percent in PERCENTS
        }
        assert spread.never == 0
    assert found.probability_above_one == (values["social_return_ratio"] > 1).mean()
    assert values["net_present_value"] == pytest.approx(
        values["present_value"] - values["investment"], rel=1e-12, abs=1e-12
    )
    assert values["social_return_ratio"] == pytest.approx(
        values["present_value"] / values["investment"], rel=1e-12
    )


def test_the_present_value_of_each_outcome():
    outcomes = {
        "sure": outcome(),
        "unsure": outcome(value=uniform(50, 350)),
        "worse": outcome(value=uniform(-30, -10)),
        "transfer": outcome(kind="transfer", value=uniform(50, 350)),
        "unpriced": outcome(priced=False, value=None),
    }
    found = sroi.simulate(study(outcomes=outcomes), draws=20_000)
    assert set(found.outcomes) == {"sure", "unsure", "worse"}
    assert (found.outcomes["sure"].mean, found.outcomes["sure"].sd) == (2000, 0)
    assert is_near(found.outcomes["unsure"].mean, 2000, found.outcomes["unsure"].standard_error)
    assert [found.outcomes["worse"].percentiles[percent] for percent in (5, 95)] == pytest.approx(
        [-290, -110], abs=4
    )
    assert sum(each.mean for each in found.outcomes.values()) == pytest.approx(
        found.spreads["present_value"].mean, rel=1e-12
    )


def test_a_claim_of_savings_is_held_against_savings():
    outcomes = {
        "change": outcome(value=uniform(50, 350)),
        "services": outcome(stakeholder="council", value=uniform(0, 100)),
    }
    claims = {
        "saved": claim(0.5, "savings"),
        "value": claim(0.5),
        "unclear": claim(2, "unclear"),
        "without": {"says": "a lot", "meaning": "savings"},
    }
    values, found = draws_of(study(outcomes=outcomes, claims=claims), 20_000)
    assert is_near(found.spreads["savings_ratio"].mean, 0.5, found.spreads["savings_ratio"].standard_error)
    assert set(found.claims) == {"saved", "value", "unclear"}
    assert found.claims["saved"] == (values["savings_ratio"] >= 0.5).mean()
    assert found.claims["saved"] == pytest.approx(0.5, abs=0.015)
    assert found.claims["value"] == 1
    assert found.claims["unclear"] == (values["social_return_ratio"] >= 2).mean()


@pytest.mark.parametrize("draws", [1_000, 300_000])
def test_a_ratio_of_exactly_1_is_at_least_1_and_not_above(draws):
    found = sroi.simulate(
        study({"inputs.grant.value": 2000}, claims={"even": claim(1), "more": claim(1.000001)}), draws=draws
    )
    assert found.probability_above_one == 0
    assert found.claims == {"even": 1, "more": 0}


def test_a_few_draws_of_hardly_any_investment_do_not_blur_the_percentiles():
    """What is put in is normal and lies near 0 in a draw or two, whose ratio is a million: P5, P50 and P95
    stay where they are."""
    chosen = study({"inputs.grant.value": normal(1000, 230)})
    values, found = draws_of(chosen, 300_000)
    ratios = values["social_return_ratio"]
    assert np.nanmax(ratios) > 1_000
    for percent in (5, 50, 95):
        assert found.ratio.percentiles[percent] == pytest.approx(np.nanpercentile(ratios, percent), rel=1e-3)


def test_draws_in_which_nothing_is_put_in_are_told_of():
    """The engine has no ratio there; one that turns below 0 with what is put in is no return."""
    found = sroi.simulate(study({"inputs.grant.value": normal(1000, 1000)}), draws=5_000)
    assert [warning for warning in found.warnings if "draws" in warning], (
        "a sixth of the draws have no investment"
    )


def test_negative_present_values_are_drawn_as_they_are():
    found = sroi.simulate(study({"outcomes.change.value": uniform(-300, 100)}), draws=20_000)
    assert is_near(found.ratio.mean, -1, found.ratio.standard_error)
    assert found.probability_above_one == 0
    assert found.spreads["payback_years"].never == 1


def test_the_central_result_stands_beside_the_draws():
    chosen = linear()
    found = sroi.simulate(chosen, draws=100)
    assert found.evaluation.social_return_ratio == sroi.evaluate(chosen).social_return_ratio
    assert found.study is chosen
    assert found.to_dict()["central"]["social_return_ratio"] == 2


# ── What it tells
# ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_convergence_ends_at_the_mean():
    found = sroi.simulate(linear(), draws=100_000)
    counts = [count for count, _, _ in found.convergence]
    assert counts == sorted(set(counts))
    assert counts == [1_024, 2_048, 4_096, 8_192, 16_384, 32_768, 65_536, 100_000]
    assert found.convergence[-1] == (100_000, found.ratio.mean, found.ratio.standard_error)
    errors = [error for _, _, error in found.convergence]
    assert errors == sorted(errors, reverse=True)
    assert all(is_near(mean, 2, error) for _, mean, error in found.convergence)


@pytest.mark.parametrize(
    "chosen",
    [
        pytest.param(lambda: linear(claims={"two": claim(2)}), id="linear"),
        pytest.param(study, id="nothing varies"),
        pytest.param(lambda: study({"outcomes.change.value": uniform(5, 40)}), id="payback never comes"),
        pytest.param(
            lambda: study({"outcomes.change.starts": "after", "outcomes.change.value": uniform(5, 400)}),
            id="payback may never come",
        ),
        pytest.param(lambda: study({"outcomes.change.deadweight": normal(0.8, 0.3)}), id="a share truncated"),
    ],
)
@pytest.mark.parametrize("draws", [1, 1_000])
def test_a_simulation_survives_json(chosen, draws):
    found = sroi.simulate(chosen(), draws=draws).to_dict()
    assert json.loads(json.dumps(found, allow_nan=False)) == found
    assert {
        "social_return_ratio",
        "net_present_value",
        "present_value",
        "investment",
        "payback_years",
        "savings_ratio",
    } < set(found)
    assert set(found["social_return_ratio"]) == {
        "mean",
        "sd",
        "standard_error",
        "p5",
        "p10",
        "p50",
        "p90",
        "p95",
        "never",
    }


def test_a_payback_that_never_comes_has_no_mean():
    """A mean of 0 years would say that it comes at once."""
    payback = sroi.simulate(study({"outcomes.change.value": uniform(5, 40)}), draws=1_000).to_dict()[
        "payback_years"
    ]
    assert payback["never"] == 1
    assert payback["p50"] is None
    assert payback["mean"] is None


def test_the_table_holds_what_the_spreads_hold():
    found = sroi.simulate(linear(), draws=1_000)
    table = found.table
    assert list(table.index[:-1]) == list(found.spreads)
    assert table.loc["social_return_ratio", "p90"] == found.ratio.percentiles[90]
    assert table["mean"].iloc[-1] == found.outcomes["change"].mean


def test_the_statement_gives_the_range():
    found = sroi.simulate(linear(claims={"two": claim(2)}), draws=20_000)
    low, high = found.ratio.percentiles[10], found.ratio.percentiles[90]
    assert (low, high) == pytest.approx((0.8, 3.2), abs=0.05)
    chances = (
        f"in {found.probability_above_one:.0%} of the draws",
        f"in {found.claims['two']:.0%} of the draws",
    )
    for part in (
        f"{100 * low:.0f}p to £{high:.2f} of social value",
        "eight draws out of ten",
        "central £2.00",
        "£2 is reached in",
        "20,000 draws",
        *chances,
    ):
        assert part in found.statement
    assert f"{low:.4g} to {high:.4g}" in repr(found)


def test_an_outcome_by_the_name_of_a_figure_hides_no_figure():
    found = sroi.simulate(study(outcomes={"investment": outcome(value=uniform(50, 350))}), draws=100)
    assert len(found.table) == len(found.spreads) + 1


def test_whoever_waits_is_told_of_every_chunk():
    told = []
    sroi.simulate(linear(), draws=160_000, on_chunk=told.append)
    assert told == [CHUNK, CHUNK, 160_000 - 2 * CHUNK]


def test_a_ratio_that_varies_by_rounding_alone_is_a_result():
    chosen = study(
        {"inputs.grant.value": "x * 0.3", "outcomes.change.value": "x * 0.07"},
        assumptions={"x": uniform(1, 3)},
    )
    assert sroi.simulate(chosen, draws=1_000).ratio.mean == pytest.approx(0.7 / 0.3)


def test_the_mean_of_a_product_and_its_deviation():
    product = of_values("a * b * c", assumptions={"a": normal(10, 1), "b": normal(5, 1), "c": normal(2, 0.5)})
    values, found = draws_of(product, 20_000)
    second = (100 + 1) * (25 + 1) * (4 + 0.25)
    assert is_near(found.ratio.mean, 100, found.ratio.standard_error)
    assert is_near(found.ratio.sd, math.sqrt(second - 100**2), error_of_sd(values["social_return_ratio"]))


# ── Memory
# ───────────────────────────────────────────────────────────────────────────────────────────────────────────

MEASURE = """
import resource, sys
import sroi
study = sroi.load("examples/lunch-club.yaml")
sroi.simulate(study, draws=1_000)
def peak():
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return used / (1 << 20 if sys.platform == "darwin" else 1 << 10)
begun = peak()
for draws in (300_000, 1_500_000):
    sroi.simulate(study, draws=draws, threads=2)
    print(peak() - begun)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no resource module")
def test_memory_does_not_grow_with_the_draws():
    """Megabytes over what a small simulation takes: five times the draws take no more, and 100 are never
    taken."""
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(MEASURE)],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    few, many = map(float, done.stdout.split())
    assert many < 100
    assert many - few < 25


OF_THE_REFERENCE_STUDY = """
import resource, sys
import sroi
megabyte = 1 << 20 if sys.platform == "darwin" else 1 << 10
used = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / megabyte
study = sroi.load(sys.argv[1])
sroi.evaluate(study)
begun = used()
sroi.simulate(study, draws=1_000_000)
print(used() - begun)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no resource module")
def test_a_million_draws_of_125_numbers_take_less_than_100_megabytes():
    """Over the import and a first evaluation, with as many threads as are taken by default."""
    file = str(DATA / "reference_study.yaml")
    done = subprocess.run(
        [sys.executable, "-c", OF_THE_REFERENCE_STUDY, file],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    assert float(done.stdout) < 100


@pytest.mark.parametrize("draws", [np.int64(3_000), np.int32(3_000), np.uint16(3_000)])
def test_whole_numbers_of_numpy_are_draws_and_seeds(draws):
    found = sroi.simulate(linear(), draws=draws, seed=np.int64(7))
    plain = sroi.simulate(linear(), draws=3_000, seed=7)
    assert json.dumps(found.to_dict()) == json.dumps(plain.to_dict())


@pytest.mark.parametrize("threads", [0, -1, 1.5, True])
def test_threads_that_cannot_be_made_are_refused_before_any_drawing(threads):
    drawn = []
    with pytest.raises(sroi.DocumentError, match="threads"):
        sroi.simulate(linear(), draws=200_000, threads=threads, on_chunk=drawn.append)
    assert drawn == []


def test_draws_without_inputs_are_told_of_and_left_out_of_what_is_said_of_ratios():
    """An input from −1,000 to 1,000: half of the draws have nothing put in, and no ratio that means anything.
    In the other half it is 2,000 over 0 to 1,000, so 2 and more."""
    found = sroi.simulate(study({"inputs.grant.value": uniform(-1000, 1000, 500)}), draws=20_000)
    (said,) = [warning for warning in found.warnings if "nothing or less is put in" in warning]
    assert float(said.split()[1].rstrip("%")) / 100 == pytest.approx(0.5, abs=4 * 0.5 / math.sqrt(20_000))
    assert found.ratio.percentiles[5] == pytest.approx(2000 / 950, rel=0.01)
    assert found.ratio.percentiles[50] == pytest.approx(4, rel=0.05)
    assert found.ratio.undefined == pytest.approx(0.5, abs=0.02)
    assert found.spreads["net_present_value"].undefined == 0
    assert found.probability_above_one == 1
    told = json.loads(json.dumps(found.to_dict(), allow_nan=False))
    assert told["social_return_ratio"]["undefined"] == found.ratio.undefined


def test_the_centiles_are_what_each_hundredth_of_the_draws_is_below():
    found = sroi.simulate(sroi.load("examples/lunch-club.yaml"), draws=2000)
    assert len(found.centiles) == 99
    assert list(found.centiles) == sorted(found.centiles)
    for percent in (5, 10, 50, 90, 95):
        assert found.centiles[percent - 1] == found.ratio.percentiles[percent]


def test_a_ratio_that_no_draw_has_is_told_as_none():
    """The central grant is 1, and every draw of it is below 0."""
    chosen = study({"inputs.grant.value": {"value": 1, "low": -1e9, "high": 1, "distribution": "uniform"}})
    found = sroi.simulate(chosen, draws=3)
    assert found.ratio.undefined == 1
    assert math.isnan(found.ratio.percentiles[50])
    told = json.loads(json.dumps(found.to_dict(), allow_nan=False))
    assert told["social_return_ratio"]["p50"] is None
    assert "nan" not in found.to_markdown()
    assert "nan" not in found.statement


@pytest.mark.parametrize("parts", [3, 7, 10, 49])
def test_a_result_that_is_the_same_in_every_draw_but_for_rounding_is_at_its_thresholds(parts):
    """A number that cancels: parts of it over the whole."""
    outcomes = {f"part_{at}": outcome(quantity=1, value=f"x / {parts}") for at in range(parts)}
    chosen = study(
        {"inputs.grant.value": "x"}, outcomes=outcomes, assumptions={"x": over(0.1, 0.7, 1.3)},
        claims={"even": claim(1)},
    )  # fmt: skip
    found = sroi.simulate(chosen, draws=2_000)
    assert found.probability_above_one == 0
    assert found.claims == {"even": 1}


# ── Draws kept in a file
# ─────────────────────────────────────────────────────────────────────────────────────────────


def test_draws_are_kept_in_a_file_with_all_their_columns(tmp_path):
    file = tmp_path / "draws.parquet"
    chosen = of_values("a", uniform(1, 2), assumptions={"a": over(1, 2, 5)})
    with DrawsFile(file) as draws:
        found = sroi.simulate(chosen, draws=40_000, keep=draws.add)
    table = pq.read_table(file)
    assert table.column_names == [*found.uncertain, *found.spreads]
    assert found.uncertain == ("assumptions.a", "outcomes.worth_1.value")
    assert table.num_rows == 40_000
    kept = {name: table[name].to_numpy() for name in table.column_names}
    assert kept["social_return_ratio"].mean() == pytest.approx(found.ratio.mean, rel=1e-12)
    assert kept["social_return_ratio"] == pytest.approx(
        kept["assumptions.a"] + kept["outcomes.worth_1.value"], rel=1e-12
    )
    again, _ = draws_of(chosen, 40_000)
    assert all(np.array_equal(kept[name], again[name]) for name in kept)
    assert [each.name for each in tmp_path.iterdir()] == ["draws.parquet"]


def test_an_interrupted_file_is_not_there(tmp_path):
    file = tmp_path / "draws.parquet"
    told = []

    def interrupt(size):
        told.append(size)
        if len(told) == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), DrawsFile(file) as draws:
        sroi.simulate(linear(), draws=160_000, on_chunk=interrupt, keep=draws.add)
    assert list(tmp_path.iterdir()) == []


def test_an_interrupted_file_leaves_the_one_before_it(tmp_path):
    file = tmp_path / "draws.parquet"
    file.write_text("before")

    def interrupt(_):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), DrawsFile(file, force=True) as draws:
        sroi.simulate(linear(), draws=20_000, on_chunk=interrupt, keep=draws.add)
    assert file.read_text() == "before"
    assert [each.name for each in tmp_path.iterdir()] == ["draws.parquet"]


def test_a_file_for_draws_that_cannot_be_written_is_refused_before_any_drawing(tmp_path):
    drawn = []
    with pytest.raises(sroi.DocumentError), DrawsFile(tmp_path / "nowhere" / "draws.parquet") as draws:
        sroi.simulate(linear(), draws=100, on_chunk=drawn.append, keep=draws.add)
    assert drawn == []


def test_more_draws_than_the_disk_holds_are_refused(tmp_path):
    with (
        pytest.raises(sroi.DocumentError, match="GB are free"),
        DrawsFile(tmp_path / "draws.parquet") as draws,
    ):
        draws.expect(10**15, 131)
    assert list(tmp_path.iterdir()) == []


def test_a_disk_that_is_full_leaves_the_file_before(tmp_path):
    resource = pytest.importorskip("resource")
    file = tmp_path / "draws.parquet"
    file.write_text("before")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, hard))
    try:
        with (
            pytest.raises(sroi.DocumentError, match=r"draws\.parquet: it cannot be written: File too large"),
            DrawsFile(file, force=True) as draws,
        ):
            sroi.simulate(linear(), draws=20_000, keep=draws.add)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert file.read_text() == "before"
    assert [each.name for each in tmp_path.iterdir()] == ["draws.parquet"]


def test_draws_are_not_written_over_a_file_unless_told_to(tmp_path):
    file = tmp_path / "draws.parquet"
    file.write_text("before")
    with pytest.raises(sroi.DocumentError, match="the file is there already"), DrawsFile(file):
        raise AssertionError


def test_without_pyarrow_a_file_for_draws_is_refused(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    with pytest.raises(sroi.DocumentError, match="pyarrow"), DrawsFile(tmp_path / "draws.parquet"):
        raise AssertionError
