"""One set of formulas on every backend: floats, arrays of draws, two dataframe engines, spreadsheet cells."""

import ast
import inspect
import itertools
import math
from itertools import islice, pairwise

import duckdb
import narwhals.stable.v2 as nw
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from worksheet import EXCEL_FUNCTIONS, VEGA_FUNCTIONS, calculated

from sroi import formulas
from sroi.backends import FLOATS
from sroi.backends.arrays import ARRAYS
from sroi.backends.frames import Frames
from sroi.backends.symbols import EXCEL, VEGA, Symbol, written
from sroi.model import DEDUCTIONS

SEARCHES = {"payback", "discount_factors", "chosen"}
SERIES = 3
"""The benefit year of a series that is compared."""
ON_ANY_CARRIER = [
    each
    for name, each in inspect.getmembers(formulas, inspect.isfunction)
    if each.__module__ == formulas.__name__ and name not in SEARCHES
]

TABLE = {
    "quantity": [42.0, 90.0, -4.0, 0.0, 1.0],
    "value": [3900.0, 48.0, 2250.0, 1.0, -0.5],
    "deadweight": [0.3, 0.5, 0.0, 1.0, 0.25],
    "displacement": [0.0, 0.1, 0.05, 0.0, 1.0],
    "attribution": [0.2, 0.1, 0.9, 0.5, 0.0],
    "kept": [0.56, 0.405, 0.095, 0.0, -0.25],
    "drop_off": [0.4, 0.0, 1.0, 1.0, 0.07],
    "duration": [2.5, 3.0, 0.1, 80.0, 1.999],
    "k": [2.0, 3.0, 0.0, 79.0, 5.0],
    "impact": [91_728.0, 0.0, -855.0, 1.0, 3.5],
    "first": [0.36, 1.0, -120.0, 0.0, 0.5],
    "factor": [1.0, 0.9662, 0.5, 0.0043, 0.9335],
    "rate": [0.035, 0.0, 0.03, 0.025, 0.2],
    "flow": [1000.0, -5.0, 0.0, 1e9, 0.01],
    "present_value": [2.0e6, 0.0, -3.5, 1.0, 7.0],
    "investment": [1.0e6, 5.0, 2.0, 4.0, 7.0],
    "contribution": [0.8, 0.0, 1.0, 0.35, 0.5],
    "money": [3900.0, 0.0, -48.0, 1.0, 1e6],
    "price_factor": [1.0, 1.25, 0.9, 1.0431, 2.0],
    "benefit": [120.0, 0.0, -3.5, 1.0, 48.0],
    "benefits": [2.0e6, 0.0, -3.5, 1.0, 7.0],
    "other_costs": [5.0e5, 0.0, 2.0, 0.25, 7.0],
    "public_costs": [1.0e6, 5.0, 2.0, 4.0, 7.0],
    "amount": [1000.0, -5.0, 0.0, 1e9, 0.01],
    "share": [0.0, 0.25, 1.0, 0.5, 0.07],
    "part": [3.0, 0.0, -2.0, 0.0043, 12.0],
    "whole": [2648.0, 1.0, 0.5, 80.0, 12.0],
    "units": [90.0, 1.0, 0.5, -4.0, 1e6],
    "cost": [1.0e6, 5.0, 2.0, 4.0, 7.0],
    "gain": [900.0, 450.0, -100.0, 0.0, 7.0],
    "cash": [540.0, 900.0, -25.0, 0.0, 7.0],
    "relative_income": [1.0, 0.5, 0.62, 2.0, 1.4],
    "weight": [1.0, 2.46, 1.86, 0.41, 0.65],
    "correction": [0.0, 0.05, 0.4, 0.15, 0.25],
    "outside": [0.0, 1.0, 0.3, 0.5, 0.75],
    "earlier": [0.0, 1.0, 0.5, 2.0, 0.0],
    "later": [1.0, 1.5, 1.5, 3.0, 0.5],
    "before": [-100.0, -0.5, -3.0, -1e6, -7.0],
    "after": [50.0, 0.0, 1.0, 1e5, 21.0],
    "leakage": [0.0, 0.1, 0.25, 1.0, 0.5],
}
ROWS = range(len(TABLE["k"]))


