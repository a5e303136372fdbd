"""What rules look at: a study with its numbers, its result, and what a change would make of the ratio."""

from __future__ import annotations

import math
from functools import cached_property
from typing import TYPE_CHECKING, Any

from sroi import formulas
from sroi.documents import change
from sroi.errors import SroiError
from sroi.evaluation import evaluate
from sroi.evaluation.doubts import doubts_in
from sroi.formatting import money
from sroi.labels import path_label
from sroi.model import DEDUCTIONS
from sroi.numbers import paths_of
from sroi.resolution import numbers_of
from sroi.walk import Walk

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sroi.checking.rules import Rule
    from sroi.errors import Problem
    from sroi.evaluation.doubt import Doubt
    from sroi.model import Outcome, Study
    from sroi.numbers import Number
    from sroi.resolution import Numbers
    from sroi.results import Evaluation
    from sroi.results.rows import OutcomeRow


class Case:
    """A study under review.

    Attributes
    ----------
    study : Study
    today : date
        Against which dates are judged.
    rules : mapping of str to Rule
        Every rule by code, for what waivers name.
    """

    def __init__(self, study: Study, today: dt.date, rules: Mapping[str, Rule]) -> None:
        self.study = study
        self.today = today
        self.rules = rules
        self._changed: dict[tuple[tuple[str, Any], ...], Evaluation | None] = {}

    @cached_property
    def numbers(self) -> Numbers:
        """The study's numbers."""
        return numbers_of(self.study)

    @cached_property
    def result(self) -> Evaluation | None:
        """The result; None where there is none."""
        return self._evaluated[0]

    @cached_property
    def unresolved(self) -> Sequence[Problem]:
        """Why there is no result."""
        return self._evaluated[1]

    @cached_property
    def _evaluated(self) -> tuple[Evaluation | None, Sequence[Problem]]:
        try:
            return evaluate(self.study, today=self.today), ()
        except SroiError as error:
            return None, error.problems

    @cached_property
    def doubts(self) -> list[Doubt]:
        """What may not be meant as it is written."""
        return doubts_in(self.study)

    def called(self, path: str) -> str:
        """What a path is called, in quotes."""
        return f"“{path_label(self.study, path)}”"

    def money(self, amount: float) -> str:
        """An amount in the study's currency."""
        return money(amount, self.study.currency)

    def value(self, path: str) -> float | None:
        """The number at a path; None where there is none."""
        return self.numbers.value(path)

    @cached_property
    def priced(self) -> dict[str, Outcome]:
        """The outcomes with a money value, by name."""
        return {name: outcome for name, outcome in self.study.outcomes.items() if outcome.priced}

    def paths(self, name: str, field: str) -> list[str]:
        """The paths of an outcome's numbers in one field, of each year where it is a list."""
        found = paths_of(f"outcomes.{name}.{field}", getattr(self.study.outcomes[name], field))
        return [each for each in found if each in self.numbers]

    def entries(self, name: str, field: str) -> list[Number]:
        """The numbers of an outcome in one field."""
        return [self.numbers[path] for path in self.paths(name, field)]

    def values(self, name: str, field: str) -> list[float]:
        """The assessed numbers of an outcome's field."""
        found = (self.value(path) for path in self.paths(name, field))
        return [value for value in found if value is not None]

    def lasting(self, name: str) -> float:
        """The benefit years of an outcome; 0 where they are not assessed."""
        return self.value(f"outcomes.{name}.duration") or 0.0

    def deductions(self, name: str) -> dict[str, list[float]] | None:
        """Deadweight, displacement and attribution by year; None where one is not assessed."""
        outcome = self.study.outcomes[name]
        found = {field: self.values(name, field) for field in DEDUCTIONS}
        if outcome.contribution is not None:
            found["attribution"] = [1 - share for share in self.values(name, "contribution")]
        return found if all(found.values()) else None

    @cached_property
    def rows(self) -> dict[str, OutcomeRow]:
        """The rows in the total with a value, by outcome; none where there is no result."""
        rows = self.result.outcomes if self.result is not None else ()
        return {row.outcome: row for row in rows if row.in_total and row.present_value}

    @cached_property
    def gross(self) -> float:
        """The sum of the present values in the total, without their signs."""
        return sum(abs(row.present_value or 0.0) for row in self.rows.values())

    def share(self, name: str) -> float:
        """An outcome's part in the value without signs."""
        if name not in self.rows:
            return 0.0
        return float(formulas.share_of(abs(self.rows[name].present_value or 0.0), self.gross))

    @cached_property
    def shares(self) -> dict[str, float]:
        """The part of the value without signs that rests on each number, by path."""
        found: dict[str, float] = {}
        for number in self.numbers:
            section, name = number.path.split(".")[:2]
            if section == "outcomes" and name in self.rows:
                rested = (f"assumptions.{each}" for each in number.rests_on)
                for path in (number.path, *rested):
                    found.setdefault(f"{name} {path}", self.share(name))
        summed: dict[str, float] = {}
        for key, share in found.items():
            path = key.partition(" ")[2]
            summed[path] = summed.get(path, 0.0) + share
        return summed

    def given(self) -> Iterator[Number]:
        """The numbers behind the result that are not computed from others."""
        return (number for number in self.numbers.used if not number.computed)

    def without(self, *outcomes: str) -> float | None:
        """The ratio with some outcomes left out."""
        if self.result is None:
            return None
        left = sum(self.rows[name].present_value or 0.0 for name in outcomes if name in self.rows)
        return self.ratio(self.result.present_value - left)

    def with_values(self, values: Mapping[str, float]) -> float | None:
        """The ratio with numbers replaced, by the engine; a list is replaced whole."""
        if self.result is None:
            return None
        replaced = self._replaced(values)
        walk = Walk(self.numbers, replaced=replaced)
        moved = {entry for path in replaced for entry in self._moved.get(path, ())}
        if all(section == "outcomes" for section, _ in moved):
            names = [name for _, name in moved if name in self.counted]
            return self.with_worth({name: float(walk.outcome_value(name)) for name in names})
        totals = walk.totals()
        return self.ratio(totals.present_value, totals.investment)

    def worth(self, values: Mapping[str, float], outcomes: Iterable[str]) -> dict[str, float]:
        """What outcomes in the total are worth with numbers replaced, in one walk."""
        walk = Walk(self.numbers, replaced=self._replaced(values))
        return {name: float(walk.outcome_value(name)) for name in outcomes if name in self.counted}

    def with_worth(self, worth: Mapping[str, float]) -> float | None:
        """The ratio where some outcomes add another present value to the total than they do."""
        if self.result is None:
            return None
        gained = sum(value - self.counted.get(name, 0.0) for name, value in worth.items())
        return self.ratio(self.result.present_value + gained)

    def _replaced(self, values: Mapping[str, float]) -> dict[str, float]:
        return {
            path: value
            for written, value in values.items()
            for path in ([written] if written in self.numbers else self._entries.get(written, []))
        }

    @cached_property
    def counted(self) -> dict[str, float]:
        """What each outcome in the total adds to it."""
        return {} if self.result is None else counted_in(self.result)

    @cached_property
    def _moved(self) -> dict[str, set[tuple[str, str]]]:
        """The inputs and outcomes that each number moves, by its path."""
        found: dict[str, set[tuple[str, str]]] = {}
        for number in self.numbers:
            section, name = number.path.split(".")[:2]
            if section in ("inputs", "outcomes"):
                for path in (number.path, *(f"assumptions.{each}" for each in number.rests_on)):
                    found.setdefault(path, set()).add((section, name))
        return found

    def ratio(self, present_value: float, investment: float | None = None) -> float | None:
        """The ratio of a value to what is put in; None where there is none."""
        spent = self.result.investment if self.result is not None and investment is None else investment
        ratio = float(formulas.social_return_ratio(present_value, spent)) if spent and spent > 0 else math.nan
        return ratio if math.isfinite(ratio) else None

    @cached_property
    def _entries(self) -> dict[str, list[str]]:
        """The paths of the entries of each list of numbers."""
        found: dict[str, list[str]] = {}
        for number in self.numbers:
            found.setdefault(number.path.partition("[")[0], []).append(number.path)
        return found

    @cached_property
    def fields(self) -> frozenset[str]:
        """The paths of all numbers, of a list that of the list."""
        return frozenset(self._entries)

    def changed(self, values: Mapping[str, Any]) -> float | None:
        """The ratio of a changed study; None where that cannot be made or has none."""
        there = self.changed_result(values)
        return None if there is None else there.social_return_ratio

    def changed_result(self, values: Mapping[str, Any]) -> Evaluation | None:
        """The result of a changed study, made once for each change; None where there is none."""
        if self.result is None:
            return None
        key = tuple(sorted(values.items()))
        if key not in self._changed:
            try:
                self._changed[key] = evaluate(change(self.study, values), today=self.today)
            except SroiError:
                self._changed[key] = None
        return self._changed[key]


def counted_in(result: Evaluation) -> dict[str, float]:
    """What each outcome in the total of a result adds to it."""
    return {row.outcome: row.present_value or 0.0 for row in result.outcomes if row.in_total}
