"""What was probably meant, asked many times of the same names: work is bounded, however many ask."""

from __future__ import annotations

from bisect import bisect
from itertools import takewhile
from typing import TYPE_CHECKING

from sroi.errors import instead_of, nearest

if TYPE_CHECKING:
    from collections.abc import Iterable

_BUDGET = 4_000_000
"""Pairs of characters that are compared by likeness before only beginnings and ends are looked at."""

_MOST_ASKERS = 2_000
"""Askers that are told a name; no error tells as many problems."""

_NEIGHBOURS = 8
_ALIKE = 0.6


class Suggestions:
    """Names that are known, and which of them another was meant to be.

    The first askers are answered as :func:`sroi.errors.instead` answers; after many of them only names that
    begin or end alike are looked at, which a slip of the pen leaves.

    Parameters
    ----------
    names : iterable of str
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._known = sorted(names)
        self._left = _BUDGET
        self._asked = 0
        self._letters = sum(map(len, self._known))
        self._sorted: tuple[list[tuple[str, str]], list[tuple[str, str]]] | None = None

    def instead(self, name: str) -> str:
        """What to write in place of an unknown name: the nearest of those known, or a list of them."""
        self._asked += 1
        return instead_of(self._nearest(name) if self._asked <= _MOST_ASKERS else None, self._known)

    def _nearest(self, name: str) -> str | None:
        if self._left <= 0:
            return self._neighbour(name.casefold())
        self._left -= len(name) * self._letters
        return nearest(name, self._known)

    def _neighbour(self, name: str) -> str | None:
        """The name that shares the longest beginning and end, where they are most of both."""
        if self._sorted is None:
            folded = [(each.casefold(), each) for each in self._known]
            self._sorted = sorted(folded), sorted((key[::-1], each) for key, each in folded)
        found: list[tuple[float, str]] = []
        for key, among in zip((name, name[::-1]), self._sorted, strict=True):
            at = bisect(among, (key, ""))
            found += [
                (_alike(key, other), each)
                for other, each in among[max(at - _NEIGHBOURS, 0) : at + _NEIGHBOURS]
            ]
        likeness, guess = max(found, default=(0.0, ""))
        return guess if likeness >= _ALIKE else None


def _alike(one: str, other: str) -> float:
    """How much of two texts is their shared beginning and end, from 0 to 1."""
    shortest = min(len(one), len(other))
    begins = _shared(one, other)
    ends = min(_shared(reversed(one), reversed(other)), shortest - begins)
    return 2 * (begins + ends) / (len(one) + len(other) or 1)


def _shared(one: Iterable[str], other: Iterable[str]) -> int:
    """How many characters two texts have in common from where they are looked at."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
