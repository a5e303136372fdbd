"""How one outcome came to its present value, in words that can be checked by hand."""

from __future__ import annotations

import html
import math
import re
from typing import TYPE_CHECKING, Any, Self

from sroi import formatting, formulas
from sroi.conventions import Conventions
from sroi.labels import Figures, formula_in_words
from sroi.model import DEDUCTED, DEDUCTIONS
from sroi.numbers import Number
from sroi.optimism import biases
from sroi.resolution import numbers_of
from sroi.results.base import schema
from sroi.results.number_explained import number_lines
from sroi.tables import SCREEN_LINES, Brief
from sroi.text import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from sroi.model import Study
    from sroi.results.evaluation import Evaluation
    from sroi.results.rows import OneOrMany, OutcomeRow


_COLUMNS = 80
_MOST_LINES = SCREEN_LINES - 2
"""Lines of a screen without that which says what is omitted."""

_EVIDENCE = " " * 6
"""What a line begins with that says where a number of an outcome comes from."""

_STEP = re.compile(r"^(  = .+? {3,}\S.*?) {3}\S.*")
"""A step, and after three spaces how it is made."""

_WORDS_AND_NUMBER = re.compile(r"(  .+?) {2,}(\S.*)")
_A_YEAR = re.compile(r"    \d{4} ")


class Explanation(str):
    """Text that shows itself as it is when a notebook or a prompt displays it.

    ``brief`` is what of it one screen holds.
    """

    __slots__ = ("brief",)
    brief: Brief

    def __new__(cls, lines: Iterable[str], brief: Brief) -> Self:
        """The lines joined, with what of them one screen holds."""
        made = super().__new__(cls, "\n".join(lines))
        made.brief = brief
        return made

    def __getnewargs__(self) -> tuple[list[str], Brief]:  # type: ignore[override]  # as the class is made
        return self.split("\n"), self.brief

    def __repr__(self) -> str:
        return str(self)

    def to_dict(self) -> dict[str, Any]:
        """The text as JSON holds it: its lines."""
        return {"schema": schema("explanation"), "lines": self.splitlines()}

    def _repr_html_(self) -> str:
        return f"<pre>{html.escape(self)}</pre>"


def explain(evaluation: Evaluation, row: OutcomeRow) -> Explanation:
    """The chain from quantity to present value of one outcome, with the source of every number."""
    lines = [one_line(line) for line in _lines(evaluation.study, row)]
    steps = [_narrowed(_STEP.sub(r"\1", line)) for line in lines if not line.startswith(_EVIDENCE)]
    if len(steps) > 2:
        del steps[1]  # the method in one line
    years = [at for at, line in enumerate(steps) if _A_YEAR.match(line)]
    after, over = len(years), _height(steps) - _MOST_LINES
    later = years[max(after - over - 1, 1) :]
    if over > 0 and len(later) > 1:
        steps[later[0] : later[-1] + 1] = [f"  {'…':>6} {len(later)} more years"]
    return Explanation(lines, Brief(tuple(steps), (), len(lines) - len(steps), rows="lines"))


def explain_numbers(study: Study, numbers: Sequence[Number]) -> Explanation:
    """What each of some numbers is, where it comes from, and what it goes into."""
    lines = [one_line(line) for number in numbers for line in number_lines(study, number)]
    shown = list(lines)
    while len(shown) > 1 and _height(shown) > _MOST_LINES:
        shown.pop()
    return Explanation(lines, Brief(tuple(shown), (), len(lines) - len(shown), rows="lines"))


def _height(lines: Iterable[str]) -> int:
    """How many lines of a screen some lines take, each wrapped."""
    return sum(1 + max(0, math.ceil((len(line) - _COLUMNS) / (_COLUMNS - 10))) for line in lines)


def _narrowed(line: str) -> str:
    """A line with less room between its words and its number, where it is wider than a screen."""
    found = _WORDS_AND_NUMBER.match(line) if len(line) > _COLUMNS else None
    if found is None:
        return line
    return f"{found[1]}{found[2].rjust(max(_COLUMNS - len(found[1]), len(found[2]) + 2))}"


