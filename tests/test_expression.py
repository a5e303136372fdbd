"""Arithmetic over names: what it means, what is refused and in which words."""

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sroi.backends.arrays import ARRAYS
from sroi.expression import Expression
from sroi.grammar import MOST_CHARACTERS, MOST_NESTED, ExpressionError

NAMES = {"a": 2.0, "b": -3.5, "c_1": 0.25}


def value(text, **names):
    return Expression(text).evaluate(names)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 + 2 * 3", 7),
        ("(1 + 2) * 3", 9),
        ("8 - 3 - 2", 3),
        ("8 / 4 / 2", 1),
        ("8 - (3 - 2)", 7),
        ("6 / 3 * 2", 4),
        ("2 * 3 ** 2", 18),
        ("2 ** 3 ** 2", 512),
        ("(2 ** 3) ** 2", 64),
        ("-2 ** 2", -4),
        ("(-2) ** 2", 4),
        ("2 ** -1", 0.5),
        ("2 ** +1", 2),
        ("-2 ** -2", -0.25),
        ("--2", 2),
        ("-+-2", 2),
        ("1 - -1", 2),
        ("2 * -3", -6),
        ("0 ** 0", 1),
    ],
)
def test_operators_bind_as_in_python(text, expected):
    assert value(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("120", 120),
        ("13_000", 13_000),
        ("0.35", 0.35),
        (".5", 0.5),
        ("5.", 5),
        ("1e6", 1e6),
        ("2.5E-3", 0.0025),
        ("35%", 0.35),
        ("12.5 %", 0.125),
        ("100% - 20%", 0.8),
        ("50% * 10", 5),
        ("50% ** 2", 0.25),
        ("-5%", -0.05),
        ("+7", 7),
        ("  7  ", 7),
        ("1 +\n 2", 3),
    ],
)
def test_numbers_and_percentages(text, expected):
    assert value(text) == pytest.approx(expected, rel=1e-15)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("min(3, 1, 2)", 1),
        ("max(3, 1, 2)", 3),
        ("min(7)", 7),
        ("max(min(1, 2), min(3, 4))", 3),
        ("min (1, 2)", 1),
        ("2 * max(1 - 2, 0)", 0),
    ],
)
def test_min_and_max_take_any_number_of_operands(text, expected):
    assert value(text) == expected


def test_a_name_stands_for_its_value():
    assert value("members * share_of_a1", members=120.0, share_of_a1=0.35) == 42


def test_a_bare_name_is_that_of_an_assumption():
    assert Expression("assumptions.members * 2").names == Expression("members * 2").names == ("members",)
    assert value("assumptions.members * members", members=3.0) == 9


def test_names_are_listed_once_in_the_order_of_their_first_use():
    assert Expression("b + a * b - min(c, a)").names == ("b", "a", "c")
    assert Expression("1 + 2").names == ()


def test_min_and_max_may_be_names_too():
    assert value("min + max(min, 1)", min=3.0) == 6


@pytest.mark.parametrize(
    ("text", "constant"),
    [("120", 120), ("35%", 0.35), ("-5%", -0.05), ("(4)", 4), ("1 + 1", None), ("members", None)],
)
def test_one_number_is_a_constant(text, constant):
    assert Expression(text).constant == constant


def test_expressions_are_their_texts():
    assert Expression("a + b") == Expression("a + b")
    assert Expression("a + b") != Expression("a  +  b")
    assert str(Expression("a + b")) == "a + b"
    assert len({Expression("a"), Expression("a"), Expression("b")}) == 2


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "the expression is empty"),
        ("   ", "the expression is empty"),
        ("1 +", "expected a number or a name, found the end"),
        ("* 2", r"expected a number or a name, found \*"),
        ("1 2", "expected the end of the expression, found 2"),
        ("2 members", "expected the end of the expression, found members"),
        ("(1 + 2", r"expected a closing \), found the end"),
        ("1 + 2)", r"expected the end of the expression, found \)"),
        ("()", r"expected a number or a name, found \)"),
        ("min()", r"expected a number or a name, found \)"),
        ("min(1, )", r"expected a number or a name, found \)"),
        ("min(1", r"expected a closing \) of min, found the end"),
        ("2 ^ 3", r"expected the end of the expression, found \^"),
        ("7 // 2", "expected a number or a name, found /"),
        ("7 % 2", "expected the end of the expression, found 2"),
        ("members%", "expected the end of the expression, found %"),
        ("a < b", "expected the end of the expression, found <"),
        ("a = 1", "expected the end of the expression, found ="),
        ("a, b", "expected the end of the expression, found ,"),
        ("a[0]", r"expected the end of the expression, found \["),
        ("'a'", "expected a number or a name, found '"),
        ("£5", "expected a number or a name, found £"),
        ("1,000", "expected the end of the expression, found ,"),
        ("3j", "expected the end of the expression, found j"),
        ("Members", "Members is not the name of an assumption"),
        ("_a", "_a is not the name of an assumption"),
        ("outcomes.a", "outcomes.a is not the name of an assumption"),
        ("assumptions.", "assumptions. is not the name of an assumption"),
        ("a.b.c", "a.b.c is not the name of an assumption"),
        ("abs(1)", "abs is not a function here"),
        ("__import__('os')", "__import__ is not a function here"),
        ("a if b else c", "expected the end of the expression, found if"),
        ("lambda: 1", "expected the end of the expression, found :"),
        ("012", "012 begins with a zero"),
        ("1e999", "1e999 is not a finite number"),
    ],
)
def test_what_is_not_arithmetic_is_refused_in_words(text, message):
    with pytest.raises(ExpressionError, match=message) as error:
        Expression(text)
    assert error.value.hint