def arguments_of(formula):
    names = [name for name in inspect.signature(formula).parameters if name not in ("backend", "late")]
    return list(DEDUCTIONS) if names == ["deductions"] else names


def applied(formula, numbers, backend):
    """A formula on the numbers that go by the names of its arguments; of a series one benefit year."""
    parameters = inspect.signature(formula).parameters
    if "deductions" in parameters:
        return formula(*(numbers[name] for name in DEDUCTIONS))
    more = {"backend": backend} if "backend" in parameters else {}
    arguments = {name: numbers[name] for name in arguments_of(formula)}
    if "late" in parameters:
        return next(itertools.islice(formula(**arguments, late=1, **more), SERIES - 1, None))
    return formula(**arguments, **more)


def on_floats(formula):
    """What a formula gives row by row."""
    return [applied(formula, {name: column[row] for name, column in TABLE.items()}, FLOATS) for row in ROWS]


@pytest.fixture(params=ON_ANY_CARRIER, ids=lambda formula: formula.__name__)
def formula(request):
    return request.param


# ── The backends
# ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_floats_are_multiplied_out_as_by_hand():
    assert formulas.kept_multiplied(0.3, 0.0, 0.2) == pytest.approx(0.56)
    assert formulas.kept_added(0.3, 0.1, 0.2) == pytest.approx(0.4)
    assert formulas.kept_added(0.6, 0.3, 0.2) == pytest.approx(-0.1)
    assert formulas.impact(42.0, 3900.0, 0.56) == pytest.approx(91_728)
    assert list(islice(formulas.dropping_geometric(100.0, 0.4, 0, FLOATS), 3)) == pytest.approx([100, 60, 36])
    assert list(islice(formulas.dropping_geometric(100.0, 0.4, 1, FLOATS), 2)) == pytest.approx([60, 36])
    assert formulas.due_to_others(0.8) == pytest.approx(0.2)
    assert formulas.converted(13_000.0, 1.25) == 16_250
    assert formulas.cohort_flow(42.0, 100.0) == 4200
    assert list(islice(formulas.dropping_linear(100.0, 0.4, 0, FLOATS), 4)) == pytest.approx([100, 60, 20, 0])
    assert list(islice(formulas.dropping_linear(100.0, 0.4, 1, FLOATS), 2)) == pytest.approx([60, 20])
    assert [formulas.counted_pro_rata(2.5, k, FLOATS) for k in range(4)] == [1, 1, 0.5, 0]
    assert [formulas.counted_whole(2.5, k, FLOATS) for k in range(4)] == [1, 1, 1, 0]
    assert formulas.half_step(formulas.half_step(1.0, 0.035, FLOATS), 0.035, FLOATS) == pytest.approx(
        formulas.next_factor(1.0, 0.035)
    )
    assert (
        formulas.social_return_ratio(3.0, 2.0),
        formulas.net_ratio(3.0, 2.0),
        formulas.net_present_value(3.0, 2.0),
    ) == (1.5, 0.5, 1.0)


def test_an_outcome_that_drops_off_at_once_still_has_its_first_year():
    assert next(formulas.dropping_geometric(1.0, 1.0, 0, FLOATS)) == 1
    assert next(formulas.dropping_geometric(1.0, np.array(1.0), 0, ARRAYS)) == 1
    assert next(formulas.dropping_geometric(1.0, Symbol("d"), 0, EXCEL)) == 1


def test_an_array_gives_what_floats_give(formula):
    arrays = {name: np.array(column) for name, column in TABLE.items()}
    assert applied(formula, arrays, ARRAYS) == pytest.approx(on_floats(formula), rel=1e-15)


