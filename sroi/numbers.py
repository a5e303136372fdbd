"""What a resolved number is: its value, how it was written, and where it comes from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from sroi import formulas
from sroi.expression import Expression
from sroi.model import DEDUCTIONS, YearsLater

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from sroi.errors import Problem
    from sroi.model import Estimate, Outcome
    from sroi.provenance import Origin
    from sroi.warned import ResultWarning

Basis = Literal["sourced", "borrowed", "assumed", "structural"]


@dataclass(frozen=True, slots=True)
class Number:
    """One number of a study: its value, how it was written, and where it comes from.

    Attributes
    ----------
    path : str
        Where it stands in the study.
    estimate : Estimate
        As the study holds it.
    value : float or None
        In the study's prices; None where it is not assessed or wrong.
    entered : float or None
        Before it is brought to the study's prices.
    factor : float
        What brings it there.
    problems : tuple of Problem
        What is wrong with it.
    remarks : tuple of ResultWarning
        What a reader should know about its conversion.
    """

    path: str
    estimate: Estimate
    value: float | None
    entered: float | None
    factor: float
    problems: tuple[Problem, ...]
    remarks: tuple[ResultWarning, ...]
    _of: Any = field(repr=False, compare=False)

    @property
    def written(self) -> str | None:
        """Text of its expression; None of a plain number."""
        return self.estimate.value.text if isinstance(self.estimate.value, Expression) else None

    @property
    def uses(self) -> tuple[str, ...]:
        """The assumptions that its expression names."""
        return self.estimate.value.names if isinstance(self.estimate.value, Expression) else ()

    @property
    def rests_on(self) -> tuple[str, ...]:
        """The assumptions that it reaches, directly or through others, in the order of the study."""
        reached: tuple[str, ...] = self._of.reached(self.uses)
        return reached

    @property
    def computed(self) -> bool:
        """Whether it is made from other numbers of the study, so that they are what wants a source."""
        return any(name in self._of.study.assumptions for name in self.uses)

    @property
    def ends(self) -> tuple[float | None, float | None, float | None]:
        """Low, high and standard deviation in the prices that they are written in; None where not given.

        What is 0 or 1 in a draw has those as its ends.
        """
        estimate = self.estimate
        if estimate.shape == "bernoulli":
            return 0.0, 1.0, None
        low, high, sd = (self._of.evaluated(each) for each in (estimate.low, estimate.high, estimate.sd))
        settled = estimate.bounds.settled
        return None if low is None else settled(low), None if high is None else settled(high), sd

    @property
    def low(self) -> float | None:
        """Low end in the study's prices."""
        low = self.ends[0]
        return None if low is None else low * self.factor

    @property
    def high(self) -> float | None:
        """High end in the study's prices."""
        high = self.ends[1]
        return None if high is None else high * self.factor

    @property
    def distribution(self) -> str | None:
        """Shape of its uncertainty, where one is named."""
        return self.estimate.distribution

    @property
    def unit(self) -> str | None:
        """Unit, in words."""
        return self.estimate.unit

    @property
    def price_year(self) -> int | str | None:
        """Year whose prices it is written in."""
        return self.estimate.price_year

    @property
    def grade(self) -> str | None:
        """Strength of the evidence."""
        return self.estimate.grade

    @property
    def borrowed_from(self) -> str | None:
        """Place or group that it was measured in."""
        return self.estimate.borrowed_from

    @property
    def source(self) -> str | None:
        """Name of its source; where it has none, that of the input or outcome that it stands in."""
        return self.estimate.source or self._of_its_entry("source")

    @property
    def rationale(self) -> str | None:
        """Why this number; where it does not say, what the input or outcome says that it stands in."""
        return self.estimate.rationale or self._of_its_entry("rationale")

    def _of_its_entry(self, name: str) -> str | None:
        """What an entry says of all its numbers: of those that were written in the same layer."""
        section, _, rest = self.path.partition(".")
        if section not in ("inputs", "outcomes"):
            return None
        entry, study = rest.partition(".")[0], self._of.study
        found: str | None = getattr(getattr(study, section)[entry], name)
        provenance, origin = study.provenance, self.origin
        if found is None or provenance is None or origin is None:
            return found
        said = provenance.origin(f"{section}.{entry}.{name}")
        return found if said is None or said.layer == origin.layer else None

    @property
    def origin(self) -> Origin | None:
        """Layer, file and line that it was written in; None for a study made in Python."""
        provenance = self._of.study.provenance
        return None if provenance is None else provenance.origin(self.path)

    @property
    def layer(self) -> str | None:
        """The layer that it was written in."""
        origin = self.origin
        return None if origin is None else origin.layer

    @property
    def basis(self) -> Basis:
        """What it stands on: another place, a source, a definition, or nothing but judgement.

        A rationale that begins with ``structural`` says that the number is a definition or follows from how
        the map is built.
        """
        if self.borrowed_from is not None:
            return "borrowed"
        if self.source is not None:
            return "sourced"
        return "structural" if (self.rationale or "").startswith("structural") else "assumed"

    @property
    def local(self) -> bool:
        """Whether it is of a place: written in a place's pack, or in a nation's as borrowed from one."""
        layer = self.layer or ""
        of_the_place = layer == f"pack {self._of.study.borough}"
        return layer.startswith("pack ") and (of_the_place or self.borrowed_from is not None)

    def to_dict(self) -> dict[str, Any]:
        """The number as plain values, without the fields that hold nothing.

        Of what it rests on only the assumptions that it names itself, since what those name stands with them.
        """
        origin = self.origin
        fields = (
            "low",
            "high",
            "distribution",
            "unit",
            "price_year",
            "source",
            "grade",
            "rationale",
            "borrowed_from",
        )
        whole: dict[str, Any] = {"path": self.path, "value": self.value, "written": self.written}
        whole["rests_on"] = tuple(name for name in self.uses if name in self._of.study.assumptions)
        whole |= {name: getattr(self, name) for name in fields}
        if origin is not None:
            whole |= {"layer": origin.layer, "file": origin.file, "line": origin.line}
        known = {
            key: list(value) if isinstance(value, tuple) else value
            for key, value in whole.items()
            if value not in (None, ())
        }
        return known if self.computed else {**known, "basis": self.basis}


