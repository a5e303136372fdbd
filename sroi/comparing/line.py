"""One line of a comparison: the figures of a study, or why it has none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sroi import formulas
from sroi.base import Entries
from sroi.errors import NumberError, SroiError
from sroi.labels import path_label
from sroi.resolution import numbers_of
from sroi.results.base import Record
from sroi.years import year_written

if TYPE_CHECKING:
    from sroi.comparing.terms import Counted
    from sroi.model import Study
    from sroi.results import Simulation


@dataclass(frozen=True, slots=True)
class Line(Record):
    """The figures of one study; None where it has no result, or does not say.

    Attributes
    ----------
    name : str
        What it was given as, told apart from the others.
    study : str or None
        Its identifier; None where it could not be read.
    title : str
    place, kind, method : str or None
    within : tuple of str
        The wider places whose packs lie under it, such as its nation.
    price_year : int, str or None
        Year of whose prices its money is here.
    currency : str or None
    first_year : int, str or None
    years : int or None
        How many years it counts, from year 0.
    social_return_ratio : float or None
    ratio_low, ratio_high : float or None
        Between which it lies in eight draws of ten.
    savings_ratio : float or None
        Services that the state needs less, for one unit of the same money.
    net_present_value, present_value, investment, saved : float or None
    people : float or None
        How many take part: the sizes of the groups of participants that have outcomes.
    cost_per_person : float or None
        Investment over people.
    share_sourced : float or None
        Part of the value that rests on numbers with a source.
    no_result : str or None
        Why there is no result.
    unlike : mapping of str to str
        What it has in each aspect in which the studies are not alike.
    notes : tuple of str
        What a reader should know of it.
    """

    name: str
    study: str | None = None
    title: str = ""
    place: str | None = None
    kind: str | None = None
    method: str | None = None
    price_year: int | str | None = None
    currency: str | None = None
    first_year: int | str | None = None
    years: int | None = None
    social_return_ratio: float | None = None
    ratio_low: float | None = None
    ratio_high: float | None = None
    savings_ratio: float | None = None
    net_present_value: float | None = None
    present_value: float | None = None
    investment: float | None = None
    saved: float | None = None
    people: float | None = None
    cost_per_person: float | None = None
    share_sourced: float | None = None
    no_result: str | None = None
    unlike: Mapping[str, str] = Entries()
    notes: tuple[str, ...] = ()
    within: tuple[str, ...] = ()


def line(
    name: str, counted: Counted, drawn: Simulation | None, unlike: Mapping[str, str], notes: tuple[str, ...]
) -> Line:
    """The line of a study that has a result."""
    study, result = counted.study, counted.evaluation
    investment, heads = counted.money(result.investment), people(study)
    ends = drawn.interval if drawn is not None and drawn.uncertain and drawn.ratio.undefined < 1 else None
    low, high = ends if ends is not None else (None, None)
    return Line(
        name, study.id, study.title, study.place, study.kind, study.method.called,
        counted.price_year, study.currency, year_written(study.first_year), len(result.discount_factors),
        social_return_ratio=result.social_return_ratio, ratio_low=low, ratio_high=high,
        savings_ratio=result.savings_ratio, net_present_value=counted.money(result.net_present_value),
        present_value=counted.money(result.present_value), investment=investment,
        saved=counted.money(result.saved), people=heads, cost_per_person=cost_per_person(investment, heads),
        share_sourced=result.value_by_basis["sourced"], unlike=unlike, notes=(*notes, *counted.notes),
        within=_within(study),
    )  # fmt: skip


def without_result(name: str, study: Study | None, reason: str, place: str | None) -> Line:
    """The line of a study that has none, or that could not be read."""
    if study is None:
        return Line(name, place=place, no_result=reason)
    return Line(
        name, study.id, study.title, study.place, study.kind, study.method.called, study.price_year,
        study.currency, year_written(study.first_year), no_result=reason,
    )  # fmt: skip


def _within(study: Study) -> tuple[str, ...]:
    packs = () if study.provenance is None else study.provenance.packs
    return () if study.place is None else tuple(name for name in packs if name != study.place)


def why(error: SroiError, study: Study | None = None) -> str:
    """An error as the reason of a line, its paths in words."""
    if isinstance(error, NumberError):
        return f"{error}; {error.hint}"
    said = []
    for each in error.problems:
        if study is None or not each.path:
            said.append(f"{each.message}; {each.hint}" if each.hint else each.message)
        else:
            said.append(f"{path_label(study, each.path)} ({each.path}): {each.message}")
    return ". ".join(said)


def people(study: Study) -> float | None:
    """How many take part: groups of participants that have outcomes; None where one is not counted."""
    holders = {each.stakeholder for each in study.outcomes.values()}
    groups = [name for name, each in study.stakeholders.items() if each.party == "participant"]
    sizes = [numbers_of(study).value(f"stakeholders.{name}.size") for name in groups if name in holders]
    if not sizes or any(size is None for size in sizes):
        return None
    return float(sum(size for size in sizes if size is not None))


def cost_per_person(investment: float, heads: float | None) -> float | None:
    """What is put in for each who takes part; None where they are not counted, or nobody does."""
    return float(formulas.cost_a_unit(investment, heads)) if heads else None
