"""Batches on an executor, in order, some computed ahead of their use."""

from __future__ import annotations

import os
from collections import deque
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future, ThreadPoolExecutor
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any

import numpy as np

from sroi.appraisal.batches import Batch, Done, run_batch
from sroi.errors import SroiError
from sroi.results.many import SUMS, FailedStudy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sroi.appraisal.kept import Kept

_LARGEST_BATCH = 16
_BATCHES = 64
"""Batches that many studies are at least parted into, and the most that wait for an executor at once."""

_WAITING = 1 << 24
"""Numbers in the sums of batches that wait to be added."""


def batched(names: list[str]) -> Iterator[list[str]]:
    """Names in batches whose size depends on how many there are, and on nothing else."""
    size = max(1, min(_LARGEST_BATCH, len(names) // _BATCHES))
    return (names[start : start + size] for start in range(0, len(names), size))


class Told:
    """Tells what is finished."""

    def __init__(self, on_study: Callable[[str, int, int], None] | None, of: int, failed: list[str]) -> None:
        self._tell, self._of, self._done = on_study, of, 0
        for name in failed:
            self._one(name)

    def of(self, done: Done) -> None:
        """Tell each study of a batch."""
        for each in done.studies:
            self._one(each.name)

    def _one(self, name: str) -> None:
        self._done += 1
        if self._tell is not None:
            self._tell(name, self._done, self._of)


def run(batches: Iterator[Batch], executor: Executor | None, kept: Kept | None, draws: int) -> Iterator[Done]:
    """What each batch comes to, in order, some computed ahead of their use."""
    ahead = max(2, min(_BATCHES, _WAITING // draws))
    own = ThreadPoolExecutor(min(os.cpu_count() or 1, 4)) if executor is None else None
    waiting: deque[tuple[Batch, Any, Future[Done] | Done]] = deque()
    with own or nullcontext():
        try:
            for batch in batches:
                path = None if kept is None else kept.file(batch)
                found = None if kept is None or path is None else kept.read(path)
                waiting.append((batch, path, found or (own or executor).submit(run_batch, batch)))  # type: ignore[union-attr]  # one of them is there
                if len(waiting) > ahead:
                    yield _finished(*waiting.popleft(), kept)
            while waiting:
                yield _finished(*waiting.popleft(), kept)
        finally:
            for _, _, each in waiting:
                if not isinstance(each, Done):
                    each.cancel()


def _finished(batch: Batch, path: Any, found: Future[Done] | Done, kept: Kept | None) -> Done:
    if isinstance(found, Done):
        return found
    try:
        done = found.result()
    except (BrokenExecutor, CancelledError) as error:
        hint = "run it again" if kept is None else "run it again: it goes on from what is kept"
        names = f"{batch.members[0].name} to {batch.members[-1].name}"
        raise SroiError(f"the executor broke at {names}: {error or type(error).__name__}; {hint}") from error
    except Exception as error:  # noqa: BLE001 - what a worker of any kind may raise is that batch's alone
        reason = f"its task failed: {type(error).__name__}: {error}"
        nothing = np.zeros((len(SUMS), batch.draws))
        failed = tuple(FailedStudy(each.name, reason) for each in batch.members)
        return Done(failed, nothing, (0.0,) * len(SUMS))
    if kept is not None and path is not None:
        kept.write(path, done)
    return done
