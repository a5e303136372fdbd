"""One study read in several ways: under its scenarios, or by several methods."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal, Self

from sroi import formatting
from sroi.labels import Figures
from sroi.results.base import Record, Result, plain
from sroi.results.evaluation import Evaluation
from sroi.results.quotes import in_words
from sroi.tables import Brief, Table
from sroi.words import readable

if TYPE_CHECKING:
    from sroi.errors import DocumentError, UndefinedResultError
    from sroi.method import MethodProfile
    from sroi.model import Study

_BUILT_IN = {
    "low": "Every number at its worse end",
    "base": "As it stands",
    "high": "Every number at its better end",
}


@dataclass(frozen=True, slots=True)
class Alternative(Record):
    """What the study gives in one of the ways of reading it.

    Attributes
    ----------
    name : str
        Of the scenario or the method profile.
    social_return_ratio, net_present_value, present_value, investment : float or None
        As of an evaluation; None where there is no result.
    differs : mapping of str to value
        What is not as in the study: paths with their values, or choices of the method.
    no_result : str or None
        Why there is no result.
    """

    name: str
    social_return_ratio: float | None
    net_present_value: float | None
    present_value: float | None
    investment: float | None
    differs: Mapping[str, Any]
    no_result: str | None


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Alternatives(Result):
    """What one study gives in each of several ways of reading it.

    Attributes
    ----------
    study : Study
        What was asked about.
    by : {"scenario", "method"}
        What differs.
    central : float
        The social return ratio of the study as it stands.
    found : tuple of Alternative
        Each of them.
    """

    study: Study
    by: Literal["scenario", "method"]
    central: float
    found: tuple[Alternative, ...]

    @classmethod
    def of(
        cls,
        base: Evaluation,
        by: Literal["scenario", "method"],
        found: Mapping[str, Evaluation | UndefinedResultError | DocumentError],
    ) -> Self:
        """Those that were evaluated, each or why it could not be, beside the study as it stands."""
        rows = tuple(_alternative(base.study, by, name, each) for name, each in found.items())
        return cls(base.study, by, base.social_return_ratio, rows)

    @property
    def answer(self) -> str:
        """From what to what the result goes, in a sentence."""
        ratios = [each.social_return_ratio for each in self.found if each.social_return_ratio is not None]
        count = f"{len(self.found)} {self.by}s"
        stands = f"{in_words(self.study, self.central)} for {formatting.unit(self.study.currency)}"
        if not ratios:
            return f"{stands} as it stands; none of {count} gives a result."
        low, high = (in_words(self.study, end) for end in (min(ratios), max(ratios)))
        ends = low if low == high else f"{low} to {high}"
        same = ", all on the same evidence" if self.by == "method" else ""
        return f"{stands} as it stands; {ends} over {count}{same}."

    @property
    def tables(self) -> tuple[Table, ...]:
        """What a person reads: the figures of each, and what differs."""
        rows = tuple(
            (self._called(each.name), *self._figures(each), each.no_result or self._differs(each))
            for each in self.found
        )
        figures = (">Ratio", ">Net present value", ">Present value", ">Investment")
        columns = (readable(self.by), *figures, "What differs")
        if self.by == "method":
            note = f"The study's own method is {self.study.method.in_words}."
            return (Table("The same study by each method", columns, rows, note),)
        note = "Worse and better ends are of all numbers at once: neither is a confidence limit."
        return (Table("The study in its scenarios", columns, rows, note),)

    @property
    def brief(self) -> Brief:
        """What a person reads first: the ratio and the net present value of each."""
        whole = self.tables[0]
        shown = whole.with_columns((whole.headings[0], "Ratio", "Net present value"))
        refused = tuple(
            f"{self._called(each.name)}: {each.no_result}" for each in self.found if each.no_result
        )
        note = whole.note if self.by == "scenario" else ""
        return Brief(
            (self.answer, *refused), (replace(shown, note=note),), rows=f"{self.by}s", also="what differs"
        )

    def _called(self, name: str) -> str:
        if self.by == "method":
            return f"{name} (the study's own)" if name == self.study.method.called else name
        built_in = name in _BUILT_IN and name not in self.study.scenarios
        return _BUILT_IN[name] if built_in else readable(name)

    def _figures(self, each: Alternative) -> tuple[str, ...]:
        if each.social_return_ratio is None:
            return ("no result", "", "", "")
        amounts = (each.net_present_value, each.present_value, each.investment)
        money = (formatting.money(amount or 0.0, self.study.currency, whole=True) for amount in amounts)
        return (formatting.ratio(each.social_return_ratio), *money)

    def _differs(self, each: Alternative) -> str:
        write = Figures(self.study)
        if self.by == "scenario":
            return formatting.listed(f"{write.called(path)}: {said}" for path, said in each.differs.items())
        return formatting.listed(
            f"{readable(name, capital=False)}: {_choice(said)}" for name, said in each.differs.items()
        )

    def _plain(self) -> dict[str, Any]:
        """The figures of each as plain values that JSON can hold."""
        return {
            "study": self.study.id,
            "place": self.study.place,
            "method": plain(self.study.method.model_dump(mode="json")),
            "social_return_ratio": plain(self.central),
            f"{self.by}s": plain(self.found),
        }

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The figures of each as a flat row, with what differs in words."""
        return [{**each.to_dict(), "differs": self._differs(each)} for each in self.found]

    def _rows(self) -> dict[str, list[dict[str, Any]]]:
        return {f"{self.by}s": self.rows}

    def _line(self) -> str:
        return f"{self.study.id}: ratio {self.central:.4g} as it stands, {len(self.found)} {self.by}s"


def _alternative(
    study: Study, by: str, name: str, each: Evaluation | UndefinedResultError | DocumentError
) -> Alternative:
    differs = dict(study.scenarios.get(name) or {})
    if not isinstance(each, Evaluation):
        return Alternative(name, None, None, None, None, differs, str(each.problems[0]))
    if by == "method":
        differs = _other_choices(study.method, each.study.method)
    return Alternative(
        name,
        each.social_return_ratio,
        each.net_present_value,
        each.present_value,
        each.investment,
        differs,
        None,
    )


def _other_choices(own: MethodProfile, other: MethodProfile) -> dict[str, Any]:
    """The choices of another method that are not the study's own."""
    mine, its = own.model_dump(mode="json", exclude={"profile"}), other.model_dump(mode="json")
    rate = "discount_schedule" if other.discount_schedule is None else "discount_rate"
    return {name: its[name] for name, choice in mine.items() if its[name] != choice and name != rate}


def _choice(value: Any) -> str:
    """A choice of a method in words."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return formatting.percent(value)
    return "none" if value is None else readable(str(value), capital=False)
