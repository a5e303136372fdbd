"""The sheet of ledgers: every gain, transfer and cost as a line, and sums by party and by payer."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from sroi import formatting, formulas
from sroi.accounts.ratios import definitions
from sroi.backends.symbols import written
from sroi.labels import path_label
from sroi.model.owners import NOT_MONEY
from sroi.reports.xlsx.cells import Cell, cell, reference
from sroi.reports.xlsx.sheet import Column
from sroi.results.ledger_tables import party_label

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sroi.reports.xlsx.book import Book
    from sroi.results import Ledger, Posting, Statement

_RETURNS = ("Return", "Counts", "", "", "Over", "Value", "Put in")
_COLUMNS = (
    Column("Line", 44, "wrap"),
    Column("Stakeholder", 30, "wrap"),
    Column("Side", 16),
    Column("Party", 18),
    Column("Payer", 18),
    Column("Present value", 16),
    Column("Share that is cash", 14),
    Column("Cash", 16),
)
_SIDE, _PARTY, _PAYER, _VALUE, _SHARE, _CASH = range(2, 8)
"""Columns of the lines."""

_LONGEST = 200

_SUMS = (("benefit", "Gains"), ("transfer", "Transfers"), ("cost", "Puts in"))


class LedgerSheet:
    """Who pays and who gains, live: sums of the lines beneath them."""

    def __init__(self, book: Book, ledger: Ledger) -> None:
        self.book, self.ledger = book, ledger
        subtitle = (
            "Present values. A transfer is a gain on one side and an equal loss on the other, so society's "
        )
        title = "Who pays and who gains"
        self.sheet = book.sheet("Ledger", title, f"{subtitle}sum of transfers is zero.", _COLUMNS)
        self.facts: list[tuple[str, float, str]] = []
        self.ratios: dict[str, str] = {}

    def finish(self) -> None:
        """Write the statements and the lines that they are sums of."""
        sheet, postings = self.sheet, self.ledger.postings
        present = {line.entry.account.party for line in postings}
        parties = {party_label(name): each for name, each in self.ledger.parties.items() if name in present}
        self.payers = self._called(self.ledger.payers)
        payers = {self.payers[name]: each for name, each in self.ledger.payers.items()}
        self.returns = definitions(self.book.study, [each.entry for each in postings])
        self.first = 13 + len(parties) + len(payers) + len(self.returns)
        self.last = self.first + len(postings) - 1
        row = self._statements(3, "By party", parties, _PARTY)
        self._sums(row, "Society", self.ledger.society, "", "total")
        row = self._statements(row + 2, "By payer", payers, _PAYER)
        self._returns(row + 1)
        sheet.section(self.first - 2, "Lines")
        sheet.headings(self.first - 1, [column.heading for column in _COLUMNS])
        for row, posting in enumerate(postings, start=self.first):
            self._line(row, posting)
        sheet.page.freeze_panes(3, 1)

    def _called(self, payers: Iterable[str]) -> dict[str, str]:
        """What each payer is called, and beside a title that several have its name."""
        titles = {name: path_label(self.book.study, f"payers.{name}", most=_LONGEST) for name in payers}
        often = Counter(title.casefold() for title in titles.values())
        return {
            name: title if often[title.casefold()] == 1 else f"{title} ({name})"
            for name, title in titles.items()
        }

    def _statements(self, row: int, title: str, statements: Mapping[str, Statement], column: int) -> int:
        self.sheet.headings(row, (title, *(words for _, words in _SUMS), "Net", "Cash in its gains"))
        for name, each in statements.items():
            row += 1
            key = written(cell(self.sheet.name, row, 0))
            self._sums(row, name, each, f",{self._range(column)},{key}", "cell")
            cash = (f"Ledger: {name}, cash in its gains", each.cashable, self.sheet.address(row, 5))
            self.facts.append(cash)
        return row + 1

    def _sums(self, row: int, words: str, each: Statement, condition: str, style: str) -> None:
        """The gains, transfers and costs of a statement, their sum, and the cash in its gains."""
        sheet, side = self.sheet, self._range(_SIDE)
        fact = f"Ledger: {words if style == 'cell' else words.lower()}"
        sheet.text(row, 0, words, style)
        known = (each.benefits, each.transfers_in + each.transfers_out, each.costs)
        for column, ((name, label), amount) in enumerate(zip(_SUMS, known, strict=True), start=1):
            formula = f'SUMIFS({self._range(_VALUE)}{condition},{side},"{name}")'
            sheet.formula(row, column, formula, amount, style, "money")
            self.facts.append((f"{fact}, {label.lower()}", amount, sheet.address(row, column)))
        gains, transfers, costs = (self._cell(row, column) for column in (1, 2, 3))
        net = formulas.net_present_value(gains + transfers, costs)
        sheet.formula(row, 4, net, each.net, style, "money")
        cash = f'SUMIFS({self._range(_CASH)}{condition},{side},"<>cost")'
        sheet.formula(row, 5, cash, each.cashable, style, "money")

    def _returns(self, top: int) -> None:
        """Returns by their names: what each counts, and whose money it is over."""
        sheet, backend = self.sheet, self.book.live.backend
        sheet.section(top, "Returns, each under its own name")
        one = f"For {formatting.unit(self.book.study.currency)}"
        sheet.headings(top + 1, (*_RETURNS, one), height=18)
        sheet.page.merge_range(top + 1, 1, top + 1, 3, _RETURNS[1], self.book.styles("heading"))
        lines = [(row, posting.entry) for row, posting in enumerate(self.ledger.postings, start=self.first)]
        pairs = zip(self.returns, self.ledger.ratios, strict=True)
        for row, (definition, known) in enumerate(pairs, start=top + 2):
            counted = [at for at, entry in lines if definition.counted(entry)]
            above = backend.total([self._cell(at, _VALUE) for at in counted])
            if definition.cash_only:
                cash = backend.total([self._cell(at, _CASH) for at in counted])
                above = formulas.cash_in(above, cash, backend)
            below = backend.total([self._cell(at, _VALUE) for at, entry in lines if definition.costs(entry)])
            sheet.text(row, 0, definition.title, "cell", "wrap")
            caution = f" ({definition.caution})" if definition.caution else ""
            sheet.paragraph(row, 1, 3, f"{definition.counts}{caution}", "cell")
            sheet.text(row, 4, definition.over, "cell", "wrap")
            sheet.formula(row, 5, above, known.numerator, "cell", "money")
            sheet.formula(row, 6, below, known.denominator, "cell", "money")
            value = formulas.social_return_ratio(self._cell(row, 5), self._cell(row, 6))
            live = f'IF({self._cell(row, 6)}>0,{value},"nothing put in")'
            shown = "nothing put in" if known.value is None else known.value
            sheet.formula(row, 7, live, shown, "cell", "pence", "right")
            if known.value is not None:
                fact = f"Ledger: {definition.title.lower()}"
                self.facts.append((fact, known.value, sheet.address(row, 7)))
            self.ratios[definition.name] = sheet.address(row, 7)

    def _line(self, row: int, posting: Posting) -> None:
        book, sheet, entry = self.book, self.sheet, posting.entry
        cost = entry.side == "cost"
        title = entry.title if entry.sign > 0 else f"{entry.title} (the other side)"
        account = (party_label(entry.account.party), self.payers.get(entry.account.payer or ""))
        sheet.line(row, title, book.stakeholder(entry.stakeholder), entry.side, *account)
        at = book.address(f"{'inputs' if cost else 'outcomes'}.{entry.name}.present_value")
        amount = f"-{at}" if entry.sign < 0 else at
        sheet.formula(row, _VALUE, amount, posting.present_value, "cell", "money", "link")
        counts = not cost and entry.kind not in NOT_MONEY
        given = book.study.outcomes[entry.name].cashable if counts else None
        share = None if given is None else book.live.walk.values.number(f"outcomes.{entry.name}.cashable")
        if isinstance(share, float):
            sheet.number(row, _SHARE, share, "cell", "percent", "input")
            book.enter(f"outcomes.{entry.name}.cashable", sheet, row, _SHARE, share, "cell", "percent")
        elif cost:
            sheet.number(row, _SHARE, posting.cash_share, "cell", "percent")
        else:
            loss = "0" if entry.kind in NOT_MONEY else f"IF({reference(row, _VALUE)}<0,1,0)"
            live = loss if share is None else share
            sheet.formula(row, _SHARE, live, posting.cash_share, "cell", "percent")
        cash = formulas.cashable(self._cell(row, _VALUE), self._cell(row, _SHARE))
        sheet.formula(row, _CASH, cash, posting.cash, "cell", "money")

    def _cell(self, row: int, column: int) -> Cell:
        return cell(self.sheet.name, row, column)

    def _range(self, column: int) -> str:
        return f"{reference(self.first, column)}:{reference(self.last, column)}"
