"""Names in the order in which they can be worked out, and the circles that have none."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping


def ordered(uses: Mapping[str, Collection[str]]) -> tuple[tuple[str, ...], list[list[str]]]:
    """Each name after those that it uses, and circles that share no name, whose names are left out.

    Every name and every use is looked at once, however many circles there are.

    Parameters
    ----------
    uses : mapping of str to collection of str
        The names that each name uses, all of them keys.

    Examples
    --------
    >>> ordered({"a": ["b"], "b": [], "c": ["d"], "d": ["c"]})
    (('b', 'a'), [['c', 'd']])
    """
    order: list[str] = []
    circles: list[list[str]] = []
    seen: set[str] = set()
    for start in uses:
        if start in seen:
            continue
        seen.add(start)
        path, places, ahead = [start], {start: 0}, [iter(uses[start])]
        while path:
            used = next(ahead[-1], None)
            if used is None:
                ahead.pop()
                done = path.pop()
                del places[done]
                order.append(done)
            elif used in places:
                first = places[used]
                circles.append(path[first:])
                for name in path[first:]:
                    del places[name]
                del path[first:], ahead[first:]
            elif used not in seen:
                seen.add(used)
                places[used] = len(path)
                path.append(used)
                ahead.append(iter(uses[used]))
    return tuple(order), circles


class Links:
    """Which names use which others, directly or through others.

    Parameters
    ----------
    uses : mapping of str to collection of str
        The names that each name uses, all of them keys.

    Attributes
    ----------
    order : tuple of str
        Each after those that it uses; circular ones are left out.
    circles : list of list of str
        Circles that share no name, each from the name that comes first in the mapping.
    """

    def __init__(self, uses: Mapping[str, Collection[str]]) -> None:
        self._uses = uses
        self._places = {name: place for place, name in enumerate(uses)}
        self.order, circles = ordered(uses)
        firsts = [circle.index(min(circle, key=self._places.__getitem__)) for circle in circles]
        self.circles = [
            [*circle[first:], *circle[:first]] for circle, first in zip(circles, firsts, strict=True)
        ]

    def reached(self, names: Iterable[str]) -> tuple[str, ...]:
        """What some names reach, those among them that are known included, in the order of the mapping."""
        return self._along(self._uses, names)

    def reaching(self, name: str) -> tuple[str, ...]:
        """What reaches a name, the name itself included, in the order of the mapping."""
        return self._along(self._users, [name])

    def used_by(self, name: str) -> Collection[str]:
        """The names that a name uses itself."""
        return self._uses[name]

    @cached_property
    def _users(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {name: [] for name in self._uses}
        for name, used in self._uses.items():
            for each in used:
                found[each].append(name)
        return found

    def _along(self, links: Mapping[str, Collection[str]], names: Iterable[str]) -> tuple[str, ...]:
        every: set[str] = set()
        ahead = [name for name in names if name in links]
        while ahead:
            name = ahead.pop()
            if name not in every:
                every.add(name)
                ahead += links[name]
        return tuple(sorted(every, key=self._places.__getitem__))
