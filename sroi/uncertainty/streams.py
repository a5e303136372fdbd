"""Statistics of more draws than fit in memory: exact moments, and percentiles from a histogram that widens as it must."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

KEPT = 1 << 18
"""Draws up to which every value is kept and percentiles are exact."""

_BINS = 1 << 16


class Stream:
    """Takes one figure's draws chunk by chunk, in a fixed order.

    Up to ``KEPT`` draws every value is kept; beyond, values go into a histogram of 2¹⁶ bins whose range doubles when a value falls outside it,
    which keeps percentiles within a hundred-thousandth of the range or so. Infinite values (a payback that never comes) are counted apart.
    """

    def __init__(self, expected: int) -> None:
        self.count = 0
        self.never = 0
        self.mean = 0.0
        self._squares = 0.0
        self._kept: Any = np.empty(expected) if expected <= KEPT else None
        self._filled = 0
        self._bins: Any = None
        self._low = self._high = 0.0

    def add(self, values: Any) -> None:
        """Take one chunk."""
        finite = values[np.isfinite(values)]
        self.never += len(values) - len(finite)
        if self._kept is not None:
            room = self._kept[self._filled : self._filled + len(values)]
            room[:] = values[: len(room)]
            self._filled += len(room)
        if not len(finite):
            return
        count = self.count + len(finite)
        mean, squares = float(finite.mean()), float(((finite - finite.mean()) ** 2).sum())
        gap = mean - self.mean
        self._squares += squares + gap**2 * self.count * len(finite) / count
        self.mean += gap * len(finite) / count
        self.count = count
        if self._kept is None:
            self._bin(finite)

    def _bin(self, values: Any) -> None:
        low, high = float(values.min()), float(values.max())
        if self._bins is None:
            margin = (high - low) or abs(high) or 1.0
            self._low, self._high = low - margin, high + margin
            self._bins = np.zeros(_BINS, dtype=np.int64)
        while low < self._low or high >= self._high:
            pairs = self._bins.reshape(-1, 2).sum(axis=1)
            wide = self._high - self._low
            self._bins = np.zeros(_BINS, dtype=np.int64)
            if low < self._low:
                self._low -= wide
                self._bins[_BINS // 2 :] = pairs
            else:
                self._high += wide
                self._bins[: _BINS // 2] = pairs
        places = ((values - self._low) * (_BINS / (self._high - self._low))).astype(np.int64)
        self._bins += np.bincount(np.minimum(places, _BINS - 1), minlength=_BINS)

    @property
    def sd(self) -> float:
        """Standard deviation."""
        return math.sqrt(self._squares / (self.count - 1)) if self.count > 1 else 0.0

    @property
    def standard_error(self) -> float:
        """Standard error of the mean."""
        return self.sd / math.sqrt(self.count) if self.count else 0.0

    def percentile(self, percent: float) -> float:
        """The value below which so many per cent of the draws lie; infinite where that share never comes."""
        if self._kept is not None:
            return float(np.percentile(self.values(), percent, method="inverted_cdf" if self.never else "linear"))
        wanted = percent / 100 * (self.count + self.never)
        if wanted > self.count:
            return math.inf
        sums = np.cumsum(self._bins)
        place = int(np.searchsorted(sums, wanted))
        before = sums[place - 1] if place else 0
        within = (wanted - before) / max(self._bins[min(place, _BINS - 1)], 1)
        return float(self._low + (place + within) * (self._high - self._low) / _BINS)

    def share_at_least(self, threshold: float, *, above: bool = False) -> float:
        """Share of the draws at or above a threshold; strictly above where ``above``."""
        whole = self.count + self.never
        if self._kept is not None:
            values = self.values()
            return float((values > threshold).mean() if above else (values >= threshold).mean())
        place = (threshold - self._low) * (_BINS / (self._high - self._low))
        if place <= 0:
            return 1.0
        if place >= _BINS:
            return self.never / whole
        cell = int(place)
        return float((self._bins[cell + 1 :].sum() + self._bins[cell] * (cell + 1 - place) + self.never) / whole)

    def values(self) -> Any:
        """Every value, where all were kept."""
        return self._kept[: self._filled]

    def histogram(self, bins: int = 60) -> tuple[Any, Any]:
        """Counts and edges, for drawing; the outer half per cent at either end left out."""
        low, high = self.percentile(0.5), self.percentile(99.5)
        if self._kept is not None:
            return np.histogram(self.values(), bins=bins, range=(low, high if high > low else low + 1))
        centres = self._low + (np.arange(_BINS) + 0.5) * (self._high - self._low) / _BINS
        return np.histogram(centres, bins=bins, range=(low, high if high > low else low + 1), weights=self._bins)
