"""What a number could be at all, as the format says: by its field, use and unit, never by its size."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from sroi.bare_names import BareNames
from sroi.model import BY_BENEFIT_YEAR
from sroi.quantities import SHARE
from sroi.units import of_a_whole

if TYPE_CHECKING:
    from sroi.model import Study
    from sroi.numbers import Number
    from sroi.resolution import Numbers

ENDLESS = sys.float_info.max
ABOVE = 1e-9
"""How far above a limit that is itself excluded the least value lies."""


class Admissible:
    """What each number of a study could be.

    Parameters
    ----------
    numbers : Numbers
    """

    def __init__(self, numbers: Numbers) -> None:
        self._numbers = numbers
        self._bare = BareNames(numbers)

    def domain(self, number: Number) -> tuple[float, float]:
        """The least and the most that a number could be: what its field takes, and each that is its name.

        An assumption that is a deadweight is a share, whatever else it is; one whose unit is a share of
        something is one too, and so is a chance. Of an expression over it the walk itself refuses what a
        field does not take.
        """
        least, most = -ENDLESS, ENDLESS
        for each in (number, *self._bare.standing_for(number.path)):
            bounds, shortest = each.estimate.bounds, _shortest(self._numbers.study, each.path)
            low = max(bounds.low, shortest)
            above = bounds.above_low or shortest > bounds.low
            least, most = max(least, low + ABOVE if above else low), min(most, bounds.high)
        whole = number.path.startswith("assumptions.") and of_a_whole(number.unit or "")
        whole = whole or number.estimate.shape == "bernoulli"
        if whole and 0 <= (number.value or 0.0) <= 1:
            least, most = max(least, SHARE.low), min(most, SHARE.high)
        return least, most

    def counts_years(self, path: str) -> bool:
        """Whether a number is a duration, and moves every duration that rests on it as itself."""
        if path.endswith(".duration"):
            return True
        alone = {each.path for each in self._bare.standing_for(path)}
        numbers = self._numbers.resting_on(path)
        resting = {each.path for each in numbers if each.path.endswith(".duration")}
        return bool(resting) and resting <= alone


def _shortest(study: Study, path: str) -> float:
    """A duration is no shorter than what is listed for its years."""
    section, name, *field = path.split(".")
    if (section, field) != ("outcomes", ["duration"]):
        return -ENDLESS
    outcome = study.outcomes[name]
    listed = (getattr(outcome, key) for key in BY_BENEFIT_YEAR)
    longest = max(len(each) if isinstance(each, tuple) else 1 for each in listed)
    return longest - 1.0 if longest > 1 else -ENDLESS
