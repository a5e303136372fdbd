"""Arrays of draws give what the engine itself gives for each draw: on any study,
whatever is set."""

import copy
import math

import numpy as np
import pytest
from helpers import outcome, small, study_of
from hypothesis import given, settings
from hypothesis import strategies as st
from ranged import over, study, uniform
from strategies import documents, estimates, most_deducted

import sroi
from sroi import formulas
from sroi.backends import FLOATS
from sroi.backends.arrays import ARRAYS
from sroi.tolerance import same
from sroi.uncertainty.model import DrawnStudy
from sroi.uncertainty.response import Response
from sroi.uncertainty.simulation import simulate

SHARES = ("deadweight", "displacement", "attribution", "contribution")


def settable(document):
    """Path of every number of a document that a draw can stand for, with its limits."""
    most = most_deducted(document["method"])
    found = {
        "assumptions.members": (0, 500),
        "assumptions.share": (0, most),
        "assumptions.unit_cost": (-1e5, 1e5),
    }
    for name, entry in document["inputs"].items():
        values = entry["value"] if isinstance(entry["value"], list) else [entry["value"]]
        at = (
            [f"[{position}]" for position in range(len(values))] if isinstance(entry["value"], list) else [""]
        )
        found |= {f"inputs.{name}.value{each}": (100, 5e4) for each in at}
    for name, entry in document["outcomes"].items():
        fields = (*SHARES, "value")
        listed = max((len(entry[field]) for field in fields if isinstance(entry.get(field), list)), default=1)
        found[f"outcomes.{name}.drop_off"] = (0, 1)
        found[f"outcomes.{name}.duration"] = (max(listed - 0.99, 0.01), 125 if entry["duration"] > 12 else 12)
        limits = {
            "quantity": (-50, 500),
            "value": (-1e5, 1e5),
            "contribution": (1 - most, 1),
            **dict.fromkeys(SHARES[:3], (0, most)),
        }
        for field, each in limits.items():
            written = entry.get(field)
            if isinstance(written, list):
                found |= {f"outcomes.{name}.{field}[{position}]": each for position in range(len(written))}
            elif written is not None:
                found[f"outcomes.{name}.{field}"] = each
    return found


@st.composite
def settings_of(draw, document, draws):
    """Some of a document's numbers, each with so many draws; its ends among them."""
    limits = settable(document)
    chosen = draw(st.lists(st.sampled_from(sorted(limits)), min_size=1, max_size=8, unique=True))
    return {
        path: draw(
            st.lists(st.floats(*limits[path], allow_subnormal=False), min_size=draws, max_size=draws).map(
                lambda each, ends=limits[path]: np.array([at_an_end(one, *ends) for one in each])
            )
        )
        for path in chosen
    }


def at_an_end(value, low, high):
    """The value, or the end that rounding alone keeps it from: the engine counts that as none or all."""
    return next((float(end) for end in (low, high) if same(value, end)), value)


@st.composite
def drawn_documents(draw, draws=2):
    """A document and the draws of some of its numbers."""
    document = draw(documents())
    return document, draw(settings_of(document, draws))


def differing(drawn, outcomes, draw, engine):
    """The figures of one draw that are not the engine's, to 1e-10 of what is added up to make them."""
    gross = sum(abs(each) for row in engine.outcomes for each in row.by_year_pv if each is not None)
    figures = {
        "investment": (drawn.investment, engine.investment, engine.investment),
        "present_value": (drawn.present_value, engine.present_value, gross),
        "net_present_value": (drawn.net_present_value, engine.net_present_value, gross + engine.investment),
        "ratio": (drawn.ratio, engine.social_return_ratio, gross / engine.investment),
        "savings_ratio": (drawn.savings_ratio, engine.savings_ratio, gross / engine.investment),
        "payback": (drawn.payback(), math.inf if engine.payback_years is None else engine.payback_years, 1),
    }
    figures |= {
        row.outcome: (outcomes[row.outcome], row.present_value, sum(map(abs, row.by_year_pv)))
        for row in engine.outcomes
        if row.in_total
    }
    given = {
        name: (float(np.broadcast_to(found, (2,))[draw]), wanted, size)
        for name, (found, wanted, size) in figures.items()
    }
    return {
        name: each
        for name, each in given.items()
        if not math.isclose(each[0], each[1], rel_tol=1e-10, abs_tol=1e-10 * each[2])
    }


