"""Simulation: every uncertain number drawn at once, the whole study evaluated for each draw."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from sroi.arguments import checked_arguments
from sroi.evaluation.arguments import as_evaluation
from sroi.labels import path_label, quoted
from sroi.results.simulation import FIGURES, Sampler, Simulation
from sroi.uncertainty import sampling
from sroi.uncertainty.arguments import check_sampler, checked_count, checked_seed
from sroi.uncertainty.chunks import OutcomeSpreads, run_chunks
from sroi.uncertainty.model import DrawnStudy
from sroi.uncertainty.streams import Stream
from sroi.uncertainty.uncertain import uncertainty
from sroi.warned import ResultWarning

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sroi.model import Study
    from sroi.results import Evaluation

_FIRST_LOOK = 1_024
"""Draws after which the mean is first looked at."""


@checked_arguments
def simulate(
    study: Study | Evaluation,
    *,
    draws: int = 10_000,
    seed: int | None = 0,
    sampler: Sampler = "random",
    threads: int | None = None,
    on_chunk: Callable[[int], None] | None = None,
    keep: Callable[[dict[str, Any]], None] | None = None,
) -> Simulation:
    """Evaluate a study under all its uncertain numbers at once.

    Parameters
    ----------
    study : Study or Evaluation
        Every estimate with a range is drawn once a draw, and used wherever its name is used.
    draws : int
        How many; memory does not grow with them beyond a million.
    seed : int or None
        0 is a seed; None takes fresh randomness.
    sampler : {"random", "sobol"}
        Pseudo-random draws, or scrambled Sobol points, which sharpen means; nothing is claimed for
        percentiles.
    threads : int, optional
        How many chunks are computed at once; the numbers do not depend on it.
    on_chunk : callable, optional
        Called with the number of draws of each finished chunk.
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
    evaluation = as_evaluation(study, "sroi.simulate")
    study = evaluation.study
    uncertain = uncertainty(study)
    model = DrawnStudy(study)
    kept = len(uncertain.numbers) if keep is not None else 0
    model.check_memory(min(draws, sampling.CHUNK), "draws", 2 * len(model.counted) + kept)
    over_all = (name for name, claim in study.claims.items() if claim.over in (None, "all"))
    ratios = {name: study.claims[name].ratio for name in over_all}
    claimed = {name: ratio for name, ratio in ratios.items() if ratio is not None}
    streams = {name: Stream(draws, {0.0, 1.0, *claimed.values()}) for name in FIGURES}
    outcomes = OutcomeSpreads(draws)
    convergence: list[tuple[int, float, float]] = []
    truncated: Counter[str] = Counter()
    emptied: Counter[str] = Counter()
    done = 0
    for chunk in run_chunks(
        model,
        uncertain,
        draws,
        seed=seed,
        sampler=sampler,
        threads=threads,
        outcomes=outcomes,
        keep=keep is not None,
    ):
        if not done:
            convergence += _early_means(chunk.figures["social_return_ratio"])
        for name, stream in streams.items():
            stream.add(chunk.figures[name])
        truncated.update(chunk.truncated)
        emptied.update(chunk.emptied)
        if keep is not None:
            keep({**chunk.draws, **chunk.figures})
        size = chunk.size
        done += size
        if on_chunk is not None:
            on_chunk(size)
        if streams["social_return_ratio"].count and (done == draws or done & (done - 1) == 0):
            convergence.append(
                (done, streams["social_return_ratio"].mean, streams["social_return_ratio"].standard_error)
            )
    ratio, about = streams["social_return_ratio"], {"savings": streams["savings_ratio"]}
    counts, edges = ratio.histogram()
    truncated_shares = {path: count / draws for path, count in truncated.items() if count}
    return Simulation(
        evaluation=evaluation,
        draws=draws,
        seed=seed,
        sampler=sampler,
        uncertain=uncertain.paths,
        spreads={name: stream.spread() for name, stream in streams.items()},
        outcomes=outcomes.of(model.counted),
        probability_above_one=ratio.share_above(1.0),
        claims={
            name: about.get(study.claims[name].meaning, ratio).share_at_least(target)
            for name, target in claimed.items()
        },
        claims_as_savings={
            name: about["savings"].share_at_least(target)
            for name, target in claimed.items()
            if study.claims[name].meaning == "unclear"
        },
        convergence=tuple(convergence),
        truncated=truncated_shares,
        histogram=(tuple(counts.tolist()), tuple(edges.tolist())),
        centiles=tuple(ratio.percentile(percent) for percent in range(1, 100)),
        warnings=(
            *uncertain.remarks,
            *_sampler_warnings(draws, sampler),
            *input_warnings(1 - streams["investment"].share_above(0.0)),
            *bounds_warnings(study, truncated_shares),
            *deduction_warnings(study, {name: count / draws for name, count in emptied.items() if count}),
        ),
    )


def _early_means(ratios: Any) -> list[tuple[int, float, float]]:
    """The mean ratio after each power of two of the first chunk's draws."""
    found = []
    count = _FIRST_LOOK
    while count < len(ratios):
        so_far = Stream(count)
        so_far.add(ratios[:count])
        found.append((count, so_far.mean, so_far.standard_error))
        count *= 2
    return found


def bounds_warnings(study: Study, shares: Mapping[str, float]) -> list[ResultWarning]:
    """Of numbers by path, in how many draws each was brought back to its bounds."""
    return [
        ResultWarning(
            "draws-brought-back",
            f"{share:.2%} of the draws of “{path_label(study, path)}” were brought back to its bounds",
            number=path,
            share=share,
        )
        for path, share in shares.items()
    ]


def deduction_warnings(study: Study, shares: Mapping[str, float]) -> list[ResultWarning]:
    """Of outcomes by name, in how many draws added deductions pass 100%."""
    return [
        ResultWarning(
            "deductions-past-all",
            f"the added deductions of {quoted(study, [f'outcomes.{name}'])} pass 100% in {share:.2%} of the "
            "draws, in which nothing is left of it: lower their high ends, or multiply them",
            outcome=name,
            share=share,
        )
        for name, share in shares.items()
    ]


def _sampler_warnings(draws: int, sampler: Sampler) -> list[ResultWarning]:
    if sampler != "sobol" or not draws & (draws - 1):
        return []
    below, above = 1 << (draws.bit_length() - 1), 1 << draws.bit_length()
    what = f"Sobol points are balanced in powers of two, and {draws:,} is none"
    said = f"{what}: take {below:,} or {above:,}"
    return [ResultWarning("not-a-power-of-two", said, draws=draws, below=below, above=above)]


def input_warnings(without: float) -> list[ResultWarning]:
    """Of the share of the draws in which nothing is put in."""
    if not without:
        return []
    what = f"in {without:.2%} of the draws nothing or less is put in"
    said = "their ratios mean nothing, and are left out of what is said of ratios"
    whole = f"{what}; {said}: raise the low ends of the inputs"
    return [ResultWarning("nothing-put-in", whole, share=without)]
