"""The shapes that a range can take: quantiles, mean and native draws of each.

Quantiles of the beta family come from tables where draws are many, since a table costs milliseconds to build and then a tenth of an exact
inversion; the outer cells stay exact.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from sroi.model.estimates import Distribution as Shape

Z95 = 1.6448536269514722
"""95th percentile of the standard normal distribution."""

_NODES, _CELLS = 512, 8192
"""Exact nodes of a table over 0–1, and the cells that they are refined to."""

_TAIL, _TAIL_NODES, _TAIL_CELLS = 1 / 128, 128, 1024
"""Share of the draws in either tail, with its own nodes and cells."""

_OUTER = 4
"""Nodes from either end between which every cell is exact, where cubics would be rough."""

_ROUGH = 5e-6
"""Error of a table, as a share of the range, from which it is not used: shapes that stand almost at their ends are inverted exactly."""

_EXACT = 64 * _TAIL / _TAIL_CELLS
"""Share of the draws at either end that are inverted exactly."""


@dataclass(frozen=True, slots=True)
class Distribution:
    """One uncertain number: a shape with its parameters, in the study's prices.

    Attributes
    ----------
    shape : str
        pert, triangular, uniform, normal, lognormal or beta.
    low, mode, high : float
        Limits and mode of pert and triangular, limits of uniform; unused by the others.
    location, scale : float
        Mean and standard deviation of a normal; of the logarithm for a lognormal.
    a, b : float
        Parameters of the beta family, on 0–1 before stretching to low–high.
    floor, ceiling : float
        What draws are truncated to; minus and plus infinity where nothing is.
    """

    shape: Shape
    low: float = 0.0
    mode: float = 0.0
    high: float = 1.0
    location: float = 0.0
    scale: float = 0.0
    a: float = 0.0
    b: float = 0.0
    floor: float = field(default=-math.inf)
    ceiling: float = field(default=math.inf)

    @property
    def gaussian(self) -> bool:
        """Whether draws come from standard normal numbers rather than uniform ones."""
        return self.shape in ("normal", "lognormal")

    @property
    def mean(self) -> float:
        """Expected value, before truncation."""
        match self.shape:
            case "triangular":
                return (self.low + self.mode + self.high) / 3
            case "uniform":
                return (self.low + self.high) / 2
            case "normal":
                return self.location
            case "lognormal":
                return math.exp(self.location + self.scale**2 / 2)
        return self.low + (self.high - self.low) * self.a / (self.a + self.b)

    @property
    def variance(self) -> float:
        """Variance, before truncation."""
        wide = self.high - self.low
        match self.shape:
            case "triangular":
                turn = (self.mode - self.low) / wide
                return wide**2 * (1 - turn * (1 - turn)) / 18
            case "uniform":
                return wide**2 / 12
            case "normal":
                return self.scale**2
            case "lognormal":
                return math.expm1(self.scale**2) * math.exp(2 * self.location + self.scale**2)
        return wide**2 * self.a * self.b / ((self.a + self.b) ** 2 * (self.a + self.b + 1))

    def quantile(self, u: Any, *, exact: bool = False) -> Any:
        """The value below which a share ``u`` of the draws lies, truncation included.

        Parameters
        ----------
        u : ndarray of float in (0, 1)
        exact : bool
            Whether the beta family is inverted exactly and not by a table (error below 1e-5 of the range).
        """
        return self._truncated(self._quantile(u, exact=exact))

    def from_normal(self, z: Any) -> Any:
        """The value that a standard normal number stands for, truncation included."""
        if self.gaussian:
            x = self.location + self.scale * z
            return self._truncated(np.exp(x) if self.shape == "lognormal" else x)
        from scipy.special import ndtr  # noqa: PLC0415 - SciPy is loaded only where it is used

        return self.quantile(ndtr(z))

    def draw(self, rng: np.random.Generator, draws: int, *, tables: bool) -> Any:
        """Independent draws: by NumPy's own samplers, or by quantiles of uniform numbers where ``tables`` are worth building."""
        if self.gaussian:
            x = rng.standard_normal(draws)
            x *= self.scale
            x += self.location
            return self._truncated(np.exp(x, out=x) if self.shape == "lognormal" else x)
        if self.a and not tables:
            return self._truncated(self.low + (self.high - self.low) * rng.beta(self.a, self.b, draws))
        return self.quantile(rng.random(draws))

    def _truncated(self, x: Any) -> Any:
        if self.floor == -math.inf and self.ceiling == math.inf:
            return x
        return np.minimum(np.maximum(x, self.floor), self.ceiling)

    def _quantile(self, u: Any, *, exact: bool) -> Any:
        wide = self.high - self.low
        match self.shape:
            case "uniform":
                return self.low + wide * u
            case "triangular":
                return self._triangular(u)
            case "normal" | "lognormal":
                from scipy.special import ndtri  # noqa: PLC0415

                x = self.location + self.scale * ndtri(u)
                return np.exp(x) if self.shape == "lognormal" else x
        return self.low + wide * _exact_beta(self.a, self.b, u) if exact else _table(self.a, self.b, self.low, wide).quantile(u)

    def _triangular(self, u: Any) -> Any:
        """Low + √(wide·(mode − low)·min(u, turn)), and beyond the turn as far again as high − mode less the like root of 1 − u.

        Each of the two roots stands still on the other's side of the turn, so that nothing has to be chosen draw by draw.
        """
        turn = (self.mode - self.low) / (self.high - self.low)
        up = np.minimum(u, turn)
        np.sqrt(up, out=up)
        up *= math.sqrt((self.high - self.low) * (self.mode - self.low))
        down = np.maximum(u, turn)
        np.subtract(1.0, down, out=down)
        np.sqrt(down, out=down)
        down *= math.sqrt((self.high - self.low) * (self.high - self.mode))
        up -= down
        up += self.low + self.high - self.mode
        return up


