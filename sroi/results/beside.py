"""A result of a place beside the same of its nation, and which of the place's own numbers part the two."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sroi import formatting
from sroi.labels import Figures
from sroi.results.base import Record
from sroi.tables import Table

if TYPE_CHECKING:
    from sroi.model import Study

_FAR = 0.05
"""The part of its nation's return by which a place's differs for it to be said."""

_MOST = 3


@dataclass(frozen=True, slots=True)
class LocalNumber(Record):
    """One number that is another here than in the nation, and what the ratio would move by with the nation's.

    Attributes
    ----------
    path : str
    here, there : float
        In the place and in the nation, in the study's prices.
    effect : float
        The ratio less what it is with the nation's number alone in its stead.
    """

    path: str
    here: float
    there: float
    effect: float


@dataclass(frozen=True, slots=True)
class BesideNation(Record):
    """A place's return beside its nation's.

    Attributes
    ----------
    place, nation : str
        Their names.
    ratio, nations : float
        Their social return ratios, in prices of the place's study.
    numbers : tuple of LocalNumber
        Those that move the ratio, the largest effect first. One at a time: they need not add up.
    """

    place: str
    nation: str
    ratio: float
    nations: float
    numbers: tuple[LocalNumber, ...]

    @property
    def differs(self) -> bool:
        """Whether the two are further apart than a twentieth of the nation's."""
        return abs(self.ratio - self.nations) > _FAR * abs(self.nations)

    def sentence(self, study: Study, most: int = _MOST) -> str:
        """The two returns in words, and the numbers that part them most."""
        there = f"{self.nation}: {formatting.returned(self.nations, study.currency)}"
        if not self.numbers:
            return f"{there}; no number of {self.place}'s own parts the two"
        figures = Figures(study)
        named = [
            f"{_small(figures.called(each.path))} ({figures.three(each.path, each.here)} here, "
            f"{figures.three(each.path, each.there)} there)"
            for each in self.numbers[:most]
        ]
        return f"{there}; {self.place} differs by its {formatting.listed(named)}"

    def table(self, study: Study) -> Table:
        """Every number that parts the two."""
        figures = Figures(study)
        rows = tuple(
            (
                figures.called(each.path),
                figures.three(each.path, each.here),
                figures.three(each.path, each.there),
                formatting.ratio(each.effect),
            )
            for each in self.numbers
        )
        columns = ("Number", f">{self.place}", f">{self.nation}", ">Moves the ratio by")
        said = f"{formatting.ratio(self.ratio)} here, {formatting.ratio(self.nations)} there"
        note = f"{said}. Each number is set to the nation's alone, so that the effects need not add up."
        return Table(f"Beside {self.nation}", columns, rows, note, key="beside_nation")


def _small(words: str) -> str:
    return words if words[:2].isupper() else words[:1].lower() + words[1:]
