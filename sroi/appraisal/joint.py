"""Numbers that several studies have in common: the same number is drawn once for all of them."""

from __future__ import annotations

import json
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

import numpy as np

from sroi.errors import DocumentError, Problem
from sroi.resolution import located, numbers_of
from sroi.uncertainty.uncertain import (
    UncertainNumber,
    Uncertainty,
    correlated,
    correlated_pairs,
    uncertainty,
)

if TYPE_CHECKING:
    from sroi.model import Study
    from sroi.numbers import Number
    from sroi.warned import ResultWarning

_WORDS = {"title", "rationale", "context"}
"""What an estimate says of itself that makes no other number of it."""


def identity(owner: str, number: Number) -> Hashable:
    """What a number is the same number by: an assumption of one name, value, range and source, in any prices.

    One of a pack that names no source is the pack's. Every other number is its owner's own: an option, or the
    text that several studies are read from.
    """
    written = number.estimate.model_dump(mode="json", exclude=_WORDS)
    text = json.dumps(written if isinstance(written, dict) else {"value": written}, sort_keys=True)
    return _evidence(owner, number), number.path, text, number.entered, *number.ends


def _evidence(owner: str, number: Number) -> str:
    if not number.path.startswith("assumptions."):
        return f"text {owner}"
    origin = number.origin
    if number.estimate.source is None and origin is not None and origin.layer.startswith("pack "):
        return origin.layer
    return ""


@dataclass(frozen=True, slots=True)
class Part:
    """The uncertain numbers of one study among those of several.

    Attributes
    ----------
    uncertainty : Uncertainty
        Its own numbers; a row of the root has an entry for each of ``scores``.
    keys, scores : tuple of bytes
        What each number, and each normal number that the correlated ones are made of, is known by in all
        studies.
    """

    uncertainty: Uncertainty
    keys: tuple[bytes, ...]
    scores: tuple[bytes, ...]


class Joint:
    """The uncertain numbers of several studies, those that they have in common once.

    Parameters
    ----------
    studies : mapping of str to Study
        The first of them, by name.
    """

    def __init__(self, studies: Mapping[str, Study] | None = None) -> None:
        self._found: dict[Hashable, int] = {}
        self._numbers: list[UncertainNumber] = []
        self._own: dict[str, tuple[UncertainNumber, ...]] = {}
        self._positions: dict[str, dict[str, int]] = {}
        self._taken: set[str] = set()
        self._remarks: dict[ResultWarning, None] = {}
        self._ranks: dict[tuple[int, int], float] = {}
        self._meant: dict[str, dict[Hashable, int]] = {}
        for name, study in (studies or {}).items():
            self.add(name, study)

    def add(self, name: str, study: Study, *, owner: str | None = None) -> None:
        """Add the numbers of a study.

        Parameters
        ----------
        name : str
        study : Study
        owner : str, optional
            Whose those numbers are that are no assumptions; its own where it is left out.

        Raises
        ------
        DocumentError
            If a range cannot be drawn from, or correlations contradict each other or those of a study that
            was added before; nothing is then added.
        """
        resolved, own = numbers_of(study), uncertainty(study)
        owner = name if owner is None else owner
        keys = {number.path: identity(owner, resolved[number.path]) for number in own.numbers}
        new = dict.fromkeys(key for key in keys.values() if key not in self._found)
        fresh = {key: len(self._found) + at for at, key in enumerate(new)}
        positions = {path: fresh.get(key, self._found.get(key, 0)) for path, key in keys.items()}
        self._ranks |= self._ranked(name, study, positions)
        self._found |= fresh
        self._positions[name], self._own[name] = positions, own.numbers
        self._remarks |= dict.fromkeys(own.remarks if own.numbers else ())
        for number in own.numbers:
            if keys[number.path] in fresh:
                label = f"{name}: {number.path}" if number.path in self._taken else number.path
                self._taken.add(label)
                self._numbers.append(replace(number, path=label))
        for used in resolved.used:
            if used.path.startswith("assumptions."):
                counts = self._meant.setdefault(used.path.removeprefix("assumptions."), {})
                key = identity(owner, used)
                counts[key] = counts.get(key, 0) + 1

    def _ranked(self, name: str, study: Study, positions: dict[str, int]) -> dict[tuple[int, int], float]:
        ranks: dict[tuple[int, int], float] = {}
        problems: list[Problem] = []
        paths = list(positions)
        for one, other, rank in correlated_pairs(study, positions, problems):
            pair = min(one, other), max(one, other)
            ranks[pair] = rank
            before = self._ranks.get(pair, rank)
            if before != rank:
                names = " and ".join(path for path in paths if positions[path] in pair)
                message = f"{names} are correlated by {before:g} in one option, {rank:g} in {name}"
                problems.append(Problem(message, "write the same in every option", "correlations"))
        if problems:
            raise DocumentError(located(study, problems))
        return ranks

    @cached_property
    def uncertainty(self) -> Uncertainty:
        """The numbers of all studies together.

        Raises
        ------
        DocumentError
            If the correlations of different studies contradict each other.
        """
        problems: list[Problem] = []
        pairs = [(*pair, rank) for pair, rank in self._ranks.items()]
        block, root = correlated(pairs, [number.path for number in self._numbers], problems)
        if problems:
            raise DocumentError(problems)
        return Uncertainty(tuple(self._numbers), block, root, tuple(self._remarks))

    @property
    def shared(self) -> dict[str, int]:
        """By name, how many studies have an assumption in common, whether it varies or not; two or more."""
        most = {name: max(counts.values()) for name, counts in self._meant.items()}
        return {name: count for name, count in most.items() if count > 1}

    @property
    def apart(self) -> tuple[str, ...]:
        """Names that two studies or more use for different numbers."""
        return tuple(name for name, counts in self._meant.items() if len(counts) > 1)

    def draws(self, name: str, drawing: Mapping[str, Any]) -> dict[str, Any]:
        """The draws of one study's numbers, by path, of those of all of them."""
        labels = self.uncertainty.paths
        return {path: drawing[labels[at]] for path, at in self._positions[name].items()}

    @cached_property
    def _keys(self) -> list[bytes]:
        return [blake2b(repr(key).encode(), digest_size=16).digest() for key in self._found]

    def part(self, name: str) -> Part:
        """The numbers of one study, each with what it is known by in all of them."""
        whole, own = self.uncertainty, self._own[name]
        positions = [self._positions[name][number.path] for number in own]
        inside = {at: row for row, at in enumerate(whole.block)}
        block = tuple(place for place, at in enumerate(positions) if at in inside)
        rows = whole.root[[inside[positions[place]] for place in block]]
        behind = np.flatnonzero(rows.any(axis=0)).tolist() if block else []
        return Part(
            Uncertainty(own, block, rows[:, behind] if block else np.empty((0, 0)), ()),
            tuple(self._keys[at] for at in positions),
            tuple(self._keys[whole.block[column]] for column in behind),
        )
