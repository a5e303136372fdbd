"""What the verbs take: a study or its result."""

from __future__ import annotations

from sroi.errors import DocumentError, Problem
from sroi.evaluation.engine import evaluate
from sroi.model import Study
from sroi.results.evaluation import Evaluation


def as_study(given: object, verb: str) -> Study:
    """The study that a verb was given, or that of the result that it was given.

    Raises
    ------
    DocumentError
        If it is neither, with how to make a study of it.
    """
    study = given if isinstance(given, Study) else getattr(given, "study", None)
    if isinstance(study, Study):
        return study
    hint = "make one first: sroi.load, sroi.loads or sroi.Study.model_validate"
    raise DocumentError([Problem(f"a value of type {type(given).__name__} is not a study", hint, file=verb)])


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
