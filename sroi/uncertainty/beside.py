"""What parts a place from its nation: each of its own numbers set to the nation's, one at a time."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from sroi.documents import change
from sroi.documents.authorities import authority
from sroi.errors import DocumentError, NotFoundError, UndefinedResultError
from sroi.evaluation import evaluate
from sroi.model import Study
from sroi.names import slug
from sroi.resolution import numbers_of
from sroi.results.beside import BesideNation, LocalNumber
from sroi.results.quotes import place_name
from sroi.uncertainty.model import DrawnStudy

if TYPE_CHECKING:
    from sroi.results import Evaluation


def beside_nation(evaluation: Evaluation) -> BesideNation | None:
    """A place's return beside its nation's; None where the place is no authority or its nation has no return.

    The nation's is of the same study, with the same prices and the same years.
    """
    study = evaluation.study
    known = authority(study.borough) if study.borough is not None else None
    if known is None:
        return None
    years = {"price_year": study.price_year, "first_year": study.first_year}
    try:
        there = change(study, years, place=slug(known.nation))
        nations = evaluate(there).social_return_ratio
    except (DocumentError, NotFoundError, UndefinedResultError):
        return None
    ratio = evaluation.social_return_ratio
    numbers = [each for each in _local(study, there, ratio) if abs(each.effect) > 0.001 * abs(ratio)]
    numbers.sort(key=lambda each: -abs(each.effect))
    return BesideNation(place_name(study), known.nation, ratio, nations, tuple(numbers))


def _local(study: Study, there: Study, ratio: float) -> list[LocalNumber]:
    """The numbers that the two do not share, with the return where each is the nation's."""
    here, of_nation = numbers_of(study), numbers_of(there)
    drawn = DrawnStudy(study)
    found = []
    for number in here.used:
        other = of_nation.value(number.path)
        if number.computed or number.value is None or other is None or other == number.value:
            continue
        moved = float(np.ravel(drawn.evaluate({number.path: np.array([other])}).ratio)[0])
        if math.isfinite(moved):
            found.append(LocalNumber(number.path, number.value, other, ratio - moved))
    return found