def test_draws_go_before_years(formula):
    """Each argument once as draws of shape (draws, 1), once as years, the others as draws."""
    names = arguments_of(formula)
    for of_years in names:
        grid = {
            name: np.array(TABLE[name]) if name == of_years else np.array(TABLE[name])[:, np.newaxis]
            for name in names
        }
        found = np.broadcast_to(applied(formula, grid, ARRAYS), (len(ROWS), len(ROWS)))
        for draw in ROWS:
            one_draw = {
                name: TABLE[name] if name == of_years else [TABLE[name][draw]] * len(ROWS) for name in names
            }
            assert found[draw] == pytest.approx(
                [applied(formula, {name: one_draw[name][year] for name in names}, FLOATS) for year in ROWS],
                rel=1e-15,
            )


def in_pandas():
    return nw.from_native(pd.DataFrame(TABLE))


def in_duckdb():
    return nw.from_native(duckdb.from_df(pd.DataFrame(TABLE)))


@pytest.mark.parametrize("table", [in_pandas, in_duckdb])
def test_a_dataframe_gives_what_floats_give(formula, table):
    columns = {name: nw.col(name) for name in TABLE}
    answer = table().select(answer=applied(formula, columns, Frames())).lazy().collect()["answer"]
    assert answer.to_list() == pytest.approx(on_floats(formula), rel=1e-12)


@pytest.mark.parametrize(("backend", "functions"), [(EXCEL, EXCEL_FUNCTIONS), (VEGA, VEGA_FUNCTIONS)])
def test_text_gives_what_floats_give(formula, backend, functions):
    for row in ROWS:
        text = applied(formula, {name: Symbol(name) for name in TABLE}, backend)
        numbers = {name: column[row] for name, column in TABLE.items()}
        assert calculated(written(text), numbers, functions) == pytest.approx(
            on_floats(formula)[row], rel=1e-15
        )


@pytest.mark.parametrize(
    ("formula", "text"),
    [
        (formulas.impact, "A2*B2*C2"),
        (formulas.kept_multiplied, "(1-A2)*(1-B2)*(1-C2)"),
        (formulas.dropping_linear, "A2*MAX(0,1-B2*3)"),
        (formulas.dropping_geometric, "A2*POWER(1-B2,3)"),
        (formulas.half_step, "A2/POWER(1+B2,0.5)"),
        (formulas.counted_whole, "MAX(0,MIN(1,-INT(-(A2-1E-12))-B2))"),
    ],
)
def test_a_formula_is_what_one_would_type_into_a_cell(formula, text):
    cells = {name: Symbol(f"{letter}2") for name, letter in zip(arguments_of(formula), "ABC", strict=False)}
    assert str(applied(formula, cells, EXCEL)) == text


# ── How they are written
# ─────────────────────────────────────────────────────────────────────────────────────────────

DECISIONS = (ast.If, ast.IfExp, ast.Compare, ast.BoolOp, ast.Not, ast.Match, ast.While, ast.Try, ast.Assert)


def functions_of(module):
    return [node for node in ast.parse(inspect.getsource(module)).body if isinstance(node, ast.FunctionDef)]


def test_no_formula_asks_what_a_number_is():
    deciding = {
        function.name
        for function in functions_of(formulas)
        for node in ast.walk(function)
        if isinstance(node, DECISIONS)
    }
    assert deciding <= SEARCHES


def test_a_formula_is_one_expression(formula):
    (node,) = (function for function in functions_of(formulas) if function.name == formula.__name__)
    docstring, returned = node.body
    assert isinstance(docstring, ast.Expr)
    assert isinstance(returned, ast.Return)


# ── Discount factors
# ─────────────────────────────────────────────────────────────────────────────────────────────────


@given(
    st.lists(st.floats(0, 0.5), min_size=1, max_size=20),
    st.sampled_from(("start", "mid", "end")),
    st.integers(-5, 25),
)
def test_factors_fall_from_one_and_never_rise(rates, timing, base):
    years = len(rates) + max(base, -len(rates))
    found = formulas.discount_factors(rates, years, timing, max(base, -len(rates)), FLOATS)
    assert len(found) == years
    assert all(factor == 1 for factor in found[: max(base, 0)])
    assert all(0 < later <= earlier <= 1 for earlier, later in pairwise(found))


