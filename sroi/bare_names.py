"""Which numbers of a study are the name of an assumption and nothing more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sroi.expression import Expression

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sroi.numbers import Number


class BareNames:
    """The numbers that stand for an assumption, directly or through others.

    Parameters
    ----------
    numbers : iterable of Number
        Those of a study.
    """

    def __init__(self, numbers: Iterable[Number]) -> None:
        self._as: dict[str, list[Number]] = {}
        for each in numbers:
            value = each.estimate.value
            if isinstance(value, Expression) and value.name is not None:
                self._as.setdefault(f"assumptions.{value.name}", []).append(each)

    def standing_for(self, path: str) -> Iterator[Number]:
        """The numbers that are the one at a path, by its name alone."""
        ahead, seen = [path], set[str]()
        while ahead:
            for each in self._as.get(ahead.pop(), ()):
                if each.path not in seen:
                    seen.add(each.path)
                    ahead.append(each.path)
                    yield each