def _exact_beta(a: float, b: float, u: Any) -> Any:
    from scipy.special import betaincinv  # noqa: PLC0415

    return betaincinv(a, b, u)


@dataclass(frozen=True, slots=True, eq=False)
class _BetaTable:
    """Quantiles of one beta distribution on its range: lines over many cells, finer cells in the tails, exact at the very ends."""

    a: float
    b: float
    low: float
    wide: float
    start: Any
    rise: Any
    tails: Any
    exact: bool = False

    def quantile(self, u: Any) -> Any:
        at = u * _CELLS
        cell = at.astype(np.int32)
        at -= cell
        at *= self.rise.take(cell, mode="clip")
        at += self.start.take(cell, mode="clip")
        tail = np.flatnonzero(np.isnan(at))
        if tail.size:
            at[tail] = self._in_the_tails(u[tail])
        return at

    def _in_the_tails(self, u: Any) -> Any:
        if self.exact:
            return self.low + self.wide * _exact_beta(self.a, self.b, u)
        falling = u > 0.5
        at = np.where(falling, 1 - u, u) * (_TAIL_CELLS / _TAIL)
        cell = np.minimum(at.astype(np.int32), _TAIL_CELLS - 1)
        at -= cell
        cell[falling] += _TAIL_CELLS + 1
        x = self.tails.take(cell)
        x += at * (self.tails.take(cell + 1) - x)
        end = np.flatnonzero(np.abs(u - 0.5) > 0.5 - _EXACT)
        if end.size:
            x[end] = self.low + self.wide * _exact_beta(self.a, self.b, u[end])
        return x


