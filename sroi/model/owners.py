"""Whose gain an outcome is: its party, and the budget within it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sroi.model.references import PARTIES

if TYPE_CHECKING:
    from sroi.model import Input, Outcome, Study

NOT_STATED = "not_stated"
"""Party of what the study does not say the owner of, and kind of what it does not say the kind of."""

NOT_MONEY = ("wellbeing", NOT_STATED)
"""Kinds of outcome that no saving, fiscal return or cash may hold."""


@dataclass(frozen=True, slots=True)
class Account:
    """A party, and the budget within it where that is known."""

    party: str
    payer: str | None = None


def account(study: Study, name: str | None) -> Account:
    """The account of a stakeholder, of a party, or of a body of the state written ``state:nhs``."""
    if name is None:
        return Account(NOT_STATED)
    stakeholder = study.stakeholders.get(name)
    if stakeholder is not None:
        return Account(stakeholder.party or NOT_STATED, stakeholder.payer)
    party, _, payer = name.partition(":")
    return Account(party if party in PARTIES else NOT_STATED, payer.strip() or None)


def owner(study: Study, outcome: Outcome) -> Account:
    """Whom an outcome's value reaches: its own party and payer, or those of its stakeholder."""
    found = account(study, outcome.accrues_to or outcome.stakeholder)
    return Account(found.party, outcome.payer) if outcome.payer is not None else found


def gainer(study: Study, outcome: Outcome) -> str | None:
    """The stakeholder that gains by an outcome; None where another party than its stakeholder's gains."""
    name = outcome.accrues_to
    if name is None or name in study.stakeholders:
        return name or outcome.stakeholder
    reached, own = account(study, name), account(study, outcome.stakeholder)
    same = reached.party == own.party and reached.payer in (None, own.payer)
    return outcome.stakeholder if same else None


def inputs_over(study: Study, over: str | None) -> tuple[str, ...]:
    """The inputs that a return is over: all, public or council money, cash, or what one funder puts in."""
    funder = (over or "").partition(":")[2].strip()

    def counts(entry: Input) -> bool:
        giver = study.stakeholders[entry.stakeholder]
        match over:
            case None | "all":
                return True
            case "public":
                return giver.party == "state"
            case "council":
                return giver.payer == "council"
            case "cash":
                return entry.kind == "cash"
        return funder in (entry.stakeholder, giver.payer)

    return tuple(name for name, entry in study.inputs.items() if counts(entry))


def over_money(study: Study, over: str | None) -> Study:
    """The same study with only those inputs, so that every figure of it is over that money alone."""
    kept = inputs_over(study, over)
    if len(kept) == len(study.inputs):
        return study
    return study.model_copy(update={"inputs": {name: study.inputs[name] for name in kept}})


def savings_of(study: Study) -> set[str]:
    """The outcomes that are services which bodies of the state need less."""
    return {
        name
        for name, outcome in study.outcomes.items()
        if outcome.kind == "resource" and owner(study, outcome).party == "state"
    }
