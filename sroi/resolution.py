"""A study's numbers, resolved once: expressions evaluated, money in one price year, bounds kept."""

from __future__ import annotations

import math
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from sroi import formulas
from sroi.computed import Shares, as_written, circular, computed, meant_as_per_cent
from sroi.errors import Problem, instead
from sroi.expression import Expression
from sroi.model import BY_BENEFIT_YEAR, Estimate
from sroi.numbers import Number, OutcomeNumbers, outcome_numbers
from sroi.ordering import Links
from sroi.prices import Prices
from sroi.quantities import shown
from sroi.ranges import middle
from sroi.reference import PriceYearError, discount_schedules
from sroi.suggestions import Suggestions
from sroi.tolerance import TOLERANCE
from sroi.years import year_written

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sroi.model import Input, Outcome, Study
    from sroi.warned import ResultWarning

BESIDE_THE_RESULT = (
    "n_measured",
    "n_population",
    "followed_up",
    "response_rate",
    "comparison_rate",
    "cashable",
    "wellbys",
    "qalys",
    "leakage",
    "displacement_outside",
)
"""Fields of an outcome that neither total nor ratio rests on."""


def numbers_of(study: Study) -> Numbers:
    """The numbers of a study, resolved when they are first asked for and kept with it."""
    known: Numbers | None = study._numbers  # noqa: SLF001 - kept there by this function alone
    if known is None or known.study is not study:
        known = study._numbers = Numbers(study)  # noqa: SLF001
    return known


