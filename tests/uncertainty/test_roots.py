"""Roots of many functions at once, on functions that are hard to close in on."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sroi.uncertainty.roots import STEPS, closed, nearest_brackets

HARD = {
    "a line": (lambda x: 3 * x - 1, -5, 7, 1 / 3),
    "nearly flat at the root": (lambda x: (x - 0.3) ** 9, -1, 2, 0.3),
    "a cliff": (lambda x: np.tanh(1e6 * (x - 0.123456789)), -10, 10, 0.123456789),
    "flat, then steep": (lambda x: x**20 - 1e-3, 0, 5, 1e-3 ** (1 / 20)),
    "a far root": (lambda x: np.log(x) - 20, 1, 1e12, np.exp(20)),
    "a pole beyond the root": (lambda x: 1 / (10 - x) - 5, 0, 9.99, 9.8),
    "exponential": (lambda x: np.exp(x) - 1e-8, -50, 50, np.log(1e-8)),
    "a step": (lambda x: np.where(x < 2.5, -1.0, 1.0), 0, 10, 2.5),
    "a kink": (lambda x: np.maximum(x, 2) - 2 - 1e-3 * (x < 2), 0, 10, 2),
    "at the left end": (lambda x: x, 0, 7, 0),
    "at the right end": (lambda x: x - 7, 0, 7, 7),
    "a tiny root": (lambda x: x - 1e-12, -1, 1, 1e-12),
    "a large root": (lambda x: x - 3.3e15, 0, 1e16, 3.3e15),
    "many turns": (lambda x: np.sin(50 * x) * (x + 1), 0.01, 0.1, np.pi / 50),
    "Newton's own": (lambda x: x**3 - 2 * x - 5, 2, 3, 2.0945514815423265),
}


@pytest.mark.parametrize("name", HARD)
def test_hard_functions(name):
    function, left, right, root = HARD[name]
    (found,) = closed(function, np.array([left], dtype=float), np.array([right], dtype=float))
    assert found == pytest.approx(root, rel=1e-9 if name != "nearly flat at the root" else 1e-5, abs=1e-13)


def test_all_rows_advance_together_and_none_disturbs_another():
    names = list(HARD)

    def all_at_once(x):
        return np.array(
            [float(HARD[name][0](np.array([each]))[0]) for name, each in zip(names, x, strict=True)]
        )

    together = closed(
        all_at_once, np.array([HARD[name][1] for name in names]), np.array([HARD[name][2] for name in names])
    )
    for name, found in zip(names, together, strict=True):
        (alone,) = closed(
            HARD[name][0], np.array([HARD[name][1]], dtype=float), np.array([HARD[name][2]], dtype=float)
        )
        assert found == pytest.approx(
            alone, rel=1e-9 if name != "nearly flat at the root" else 1e-4, abs=1e-12
        )


def test_of_a_level_stretch_any_point_will_do():
    for left, right in ((0, 10), (0, 3.5), (3.2, 3.9)):
        (found,) = closed(
            lambda x: np.floor(x) - 3, np.array([left], dtype=float), np.array([right], dtype=float)
        )
        assert 3 <= found < 4


def test_a_root_takes_few_steps():
    steps = []

    def counted(x):
        steps.append(x)
        return np.exp(x) - 2 * x - 5

    closed(counted, np.array([0.0]), np.array([50.0]))
    assert len(steps) < 40 < STEPS + 3


@given(
    st.lists(
        st.tuples(st.floats(-1e6, 1e6), st.floats(1e-3, 1e6), st.floats(1e-3, 1e6), st.floats(0.1, 5)),
        min_size=1,
        max_size=8,
    )
)
def test_roots_of_any_rising_curves(curves):
    root, left, right, bend = (np.array(each) for each in zip(*curves, strict=True))

    def function(x):
        return np.sign(x - root) * np.abs(x - root) ** bend

    found = closed(function, root - left, root + right)
    assert np.all((found >= root - left) & (found <= root + right))
    assert np.all(np.abs(found - root) <= 1e-6 * (left + right + np.abs(root)))


def test_brackets_nearest_to_the_centre_come_first():
    points = np.array([[0.0, 1, 2, 3, 4, 5]] * 6)
    values = np.array(
        [
            [-1, 1, 1, -1, -1, 1],
            [-1, 1, 1, -1, -1, 1],
            [1, 1, 1, 1, 1, 1],
            [np.nan, -1, np.nan, 1, 1, -1],
            [1, 1, 0, 1, 1, 1],
            [np.inf, -1, -1, -1, -1, -1],
        ]
    )
    left, right, found = nearest_brackets(points, values, np.array([0.0, 3, 3, 0, 2, 0]))
    assert list(found) == [True, True, False, True, True, False]
    assert (list(left[[0, 1, 3]]), list(right[[0, 1, 3]])) == ([0, 2, 4], [1, 3, 5])
    assert 2 in (left[4], right[4])
    assert np.isnan(left[2])
    assert np.isnan(right[5])
