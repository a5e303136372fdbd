"""Shares of the variance of a result, by number."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from sroi.results.base import Result, plain
from sroi.tables import Brief, Table
from sroi.words import readable

if TYPE_CHECKING:
    import pandas as pd

    from sroi.warned import ResultWarning

_COLUMNS = ("number", "first", "first_low", "first_high", "total", "total_low", "total_high")
_WORTH_A_ROW = 0.005


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Indices(Result):
    """Shares of the variance by number, the largest total first.

    Attributes
    ----------
    names : tuple of str
    first, total : tuple of float
        Share that a number accounts for alone, and with all its interactions; nan where nothing varies.
    first_interval, total_interval : tuple of (low, high)
        95% bootstrap intervals.
    warnings : tuple of ResultWarning
        What a reader should know about them.
    titles : mapping of str to str
        What each number is called where people read it.
    """

    names: tuple[str, ...]
    first: tuple[float, ...]
    total: tuple[float, ...]
    first_interval: tuple[tuple[float, float], ...]
    total_interval: tuple[tuple[float, float], ...]
    warnings: tuple[ResultWarning, ...] = ()
    titles: Mapping[str, str] = field(default_factory=dict)

    @property
    def answer(self) -> str:
        """Which number accounts for most of the variance, in a sentence."""
        if not self.names or not math.isfinite(self.total[0]):
            return "The result does not vary."
        return f"“{self.called(self.names[0])}” accounts for {self.total[0]:.0%} of the variance, in all."

    def called(self, name: str) -> str:
        """What a number is called."""
        return self.titles.get(name) or readable(name)

    @property
    def frames(self) -> dict[str, pd.DataFrame]:
        """The data frame ``indices``, a number a row."""
        import pandas as pd  # noqa: PLC0415 - loaded only when a frame is asked for

        rows = pd.DataFrame(self._plain()["indices"], columns=_COLUMNS)
        return {"indices": rows.set_index("number").astype(float)}

    @property
    def tables(self) -> tuple[Table, ...]:
        """What a person reads: shares of the variance."""
        rows = tuple(
            (self.called(row["number"]), _share(row, "first"), _share(row, "total"))
            for row in self._plain()["indices"]
        )
        note = (
            "Alone: the share that knowing the number would remove. In all: with its interactions. "
            "In brackets 95% bootstrap intervals."
        )
        note = " ".join([note, *(f"{said[0].upper()}{said[1:]}." for said in self.warnings)])
        return (Table("Shares of the variance", ("Number", ">Alone", ">In all"), rows, note),)

    @property
    def brief(self) -> Brief:
        """What a person reads first: the numbers that account for the variance."""
        moving = sum(math.isfinite(total) and total >= _WORTH_A_ROW for total in self.total)
        said = "No number moves the result."
        if moving:
            alone, whole = f"{max(self.first[0], 0.0):.0%}", f"{self.total[0]:.0%}"
            called = self.called(self.names[0])
            said = f"{called} accounts for most of the variance: {alone} alone, {whole} with all others."
        lines = (said, *(f"{warning[0].upper()}{warning[1:]}." for warning in self.warnings))
        note = "In brackets 95% bootstrap intervals."
        table = replace(self.tables[0].cut(moving), note=note if moving else "")
        return Brief(lines, (table,), len(self.names) - moving)

    def _plain(self) -> dict[str, Any]:
        """The shares as plain values that JSON can hold."""
        values = zip(
            self.names, self.first, self.first_interval, self.total, self.total_interval, strict=True
        )
        rows = ((name, first, *around, total, *about) for name, first, around, total, about in values)
        shares = [dict(zip(_COLUMNS, plain(row), strict=True)) for row in rows]
        return {"indices": shares, "warnings": plain(self.warnings)}

    def _line(self) -> str:
        first = ""
        if self.names:
            moves = math.isfinite(self.total[0])
            first = (
                f", {self.called(self.names[0])} {self.total[0]:.1%} in all"
                if moves
                else ", none of which moves it"
            )
        return f"{len(self.names)} numbers{first}"


def _share(row: dict[str, Any], name: str) -> str:
    if row[name] is None:
        return "no variance"
    if row[f"{name}_low"] is None or row[f"{name}_high"] is None:
        return _percent(row[name])
    return f"{_percent(row[name])} ({_percent(row[f'{name}_low'])} to {_percent(row[f'{name}_high'])})"


def _percent(value: float) -> str:
    return f"{value:.1%}".replace("-", "\N{MINUS SIGN}")
