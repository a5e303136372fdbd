"""Rates and shares that are written without % and may have been meant in per cent."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sroi.evaluation.doubt import Doubt
from sroi.expression import Expression
from sroi.labels import called_with_path
from sroi.quantities import shown
from sroi.scalars import Percent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sroi.bare_names import BareNames
    from sroi.model import Study
    from sroi.numbers import Number
    from sroi.resolution import Numbers

HIGH_RATE = 0.5
"""A discount rate from which it is asked whether per cent was meant: no guide has one near it."""

LOW_RATE = 0.001
"""A discount rate below which it is asked whether a share was written as a percentage."""

_RATE = "method.discount_rate"
_TAKES_AWAY = re.compile(r"\.(?:deadweight|displacement|attribution|drop_off|leakage|displacement_outside)\b")
_OF_A_SHARE = re.compile(
    r"(?:^|_)(?:share|proportion|percentage|percent|pct|probability|deadweight|displacement|attribution"
    r"|drop_?off)(?:_|$)"
)
_OF_A_RATE = re.compile(
    r"(?:^|_)(?:rate|growth|inflation|uplift|uprating|increase|rise|decrease|decline|discount|interest|markup"
    r"|overheads?|on_?costs?|cpi|rpi|contingency)(?:_|$)"
)


def of_rates(study: Study, numbers: Numbers, bare: BareNames) -> Iterator[Doubt]:
    """What may be per cent among the method's rate, deductions and assumptions."""
    rate = study.method.discount_rate
    if rate is not None and rate >= HIGH_RATE:
        said = f"the discount rate is {shown(100 * rate)}% a year: {_write(_RATE, rate)}"
        yield Doubt("rate", _RATE, said, {"value": rate})
    elif rate is not None and 0 < rate < LOW_RATE:
        meant = f"{shown(1e4 * rate)}%"
        said = f"the discount rate is {shown(100 * rate)}% a year: for {meant} write {meant}"
        yield Doubt("rate", _RATE, f"{said} ({_RATE})", {"value": rate})
    for number in numbers:
        value = number.estimate.value
        if not isinstance(value, float) or isinstance(value, Percent):
            continue
        called = called_with_path(study, number.path)
        uses = (number, *bare.standing_for(number.path))
        if value == 1 and any(_TAKES_AWAY.search(each.path) for each in uses):
            said = f"{called} is 1, which is 100% and leaves nothing: for 1 per cent write 1%"
            yield Doubt("rate", number.path, said, {"value": value})
        elif number.path.startswith("assumptions.") and _in_per_cent_by_its_use(number, value, numbers):
            each = shown(value)
            said = f"{called} is {each}, which is {shown(100 * value)}%: for {each} per cent write {each}%"
            yield Doubt("share", number.path, said, {"value": value})


def _write(path: str, rate: float) -> str:
    return f"for {shown(rate)} per cent write {shown(rate)}% ({path})"


def _in_per_cent_by_its_use(number: Number, value: float, numbers: Numbers) -> bool:
    """Whether an assumption is a share by its name and above 1, or a rate that is added to 1."""
    name = number.path.removeprefix("assumptions.")
    if number.unit is not None or not 1 <= value <= 100:
        return False
    over = [each.estimate.value for each in numbers.using(name)]
    written = [each for each in over if isinstance(each, Expression)]
    if _OF_A_RATE.search(name) and any(name in each.changes_by for each in written):
        return True
    unconverted = any(100 not in each.constants for each in written)
    return value > 1 and unconverted and _OF_A_SHARE.search(name) is not None
