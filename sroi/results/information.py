"""The value of information: what it would be worth to know more before deciding."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sroi import formatting
from sroi.labels import path_label
from sroi.results.base import Record, Result, plain
from sroi.tables import Brief, Table
from sroi.words import readable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sroi.model import Study


@dataclass(frozen=True, slots=True)
class Worth(Record):
    """What knowing one number, or a group of them, would be worth, with its standard error."""

    number: str
    value: float
    standard_error: float


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Information(Result):
    """The value of information for the decision whether the ratio is above a threshold.

    The choice is between going ahead, which is worth present value − threshold × investment, and not, which
    is worth 0. Values are in the study's prices.

    Attributes
    ----------
    study : Study
        What was asked about.
    threshold : float
        The ratio at which both choices are worth the same.
    draws : int
        How many draws.
    go_ahead : bool
        Whether going ahead is the better choice on what is known.
    evpi : Worth
        Expected value of perfect information: of knowing everything.
    evppi : tuple of Worth
        Expected value of partial perfect information: of knowing each number alone, the largest first.
    groups : tuple of Worth
        The same of each group that was asked for.
    """

    study: Study
    threshold: float
    draws: int
    go_ahead: bool
    evpi: Worth
    evppi: tuple[Worth, ...]
    groups: tuple[Worth, ...]

    @property
    def tables(self) -> tuple[Table, ...]:
        """What a person reads: what it would be worth to know more, the largest first."""
        return (self._table((self.evpi, *self.groups, *self.evppi)),)

    def _table(self, worths: Iterable[Worth]) -> Table:
        currency = self.study.currency
        rows = tuple(
            (
                self._called(each),
                *(formatting.money(value, currency) for value in (each.value, each.standard_error)),
            )
            for each in worths
        )
        note = (
            f"On what is known the better choice is to {'go ahead' if self.go_ahead else 'not go ahead'}. "
            "A survey is worth at most what its number is worth here, for a decision of this size."
        )
        title = f"Worth of knowing before deciding whether the ratio is above {self.threshold:g}"
        return Table(title, ("Number", ">Worth", ">Standard error"), rows, note)

    @property
    def answer(self) -> str:
        """The choice on what is known, and what knowing everything would be worth, in a sentence."""
        choice = "go ahead" if self.go_ahead else "do not go ahead"
        worth = formatting.money(self.evpi.value, self.study.currency)
        return f"On what is known: {choice}. Knowing everything first would be worth {worth} at most."

    @property
    def brief(self) -> Brief:
        """What a person reads first: the better choice, and the numbers worth knowing more about."""
        money = [formatting.money(value, self.study.currency) for value in (self.evpi.value, 0.0)]
        choice = "go ahead" if self.go_ahead else "not go ahead"
        said = f"For a ratio above {self.threshold:g} the better choice on what is known is to {choice}"
        worth = f"knowing everything would be worth {money[0]} to this decision"
        if money[0] == money[1]:
            worth = "knowing more would not change it"
        above = [each for each in self.evppi if each.value > each.standard_error]
        table = self._table((self.evpi, *self.groups, *above))
        left = len(self.evppi) - len(above)
        chance = f"{left} of {len(self.evppi)} numbers are worth nothing that can be told from chance."
        lines = (f"{said}; {worth}.",)
        return Brief(lines, (replace(table, note=chance if left else ""),), left)

    def _called(self, worth: Worth) -> str:
        if worth is self.evpi:
            return "Everything"
        return readable(worth.number) if worth in self.groups else path_label(self.study, worth.number)

    def _plain(self) -> dict[str, Any]:
        """The worths as plain values that JSON can hold."""
        return {
            "study": self.study.id,
            "threshold": self.threshold,
            "draws": self.draws,
            "go_ahead": self.go_ahead,
            **self._rows(),
        }

    def _rows(self) -> dict[str, list[dict[str, Any]]]:
        return {"values": plain((self.evpi, *self.groups, *self.evppi))}

    def _line(self) -> str:
        choice = "go ahead" if self.go_ahead else "do not go ahead"
        return f"{self.study.id}: {choice} at {self.threshold:g}, EVPI {self.evpi.value:,.0f}"
