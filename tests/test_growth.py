"""Work that grows with what is read, and no faster: calls and sizes are counted, never seconds."""

from __future__ import annotations

import cProfile
import csv
import pstats

import pytest

import sroi
from sroi.ordering import ordered
from sroi.suggestions import Suggestions
from sroi.uncertainty import model
from sroi.unit_costs import unit_costs

HEAD = """sroi: 1
id: growth
title: Growth
kind: forecast
currency: GBP
price_year: 2024
first_year: 2024
method: default
stakeholders: {people: {title: People}, funder: {title: Funder}}
inputs: {grant: {stakeholder: funder, kind: cash, value: 100000}}
"""
SHARES = "deadweight: 20%, displacement: 0%, attribution: 10%, drop_off: 25%"
MOST_PER_DOUBLING = 2.6


def outcomes(quantities):
    lines = (
        f"  outcome_{at}: {{stakeholder: people, quantity: {quantity}, value: 300, starts: after,"
        f" duration: 5, {SHARES}}}\n"
        for at, quantity in enumerate(quantities)
    )
    return f"outcomes:\n{''.join(lines)}"


def study(quantities=("12",), assumptions=()):
    lines = "".join(f"  {line}\n" for line in assumptions)
    return f"{HEAD}{'assumptions:' if lines else ''}\n{lines}{outcomes(quantities)}"


def calls(work, *arguments):
    """How many function calls a piece of work takes, Python's own included."""
    profile = cProfile.Profile()
    profile.enable()
    try:
        work(*arguments)
    except sroi.DocumentError:
        pass
    finally:
        profile.disable()
    return pstats.Stats(profile).total_calls


def as_json(text):
    return sroi.evaluate(sroi.loads(text)).to_json()


def own_assumptions(count):
    lines = ["people: 12", *(f"share_{at}: {{value: 40%, low: 30%, high: 50%}}" for at in range(count))]
    return study([f"people * share_{at}" for at in range(count)], lines)


def chain(count):
    return study([f"a_{count - 1}"] * 8, ["a_0: 1", *(f"a_{at}: a_{at - 1} + 1" for at in range(1, count))])


def chain_used_at_each_link(count):
    lines = ["a_0: 1", *(f"a_{at}: a_{at - 1} + 1" for at in range(1, count))]
    return study([f"a_{at}" for at in range(count)], lines)


def circles(count):
    return study(
        assumptions=[f"{one}_{at}: {other}_{at}" for at in range(count) for one, other in ("ab", "ba")]
    )


def unknown_names(count):
    return study(assumptions=[f"known_assumption_{at}: knwn_asumption_{at}" for at in range(count)])


def unknown_keys(count):
    return "".join(
        line.replace("value: 300", f"value: 300, quantiti_{at}: 3") + "\n"
        for at, line in enumerate(study(["12"] * count).splitlines())
    )


@pytest.mark.parametrize(
    "text", [own_assumptions, chain, chain_used_at_each_link, circles, unknown_names, unknown_keys]
)
def test_calls_grow_with_what_is_read(text):
    calls(as_json, text(4))
    few, many = calls(as_json, text(200)), calls(as_json, text(400))
    assert many < MOST_PER_DOUBLING * few


@pytest.mark.parametrize("name", ["Cost of a visit", "Total cost of a visit"])
def test_equal_rows_of_costs_are_looked_at_in_calls_that_grow_with_them(tmp_path, name):
    def table(count):
        path = tmp_path / f"{count}.csv"
        with path.open("w", newline="") as file:
            rows = csv.writer(file)
            rows.writerow(["Description", "Cost", "Price year"])
            rows.writerows([[name, "12.50", "2019"]] * count)
        return path

    calls(lambda: unit_costs(table(3), pack="p"))
    few, many = (calls(unit_costs_of, table(count)) for count in (300, 600))
    assert many < MOST_PER_DOUBLING * few


def unit_costs_of(path):
    return unit_costs(path, pack="p")


def test_a_long_chain_has_a_value_and_names_what_it_uses():
    found = sroi.evaluate(sroi.loads(chain(3_000)))
    assert found.row("outcome_0").quantity == 3_000
    numbers = {each["path"]: each for each in found.to_dict()["provenance"]["numbers"]}
    assert numbers["assumptions.a_2999"]["rests_on"] == ["a_2998"]
    assert found.value_by_basis["assumed"] == pytest.approx(1)


def test_names_are_ordered_and_circles_told_apart():
    uses = {"x": ["y", "a"], "y": ["z"], "z": ["y"], "a": [], "s": ["s"], "b": ["a", "x"]}
    order, found = ordered(uses)
    assert sorted(map(sorted, found)) == [["s"], ["y", "z"]]
    assert set(order) == {"x", "a", "b"}
    assert order.index("a") < order.index("x") < order.index("b")


def test_a_late_asker_is_still_told_what_was_meant():
    known = Suggestions(f"known_assumption_{at}" for at in range(1_000))
    asked = [known.instead(f"knwn_assumption_{at}") for at in range(1_000)]
    assert asked[0] == "did you mean known_assumption_0?"
    assert asked[-1] == "did you mean known_assumption_999?"
    assert known.instead("zzz").startswith("known here: known_assumption_0, ")


def cohorts(count):
    each = ", ".join(["{value: 5, low: 3, high: 8}"] * count)
    return sroi.loads(study([f"[{each}]"] * 4).replace("duration: 5", f"duration: {count}"))


def test_numbers_set_in_turn_are_held_some_at_a_time(monkeypatch):
    held = []
    evaluate = model.DrawnStudy.evaluate

    def watched(self, draws, **options):
        held.append(sum(getattr(each, "size", 1) for each in draws.values()))
        return evaluate(self, draws, **options)

    monkeypatch.setattr(model.DrawnStudy, "evaluate", watched)
    few = sroi.switching_values(cohorts(60))
    assert len(few.numbers if hasattr(few, "numbers") else few.values) > 240
    assert max(held) <= 4_000_000


@pytest.mark.parametrize(
    "calculation",
    [
        sroi.sensitivity,
        sroi.switching_values,
        sroi.sobol,
        sroi.value_of_information,
        sroi.simulate,
        sroi.scenarios,
        sroi.ledger_spread,
        lambda each: sroi.grid(each, "outcomes.outcome_0.quantity[0]", "outcomes.outcome_1.quantity[0]"),
    ],
)
def test_what_would_not_fit_in_memory_is_refused_before_it_is_calculated(monkeypatch, calculation):
    monkeypatch.setattr("os.sysconf", lambda name: {"SC_PAGE_SIZE": 1, "SC_PHYS_PAGES": 1_000}[name])
    with pytest.raises(sroi.DocumentError, match="of memory, and this machine has"):
        calculation(cohorts(3))


def test_a_grid_of_more_points_than_memory_holds_is_refused():
    pair = ("outcomes.outcome_0.quantity[0]", "outcomes.outcome_1.quantity[0]")
    with pytest.raises(sroi.DocumentError, match="take fewer points"):
        sroi.grid(cohorts(3), *pair, points=1_000_000)