def payback_is_told_apart(engine):
    """Whether no running sum lies so near to zero that rounding decides on which side of it."""
    rows = [*[row for row in engine.outcomes if row.in_total], *engine.inputs]
    gross = sum(abs(each) for row in rows for each in row.by_year_pv)
    gained, spent = (
        np.array([row.by_year_pv for row in each]).sum(axis=0) if each else 0.0
        for each in (rows[: -len(engine.inputs)], engine.inputs)
    )
    sums = np.cumsum(gained - spent)
    return bool(np.all((np.abs(sums) > 1e-8 * gross) | (np.abs(sums) < 1e-14 * gross)))


@given(drawn_documents())
@settings(max_examples=80)
def test_every_draw_is_what_the_engine_gives(drawn_document):
    document, values = drawn_document
    chosen = study_of(document)
    model = DrawnStudy(chosen)
    outcomes = {}
    drawn = model.evaluate(values, on_outcome=outcomes.__setitem__, by_time=True)
    for draw in range(2):
        engine = sroi.evaluate(
            sroi.change(chosen, {path: float(each[draw]) for path, each in values.items()})
        )
        wrong = differing(drawn, outcomes, draw, engine)
        if not payback_is_told_apart(engine):
            wrong.pop("payback", None)
        assert not wrong


@given(drawn_documents())
@settings(max_examples=30)
def test_the_ratio_alone_is_what_it_is_with_everything_else(drawn_document):
    document, values = drawn_document
    model = DrawnStudy(study_of(document))
    outcomes = {}
    alone = model.evaluate(values)
    whole = model.evaluate(values, on_outcome=outcomes.__setitem__, by_time=True)
    gross = sum(np.abs(each) for each in outcomes.values()) + np.abs(whole.investment)
    for figure in ("present_value", "investment", "saved"):
        assert np.all(np.abs(np.asarray(getattr(alone, figure)) - getattr(whole, figure)) <= 1e-10 * gross)


@given(drawn_documents(), st.data())
@settings(max_examples=30)
def test_replacing_some_numbers_gives_what_computing_everything_again_gives(drawn_document, data):
    document, values = drawn_document
    model = DrawnStudy(study_of(document))
    over_ = {
        path: values[path][::-1]
        for path in data.draw(st.lists(st.sampled_from(sorted(values)), min_size=1, unique=True))
    }
    changed = model.changed(model.parts(values), values, over_)
    again = model.parts({**values, **over_})
    for section in ("outcomes", "inputs"):
        for name, each in getattr(again, section).items():
            assert np.broadcast_to(getattr(changed, section)[name], (2,)) == pytest.approx(
                np.broadcast_to(each, (2,)), rel=1e-12
            )


@given(drawn_documents())
@settings(max_examples=25)
def test_a_response_sets_numbers_as_the_engine_does(drawn_document):
    document, values = drawn_document
    chosen = study_of(document)
    response = Response(chosen)
    central = sroi.evaluate(chosen)
    assert response.central == pytest.approx(central.social_return_ratio, rel=1e-10, abs=1e-10)
    known = {number.path: number for number in response.numbers}
    assert all(
        number.value == pytest.approx(value_at(central, number.path), rel=1e-12)
        for number in response.numbers
    )
    path = next((path for path in values if path in known), None)
    if path is not None:
        found = response.at({path: values[path]})
        engine = [
            sroi.evaluate(sroi.change(chosen, {path: float(each)})).social_return_ratio
            for each in values[path]
        ]
        gross = 1 + max(
            sum(abs(row.present_value or 0) for row in central.outcomes) / central.investment, *np.abs(engine)
        )
        assert np.all(np.abs(np.broadcast_to(found, (2,)) - engine) <= 1e-9 * gross)


def value_at(result, path):
    """A number's value as the result's provenance tells it."""
    return next(number["value"] for number in result.provenance["numbers"] if number["path"] == path)


@given(documents(), st.data())
@settings(max_examples=25)
def test_a_simulation_of_any_study_with_ranges_is_of_the_engines_figures(document, data):
    """Ranges are put on some numbers that stand there as such; every draw that is kept is evaluated again
    by the engine."""
    document = copy.deepcopy(document)
    plain = [path for path in settable(document) if isinstance(at_path(document, path), int | float)]
    ends = settable(document)
    for path in (
        data.draw(st.lists(st.sampled_from(plain), min_size=1, max_size=5, unique=True)) if plain else ()
    ):
        low, high = ends[path]
        value = at_path(document, path)
        low, high = max(low, value - 0.3 * (high - low)), min(high, value + 0.3 * (high - low))
        if low <= value <= high and low < high:
            whole = most_deducted(document["method"]) == 1
            beyond = path.endswith(("unit_cost", ".value")) and not path.startswith("inputs")
            beyond |= whole and not path.endswith((".duration", ".value", ".members", ".share"))
            put(document, path, data.draw(estimates(low, value, high, beyond=beyond)))
    chosen = study_of(document)
    kept = []
    simulate(chosen, draws=2, keep=kept.append)
    for draw in range(2):
        values = {path: float(each[draw]) for path, each in kept[0].items() if "." in path}
        changed = sroi.change(chosen, values) if values else chosen
        if kept[0]["investment"][draw] <= 0:
            with pytest.raises(sroi.UndefinedResultError):
                sroi.evaluate(changed)
            continue
        engine = sroi.evaluate(changed)
        gross = sum(abs(row.present_value or 0) for row in engine.outcomes) + engine.investment
        for figure in ("present_value", "investment", "net_present_value"):
            assert abs(kept[0][figure][draw] - getattr(engine, figure)) <= 1e-10 * gross
        assert (
            abs(kept[0]["social_return_ratio"][draw] - engine.social_return_ratio)
            <= 1e-10 * gross / engine.investment
        )


