"""Which numbers drive an answer: one or two at a time, in named scenarios, by shares of the variance."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from sroi.arguments import checked_arguments
from sroi.documents import change
from sroi.errors import DocumentError, SroiError
from sroi.evaluation import evaluate
from sroi.evaluation.arguments import as_evaluation
from sroi.labels import path_label
from sroi.results.sensitivity import Figure, Parameter, Sensitivity, Swing
from sroi.tolerance import TOLERANCE
from sroi.uncertainty import sampling
from sroi.uncertainty.arguments import checked_count, checked_seed
from sroi.uncertainty.indices import variance_shares
from sroi.uncertainty.model import DrawnStudy
from sroi.uncertainty.response import Response
from sroi.uncertainty.uncertain import uncertainty

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import pandas as pd

    from sroi.model import Study
    from sroi.results import Evaluation, Indices
    from sroi.uncertainty.model import Parts


def sensitivity(study: Study | Evaluation, *, figure: Figure = "social_return_ratio") -> Sensitivity:
    """How far each number moves the result between its own low and high, recomputed by the engine.

    Parameters
    ----------
    study : Study or Evaluation
    figure : {"social_return_ratio", "savings_ratio", "net_present_value"}

    Raises
    ------
    UndefinedResultError
        If a number that the result needs is not assessed.
    """
    response = Response(study, figure)
    varied = [number for number in response.numbers if number.low is not None and number.high is not None]
    ends = np.array([[number.low, number.high] for number in varied], dtype=float).reshape(len(varied), 2)
    at = response.one_at_a_time(varied, ends) if varied else ends
    still = TOLERANCE * (abs(response.central) if figure != "net_present_value" else response.gross(1.0))
    at = np.where(np.abs(at - response.central) <= still, response.central, at)
    swings = [
        Swing(number, float(low), float(high), _reason(response.study, number, low, high))
        for number, (low, high) in zip(varied, at, strict=True)
    ]
    swings.sort(key=lambda swing: -swing.width if math.isfinite(swing.width) else -math.inf)
    return Sensitivity(response.study, figure, response.central, tuple(swings))


def _reason(study: Study, number: Parameter, at_low: float, at_high: float) -> str | None:
    """Why there is no result at an end of a number's range, in the engine's words; None where there is."""
    ends = (("low", number.low, at_low), ("high", number.high, at_high))
    said = [f"has no result at its {name} end, {end:g}: {_refusal(study, number.path, end)}"
            for name, end, value in ends if not math.isfinite(value)]  # fmt: skip
    return "; it ".join(said) or None


def _refusal(study: Study, path: str, value: float | None) -> str:
    try:
        evaluate(change(study, {path: value}))
    except SroiError as error:
        return error.problems[0].message
    return "the study cannot hold it"


@checked_arguments
def grid(
    study: Study | Evaluation,
    one: str,
    other: str,
    *,
    points: int = 11,
    figure: Figure = "social_return_ratio",
) -> pd.DataFrame:
    """The result over two numbers at once, each between its own low and high.

    Returns
    -------
    DataFrame
        A row for each value of ``one``, a column for each of ``other``.

    Raises
    ------
    NotFoundError
        If the result does not rest on one of them.
    DocumentError
        If both are the same number.
    """
    import pandas as pd  # noqa: PLC0415

    points = checked_count(points, "points", 2)
    response = Response(as_evaluation(study, "sroi.grid"), figure)
    pair = [response.number(path) for path in (one, other)]
    if pair[0].path == pair[1].path:
        hint = f"name another number, such as {_another(response, pair[0])}"
        raise DocumentError(f"{pair[0].name} is both of the two numbers", hint, file="other")
    response.model.check_memory(points**2, "points")
    axes = [np.linspace(*_ends(number), points) for number in pair]
    rows, columns = np.meshgrid(*axes, indexing="ij")
    values = np.broadcast_to(
        response.at({pair[0].path: rows.ravel(), pair[1].path: columns.ravel()}), (points**2,)
    ).reshape(points, points)
    return pd.DataFrame(
        values, index=pd.Index(axes[0], name=pair[0].name), columns=pd.Index(axes[1], name=pair[1].name)
    )


def _ends(number: Parameter) -> tuple[float, float]:
    """Low and high of a number; half as much and half as much again where it has no range."""
    if number.low is not None and number.high is not None:
        return number.low, number.high
    return tuple(sorted((0.5 * number.value, min(1.5 * number.value, number.bounds.high))))  # type: ignore[return-value]


def _another(response: Response, number: Parameter) -> str:
    """A number of the result that is not the one given, with a range where one has it."""
    others = [each for each in response.numbers if each.path != number.path]
    return next((each.name for each in (*(each for each in others if each.low is not None), *others)), "none")


def sobol(
    study: Study | Evaluation,
    *,
    points: int = 1024,
    seed: int | None = 0,
    figure: Figure = "social_return_ratio",
    bootstrap: int = 200,
    on_number: Callable[[int, int], None] | None = None,
) -> Indices:
    """Share of the result's variance that each uncertain number accounts for, alone and with interactions.

    Changing one number moves only the outcomes and inputs that rest on it, so nothing else is recomputed.
    Numbers that are correlated cannot be told apart, and share one entry.

    Parameters
    ----------
    study : Study or Evaluation
    points : int
        Sobol points of either sample, a power of two; the study is evaluated 2 + numbers times over them.
    seed : int or None
    figure : {"social_return_ratio", "savings_ratio", "net_present_value"}
    bootstrap : int
        Resamplings behind the intervals.
    on_number : callable, optional
        Called after each number with how many are done, and of how many.

    Raises
    ------
    DocumentError
        If an argument cannot be used, or the points would not fit in memory; before anything is drawn.
    UndefinedResultError
        If the study has no result on its central values.

    References
    ----------
    Saltelli et al. (2010), Variance based sensitivity analysis of model output, Computer Physics
    Communications 181: first order. Jansen (1999), Analysis of variance designs for model output, Computer
    Physics Communications 117: total.
    """
    points = checked_count(points, "points", 2)
    bootstrap = checked_count(bootstrap, "resamplings")
    seed = checked_seed(seed)
    response = Response(as_evaluation(study, "sroi.sobol"), figure)
    study = response.study
    uncertain = uncertainty(study)
    model = DrawnStudy(study)
    count = len(uncertain.numbers)
    model.check_memory(points, "points", 6 * count + len(model.counted))
    u = sampling.SobolPoints(max(2 * count, 1), seed).take(points)
    first, second = (
        dict(sampling.from_uniform(uncertain, half)) for half in (u[:count], u[count : 2 * count])
    )
    block = [uncertain.numbers[at].path for at in uncertain.block]
    factors = [[path] for path in uncertain.paths if path not in block] + ([block] if block else [])
    parts = model.parts(first)

    def figure_of(parts: Parts) -> Any:
        return np.broadcast_to(np.asarray(model.figure_of(parts, figure), dtype=float), (points,))

    before, after = figure_of(parts), figure_of(model.parts(second))

    def swapped() -> Iterator[Any]:
        for done, paths in enumerate(factors):
            if on_number is not None:
                on_number(done, len(factors))
            yield figure_of(model.changed(parts, first, {path: second[path] for path in paths}))

    names = [" and ".join(path.removeprefix("assumptions.") for path in paths) for paths in factors]
    scale = response.gross(1.0) if figure == "net_present_value" else abs(response.central)
    shares = variance_shares(names, before, after, swapped(), bootstrap=bootstrap, seed=seed, scale=scale)
    titles = {
        name: " and ".join(path_label(study, path) for path in paths)
        for name, paths in zip(names, factors, strict=True)
    }
    return replace(shares, titles=titles)
