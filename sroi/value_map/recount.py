"""Every figure of a map beside the engine's own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sroi import formulas
from sroi.errors import Problem, UndefinedResultError
from sroi.evaluation import evaluate
from sroi.model import Input
from sroi.value_map.causes import conventions
from sroi.value_map.columns import BY_KEY
from sroi.value_map.imported import Disagreement, ImportedMap
from sroi.value_map.labels import TOTALS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sroi.evaluation import Evaluation
    from sroi.model import Study
    from sroi.value_map.headings import Headings
    from sroi.value_map.layout import Figure
    from sroi.value_map.reading import Rows
    from sroi.value_map.workbook import Sheet

_STAND_IN = "stand_in"


@dataclass(frozen=True)
class _Comparison:
    """The figures of one map, and how the numbers of its yearly columns lie on the calendar."""

    figures: list[Figure]
    first: int

    def ours(self, figure: Figure, result: Evaluation) -> float | None:
        """The engine's figure; None where it has none."""
        t = figure.year - self.first
        if figure.outcome:
            row = next((row for row in result.outcomes if row.outcome == figure.outcome), None)
            if row is None:
                return None
            if figure.of == "by_year":
                return (
                    (row.by_year[t] if 0 <= t < len(row.by_year) else 0.0)
                    if row.present_value is not None
                    else None
                )
            return row.impact if figure.of == "impact" else row.present_value
        counted = [row for row in result.outcomes if row.in_total]
        if figure.of in ("total_by_year", "by_year_pv"):
            series = [row.by_year if figure.of == "total_by_year" else row.by_year_pv for row in counted]
            return sum(((each[t] if 0 <= t < len(each) else 0.0) or 0.0) for each in series)
        if figure.of == "total_impact":
            return sum(row.impact or 0.0 for row in counted)
        if figure.of in ("total", "investment_total"):
            return (
                sum(sum(each.by_year) for each in result.inputs) if figure.of == "investment_total" else None
            )
        return float(getattr(result, figure.of))

    def agrees(self, figure: Figure, result: Evaluation) -> bool:
        found = self.ours(figure, result)
        return found is not None and abs(found - figure.reading.value) <= figure.reading.tolerance

    def printed(self, of: str, year: int | None = None) -> list[Figure]:
        return [
            figure for figure in self.figures if figure.of == of and (year is None or figure.year == year)
        ]


def recount(study: Study, sheet: Sheet, headings: Headings, rows: Rows) -> ImportedMap:
    """Calculate every figure of a map again, and list the cells that disagree."""
    missing: tuple[Problem, ...] = ()
    result = partial = None
    try:
        result = partial = evaluate(study)
    except UndefinedResultError as error:
        missing = error.problems
        partial = _of_what_is_assessed(study, missing)
    figures = [figure for figure in rows.figures if figure.of != "total"]
    disagreements: tuple[Disagreement, ...] = ()
    compared: list[Figure] = []
    if partial is not None:
        comparison = _Comparison(figures, _first_year(figures, headings, partial))
        wanted = figures if result is not None else [figure for figure in figures if figure.outcome]
        compared = [figure for figure in wanted if comparison.ours(figure, partial) is not None]
        disagreements = _disagreements(compared, comparison, partial, sheet)
    columns = [
        *((each, BY_KEY[key].title) for key, each in headings.columns.items()),
        *((each, f"Year {year}") for year, each in headings.years.items()),
    ]
    return ImportedMap(
        study=study,
        evaluation=result,
        file=sheet.file,
        sheet=sheet.name,
        columns=tuple(
            (each.letter, each.text, title)
            for each, title in sorted(columns, key=lambda pair: pair[0].column)
        ),
        unread_columns=tuple((each.letter, each.text) for each in headings.unread),
        unread_rows=tuple(rows.unread),
        notes=(
            *(f"the heading “{text}” is read as {title}" for text, title in headings.near.items()),
            *rows.notes,
        ),
        compared=len(compared),
        not_compared=len(rows.figures) - len(compared),
        disagreements=disagreements,
        missing=missing,
    )


def _of_what_is_assessed(study: Study, missing: tuple[Problem, ...]) -> Evaluation | None:
    """The result of the rows that can have one; a sum that stands for the inputs touches none of their figures."""
    lost = {".".join(problem.path.split(".")[:2]) for problem in missing}
    outcomes = {name: outcome for name, outcome in study.outcomes.items() if f"outcomes.{name}" not in lost}
    if not outcomes:
        return None
    giver = next(iter(study.stakeholders))
    inputs = {_STAND_IN: Input.model_validate({"stakeholder": giver, "kind": "cash", "value": 1})}
    try:
        return evaluate(study.model_copy(update={"outcomes": outcomes, "inputs": inputs}))
    except UndefinedResultError:
        return None