def steps(path):
    """A path as keys and positions."""
    return [
        int(step) if step.isdigit() else step for step in path.replace("[", ".").replace("]", "").split(".")
    ]


def at_path(document, path):
    node = document
    for step in steps(path):
        node = node[step]
    return node


def put(document, path, value):
    *above, last = steps(path)
    node = document
    for step in above:
        node = node[step]
    node[last] = value


# ── Single settings that are easily got wrong
# ────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("changes", "path", "values"),
    [
        pytest.param({}, "outcomes.change.duration", (0.3, 1, 2.5, 7.01, 124.9), id="duration"),
        pytest.param(
            {"method": {"part_years": "whole"}},
            "outcomes.change.duration",
            (0.3, 1, 2.5, 7.01),
            id="duration, whole years",
        ),
        pytest.param(
            {"method": "green-book"},
            "outcomes.change.duration",
            (0.3, 9.9, 10.5, 11.5, 40),
            id="duration beyond the horizon",
        ),
        pytest.param(
            {"outcomes.change.starts": {"years_later": 9}, "method": "green-book"},
            "outcomes.change.value",
            (1, 5),
            id="starts at the horizon",
        ),
        pytest.param({"outcomes.change.duration": 4}, "outcomes.change.drop_off", (0, 0.3, 1), id="drop-off"),
        pytest.param(
            {"outcomes.change.duration": 4, "method": {"drop_off_from": "first_year"}},
            "outcomes.change.drop_off",
            (0, 1),
            id="drop-off at once",
        ),
        pytest.param(
            {"outcomes.change.duration": 4, "method": {"drop_off_shape": "linear"}},
            "outcomes.change.drop_off",
            (0, 0.3, 1),
            id="linear drop-off",
        ),
        pytest.param(
            {"outcomes.change.quantity": [5, 10, 5]},
            "outcomes.change.quantity[0]",
            (0, 3, 10),
            id="first cohort",
        ),
        pytest.param(
            {"outcomes.change.quantity": [5, 10, 5]},
            "outcomes.change.quantity[1]",
            (0, 3, 10),
            id="second cohort",
        ),
        pytest.param(
            {"outcomes.change.deadweight": [0.5, 0.2], "outcomes.change.duration": 4},
            "outcomes.change.deadweight[1]",
            (0, 0.9),
            id="listed share",
        ),
        pytest.param(
            {"inputs.grant.value": [500, 500]},
            "inputs.grant.value[1]",
            (1, 900),
            id="second year of an input",
        ),
        pytest.param(
            {"inputs.grant.years": 3, "inputs.grant.prices": "nominal"},
            "inputs.grant.value",
            (1, 900),
            id="nominal input",
        ),
        pytest.param(
            {"outcomes.change.value": {"value": 50, "price_year": 2015}},
            "outcomes.change.value",
            (1, 900),
            id="money of another year",
        ),
        pytest.param(
            {"outcomes.change.kind": "transfer", "method": "svi-guide"},
            "outcomes.change.value",
            (1, 900),
            id="transfers counted",
        ),
    ],
)
def test_one_number_set_alone(changes, path, values):
    chosen = study(changes)
    drawn = DrawnStudy(chosen).evaluate({path: np.array(values, dtype=float)}, by_time=True)
    engine = [sroi.evaluate(sroi.change(chosen, {path: float(value)})) for value in values]
    assert np.broadcast_to(drawn.ratio, (len(values),)) == pytest.approx(
        [each.social_return_ratio for each in engine], rel=1e-12
    )
    paid = [math.inf if each.payback_years is None else each.payback_years for each in engine]
    assert np.broadcast_to(drawn.payback(), (len(values),)) == pytest.approx(paid, rel=1e-10)


