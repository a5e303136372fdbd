"""A study with ranges by grade of evidence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sroi.labels import Figures
from sroi.results.base import Result
from sroi.tables import Table

if TYPE_CHECKING:
    from sroi.model import Study


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Ranged(Result):
    """A study with ranges by grade of evidence.

    Attributes
    ----------
    study : Study
        With the ranges.
    given : tuple of str
        Paths of the numbers that were given one.
    """

    study: Study
    given: tuple[str, ...]

    @property
    def tables(self) -> tuple[Table, ...]:
        """What a person reads: the numbers that were given a range."""
        write = Figures(self.study)
        rows = tuple(
            (
                write.called(row["number"]),
                write.one(row["number"], row["value"]),
                write.span(row["number"], row["low"], row["high"]),
                row["grade"] or "none",
            )
            for row in self._rows()["ranges"]
        )
        note = "As wide as the grade of evidence says: this package's own judgement."
        return (Table("Ranges by grade", ("Number", ">Value", ">Range", "Grade"), rows, note),)

    def _plain(self) -> dict[str, Any]:
        """The ranges as plain values that JSON can hold."""
        return {"study": self.study.id, **self._rows()}

    def _rows(self) -> dict[str, list[dict[str, Any]]]:
        estimates = dict(self.study.estimates())
        return {
            "ranges": [
                {
                    "number": path,
                    **{key: getattr(estimates[path], key) for key in ("value", "low", "high", "grade")},
                }
                for path in self.given
            ]
        }

    def _line(self) -> str:
        return f"{self.study.id}: {len(self.given)} numbers given a range"
