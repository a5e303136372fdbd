"""The calculation: a study's numbers carried through the formulas, year by year."""

from __future__ import annotations

import datetime as dt
import sys
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from sroi import formulas
from sroi.backends import FLOATS
from sroi.backends.arrays import ARRAYS
from sroi.errors import DocumentError, Problem, UndefinedResultError, instead
from sroi.evaluation.conventions import Conventions
from sroi.evaluation.warnings import warnings_of
from sroi.quantities import shown
from sroi.reference import discount_rates, discount_schedules
from sroi.resolution import OutcomeNumbers, Resolution
from sroi.results.evaluation import Evaluation
from sroi.results.lineage import numbers_used
from sroi.results.rows import InputRow, OutcomeRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sroi.method import DropOffFrom, MethodProfile
    from sroi.model import Outcome, Study

TIME_OF = {"start": 0.0, "mid": 0.5, "end": 1.0}
"""Time at which a flow of year 0 falls, in years."""


def benefit_stream(
    numbers: OutcomeNumbers, method: MethodProfile, drop_off_from: DropOffFrom | None = None
) -> Any:
    """Money of each benefit year of one unit of quantity.

    Parameters
    ----------
    numbers : OutcomeNumbers
        The outcome's numbers, in the study's prices.
    method : MethodProfile
        How deductions combine, how drop-off acts and how part years count.
    drop_off_from : {"second_year", "first_year"}, optional
        In place of the method's, for this outcome alone.

    Returns
    -------
    ndarray, shape (benefit year,), money per unit
    """
    conventions = Conventions(method, drop_off_from)
    kept = conventions.kept(
        np.asarray(numbers.deadweight), np.asarray(numbers.displacement), np.asarray(numbers.attribution)
    )
    return conventions.benefit(
        numbers.value, kept, numbers.drop_off, numbers.duration, np.arange(numbers.benefit_years), ARRAYS
    )


def by_calendar_year(numbers: OutcomeNumbers, stream: Any) -> Any:
    """The streams of all cohorts, each begun in its own year, summed by calendar index from year 0."""
    total = np.zeros(len(numbers.quantity) + numbers.first + len(stream) - 1)
    for cohort, quantity in enumerate(numbers.quantity):
        begin = cohort + numbers.first
        total[begin : begin + len(stream)] += formulas.cohort_flow(quantity, stream)
    return total


@lru_cache(maxsize=256)
def factors(
    schedule: str | None, rate: float | None, years: int, timing: str, base: int
) -> tuple[float, ...]:
    """Discount factors of calendar indices 0 to ``years`` − 1; see :func:`sroi.formulas.discount_factors`."""
    needed = max(years - base, 0)
    rates = discount_rates(schedule, needed) if schedule is not None else (rate or 0.0,) * needed
    return formulas.discount_factors(rates, years, timing, base, FLOATS)


def evaluate(study: Study, *, today: dt.date | None = None) -> Evaluation:
    """The social return of a study.

    Parameters
    ----------
    study : Study
        As :func:`sroi.load` gives it. It is not changed.
    today : date, optional
        Day against which sources are judged due for review; the present day where it is left out. No figure
        depends on it.

    Returns
    -------
    Evaluation
        Frozen and complete; nothing in it is rounded.

    Raises
    ------
    UndefinedResultError
        If a number that the result needs is not assessed, if there are no inputs, or if they sum to zero or
        less.
    DocumentError
        If a number breaks its bounds or cannot be converted, which a loaded study has been checked for
        already.

    Notes
    -----
    Value of benefit year k = quantity × value × kept × remaining × counted; each cohort has its own stream.
    Flows of calendar index t are discounted t, t + ½ or t + 1 periods, as ``method.timing`` says. The ratio
    is the present value of all outcomes in the total, those for the worse included, over the present value of
    all inputs.

    Examples
    --------
    >>> import sroi
    >>> study = sroi.load("examples/lunch-club.yaml")
    >>> round(sroi.evaluate(study).social_return_ratio, 2)
    1.93
    """
    method = study.method
    resolution = Resolution(study)
    money = {name: resolution.input_money(name, entry) for name, entry in study.inputs.items()}
    priced = {name: outcome for name, outcome in study.outcomes.items() if outcome.priced}
    numbers = {name: resolution.outcome_numbers(name, outcome) for name, outcome in priced.items()}
    _raise_what_is_wrong(study, resolution)

    with np.errstate(over="ignore", invalid="ignore"):
        streams = {
            name: benefit_stream(found, method, study.outcomes[name].drop_off_from)
            for name, found in numbers.items()
            if found is not None
        }
        flows = {
            name: by_calendar_year(found, streams[name])
            for name, found in numbers.items()
            if found is not None
        }
    spent = {name: np.asarray(each) for name, each in money.items() if each is not None}
    _raise_what_has_no_sum(study, {"outcomes": flows, "inputs": spent})
    whole = max(len(flow) for flow in (*flows.values(), *spent.values()))
    years = whole if method.horizon is None else min(whole, method.horizon + 1)

    discount_factors = _method_factors(study, method.timing, years)
    input_factors = (
        _method_factors(study, method.input_timing, years) if method.discount_inputs else (1.0,) * years
    )
    inputs = []
    for name, entry in study.inputs.items():
        by_year, present = _discounted(spent[name], np.asarray(input_factors))
        inputs.append(
            InputRow(
                name,
                entry.title,
                entry.stakeholder,
                entry.kind,
                float(present.sum()),
                tuple(by_year.tolist()),
                tuple(present.tolist()),
            )
        )
    investment = sum(row.present_value for row in inputs)
    if investment < sys.float_info.min:
        what = f"the inputs sum to {shown(investment)}: no ratio has a meaning"
        raise UndefinedResultError(
            _located(study, [Problem(what, "value what is spent and given", "inputs")])
        )

    outcomes = []
    for name, outcome in study.outcomes.items():
        found = numbers.get(name)
        if found is None:
            outcomes.append(OutcomeRow.unpriced(name, outcome, _quantity(resolution, name, outcome), years))
            continue
        by_year, present = _discounted(flows[name], np.asarray(outcome_factors(study, name, years)))
        conventions = Conventions(method, outcome.drop_off_from)
        counted = conventions.in_total(outcome)
        kept = conventions.kept(found.deadweight[0], found.displacement[0], found.attribution[0])
        impact = formulas.impact(found.quantity[0], found.value, kept)
        outcomes.append(
            OutcomeRow.priced(
                name,
                outcome,
                found,
                impact=impact,
                in_total=counted,
                by_year=tuple(by_year.tolist()),
                by_year_pv=tuple(present.tolist()),
            )
        )
    present_value = sum(
        row.present_value for row in outcomes if row.in_total and row.present_value is not None
    )

    dropped = {
        name: float(flow[years:].sum()) for name, flow in {**flows, **spent}.items() if flow[years:].any()
    }
    return Evaluation(
        study=study,
        discount_factors=discount_factors,
        outcomes=tuple(outcomes),
        inputs=tuple(inputs),
        present_value=present_value,
        investment=investment,
        payback_years=_payback(method, outcomes, inputs, years),
        warnings=warnings_of(
            study,
            outcomes,
            present_value,
            dropped,
            _remarks(study, resolution),
            today or dt.datetime.now(tz=dt.UTC).date(),
        ),
    )


