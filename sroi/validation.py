"""Whether every number of a study can be used, asked of all of them at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sroi.errors import Problem, instead
from sroi.quantities import shown
from sroi.ranges import range_problem
from sroi.reference import PriceYearError, discount_schedules
from sroi.resolution import Resolution

if TYPE_CHECKING:
    from sroi.model import Estimate, Study

_READ_WITH_THE_OUTCOME = (
    "quantity",
    "value",
    "duration",
    "drop_off",
    "deadweight",
    "displacement",
    "attribution",
    "contribution",
)


def checked(study: Study) -> Resolution:
    """The resolution of a study with every number and range read; its ``problems`` hold all that is wrong."""
    resolution = Resolution(study)
    schedule = study.method.discount_schedule
    if schedule is not None and schedule not in discount_schedules():
        message = f"there is no discount schedule {shown(schedule)}"
        resolution.wrong("method.discount_schedule", message, instead(schedule, discount_schedules()))
    unreached = _unreached_price_year(resolution)
    read = {f"assumptions.{name}" for name in resolution.assumptions}
    for name, entry in study.inputs.items():
        resolution.input_money(name, entry)
        read |= {f"inputs.{name}.{field}" for field in ("value", "years")}
    for name, outcome in study.outcomes.items():
        resolution.outcome_numbers(name, outcome)
        read |= {f"outcomes.{name}.{field}" for field in _READ_WITH_THE_OUTCOME}
    for path, estimate in study.estimates():
        if path.partition("[")[0] not in read:
            resolution.number(path, estimate)
        _check_range(resolution, path, estimate)
    if unreached is not None:
        follow_on = [problem for problem in resolution.problems if problem.message == unreached.message]
        resolution.problems[:] = [
            unreached,
            *(problem for problem in resolution.problems if problem not in follow_on),
        ]
    return resolution


def _unreached_price_year(resolution: Resolution) -> Problem | None:
    """What is wrong with the study's own price year: one mistake, however many sums are converted to it."""
    try:
        resolution.prices.check_year()
    except PriceYearError as error:
        return Problem(str(error), error.hint, "price_year")
    return None


def _check_range(resolution: Resolution, path: str, estimate: Estimate) -> None:
    if estimate.low is None and estimate.sd is None:
        return
    ends = [
        resolution.evaluated(path, end, resolution.assumptions)
        for end in (estimate.value, estimate.low, estimate.high, estimate.sd)
    ]
    wrong = range_problem(estimate, *ends)
    if wrong is not None:
        resolution.wrong(path, *wrong)
    elif estimate.shape not in ("normal", "lognormal"):
        for word, end in zip(("low", "high"), ends[1:3], strict=True):
            violation = estimate.bounds.violated_by(end) if end is not None else None
            if violation is not None:
                resolution.wrong(f"{path}.{word}", *violation)
