"""The pooled evidence: its arithmetic by hand, and the same numbers in the packs."""

from __future__ import annotations

import math
from copy import deepcopy

import numpy as np
import pytest
import yaml
from scipy import stats

from docs.generate import ROOT
from docs.generate import evidence as synthesis

SHIPPED = yaml.safe_load((ROOT / "assumptions" / "national" / "uk.yaml").read_text(encoding="utf-8"))
NUMBERS = SHIPPED["assumptions"]


@pytest.fixture(scope="module")
def evidence() -> synthesis.Evidence:
    return synthesis.read()


def test_the_pack_holds_what_the_studies_give(evidence):
    pooled = synthesis.pool(evidence)
    points = NUMBERS["linked_points"]
    assert (points["value"], points["low"], points["high"]) == tuple(
        round(each, 3) for each in (pooled.gain, *pooled.gains)
    )
    assert points["distribution"] == "normal"
    assert NUMBERS["linking_works"]["value"] == round(pooled.works, 2)
    assert NUMBERS["linking_works"]["distribution"] == "bernoulli"


def test_the_words_of_the_pack_are_those_numbers(evidence):
    pooled = synthesis.pool(evidence)
    words = " ".join(NUMBERS["linked_points"]["rationale"].split())
    low, high = pooled.interval(0.95)
    assert f"{pooled.mean:.3f} ({low:.2f} to {high:.2f}, 95%)" in words
    low, high = pooled.interval(0.90, prediction=True)
    assert f"between {low:.3f} and {high:.3f} (90%)" in words
    words = " ".join(NUMBERS["linking_works"]["rationale"].split())
    for case in ("adjusted", "link_workers"):
        assert f"{synthesis.pool(evidence, evidence['sensitivity'][case]).works:.2f}" in words


def test_the_chance_of_nothing_takes_nothing_off_the_mean_and_adds_nothing_to_the_spread(evidence):
    pooled = synthesis.pool(evidence)
    points, works = NUMBERS["linked_points"]["value"], NUMBERS["linking_works"]["value"]
    assert points * works == pytest.approx(pooled.mean, abs=0.002)
    drawn = np.random.default_rng(1).random(400_000) < pooled.works
    gains = np.random.default_rng(2).normal(pooled.gain, pooled.error / math.sqrt(pooled.works), 400_000)
    assert (drawn * gains).mean() == pytest.approx(pooled.mean, abs=0.002)
    assert (drawn * gains).var() == pytest.approx(pooled.tau**2 + pooled.error**2, rel=0.01)


def test_a_trial_of_life_satisfaction_by_hand(evidence):
    by = synthesis.conversions(evidence, {})
    pliny = synthesis.on_one_scale("pliny", evidence["studies"]["pliny"], by)
    assert pliny.points == pytest.approx(0.5 * 35 / 24)
    assert pliny.error == pytest.approx(1.4 / (2 * 1.959964) * 35 / 24, rel=1e-6)


def test_a_study_that_found_nothing_and_printed_no_interval_by_hand(evidence):
    by = synthesis.conversions(evidence, {})
    carers = synthesis.on_one_scale("becca", evidence["studies"]["becca"], by)
    assert carers.points == 0
    assert carers.error == pytest.approx(1.62 * math.sqrt(1 / 116 + 1 / 120) * 116 / 60)


def test_another_scale_by_hand(evidence):
    by = synthesis.conversions(evidence, {})
    glasgow = synthesis.on_one_scale("glasgow", evidence["studies"]["glasgow"], by)
    apart = math.sqrt(1 / 214 + 1 / 561)
    standard = 0.008 / ((0.045 + 0.028) / (2 * 1.959964)) * apart
    assert glasgow.points == pytest.approx(standard * 0.53 * 1.62 / 0.45, rel=1e-6)
    assert glasgow.error == pytest.approx(apart * 1.62 / 0.45)


def test_pooling_by_hand(evidence):
    pooled = synthesis.pool(evidence)
    tau = max(0.124 * 1.62, pooled.tau_here)
    weights = np.array([1 / (each.error**2 + tau**2) for each in pooled.studies])
    mean = sum(w * each.points for w, each in zip(weights, pooled.studies, strict=True)) / weights.sum()
    error = weights.sum() ** -0.5
    assert pooled.mean == pytest.approx(mean)
    assert pooled.error == pytest.approx(error)
    half = stats.t.ppf(0.95, len(weights) - 2) * math.sqrt(tau**2 + error**2)
    assert pooled.interval(0.90, prediction=True) == pytest.approx((mean - half, mean + half))
    assert sum(each.weight for each in pooled.studies) == pytest.approx(1)


def test_heterogeneity_of_known_studies():
    # Three studies alike in size: the variance between them is that of the estimates less that of one.
    points, variances = np.array([0.0, 1.0, 2.0]), np.full(3, 0.25)
    assert synthesis.paule_mandel(points, variances) == pytest.approx(1 - 0.25)
    assert synthesis.paule_mandel(np.full(3, 1.0), variances) == 0


def test_a_sceptic_by_hand(evidence):
    pooled = synthesis.pool(evidence)
    some = stats.norm(0, math.sqrt(pooled.error**2 + 0.25)).pdf(pooled.mean)
    odds = some / stats.norm(0, pooled.error).pdf(pooled.mean)
    assert synthesis.of_a_sceptic(pooled) == pytest.approx(pooled.mean * odds / (1 + odds))


def test_no_study_stands_twice(evidence):
    pooled = {name for name, each in evidence["studies"].items() if each["pooled"]}
    assert {"glasgow", "ireland", "becca", "pliny", "amalthea"} <= pooled
    assert "siette" not in pooled, "it holds trials that are pooled one by one"
    for name, each in evidence["studies"].items():
        assert each["why"], name
        assert each["source"] in evidence["sources"], name


def test_a_study_that_found_nothing_pulls_the_mean_down(evidence):
    without = deepcopy(evidence)
    for name in ("glasgow", "ireland", "becca"):
        without["studies"][name]["pooled"] = False
    assert synthesis.pool(without).mean > synthesis.pool(evidence).mean + 0.05
