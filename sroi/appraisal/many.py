"""Many studies simulated together, on threads, processes or a cluster, with the same numbers on any."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from sroi.appraisal.batches import Batch, Done, Member, figures_of_sums
from sroi.appraisal.gathering import Asked, factor, named, text_of, unlike
from sroi.appraisal.joint import Joint
from sroi.appraisal.kept import Kept
from sroi.appraisal.running import Told, batched, run
from sroi.arguments import checked_arguments
from sroi.errors import DocumentError, SroiError
from sroi.resolution import numbers_of
from sroi.results.many import FIGURES, SUMS, FailedStudy, SimulatedStudy, Simulations
from sroi.uncertainty.arguments import check_memory, checked_count, checked_seed
from sroi.uncertainty.streams import Stream
from sroi.validation import require
from sroi.warned import ResultWarning

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from concurrent.futures import Executor

    from sroi.documents import Library
    from sroi.documents.loading import MethodChoice
    from sroi.model import Studied, Study

DRAWS = 10_000


@checked_arguments
def simulate_many(
    studies: Iterable[Study | Studied | str | os.PathLike[str]] | Mapping[str, Study | Studied],
    *,
    places: Sequence[str] | None = None,
    values: Mapping[str, Any] | None = None,
    method: MethodChoice | None = None,
    packs: Library | str | os.PathLike[str] | Iterable[str | os.PathLike[str]] = (),
    price_year: int | str | None = None,
    anyway: bool = False,
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
    values, method, packs : optional
        As :func:`sroi.load` takes them, for what is loaded.
    price_year : int or str, optional
        Year to whose prices the sums of each study are brought, by the index of its method; without it all
        have to have one.
    anyway : bool
        Whether studies of different methods, first years or appraisal periods are added up all the same.
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
        If no study is given, if those that can be loaded differ in currency or price year, or without
        ``anyway`` in a choice of the method, first year or appraisal period, so that their sums mean nothing,
        or if their correlations contradict each other.
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
    year = Asked(price_year=price_year).price_year
    failed: dict[str, FailedStudy] = {}
    order: list[str] = []
    factors: dict[str, float] = {}
    joint = Joint()
    good: dict[str, Study] = {}
    for name, study in named(studies, places, packs, {"values": values, "method": method}):
        order.append(name)
        if isinstance(study, FailedStudy):
            failed[name] = study
            continue
        try:
            require(numbers_of(study))
            factors[name] = factor(study, year)
            joint.add(name, study, owner=text_of(study) or name)
        except SroiError as error:
            failed[name] = FailedStudy(name, str(error))
            continue
        good[name] = study
    if not order:
        raise DocumentError("no study is given", "give one or more", file="studies")
    apart = unlike(good, converted=year is not None, anyway=anyway)
    kept = None if resume is None else Kept(resume)
    total = _Total(draws)
    told = Told(on_study, len(order), list(failed))
    batches = (
        Batch(
            tuple(Member(each, good[each], joint.part(each), factors[each]) for each in names), draws, taken
        )
        for names in batched(list(good))
    )
    for done in run(batches, executor, kept, draws):
        total.add(done)
        told.of(done)
    failed |= {each.name: each for each in total.failed}
    return total.result(order, failed, good, joint, taken, price_year=year, unlike=apart)


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
        *,
        price_year: int | str | None,
        unlike: tuple[str, ...],
    ) -> Simulations:
        """All of it, when every batch has been added."""
        streams = {name: Stream(self.draws, (0.0, 1.0)) for name in FIGURES}
        for stream, figure in zip(streams.values(), figures_of_sums(*self._sums), strict=True):
            stream.add(np.array(figure))
        of = next((named[each.name] for each in self.studies), None)
        squares = sum(each.spreads["net_present_value"].sd ** 2 for each in self.studies)
        return Simulations(
            studies=tuple(self.studies),
            failed=tuple(failed[name] for name in order if name in failed),
            central={
                name: float(value)
                for name, value in zip(FIGURES, figures_of_sums(*self._central), strict=True)
            },
            spreads={name: stream.spread() for name, stream in streams.items()},
            probability_above_one=streams["social_return_ratio"].share_above(1.0),
            apart_sd=float(np.sqrt(squares)),
            shared=joint.shared,
            apart=joint.apart,
            draws=self.draws,
            seed=seed,
            method=None if of is None else of.method,
            price_year=None if of is None else price_year or of.price_year,
            currency=None if of is None else of.currency,
            unlike=unlike,
            warnings=tuple(_warnings(self.studies, failed)),
        )


def _warnings(studies: list[SimulatedStudy], failed: Mapping[str, FailedStudy]) -> Iterator[ResultWarning]:
    if failed:
        count, of = len(failed), len(failed) + len(studies)
        said = f"{count:,} of {of:,} studies could not be simulated, and are in no sum"
        yield ResultWarning("studies-failed", said, failed=count, studies=of)
    for each in studies:
        for one in each.warnings:
            yield ResultWarning(one.id, f"{each.name}: {one}", study=each.name, **one.data)
