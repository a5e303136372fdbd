"""A result as a function of a study's numbers: many settings at once, each by the engine's own formulas."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal, get_args

import numpy as np

from sroi.errors import DocumentError, NotFoundError, Problem, instead
from sroi.evaluation import evaluate
from sroi.evaluation.lineage import numbers_used
from sroi.resolution import Resolution
from sroi.uncertainty.drawn import DrawnStudy
from sroi.uncertainty.uncertain import uncertainty, years_rest_on

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sroi.model import Study
    from sroi.quantities import Bounds

Figure = Literal["social_return_ratio", "savings_ratio", "net_present_value"]


@dataclass(frozen=True, slots=True)
class Number:
    """One number that a result rests on and that can be set: its central value, its range if it has one, and its bounds.

    ``computed`` tells a number with a range of its own that is written as an expression: it follows the
    numbers that it is computed from.
    """

    path: str
    value: float
    low: float | None
    high: float | None
    bounds: Bounds
    unit: str | None
    computed: bool = False

    @property
    def domain(self) -> tuple[float, float]:
        """What the number could be at all: its bounds, and the side of zero that its range lies on.

        An assumption has no bounds of its own: without a unit, and with a range within 0–1, it is taken for a
        share.
        """
        least, most = self.bounds.low, self.bounds.high
        low, high = (self.value if end is None else end for end in (self.low, self.high))
        if low >= 0:
            least = max(least, 0.0)
        if high <= 0 and low < 0:
            most = min(most, 0.0)
        share = self.path.startswith("assumptions.") and self.unit is None and low >= 0 and high <= 1
        return (least, min(most, 1.0)) if share else (least, most)

    @property
    def name(self) -> str:
        """The path without the word that every assumption begins with."""
        return self.path.removeprefix("assumptions.")


class Response:
    """The result of one study as a function of its numbers.

    Parameters
    ----------
    study : Study
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

    def __init__(self, study: Study, figure: Figure = "social_return_ratio") -> None:
        if figure not in get_args(Figure):
            message = f"there is no figure {figure!r}"
            raise DocumentError([Problem(message, instead(str(figure), get_args(Figure)), file="figure")])
        evaluate(study)
        self.study = study
        self.figure = figure
        self.numbers = _numbers(study)
        self.model = DrawnStudy(study, {number.path for number in self.numbers}, refuses=True)
        self.central = float(np.ravel(self.at({}))[0])

    def number(self, path: str) -> Number:
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
        """The figure where some numbers are set, by path, to arrays of one shape; all others keep their central value.

        It is nan where the inputs sum to nothing or less, and where added deductions pass 100%.
        """
        with np.errstate(all="ignore"):
            result = self.model.evaluate(values)
            figures = {"savings_ratio": result.savings_ratio, "net_present_value": result.net_present_value}
            figure = figures.get(self.figure, result.ratio)
            return np.where(np.asarray(result.investment) > 0, figure, np.nan)

    def one_at_a_time(self, numbers: list[Number], values: Any) -> Any:
        """The figure where each number alone is set to its own row of values, and what is computed from it follows.

        Parameters
        ----------
        numbers : list of Number
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

    def _together(self, numbers: list[Number], values: Any) -> Any:
        """The same of numbers none of which is computed from another."""
        rows, settings = values.shape
        whole = {number.path: np.full((rows, settings), number.value) for number in numbers}
        for row, number in enumerate(numbers):
            whole[number.path][row] = values[row]
        flat = {path: each.ravel() for path, each in whole.items()}
        return np.broadcast_to(self.at(flat), (rows * settings,)).reshape(rows, settings)


def _numbers(study: Study) -> tuple[Number, ...]:
    estimates = dict(study.estimates())
    ranges = {number.path: number for number in uncertainty(study).numbers}
    whole_years = {f"assumptions.{name}" for _, name in years_rest_on(study, Resolution(study))}
    found = []
    for used in numbers_used(study):
        estimate = estimates[used.path]
        if used.computed and used.path not in ranges:
            continue
        if used.value is None:
            continue
        if used.path in whole_years or (used.path.startswith("inputs.") and used.path.endswith(".years")):
            continue
        spread = ranges.get(used.path)
        low, high = spread.ends if spread is not None else (None, None)
        found.append(
            Number(
                used.path,
                used.value,
                low,
                high,
                _bounds(study, used.path, estimate.bounds),
                used.unit,
                used.computed,
            )
        )
    return tuple(found)


def _bounds(study: Study, path: str, bounds: Bounds) -> Bounds:
    """A number's bounds; a duration is no shorter than the shares that are listed for its years."""
    section, name, *field = path.split(".")
    if (section, field) != ("outcomes", ["duration"]):
        return bounds
    outcome = study.outcomes[name]
    listed = (outcome.deadweight, outcome.displacement, outcome.attribution, outcome.contribution)
    longest = max(len(each) if isinstance(each, tuple) else 1 for each in listed)
    return replace(bounds, low=longest - 1.0, above_low=True) if longest > 1 else bounds
