"""A result as a function of a study's numbers: many settings at once, each by the engine's own formulas."""

from __future__ import annotations

import math
from functools import cached_property
from typing import TYPE_CHECKING, Any, get_args

import numpy as np

from sroi.errors import DocumentError, NotFoundError, Problem, instead
from sroi.evaluation.arguments import as_evaluation
from sroi.quantities import LEAST_INVESTMENT, shown
from sroi.resolution import numbers_of
from sroi.results.sensitivity import Figure, Parameter
from sroi.uncertainty.admissible import Admissible
from sroi.uncertainty.model import DrawnStudy
from sroi.uncertainty.shapes import Shape, shapes
from sroi.uncertainty.uncertain import is_years_of_input, uncertainty

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sroi.model import Study
    from sroi.results import Evaluation
    from sroi.uncertainty.model import DrawnResult

_HELD = 2_000_000
"""Values of numbers held at once, each number set in turn beside the others."""

_SHAPED = 512
"""Numbers whose forms are looked at together."""


class Response:
    """The result of one study as a function of its numbers.

    Parameters
    ----------
    study : Study or Evaluation
        With a result on its central values.
    figure : {"social_return_ratio", "savings_ratio", "net_present_value"}
        Which figure is the result.

    Raises
    ------
    UndefinedResultError
        If the study has no result on its central values.
    DocumentError
        If there is no such figure.
    """

    def __init__(self, study: Study | Evaluation, figure: Figure = "social_return_ratio") -> None:
        if figure not in get_args(Figure):
            message = f"there is no figure {shown(figure)}"
            raise DocumentError([Problem(message, instead(str(figure), get_args(Figure)), file="figure")])
        self.study = study = as_evaluation(study, "sroi.sensitivity").study
        self.figure = figure
        self.numbers = numbers_behind(study)

    @cached_property
    def model(self) -> DrawnStudy:
        """The study under draws, of which those that it could not hold are no number."""
        return DrawnStudy(self.study, refuses=True)

    @cached_property
    def central(self) -> float:
        """The figure on central values."""
        return float(np.ravel(self.at({}))[0])

    def number(self, path: str) -> Parameter:
        """The number at a path; a bare name is that of an assumption.

        Raises
        ------
        NotFoundError
            If the result rests on no such number.
        """
        for number in self.numbers:
            if path in (number.path, number.name):
                return number
        raise NotFoundError(
            f"the result rests on no number {shown(path)}",
            instead(path, [number.name for number in self.numbers]),
        )

    def _drawn(self, values: Mapping[str, Any]) -> DrawnResult:
        return self.model.evaluate(values)

    def at(self, values: Mapping[str, Any]) -> Any:
        """The figure where some numbers are set, by path, to arrays of one shape; all others stay central.

        It is nan where the inputs sum to nothing or less, and where added deductions pass 100%.
        """
        with np.errstate(all="ignore"):
            result = self._drawn(values)
            figures = {"savings_ratio": result.savings_ratio, "net_present_value": result.net_present_value}
            figure = figures.get(self.figure, result.ratio)
            return np.where(np.asarray(result.investment) >= LEAST_INVESTMENT, figure, np.nan)

    def gap(self, values: Mapping[str, Any], target: float) -> Any:
        """What the benefits are above what the target asks of them: 0 where the figure meets it.

        It is a sum of the study's flows, so that a number which moves them straight moves it straight, where
        the figure itself would bend.
        """
        with np.errstate(all="ignore"):
            result = self._drawn(values)
            gained = result.saved if self.figure == "savings_ratio" else result.present_value
            money = self.figure == "net_present_value"
            wanted = result.investment + target if money else target * np.asarray(result.investment)
            return np.where(np.asarray(result.investment) >= LEAST_INVESTMENT, gained - wanted, np.nan)

    def gross(self, target: float) -> float:
        """The size of what the gap to a target is added up from, on central values."""
        result = self._drawn({})
        gained = sum(abs(float(np.ravel(each)[0])) for each in (result.present_value, result.saved))
        return gained + (1 + abs(target)) * abs(float(np.ravel(result.investment)[0]))

    def shape_of(self, numbers: list[Parameter]) -> Shape:
        """The form of the gap in each number alone."""
        known = self.model.numbers
        savings = self.model.savings if self.figure == "savings_ratio" else None
        admissible = Admissible(known)
        pieces = [admissible.counts_years(number.path) for number in numbers]
        low, high = np.full(len(numbers), -np.inf), np.full(len(numbers), np.inf)
        for rows in _apart(numbers, _SHAPED):
            paths = [numbers[row].path for row in rows]
            found = shapes(known, paths, [pieces[row] for row in rows], savings)
            low[rows], high[rows] = found.low, found.high
        return Shape(low, high, np.array(pieces, dtype=bool))

    def one_at_a_time(self, numbers: list[Parameter], values: Any, target: float | None = None) -> Any:
        """The figure where each number alone is set to its row of values; what rests on it follows.

        Parameters
        ----------
        numbers : list of Parameter
        values : ndarray, shape (number, setting)
        target : float, optional
            The gap to this target, in place of the figure.

        Returns
        -------
        ndarray, shape (number, setting)
        """
        figures = np.empty(values.shape)
        settings = values.shape[1]
        most = max(math.isqrt(_HELD // max(settings, 1)), 1)
        self.model.check_memory(min(most, len(numbers)) * settings, "numbers", min(most, len(numbers)))
        for rows in _apart(numbers, most):
            figures[rows] = self._together([numbers[row] for row in rows], values[rows], target)
        return figures

    def _together(self, numbers: list[Parameter], values: Any, target: float | None) -> Any:
        """The same of numbers none of which is computed from another."""
        rows, settings = values.shape
        whole = {number.path: np.full((rows, settings), number.value) for number in numbers}
        for row, number in enumerate(numbers):
            whole[number.path][row] = values[row]
        flat = {path: each.ravel() for path, each in whole.items()}
        found = self.at(flat) if target is None else self.gap(flat, target)
        return np.broadcast_to(found, (rows * settings,)).reshape(rows, settings)


def _apart(numbers: list[Parameter], most: int) -> list[list[int]]:
    """Places of numbers that can be set side by side: some that are not computed, and each that is."""
    plain = [row for row, number in enumerate(numbers) if not number.computed]
    computed = [[row] for row, number in enumerate(numbers) if number.computed]
    return [*(plain[first : first + most] for first in range(0, len(plain), most)), *computed]


def numbers_behind(study: Study) -> tuple[Parameter, ...]:
    """The numbers that a result rests on and that can be set, each with its range and what it could be."""
    ranges = {number.path: number for number in uncertainty(study).numbers}
    resolved = numbers_of(study)
    years = [number for number in resolved if is_years_of_input(number.path)]
    whole = {f"assumptions.{name}" for number in years for name in number.rests_on}
    whole |= {number.path for number in years}
    found, admissible = [], Admissible(resolved)
    for used in resolved.used:
        spread = ranges.get(used.path)
        if used.value is not None and used.path not in whole and (spread is not None or not used.computed):
            low, high = spread.ends if spread is not None else (None, None)
            found.append(
                Parameter(
                    used.path,
                    used.value,
                    low,
                    high,
                    used.estimate.bounds,
                    used.unit,
                    used.computed,
                    *admissible.domain(used),
                )
            )
    return tuple(found)
