"""The part of the page that moves: sliders, and what the study comes to under them, by its own arithmetic.

Every figure is written by :class:`~sroi.steps.steps_of` on symbols: a number that no slider
reaches is known and stays a number, one that a slider reaches becomes an expression in the signals of Vega,
which the page evaluates.
"""

from __future__ import annotations

import itertools
import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from sroi.backends.arrays import ARRAYS
from sroi.backends.symbols import VEGA, Symbol, written
from sroi.documents import change
from sroi.labels import split_path
from sroi.quantities import MOST_YEARS
from sroi.reports.sliders import RATE, Slider, assumption_sliders, rate_slider
from sroi.resolution import numbers_of
from sroi.steps import Steps, steps_of
from sroi.tolerance import TOLERANCE
from sroi.values import Values
from sroi.walk import Walk

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sroi.model import Estimate, Study
    from sroi.results import Evaluation, Sensitivity

FIGURES = {
    "ratio": "social_return_ratio",
    "npv": "net_present_value",
    "pv": "present_value",
    "investment": "investment",
}
"""Signals of the headlines, and their names in results; each has a signal ``_distance`` to the base case."""


@dataclass(frozen=True, slots=True)
class LiveModel:
    """A study as signals of Vega.

    Attributes
    ----------
    sliders : tuple of Slider
        What can be moved; the signal of the slider at position n is ``s{n}``.
    signals : tuple of dict
        Every signal, each after those that it uses: :data:`FIGURES` and their distances, ``by_outcome``,
        ``gained`` and ``spent`` (by year), and ``valid``, which is true where the study has a result.
    outcomes : tuple of (str, float)
        The lines of ``by_outcome``, each with its present value in the base case.
    gained, spent : tuple of float
        Present values by year from year 0 in the base case.
    """

    sliders: tuple[Slider, ...]
    signals: tuple[dict[str, Any], ...]
    outcomes: tuple[tuple[str, float], ...]
    gained: tuple[float, ...]
    spent: tuple[float, ...]


def live_model(evaluation: Evaluation, sensitivity: Sensitivity, most_outcomes: int = 12) -> LiveModel | None:
    """The study as signals of Vega, or None where nothing in it can be moved.

    Parameters
    ----------
    evaluation : Evaluation
        The base case.
    sensitivity : Sensitivity
        Swings of the social return ratio, which say what is worth moving.
    most_outcomes : int
        Outcomes with a line of their own; those of less value are one line together.
    """
    study = evaluation.study
    assumed = assumption_sliders(study, sensitivity)
    more_years = _more_years(study, assumed)
    rate = rate_slider(evaluation, more_years)
    found = assumed if rate is None else (*assumed, rate)
    if not found:
        return None
    if rate is not None:
        study = change(study, method={"profile": study.method, "discount_rate": rate.value})
    signals = _Signals(study, found)
    live = steps_of(Walk(numbers_of(study), VEGA, bind=signals.bind, more_years=more_years))
    base = steps_of(Walk(numbers_of(study), more_years=more_years))
    lines = _lines(evaluation, most_outcomes)

    def present_values(steps: Steps) -> list[Any]:
        values = {name: outcome.present_value for name, outcome in steps.outcomes.items()}
        return [steps.backend.total([values[name] for name in names]) for _, names in lines]

    for signal, name in FIGURES.items():
        value = getattr(live, name)
        signals.output(signal, value)
        signals.output(f"{signal}_distance", value - getattr(evaluation, name))
    signals.output("by_outcome", present_values(live))
    signals.output("gained", live.outcomes_by_year_pv)
    signals.output("spent", live.inputs_by_year_pv)
    signals.check(live)
    outcomes = zip(lines, present_values(base), strict=True)
    return LiveModel(
        sliders=found,
        signals=tuple(signals.needed()),
        outcomes=tuple((title, float(value)) for (title, _), value in outcomes),
        gained=tuple(map(float, base.outcomes_by_year_pv)),
        spent=tuple(map(float, base.inputs_by_year_pv)),
    )


def _lines(evaluation: Evaluation, most: int) -> list[tuple[str, list[str]]]:
    """The outcomes in the total, the most valuable first, and those that are left over together."""
    counted = sorted(
        (row for row in evaluation.outcomes if row.in_total and row.present_value is not None),
        key=lambda row: -abs(row.present_value or 0.0),
    )
    alone = counted if len(counted) <= most else counted[: most - 1]
    together = [row.outcome for row in counted[len(alone) :]]
    lines = [(row.title, [row.outcome]) for row in alone]
    return [*lines, (f"{len(together)} smaller outcomes together", together)] if together else lines


