"""A result as a function of a study's numbers: many settings at once, each by the engine's own formulas."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, get_args

import numpy as np

from sroi.errors import DocumentError, NotFoundError, Problem, instead
from sroi.evaluation.arguments import as_evaluation
from sroi.model import DEDUCTIONS
from sroi.resolution import numbers_of
from sroi.results.sensitivity import Figure, Parameter
from sroi.uncertainty.model import DrawnStudy
from sroi.uncertainty.uncertain import is_years_of_input, uncertainty

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sroi.model import Study
    from sroi.quantities import Bounds
    from sroi.results import Evaluation


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
            message = f"there is no figure {figure!r}"
            raise DocumentError([Problem(message, instead(str(figure), get_args(Figure)), file="figure")])
        self.study = study = as_evaluation(study, "sroi.sensitivity").study
        self.figure = figure
        self.numbers = _numbers(study)
        self.model = DrawnStudy(study, refuses=True)
        self.central = float(np.ravel(self.at({}))[0])

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
            f"the result rests on no number {path}", instead(path, [number.name for number in self.numbers])
        )

    def at(self, values: Mapping[str, Any]) -> Any:
        """The figure where some numbers are set, by path, to arrays of one shape; all others stay central.

        It is nan where the inputs sum to nothing or less, and where added deductions pass 100%.
        """
        with np.errstate(all="ignore"):
            result = self.model.evaluate(values)
            figures = {"savings_ratio": result.savings_ratio, "net_present_value": result.net_present_value}
            figure = figures.get(self.figure, result.ratio)
            return np.where(np.asarray(result.investment) > 0, figure, np.nan)

    def one_at_a_time(self, numbers: list[Parameter], values: Any) -> Any:
        """The figure where each number alone is set to its row of values; what rests on it follows.

        Parameters
        ----------
        numbers : list of Parameter
        values : ndarray, shape (number, setting)

        Returns
        -------
        ndarray, shape (number, setting)
        """
        figures = np.empty(values.shape)
        plain = [row for row, number in enumerate(numbers) if not number.computed]
        for rows in [plain, *([row] for row, number in enumerate(numbers) if number.computed)]:
            if rows:
                figures[rows] = self._together([numbers[row] for row in rows], values[rows])
        return figures

    def _together(self, numbers: list[Parameter], values: Any) -> Any:
        """The same of numbers none of which is computed from another."""
        rows, settings = values.shape
        whole = {number.path: np.full((rows, settings), number.value) for number in numbers}
        for row, number in enumerate(numbers):
            whole[number.path][row] = values[row]
        flat = {path: each.ravel() for path, each in whole.items()}
        return np.broadcast_to(self.at(flat), (rows * settings,)).reshape(rows, settings)


def _numbers(study: Study) -> tuple[Parameter, ...]:
    ranges = {number.path: number for number in uncertainty(study).numbers}
    resolved = numbers_of(study)
    years = [number for number in resolved if is_years_of_input(number.path)]
    whole = {f"assumptions.{name}" for number in years for name in number.rests_on}
    whole |= {number.path for number in years}
    found = []
    for used in resolved.used:
        spread = ranges.get(used.path)
        if used.value is not None and used.path not in whole and (spread is not None or not used.computed):
            low, high = spread.ends if spread is not None else (None, None)
            bounds = _bounds(study, used.path, used.estimate.bounds)
            found.append(Parameter(used.path, used.value, low, high, bounds, used.unit, used.computed))
    return tuple(found)


def _bounds(study: Study, path: str, bounds: Bounds) -> Bounds:
    """A number's bounds; a duration is no shorter than the shares that are listed for its years."""
    section, name, *field = path.split(".")
    if (section, field) != ("outcomes", ["duration"]):
        return bounds
    outcome = study.outcomes[name]
    listed = (getattr(outcome, key) for key in (*DEDUCTIONS, "contribution"))
    longest = max(len(each) if isinstance(each, tuple) else 1 for each in listed)
    return replace(bounds, low=longest - 1.0, above_low=True) if longest > 1 else bounds
