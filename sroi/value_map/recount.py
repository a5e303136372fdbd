"""Every figure of a map beside the engine's own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sroi import formulas
from sroi.errors import Problem, UndefinedResultError
from sroi.evaluation import evaluate
from sroi.model import Input
from sroi.value_map.columns import BY_KEY, TOTAL_TITLES, year_title
from sroi.value_map.conventions import conventions
from sroi.value_map.imported import Disagreement, ImportedMap

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from sroi.model import Study
    from sroi.results import Evaluation
    from sroi.value_map.headings import Headings
    from sroi.value_map.layout import Figure
    from sroi.value_map.rows import Rows


@dataclass(frozen=True)
class _Comparison:
    """The figures of one map, and the number of its yearly column of calendar index 0."""

    figures: list[Figure]
    first: int

    def ours(self, figure: Figure, result: Evaluation) -> float | None:
        """The engine's figure; None where it has none."""
        if figure.outcome:
            row = next((row for row in result.outcomes if row.outcome == figure.outcome), None)
            if row is None or row.present_value is None:
                return None
            printed = {"impact": row.impact, "present_value": row.present_value}
            return self._of_year(row.by_year, figure) if figure.of == "by_year" else printed[figure.of]
        inputs = [row for row in result.inputs if not figure.over or f"inputs.{row.input}" in figure.over]
        counted = [
            row
            for row in result.outcomes
            if row.in_total and (not figure.over or f"outcomes.{row.outcome}" in figure.over)
        ]
        if figure.of == "total_by_year":
            return sum(self._of_year(row.by_year, figure) for row in counted)
        if figure.of == "by_year_pv":
            return sum(self._of_year(row.by_year_pv, figure) for row in counted)
        if figure.of == "total_impact":
            return sum(row.impact or 0.0 for row in counted)
        if figure.of == "investment_total":
            return sum(sum(each.by_year) for each in inputs)
        if figure.over:
            return sum(row.present_value or 0.0 for row in counted)
        return float(getattr(result, figure.of))

    def _of_year(self, series: Sequence[float | None], figure: Figure) -> float:
        t = figure.year - self.first
        return (series[t] if 0 <= t < len(series) else None) or 0.0

    def agrees(self, figure: Figure, result: Evaluation) -> bool:
        found = self.ours(figure, result)
        return found is not None and abs(found - figure.reading.value) <= figure.reading.tolerance

    def printed(self, of: str, year: int = -1) -> list[Figure]:
        return [each for each in self.figures if (each.of, each.year) == (of, year) and not each.over]


def recount(study: Study, headings: Headings, rows: Rows) -> ImportedMap:
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
        disagreements = _disagreements(compared, comparison, partial, headings.sheet.name)
    columns = [(each, BY_KEY[key].title) for key, each in headings.columns.items()]
    columns += [(each, year_title(year)) for year, each in headings.years.items()]
    columns.sort(key=lambda pair: pair[0].column)
    near = [f"the heading “{text}” is read as {title}" for text, title in headings.near.items()]
    return ImportedMap(
        study=study,
        evaluation=result,
        file=headings.sheet.file,
        sheet=headings.sheet.name,
        columns=tuple((each.letter, each.text, title) for each, title in columns),
        unread_columns=(*((each.letter, each.text) for each in headings.unread), *rows.loose.items()),
        unread_rows=tuple(rows.unread),
        unread_cells=tuple(rows.unread_cells),
        notes=(*near, *rows.notes),
        compared=len(compared),
        not_compared=len(rows.figures) - len(compared),
        disagreements=disagreements,
        missing=missing,
    )


def _of_what_is_assessed(study: Study, missing: tuple[Problem, ...]) -> Evaluation | None:
    """The result of the rows that can have one; no figure of a row needs the inputs, so one is made up."""
    lost = {".".join(problem.path.split(".")[:2]) for problem in missing}
    outcomes = {name: outcome for name, outcome in study.outcomes.items() if f"outcomes.{name}" not in lost}
    giver = next(iter(study.stakeholders))
    inputs = {"made_up": Input.model_validate({"stakeholder": giver, "kind": "cash", "value": 1})}
    if not outcomes:
        return None
    try:
        return evaluate(study.model_copy(update={"outcomes": outcomes, "inputs": inputs}))
    except UndefinedResultError:
        return None


def _first_year(figures: list[Figure], headings: Headings, result: Evaluation) -> int:
    """The number of the column of calendar index 0; Year 1 is that or the next, whichever agrees better."""
    first = min(headings.years, default=0)
    if first == 0:
        return 0
    if first > 999:
        return result.study.first_year
    rows = [figure for figure in figures if figure.of == "by_year"]

    def likeness(first: int) -> tuple[int, int]:
        comparison = _Comparison(rows, first)
        same = sum(comparison.agrees(figure, result) for figure in rows)
        filled = [(figure.reading.value != 0) == bool(comparison.ours(figure, result)) for figure in rows]
        return same, sum(filled)

    return max((first, first - 1), key=likeness)


