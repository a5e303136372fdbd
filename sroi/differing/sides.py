"""One of two studies: its numbers in the prices and with the packs of either."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from sroi.base import Entries
from sroi.documents.tree import Text
from sroi.resolution import Numbers, numbers_of

if TYPE_CHECKING:
    from sroi.model import Estimate, Study


class Side(NamedTuple):
    """A study, and what of it its packs hold.

    Attributes
    ----------
    study : Study
    under : frozenset of str
        Paths of what was written in what lies under the study's own text: packs, and the intervention that
        it builds on.
    """

    study: Study
    under: frozenset[str] = frozenset()

    @classmethod
    def of(cls, study: Study) -> Side:
        """A study and what its packs hold, as it was read; nothing for one that was made in Python."""
        read = study.provenance
        if not isinstance(read, Text) or read.reading is None:
            return cls(study)
        own = "pack " if read.reading.is_template else ("pack ", "intervention ")
        paths = [f"assumptions.{name}" for name in study.assumptions]
        for section in ("inputs", "outcomes"):
            for name, entry in getattr(study, section).items():
                paths += [f"{section}.{name}.{field}" for field in sorted(entry.model_fields_set)]
        origins = ((path, read.origin(path)) for path in paths)
        return cls(
            study, frozenset(path for path, at in origins if at is not None and at.layer.startswith(own))
        )


class Prices(NamedTuple):
    """What brings money into one year's prices, of the old study (False) or the new one (True)."""

    packs: bool
    years: bool
    method: bool


class Pair:
    """Two studies, and the numbers of each as it would have them with the other's packs, years or deflator.

    Parameters
    ----------
    old, new : Side
    """

    def __init__(self, old: Side, new: Side) -> None:
        self.old, self.new = old, new
        self._numbers: dict[tuple[bool, Prices], Numbers] = {}

    def side(self, new: bool) -> Side:
        """The old side, or the new one."""
        return self.new if new else self.old

    def study(self, new: bool) -> Study:
        """The old study, or the new one."""
        return self.side(new).study

    @cached_property
    def under_both(self) -> frozenset[str]:
        """Paths of what lies under both texts."""
        return self.old.under & self.new.under

    def numbers(self, new: bool, prices: Prices) -> Numbers:
        """The numbers of one study's text, with either's packs under it, in either's prices."""
        known = self._numbers.get((new, prices))
        if known is None:
            known = self._numbers[new, prices] = self._resolved(new, prices)
        return known

    def _resolved(self, new: bool, prices: Prices) -> Numbers:
        study = self.study(new)
        if prices == (new, new, new):
            return numbers_of(study)
        update: dict[str, Any] = {
            "price_year": self.study(prices.years).price_year,
            "method": self.study(prices.method).method,
        }
        if prices.packs != new:
            update["assumptions"] = self._with_packs_of_the_other(new)
        return Numbers(study.model_copy(update=update))

    def _with_packs_of_the_other(self, new: bool) -> Entries:
        """One study's assumptions, those that its packs hold as the other's packs hold them."""
        own, other = self.side(new), self.side(not new)
        theirs: dict[str, Estimate | None] = {
            name: estimate
            for name, estimate in other.study.assumptions.items()
            if f"assumptions.{name}" in other.under
        }
        mine = own.study.assumptions
        kept = {name: estimate for name, estimate in mine.items() if f"assumptions.{name}" not in own.under}
        return Entries({**mine, **theirs, **kept})
