"""A study's numbers: expressions evaluated, money in one price year, bounds kept, what is not assessed named.

Everything that reads a number of a study reads it through here, so a number is checked the same way whoever
asks.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from functools import cached_property
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING

from sroi import formulas
from sroi.errors import Problem, instead
from sroi.expression import Expression, ExpressionError
from sroi.model import Estimate, Outcome, Study, YearsLater
from sroi.prices import Prices
from sroi.quantities import shown
from sroi.ranges import middle
from sroi.reference import PriceYearError, discount_schedules

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sroi.model import Input


_WRITE_A_NUMBER = "write a number with its source or rationale"


@dataclass(frozen=True, slots=True)
class OutcomeNumbers:
    """The numbers of one outcome, in the study's prices. Series by benefit year hold one entry a year, the last repeated."""

    quantity: tuple[float, ...]
    value: float
    first: int
    duration: float
    deadweight: tuple[float, ...]
    displacement: tuple[float, ...]
    attribution: tuple[float, ...]
    drop_off: float

    @property
    def benefit_years(self) -> int:
        """How many benefit years a cohort has."""
        return math.ceil(self.duration)


@dataclass(frozen=True)
class Resolution:
    """Reads the numbers of one study.

    Reading never raises: what is wrong gathers in ``problems`` and what is not assessed in ``missing``, so
    that all of it can be said at once. Once either holds something for a number, the number itself is None.
    ``unknown`` holds names that are used and not declared, ``remarks``, by path, what should be said of a
    conversion.
    """

    study: Study
    problems: list[Problem] = field(default_factory=list)
    unknown: dict[str, None] = field(default_factory=dict)
    remarks: dict[str, dict[str, None]] = field(default_factory=dict)
    _null: dict[str, list[str]] = field(default_factory=dict)

    @cached_property
    def prices(self) -> Prices:
        """Converts money into the study's prices."""
        return Prices(self.study.currency, self.study.price_year, self.study.method.deflator)

    @cached_property
    def assumptions(self) -> dict[str, float | None]:
        """Value of each assumption; None where it is not assessed or wrong."""
        declared = self.study.assumptions
        values: dict[str, float | None] = {}
        for name in self.order():
            estimate = declared[name]
            values[name] = None if estimate is None else self._number(f"assumptions.{name}", estimate, values)
        return {name: values.get(name) for name in declared}

    def order(self) -> Iterable[str]:
        """The assumptions, each after those that it uses; those that go round in a circle are left out and told of."""
        declared = self.study.assumptions
        graph: dict[str, set[str]] = {}
        for name, estimate in declared.items():
            graph[name] = {other for other in _names(estimate) if other in declared}
        while True:
            try:
                return tuple(TopologicalSorter(graph).static_order())
            except CycleError as error:
                circle: list[str] = error.args[1][:0:-1]
                first = circle.index(min(circle, key=list(declared).index))
                around = [*circle[first:], *circle[:first], circle[first]]
                written = _as_written(_value_of(declared[around[0]]))
                message = f"the assumptions go round in a circle: {' → '.join(around)}{written}"
                self.wrong(f"assumptions.{around[0]}", message, "give one of them a number")
                graph = {name: used - set(circle) for name, used in graph.items() if name not in circle}

    def number(self, path: str, estimate: Estimate) -> float | None:
        """The value of one estimate, in the study's prices; None where it is not assessed or wrong."""
        return self._number(path, estimate, self.assumptions)

    def _number(self, path: str, estimate: Estimate, known: dict[str, float | None]) -> float | None:
        value = self.evaluated(
            path, estimate.value if estimate.value is not None else middle(estimate), known
        )
        if value is None:
            return None
        violation = estimate.bounds.violated_by(value)
        if violation is not None:
            self.wrong(path, f"{violation[0]}{_as_written(estimate.value)}", violation[1])
            return None
        return value if estimate.price_year is None else self._converted(path, estimate, value)

    def evaluated(
        self, path: str, written: float | Expression | None, known: dict[str, float | None]
    ) -> float | None:
        """What a number or expression comes to, given the assumptions that are ``known``."""
        if not isinstance(written, Expression):
            return written
        values: dict[str, float] = {}
        for name in written.names:
            if name not in self.study.assumptions:
                self.unknown[name] = None
                self.wrong(
                    path,
                    f"{shown(written.text)} uses {name}, which is not an assumption",
                    instead(name, self.study.assumptions),
                )
            elif (value := known.get(name)) is not None:
                values[name] = value
        if len(values) < len(written.names):
            return None
        try:
            result: float = written.evaluate(values)
        except ExpressionError as error:
            self.wrong(path, str(error), error.hint)
            return None
        return result

    def _converted(self, path: str, estimate: Estimate, value: float) -> float | None:
        for name in self._reached(estimate.value):
            other = self.study.assumptions[name]
            if other is not None and other.price_year is not None:
                message = f"price_year {estimate.price_year} stands on an expression that reaches {name}, which has a price year of its own"
                self.wrong(path, message, "leave out one of the two price years")
                return None
        factor = self.price_factor(path, estimate)
        return None if factor is None else float(formulas.converted(value, factor))

    def price_factor(self, path: str, estimate: Estimate) -> float | None:
        """What the estimate's money is multiplied by to be in the study's prices; None where its price year cannot be converted."""
        if estimate.price_year is None:
            return 1.0
        return self._factor(
            f"{path}.price_year", path, estimate.price_year, wellby=estimate.uprate == "wellby"
        )

    def _factor(self, where: str, path: str, from_year: int | str, *, wellby: bool = False) -> float | None:
        try:
            factor = self.prices.factor(from_year, wellby=wellby)
        except PriceYearError as error:
            self.wrong(where, str(error), error.hint)
            return None
        remarks = self.prices.remarks(from_year, wellby=wellby)
        if remarks:
            self.remarks.setdefault(path, {}).update(dict.fromkeys(remarks))
        return factor

    def _reached(self, written: float | Expression | None) -> set[str]:
        """Every assumption that a number rests on, directly or through others."""
        reached: set[str] = set()
        ahead = list(written.names) if isinstance(written, Expression) else []
        while ahead:
            name = ahead.pop()
            if name not in reached and name in self.study.assumptions:
                reached.add(name)
                ahead.extend(_names(self.study.assumptions[name]))
        return reached

    def rests_on(self, estimate: Estimate) -> list[str]:
        """Names of the assumptions that an estimate rests on, directly or through others, in the order of the study."""
        reached = self._reached(estimate.value)
        return [name for name in self.study.assumptions if name in reached]

    def wrong(self, path: str, message: str, hint: str = "") -> None:
        """Note something that is wrong with the number at a path."""
        self.problems.append(Problem(message, hint, path))

    def needed(self, path: str, estimate: Estimate | None) -> float | None:
        """A number without which there is no result: what is not assessed is named in ``missing``."""
        if estimate is None:
            self._unassessed(path)
            return None
        before = len(self.problems)
        value = self.number(path, estimate)
        if value is None and len(self.problems) == before:
            for name in self.rests_on(estimate):
                if _is_null(self.study.assumptions[name]):
                    self._unassessed(f"assumptions.{name}", path)
            if estimate.value is None:
                self._unassessed(path)
        return value

    def _unassessed(self, path: str, *dependents: str) -> None:
        self._null.setdefault(path, []).extend(dependents)

    @property
    def missing(self) -> list[Problem]:
        """What is not assessed and stands in the way of a result, each with the numbers that rest on it."""
        return [
            Problem(f"not assessed, and there is no result without it{_resting(on)}", _WRITE_A_NUMBER, path)
            for path, on in self._null.items()
        ]

    def _series(self, path: str, written: Estimate | tuple[Estimate, ...] | None) -> tuple[float, ...] | None:
        if not isinstance(written, tuple):
            value = self.needed(path, written)
            return None if value is None else (value,)
        values = [self.needed(f"{path}[{position}]", entry) for position, entry in enumerate(written)]
        return None if None in values else tuple(value for value in values if value is not None)

    def input_money(self, name: str, entry: Input) -> tuple[float, ...] | None:
        """What one input is worth in each year from year 0, in the study's prices and undiscounted; None where it cannot be said."""
        path = f"inputs.{name}"
        years = 1 if entry.years is None else self.number(f"{path}.years", entry.years)
        money = self._series(f"{path}.value", entry.value)
        if money is None or years is None:
            return None
        if not isinstance(entry.value, tuple):
            money = money * int(years)
        if entry.prices == "real":
            return money
        factors = [
            self._factor(f"{path}.prices", f"{path}.value", self.study.first_year + t)
            for t in range(len(money))
        ]
        return (
            None
            if None in factors
            else tuple(
                formulas.converted(sum_, factor)
                for sum_, factor in zip(money, factors, strict=True)
                if factor is not None
            )
        )

    def outcome_numbers(self, name: str, outcome: Outcome) -> OutcomeNumbers | None:
        """The numbers of one outcome; None where one of them cannot be said."""
        path = f"outcomes.{name}"
        quantity = self._series(f"{path}.quantity", outcome.quantity)
        value = self.needed(f"{path}.value", outcome.value)
        if outcome.starts is None:
            self._unassessed(f"{path}.starts")
        duration = self.needed(f"{path}.duration", outcome.duration)
        shares = [
            self._deduction(path, field, outcome, duration)
            for field in ("deadweight", "displacement", "attribution")
        ]
        drop_off = self.needed(f"{path}.drop_off", outcome.drop_off)
        if outcome.discount_schedule is not None and outcome.discount_schedule not in discount_schedules():
            message = f"there is no discount schedule {shown(outcome.discount_schedule)}"
            self.wrong(
                f"{path}.discount_schedule", message, instead(outcome.discount_schedule, discount_schedules())
            )
        deadweight, displacement, attribution = shares
        if (
            quantity is None
            or value is None
            or duration is None
            or drop_off is None
            or outcome.starts is None
        ):
            return None
        if deadweight is None or displacement is None or attribution is None:
            return None
        first = (
            outcome.starts.years_later
            if isinstance(outcome.starts, YearsLater)
            else int(outcome.starts == "after")
        )
        numbers = OutcomeNumbers(
            quantity, value, first, duration, deadweight, displacement, attribution, drop_off
        )
        if self.study.method.deductions == "added":
            self._sum_within_the_whole(path, numbers)
        return numbers

    def _deduction(
        self, path: str, name: str, outcome: Outcome, duration: float | None
    ) -> tuple[float, ...] | None:
        ours = name == "attribution" and outcome.contribution is not None
        field = "contribution" if ours else name
        written = getattr(outcome, field)
        shares = self._series(f"{path}.{field}", written)
        if shares is None or duration is None:
            return None
        years = math.ceil(duration)
        if isinstance(written, tuple) and len(shares) > years:
            message = f"{len(shares)} shares are listed for {years} benefit year{'' if years == 1 else 's'} (duration {shown(duration)})"
            self.wrong(f"{path}.{field}", message, f"list at most {years}, or lengthen the duration")
            return None
        held = shares + shares[-1:] * (years - len(shares))
        return tuple(formulas.due_to_others(share) for share in held) if ours else held

    def _sum_within_the_whole(self, path: str, numbers: OutcomeNumbers) -> None:
        for k, shares in enumerate(
            zip(numbers.deadweight, numbers.displacement, numbers.attribution, strict=True)
        ):
            if formulas.kept_added(*shares) < -1e-12:
                message = f"the deductions of benefit year {k + 1} add up to {100 * sum(shares):.6g}%"
                self.wrong(
                    path,
                    message,
                    "added deductions may not pass 100%: lower one, or use method deductions: multiplied",
                )
                return


def _resting(paths: list[str]) -> str:
    """The numbers that rest on one that is not assessed, the first few by name."""
    entries = list(dict.fromkeys(path.partition("[")[0] for path in paths))
    others = f" and {len(entries) - 3} more" if len(entries) > 3 else ""
    return (
        f": {', '.join(entries[:3])}{others} {'rests' if len(entries) == 1 else 'rest'} on it"
        if entries
        else ""
    )


def _value_of(estimate: Estimate | None) -> float | Expression | None:
    return None if estimate is None else estimate.value


def _as_written(value: float | Expression | None) -> str:
    return f" (it is {shown(value.text)})" if isinstance(value, Expression) else ""


def _names(estimate: Estimate | None) -> tuple[str, ...]:
    if estimate is None:
        return ()
    return tuple(
        name
        for number in (estimate.value, estimate.low, estimate.high, estimate.sd)
        if isinstance(number, Expression)
        for name in number.names
    )


def _is_null(estimate: Estimate | None) -> bool:
    return estimate is None or (estimate.value is None and estimate.low is None)
