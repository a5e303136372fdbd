"""Which numbers a number reaches by expressions that do not bring it to another unit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sroi.expression import Expression

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sroi.numbers import Number
    from sroi.resolution import Numbers
    from sroi.terms import Beside

NEAR = 0.05
"""How far a number may be from a multiple of a factor and still convert by it, as 4.3 weeks a month do."""


_MOST_FOLLOWED = 1_000
"""Numbers that are followed from one, so that the time for many of them grows no faster than what is read."""


def taken_by(
    number: Number,
    numbers: Numbers,
    converts: Callable[[Beside], bool],
    ends: Callable[[Number], bool] = lambda _: False,
) -> Iterator[Number]:
    """The numbers that an assumption goes into as it is, directly or through others.

    Parameters
    ----------
    number : Number
        The assumption; what is none goes into nothing.
    numbers : Numbers
        Those of the study.
    converts : callable
        Whether what multiplies a name may bring it to another unit.
    ends : callable
        Whether a number speaks for itself, so that nothing beyond it is looked at.
    """
    ahead, seen = [number], {number.path}
    while ahead and len(seen) < _MOST_FOLLOWED:
        name = ahead.pop().path.removeprefix("assumptions.")
        for each in numbers.using(name):
            value = each.estimate.value
            if each.path in seen or not isinstance(value, Expression) or ends(each):
                continue
            if not all(map(converts, value.beside(name))):
                seen.add(each.path)
                yield each
                ahead += [each] if each.path.startswith("assumptions.") else []


def is_multiple(sizes: tuple[float, ...], factor: float) -> bool:
    """Whether one of some numbers, or one divided by it, is about a multiple of a factor."""
    step = max(factor, 1 / factor)
    known = [abs(each) for each in sizes if each]
    ratios = [size / step for size in (*known, *(1 / each for each in known))]
    return any(ratio > 1 - NEAR and abs(ratio - round(ratio)) < NEAR for ratio in ratios)
