"""Numbers that several options have in common: the same number is drawn once for all of them."""

from __future__ import annotations

import json
from collections.abc import Hashable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

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


def identity(option: str, number: Number) -> Hashable:
    """What a number is the same number by: an assumption of one name, value, range and source.

    Every other number is its option's own.
    """
    if not number.path.startswith("assumptions."):
        return option, number.path
    written = number.estimate.model_dump(mode="json", exclude=_WORDS)
    text = json.dumps(written if isinstance(written, dict) else {"value": written}, sort_keys=True)
    return number.path, text, number.value, number.low, number.high


class Joint:
    """The uncertain numbers of several options, those that they have in common once.

    Parameters
    ----------
    studies : mapping of str to Study
        The options by name.

    Attributes
    ----------
    uncertainty : Uncertainty
        Of all of them together.
    shared : tuple of str
        Names of the assumptions that two options or more have in common, whether they vary or not.
    apart : tuple of str
        Names that two options or more use for different numbers.

    Raises
    ------
    DocumentError
        If a range cannot be drawn from, or correlations contradict each other.
    """

    def __init__(self, studies: Mapping[str, Study]) -> None:
        self._studies = studies
        self._positions: dict[str, dict[str, int]] = {}
        found: dict[Hashable, UncertainNumber] = {}
        taken: set[str] = set()
        remarks: dict[ResultWarning, None] = {}
        for option, study in studies.items():
            resolved, own = numbers_of(study), uncertainty(study)
            remarks |= dict.fromkeys(own.remarks if own.numbers else ())
            at = self._positions[option] = {}
            for number in own.numbers:
                key = identity(option, resolved[number.path])
                if key not in found:
                    label = f"{option}: {number.path}" if number.path in taken else number.path
                    taken.add(label)
                    found[key] = replace(number, path=label)
                at[number.path] = list(found).index(key)
        numbers = tuple(found.values())
        block, root = self._correlated([number.path for number in numbers])
        self.uncertainty = Uncertainty(numbers, block, root, tuple(remarks))
        self.shared, self.apart = self._names()

    def _correlated(self, labels: list[str]) -> tuple[tuple[int, ...], Any]:
        ranks: dict[tuple[int, int], float] = {}
        problems: list[Problem] = []
        for option, study in self._studies.items():
            for one, other, rank in correlated_pairs(study, self._positions[option], problems):
                pair = min(one, other), max(one, other)
                if ranks.setdefault(pair, rank) != rank:
                    names = " and ".join(labels[at] for at in pair)
                    message = f"{names} are correlated by {ranks[pair]:g} in one option, {rank:g} in {option}"
                    problems.append(Problem(message, "write the same in every option", "correlations"))
            if problems:
                raise DocumentError(located(study, problems))
        block, root = correlated([(*pair, rank) for pair, rank in ranks.items()], labels, problems)
        if problems:
            raise DocumentError(problems)
        return block, root

    def _names(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        meant: dict[str, dict[Hashable, int]] = {}
        for option, study in self._studies.items():
            for number in numbers_of(study).used:
                if number.path.startswith("assumptions."):
                    counts = meant.setdefault(number.path.removeprefix("assumptions."), {})
                    key = identity(option, number)
                    counts[key] = counts.get(key, 0) + 1
        shared = tuple(name for name, counts in meant.items() if max(counts.values()) > 1)
        return shared, tuple(name for name, counts in meant.items() if len(counts) > 1)

    def draws(self, option: str, drawing: Mapping[str, Any]) -> dict[str, Any]:
        """The draws of one option's numbers, by path, of those of all of them."""
        labels = self.uncertainty.paths
        return {path: drawing[labels[at]] for path, at in self._positions[option].items()}
