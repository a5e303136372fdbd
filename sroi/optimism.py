"""Optimism bias, as a method applies it: the shares by which gains are lowered and inputs raised."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from sroi.formulas import chosen
from sroi.reference import read_table

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sroi.numbers import Number
    from sroi.resolution import Numbers

_APPLIED = {"none": (False, False), "stated": (True, False), "by_grade": (True, True)}
"""Whether what is stated is applied, and the correction of a grade where nothing is."""


@cache
def corrections() -> dict[str, float]:
    """Share by which a benefit is corrected for optimism, by grade; ``none`` where no grade is given."""
    return {row["grade"]: float(row["correction"]) for row in read_table("optimism_bias")}


def biases(numbers: Numbers) -> dict[str, str | float]:
    """The optimism bias of each outcome and input that the study's method applies one to.

    Returns
    -------
    dict of str to str or float
        By path of the outcome or input: the path of the share that it states, or the correction of the grade
        of its weakest number, which is of gains alone.
    """
    study = numbers.study
    stated, by_grade = chosen(_APPLIED, "optimism_bias", study.method.optimism_bias)
    found: dict[str, str | float] = {}
    if by_grade:
        graded = ((path, corrections()[grade]) for path, grade in weakest_grades(numbers).items())
        found |= {path: share for path, share in graded if share and path.startswith("outcomes.")}
    if stated:
        for section in ("inputs", "outcomes"):
            for name, entry in getattr(study, section).items():
                if entry.optimism_bias is not None:
                    found[f"{section}.{name}"] = f"{section}.{name}.optimism_bias"
    return found


def weakest_grades(numbers: Numbers) -> dict[str, str]:
    """The weakest grade among the numbers behind each outcome and input; ``none`` where one has none."""
    study, order = numbers.study, list(corrections())

    def own(number: Number) -> int:
        counts = not number.computed and number.basis != "structural"
        return order.index(number.grade or "none") if counts else 0

    def weakest(number: Number, names: Iterable[str]) -> int:
        return max((own(number), *(behind.get(name, 0) for name in names)))

    behind: dict[str, int] = {}
    for name in numbers.order:
        path = f"assumptions.{name}"
        if path in numbers:
            behind[name] = weakest(numbers[path], numbers.links.used_by(name))
    found = {f"{section}.{name}": 0 for section in ("outcomes", "inputs") for name in getattr(study, section)}
    for number in numbers.used:
        entry = ".".join(number.path.split(".")[:2])
        if entry in found and not number.path.endswith(".optimism_bias"):
            found[entry] = max(found[entry], weakest(number, number.uses))
    return {entry: order[place] for entry, place in found.items()}
