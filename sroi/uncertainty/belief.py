"""What one would have to believe for a claim to hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sroi.arguments import checked_arguments
from sroi.errors import DocumentError, NotFoundError, Problem, UndefinedResultError, instead
from sroi.evaluation import evaluate
from sroi.evaluation.arguments import as_evaluation
from sroi.model.owners import over_money
from sroi.quantities import shown
from sroi.results.belief import Belief
from sroi.uncertainty.frontier import STEPS, frontier
from sroi.uncertainty.response import Response
from sroi.uncertainty.sensitivity import sensitivity
from sroi.uncertainty.simulation import simulate
from sroi.uncertainty.switching import switching_values

if TYPE_CHECKING:
    from collections.abc import Callable

    from sroi.model import Study
    from sroi.results import Evaluation, Swing
    from sroi.results.belief import Frontier
    from sroi.results.sensitivity import Figure


@checked_arguments
def what_it_takes(
    study: Study | Evaluation,
    claim: str,
    *,
    draws: int = 10_000,
    seed: int | None = 0,
    on_chunk: Callable[[int], None] | None = None,
) -> Belief:
    """What one would have to believe for a claim to hold.

    Parameters
    ----------
    study : Study or Evaluation
        With the claim among its claims.
    claim : str
        The claim's name.
    draws : int
    seed : int or None
    on_chunk : callable, optional
        Called with the number of draws of each finished chunk.

    Raises
    ------
    NotFoundError
        If the study has no such claim.
    DocumentError
        If the claim names no ratio.
    UndefinedResultError
        If the study has no result on its central values.
    """
    result = as_evaluation(study, "sroi.what_it_takes")
    claims = result.study.claims
    if claim not in claims:
        raise NotFoundError(f"there is no claim {shown(claim)}", instead(claim, claims))
    said = claims[claim]
    if not isinstance(said.ratio, float):
        problem = Problem(f"the claim {claim} names no ratio", "ask about one that does", f"claims.{claim}")
        raise DocumentError([problem])
    result = _over_the_same(result, claim)
    figure: Figure = "savings_ratio" if said.meaning == "savings" else "social_return_ratio"
    swings = sensitivity(result, figure=figure).swings
    return Belief(
        name=claim,
        claim=said,
        figure=figure,
        switching=switching_values(result, said.ratio, figure=figure),
        swings=swings,
        frontier=_frontier(result, swings, said.ratio, figure),
        simulation=simulate(result, draws=draws, seed=seed, on_chunk=on_chunk),
    )


def _over_the_same(result: Evaluation, claim: str) -> Evaluation:
    """The result over the money that a claim is over, where that is not all of it."""
    said = result.study.claims[claim]
    if said.over in (None, "all"):
        return result
    study = over_money(result.study, said.over)
    if not study.inputs:
        problem = Problem(
            f"nothing is put in that the claim {claim} is over ({said.over})", "", f"claims.{claim}"
        )
        raise UndefinedResultError([problem])
    over_all = {claim: said.model_copy(update={"over": None})}
    return evaluate(study.model_copy(update={"claims": over_all}))


def _frontier(
    result: Evaluation, swings: tuple[Swing, ...], target: float, figure: Figure
) -> Frontier | None:
    if len(swings) < 2:
        return None
    one, other = swings[0].number, swings[1].number
    assert one.low is not None
    assert one.high is not None
    return frontier(Response(result, figure), one, other, np.linspace(one.low, one.high, STEPS), target)
