"""Simulation: every uncertain number drawn at once, the whole study evaluated for each draw."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sroi import formulas
from sroi.evaluation import Evaluation, evaluate
from sroi.tables import Table, Tabled
from sroi.uncertainty import sampling, tables
from sroi.uncertainty.arguments import check_sampler, checked_count, checked_seed
from sroi.uncertainty.carrying import FIGURES, carried
from sroi.uncertainty.model import DrawnStudy
from sroi.uncertainty.spread import Spread
from sroi.uncertainty.streams import Stream
from sroi.uncertainty.uncertain import Uncertainty, uncertainty

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

    from sroi.model import Study
    from sroi.reports.charts import Charts


_SHOWN_OUTCOMES = 65_536
"""Draws from which the spreads of single outcomes are taken."""

_FIRST_LOOK = 1_024
"""Draws after which the mean is first looked at."""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Simulation(Tabled):
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
    uncertain : Uncertainty
        What was drawn.
    spreads : dict of str to Spread
        By figure: social_return_ratio, net_present_value, present_value, investment, payback_years,
        savings_ratio.
    outcomes : dict of str to Spread
        Present value of each outcome in the total, over the first 65,536 draws.
    probability_above_one : float
        Share of the draws in which the social return ratio is above 1.
    claims : dict of str to float
        Share of the draws in which what a claim is about reaches the claimed ratio.
    convergence : tuple of (draws, mean, standard error)
        The mean ratio as the draws went on.
    truncated : dict of str to float
        Share of draws of a number that were brought back to its bounds.
    histogram : tuple of ndarray
        Counts and edges of the social return ratio, without the outer half per cent.
    warnings : tuple of str
        What a reader should be told of the draws.
    """

    evaluation: Evaluation
    draws: int
    seed: int | None
    sampler: sampling.Sampler
    uncertain: Uncertainty
    spreads: dict[str, Spread]
    outcomes: dict[str, Spread]
    probability_above_one: float
    claims: dict[str, float]
    convergence: tuple[tuple[int, float, float], ...]
    truncated: dict[str, float]
    histogram: tuple[Any, Any]
    warnings: tuple[str, ...]

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
        """Mean present value over mean investment: the ratio to quote where ratios of several programmes are compared or added up."""
        means = (self.spreads["present_value"].mean, self.spreads["investment"].mean)
        return float(formulas.social_return_ratio(*means))

    @property
    def table(self) -> pd.DataFrame:
        """The spreads, a figure a row."""
        import pandas as pd  # noqa: PLC0415 - loaded only when a table is asked for

        rows = {**self.spreads, **{f"outcomes.{name}": spread for name, spread in self.outcomes.items()}}
        return pd.DataFrame({name: spread.to_dict() for name, spread in rows.items()}).T

    @property
    def charts(self) -> Charts:
        """The charts of this result, with these draws."""
        from sroi.reports.charts import Charts  # noqa: PLC0415 - loaded only when a chart is asked for

        return Charts(self.evaluation, drawn=self)

    @property
    def tables(self) -> tuple[Table, ...]:
        """What a person reads, as tables of words."""
        return tables.of_a_simulation(self)

    @property
    def statement(self) -> str:
        """One sentence that is safe to quote, with the range."""
        return tables.statement(self)

    def to_dict(self) -> dict[str, Any]:
        """The simulation as plain values that JSON can hold."""
        return {
            "study": self.study.id,
            "borough": self.study.borough,
            "draws": self.draws,
            "seed": self.seed,
            "sampler": self.sampler,
            "uncertain_numbers": len(self.uncertain.numbers),
            "central": {name: getattr(self.evaluation, name) for name in FIGURES},
            **{name: spread.to_dict() for name, spread in self.spreads.items()},
            "ratio_of_means": self.ratio_of_means,
            "mean_of_ratios": self.ratio.mean,
            "probability_above_one": self.probability_above_one,
            "claims": self.claims,
            "outcomes": {name: spread.to_dict() for name, spread in self.outcomes.items()},
            "convergence": [list(step) for step in self.convergence],
            "truncated": self.truncated,
            "statement": self.statement,
            "warnings": [*self.evaluation.warnings, *self.warnings],
            "provenance": self.evaluation.provenance,
        }

    def __repr__(self) -> str:
        low, high = self.ratio.percentiles[10], self.ratio.percentiles[90]
        spread = f"ratio {low:.4g} to {high:.4g} (P10 to P90), above 1 in {self.probability_above_one:.0%}"
        return f"Simulation({self.study.id}: {spread}, {self.draws:,} draws)"


