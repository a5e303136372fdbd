"""Numbers at the ends of what can be held: each is refused with where it stands, or reckoned with."""

from __future__ import annotations

import warnings

import pytest
from test_growth import study

import sroi


@pytest.mark.parametrize(
    ("estimate", "said"),
    [
        ("{value: 300, sd: 1e308, distribution: normal}", "sd 1e+308 is too large to be reckoned with"),
        ("{value: 300, sd: 5e-324, distribution: normal}", "is too small to be told from 0 beside 300"),
        ("{value: 0, sd: 5e-324, distribution: normal}", "is too small to be told from 0 beside 0"),
    ],
)
def test_a_standard_deviation_that_cannot_be_drawn_is_refused_when_it_is_read(estimate, said):
    with pytest.raises(sroi.DocumentError) as error:
        sroi.loads(study().replace("value: 300", f"value: {estimate}"))
    (problem,) = error.value.problems
    assert said in problem.message
    assert problem.path == "outcomes.outcome_0.value"


def test_a_share_whose_standard_deviation_is_nothing_is_refused():
    beta = "deadweight: {value: 20%, sd: 5e-324, distribution: beta}"
    with pytest.raises(sroi.DocumentError, match="too small to be told from 0"):
        sroi.loads(study().replace("deadweight: 20%", beta))


@pytest.mark.parametrize("calculation", [sroi.simulate, sroi.ledger_spread, sroi.sobol])
def test_draws_that_overflow_are_refused_in_our_words_alone(calculation):
    text = study(["c ** 4 / c ** 4"], ["c: {value: 1e40, low: 1e30, high: 1e99}"])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with pytest.raises(sroi.DocumentError, match="too large to be added up"):
            calculation(sroi.loads(text))
