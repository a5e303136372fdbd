"""Whole studies that Hypothesis draws over every option of the format which the oracle knows too.

What may be chosen is read from the types of the models: a choice that is added to one of them is drawn by
every property test, which fail where these strategies cannot write it or the oracle cannot work it out.
"""

import math
from functools import cache
from typing import Literal, get_args, get_origin

from helpers import small
from hypothesis import strategies as st

import sroi
from sroi.model import DEDUCTIONS

SHIPPED_SCHEDULES = ("green-book-2022", "green-book-2026")


def literals(annotation):
    """Every choice that a type lists, wherever in it."""
    if get_origin(annotation) is Literal:
        return get_args(annotation)
    if annotation is bool:
        return (False, True)
    return tuple(choice for part in get_args(annotation) for choice in literals(part))


def options(model, field):
    """The choices of a field."""
    return literals(model.model_fields[field].annotation)


@cache
def choices(model, field):
    """Any choice of a field."""
    return st.sampled_from(options(model, field))


@cache
def hundredths(low, high):
    """Numbers with two decimals."""
    return st.integers(math.ceil(low * 100), math.floor(high * 100)).map(lambda cents: cents / 100)


MONEY = hundredths(-100_000, 100_000)
COUNTS = st.one_of(st.integers(-50, 500), hundredths(0, 500))
DURATIONS = st.one_of(st.integers(1, 6), hundredths(0.01, 12), st.integers(1, 125))
STARTS = st.one_of(
    choices(sroi.Outcome, "starts"), st.integers(0, 5).map(lambda years: {"years_later": years})
)
RATES = st.one_of(hundredths(0, 0.2), st.integers(0, 20).map("{}%".format))
STAKEHOLDERS = st.sampled_from(("people", "council"))
SCHEDULES = st.sampled_from(SHIPPED_SCHEDULES)
CHOICES = {
    "discount_from": st.one_of(st.just("first_year"), st.integers(2000, 2030)),
    "horizon": st.one_of(st.none(), st.integers(0, 30)),
}
"""Every choice of a method but the profile's name and the rates."""
CHOICES |= {
    name: choices(sroi.MethodProfile, name)
    for name in sroi.MethodProfile.model_fields
    if name not in ("profile", "discount_rate", "discount_schedule", *CHOICES)
}


@cache
def listed(strategy, most):
    """What a strategy draws, or a list of up to ``most``."""
    return st.one_of(strategy, several(strategy, 1, most))


@cache
def either(one, other):
    """What one of two strategies draws."""
    return st.one_of(one, other)


@cache
def several(strategy, least, most):
    """Lists of what a strategy draws."""
    return st.lists(strategy, min_size=least, max_size=most)


@cache
def dated(money, years):
    """Money in the prices of a year."""
    return st.builds(lambda value, year: {"value": value, "price_year": year}, money, years)


@cache
def price_years(deflator):
    """Price years that a deflator can convert, whatever they are paired with."""
    years = st.integers(1991, 2024 if deflator == "cpi" else 2030)
    return st.one_of(years, years.map(lambda year: f"{year}-{(year + 1) % 100:02d}"))


@st.composite
def methods(draw):
    """A profile with any of its choices overridden."""
    method = {"profile": draw(st.sampled_from(tuple(sroi.PROFILES)))}
    rates = draw(st.sampled_from(("as the profile", "flat", "schedule")))
    if rates == "flat":
        method["discount_rate"] = draw(RATES)
    elif rates == "schedule":
        method["discount_schedule"] = draw(SCHEDULES)
    return method | {name: draw(values) for name, values in CHOICES.items() if draw(st.booleans())}


def chosen(method, name):
    """What a method as it is written comes to in one of its choices."""
    return method.get(name, getattr(sroi.PROFILES[method.get("profile", "default")], name))


def most_deducted(method):
    """The largest share that each deduction may be under a method."""
    return 1 / len(DEDUCTIONS) if chosen(method, "deductions") == "added" else 1


@cache
def shares(most):
    """A share, in each of the ways to write one."""
    number = st.floats(0, most, allow_subnormal=False)
    percentage = st.integers(0, int(100 * most)).map("{}%".format)
    return st.one_of(
        number,
        percentage,
        st.just("share"),
        st.just("min(share, 20%) / 2"),
        number.map(lambda share: {"value": share, "rationale": "drawn"}),
    )


@cache
def sums(years):
    """A sum of money, in each of the ways to write one."""
    return st.one_of(
        MONEY,
        dated(st.one_of(MONEY, st.just("members * 12.5")), years),
        st.just("unit_cost"),
        st.just("-unit_cost * share + 3"),
        st.just("unit_cost * 2 ** share"),
    )


@cache
def counts():
    """A quantity, in each of the ways to write one."""
    return st.one_of(COUNTS, st.just("members"), st.just("members * share"), st.just("max(members, 10) - 5"))


