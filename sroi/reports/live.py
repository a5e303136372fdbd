"""The part of the page that moves: sliders, and what the study comes to under them, calculated by the study's own arithmetic.

Every figure is written by :class:`~sroi.evaluation.carried.CarriedStudy` on symbols: a number that no slider
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

from sroi.backends import FLOATS
from sroi.backends.arrays import ARRAYS
from sroi.backends.symbols import VEGA, Symbol, written
from sroi.documents import change
from sroi.evaluation.carried import CarriedStudy
from sroi.quantities import MOST_YEARS
from sroi.reports.sliders import RATE, Slider, of_assumptions, of_the_rate
from sroi.resolution import Resolution

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sroi.evaluation import Evaluation
    from sroi.model import Estimate, Study
    from sroi.uncertainty import Sensitivity

FIGURES = ("ratio", "npv", "pv", "investment")
"""Signals of the headlines; each has one of its distance to the base case, which ends in ``_distance``."""


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
    assumed = of_assumptions(study, sensitivity)
    more_years = _more_years(study, assumed)
    rate = of_the_rate(evaluation, more_years)
    found = assumed if rate is None else (*assumed, rate)
    if not found:
        return None
    if rate is not None:
        study = change(study, method={"profile": study.method, "discount_rate": rate.value})
    signals = _Signals(study, found)
    carried = CarriedStudy(study, VEGA, signals.bind, more_years=more_years)
    base = CarriedStudy(study, FLOATS, more_years=more_years)
    lines = _lines(evaluation, most_outcomes)

    def by_outcome(of: CarriedStudy) -> list[Any]:
        return [of.backend.total([of.outcomes[name].present_value for name in names]) for _, names in lines]

    headlines = (
        carried.social_return_ratio,
        carried.net_present_value,
        carried.present_value,
        carried.investment,
    )
    known = (
        evaluation.social_return_ratio,
        evaluation.net_present_value,
        evaluation.present_value,
        evaluation.investment,
    )
    for name, value, before in zip(FIGURES, headlines, known, strict=True):
        signals.output(name, value)
        signals.output(f"{name}_distance", value - before)
    signals.output("by_outcome", by_outcome(carried))
    signals.output("gained", carried.outcomes_by_year_pv)
    signals.output("spent", carried.inputs_by_year_pv)
    signals.check(carried)
    return LiveModel(
        sliders=found,
        signals=tuple(signals.needed()),
        outcomes=tuple(
            (title, float(value)) for (title, _), value in zip(lines, by_outcome(base), strict=True)
        ),
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
    """Signals as they are come to, and what must hold for them to be a result."""

    def __init__(self, study: Study, found: Sequence[Slider]) -> None:
        self.moved = {
            ("discount_rate" if slider.path == RATE else slider.path): f"s{at}"
            for at, slider in enumerate(found)
        }
        self.written: dict[str, dict[str, Any]] = {
            f"s{at}": {"value": slider.value} for at, slider in enumerate(found)
        }
        self.outputs: list[str] = list(self.written)
        self.estimates: dict[str, Estimate] = dict(study.estimates())
        self.conditions: list[str] = []
        self.added = study.method.deductions == "added"

    def bind(self, path: str, value: Any) -> Any:
        """The slider of a number that has one; a new signal for what rests on a slider; all else as it is."""
        if path in self.moved:
            return Symbol(self.moved[path])
        if not isinstance(value, Symbol):
            return value
        symbol = value if value.text in self.written else self._signal(value)
        self._bounded(path, symbol)
        return symbol

    def _signal(self, value: Symbol) -> Symbol:
        name = f"v{len(self.written)}"
        self.written[name] = {"update": value.text}
        return Symbol(name)

    def _bounded(self, path: str, symbol: Symbol) -> None:
        """Note the bounds within which the study has a result: of shares and years, and of deductions that are added up."""
        estimate = self.estimates.get(path)
        if estimate is not None and estimate.bounds.high <= MOST_YEARS:
            bounds = estimate.bounds
            self.conditions.append(
                f"{symbol}{'>' if bounds.above_low else '>='}{written(bounds.low)}&&{symbol}<={written(bounds.high)}"
            )
        if self.added and ".kept" in path:
            self.conditions.append(f"{symbol}>=-1e-12")

    def check(self, carried: CarriedStudy) -> None:
        """Write the signal that is true where the study has a result."""
        for outcome in carried.outcomes.values():
            if isinstance(outcome.duration, Symbol):
                listed = max(
                    len(each) for each in (outcome.deadweight, outcome.displacement, outcome.attribution)
                )
                longest = len(outcome.benefit)
                self.conditions.append(
                    f"{outcome.duration}<={longest}"
                    + (f"&&{outcome.duration}>{listed - 1}" if listed > 1 else "")
                )
        self.conditions.append(f"{written(carried.investment)}>0")
        self.written["valid"] = {"update": "&&".join(dict.fromkeys(self.conditions))}
        self.outputs.append("valid")

    def output(self, name: str, value: Any) -> None:
        """Name what the page shows; a sequence becomes an array."""
        if isinstance(value, list | tuple):
            self.written[name] = {"update": f"[{','.join(map(written, value))}]"}
        else:
            self.written[name] = {"update": written(value)}
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
    """Benefit years beyond those of the base case that an outcome can have: with the sliders that durations rest on at their ends and middle."""
    resolution = Resolution(study)
    base: dict[str, float] = {}
    moving: set[str] = set()
    for name, outcome in study.outcomes.items():
        if outcome.priced and outcome.duration is not None:
            path = f"outcomes.{name}.duration"
            base[name] = resolution.number(path, outcome.duration) or 0.0
            moving |= {path, *(f"assumptions.{other}" for other in resolution.rests_on(outcome.duration))}
    movers = [slider for slider in found if slider.path in moving]
    if not movers:
        return 0
    ends = [(slider.positions[0][0], slider.value, slider.positions[-1][0]) for slider in movers]
    settings = np.array(list(itertools.product(*ends))).T
    at = dict(zip((slider.path for slider in movers), settings, strict=True))
    with np.errstate(all="ignore"):
        carried = CarriedStudy(study, ARRAYS, at.get)
    longest = {
        name: float(np.nanmax(np.asarray(carried.outcomes[name].duration, dtype=float))) for name in base
    }
    return max(
        0, *(math.ceil(min(most, MOST_YEARS)) - math.ceil(base[name]) for name, most in longest.items())
    )