def _first_year(figures: list[Figure], headings: Headings, result: Evaluation) -> int:
    """The number of the yearly column of calendar index 0: of columns that begin with Year 1, by what agrees best with the figures."""
    numbers = list(headings.years)
    if not numbers or min(numbers) == 0:
        return 0
    if min(numbers) > 999:
        return result.study.first_year
    rows = [figure for figure in figures if figure.of == "by_year"]

    def likeness(first: int) -> tuple[int, int]:
        comparison = _Comparison(rows, first)
        same = sum(comparison.agrees(figure, result) for figure in rows)
        filled = sum(
            (figure.reading.value != 0) == ((comparison.ours(figure, result) or 0.0) != 0) for figure in rows
        )
        return same, filled

    return max((min(numbers), min(numbers) - 1), key=likeness)


def _disagreements(
    figures: list[Figure], comparison: _Comparison, result: Evaluation, sheet: Sheet
) -> tuple[Disagreement, ...]:
    wrong = [figure for figure in figures if not comparison.agrees(figure, result)]
    causes = {
        figure.ref: cause
        for figure in wrong
        if (cause := _follows(figure, comparison, result, {each.ref for each in wrong}))
    }
    unexplained = [figure for figure in wrong if figure.ref not in causes]
    for others in conventions(result.study) if unexplained else ():
        causes |= _explained(
            [figure for figure in unexplained if figure.ref not in causes], others, comparison
        )
    found = []
    for figure in wrong:
        ours = comparison.ours(figure, result)
        assert ours is not None
        found.append(
            Disagreement(
                f"{sheet.name}!{figure.ref}",
                _words(figure, result.study),
                figure.reading.value,
                ours,
                causes.get(figure.ref, ""),
                figure.reading.places,
            )
        )
    return tuple(found)


def _explained(
    figures: list[Figure], others: Iterable[tuple[str, Evaluation]], comparison: _Comparison
) -> dict[str, str]:
    """Which convention gives each figure, the one that gives the most of them first."""
    given = (
        [
            (words, {figure.ref for figure in figures if comparison.agrees(figure, other)})
            for words, other in others
        ]
        if figures
        else []
    )
    causes: dict[str, str] = {}
    for words, refs in sorted(given, key=lambda pair: -len(pair[1])):
        causes |= {ref: words for ref in refs if ref not in causes}
    return causes


def _follows(figure: Figure, comparison: _Comparison, result: Evaluation, wrong: set[str]) -> str:
    """The cells that disagree and that a figure follows from: the map's own cells give it, and they are wrong."""
    parts: list[Figure] = []
    combined: Callable[[list[float]], float] = sum
    if figure.of == "total_by_year":
        parts = comparison.printed("by_year", figure.year)
    elif figure.of == "total_impact":
        parts = comparison.printed("impact")
    elif figure.of == "by_year_pv":
        parts = comparison.printed("total_by_year", figure.year)[:1]
        t = figure.year - comparison.first
        factor = result.discount_factors[t] if 0 <= t < len(result.discount_factors) else 0.0
        combined = lambda values: float(formulas.discounted(values[0], factor))  # noqa: E731
    elif figure.of == "present_value" and not figure.outcome:
        parts = comparison.printed("by_year_pv") or [
            each for each in comparison.printed("present_value") if each.outcome
        ]
    elif figure.of in ("net_present_value", "social_return_ratio", "net_ratio"):
        value = [each for each in comparison.printed("present_value") if not each.outcome][:1]
        spent = (comparison.printed("investment") or comparison.printed("investment_total"))[:1]
        formula = getattr(formulas, figure.of)
        parts = value + spent if value else []
        combined = lambda values: float(formula(*values, *([] if spent else [result.investment])))  # noqa: E731
    to_blame = [part.ref for part in parts if part.ref in wrong]
    if not to_blame:
        return ""
    values = [part.reading.value for part in parts]
    expected = combined(values)
    tolerance = figure.reading.tolerance
    for position, part in enumerate(parts):
        tolerance += abs(
            combined([*values[:position], values[position] + part.reading.tolerance, *values[position + 1 :]])
            - expected
        )
    if not abs(expected - figure.reading.value) <= tolerance:
        return ""
    return f"follows from {', '.join(to_blame[:4])}" + (" and others" if len(to_blame) > 4 else "")


def _words(figure: Figure, study: Study) -> str:
    if figure.outcome:
        title = study.outcomes[figure.outcome].title or figure.outcome
        return {"impact": "Impact", "present_value": "Present value", "by_year": f"Year {figure.year}"}[
            figure.of
        ] + f" of {title}"
    named = {label.key: label.title for label in TOTALS}
    of_years = {
        "total_by_year": f"Total of year {figure.year}",
        "by_year_pv": f"Present value of year {figure.year}",
    }
    others = {"total_impact": "Total impact", "investment_total": "Total of inputs"}
    return {**named, **others, **of_years}[figure.of]
