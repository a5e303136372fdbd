"""One study in several ways: its named scenarios, and the same evidence by every method."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from sroi.documents import change
from sroi.errors import DocumentError, UndefinedResultError
from sroi.evaluation import evaluate
from sroi.evaluation.arguments import as_evaluation
from sroi.method import PROFILES
from sroi.model import as_study
from sroi.results.alternatives import Alternatives
from sroi.uncertainty.sensitivity import sensitivity

if TYPE_CHECKING:
    from sroi.model import Study
    from sroi.results import Evaluation
    from sroi.results.sensitivity import Swing


def scenarios(study: Study | Evaluation) -> dict[str, Evaluation | UndefinedResultError | DocumentError]:
    """The study under its named scenarios, and under three that are built in.

    ``base`` is the study as it stands, ``low`` has every number at the end of its range that lowers the
    social return ratio, ``high`` at the other. Neither end is a confidence limit: all numbers are at their
    worst, or best, at once.

    Returns
    -------
    dict of str to Evaluation, UndefinedResultError or DocumentError
        The error, which says why, in place of a scenario that has no result, such as one in which nothing is
        put in, and of one that is built in and would set what the study cannot hold.

    Raises
    ------
    UndefinedResultError
        If the study has no result on its central values.
    DocumentError
        If a scenario of the study's own sets what cannot be set.
    """
    study = as_study(study, "sroi.scenarios")
    found: dict[str, Study | DocumentError] = {"low": study, "base": study, "high": study}
    whole = sensitivity(study)
    swings = whole.swings
    for name, worse in (("low", True), ("high", False)):
        ends = {
            swing.number.path: swing.number.low
            if _rises(swing, whole.central) == worse
            else swing.number.high
            for swing in swings
        }
        try:
            found[name] = change(study, ends) if ends else study
        except DocumentError as error:
            found[name] = error
    for name, values in study.scenarios.items():
        found[name] = change(study, values)
    return {name: _evaluated(each) for name, each in found.items()}


def _rises(swing: Swing, central: float) -> bool:
    """Whether the result rises with the number; where an end has no result, as the other end says."""
    low, high = swing.at_low, swing.at_high
    if math.isfinite(low) and math.isfinite(high):
        return low <= high
    return high >= central if math.isfinite(high) else not math.isfinite(low) or low <= central


def _evaluated(study: Study | DocumentError) -> Evaluation | UndefinedResultError | DocumentError:
    if isinstance(study, DocumentError):
        return study
    try:
        return evaluate(study)
    except (UndefinedResultError, DocumentError) as error:
        return error


def spread(study: Study | Evaluation) -> Alternatives:
    """The same evidence by each method profile: how much of a ratio is convention.

    Each profile replaces the study's method whole, with what the study overrides of it.

    Parameters
    ----------
    study : Study or Evaluation

    Raises
    ------
    UndefinedResultError
        If the study has no result by its own method.

    Examples
    --------
    >>> import sroi
    >>> found = sroi.spread(sroi.load("examples/lunch-club.yaml"))
    >>> [each.name for each in found.found if abs(each.social_return_ratio - found.central) > 0.01]
    ['svi-guide', 'gmca-cba', 'added-deductions']
    """
    base = as_evaluation(study, "sroi.spread")
    found: dict[str, Evaluation | UndefinedResultError | DocumentError] = {}
    for name in PROFILES:
        try:
            found[name] = _evaluated(change(base.study, method=name))
        except DocumentError as error:
            found[name] = error
    return Alternatives.of(base, "method", found)
