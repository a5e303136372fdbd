"""From a study to its result: where the model meets the formulas."""

from sroi.evaluation.engine import evaluate

__all__ = ["evaluate"]
