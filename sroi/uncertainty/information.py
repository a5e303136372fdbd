"""The value of information: what it would be worth to know more before deciding."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from sroi.arguments import checked_arguments
from sroi.errors import NotFoundError, instead
from sroi.evaluation.arguments import as_evaluation
from sroi.quantities import shown
from sroi.results.information import Information, Worth
from sroi.tolerance import TOLERANCE
from sroi.uncertainty import sampling
from sroi.uncertainty.arguments import check_memory, checked_count, checked_finite, checked_seed
from sroi.uncertainty.model import DrawnStudy
from sroi.uncertainty.uncertain import uncertainty

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from sroi.model import Study
    from sroi.results import Evaluation
    from sroi.uncertainty.uncertain import Uncertainty

_KNOTS, _FOLDS = 7, 5


def evpi(payoffs: Any, weights: Any = None) -> float:
    """Expected value of perfect information (EVPI).

    Parameters
    ----------
    payoffs : array_like, shape (state or draw, option)
        What each option is worth in each state.
    weights : array_like, shape (state,), optional
        Probabilities of the states; equal where omitted.

    Examples
    --------
    >>> round(evpi([[900e3, 400e3], [-200e3, 300e3], [100e3, 250e3]], [0.5, 0.3, 0.2]))
    180000
    """
    table = np.asarray(payoffs, dtype=float)
    share = np.full(len(table), 1 / len(table)) if weights is None else np.asarray(weights, dtype=float)
    return float(share @ table.max(axis=1) - (share @ table).max())


def evppi(benefit: Any, known: Any) -> tuple[float, float]:
    """Expected value of partial perfect information (EVPPI), with its standard error.

    It is that of knowing some numbers before choosing between a benefit and nothing.

    The benefit that is expected given the numbers is fitted by least squares on cubic splines of each and the
    products of each two. It is fitted to four fifths of the draws, and the choice that it leads to is valued
    by the other fifth, in turn: so chance is not taken for knowledge.

    Parameters
    ----------
    benefit : ndarray, shape (draw,)
        What going ahead is worth in each draw; not going ahead is worth 0.
    known : ndarray, shape (number, draw)
        The numbers that would be known.

    References
    ----------
    Strong, Oakley, Brennan (2014), Estimating multiparameter partial expected value of perfect information
    from a probabilistic sensitivity analysis sample, Medical Decision Making 34.
    """
    terms = _splines(np.atleast_2d(known))
    folds = [
        slice(*ends)
        for ends in pairwise(np.linspace(0, len(benefit), min(_FOLDS, len(benefit)) + 1).astype(int).tolist())
    ]
    squares = [terms[:, fold] @ terms[:, fold].T for fold in folds]
    products = [terms[:, fold] @ benefit[fold] for fold in folds]
    all_squares, all_products = sum(squares), sum(products)
    expected = np.empty(len(benefit))
    for fold, square, product in zip(folds, squares, products, strict=True):
        expected[fold] = np.linalg.lstsq(all_squares - square, all_products - product)[0] @ terms[:, fold]
    gain = benefit * ((expected > 0).astype(float) - float(benefit.mean() > 0))
    return max(float(gain.mean()), 0.0), float(gain.std(ddof=1) / np.sqrt(len(gain)))


def _splines(known: Any) -> Any:
    """Cubic truncated-power splines of each number, and products of each two: a row a term, of length 1."""
    rows = [np.ones(known.shape[1])]
    scaled = []
    for row in known:
        spread = row.std()
        x = (row - row.mean()) / spread if spread > 0 else row * 0.0
        scaled.append(x)
        rows += [x, x * x, x * x * x]
        for knot in np.unique(np.quantile(x, np.linspace(0, 1, _KNOTS + 2)[1:-1])):
            above = np.maximum(x - knot, 0)
            rows.append(above * above * above)
    rows += [scaled[one] * scaled[other] for one in range(len(scaled)) for other in range(one)]
    terms = np.array(rows)
    lengths = np.sqrt(np.einsum("ij,ij->i", terms, terms))
    return terms / np.where(lengths > 0, lengths, 1.0)[:, None]


@checked_arguments
def value_of_information(
    study: Study | Evaluation,
    *,
    threshold: float = 1.0,
    draws: int = 50_000,
    seed: int | None = 0,
    groups: Mapping[str, Sequence[str]] | None = None,
    on_number: Callable[[int, int], None] | None = None,
) -> Information:
    """What it would be worth to know more before deciding whether the ratio is above a threshold.

    Parameters
    ----------
    study : Study or Evaluation
    threshold : float
        The ratio at which going ahead and not going ahead are worth the same.
    draws : int
    seed : int or None
    groups : mapping of str to sequence of str, optional
        Numbers that one survey would measure together, by the survey's name.
    on_number : callable, optional
        Called after each number or group with how many are done, and of how many.

    Raises
    ------
    DocumentError
        If an argument cannot be used, or the draws would not fit in memory; before anything is drawn.
    UndefinedResultError
        If the study has no result on its central values.

    Notes
    -----
    Knowing is worth something only where it could change the decision: a number that moves the result a great
    deal, and never across the threshold, is worth nothing here. The value is per decision of this size; a
    survey that costs more is not worth commissioning for this decision alone.
    """
    draws = checked_count(draws, "draws", 2)
    seed = checked_seed(seed)
    threshold = checked_finite(threshold, "threshold")
    study = as_evaluation(study, "sroi.value_of_information").study
    uncertain = uncertainty(study)
    grouped_paths = {name: _members(uncertain, members) for name, members in (groups or {}).items()}
    model = DrawnStudy(study)
    model.check_memory(min(draws, sampling.CHUNK), "draws")
    check_memory(8.0 * draws * (len(uncertain.numbers) + 3 * _KNOTS), "draws")
    benefits, values = [], {path: np.empty(draws) for path in uncertain.paths}
    done = 0
    for size, chunk in sampling.drawings(uncertain, draws, seed):
        result = model.evaluate(chunk)
        gained, wanted = result.present_value, threshold * np.asarray(result.investment)
        rounding = TOLERANCE * np.maximum(np.abs(gained), np.abs(wanted))
        above = np.where(np.abs(gained - wanted) <= rounding, 0.0, gained - wanted)
        benefits.append(np.broadcast_to(above, (size,)))
        for path, each in chunk.items():
            values[path][done : done + size] = each
        done += size
    benefit = np.concatenate(benefits)
    gain = np.maximum(benefit, 0) - benefit * float(benefit.mean() > 0)
    payoffs, error = np.column_stack([benefit, np.zeros(draws)]), float(gain.std(ddof=1) / np.sqrt(draws))
    perfect = Worth("everything", evpi(payoffs), error)
    asked = [(path.removeprefix("assumptions."), [path]) for path in uncertain.paths]
    asked += grouped_paths.items()
    worths = []
    for name, paths in asked:
        worths.append(Worth(name, *evppi(benefit, np.array([values[path] for path in paths]))))
        if on_number is not None:
            on_number(len(worths), len(asked))
    alone = len(uncertain.paths)
    ordered = tuple(sorted(worths[:alone], key=lambda worth: -worth.value))
    go_ahead, groups_worth = bool(benefit.mean() > 0), tuple(worths[alone:])
    return Information(study, threshold, draws, go_ahead, perfect, ordered, groups_worth)


def _members(uncertain: Uncertainty, members: Sequence[str]) -> list[str]:
    """Paths of the uncertain numbers of a group."""
    by_name = {path.removeprefix("assumptions."): path for path in uncertain.paths}
    found = []
    for member in members:
        path = by_name.get(member.removeprefix("assumptions."))
        if path is None:
            what = f"no uncertain number of the result is called {shown(member)}"
            raise NotFoundError(f"{what}", instead(member, by_name))
        found.append(path)
    if not found:
        raise NotFoundError("a group of numbers is empty", "name those that one survey would measure")
    return found
