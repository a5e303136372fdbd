"""Each change's part of a difference: what it adds, averaged over all orders in which changes can be made."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from sroi.errors import SroiError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from sroi.differing.terms import Term, Terms

MOST_EXACT = 12
"""Changes up to which every combination is evaluated; beyond them orders are sampled."""


class TogetherError(SroiError):
    """Some changes cannot be made without each other."""

    def __init__(self, names: frozenset[str]) -> None:
        super().__init__("these changes cannot be made one at a time", file="diff")
        self.names = names


@dataclass(frozen=True)
class Shares:
    """Each player's part of a difference, with the standard error of one that was sampled."""

    amounts: tuple[float, ...]
    errors: tuple[float, ...] | None


class Game:
    """Present value and investment with any groups of changes made.

    Parameters
    ----------
    terms : Terms
    groups : mapping of str to frozenset of str
        The smallest changes that are made together, by the name of their group.
    """

    def __init__(self, terms: Terms, groups: Mapping[str, frozenset[str]]) -> None:
        self.terms, self.groups = terms, groups
        self.names = tuple(groups)
        self.parts = [
            (term, tuple(at for at, atoms in enumerate(groups.values()) if atoms & term.atoms))
            for term in terms.terms
        ]

    def value(self, term: Term, players: Sequence[int], state: int) -> float:
        """Present value of one sum; bit ``at`` of ``state`` says whether ``players[at]`` made its change.

        Raises
        ------
        TogetherError
            If it has none: it names the groups that cannot be told apart.
        """
        found = self._value(term, players, state)
        if found is None:
            raise TogetherError(
                self._together(players, state, lambda other: self._value(term, players, other) is not None)
            )
        return found

    def _value(self, term: Term, players: Sequence[int], state: int) -> float | None:
        made = (self.groups[self.names[player]] for at, player in enumerate(players) if state >> at & 1)
        return self.terms.value(term, frozenset().union(*made))

    def _together(self, players: Sequence[int], state: int, holds: Callable[[int], bool]) -> frozenset[str]:
        """The groups of which a state that does not hold made some and not the others."""
        mends = [at for at in range(len(players)) if holds(state ^ 1 << at)]
        if len({state >> at & 1 for at in mends}) < 2:
            mends = list(range(len(players)))
        if len(mends) < 2:
            message = "a study that has a result has none as a combination of changes"
            raise RuntimeError(message)
        return frozenset(self.names[players[at]] for at in mends)

    def totals(self) -> tuple[np.ndarray, np.ndarray]:
        """Present value and investment of every combination of groups, by the bits of its number."""
        every = np.arange(1 << len(self.names))
        sums = {"outcomes": np.zeros(every.size), "inputs": np.zeros(every.size)}
        for term, players in self.parts:
            table = np.array([self.value(term, players, state) for state in range(1 << len(players))])
            local = np.zeros(every.size, dtype=int)
            for at, player in enumerate(players):
                local |= (every >> player & 1) << at
            sums[term.section] += table[local]
        return sums["outcomes"], sums["inputs"]

    def along(self, order: Sequence[int]) -> tuple[np.ndarray, np.ndarray]:
        """Present value and investment before, and after each change of an order."""
        place = {player: at for at, player in enumerate(order)}
        steps = {"outcomes": np.zeros(len(order) + 1), "inputs": np.zeros(len(order) + 1)}
        for term, players in self.parts:
            state, before = 0, self.value(term, players, 0)
            found = steps[term.section]
            found[0] += before
            for at in sorted(range(len(players)), key=lambda each: place[players[each]]):
                state |= 1 << at
                after = self.value(term, players, state)
                found[place[players[at]] + 1] += after - before
                before = after
        return np.cumsum(steps["outcomes"]), np.cumsum(steps["inputs"])

    def refuse_nothing_put_in(self, investments: np.ndarray, states: Sequence[int], least: float) -> None:
        """Refuse groups whose changes, made alone, leave nothing put in.

        Raises
        ------
        TogetherError
            If a combination has no ratio.
        """
        wrong = next((state for state, each in zip(states, investments, strict=True) if each < least), None)
        if wrong is None:
            return
        players = sorted({player for term, them in self.parts if term.section == "inputs" for player in them})
        local = sum((wrong >> player & 1) << at for at, player in enumerate(players))

        def holds(state: int) -> bool:
            whole = sum((state >> at & 1) << player for at, player in enumerate(players))
            return self._investment(whole) >= least

        raise TogetherError(self._together(players, local, holds))

    def _investment(self, whole: int) -> float:
        return math.fsum(
            self.value(term, players, sum((whole >> player & 1) << at for at, player in enumerate(players)))
            for term, players in self.parts
            if term.section == "inputs"
        )


def exact(values: np.ndarray, players: int) -> Shares:
    """Shares over every combination, whose values are by the bits of its number."""
    every = np.arange(values.size)
    size = np.zeros(values.size, dtype=int)
    for player in range(players):
        size += every >> player & 1
    weights = np.array([1.0 / (players * math.comb(players - 1, each)) for each in range(players)])
    amounts = []
    for player in range(players):
        without = every[(every >> player & 1) == 0]
        gains = values[without | 1 << player] - values[without]
        amounts.append(math.fsum(weights[size[without]] * gains))
    return Shares(tuple(amounts), None)


def orders(players: int, count: int, seed: int) -> Iterator[list[int]]:
    """Orders in which to make changes, each followed by its reverse, which takes error away."""
    drawn = np.random.default_rng(seed)
    for _ in range((count + 1) // 2):
        order = drawn.permutation(players).tolist()
        yield order
        yield order[::-1]


def sampled(gains: Sequence[np.ndarray]) -> Shares:
    """Shares from what each player adds in each order; an order and its reverse are one draw."""
    each: Any = np.array(gains)
    draws = (each[::2] + each[1::2]) / 2
    errors = draws.std(axis=0, ddof=1) / math.sqrt(len(draws))
    return Shares(tuple(draws.mean(axis=0).tolist()), tuple(errors.tolist()))


def settled(shares: Shares, difference: float) -> Shares:
    """The same shares with what rounding left over in the largest, so that they add up to the difference."""
    amounts = list(shares.amounts)
    if amounts:
        largest = max(range(len(amounts)), key=lambda at: abs(amounts[at]))
        for _ in range(_ROUNDS):
            amounts[largest] += difference - math.fsum(amounts)
    return Shares(tuple(amounts), shares.errors)


_ROUNDS = 2
