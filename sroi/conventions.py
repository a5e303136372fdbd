"""Which of the formulas a method takes: the same choice on every backend."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sroi import formulas
from sroi.formulas import chosen

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sroi.backends import Backend
    from sroi.formulas import DropOffShape
    from sroi.method import DropOffFrom, MethodProfile
    from sroi.model import Outcome

TRANSFERS = ("transfer", "tax")
"""Kinds of outcome in which money only changes hands."""


class Conventions:
    """What a method says of deductions, drop-off, part years and transfers.

    Parameters
    ----------
    method : MethodProfile
        The method of the study.
    drop_off_from : {"second_year", "first_year"}, optional
        In place of the method's, for one outcome alone.

    Raises
    ------
    SroiError
        If the formulas lack one of the choices.
    """

    __slots__ = ("_counted", "_counts", "_late", "kept", "shape")

    def __init__(self, method: MethodProfile, drop_off_from: DropOffFrom | None = None) -> None:
        self.kept = chosen(formulas.KEPT, "deductions", method.deductions)
        self.shape: DropOffShape = chosen(formulas.DROPPING, "drop_off_shape", method.drop_off_shape)
        self._counted = chosen(formulas.COUNTED, "part_years", method.part_years)
        self._late = chosen(formulas.DROPS_LATE, "drop_off_from", drop_off_from or method.drop_off_from)
        moved = chosen({"excluded": False, "included": True}, "transfers", method.transfers)
        self._counts = {
            "wellbeing": True,
            "resource": True,
            "not_stated": True,
            **dict.fromkeys(TRANSFERS, moved),
        }

    def dropping(self, first: Any, drop_off: Any, backend: Backend) -> Iterator[Any]:
        """What is left of ``first`` in each benefit year, without end."""
        return self.shape.remaining(first, drop_off, self._late, backend)

    def counted(self, money: Any, duration: Any, k: int, backend: Backend) -> Any:
        """The part of the money of benefit year ``k`` that lies within the duration."""
        part = self._counted(duration, k, backend)
        return money if isinstance(part, float) and part == 1.0 else money * part

    def in_total(self, outcome: Outcome) -> bool:
        """Whether an outcome that has a money value is in the total."""
        return bool(chosen(self._counts, "kind", outcome.kind))
