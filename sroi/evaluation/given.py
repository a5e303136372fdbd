"""What the verbs take: a study, or a result of one."""

from __future__ import annotations

from typing import Any

from sroi.errors import DocumentError, Problem
from sroi.evaluation.engine import evaluate
from sroi.model import Study
from sroi.results.evaluation import Evaluation


def as_study(given: Any) -> Study:
    """The study that is given, or that a result is of.

    Raises
    ------
    DocumentError
        If it is neither; it says what makes a study.
    """
    study = given.study if isinstance(given, Evaluation) else given
    if isinstance(study, Study):
        return study
    hint = "read one with sroi.load or sroi.loads, or make it with sroi.Study.model_validate"
    raise DocumentError([Problem(f"{type(given).__name__} stands where a study is wanted", hint, "study")])


def evaluated(given: Any) -> Evaluation:
    """The result that is given, or the result of the study that is given."""
    return given if isinstance(given, Evaluation) else evaluate(as_study(given))
