"""Exact mean and standard deviation of the reference study's ratio, worked out apart from the library.

The present value is a sum of products of independent numbers, so its first two moments follow from theirs.
The investment I is a sum of five independent numbers, and E[I^-k] is an integral over its Laplace transform:
E[1/I] = ∫ E[exp(-sI)] ds, E[1/I²] = ∫ s E[exp(-sI)] ds.
"""

import math
from functools import cache
from itertools import pairwise

import numpy as np
from numpy.polynomial.legendre import leggauss
from ranged import Z95, data
from scipy import integrate, stats

RATE, YEARS = 0.035, 10
NODES, WEIGHTS = leggauss(40)


def scipys(estimate):
    """The distribution of an estimate as SciPy names it."""
    value, low, high = (estimate.get(key) for key in ("value", "low", "high"))
    match estimate["distribution"]:
        case "triangular":
            return stats.triang((value - low) / (high - low), low, high - low)
        case "pert":
            wide = high - low
            return stats.beta(1 + 4 * (value - low) / wide, 1 + 4 * (high - value) / wide, low, wide)
        case "lognormal":
            return stats.lognorm(math.log(high / low) / (2 * Z95), scale=math.sqrt(low * high))
        case "beta":
            size = value * (1 - value) / estimate["sd"] ** 2 - 1
            return stats.beta(value * size, (1 - value) * size)
    raise AssertionError(estimate)


def expected(function, known):
    """Expected value of a function of one number: Gauss–Legendre on pieces that end at quantiles and at the
    mode."""
    edges = known.ppf(
        np.array([1e-13, 1e-6, 1e-3, 0.05, 0.25, 0.5, 0.75, 0.95, 1 - 1e-3, 1 - 1e-6, 1 - 1e-13])
    )
    edges = np.unique(
        np.append(edges, known.args[0] * known.args[2] + known.args[1] if known.dist.name == "triang" else [])
    )
    total = 0.0
    for low, high in pairwise(edges):
        x = 0.5 * (low + high) + 0.5 * (high - low) * NODES
        total += 0.5 * (high - low) * float(WEIGHTS @ (function(x) * known.pdf(x)))
    return total


def moments():
    """Mean and standard deviation of the ratio."""
    study = data("reference_study.yaml")
    mean = variance = 0.0
    for outcome in study["outcomes"].values():
        first = second = 1.0
        for field in ("quantity", "value", "deadweight", "displacement", "attribution"):
            known = scipys(outcome[field])
            one = known.mean() if field in ("quantity", "value") else 1 - known.mean()
            first, second = first * one, second * (one**2 + known.var())
        kept = scipys(outcome["drop_off"])

        def annuity(drop_off):
            return sum((1 - drop_off) ** (t - 1) / (1 + RATE) ** t for t in range(1, YEARS + 1))

        first *= expected(annuity, kept)
        second *= expected(lambda x: annuity(x) ** 2, kept)
        mean, variance = mean + first, variance + second - first**2
    inputs = [scipys(entry["value"]) for entry in study["inputs"].values()]
    whole = sum(known.mean() for known in inputs)

    @cache
    def laplace(s):
        return math.prod(expected(lambda x: np.exp(-s / whole * x), known) for known in inputs)

    one, two = (
        integrate.quad(lambda s, power=power: s**power * laplace(s), 0, 60, epsabs=0, epsrel=1e-9, limit=200)[
            0
        ]
        for power in (0, 1)
    )
    one, two = one / whole, two / whole**2
    return mean * one, math.sqrt((variance + mean**2) * two - (mean * one) ** 2)


if __name__ == "__main__":
    print(moments())
