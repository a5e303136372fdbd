"""The ledger of a result: who pays and who gains, whose return it is, and which demand is avoided."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sroi import formulas
from sroi.accounts import tables
from sroi.accounts.adjustments import Adjustment, adjustments
from sroi.accounts.demand import DemandLine, demand, needed_less
from sroi.accounts.entries import Entry, entries
from sroi.accounts.funders import FunderShare, funder_shares
from sroi.accounts.ratios import GreenBook, Ratio, definitions, green_book, ratio
from sroi.accounts.statements import Posting, Statement, statement
from sroi.accounts.warnings import warnings_of
from sroi.accounts.wellbeing import WellbeingLine, wellbeing
from sroi.errors import NotFoundError, instead
from sroi.evaluation import Evaluation, evaluate
from sroi.evaluation.engine import payback
from sroi.model.study import PARTIES
from sroi.resolution import Resolution
from sroi.tables import Table, Tabled

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sroi.model import Study


@dataclass(frozen=True, slots=True)
class Payback:
    """When one payer has its money back, in years; None where it never has within the years counted, or has put nothing in."""

    payer: str
    cashable: float | None
    fiscal: float | None


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Ledger(Tabled):
    """Who pays and who gains.

    Attributes
    ----------
    evaluation : Evaluation
        The result that it is of.
    postings : tuple of Posting
        Every line, in the order of the study; a transfer has two.
    society : Statement
        Everybody together: transfers cancel out.
    parties, payers, services : dict of str to Statement
        By party (``not_stated`` for what has none), by the budget of a payer, and by the unit of a service
        that is needed less.
    ratios : tuple of Ratio
        Returns on one pound, each under its own name and over its own denominator.
    green_book : GreenBook
        Summary metrics under the names of the Green Book.
    paybacks : tuple of Payback
        By payer that puts something in; on cashable money, and on all that it gains.
    demand : tuple of DemandLine
        Every outcome in units; those of a service are the demand avoided.
    wellbeing : tuple of WellbeingLine
        WELLBYs and QALYs, where outcomes say how many they hold.
    adjustments : tuple of Adjustment
        The result under adjustments that the headline does not make.
    funders : tuple of FunderShare
        The value shared between those who put something in.
    warnings : tuple of str
        What a reader should be told beside the figures.
    """

    evaluation: Evaluation
    postings: tuple[Posting, ...]
    society: Statement
    parties: dict[str, Statement]
    payers: dict[str, Statement]
    services: dict[str, Statement]
    ratios: tuple[Ratio, ...]
    green_book: GreenBook
    paybacks: tuple[Payback, ...]
    demand: tuple[DemandLine, ...]
    wellbeing: tuple[WellbeingLine, ...]
    adjustments: tuple[Adjustment, ...]
    funders: tuple[FunderShare, ...]
    warnings: tuple[str, ...]

    @property
    def state(self) -> Statement:
        """The public purse: every body of the state together."""
        return self.parties["state"]

    def ratio(self, name: str) -> Ratio:
        """One return by its name, such as ``fiscal_return`` or ``cashable_return:nhs``.

        Raises
        ------
        NotFoundError
            If there is none of that name; it offers the nearest.
        """
        for each in self.ratios:
            if each.name == name:
                return each
        raise NotFoundError(
            f"there is no return {name}; {instead(name, [each.name for each in self.ratios])}"
        )

    @property
    def tables(self) -> tuple[Table, ...]:
        """What a person reads, as tables of words."""
        return tables.tables(self)

    def tables_by(self, by: str) -> tuple[Table, ...]:
        """The same with the statements by ``party``, ``payer`` or ``service``."""
        return tables.tables(self, by)

    @property
    def statement(self) -> str:
        """Both readings of a return, savings and social value, in a few sentences that are safe to quote."""
        return tables.statement(self)

    def to_dict(self) -> dict[str, Any]:
        """The ledger as plain values that JSON can hold; unrounded, in the study's prices."""
        return {
            "ledger": {
                "society": self.society.to_dict(),
                "parties": {name: each.to_dict() for name, each in self.parties.items()},
                "payers": {name: each.to_dict() for name, each in self.payers.items()},
                "services": {name: each.to_dict() for name, each in self.services.items()},
                "payback": {
                    each.payer: {"cashable": each.cashable, "fiscal": each.fiscal} for each in self.paybacks
                },
                "funders": [each.to_dict() for each in self.funders],
                "entries": [_entry(each) for each in self.postings],
                "warnings": list(self.warnings),
                "statement": self.statement,
            },
            "demand": [line.to_dict() for line in self.demand],
            "ratios": {each.name: each.to_dict() for each in self.ratios},
            "green_book": self.green_book.to_dict(),
            "wellbeing": [line.to_dict() for line in self.wellbeing],
            "adjustments": {each.name: each.to_dict() for each in self.adjustments},
        }

    def to_json(self) -> str:
        """The ledger as JSON text."""
        return json.dumps(self.to_dict(), indent=1, ensure_ascii=False, allow_nan=False)

    def __repr__(self) -> str:
        return f"Ledger({self.evaluation.study.id}: {len(self.payers)} payers, {len(self.ratios)} returns, {len(self.demand)} lines of demand)"