def _raise_what_is_wrong(study: Study, resolution: Resolution) -> None:
    schedule = study.method.discount_schedule
    if schedule is not None and schedule not in discount_schedules():
        hint = instead(schedule, discount_schedules())
        resolution.problems.append(
            Problem(f"there is no discount schedule {shown(schedule)}", hint, "method.discount_schedule")
        )
    if resolution.problems:
        raise DocumentError(_located(study, resolution.problems))
    nothing = [
        Problem(
            "no result without inputs: nothing is spent or given", "add what is spent and given", "inputs"
        )
    ]
    missing = resolution.missing + (nothing if not study.inputs else [])
    if missing:
        raise UndefinedResultError(_located(study, missing))


def _raise_what_has_no_sum(study: Study, flows: dict[str, dict[str, Any]]) -> None:
    endless = [
        f"{section}.{name}"
        for section, each in flows.items()
        for name, flow in each.items()
        if not np.isfinite(flow.sum())
    ]
    if endless:
        hint = "write numbers whose products can be added up"
        raise DocumentError(
            _located(
                study, [Problem("the flows are too large to be added up", hint, path) for path in endless]
            )
        )


def _remarks(study: Study, resolution: Resolution) -> list[str]:
    """What should be said of the conversions of the numbers that the result rests on."""
    used = {number.path for number in numbers_used(study)} if resolution.remarks else set()
    return list(
        dict.fromkeys(
            remark for path, remarks in resolution.remarks.items() if path in used for remark in remarks
        )
    )


def _located(study: Study, problems: Iterable[Problem]) -> list[Problem]:
    return list(problems) if study.provenance is None else study.provenance.located(problems)


def period_base(study: Study) -> int:
    """Calendar index from which periods are counted."""
    return 0 if isinstance(study.method.discount_from, str) else study.method.discount_from - study.first_year


def _method_factors(study: Study, timing: str, years: int) -> tuple[float, ...]:
    return factors(
        study.method.discount_schedule, study.method.discount_rate, years, timing, period_base(study)
    )


def outcome_factors(study: Study, name: str, years: int) -> tuple[float, ...]:
    """Discount factors of one outcome: of its own schedule where it has one, else the method's."""
    own = study.outcomes[name].discount_schedule
    if own is None:
        return _method_factors(study, study.method.timing, years)
    return factors(own, None, years, study.method.timing, period_base(study))


def _discounted(flow: Any, by_factor: Any) -> tuple[Any, Any]:
    """A flow cut or filled to the length of the factors, and its present value by year."""
    by_year = np.zeros(len(by_factor))
    kept = min(len(flow), len(by_factor))
    by_year[:kept] = flow[:kept]
    return by_year, formulas.discounted(by_year, by_factor)


def _quantity(resolution: Resolution, name: str, outcome: Outcome) -> float | tuple[float, ...] | None:
    """How many units of an outcome without a money value; None where that is not known either."""
    written = outcome.quantity
    if isinstance(written, tuple):
        counts = [
            resolution.number(f"outcomes.{name}.quantity[{cohort}]", each)
            for cohort, each in enumerate(written)
        ]
        return tuple(count for count in counts if count is not None) if None not in counts else None
    return None if written is None else resolution.number(f"outcomes.{name}.quantity", written)


def _payback(
    method: MethodProfile, outcomes: list[OutcomeRow], inputs: list[InputRow], years: int
) -> float | None:
    gained = [sum(row.by_year_pv[t] or 0.0 for row in outcomes if row.in_total) for t in range(years)]
    return payback(method, gained, [sum(row.by_year_pv[t] for row in inputs) for t in range(years)])


def payback(method: MethodProfile, gained: Sequence[float], spent: Sequence[float]) -> float | None:
    """Payback in years of present values by calendar index: what is gained falls at the method's timing, what is spent at that of inputs."""
    at: dict[float, float] = {}
    for t, pair in enumerate(zip(gained, spent, strict=True)):
        for time, amount in (
            (t + TIME_OF[method.timing], pair[0]),
            (t + TIME_OF[method.input_timing], -pair[1]),
        ):
            at[time] = at.get(time, 0.0) + amount
    return formulas.payback(sorted(at.items()))
