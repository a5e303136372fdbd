"""First-order and total shares of variance, with bootstrap intervals, of any function whose two samples and swaps are given."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from sroi.tables import Table, Tabled
from sroi.uncertainty import tables

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pandas as pd


@dataclass(frozen=True, slots=True, eq=False)
class Indices(Tabled):
    """Shares of the variance by number, the largest total first.

    Attributes
    ----------
    names : tuple of str
    first, total : ndarray, shape (number,)
        Share that a number accounts for alone, and with all its interactions.
    first_interval, total_interval : ndarray, shape (number, 2)
        95% bootstrap intervals.
    """

    names: tuple[str, ...]
    first: Any
    total: Any
    first_interval: Any
    total_interval: Any

    @property
    def table(self) -> pd.DataFrame:
        """The shares, a number a row."""
        import pandas as pd  # noqa: PLC0415 - loaded only when a table is asked for

        columns = {
            "first": self.first,
            "first_low": self.first_interval[:, 0],
            "first_high": self.first_interval[:, 1],
            "total": self.total,
            "total_low": self.total_interval[:, 0],
            "total_high": self.total_interval[:, 1],
        }
        return pd.DataFrame(columns, index=pd.Index(self.names, name="number"))

    @property
    def tables(self) -> tuple[Table, ...]:
        """What a person reads, as tables of words."""
        return tables.of_indices(self)

    def to_dict(self) -> dict[str, Any]:
        """The shares as plain values that JSON can hold."""
        columns = ("first", "first_low", "first_high", "total", "total_low", "total_high")
        values = np.column_stack([self.first, self.first_interval, self.total, self.total_interval])
        known = [[float(value) if np.isfinite(value) else None for value in row] for row in values]
        return {
            "indices": [
                {"number": name, **dict(zip(columns, row, strict=True))}
                for name, row in zip(self.names, known, strict=True)
            ]
        }


def variance_shares(
    names: Sequence[str],
    before: Any,
    after: Any,
    swapped: Iterable[Any],
    *,
    bootstrap: int = 200,
    seed: int | None = 0,
) -> Indices:
    """Shares of variance by Saltelli's and Jansen's estimators.

    Parameters
    ----------
    names : sequence of str
        One for each number.
    before, after : ndarray, shape (points,)
        The function on two independent samples A and B.
    swapped : iterable of ndarray, shape (points,)
        For each number, the function on A with that number's column taken from B.
    bootstrap : int
        Resamplings behind the intervals.
    seed : int or None
    """
    points = len(before)
    centre = 0.5 * (before.mean() + after.mean())
    a, b = before - centre, after - centre
    alone, whole = np.empty((points, len(names))), np.empty((points, len(names)))
    for column, each in enumerate(swapped):
        moved = each - centre - a
        alone[:, column] = b * moved
        whole[:, column] = 0.5 * moved**2
    squares = 0.5 * (a**2 + b**2)
    variance = squares.mean()
    rng = np.random.default_rng(seed)
    weights = rng.multinomial(points, np.full(points, 1 / points), size=bootstrap) / points
    spread = weights @ squares - (weights @ (0.5 * (a + b))) ** 2
    with np.errstate(divide="ignore", invalid="ignore"):
        first, total = alone.mean(axis=0) / variance, whole.mean(axis=0) / variance
        first_draws, total_draws = (weights @ alone) / spread[:, None], (weights @ whole) / spread[:, None]
    order = np.argsort(-total, kind="stable")
    intervals = [np.percentile(draws, [2.5, 97.5], axis=0).T for draws in (first_draws, total_draws)]
    return Indices(
        tuple(names[at] for at in order), first[order], total[order], intervals[0][order], intervals[1][order]
    )
