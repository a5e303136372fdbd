"""How long things take, each beside a peer in the same run; nothing is asserted of the times.

``python -m pytest benchmarks --benchmark-enable``
"""

import pytest
import yaml

import sroi
from benchmarks.growth import doubtful

HEAD = """sroi: 1
id: large
title: A large study
kind: forecast
currency: GBP
price_year: 2024
first_year: 2024
stakeholders:
  people: {title: People}
inputs:
  grant: {stakeholder: people, kind: cash, value: 1_000_000}
outcomes:
"""
OUTCOME = """  outcome_{n}:
    stakeholder: people
    quantity: {{value: 360.74, low: 252.5, high: 505.0, distribution: triangular}}
    value: {{value: 950.57, low: 534.5, high: 1690.4, distribution: lognormal}}
    starts: after
    duration: 10
    deadweight: {{value: 0.187, low: 0.087, high: 0.337, distribution: triangular}}
    displacement: 5%
    attribution: {{value: 0.357, low: 0.257, high: 0.507, distribution: pert}}
    drop_off: 0.27
"""


def study_of(outcomes):
    return HEAD + "".join(OUTCOME.format(n=n) for n in range(outcomes))


LARGE = study_of(1160)


@pytest.mark.benchmark(group="load 500 KB: ours within 3 of the peer")
@pytest.mark.parametrize(
    "reader",
    [lambda: yaml.load(LARGE, Loader=yaml.CSafeLoader), lambda: sroi.loads(LARGE)],
    ids=["CSafeLoader", "sroi.loads"],
)
def test_load(benchmark, reader):
    assert 480_000 < len(LARGE) < 520_000
    benchmark.pedantic(reader, rounds=7, warmup_rounds=1)


@pytest.mark.benchmark(group="evaluate 20 outcomes: under 1 ms")
def test_evaluate(benchmark):
    study = sroi.loads(study_of(20))
    assert len(benchmark(sroi.evaluate, study).outcomes) == 20


@pytest.mark.benchmark(group="check, beside evaluate: 20 outcomes under 0.15 s, 200 under 1 s")
@pytest.mark.parametrize("outcomes", [20, 200])
@pytest.mark.parametrize("work", [sroi.evaluate, sroi.check], ids=["evaluate", "check"])
def test_check(benchmark, work, outcomes):
    study = sroi.loads(doubtful(outcomes))
    benchmark.pedantic(work, (study,), rounds=7, warmup_rounds=1)
