"""What a number could be at all, as the format says: by its field, use and unit, never by its size."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

from sroi.model import DEDUCTIONS
from sroi.quantities import SHARE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sroi.model import Study
    from sroi.numbers import Number
    from sroi.resolution import Numbers

ENDLESS = sys.float_info.max
ABOVE = 1e-9
"""How far above a limit that is itself excluded the least value lies."""

_OF_A_WHOLE = re.compile(r"(a |the )?(share|proportion|fraction|probability)\b", re.IGNORECASE)


class Admissible:
    """What each number of a study could be.

    Parameters
    ----------
    numbers : Numbers
    """

    def __init__(self, numbers: Numbers) -> None:
        self._numbers = numbers
        self._as: dict[str, list[Number]] = {}
        for each in numbers:
            if (
                len(each.uses) == 1
                and (each.written or "").strip().removeprefix("assumptions.") == each.uses[0]
            ):
                self._as.setdefault(f"assumptions.{each.uses[0]}", []).append(each)

    def domain(self, number: Number) -> tuple[float, float]:
        """The least and the most that a number could be: what its field takes, and each that is its name.

        An assumption that is a deadweight is a share, whatever else it is; one whose unit is a share of
        something is one too. Of an expression over it the walk itself refuses what a field does not take.
        """
        least, most = -ENDLESS, ENDLESS
        for each in (number, *self._alone(number.path)):
            bounds, shortest = each.estimate.bounds, _shortest(self._numbers.study, each.path)
            low = max(bounds.low, shortest)
            above = bounds.above_low or shortest > bounds.low
            least, most = max(least, low + ABOVE if above else low), min(most, bounds.high)
        of_a_whole = number.path.startswith("assumptions.") and _OF_A_WHOLE.match(number.unit or "")
        if of_a_whole and 0 <= (number.value or 0.0) <= 1:
            least, most = max(least, SHARE.low), min(most, SHARE.high)
        return least, most

    def counts_years(self, path: str) -> bool:
        """Whether a number is a duration, and moves every duration that rests on it as itself."""
        if path.endswith(".duration"):
            return True
        alone = {each.path for each in self._alone(path)}
        name = path.removeprefix("assumptions.")
        durations = (each for each in self._numbers if each.path.endswith(".duration"))
        resting = {each.path for each in durations if name in each.rests_on}
        return bool(resting) and resting <= alone

    def _alone(self, path: str) -> Iterator[Number]:
        """The numbers that are written as a name and nothing more, directly or through others."""
        for each in self._as.get(path, ()):
            yield each
            yield from self._alone(each.path)


def _shortest(study: Study, path: str) -> float:
    """A duration is no shorter than the shares that are listed for its years."""
    section, name, *field = path.split(".")
    if (section, field) != ("outcomes", ["duration"]):
        return -ENDLESS
    outcome = study.outcomes[name]
    listed = (getattr(outcome, key) for key in (*DEDUCTIONS, "contribution"))
    longest = max(len(each) if isinstance(each, tuple) else 1 for each in listed)
    return longest - 1.0 if longest > 1 else -ENDLESS