def _entry(posting: Posting) -> dict[str, Any]:
    entry = posting.entry
    return {
        "name": entry.name,
        "side": entry.side,
        "kind": entry.kind,
        "party": entry.account.party,
        "payer": entry.account.payer,
        "service": entry.service,
        "in_total": entry.in_total,
        "present_value": posting.present_value,
        "cashable": posting.cash_share,
        "by_year": list(posting.by_year),
        "by_year_pv": list(posting.by_year_pv),
    }


def ledger(result: Evaluation | Study, *, shares: Mapping[str, float] | None = None) -> Ledger:
    """Who pays and who gains by a result.

    Parameters
    ----------
    result : Evaluation or Study
        A study is evaluated first.
    shares : mapping of stakeholder to share, optional
        What each funder claims of the value, from 0 to 1, at most 1 together; by the inputs they give where
        it is left out.

    Returns
    -------
    Ledger
        Frozen and complete; nothing in it is rounded. Present values use the factors of the result.

    Raises
    ------
    DocumentError
        If the shares pass 100%, or are of somebody who is no stakeholder.
    UndefinedResultError
        If a study is given that has no result.

    Notes
    -----
    A transfer or tax is a gain of whom it accrues to and as large a loss of the side that it comes ``from``;
    in society the two cancel out. Of a gain the cashable share is cash, none of it where no share is given; a
    loss of money is cash in full unless a share is given. Wellbeing is never cash, and in no return to a
    budget.

    Examples
    --------
    >>> import sroi
    >>> books = sroi.ledger(sroi.load("examples/lunch-club.yaml"))
    >>> round(books.ratio("savings_return").value, 3), round(books.society.net) == round(books.evaluation.net_present_value)
    (0.017, True)
    """
    evaluation = result if isinstance(result, Evaluation) else evaluate(result)
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
        ratios=tuple(ratio(each, lines, value, cash) for each in definitions(lines)),
        green_book=green_book(lines, value, needed_less(units)),
        paybacks=tuple(
            _payback(evaluation, name, postings, years) for name, each in payers.items() if each.costs > 0
        ),
        demand=units,
        wellbeing=wellbeing(evaluation),
        adjustments=adjustments(evaluation),
        funders=funder_shares(evaluation, shares),
        warnings=warnings_of(postings),
    )


def posted(evaluation: Evaluation, lines: tuple[Entry, ...]) -> tuple[Posting, ...]:
    """Every entry with its money."""
    study = evaluation.study
    resolution = Resolution(study)
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
        given = study.outcomes[entry.name].cashable
        share = None if given is None else resolution.number(f"outcomes.{entry.name}.cashable", given)
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
    """Part of an amount that is cash: nothing of wellbeing; else as given, or, where it is not, none of a gain and all of a loss."""
    if kind == "wellbeing":
        return 0.0
    return given if given is not None else 1.0 * (amount < 0)


def _payback(evaluation: Evaluation, payer: str, postings: tuple[Posting, ...], years: int) -> Payback:
    own = [each for each in postings if each.entry.account.payer == payer]
    gains = [each for each in own if each.entry.side != "cost" and each.entry.kind != "wellbeing"]
    spent = [sum(each.by_year_pv[t] for each in own if each.entry.side == "cost") for t in range(years)]
    whole = [sum(each.by_year_pv[t] for each in gains) for t in range(years)]
    cash = [
        sum(formulas.cashable(each.by_year_pv[t], each.cash_share) for each in gains) for t in range(years)
    ]
    method = evaluation.study.method
    return Payback(payer, payback(method, cash, spent), payback(method, whole, spent))
