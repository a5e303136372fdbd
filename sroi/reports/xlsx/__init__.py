"""The workbook: the whole model in live formulas, reconciled with the engine."""

from __future__ import annotations

import datetime as dt
import io
from typing import TYPE_CHECKING

from sroi.accounts import ledger as ledger_of
from sroi.extras import needed
from sroi.reports.xlsx.as_written import AsWritten
from sroi.reports.xlsx.assumptions import Assumptions
from sroi.reports.xlsx.book import Book
from sroi.reports.xlsx.claims import Claims, warnings
from sroi.reports.xlsx.demand import Demand
from sroi.reports.xlsx.ledger import LedgerSheet
from sroi.reports.xlsx.lists import Lists
from sroi.reports.xlsx.people import Inputs, stakeholders
from sroi.reports.xlsx.pictures import Range
from sroi.reports.xlsx.reconciliation import Reconciliation
from sroi.reports.xlsx.review import review
from sroi.reports.xlsx.styles import Styles
from sroi.reports.xlsx.summary import Summary
from sroi.reports.xlsx.texts import in_scenarios, method, sources
from sroi.reports.xlsx.value_map import ValueMap
from sroi.reports.xlsx.years import BenefitYears, Discounting, Payback, PresentValues
from sroi.results.answer import Answer
from sroi.text import printable
from sroi.version import VERSION

if TYPE_CHECKING:
    from sroi.reports.parts import Content, Recorded, Section
    from sroi.results import Alternatives, Evaluation

__all__ = ["report_workbook", "workbook"]

_MADE = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - a fixed time, so that the same study gives the same bytes
_OPTIONS = {"in_memory": True} | dict.fromkeys(
    ("strings_to_urls", "strings_to_formulas", "strings_to_numbers"), False
)


def report_workbook(content: Content) -> bytes:
    """The workbook of a report: :func:`workbook` with all that the report holds."""
    results = content.results
    return workbook(
        results.evaluation,
        date=content.date,
        answer=content.answer,
        asked=content.section("review"),
        recorded=results.recorded,
        scenarios=results.scenarios,
    )


def workbook(
    evaluation: Evaluation,
    *,
    date: str | None = None,
    answer: Answer | None = None,
    asked: Section | None = None,
    recorded: Recorded | None = None,
    scenarios: Alternatives | None = None,
) -> bytes:
    """A result as an Excel workbook whose figures are formulas.

    Parameters
    ----------
    evaluation : Evaluation
        The result. Every number that it was made from is a cell, and every step a formula over such cells.
    date : str, optional
        A date to print.
    answer : Answer, optional
        What the first sheet says, with its range; without one the range is said not to have been computed.
    asked : Section, optional
        What a reviewer would ask, for a sheet of its own.
    recorded : Recorded, optional
        The record of the run, for the sheet of the method.
    scenarios : Alternatives, optional
        The study in its scenarios, for a sheet of their own.

    Returns
    -------
    bytes
        The .xlsx file; the same result gives the same bytes.

    Raises
    ------
    DocumentError
        If XlsxWriter is not installed.

    Notes
    -----
    Cached values are the engine's own, for readers that do not calculate. Changing an entered number gives
    what the engine gives for it, as long as each duration fits the columns, which have room for five benefit
    years more than the study has.
    """
    packed = io.BytesIO()
    file = needed("xlsxwriter", "a workbook").Workbook(packed, _OPTIONS)
    study = evaluation.study
    about = {"title": printable(study.title), "author": printable(study.author or "")}
    file.set_properties({**about, "comments": f"sroi {VERSION}", "created": _MADE})
    file.set_calc_mode("auto")
    book = Book(file, evaluation, Styles(file, study.currency))
    lists = Lists(book)
    if answer is None:
        answer = Answer(evaluation, ledger_of(evaluation), None, None)
    summary = Summary(book, answer, date=date)
    claims = Claims(book)
    warnings(book, answer.warnings)
    if asked is not None:
        review(book, asked)
    assumptions = Assumptions(book)
    stakeholders(book)
    inputs = Inputs(book, lists)
    value_map = ValueMap(book, lists)
    lists.write()
    benefit_years = BenefitYears(book)
    Discounting(book)
    present_values = PresentValues(book)
    payback = Payback(book)
    postings = LedgerSheet(book, answer.ledger)
    demand = Demand(book, answer.ledger)
    method(book, recorded)
    sources(book)
    if scenarios is not None:
        in_scenarios(book, scenarios)
    spread = Range(book, answer)
    reconciliation = Reconciliation(book)
    written = AsWritten(book)
    book.carry()
    for sheet in (assumptions, inputs, value_map, benefit_years, present_values, postings, demand):
        sheet.finish()
    claims.finish(postings.ratios["savings_return"])
    spread.finish()
    written.finish(reconciliation.finish(postings.facts + demand.facts))
    summary.finish(payback=payback.finish(), ratios=postings.ratios, written=written, spread=spread)
    for page in book.sheets:
        page.close()
    file.close()
    return packed.getvalue()
