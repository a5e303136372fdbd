"""From a study to its result: where the model meets the formulas."""

from sroi.evaluation.engine import evaluate
from sroi.results.evaluation import Evaluation
from sroi.results.rows import InputRow, OutcomeRow

__all__ = ["Evaluation", "InputRow", "OutcomeRow", "evaluate"]
