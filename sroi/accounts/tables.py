"""What a person reads of a ledger: the same rows for the terminal, Markdown, notebooks and reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sroi import formatting, formulas
from sroi.accounts.adjustments import RULE
from sroi.accounts.ratios import finite
from sroi.evaluation.owners import NOT_STATED
from sroi.evaluation.summary import claimed_ratios
from sroi.tables import Table

if TYPE_CHECKING:
    from sroi.accounts.ledger import Ledger
    from sroi.accounts.statements import Statement

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
"""The readings that a published return may have, each by the return it is, with the meanings of a claim that it answers."""


def tables(ledger: Ledger, by: str | None = None) -> tuple[Table, ...]:
    """Both readings first, then the statements, the demand avoided, every return under its name, and what stands beside the headline."""
    statements = {
        "party": (by_party(ledger),),
        "payer": (by_payer(ledger), budget(ledger)),
        "service": (by_service(ledger),),
    }
    chosen = statements[by] if by is not None else (by_party(ledger), by_payer(ledger), budget(ledger))
    demanded = () if by == "service" else (demand(ledger),)
    rest = (
        returns(ledger),
        costs(ledger),
        wellbeing(ledger),
        adjustments(ledger),
        green_book(ledger),
        funders(ledger),
    )
    return tuple(table for table in (readings(ledger), *chosen, *demanded, *rest) if table.rows)


def _money(ledger: Ledger, value: float | None) -> str:
    return "" if value is None else formatting.money(value, ledger.evaluation.study.currency)


def _return(ledger: Ledger, value: float | None) -> str:
    return "no such money" if value is None else formatting.returned(value, ledger.evaluation.study.currency)


def readings(ledger: Ledger) -> Table:
    """Savings and social value side by side, each with what it counts and what it is over."""
    one = formatting.unit(ledger.evaluation.study.currency)
    rows = []
    for name, (title, meanings) in READINGS.items():
        found = ledger.ratio(name)
        said = claimed_ratios(ledger.evaluation.study, meanings)
        rows.append(
            (
                title,
                found.counts,
                _money(ledger, found.numerator),
                found.over,
                _money(ledger, found.denominator),
                _return(ledger, found.value),
                said,
            )
        )
    columns = ("Reading", "Counts", ">Value", "Over", ">Put in", f">For {one}", f">Claimed for {one}")
    return Table(
        "One programme, two readings",
        columns,
        tuple(rows),
        "A return has a meaning only with what it counts and whose money it is over.",
    )


def _line(ledger: Ledger, title: str, each: Statement) -> tuple[str, ...]:
    moved = each.transfers_in + each.transfers_out
    return (title, *(_money(ledger, amount) for amount in (each.benefits, moved, each.costs, each.net)))


_LEDGER_COLUMNS = (">Gains", ">Transfers", ">Puts in", ">Net")


def by_party(ledger: Ledger) -> Table:
    """The statement of each party, and of society."""
    moving = {
        name: each
        for name, each in ledger.parties.items()
        if any((each.benefits, each.transfers_in, each.transfers_out, each.costs))
    }
    rows = [_line(ledger, PARTIES.get(name, name), each) for name, each in moving.items()]
    rows.append(_line(ledger, "Society", ledger.society))
    note = "Present values. Transfers move money between ledgers and cancel out in society."
    return Table("Who pays and who gains", ("Party", *_LEDGER_COLUMNS), tuple(rows), note)


def by_payer(ledger: Ledger) -> Table:
    """The statement of each budget, with its own returns and payback."""
    paybacks = {each.payer: each for each in ledger.paybacks}
    rows = []
    for name, each in ledger.payers.items():
        paid = paybacks.get(name)
        back = "" if paid is None else "never" if paid.cashable is None else formatting.years(paid.cashable)
        fiscal, cash = (
            _return(ledger, ledger.ratio(f"{kind}:{name}").value) if paid is not None else ""
            for kind in ("fiscal_return", "cashable_return")
        )
        amounts = (each.gains, each.costs, each.net, each.cashable)
        rows.append((name, *(_money(ledger, amount) for amount in amounts), fiscal, cash, back))
    one = formatting.unit(ledger.evaluation.study.currency)
    columns = (
        "Payer",
        ">Gains, transfers included",
        ">Puts in",
        ">Net",
        ">Cash in its gains",
        f">Fiscal return on its {one}",
        ">Cashable return",
        ">Payback in cash",
    )
    return Table(
        "By payer",
        columns,
        tuple(rows),
        "Payback in cash: when the cash in its gains has covered what it puts in, within the years counted.",
    )


def by_service(ledger: Ledger) -> Table:
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
        money = (
            ("not priced", "")
            if each is None
            else (_money(ledger, each.gains), _money(ledger, each.cashable))
        )
        rows.append((name, formatting.count(before), left, *money))
    columns = ("Service", ">Fewer, before deductions", ">Fewer, after", ">Present value", ">Of it cash")
    return Table("By service", columns, tuple(rows))


def budget(ledger: Ledger) -> Table:
    """What each payer's budget gains or loses in each year."""
    first = ledger.evaluation.study.first_year
    years = [
        t
        for t in range(len(ledger.society.by_year))
        if any(each.by_year[t] for each in ledger.payers.values())
    ]
    shown = years[:_MOST_YEARS]
    rows = [
        (name, *(_money(ledger, each.by_year[t]) for t in shown), _money(ledger, sum(each.by_year_pv)))
        for name, each in ledger.payers.items()
    ]
    note = "Undiscounted; gains and transfers less what is put in, cash or not."
    note += (
        f" The years after {first + shown[-1]} are in the present value alone."
        if len(years) > len(shown)
        else ""
    )
    return Table(
        "Net budget impact by year",
        ("Payer", *(f">{first + t}" for t in shown), ">Present value"),
        tuple(rows) if shown else (),
        note,
    )