class Numbers:
    """Every number of one study.

    Resolving never raises: what is wrong is kept with each number, so that all of it can be said at once.

    Attributes
    ----------
    study : Study
    prices : Prices
        Converts money into the study's prices.
    links : Links
        Which assumptions use which others.
    order : tuple of str
        The assumptions, each after those that it uses; circular ones are left out.
    unknown : tuple of str
        Names that are used and not declared.
    shares : Shares
        Which assumptions are shares.
    price_factors : dict of str to tuple of float
        Of each input in nominal prices, what brings the money of each year into the study's prices.
    """

    def __init__(self, study: Study) -> None:
        self.study = study
        self.prices = Prices(study.currency, study.price_year, study.method.deflator)
        self._known: dict[str, float] = {}
        self.shares = Shares()
        self._suggestions = Suggestions(study.assumptions)
        declared = study.assumptions
        self.links = Links(
            {
                name: tuple(dict.fromkeys(each for each in _names(estimate) if each in declared))
                for name, estimate in declared.items()
            }
        )
        self.order = self.links.order
        self._circles = [circular(circle, declared[circle[0]]) for circle in self.links.circles]
        found: dict[str, Number] = {}
        for name in self.order:
            estimate = study.assumptions[name]
            if estimate is not None:
                number = found[f"assumptions.{name}"] = self._resolved(f"assumptions.{name}", estimate)
                if number.value is not None:
                    self._known[name] = number.value
                self.shares.add(name, estimate)
        for path, estimate in study.estimates():
            found[path] = found.pop(path) if path in found else self._resolved(path, estimate)
        self._found = found
        uses = (name for number in found.values() for name in number.uses)
        self.unknown = tuple(dict.fromkeys(name for name in uses if name not in study.assumptions))
        self.price_factors: dict[str, tuple[float, ...]] = {}
        self._of_inputs: list[Problem] = []
        self._remarks: dict[ResultWarning, None] = {}
        for name, entry in study.inputs.items():
            nominal = formulas.chosen({"real": False, "nominal": True}, "prices", entry.prices)
            if nominal and entry.value is not None:
                self._convert_nominal(name, entry)

    def __getitem__(self, path: str) -> Number:
        return self._found[path]

    def __iter__(self) -> Iterator[Number]:
        return iter(self._found.values())

    def __contains__(self, path: str) -> bool:
        return path in self._found

    def value(self, path: str) -> float | None:
        """Value of the number at a path; None where there is none, or it is not assessed."""
        return self._found[path].value if path in self._found else None

    def outcome(self, name: str, **given: Any) -> OutcomeNumbers | None:
        """The numbers of one outcome, with ``given`` ones in place of its own; None where one is missing."""
        return outcome_numbers(self.study.outcomes[name], f"outcomes.{name}", self.value, **given)

    def using(self, name: str) -> tuple[Number, ...]:
        """The numbers whose expressions name an assumption, in the order of the study."""
        return self._users.get(name, ())

    @cached_property
    def _users(self) -> dict[str, tuple[Number, ...]]:
        found: dict[str, list[Number]] = {}
        for number in self:
            for name in number.uses:
                found.setdefault(name, []).append(number)
        return {name: tuple(each) for name, each in found.items()}

    def resting_on(self, path: str) -> Iterator[Number]:
        """The numbers that rest on the assumption at a path, directly or through others."""
        section, _, name = path.partition(".")
        for each in self.links.reaching(name) if section == "assumptions" else ():
            yield from self.using(each)

    def place(self, path: str) -> int:
        """Which number it is, in the order of the study."""
        return self._places[path]

    @cached_property
    def _places(self) -> dict[str, int]:
        return {path: place for place, path in enumerate(self._found)}

    def reached(self, names: Iterable[str]) -> tuple[str, ...]:
        """Assumptions that some names reach, directly or through others, in the order of the study."""
        return self.links.reached(names)

    def _resolved(self, path: str, estimate: Estimate) -> Number:
        problems: list[Problem] = []
        written = estimate.value if estimate.value is not None else middle(estimate)
        entered = value = self.evaluated(written, path, problems)
        for name in ("low", "high", "sd"):
            self.evaluated(getattr(estimate, name), f"{path}.{name}", problems)
        violation = None if value is None else estimate.bounds.violated_by(value)
        if value is not None:
            entered = value = estimate.bounds.settled(value)
        if violation is not None:
            hint = meant_as_per_cent(estimate, self._known, self.study.assumptions) or violation[1]
            problems.append(Problem(f"{violation[0]}{as_written(estimate)}", hint, path))
            value = None
        factor = 1.0
        remarks: tuple[ResultWarning, ...] = ()
        if value is not None and estimate.price_year is not None:
            try:
                self._refuse_two_price_years(estimate)
                wellby = estimate.uprate == "wellby"
                factor, remarks = self.prices.conversion(estimate.price_year, wellby=wellby)
                value = float(formulas.converted(value, factor))
            except PriceYearError as error:
                two = isinstance(error, _TwoPriceYearsError)
                problems.append(Problem(str(error), error.hint, path if two else f"{path}.price_year"))
                value = None
        return Number(path, estimate, value, entered, factor, tuple(problems), remarks, self)

    def evaluated(
        self, written: float | Expression | None, path: str = "", problems: list[Problem] | None = None
    ) -> float | None:
        """What a number or expression comes to; what is wrong with it is added to ``problems``."""
        if not isinstance(written, Expression):
            return written
        declared, asked = self.study.assumptions, self._suggestions
        found, wrong = computed(written, self._known, declared, self.shares, asked)
        if problems is not None:
            problems += (replace(each, path=path) for each in wrong)
        return found

    def _refuse_two_price_years(self, estimate: Estimate) -> None:
        if not isinstance(estimate.value, Expression):
            return
        for name in self.reached(estimate.value.names):
            other = self.study.assumptions[name]
            if other is not None and other.price_year is not None:
                own = f"reaches {name}, which has a price year of its own"
                message = f"price_year {estimate.price_year} stands on an expression that {own}"
                raise _TwoPriceYearsError(message, "leave out one of the two price years")

    def _convert_nominal(self, name: str, entry: Input) -> None:
        held = entry.value
        years = len(held) if isinstance(held, tuple) else int(self.value(f"inputs.{name}.years") or 1)
        try:
            found = [self.prices.conversion(year_written(self.study.first_year + t)) for t in range(years)]
        except PriceYearError as error:
            self._of_inputs.append(Problem(str(error), error.hint, f"inputs.{name}.prices"))
            return
        self.price_factors[name] = tuple(factor for factor, _ in found)
        self._remarks |= dict.fromkeys(remark for _, remarks in found for remark in remarks)

    @cached_property
    def used(self) -> tuple[Number, ...]:
        """Every number that the result rests on, in the order of the study."""
        direct = [number for number in self if self._counts(number.path)]
        reached = set(self.reached(name for number in direct for name in number.uses))
        named = (f"assumptions.{name}" for name in self.study.assumptions if name in reached)
        return (*(self._found[path] for path in named if path in self._found), *direct)

    def _counts(self, path: str) -> bool:
        section, _, rest = path.partition("[")[0].partition(".")
        name, _, last = rest.partition(".")
        if last == "optimism_bias" and self.study.method.optimism_bias == "none":
            return False
        if section == "inputs":
            return last in ("value", "years", "optimism_bias")
        return section == "outcomes" and self.study.outcomes[name].priced and last not in BESIDE_THE_RESULT

    @property
    def remarks(self) -> tuple[ResultWarning, ...]:
        """What a reader should know about the conversions that the result rests on."""
        of_numbers = {remark: None for number in self.used for remark in number.remarks}
        return tuple(of_numbers | self._remarks)

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """All that is wrong with any number, with the lists by benefit year and with the schedules."""
        found = [
            *self._circles,
            *(problem for number in self for problem in number.problems),
            *self._of_inputs,
        ]
        for path, schedule in self._schedules():
            if schedule is not None and schedule not in discount_schedules():
                message = f"there is no discount schedule {shown(schedule)}"
                found.append(Problem(message, instead(schedule, discount_schedules()), path))
        for name, outcome in self.study.outcomes.items():
            found += self._of_lists(name, outcome)
        return tuple(found)

    def _schedules(self) -> Iterator[tuple[str, str | None]]:
        yield "method.discount_schedule", self.study.method.discount_schedule
        for name, outcome in self.study.outcomes.items():
            yield f"outcomes.{name}.discount_schedule", outcome.discount_schedule

    def _of_lists(self, name: str, outcome: Outcome) -> Iterator[Problem]:
        """What is wrong with numbers that are listed by benefit year, and with deductions added up."""
        duration = self.value(f"outcomes.{name}.duration")
        years = None if duration is None else math.ceil(duration - TOLERANCE)
        for key in BY_BENEFIT_YEAR:
            written = getattr(outcome, key)
            if years is not None and isinstance(written, tuple) and len(written) > years:
                each = f"{years} benefit year{'' if years == 1 else 's'} (duration {shown(duration)})"
                message = f"{len(written)} {'values' if key == 'value' else 'shares'} are listed for {each}"
                hint = f"list at most {years}, or lengthen the duration"
                yield Problem(message, hint, f"outcomes.{name}.{key}")
        shares = (
            self.outcome(name, value=1.0, drop_off=0.0) if self.study.method.deductions == "added" else None
        )
        for k in range(shares.listed if shares is not None else 0):
            assert shares is not None
            if formulas.kept_added(*shares.at(k)) < -TOLERANCE:
                message = f"the deductions of benefit year {k + 1} add up to {100 * sum(shares.at(k)):.6g}%"
                hint = "added deductions may not pass 100%: lower one, or use method deductions: multiplied"
                yield Problem(message, hint, f"outcomes.{name}")
                return


class _TwoPriceYearsError(PriceYearError):
    """An expression and a number that it reaches both have a price year."""


def located(study: Study, problems: Iterable[Problem]) -> list[Problem]:
    """Problems with file, line and column, where the study was read from a text."""
    return list(problems) if study.provenance is None else study.provenance.located(problems)


def _names(estimate: Estimate | None) -> Iterator[str]:
    if estimate is not None:
        for number in (estimate.value, estimate.low, estimate.high, estimate.sd):
            if isinstance(number, Expression):
                yield from number.names
