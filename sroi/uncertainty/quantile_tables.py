"""Quantiles of the beta family from tables: half a millisecond to build, then a hundredth of an inversion."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

_NODES, _CELLS = 512, 8192
"""Exact nodes of a table over 0–1, and the cells that they are refined to."""

_TAIL = 1 / 128
"""Share of the draws in either tail."""

_TAIL_NODES, _TAIL_CELLS = 64, 256
"""Exact nodes of a tail, over uᐟᵃ, and the cells that they are refined to."""

_LEAST = 2.0**-54
"""Share of the draws below which a tail has no nodes: no draw but 0 itself is smaller."""

_ROUGH = 5e-6
"""Error, as a share of the range, from which a table is not used: shapes almost at their ends are not."""

_JUMP = 1e-3
"""What a quantile may rise by between nodes beyond what its slopes foretell: a jump shows nowhere else."""

_FRACTION = 0.37 / _CELLS
_NEAR_A_TAIL = _TAIL + np.arange(24) ** 2 / _CELLS + _FRACTION
_BETWEEN = np.linspace(2 * _TAIL, 1 - 2 * _TAIL, 24) + _FRACTION
_IN_A_TAIL = _TAIL * 4.0 ** -np.arange(0.25, 9)
_TRIED = np.concatenate([_NEAR_A_TAIL, 1 - _NEAR_A_TAIL, _BETWEEN, _IN_A_TAIL, 1 - _IN_A_TAIL])
"""Where a table is compared with exact inversion: between the nodes, most of all near and in the tails."""


class Workspace:
    """Arrays that one thread reuses, several times as fast as new ones: of floats, of cells, of flags."""

    def __init__(self, shape: int | tuple[int, ...]) -> None:
        self.uniform, self.first, self.second = np.empty(shape), np.empty(shape), np.empty(shape)
        self.cells = np.empty(shape, dtype=np.intp)
        self.flags = np.empty(shape, dtype=bool)

    def cut(self, size: int) -> Workspace:
        """The same arrays, shorter."""
        if size == len(self.uniform):
            return self
        part = object.__new__(Workspace)
        for name, array in vars(self).items():
            setattr(part, name, array[:size])
        return part


def exact_beta(a: float, b: float, u: Any) -> Any:
    """Quantiles of a beta distribution on 0–1 by inversion of its distribution function."""
    from scipy.special import betaincinv  # noqa: PLC0415 - SciPy is loaded only where it is used

    return betaincinv(a, b, u)


@dataclass(frozen=True, slots=True, eq=False)
class _Tail:
    """The lower quantiles of a beta distribution on 0–1: lines over cells of uᐟᵃ, smooth in it."""

    power: float
    least: float
    cells_a_unit: float
    start: Any
    rise: Any

    @classmethod
    def built(cls, a: float, b: float) -> _Tail:
        """The tail of a shape."""
        least, most = _LEAST ** (1 / a), _TAIL ** (1 / a)
        nodes = np.linspace(least, most, _TAIL_NODES + 1)
        x = exact_beta(a, b, nodes**a)
        with np.errstate(all="ignore"):
            slopes = a * nodes ** (a - 1) / _density(a, b, x) * (nodes[1] - nodes[0])
        start = _refined(x, slopes, _TAIL_CELLS // _TAIL_NODES)
        return cls(1 / a, least, _TAIL_CELLS / ((most - least) or 1.0), start, np.diff(start))

    def quantile(self, u: Any) -> Any:
        """Quantiles of numbers up to the share of a tail."""
        at = np.power(u, self.power)
        at -= self.least
        at *= self.cells_a_unit
        np.clip(at, 0.0, _TAIL_CELLS, out=at)
        cell = np.minimum(at.astype(np.intp), _TAIL_CELLS - 1)
        at -= cell
        at *= self.rise.take(cell)
        at += self.start.take(cell)
        return at


@dataclass(frozen=True, slots=True, eq=False)
class BetaTable:
    """Quantiles of one beta distribution on its range: lines over many cells, and tails of their own.

    ``rise`` is nan in the cells of the tails, and everywhere if every quantile is to be exact.
    """

    a: float
    b: float
    low: float
    wide: float
    start: Any
    rise: Any
    tails: tuple[_Tail, _Tail] | None

    def quantile(self, u: Any, space: Workspace) -> Any:
        """Quantiles of uniform numbers, which may be the workspace's ``uniform``, in a new array."""
        within, cells = np.multiply(u, _CELLS, out=space.first), space.cells
        whole = np.floor(within, out=space.second)
        np.copyto(cells, whole, casting="unsafe")
        within -= whole
        x = self.rise.take(cells, mode="clip", out=np.empty_like(within))
        x *= within
        x += self.start.take(cells, mode="clip", out=space.second)
        tail = np.isnan(x, out=space.flags).nonzero()
        if tail[0].size:
            x[tail] = self.low + self.wide * self._tail_quantiles(u[tail])
        return x

    def _tail_quantiles(self, u: Any) -> Any:
        if self.tails is None:
            return exact_beta(self.a, self.b, u)
        x = np.empty_like(u)
        lower = u < 0.5
        upper = ~lower
        x[lower] = self.tails[0].quantile(u[lower])
        x[upper] = 1 - self.tails[1].quantile(1 - u[upper])
        return x


