"""Money of outcomes and inputs under draws, year by year, before it is discounted."""

from __future__ import annotations

import math
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from sroi import formulas
from sroi.backends.arrays import ARRAYS
from sroi.quantities import MOST_YEARS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sroi.model import Outcome, Study
    from sroi.resolution import OutcomeNumbers
    from sroi.uncertainty.drawn_numbers import DrawnNumbers, Settled


class Flows:
    """The flows of a study under draws.

    Parameters
    ----------
    study : Study
    numbers : DrawnNumbers
    refuses : bool
        Whether draws that the engine would refuse are no number, rather than brought back to what it would
        take.

    Attributes
    ----------
    priced : dict of str to Outcome
        The outcomes with a value.
    years : int
        How many years, from year 0, any flow can last, within the method's horizon.
    """

    def __init__(self, study: Study, numbers: DrawnNumbers, *, refuses: bool) -> None:
        self._study = study
        self._numbers = numbers
        self._refuses = refuses
        self.priced = {name: outcome for name, outcome in study.outcomes.items() if outcome.priced}
        self._central = {name: self._of_one(name, outcome) for name, outcome in self.priced.items()}
        self.years = self._length()

    def _of_one(self, name: str, outcome: Outcome) -> OutcomeNumbers:
        found = self._numbers.resolution.outcome_numbers(name, outcome)
        assert found is not None
        return found

    def _length(self) -> int:
        ends = [
            len(central.quantity) + central.first + math.ceil(self._longest(name)) - 1
            for name, central in self._central.items()
        ]
        for name, entry in self._study.inputs.items():
            money = self._numbers.resolution.input_money(name, entry)
            ends.append(len(money) if money is not None else 1)
        horizon = self._study.method.horizon
        return max(ends) if horizon is None else min(max(ends), horizon + 1)

    def _longest(self, name: str) -> float:
        """The longest that an outcome can last: as long as any may where its duration varies."""
        duration = self._study.outcomes[name].duration
        assert duration is not None
        moves = self._numbers.moves(f"outcomes.{name}.duration", duration)
        return float(MOST_YEARS) if moves else self._central[name].duration

    def of_input(self, name: str, settled: Settled) -> list[Any]:
        """Money of one input in each year from year 0."""
        entry = self._study.inputs[name]
        money = settled.series(f"inputs.{name}.value", entry.value)
        resolution = self._numbers.resolution
        if entry.years is not None:
            money *= int(resolution.number(f"inputs.{name}.years", entry.years) or 1)
        if entry.prices == "nominal":
            money = [
                each * resolution.prices.factor(self._study.first_year + t) for t, each in enumerate(money)
            ]
        return money[: self.years]

    def of_outcome(self, name: str, settled: Settled) -> Iterator[tuple[int, Any]]:
        """Money of one outcome with its calendar index, a benefit year of a cohort at a time, in no order of the years."""
        outcome, method = self.priced[name], self._study.method
        path = f"outcomes.{name}"
        assert outcome.value is not None
        assert outcome.duration is not None
        assert outcome.drop_off is not None
        first = self._central[name].first
        quantity = settled.series(f"{path}.quantity", outcome.quantity)
        value = settled.number(f"{path}.value", outcome.value)
        duration = settled.number(f"{path}.duration", outcome.duration)
        drop_off = settled.number(f"{path}.drop_off", outcome.drop_off)
        ours = outcome.contribution is not None
        fields = ("deadweight", "displacement", "contribution" if ours else "attribution")
        shares = [settled.series(f"{path}.{field}", getattr(outcome, field)) for field in fields]
        if ours:
            shares[2] = [formulas.due_to_others(share) for share in shares[2]]
        settled.refuse(np.ceil(duration) < max(map(len, shares)))
        combined = (
            partial(self._kept_added, name, settled)
            if method.deductions == "added"
            else formulas.kept_multiplied
        )
        part = formulas.counted_whole if method.part_years == "whole" else formulas.counted_pro_rata
        late = int((outcome.drop_off_from or method.drop_off_from) == "first_year")
        linear = method.drop_off_shape == "linear"
        constant = all(len(each) == 1 for each in shares)
        same = all(
            each is quantity[0]
            or (isinstance(each, float) and isinstance(quantity[0], float) and each == quantity[0])
            for each in quantity
        )
        one = quantity[0] if same else 1.0
        impact = formulas.impact(one, value, combined(*(each[0] for each in shares)))
        kept = formulas.kept_a_year(drop_off)
        left: Any = impact if constant else 1.0
        for k in range(min(math.ceil(np.max(duration)), self.years - first)):
            if linear:
                share = formulas.remaining_linear(drop_off, k + late, ARRAYS)
                left = formulas.benefit(impact, share, 1.0) if constant else share
            elif k + late:
                left = formulas.left_a_year_on(left, kept)
            money = left
            if not constant:
                impact = formulas.impact(
                    one, value, combined(*(each[min(k, len(each) - 1)] for each in shares))
                )
                money = formulas.benefit(impact, left, 1.0)
            if np.ndim(duration) or duration < k + 1:
                money = formulas.benefit(money, 1.0, part(duration, k, ARRAYS))
            for cohort, each in enumerate(quantity):
                if cohort + first + k < self.years:
                    yield cohort + first + k, money if same else money * each

    def _kept_added(self, name: str, settled: Settled, *shares: Any) -> Any:
        """What added deductions leave: nothing where draws take them past 100%, and no number where those are refused."""
        kept = formulas.kept_added(*shares)
        beyond = np.asarray(kept) < -1e-12
        settled.pass_the_whole(name, beyond)
        return np.where(beyond, np.nan if self._refuses else 0.0, kept)
