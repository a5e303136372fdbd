"""The ledger of a result: who pays and who gains, whose return it is, and which demand is avoided."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sroi import formulas
from sroi.accounts.adjustments import adjustments
from sroi.accounts.demand import demand, needed_less
from sroi.accounts.entries import entries
from sroi.accounts.funders import funder_shares
from sroi.accounts.ratios import definitions, green_book, ratio
from sroi.accounts.statements import statement, summed_by_year
from sroi.accounts.warnings import ledger_warnings
from sroi.accounts.wellbeing import wellbeing
from sroi.arguments import checked_arguments
from sroi.evaluation.arguments import as_evaluation
from sroi.evaluation.engine import payback, yearly_net
from sroi.model.owners import NOT_MONEY
from sroi.model.references import PARTIES
from sroi.resolution import numbers_of
from sroi.results.ledger import Ledger
from sroi.results.ledger_parts import Entry, Payback, Posting, Statement

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sroi.model import Study
    from sroi.results import Evaluation


@checked_arguments
def ledger(study: Study | Evaluation, *, shares: Mapping[str, float] | None = None) -> Ledger:
    """Who pays and who gains by a result.

    Parameters
    ----------
    study : Study or Evaluation
        A study is evaluated first.
    shares : mapping of stakeholder to share, optional
        What each funder claims of the value, from 0 to 1, at most 1 together; by default
        in proportion to the inputs they give.

    Returns
    -------
    Ledger
        Frozen and complete; nothing in it is rounded. Present values use the factors of the result.

    Raises
    ------
    DocumentError
        If the shares pass 100%, or are of nobody among the stakeholders.
    UndefinedResultError
        If a study is given that has no result.

    Notes
    -----
    A transfer or tax is a gain of the account it accrues to and as large a loss of the one it comes ``from``;
    in society the two cancel out. Of a gain the cashable share is cash, none of it where no share is given; a
    loss of money is cash in full unless a share is given. Wellbeing is never cash, and in no return to a
    budget.

    Examples
    --------
    >>> import sroi
    >>> books = sroi.ledger(sroi.load("examples/lunch-club.yaml"))
    >>> round(books.ratio("savings_return").value, 3)
    0.017
    >>> round(books.society.net) == round(books.evaluation.net_present_value)
    True
    """
    evaluation = as_evaluation(study, "sroi.ledger")
    lines = entries(evaluation.study)
    postings = posted(evaluation, lines)
    years = len(evaluation.discount_factors)

    def by(key: Callable[[Entry], str | None], names: tuple[str, ...] = ()) -> dict[str, Statement]:
        found = list(dict.fromkeys([*names, *(name for name in map(key, lines) if name is not None)]))
        return {
            name: statement(name, (each for each in postings if key(each.entry) == name), years)
            for name in found
        }

    parties = by(lambda entry: entry.account.party, PARTIES)
    payers = by(lambda entry: entry.account.payer)
    money = {(each.entry.name, each.entry.side, each.entry.sign): each for each in postings}

    def value(entry: Entry) -> float:
        return money[entry.name, entry.side, entry.sign].present_value

    def cash(entry: Entry) -> float:
        return money[entry.name, entry.side, entry.sign].cash

    units = demand(evaluation)
    return Ledger(
        evaluation=evaluation,
        postings=postings,
        society=statement("society", postings, years),
        parties=parties,
        payers=payers,
        services=by(lambda entry: entry.service),
        ratios=tuple(ratio(each, lines, value, cash) for each in definitions(evaluation.study, lines)),
        green_book=green_book(lines, value, needed_less(units)),
        paybacks=tuple(
            _payback(evaluation, name, postings, years) for name, each in payers.items() if each.costs > 0
        ),
        demand=units,
        wellbeing=wellbeing(evaluation),
        adjustments=adjustments(evaluation),
        funders=funder_shares(evaluation, shares),
        warnings=ledger_warnings(evaluation.study, postings),
    )


def posted(evaluation: Evaluation, lines: tuple[Entry, ...]) -> tuple[Posting, ...]:
    """Every entry with its money."""
    study = evaluation.study
    numbers = numbers_of(study)
    outcomes = {row.outcome: row for row in evaluation.outcomes}
    inputs = {row.input: row for row in evaluation.inputs}
    found = []
    for entry in lines:
        if entry.side == "cost":
            spent = inputs[entry.name]
            found.append(
                Posting(
                    entry,
                    spent.present_value,
                    spent.by_year,
                    spent.by_year_pv,
                    float(entry.kind == "cash"),
                    cash_is_given=True,
                )
            )
            continue
        row = outcomes[entry.name]
        by_year, by_year_pv = (
            tuple(entry.sign * (money or 0.0) for money in series) for series in (row.by_year, row.by_year_pv)
        )
        present = entry.sign * (row.present_value or 0.0)
        share = numbers.value(f"outcomes.{entry.name}.cashable")
        found.append(
            Posting(
                entry,
                present,
                by_year,
                by_year_pv,
                cash_share(entry.kind, present, share),
                cash_is_given=share is not None,
            )
        )
    return tuple(found)


def cash_share(kind: str, amount: Any, given: Any | None) -> Any:
    """Part of an amount that is cash: none of wellbeing or of a kind not stated; else as given, or a loss."""
    if kind in NOT_MONEY:
        return 0.0
    return given if given is not None else 1.0 * (amount < 0)


def _payback(evaluation: Evaluation, payer: str, postings: tuple[Posting, ...], years: int) -> Payback:
    own = [each for each in postings if each.entry.account.payer == payer]
    gains = [each for each in own if each.entry.side != "cost" and each.entry.kind not in NOT_MONEY]
    spent = summed_by_year((each.by_year_pv for each in own if each.entry.side == "cost"), years)
    whole = summed_by_year((each.by_year_pv for each in gains), years)
    parts = ([formulas.cashable(money, each.cash_share) for money in each.by_year_pv] for each in gains)
    method, cash = evaluation.study.method, summed_by_year(parts, years)
    return Payback(payer, payback(yearly_net(method, cash, spent)), payback(yearly_net(method, whole, spent)))