@lru_cache(maxsize=1024)
def beta_table(a: float, b: float, low: float, wide: float) -> BetaTable:
    """A table from exact nodes and the density's slopes, refined by cubics, where that is near enough."""
    nodes = np.arange(_NODES + 1) / _NODES
    within = (nodes >= _TAIL) & (nodes <= 1 - _TAIL)
    x = np.where(nodes < 0.5, 0.0, 1.0)
    x[within] = exact_beta(a, b, nodes[within])
    with np.errstate(all="ignore"):
        slopes = 1 / _density(a, b, x) / _NODES
    start = _refined(x, slopes, _CELLS // _NODES)
    rise = np.append(np.diff(start), 0.0)
    ends = round(_TAIL * _CELLS)
    rise[:ends] = rise[-ends - 1 :] = np.nan
    near = BetaTable(a, b, 0.0, 1.0, start, rise, (_Tail.built(a, b), _Tail.built(b, a)))
    foretold = 0.5 * (slopes[:-1] + slopes[1:])[within[:-1] & within[1:]]
    smooth = np.abs(foretold - np.diff(x[within])).max() < _JUMP
    error = near.quantile(_TRIED, Workspace(_TRIED.shape)) - exact_beta(a, b, _TRIED) if smooth else math.inf
    if np.abs(error).max() > _ROUGH:
        return BetaTable(a, b, low, wide, start, np.full_like(rise, np.nan), None)
    return BetaTable(a, b, low, wide, low + wide * start, wide * rise, near.tails)


def _density(a: float, b: float, x: Any) -> Any:
    from scipy.special import betaln  # noqa: PLC0415

    return np.exp((a - 1) * np.log(x) + (b - 1) * np.log1p(-x) - betaln(a, b))


def _refined(x: Any, slopes: Any, fine: int) -> Any:
    """Values at nodes and ``fine`` − 1 points between each two, by cubics; by lines where a slope is nan."""
    gap = np.diff(x)
    with np.errstate(all="ignore"):
        usable = np.isfinite(slopes[:-1]) & np.isfinite(slopes[1:])
        before, after = np.where(usable, slopes[:-1], gap), np.where(usable, slopes[1:], gap)
    w = np.arange(fine) / fine
    square, cube = 3 * gap - 2 * before - after, before + after - 2 * gap
    between = x[:-1, None] + w * (before[:, None] + w * (square[:, None] + w * cube[:, None]))
    return np.append(between.ravel(), x[-1])
