"""What a person reads of uncertainty: the same rows for the terminal, Markdown and notebooks."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from sroi import figures
from sroi.tables import Table

if TYPE_CHECKING:
    from sroi.uncertainty.simulation import Simulation, Spread

_NAMES = {
    "social_return_ratio": "Social return ratio",
    "net_present_value": "Net present value",
    "present_value": "Present value of outcomes",
    "investment": "Present value of inputs",
    "payback_years": "Payback, years",
    "savings_ratio": "Savings of the state for each unit put in",
}


def chance(share: float) -> str:
    """A probability in words that a committee can read."""
    if share <= 0:
        return "in none of the draws"
    return "in less than 1% of the draws" if share < 0.01 else "in more than 99% of the draws" if share > 0.99 else f"in {share:.0%} of the draws"


def of_a_simulation(simulation: Simulation) -> tuple[Table, ...]:
    """Spreads of the figures, of the outcomes, and the chances of the claims."""
    currency = simulation.study.currency
    central = simulation.evaluation
    rows = []
    for name, spread in simulation.spreads.items():
        money = name not in ("social_return_ratio", "payback_years", "savings_ratio")
        rows.append((_NAMES[name], _written(getattr(central, name), currency, money=money), *_spread(spread, currency, money=money)))
    columns = ("Figure", ">Central", ">P5", ">P10", ">P50", ">P90", ">P95", ">Mean", ">Standard error")
    note = f"{simulation.draws:,} draws of {len(simulation.uncertain.numbers)} uncertain numbers, seed {simulation.seed}. "
    note += f"The ratio is above 1 {chance(simulation.probability_above_one)}. Mean of ratios {figures.ratio(simulation.ratio.mean)}, ratio of means "
    note += f"{figures.ratio(simulation.ratio_of_means)}: quote the ratio of means where programmes are compared or added up."
    tables = [Table("Range", columns, tuple(rows), note)]
    by_size = sorted(simulation.outcomes.items(), key=lambda pair: -abs(pair[1].mean))
    titles = {row.outcome: row for row in central.outcomes}
    cells = [
        (titles[name].title, figures.money(titles[name].present_value or 0.0, currency), *_spread(spread, currency, money=True)[:-1])
        for name, spread in by_size
    ]
    tables.append(Table("Present value of each outcome", ("Outcome", *columns[1:-1]), tuple(cells)))
    claims = simulation.study.claims
    told = []
    for name, share in simulation.claims.items():
        claim = claims[name]
        told.append((claim.says, f"{claim.ratio:g}", claim.meaning.replace("_", " "), chance(share)))
    tables.append(Table("Claims: how often the draws reach them", ("Claim", ">Ratio", "Meaning", "Reached"), tuple(told)))
    return tuple(table for table in tables if table.rows)


def _spread(spread: Spread, currency: str, *, money: bool) -> tuple[str, ...]:
    percentiles = [_written(value, currency, money=money) for value in spread.percentiles.values()]
    mean = "not in every draw" if spread.never else _written(spread.mean, currency, money=money)
    return (*percentiles, mean, "" if spread.never else _written(spread.standard_error, currency, money=money))


def _written(value: float | None, currency: str, *, money: bool) -> str:
    if value is None or math.isinf(value):
        return "never"
    return figures.money(value, currency) if money else figures.significant(value, 2)


def statement(simulation: Simulation) -> str:
    """One sentence that is safe to quote, with the range."""
    study = simulation.study
    one = figures.unit(study.currency)
    low, high = (figures.returned(simulation.ratio.percentiles[percent], study.currency) for percent in (10, 90))
    central = figures.returned(simulation.evaluation.social_return_ratio, study.currency)
    reached = [(claim, simulation.claims[name]) for name, claim in study.claims.items() if name in simulation.claims]
    told = "; ".join(f"“{claim.says}” is reached {chance(share)}" for claim, share in reached[:2] if claim.meaning != "savings")
    return (
        f"By a {study.kind} of {study.title}, each {one} put in gives {low} to {high} of social value in eight draws out of ten (central {central}, "
        f"{study.price_year} prices, method {study.method.profile}, {simulation.draws:,} draws over the ranges of "
        f"{len(simulation.uncertain.numbers)} numbers); it is above {one} {chance(simulation.probability_above_one)}{f'; {told}' if told else ''}."
    )
