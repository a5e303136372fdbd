"""How far two numbers may be apart and still be the same: the rounding of floats, in one place."""

from __future__ import annotations

TOLERANCE = 1e-12
"""What counts as nothing beside what it was added up from: rounding of floats, and no more."""


def same(one: float, other: float) -> bool:
    """Whether two numbers are apart by no more than :data:`TOLERANCE` of the larger, or of 1."""
    return abs(one - other) <= TOLERANCE * max(1.0, abs(one), abs(other))


def just_above(threshold: float) -> float:
    """The least that counts as above a threshold but for rounding: nothing up to it is."""
    return threshold + TOLERANCE * abs(threshold)


def just_below(threshold: float) -> float:
    """The least that counts as reaching a threshold, but for rounding."""
    return threshold - TOLERANCE * abs(threshold)
