"""Processes that compute, so that one that hangs or is killed loses its own request alone."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import anyio
import anyio.to_process

from sroi.service.answering import Answer, answer, problem

if TYPE_CHECKING:
    from sroi.service.settings import Settings

RETRY = {"Retry-After": "1"}


def within_bounds(name: str, body: bytes, settings: Settings) -> Answer:
    """The answer, in a process that is held to its memory; it runs there."""
    _bounded(settings.memory_bytes)
    return answer(name, body, settings)


class Lane:
    """A number of processes, and a queue before them.

    Parameters
    ----------
    workers : int
        Processes.
    queue : int
        Requests that may wait.
    seconds : float
        Time that a question may take once it has its process.
    """

    def __init__(self, workers: int, queue: int, seconds: float) -> None:
        self._limiter = anyio.CapacityLimiter(workers)
        self._most = workers + queue
        self._seconds = seconds
        self.inside = 0

    async def ask(self, name: str, body: bytes, settings: Settings) -> Answer:
        """The answer; 429 where the queue is full, 503 where time is up or the process ended."""
        if self.inside >= self._most:
            return _again(
                problem(429, "too many questions are waiting; ask again in a moment", title="Too many")
            )
        self.inside += 1
        try:
            async with self._limiter:
                with anyio.fail_after(self._seconds):
                    return await anyio.to_process.run_sync(
                        within_bounds,
                        name,
                        body,
                        settings,
                        cancellable=True,
                        limiter=anyio.CapacityLimiter(1),
                    )
        except TimeoutError:
            detail = f"the answer would take longer than {self._seconds:g} seconds; ask for less"
            return problem(503, detail, title="Time is up")
        except anyio.BrokenWorkerProcess:
            detail = "the process that computed the answer ended; other requests are not touched"
            return _again(problem(503, detail, title="The answer was lost"))
        finally:
            self.inside -= 1

    async def warm(self, settings: Settings) -> None:
        """Start the processes, so that the first question waits for none."""
        async with anyio.create_task_group() as group:
            for _ in range(int(self._limiter.total_tokens)):
                group.start_soon(
                    self.ask, "evaluate", b"intervention: befriending\nplace: england\n", settings
                )


def _again(refused: Answer) -> Answer:
    return Answer(refused.status, refused.body, refused.media_type, {**refused.headers, **RETRY})


@cache
def _bounded(memory_bytes: int) -> None:
    """Hold this process to an amount of memory, where the system can."""
    try:
        import resource  # noqa: PLC0415 - not on Windows
    except ImportError:
        return
    hard = resource.getrlimit(resource.RLIMIT_DATA)[1]
    most = memory_bytes if hard == resource.RLIM_INFINITY else min(memory_bytes, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (most, hard))
