"""One intervention's reports of many places, by several processes that make once what is the same for all."""

from __future__ import annotations

import os
import signal
from collections.abc import Mapping
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor, as_completed
from dataclasses import dataclass, field
from functools import lru_cache
from multiprocessing import get_context
from typing import TYPE_CHECKING, Any

from sroi.documents import Library, load
from sroi.errors import SroiError
from sroi.reports.writing import report
from sroi.uncertainty import ranges_by_grade

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from sroi.documents.loading import MethodChoice

_AT_ONCE = 8
"""Places that a process is given at once."""

_WORTH_ANOTHER = 24
"""Places for which another process repays the time in which it starts."""

Targets = Mapping[str, "Sequence[Path]"]
"""Files by place."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be reported of each place.

    Attributes
    ----------
    study : str
        Name of the intervention, or a file.
    values, method, packs
        As :func:`sroi.load` takes them; of packs the folders.
    by_grade : bool
        Whether numbers without a range have one by their grade of evidence.
    options : mapping
        As :func:`sroi.report` takes them.
    """

    study: str
    values: Mapping[str, Any] = field(default_factory=dict)
    method: MethodChoice | None = None
    packs: tuple[str, ...] = ()
    by_grade: bool = False
    options: Mapping[str, Any] = field(default_factory=dict)


def report_everywhere(
    order: Order,
    targets: Targets,
    *,
    processes: int | None = None,
    on_place: Callable[[str, int, int], None] | None = None,
) -> dict[str, str]:
    """Write the reports of each place.

    Parameters
    ----------
    order : Order
    targets : mapping of place to paths
        Where each place's reports are written.
    processes : int, optional
        How many processes work at once, where there are places enough for them; as many as the machine has
        processors where it is left out. What is written does not depend on it.
    on_place : callable, optional
        Called with each place that is finished, how many are done, and of how many.

    Returns
    -------
    dict of str
        Why there is no report of a place, by those that have none.

    Raises
    ------
    NotFoundError
        If there is no such folder of packs.
    SroiError
        If a process ends before its work is done.
    """
    Library(order.packs)
    several = min(processes or os.cpu_count() or 1, len(targets) // _WORTH_ANOTHER)
    found: dict[str, str] = {}
    run = _in_processes(order, targets, several) if several > 1 else _each(order, targets.items())
    for done, (place, why) in enumerate(run, start=1):
        if why is not None:
            found[place] = why
        if on_place is not None:
            on_place(place, done, len(targets))
    return {place: found[place] for place in targets if place in found}


def _in_processes(order: Order, targets: Targets, several: int) -> Iterator[tuple[str, str | None]]:
    pairs = list(targets.items())
    pool = ProcessPoolExecutor(several, get_context("spawn"), _leave_interruptions_to_the_caller)
    try:
        parts = (pairs[start : start + _AT_ONCE] for start in range(0, len(pairs), _AT_ONCE))
        for part in as_completed([pool.submit(_some, order, part) for part in parts]):
            yield from part.result()
    except BrokenExecutor:
        message = "a process was ended before its reports were written"
        raise SroiError(f"{message}: reports that are there are whole; run it again with --force") from None
    finally:
        pool.shutdown(cancel_futures=True)


def _leave_interruptions_to_the_caller() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _some(order: Order, pairs: list[tuple[str, Sequence[Path]]]) -> list[tuple[str, str | None]]:
    return list(_each(order, pairs))


def _each(order: Order, pairs: Any) -> Iterator[tuple[str, str | None]]:
    """Write the reports of some places one after another, each place with why it has none."""
    library = _library(order.packs)
    for place, paths in pairs:
        try:
            study = load(order.study, place=place, values=order.values, method=order.method, packs=library)
            report(ranges_by_grade(study).study if order.by_grade else study, paths, **order.options)
        except SroiError as error:
            yield place, str(error).splitlines()[0]
        else:
            yield place, None


@lru_cache(maxsize=1)
def _library(folders: tuple[str, ...]) -> Library:
    """The library of a process, which reads each pack once."""
    return Library(folders)
