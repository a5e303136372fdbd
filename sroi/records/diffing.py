"""Setting two studies, or records of them, beside each other: what changed and what that did."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from sroi.arguments import checked_arguments
from sroi.differing import Side, explained
from sroi.documents import Library
from sroi.documents.reading_again import read_again
from sroi.errors import SroiError
from sroi.evaluation import evaluate
from sroi.records.operands import Operand, opened
from sroi.tolerance import same

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Iterator, Mapping

    from sroi.documents.loading import MethodChoice
    from sroi.model import Studied, Study
    from sroi.records.taking import RunRecord
    from sroi.results.difference import Difference


@checked_arguments
def diff(
    old: Study | Studied | RunRecord | str | os.PathLike[str],
    new: Study | Studied | RunRecord | str | os.PathLike[str],
    *,
    place: str | None = None,
    values: Mapping[str, Any] | None = None,
    method: MethodChoice | None = None,
    by: str = "kind",
    permutations: int = 1000,
    seed: int = 0,
    packs: Library | str | os.PathLike[str] | Iterable[str | os.PathLike[str]] = (),
) -> Difference:
    """What changed from one study to another, and each change's part of the difference.

    Each part is a Shapley value: what a change adds to the ratio, or to net present value, averaged over all
    orders in which the changes can be made. The parts add up to new less old.

    Parameters
    ----------
    old, new : Study, result, RunRecord, str or path
        Studies or results, files of studies or of records, or names of interventions. A record is read with
        the packs of the day of its run.
    place, values, method : optional
        As :func:`sroi.load` takes them, for both.
    by : {"kind", "number"}
        Changes of a kind together (quantity, value, each deduction, duration, drop-off, inputs, structure,
        method, price year, packs), or each changed field alone.
    permutations : int
        Orders of changes that are sampled where there are more than 12 changes; up to 12 every combination
        is evaluated.
    seed : int
        The same seed draws the same orders.
    packs : iterable of path or Library, optional
        Folders of the user's own packs.

    Raises
    ------
    DocumentError
        If one of them cannot be used, or the two are in different currencies.

    Examples
    --------
    >>> import sroi
    >>> study = sroi.load("examples/lunch-club.yaml")
    >>> found = sroi.diff(study, sroi.change(study, {"members": 100}))
    >>> [part.change for part in found.ratio.parts]
    ['quantity']
    """
    library = Library.of(packs)
    one, other = (
        opened(each, place=place, values=values, method=method, packs=library) for each in (old, new)
    )
    notes = (*_notes(one), *_notes(other))
    return explained(
        _side(one, library), _side(other, library), by=by, permutations=permutations, seed=seed, notes=notes
    )


def _side(operand: Operand, library: Library) -> Side:
    """A study and what its packs hold: of a record as its text is laid over the packs of today."""
    if operand.record is None:
        return Side.of(operand.study)
    plain = operand.record["study"].get("as_read")
    if plain is None:
        return Side(operand.study)
    try:
        return Side(operand.study, Side.of(read_again(plain, library)).under)
    except (SroiError, KeyError, TypeError, AttributeError):  # its text does not fit what is here today
        return Side(operand.study)


def _notes(operand: Operand) -> Iterator[str]:
    """What a reader should know of an operand that is a record."""
    yield from operand.notes
    if operand.record is None or operand.record["command"]["result"] != "evaluation":
        return
    said = operand.record["result"].get("social_return_ratio")
    try:
        now = evaluate(operand.study).social_return_ratio
    except SroiError:
        return
    if isinstance(said, float) and not same(said, now):
        called = Path(operand.name).name
        yield (
            f"{called} recorded a ratio of {said:.6g}, and this engine gives {now:.6g} of its study: "
            f"sroi verify {called} says why"
        )
