"""Draws in chunks: independent or Sobol points, correlated where the study says so, the same numbers on any number of threads."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sroi.uncertainty.uncertain import Uncertainty

Sampler = Literal["random", "sobol"]

CHUNK = 16_384
"""Draws carried at once: few enough for an outcome's arrays to stay in the processor's cache."""

WORTH_A_TABLE = 50_000
"""Draws from which tables of quantiles repay the time to build them."""


def chunks(draws: int) -> list[int]:
    """Sizes of the chunks that so many draws are made in."""
    whole, rest = divmod(draws, CHUNK)
    return [CHUNK] * whole + ([rest] if rest else [])


def seeds(seed: int | None, parts: int) -> list[np.random.SeedSequence]:
    """A seed of its own for each chunk, so that the numbers do not depend on who draws which chunk."""
    return np.random.SeedSequence(seed).spawn(parts)


def drawn(uncertain: Uncertainty, size: int, seed: np.random.SeedSequence, *, tables: bool) -> dict[str, Any]:
    """One chunk of pseudo-random draws of every uncertain number, by path."""
    rng = np.random.Generator(np.random.SFC64(seed))
    values: dict[str, Any] = {}
    if uncertain.block:
        scores = uncertain.root @ rng.standard_normal((len(uncertain.block), size))
        for row, at in enumerate(uncertain.block):
            number = uncertain.numbers[at]
            values[number.path] = number.distribution.from_normal(scores[row])
    for number in uncertain.numbers:
        if number.path not in values:
            values[number.path] = number.distribution.draw(rng, size, tables=tables)
    return values


def sobol_points(uncertain: Uncertainty, draws: int, seed: int | None) -> Iterator[dict[str, Any]]:
    """Chunks of scrambled Sobol points carried to every uncertain number, in their own order."""
    points = SobolPoints(max(len(uncertain.numbers), 1), seed)
    for size in chunks(draws):
        yield from_uniform(uncertain, points.take(size))


class SobolPoints:
    """Scrambled Sobol points of so many dimensions."""

    def __init__(self, dimensions: int, seed: int | None) -> None:
        from scipy.stats import qmc  # noqa: PLC0415 - SciPy is loaded only where it is used

        self._points = qmc.Sobol(dimensions, scramble=True, rng=np.random.default_rng(seed))

    def take(self, size: int) -> Any:
        """The next points, a row a dimension; that a number is no power of two is told by whoever was asked for it."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)
            return np.ascontiguousarray(self._points.random(size).T)


def from_uniform(uncertain: Uncertainty, u: Any) -> dict[str, Any]:
    """Uniform numbers, a row for each uncertain number, carried to its distribution and correlated as the study says."""
    tiny = 0.5 / 2**53
    u = np.clip(u, tiny, 1 - tiny)
    values: dict[str, Any] = {}
    if uncertain.block:
        from scipy.special import ndtri  # noqa: PLC0415

        scores = uncertain.root @ ndtri(u[list(uncertain.block)])
        for row, at in enumerate(uncertain.block):
            number = uncertain.numbers[at]
            values[number.path] = number.distribution.from_normal(scores[row])
    for at, number in enumerate(uncertain.numbers):
        if number.path not in values:
            values[number.path] = number.distribution.quantile(u[at])
    return values