def _disagreements(
    figures: list[Figure], comparison: _Comparison, result: Evaluation, sheet: str
) -> tuple[Disagreement, ...]:
    wrong = [figure for figure in figures if not comparison.agrees(figure, result)]
    refs = {figure.ref for figure in wrong}
    follows = {figure.ref: _follows(figure, comparison, result, refs) for figure in wrong}
    causes = {ref: words for ref, words in follows.items() if words}
    for together in (1, 2):
        unexplained = [figure for figure in wrong if figure.ref not in causes]
        if unexplained:
            causes |= _explained(unexplained, conventions(result.study, together), comparison)
    return tuple(
        Disagreement(
            f"{sheet}!{figure.ref}",
            _words(figure, result.study),
            figure.reading.value,
            comparison.ours(figure, result) or 0.0,
            causes.get(figure.ref, ""),
            figure.reading.places,
        )
        for figure in wrong
    )


def _explained(
    figures: list[Figure], others: Iterable[tuple[str, Evaluation]], comparison: _Comparison
) -> dict[str, str]:
    """Which convention gives each figure, the one that gives the most of them first."""
    given = [
        (words, [figure.ref for figure in figures if comparison.agrees(figure, other)])
        for words, other in others
    ]
    causes: dict[str, str] = {}
    for words, refs in sorted(given, key=lambda pair: -len(pair[1])):
        causes = dict.fromkeys(refs, words) | causes
    return causes


def _follows(figure: Figure, comparison: _Comparison, result: Evaluation, wrong: set[str]) -> str:
    """The wrong cells that a figure follows from: the map's own cells give it, and some of them are wrong."""
    parts, combined = _parts_of(figure, comparison, result)
    to_blame = [part.ref for part in parts if part.ref in wrong]
    if not to_blame:
        return ""
    values = [part.reading.value for part in parts]
    tolerance = figure.reading.tolerance
    try:
        expected = combined(values)
        for position, part in enumerate(parts):
            moved = [*values[:position], values[position] + part.reading.tolerance, *values[position + 1 :]]
            tolerance += abs(combined(moved) - expected)
    except ZeroDivisionError:
        return ""
    if not abs(expected - figure.reading.value) <= tolerance:
        return ""
    return f"follows from {', '.join(to_blame[:4])}" + (" and others" if len(to_blame) > 4 else "")


def _parts_of(
    figure: Figure, comparison: _Comparison, result: Evaluation
) -> tuple[list[Figure], Callable[[list[float]], float]]:
    """The figures of the map that a figure is made of, and how."""
    printed = comparison.printed
    if figure.over:
        of = {"total_by_year": "by_year", "total_impact": "impact", "present_value": "present_value"}
        rows = printed(of.get(figure.of, ""), figure.year)
        return [each for each in rows if f"outcomes.{each.outcome}" in figure.over], sum
    if figure.of == "total_by_year":
        return printed("by_year", figure.year), sum
    if figure.of == "total_impact":
        return printed("impact"), sum
    if figure.of == "by_year_pv":
        factors, t = result.discount_factors, figure.year - comparison.first
        factor = factors[t] if 0 <= t < len(factors) else 0.0
        year = printed("total_by_year", figure.year)[:1]
        return year, lambda values: float(formulas.discounted(values[0], factor))
    values = printed("present_value")
    if figure.of == "present_value" and not figure.outcome:
        return [each for each in comparison.figures if each.of == "by_year_pv"] or [
            each for each in values if each.outcome
        ], sum
    if figure.of in ("net_present_value", "social_return_ratio", "net_ratio"):
        value = [each for each in values if not each.outcome][:1]
        spent = (printed("investment") or printed("investment_total"))[:1]
        formula, more = getattr(formulas, figure.of), [] if spent else [result.investment]
        return (value + spent if value else []), lambda values: float(formula(*values, *more))
    return [], sum


def _words(figure: Figure, study: Study) -> str:
    """What a figure is, in words."""
    year = year_title(figure.year)
    if figure.outcome:
        title = study.outcomes[figure.outcome].title or figure.outcome
        whole = {"impact": "Impact", "present_value": "Present value", "by_year": year}
        return f"{whole[figure.of]} of {title}"
    if figure.over:
        part = {"total_impact": "impact", "investment_total": "inputs", "total_by_year": year.lower()}
        return f"Subtotal of {part.get(figure.of, 'present value')}"
    return {
        **TOTAL_TITLES,
        "total_impact": "Total impact",
        "investment_total": "Total of inputs",
        "total_by_year": f"Total of {year.lower()}",
        "by_year_pv": f"Present value of {year.lower()}",
    }[figure.of]