# ── Payback
# ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("flows", "time"),
    [
        pytest.param([(0, 5.0), (1, 1.0)], 0, id="never below"),
        pytest.param([(2, 5.0), (3, -5.0)], 2, id="never below, from the first flow on"),
        pytest.param([(0.5, 1.0), (1.5, -1.0), (2.5, 3.0)], 0.5, id="touching zero is not below"),
        pytest.param([(0, 0.0), (1, 0.0)], 0, id="benefits that equal the inputs at once"),
        pytest.param([(0, 0.0), (1, 5.0)], 0, id="never below, and nothing in the first year"),
        pytest.param([(0, -100.0), (1, 50.0)], None, id="below at the end"),
        pytest.param([(0, 100.0), (1, -150.0)], None, id="below at the end only"),
        pytest.param([(0, -100.0), (1, 100.0)], 1, id="level at a flow"),
        pytest.param([(0, -100.0), (1, 200.0)], 0.5, id="half way"),
        pytest.param([(0, -100.0), (1, 40.0), (2, 40.0), (3, 40.0)], 2.5, id="in the third year"),
        pytest.param([(0, -100.0), (1, 0.0), (2, 0.0), (3, 400.0)], 2.25, id="after years without a flow"),
        pytest.param(
            [(0, -100.0), (1, 150.0), (2, -100.0), (3, 200.0)], 2.25, id="dips twice: the last crossing"
        ),
        pytest.param([(0, 10.0), (1, -30.0), (2, 40.0)], 1.5, id="a dip after a good start"),
        pytest.param(
            [(0, -100.0), (0.5, 60.0), (1, -20.0), (1.5, 120.0)],
            1.25,
            id="benefits at mid-year, inputs at the start",
        ),
        pytest.param([(0.5, -100.0), (1.5, 200.0)], 1.0, id="everything at mid-year"),
        pytest.param([(1, -100.0), (2, 400.0)], 1.25, id="everything at the end of the year"),
        pytest.param([(0, 0.0), (1, -1.0), (2, 2.0)], 1.5, id="nothing in the first year"),
    ],
)
def test_payback_is_the_time_from_which_on_the_sum_is_never_below_zero(flows, time):
    wanted = math.inf if time is None else pytest.approx(time, rel=1e-15)
    assert formulas.payback(flows, FLOATS) == wanted
    arrays = [(when, np.array([net, 2 * net])) for when, net in flows]
    found = np.broadcast_to(formulas.payback(arrays, ARRAYS), (2,))
    assert found == pytest.approx([math.inf if time is None else time] * 2, rel=1e-15)


def test_a_sum_that_is_zero_but_for_rounding_counts_as_zero():
    assert formulas.payback([(0, -0.3), (1, 0.1), (2, 0.2), (3, 0.0)], FLOATS) == pytest.approx(2)
    assert formulas.payback([(0, -0.3), (1, 0.1), (2, 0.1), (3, 0.1)], FLOATS) == pytest.approx(3)


@given(st.lists(st.integers(-100, 100), min_size=1, max_size=12), st.integers(1, 12))
def test_payback_finds_what_a_slow_search_finds(amounts, step):
    """The sum is looked at on a grid fine enough for every crossing of small whole numbers."""
    times = [position * 0.5 for position in range(len(amounts))]
    found = formulas.payback(list(zip(times, map(float, amounts), strict=True)), FLOATS)
    sums = np.cumsum(amounts)
    grid = np.linspace(times[0], times[-1], 1 + 500 * step)
    below = grid[np.interp(grid, times, sums) < -1e-9]
    if sums[-1] < 0:
        assert found == math.inf
    elif below.size:
        assert below[-1] <= found <= below[-1] + grid[1] - grid[0] + 1e-9
    else:
        assert found == times[0]
