"""Studies with ranges, how their draws are collected, and how near a figure from draws has to come."""

import math
from pathlib import Path

import numpy as np
import yaml
from helpers import outcome, small, study_of

import sroi

DATA = Path(__file__).parent.parent / "data"
Z95 = 1.6448536269514722
"""95th percentile of the standard normal distribution."""


def data(name):
    """A file of figures that the tests compare with."""
    return yaml.safe_load((DATA / name).read_text(encoding="utf-8"))


def over(low, value, high, shape=None, **fields):
    """A number with a range."""
    return {"value": value, "low": low, "high": high, **({"distribution": shape} if shape else {}), **fields}


def uniform(low, high, value=None):
    """A number that is anywhere between two others."""
    return over(low, (low + high) / 2 if value is None else value, high, "uniform")


def normal(mean, sd):
    """A number by its mean and standard deviation."""
    return {"value": mean, "sd": sd, "distribution": "normal"}


def study(changes=None, **sections):
    """The small study with sections replaced and values changed by path."""
    return study_of(small(changes, **sections))


def of_values(*values, investment=1, changes=None, **sections):
    """A study whose ratio is the sum of some money values, each an outcome's own, over the investment."""
    outcomes = {
        f"worth_{position}": outcome(quantity=1, value=value) for position, value in enumerate(values)
    }
    return study({"inputs.grant.value": investment, **(changes or {})}, outcomes=outcomes, **sections)


def draws_of(chosen, draws, **arguments):
    """Every draw of every number and figure by name, and the simulation that made them."""
    chunks = []
    found = sroi.simulate(chosen, draws=draws, keep=chunks.append, **arguments)
    return {name: np.concatenate([chunk[name] for chunk in chunks]) for name in chunks[0]}, found


def is_near(found, exact, error, most=4):
    """Whether a figure from draws is as near to the exact one as so many standard errors."""
    return bool(np.all(np.abs(np.asarray(found) - exact) <= most * np.asarray(error)))


def error_of_sd(draws):
    """Standard error of the standard deviation of some draws, by their own fourth moment."""
    gaps = draws - draws.mean()
    variance = (gaps**2).mean()
    return math.sqrt(((gaps**4).mean() - variance**2) / len(draws)) / (2 * math.sqrt(variance))


def at(chosen, values):
    """The result by the engine itself, with numbers set by path."""
    return sroi.evaluate(sroi.change(chosen, values)) if values else sroi.evaluate(chosen)
