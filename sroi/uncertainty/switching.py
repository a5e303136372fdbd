"""Switching values: what each number would have to be for the answer to change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from sroi import formulas
from sroi.evaluation import evaluate
from sroi.tables import Table, Tabled
from sroi.uncertainty import tables
from sroi.uncertainty.arguments import checked_finite
from sroi.uncertainty.response import Figure, Number, Response
from sroi.uncertainty.roots import closed, nearest_brackets

if TYPE_CHECKING:
    from collections.abc import Collection

    import pandas as pd

    from sroi.model import Study
    from sroi.reports.charts import Charts

Verdict = Literal["within its range", "outside its range", "none at all"]

_INSIDE, _SPANS = 33, 40


@dataclass(frozen=True, slots=True)
class SwitchingValue:
    """The value of one number, or of one outcome's total, at which the result meets the target, all else at central values.

    ``value`` is None where no value at all meets it. ``verdict`` tells a value within the number's own range
    from one outside it; a number without a range has None for ``low`` and ``high`` and is never within.
    """

    number: str
    central: float
    low: float | None
    high: float | None
    value: float | None
    verdict: Verdict
    unit: str | None

    @property
    def change(self) -> float | None:
        """The switching value over the central value; None where there is none or the central value is 0."""
        return None if self.value is None or not self.central else self.value / self.central


@dataclass(frozen=True, slots=True, eq=False)
class SwitchingValues(Tabled):
    """Switching values for one target: of every number that the result rests on, and of every outcome's total."""

    study: Study
    figure: Figure
    target: float
    central: float
    numbers: tuple[SwitchingValue, ...]
    outcomes: tuple[SwitchingValue, ...]

    @property
    def table(self) -> pd.DataFrame:
        """The switching values, a number or outcome a row."""
        import pandas as pd  # noqa: PLC0415 - loaded only when a table is asked for

        return pd.DataFrame(self.to_dict()["numbers"] + self.to_dict()["outcomes"])

    @property
    def charts(self) -> Charts:
        """The charts of the study, with these switching values."""
        from sroi.reports.charts import Charts  # noqa: PLC0415 - loaded only when a chart is asked for

        return Charts(evaluate(self.study), switches=self)

    @property
    def tables(self) -> tuple[Table, ...]:
        """What a person reads, as tables of words."""
        return tables.of_switching_values(self)

    def to_dict(self) -> dict[str, Any]:
        """The switching values as plain values that JSON can hold."""

        def rows(values: tuple[SwitchingValue, ...]) -> list[dict[str, Any]]:
            fields = ("number", "central", "low", "high", "value", "verdict", "unit", "change")
            return [{field: getattr(each, field) for field in fields} for each in values]

        return {
            "study": self.study.id,
            "figure": self.figure,
            "target": self.target,
            "central": self.central,
            "numbers": rows(self.numbers),
            "outcomes": rows(self.outcomes),
        }


def switching_values(
    study: Study,
    target: float = 1.0,
    *,
    figure: Figure = "social_return_ratio",
    only: Collection[str] | None = None,
) -> SwitchingValues:
    """What each number would have to be, alone, for the result to meet a target.

    Each is looked for by the engine itself, first within the number's own range, then over all that it could
    be: a share from 0 to 1, a duration up to 125 years, anything else to many times its range on its own side
    of zero. Of several values the nearest to the central one is given.

    Parameters
    ----------
    study : Study
    target : float
        What the figure is to be: 1 for breaking even, or a claimed ratio.
    figure : {"social_return_ratio", "savings_ratio", "net_present_value"}
    only : collection of str, optional
        Paths of the numbers to ask about; every number that the result rests on where it is left out. Of a
        study of hundreds of outcomes each number is a search through all of them.

    Raises
    ------
    UndefinedResultError
        If the study has no result on its central values.
    DocumentError
        If the target is not a finite number.
    """
    target = checked_finite(target, "target")
    response = Response(study, figure)
    numbers = [number for number in response.numbers if only is None or number.path in only]
    values = solve(response, numbers, target)
    found = []
    for number, value in zip(numbers, values, strict=True):
        within = (
            value is not None
            and number.low is not None
            and number.high is not None
            and number.low <= value <= number.high
        )
        verdict: Verdict = (
            "none at all" if value is None else "within its range" if within else "outside its range"
        )
        found.append(
            SwitchingValue(number.name, number.value, number.low, number.high, value, verdict, number.unit)
        )
    return SwitchingValues(
        study, figure, target, response.central, tuple(found), _of_the_outcomes(study, response, target)
    )


def solve(response: Response, numbers: list[Number], target: float) -> list[float | None]:
    """For each number alone, the value at which the response meets the target; None where there is none."""
    if not numbers:
        return []
    centre = np.array([number.value for number in numbers])
    points = np.sort(np.array([_points(number) for number in numbers]), axis=1)
    values = response.one_at_a_time(numbers, points) - target
    rows, left, right = _brackets(numbers, points, values, centre)
    if not rows.size:
        return [None] * len(numbers)
    chosen = [numbers[row] for row in rows]

    def less_target(x: Any) -> Any:
        return response.one_at_a_time(chosen, x[:, None])[:, 0] - target

    roots = closed(less_target, left, right)
    reached = np.abs(less_target(roots)) <= 1e-9 * max(1.0, abs(target))
    answers: list[float | None] = [None] * len(numbers)
    for row, root, meets in zip(rows, roots, reached, strict=True):
        best = answers[row]
        if meets and (best is None or abs(root - centre[row]) < abs(best - centre[row])):
            answers[row] = float(root)
    return answers


def _points(number: Number) -> Any:
    """Where a number is tried: closely within its own range, and ever more widely over all that it could be."""
    low, high = (
        (number.low, number.high)
        if number.low is not None and number.high is not None
        else (number.value, number.value)
    )
    inside = np.linspace(low, high, _INSIDE)
    least, most = number.domain
    least += 1e-9 if number.bounds.above_low else 0.0
    if most <= 125:
        outside = np.linspace(max(least, -125.0), most, 2 * _SPANS)
    else:
        span = max(high - low, abs(number.value), 1e-6)
        steps = span * 2.0 ** np.arange(-4, _SPANS - 4)
        outside = np.clip(np.concatenate([low - steps, high + steps]), least, most)
    return np.concatenate([inside, outside])


def _brackets(numbers: list[Number], points: Any, values: Any, centre: Any) -> tuple[Any, Any, Any]:
    """Rows and ends of brackets: within a number's own range where there is one, else the nearest on either side of the central value."""
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


def _of_the_outcomes(study: Study, response: Response, target: float) -> tuple[SwitchingValue, ...]:
    """What the present value of each outcome in the total would have to be, all others as they are."""
    result = evaluate(study)
    savings = response.model.savings
    rows = []
    for row in result.outcomes:
        if (
            not row.in_total
            or row.present_value is None
            or (response.figure == "savings_ratio" and row.outcome not in savings)
        ):
            continue
        total = (
            result.present_value
            if response.figure != "savings_ratio"
            else result.savings_ratio * result.investment
        )
        wanted = (
            target + result.investment
            if response.figure == "net_present_value"
            else target * result.investment
        )
        value = row.present_value + (wanted - formulas.net_present_value(total, 0.0))
        rows.append(
            SwitchingValue(
                f"outcomes.{row.outcome}",
                row.present_value,
                None,
                None,
                float(value),
                "outside its range",
                study.currency,
            )
        )
    return tuple(rows)
