"""Chunks of draws taken through a study, a few at once, in a fixed order."""

from __future__ import annotations

import os
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any

import numpy as np

from sroi.quantities import LEAST_INVESTMENT
from sroi.results.simulation import FIGURES, Sampler
from sroi.uncertainty import sampling
from sroi.uncertainty.quantile_tables import Workspace
from sroi.uncertainty.streams import Stream

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from sroi.results.spread import Spread
    from sroi.uncertainty.model import DrawnResult, DrawnStudy
    from sroi.uncertainty.uncertain import Uncertainty

_FREED = 16 << 20
"""Bytes that are allocated once and freed unused: glibc then keeps arrays up to that size for reuse.

Without it each goes back to the system and is asked for again, which takes a tenth of the time.
"""


_SHOWN_OUTCOMES = 65_536
"""Draws from which the spreads of single outcomes are taken."""


class OutcomeSpreads:
    """Takes the present values of single outcomes over the first draws, and keeps how they are spread.

    Where one chunk holds them all, each outcome's are dropped as soon as they are counted.

    Parameters
    ----------
    draws : int
        How many will be made in all.
    """

    def __init__(self, draws: int) -> None:
        self._wanted = min(draws, _SHOWN_OUTCOMES)
        self._streams: dict[str, Stream] = {}
        self._found: dict[str, Spread] = {}

    def taker(self, start: int, size: int) -> Callable[[str, Any], None] | None:
        """What takes the outcomes of the chunk that begins at a draw; None where they are not wanted."""
        if start >= self._wanted:
            return None

        def take(name: str, present: Any) -> None:
            stream = self._streams.pop(name, None) or Stream(self._wanted)
            stream.add(filled(present, size))
            if start + size >= self._wanted:
                self._found[name] = stream.spread()
            else:
                self._streams[name] = stream

        return take

    def of(self, names: Iterable[str]) -> dict[str, Spread]:
        """The spread of each outcome."""
        return {name: self._found[name] for name in names}


@dataclass(frozen=True, slots=True, eq=False)
class Chunk:
    """What one chunk of draws comes to.

    Its figures; how many draws were brought back to bounds, by path, and in how many the added deductions
    leave nothing, by outcome; the draws themselves where they are kept.
    """

    size: int
    figures: dict[str, Any]
    truncated: dict[str, int]
    emptied: dict[str, int]
    draws: dict[str, Any]


def run_chunks(
    model: DrawnStudy,
    uncertain: Uncertainty,
    draws: int,
    *,
    seed: int | None,
    sampler: Sampler,
    threads: int | None,
    outcomes: OutcomeSpreads,
    keep: bool,
) -> Iterator[Chunk]:
    """Every chunk in order, a few computed ahead of their use.

    Parameters
    ----------
    model : DrawnStudy
    uncertain : Uncertainty
    draws, seed, sampler, threads
        As :func:`sroi.simulate` takes them.
    outcomes : OutcomeSpreads
        Takes the present values of single outcomes in the first chunks.
    keep : bool
        Whether the draws themselves are wanted; one chunk, which holds them all, is then computed at a time.
    """
    most = sampling.POINTS if sampler == "sobol" else sampling.CHUNK
    sizes = sampling.chunks(draws, most)
    starts = range(0, draws, most)

    def work(values: sampling.Drawing, size: int, start: int) -> Chunk:
        return _run(model, values, size, outcomes.taker(start, size), keep=keep)

    if sampler == "sobol":
        points = sampling.sobol_points(uncertain, draws, seed)
        drawings = (sampling.from_uniform(uncertain, each, once=not keep) for each in points)
        yield from (
            work(values, size, start) for values, size, start in zip(drawings, sizes, starts, strict=True)
        )
        return
    tables = draws >= sampling.WORTH_A_TABLE
    workers = 1 if keep else min(threads if threads is not None else min(os.cpu_count() or 1, 4), len(sizes))
    if len(sizes) > 1:
        np.empty(_FREED, dtype=np.uint8)
    spaces: SimpleQueue[Workspace] = SimpleQueue()
    for _ in range(workers):
        spaces.put(Workspace(sizes[0]))

    def draw(size: int, start: int, own: np.random.SeedSequence) -> Chunk:
        space = spaces.get()
        try:
            return work(
                sampling.drawn(uncertain, size, own, tables=tables, once=not keep, space=space.cut(size)),
                size,
                start,
            )
        finally:
            spaces.put(space)

    jobs = list(zip(sizes, starts, sampling.seeds(seed, len(sizes)), strict=True))
    if workers < 2:
        yield from (draw(*job) for job in jobs)
        return
    with ThreadPoolExecutor(workers) as pool:
        if tables:
            list(pool.map(lambda number: number.distribution.prepare(), uncertain.numbers))
        ahead: list[Future[Chunk]] = []
        for job in jobs:
            ahead.append(pool.submit(draw, *job))
            if len(ahead) > workers:
                yield ahead.pop(0).result()
        while ahead:
            yield ahead.pop(0).result()


def _run(
    model: DrawnStudy,
    values: sampling.Drawing,
    size: int,
    on_outcome: Callable[[str, Any], None] | None,
    *,
    keep: bool,
) -> Chunk:
    result = model.evaluate(values, on_outcome=on_outcome, by_time=True, once=not keep)
    figures = figures_of(result, size)
    draws = dict(values) if keep else {}
    return Chunk(size, figures, brought_back(result, values), result.emptied, draws)


def figures_of(result: DrawnResult, size: int) -> dict[str, Any]:
    """Every figure of some draws, an entry a draw; payback only where the net flows were kept."""
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio, savings = (
            with_inputs(each, result.investment) for each in (result.ratio, result.savings_ratio)
        )
        payback = result.payback() if result.net_by_time else None
    found = (ratio, result.net_present_value, result.present_value, result.investment, payback, savings)
    named = zip(FIGURES, found, strict=True)
    return {name: filled(figure, size) for name, figure in named if figure is not None}


def brought_back(result: DrawnResult, values: sampling.Drawing) -> dict[str, int]:
    """How many draws of a number were brought back to its bounds, by its path."""
    return {**{path: count for path, count in result.clipped.items() if count}, **values.truncated}


def with_inputs(ratio: Any, investment: Any) -> Any:
    """A ratio where something is put in, and no number where it means nothing."""
    there = np.asarray(investment) >= LEAST_INVESTMENT
    return ratio if there.all() else np.where(there, ratio, np.nan)


def filled(figure: Any, size: int) -> Any:
    """A figure as one number a draw, also where it is the same in all."""
    return np.ascontiguousarray(np.broadcast_to(np.asarray(figure, dtype=float), (size,)))
