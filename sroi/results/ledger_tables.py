"""What a person reads of a ledger: the same rows for the terminal, Markdown, notebooks and reports."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from sroi import formatting, formulas
from sroi.labels import payer_label, unit_label
from sroi.model.owners import NOT_STATED
from sroi.results.demand_tables import demand
from sroi.results.quotes import claimed_ratios, in_words, standing
from sroi.results.quotes import wellbeing as wellbeing_in_words
from sroi.tables import Table
from sroi.words import readable

if TYPE_CHECKING:
    from sroi.results.ledger import Ledger
    from sroi.results.ledger_parts import Statement

PARTIES = {
    "participant": "People taking part",
    "family": "Their families",
    "volunteer": "Volunteers",
    "community": "Community",
    "business": "Businesses",
    "state": "The state",
    NOT_STATED: "Not stated",
}
"""How each party is called where a person reads it."""

READINGS = {
    "social_return": ("Social value", ("social_value", "unclear")),
    "savings_return": ("Savings, cash or not", ("savings", "unclear")),
    "cashable_return": ("Savings that are cash", ("savings", "unclear")),
}
"""How a published return may be read: the return that it is, and the meanings of a claim that it answers."""

RULE = (
    "Corrections by grade: the six are those of the GMCA unit cost database (2014), 0, 5, 10, 15, 25 and "
    "40%; that grades A to F, or none, earn them in that order is this package's own reading."
)
"""Where the corrections by grade come from, and what of them is our own."""

_MOST_YEARS = 8


def tables(ledger: Ledger, by: str | None = None) -> tuple[Table, ...]:
    """Readings, statements, demand avoided, every return, and what stands beside the headline."""
    chosen = [stated(ledger, name) for name in ((by,) if by is not None else ("party", "payer"))]
    if by in (None, "payer"):
        chosen.append(budget(ledger))
    demanded = () if by == "service" else (demand(ledger),)
    rest = (returns, costs, wellbeing, adjustments, green_book, funders)
    every = (readings(ledger), *chosen, *demanded, *(table(ledger) for table in rest))
    return tuple(table for table in every if table.rows)


def stated(ledger: Ledger, by: str) -> Table:
    """The statements by ``party``, ``payer`` or ``service``."""
    return {"party": parties, "payer": payers, "service": services}[by](ledger)


def _money(ledger: Ledger, *values: float | None) -> tuple[str, ...]:
    """Sums of money; empty where there is none."""
    currency = ledger.evaluation.study.currency
    return tuple(
        "" if value is None or not math.isfinite(value) else formatting.money(value, currency)
        for value in values
    )


def _return(ledger: Ledger, value: float | None) -> str:
    return "no such money" if value is None else in_words(ledger.evaluation.study, value)


def _one(ledger: Ledger) -> str:
    return formatting.unit(ledger.evaluation.study.currency)


def party_label(party: str | None) -> str:
    """What a party is called; nothing where none is stated."""
    return "" if party is None else PARTIES.get(party) or readable(party)


def _payer(ledger: Ledger, payer: str | None) -> str:
    return payer_label(ledger.evaluation.study, payer)


def _unit(ledger: Ledger, unit: str | None) -> str:
    return unit_label(ledger.evaluation.study, unit)


def readings(ledger: Ledger) -> Table:
    """Savings and social value side by side, each with what it counts and what it is over."""
    rows = []
    for name, (title, meanings) in READINGS.items():
        found, said = ledger.ratio(name), claimed_ratios(ledger.evaluation.study, meanings)
        value, put_in = _money(ledger, found.numerator, found.denominator)
        rows.append((title, found.counts, value, found.over, put_in, _return(ledger, found.value), said))
    one = _one(ledger)
    columns = ("Reading", "Counts", ">Value", "Over", ">Put in", f">For {one}", f">Claimed for {one}")
    note = "A return has a meaning only with what it counts and whose money it is over."
    return Table("One programme, two readings", columns, tuple(rows), note)


def parties(ledger: Ledger) -> Table:
    """The statement of each party, and of society."""

    def amounts(each: Statement) -> tuple[float, ...]:
        return each.benefits, each.transfers_in + each.transfers_out, each.costs, each.net

    rows = [
        (party_label(name), *_money(ledger, *amounts(each)))
        for name, each in ledger.parties.items()
        if any((each.benefits, each.transfers_in, each.transfers_out, each.costs))
    ]
    rows.append(("Society", *_money(ledger, *amounts(ledger.society))))
    columns = ("Party", ">Gains", ">Transfers", ">Puts in", ">Net")
    note = "Present values. Transfers move money between ledgers and cancel out in society."
    return Table("Who pays and who gains", columns, tuple(rows), note)


def payers(ledger: Ledger) -> Table:
    """The statement of each budget, with its own returns and payback."""
    paybacks = {each.payer: each.cashable for each in ledger.paybacks}
    rows = []
    for name, each in ledger.payers.items():
        own = ["", "", ""]
        if name in paybacks:
            returns = (ledger.ratio(f"{kind}_return:{name}").value for kind in ("fiscal", "cashable"))
            years = paybacks[name]
            back = "never" if years is None else formatting.years(years)
            own = [*(_return(ledger, value) for value in returns), back]
        rows.append(
            (_payer(ledger, name), *_money(ledger, each.gains, each.costs, each.net, each.cashable), *own)
        )
    amounts = (">Gains, transfers included", ">Puts in", ">Net", ">Cash in its gains")
    returned = (f">Fiscal return on its {_one(ledger)}", ">Cashable return", ">Payback in cash")
    note = (
        "Payback in cash: when the cash in its gains has covered what it puts in, within the years counted."
    )
    return Table("By payer", ("Payer", *amounts, *returned), tuple(rows), note)


def services(ledger: Ledger) -> Table:
    """The statement of each service that is needed less, with its units."""
    rows = []
    for name in dict.fromkeys(line.service for line in ledger.demand if line.service is not None):
        lines = [line for line in ledger.demand if line.service == name]
        before, after = (
            sum(line.before for line in lines),
            [line.after for line in lines if line.after is not None],
        )
        left = formatting.count(sum(after)) if len(after) == len(lines) else "not assessed"
        each = ledger.services.get(name)
        money = ("not priced", "") if each is None else _money(ledger, each.gains, each.cashable)
        rows.append((_unit(ledger, name), formatting.count(before), left, *money))
    columns = ("Service", ">Fewer, before deductions", ">Fewer, after", ">Present value", ">Of it cash")
    return Table("By service", columns, tuple(rows))


def budget(ledger: Ledger) -> Table:
    """What each payer's budget gains or loses in each year."""
    first = ledger.evaluation.study.first_year
    moving = zip(*(each.by_year for each in ledger.payers.values()), strict=True)
    years = [t for t, amounts in enumerate(moving) if any(amounts)]
    shown = years[:_MOST_YEARS]
    rows = tuple(
        (_payer(ledger, name), *_money(ledger, *(each.by_year[t] for t in shown), sum(each.by_year_pv)))
        for name, each in ledger.payers.items()
    )
    note = "Undiscounted; gains and transfers less what is put in, cash or not."
    if len(years) > len(shown):
        note += f" The years after {first + shown[-1]} are in the present value alone."
    columns = ("Payer", *(f">{first + t}" for t in shown), ">Present value")
    return Table("Net budget impact by year", columns, rows if shown else (), note)


