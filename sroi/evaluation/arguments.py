"""What the verbs take: a study or its result."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sroi.evaluation.engine import evaluate
from sroi.model import as_study
from sroi.results.evaluation import Evaluation

if TYPE_CHECKING:
    from sroi.model import Study


def as_evaluation(given: Study | Evaluation, verb: str) -> Evaluation:
    """The result that a verb was given, or that of the study that it was given.

    Raises
    ------
    DocumentError
        If it is neither, with how to make a study of it.
    UndefinedResultError
        If the study has no result.
    """
    return given if isinstance(given, Evaluation) else evaluate(as_study(given, verb))
