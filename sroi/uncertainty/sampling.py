"""Draws in chunks: random or Sobol points, correlated where the study says so, the same on any threads."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from sroi.uncertainty.quantile_tables import Workspace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sroi.uncertainty.uncertain import Uncertainty

CHUNK = 65_536
"""Draws made at once: enough for threads not to wait for each other, few enough for memory not to matter."""

POINTS = 16_384
"""Sobol points made at once: they come a row at a time, all numbers together, and take more memory."""

_AHEAD = 1 << 23
"""Draws held before they are asked for; those of numbers beyond are made again when they are."""

WORTH_A_TABLE = 50_000
"""Draws from which tables of quantiles repay the time to build them."""


def chunks(draws: int, most: int = CHUNK) -> list[int]:
    """Sizes of the chunks that a number of draws is made in."""
    whole, rest = divmod(draws, most)
    return [most] * whole + ([rest] if rest else [])


def seeds(seed: int | None, parts: int) -> list[np.random.SeedSequence]:
    """A separate seed for each chunk, so that the numbers do not depend on which thread draws it."""
    return np.random.SeedSequence(seed).spawn(parts)


def generator_of(seed: int, key: bytes, chunk: int) -> np.random.Generator:
    """The stream of one number in one chunk, which depends on the seed and what it is known by alone."""
    words = [int(word) for word in np.frombuffer(key, dtype="<u4")]
    return np.random.Generator(np.random.SFC64(np.random.SeedSequence([seed, *words], spawn_key=(chunk,))))


class Drawing(Mapping[str, Any]):
    """One chunk of draws of every uncertain number, by path, each made when it is first asked for.

    They are made in the order of the study, whatever is asked for first.

    Parameters
    ----------
    uncertain : Uncertainty
    scores : ndarray, shape (correlated number, draw)
        Independent standard normal numbers of those that are correlated.
    draw : callable
        Makes the draws of the number at a position; it is called for each that is not correlated, in order.
    rng : Generator, optional
        What it draws with; set back for draws that are made again.
    once : bool
        Whether each is dropped when it has been given out, so that memory holds few of them.

    Attributes
    ----------
    truncated : dict of str to int
        Draws so far that were brought back to the bounds of a number, by its path.
    """

    def __init__(
        self,
        uncertain: Uncertainty,
        scores: Any,
        draw: Callable[[int], Any],
        *,
        once: bool,
        rng: np.random.Generator | None = None,
    ) -> None:
        self._uncertain, self._draw, self._once, self._rng = uncertain, draw, once, rng
        self._made: dict[str, Any] = {}
        self._passed: dict[str, tuple[int, Any]] = {}
        self.truncated: dict[str, int] = {}
        for at, row in zip(uncertain.block, uncertain.root @ scores if uncertain.block else (), strict=True):
            self._hold(at, uncertain.numbers[at].distribution.from_normal(row))
        self._ahead = iter([at for at in range(len(uncertain.numbers)) if at not in uncertain.block])
        self._paths = frozenset(uncertain.paths)

    def __getitem__(self, path: str) -> Any:
        while path not in self._made and path not in self._passed:
            at = next(self._ahead, None)
            if at is None:
                raise KeyError(path)
            state = self._state()
            self._hold(at, self._draw(at))
            name = self._uncertain.numbers[at].path
            if self._once and name != path and len(self._made) * self._made[name].size > _AHEAD:
                del self._made[name]
                self._passed[name] = at, state
        if path in self._passed:
            return self._again(*self._passed.pop(path))
        return self._made.pop(path) if self._once else self._made[path]

    def __contains__(self, path: object) -> bool:
        return path in self._paths

    def __iter__(self) -> Iterator[str]:
        return iter(self._uncertain.paths)

    def __len__(self) -> int:
        return len(self._paths)

    def _state(self) -> Any:
        return None if self._rng is None else self._rng.bit_generator.state

    def _again(self, at: int, state: Any) -> Any:
        """The draws of a number that were let go of, made as they were."""
        if self._rng is None:
            return self._draw(at)
        now = self._state()
        self._rng.bit_generator.state = state
        found = self._draw(at)
        self._rng.bit_generator.state = now
        return found

    def _hold(self, at: int, draws: Any) -> None:
        number = self._uncertain.numbers[at]
        self._made[number.path] = draws
        floor, ceiling = number.distribution.floor, number.distribution.ceiling
        if ceiling < np.inf:
            self.truncated[number.path] = int(((draws <= floor) | (draws >= ceiling)).sum())


def drawn(
    uncertain: Uncertainty,
    size: int,
    seed: np.random.SeedSequence,
    *,
    tables: bool,
    once: bool = False,
    space: Workspace | None = None,
) -> Drawing:
    """One chunk of pseudo-random draws.

    Parameters
    ----------
    uncertain : Uncertainty
    size : int
    seed : SeedSequence
        The chunk's own.
    tables : bool
        Whether quantiles of the beta family come from tables.
    once : bool
        Whether each number is dropped when it has been given out.
    space : Workspace, optional
        Arrays of that size to work in.
    """
    rng = np.random.Generator(np.random.SFC64(seed))
    scores = rng.standard_normal((len(uncertain.block), size))
    return Drawing(
        uncertain,
        scores,
        lambda at: uncertain.numbers[at].distribution.draw(rng, size, tables=tables, space=space),
        once=once,
        rng=rng,
    )


def drawings(uncertain: Uncertainty, draws: int, seed: int | None) -> Iterator[tuple[int, Drawing]]:
    """Chunks of pseudo-random draws in order, each with its size."""
    sizes = chunks(draws)
    for size, own in zip(sizes, seeds(seed, len(sizes)), strict=True):
        yield size, drawn(uncertain, size, own, tables=draws >= WORTH_A_TABLE)


def sobol_points(uncertain: Uncertainty, draws: int, seed: int | None) -> Iterator[Any]:
    """Chunks of scrambled Sobol points in their own order, a row for each uncertain number."""
    points = SobolPoints(max(len(uncertain.numbers), 1), seed)
    for size in chunks(draws, POINTS):
        yield points.take(size)


class SobolPoints:
    """Scrambled Sobol points of a number of dimensions."""

    def __init__(self, dimensions: int, seed: int | None) -> None:
        from scipy.stats import qmc  # noqa: PLC0415 - SciPy is loaded only where it is used

        self._points = qmc.Sobol(dimensions, scramble=True, rng=np.random.default_rng(seed))

    def take(self, size: int) -> Any:
        """The next points, a row a dimension; that their number is no power of two is the caller's to say."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)
            return np.ascontiguousarray(self._points.random(size).T)


def from_uniform(uncertain: Uncertainty, u: Any, *, once: bool = False) -> Drawing:
    """Uniform numbers, a row for each uncertain number, as draws of its distribution, correlated."""
    tiny = 0.5 / 2**53
    u = np.clip(u, tiny, 1 - tiny)
    scores = np.empty((0, u.shape[1]))
    if uncertain.block:
        from scipy.special import ndtri  # noqa: PLC0415

        scores = ndtri(u[list(uncertain.block)])
    space = Workspace(u.shape[1])
    return Drawing(
        uncertain,
        scores,
        lambda at: uncertain.numbers[at].distribution.quantile(u[at], space=space),
        once=once,
    )
