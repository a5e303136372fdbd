"""Ranges: what a distribution wants of its ends, and the middle of one that is given by its ends alone."""

from __future__ import annotations

import math

from sroi.expression import Expression
from sroi.model import Estimate
from sroi.quantities import shown


def range_problem(
    estimate: Estimate, value: float | None, low: float | None, high: float | None, sd: float | None
) -> tuple[str, str] | None:
    """What is wrong with a range, and what to write instead; None where nothing is."""
    if sd is not None:
        if sd <= 0:
            return f"sd is {shown(sd)}", "write an sd above 0"
        if estimate.shape == "beta" and value is not None and not 0 < value < 1:
            return f"the mean of a beta distribution is {shown(value)}", "write a value between 0 and 1"
        if estimate.shape == "beta" and value is not None and sd**2 >= value * (1 - value):
            return (
                f"sd {shown(sd)} is too large for a beta distribution of mean {shown(value)}",
                f"write an sd below {math.sqrt(value * (1 - value)):.3g}",
            )
    if low is None or high is None:
        return None
    if low > high:
        return f"low {shown(low)} is above high {shown(high)}", "exchange them"
    if estimate.shape == "lognormal" and low <= 0:
        return (
            f"low {shown(low)} of a lognormal distribution is not above 0",
            "write a low above 0, or another distribution",
        )
    if value is None:
        return None
    if estimate.shape in ("normal", "lognormal"):
        middle = (low + high) / 2 if estimate.shape == "normal" else math.sqrt(low * high)
        if abs(value - middle) > 0.01 * (abs(middle) or (high - low) / 2):
            which = "midpoint" if estimate.shape == "normal" else "geometric mean"
            where = f"within 1% of the {which} of low and high, {middle:.6g}, as {estimate.shape} wants"
            return f"value {shown(value)} is not {where}", "leave value out, or mend low and high"
    elif not low <= value <= high:
        return (
            f"value {shown(value)} is not between low {shown(low)} and high {shown(high)}",
            "widen the range, or mend the value",
        )
    return None


def middle(estimate: Estimate) -> float | Expression | None:
    """The value of a normal or lognormal estimate that is given by its ends alone."""
    if estimate.low is None or estimate.high is None or estimate.shape not in ("normal", "lognormal"):
        return None
    pattern = "(({low}) + ({high})) / 2" if estimate.shape == "normal" else "(({low}) * ({high})) ** 0.5"
    return Expression(pattern.format(low=_text(estimate.low), high=_text(estimate.high)))


def _text(number: float | Expression) -> str:
    return number.text if isinstance(number, Expression) else repr(number)
