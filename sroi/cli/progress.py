"""How far long work has come: a bar on standard error, on a terminal alone."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rich.progress import Progress


def _bar() -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    return Progress(*columns, console=Console(stderr=True), transient=True)


@contextmanager
def drawing(draws: int) -> Iterator[Callable[[int], None] | None]:
    """What to tell of each finished chunk of draws."""
    if not sys.stderr.isatty():
        yield None
        return
    with _bar() as bar:
        task = bar.add_task("drawing", total=max(draws, 1))
        yield lambda size: bar.advance(task, size)


@contextmanager
def counting(what: str) -> Iterator[Callable[[int, int], None] | None]:
    """What to tell how many are done, and of how many."""
    if not sys.stderr.isatty():
        yield None
        return
    with _bar() as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, of: bar.update(task, completed=done, total=of)


@contextmanager
def stepping() -> Iterator[Callable[[str, int, int], None] | None]:
    """What to tell which step begins, how many are done, and of how many."""
    if not sys.stderr.isatty():
        yield None
        return
    with _bar() as bar:
        task = bar.add_task("", total=None)
        yield lambda step, done, of: bar.update(task, description=step, completed=done, total=of)


@contextmanager
def working(what: str) -> Iterator[None]:
    """A bar that moves for as long as work lasts that cannot say how far it has come."""
    if not sys.stderr.isatty():
        yield
        return
    with _bar() as bar:
        bar.add_task(what, total=None)
        yield
