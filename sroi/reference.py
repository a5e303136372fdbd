"""What the package ships to be read: its reference tables, and mappings beside its modules."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from sroi.errors import NumberError
from sroi.quantities import shown

if TYPE_CHECKING:
    from collections.abc import Iterable

WELLBY_INCOME_ELASTICITY = 1.3
"""Power of real income a head by which a wellbeing value moves.

Wellbeing guidance for appraisal (HM Treasury, 2021), p. 57.
"""


def assumptions_folder() -> Path:
    """Folder of the shipped packs and tables: in an installed package, or beside it in a checkout."""
    package = Path(__file__).resolve().parent
    inside = package / "assumptions"
    return inside if inside.is_dir() else package.parent / "assumptions"


def read_table(name: str) -> list[dict[str, str]]:
    """Rows of one reference table, a mapping a row."""
    with (assumptions_folder() / "reference" / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def read_mapping(file: Path) -> dict[str, Any]:
    """A YAML file of this package's own, beside the module that reads it."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    found: dict[str, Any] = yaml.load(file.read_text("utf-8"), loader)  # noqa: S506 - either loader is safe
    return found


@lru_cache(maxsize=1)
def discount_schedules() -> dict[str, tuple[tuple[int, float], ...]]:
    """The steps of each schedule: first year (1 or more) and the rate from then on, a share a year."""
    steps: dict[str, list[tuple[int, float]]] = {}
    for row in read_table("discount_schedules"):
        steps.setdefault(row["schedule_id"], []).append((int(row["year_from"]), float(row["rate"])))
    return {name: tuple(sorted(rows)) for name, rows in steps.items()}


@lru_cache(maxsize=64)
def discount_rates(schedule: str, years: int) -> tuple[float, ...]:
    """Rates of years 1 to ``years`` under a schedule.

    Raises
    ------
    KeyError
        If there is no such schedule.
    """
    rates = dict(discount_schedules()[schedule])
    return tuple(rates[first] for first in discount_steps(schedule, years))


def discount_steps(schedule: str, years: int) -> tuple[int, ...]:
    """For each of the years 1 to ``years`` the first year of the step that it belongs to under a schedule."""
    firsts = [first for first, _ in discount_schedules()[schedule]]
    return tuple([first for first in firsts if first <= year][-1] for year in range(1, years + 1))


class PriceYearError(NumberError):
    """A price year that the index does not reach. ``hint`` says which years it covers."""


@dataclass(frozen=True, slots=True)
class PriceIndex:
    """An index of prices by calendar year and by financial year (keyed by the calendar year it begins in).

    The two series have bases of their own: a pair of years converts on one of them, never across.
    """

    name: str
    calendar: dict[int, float]
    financial: dict[int, float]
    forecast: frozenset[int]

    def factor(self, from_year: int | str, to_year: int | str) -> float:
        """What a sum in prices of ``from_year`` is multiplied by to be in prices of ``to_year``.

        Two calendar years, or two financial years, convert on their own series. A mixed pair, or a calendar
        year past its series, puts calendar year Y on the financial series as ¼ of the year ending in Y's
        March plus ¾ of the year that begins in Y's April.

        Raises
        ------
        PriceYearError
            If a year lies outside the series.
        """
        if from_year == to_year:
            return 1.0
        if (
            isinstance(from_year, int)
            and isinstance(to_year, int)
            and {from_year, to_year} <= self.calendar.keys()
        ):
            return self.calendar[to_year] / self.calendar[from_year]
        self.check(from_year)
        self.check(to_year)
        return self._on_financial(to_year, from_year) / self._on_financial(from_year, to_year)

    def check(self, year: int | str) -> None:
        """Raise PriceYearError if no sum can be brought to prices of a year."""
        if year not in self.calendar:
            self._on_financial(year)

    def _on_financial(self, year: int | str, beside: int | str | None = None) -> float:
        try:
            if isinstance(year, int):
                return 0.25 * self.financial[year - 1] + 0.75 * self.financial[year]
            return self.financial[int(year[:4])]
        except KeyError:
            pass
        if year in self.calendar:
            two = "write two calendar years"
            if self.financial:
                two += f", or two financial years to {_financial_year(max(self.financial))}"
            raise PriceYearError(
                f"price year {shown(year)} cannot be set beside {shown(beside)}:"
                f" the {self.name} series by financial year does not reach it",
                two,
            )
        raise PriceYearError(
            f"price year {shown(year)} is outside the {self.name} series", f"write a year {self.covered}"
        )

    @property
    def covered(self) -> str:
        """The years that convert, in words."""
        years = {*self.calendar, *(year for year in self.financial if year - 1 in self.financial)}
        calendar = [f"from {first} to {last}" for first, last in _spans(years)]
        financial = [
            f"from {_financial_year(first)} to {_financial_year(last)}"
            for first, last in _spans(self.financial)
        ]
        return ", or ".join((*calendar, *financial))

    def is_forecast(self, year: int | str) -> bool:
        """Whether the index for ``year`` rests on a forecast."""
        return (year if isinstance(year, int) else int(year[:4])) in self.forecast


def _spans(years: Iterable[int]) -> list[tuple[int, int]]:
    """The first and last of the years that follow each other without a gap."""
    spans: list[tuple[int, int]] = []
    for year in sorted(years):
        if spans and spans[-1][1] == year - 1:
            spans[-1] = (spans[-1][0], year)
        else:
            spans.append((year, year))
    return spans


def _financial_year(first: int) -> str:
    return f'"{first}-{(first + 1) % 100:02d}"'


@lru_cache(maxsize=2)
def price_index(deflator: str) -> PriceIndex:
    """The GDP deflator (``gdp``) or the consumer price index (``cpi``)."""
    table = {"gdp": "gdp_deflator", "cpi": "cpi"}[deflator]
    calendar = read_table(f"{table}_calendar_year")
    financial = read_table(f"{table}_financial_year")
    forecast = {int(row["financial_year"][:4]) for row in financial if "outturn" not in row["status"]}
    forecast |= {int(row["year"]) for row in calendar if "outturn" not in row["status"]}
    return PriceIndex(
        {"gdp": "GDP deflator", "cpi": "CPI"}[deflator],
        {int(row["year"]): float(row["index"]) for row in calendar},
        {int(row["financial_year"][:4]): float(row["index"]) for row in financial},
        frozenset(forecast),
    )


@lru_cache(maxsize=1)
def _real_income_a_head() -> dict[int, float]:
    return {int(row["year"]): float(row["index"]) for row in read_table("real_gdp_per_head")}


def real_income_factor(from_year: int | str, to_year: int | str) -> float | None:
    """Real GDP a head of ``to_year`` over that of ``from_year``, to the power 1.3.

    None where the series lacks a year. A financial year takes ¾ of its first calendar year and ¼ of the next.
    """
    series = _real_income_a_head()

    def income(year: int | str) -> float:
        if isinstance(year, int):
            return series[year]
        return 0.75 * series[int(year[:4])] + 0.25 * series[int(year[:4]) + 1]

    try:
        return float((income(to_year) / income(from_year)) ** WELLBY_INCOME_ELASTICITY)
    except KeyError:
        return None
