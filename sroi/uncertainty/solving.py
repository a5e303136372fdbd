"""Where one number meets a target: straight and curved forms solved outright, all others closed in on."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from sroi.quantities import MOST_YEARS
from sroi.tolerance import TOLERANCE
from sroi.uncertainty.roots import closed, nearest_brackets

if TYPE_CHECKING:
    from sroi.results.sensitivity import Parameter
    from sroi.uncertainty.response import Response

_INSIDE, _STEPS, _FINE = 33, 47, 16
_OUTSIDE = 2 * (_STEPS + _FINE)
_MOST_POWERS = 3
_NEAR = 1e-9
_BESIDE = (0.0, -1e-6, 1e-6, -1e-13, 1e-13)
"""Beside a solution, in parts of it: where the sign changes, and where rounding has it not refused."""

_SPREAD = (0.0, 1.0, -0.5, 0.5, 2.0, -1.0, 4.0)
"""Where a form is taken, in widths from the central value."""

_FAR = (-1e12, -1e6, 1e6, 1e12)
"""Where a form that seems level is looked at again, in widths."""

_FAINT, _FAR_FROM_NOTHING = 1e-14, 1e3


@dataclass(frozen=True, slots=True)
class Answer:
    """Where one number meets the target; if nowhere, whether that is proved, and how far it was tried."""

    value: float | None
    proved: bool
    searched: tuple[float, float]


def solve(response: Response, numbers: list[Parameter], target: float) -> list[Answer]:
    """For each number alone, the value at which the response meets the target."""
    if not numbers:
        return []
    shape, nothing = response.shape_of(numbers), TOLERANCE * response.gross(target)
    forms = zip(shape.low, shape.high, shape.pieces, strict=True)
    searches = [_Search(number, *form, nothing) for number, form in zip(numbers, forms, strict=True)]
    near = _NEAR * max(1.0, abs(target))

    def solved(asked: list[_Search], points: list[Any]) -> Any:
        """The solutions of some forms by their gaps at some points; the figures less the target there."""
        chosen = [search.number for search in asked]
        at = np.sort(np.array(points), axis=1)
        for search, *row in zip(asked, at, response.one_at_a_time(chosen, at, target), strict=True):
            search.look(*row)
        said = np.array([search.said for search in asked])
        beyond = response.one_at_a_time(chosen, said) - target
        for search, row in zip(asked, beyond, strict=True):
            search.judge(row, near)
        return said, beyond

    straight = [search for search in searches if search.straight]
    if straight:
        solved(straight, [search.few for search in straight])
    rest = [search for search in searches if not search.settled]
    if rest:
        said, beyond = solved(rest, [_points(search.number) for search in rest])
        _close_in(response, rest, said, beyond, target, near)
    return [search.answer for search in searches]


def _close_in(
    response: Response, rest: list[_Search], said: Any, beyond: Any, target: float, near: float
) -> None:
    """Find what lies between points at which the sign changes."""
    every = np.array([np.concatenate([search.points, row]) for search, row in zip(rest, said, strict=True)])
    signs = np.array([np.concatenate([search.gaps, row]) for search, row in zip(rest, beyond, strict=True)])
    order = np.argsort(every, axis=1, kind="stable")
    every, signs = (np.take_along_axis(each, order, axis=1) for each in (every, signs))
    rows, left, right = _brackets([search.number for search in rest], every, signs)
    if not rows.size:
        return
    chosen = [rest[row].number for row in rows]

    def less_target(x: Any) -> Any:
        return response.one_at_a_time(chosen, x[:, None])[:, 0] - target

    roots = closed(less_target, left, right)
    for row, root, reached in zip(rows, roots, np.abs(less_target(roots)) <= near, strict=True):
        rest[row].found += [float(root)] if reached else []


def _points(number: Parameter) -> Any:
    """Where a number is tried: closely within its own range, and over all that it could be."""
    (low, high), (least, most), width = _ends(number), number.domain, _width(number)
    if most <= 1 and least >= 0:
        outside = np.linspace(least, most, _OUTSIDE)
    elif most <= MOST_YEARS and least >= 0:
        outside = np.arange(float(_OUTSIDE))
    else:
        steps, fine = width * 2.0 ** np.arange(-4, _STEPS - 4), width * 10.0 ** -np.arange(1.0, _FINE + 1)
        outside = np.concatenate([low - steps, high + steps, fine, -fine])
    return np.concatenate([np.linspace(low, high, _INSIDE), np.clip(outside, least, most)])


def _ends(number: Parameter) -> tuple[float, float]:
    low, high = (number.value if end is None else end for end in (number.low, number.high))
    return low, high


def _width(number: Parameter) -> float:
    """What counts as a step of a number: its range, or its size."""
    low, high = _ends(number)
    return max(high - low, abs(number.value)) or 1.0


class _Search:
    """What was tried of one number, and what its form says of where the gap to the target closes."""

    def __init__(self, number: Parameter, low: float, high: float, pieces: bool, nothing: float) -> None:
        self.number = number
        self._powers, self._low, self._pieces, self._nothing = high - low, low, pieces, nothing
        known = math.isfinite(low) and self._powers <= _MOST_POWERS
        self._solvable = known and not pieces and self._powers == int(self._powers) and low == int(low)
        self.straight = self._solvable and self._powers <= 1
        self.points = self.gaps = self.said = np.empty(0)
        self.found: list[float] = []
        self.settled = False
        self._solutions: list[float] | None = None

    @property
    def few(self) -> Any:
        """Points enough to know a straight form by."""
        around = self.number.value + _width(self.number) * np.array((*_SPREAD, *_FAR))
        return np.clip(around, *self.number.domain)

    def look(self, points: Any, gaps: Any) -> None:
        """Take the gaps at some points, and solve the form where it can be."""
        self.points, self.gaps = points, gaps
        self._solutions = self._solved() if self._solvable else None
        values = self._solutions or []
        around = [value * (1 + part) + part * 1e-300 for value in values for part in _BESIDE]
        padding = [self.number.value] * (len(_BESIDE) * (1 + _MOST_POWERS) - len(around))
        self.said = np.clip([*around, *padding], *self.number.domain)

    def judge(self, beyond: Any, near: float) -> None:
        """Take how far the figure is from the target at each solution, and beside it, and at the centre."""
        self.found, refused = [], True
        for first in range(0, len(beyond), len(_BESIDE)):
            each = np.abs(beyond[first : first + len(_BESIDE)])
            refused &= bool(np.isnan(each[0])) or first >= len(_BESIDE) * len(self._solutions or ())
            if (each <= near).any():
                self.found.append(float(self.said[first + int(np.nanargmin(each))]))
        self._proved = self._solutions is not None and refused
        self.settled = self.straight and self._solutions is not None and (bool(self.found) or refused)

    def _solved(self) -> list[float] | None:
        """All that the form allows within the domain; None where too few points are there to know it by."""
        powers = int(self._powers)
        there = np.isfinite(self.gaps)
        points, gaps = self.points[there], self.gaps[there]
        if not powers and not self._low:
            return []
        if not points.size:
            return None
        centre, width = self.number.value, _width(self.number)
        at = list(dict.fromkeys(int(np.abs(points - centre - width * each).argmin()) for each in _SPREAD))
        x, gaps = points[at[: powers + 1]], gaps[at[: powers + 1]]
        if len(set(x.tolist())) <= powers or (self._low < 0 and not x.all()):
            return None
        if powers and np.ptp(gaps) <= self._nothing:
            if self._level or not self.straight:
                return [] if self._level else None
            x, gaps = points[[0, -1]], self.gaps[there][[0, -1]]
            if (self._low < 0 and not x.all()) or np.ptp(gaps) <= self._nothing:
                return None
        scaled = gaps * (x / width) ** -self._low
        terms = np.linalg.solve(np.vander((x - centre) / width), scaled)
        if powers > 1 and np.abs(terms[0]) <= _FAINT * np.abs(terms).max():
            return None
        roots = np.roots(terms)
        real = roots.real[np.abs(roots.imag) <= 1e-6 * (1 + np.abs(roots))]
        least, most = self.number.domain
        slack = TOLERANCE * max(1.0, width)
        return [value for value in (centre + width * real).tolist() if least - slack <= value <= most + slack]

    @property
    def _level(self) -> bool:
        """Whether a form that hardly moves cannot reach the target: it is level, or has not far to go."""
        gaps = self.gaps[np.isfinite(self.gaps)]
        bounded = self.number.most - self.number.least <= MOST_YEARS
        return not np.ptp(gaps) or (bounded and np.abs(gaps).min() > _FAR_FROM_NOTHING * self._nothing)

    @property
    def answer(self) -> Answer:
        """The best of what was found: within the number's own range, on its side of zero, the nearest."""
        number = self.number

        def order(value: float) -> tuple[bool, bool, float]:
            return not number.holds(value), value * number.value < 0, abs(value - number.value)

        there = self.points[np.isfinite(self.gaps)]
        searched = (float(there[0]), float(there[-1])) if there.size else number.domain
        return Answer(min(self.found, key=order, default=None), self._proved or self._one_way, searched)

    @property
    def _one_way(self) -> bool:
        """Whether it was tried at every corner, or goes one way over all that the number could be."""
        if not np.isfinite(self.gaps).all():
            return False
        if self._pieces and self._powers <= 1:
            return True
        steps, (least, most) = np.diff(self.gaps), self.number.domain
        known = math.isfinite(self._powers) or not self.number.path.startswith("assumptions.")
        bounded = least >= 0 and most <= MOST_YEARS
        return bool(bounded and known and ((steps >= 0).all() or (steps <= 0).all()))


def _brackets(numbers: list[Parameter], points: Any, values: Any) -> tuple[Any, Any, Any]:
    """Rows and ends of brackets: the nearest on either side of each value, within its range before beyond."""
    centre = np.array([number.value for number in numbers])
    low = np.array([np.nan if number.low is None else number.low for number in numbers])
    high = np.array([np.nan if number.high is None else number.high for number in numbers])
    with np.errstate(invalid="ignore"):
        inside = (points >= low[:, None]) & (points <= high[:, None])
    near = [nearest_brackets(points, np.where(inside, values, np.nan), centre, side) for side in (-1, 1)]
    far = [nearest_brackets(points, values, centre, side) for side in (-1, 1)]
    within = near[0][2] | near[1][2]
    rows, left, right = [], [], []
    for close, wide in zip(near, far, strict=True):
        found = np.flatnonzero(np.where(within, close[2], wide[2]))
        rows.append(found)
        left.append(np.where(within, close[0], wide[0])[found])
        right.append(np.where(within, close[1], wide[1])[found])
    return np.concatenate(rows), np.concatenate(left), np.concatenate(right)
