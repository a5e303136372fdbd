"""What the functions of this room accept: counts, seeds and figures, refused before anything is drawn."""

from __future__ import annotations

import math
from typing import Any, get_args

from sroi.errors import DocumentError, Problem, instead
from sroi.uncertainty.sampling import Sampler


def _refuse(message: str, hint: str, name: str) -> None:
    raise DocumentError([Problem(message, hint, file=name)])


def check_count(value: Any, name: str, least: int = 1) -> None:
    """Refuse what is not a whole number of draws or points."""
    if isinstance(value, bool) or not isinstance(value, int) or value < least:
        _refuse(f"{value} {name} cannot be made", f"give a whole number of {name}, {least} or more", name)


def check_seed(value: Any) -> None:
    """Refuse what is not a seed."""
    if value is not None and (isinstance(value, bool) or not isinstance(value, int) or value < 0):
        _refuse(f"{value!r} is not a seed", "give a whole number, 0 or more, or None for fresh randomness", "seed")


def check_sampler(value: Any) -> None:
    """Refuse what is not a sampler."""
    if value not in get_args(Sampler):
        _refuse(f"there is no sampler {value!r}", instead(str(value), get_args(Sampler)), "sampler")


def check_finite(value: Any, name: str) -> None:
    """Refuse what is not a finite number."""
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        _refuse(f"{value!r} is not a {name}", "give a finite number", name)
