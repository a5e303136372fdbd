"""What one number is and where it comes from, in words that can be checked by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sroi.labels import Figures, formula_in_words
from sroi.resolution import numbers_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sroi.model import Study
    from sroi.numbers import Number


def numbers_at(study: Study, path: str) -> list[Number]:
    """The numbers at a path: one, the entries of a list, those of an input, or the assumption of a name."""
    paths = (path, f"assumptions.{path}")
    return [
        number
        for number in numbers_of(study)
        if any(number.path == each or number.path.startswith((f"{each}[", f"{each}.")) for each in paths)
    ]


def number_lines(study: Study, number: Number) -> Iterator[str]:
    """One number: its value, how it was written, its range, its evidence, and what it goes into."""
    write = Figures(study)
    unit = f" {write.unit(number.unit)}" if number.unit else ""
    value = "not assessed" if number.value is None else f"{write.one(number.path, number.value)}{unit}"
    yield f"{write.called(number.path)} = {value}"
    for words, said in _facts(study, number, write):
        yield f"  {words:<14} {said}"
    numbers = numbers_of(study)
    for name in number.rests_on:
        path = f"assumptions.{name}"
        yield f"  {'rests on':<14} {write.called(path)} = {write.one(path, numbers.value(path))} ({path})"
    section, _, name = number.path.partition(".")
    using = [each for each in numbers if section == "assumptions" and name in each.rests_on]
    for each in using:
        yield f"  {'goes into':<14} {write.called(each.path)} ({each.path})"
    if number not in numbers.used:
        yield f"  {'in the result':<14} no: the ratio does not rest on it"


def _facts(study: Study, number: Number, write: Figures) -> Iterator[tuple[str, str]]:
    """What is known of a number, each with its heading; what is not written is omitted."""
    yield "path", number.path
    if number.written is not None:
        yield "computed as", f"{formula_in_words(study, number.written)}, written {number.written}"
    if number.price_year is not None and number.entered is not None:
        entered = f"{write.one(number.path, number.entered)} in {number.price_year} prices"
        yield "written as", f"{entered}, × {number.factor:.6g} for {study.price_year} prices"
    if ends := write.span(number.path, number.low, number.high):
        yield "range", ends
    if number.source:
        source = study.sources.get(number.source)
        yield "source", number.source if source is None else f"{source.title} ({number.source})"
    if number.grade:
        yield "grade", number.grade
    if number.borrowed_from:
        yield "borrowed from", number.borrowed_from
    if number.rationale:
        yield "why", number.rationale
    if not (number.source or number.rationale or number.computed):
        yield "evidence", "no source, no rationale"
    if (origin := number.origin) is not None:
        yield "written in", f"[{origin.layer}] {origin.file}:{origin.line}"
