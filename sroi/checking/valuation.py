"""Rules about what an outcome is worth, and where that comes from."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sroi.checking.finding import Found
from sroi.checking.rules import rule
from sroi.checking.thresholds import limit
from sroi.documents.packcheck import NOT_TO_SHIP
from sroi.evaluation.warnings import past_review
from sroi.formatting import listed, percent
from sroi.labels import called_with_path, split_path
from sroi.quantities import shown
from sroi.reference import PriceYearError
from sroi.results import lineage
from sroi.units import currencies_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sroi.checking.case import Case
    from sroi.numbers import Number


@rule(
    "SROI020",
    "number-without-source",
    "error",
    reads="every number behind the result",
    why="Krlev 2013, item 7; Principle 3: a value that nobody can look up cannot be judged.",
    waive="Never: write a rationale, which names it as an assumption.",
    until_final=True,
)
def number_without_source(case: Case) -> Iterator[Found]:
    """A number behind the result has neither a source nor a reason."""
    fields = ("value", "quantity", "duration")
    for number in case.given():
        section, name = number.path.split(".")[:2]
        field = number.path.partition("[")[0].rpartition(".")[2]
        if section == "outcomes" and field not in fields:
            continue
        known = number.source or number.rationale
        if not known and not (
            section == "outcomes" and case.study.outcomes[name].indicator and field == "quantity"
        ):
            said = f"{called_with_path(case.study, number.path)} is {shown(number.entered)}"
            yield Found(number.path, f"{said}, and has neither source nor rationale")


@rule(
    "SROI021",
    "unit-does-not-fit",
    "warning",
    reads="unit of every number; outcomes.*.quantity, value",
    why="Money or counts of a week or month that are taken for a year's are wrong twelve- or fiftyfold.",
)
def unit_does_not_fit(case: Case) -> Iterator[Found]:
    """A number is of another period by its unit than it is taken for."""
    yield from (Found(doubt.path, doubt.words) for doubt in case.doubts if doubt.kind == "period")


@rule(
    "SROI022",
    "no-price-year",
    "warning",
    reads="price_year and source of money",
    why="The Green Book, 5.11: all money in the prices of one year. Old values uncorrected are a fifth to "
    "a third too low.",
    waive="The source prints the money in the study's prices already.",
)
def no_price_year(case: Case) -> Iterator[Found]:
    """Money from a source of an earlier year has no price year."""
    for number in case.given():
        source = case.study.sources.get(number.source or "")
        money = number.estimate.bounds.money and (
            currencies_in(number.unit or "") or split_path(number.path).field == "value"
        )
        if source is None or number.price_year is not None or not money or not number.value:
            continue
        if number.path.startswith("inputs.") and not number.estimate.source:
            continue
        year = _year(source.year)
        if year is not None and year < int(str(case.study.price_year)[:4]):
            said = (
                f"{called_with_path(case.study, number.path)} has no price_year and its source is of {year}"
            )
            ratio = None
            try:
                factor = case.numbers.prices.conversion(year)[0]
                ratio = case.with_values({number.path: number.value * factor})
            except PriceYearError:
                pass
            yield Found(number.path, f"{said}, in a study in prices of {case.study.price_year}", ratio=ratio)


def _year(written: object) -> int | None:
    found = re.findall(r"\b(?:19|20)\d\d\b", str(written or ""))
    return int(max(found)) if found else None


@rule(
    "SROI023",
    "past-review",
    "warning",
    reads="sources.*.review_by",
    why="Tables of prices and unit costs come out anew every year.",
)
def past_its_review(case: Case) -> Iterator[Found]:
    """A source behind the result should have been looked at again by now."""
    for name in past_review(case.study, case.today):
        source = case.study.sources[name]
        yield Found(
            f"sources.{name}", f"“{source.title}” should have been looked at again by {source.review_by}"
        )


@rule(
    "SROI024",
    "licence-forbids",
    "warning",
    reads="sources.*.licence, publisher",
    why="Some value banks may be used and not passed on; a study that is published passes them on.",
    waive="The study is for private use, or the publisher has agreed.",
)
def licence_forbids(case: Case) -> Iterator[Found]:
    """A source behind the result may not be passed on by its licence."""
    for name, source in lineage.sources_used(case.study).items():
        said = next(
            (each for each in (source.licence, source.publisher) if NOT_TO_SHIP.search(each or "")), None
        )
        if said is not None:
            yield Found(f"sources.{name}", f"“{source.title}”: {said} does not let its values be passed on")


@rule(
    "SROI025",
    "borrowed-without-range",
    "warning",
    reads="borrowed_from, low, high of every number",
    why="What was measured elsewhere is less sure here (OECD on value transfer).",
)
def borrowed_without_range(case: Case) -> Iterator[Found]:
    """A number that was measured in another place or group has no range."""
    for number in case.given():
        if number.borrowed_from is not None and number.low is None and number.estimate.sd is None:
            said = f"{called_with_path(case.study, number.path)} is borrowed from {number.borrowed_from}"
            yield Found(number.path, f"{said} and has no range")


@rule(
    "SROI027",
    "one-proxy-dominates",
    "warning",
    reads="outcomes.*.value; the result",
    why="An answer that rests on one number is as sure as that number (Principle 6).",
    waive="The number is well measured, which its grade says.",
)
def one_proxy_dominates(case: Case) -> Iterator[Found]:
    """One proxy is behind more than two fifths of the value, beside three outcomes or more."""
    if len(case.rows) < 3:
        return
    by_proxy: dict[str, list[str]] = {}
    for name in case.rows:
        proxies = case.entries(name, "value")
        rested = dict.fromkeys(each for number in proxies for each in number.rests_on)
        money = [each for each in rested if _is_money(case.numbers[f"assumptions.{each}"])]
        for path in [f"assumptions.{each}" for each in money] or [number.path for number in proxies]:
            by_proxy.setdefault(path, []).append(name)
    alike: dict[tuple[str, ...], list[str]] = {}
    for path, names in by_proxy.items():
        if not case.numbers[path].computed:
            alike.setdefault(tuple(names), []).append(path)
    for outcomes, paths in alike.items():
        share = sum(case.share(name) for name in outcomes)
        if share > limit("share_of_one_proxy"):
            called = listed(called_with_path(case.study, path) for path in paths[:3])
            more = f" and {len(paths) - 3} more" if len(paths) > 3 else ""
            verb = "is" if len(paths) == 1 else "are together"
            yield Found(paths[0], f"{called}{more} {verb} behind {percent(share)} of the value")


def _is_money(number: Number) -> bool:
    return bool(currencies_in(number.unit or "")) or number.price_year is not None


@rule(
    "SROI029",
    "misread-number",
    "warning",
    reads="every number as it is written",
    why="A point or comma that parts thousands here is a decimal there: the number is wrong a thousandfold.",
)
def misread_number(case: Case) -> Iterator[Found]:
    """A number may be read otherwise than it was meant."""
    kinds = ("misread", "share", "rate")
    yield from (Found(doubt.path, doubt.words) for doubt in case.doubts if doubt.kind in kinds)
