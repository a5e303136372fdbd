"""The walk on the rows of a table: what each row is worth today."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

import narwhals.stable.v2 as nw

from sroi.backends.frames import Frames
from sroi.discounting import factors
from sroi.portfolio.layout import NUMBERS, typed
from sroi.resolution import numbers_of
from sroi.tolerance import same
from sroi.walk import Walk

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sroi.method import MethodProfile
    from sroi.model import Study
    from sroi.portfolio.layout import Frame


class Reach(NamedTuple):
    """How far the rows of a table reach: the first and last year that one begins in, the longest duration."""

    first: int
    last: int
    longest: float


class _Rows(Walk):
    """The walk of one row, whose flows are counted from the year that it begins in."""

    def __init__(self, study: Study, columns: Mapping[str, Any], backend: Frames, discount: Discount) -> None:
        super().__init__(numbers_of(study), backend, columns)
        self._frames = backend
        self._discount_of = discount

    def factors_of(self, name: str | None = None) -> tuple[Any, ...]:
        assert name is not None
        return self._discount_of.rows(self.study.method.timing, self.benefit_years(name), self._frames)

    @property
    def input_factors(self) -> tuple[Any, ...]:
        method = self.study.method
        return self._discount_of.rows(
            method.input_timing, 1, self._frames, undiscounted=not method.discount_inputs
        )


class Discount:
    """Discount factors of rows by the year that each begins in, as columns.

    Parameters
    ----------
    method : MethodProfile
    base : int
        Index from which periods are counted.
    reach : Reach
    begins : Expr
        The year, counted from year 0, in which a row's flows begin.
    within : callable, optional
        Given a benefit year, whether the row counts in it.
    schedules : mapping of str to Expr
        Whether a row goes by a schedule of its own, by the schedule's name.
    """

    def __init__(
        self,
        method: MethodProfile,
        base: int,
        reach: Reach,
        begins: Any,
        within: Callable[[int], Any] | None = None,
        schedules: Mapping[str, Any] | None = None,
    ) -> None:
        self.method, self.base, self.reach = method, base, reach
        self._begins, self._within, self._schedules = begins, within, schedules or {}

    def rows(
        self, timing: str, years: int, backend: Frames, *, undiscounted: bool = False
    ) -> tuple[Any, ...]:
        """The factors of each row in the first ``years`` years from its own beginning."""
        method = self.method
        general = (None, 0.0) if undiscounted else (method.discount_schedule, method.discount_rate)
        found = self._looked_up(*general, timing, years, backend)
        for schedule, follows in self._schedules.items():
            own = self._looked_up(schedule, None, timing, years, backend)
            found = [_either(follows, each, other) for each, other in zip(own, found, strict=True)]
        if self._within is not None:
            found = [_either(self._within(k), factor, 0.0) for k, factor in enumerate(found)]
        return tuple(found)

    def _looked_up(
        self, schedule: str | None, rate: float | None, timing: str, years: int, backend: Frames
    ) -> list[Any]:
        last = self.reach.last + years
        by_year = factors(schedule, rate, last, timing, self.base)
        limit = last if self.method.horizon is None else self.method.horizon + 1
        by_year = tuple(factor if t < limit else 0.0 for t, factor in enumerate(by_year))
        firsts = range(self.reach.first, self.reach.last + 1)
        beginning = backend.held(
            f"factor {schedule} {timing}", self._by_first({t: by_year[t] for t in firsts})
        )
        found = []
        for k in range(years):
            steps = [by_year[t + k] / by_year[t] if by_year[t] else math.nan for t in firsts]
            if all(same(step, steps[0]) for step in steps):
                found.append(beginning * steps[0])
            else:
                found.append(self._by_first({t: by_year[t + k] for t in firsts}))
        return found

    def _by_first(self, factor_of: Mapping[int, float]) -> Any:
        *firsts, last = factor_of
        found: Any = factor_of[last]
        for first in reversed(firsts):
            if factor_of[first] != factor_of[first + 1]:
                found = _either(self._begins <= first, factor_of[first], found)
        return found


def _either(condition: Any, one: Any, other: Any) -> Any:
    """One number where a condition holds, the other elsewhere; a number where they are the same one."""
    if isinstance(one, float) and isinstance(other, float) and one == other:
        return one
    return nw.when(condition).then(one).otherwise(other)


class _Table:
    """A table under way, in which what a walk goes on from is held."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self._lazy = isinstance(frame, nw.LazyFrame)
        self._count = 0

    @property
    def backend(self) -> Frames:
        """A backend that holds in this table."""
        return Frames(self.hold, at_once=not self._lazy)

    def hold(self, what: str, column: Any) -> Any:
        """A column in its place; where the engine runs at once, over the former of the same name."""
        self._count += 1
        name = typed(f"{what} {self._count if self._lazy else 0}")
        self.frame = self.frame.with_columns(column.alias(name))
        return nw.col(name)

    def frame_with(self, present_value: Any) -> Frame:
        """The table with the present value of each row."""
        whole = present_value if isinstance(present_value, nw.Expr) else nw.lit(present_value)
        return self.frame.with_columns(whole.alias(typed("present_value")))


def outcome_values(frame: Frame, study: Study, discount: Discount, own_drop_off: Mapping[str, Any]) -> Frame:
    """A table of outcomes with the present value of each row in a column ``value``.

    ``study`` has one outcome, and one more for each way that rows say when drop-off begins, by its name;
    ``own_drop_off`` says which rows go which way.
    """
    table = _Table(frame)

    def value(name: str) -> Any:
        given = {f"outcomes.{name}.{each}": nw.col(typed(each)) for each in NUMBERS}
        return _Rows(study, given, table.backend, discount).outcome_value(name)

    general, *others = study.outcomes
    if not others:
        return table.frame_with(value(general))
    found = table.hold(general, value(general))
    for name in others:
        found = _either(own_drop_off[name], table.hold(name, value(name)), found)
    return table.frame_with(found)


def input_values(frame: Frame, study: Study, discount: Discount) -> Frame:
    """A table of inputs with the present value of each row."""
    table = _Table(frame)
    (name,) = study.inputs
    walk = _Rows(study, {f"inputs.{name}.value": nw.col(typed("amount"))}, table.backend, discount)
    return table.frame_with(walk.input_value(name))
