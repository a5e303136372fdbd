"""Ranges: what a distribution wants of its ends, and the middle of one that is given by its ends alone."""

from __future__ import annotations

import math

from sroi.expression import Expression
from sroi.model import Estimate
from sroi.quantities import LARGEST, SHARE, shown, written
from sroi.scalars import Percent
from sroi.tolerance import same


def range_problem(
    estimate: Estimate, value: float | None, low: float | None, high: float | None, sd: float | None
) -> tuple[str, str] | None:
    """What is wrong with a range, and what to write instead; None where nothing is."""
    if estimate.shape == "bernoulli":
        if value is not None and SHARE.violated_by(value):
            what = f"{shown(value)} is not a chance, as distribution bernoulli wants"
            return what, "write a value from 0 to 1, or a percentage"
        return None
    if sd is not None:
        if (another := _another_writing(estimate)) is not None:
            return another
        if sd <= 0:
            return f"sd is {shown(sd)}", "write an sd above 0"
        if sd > LARGEST:
            message = f"sd {shown(sd)} is too large to be reckoned with"
            return message, f"write an sd up to {LARGEST:g}"
        if not (sd**2) or (value is not None and value + sd == value):
            beside = "" if value is None else f" beside {shown(value)}"
            message = f"sd {shown(sd)} is too small to be told from 0{beside}"
            return message, "write a larger sd, or leave it and the distribution out"
        if estimate.shape == "beta" and value is not None and not 0 < value < 1:
            return f"the mean of a beta distribution is {shown(value)}", "write a value between 0 and 1"
        if estimate.shape == "beta" and value is not None and sd**2 >= value * (1 - value):
            return (
                f"sd {shown(sd)} is too large for a beta distribution of mean {shown(value)}",
                f"write an sd below {math.sqrt(value * (1 - value)):.3g}",
            )
    if low is None or high is None:
        return None
    mixed = _with_and_without_percent(estimate, value, low, high)
    in_order = (low <= high or same(low, high)) and (value is None or low <= value <= high)
    if mixed is not None and (estimate.bounds is not SHARE or not in_order):
        return mixed
    if (another := _another_writing(estimate)) is not None:
        return another
    if low > high and not same(low, high):
        return f"low {written(low)} is above high {written(high)}", "exchange them"
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
    elif not (low <= value <= high or same(value, low) or same(value, high)):
        return (
            f"value {written(value)} is not between low {written(low)} and high {written(high)}",
            "widen the range, or mend the value",
        )
    return None


def _another_writing(estimate: Estimate) -> tuple[str, str] | None:
    """What is wrong where one number of a range is in per cent, and those beside it cannot be so."""
    said = {name: getattr(estimate, name) for name in ("value", "low", "high", "sd")}
    said = {name: each for name, each in said.items() if isinstance(each, float)}
    in_per_cent = {name for name, each in said.items() if isinstance(each, Percent)}
    bare = {name: each for name, each in said.items() if name not in in_per_cent}
    value = said.get("value")
    for name in ("low", "high", "sd"):
        each = said.get(name)
        if each is None or value is None:
            continue
        if name in in_per_cent and "value" in bare and abs(value) > 1:
            message = f"{name} {written(each)} stands beside {shown(value)}, which is no share"
            return message, f"for that share of it write {name}: {shown(each * value)}"
        if name in bare and "value" in in_per_cent and name == "sd" and each >= 1:
            return (
                f"sd {shown(each)} stands beside {written(value)}",
                f"for per cent write sd: {shown(each)}%",
            )
        either = value <= 0.01 if name == "high" else name == "low" and value < 1
        if name in bare and each == 1 and len(in_per_cent) > 1 and either:
            return f"{name} 1 stands beside {written(value)}", f"write {name}: 1%, or {name}: 100%"
    low, high = said.get("low"), said.get("high")
    if low is not None and high is not None and low > high and len(in_per_cent & {"low", "high"}) == 1:
        name = "high" if "low" in in_per_cent else "low"
        other = high if name == "low" else low
        hint = f"for per cent write {name}: {shown(said[name])}%"
        return f"{name} {shown(said[name])} stands beside {written(other)}", hint
    return None


def _with_and_without_percent(
    estimate: Estimate, value: float | None, low: float, high: float
) -> tuple[str, str] | None:
    """What is wrong where one number of a range is written in per cent and another probably lacks its %."""
    known = {
        name: each for name, each in (("value", value), ("low", low), ("high", high)) if each is not None
    }
    shares = [
        each
        for name, each in known.items()
        if abs(each) <= 1 and (isinstance(getattr(estimate, name), Percent) or estimate.bounds is SHARE)
    ]
    bare = {
        name: each
        for name, each in known.items()
        if (each > 1 if estimate.bounds is SHARE else each >= 2)
        and each <= 100
        and isinstance(getattr(estimate, name), float)
        and not isinstance(each, Percent)
    }
    if not shares or not bare:
        return None
    given = ", ".join(f"{name} {shown(each)}" for name, each in bare.items())
    hint = ", ".join(f"{name}: {shown(each)}%" for name, each in bare.items())
    return f"{given} stands beside {written(shares[0])}", f"for per cent write {hint}"


def middle(estimate: Estimate) -> float | Expression | None:
    """The value of a normal or lognormal estimate that is given by its ends alone; none of a written null."""
    if "value" in estimate.model_fields_set:
        return None
    if estimate.low is None or estimate.high is None or estimate.shape not in ("normal", "lognormal"):
        return None
    pattern = "(({low}) + ({high})) / 2" if estimate.shape == "normal" else "(({low}) * ({high})) ** 0.5"
    return Expression(pattern.format(low=_text(estimate.low), high=_text(estimate.high)))


def _text(number: float | Expression) -> str:
    return number.text if isinstance(number, Expression) else repr(number)
