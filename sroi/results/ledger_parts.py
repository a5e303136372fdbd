"""What a ledger is made of: lines, statements, returns, demand, wellbeing, adjustments, shares of funders."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from sroi import formulas
from sroi.results.base import Record, plain

if TYPE_CHECKING:
    from sroi.model.owners import Account

Side = Literal["benefit", "transfer", "cost"]


@dataclass(frozen=True, slots=True)
class Entry:
    """What one outcome or input adds to one account.

    ``sign`` is 1 for the side that gains and −1 for the other side of a transfer. ``service`` is the unit of
    a service that is needed less, on the side that gains alone. ``in_total`` says whether the social return
    counts it.
    """

    name: str
    title: str
    stakeholder: str
    kind: str
    side: Side
    account: Account
    in_total: bool
    sign: int = 1
    service: str | None = None


@dataclass(frozen=True, slots=True)
class Posting(Record):
    """An entry with its money; money that leaves the account is negative.

    ``by_year`` is undiscounted; both series count from year 0. ``cash_share`` is the part that is cash: as
    given, else none of a gain and all of a loss. Of a cost it is all where it is given as cash.
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

    def to_dict(self) -> dict[str, Any]:
        """The line as plain values."""
        entry = self.entry
        return {
            "name": entry.name,
            "side": entry.side,
            "kind": entry.kind,
            "party": entry.account.party,
            "payer": entry.account.payer,
            "service": entry.service,
            "in_total": entry.in_total,
            "present_value": self.present_value,
            "cashable": self.cash_share,
            "by_year": list(self.by_year),
            "by_year_pv": list(self.by_year_pv),
        }


@dataclass(frozen=True, slots=True)
class Statement(Record):
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
        names = ("benefits", "transfers_in", "transfers_out", "costs", "net", "cashable", "cash_costs")
        return {name: plain(getattr(self, name)) for name in (*names, "by_year", "by_year_pv")}


@dataclass(frozen=True, slots=True)
class Ratio(Record):
    """A return on one unit of money.

    Attributes
    ----------
    name, title : str
        Its name in results, and in words.
    value : float or None
        None where nothing is put in by those whose money it is over.
    numerator, denominator : float
        Present values, in the study's prices.
    counts, over : str
        What each of the two is, in words.
    caution : str
        What a reader should know of it; may be empty.
    """

    name: str
    title: str
    value: float | None
    numerator: float
    denominator: float
    counts: str
    over: str
    caution: str


@dataclass(frozen=True, slots=True)
class GreenBook(Record):
    """The summary metrics of The Green Book (2026), paragraph 6.93 and Table 10; None where undefined.

    Money is in the study's prices. ``npuc`` holds, for each service, the units needed less for one unit of
    money put in: quantifiable benefits over the present value of costs.
    """

    npsv: float
    bcr: float | None
    rpsc: float | None
    npuc: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Payback(Record):
    """When one payer has its money back, in years; None where it never has, or has put nothing in."""

    payer: str
    cashable: float | None
    fiscal: float | None


@dataclass(frozen=True, slots=True)
class DemandLine(Record):
    """One outcome in units. Of a service, positive where fewer are needed and negative where more are.

    Attributes
    ----------
    outcome, title : str
        Its name, and in words.
    service : str or None
        The unit of a service; None for an outcome that is not a service: it has a cost per outcome and no
        demand.
    party, payer : str or None
        Whose budget it is.
    before, after : float or None
        Units over all years, before and after deductions; None where a deduction is not assessed.
    by_year_before, by_year_after : tuple of float or None
        The same by year from year 0, undiscounted.
    unit_cost : float or None
        Money a unit, in the study's prices, on average where it differs by benefit year; None where it has
        no money value.
    total : float or None
        Units after deductions × unit cost, undiscounted.
    attributable : float or None
        Outcomes of all cohorts that begin within the years counted, after the deductions of their first
        benefit year, however long they last.
    cost_per_unit, cost_per_outcome : float or None
        All inputs over the units after deductions, and over the attributable outcomes: of this line alone, as
        if nothing else came of them.
    whole, share_of_whole : float or None
        Units that the place needs in a year, and what part of them the year of the largest change is, after
        deductions; None where the study names no such number or it is not assessed.
    """

    outcome: str
    title: str
    service: str | None
    party: str
    payer: str | None
    before: float
    after: float | None
    by_year_before: tuple[float, ...]
    by_year_after: tuple[float, ...] | None
    unit_cost: float | None
    total: float | None
    attributable: float | None
    cost_per_unit: float | None
    cost_per_outcome: float | None
    whole: float | None
    share_of_whole: float | None


@dataclass(frozen=True, slots=True)
class WellbeingLine(Record):
    """One outcome in WELLBYs or QALYs.

    Attributes
    ----------
    outcome, title : str
        Its name, and in words.
    measure : str
        ``WELLBY`` or ``QALY``.
    undiscounted, discounted : float
        Units over all years after deductions; the second at the health rate of the Green Book.
    by_year : tuple of float
        Undiscounted units by year from year 0.
    """

    outcome: str
    title: str
    measure: str
    undiscounted: float
    discounted: float
    by_year: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Adjustment(Record):
    """The result with one adjustment made.

    Attributes
    ----------
    name, title : str
        Its name in results, and in words.
    social_return_ratio, net_present_value, present_value, investment : float or None
        As of the unadjusted result, with the adjustment made; None where the study does not give what it
        needs.
    note : str
        What was done and by whose rule; where nothing was, what the study would have to give.
    """

    name: str
    title: str
    social_return_ratio: float | None
    net_present_value: float | None
    present_value: float | None
    investment: float | None
    note: str


@dataclass(frozen=True, slots=True)
class FunderShare(Record):
    """What one funder may claim.

    Attributes
    ----------
    funder : str
        Stakeholder that puts something in; ``unattributed`` for what no share claims.
    share : float
        Its share of the value.
    investment : float
        Present value of its own inputs, in the study's prices.
    value : float
        Its share of the present value of the outcomes in the total.
    ratio : float or None
        Its value over its investment; None where it puts nothing in.
    """

    funder: str
    share: float
    investment: float
    value: float
    ratio: float | None
