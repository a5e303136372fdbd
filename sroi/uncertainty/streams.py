"""Statistics of more draws than fit in memory: exact moments and shares, and percentiles from a histogram."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from sroi.results.spread import PERCENTILES, Spread
from sroi.tolerance import just_above, just_below

if TYPE_CHECKING:
    from collections.abc import Iterable

KEPT = 1 << 18
"""Draws up to which every value is kept and percentiles are exact."""

_BINS = 1 << 16

_FAINT = 1e-200
"""What is too near to nothing to be parted into bins."""


class Stream:
    """Takes one figure's draws chunk by chunk, in a fixed order.

    Up to ``KEPT`` draws every value is kept; beyond, values go into a histogram of 2¹⁶ bins over four times
    the range that all but one in a thousand of the first chunk's values span, and those outside it are only
    counted: percentiles from 1 to 99 are within a hundred-thousandth of that range, whatever lies far out.
    Where that range spans more than two powers of ten, the bins are of equal ratios. Infinite values (a
    payback that never comes) are counted apart, and what is no number (a ratio to nothing) is left out of all
    else.

    Parameters
    ----------
    expected : int
        How many draws will come.
    thresholds : iterable of float
        Values of which the share above, and at or above, will be asked; both are exact.
    """

    def __init__(self, expected: int, thresholds: Iterable[float] = ()) -> None:
        self.count = 0
        self.never = 0
        self.undefined = 0
        self.mean = 0.0
        self._squares = 0.0
        self._kept: Any = np.empty(expected) if expected <= KEPT else None
        self._filled = 0
        self._ordered = False
        self._bins: Any = None
        self._below = 0
        self._logs = False
        self._low = self._high = 0.0
        self._reached = {float(threshold): [0, 0] for threshold in thresholds}

    def add(self, values: Any) -> None:
        """Take one chunk."""
        numbers = ~np.isnan(values)
        if not numbers.all():
            self.undefined += len(values) - int(numbers.sum())
            values = values[numbers]
        finite = values[np.isfinite(values)]
        self.never += len(values) - len(finite)
        for threshold, reached in self._reached.items():
            reached[0] += int((values > just_above(threshold)).sum())
            reached[1] += int((values >= just_below(threshold)).sum())
        if self._kept is not None:
            room = self._kept[self._filled : self._filled + len(values)]
            room[:] = values[: len(room)]
            self._filled += len(room)
            self._ordered = False
        if not len(finite):
            return
        count = self.count + len(finite)
        centre = float(finite.mean())
        gap = centre - self.mean
        self._squares += float(((finite - centre) ** 2).sum()) + gap * gap * self.count * len(finite) / count
        self.mean += gap * len(finite) / count
        self.count = count
        if self._kept is None:
            self._bin(finite)

    def _bin(self, values: Any) -> None:
        if self._bins is None:
            low, high = (float(end) for end in np.quantile(values, [0.0005, 0.9995]))
            self._logs = 0 < 100 * low < high
            if self._logs:
                low, high = math.log(low), math.log(high)
            margin = 1.5 * (high - low) or 1e-9 * (abs(high) or 1.0)
            self._low, self._high = low - margin, high + margin
            self._bins = np.zeros(_BINS + 1, dtype=np.int64)
        if self._logs:
            values = np.log(np.maximum(values, 1e-300))
        places = (values - self._low) * (_BINS / (self._high - self._low))
        self._below += int((places < 0).sum())
        inside = np.clip(places[places >= 0], 0, _BINS).astype(np.int64)
        self._bins += np.bincount(inside, minlength=_BINS + 1)

    @property
    def sd(self) -> float:
        """Standard deviation."""
        return math.sqrt(self._squares / (self.count - 1)) if self.count > 1 else 0.0

    @property
    def standard_error(self) -> float:
        """Standard error of the mean."""
        return self.sd / math.sqrt(self.count) if self.count else 0.0

    def percentile(self, percent: float) -> float:
        """The value below which a percentage of the draws lies; infinite where too many are not finite."""
        if not self.count + self.never:
            return math.nan
        if self._kept is not None:
            return float(
                np.percentile(self._in_order(), percent, method="inverted_cdf" if self.never else "linear")
            )
        wanted = percent / 100 * (self.count + self.never)
        if wanted > self.count:
            return math.inf
        sums = self._below + np.cumsum(self._bins)
        place = int(np.searchsorted(sums, wanted))
        before = sums[place - 1] if place else self._below
        within = (wanted - before) / max(self._bins[min(place, _BINS)], 1)
        return float(self._value(place + max(within, 0.0)))

    def _value(self, place: Any) -> Any:
        """The value at a place along the bins."""
        value = self._low + place * (self._high - self._low) / _BINS
        return np.exp(value) if self._logs else value

    def share_above(self, threshold: float) -> float:
        """Share of the draws above one of the thresholds."""
        return self._reached[threshold][0] / max(self.count + self.never, 1)

    def share_at_least(self, threshold: float) -> float:
        """Share of the draws at or above one of the thresholds."""
        return self._reached[threshold][1] / max(self.count + self.never, 1)

    def spread(self) -> Spread:
        """How the draws are spread."""
        whole = self.count + self.never
        percentiles = {percent: self.percentile(percent) for percent in PERCENTILES}
        never = self.never / whole if whole else 0.0
        undefined = self.undefined / (whole + self.undefined) if self.undefined else 0.0
        if not self.count:
            return Spread(math.nan, math.nan, math.nan, percentiles, never, undefined)
        return Spread(self.mean, self.sd, self.standard_error, percentiles, never, undefined)

    def _in_order(self) -> Any:
        """Every value, the smallest first; sorted once, since several percentiles are asked for."""
        if not self._ordered:
            self._kept[: self._filled].sort()
            self._ordered = True
        return self._kept[: self._filled]

    def histogram(self, bins: int = 60) -> tuple[Any, Any]:
        """Counts and edges, for drawing; without the outer half per cent at either end."""
        low, high = self.percentile(0.5), self.percentile(99.5)
        if not high - low > max(1e-9 * max(abs(low), abs(high)), _FAINT) or not math.isfinite(high):
            centre = low if math.isfinite(low) else 0.0
            width = abs(centre) if abs(centre) > _FAINT else 1.0
            low, high = centre - 0.5 * width, centre + 0.5 * width
        if self._kept is not None:
            return np.histogram(self._in_order(), bins=bins, range=(low, high))
        centres = self._value(np.arange(_BINS) + 0.5)
        return np.histogram(centres, bins=bins, range=(low, high), weights=self._bins[:_BINS])