@lru_cache(maxsize=1024)
def _table(a: float, b: float, low: float, wide: float) -> _BetaTable:
    """A table from exact nodes and the density's own slopes, refined by cubics between the nodes."""
    cells = _refined(a, b, np.arange(_NODES + 1) / _NODES, _CELLS // _NODES)
    tail = np.arange(_TAIL_NODES + 1) * (_TAIL / _TAIL_NODES)
    lower = _refined(a, b, tail, _TAIL_CELLS // _TAIL_NODES)
    upper = 1 - _refined(b, a, tail, _TAIL_CELLS // _TAIL_NODES)
    rise = np.append(np.diff(cells), 0.0)
    ends = round(_TAIL * _CELLS)
    rise[:ends] = rise[-ends - 1 :] = np.nan  # tells which draws fall in the tails
    table = _BetaTable(a, b, 0.0, 1.0, cells, rise, np.append(lower, upper))
    between = np.concatenate([(np.arange(0.5, 1, 1 / 256)), 1 - (np.arange(0.5, 1, 1 / 256)), _TAIL + np.arange(4) / _CELLS, [1 - _TAIL - 1e-5]])
    rough = np.abs(table.quantile(between + 0.37 / _CELLS) - _exact_beta(a, b, between + 0.37 / _CELLS)).max() > _ROUGH
    if rough:
        rise = np.full_like(rise, np.nan)
    return _BetaTable(a, b, low, wide, low + wide * cells, wide * rise, low + wide * np.append(lower, upper), exact=bool(rough))


def _refined(a: float, b: float, u: Any, fine: int) -> Any:
    """Quantiles at the points ``u`` and at ``fine`` − 1 points between each two: exact at ``u``, cubic between, exact again in the outer cells."""
    from scipy.special import betaln  # noqa: PLC0415

    nodes = _exact_beta(a, b, u)
    step = u[1] - u[0]
    with np.errstate(all="ignore"):
        slopes = step * np.exp(-((a - 1) * np.log(nodes) + (b - 1) * np.log1p(-nodes) - betaln(a, b)))
        gap, before, after = np.diff(nodes), slopes[:-1], slopes[1:]
        w = np.arange(fine) / fine
        square, cube = 3 * gap - 2 * before - after, before + after - 2 * gap
        cells = np.append((nodes[:-1, None] + w * (before[:, None] + w * (square[:, None] + w * cube[:, None]))).ravel(), nodes[-1])
    between = np.append((u[:-1, None] + w * step).ravel(), u[-1])
    again = ~np.isfinite(cells)
    again[: _OUTER * fine] = True
    again[-_OUTER * fine :] = True
    cells[again] = _exact_beta(a, b, between[again])
    return cells


def distribution(
    shape: Shape, value: float, low: float | None, high: float | None, sd: float | None, limits: tuple[float, float] | None
) -> Distribution:
    """The distribution of an estimate from its resolved numbers.

    Parameters
    ----------
    shape : str
        As the estimate names it, or as understood.
    value, low, high, sd : float or None
        In the study's prices. For normal and lognormal, low and high are the 5th and 95th percentiles.
    limits : tuple of float, optional
        What draws are truncated to, for numbers that have limits of their own.
    """
    floor, ceiling = limits if limits is not None and shape in ("normal", "lognormal") else (-math.inf, math.inf)
    if shape == "beta":
        assert sd is not None
        size = value * (1 - value) / sd**2 - 1
        return Distribution(shape, a=value * size, b=(1 - value) * size)
    if shape == "normal":
        if low is None or high is None:
            return Distribution(shape, location=value, scale=sd or 0.0, floor=floor, ceiling=ceiling)
        return Distribution(shape, location=(low + high) / 2, scale=(high - low) / (2 * Z95), floor=floor, ceiling=ceiling)
    assert low is not None
    assert high is not None
    if shape == "lognormal":
        return Distribution(
            shape, location=(math.log(low) + math.log(high)) / 2, scale=math.log(high / low) / (2 * Z95), floor=floor, ceiling=ceiling
        )
    if shape == "pert":
        wide = high - low
        return Distribution(shape, low, value, high, a=1 + 4 * (value - low) / wide, b=1 + 4 * (high - value) / wide)
    return Distribution(shape, low, value, high)
