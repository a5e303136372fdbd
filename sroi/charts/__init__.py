"""Charts of results, as Altair charts: each with its title, its units and one line on what to see in it.

Each function takes the result that it shows, and calculates nothing else.

>>> import sroi
>>> from sroi import charts
>>> chart = charts.tornado(sroi.sensitivity(sroi.load("examples/lunch-club.yaml")))
>>> chart.to_dict()["title"]["text"]
['What drives the result']
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sroi.charts import differences, spreads, values
from sroi.errors import DocumentError, Problem
from sroi.extras import needed
from sroi.results import Difference, Evaluation, Sensitivity, Simulation, SwitchingValues

if TYPE_CHECKING:
    from collections.abc import Callable

    from sroi.charts.figure import Figure

__all__ = [
    "difference",
    "distribution",
    "gains",
    "gross_to_net",
    "switching_values",
    "tornado",
    "value_by_outcome",
    "value_by_year",
]


def value_by_outcome(evaluation: Evaluation) -> Any:
    """Present value of each outcome in the total, the largest first."""
    return _chart(values.value_by_outcome, evaluation, Evaluation, "evaluate")


def gross_to_net(evaluation: Evaluation) -> Any:
    """The waterfall from gross value over each deduction, drop-off and discounting to present value."""
    return _chart(values.gross_to_net, evaluation, Evaluation, "evaluate")


def value_by_year(evaluation: Evaluation) -> Any:
    """Present value gained and put in by year, and the balance so far."""
    return _chart(values.by_year, evaluation, Evaluation, "evaluate")


def gains(evaluation: Evaluation) -> Any:
    """What each stakeholder gains, loses and puts in."""
    return _chart(values.gains, evaluation, Evaluation, "evaluate")


def difference(found: Difference) -> Any:
    """The waterfall from the old study's ratio over each change's part to that of the new."""
    return _chart(differences.difference, found, Difference, "diff")


def tornado(sensitivity: Sensitivity) -> Any:
    """The result with each number at its low and at its high, the widest swing first."""
    return _chart(spreads.tornado, sensitivity, Sensitivity, "sensitivity")


def distribution(simulation: Simulation) -> Any:
    """How the ratio is spread over the draws, with what has been claimed."""
    return _chart(spreads.distribution, simulation, Simulation, "simulate")


def switching_values(values: SwitchingValues) -> Any:
    """Where, in or beyond its own range, each number would turn the verdict."""
    return _chart(spreads.switching, values, SwitchingValues, "switching_values")


def _chart(figure: Callable[[Any], Figure], result: Any, kind: type, verb: str) -> Any:
    if not isinstance(result, kind):
        what = f"{type(result).__name__} stands where {kind.__name__} is wanted"
        raise DocumentError([Problem(what, f"give what sroi.{verb} returns")])
    chart = needed("sroi.charts.chart", "a chart").LayerChart
    return chart.from_dict(figure(result).spec())
