"""Studies as the two tables of a portfolio: every number resolved, in the prices of its study."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sroi import formulas
from sroi.backends import FLOATS
from sroi.errors import DocumentError, Problem
from sroi.model import DEDUCTIONS, as_study
from sroi.model.owners import owner
from sroi.numbers import of_year
from sroi.resolution import numbers_of
from sroi.validation import require
from sroi.walk import Walk

if TYPE_CHECKING:
    from sroi.model import Studied, Study
    from sroi.numbers import OutcomeNumbers

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Tables:
    """The two tables of a portfolio, as rows.

    Attributes
    ----------
    outcomes, inputs : tuple of dict
        In the long layout, for any dataframe to be made of: ``pandas.DataFrame(tables.outcomes)``.
    """

    outcomes: tuple[Row, ...]
    inputs: tuple[Row, ...]


def from_studies(studies: Iterable[Study | Studied] | Mapping[str, Study | Studied]) -> Tables:
    """Studies as the two tables of a portfolio, one programme each.

    Parameters
    ----------
    studies : iterable of Study, or mapping of str to Study
        A mapping names the programmes; else each goes by its study's name, once in each place.

    Returns
    -------
    Tables
        Every number is resolved and in the prices of its study. Deductions that are listed by benefit year
        make a row for each of the years. Outcomes without a money value are left out.

    Raises
    ------
    UndefinedResultError
        If a number that a study's result needs is not assessed.
    DocumentError
        If two studies have the same name and place.
    """
    named = studies.items() if isinstance(studies, Mapping) else ((None, each) for each in studies)
    outcomes: list[Row] = []
    inputs: list[Row] = []
    seen: set[tuple[str, str | None]] = set()
    for name, given in named:
        study = as_study(given, "sroi.portfolio.from_studies")
        programme = name or study.id
        if (programme, study.place) in seen:
            what = f"two studies are called {programme}" + (f" in {study.place}" if study.place else "")
            hint = "give a mapping that names each: from_studies({name: study, …})"
            raise DocumentError([Problem(what, hint, file="studies")])
        seen.add((programme, study.place))
        numbers = numbers_of(study)
        require(numbers)
        walk = Walk(numbers)
        about = {
            "programme": programme,
            "place": study.place,
            "strategy": study.strategy,
            "method": study.method.called,
            "price_year": str(study.price_year),
            "currency": study.currency,
        }
        outcomes.extend(row for each in walk.names for row in _outcome_rows(walk, each, about))
        inputs.extend(_input_rows(walk, about))
    return Tables(tuple(outcomes), tuple(inputs))


def _outcome_rows(walk: Walk, name: str, about: Row) -> Iterator[Row]:
    outcome, numbers = walk.study.outcomes[name], walk.outcome(name)
    account = owner(walk.study, outcome)
    fixed = {
        "drop_off": numbers.drop_off,
        "duration": numbers.duration,
        "starts": numbers.first,
        "kind": outcome.kind,
        "payer": account.payer,
        "party": account.party,
        "drop_off_from": outcome.drop_off_from,
        "discount_schedule": outcome.discount_schedule,
    }
    for cohort, quantity in enumerate(numbers.quantity):
        for years, deductions, value in _by_year(numbers):
            yield {
                **about,
                "outcome": name,
                "stakeholder": outcome.stakeholder,
                "cohort": cohort,
                "quantity": quantity,
                "value": _after_optimism(value, quantity, numbers.optimism),
                **deductions,
                **fixed,
                **years,
            }


def _by_year(numbers: OutcomeNumbers) -> Iterator[tuple[Row, Row, float]]:
    """The benefit years for which deductions and value are alike, the deductions, and the value."""
    last = numbers.longest - 1
    for k in range(numbers.longest):
        shares = dict(zip(DEDUCTIONS, numbers.at(k), strict=True))
        years = {"first_benefit_year": k, "last_benefit_year": k if k < last else None}
        yield years, shares, of_year(numbers.value, k)


def _after_optimism(value: float, quantity: float, optimism: float | None) -> float:
    """A value with the optimism bias of a gain taken off; units lost turn gain and loss about."""
    if optimism is None:
        return value
    side = 1.0 if quantity >= 0 else -1.0
    return side * float(formulas.lowered(side * value, optimism, FLOATS))


def _input_rows(walk: Walk, about: Row) -> Iterator[Row]:
    for name, entry in walk.study.inputs.items():
        giver = walk.study.stakeholders[entry.stakeholder]
        for year, amount in enumerate(walk.money[name]):
            yield {
                **about,
                "input": name,
                "year": year,
                "amount": amount,
                "funder": entry.stakeholder,
                "payer": giver.payer,
                "kind": entry.kind,
            }
