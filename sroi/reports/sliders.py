"""The numbers that a reader of the page may move, and the places that each can be moved to."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from sroi import formatting, labels
from sroi.discounting import period_base
from sroi.quantities import MONEY
from sroi.reference import discount_rates

if TYPE_CHECKING:
    from sroi.model import Study
    from sroi.results import Evaluation, Parameter, Sensitivity

MOST = 6
"""How many assumptions have a slider: those that move the ratio most."""

RATE = "method.discount_rate"
"""Path of the flat discount rate among the sliders."""

_PLACES = 40


@dataclass(frozen=True, slots=True)
class Slider:
    """One number that can be moved, in the study's prices.

    Attributes
    ----------
    path : str
        Of the number in the study, or :data:`RATE`.
    title : str
        What it is called.
    positions : tuple of (float, str)
        Where it can stand and how that is written, from the low end to the high; the base case is one of
        them.
    base : int
        Position of the base case.
    about : str
        What its range is; may be empty.
    """

    path: str
    title: str
    positions: tuple[tuple[float, str], ...]
    base: int
    about: str = ""

    @property
    def value(self) -> float:
        """The number in the base case."""
        return self.positions[self.base][0]


def places(low: float, base: float, high: float) -> list[float]:
    """Round numbers between the ends of a range, with both ends and the base case among them.

    Examples
    --------
    >>> places(0.2, 0.35, 0.5)[:4], len(places(0.2, 0.35, 0.5))
    ([0.2, 0.21, 0.22, 0.23], 31)
    """
    rough = (high - low) / _PLACES
    power = 10.0 ** math.floor(math.log10(rough))
    step = Decimal(repr(power)) * next(each for each in (1, 2, 5, 10) if each * power >= rough * (1 - 1e-9))
    fixed, apart = {low, base, high}, 0.45 * float(step)
    first, last = math.ceil(low / float(step)), math.floor(high / float(step))
    between = (float(step * k) for k in range(first, last + 1) if low < float(step * k) < high)
    return sorted([*fixed, *(each for each in between if all(abs(each - other) > apart for other in fixed))])


def assumption_sliders(study: Study, sensitivity: Sensitivity) -> tuple[Slider, ...]:
    """Sliders for the numbers that move the result most, the widest swing first."""
    write = labels.Figures(study)
    found: list[Slider] = []
    for swing in sensitivity.swings:
        number, low, high = swing.number, swing.number.low, swing.number.high
        moves = math.isfinite(swing.width) and swing.width > 0
        if (
            len(found) < MOST
            and moves
            and low is not None
            and high is not None
            and low <= number.value <= high
        ):
            share = write.is_share(number.path)
            at = places(low, number.value, high)
            positions = tuple((value, _text(study, number, value, share=share)) for value in at)
            title = labels.path_label(study, number.path)
            found.append(
                Slider(number.path, title, positions, at.index(number.value), write.unit(number.unit))
            )
    return tuple(found)


def rate_slider(evaluation: Evaluation, more_years: int) -> Slider | None:
    """The slider of the discount rate; None where it differs between years, is zero, or moves nothing.

    Parameters
    ----------
    evaluation : Evaluation
    more_years : int
        Years beyond those of the base case that the study can have under the other sliders.
    """
    study, method = evaluation.study, evaluation.study.method
    rate = method.discount_rate
    if method.discount_schedule is not None:
        needed = len(evaluation.discount_factors) + more_years - min(period_base(study), 0)
        rates = set(discount_rates(method.discount_schedule, needed))
        rate = rates.pop() if len(rates) == 1 else None
    timings = {method.timing, *([method.input_timing] if method.discount_inputs else [])}
    undiscounted = timings == {"start"} and more_years == 0 and set(evaluation.discount_factors) == {1.0}
    if not rate or undiscounted:
        return None
    at = places(0.0, rate, 2 * rate)
    positions = tuple((value, formatting.percent(value)) for value in at)
    about = "a choice of method with no range of its own, here from none to twice as much"
    return Slider(RATE, "Discount rate a year", positions, at.index(rate), about)


def _text(study: Study, number: Parameter, value: float, *, share: bool) -> str:
    """A number as a reader knows it: a share, money, or a count."""
    if share:
        return formatting.percent(value)
    if number.bounds == MONEY or (number.unit or "").startswith(study.currency):
        return formatting.money(value, study.currency)
    return formatting.plain(value)
