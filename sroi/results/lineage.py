"""What the numbers of a result stand on."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, get_args

from sroi.numbers import Basis
from sroi.resolution import numbers_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sroi.model import Source, Study
    from sroi.numbers import Number
    from sroi.resolution import Numbers


@dataclass(frozen=True, slots=True)
class Standing:
    """How many of the numbers behind a result stand on what; computed numbers are not counted."""

    numbers: int
    sourced: int
    borrowed: int
    assumed: int
    structural: int
    local: int
    local_borrowed: int


def standing(used: Iterable[Number]) -> Standing:
    """Count the numbers behind a result by what they stand on."""
    given = [number for number in used if not number.computed]
    bases = Counter(number.basis for number in given)
    counts = {basis: bases[basis] for basis in get_args(Basis)}
    local = [number for number in given if number.local]
    return Standing(
        len(given),
        **counts,
        local=len(local),
        local_borrowed=sum(number.borrowed_from is not None for number in local),
    )


def own(study: Study) -> int:
    """How many numbers the place's own pack, or the study itself, takes from a source about the place."""
    layers = {"study", f"pack {study.borough}"}
    given = (number for number in numbers_of(study).used if not number.computed)
    return sum(number.basis == "sourced" and (number.layer or "study") in layers for number in given)


def nothing_local(study: Study) -> bool:
    """Whether no number behind a result of a place is the place's own, or of the study itself."""
    layers = {"study", "--set", f"pack {study.borough}"}
    return study.borough is not None and not any(
        (number.layer or "study") in layers and number.borrowed_from is None
        for number in numbers_of(study).used
        if not number.computed
    )


def value_by_basis(study: Study, present_values: dict[str, float]) -> dict[Basis, float]:
    """Shares of the absolute value in the total by what the numbers behind it stand on.

    The present value of an outcome is split evenly over the numbers, its own and those that they are computed
    from, that it rests on.
    """
    numbers = numbers_of(study)
    own: dict[str, list[Number]] = {}
    for number in numbers.used:
        section, _, rest = number.path.partition(".")
        if section == "outcomes":
            own.setdefault(rest.partition(".")[0], []).append(number)
    behind, of_basis = _leaves(numbers)
    shares: dict[Basis, float] = dict.fromkeys(of_basis, 0.0)
    whole = sum(abs(value) for value in present_values.values())
    for outcome, value in present_values.items():
        reached, counts = 0, dict.fromkeys(of_basis, 0)
        for number in own[outcome]:
            for name in number.uses:
                reached |= behind.get(name, 0)
            if not number.computed:
                counts[number.basis] += 1
        for basis, leaves in of_basis.items():
            counts[basis] += (reached & leaves).bit_count()
        leaves_in_all = sum(counts.values())
        each = abs(value) / whole / leaves_in_all if whole and leaves_in_all else 0.0
        for basis, count in counts.items():
            for _ in range(count):
                shares[basis] += each
    return shares


def _leaves(numbers: Numbers) -> tuple[dict[str, int], dict[Basis, int]]:
    """Which given numbers are behind each assumption, and which stand on what: a bit for each of them."""
    behind: dict[str, int] = {}
    of_basis: dict[Basis, int] = dict.fromkeys(get_args(Basis), 0)
    for place, name in enumerate(numbers.order):
        path, reached = f"assumptions.{name}", 0
        if path in numbers:
            number = numbers[path]
            for used in number.uses:
                reached |= behind.get(used, 0)
            if not number.computed:
                reached = 1 << place
                of_basis[number.basis] |= reached
        behind[name] = reached
    return behind, of_basis


def sources_used(study: Study) -> dict[str, Source]:
    """The sources that the numbers of a result name, in the order of the study."""
    named = {number.source for number in numbers_of(study).used}
    return {name: source for name, source in study.sources.items() if name in named}
