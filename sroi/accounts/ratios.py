"""Returns on one pound, each under its own name, with what it counts and what it is over.

A definition says which entries it counts and which costs it is over; the money is given to it, a float or an
array of draws.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sroi import formulas
from sroi.backends import FLOATS
from sroi.labels import payer_label
from sroi.model.owners import NOT_MONEY
from sroi.results.ledger_parts import GreenBook, Ratio

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sroi.backends import Backend
    from sroi.model import Study
    from sroi.results.ledger_parts import Entry


@dataclass(frozen=True, slots=True)
class Definition:
    """One return: what is counted, whole or only its cash, and over whose costs."""

    name: str
    title: str
    counts: str
    over: str
    counted: Callable[[Entry], bool]
    costs: Callable[[Entry], bool]
    cash_only: bool = False
    caution: str = ""


def summed(entries: Sequence[Entry], counted: Callable[[Entry], bool], money: Callable[[Entry], Any]) -> Any:
    """Money of the entries that are counted."""
    return sum((money(entry) for entry in entries if counted(entry)), 0.0)


def ratio(
    definition: Definition,
    entries: Sequence[Entry],
    money: Callable[[Entry], Any],
    cash: Callable[[Entry], Any],
) -> Ratio:
    """One return; ``money`` and ``cash`` give an entry's present value and its part that is cash, signed."""
    above, below = terms(definition, entries, money, cash)
    value = finite(formulas.social_return_ratio(above, below)) if below > 0 else None
    said = (definition.counts, definition.over, definition.caution)
    return Ratio(definition.name, definition.title, value, float(above), float(below), *said)


def finite(value: Any) -> float | None:
    """A quotient, or None where what it is over is too small for it to be a number."""
    return float(value) if math.isfinite(value) else None


def terms(
    definition: Definition,
    entries: Sequence[Entry],
    money: Callable[[Entry], Any],
    cash: Callable[[Entry], Any],
    backend: Backend = FLOATS,
) -> tuple[Any, Any]:
    """What is counted and what it is over: floats, or arrays with a draw an entry."""
    above = summed(entries, definition.counted, money)
    if definition.cash_only:
        above = formulas.cash_in(above, summed(entries, definition.counted, cash), backend)
    return above, summed(entries, definition.costs, money)


def _cost(entry: Entry) -> bool:
    return entry.side == "cost"


def _money(entry: Entry) -> bool:
    """Whether a gain or loss is of money or services, so that a budget can hold it."""
    return not _cost(entry) and entry.kind not in NOT_MONEY


def _in_total(entry: Entry) -> bool:
    return not _cost(entry) and entry.in_total


_ALL_VALUE = "value of all outcomes in the total"


def definitions(study: Study, entries: Sequence[Entry]) -> tuple[Definition, ...]:
    """Returns of a study's entries: of society, the state and each payer, on the money of each funder."""
    payers = list(dict.fromkeys(entry.account.payer for entry in entries if entry.account.payer))
    funders = list(dict.fromkeys(entry.stakeholder for entry in entries if _cost(entry)))
    return (
        *_society_returns(),
        *_state_returns(),
        *(each for payer in payers for each in _payer_returns(payer, payer_label(study, payer))),
        *(_funder_return(funder, study.stakeholders[funder].title) for funder in funders),
    )


def _society_returns() -> tuple[Definition, ...]:
    return (
        Definition("social_return", "Social return", _ALL_VALUE, "all inputs", _in_total, _cost),
        Definition(
            "social_return_without_wellbeing",
            "Social return without wellbeing",
            f"{_ALL_VALUE} that is not wellbeing",
            "all inputs",
            lambda entry: _in_total(entry) and entry.kind not in NOT_MONEY,
            _cost,
        ),
        Definition(
            "social_return_on_cash",
            "Social return on cash alone",
            _ALL_VALUE,
            "inputs given as cash",
            _in_total,
            lambda entry: _cost(entry) and entry.kind == "cash",
            caution="leaves out what was given in kind, as time or at less than its worth",
        ),
    )


def _state_returns() -> tuple[Definition, ...]:
    def costs(entry: Entry) -> bool:
        return _cost(entry) and entry.account.party == "state"

    def gains(entry: Entry) -> bool:
        return _money(entry) and entry.account.party == "state"

    return (
        Definition(
            "savings_return",
            "Services needed less",
            "services that bodies of the state need less, whether or not any of it is cash",
            "all inputs",
            lambda entry: gains(entry) and entry.kind == "resource",
            _cost,
        ),
        *_budget_returns(
            "",
            "",
            "what the state gains: services needed less, taxes and transfers in, less transfers out",
            "the part of the fiscal gain that can be taken out as money",
            "inputs of the state",
            gains,
            costs,
        ),
    )


def _payer_returns(payer: str, called: str) -> tuple[Definition, ...]:
    return _budget_returns(
        f":{payer}",
        f" to {called}",
        f"what {called} gains in services and money",
        f"the part of it that {called} can take out",
        f"inputs of {called}",
        lambda entry: _money(entry) and entry.account.payer == payer,
        lambda entry: _cost(entry) and entry.account.payer == payer,
    )


def _budget_returns(
    name: str,
    title: str,
    fiscal: str,
    cashable: str,
    over: str,
    gains: Callable[[Entry], bool],
    costs: Callable[[Entry], bool],
) -> tuple[Definition, Definition]:
    """All that a budget gains, and its cash, both over what the budget puts in."""
    return (
        Definition(f"fiscal_return{name}", f"Fiscal return{title}", fiscal, over, gains, costs),
        Definition(
            f"cashable_return{name}", f"Cashable return{title}", cashable, over, gains, costs, cash_only=True
        ),
    )


def _funder_return(funder: str, called: str) -> Definition:
    return Definition(
        f"social_return_on:{funder}",
        f"All value over the money of {called} alone",
        _ALL_VALUE,
        f"inputs of {called}",
        _in_total,
        lambda entry: _cost(entry) and entry.stakeholder == funder,
        caution="counts what the other inputs brought too: say whose money it is over, or claim a share",
    )


def green_book(entries: Sequence[Entry], money: Callable[[Entry], Any], units: dict[str, float]) -> GreenBook:
    """The metrics, transfers left out; ``units`` are those of each service needed less."""
    benefits = summed(entries, lambda entry: entry.side == "benefit", money)
    costs = summed(entries, _cost, money)
    public = summed(entries, lambda entry: _cost(entry) and entry.account.party == "state", money)
    return GreenBook(
        npsv=float(formulas.net_present_value(benefits, costs)),
        bcr=finite(formulas.social_return_ratio(benefits, costs)) if costs > 0 else None,
        rpsc=finite(formulas.return_on_public_cost(benefits, costs - public, public)) if public > 0 else None,
        npuc={service: float(formulas.units_a_pound(count, costs)) for service, count in units.items()}
        if costs > 0
        else {},
    )
