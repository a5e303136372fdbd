"""Which of the formulas a method takes: the same choice for floats, arrays and symbols."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sroi import formulas
from sroi.model.owners import is_transfer

if TYPE_CHECKING:
    from sroi.backends import Backend
    from sroi.method import DropOffFrom, MethodProfile
    from sroi.model import Outcome


class Conventions:
    """What a method says of deductions, drop-off, part years and transfers.

    Parameters
    ----------
    method : MethodProfile
        The method of the study.
    drop_off_from : {"second_year", "first_year"}, optional
        In place of the method's, for one outcome alone.
    """

    __slots__ = ("_counted", "_late", "_remaining", "_transfers", "kept")

    def __init__(self, method: MethodProfile, drop_off_from: DropOffFrom | None = None) -> None:
        self.kept = formulas.kept_added if method.deductions == "added" else formulas.kept_multiplied
        self._remaining = (
            formulas.remaining_linear if method.drop_off_shape == "linear" else formulas.remaining_geometric
        )
        self._counted = formulas.counted_whole if method.part_years == "whole" else formulas.counted_pro_rata
        self._late = int((drop_off_from or method.drop_off_from) == "first_year")
        self._transfers = method.transfers == "included"

    def benefit(self, value: Any, kept: Any, drop_off: Any, duration: Any, k: Any, backend: Backend) -> Any:
        """Money of benefit year ``k`` of one unit of quantity."""
        impact = formulas.impact(1.0, value, kept)
        return formulas.benefit(
            impact, self._remaining(drop_off, k + self._late, backend), self._counted(duration, k, backend)
        )

    def in_total(self, outcome: Outcome) -> bool:
        """Whether an outcome that has a money value is in the total."""
        return not is_transfer(outcome) or self._transfers