def simulate(
    study: Study,
    *,
    draws: int = 10_000,
    seed: int | None = 0,
    sampler: sampling.Sampler = "random",
    threads: int | None = None,
    on_chunk: Callable[[int], None] | None = None,
    keep: Callable[[dict[str, Any]], None] | None = None,
) -> Simulation:
    """Evaluate a study under all its uncertain numbers at once.

    Parameters
    ----------
    study : Study
        Every estimate with a range is drawn once a draw, under its own name, and used wherever the name is
        used.
    draws : int
        How many; memory does not grow with them beyond a million.
    seed : int or None
        0 is a seed; None takes fresh randomness.
    sampler : {"random", "sobol"}
        Pseudo-random draws, or scrambled Sobol points, which sharpen means and nothing is claimed of for
        percentiles.
    threads : int, optional
        How many chunks are carried at once; the numbers do not depend on it.
    on_chunk : callable, optional
        Told how many draws each finished chunk had.
    keep : callable, optional
        Given each chunk's draws and figures, in order, a mapping of name to array.

    Raises
    ------
    DocumentError
        If a range cannot be drawn from, correlations contradict each other, or ``draws`` is not a number
        above 0; before anything is drawn.
    UndefinedResultError
        If the study has no result on its central values.
    """
    draws = checked_count(draws, "draws")
    seed = checked_seed(seed)
    check_sampler(sampler)
    threads = None if threads is None else checked_count(threads, "threads")
    evaluation = evaluate(study)
    uncertain = uncertainty(study)
    model = DrawnStudy(study)
    claimed = {name: claim.ratio for name, claim in study.claims.items() if claim.ratio is not None}
    streams = {name: Stream(draws, {0.0, 1.0, *claimed.values()}) for name in FIGURES}
    outcomes = {name: Stream(_SHOWN_OUTCOMES) for name in model.counted}
    convergence: list[tuple[int, float, float]] = []
    truncated: Counter[str] = Counter()
    emptied: Counter[str] = Counter()
    done = 0
    for chunk in carried(
        model,
        uncertain,
        draws,
        seed=seed,
        sampler=sampler,
        threads=threads,
        shown=_SHOWN_OUTCOMES,
        keep=keep is not None,
    ):
        if not done:
            convergence += _within(chunk.figures["social_return_ratio"])
        for name, stream in streams.items():
            stream.add(chunk.figures[name])
        for name, present in chunk.outcomes.items():
            outcomes[name].add(present)
        truncated.update(chunk.truncated)
        emptied.update(chunk.emptied)
        if keep is not None:
            keep({**chunk.draws, **chunk.figures})
        size = chunk.size
        done += size
        if on_chunk is not None:
            on_chunk(size)
        if done == draws or done & (done - 1) == 0:
            convergence.append(
                (done, streams["social_return_ratio"].mean, streams["social_return_ratio"].standard_error)
            )
    brought_back = {path: count / draws for path, count in truncated.items() if count}
    spreads = {name: Spread.of(stream) for name, stream in streams.items()}
    about = {"savings": streams["savings_ratio"]}
    return Simulation(
        evaluation=evaluation,
        draws=draws,
        seed=seed,
        sampler=sampler,
        uncertain=uncertain,
        spreads=spreads,
        outcomes={name: Spread.of(stream) for name, stream in outcomes.items()},
        probability_above_one=streams["social_return_ratio"].share_above(1.0),
        claims={
            name: about.get(study.claims[name].meaning, streams["social_return_ratio"]).share_at_least(ratio)
            for name, ratio in claimed.items()
        },
        convergence=tuple(convergence),
        truncated=brought_back,
        histogram=streams["social_return_ratio"].histogram(),
        warnings=(
            *uncertain.remarks,
            *_of_the_points(draws, sampler),
            *_of_the_inputs(1 - streams["investment"].share_above(0.0)),
            *(
                f"{share:.2%} of the draws of {path} were brought back to its bounds"
                for path, share in brought_back.items()
            ),
            *_of_the_deductions({name: count / draws for name, count in emptied.items() if count}),
        ),
    )


def _within(ratios: Any) -> list[tuple[int, float, float]]:
    """How the mean ratio goes within the first chunk, at each power of two."""
    found = []
    count = _FIRST_LOOK
    while count < len(ratios):
        so_far = Stream(count)
        so_far.add(ratios[:count])
        found.append((count, so_far.mean, so_far.standard_error))
        count *= 2
    return found


def _of_the_points(draws: int, sampler: sampling.Sampler) -> list[str]:
    if sampler != "sobol" or not draws & (draws - 1):
        return []
    below, above = 1 << (draws.bit_length() - 1), 1 << draws.bit_length()
    return [f"Sobol points are balanced in powers of two, and {draws:,} is none: take {below:,} or {above:,}"]


def _of_the_inputs(without: float) -> list[str]:
    if not without:
        return []
    what = f"in {without:.2%} of the draws nothing or less is put in; their ratios mean nothing, and are still among those that are told of"
    return [f"{what}: raise the low ends of the inputs"]


def _of_the_deductions(emptied: dict[str, float]) -> list[str]:
    told = "the added deductions of {} pass 100% in {:.2%} of the draws, in which nothing is left of it: lower their high ends, or multiply them"
    return [told.format(f"outcomes.{name}", share) for name, share in emptied.items()]
