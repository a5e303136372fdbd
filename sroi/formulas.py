"""The arithmetic of Social Return on Investment, written once, on any backend.

Each function takes and gives whatever carries the numbers: floats, arrays of any shape (years on the last
axis, draws before it), dataframe expressions, spreadsheet cells. They use Python's operators and the names
that a :class:`~sroi.backends.Backend` supplies, and never ask what a number is.``payback`` alone is a
search, on plain numbers.

Timing: a benefit year ``k`` counts from 0 in the first year that a cohort benefits; a calendar index ``t``
counts from 0 in the first spending year. Money is real, in the prices of one year. Shares are 0–1.

References
----------
The Green Book (HM Treasury, 2026), paragraphs 6.47–6.59 and Table 8: real prices, year 0, discount factors.
A Guide to Social Return on Investment (The SROI Network, 2012), stages 4 and 5: impact, drop-off, present
value, ratio.
"""

from __future__ import annotations

import functools
import math
import operator
from typing import TYPE_CHECKING, Any, NamedTuple

from sroi.errors import SroiError, instead
from sroi.tolerance import TOLERANCE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from sroi.backends import Backend

MARGINAL_UTILITY = 1.3
"""Elasticity of the marginal utility of income: The Green Book (2026), paragraph 7.15."""


def kept_multiplied(*deductions: Any) -> Any:
    """Share of an outcome kept after deductions, each taken from what the others leave: (1−a)(1−b)(1−c)."""
    return functools.reduce(operator.mul, (1 - share for share in deductions))


def kept_added(*deductions: Any) -> Any:
    """Share kept where deductions are added up and taken at once, 1−(a+b+c); below 0 where they pass 100%."""
    return 1 - functools.reduce(operator.add, deductions)


def due_to_others(contribution: Any) -> Any:
    """Attribution, from our own share."""
    return 1 - contribution


def converted(money: Any, price_factor: Any) -> Any:
    """Money of one price year in the prices of another."""
    return money * price_factor


def impact(quantity: Any, value: Any, kept: Any) -> Any:
    """Money of one full benefit year: units changed × financial proxy × share kept."""
    return quantity * value * kept


def dropping_geometric(first: Any, drop_off: Any, late: int, backend: Backend) -> Iterator[Any]:
    """What is left in benefit year k where each loses a share of what remains: first × (1−d)^(k+late)."""
    return backend.geometric(first, 1 - drop_off, late)


def dropping_linear(first: Any, drop_off: Any, late: int, backend: Backend) -> Iterator[Any]:
    """The same where each year loses a share of the first year's value: first × max(0, 1−d·(k+late))."""
    return (first * backend.maximum(0.0, 1 - drop_off * years) for years in backend.counts(late))


class DropOffShape(NamedTuple):
    """What is left in each benefit year, the name of the shape, and the words that follow a share."""

    remaining: Callable[[Any, Any, int, Backend], Iterator[Any]]
    title: str
    each_year: str


def counted_pro_rata(duration: Any, k: Any, backend: Backend) -> Any:
    """Part of benefit year ``k`` that lies within ``duration``: 1, a fraction in the last year, then 0."""
    return backend.clip(duration - k, 0.0, 1.0)


def years_touched(duration: Any, backend: Backend) -> Any:
    """How many benefit years a duration touches; rounding of floats touches none."""
    return backend.ceil(duration - TOLERANCE)


def counted_whole(duration: Any, k: Any, backend: Backend) -> Any:
    """1 for every benefit year that ``duration`` touches, then 0."""
    return backend.clip(years_touched(duration, backend) - k, 0.0, 1.0)


def cohort_flow(quantity: Any, benefit: Any) -> Any:
    """Money of one benefit year of a cohort: its units × the money of that year of one unit."""
    return quantity * benefit


def next_factor(factor: Any, rate: Any) -> Any:
    """Discount factor one period on; ``rate`` is that of the year being stepped into."""
    return factor / (1 + rate)


def half_step(factor: Any, rate: Any, backend: Backend) -> Any:
    """Discount factor half a period on; ``rate`` is that of the year whose middle is reached."""
    return factor / backend.power(1 + rate, 0.5)


def discounted(flow: Any, factor: Any) -> Any:
    """Present value of a flow."""
    return flow * factor


def social_return_ratio(present_value: Any, investment: Any) -> Any:
    """Present value of the outcomes over the value of all inputs."""
    return present_value / investment


def net_ratio(present_value: Any, investment: Any) -> Any:
    """The ratio less one, which some texts call the return: (present value − inputs) / inputs."""
    return (present_value - investment) / investment


def net_present_value(present_value: Any, investment: Any) -> Any:
    """Present value of the outcomes less the value of all inputs."""
    return present_value - investment


def return_on_public_cost(benefits: Any, other_costs: Any, public_costs: Any) -> Any:
    """Benefits less the costs that others bear, over public costs: The Green Book (2026), Table 10, RPSC."""
    return (benefits - other_costs) / public_costs


def cashable(amount: Any, share: Any) -> Any:
    """Part of a gain or loss that a budget holder could take out, or has to find, as money."""
    return amount * share


def cash_in(gain: Any, cash: Any, backend: Backend) -> Any:
    """Cash in a gain: never more than the whole of it."""
    return backend.minimum(cash, gain)


def claimed(value: Any, share: Any) -> Any:
    """What of the value a funder with a share of it claims."""
    return value * share


