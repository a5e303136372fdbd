"""Chunks of draws carried through a study, a few at once, in a fixed order."""

from __future__ import annotations

import os
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from sroi.uncertainty import sampling

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sroi.uncertainty.drawn import DrawnStudy
    from sroi.uncertainty.uncertain import Uncertainty

FIGURES = ("social_return_ratio", "net_present_value", "present_value", "investment", "payback_years", "savings_ratio")


@dataclass(frozen=True, slots=True, eq=False)
class Chunk:
    """What one chunk of draws comes to: figures, outcomes where they are shown, draws brought back to bounds, the draws where they are kept."""

    size: int
    figures: dict[str, Any]
    outcomes: dict[str, Any]
    truncated: dict[str, int]
    draws: dict[str, Any]


def carried(
    model: DrawnStudy,
    uncertain: Uncertainty,
    draws: int,
    *,
    seed: int | None,
    sampler: sampling.Sampler,
    threads: int | None,
    shown: int,
    keep: bool,
) -> Iterator[Chunk]:
    """Every chunk in order, a few carried ahead of whoever takes them.

    Parameters
    ----------
    model : DrawnStudy
    uncertain : Uncertainty
    draws, seed, sampler, threads
        As :func:`sroi.simulate` takes them.
    shown : int
        Draws of which single outcomes are wanted, from the first on.
    keep : bool
        Whether the draws themselves are wanted.
    """
    sizes = sampling.chunks(draws)
    starts = range(0, draws, sampling.CHUNK)

    def work(values: dict[str, Any], size: int, start: int) -> Chunk:
        return _carry(model, uncertain, values, size, by_outcome=start < shown, keep=keep)

    if sampler == "sobol":
        points = sampling.sobol_points(uncertain, draws, seed)
        yield from (work(values, size, start) for values, size, start in zip(points, sizes, starts, strict=True))
        return
    tables = draws >= sampling.WORTH_A_TABLE

    def draw(size: int, start: int, own: np.random.SeedSequence) -> Chunk:
        return work(sampling.drawn(uncertain, size, own, tables=tables), size, start)

    jobs = list(zip(sizes, starts, sampling.seeds(seed, len(sizes)), strict=True))
    workers = threads if threads is not None else min(os.cpu_count() or 1, 4)
    if workers < 2 or len(jobs) < 2:
        yield from (draw(*job) for job in jobs)
        return
    with ThreadPoolExecutor(workers) as pool:
        ahead: list[Future[Chunk]] = []
        for job in jobs:
            ahead.append(pool.submit(draw, *job))
            if len(ahead) > workers:
                yield ahead.pop(0).result()
        while ahead:
            yield ahead.pop(0).result()


def _carry(model: DrawnStudy, uncertain: Uncertainty, values: dict[str, Any], size: int, *, by_outcome: bool, keep: bool) -> Chunk:
    result = model.evaluate(values, by_outcome=by_outcome, by_time=True)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio, savings, payback = result.ratio, result.savings_ratio, result.payback()
    found = (ratio, result.net_present_value, result.present_value, result.investment, payback, savings)
    figures = {name: _filled(figure, size) for name, figure in zip(FIGURES, found, strict=True)}
    truncated = {path: count for path, count in result.clipped.items() if count}
    for number in uncertain.numbers:
        floor, ceiling = number.distribution.floor, number.distribution.ceiling
        if ceiling < np.inf:
            drawn = values[number.path]
            truncated[number.path] = int(((drawn <= floor) | (drawn >= ceiling)).sum())
    outcomes = {name: _filled(present, size) for name, present in result.outcomes.items()}
    return Chunk(size, figures, outcomes, truncated, values if keep else {})


def _filled(figure: Any, size: int) -> Any:
    return np.ascontiguousarray(np.broadcast_to(np.asarray(figure, dtype=float), (size,)))
