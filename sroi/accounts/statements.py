"""Statements: what one account gains, passes on and puts in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sroi import formulas

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sroi.accounts.entries import Entry


@dataclass(frozen=True, slots=True)
class Posting:
    """An entry with its money. ``by_year`` is undiscounted, both series count from year 0; money that leaves the account is negative.

    ``cash_share`` is the part that is cash: as given, else none of a gain and all of a loss. Of a cost it is
    all where it is given as cash.
    """

    entry: Entry
    present_value: float
    by_year: tuple[float, ...]
    by_year_pv: tuple[float, ...]
    cash_share: float
    cash_is_given: bool

    @property
    def cash(self) -> float:
        """Present value of the part that is cash."""
        return float(formulas.cashable(self.present_value, self.cash_share))


@dataclass(frozen=True, slots=True)
class Statement:
    """The money of one account, in the study's prices: present values, and the yearly balance.

    Attributes
    ----------
    account : str
        Party, payer or service.
    benefits : float
        What it gains, for the worse included, transfers apart.
    transfers_in, transfers_out : float
        Money that comes from and goes to other accounts; the second is negative.
    costs : float
        What it puts in.
    cashable : float
        The part of benefits and transfers that is cash.
    cash_costs : float
        The part of costs that is given as cash.
    by_year : tuple of float
        Benefits and transfers less costs of each year from year 0, undiscounted: the net budget impact.
    by_year_pv : tuple of float
        The same, discounted.
    """

    account: str
    benefits: float
    transfers_in: float
    transfers_out: float
    costs: float
    cashable: float
    cash_costs: float
    by_year: tuple[float, ...]
    by_year_pv: tuple[float, ...]

    @property
    def gains(self) -> float:
        """Benefits and transfers together."""
        return self.benefits + self.transfers_in + self.transfers_out

    @property
    def net(self) -> float:
        """Benefits and transfers less costs."""
        return float(formulas.net_present_value(self.gains, self.costs))

    def to_dict(self) -> dict[str, Any]:
        """The statement as plain values."""
        return {
            "benefits": self.benefits,
            "transfers_in": self.transfers_in,
            "transfers_out": self.transfers_out,
            "costs": self.costs,
            "net": self.net,
            "cashable": self.cashable,
            "cash_costs": self.cash_costs,
            "by_year": list(self.by_year),
            "by_year_pv": list(self.by_year_pv),
        }


def statement(account: str, postings: Iterable[Posting], years: int) -> Statement:
    """The statement of some postings."""
    kept = tuple(postings)

    def summed(
        counts: Callable[[Posting], bool], value: Callable[[Posting], float] = lambda each: each.present_value
    ) -> float:
        return float(sum(value(each) for each in kept if counts(each)))

    def of_cost(each: Posting) -> bool:
        return each.entry.side == "cost"

    def balance(series: Callable[[Posting], tuple[float, ...]]) -> tuple[float, ...]:
        return tuple(
            float(sum(-series(each)[t] if of_cost(each) else series(each)[t] for each in kept))
            for t in range(years)
        )

    def transferred(each: Posting, sign: int) -> bool:
        return each.entry.side == "transfer" and each.entry.sign == sign

    return Statement(
        account=account,
        benefits=summed(lambda each: each.entry.side == "benefit"),
        transfers_in=summed(lambda each: transferred(each, 1)),
        transfers_out=summed(lambda each: transferred(each, -1)),
        costs=summed(of_cost),
        cashable=summed(lambda each: not of_cost(each), lambda each: each.cash),
        cash_costs=summed(of_cost, lambda each: each.cash),
        by_year=balance(lambda each: each.by_year),
        by_year_pv=balance(lambda each: each.by_year_pv),
    )
