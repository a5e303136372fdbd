"""What a reader of a ledger should know beside its figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sroi.labels import quoted
from sroi.model.owners import NOT_MONEY, NOT_STATED
from sroi.warned import ResultWarning

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sroi.model import Study
    from sroi.model.owners import Account
    from sroi.results.ledger_parts import Entry, Posting


def ledger_warnings(study: Study, postings: tuple[Posting, ...]) -> tuple[ResultWarning, ...]:
    """Whose account is not stated, what counts as cash without a share, and what no fiscal return counts."""
    found = []

    def say(warning: str, message: str, names: Iterable[str]) -> None:
        entries = list(dict.fromkeys(names))
        if entries:
            said = f"{message}: {quoted(study, entries)}"
            found.append(ResultWarning(warning, said, entries=entries))

    nobody = [each.entry for each in postings if each.entry.account.party == NOT_STATED]
    say(
        "party-not-stated",
        "the party is not stated, so no ledger but society's counts it",
        (_path(entry) for entry in nobody if entry.sign > 0),
    )
    say(
        "other-side-not-stated",
        "the other side of a transfer is not stated (from)",
        (_path(entry) for entry in nobody if entry.sign < 0),
    )
    money = [each for each in postings if each.entry.kind not in NOT_MONEY]
    say(
        "cash-share-not-given",
        "cashable is not given: none of a gain counts as cash, and all of a loss",
        (_path(each.entry) for each in money if not each.cash_is_given and _is_budget(each.entry.account)),
    )
    held = [each for each in postings if each.entry.account.party == "state" and each.entry.side != "cost"]
    say(
        "wellbeing-of-the-state",
        "wellbeing is not money, so no fiscal or cashable return counts it, though it is the state's",
        (_path(each.entry) for each in held if each.entry.kind == "wellbeing"),
    )
    say(
        "kind-in-no-return",
        "the kind is not stated, so no saving, fiscal or cashable return counts it",
        (_path(each.entry) for each in postings if each.entry.kind == NOT_STATED),
    )
    state = [each for each in held if each.entry.kind not in NOT_MONEY]
    if sum(each.cash for each in state) > sum(each.present_value for each in state):
        say(
            "cash-above-the-gain",
            "cash is more than the whole gain of the state, since part of a loss is said not to be cash, "
            "and its return counts no more than that gain",
            (_path(each.entry) for each in state if each.cash > each.present_value and each.cash_is_given),
        )
    return tuple(found)


def _path(entry: Entry) -> str:
    return f"{'inputs' if entry.side == 'cost' else 'outcomes'}.{entry.name}"


def _is_budget(account: Account) -> bool:
    return account.party == "state" or account.payer is not None
