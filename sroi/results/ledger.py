"""A ledger: who pays and who gains, whose return it is, and which demand is avoided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

from sroi import formatting
from sroi.arguments import checked_arguments
from sroi.errors import NotFoundError, instead
from sroi.quantities import shown
from sroi.results import ledger_tables
from sroi.results.base import Result, plain
from sroi.results.ledger_parts import (
    Adjustment,
    DemandLine,
    FunderShare,
    GreenBook,
    Payback,
    Posting,
    Ratio,
    Statement,
    WellbeingLine,
)
from sroi.results.quotes import in_words
from sroi.tables import Brief

if TYPE_CHECKING:
    from sroi.model import Study
    from sroi.results.evaluation import Evaluation
    from sroi.tables import Table
    from sroi.warned import ResultWarning


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Ledger(Result):
    """Who pays and who gains.

    Attributes
    ----------
    evaluation : Evaluation
        The result that it is of.
    postings : tuple of Posting
        Every line, in the order of the study; a transfer has two.
    society : Statement
        Everybody together: transfers cancel out.
    parties, payers, services : mapping of str to Statement
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
    warnings : tuple of ResultWarning
        What a reader should know beside the figures.
    """

    evaluation: Evaluation
    postings: tuple[Posting, ...]
    society: Statement
    parties: Mapping[str, Statement]
    payers: Mapping[str, Statement]
    services: Mapping[str, Statement]
    ratios: tuple[Ratio, ...]
    green_book: GreenBook
    paybacks: tuple[Payback, ...]
    demand: tuple[DemandLine, ...]
    wellbeing: tuple[WellbeingLine, ...]
    adjustments: tuple[Adjustment, ...]
    funders: tuple[FunderShare, ...]
    warnings: tuple[ResultWarning, ...]

    @property
    def state(self) -> Statement:
        """The public purse: every body of the state together."""
        return self.parties["state"]

    @checked_arguments
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
        names = [each.name for each in self.ratios]
        raise NotFoundError(f"there is no return {shown(name)}", instead(name, names))

    @property
    def tables(self) -> tuple[Table, ...]:
        """What a person reads: tables of text, rounded."""
        return ledger_tables.tables(self)

    @property
    def brief(self) -> Brief:
        """What a person reads first: the readings of a return, and who pays and who gains."""
        return self.brief_by("party")

    @checked_arguments
    def brief_by(self, by: Literal["party", "payer", "service"]) -> Brief:
        """The same with the statements by ``party``, ``payer`` or ``service``."""
        read, stated = ledger_tables.readings(self), ledger_tables.stated(self, by)
        one = formatting.unit(self.evaluation.study.currency)
        shown = read.with_columns(("Reading", f"For {one}", "Value", "Put in", f"Claimed for {one}"))
        said = (
            f"Whose return it is, for {one}. These are different returns: none may be quoted in the name"
            " of another."
        )
        count = len(self.warnings)
        also = f"{count} warning{'' if count == 1 else 's'}, demand, returns" if count else "demand, returns"
        tables = (replace(shown, note=""), replace(stated, note=""))
        return Brief((said,), tuple(each for each in tables if each.rows), rows="rows", also=also)

    @checked_arguments
    def tables_by(self, by: Literal["party", "payer", "service"]) -> tuple[Table, ...]:
        """The same with the statements by ``party``, ``payer`` or ``service``."""
        return ledger_tables.tables(self, by)

    @property
    def statement(self) -> str:
        """Both readings of a return, savings and social value, in a few sentences that are safe to quote."""
        return ledger_tables.statement(self)

    @property
    def study(self) -> Study:
        """What it is the ledger of."""
        return self.evaluation.study

    @property
    def answer(self) -> str:
        """Social value and savings side by side, in a sentence."""
        names = ("social_return", "savings_return")
        social, savings = (in_words(self.study, self.ratio(name).value or 0.0) for name in names)
        one = formatting.unit(self.study.currency)
        return f"{one} put in: {social} of social value; {savings} of services that the state needs less."

    def _plain(self) -> dict[str, Any]:
        """The ledger as plain values that JSON can hold; unrounded, in the study's prices."""
        paid = {each.payer: {"cashable": each.cashable, "fiscal": each.fiscal} for each in self.paybacks}
        return {
            "ledger": {
                "society": self.society.to_dict(),
                "parties": plain(self.parties),
                "payers": plain(self.payers),
                "services": plain(self.services),
                "payback": paid,
                "funders": plain(self.funders),
                "entries": plain(self.postings),
                "warnings": plain(self.warnings),
                "statement": self.statement,
            },
            "demand": plain(self.demand),
            "ratios": {each.name: each.to_dict() for each in self.ratios},
            "green_book": self.green_book.to_dict(),
            "wellbeing": plain(self.wellbeing),
            "adjustments": {each.name: each.to_dict() for each in self.adjustments},
        }

    def _line(self) -> str:
        held = f"{len(self.payers)} payers, {len(self.ratios)} returns, {len(self.demand)} lines of demand"
        return f"{self.evaluation.study.id}: {held}"

    def _rows(self) -> dict[str, list[dict[str, Any]]]:
        accounts = {"parties": self.parties, "payers": self.payers, "services": self.services}
        rows = {
            name: [{"account": each.account, **each.to_dict()} for each in statements.values()]
            for name, statements in accounts.items()
        }
        others = ("ratios", "demand", "wellbeing", "adjustments", "funders", "paybacks")
        return {
            **rows,
            "entries": plain(self.postings),
            **{name: plain(getattr(self, name)) for name in others},
        }
