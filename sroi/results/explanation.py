"""How one outcome came to its present value, in words that can be checked by hand."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from sroi import formatting
from sroi.resolution import Resolution
from sroi.results import lineage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sroi.model import Estimate
    from sroi.results.evaluation import Evaluation
    from sroi.results.rows import OutcomeRow

_DEDUCTIONS = (
    ("deadweight", "would have happened anyway"),
    ("displacement", "moved from elsewhere"),
    ("attribution", "due to others"),
)


class Explanation(str):
    """Text that shows itself as it is when a notebook or a prompt displays it."""

    __slots__ = ()

    def __repr__(self) -> str:
        return str(self)

    def _repr_html_(self) -> str:
        return f"<pre>{html.escape(self)}</pre>"


def explain(evaluation: Evaluation, row: OutcomeRow) -> Explanation:
    """The chain from quantity to present value of one outcome, with the source of every number."""
    return Explanation("\n".join(_lines(evaluation, row)))


def _lines(evaluation: Evaluation, row: OutcomeRow) -> Iterator[str]:
    study, currency = evaluation.study, evaluation.study.currency
    yield f"{row.title} ({row.outcome}), for {study.stakeholders[row.stakeholder].title}"
    if row.value is None or row.impact is None or row.present_value is None:
        yield "  has no money value: it stays in the value map and outside the total"
        return
    yield f"  in {study.price_year} prices, {study.method.in_words}"
    yield ""
    yield from _number(evaluation, row, "quantity", _joined(row.quantity))
    yield from _number(
        evaluation,
        row,
        "value",
        f"{formatting.money(row.value, currency, whole=abs(row.value) >= 100)} a unit and benefit year",
        "financial proxy",
    )
    first = row.quantity[0] if isinstance(row.quantity, tuple) else row.quantity or 0.0
    gross = first * row.value
    yield _step(
        "gross value",
        gross,
        currency,
        f"{formatting.plain(first)} × {formatting.plain(row.value)}{' (first cohort)' if isinstance(row.quantity, tuple) else ''}",
    )
    left = gross
    for field, meaning in _DEDUCTIONS:
        given = getattr(row, field)
        share = given[0] if isinstance(given, tuple) else given or 0.0
        label = (
            field
            if study.outcomes[row.outcome].contribution is None or field != "attribution"
            else "contribution"
        )
        yield from _number(evaluation, row, label, _percents(given), f"less {field} ({meaning})")
        left -= (left if study.method.deductions == "multiplied" else gross) * share
        if field != "attribution":
            yield _step("leaves", left, currency)
    yield _step("impact of the first benefit year, before drop-off", left, currency)
    yield from _number(
        evaluation, row, "drop_off", formatting.percent(row.drop_off or 0.0) + " a year", "drop-off"
    )
    yield from _number(
        evaluation,
        row,
        "duration",
        f"{formatting.plain(row.duration or 0.0)} {'year' if row.duration == 1 else 'years'}, the first one {_start(row.starts or 0)}",
    )
    yield ""
    yield f"  {'year':>6} {'undiscounted':>16} {'factor':>10} {'present value':>16}"
    own = study.outcomes[row.outcome].discount_schedule
    for t, (flow, present) in enumerate(zip(row.by_year, row.by_year_pv, strict=True)):
        if flow and present is not None:
            yield _year(str(study.first_year + t), flow, f"{present / flow:.6f}", present, currency)
    yield _year("total", sum(flow or 0.0 for flow in row.by_year), "", row.present_value, currency)
    if own is not None:
        yield f"  discounted by its own schedule, {own}"
    if not row.in_total:
        yield f"  outside the total: a {row.kind} under transfers: {study.method.transfers}"


def _year(label: str, flow: float, factor: str, present: float, currency: str) -> str:
    undiscounted, discounted = (formatting.money(amount, currency, whole=True) for amount in (flow, present))
    return f"  {label:>6} {undiscounted:>16} {factor:>10} {discounted:>16}"


def _start(starts: int) -> str:
    return {0: "the cohort's own", 1: "the one after the cohort's own"}.get(
        starts, f"{starts} years after the cohort's own"
    )


def _step(words: str, amount: float, currency: str, how: str = "") -> str:
    return f"  {'= ' + words:<52} {formatting.money(amount, currency, whole=True):>16}" + (
        f"   {how}" if how else ""
    )


def _joined(value: float | tuple[float, ...] | None) -> str:
    values = value if isinstance(value, tuple) else (value or 0.0,)
    return formatting.listed(formatting.plain(each) for each in values) + (
        " (cohorts, one a year)" if isinstance(value, tuple) else ""
    )


def _percents(value: float | tuple[float, ...] | None) -> str:
    values = value if isinstance(value, tuple) else (value or 0.0,)
    return formatting.listed(formatting.percent(each) for each in values) + (
        " by benefit year" if isinstance(value, tuple) else ""
    )


def _number(
    evaluation: Evaluation, row: OutcomeRow, field: str, shown: str, words: str | None = None
) -> Iterator[str]:
    """One number of the outcome, and beneath it those it rests on, each with where it comes from."""
    study = evaluation.study
    resolution = Resolution(study)
    written = getattr(study.outcomes[row.outcome], field)
    entries: tuple[Estimate, ...] = written if isinstance(written, tuple) else (written,)
    many = len(entries) > 1
    yield f"  {words or field:<52} {shown}"
    reached: dict[str, None] = {}
    told: dict[str, None] = {}
    for position, estimate in enumerate(entries):
        path = f"outcomes.{row.outcome}.{field}" + (f"[{position}]" if many else "")
        told[_origin(lineage.number_used(study, resolution, path, estimate))] = None
        reached |= dict.fromkeys(resolution.rests_on(estimate))
    yield from (f"      {origin}" for origin in told)
    for name in reached:
        named = study.assumptions[name]
        if named is not None:
            number = lineage.number_used(study, resolution, f"assumptions.{name}", named)
            value = "" if number.value is None else formatting.plain(number.value)
            yield f"      {name} = {value}: {_origin(number)}"


def _origin(number: lineage.NumberUsed) -> str:
    where = f"{number.file}:{number.line}" if number.file is not None else ""
    parts = [
        number.written,
        f"source {number.source}" if number.source else None,
        f"grade {number.grade}" if number.grade else None,
        f"{number.price_year} prices" if number.price_year is not None else None,
        f"from {formatting.plain(number.low)} to {formatting.plain(number.high)}"
        if number.low is not None and number.high is not None
        else None,
        f"borrowed from {number.borrowed_from}" if number.borrowed_from else None,
        number.rationale,
        None if number.source or number.rationale or number.computed else "no source, no rationale",
        f"[{number.layer}] {where}" if number.layer else None,
    ]
    return "; ".join(part for part in parts if part)
