"""Returns on one pound, each under its own name, with what it counts and what it is over.

A definition says which entries it counts and which costs it is over; the money is given to it, a float or an
array of draws.
"""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from sroi import formulas
from sroi.backends import FLOATS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sroi.accounts.entries import Entry
    from sroi.backends import Backend


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


@dataclass(frozen=True, slots=True)
class Ratio:
    """A return on one unit of money.

    Attributes
    ----------
    name, title : str
        Its name in results, and in words.
    value : float or None
        None where nothing is put in by those whose money it is over.
    numerator, denominator : float
        Present values, in the study's prices.
    counts, over : str
        What each of the two is, in words.
    caution : str
        What a reader should know of it; may be empty.
    """

    name: str
    title: str
    value: float | None
    numerator: float
    denominator: float
    counts: str
    over: str
    caution: str

    def to_dict(self) -> dict[str, Any]:
        """The ratio as plain values."""
        return asdict(self)


def summed(entries: Sequence[Entry], counted: Callable[[Entry], bool], money: Callable[[Entry], Any]) -> Any:
    """Money of the entries that are counted."""
    return sum((money(entry) for entry in entries if counted(entry)), 0.0)


def ratio(
    definition: Definition,
    entries: Sequence[Entry],
    money: Callable[[Entry], Any],
    cash: Callable[[Entry], Any],
) -> Ratio:
    """The central value of one return; ``money`` and ``cash`` give an entry's present value and the part of it that is cash, signed."""
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
    return not _cost(entry) and entry.kind != "wellbeing"


def _in_total(entry: Entry) -> bool:
    return not _cost(entry) and entry.in_total


def definitions(entries: Sequence[Entry]) -> tuple[Definition, ...]:
    """The returns that can be asked of some entries: of society, of the state, of each payer, and over each denominator."""
    payers = list(dict.fromkeys(entry.account.payer for entry in entries if entry.account.payer))
    funders = list(dict.fromkeys(entry.stakeholder for entry in entries if _cost(entry)))
    return (
        *_of_society(),
        *_of_the_state(),
        *(each for payer in payers for each in _of_a_payer(payer)),
        *map(_on_one_funder, funders),
    )


def _of_society() -> tuple[Definition, ...]:
    all_value = "value of all outcomes in the total"
    return (
        Definition("social_return", "Social return", all_value, "all inputs", _in_total, _cost),
        Definition(
            "social_return_without_wellbeing",
            "Social return without wellbeing",
            "value of all outcomes in the total that is not wellbeing",
            "all inputs",
            lambda entry: _in_total(entry) and entry.kind != "wellbeing",
            _cost,
        ),
        Definition(
            "social_return_on_cash",
            "Social return on cash alone",
            all_value,
            "inputs given as cash",
            _in_total,
            lambda entry: _cost(entry) and entry.kind == "cash",
            caution="leaves out what was given in kind, as time or at less than its worth",
        ),
    )


def _of_the_state() -> tuple[Definition, ...]:
    def state(entry: Entry) -> bool:
        return entry.account.party == "state"

    def state_costs(entry: Entry) -> bool:
        return _cost(entry) and state(entry)

    def gains(entry: Entry) -> bool:
        return _money(entry) and state(entry)

    return (
        Definition(
            "savings_return",
            "Services needed less",
            "services that bodies of the state need less, whether or not any of it is cash",
            "all inputs",
            lambda entry: gains(entry) and entry.kind == "resource",
            _cost,
        ),
        Definition(
            "fiscal_return",
            "Fiscal return",
            "what the state gains: services needed less, taxes and transfers in, less transfers out",
            "inputs of the state",
            gains,
            state_costs,
        ),
        Definition(
            "cashable_return",
            "Cashable return",
            "the part of the fiscal gain that can be taken out as money",
            "inputs of the state",
            gains,
            state_costs,
            cash_only=True,
        ),
    )


def _of_a_payer(payer: str) -> tuple[Definition, ...]:
    def own(entry: Entry) -> bool:
        return entry.account.payer == payer

    def gains(entry: Entry) -> bool:
        return _money(entry) and own(entry)

    def costs(entry: Entry) -> bool:
        return _cost(entry) and own(entry)

    over = f"inputs of {payer}"
    return (
        Definition(
            f"fiscal_return:{payer}",
            f"Fiscal return to {payer}",
            f"what {payer} gains in services and money",
            over,
            gains,
            costs,
        ),
        Definition(
            f"cashable_return:{payer}",
            f"Cashable return to {payer}",
            f"the part of it that {payer} can take out",
            over,
            gains,
            costs,
            cash_only=True,
        ),
    )


def _on_one_funder(funder: str) -> Definition:
    return Definition(
        f"social_return_on:{funder}",
        f"All value over the money of {funder} alone",
        "value of all outcomes in the total",
        f"inputs of {funder}",
        _in_total,
        lambda entry: _cost(entry) and entry.stakeholder == funder,
        caution="counts what the other inputs brought too: say whose money it is over, or claim a share",
    )


@dataclass(frozen=True, slots=True)
class GreenBook:
    """The summary metrics of The Green Book (2026), paragraph 6.93 and Table 10. Money in the study's prices; None where undefined.

    ``npuc`` holds, for each service, the units needed less for one unit of money put in: quantifiable
    benefits over the present value of costs.
    """

    npsv: float
    bcr: float | None
    rpsc: float | None
    npuc: dict[str, float]

    def to_dict(self) -> dict[str, Any]:
        """The metrics as plain values."""
        return asdict(self)


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
