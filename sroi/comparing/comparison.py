"""The result of a comparison: a line for each study, what they differ in, and what they come to."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from sroi import formatting
from sroi.comparing.likeness import ASPECTS, Difference, some
from sroi.comparing.line import Line
from sroi.comparing.together import Together
from sroi.documents import dumps
from sroi.results.base import Result, plain
from sroi.tables import Brief, Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sroi.checking.finding import Finding
    from sroi.comparing.beside import Operand
    from sroi.model import Study

_COLUMNS = (
    "Study",
    ">Ratio",
    ">8 in 10 draws",
    ">Savings ratio",
    ">Net present value",
    ">Investment",
    ">People",
    ">Cost a person",
    ">Sourced",
)
_ABOUT = ("Place", "Kind", "Method", "Prices of", ">Years")
_SHORT = {
    "Savings ratio": ">Savings",
    "Net present value": ">Net value",
    "Investment": ">Put in",
    "Cost a person": ">A person",
}
"""How columns are headed on a screen."""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Comparison(Result):
    """Studies side by side, none of them ranked.

    Attributes
    ----------
    lines : tuple of Line
        Each of them, in the order given.
    differences : tuple of Difference
        In what they are not alike.
    total : Together or None
        What they come to together; None where they cannot be added.
    no_total : str
        Why there is no total; empty where there is one.
    findings : tuple of Finding
        What the rules of a check say of them.
    price_year : int, str or None
        Year to whose prices all money was brought; None where each has its own.
    over : str or None
        Whose money all returns are over; None where each counts all its inputs.
    draws : int
        Of the range of each ratio; 0 where there are no ranges.
    seed : int or None
        What they were begun with.
    """

    lines: tuple[Line, ...]
    differences: tuple[Difference, ...]
    total: Together | None
    no_total: str
    findings: tuple[Finding, ...]
    price_year: int | str | None
    over: str | None
    draws: int
    seed: int | None
    _operands: tuple[Operand, ...] = field(default=(), repr=False)

    @property
    def unlike(self) -> tuple[Difference, ...]:
        """The differences for which the studies are refused."""
        return tuple(each for each in self.differences if each.refused)

    @property
    def studies(self) -> dict[str, Study]:
        """The studies that could be read, by the names of their lines."""
        pairs = zip(self.lines, self._operands, strict=True)
        return {each.name: operand.study for each, operand in pairs if operand.study is not None}

    @property
    def operands(self) -> list[dict[str, Any]]:
        """What a record holds of each line: the text of its study, but of the first one, or the reason."""
        first, found = next(iter(self.studies.values()), None), []
        for each in self._operands:
            held: dict[str, Any] = {"name": each.name, "place": each.place, "notes": list(each.notes)}
            if each.study is None:
                held["reason"] = each.reason
            elif each.study is not first:
                held["text"] = dumps(each.study)
            found.append({key: value for key, value in held.items() if value})
        return found

    @property
    def answer(self) -> str:
        """Whether they are alike, in a sentence."""
        have = sum(each.no_result is None for each in self.lines)
        counted = f"{len(self.lines)} side by side" if len(self.lines) > 1 else "One line"
        if have < len(self.lines):
            counted += f", {len(self.lines) - have} without a result"
        if self.unlike:
            named = " and ".join(each.title.lower() for each in self.unlike)
            return f"{counted}. They differ in {named}: their ratios say nothing of each other."
        if have < 2:
            return f"{counted}."
        others = ", alike" if have == len(self.lines) else "; the others are alike"
        return f"{counted}{others} in {formatting.listed(title.lower() for title in ASPECTS)}."

    @property
    def together(self) -> str:
        """What they come to in a sentence, or why they come to nothing."""
        if self.total is None:
            return f"No total: {self.no_total}."
        currency = self.lines[0].currency or ""
        value, put_in = (
            formatting.money(each, currency) for each in (self.total.present_value, self.total.investment)
        )
        ratio = formatting.returned(self.total.social_return_ratio, currency)
        one = formatting.unit(currency)
        return f"Together {one} gives {ratio}: {value} over {put_in}, a ratio of sums."

    @property
    def tables(self) -> tuple[Table, ...]:
        """What a person reads: the lines with their figures, what they differ in, and what is found."""
        return tuple(each for each in self._every_table() if each.rows)

    def _every_table(self) -> Iterator[Table]:
        rows = tuple((each.name, *_figures(each)) for each in self.lines)
        rows += () if self.total is None else (self._total_row(self.total),)
        note = f"{self.together} Nothing here is ranked: of the options of one decision a ratio does not say"
        note += " which is best."
        columns: tuple[str, ...] = _COLUMNS
        if any(self._marks):
            columns = (*_COLUMNS, "Remark")
            rows = tuple((*row, said) for row, said in zip(rows, self._marks, strict=True))
        yield Table("Side by side", columns, rows, f"{note}{self._ranges}", key="lines")
        about = tuple((each.name, *_about(each)) for each in self.lines)
        yield Table("What each line is", ("Study", *_ABOUT), about, key="about")
        reasons = tuple((each.name, each.no_result) for each in self.lines if each.no_result)
        yield Table("Without a result", ("Study", "Why"), reasons, key="no_result")
        apart = tuple(
            (each.title, value, formatting.listed(names), "" if at else each.align)
            for each in self.differences
            for at, (value, names) in enumerate(each.groups.items())
        )
        yield Table("Not alike", ("In", "What it is", "Of", "To align them"), apart, key="differences")
        found = tuple((f"{each.rule} {each.name}", each.severity, each.message) for each in self.findings)
        yield Table("Findings", ("Rule", "Severity", "What is found"), found, key="findings")
        notes = tuple((each.name, note) for each in self.lines for note in each.notes)
        yield Table("Notes", ("Study", "Note"), notes, key="notes")

    @property
    def _marks(self) -> tuple[str, ...]:
        """Why a line has no result, or what it has in what they are not alike in; such have no total."""
        titles = {each.aspect: each.title.lower() for each in self.unlike}
        return tuple(
            _first_clause(each.no_result)
            or formatting.listed(f"{titles[aspect]}: {value}" for aspect, value in each.unlike.items())
            for each in self.lines
        )

    @property
    def _refused(self) -> dict[str, list[str]]:
        """The names of the lines without a result, by why."""
        found: dict[str, list[str]] = {}
        for each in self.lines:
            if each.no_result is not None:
                found.setdefault(_first_clause(each.no_result), []).append(each.name)
        return found

    @property
    def _ranges(self) -> str:
        if not self.draws:
            return ""
        return f" Ranges: {self.draws:,} draws of each, seed {self.seed}; the total has none."

    @property
    def brief(self) -> Brief:
        """What a person reads first: whether they are alike, the figures, and what they come to."""
        whole = next(self._every_table())
        shown = replace(
            whole,
            columns=tuple(_SHORT.get(each.removeprefix(">"), each) for each in whole.columns),
            note="",
        )
        lines = [self.answer]
        lines += [f" • {each.title}: {each.in_short}" for each in self.unlike]
        lines += [f" • {some(names)}: {why}" for why, names in self._refused.items()]
        lines += [self.together]
        return Brief(tuple(lines), (shown,), rows="lines", also="findings, notes", one_line=True)

    def _total_row(self, total: Together) -> tuple[str, ...]:
        currency = self.lines[0].currency or ""
        return (
            "Total",
            formatting.ratio(total.social_return_ratio),
            "",
            formatting.ratio(total.savings_ratio),
            formatting.money(total.net_present_value, currency),
            formatting.money(total.investment, currency),
            "" if total.people is None else formatting.count(total.people),
            "" if total.cost_per_person is None else formatting.money(total.cost_per_person, currency),
            "",
        )

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The lines as flat rows, what they differ in and the notes in words."""
        return [
            {
                **each.to_dict(),
                "unlike": formatting.listed(f"{name}: {value}" for name, value in each.unlike.items()),
                "notes": "; ".join(each.notes),
            }
            for each in self.lines
        ]

    def _rows(self) -> dict[str, list[dict[str, Any]]]:
        found = [each.to_dict() for each in self.findings]
        return {"lines": self.rows, "differences": plain(self.differences), "findings": found}

    def _plain(self) -> dict[str, Any]:
        return {
            "lines": plain(self.lines),
            "alike": not self.unlike,
            "differences": plain(self.differences),
            "total": plain(self.total),
            "no_total": self.no_total or None,
            "findings": [each.to_dict() for each in self.findings],
            "price_year": self.price_year,
            "over": self.over,
            "draws": self.draws,
            "seed": self.seed if self.draws else None,
        }

    def _line(self) -> str:
        return f"{len(self.lines)} lines, {'not ' if self.unlike else ''}alike"


def _figures(each: Line) -> tuple[str, ...]:
    if each.social_return_ratio is None:
        return ("no result", *[""] * (len(_COLUMNS) - 2))
    currency = each.currency or ""

    def money(value: float | None) -> str:
        return "" if value is None else formatting.money(value, currency)

    ends = [formatting.ratio(end) for end in (each.ratio_low, each.ratio_high) if end is not None]
    return (
        formatting.ratio(each.social_return_ratio),
        " to ".join(ends) or "no range",
        formatting.ratio(each.savings_ratio or 0.0),
        money(each.net_present_value),
        money(each.investment),
        "" if each.people is None else formatting.count(each.people),
        money(each.cost_per_person),
        "" if each.share_sourced is None else formatting.percent(round(each.share_sourced, 2)),
    )


def _about(each: Line) -> tuple[str, ...]:
    years = "" if each.years is None else str(each.years)
    prices = "" if each.price_year is None else f"{each.price_year}"
    return (each.place or "", each.kind or "", each.method or "", prices, years)


def _first_clause(reason: str | None) -> str:
    """What is wrong without what hangs on it, for a screen."""
    return (reason or "").partition(", and ")[0].partition("; ")[0]
