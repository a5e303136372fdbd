"""What the unit and the price year of a number say against the use that is made of it."""

from __future__ import annotations

from heapq import nsmallest
from typing import TYPE_CHECKING

from sroi.bare_names import BareNames
from sroi.computed import made_of
from sroi.errors import Problem
from sroi.expression import Expression
from sroi.formatting import listed
from sroi.quantities import COUNT, MONEY, PEOPLE, SHARE, WHOLE_YEARS, YEARS, shown
from sroi.scalars import Percent
from sroi.units import IN_A_YEAR, currencies_in, in_per_cent, lasting, of_a_whole, scale_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sroi.numbers import Number
    from sroi.resolution import Numbers

_YEARS = ("duration", "years")
_DIGITS = 12
_NEAR = 0.05
"""How far a number may be from a multiple of a factor and still convert by it, as 4.3 weeks a month do."""


def contradictions(numbers: Numbers) -> Iterator[Problem]:
    """Units and price years that say another thing than what a number is taken for."""
    bare = BareNames(numbers)
    for number in numbers:
        wrong = _unit_against_use(number, bare, numbers) if number.unit else None
        wrong = wrong or _percentage(number, numbers)
        if wrong is not None:
            yield Problem(*wrong, path=number.path)
        elif number.price_year is not None and number.path.startswith("assumptions."):
            yield from _price_year_of_a_count(number, numbers)


def _unit_against_use(number: Number, bare: BareNames, numbers: Numbers) -> tuple[str, str] | None:
    unit, value, currency = number.unit or "", number.estimate.value, numbers.study.currency
    if not isinstance(value, float):
        return None
    uses = [number, *bare.standing_for(number.path)]
    kinds = [each.estimate.bounds for each in uses]
    scale, named = scale_of(unit), currencies_in(unit)
    said = f"the unit of {shown(value)} is {shown(unit)}"
    scaled = scale is not None and (MONEY in kinds or _as_it_stands(number, numbers, scale.factor))
    if MONEY in kinds and named and currency not in named:
        return f"{said}, and the study is in {currency}", f"convert it to {currency}, and say so in its unit"
    if scale is not None and (
        (scaled and (named or MONEY in kinds or scale.factor < 1))
        or (COUNT in kinds and scale.factor > 1 and len(scale.words) > 1)
    ):
        full = f"{value * scale.factor:.{_DIGITS}g}"
        return (
            f"{said}, and the number is taken as it stands",
            f"write {full}, and a unit without {scale.words}",
        )
    if (
        in_per_cent(unit)
        and not isinstance(value, Percent)
        and (SHARE in kinds or MONEY in kinds or _as_it_stands(number, numbers, 100))
    ):
        share = f"write {shown(value)}%"
        message = f"{said}, and the number is taken as it stands"
        return message, share if value > 1 else f"{share}, or {shown(100 * value)}% where that is meant"
    if of_a_whole(unit) and value > 1 and not isinstance(value, Percent):
        return f"{said}, and a share is at most 1", f"for per cent write {shown(value)}%"
    period = lasting(unit)
    if period is not None and (
        any(_counts_years(each) for each in uses) or _reaches_years(number, numbers, IN_A_YEAR[period])
    ):
        return f"{said}, and years are counted here", f"write {shown(value)} / {IN_A_YEAR[period]}"
    return None


def _percentage(number: Number, numbers: Numbers) -> tuple[str, str] | None:
    """A percentage alone where money is given, or years or people are counted."""
    bounds = number.estimate.bounds
    given = bounds is MONEY and number.path.startswith("inputs.")
    if not (given or bounds in (YEARS, WHOLE_YEARS, PEOPLE)) or number.value is None:
        return None
    if not made_of(number.estimate.value, numbers.shares.percentages):
        return None
    share = shown(number.written) if number.written else f"{shown(100 * number.value)}%"
    return (
        f"{share} is a share, and {bounds.what} is wanted",
        f"write what it is a share of, as in 1_000 * {share}",
    )


def _counts_years(number: Number) -> bool:
    return number.path.rpartition(".")[2] in _YEARS


def _over(number: Number, numbers: Numbers) -> Iterator[tuple[Number, Expression]]:
    """The numbers that are computed from an assumption, with how."""
    for each in numbers.using(number.path.removeprefix("assumptions.")):
        if isinstance(each.estimate.value, Expression):
            yield each, each.estimate.value


def _as_it_stands(number: Number, numbers: Numbers, factor: float) -> bool:
    """Whether an assumption is used, and nothing brings it to a unit ``factor`` times as large or small."""
    over = [written for _, written in _over(number, numbers)]
    return bool(over) and not any(_converts(written, factor) for written in over)


def _reaches_years(number: Number, numbers: Numbers, factor: float) -> bool:
    over = _over(number, numbers)
    return any(_counts_years(each) and not _converts(written, factor) for each, written in over)


def _converts(written: Expression, factor: float) -> bool:
    """Whether an expression may bring a number to another unit: by a name, or by a multiple of a factor."""
    if written.divides and len(written.names) > 1:
        return True
    step = max(factor, 1 / factor)
    sizes = [abs(each) for each in written.constants if each]
    ratios = [size / step for size in (*sizes, *(1 / each for each in sizes))]
    return any(ratio > 1 - _NEAR and abs(ratio - round(ratio)) < _NEAR for ratio in ratios)


def _price_year_of_a_count(number: Number, numbers: Numbers) -> Iterator[Problem]:
    """A price year on what is counted, and not money: it would move the count with prices."""
    if currencies_in(number.unit or ""):
        return
    counted = [path for path, each in _moved_with(number, numbers).items() if not each.estimate.bounds.money]
    if counted:
        where = listed(nsmallest(3, counted, key=numbers.place))
        message = f"price_year {number.price_year} stands on what is no money: {where} would move with prices"
        hint = "leave price_year out, or name the money in its unit"
        yield Problem(message, hint, f"{number.path}.price_year")


def _moved_with(number: Number, numbers: Numbers) -> dict[str, Number]:
    """The numbers that reach one by names, products and sums alone, so that they move with it, by path."""
    moved: dict[str, Number] = {}
    ahead = [number]
    while ahead:
        for each in numbers.using(ahead.pop().path.removeprefix("assumptions.")):
            value = each.estimate.value
            if each.path not in moved and isinstance(value, Expression) and not value.divides:
                moved[each.path] = each
                ahead += [each] if each.path.startswith("assumptions.") else []
    return moved
