"""Money into the prices of one study's year, with what should be said of each conversion."""

from __future__ import annotations

from dataclasses import dataclass, field

from sroi.quantities import shown
from sroi.reference import PriceYearError, price_index, real_income_factor
from sroi.warned import ResultWarning

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
    """

    currency: str
    year: int | str
    deflator: str
    _known: dict[tuple[int | str, bool], tuple[float, tuple[ResultWarning, ...]]] = field(
        default_factory=dict
    )

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
        if self.currency != INDEXED_CURRENCY:
            message = f"a sum in {self.currency} of {shown(from_year)} cannot be converted"
            hint = "write it in prices of the study's own price year, or use method deflator: none"
            raise PriceYearError(f"{message}: the indices here are of {INDEXED_CURRENCY}", hint)
        index = price_index(self.deflator)
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
            income = real_income_factor(from_year, self.year)
            if income is None:
                unknown = f"real income a head is not known from {from_year} to {self.year}"
                said = f"{unknown}: wellbeing values move by the {index.name} alone"
                remarks.append(
                    ResultWarning("real-income-unknown", said, year=from_year, price_year=self.year)
                )
            factor *= income if income is not None else 1.0
        return factor, tuple(remarks)

    def check_year(self) -> None:
        """Raise PriceYearError if the year converted to is one that the index does not reach."""
        if self.deflator != "none" and self.currency == INDEXED_CURRENCY:
            price_index(self.deflator).check(self.year)
