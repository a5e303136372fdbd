"""Whether every number of a study can be used, asked of all of them at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sroi.errors import Problem
from sroi.ranges import range_problem
from sroi.reference import PriceYearError
from sroi.resolution import numbers_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sroi.model import Study
    from sroi.numbers import Number
    from sroi.resolution import Numbers


def problems_with_numbers(study: Study) -> list[Problem]:
    """All that is wrong with any number of a study, used or not, and with any range."""
    numbers = numbers_of(study)
    problems = [*numbers.problems, *(problem for number in numbers for problem in _range_problems(number))]
    unreached = _unreached_price_year(numbers)
    if unreached is None:
        return problems
    return [unreached, *(problem for problem in problems if problem.message != unreached.message)]


def _unreached_price_year(numbers: Numbers) -> Problem | None:
    """What is wrong with the study's own price year: one mistake, however many sums are converted to it."""
    try:
        numbers.prices.check_year()
    except PriceYearError as error:
        return Problem(str(error), error.hint, "price_year")
    return None


def _range_problems(number: Number) -> Iterator[Problem]:
    estimate, (low, high, sd) = number.estimate, number.ends
    if estimate.low is None and estimate.sd is None:
        return
    wrong = range_problem(estimate, number.entered if estimate.value is not None else None, low, high, sd)
    if wrong is not None:
        yield Problem(*wrong, path=number.path)
    elif estimate.shape not in ("normal", "lognormal"):
        for word, end in (("low", low), ("high", high)):
            violation = estimate.bounds.violated_by(end) if end is not None else None
            if violation is not None:
                yield Problem(*violation, path=f"{number.path}.{word}")
