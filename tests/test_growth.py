"""Work that grows with what is read, and no faster: calls and sizes are counted, never seconds."""

from __future__ import annotations

import cProfile
import csv
import pstats
import tracemalloc

import pytest

import sroi
from benchmarks.growth import HEAD, chained, circular, outcome, with_assumptions
from sroi.ordering import ordered
from sroi.suggestions import Suggestions
from sroi.uncertainty import model, sampling
from sroi.unit_costs import unit_costs

MOST_PER_DOUBLING = 2.6


def study(quantities=("12",), assumptions=()):
    lines = "".join(f"  {line}\n" for line in assumptions)
    entries = "".join(outcome(f"outcome_{at}", quantity) for at, quantity in enumerate(quantities))
    return f"{HEAD}{'assumptions:' if lines else ''}\n{lines}outcomes:\n{entries}"


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


def chain(count):
    return study([f"a_{count - 1}"] * 8, chained(count).splitlines())


def chain_used_at_each_link(count):
    return study([f"a_{at}" for at in range(count)], chained(count).splitlines())


def circles(count):
    return study(assumptions=circular(count).splitlines())


def unknown_names(count):
    return study(assumptions=[f"known_assumption_{at}: knwn_asumption_{at}" for at in range(count)])


def unknown_keys(count):
    return "".join(
        line.replace("value: 300", f"value: 300, quantiti_{at}: 3") + "\n"
        for at, line in enumerate(study(["12"] * count).splitlines())
    )


@pytest.mark.parametrize(
    "text", [with_assumptions, chain, chain_used_at_each_link, circles, unknown_names, unknown_keys]
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


RANGED = [
    "people: {value: 12, low: 8, high: 20}",
    "wide: {value: 90%, low: 60%, high: 99%}",
    "own: {value: people * 2, low: people, high: people * 3}",
    "unused: own * 2",
    *(f"share_{at}: {{value: 40%, low: 30%, high: 50%}}" for at in range(30)),
    "sum_0: share_0 * own",
    *(f"sum_{at}: share_{at} * people + sum_{at - 1}" for at in range(1, 30)),
]


@pytest.mark.parametrize("ahead", [0, 1 << 23])
@pytest.mark.parametrize("draws", [{"draws": 500}, {"draws": 500, "sampler": "sobol"}])
def test_draws_that_are_dropped_and_made_again_are_those_that_are_held(monkeypatch, ahead, draws):
    text = study([f"sum_{at} * share_{29 - at}" for at in reversed(range(30))], RANGED)
    text = text.replace("deadweight: 20%", "deadweight: wide * 1.05")
    monkeypatch.setattr(sampling, "_AHEAD", ahead)
    dropped = sroi.simulate(sroi.loads(text), **draws)
    held = sroi.simulate(sroi.loads(text), keep=lambda _: None, **draws)
    assert dropped.to_dict() == held.to_dict()
    assert dropped.truncated


@pytest.mark.parametrize("backwards", [False, True])
def test_a_simulation_holds_the_draws_of_few_numbers_at_once(monkeypatch, backwards):
    ranged = [f"share_{at}: {{value: 40%, low: 30%, high: 50%}}" for at in range(200)]
    uses = [f"12 * share_{at}" for at in range(200)]
    evaluation = sroi.evaluate(sroi.loads(study(uses[::-1] if backwards else uses, ranged)))
    monkeypatch.setattr(sampling, "_AHEAD", 100_000)
    sroi.simulate(evaluation, draws=10)
    tracemalloc.start()
    sroi.simulate(evaluation, draws=10_000)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 60 * 10_000 * 8


@pytest.mark.parametrize("calculation", [sroi.sensitivity, lambda each: sroi.simulate(each, draws=16)])
@pytest.mark.parametrize("text", [with_assumptions, chain_used_at_each_link])
def test_drawing_takes_calls_that_grow_with_what_is_read(calculation, text):
    calculation(sroi.loads(text(4)))
    few, many = (calls(calculation, sroi.loads(text(count))) for count in (150, 300))
    assert many < MOST_PER_DOUBLING * few


def test_a_page_takes_calls_that_grow_with_its_outcomes(tmp_path):
    def written(count):
        path = tmp_path / f"{count}.html"
        return calls(lambda: sroi.report(sroi.loads(with_assumptions(count)), path, draws=16))

    written(3)
    few, many = written(400), written(800)
    assert many < MOST_PER_DOUBLING * few


NINE = "stakeholder,outcome,quantity,value,duration,deadweight,displacement,attribution,drop_off\n"
MAPS = {
    "outcomes": lambda at: f"People {at},Less lonely {at},{at + 1},100,1,10%,0%,10%,0%\n",
    "one outcome": lambda at: f"People,Less lonely,{at + 1},100,1,10%,0%,10%,0%\n",
    "incomplete": lambda at: f"People,L{at},{at * at + 1},{at * 7 + 3},,,,,\n",
    "unnamed": lambda at: f"People,,{at * at + 1},{at * 7 + 3},,,,,\n",
    "totals": lambda at: f"Total,Total,{at * at},{at},,,,,\nPeople,L{at},{at},{at * 7 + 3},1,0,0,0,0\n",
}


@pytest.mark.parametrize("row", MAPS)
def test_a_map_is_read_in_calls_that_grow_with_its_rows(tmp_path, row):
    def read(count):
        path = tmp_path / f"{count}.csv"
        path.write_text(NINE + "".join(map(MAPS[row], range(count))))
        return calls(
            lambda: sroi.import_value_map(path, currency="GBP", price_year=2024, discount_rate=0.035)
        )

    read(3)
    few, many = read(120), read(240)
    assert many < MOST_PER_DOUBLING * few


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("assumptions:\n" + "".join(f"  a{at}: 1\n" for at in range(25_001)), "more than 25,000 entries"),
        ("notes: [" + "1, " * 25_000 + "1]\n", "more than 25,000 entries"),
        ("".join(f"a{at}: {{b: {{}}}}\n" for at in range(25_001)), "more than 25,000 entries"),
        ("".join(f"a{at}: [{'{},' * 90}]\n" for at in range(1_500)), "more than 125,000 values"),
        ("sroi: 1\n" * 30_000, "more keys may be given twice"),
        (study(assumptions=[f"a{at}: b{at}" for at in range(2_000)]), "1,000 more problems are not listed"),
        (study(assumptions=[f"a{at}: b c" for at in range(2_000)]), "1,000 more problems are not listed"),
    ],
    ids=["assumptions", "list", "keys", "empty", "twice", "names", "no numbers"],
)
def test_a_document_of_too_much_is_refused_in_few_words(text, said):
    with pytest.raises(sroi.DocumentError, match=said) as refused:
        sroi.loads(text)
    assert len(refused.value.problems) <= 1_001
