"""Text that calculates what floats calculate, in the languages of spreadsheets and of charts."""

import ast
import json
import math
import shutil
import subprocess

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from worksheet import EXCEL_FUNCTIONS, VEGA_FUNCTIONS, calculated

from sroi.backends import FLOATS
from sroi.backends.symbols import EXCEL, VEGA, Symbol, written
from sroi.expression import Expression
from sroi.grammar import ExpressionError

LANGUAGES = [pytest.param(EXCEL, EXCEL_FUNCTIONS, id="excel"), pytest.param(VEGA, VEGA_FUNCTIONS, id="vega")]
NAMES = {"a": 0.35, "b": -2.0, "c": 3.0, "d": 0.0, "e": 1.0}


def expressions():
    """Arithmetic over the names, nested and signed in every way the format allows."""
    leaves = st.one_of(
        st.sampled_from(list(NAMES)), st.sampled_from(("0", "1", "2", "0.5", "35%", "1e-7", "120"))
    )

    def grown(inner):
        pairs = st.tuples(inner, st.sampled_from(("+", "-", "*", "/")), inner).map(
            lambda parts: f"({parts[0]}) {parts[1]} ({parts[2]})"
        )
        loose = st.tuples(inner, st.sampled_from(("+", "-", "*", "/")), leaves).map(" ".join)
        powers = st.tuples(inner, st.sampled_from(("0", "1", "2", "c", "d", "-1"))).map(
            lambda parts: f"({parts[0]}) ** {parts[1]}"
        )
        chosen = st.tuples(st.sampled_from(("min", "max")), inner, inner).map(
            lambda parts: f"{parts[0]}({parts[1]}, {parts[2]})"
        )
        return st.one_of(pairs, loose, powers, chosen, inner.map(lambda text: f"-({text})"))

    return st.recursive(leaves, grown, max_leaves=12)


@pytest.mark.parametrize(("backend", "functions"), LANGUAGES)
@given(text=expressions(), known=st.sets(st.sampled_from(list(NAMES))))
def test_an_expression_comes_to_the_same_as_text(backend, functions, text, known):
    expression = Expression(text)
    try:
        expected = expression.evaluate(NAMES)
    except ExpressionError:
        assume(False)
    symbols = {name: value if name in known else Symbol(name) for name, value in NAMES.items()}
    try:
        found = expression.evaluate(symbols, backend)
    except ExpressionError:
        assume(False)
    assert isinstance(found, float) or not known.issuperset(expression.names)
    assert calculated(written(found), NAMES, functions) == pytest.approx(expected, rel=1e-12, abs=1e-300)


@pytest.mark.parametrize(
    ("text", "excel", "vega"),
    [
        ("a - (b - c)", "a-(b-c)", "a-(b-c)"),
        ("a - b - c", "a-b-c", "a-b-c"),
        ("a / (b * c)", "a/(b*c)", "a/(b*c)"),
        ("(a + b) * c", "(a+b)*c", "(a+b)*c"),
        ("a + b * c", "a+b*c", "a+b*c"),
        ("a - -b", "a-(-b)", "a-(-b)"),
        ("-a ** 2", "-POWER(a,2)", "-pow(a,2)"),
        ("(-a) ** 2", "POWER(-a,2)", "pow(-a,2)"),
        ("2 ** a", "IF(a=0,1,POWER(2,a))", "pow(2,a)"),
        ("a ** 0 + a ** 1", "1+a", "1+a"),
        ("min(a, b, 3) + max(2, 5)", "MIN(MIN(a,b),3)+5", "min(min(a,b),3)+5"),
        ("600 * 12.5 * a", "7500*a", "7500*a"),
        ("a * 1e-7", "a*1E-07", "a*1E-07"),
        ("a * 35%", "a*0.35", "a*0.35"),
        ("a * 0 + b / 1", "b", "b"),
    ],
)
def test_text_is_what_one_would_type(text, excel, vega):
    symbols = {name: Symbol(name) for name in NAMES}
    assert (
        written(Expression(text).evaluate(symbols, EXCEL)),
        written(Expression(text).evaluate(symbols, VEGA)),
    ) == (excel, vega)


@pytest.mark.parametrize(("backend", "functions"), LANGUAGES)
@pytest.mark.parametrize("x", [-2.0, -1.5, -0.2, 0.0, 0.3, 1.0, 2.000001])
def test_functions_of_a_symbol_are_those_of_its_number(backend, functions, x):
    for call in (
        lambda on, value: on.ceil(value),
        lambda on, value: on.clip(value, 0.0, 1.0),
        lambda on, value: on.minimum(value, 1),
        lambda on, value: on.maximum(value, -1),
        lambda on, value: on.total([value, 2.0, value, 0.0, value]),
        lambda on, value: on.power(3.0, value),
    ):
        assert calculated(written(call(backend, Symbol("x"))), {"x": x}, functions) == pytest.approx(
            call(FLOATS, x), rel=1e-15
        )
        assert call(backend, x) == call(FLOATS, x)


def test_nothing_to_the_power_of_nothing_is_one_in_a_spreadsheet_too():
    with pytest.raises(ArithmeticError):
        calculated("POWER(x,x)", {"x": 0.0})
    assert calculated(written(EXCEL.power(Symbol("x"), Symbol("x"))), {"x": 0.0}) == 1


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_every_digit_of_a_number_is_written(number):
    assert calculated(written(number), {}) == number


@pytest.mark.skipif(
    shutil.which("node") is None,
    reason="node is not installed, and it alone runs the language that charts calculate in",
)
def test_javascript_reads_the_text_of_charts():
    texts = [
        "a - -b * -(c - 2)",
        "-a ** 2 / -b",
        "max(a, b ** 2, 1e-7) - min(a, -b)",
        "d ** d",
        "(a - b - (c - d)) / (b / c / a)",
        "2 ** b",
    ]
    names = {name: Symbol(name) for name in NAMES}
    found = [written(Expression(text).evaluate(names, VEGA)) for text in texts] + [
        written(VEGA.ceil(Symbol("b") / 3)),
        written(VEGA.clip(Symbol("c"), 0, 1)),
    ]
    of_vega = "const {pow, min, max, ceil} = Math; const clamp = (x, low, high) => max(low, min(high, x));"
    values = f"const {{a, b, c, d, e}} = {json.dumps(NAMES)};"
    script = f"{of_vega} {values} console.log(JSON.stringify([{', '.join(found)}]))"
    answer = subprocess.run(["node", "-e", script], capture_output=True, text=True, check=True).stdout
    expected = [Expression(text).evaluate(NAMES) for text in texts] + [float(math.ceil(NAMES["b"] / 3)), 1.0]
    assert json.loads(answer) == pytest.approx(expected, rel=1e-15)


def test_a_long_sum_is_within_what_a_spreadsheet_takes():
    names = {f"x{position}": float(position) for position in range(600)}
    text = written(EXCEL.total([Symbol(name) for name in names]))
    assert max(len(node.args) for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call)) <= 255
    assert calculated(text, names) == sum(names.values())
