"""What one would have to believe for a claim to hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from sroi.errors import DocumentError, NotFoundError, Problem, instead
from sroi.tables import Table, Tabled
from sroi.uncertainty import tables
from sroi.uncertainty.response import Figure, Response
from sroi.uncertainty.sensitivity import Swing, sensitivity
from sroi.uncertainty.simulation import Simulation, simulate
from sroi.uncertainty.switching import SwitchingValue, SwitchingValues, solve, switching_values

if TYPE_CHECKING:
    from collections.abc import Callable

    from sroi.model import Claim, Study

_STEPS = 7


@dataclass(frozen=True, slots=True)
class Frontier:
    """Pairs of values of the two strongest numbers that meet the claim together, all else at central values.

    ``points`` holds the value of ``one`` and what ``other`` would then have to be; None where no value of
    ``other`` makes the two meet it exactly: ``passed`` then tells those that pass it whatever ``other`` is
    from those where nothing would do.
    """

    one: str
    other: str
    other_low: float
    other_high: float
    points: tuple[tuple[float, float | None], ...]
    passed: tuple[bool, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Belief(Tabled):
    """What one would have to believe for a claimed ratio to hold.

    Attributes
    ----------
    name : str
        The claim's name.
    claim : Claim
        What was said.
    figure : {"social_return_ratio", "savings_ratio"}
        What the claim's pounds are in this model: savings of the state, or social value.
    switching : SwitchingValues
        What each number would have to be, alone.
    swings : tuple of Swing
        How far each number moves the result within its own range.
    frontier : Frontier or None
        The two strongest numbers together.
    simulation : Simulation
        All numbers at once.
    """

    name: str
    claim: Claim
    figure: Figure
    switching: SwitchingValues
    swings: tuple[Swing, ...]
    frontier: Frontier | None
    simulation: Simulation

    @property
    def target(self) -> float:
        """The claimed ratio."""
        return self.switching.target

    @property
    def central(self) -> float:
        """What the model gives on central values."""
        return self.switching.central

    @property
    def probability(self) -> float:
        """Share of the draws that reach the claim."""
        return self.simulation.claims[self.name]

    @property
    def within_range(self) -> tuple[SwitchingValue, ...]:
        """The numbers that could carry the claim alone, within their own ranges."""
        return tuple(value for value in self.switching.numbers if value.verdict == "within its range")

    @property
    def statement(self) -> str:
        """The answer in a few sentences."""
        return tables.of_a_belief(self)

    @property
    def lines(self) -> tuple[str, ...]:
        """The same, a line each."""
        return tables.lines_of_a_belief(self)

    @property
    def tables(self) -> tuple[Table, ...]:
        """What a person reads, as tables of words."""
        return tables.tables_of_a_belief(self)

    def to_dict(self) -> dict[str, Any]:
        """The answer as plain values that JSON can hold."""
        frontier = self.frontier
        return {
            "study": self.switching.study.id,
            "borough": self.switching.study.borough,
            "claim": self.name,
            **self.claim.model_dump(mode="json", exclude_none=True),
            "figure": self.figure,
            "target": self.target,
            "central": self.central,
            "probability": self.probability,
            "statement": self.statement,
            "switching_values": self.switching.to_dict()["numbers"],
            "frontier": None
            if frontier is None
            else {
                "one": frontier.one,
                "other": frontier.other,
                "points": [list(point) for point in frontier.points],
            },
        }


def what_it_takes(
    study: Study,
    claim: str,
    *,
    draws: int = 10_000,
    seed: int | None = 0,
    on_chunk: Callable[[int], None] | None = None,
) -> Belief:
    """What one would have to believe for a claim to hold.

    Parameters
    ----------
    study : Study
        With the claim among its claims.
    claim : str
        The claim's name.
    draws : int
    seed : int or None
    on_chunk : callable, optional
        Told how many draws each finished chunk had.

    Raises
    ------
    NotFoundError
        If the study has no such claim.
    DocumentError
        If the claim names no ratio.
    UndefinedResultError
        If the study has no result on its central values.
    """
    if claim not in study.claims:
        raise NotFoundError(f"there is no claim {claim}; {instead(claim, study.claims)}")
    said = study.claims[claim]
    if not isinstance(said.ratio, float):
        raise DocumentError(
            [Problem(f"the claim {claim} names no ratio", "ask about one that does", f"claims.{claim}")]
        )
    figure: Figure = "savings_ratio" if said.meaning == "savings" else "social_return_ratio"
    swings = sensitivity(study, figure=figure).swings
    return Belief(
        name=claim,
        claim=said,
        figure=figure,
        switching=switching_values(study, said.ratio, figure=figure),
        swings=swings,
        frontier=_frontier(study, swings, said.ratio, figure),
        simulation=simulate(study, draws=draws, seed=seed, on_chunk=on_chunk),
    )


def _frontier(study: Study, swings: tuple[Swing, ...], target: float, figure: Figure) -> Frontier | None:
    if len(swings) < 2:
        return None
    one, other = swings[0].number, swings[1].number
    assert one.low is not None
    assert one.high is not None
    assert other.low is not None
    assert other.high is not None
    points, passed = [], []
    response = Response(study, figure)
    for value in np.linspace(one.low, one.high, _STEPS):
        held = _Held(response, one.path, float(value))
        points.append((float(value), solve(held, [other], target)[0]))
        passed.append(bool(held.at({other.path: np.array([other.value])})[0] >= target))
    return Frontier(one.name, other.name, other.low, other.high, tuple(points), tuple(passed))


class _Held(Response):
    """A response with one number held at a value."""

    def __init__(self, response: Response, path: str, value: float) -> None:
        self.study, self.figure, self.numbers, self.model = (
            response.study,
            response.figure,
            response.numbers,
            response.model,
        )
        self._path, self._value = path, value
        self.central = response.central

    def at(self, values: Any) -> Any:
        """The figure with the held number in its place."""
        return super().at({**values, self._path: np.full_like(next(iter(values.values())), self._value)})