class _Signals:
    """Signals in the order in which they are made, and what must hold for them to be a result."""

    def __init__(self, study: Study, found: Sequence[Slider]) -> None:
        names = {slider.path: f"s{at}" for at, slider in enumerate(found)}
        self.written: dict[str, dict[str, Any]] = {
            names[slider.path]: {"value": slider.value} for slider in found
        }
        self.outputs: list[str] = list(self.written)
        self.moved = {"discount_rate" if path == RATE else path: name for path, name in names.items()}
        self.estimates: dict[str, Estimate] = dict(study.estimates())
        self.conditions: list[str] = []
        self.added = study.method.deductions == "added"

    def bind(self, path: str, value: Any) -> Any:
        """The slider of a number that has one; a new signal for what rests on a slider; all else as it is."""
        if path in self.moved:
            return Symbol(self.moved[path])
        if not isinstance(value, Symbol):
            return value
        if value.text not in self.written:
            name = f"v{len(self.written)}"
            self.written[name] = {"update": value.text}
            value = Symbol(name)
        self._bounded(path, value)
        return value

    def _bounded(self, path: str, symbol: Symbol) -> None:
        """Note the bounds within which the study has a result: of shares, years and deductions added up."""
        estimate = self.estimates.get(path)
        if estimate is not None and estimate.bounds.bounded:
            bounds, above = estimate.bounds, ">" if estimate.bounds.above_low else ">="
            low, high = written(bounds.low), written(bounds.high)
            self.conditions.append(f"{symbol}{above}{low}&&{symbol}<={high}")
        if self.added and split_path(path).field == "kept":
            self.conditions.append(f"{symbol}>={written(-TOLERANCE)}")

    def check(self, live: Steps) -> None:
        """Write the signal that is true where the study has a result."""
        for outcome in live.outcomes.values():
            duration, listed = outcome.numbers.duration, outcome.numbers.longest
            if isinstance(duration, Symbol):
                self.conditions.append(f"{duration}<={len(outcome.benefit)}")
                if listed > 1:
                    self.conditions.append(f"{duration}>{listed - 1}")
        self.conditions.append(f"{written(live.investment)}>0")
        self.output("valid", Symbol("&&".join(dict.fromkeys(self.conditions))))

    def output(self, name: str, value: Any) -> None:
        """Name what the page shows; a sequence becomes an array."""
        array = isinstance(value, list | tuple)
        self.written[name] = {"update": f"[{','.join(map(written, value))}]" if array else written(value)}
        self.outputs.append(name)

    def needed(self) -> Iterator[dict[str, Any]]:
        """The signals that what is shown rests on, each after those that it uses."""
        needed: set[str] = set()
        ahead = list(self.outputs)
        while ahead:
            name = ahead.pop()
            if name not in needed:
                needed.add(name)
                ahead.extend(re.findall(r"\b[sv]\d+\b", self.written[name].get("update", "")))
        yield from ({"name": name, **each} for name, each in self.written.items() if name in needed)


def _more_years(study: Study, found: Sequence[Slider]) -> int:
    """Benefit years that an outcome can have beyond the base case, from the sliders' ends and middles."""
    numbers = numbers_of(study)
    paths = [f"outcomes.{name}.duration" for name, outcome in study.outcomes.items() if outcome.priced]
    durations = [numbers[path] for path in paths]
    moving = {each.path for each in durations}
    moving |= {f"assumptions.{name}" for each in durations for name in each.rests_on}
    movers = [slider for slider in found if slider.path in moving]
    if not movers:
        return 0
    ends = [(slider.positions[0][0], slider.value, slider.positions[-1][0]) for slider in movers]
    settings = np.array(list(itertools.product(*ends))).T
    at = dict(zip((slider.path for slider in movers), settings, strict=True))
    with np.errstate(all="ignore"):
        values = Values(numbers, ARRAYS, at)
        longest = {path: float(np.nanmax(values.number(path))) for path in paths}
    more = (
        math.ceil(min(most, MOST_YEARS)) - math.ceil(numbers.value(path) or 0.0)
        for path, most in longest.items()
    )
    return max((0, *more))
