"""How the returns of a ledger are spread: to society, to the state, to each payer, and in cash."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from sroi import formatting, formulas
from sroi.accounts import Ledger, ledger
from sroi.accounts.entries import Entry, entries
from sroi.accounts.ledger import cash_share
from sroi.accounts.ratios import Definition, definitions, terms
from sroi.backends.arrays import ARRAYS
from sroi.tables import Table, Tabled
from sroi.uncertainty import sampling
from sroi.uncertainty.arguments import checked_count, checked_seed
from sroi.uncertainty.carrying import filled
from sroi.uncertainty.model import DrawnStudy
from sroi.uncertainty.spread import Spread
from sroi.uncertainty.streams import Stream
from sroi.uncertainty.tables import chance
from sroi.uncertainty.uncertain import uncertainty

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sroi.evaluation import Evaluation
    from sroi.model import Study


@dataclass(frozen=True, slots=True)
class ReturnSpread:
    """How one return is spread over the draws.

    Attributes
    ----------
    name, title : str
        Its name in results, and in words.
    central : float
        On central values.
    spread : Spread
        Of the return; ``net`` of what it counts less what it is over, in the study's prices.
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
        return {
            "central": self.central,
            **self.spread.to_dict(),
            "probability_above_one": self.probability_above_one,
            "net": self.net.to_dict(),
        }


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class LedgerSpread(Tabled):
    """How the returns of a ledger are spread.

    Attributes
    ----------
    ledger : Ledger
        On central values.
    draws : int
        How many draws.
    seed : int or None
        What they were begun with: the draws are those of :func:`sroi.simulate` with the same seed.
    returns : dict of str to ReturnSpread
        By the name of the return; those over money that nobody puts in are left out.
    """

    ledger: Ledger
    draws: int
    seed: int | None
    returns: dict[str, ReturnSpread]

    @property
    def tables(self) -> tuple[Table, ...]:
        """What a person reads, as tables of words."""
        currency = self.ledger.evaluation.study.currency
        rows = [
            (
                each.title,
                formatting.returned(each.central, currency),
                *(_returned(each.spread.percentiles[percent], currency) for percent in (10, 50, 90)),
                chance(each.probability_above_one),
            )
            for each in self.returns.values()
        ]
        one = formatting.unit(currency)
        note = f"{self.draws:,} draws, seed {self.seed}; the shares that are cash vary too. What each return counts, and over what: sroi ledger."
        return (
            Table(
                f"Returns on {one}, with their ranges",
                ("Return", ">Central", ">P10", ">P50", ">P90", f"Above {one}"),
                tuple(rows),
                note,
            ),
        )

    def to_dict(self) -> dict[str, Any]:
        """The spreads as plain values that JSON can hold, by the name of the return."""
        return {name: each.to_dict() for name, each in self.returns.items()}

    def __repr__(self) -> str:
        return f"LedgerSpread({self.ledger.evaluation.study.id}: {len(self.returns)} returns, {self.draws:,} draws)"


def _returned(value: float, currency: str) -> str:
    return formatting.returned(value, currency) if np.isfinite(value) else "no such money"


def ledger_spread(study: Study | Evaluation, *, draws: int = 10_000, seed: int | None = 0) -> LedgerSpread:
    """How every return of a ledger is spread over draws of all uncertain numbers, the shares that are cash among them.

    Parameters
    ----------
    study : Study or Evaluation
    draws : int
        How many.
    seed : int or None
        0 is a seed; None takes fresh randomness. The draws are those of :func:`sroi.simulate`, and those of
        cashable shares come after them.

    Raises
    ------
    DocumentError
        If a range cannot be drawn from, or ``draws`` is not a number above 0; before anything is drawn.
    UndefinedResultError
        If the study has no result on its central values.

    Examples
    --------
    >>> import sroi
    >>> spread = sroi.ledger_spread(sroi.load("examples/lunch-club.yaml"), draws=1_000)
    >>> spread.returns["fiscal_return"].spread.percentiles[90] < spread.returns["social_return"].spread.percentiles[10]
    True
    """
    draws, seed = checked_count(draws, "draws"), checked_seed(seed)
    books = ledger(study)
    whole = books.evaluation.study
    uncertain = uncertainty(whole, cashable=True)
    model = DrawnStudy(whole)
    lines = entries(whole)
    asked = {each.name: each for each in definitions(lines) if books.ratio(each.name).value is not None}
    ratios = {name: Stream(draws, {1.0}) for name in asked}
    nets = {name: Stream(draws) for name in asked}
    sizes = sampling.chunks(draws)
    for size, own in zip(sizes, sampling.seeds(seed, len(sizes)), strict=True):
        values = sampling.drawn(uncertain, size, own, tables=draws >= sampling.WORTH_A_TABLE)
        outcomes, inputs, cashable = model.accounts(values)
        for name, definition in asked.items():
            above, below = _terms(definition, lines, outcomes, inputs, cashable)
            with np.errstate(divide="ignore", invalid="ignore"):
                ratios[name].add(filled(formulas.social_return_ratio(above, np.asarray(below)), size))
            nets[name].add(filled(formulas.net_present_value(above, below), size))
    found = {
        name: ReturnSpread(
            name,
            books.ratio(name).title,
            books.ratio(name).value or 0.0,
            Spread.of(ratios[name]),
            Spread.of(nets[name]),
            ratios[name].share_above(1.0),
        )
        for name in asked
    }
    return LedgerSpread(books, draws, seed, found)


def _terms(
    definition: Definition,
    lines: tuple[Entry, ...],
    outcomes: Mapping[str, Any],
    inputs: Mapping[str, Any],
    cashable: Mapping[str, Any],
) -> tuple[Any, Any]:
    def money(entry: Entry) -> Any:
        return inputs[entry.name] if entry.side == "cost" else entry.sign * outcomes[entry.name]

    def cash(entry: Entry) -> Any:
        amount = money(entry)
        return formulas.cashable(amount, cash_share(entry.kind, np.asarray(amount), cashable.get(entry.name)))

    return terms(definition, lines, money, cash, ARRAYS)
