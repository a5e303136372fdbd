"""Options of one decision beside their baseline: what each costs and gives more, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sroi.documents import dumps
from sroi.results import options_tables
from sroi.results.base import Record, Result, plain

if TYPE_CHECKING:
    from sroi.model import Study
    from sroi.results.spread import Spread
    from sroi.results.switching import SwitchingValue
    from sroi.tables import Brief, Table


@dataclass(frozen=True, slots=True)
class Option(Record):
    """One option, by itself and against the baseline. Money is in the options' prices.

    Attributes
    ----------
    name, study, title : str
        What it is called here, the identifier of its study, and the study's title.
    baseline : bool
        Whether it is what the others are set against.
    investment, present_value, net_present_value : float
        Present values of all inputs, of all outcomes in the total, and the second less the first.
    more_investment, more_present_value, more_net_present_value : float
        The same less those of the baseline.
    incremental_ratio : float or None
        More present value over more investment; None of the baseline and where no more is put in.
    dominated_by : tuple of str
        Options that cost no more and give no less, and are better in one of them.
    spread, more_spread : Spread or None
        How the net present value, and what it is more than the baseline's, are spread over the draws; None
        where no number varies or nothing is drawn.
    highest : float or None
        Share of the draws in which it has the highest net present value; one tied with others has its part.
    better : float or None
        Share of the draws in which it has a higher one than the baseline.
    """

    name: str
    study: str
    title: str
    baseline: bool
    investment: float
    present_value: float
    net_present_value: float
    more_investment: float
    more_present_value: float
    more_net_present_value: float
    incremental_ratio: float | None
    dominated_by: tuple[str, ...]
    spread: Spread | None
    more_spread: Spread | None
    highest: float | None
    better: float | None


@dataclass(frozen=True, slots=True)
class Switch(Record):
    """What one number would have to be for two options to have the same net present value.

    Attributes
    ----------
    options : tuple of str
        Those of the two that the number moves.
    at : SwitchingValue
        Where it would have to be.
    """

    options: tuple[str, ...]
    at: SwitchingValue

    def to_dict(self) -> dict[str, Any]:
        """The switching value as plain values, with the options that the number moves."""
        return {"options": list(self.options), **self.at.to_dict()}


@dataclass(frozen=True, slots=True)
class UnpricedWorth(Record):
    """What an outcome without a money value would have to be worth for an option to be worth the most.

    Attributes
    ----------
    option, outcome, title : str
        Whose it is, its name and its title.
    unit : str or None
        What a unit of it is called.
    at_least, at_most : float or None
        Money a unit and benefit year, between which the option has the highest net present value; None where
        there is no such end, or the units are not known.
    in_all : float or None
        The least as present value of the whole outcome.
    reason : str or None
        Why there is none, or why it is not known a unit.
    """

    option: str
    outcome: str
    title: str
    unit: str | None
    at_least: float | None
    at_most: float | None
    in_all: float | None
    reason: str | None


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Options(Result):
    """Options of one decision.

    Attributes
    ----------
    options : tuple of Option
        Each of them, in the order given.
    baseline, best : str
        What the others are set against; the one with the highest net present value on central values.
    pair : tuple of str
        The two that switching values are between.
    switching : tuple of Switch
        Of every number that the two rest on, the nearest first.
    unpriced : tuple of UnpricedWorth
        Of every outcome without a money value.
    shared, apart : tuple of str
        Assumptions that options have in common, each drawn once for all; and names that stand for different
        numbers, each drawn for its own.
    unlike : tuple of str
        In what they are no options of one decision, where they were compared all the same.
    draws : int
        How many draws; 0 where no number varies.
    seed : int or None
        What they were begun with.
    warnings : tuple of str
        What a reader should know of the draws.
    studies : tuple of Study
        The options' studies, in the order given.
    """

    options: tuple[Option, ...]
    baseline: str
    best: str
    pair: tuple[str, str]
    switching: tuple[Switch, ...]
    unpriced: tuple[UnpricedWorth, ...]
    shared: tuple[str, ...]
    apart: tuple[str, ...]
    unlike: tuple[str, ...]
    draws: int
    seed: int | None
    warnings: tuple[str, ...]
    studies: tuple[Study, ...]

    @property
    def study(self) -> Study:
        """The study of the baseline."""
        return self.study_of(self.baseline)

    def option(self, name: str) -> Option:
        """The option of a name."""
        return next(each for each in self.options if each.name == name)

    def study_of(self, name: str) -> Study:
        """The study of an option."""
        return next(
            study for each, study in zip(self.options, self.studies, strict=True) if each.name == name
        )

    @property
    def operands(self) -> list[dict[str, str | None]]:
        """The options by name with the whole text of their studies; that of the baseline is left out."""
        return [
            {"name": each.name, "text": None if each.baseline else dumps(study)}
            for each, study in zip(self.options, self.studies, strict=True)
        ]

    def _plain(self) -> dict[str, Any]:
        study = self.study
        terms = {
            "method": plain(study.method.model_dump(mode="json")),
            "price_year": study.price_year,
            "currency": study.currency,
            "place": study.place,
        }
        left = ("studies", "switching", "pair")
        whole = {key: value for key, value in Record.to_dict(self).items() if key not in left}
        between = {"between": list(self.pair), "numbers": plain(self.switching)}
        return {**whole, **terms, "switching": between}

    def title(self, name: str) -> str:
        """The title of an option; with its name where another has the same."""
        title = self.option(name).title
        several = sum(each.title == title for each in self.options) > 1
        return f"{title} ({name})" if several else title

    @property
    def answer(self) -> str:
        """Which option is worth the most, by how much and how surely, in a sentence."""
        return options_tables.answer(self)

    @property
    def tables(self) -> tuple[Table, ...]:
        """What a person reads: the options, what each is more than the baseline, and what would turn it."""
        return options_tables.tables(self)

    @property
    def brief(self) -> Brief:
        """What a person reads first: the options, what would turn the choice, and what has no price."""
        return options_tables.brief(self)

    def _rows(self) -> dict[str, list[dict[str, Any]]]:
        return {
            "options": [_in_cells(each) for each in plain(self.options)],
            "switching": [_in_cells(each) for each in plain(self.switching)],
            "unpriced": plain(self.unpriced),
        }

    def _line(self) -> str:
        best = self.option(self.best)
        return f"{len(self.options)} options, {best.name} highest at {best.net_present_value:,.0f}"


def _in_cells(row: dict[str, Any]) -> dict[str, Any]:
    """A row whose cells hold one value each: a spread by its percentiles, a list as text."""
    found: dict[str, Any] = {}
    for name, value in row.items():
        if name in ("spread", "more_spread"):
            start = name.removesuffix("spread")
            found |= {f"{start}{key}": (value or {}).get(key) for key in ("p10", "p50", "p90")}
        else:
            found[name] = ", ".join(map(str, value)) if isinstance(value, list) else value
    return found
