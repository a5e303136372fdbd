"""From a study to its result: where the model meets the formulas."""

from sroi.evaluation.engine import evaluate
from sroi.evaluation.result import Evaluation
from sroi.evaluation.rows import InputRow, OutcomeRow

__all__ = ["Evaluation", "InputRow", "OutcomeRow", "evaluate"]
