"""Money of an outcome by year: the benefit years of a unit, and the cohorts that have them."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

from sroi import formulas
from sroi.backends import FLOATS
from sroi.conventions import Conventions
from sroi.numbers import of_year

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sroi.backends import Backend
    from sroi.method import MethodProfile
    from sroi.model import Study
    from sroi.numbers import OutcomeNumbers


def benefits(
    numbers: OutcomeNumbers, conventions: Conventions, kept: Sequence[Any], units: Any, backend: Backend
) -> Iterator[Any]:
    """Money of each benefit year of some units, without end.

    Parameters
    ----------
    numbers : OutcomeNumbers
    conventions : Conventions
    kept : sequence of number
        Share kept in each benefit year for which deductions are listed; the last holds for the years after.
    units : number
        Units of quantity.
    backend : Backend
    """
    listed = max(len(kept), len(numbers.value))
    impacts = [formulas.impact(units, of_year(numbers.value, k), of_year(kept, k)) for k in range(listed)]
    left = conventions.dropping(impacts[0] if listed == 1 else 1.0, numbers.drop_off, backend)
    for k, remaining in enumerate(left):
        money = remaining if listed == 1 else of_year(impacts, k) * remaining
        yield conventions.counted(money, numbers.duration, k, backend)


def flow_by_year(
    numbers: OutcomeNumbers, method: MethodProfile, drop_off_from: Any, years: int
) -> tuple[float, ...]:
    """Undiscounted money of one outcome by year from year 0, all cohorts together, on floats."""
    conventions = Conventions(method, drop_off_from)
    kept = [conventions.kept(*numbers.at(k)) for k in range(numbers.listed)]
    stream = list(islice(benefits(numbers, conventions, kept, 1.0, FLOATS), whole_years(numbers.duration)))
    by_year = FLOATS.sums(cohort_flows(numbers, stream, FLOATS))
    return tuple(by_year.get(t, 0.0) for t in range(years))


def whole_years(duration: float) -> int:
    """How many benefit years a duration touches, on floats."""
    return int(formulas.years_touched(duration, FLOATS))


def cohort_flows(
    numbers: OutcomeNumbers, stream: Sequence[Any], backend: Backend
) -> Iterator[tuple[int, Any]]:
    """Money of every cohort with its year, from that of one unit in each benefit year."""
    for cohort, units in enumerate(numbers.quantity):
        for k, money in enumerate(stream):
            yield cohort + numbers.first + k, gained(numbers, formulas.cohort_flow(units, money), backend)


def gained(numbers: OutcomeNumbers, money: Any, backend: Backend) -> Any:
    """What is counted of the money of a year: of a gain less its optimism bias, where one is applied."""
    return money if numbers.optimism is None else formulas.lowered(money, numbers.optimism, backend)


def years_lasting(numbers: OutcomeNumbers, benefit_years: int) -> int:
    """How many years from year 0 the benefits of an outcome last."""
    return len(numbers.quantity) + numbers.first + benefit_years - 1


def counted_years(study: Study, years: int, *outcomes: OutcomeNumbers) -> int:
    """The years that the longest of some outcomes lasts, at least ``years``, within the method's horizon."""
    longest = max(years, *(years_lasting(each, whole_years(each.duration)) for each in outcomes), 0)
    return longest if study.method.horizon is None else min(longest, study.method.horizon + 1)
