"""In what studies have to be alike before their returns can be set side by side, and in what they are not."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from sroi import formatting
from sroi.method import MethodProfile
from sroi.model.owners import owner
from sroi.results.base import Record
from sroi.results.summary import denominator
from sroi.words import readable
from sroi.years import year_written

if TYPE_CHECKING:
    from sroi.comparing.terms import Counted

_MOST_NAMED = 2
_APART = {"profile", "horizon", "transfers"}
"""Choices of a method that are no aspect of their own, or are one beside it."""

_CHOICES = tuple(name for name in MethodProfile.model_fields if name not in _APART)
_PARTIES = {
    "participant": "participants",
    "family": "families",
    "volunteer": "volunteers",
    "community": "the community",
    "business": "businesses",
    "state": "the state",
}


@dataclass(frozen=True, slots=True)
class Difference(Record):
    """One aspect in which the studies are not alike.

    Attributes
    ----------
    aspect, title : str
        Its name, such as ``price_year``, and what it is called.
    values : mapping of str to str
        What each study has, in words, by the name of its line.
    align : str
        What would make them alike.
    refused : bool
        Whether they are refused for it; where not, it stands in the way of a total alone.
    """

    aspect: str
    title: str
    values: Mapping[str, str]
    align: str
    refused: bool = True

    @property
    def groups(self) -> dict[str, list[str]]:
        """The names of the lines by what they have."""
        found: dict[str, list[str]] = {}
        for name, value in self.values.items():
            found.setdefault(value, []).append(name)
        return found

    @property
    def said(self) -> str:
        """What each study has, those that have the same together."""
        return "; ".join(f"{value} ({formatting.listed(names)})" for value, names in self.groups.items())

    @property
    def in_short(self) -> str:
        """The same, with a count in place of names where they are many."""
        return "; ".join(f"{value} ({some(names)})" for value, names in self.groups.items())


def some(names: Sequence[str]) -> str:
    """Names in a list, or how many they are where that is too many to read."""
    return formatting.listed(names) if len(names) <= _MOST_NAMED else f"{len(names)} of them"


class _Aspect(NamedTuple):
    key: str
    title: str
    of: Callable[[Sequence[Counted]], list[str]]
    align: str
    refused: bool = True


def differences(named: Mapping[str, Counted]) -> tuple[Difference, ...]:
    """The aspects in which studies that have a result are not alike, by the names of their lines."""
    counted, found = tuple(named.values()), []
    for aspect in _ASPECTS:
        values = aspect.of(counted)
        if len(set(values)) > 1:
            said = dict(zip(named, values, strict=True))
            align = aspect.align.format(latest=max(values))
            found.append(Difference(aspect.key, aspect.title, said, align, aspect.refused))
    return tuple(found)


def _methods(counted: Sequence[Counted]) -> list[str]:
    methods = [each.study.method for each in counted]
    apart = [name for name in _CHOICES if len({getattr(each, name) for each in methods}) > 1]
    if not apart:
        return [""] * len(methods)
    return [
        f"{each.called}: " + formatting.listed(f"{_name(name)} {_choice(name, each)}" for name in apart)
        for each in methods
    ]


def _name(choice: str) -> str:
    return readable(choice, capital=False)


def _choice(name: str, method: MethodProfile) -> str:
    value = getattr(method, name)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if name == "discount_rate" and value is not None:
        return formatting.percent(value)
    return "none" if value is None else str(value).replace("_", " ")


def _horizon(each: Counted) -> str:
    horizon = each.study.method.horizon
    return "no limit" if horizon is None else f"{horizon} years after year 0"


def _perspective(each: Counted) -> str:
    study = each.study
    counted = {row.outcome for row in each.evaluation.outcomes if row.in_total}
    reached = {owner(study, study.outcomes[name]).party for name in counted}
    whose = "what the state alone gains" if reached == {"state"} else "what society gains"
    return f"{whose}, transfers {study.method.transfers}"


def _denominator(each: Counted) -> str:
    if each.over is not None:
        return denominator(each.over)
    given: dict[str, set[str]] = {}
    for row in each.evaluation.inputs:
        party = each.study.stakeholders[row.stakeholder].party
        whose = "nobody named" if party is None else _PARTIES[party]
        given.setdefault(_name(row.kind), set()).add(whose)
    return formatting.listed(f"{kind} of {' and '.join(sorted(by))}" for kind, by in sorted(given.items()))


def _each(say: Callable[[Counted], str]) -> Callable[[Sequence[Counted]], list[str]]:
    return lambda counted: [say(each) for each in counted]


_ASPECTS = (
    _Aspect("method", "Method", _methods, "--method default reads all of them by one profile"),
    _Aspect(
        "price_year",
        "Price year",
        _each(lambda each: f"{each.price_year}"),
        "--price-year {latest} brings all money to the prices of one year",
    ),
    _Aspect(
        "horizon",
        "Horizon",
        _each(_horizon),
        "--method green-book counts ten years of all of them, but for an appraisal_period of its own",
    ),
    _Aspect(
        "kind",
        "Kind",
        _each(lambda each: each.study.kind),
        "a forecast is no evaluation and nothing makes it one: sroi diff OLD NEW explains what moved",
    ),
    _Aspect(
        "perspective",
        "Perspective",
        _each(_perspective),
        "--set method.transfers=excluded leaves transfers out of all of them; where one counts the state "
        "alone, compare the savings",
    ),
    _Aspect(
        "denominator",
        "Denominator",
        _each(_denominator),
        "--over cash, or --over public, counts the same money of all of them; or write an input of 0 where "
        "nothing of that kind was given",
    ),
    _Aspect(
        "currency",
        "Currency",
        _each(lambda each: each.study.currency),
        "write one study in the money of the other, with the rate and its source",
    ),
    _Aspect(
        "first_year",
        "Year that values are discounted to",
        _each(lambda each: str(_base_year(each))),
        "present values of different years are not added",
        refused=False,
    ),
)
ASPECTS = tuple(each.title for each in _ASPECTS if each.refused)
"""What studies have to be alike in, in words."""


def _base_year(each: Counted) -> int | str:
    start = each.study.method.discount_from
    return year_written(each.study.first_year) if start == "first_year" else start
