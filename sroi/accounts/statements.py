"""Statements: what one account gains, passes on and puts in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sroi.results.ledger_parts import Statement

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sroi.results.ledger_parts import Posting


def summed_by_year(flows: Iterable[Sequence[float]], years: int) -> tuple[float, ...]:
    """Flows by year, each of at least that many years, added up."""
    kept = list(flows)
    return tuple(float(sum(flow[t] for flow in kept)) for t in range(years))


def statement(account: str, postings: Iterable[Posting], years: int) -> Statement:
    """The statement of some postings."""
    kept = tuple(postings)
    costs = [each for each in kept if each.entry.side == "cost"]
    gains = [each for each in kept if each.entry.side != "cost"]

    def gained(side: str, sign: int = 1) -> float:
        chosen = (each for each in gains if each.entry.side == side and each.entry.sign == sign)
        return float(sum(each.present_value for each in chosen))

    def balance(series: str) -> tuple[float, ...]:
        signed = ((-1.0 if each.entry.side == "cost" else 1.0, getattr(each, series)) for each in kept)
        return summed_by_year(([sign * money for money in flow] for sign, flow in signed), years)

    return Statement(
        account=account,
        benefits=gained("benefit"),
        transfers_in=gained("transfer"),
        transfers_out=gained("transfer", -1),
        costs=float(sum(each.present_value for each in costs)),
        cashable=float(sum(each.cash for each in gains)),
        cash_costs=float(sum(each.cash for each in costs)),
        by_year=balance("by_year"),
        by_year_pv=balance("by_year_pv"),
    )