def returns(ledger: Ledger) -> Table:
    """Every return under its own name, with its denominator."""
    rows = []
    for each in ledger.ratios:
        if each.denominator > 0 or ":" not in each.name:
            counts = f"{each.counts} ({each.caution})" if each.caution else each.counts
            over = (each.over, *_money(ledger, each.denominator))
            rows.append((each.title, counts, *over, _return(ledger, each.value)))
    columns = ("Return", "Counts", "Over", ">Put in", f">For {_one(ledger)}")
    return Table("Returns, each under its own name", columns, tuple(rows))


def costs(ledger: Ledger) -> Table:
    """What each outcome costs, which needs no money value."""
    rows = tuple(
        (line.title, formatting.count(line.attributable), *_money(ledger, line.cost_per_outcome))
        for line in ledger.demand
        if line.attributable is not None and line.cost_per_outcome is not None
    )
    note = "Attributable: what is left of the cohorts begun after the deductions of the first benefit year. "
    note += "All inputs over each line alone."
    columns = ("Outcome", ">Attributable", ">Inputs per outcome")
    return Table("Cost per attributable outcome", columns, rows, note)


def wellbeing(ledger: Ledger) -> Table:
    """Wellbeing in WELLBYs and QALYs."""
    rows = []
    for line in ledger.wellbeing:
        units = [formatting.count(each) for each in (line.undiscounted, line.discounted)]
        positive = line.discounted > 0
        cost = formulas.cost_a_unit(ledger.evaluation.investment, line.discounted) if positive else None
        rows.append((line.title, f"{line.measure}s", *units, *_money(ledger, cost)))
    note = "After deductions; discounted at the health rate, 1.5% a year, on these rows alone."
    columns = ("Outcome", "Unit", ">Undiscounted", ">Discounted", ">Inputs per unit")
    return Table("Wellbeing in its own units", columns, tuple(rows), note)


