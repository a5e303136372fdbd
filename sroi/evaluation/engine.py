"""The calculation: a study's numbers taken through the formulas, year by year."""

from __future__ import annotations

import datetime as dt
import math
from typing import TYPE_CHECKING

from sroi import formulas
from sroi.arguments import checked_arguments
from sroi.backends import FLOATS
from sroi.discounting import net_flows
from sroi.errors import DocumentError, Problem, UndefinedResultError
from sroi.evaluation.warnings import warnings_of
from sroi.model import as_study
from sroi.quantities import LARGEST, LEAST_INVESTMENT, shown
from sroi.resolution import located, numbers_of
from sroi.results.evaluation import Evaluation
from sroi.results.rows import InputRow, OutcomeRow
from sroi.steps import steps_of
from sroi.tolerance import TOLERANCE
from sroi.validation import require
from sroi.walk import Walk

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sroi.method import MethodProfile
    from sroi.model import Outcome, Studied, Study
    from sroi.resolution import Numbers
    from sroi.steps import InputSteps, OutcomeSteps, Steps


@checked_arguments
def evaluate(study: Study | Studied, *, today: dt.date | None = None) -> Evaluation:
    """The social return of a study.

    Parameters
    ----------
    study : Study
        As :func:`sroi.load` gives it, or a result, whose study is evaluated again. It is not changed.
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
    study = as_study(study, "sroi.evaluate")
    numbers = numbers_of(study)
    require(numbers)
    walk = Walk(numbers)
    given = [walk.input_value(name) for name in study.inputs]
    investment, nothing = sum(given), TOLERANCE * sum(map(abs, given))
    if investment < LEAST_INVESTMENT or investment <= nothing:
        sums = shown(0 if abs(investment) <= max(LEAST_INVESTMENT, nothing) else investment)
        what = f"the inputs sum to {sums}: no ratio has a meaning"
        problem = Problem(what, "value what is spent and given", "inputs")
        raise UndefinedResultError(located(study, [problem]))
    steps = steps_of(walk)
    _refuse_endless(steps)
    outcomes = tuple(_outcome_row(steps, name, outcome) for name, outcome in study.outcomes.items())
    inputs = tuple(
        InputRow(
            name,
            entry.title,
            entry.stakeholder,
            entry.kind,
            each.present_value,
            each.by_year,
            each.by_year_pv,
        )
        for (name, entry), each in zip(study.inputs.items(), steps.inputs.values(), strict=True)
    )
    dropped = {path: each.dropped for path, each in _flows(steps).items() if each.dropped}
    today = today or dt.datetime.now(tz=dt.UTC).date()
    flows = yearly_net(study.method, steps.outcomes_by_year_pv, steps.inputs_by_year_pv)
    return Evaluation(
        study=study,
        discount_factors=steps.discount_factors,
        outcomes=outcomes,
        inputs=inputs,
        present_value=steps.present_value,
        investment=steps.investment,
        gained_by_year=steps.outcomes_by_year_pv,
        spent_by_year=steps.inputs_by_year_pv,
        net_flows=flows,
        payback_years=payback(flows),
        warnings=warnings_of(study, outcomes, steps.present_value, dropped, numbers.remarks, today),
    )


def _outcome_row(steps: Steps, name: str, outcome: Outcome) -> OutcomeRow:
    if name in steps.outcomes:
        return OutcomeRow.priced(name, outcome, steps.outcomes[name])
    quantity = _quantity(steps.walk.numbers, name, outcome)
    return OutcomeRow.unpriced(name, outcome, quantity, steps.years)


def _flows(steps: Steps) -> dict[str, OutcomeSteps | InputSteps]:
    """The steps of every outcome and input, by path."""
    of_outcomes = {f"outcomes.{name}": each for name, each in steps.outcomes.items()}
    return {**of_outcomes, **{f"inputs.{name}": each for name, each in steps.inputs.items()}}


def _refuse_endless(steps: Steps) -> None:
    """Refuse flows that are too large to be added up."""
    endless = [
        path
        for path, each in _flows(steps).items()
        if not max(abs(sum(each.by_year) + each.dropped), abs(each.present_value or 0.0)) <= LARGEST
    ]
    if endless:
        hint = "write numbers whose products can be added up"
        problems = [Problem("the flows are too large to be added up", hint, path) for path in endless]
        raise DocumentError(located(steps.walk.study, problems))


def _quantity(numbers: Numbers, name: str, outcome: Outcome) -> float | tuple[float, ...] | None:
    """How many units of an outcome without a money value; None where that is not known either."""
    path = f"outcomes.{name}.quantity"
    if not isinstance(outcome.quantity, tuple):
        return numbers.value(path)
    counts = [numbers.value(f"{path}[{cohort}]") for cohort in range(len(outcome.quantity))]
    return tuple(count for count in counts if count is not None) if None not in counts else None


def yearly_net(
    method: MethodProfile, gained: Sequence[float], spent: Sequence[float]
) -> tuple[tuple[float, float], ...]:
    """Present values by year as net flows in order of time."""
    return tuple(net_flows(method, dict(enumerate(gained)), dict(enumerate(spent))))


def payback(flows: Sequence[tuple[float, float]]) -> float | None:
    """Payback in years; None where it does not come."""
    found: float = formulas.payback(flows, FLOATS)
    return found if math.isfinite(found) else None
