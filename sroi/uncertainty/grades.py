"""Ranges where the author gave none, by the grade of the evidence: an optional rule of this package."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from sroi.documents import change
from sroi.model import as_study
from sroi.quantities import SHARE
from sroi.reference import read_table
from sroi.resolution import numbers_of
from sroi.results.ranged import Ranged

if TYPE_CHECKING:
    from sroi.model import Estimate, Study
    from sroi.results import Evaluation


@cache
def widths() -> dict[str, float]:
    """Share of the value that a range reaches to either side, by grade; ``none`` where no grade is given."""
    return {row["grade"]: float(row["either_side"]) for row in read_table("ranges_by_grade")}


def ranges_by_grade(study: Study | Evaluation) -> Ranged:
    """A study in which every number without a range has one as wide as its grade of evidence says.

    A number stays as it is where it has a range already, was fixed by ``--set``, is computed from others, is
    a definition (a rationale that begins with ``structural``), is 0, or counts years. Shares stay within 0–1,
    as does an assumption without a unit that lies there. The widths are this package's own judgement and
    stand in one table.

    Examples
    --------
    >>> import sroi
    >>> ranged = ranges_by_grade(sroi.load("examples/lunch-club.yaml"))
    >>> round(ranged.study.outcomes["less_lonely"].deadweight.high, 6)
    0.525
    """
    study = as_study(study, "sroi.ranges_by_grade")
    changes: dict[str, Any] = {}
    for number in numbers_of(study).used:
        estimate = number.estimate
        fixed = (
            number.computed
            or number.basis == "structural"
            or number.path.endswith((".years", ".duration"))
            or _is_set(study, number.path)
        )
        if estimate.shape == "fixed" and isinstance(estimate.value, float) and estimate.value and not fixed:
            changes[number.path] = _ranged(estimate, estimate.value, share=_is_share(number.path, estimate))
    return Ranged(change(study, changes) if changes else study, tuple(changes))


def _is_set(study: Study, path: str) -> bool:
    """Whether the value at a path is one that ``--set`` fixed."""
    origin = study.provenance.origin(f"{path}.value") if study.provenance is not None else None
    return origin is not None and origin.layer == "--set"


def _is_share(path: str, estimate: Estimate) -> bool:
    """Whether a number is a share; an assumption without a unit between 0 and 1 is taken for one."""
    assumed = (
        path.startswith("assumptions.")
        and estimate.unit is None
        and isinstance(estimate.value, float)
        and 0 <= estimate.value <= 1
    )
    return estimate.bounds is SHARE or assumed


def _ranged(estimate: Estimate, value: float, *, share: bool) -> dict[str, Any]:
    reach = abs(value) * widths()[estimate.grade or "none"]
    low, high = value - reach, value + reach
    if share:
        low, high = max(low, 0.0), min(high, 1.0)
    known = estimate.model_dump(mode="json", exclude_unset=True)
    written = known if isinstance(known, dict) else {"value": value}
    return {**written, "value": value, "low": low, "high": high, "distribution": "pert"}
