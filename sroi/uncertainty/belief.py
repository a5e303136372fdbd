"""What one would have to believe for a claim to hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from sroi.arguments import checked_arguments
from sroi.errors import DocumentError, NotFoundError, Problem, instead
from sroi.evaluation.arguments import as_evaluation
from sroi.quantities import shown
from sroi.results.belief import Belief, Frontier
from sroi.tolerance import just_below
from sroi.uncertainty.response import Response
from sroi.uncertainty.sensitivity import sensitivity
from sroi.uncertainty.simulation import simulate
from sroi.uncertainty.solving import solve
from sroi.uncertainty.switching import switching_values

if TYPE_CHECKING:
    from collections.abc import Callable

    from sroi.model import Study
    from sroi.results import Evaluation, Swing
    from sroi.results.sensitivity import Figure
    from sroi.uncertainty.model import DrawnResult

_STEPS = 7


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


def _frontier(
    result: Evaluation, swings: tuple[Swing, ...], target: float, figure: Figure
) -> Frontier | None:
    if len(swings) < 2:
        return None
    one, other = swings[0].number, swings[1].number
    assert one.low is not None
    assert one.high is not None
    assert other.low is not None
    assert other.high is not None
    points, passed = [], []
    response = Response(result, figure)
    for value in np.linspace(one.low, one.high, _STEPS):
        held = _Held(response, one.path, float(value))
        points.append((float(value), solve(held, [other], target)[0].value))
        passed.append(bool(held.at({other.path: np.array([other.value])})[0] >= just_below(target)))
    ends = (other.low, other.high, other.value)
    return Frontier(one.name, other.name, *ends, tuple(points), tuple(passed))


class _Held(Response):
    """A response with one number held at a value."""

    def __init__(self, response: Response, path: str, value: float) -> None:
        self.study, self.figure, self.numbers = response.study, response.figure, response.numbers
        self.model, self.central = response.model, response.central
        self._path, self._value = path, value

    def _drawn(self, values: Any) -> DrawnResult:
        size = np.shape(next(iter(values.values()), 0.0))
        return super()._drawn({**values, self._path: np.full(size, self._value)})
