"""The lines that every ledger is added up from: what each outcome and input adds to whose account."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sroi.conventions import TRANSFERS, Conventions
from sroi.model.owners import account, owner
from sroi.results.ledger_parts import Entry, Side
from sroi.results.rows import title_of
from sroi.words import readable

if TYPE_CHECKING:
    from sroi.model import Study


def entries(study: Study) -> tuple[Entry, ...]:
    """Every line of the ledgers of a study, in its order: outcomes with money, other sides, inputs."""
    found: list[Entry] = []
    conventions = Conventions(study.method)
    for name, outcome in study.outcomes.items():
        if not outcome.priced:
            continue
        moved = outcome.kind in TRANSFERS
        side: Side = "transfer" if moved else "benefit"
        what = (name, title_of(name, outcome), outcome.stakeholder, outcome.kind, side)
        found.append(Entry(*what, owner(study, outcome), conventions.in_total(outcome), service=outcome.unit))
        if moved:
            found.append(Entry(*what, account(study, outcome.from_), in_total=False, sign=-1))
    for name, each in study.inputs.items():
        title, payer = each.title or readable(name), account(study, each.stakeholder)
        found.append(Entry(name, title, each.stakeholder, each.kind, "cost", payer, in_total=True))
    return tuple(found)
