"""The distribution of a result on one line: the draws, and the marks that a reader looks for among them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from sroi import formatting
from sroi.results import quotes

if TYPE_CHECKING:
    from sroi.results.evaluation import Evaluation
    from sroi.results.simulation import Simulation

CLAIM, ONE, MEDIAN, CENTRAL = "claim", "one", "median", "central"
LOW, HIGH = "low", "high"
"""Kinds of marks; ``low`` and ``high`` are the ends of the range of eight draws in ten."""

_REACH = 2.5
_MOST_CLAIMS = 3
_NAMES = {CLAIM: "claimed", ONE: "", MEDIAN: "median", CENTRAL: "central", LOW: "P10", HIGH: "P90"}


class Mark(NamedTuple):
    """One mark on the line.

    Attributes
    ----------
    kind : str
        What it marks: one of the kinds of this module.
    at : float
        The return on one unit of money.
    figure : str
        The same in words.
    """

    kind: str
    at: float
    figure: str

    @property
    def label(self) -> str:
        """What it is called, with its figure."""
        return f"{_NAMES[self.kind]} {self.figure}".strip()


@dataclass(frozen=True, slots=True)
class Strip:
    """The draws and the marks on one line.

    Attributes
    ----------
    marks : tuple of Mark
        The later ones lie on top where two meet.
    left, right : float
        The ends of the line. A claim far beyond all else lies outside it.
    interval : tuple of float or None
        The ends of the range of eight draws in ten; None without a range.
    bars : tuple of (start, end, height)
        How the draws are spread, the highest bar at 1, without the outer half per cent at either end; empty
        without a range.
    centiles : tuple of float
        The returns that 1, 2, … 99 draws in a hundred are below; empty without a range.
    """

    marks: tuple[Mark, ...]
    left: float
    right: float
    interval: tuple[float, float] | None
    bars: tuple[tuple[float, float, float], ...]
    centiles: tuple[float, ...]

    def place(self, at: float) -> float:
        """Where a return lies between the ends of the line, from 0 to 1."""
        return min(max((at - self.left) / (self.right - self.left), 0.0), 1.0)

    def outside(self, mark: Mark) -> bool:
        """Whether a mark lies beyond the end of the line."""
        return mark.at > self.right


def strip(evaluation: Evaluation, simulation: Simulation | None) -> Strip:
    """The line of a result, with its draws where ``simulation`` has a range."""
    marks = _marks(evaluation, simulation)
    near = [mark.at for mark in marks if mark.kind != CLAIM]
    widest = max(near)
    right = max(widest, *(mark.at for mark in marks if mark.at <= _REACH * max(widest, 1.0)))
    left = min((0.0, *near))
    if simulation is None:
        return Strip(marks, left, right, None, (), ())
    counts, edges = simulation.histogram
    most = max(counts) or 1.0
    bars = tuple((start, end, n / most) for n, start, end in zip(counts, edges, edges[1:], strict=False) if n)
    return Strip(marks, left, right, simulation.interval, bars, simulation.centiles)


def _marks(evaluation: Evaluation, simulation: Simulation | None) -> tuple[Mark, ...]:
    study = evaluation.study
    claims = quotes.own_claims(study, ("social_value",)).values()
    ratios = sorted({claim.ratio for claim in claims if claim.ratio is not None})[:_MOST_CLAIMS]
    found = [Mark(CLAIM, ratio, formatting.claimed(ratio, study.currency)) for ratio in ratios]
    found.append(Mark(ONE, 1.0, formatting.unit(study.currency)))
    if simulation is not None:
        spread = simulation.ratio.percentiles
        for percent, kind in ((50, MEDIAN), (10, LOW), (90, HIGH)):
            found.append(Mark(kind, spread[percent], quotes.in_words(study, spread[percent])))
    central = evaluation.social_return_ratio
    return (*found, Mark(CENTRAL, central, quotes.in_words(study, central)))