_MOST_YEARS = 8


def demand(ledger: Ledger) -> Table:
    """The services that are needed less, in units, before and after deductions."""
    rows = []
    for line in ledger.demand:
        if line.service is None:
            continue
        after = "not assessed" if line.after is None else formatting.count(line.after)
        rows.append(
            (
                line.title,
                line.service,
                line.payer or "",
                formatting.count(line.before),
                after,
                _money(ledger, line.unit_cost) or "not priced",
                _money(ledger, line.total),
                _money(ledger, line.cost_per_unit),
            )
        )
    columns = (
        "Outcome",
        "Unit",
        "Payer",
        ">Fewer, before deductions",
        ">Fewer, after",
        ">Unit cost",
        ">Worth",
        ">Inputs per unit avoided",
    )
    note = "All years together, undiscounted; a negative number is demand added. Inputs per unit: all inputs over this line alone."
    return Table("Demand avoided", columns, tuple(rows), note)


def returns(ledger: Ledger) -> Table:
    """Every return under its own name, with its denominator."""
    rows = [
        (
            each.title,
            each.counts + (f" ({each.caution})" if each.caution else ""),
            each.over,
            _money(ledger, each.denominator),
            _return(ledger, each.value),
        )
        for each in ledger.ratios
        if each.denominator > 0 or ":" not in each.name
    ]
    one = formatting.unit(ledger.evaluation.study.currency)
    return Table(
        "Returns, each under its own name",
        ("Return", "Counts", "Over", ">Put in", f">For {one}"),
        tuple(rows),
    )


def costs(ledger: Ledger) -> Table:
    """What each outcome costs, which needs no money value."""
    rows = [
        (line.title, formatting.count(line.attributable), _money(ledger, line.cost_per_outcome))
        for line in ledger.demand
        if line.attributable is not None and line.cost_per_outcome is not None
    ]
    note = "Attributable: what is left of the cohorts begun after the deductions of the first benefit year. All inputs over each line alone."
    return Table(
        "Cost per attributable outcome",
        ("Outcome", ">Attributable", ">Inputs per outcome"),
        tuple(rows),
        note,
    )