@dataclass(frozen=True, slots=True)
class OutcomeNumbers:
    """The numbers of one outcome in the study's prices, on any backend.

    ``quantity`` is by cohort; ``value`` and each of ``deductions`` by benefit year, their last entry holding
    for the years after it; ``first`` is the benefit year that a cohort begins with, counted from its own;
    ``optimism`` is the share by which gains are lowered, None where no optimism bias is applied.
    """

    quantity: tuple[Any, ...]
    value: tuple[Any, ...]
    first: int
    duration: Any
    deductions: dict[str, tuple[Any, ...]]
    drop_off: Any
    optimism: Any = None

    @property
    def listed(self) -> int:
        """For how many benefit years deductions are listed."""
        return max(map(len, self.deductions.values()))

    @property
    def longest(self) -> int:
        """For how many benefit years anything is listed: no outcome lasts less long."""
        return max(self.listed, len(self.value))

    def at(self, k: int) -> Iterator[Any]:
        """The deductions of benefit year ``k``."""
        return (of_year(shares, k) for shares in self.deductions.values())


def of_year(listed: Sequence[Any], k: int) -> Any:
    """The entry of benefit year ``k``, of a list whose last entry holds for the years after it."""
    return listed[min(k, len(listed) - 1)]


def paths_of(path: str, written: Any) -> list[str]:
    """The path of a number, or of each of a list of them."""
    return [f"{path}[{k}]" for k in range(len(written))] if isinstance(written, tuple) else [path]


def outcome_numbers(
    outcome: Outcome,
    path: str,
    number: Callable[[str], Any],
    step: Callable[[str, Any], Any] = lambda _, value: value,
    **given: Any,
) -> OutcomeNumbers | None:
    """The numbers of one outcome, with ``given`` ones in place of its own; None where one is missing."""

    def series(name: str) -> tuple[Any, ...]:
        written = getattr(outcome, name)
        if isinstance(written, tuple):
            return tuple(number(f"{path}.{name}[{position}]") for position in range(len(written)))
        return (None if written is None else number(f"{path}.{name}"),)

    def shares(name: str) -> tuple[Any, ...]:
        if name in given:
            return tuple(given[name])
        if name != "attribution" or outcome.contribution is None:
            return series(name)
        ours = series("contribution")
        if any(share is None for share in ours):
            return ours
        several = isinstance(outcome.contribution, tuple)
        return tuple(
            step(
                f"{path}.attribution[{k}]" if several else f"{path}.attribution",
                formulas.due_to_others(share),
            )
            for k, share in enumerate(ours)
        )

    quantity = series("quantity")
    value = (given["value"],) if "value" in given else series("value")
    duration = given["duration"] if "duration" in given else series("duration")[0]
    deductions = {name: shares(name) for name in DEDUCTIONS}
    drop_off = given["drop_off"] if "drop_off" in given else series("drop_off")[0]
    every = (*quantity, *value, duration, *(each for row in deductions.values() for each in row), drop_off)
    if outcome.starts is None or any(each is None for each in every):
        return None
    later = outcome.starts.years_later if isinstance(outcome.starts, YearsLater) else None
    first = later if later is not None else formulas.chosen(formulas.STARTS, "starts", str(outcome.starts))
    return OutcomeNumbers(quantity, value, first, duration, deductions, drop_off)
