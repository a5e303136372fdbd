"""When flows fall, and what they are discounted by."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sroi import formulas
from sroi.backends import FLOATS
from sroi.reference import discount_rates

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sroi.method import MethodProfile
    from sroi.model import Study


@lru_cache(maxsize=256)
def factors(
    schedule: str | None, rate: float | None, years: int, timing: str, base: int
) -> tuple[float, ...]:
    """Discount factors of calendar indices 0 to ``years`` − 1; see :func:`sroi.formulas.discount_factors`."""
    needed = max(years - base, 0)
    rates = discount_rates(schedule, needed) if schedule is not None else (rate or 0.0,) * needed
    return formulas.discount_factors(rates, years, timing, base, FLOATS)


def period_base(study: Study) -> int:
    """Calendar index from which periods are counted."""
    return 0 if isinstance(study.method.discount_from, str) else study.method.discount_from - study.first_year


def net_flows(
    method: MethodProfile, gained: Mapping[int, Any], spent: Mapping[int, Any]
) -> list[tuple[float, Any]]:
    """Present values by year as net flows in order of time, without gaps, each at the method's timing."""
    years = range(max(*gained, *spent, -1, -1) + 1)
    gains, costs = (
        {t + formulas.chosen(formulas.FALLS_AT, "timing", timing): flows.get(t, 0.0) for t in years}
        for flows, timing in ((gained, method.timing), (spent, method.input_timing))
    )
    return [(time, gains.get(time, 0.0) - costs.get(time, 0.0)) for time in sorted(gains | costs)]