def test_an_expression_with_a_range_follows_its_own_draws_and_not_its_names():
    chosen = study(
        {"outcomes.change.value": "b"},
        assumptions={"a": uniform(50, 150), "b": over(100, "a * 2", 300, "uniform")},
    )
    model = DrawnStudy(chosen)
    drawn = model.evaluate(
        {"assumptions.a": np.array([50.0, 150.0]), "assumptions.b": np.array([111.0, 222.0])}
    )
    assert drawn.ratio == pytest.approx([1.11, 2.22], rel=1e-12)


def test_a_share_made_of_names_is_kept_within_0_and_1():
    """The engine refuses such a study; a draw is brought back to the bounds."""
    chosen = study({"outcomes.change.deadweight": "2 * x - 0.5"}, assumptions={"x": uniform(0, 1)})
    drawn = DrawnStudy(chosen).evaluate({"assumptions.x": np.array([0.0, 0.25, 0.5, 0.75, 1.0])})
    assert drawn.ratio == pytest.approx([2, 2, 1, 0, 0], abs=1e-12)


@given(
    st.lists(st.lists(st.integers(-5, 5), min_size=4, max_size=4), min_size=1, max_size=6),
    st.sampled_from([0.5, 1.0]),
)
def test_payback_of_arrays_is_that_of_each_draw(flows, step):
    times = [step * position for position in range(len(flows))]
    found = formulas.payback(
        [(time, np.array(each, dtype=float)) for time, each in zip(times, flows, strict=True)], ARRAYS
    )
    found = np.broadcast_to(found, (4,))
    for draw in range(4):
        wanted = formulas.payback(
            [(time, float(each[draw])) for time, each in zip(times, flows, strict=True)], FLOATS
        )
        assert found[draw] == pytest.approx(wanted, rel=1e-12)


def test_a_sum_that_is_zero_but_for_rounding_counts_as_zero():
    spent = np.array([-0.3, -0.3, -0.3])
    flows = [
        (0.0, spent),
        (1.0, np.array([0.1, 0.1, 0.0])),
        (2.0, np.array([0.2, 0.1, 0.3 - 1e-9])),
        (3.0, np.array([0.0, 0.1, 0.0])),
    ]
    assert formulas.payback(flows, ARRAYS) == pytest.approx([2, 3, math.inf])


# ── What draws lose on the way is reported
# ────────────────────────────────────────────────────────────────────────────


def test_every_number_of_one_expression_is_told_of_where_it_was_brought_back():
    """Two outcomes on one share of 0.5 to 1.5: half of the draws are above 1, whichever is looked at."""
    outcomes = {name: outcome(deadweight="x") for name in ("one", "other")}
    chosen = study_of(
        small(
            outcomes=outcomes,
            assumptions={"x": {"value": 0.9, "low": 0.5, "high": 1.5, "distribution": "uniform"}},
        )
    )
    drawn = DrawnStudy(chosen).evaluate({"assumptions.x": np.linspace(0.5, 1.5, 1001)})
    assert drawn.clipped == {"outcomes.one.deadweight": 500, "outcomes.other.deadweight": 500}


@pytest.mark.parametrize("listed", [False, True])
def test_deductions_that_pass_the_whole_in_a_draw_are_told_of(listed):
    """Deadweight d, the first year's or the last's, and attribution 60%: more than the whole where d is
    above 0.4."""
    deadweight = ["x", 0, "x"] if listed else "x"
    changes = {
        "method": "added-deductions",
        "outcomes.change.deadweight": deadweight,
        "outcomes.change.attribution": 0.6,
    }
    changes["outcomes.change.duration"] = 3
    chosen = study_of(
        small(changes, assumptions={"x": {"value": 0.2, "low": 0, "high": 1, "distribution": "uniform"}})
    )
    x = np.linspace(0, 1, 1001)
    drawn = DrawnStudy(chosen).evaluate({"assumptions.x": x})
    assert drawn.emptied == {"change": 600}
    found = sroi.simulate(chosen, draws=20_000)
    (said,) = [warning for warning in found.warnings if "pass 100%" in warning]
    share = float(said.partition("%")[2].split(" in ")[1].split("%")[0]) / 100
    assert "of “Change” pass 100%" in said
    assert share == pytest.approx(0.6, abs=4 * (0.6 * 0.4 / 20_000) ** 0.5)


def test_deductions_within_the_whole_are_not_told_of():
    changes = {
        "method": "added-deductions",
        "outcomes.change.deadweight": {"value": 0.2, "low": 0, "high": 0.4},
        "outcomes.change.attribution": 0.6,
    }
    assert sroi.simulate(study_of(small(changes)), draws=2_000).warnings == ()
