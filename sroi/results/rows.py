"""The lines of an evaluation: an outcome of the value map, and an input."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Self

from sroi.model.codes import CODED
from sroi.results.base import Record
from sroi.words import readable

if TYPE_CHECKING:
    from sroi.model import Outcome
    from sroi.steps import OutcomeSteps

OneOrMany = float | tuple[float, ...]
"""A number, or one for each cohort or benefit year."""


@dataclass(frozen=True, slots=True)
class OutcomeRow(Record):
    """One line of the value map.

    Money is in the study's prices. ``by_year`` is undiscounted; both series count from year 0. What an
    outcome without a money value would have is None.
    """

    outcome: str
    title: str
    stakeholder: str
    kind: str
    unit: str | None
    quantity: OneOrMany | None
    value: OneOrMany | None
    deadweight: OneOrMany | None
    displacement: OneOrMany | None
    attribution: OneOrMany | None
    drop_off: float | None
    starts: int | None
    duration: float | None
    in_total: bool
    impact: float | None
    present_value: float | None
    by_year: tuple[float | None, ...]
    by_year_pv: tuple[float | None, ...]
    codes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def priced(cls, name: str, outcome: Outcome, steps: OutcomeSteps) -> Self:
        """The line of an outcome that has a money value."""
        held = steps.numbers

        def as_written(field: str, values: tuple[float, ...]) -> OneOrMany:
            return values if isinstance(getattr(outcome, field), tuple) else values[0]

        ours = {"attribution": "contribution"} if outcome.contribution is not None else {}
        shares = {key: as_written(ours.get(key, key), values) for key, values in held.deductions.items()}
        return cls(
            name, title_of(name, outcome), outcome.stakeholder, outcome.kind, outcome.unit,
            as_written("quantity", held.quantity), as_written("value", held.value), **shares,
            drop_off=held.drop_off, starts=held.first, duration=held.duration,
            in_total=steps.in_total, impact=steps.impact,
            present_value=steps.present_value, by_year=steps.by_year, by_year_pv=steps.by_year_pv,
            codes=_codes(outcome),
        )  # fmt: skip

    @classmethod
    def unpriced(cls, name: str, outcome: Outcome, quantity: OneOrMany | None, years: int) -> Self:
        """The line of an outcome without a money value."""
        nothing = (None,) * years
        return cls(
            name, title_of(name, outcome), outcome.stakeholder, outcome.kind, outcome.unit, quantity,
            None, None, None, None, None, None, None, False, None, None, nothing, nothing, _codes(outcome),
        )  # fmt: skip

    def to_flat(self) -> dict[str, Any]:
        """The line for a table: its codes as text, each list in a column of its own."""
        row = self.to_dict()
        codes = row.pop("codes")
        return {**row, **{name: ", ".join(codes.get(name, ())) or None for name in CODED}}


def _codes(outcome: Outcome) -> dict[str, tuple[str, ...]]:
    return {} if outcome.codes is None else outcome.codes.by_list


@dataclass(frozen=True, slots=True)
class InputRow(Record):
    """What one input is worth, in the study's prices.

    ``by_year`` is undiscounted; both series count from year 0.
    """

    input: str
    title: str | None
    stakeholder: str
    kind: str
    present_value: float
    by_year: tuple[float, ...]
    by_year_pv: tuple[float, ...]


def title_of(name: str, outcome: Outcome) -> str:
    """The title of an outcome, made from its name where it has none."""
    return outcome.title or readable(name)
