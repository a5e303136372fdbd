"""From a study to its result: where the model meets the formulas."""

from sroi.evaluation.engine import evaluate
from sroi.evaluation.result import Evaluation, InputRow, OutcomeRow

__all__ = ["Evaluation", "InputRow", "OutcomeRow", "evaluate"]