def units_a_pound(units: Any, cost: Any) -> Any:
    """Units of an outcome for one unit of money put in: The Green Book (2026), Table 10, NPUC."""
    return units / cost


def share_of(part: Any, whole: Any) -> Any:
    """Part of a whole."""
    return part / whole


def cost_a_unit(cost: Any, units: Any) -> Any:
    """Money put in for each unit of an outcome."""
    return cost / units


def welfare_weight(relative_income: Any, backend: Backend) -> Any:
    """Weight of money to a group by its income over the national median: the inverse to the power 1.3.

    The Green Book (2026), paragraphs 7.11 and 7.15.
    """
    return backend.power(relative_income, -MARGINAL_UTILITY)


def weighted(amount: Any, weight: Any) -> Any:
    """Money times its welfare weight: The Green Book (2026), paragraph 7.12."""
    return amount * weight


def lowered(benefit: Any, correction: Any, backend: Backend) -> Any:
    """A gain corrected downwards for optimism; a loss stays as it is."""
    return benefit - correction * backend.maximum(benefit, 0.0)


def raised(cost: Any, correction: Any) -> Any:
    """A cost corrected upwards for optimism."""
    return cost * (1 + correction)


def displaced_within(displacement: Any, outside: Any) -> Any:
    """Share displaced within a place, where other places lose the share ``outside`` of what is displaced."""
    return displacement * (1 - outside)


def kept_in_place(amount: Any, leakage: Any) -> Any:
    """What of a benefit stays in a place after leakage to others: The Green Book (2026), paragraph 7.18."""
    return amount * (1 - leakage)


def crossing(earlier: Any, later: Any, before: Any, after: Any) -> Any:
    """Time at which a sum that runs straight from ``before`` to ``after`` between two times is zero."""
    return earlier + (later - earlier) * before / (before - after)


_STEPPED: dict[str, Any] = {
    "start": lambda factor, _rate, _backend: factor,
    "mid": half_step,
    "end": lambda factor, rate, _backend: next_factor(factor, rate),
}


def discount_factors(
    rates: Sequence[Any],
    years: int,
    timing: str,
    base: int,
    backend: Backend,
    named: Callable[[int, Any], Any] | None = None,
) -> tuple[Any, ...]:
    """Factors for the calendar indices 0 to ``years`` − 1.

    Parameters
    ----------
    rates : sequence of number
        Real rate of each year from year 1; that of year i discounts the step from i − 1 to i.
    years : int
    timing : {"start", "mid", "end"}
        A flow of year t is discounted t, t + ½ or t + 1 periods.
    base : int
        Index from which periods are counted; factors before it are 1.
    backend : Backend
    named : callable, optional
        Given a number of whole periods and its factor, gives what stands for that factor from then on.

    Examples
    --------
    >>> from sroi.backends import FLOATS
    >>> factors = discount_factors([0.035] * 6, 6, "start", 0, FLOATS)   # Green Book 2026, Table 8
    >>> [round(factor, 4) for factor in factors]
    [1.0, 0.9662, 0.9335, 0.9019, 0.8714, 0.842]
    """
    factors, factor = [], 1.0
    for period in range(years - base):
        factors.append(chosen(_STEPPED, "timing", timing)(factor, rates[period], backend))
        factor = next_factor(factor, rates[period])
        if named is not None:
            factor = named(period + 1, factor)
    unit = [1.0] * min(max(base, 0), years)
    return tuple(unit + factors[max(-base, 0) :])


def payback(flows: Sequence[tuple[float, Any]], backend: Backend) -> Any:
    """Time from which the cumulative present value of benefits less inputs is never below zero.

    Parameters
    ----------
    flows : sequence of (time, net present value)
        In order of time, in years from the start of year 0.
    backend : Backend

    Returns
    -------
    number
        The first flow's time if the sum is never below zero, infinity if it is below at the end, else the
        crossing on the straight line between the two flows around it. A sum within :data:`TOLERANCE` of the
        gross flows counts as zero.
    """
    if not flows:
        return math.inf
    nothing = TOLERANCE * backend.total([backend.maximum(net, -net) for _, net in flows])
    total: Any = 0.0
    below: Any = False
    previous = found = flows[0][0]
    for time, net in flows:
        before, total = total, total + net
        under = total < -nothing
        crossed = functools.partial(crossing, previous, time, before, total)
        found = backend.choose(below > under, crossed, found)
        below, previous = under, time
    return backend.choose(below, lambda: math.inf, found)


KEPT = {"multiplied": kept_multiplied, "added": kept_added}
DROPPING = {
    "geometric": DropOffShape(dropping_geometric, "geometric", "a year of what is left"),
    "linear": DropOffShape(dropping_linear, "linear", "a year of the first year's value"),
}
COUNTED = {"pro_rata": counted_pro_rata, "whole": counted_whole}
DROPS_LATE = {"second_year": 0, "first_year": 1}
"""Years of drop-off before the first benefit year."""
STARTS = {"during": 0, "after": 1}
"""First benefit year, counted from the cohort's own."""
FALLS_AT = {"start": 0.0, "mid": 0.5, "end": 1.0}
"""Time at which a flow of year 0 falls, in years."""


def chosen(choices: Mapping[str, Any], field: str, choice: str) -> Any:
    """What a choice of the method stands for; an error where the formulas do not have it."""
    if choice not in choices:
        raise SroiError(f"{field} is {choice}, which no formula is written for; {instead(choice, choices)}")
    return choices[choice]