def wellbeing(ledger: Ledger) -> Table:
    """Wellbeing in WELLBYs and QALYs."""
    spent = ledger.evaluation.investment
    rows = []
    for line in ledger.wellbeing:
        cost = finite(formulas.cost_a_unit(spent, line.discounted)) if line.discounted > 0 else None
        rows.append(
            (
                line.title,
                f"{line.measure}s",
                formatting.count(line.undiscounted),
                formatting.count(line.discounted),
                _money(ledger, cost),
            )
        )
    note = "After deductions; discounted at the health rate, 1.5% a year, on these rows alone."
    return Table(
        "Wellbeing in its own units",
        ("Outcome", "Unit", ">Undiscounted", ">Discounted", ">Inputs per unit"),
        tuple(rows),
        note,
    )


def adjustments(ledger: Ledger) -> Table:
    """The result under each adjustment, beside the unadjusted one."""
    result = ledger.evaluation
    plain = (
        "Unadjusted",
        _return(ledger, result.social_return_ratio),
        _money(ledger, result.net_present_value),
        "the headline",
    )
    made = [
        (
            each.title,
            _return(ledger, each.social_return_ratio),
            _money(ledger, each.net_present_value),
            each.note,
        )
        if each.social_return_ratio is not None
        else (each.title, "not made", "", each.note.removeprefix("not made: "))
        for each in ledger.adjustments
    ]
    return Table(
        "Beside the headline, never in it",
        ("Adjustment", ">Social return", ">Net present value", "How"),
        (plain, *made),
        RULE,
    )


def green_book(ledger: Ledger) -> Table:
    """The metrics of the Green Book under its names."""
    found = ledger.green_book
    rows = [
        ("Net present social value (NPSV)", _money(ledger, found.npsv)),
        ("Benefit-cost ratio (BCR)", "undefined" if found.bcr is None else formatting.ratio(found.bcr)),
        (
            "Return on public sector cost (RPSC)",
            "undefined: no public cost" if found.rpsc is None else formatting.ratio(found.rpsc),
        ),
    ]
    one = formatting.money(1000, ledger.evaluation.study.currency)
    rows += [
        (f"Net present unit cost (NPUC): {service} per {one}", formatting.count(1000 * units))
        for service, units in found.npuc.items()
        if units > 0
    ]
    note = "The Green Book (HM Treasury, 2026), Table 10; transfers left out. No threshold of a ratio decides value for money (paragraph 6.98)."
    return Table("In the terms of the Green Book", ("Metric", ">Value"), tuple(rows), note)


def funders(ledger: Ledger) -> Table:
    """The value shared between those who put something in."""
    if len(ledger.funders) < 2:
        return Table("Shared between funders", ("Funder",), ())
    titles = {name: each.title for name, each in ledger.evaluation.study.stakeholders.items()}
    rows = [
        (
            titles.get(each.funder, each.funder),
            formatting.percent(each.share),
            _money(ledger, each.investment),
            _money(ledger, each.value),
            _return(ledger, each.ratio),
        )
        for each in ledger.funders
    ]
    columns = (
        "Funder",
        ">Share",
        ">Puts in",
        ">Value claimed",
        f">For its {formatting.unit(ledger.evaluation.study.currency)}",
    )
    note = "Shares in proportion to inputs give every funder the same return; other shares want a reason."
    return Table("Shared between funders", columns, tuple(rows), note)


def statement(ledger: Ledger) -> str:
    """Both readings in a few sentences that are safe to quote."""
    result = ledger.evaluation
    study = result.study
    one = formatting.unit(study.currency)
    social, savings, cash = (ledger.ratio(name) for name in READINGS)
    said = [
        f"As social value, each {one} put in gives about {_return(ledger, social.value)}",
        f"as services that the state needs less, whether or not any of it is cash, {_return(ledger, savings.value)}",
    ]
    if cash.value is None:
        said.append("the state puts nothing in, so there is no return on its money")
    else:
        said.append(
            f"as money that the state could take out, {_return(ledger, cash.value)} for each {one} of its own"
        )
    tail = f"{study.price_year} prices, method {study.method.called}, central values only, no range computed"
    return (
        f"{'; '.join(said)} ({tail}). These are different returns: none may be quoted in the name of another."
    )
