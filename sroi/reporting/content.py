"""The one set of rows behind every report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sroi.evaluation import evaluate
from sroi.reporting.parts import Content, Section
from sroi.uncertainty import sensitivity, simulate, switching_values

if TYPE_CHECKING:
    from sroi.model import Study


def content(study: Study, *, draws: int = 10_000, seed: int = 0, date: str | None = None) -> Content:
    """All that a report of a study says."""
    evaluation = evaluate(study)
    simulation = simulate(study, draws=draws, seed=seed)
    drawn = simulation if simulation.uncertain.numbers else None
    sections = (Section("value-map", "Value map", (), evaluation.tables),)
    return Content(
        title=study.title,
        subtitle="",
        date=date,
        headline=(),
        statement=(drawn or evaluation).statement,
        sections=sections,
        evaluation=evaluation,
        simulation=drawn,
        sensitivity=sensitivity(study),
        switching=switching_values(study, 1.0),
    )
