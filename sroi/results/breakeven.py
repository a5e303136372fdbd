"""What is not assessed, and what it would have to be for the return to meet a target."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sroi import formatting
from sroi.labels import Figures
from sroi.results import quotes
from sroi.results.base import Record, Result, plain
from sroi.results.belief import Frontier, frontier_table
from sroi.tables import Brief, Table

if TYPE_CHECKING:
    from sroi.model import Study
    from sroi.results.sensitivity import Figure
    from sroi.results.switching import SwitchingValue, SwitchingValues


@dataclass(frozen=True, slots=True)
class Target(Record):
    """The return that is asked for: a ratio, of what, the claim that it is if one, and over whose money."""

    ratio: float
    figure: Figure = "social_return_ratio"
    claim: str | None = None
    over: str | None = None


@dataclass(frozen=True, slots=True)
class Unknown(Record):
    """One number that is not assessed.

    Attributes
    ----------
    number : str
        Its path; the bare name of an assumption.
    value : float or None
        What it would have to be, in the study's prices; None where nothing was found that meets the target,
        or where it depends on another number that is not assessed either.
    range : tuple of float, optional
        What comparable evidence shows.
    within : bool, optional
        Whether the value lies within that range; of two numbers, whether some pair lies within both.
    unit : str, optional
    rises : bool, optional
        Whether more of it gives more.
    searched : tuple of float, optional
        Between which values none was found, where it is not proved that there is none.
    """

    number: str
    value: float | None
    range: tuple[float, float] | None
    within: bool | None
    unit: str | None
    rises: bool | None = None
    searched: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Breakeven(Result):
    """What the numbers that are not assessed would have to be.

    Attributes
    ----------
    study : Study
        What was asked about.
    goal : Target
        The return that is asked for.
    unknown : tuple of Unknown
        The numbers that are not assessed and that the result needs.
    frontier : Frontier or None
        Pairs that meet the target, where two are not assessed.
    known : SwitchingValues or None
        The break-even of every uncertain number, where all are assessed.
    driver : str or None
        Which of those moves the result most.
    """

    study: Study
    goal: Target
    unknown: tuple[Unknown, ...]
    frontier: Frontier | None
    known: SwitchingValues | None
    driver: str | None

    @property
    def target(self) -> float:
        """The ratio that is asked for."""
        return self.goal.ratio

    @property
    def answer(self) -> str:
        """What is asked, answered in a sentence or two."""
        if not self.unknown:
            return self._of_known()
        if len(self.unknown) == 1:
            return self._of_one(self.unknown[0])
        called = [f"“{Figures(self.study).called(each.number)}”" for each in self.unknown]
        if self.frontier is None:
            lacking = f"{len(called)} numbers of {self._title} are not assessed: {formatting.listed(called)}"
            return f"{lacking}. With all but two of them assessed, pairs of those two can be given."
        lacking = f"{called[0]} and {called[1]} are not assessed"
        if self.frontier.hopeless:
            return f"{lacking}. No pair that was tried is enough: {self._would} with none."
        within = {True: "; some lie within", False: "; none lies within", None: ""}[self.unknown[0].within]
        shown = f"{within} what comparable evidence shows of both" if within else ""
        return f"{lacking}. {self._would} with any of the pairs below{shown}."

    @property
    def _title(self) -> str:
        return f"{self.study.title}{quotes.in_place(self.study)}"

    @property
    def _would(self) -> str:
        """What is asked for, as the beginning of a sentence."""
        savings = self.goal.figure == "savings_ratio"
        over = _OVER.get(self.goal.over or "all", f" of {(self.goal.over or '').partition(':')[2].strip()}")
        if self.target == 1 and not savings:
            return f"{self._title} would return what it costs{over and f' in money{over}'}"
        one = formatting.unit(self.study.currency)
        what = "services needed less" if savings else "social value"
        return f"{self._title} would give {self._wanted} of {what} for {one}{over}"

    @property
    def _wanted(self) -> str:
        return formatting.claimed(self.target, self.study.currency)

    def _of_one(self, each: Unknown) -> str:
        write = Figures(self.study)
        called, path = f"“{write.called(each.number)}”", each.number
        unit = f" {write.unit(each.unit)}" if each.unit and not write.is_share(path) else ""
        shows = "no range of comparable evidence is written beside it"
        if each.range is not None:
            shows = f"comparable evidence shows {write.three_span(path, *each.range)}"
        if each.value is None:
            tried = (
                "" if each.searched is None else f" from {' to '.join(f'{end:.3g}' for end in each.searched)}"
            )
            none = "No value of it was found" if tried else "There is no value of it"
            return f"{called} is not assessed. {none}{tried} with which {self._would}; {shows}."
        bound = {True: "at least ", False: "at most ", None: ""}[each.rises]
        said = f"{self._would} if {called} were {bound}{write.three(path, each.value)}{unit}; {shows}"
        return f"{said}{'' if each.range is None else f': {_stands(each, each.range)}'}."

    def _of_known(self) -> str:
        assert self.known is not None
        central, one = quotes.in_words(self.study, self.known.central), formatting.unit(self.study.currency)
        said = f"Every number of {self._title} is assessed: it gives {central} for {one}"
        found = next((each for each in self.known.numbers if each.number == self.driver), None)
        if found is None:
            return f"{said}. No number has a range; what each would have to be is below."
        write = Figures(self.study)
        called, path = f"“{write.called(found.number)}”", found.number
        if found.value is None:
            return f"{said}. {called} moves it most, and no value of it alone would give {self._wanted}."
        need = f"{write.three(path, found.value)} for {self._wanted} (now {write.one(path, found.central)}"
        return f"{said}. {called} moves it most, and would have to be {need}, {_range_of(found, write)})."

    @property
    def tables(self) -> tuple[Table, ...]:
        """What a person reads: the numbers that are not assessed, the pairs, or the break-even of each."""
        if self.known is not None:
            return self.known.tables[:1]
        write, rows = Figures(self.study), []
        for each in self.unknown:
            value = "–" if each.value is None else write.three(each.number, each.value)
            ends = "none written" if each.range is None else write.span(each.number, *each.range)
            within = {True: "yes", False: "no", None: "–"}[each.within]
            rows.append((write.called(each.number), value, ends, within, write.unit(each.unit)))
        columns = ("Number", ">Would have to be", ">Comparable evidence", "Within it", "Unit")
        note = "All else at central values." if len(self.unknown) == 1 else ""
        listed = Table("Not assessed", columns, tuple(rows), note)
        if self.frontier is None:
            return (listed,)
        return (listed, frontier_table(self.frontier, write, f"Pairs for {self._wanted}"))

    @property
    def brief(self) -> Brief:
        """What a person reads first: the answer, and the tables that it rests on."""
        if self.known is not None:
            return Brief((self.answer,), self.known.brief.tables, self.known.brief.left)
        return Brief((self.answer,), self.tables[-1:] if self.frontier is not None else self.tables)

    def _plain(self) -> dict[str, Any]:
        """The answer as plain values that JSON can hold."""
        pairs = self.frontier
        return {
            "study": self.study.id,
            "borough": self.study.borough,
            "target": self.target,
            "figure": self.goal.figure,
            "claim": self.goal.claim,
            "over": self.goal.over or "all",
            "statement": self.answer,
            **self._rows(),
            "frontier": None
            if pairs is None
            else {"one": pairs.one, "other": pairs.other, "points": plain(pairs.points)},
            "driver": self.driver,
            "central": None if self.known is None else plain(self.known.central),
        }

    def _rows(self) -> dict[str, list[dict[str, Any]]]:
        known = () if self.known is None else self.known.numbers
        return {"unknown": plain(self.unknown), "numbers": plain(known)}

    def _line(self) -> str:
        found = formatting.listed(f"{each.number} {each.value}" for each in self.unknown)
        return f"{self.study.id}: {self.target:g} with {found or 'every number assessed'}"


_OVER = {"all": "", "public": " of public money", "council": " of the council's money", "cash": " of cash"}


def _stands(each: Unknown, ends: tuple[float, float]) -> str:
    """Where the value stands within or beside what comparable evidence shows."""
    if each.within or each.value is None or each.rises is None:
        return "within" if each.within else "outside"
    enough = each.value < ends[0] if each.rises else each.value > ends[1]
    return "all of it is enough" if enough else "none of it is enough"


def _range_of(found: SwitchingValue, write: Figures) -> str:
    if found.low is None or found.high is None:
        return "without a range"
    return f"range {write.three_span(found.number, found.low, found.high)}: {found.where}"
