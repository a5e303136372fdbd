"""What the unit and the price year of a number say against the use that is made of it."""

from __future__ import annotations

import math
from heapq import nsmallest
from typing import TYPE_CHECKING

from sroi.bare_names import BareNames
from sroi.computed import made_of
from sroi.errors import Problem
from sroi.expression import Expression
from sroi.formatting import listed
from sroi.labels import split_path
from sroi.quantities import COUNT, MONEY, PEOPLE, SHARE, WHOLE_YEARS, YEARS, shown
from sroi.reaching import is_multiple, taken_by
from sroi.scalars import Percent
from sroi.units import IN_A_YEAR, currencies_in, in_per_cent, lasting, of_a_whole, scale_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sroi.model import Study
    from sroi.numbers import Number
    from sroi.resolution import Numbers
    from sroi.terms import Beside

_YEARS = ("duration", "years")
_DIGITS = 12
_OF_ABOUT_A_POUND = frozenset({"GBP", "EUR", "USD", "CHF", "AUD", "CAD", "NZD", "SGD"})
"""Currencies of which one is worth between half and twice another."""

_IN_A_YEAR = frozenset(map(float, IN_A_YEAR.values()))
_MANY = 5
"""A whole number that may be how many of one currency are one of another, and is hardly a count of months."""


def contradictions(numbers: Numbers) -> Iterator[Problem]:
    """Units and price years that say another thing than what a number is taken for."""
    bare = BareNames(numbers)
    for number in numbers:
        unit = unit_of(number, numbers.study)
        wrong = _unit_against_use(number, unit, bare, numbers) if unit else None
        wrong = wrong or _percentage(number, numbers)
        if wrong is not None:
            yield Problem(*wrong, path=number.path)
        elif number.price_year is not None and number.path.startswith("assumptions."):
            yield from _price_year_of_a_count(number, numbers)


def _unit_against_use(number: Number, unit: str, bare: BareNames, numbers: Numbers) -> tuple[str, str] | None:
    value, currency = number.estimate.value, numbers.study.currency
    if value is None or (isinstance(value, Expression) and value.name is not None):
        return None
    uses = [number, *bare.standing_for(number.path)]
    kinds = [each.estimate.bounds for each in uses]
    scale, named = scale_of(unit), currencies_in(unit)
    written = shown(value)
    said = f"the unit of {written} is {shown(unit)}"
    if named and currency not in named:
        taken = None if MONEY in kinds else next(_as_the_studys_money(number, named, numbers), None)
        if MONEY in kinds or taken is not None:
            beside = "" if taken is None else f", in which {taken.path} takes it as it is"
            convert = f"convert it to {currency}, and say so in its unit"
            return f"{said}, and the study is in {currency}{beside}", convert
    scaled = scale is not None and (MONEY in kinds or _as_it_stands(number, numbers, scale.factor))
    if scale is not None and (
        (scaled and (named or MONEY in kinds or scale.factor < 1))
        or (COUNT in kinds and scale.factor > 1 and len(scale.words) > 1)
    ):
        full = (
            f"{value * scale.factor:.{_DIGITS}g}"
            if isinstance(value, float)
            else f"{scale.factor:g} * ({written})"
        )
        return (
            f"{said}, and the number is taken as it stands",
            f"write {full}, and a unit without {scale.words}",
        )
    counted = any(map(_is_quantity, uses))
    if in_per_cent(unit) and counted:
        what = "name what is counted in its unit"
        if isinstance(value, float):
            what = _share_of_something(f"{shown(100 * value) if isinstance(value, Percent) else written}%")
            what += f", or 1_000 * {shown(100 * value)}%" if 0 < value <= 1 else ""
        return f"{said}, and units are counted here", what
    if not isinstance(value, float):
        return _of_a_part_of_a_year(number, unit, uses, numbers)
    if (
        in_per_cent(unit)
        and not isinstance(value, Percent)
        and (SHARE in kinds or MONEY in kinds or _as_it_stands(number, numbers, 100))
    ):
        share = f"write {written}%"
        message = f"{said}, and the number is taken as it stands"
        return message, share if value > 1 else f"{share}, or {shown(100 * value)}% where that is meant"
    if of_a_whole(unit) and value > 1 and not isinstance(value, Percent):
        return f"{said}, and a share is at most 1", f"for per cent write {written}%"
    return _of_a_part_of_a_year(number, unit, uses, numbers)


def _of_a_part_of_a_year(
    number: Number, unit: str, uses: list[Number], numbers: Numbers
) -> tuple[str, str] | None:
    """A number in months, or another period shorter than a year, where years are counted."""
    period, written = lasting(unit), number.estimate.value
    if period is None or not (
        any(_counts_years(each) for each in uses) or _reaches_years(number, numbers, IN_A_YEAR[period])
    ):
        return None
    of = shown(written) if isinstance(written, float) else f"({shown(written)})"
    said = f"the unit of {shown(written)} is {shown(unit)}, and years are counted here"
    return said, f"write {of} / {IN_A_YEAR[period]}"


def _as_the_studys_money(number: Number, named: tuple[str, ...], numbers: Numbers) -> Iterator[Number]:
    """The numbers that take money of another currency for the study's."""
    own = numbers.study.currency
    near = own in _OF_ABOUT_A_POUND and not {*named} - _OF_ABOUT_A_POUND

    def may_be_a_rate(value: float) -> bool:
        least, most = (0.5, 2.2) if near else (0.0, math.inf)
        return least < value < most and (
            value != round(value) or (not near and value >= _MANY and value not in _IN_A_YEAR)
        )

    def names_a_rate(name: str) -> bool:
        path = f"assumptions.{name}"
        value = numbers.value(path)
        if value is None:
            return True
        if numbers[path].unit is not None:
            return bool(currencies_in(numbers[path].unit or ""))
        return not isinstance(numbers[path].estimate.value, Percent) and may_be_a_rate(value)

    def converts(beside: Beside) -> bool:
        return (
            beside.inverted
            or any(map(may_be_a_rate, beside.constants))
            or any(map(names_a_rate, beside.names))
        )

    def ends(each: Number) -> bool:
        of_its_own = currencies_in(each.unit or "")
        return bool(of_its_own) and own not in of_its_own

    for each in taken_by(number, numbers, converts, ends):
        if each.estimate.bounds is MONEY or own in currencies_in(each.unit or ""):
            yield each


def _percentage(number: Number, numbers: Numbers) -> tuple[str, str] | None:
    """A percentage alone where money is given, or years or people are counted."""
    bounds = number.estimate.bounds
    given = bounds is MONEY and number.path.startswith("inputs.")
    counts = bounds in (YEARS, WHOLE_YEARS, PEOPLE) or _is_quantity(number)
    if not (given or counts) or number.value is None:
        return None
    if not made_of(number.estimate.value, numbers.shares.percentages):
        return None
    share = shown(number.written) if number.written else f"{shown(100 * number.value)}%"
    wanted = "a count" if _is_quantity(number) else bounds.what
    return f"{share} is a share, and {wanted} is wanted", _share_of_something(share)


def _share_of_something(share: str) -> str:
    return f"write what it is a share of, as in 1_000 * {share}"


def _is_quantity(number: Number) -> bool:
    return number.path.partition("[")[0].endswith(".quantity")


def unit_of(number: Number, study: Study) -> str:
    """The unit of a number; of an outcome's quantity that of the outcome where it has none."""
    section, name, field = split_path(number.path)[:3]
    if number.unit is None and section == "outcomes" and field == "quantity":
        return study.outcomes[name].unit or ""
    return number.unit or ""


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
    return is_multiple(written.constants, factor)


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
