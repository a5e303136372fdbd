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

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sroi.uncertainty.model import DrawnStudy
    from sroi.uncertainty.uncertain import Uncertainty

_FREED = 16 << 20
"""Bytes that are allocated once and freed unused: glibc then keeps arrays up to that size for reuse.

Without it each goes back to the system and is asked for again, which takes a tenth of the time.
"""


@dataclass(frozen=True, slots=True, eq=False)
class Chunk:
    """What one chunk of draws comes to.

    Its figures; present values of outcomes where they are shown, one number where it is the same in all
    draws; how many draws were brought back to bounds, by path, and in how many the added deductions leave
    nothing, by outcome; the draws themselves where they are kept.
    """

    size: int
    figures: dict[str, Any]
    outcomes: dict[str, Any]
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
    shown: int,
    keep: bool,
) -> Iterator[Chunk]:
    """Every chunk in order, a few computed ahead of their use.

    Parameters
    ----------
    model : DrawnStudy
    uncertain : Uncertainty
    draws, seed, sampler, threads
        As :func:`sroi.simulate` takes them.
    shown : int
        Draws of which single outcomes are wanted, from the first on.
    keep : bool
        Whether the draws themselves are wanted; one chunk, which holds them all, is then computed at a time.
    """
    most = sampling.POINTS if sampler == "sobol" else sampling.CHUNK
    sizes = sampling.chunks(draws, most)
    starts = range(0, draws, most)

    def work(values: sampling.Drawing, size: int, start: int) -> Chunk:
        return _run(model, values, size, by_outcome=start < shown, keep=keep)

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


def _run(model: DrawnStudy, values: sampling.Drawing, size: int, *, by_outcome: bool, keep: bool) -> Chunk:
    result = model.evaluate(values, by_outcome=by_outcome, by_time=True)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio, savings = (
            with_inputs(each, result.investment) for each in (result.ratio, result.savings_ratio)
        )
        payback = result.payback()
    found = (ratio, result.net_present_value, result.present_value, result.investment, payback, savings)
    figures = {name: filled(figure, size) for name, figure in zip(FIGURES, found, strict=True)}
    draws = dict(values) if keep else {}
    truncated = {path: count for path, count in result.clipped.items() if count}
    return Chunk(size, figures, result.outcomes, {**truncated, **values.truncated}, result.emptied, draws)


def with_inputs(ratio: Any, investment: Any) -> Any:
    """A ratio where something is put in, and no number where it means nothing."""
    there = np.asarray(investment) >= LEAST_INVESTMENT
    return ratio if there.all() else np.where(there, ratio, np.nan)


def filled(figure: Any, size: int) -> Any:
    """A figure as one number a draw, also where it is the same in all."""
    return np.ascontiguousarray(np.broadcast_to(np.asarray(figure, dtype=float), (size,)))
