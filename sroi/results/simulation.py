"""A simulation: what a study's result is under all its uncertain numbers at once."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

from sroi import formatting, formulas
from sroi.results import quotes
from sroi.results.base import Result, plain
from sroi.results.evaluation import Evaluation
from sroi.results.spread import Spread, chance
from sroi.tables import Brief, Table
from sroi.words import readable

if TYPE_CHECKING:
    import pandas as pd

    from sroi.model import Study
    from sroi.warned import ResultWarning

Sampler = Literal["random", "sobol"]

_TITLES = {
    "social_return_ratio": "Social return ratio",
    "net_present_value": "Net present value",
    "present_value": "Present value of outcomes",
    "investment": "Present value of inputs",
    "payback_years": "Payback, years",
    "savings_ratio": "Savings of the state for each unit put in",
}

FIGURES = tuple(_TITLES)
"""The figures of each draw."""

_MONEY = ("net_present_value", "present_value", "investment")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Simulation(Result):
    """What a study's result is under all its uncertain numbers at once.

    Attributes
    ----------
    evaluation : Evaluation
        The result on central values.
    draws : int
        How many draws.
    seed : int or None
        What they were begun with; the same seed gives the same numbers on any number of threads.
    sampler : {"random", "sobol"}
        How they were made.
    uncertain : tuple of str
        Paths of the numbers that were drawn, in the order of the study.
    spreads : mapping of str to Spread
        By figure: social_return_ratio, net_present_value, present_value, investment, payback_years,
        savings_ratio.
    outcomes : mapping of str to Spread
        Present value of each outcome in the total, over the first 65,536 draws.
    probability_above_one : float
        Share of the draws in which the social return ratio is above 1, of those in which anything is put in.
    claims : mapping of str to float
        Share of those draws in which what a claim over all inputs is about reaches the claimed ratio; social
        value, where its meaning is unclear.
    claims_as_savings : mapping of str to float
        The same of the claims whose meaning is unclear, read as savings.
    convergence : tuple of (draws, mean, standard error)
        The mean ratio as the draws went on.
    truncated : mapping of str to float
        Share of draws of a number that were brought back to its bounds.
    histogram : tuple of (counts, edges)
        Of the social return ratio, without the outer half per cent.
    centiles : tuple of float
        The social return ratios that 1, 2, … 99 draws in a hundred are below.
    warnings : tuple of ResultWarning
        What a reader should know about the draws.
    """

    evaluation: Evaluation
    draws: int
    seed: int | None
    sampler: Sampler
    uncertain: tuple[str, ...]
    spreads: Mapping[str, Spread]
    outcomes: Mapping[str, Spread]
    probability_above_one: float
    claims: Mapping[str, float]
    claims_as_savings: Mapping[str, float]
    convergence: tuple[tuple[int, float, float], ...]
    truncated: Mapping[str, float]
    histogram: tuple[tuple[float, ...], tuple[float, ...]]
    centiles: tuple[float, ...]
    warnings: tuple[ResultWarning, ...]

    def reached(self, claim: str) -> str:
        """How often the draws reach a claim, in words; in both readings where its meaning is unclear."""
        if claim not in self.claims:
            return ""
        said = chance(self.claims[claim])
        if claim not in self.claims_as_savings:
            return said
        return f"{said} as social value, {chance(self.claims_as_savings[claim])} as savings"

    @property
    def study(self) -> Study:
        """What was simulated."""
        return self.evaluation.study

    @property
    def ratio(self) -> Spread:
        """How the social return ratio is spread."""
        return self.spreads["social_return_ratio"]

    @property
    def ratio_of_means(self) -> float:
        """Mean present value over mean investment: quote it where programmes are compared or added up."""
        means = (self.spreads["present_value"].mean, self.spreads["investment"].mean)
        return float(formulas.social_return_ratio(*means))

    @property
    def frames(self) -> dict[str, pd.DataFrame]:
        """Data frames by name: ``spreads``, a figure or outcome a row, and ``convergence``."""
        import pandas as pd  # noqa: PLC0415 - loaded only when a frame is asked for

        spreads = {**self.spreads, **{f"outcomes.{name}": each for name, each in self.outcomes.items()}}
        return {
            "spreads": pd.DataFrame(plain(spreads)).T,
            "convergence": pd.DataFrame(self.convergence, columns=["draws", "mean", "standard_error"]),
        }

    @property
    def tables(self) -> tuple[Table, ...]:
        """What a person reads: spreads of the figures and outcomes, and the chances of the claims."""
        return tuple(table for table in (_figures(self), _outcomes(self), _claims(self)) if table.rows)

    @property
    def brief(self) -> Brief:
        """What a person reads first: the sentence that is safe to quote, and the range of each figure."""
        shown = ("Figure", "P10", "P50", "P90", "Central")
        table = replace(_figures(self).with_columns(shown), note="")
        also = "outcomes, claims, returns to each payer"
        return Brief((f"Safe to quote: {self.statement}",), (table,), rows="figures", also=also)

    @property
    def statement(self) -> str:
        """One sentence that is safe to quote, with the range."""
        return quotes.statement(self.evaluation, self)

    @property
    def answer(self) -> str:
        """The range in a sentence."""
        if not self.uncertain or self.ratio.undefined == 1:
            return "no range: no number that varies has a result"
        low, high = (quotes.in_words(self.study, end) for end in self.interval)
        one = formatting.unit(self.study.currency)
        above = chance(self.probability_above_one)
        return f"{one} gives {low} to {high} of social value in 8 of 10 draws; it is above {one} {above}"

    @property
    def interval(self) -> tuple[float, float]:
        """The social return ratios between which eight draws out of ten lie: the 10th and 90th percentile."""
        return self.ratio.percentiles[10], self.ratio.percentiles[90]

    def _plain(self) -> dict[str, Any]:
        """The simulation as plain values that JSON can hold."""
        return {
            "study": self.study.id,
            "borough": self.study.borough,
            "draws": self.draws,
            "seed": self.seed,
            "sampler": self.sampler,
            "uncertain_numbers": len(self.uncertain),
            "central": {name: getattr(self.evaluation, name) for name in FIGURES},
            **plain(self.spreads),
            "ratio_of_means": self.ratio_of_means,
            "mean_of_ratios": plain(self.ratio.mean),
            "probability_above_one": self.probability_above_one,
            "claims": dict(self.claims),
            "claims_as_savings": dict(self.claims_as_savings),
            "outcomes": plain(self.outcomes),
            "convergence": plain(self.convergence),
            "truncated": dict(self.truncated),
            "statement": self.statement,
            "warnings": plain((*self.evaluation.warnings, *self.warnings)),
            "provenance": self.evaluation.provenance,
        }

    def _line(self) -> str:
        low, high = self.interval
        if math.isnan(low):
            return f"{self.study.id}: no ratio in any of {self.draws:,} draws"
        spread = f"ratio {low:.4g} to {high:.4g} (P10 to P90), above 1 in {self.probability_above_one:.0%}"
        return f"{self.study.id}: {spread}, {self.draws:,} draws"


_COLUMNS = (">Central", ">P5", ">P10", ">P50", ">P90", ">P95", ">Mean")


def _figures(simulation: Simulation) -> Table:
    currency, ratio = simulation.study.currency, formatting.ratio
    rows = []
    for name, spread in simulation.spreads.items():
        money = name in _MONEY
        central = _written(getattr(simulation.evaluation, name), currency, money=money)
        error = "" if spread.never else _written(spread.standard_error, currency, money=money)
        rows.append((_TITLES[name], central, *_cells(spread, currency, money=money), error))
    mean = "–" if math.isnan(simulation.ratio.mean) else ratio(simulation.ratio.mean)
    count, above = len(simulation.uncertain), chance(simulation.probability_above_one)
    note = (
        f"{simulation.draws:,} draws of {count} uncertain numbers, seed {simulation.seed}. "
        f"The ratio is above 1 {above}. "
        f"Mean of ratios {mean}, ratio of means {ratio(simulation.ratio_of_means)}: "
        "quote the ratio of means where programmes are compared or added up."
    )
    return Table("Range", ("Figure", *_COLUMNS, ">Standard error"), tuple(rows), note)


def _outcomes(simulation: Simulation) -> Table:
    currency = simulation.study.currency
    central = {row.outcome: row for row in simulation.evaluation.outcomes}
    rows = tuple(
        (
            central[name].title,
            formatting.money(central[name].present_value or 0.0, currency),
            *_cells(spread, currency, money=True),
        )
        for name, spread in sorted(simulation.outcomes.items(), key=lambda pair: -abs(pair[1].mean))
    )
    return Table("Present value of each outcome", ("Outcome", *_COLUMNS), rows)


def _claims(simulation: Simulation) -> Table:
    rows = []
    own = quotes.own_claims(simulation.study)
    for name, claim in own.items():
        if name not in simulation.claims:
            continue
        rows.append(
            (
                claim.says,
                formatting.claim_in_a_column(claim.ratio or 0.0),
                readable(claim.meaning, capital=False),
                simulation.reached(name),
            )
        )
    columns = ("Claim", ">Ratio", "Meaning", "Reached")
    return Table("Claims: how often the draws reach them", columns, tuple(rows), key="claims")


def _cells(spread: Spread, currency: str, *, money: bool) -> tuple[str, ...]:
    percentiles = [_written(value, currency, money=money) for value in spread.percentiles.values()]
    return (
        *percentiles,
        "not in every draw" if spread.never else _written(spread.mean, currency, money=money),
    )


def _written(value: float | None, currency: str, *, money: bool) -> str:
    if value is None or math.isinf(value):
        return "never"
    if math.isnan(value):
        return "–"
    return formatting.money(value, currency) if money else formatting.ratio(value)
