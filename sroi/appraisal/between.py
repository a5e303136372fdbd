"""Switching values between two options: what each number would have to be for both to be worth the same."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from sroi.appraisal.joint import identity
from sroi.quantities import LEAST_INVESTMENT
from sroi.resolution import numbers_of
from sroi.results.options import Switch
from sroi.uncertainty.response import Response, numbers_behind
from sroi.uncertainty.shapes import Shape
from sroi.uncertainty.solving import solve
from sroi.uncertainty.switching import switching_value

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sroi.model import Study
    from sroi.results.sensitivity import Parameter


class Worth(Response):
    """The net present value of one option, which may cost nothing, as a function of its numbers.

    Parameters
    ----------
    study : Study
        Complete, with inputs or without.
    """

    def __init__(self, study: Study) -> None:
        self.study = study
        self.figure = "net_present_value"
        self.numbers = numbers_behind(study)

    def at(self, values: Mapping[str, Any]) -> Any:
        """The net present value where some numbers are set; nan where less than nothing is put in."""
        with np.errstate(all="ignore"):
            result = self._drawn(values)
            given = np.asarray(result.investment) > -LEAST_INVESTMENT
            return np.where(given, result.net_present_value, np.nan)

    def gap(self, values: Mapping[str, Any], target: float) -> Any:
        """What it is above a target."""
        return self.at(values) - target


class _Difference(Response):
    """The net present value of one option less that of another, by numbers that both have."""

    def __init__(self, one: Worth, other: Worth) -> None:
        self.one, self.other = one, other

    def gross(self, target: float) -> float:
        """The size of what the difference is added up from."""
        return self.one.gross(target) + self.other.gross(target)

    def shape_of(self, numbers: list[Parameter]) -> Shape:
        """The form of the difference in each number alone."""
        mine, theirs = self.one.shape_of(numbers), self.other.shape_of(numbers)
        low, high = np.minimum(mine.low, theirs.low), np.maximum(mine.high, theirs.high)
        return Shape(low, high, mine.pieces | theirs.pieces)

    def one_at_a_time(self, numbers: list[Parameter], values: Any, target: float | None = None) -> Any:
        """The difference where each number alone is set to its row of values; less the target."""
        mine, theirs = (each.one_at_a_time(numbers, values) for each in (self.one, self.other))
        with np.errstate(invalid="ignore"):  # both beyond all numbers: no difference is known
            return mine - theirs - (target or 0.0)


def between(studies: Mapping[str, Study], pair: tuple[str, str]) -> tuple[Switch, ...]:
    """What each number would have to be for two options to have the same net present value.

    A number that both have moves both; one that is an option's own moves that option alone. The other numbers
    stay at their central values.
    """
    worth = {name: Worth(studies[name]) for name in pair}
    one, other = pair
    keys = {
        name: {identity(name, numbers_of(studies[name])[each.path]): each for each in worth[name].numbers}
        for name in pair
    }
    both = [_narrowed(each, keys[other][key]) for key, each in keys[one].items() if key in keys[other]]
    found = _switches(_Difference(worth[one], worth[other]), both, 0.0, pair)
    for name, against in ((one, other), (other, one)):
        own = [each for key, each in keys[name].items() if key not in keys[against]]
        found += _switches(worth[name], own, worth[against].central, (name,))
    return tuple(sorted(found, key=lambda each: each.at.distance))


def _switches(
    response: Response, numbers: list[Parameter], target: float, options: tuple[str, ...]
) -> list[Switch]:
    answers = solve(response, numbers, target)
    return [
        Switch(options, switching_value(number, answer))
        for number, answer in zip(numbers, answers, strict=True)
    ]


def _narrowed(mine: Parameter, theirs: Parameter) -> Parameter:
    """A number that two options have, with what both admit that it could be."""
    return replace(
        mine, least=max(mine.least, theirs.least), most=min(mine.most, theirs.most),
        computed=mine.computed or theirs.computed,
    )  # fmt: skip
