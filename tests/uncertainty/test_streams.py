"""Statistics of a stream of draws, kept or not: moments exact, percentiles to a thousandth, what never
comes counted apart."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sroi.uncertainty.streams import KEPT, Stream

MANY = KEPT + 40_000
CHUNK = 16_384
PERCENTS = (5, 10, 50, 90, 95)


def streamed(values, chunk=CHUNK, thresholds=()):
    stream = Stream(len(values), thresholds)
    for begin in range(0, len(values), chunk):
        stream.add(values[begin : begin + chunk])
    return stream


def bimodal(rng):
    return np.where(rng.random(MANY) < 0.3, rng.normal(1, 0.05, MANY), rng.normal(20, 1, MANY))


def with_infinities(rng):
    values = rng.gamma(3, 1, MANY)
    values[rng.random(MANY) < 0.2] = math.inf
    return values


STREAMS = {
    "normal": lambda rng: rng.normal(15, 2.3, MANY),
    "normal, narrow and far off": lambda rng: rng.normal(1e6, 1, MANY),
    "normal, below 0": lambda rng: rng.normal(-50_000, 9_000, MANY),
    "lognormal": lambda rng: rng.lognormal(1, 0.5, MANY),
    "lognormal, wide": lambda rng: rng.lognormal(1, 1, MANY),
    "lognormal over five powers of ten": lambda rng: rng.lognormal(1, 2.5, MANY),
    "bimodal": bimodal,
    "uniform": lambda rng: rng.random(MANY),
    "constant": lambda _: np.full(MANY, 3.7),
    "constant below 0": lambda _: np.full(MANY, -3.7e6),
    "whole numbers": lambda rng: rng.integers(1, 6, MANY).astype(float),
    "mostly one value": lambda rng: np.where(rng.random(MANY) < 0.97, 2.0, rng.normal(20, 3, MANY)),
    "a few far outliers": lambda rng: np.where(rng.random(MANY) < 1e-4, 1e7, rng.normal(15, 2, MANY)),
    "infinities": with_infinities,
}


@pytest.fixture(params=STREAMS.values(), ids=STREAMS)
def values(request):
    return request.param(np.random.default_rng(5))


def exact(values, percent):
    return np.percentile(values, percent, method="inverted_cdf" if np.isinf(values).any() else "linear")


def test_percentiles_of_a_stream_are_exact_to_a_thousandth(values):
    stream = streamed(values)
    found = {percent: stream.percentile(percent) for percent in PERCENTS}
    assert found == {percent: pytest.approx(exact(values, percent), rel=1e-3) for percent in PERCENTS}


def test_moments_of_a_stream_are_exact(values):
    stream = streamed(values)
    finite = values[np.isfinite(values)]
    assert (stream.mean, stream.sd) == pytest.approx(
        (finite.mean(), finite.std(ddof=1)), rel=1e-9, abs=1e-9 * abs(finite.mean())
    )
    assert stream.standard_error == pytest.approx(stream.sd / math.sqrt(len(finite)), rel=1e-12)
    assert (stream.count, stream.never) == (len(finite), len(values) - len(finite))


def test_shares_of_a_stream_are_exact(values):
    """Of thresholds that are told before: among the values, between them, and at a whole share of them; a
    value that is a threshold but for rounding is at it."""
    finite = values[np.isfinite(values)]
    thresholds = [
        float(each)
        for each in (
            *exact(values, [5, 30, 50]),
            finite[17],
            finite.min(),
            finite.max(),
            finite.min() - 1,
            finite.max() + 1,
        )
    ]
    stream = streamed(values, thresholds=thresholds)
    for threshold in thresholds:
        assert stream.share_at_least(threshold) == pytest.approx(
            (values >= threshold - 1e-12 * abs(threshold)).mean(), abs=1e-12
        )
        assert stream.share_above(threshold) == pytest.approx(
            (values > threshold + 1e-12 * abs(threshold)).mean(), abs=1e-12
        )


def test_a_spread_that_lies_on_both_sides_of_0_is_told_to_a_thousandth_of_its_width():
    values = np.random.default_rng(5).normal(100, 60_000, MANY)
    stream = streamed(values)
    assert [stream.percentile(percent) for percent in PERCENTS] == pytest.approx(
        np.percentile(values, PERCENTS), abs=60
    )


def test_what_never_comes_makes_the_upper_percentiles_infinite():
    for size in (1_000, MANY):
        values = np.arange(size, dtype=float)
        values[-size // 10 :] = math.inf
        stream = streamed(np.random.default_rng(5).permutation(values))
        assert (stream.percentile(95), stream.percentile(90.5)) == (math.inf, math.inf)
        assert stream.percentile(50) == pytest.approx(size / 2, rel=2e-3)


@pytest.mark.parametrize("size", [1_000, MANY])
def test_a_stream_of_what_never_comes_has_no_figure(size):
    stream = streamed(np.full(size, math.inf))
    assert (stream.count, stream.never) == (0, size)
    assert stream.percentile(5) == math.inf


def test_chunks_of_any_size_give_the_same():
    values = np.random.default_rng(5).lognormal(0, 0.4, 30_000)
    one, other = streamed(values, 30_000), streamed(values, 777)
    assert (one.mean, one.sd) == pytest.approx((other.mean, other.sd), rel=1e-12)
    assert [one.percentile(percent) for percent in PERCENTS] == [
        other.percentile(percent) for percent in PERCENTS
    ]


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=60), st.integers(1, 20))
def test_few_draws_are_kept_whole(values, chunk):
    values = np.array(values, dtype=float)
    stream = streamed(values, chunk, [values[0]])
    assert [stream.percentile(percent) for percent in PERCENTS] == pytest.approx(
        np.percentile(values, PERCENTS), rel=1e-12, abs=1e-9
    )
    assert stream.mean == pytest.approx(values.mean(), rel=1e-9, abs=1e-9)
    assert stream.share_at_least(values[0]) == (values >= values[0]).mean()
    assert stream.share_above(values[0]) == (values > values[0]).mean()


def test_a_single_draw_has_no_deviation():
    stream = streamed(np.array([7.0]))
    assert (stream.mean, stream.sd, stream.standard_error, stream.percentile(5)) == (7, 0, 0, 7)


@pytest.mark.parametrize("size", [5_000, MANY])
def test_the_histogram_holds_all_but_the_outer_half_per_cent(size):
    counts, edges = streamed(np.random.default_rng(5).normal(10, 2, size)).histogram()
    assert counts.sum() == pytest.approx(0.99 * size, rel=2e-3)
    assert (edges[0], edges[-1]) == pytest.approx((10 - 2.576 * 2, 10 + 2.576 * 2), abs=0.3)


@pytest.mark.parametrize("size", [5_000, MANY])
@pytest.mark.parametrize("noise", [0, 1e-16])
def test_a_figure_that_varies_by_rounding_alone_has_a_histogram(size, noise):
    counts, _ = streamed(1.5 * (1 + noise * np.random.default_rng(5).integers(-2, 3, size))).histogram()
    assert counts.sum() == pytest.approx(size, rel=0.02)


def test_a_draw_that_is_at_a_threshold_but_for_rounding_is_at_it():
    """Ten tenths make 0.9999999999999999, and three of 1.1 make 3.3000000000000003."""
    stream = Stream(4, {1.0, 3.3})
    stream.add(np.array([sum([0.1] * 10), 1.0, 1 + 1e-15, 1.1 + 1.1 + 1.1]))
    assert (stream.share_at_least(1.0), stream.share_above(1.0)) == (1, 0.25)
    assert (stream.share_at_least(3.3), stream.share_above(3.3)) == (0.25, 0)
