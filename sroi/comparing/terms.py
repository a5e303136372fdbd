"""The terms that studies are brought to before they are compared, and a study so counted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sroi import formulas
from sroi.base import Model, optional
from sroi.evaluation import evaluate
from sroi.model.evidence import Over
from sroi.model.owners import over_money
from sroi.prices import Prices
from sroi.resolution import numbers_of
from sroi.years import PriceYear

if TYPE_CHECKING:
    from sroi.model import Study
    from sroi.results import Evaluation


class Terms(Model):
    """What all studies of a comparison are brought to; what is left out stays as each study has it."""

    price_year: PriceYear | None = optional("Year of whose prices all money is.", "year")
    over: Over | None = optional(
        "Whose money the returns are over: all, public, council, cash, or funder:NAME.", "choice"
    )


@dataclass(frozen=True, slots=True)
class Counted:
    """A study evaluated on the terms of a comparison.

    Attributes
    ----------
    evaluation : Evaluation
        Over the money that is counted, in the study's own prices.
    over : str or None
        Whose money that is; None for all that the study has.
    price_year : int or str
        Year of whose prices the comparison shows its money.
    factor : float
        What brings its money there.
    notes : tuple of str
        What a reader should know of that.
    """

    evaluation: Evaluation
    over: str | None
    price_year: int | str
    factor: float
    notes: tuple[str, ...]

    @property
    def study(self) -> Study:
        """The study, with the inputs that are counted."""
        return self.evaluation.study

    def money(self, amount: float) -> float:
        """A sum of the study in the prices of the comparison."""
        return float(formulas.converted(amount, self.factor))


def counted(study: Study, terms: Terms) -> Counted:
    """A study on some terms.

    Its money is brought to another price year as a whole, by the index of its method, so that the year of
    the prices never moves a ratio.

    Raises
    ------
    UndefinedResultError
        If it has no result over that money.
    PriceYearError
        If its money cannot be brought to that year.
    """
    evaluation = evaluate(over_money(study, terms.over))
    if terms.price_year in (None, study.price_year):
        return Counted(evaluation, terms.over, study.price_year, 1.0, ())
    assert terms.price_year is not None
    prices = Prices.of(study, terms.price_year)
    factor, remarks = prices.conversion(study.price_year)
    notes = (*remarks, *_at_other_incomes(study, prices))
    return Counted(evaluation, terms.over, terms.price_year, factor, notes)


def _at_other_incomes(study: Study, prices: Prices) -> tuple[str, ...]:
    """That values of wellbeing rest on the incomes of the study's own year, where they would move with it."""
    uprated = any(each.estimate.uprate == "wellby" for each in numbers_of(study).used)
    if not uprated or prices.real_income(study.price_year) in (None, 1.0):
        return ()
    own = study.price_year
    return (
        f"values of wellbeing stay at the incomes of {own}; valued at those of {prices.year} they differ",
    )
