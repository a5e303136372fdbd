"""What the functions of this room accept: counts, seeds and figures, refused before anything is drawn."""

from __future__ import annotations

import math
from numbers import Integral, Real
from typing import Any, NoReturn, get_args

from sroi.errors import DocumentError, Problem, instead
from sroi.uncertainty.sampling import Sampler


def _refuse(message: str, hint: str, name: str) -> NoReturn:
    raise DocumentError([Problem(message, hint, file=name)])


def checked_count(value: Any, name: str, least: int = 1) -> int:
    """A whole number of draws or points, NumPy's among them, as an int."""
    if isinstance(value, bool) or not isinstance(value, Integral) or value < least:
        _refuse(f"{value} {name} cannot be made", f"give a whole number of {name}, {least} or more", name)
    return int(value)


def checked_seed(value: Any) -> int | None:
    """A seed as an int, or None."""
    if value is not None and (isinstance(value, bool) or not isinstance(value, Integral) or value < 0):
        _refuse(f"{value!r} is not a seed", "give a whole number, 0 or more, or None for fresh randomness", "seed")
    return None if value is None else int(value)


def check_sampler(value: Any) -> None:
    """Refuse what is not a sampler."""
    if value not in get_args(Sampler):
        _refuse(f"there is no sampler {value!r}", instead(str(value), get_args(Sampler)), "sampler")


def checked_finite(value: Any, name: str) -> float:
    """A finite number as a float."""
    if isinstance(value, bool) or not isinstance(value, Real) or not math.isfinite(value):
        _refuse(f"{value!r} is not a {name}", "give a finite number", name)
    return float(value)