def _lines(study: Study, row: OutcomeRow) -> Iterator[str]:
    outcome, currency = study.outcomes[row.outcome], study.currency
    yield f"{row.title}, for {study.stakeholders[row.stakeholder].title}"
    if row.value is None or row.impact is None or row.present_value is None:
        yield "  has no money value: it stays in the value map and outside the total"
        return
    used, write = {number.path: number for number in numbers_of(study).used}, Figures(study)

    def number(field: str, shown: str, words: str | None = None) -> Iterator[str]:
        """One number of the outcome, and beneath it those it rests on, each with where it comes from."""
        yield f"  {words or field:<52} {shown}"
        path = f"outcomes.{row.outcome}.{field}"
        entries = [used[each] for each in used if each == path or each.startswith(f"{path}[")]
        yield from (f"      {origin}" for origin in dict.fromkeys(_origin(each, write) for each in entries))
        for name in dict.fromkeys(name for each in entries for name in each.rests_on):
            if (named := used.get(f"assumptions.{name}")) is not None:
                value = write.one(named.path, named.value)
                yield f"      {write.called(named.path)} = {value}: {_origin(named, write)}"

    yield f"  in {study.price_year} prices, {study.method.in_words}"
    yield ""
    yield from number("quantity", _series(row.quantity, formatting.plain, " (cohorts, one a year)"))
    proxy = row.value if isinstance(row.value, tuple) else (row.value,)
    said = formatting.listed(formatting.money(each, currency, whole=abs(each) >= 100) for each in proxy)
    each_year = "benefit year, by benefit year" if len(proxy) > 1 else "benefit year"
    yield from number("value", f"{said} a unit and {each_year}", "financial proxy")
    first = row.quantity[0] if isinstance(row.quantity, tuple) else row.quantity or 0.0
    cohort = " (first cohort)" if isinstance(row.quantity, tuple) else ""
    how = f"{formatting.plain(first)} × {formatting.plain(proxy[0])}{cohort}"
    yield _step("gross value", formulas.impact(first, proxy[0], 1.0), currency, how)
    conventions, taken = Conventions(study.method), dict.fromkeys(DEDUCTIONS, 0.0)
    for field in DEDUCTIONS:
        given = getattr(row, field)
        label = "contribution" if field == "attribution" and outcome.contribution is not None else field
        shares = _series(given, formatting.percent, " by benefit year")
        yield from number(label, shares, f"less {field} ({DEDUCTED[field]})")
        taken[field] = given[0] if isinstance(given, tuple) else given or 0.0
        left = formulas.impact(first, proxy[0], conventions.kept(*taken.values()))
        if field != DEDUCTIONS[-1]:
            yield _step("leaves", left, currency)
    yield _step("impact of the first benefit year, before drop-off", left, currency)
    lost = f"{formatting.percent(row.drop_off or 0.0)} {conventions.shape.each_year}"
    yield from number("drop_off", lost, "drop-off")
    bias = biases(numbers_of(study)).get(f"outcomes.{row.outcome}")
    if isinstance(bias, str):
        share = numbers_of(study).value(bias) or 0.0
        yield from number("optimism_bias", f"{formatting.percent(share)} of each gain", "less optimism bias")
    elif bias is not None:
        yield f"  {'less optimism bias':<52} {formatting.percent(bias)} of each gain"
        yield "      correction of the grade of its weakest number"
    years = f"{formatting.plain(row.duration or 0.0)} {'year' if row.duration == 1 else 'years'}"
    yield from number("duration", f"{years}, the first one {_start(row.starts or 0)}")
    yield ""
    yield f"  {'year':>6} {'undiscounted':>16} {'factor':>10} {'present value':>16}"
    for t, (flow, present) in enumerate(zip(row.by_year, row.by_year_pv, strict=True)):
        if flow and present is not None:
            yield _year(str(study.first_year + t), flow, f"{present / flow:.6f}", present, currency)
    yield _year("total", sum(flow or 0.0 for flow in row.by_year), "", row.present_value, currency)
    if outcome.discount_schedule is not None:
        yield f"  discounted by its own schedule, {outcome.discount_schedule}"
    if not row.in_total:
        yield f"  outside the total: a {row.kind} under transfers: {study.method.transfers}"


def _year(label: str, flow: float, factor: str, present: float, currency: str) -> str:
    undiscounted, discounted = (formatting.money(amount, currency, whole=True) for amount in (flow, present))
    return f"  {label:>6} {undiscounted:>16} {factor:>10} {discounted:>16}"


def _start(starts: int) -> str:
    named = {0: "the cohort's own", 1: "the one after the cohort's own"}
    return named.get(starts, f"{starts} years after the cohort's own")


def _step(words: str, amount: float, currency: str, how: str = "") -> str:
    line = f"  {'= ' + words:<52} {formatting.money(amount, currency, whole=True):>16}"
    return f"{line}   {how}" if how else line


def _series(value: OneOrMany | None, written: Callable[[float], str], several: str) -> str:
    if isinstance(value, tuple):
        return f"{formatting.listed(map(written, value))}{several}"
    return written(value or 0.0)


def _origin(number: Number, write: Figures) -> str:
    origin = number.origin
    where = f"[{origin.layer}] {origin.file}:{origin.line}" if origin is not None else None
    ends = write.span(number.path, number.low, number.high)
    parts = (
        formula_in_words(write.study, number.written),
        f"source {number.source}" if number.source else None,
        f"grade {number.grade}" if number.grade else None,
        f"{number.price_year} prices" if number.price_year is not None else None,
        f"from {ends}" if ends else None,
        f"borrowed from {number.borrowed_from}" if number.borrowed_from else None,
        number.rationale,
        None if number.source or number.rationale or number.computed else "no source, no rationale",
        where,
    )
    return "; ".join(part for part in parts if part)
