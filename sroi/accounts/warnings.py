"""What a reader of a ledger should be told beside its figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sroi.evaluation.owners import NOT_STATED, Account
from sroi.formatting import listed

if TYPE_CHECKING:
    from sroi.accounts.statements import Posting


def _of_a_budget(account: Account) -> bool:
    return account.party == "state" or account.payer is not None


def warnings_of(postings: tuple[Posting, ...]) -> tuple[str, ...]:
    """Whose account is not stated, what is counted as cash for want of a share, and what a return to the state leaves out."""
    found = []
    nobody = [
        each.entry for each in postings if each.entry.account.party == NOT_STATED and each.entry.sign > 0
    ]
    if nobody:
        found.append(
            f"the party is not stated, so no ledger but society's counts it: {listed(dict.fromkeys(entry.name for entry in nobody))}"
        )
    other = [
        each.entry for each in postings if each.entry.account.party == NOT_STATED and each.entry.sign < 0
    ]
    if other:
        found.append(
            f"the other side of a transfer is not stated (from): {listed(entry.name for entry in other)}"
        )
    bare = [
        each.entry.name
        for each in postings
        if not each.cash_is_given and each.entry.kind != "wellbeing" and _of_a_budget(each.entry.account)
    ]
    if bare:
        found.append(
            f"cashable is not given: none of a gain counts as cash, and all of a loss: {listed(dict.fromkeys(bare))}"
        )
    held = [each for each in postings if each.entry.account.party == "state" and each.entry.side != "cost"]
    felt = [each.entry.name for each in held if each.entry.kind == "wellbeing"]
    if felt:
        found.append(
            f"wellbeing is no money, so it is in no fiscal or cashable return, though it is said to be the state's: {listed(dict.fromkeys(felt))}"
        )
    state = [each for each in held if each.entry.kind != "wellbeing"]
    kept = [each.entry.name for each in state if each.cash > each.present_value and each.cash_is_given]
    if kept and sum(each.cash for each in state) > sum(each.present_value for each in state):
        found.append(
            f"cash is more than the whole gain of the state, since part of a loss is said not to be cash, and its return counts no more than "
            f"that gain: {listed(dict.fromkeys(kept))}"
        )
    return tuple(found)
