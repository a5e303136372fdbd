"""Many studies simulated together, on threads, processes or a cluster, with the same numbers on any."""

from __future__ import annotations

import os
from collections import Counter, deque
from collections.abc import Mapping
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future, ThreadPoolExecutor
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any

import numpy as np

from sroi import formulas
from sroi.appraisal.alike import terms_apart
from sroi.appraisal.batches import Batch, Done, Member, run_batch
from sroi.appraisal.joint import Joint
from sroi.appraisal.kept import Kept
from sroi.arguments import checked_arguments
from sroi.documents import Library, load
from sroi.errors import DocumentError, SroiError
from sroi.model import Study, as_study
from sroi.resolution import numbers_of
from sroi.results.many import FIGURES, SUMS, FailedStudy, SimulatedStudy, Simulations
from sroi.uncertainty.arguments import check_memory, checked_count, checked_seed
from sroi.uncertainty.chunks import with_inputs
from sroi.uncertainty.streams import Stream
from sroi.validation import require

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from sroi.model import Studied

DRAWS = 10_000
_LARGEST_BATCH = 16
_BATCHES = 64
"""Batches that many studies are at least parted into, and the most that wait for an executor at once."""

_WAITING = 1 << 24
"""Numbers in the sums of batches that wait to be added."""


@checked_arguments
def simulate_many(
    studies: Iterable[Study | Studied | str | os.PathLike[str]] | Mapping[str, Study | Studied],
    *,
    places: Sequence[str] | None = None,
    packs: Library | str | os.PathLike[str] | Iterable[str | os.PathLike[str]] = (),
    draws: int = DRAWS,
    seed: int | None = 0,
    executor: Executor | None = None,
    on_study: Callable[[str, int, int], None] | None = None,
    resume: str | os.PathLike[str] | None = None,
) -> Simulations:
    """Simulate many studies together, and all of them as one.

    A number that several studies have in common is drawn once for all of them, so that what they share does
    not average out in the range of the sum: an assumption of one name, value, range and source, or of one
    pack; and every number of a text that stands for several places. The draws of a number depend on the seed
    and on what it is known by, and on nothing else: not on the executor, on the order, or on the studies
    beside it.

    Parameters
    ----------
    studies : iterable of Study, result, name or path, or mapping of name to Study
        What is called by a name or a path is loaded, in each of the ``places``. One that cannot be loaded or
        has no result is told in ``failed``, and the others are simulated.
    places : sequence of str, optional
        Where each study that is a name or a path is to stand; the place that it names itself, otherwise.
    packs : iterable of path or Library, optional
        As :func:`sroi.load` takes them.
    draws : int
        How many.
    seed : int or None
        0 is a seed; None takes fresh randomness, and the result holds the one that was taken.
    executor : Executor, optional
        What runs the tasks: any of ``concurrent.futures``, or one of a cluster such as
        ``dask.distributed.Client(...).get_executor()``. It is not shut down. Threads where it is left out.
    on_study : callable, optional
        Called with the name of each finished study, how many are done, and of how many.
    resume : path, optional
        A folder in which what is finished is kept; with the same studies, draws and seed, a run that was
        stopped goes on from there.

    Raises
    ------
    DocumentError
        If no study is given, if those that can be loaded differ in price year, currency or a choice of the
        method, so that their sums mean nothing, or if their correlations contradict each other.
    SroiError
        If the executor breaks; with ``resume``, what was finished is kept.

    Examples
    --------
    >>> import sroi
    >>> found = sroi.simulate_many(["befriending", "mens-shed"], places=["derby", "york"], draws=500)
    >>> [each.name for each in found.studies]
    ['befriending in derby', 'befriending in york']
    >>> len(found.failed), "wellby" in found.shared
    (2, True)
    """
    draws = checked_count(draws, "draws")
    seed = checked_seed(seed)
    taken = int(np.random.SeedSequence().generate_state(2, np.uint64)[0]) if seed is None else seed
    check_memory(8.0 * len(SUMS) * draws * 4, "draws")
    failed: dict[str, FailedStudy] = {}
    order: list[str] = []
    joint, named = Joint(), dict[str, Study]()
    for name, study in _named(studies, places, packs):
        order.append(name)
        if isinstance(study, FailedStudy):
            failed[name] = study
            continue
        try:
            require(numbers_of(study))
            joint.add(name, study, owner=_text_of(study) or name)
        except SroiError as error:
            failed[name] = FailedStudy(name, str(error))
            continue
        named[name] = study
    if not order:
        raise DocumentError("no study is given", "give one or more", file="studies")
    apart = terms_apart(named, "study")
    if apart:
        raise DocumentError(apart)
    kept = None if resume is None else Kept(resume)
    total = _Total(draws)
    told = _Told(on_study, len(order), list(failed))
    batches = (
        Batch(tuple(Member(name, named[name], joint.part(name)) for name in names), draws, taken)
        for names in _batched(list(named))
    )
    for done in _run(batches, executor, kept, max(2, min(_BATCHES, _WAITING // draws))):
        total.add(done)
        told.of(done)
    failed |= {each.name: each for each in total.failed}
    return total.result(order, failed, named, joint, taken)


def _named(
    studies: Any, places: Sequence[str] | None, packs: Any
) -> Iterator[tuple[str, Study | FailedStudy]]:
    """Each study by a name of its own, or why it could not be loaded."""
    library = packs if isinstance(packs, Library) else None
    times: Counter[str] = Counter()

    def own(name: str) -> str:
        times[name] += 1
        return name if times[name] == 1 else f"{name} ({times[name]})"

    pairs = studies.items() if isinstance(studies, Mapping) else ((None, each) for each in studies)
    for name, each in pairs:
        if not isinstance(each, (str, os.PathLike)):
            study = as_study(each, "sroi.simulate_many")
            place = f" in {study.place}" if study.place else ""
            yield own(name or f"{study.id}{place}"), study
            continue
        library = library or Library([packs] if isinstance(packs, (str, os.PathLike)) else packs)
        where: Sequence[str | None] = places if places is not None else [None]
        for place in where:
            called = own(name or os.fspath(each) + (f" in {place}" if place else ""))
            try:
                yield called, load(each, place=place, packs=library)
            except SroiError as error:
                yield called, FailedStudy(called, str(error))


def _text_of(study: Study) -> str:
    """What a study was read from, where it is as it was read."""
    return "" if study.provenance is None else study.provenance.sha256


def _batched(names: list[str]) -> Iterator[list[str]]:
    """Names in batches whose size depends on how many there are, and on nothing else."""
    size = max(1, min(_LARGEST_BATCH, len(names) // _BATCHES))
    return (names[start : start + size] for start in range(0, len(names), size))


class _Told:
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


def _run(
    batches: Iterator[Batch], executor: Executor | None, kept: Kept | None, ahead: int
) -> Iterator[Done]:
    """What each batch comes to, in order, some computed ahead of their use."""
    own = ThreadPoolExecutor(min(os.cpu_count() or 1, 4)) if executor is None else None
    waiting: deque[tuple[Batch, Any, Future[Done] | Done]] = deque()
    with own or nullcontext():
        try:
            for batch in batches:
                path = None if kept is None else kept.file(batch)
                found = None if kept is None or path is None else kept.read(path)
                waiting.append((batch, path, found or (own or executor).submit(run_batch, batch)))  # type: ignore[union-attr]
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


class _Total:
    """The sums of all studies, taken batch by batch in order."""

    def __init__(self, draws: int) -> None:
        self.draws = draws
        self.studies: list[SimulatedStudy] = []
        self.failed: list[FailedStudy] = []
        self._sums = np.zeros((len(SUMS), draws))
        self._central = np.zeros(len(SUMS))

    def add(self, done: Done) -> None:
        """Add a batch."""
        self._sums += done.sums
        self._central += done.central
        for each in done.studies:
            if isinstance(each, FailedStudy):
                self.failed.append(each)
            else:
                self.studies.append(each)

    def result(
        self,
        order: list[str],
        failed: Mapping[str, FailedStudy],
        named: Mapping[str, Study],
        joint: Joint,
        seed: int,
    ) -> Simulations:
        """All of it, when every batch has been added."""
        drawn = _figures(*self._sums)
        streams = {name: Stream(self.draws, (0.0, 1.0)) for name in FIGURES}
        for name, stream in streams.items():
            stream.add(np.array(drawn[name]))
        of = next((named[each.name] for each in self.studies), None)
        squares = sum(each.spreads["net_present_value"].sd ** 2 for each in self.studies)
        return Simulations(
            studies=tuple(self.studies),
            failed=tuple(failed[name] for name in order if name in failed),
            central={name: float(value) for name, value in _figures(*self._central).items()},
            spreads={name: stream.spread() for name, stream in streams.items()},
            probability_above_one=streams["social_return_ratio"].share_above(1.0),
            apart_sd=float(np.sqrt(squares)),
            shared=joint.shared,
            apart=joint.apart,
            draws=self.draws,
            seed=seed,
            method=None if of is None else of.method,
            price_year=None if of is None else of.price_year,
            currency=None if of is None else of.currency,
            warnings=tuple(_warnings(self.studies, failed)),
        )


def _figures(present: Any, investment: Any, saved: Any) -> dict[str, Any]:
    """Every figure of sums; no ratio where nothing is put in."""
    with np.errstate(divide="ignore", invalid="ignore"):
        ratios = (with_inputs(np.divide(each, investment), investment) for each in (present, saved))
        ratio, savings = ratios
    net = formulas.net_present_value(present, investment)
    return dict(zip(FIGURES, (ratio, net, present, investment, savings), strict=True))


def _warnings(studies: list[SimulatedStudy], failed: Mapping[str, FailedStudy]) -> Iterator[str]:
    if failed:
        count = len(failed)
        yield f"{count:,} of {count + len(studies):,} studies could not be simulated, and are in no sum"
    for each in studies:
        yield from (f"{each.name}: {said}" for said in each.warnings)