@pytest.mark.parametrize(
    "text",
    [
        "1 / 0",
        "1 / (a - a)",
        "0 ** -1",
        "(-8) ** (1 / 3)",
        "10.0 ** 400",
        "1e200 * 1e200",
        "1e308 + 1e308",
        "1 / (1e308 * 10)",
    ],
)
def test_what_has_no_finite_value_is_refused_in_words(text):
    with pytest.raises(ExpressionError, match=r"divides by zero|has no finite value") as error:
        value(text, a=1.0)
    assert error.value.hint


def test_an_expression_of_the_longest_length_is_read_and_a_longer_one_refused():
    longest = "1" + "+1" * ((MOST_CHARACTERS - 1) // 2) + " "
    assert len(longest) == MOST_CHARACTERS
    assert value(longest) == MOST_CHARACTERS / 2
    with pytest.raises(ExpressionError, match="1,001 characters long"):
        Expression(longest + " ")


@pytest.mark.parametrize("pair", [("(", ")"), ("min(", ")"), ("2 ** ", ""), ("-(", ")")])
def test_the_deepest_nesting_is_read_and_a_deeper_one_refused(pair):
    before, after = pair

    def nested(deep):
        return before * deep + "1" + after * deep

    assert math.isfinite(value(nested(MOST_NESTED - 1).replace("2 ** ", "1 ** ")))
    with pytest.raises(ExpressionError, match=f"nested more than {MOST_NESTED} deep"):
        Expression(nested(MOST_NESTED + 2))


def test_many_signs_do_not_nest():
    assert value("-" * 500 + "1") == 1
    assert value("2 ** " + "-" * 400 + "1") == 2


@pytest.mark.parametrize("text", ["a * b + min(a, b)", "a ** 2 - max(b, 0.5, a)", "-a / (1 + b)", "20%"])
def test_arrays_are_carried_through_element_by_element(text):
    expression = Expression(text)
    draws = {"a": np.array([[0.5], [1.0], [4.0]]), "b": np.array([0.0, 0.25])}
    found = np.broadcast_to(expression.evaluate(draws, ARRAYS), (3, 2))
    assert found == pytest.approx(
        np.array(
            [[expression.evaluate({"a": a, "b": b}) for b in draws["b"]] for (a,) in draws["a"].tolist()]
        ),
        rel=1e-15,
    )


def numerals():
    plain = st.one_of(
        st.integers(0, 1000), st.floats(0, 1000, allow_nan=False).map(lambda number: round(number, 3))
    ).map(str)
    return st.one_of(
        plain.map(lambda text: (text, text if set(text) & set(".e") else f"{text}.0")),
        st.integers(0, 150).map(lambda share: (f"{share}%", f"({share}/100)")),
    )


def combined(parts):
    """Pairs of the same expression, as it is written here and as Python would have it."""

    def joined(symbol):
        return st.tuples(parts, parts).map(
            lambda pair: tuple(f"{left} {symbol} {right}" for left, right in zip(*pair, strict=True))
        )

    bracketed = parts.map(lambda pair: tuple(f"({text})" for text in pair))
    negative = parts.map(lambda pair: tuple(f"-{text}" for text in pair))
    chosen = st.tuples(st.sampled_from(("min", "max")), st.lists(parts, min_size=2, max_size=3)).map(
        lambda call: tuple(f"{call[0]}({', '.join(texts)})" for texts in zip(*call[1], strict=True))
    )
    return st.one_of(*(joined(symbol) for symbol in ("+", "-", "*", "/", "**")), bracketed, negative, chosen)


WRITTEN_TWICE = st.recursive(
    st.one_of(numerals(), st.sampled_from(sorted(NAMES)).map(lambda name: (name, name))),
    combined,
    max_leaves=12,
)


@given(WRITTEN_TWICE)
def test_an_expression_means_what_python_means_by_it(written):
    ours, pythons = written
    try:
        expected = eval(pythons, {"__builtins__": {"min": min, "max": max}}, dict(NAMES))
        assume(not isinstance(expected, complex) and math.isfinite(expected))
        assume(abs(expected) < 1e300)
    except (ZeroDivisionError, OverflowError, ValueError, TypeError):
        with pytest.raises(ExpressionError):
            Expression(ours).evaluate(NAMES)
    else:
        assert Expression(ours).evaluate(NAMES) == pytest.approx(expected, rel=1e-9, abs=1e-300)


def outcome_of(text):
    """The value of a text with 0.5 for every name, or the error that refuses it."""
    try:
        expression = Expression(text)
        return expression.evaluate(dict.fromkeys(expression.names, 0.5))
    except ExpressionError as error:
        return error


@given(st.one_of(st.text(max_size=60), st.text(alphabet="ab12.% ()*+-/,minax_e", max_size=40)))
def test_any_text_has_a_finite_value_or_is_refused_in_words(text):
    found = outcome_of(text)
    assert found.hint if isinstance(found, ExpressionError) else math.isfinite(found)