@cache
@st.composite
def outcomes(draw, years, most):
    """An outcome; ``most`` is the largest share that it deducts."""
    entry = {
        "stakeholder": draw(STAKEHOLDERS),
        "quantity": draw(listed(counts(), 4)),
        "starts": draw(STARTS),
        "duration": draw(DURATIONS),
        "drop_off": draw(shares(1)),
        "kind": draw(choices(sroi.Outcome, "kind")),
    }
    benefit_years = math.ceil(entry["duration"])
    entry["value"] = draw(listed(sums(years), min(benefit_years, 4)))
    ours = draw(st.booleans())
    for name in ("contribution" if ours and each == "attribution" else each for each in DEDUCTIONS):
        share = OURS[most] if name == "contribution" else shares(most)
        entry[name] = draw(listed(share, min(benefit_years, 4)))
    if draw(st.booleans()):
        entry["drop_off_from"] = draw(choices(sroi.Outcome, "drop_off_from"))
    if draw(st.booleans()):
        entry["discount_schedule"] = draw(SCHEDULES)
    if draw(st.booleans()):
        entry["optimism_bias"] = draw(shares(1))
    return entry


OURS = {most: st.floats(1 - most, 1) for most in (1 / 3, 1)}


@cache
@st.composite
def inputs(draw, years):
    """An input that is nowhere below zero."""
    entry = {
        "stakeholder": draw(STAKEHOLDERS),
        "kind": draw(choices(sroi.Input, "kind")),
        "prices": draw(choices(sroi.Input, "prices")),
    }
    money = hundredths(0, 50_000)
    real = money if entry["prices"] == "nominal" else either(money, dated(money, years))
    entry["value"] = draw(listed(real, 6))
    if not isinstance(entry["value"], list):
        entry["years"] = draw(st.integers(1, 6))
    if draw(st.booleans()):
        entry["optimism_bias"] = draw(hundredths(0, 3))
    return entry


SPREADS = {
    "normal": lambda low, value, high: {"sd": (high - low) / 4},
    "lognormal": lambda low, value, high: {"value": math.sqrt(low * high), "low": low, "high": high},
    "beta": lambda low, value, high: {"sd": min(value, 1 - value) / 3},
    "fixed": lambda low, value, high: {},
    "bernoulli": lambda low, value, high: {},
} | dict.fromkeys(("pert", "triangular", "uniform"), lambda low, value, high: {"low": low, "high": high})
"""What is written beside a value between two ends, in each distribution."""


def vanishes(shape, low, value, high):
    """Whether the standard deviation beside a value cannot be told from 0; such a study is refused."""
    sd = SPREADS[shape](low, value, high)["sd"]
    return not (sd**2) or value + sd == value


def estimates(low, value, high, *, beyond):
    """A number in any distribution that fits it; ``beyond``: whether draws may lie outside the two ends."""
    unfit = {"lognormal"} if low <= 0 else set()
    unfit |= {"beta"} if not 0 < value < 1 else set()
    unfit |= {
        shape for shape in ("beta", "normal") if shape not in unfit and vanishes(shape, low, value, high)
    }
    unfit |= {"bernoulli"} if not (beyond and 0 <= value <= 1) or high > 1 else set()
    unfit |= {"normal", "lognormal", "beta"} if not beyond else set()
    return (
        choices(sroi.Estimate, "distribution")
        .filter(lambda shape: shape not in unfit)
        .map(lambda shape: {"value": value, "distribution": shape, **SPREADS[shape](low, value, high)})
    )


@cache
def assumptions(years, most):
    """The assumptions that the expressions above name."""
    return st.fixed_dictionaries(
        {
            "members": COUNTS,
            "share": st.one_of(
                st.floats(0, most, allow_subnormal=False), st.integers(0, int(100 * most)).map("{}%".format)
            ),
            "unit_cost": st.one_of(MONEY, dated(MONEY, years)),
        }
    )


@st.composite
def documents(draw, method=None, kinds=None):
    """A whole study that has a result, over every option of the format that the oracle knows."""
    method = draw(methods()) if method is None else method
    years = price_years(chosen(method, "deflator"))
    most = most_deducted(method)
    found = draw(several(outcomes(years, most), 1, 4))
    for entry in found:
        entry["kind"] = draw(st.sampled_from(kinds)) if kinds else entry["kind"]
    given = draw(several(inputs(years), 0, 2))
    return small(
        method=method,
        price_year=draw(years),
        first_year=draw(st.integers(2000, 2018)),
        assumptions=draw(assumptions(years, most)),
        inputs={
            "core": {"stakeholder": "council", "kind": "cash", "value": draw(hundredths(100, 50_000))},
            **{f"input_{position}": entry for position, entry in enumerate(given)},
        },
        outcomes={f"outcome_{position}": entry for position, entry in enumerate(found)},
    )
