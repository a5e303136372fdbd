"""Money into the prices of one study's year, with what should be said of each conversion."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sroi.quantities import shown
from sroi.reference import (
    WELLBY_INCOME_ELASTICITY,
    PriceIndex,
    PriceYearError,
    price_index,
    real_income_factor,
)
from sroi.warned import ResultWarning
from sroi.years import calendar_or_financial

if TYPE_CHECKING:
    from sroi.model import Study
    from sroi.model.deflators import Deflators, PriceSeries

INDEXED_CURRENCY = "GBP"
"""Currency that the shipped price indices are of."""


@dataclass(frozen=True, slots=True)
class Prices:
    """Converts money of one currency into prices of one year.

    Attributes
    ----------
    currency : str
        ISO 4217 code of the money.
    year : int or str
        The price year converted to.
    deflator : {"gdp", "cpi", "none"}
        The index; ``none`` converts nothing.
    own : Deflators or None
        Indices of the study's own, which come before those that are shipped.
    """

    currency: str
    year: int | str
    deflator: str
    own: Deflators | None = None
    _known: dict[tuple[int | str, bool], tuple[float, tuple[ResultWarning, ...]]] = field(
        default_factory=dict
    )

    @classmethod
    def of(cls, study: Study, year: int | str | None = None) -> Prices:
        """What converts a study's money, into prices of its own year or of another."""
        to = study.price_year if year is None else year
        return cls(study.currency, to, study.method.deflator, study.deflators)

    def conversion(
        self, from_year: int | str, *, wellby: bool = False
    ) -> tuple[float, tuple[ResultWarning, ...]]:
        """What a sum in prices of ``from_year`` is multiplied by, and what a reader should know about it.

        Parameters
        ----------
        from_year : int or str
            Calendar year, or financial year such as ``"2024-25"``.
        wellby : bool
            Whether the value also moves with real income per head, to the power 1.3, as wellbeing values do.

        Raises
        ------
        PriceYearError
            If the index does not reach a year, or is not of this currency.
        """
        key = (from_year, wellby)
        if key not in self._known:
            self._known[key] = self._converted(from_year, wellby=wellby)
        return self._known[key]

    def _converted(self, from_year: int | str, *, wellby: bool) -> tuple[float, tuple[ResultWarning, ...]]:
        if from_year == self.year:
            return 1.0, ()
        if self.deflator == "none":
            remark = f"prices of {from_year} are used as if they were of {self.year}"
            said = f"{remark}: the method converts no prices"
            return 1.0, (ResultWarning("prices-not-converted", said, year=from_year, price_year=self.year),)
        index = self.index_for(from_year)
        factor = index.factor(from_year, self.year)
        remarks = [
            ResultWarning(
                "prices-on-a-forecast",
                f"prices of {year} rest on a forecast of the {index.name}",
                year=year,
                index=index.name,
            )
            for year in (from_year, self.year)
            if index.is_forecast(year)
        ]
        if wellby:
            income = self.real_income(from_year)
            if income is None:
                unknown = f"real income a head is not known from {from_year} to {self.year}"
                said = f"{unknown}: wellbeing values move by the {index.name} alone"
                remarks.append(
                    ResultWarning("real-income-unknown", said, year=from_year, price_year=self.year)
                )
            factor *= income if income is not None else 1.0
        return factor, tuple(remarks)

    def index_for(self, from_year: int | str) -> PriceIndex:
        """The index that a sum of a year is converted by.

        Raises
        ------
        PriceYearError
            If there is none of this currency.
        """
        index = self._index
        if index is None:
            message = f"a sum in {self.currency} of {shown(from_year)} cannot be converted"
            raise PriceYearError(f"{message}: {self._without}", self._instead)
        return index

    def check_year(self) -> None:
        """Raise PriceYearError if the year converted to is one that the index does not reach."""
        index = self._index
        if index is not None:
            index.check(self.year)

    @property
    def _index(self) -> PriceIndex | None:
        """The study's own index, or the shipped one of its currency; None where there is neither."""
        if self.deflator == "none":
            return None
        series = self._own(self.deflator)
        if series is not None:
            return index_of(series, f"{NAMES[self.deflator]} in {self.currency}")
        return price_index(self.deflator) if self.currency == INDEXED_CURRENCY else None

    def _own(self, name: str) -> PriceSeries | None:
        found: PriceSeries | None = getattr(self.own, name, None)
        return found

    @property
    def _without(self) -> str:
        """Why there is no index."""
        others = [name for name in NAMES if self._own(name) is not None]
        if others:
            return f"deflators has {others[0]} alone, and the method converts by {self.deflator}"
        return f"the indices here are of {INDEXED_CURRENCY}"

    @property
    def _instead(self) -> str:
        others = [name for name in NAMES if self._own(name) is not None]
        choose = f"use method deflator: {others[0]}, or " if others else ""
        return (
            f"{choose}give the price index of {self.currency} in a pack (deflators: FILE.csv), "
            "write it in prices of the study's own price year, or use method deflator: none"
        )

    def real_income(self, from_year: int | str) -> float | None:
        """What a value of wellbeing moves by beyond prices; None where incomes of a year are not known."""
        series = self._own("real_income")
        if series is None:
            shipped = self.currency == INDEXED_CURRENCY
            return real_income_factor(from_year, self.year) if shipped else None
        try:
            factor = index_of(series, "real income a head").factor(from_year, self.year)
        except PriceYearError:
            return None
        return float(factor**WELLBY_INCOME_ELASTICITY)


NAMES = {"gdp": "GDP deflator", "cpi": "CPI"}
"""How the indices of a method are called."""


def index_of(series: PriceSeries, name: str) -> PriceIndex:
    """The index that a study or pack lists, called by its title or else by ``name``."""
    levels = {row.year: row.index for row in series.rows}
    forecast = (calendar_or_financial(row.year) for row in series.rows if row.status == "forecast")
    return PriceIndex(
        series.title or name,
        {year: level for year, level in levels.items() if isinstance(year, int)},
        {int(year[:4]): level for year, level in levels.items() if isinstance(year, str)},
        frozenset(int(year) for year in forecast if year is not None),
    )