def adjustments(ledger: Ledger) -> Table:
    """The result under each adjustment, beside the unadjusted one."""
    result = ledger.evaluation
    headline = ("Unadjusted", result.social_return_ratio, result.net_present_value, "the headline")
    made = (
        (each.title, each.social_return_ratio, each.net_present_value, each.note)
        for each in ledger.adjustments
    )
    rows = tuple(
        (title, "not made", "", how.removeprefix("not made: "))
        if ratio is None
        else (title, _return(ledger, ratio), *_money(ledger, net), how)
        for title, ratio, net, how in (headline, *made)
    )
    columns = ("Adjustment", ">Social return", ">Net present value", "How")
    return Table("Beside the headline, never in it", columns, rows, RULE)


def green_book(ledger: Ledger) -> Table:
    """The metrics of the Green Book under its names."""
    found = ledger.green_book
    bcr = "undefined" if found.bcr is None else formatting.ratio(found.bcr)
    rpsc = "undefined: no public cost" if found.rpsc is None else formatting.ratio(found.rpsc)
    one = formatting.money(1000, ledger.evaluation.study.currency)
    rows = [
        ("Net present social value (NPSV)", *_money(ledger, found.npsv)),
        ("Benefit-cost ratio (BCR)", bcr),
        ("Return on public sector cost (RPSC)", rpsc),
    ]
    rows += [
        (f"Net present unit cost (NPUC): {_unit(ledger, service)} per {one}", formatting.count(1000 * units))
        for service, units in found.npuc.items()
        if units > 0
    ]
    note = "The Green Book (HM Treasury, 2026), Table 10; transfers left out. "
    note += "No threshold of a ratio decides value for money (paragraph 6.98)."
    return Table("In the terms of the Green Book", ("Metric", ">Value"), tuple(rows), note)


def funders(ledger: Ledger) -> Table:
    """The value shared between those who put something in."""
    titles = {name: each.title for name, each in ledger.evaluation.study.stakeholders.items()}
    rows = []
    for each in ledger.funders:
        amounts = (formatting.percent(each.share), *_money(ledger, each.investment, each.value))
        rows.append((titles.get(each.funder) or readable(each.funder), *amounts, _return(ledger, each.ratio)))
    columns = ("Funder", ">Share", ">Puts in", ">Value claimed", f">For its {_one(ledger)}")
    note = "Shares in proportion to inputs give every funder the same return; other shares want a reason."
    return Table("Shared between funders", columns, tuple(rows) if len(rows) > 1 else (), note)


def statement(ledger: Ledger) -> str:
    """Both readings in a few sentences that are safe to quote."""
    study, one = ledger.evaluation.study, _one(ledger)
    cash = ledger.ratio("cashable_return").value
    social, savings, own = (_return(ledger, ledger.ratio(name).value) for name in READINGS)
    felt = f", {words}" if (words := wellbeing_in_words(ledger.evaluation)) else ""
    state = f"as money that the state could take out, {own} for each {one} of its own"
    return (
        f"As social value, each {one} put in gives about {social}{felt}; "
        f"as services that the state needs less, whether or not any of it is cash, {savings}; "
        f"{'the state puts nothing in, so there is no return on its money' if cash is None else state} "
        f"({study.price_year} prices, method {study.method.called}, central values only, no range computed); "
        f"{standing(study)}. "
        "These are different returns: none may be quoted in the name of another."
    )
