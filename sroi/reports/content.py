"""The one set of rows behind every report: each figure is put into words here, once."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from sroi.accounts import ledger
from sroi.checking import check
from sroi.errors import DocumentError, Problem
from sroi.evaluation import evaluate
from sroi.labels import without_names
from sroi.quantities import shown
from sroi.records import record as record_of
from sroi.reports.parts import Content, Recorded, Results
from sroi.reports.sections import answers, overview, record, review
from sroi.resolution import numbers_of
from sroi.results import quotes
from sroi.results.alternatives import Alternatives
from sroi.results.answer import Answer
from sroi.uncertainty import scenarios, sensitivity, simulate, switching_values
from sroi.uncertainty.response import Response

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sroi.model import Study
    from sroi.results import Evaluation, Sensitivity

SECTIONS = (
    overview.opening,
    overview.who_gains,
    overview.scope,
    overview.value_map,
    overview.evidence,
    answers.gross_to_net,
    answers.value_by_year,
    answers.drivers,
    answers.distribution,
    review.review,
    answers.demand,
    answers.switching,
    answers.scenarios,
    answers.returns,
    record.assumptions,
    record.sources,
    record.checks,
    record.method,
    record.limitations,
    record.decisions,
    record.glossary,
)
"""The parts of a report, in order."""

CALCULATIONS = 3
"""Calculations that a report tells of."""

ALL_TRIED, TRIED_OF_MANY = 500, 60
"""Numbers up to which the switching value of each is looked for, and how many of more are."""


def content(
    study: Study,
    *,
    draws: int = 10_000,
    seed: int = 0,
    date: str | None = None,
    recorded_as: str | None = None,
    command: Mapping[str, Any] | None = None,
    on_step: Callable[[str], None] = lambda _: None,
) -> Content:
    """All that a report of a study says.

    Parameters
    ----------
    study : Study
    draws : int
        How many draws stand behind the range.
    seed : int
        The same seed gives the same report.
    date : str, optional
        The day to print, such as 2026-11-24; sources are judged due for review, and accepted findings
        expired, as of it. Without one none is judged, so that the same study gives the same report on any
        day.
    recorded_as : str, optional
        Name of the file that the record of the run will be; without one no record is made.
    command : mapping, optional
        The command line for the record: ``name`` and ``arguments``.
    on_step : callable
        Called as each of the calculations begins, with what it is.

    Raises
    ------
    UndefinedResultError
        If a number that the result needs is not assessed.
    DocumentError
        If the date is no date, or the study's numbers cannot be drawn.
    """
    day = _day(date)
    evaluation = evaluate(study, today=day or dt.date.min)
    on_step("drawing")
    simulation = simulate(study, draws=draws, seed=seed)
    on_step("swings")
    swings = sensitivity(evaluation)
    on_step("switching values")
    tried = _worth_trying(evaluation, swings)
    kept = None if recorded_as is None else record_of(simulation, study=study, command=command)
    results = Results(
        evaluation=evaluation,
        simulation=simulation if simulation.uncertain else None,
        sensitivity=swings,
        switching=switching_values(evaluation, 1.0, only=tried),
        ledger=ledger(evaluation),
        findings=check(evaluation, today=day or dt.date.min),
        dated=day is not None,
        tried_all=tried is None,
        scenarios=_scenarios(evaluation),
        recorded=None if kept is None else Recorded(kept.id, str(recorded_as)),
    )
    place = quotes.place_name(study) if study.borough is not None else None
    parts = (study.kind.capitalize(), place, f"{study.price_year} prices", study.status, study.author)
    return Content(
        title=study.title,
        subtitle=" · ".join(part for part in parts if part),
        date=None if day is None else f"{day.day} {day:%B %Y}",
        headline=overview.headline(results),
        statement=(results.simulation or evaluation).statement,
        sections=tuple(said for section in SECTIONS if (said := section(results)) is not None),
        results=results,
        answer=Answer(
            evaluation,
            results.ledger,
            simulation,
            swings,
            severe=tuple(without_names(study, each.message) for each in results.findings.errors),
        ),
        record=kept,
    )


def _scenarios(evaluation: Evaluation) -> Alternatives | None:
    """The study in its scenarios, where it names any."""
    if not evaluation.study.scenarios:
        return None
    return Alternatives.of(evaluation, "scenario", scenarios(evaluation))


def _worth_trying(evaluation: Evaluation, swings: Sensitivity) -> set[str] | None:
    """The numbers whose switching values are looked for; None for all, as in all but very large studies."""
    if len(list(numbers_of(evaluation.study).used)) <= ALL_TRIED:
        return None
    numbers = [number.path for number in Response(evaluation).numbers]
    ranked = dict.fromkeys((*(swing.number.path for swing in swings.swings), *numbers))
    return set(list(ranked)[:TRIED_OF_MANY])


def _day(date: str | None) -> dt.date | None:
    try:
        return None if date is None else dt.date.fromisoformat(date)
    except ValueError:
        problem = Problem(f"{shown(date)} is not a date", "write it as 2026-11-24", file="date")
        raise DocumentError([problem]) from None
