"""The sheet of ledgers: every gain, transfer and cost as a line, and sums of the lines by party and by payer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sroi import formatting, formulas
from sroi.accounts import ledger
from sroi.accounts.ratios import definitions
from sroi.backends.symbols import written
from sroi.reports.xlsx.cells import cell, prefix, reference

if TYPE_CHECKING:
    from sroi.reports.xlsx.book import Book
    from sroi.results import Posting, Statement

_RETURNS = ("Return", "Counts", "", "", "Over", "Value", "Put in")
_LINES = ("Line", "Stakeholder", "Side", "Party", "Payer", "Present value", "Share that is cash", "Cash")
_SUMS = (("benefit", "Gains"), ("transfer", "Transfers"), ("cost", "Puts in"))
_PARTIES = {
    "participant": "People taking part", "family": "Families", "volunteer": "Volunteers", "community": "Community", "business": "Business",
    "state": "The state", "not_stated": "Not stated",
}  # fmt: skip


class LedgerSheet:
    """Who pays and who gains, live: sums of the lines beneath them."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.ledger = ledger(book.evaluation)
        subtitle = "Present values. A transfer is a gain on one side and as large a loss on the other, so society's sum of transfers is nothing."
        self.sheet = book.sheet(
            "Ledger", "Who pays and who gains", subtitle, (44, 30, 16, 18, 18, 16, 14, 16)
        )
        self.facts: list[tuple[str, float, str]] = []
        self.savings = ("0", 0.0)

    def finish(self) -> None:
        """Write the statements and the lines that they are sums of."""
        postings = self.ledger.postings
        parties = [
            (name, each)
            for name, each in self.ledger.parties.items()
            if any(line.entry.account.party == name for line in postings)
        ]
        payers = list(self.ledger.payers.items())
        self.returns = definitions([each.entry for each in postings])
        first = 13 + len(parties) + len(payers) + len(self.returns)
        self.first, self.last = first, first + len(postings) - 1
        row = self._statements(
            3, "By party", [(_PARTIES.get(name, name), name, each) for name, each in parties], 3
        )
        self._society(row)
        row = self._statements(row + 2, "By payer", [(name, name, each) for name, each in payers], 4)
        self._returns(row + 1)
        self.sheet.text(first - 2, 0, "Lines", "section")
        self.sheet.headings(first - 1, _LINES)
        for row, posting in enumerate(postings, start=first):
            self._line(row, posting)
        self.sheet.page.freeze_panes(3, 1)

    def _statements(
        self, row: int, title: str, statements: list[tuple[str, str, Statement]], column: int
    ) -> int:
        sheet = self.sheet
        sheet.headings(row, (title, *(words for _, words in _SUMS), "Net", "Cash in its gains"))
        for words, name, each in statements:
            row += 1
            sheet.text(row, 0, words, "cell")
            key = written(cell(sheet.name, row, 0)) if words == name else f'"{name}"'
            known = {
                "benefit": each.benefits,
                "transfer": each.transfers_in + each.transfers_out,
                "cost": each.costs,
            }
            for position, (side, label) in enumerate(_SUMS, start=1):
                formula = f'SUMIFS({self._range(5)},{self._range(column)},{key},{self._range(2)},"{side}")'
                sheet.formula(row, position, formula, known[side], "cell", "money")
                self.facts.append((f"Ledger: {words}, {label.lower()}", known[side], self._at(row, position)))
            self._net(row, each, "cell")
            cash = f'SUMIFS({self._range(7)},{self._range(column)},{key},{self._range(2)},"<>cost")'
            sheet.formula(row, 5, cash, each.cashable, "cell", "money")
            self.facts.append((f"Ledger: {words}, cash in its gains", each.cashable, self._at(row, 5)))
        return row + 1

    def _society(self, row: int) -> None:
        sheet, society = self.sheet, self.ledger.society
        sheet.text(row, 0, "Society", "total")
        known = {
            "benefit": society.benefits,
            "transfer": society.transfers_in + society.transfers_out,
            "cost": society.costs,
        }
        for position, (side, label) in enumerate(_SUMS, start=1):
            sheet.formula(
                row,
                position,
                f'SUMIFS({self._range(5)},{self._range(2)},"{side}")',
                known[side],
                "total",
                "money",
            )
            self.facts.append((f"Ledger: society, {label.lower()}", known[side], self._at(row, position)))
        self._net(row, society, "total")
        sheet.formula(
            row, 5, f'SUMIFS({self._range(7)},{self._range(2)},"<>cost")', society.cashable, "total", "money"
        )

    def _returns(self, top: int) -> None:
        """Returns under their own names: what each counts, and whose money it is over."""
        sheet, total = self.sheet, self.book.live.backend.total
        sheet.text(top, 0, "Returns, each under its own name", "section")
        sheet.headings(top + 1, (*_RETURNS, f"For {formatting.unit(self.book.study.currency)}"), height=18)
        sheet.page.merge_range(top + 1, 1, top + 1, 3, _RETURNS[1], self.book.styles("heading"))
        lines = [posting.entry for posting in self.ledger.postings]
        for row, (definition, known) in enumerate(
            zip(self.returns, self.ledger.ratios, strict=True), start=top + 2
        ):
            counted = [self.first + at for at, entry in enumerate(lines) if definition.counted(entry)]
            above = total([cell(sheet.name, at, 5) for at in counted])
            if definition.cash_only:
                above = formulas.cash_in(
                    above, total([cell(sheet.name, at, 7) for at in counted]), self.book.live.backend
                )
            below = [
                cell(sheet.name, self.first + at, 5)
                for at, entry in enumerate(lines)
                if definition.costs(entry)
            ]
            sheet.text(row, 0, definition.title, "cell", "wrap")
            said = f"{definition.counts}{f' ({definition.caution})' if definition.caution else ''}"
            sheet.paragraph(row, 1, 3, said, "cell")
            sheet.text(row, 4, definition.over, "cell", "wrap")
            sheet.formula(row, 5, above, known.numerator, "cell", "money")
            sheet.formula(row, 6, total(below), known.denominator, "cell", "money")
            value = formulas.social_return_ratio(cell(sheet.name, row, 5), cell(sheet.name, row, 6))
            shown = "nothing put in" if known.value is None else known.value
            sheet.formula(
                row,
                7,
                f'IF({cell(sheet.name, row, 6)}>0,{value},"nothing put in")',
                shown,
                "cell",
                "pence",
                "right",
            )
            if known.value is not None:
                self.facts.append((f"Ledger: {definition.title.lower()}", known.value, self._at(row, 7)))
            if definition.name == "savings_return":
                self.savings = (self._at(row, 7), known.value or 0.0)

    def _net(self, row: int, each: Statement, style: str) -> None:
        gains, transfers, costs = (cell(self.sheet.name, row, column) for column in (1, 2, 3))
        self.sheet.formula(
            row, 4, formulas.net_present_value(gains + transfers, costs), each.net, style, "money"
        )

    def _line(self, row: int, posting: Posting) -> None:
        book, sheet, entry = self.book, self.sheet, posting.entry
        cost = entry.side == "cost"
        path = f"{'inputs' if cost else 'outcomes'}.{entry.name}.present_value"
        sheet.text(
            row, 0, entry.title if entry.sign > 0 else f"{entry.title} (the other side)", "cell", "wrap"
        )
        sheet.text(row, 1, book.stakeholder(entry.stakeholder), "cell", "wrap")
        sheet.text(row, 2, entry.side, "cell")
        sheet.text(row, 3, entry.account.party, "cell")
        sheet.text(row, 4, entry.account.payer, "cell")
        sheet.formula(
            row,
            5,
            f"{'-' if entry.sign < 0 else ''}{book.at(path)}",
            posting.present_value,
            "cell",
            "money",
            "link",
        )
        amount = cell(sheet.name, row, 5)
        given = None if cost else book.study.outcomes[entry.name].cashable
        if given is not None:
            share = book.live.number(f"outcomes.{entry.name}.cashable", given)
            sheet.formula(row, 6, share, posting.cash_share, "cell", "percent") if not isinstance(
                share, float
            ) else sheet.number(row, 6, share, "cell", "percent", "input")
        elif cost:
            sheet.number(row, 6, posting.cash_share, "cell", "percent")
        else:
            loss = "0" if entry.kind == "wellbeing" else f"IF({reference(row, 5)}<0,1,0)"
            sheet.formula(row, 6, loss, posting.cash_share, "cell", "percent")
        sheet.formula(
            row, 7, formulas.cashable(amount, cell(sheet.name, row, 6)), posting.cash, "cell", "money"
        )

    def _range(self, column: int) -> str:
        return f"{reference(self.first, column)}:{reference(self.last, column)}"

    def _at(self, row: int, column: int) -> str:
        return f"{prefix(self.sheet.name)}{reference(row, column)}"
