"""Whole studies that Hypothesis draws over every option of the format which the oracle knows too."""

import math

from helpers import small
from hypothesis import strategies as st

SHIPPED_SCHEDULES = ("green-book-2022", "green-book-2026")


def hundredths(low, high):
    """Numbers with two decimals."""
    return st.integers(math.ceil(low * 100), math.floor(high * 100)).map(lambda cents: cents / 100)


MONEY = hundredths(-100_000, 100_000)
COUNTS = st.one_of(st.integers(-50, 500), hundredths(0, 500))
DURATIONS = st.one_of(st.integers(1, 6), hundredths(0.01, 12), st.integers(1, 125))
STARTS = st.one_of(
    st.sampled_from(("during", "after")), st.integers(0, 5).map(lambda years: {"years_later": years})
)
RATES = st.one_of(hundredths(0, 0.2), st.integers(0, 20).map("{}%".format))


def price_years(deflator):
    """Price years that a deflator can convert, whatever they are paired with."""
    last = 2024 if deflator == "cpi" else 2030
    return st.one_of(
        st.integers(1991, last), st.integers(1991, last).map(lambda year: f"{year}-{(year + 1) % 100:02d}")
    )


@st.composite
def methods(draw):
    """A profile with any of its choices overridden."""
    method = {"profile": draw(st.sampled_from(("default", "svi-guide", "green-book")))}
    choices = {
        "timing": st.sampled_from(("start", "mid", "end")),
        "input_timing": st.sampled_from(("start", "mid", "end")),
        "discount_inputs": st.booleans(),
        "discount_from": st.one_of(st.just("first_year"), st.integers(2000, 2030)),
        "deductions": st.sampled_from(("multiplied", "added")),
        "drop_off_from": st.sampled_from(("second_year", "first_year")),
        "drop_off_shape": st.sampled_from(("geometric", "linear")),
        "part_years": st.sampled_from(("pro_rata", "whole")),
        "deflator": st.sampled_from(("gdp", "cpi", "none")),
        "horizon": st.one_of(st.none(), st.integers(0, 30)),
        "transfers": st.sampled_from(("excluded", "included")),
    }
    rates = draw(st.sampled_from(("as the profile", "flat", "schedule")))
    if rates == "flat":
        method["discount_rate"] = draw(RATES)
    elif rates == "schedule":
        method["discount_schedule"] = draw(st.sampled_from(SHIPPED_SCHEDULES))
    return method | {name: draw(values) for name, values in choices.items() if draw(st.booleans())}


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


def sums(years):
    """A sum of money, in each of the ways to write one."""
    dated = st.builds(
        lambda value, year: {"value": value, "price_year": year},
        st.one_of(MONEY, st.just("members * 12.5")),
        years,
    )
    return st.one_of(
        MONEY,
        dated,
        st.just("unit_cost"),
        st.just("-unit_cost * share + 3"),
        st.just("unit_cost * 2 ** share"),
    )


def counts():
    """A quantity, in each of the ways to write one."""
    return st.one_of(COUNTS, st.just("members"), st.just("members * share"), st.just("max(members, 10) - 5"))


@st.composite
def outcomes(draw, years, most):
    """An outcome; ``most`` is the largest share that it deducts."""
    entry = {
        "stakeholder": draw(st.sampled_from(("people", "council"))),
        "quantity": draw(st.one_of(counts(), st.lists(counts(), min_size=1, max_size=4))),
        "value": draw(sums(years)),
        "starts": draw(STARTS),
        "duration": draw(DURATIONS),
        "drop_off": draw(shares(1)),
        "kind": draw(st.sampled_from(("wellbeing", "resource", "transfer", "tax"))),
    }
    benefit_years = math.ceil(entry["duration"])
    ours = draw(st.booleans())
    for name in ("deadweight", "displacement", "contribution" if ours else "attribution"):
        share = st.floats(1 - most, 1) if name == "contribution" else shares(most)
        entry[name] = draw(st.one_of(share, st.lists(share, min_size=1, max_size=min(benefit_years, 4))))
    if draw(st.booleans()):
        entry["drop_off_from"] = draw(st.sampled_from(("second_year", "first_year")))
    if draw(st.booleans()):
        entry["discount_schedule"] = draw(st.sampled_from(SHIPPED_SCHEDULES))
    return entry


@st.composite
def inputs(draw, years):
    """An input that is nowhere below zero."""
    entry = {
        "stakeholder": draw(st.sampled_from(("people", "council"))),
        "kind": draw(st.sampled_from(("cash", "in_kind", "volunteer_time", "concession"))),
    }
    money = hundredths(0, 50_000)
    nominal = draw(st.booleans())
    dated = (
        money
        if nominal
        else st.one_of(
            money, st.builds(lambda value, year: {"value": value, "price_year": year}, money, years)
        )
    )
    entry["value"] = draw(st.one_of(dated, st.lists(dated, min_size=1, max_size=6)))
    if not isinstance(entry["value"], list):
        entry["years"] = draw(st.integers(1, 6))
    return entry | ({"prices": "nominal"} if nominal else {})


@st.composite
def documents(draw, method=None, kinds=None):
    """A whole study that has a result, over every option of the format that the oracle knows."""
    method = draw(methods()) if method is None else method
    deflator = method.get("deflator", "gdp")
    years = price_years(deflator)
    most = 1 / 3 if method.get("deductions") == "added" else 1
    found = draw(st.lists(outcomes(years, most), min_size=1, max_size=4))
    for entry in found:
        entry["kind"] = draw(st.sampled_from(kinds)) if kinds else entry["kind"]
    return small(
        method=method,
        price_year=draw(years),
        first_year=draw(st.integers(2000, 2018)),
        assumptions={
            "members": draw(COUNTS),
            "share": draw(st.one_of(st.floats(0, most), st.integers(0, int(100 * most)).map("{}%".format))),
            "unit_cost": draw(
                st.one_of(
                    MONEY, st.builds(lambda value, year: {"value": value, "price_year": year}, MONEY, years)
                )
            ),
        },
        inputs={
            "core": {"stakeholder": "council", "kind": "cash", "value": draw(hundredths(100, 50_000))},
            **{
                f"input_{position}": entry
                for position, entry in enumerate(draw(st.lists(inputs(years), max_size=2)))
            },
        },
        outcomes={f"outcome_{position}": entry for position, entry in enumerate(found)},
    )
