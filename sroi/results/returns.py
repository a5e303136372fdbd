"""How the returns of a ledger are spread: to society, to the state, to each payer, and in cash."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sroi import formatting
from sroi.results.base import Record, Result
from sroi.results.quotes import in_words
from sroi.results.spread import Spread, chance
from sroi.tables import Brief, Table

if TYPE_CHECKING:
    from sroi.model import Study
    from sroi.results.ledger import Ledger


@dataclass(frozen=True, slots=True)
class ReturnSpread(Record):
    """How one return is spread over the draws.

    Attributes
    ----------
    name, title : str
        Its name in results, and in words.
    central : float
        On central values.
    spread, net : Spread
        Of the return, and of what it counts less what it is over, in the study's prices.
    probability_above_one : float
        Share of the draws in which it is above 1.
    """

    name: str
    title: str
    central: float
    spread: Spread
    net: Spread
    probability_above_one: float

    def to_dict(self) -> dict[str, Any]:
        """The return as plain values."""
        chances = {"probability_above_one": self.probability_above_one, "net": self.net.to_dict()}
        return {"central": self.central, **self.spread.to_dict(), **chances}


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class LedgerSpread(Result):
    """How the returns of a ledger are spread.

    Attributes
    ----------
    ledger : Ledger
        On central values.
    draws : int
        How many draws.
    seed : int or None
        What they were begun with: the draws are those of :func:`sroi.simulate` with the same seed.
    returns : mapping of str to ReturnSpread
        By the name of the return; those over money that nobody puts in are omitted.
    """

    ledger: Ledger
    draws: int
    seed: int | None
    returns: Mapping[str, ReturnSpread]

    @property
    def study(self) -> Study:
        """What was simulated."""
        return self.ledger.evaluation.study

    @property
    def tables(self) -> tuple[Table, ...]:
        """What a person reads: the returns with their ranges."""
        currency = self.study.currency

        def returned(value: float) -> str:
            return in_words(self.study, value) if math.isfinite(value) else "no such money"

        rows = tuple(
            (
                each.title,
                in_words(self.study, each.central),
                *(returned(each.spread.percentiles[percent]) for percent in (10, 50, 90)),
                chance(each.probability_above_one),
            )
            for each in self.returns.values()
        )
        one = formatting.unit(currency)
        note = (
            f"{self.draws:,} draws, seed {self.seed}; the shares that are cash vary too. "
            "What each return counts, and over what: sroi ledger."
        )
        for each in self.returns.values():
            if each.spread.undefined:
                note += f" {each.title}: in {each.spread.undefined:.1%} of the draws there is no such money,"
                note += " and the draws with it are shown."
        columns = ("Return", ">Central", ">P10", ">P50", ">P90", f"Above {one}")
        return (Table(f"Returns on {one}, with their ranges", columns, rows, note),)

    @property
    def brief(self) -> Brief:
        """What a person reads first: the returns with their ranges, without what each counts."""
        one, table = formatting.unit(self.study.currency), self.tables[0]
        shown = ("Return", "P10", "P50", "P90", "Central", f"Above {one}")
        said = f"What {one} gives, each return over its own money, in {self.draws:,} draws."
        return Brief((said,), (replace(table.with_columns(shown), note=""),), rows="returns")

    def _plain(self) -> dict[str, Any]:
        """The spreads as plain values that JSON can hold, by the name of the return."""
        return {name: each.to_dict() for name, each in self.returns.items()}

    def _rows(self) -> dict[str, list[dict[str, Any]]]:
        rows = [{"return": name, **each} for name, each in self._plain().items()]
        return {
            "returns": [{key: value for key, value in row.items() if key != "net"} for row in rows],
            "net": [{"return": row["return"], **row["net"]} for row in rows],
        }

    def _line(self) -> str:
        return f"{self.study.id}: {len(self.returns)} returns, {self.draws:,} draws"
