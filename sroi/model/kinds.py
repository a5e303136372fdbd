"""The kinds of estimate that an outcome, an input or a stakeholder takes, each with its bounds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, ClassVar, TypeVar

from pydantic import Discriminator, Tag

from sroi import quantities
from sroi.base import Reads
from sroi.model.estimates import Estimate, Given
from sroi.quantities import Bounds


class OutcomeQuantity(Estimate):
    """How many units change in one cohort; negative for a change for the worse."""

    bounds: ClassVar[Bounds] = quantities.COUNT


class FinancialProxy(Estimate):
    """Money that stands for one unit of an outcome in one benefit year."""

    bounds: ClassVar[Bounds] = quantities.MONEY


class InputValue(Estimate):
    """Money, or the money worth of what is given, in one year."""

    bounds: ClassVar[Bounds] = quantities.MONEY


class Deadweight(Estimate):
    """Share of the outcome that would have happened anyway."""

    bounds: ClassVar[Bounds] = quantities.SHARE


class Displacement(Estimate):
    """Share of the outcome that was only moved from elsewhere."""

    bounds: ClassVar[Bounds] = quantities.SHARE


class Attribution(Estimate):
    """Share of the outcome that is due to others."""

    bounds: ClassVar[Bounds] = quantities.SHARE


class Contribution(Estimate):
    """Share of the outcome that is due to this intervention: one less attribution."""

    bounds: ClassVar[Bounds] = quantities.SHARE


class DropOff(Estimate):
    """Share of the outcome lost from one benefit year to the next."""

    bounds: ClassVar[Bounds] = quantities.SHARE


class Cashable(Estimate):
    """Share of the value that a budget holder could actually take out."""

    bounds: ClassVar[Bounds] = quantities.SHARE


class Leakage(Estimate):
    """Share of a benefit that reaches people outside the place."""

    bounds: ClassVar[Bounds] = quantities.SHARE


class DisplacementOutside(Estimate):
    """Share of what an outcome displaces that is lost by other places."""

    bounds: ClassVar[Bounds] = quantities.SHARE


class GainOptimism(Estimate):
    """Share by which the gain of an outcome is lowered for optimism."""

    bounds: ClassVar[Bounds] = quantities.SHARE


class CostOptimism(Estimate):
    """Share of itself by which an input is raised for optimism, such as 20%."""

    bounds: ClassVar[Bounds] = quantities.UPLIFT


class RelativeIncome(Estimate):
    """A group's median equivalised income over the national median."""

    bounds: ClassVar[Bounds] = quantities.MULTIPLE


class LifeSatisfaction(Estimate):
    """WELLBYs, points of life satisfaction times years, per unit of an outcome and benefit year."""

    bounds: ClassVar[Bounds] = quantities.COUNT


class QualityOfLife(Estimate):
    """QALYs per unit of an outcome and benefit year."""

    bounds: ClassVar[Bounds] = quantities.COUNT


class Duration(Estimate):
    """Number of benefit years, part years allowed."""

    bounds: ClassVar[Bounds] = quantities.YEARS


class WholeYears(Estimate):
    """Number of years in which an input is given."""

    bounds: ClassVar[Bounds] = quantities.WHOLE_YEARS


class HeadCount(Estimate):
    """Number of people."""

    bounds: ClassVar[Bounds] = quantities.PEOPLE


class Months(Estimate):
    """Number of months."""

    bounds: ClassVar[Bounds] = quantities.MONTHS


class Rate(Estimate):
    """Share of a group of people of whom something is so."""

    bounds: ClassVar[Bounds] = quantities.SHARE


GivenByYear = Given | Sequence[Given]
"""An estimate, or one for each year."""


def _one_or_list(value: Any) -> str:
    return "list" if isinstance(value, (list, tuple)) else "one"


E = TypeVar("E", bound=Estimate)
_OneOrList = Annotated[
    Annotated[E, Tag("one")] | Annotated[tuple[E, ...], Tag("list")], Discriminator(_one_or_list)
]

One = Reads[E | None, Given | None]
"""An estimate; None is not assessed."""

ByYear = Reads[_OneOrList[E] | None, GivenByYear | None]
"""One estimate, or a list of one for each year; None is not assessed."""
