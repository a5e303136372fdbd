"""The lines that every ledger is added up from: what each outcome and input adds to whose account."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from sroi.conventions import TRANSFERS, Conventions
from sroi.evaluation.owners import Account, account, owner
from sroi.evaluation.rows import title_of

if TYPE_CHECKING:
    from sroi.model import Study

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


def entries(study: Study) -> tuple[Entry, ...]:
    """Every line of the ledgers of a study: one an outcome with a money value, two a transfer, one an input; in the order of the study."""
    found: list[Entry] = []
    conventions = Conventions(study.method)
    for name, outcome in study.outcomes.items():
        if not outcome.priced:
            continue
        title, moved = title_of(name, outcome), outcome.kind in TRANSFERS
        counted = conventions.in_total(outcome)
        side: Side = "transfer" if moved else "benefit"
        found.append(
            Entry(
                name,
                title,
                outcome.stakeholder,
                outcome.kind,
                side,
                owner(study, outcome),
                counted,
                1,
                outcome.unit,
            )
        )
        if moved:
            found.append(
                Entry(
                    name,
                    title,
                    outcome.stakeholder,
                    outcome.kind,
                    side,
                    account(study, outcome.from_),
                    False,
                    -1,
                )
            )
    for name, entry in study.inputs.items():
        title = entry.title or name.replace("_", " ").capitalize()
        found.append(
            Entry(name, title, entry.stakeholder, entry.kind, "cost", account(study, entry.stakeholder), True)
        )
    return tuple(found)
