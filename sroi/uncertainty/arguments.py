"""What the functions here accept: counts, seeds and figures, refused before anything is drawn."""

from __future__ import annotations

import math
import os
from numbers import Integral, Real
from typing import Any, NoReturn, get_args

from sroi.errors import DocumentError, Problem, instead
from sroi.results.simulation import Sampler


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
        _refuse(
            f"{value!r} is not a seed", "give a whole number, 0 or more, or None for fresh randomness", "seed"
        )
    return None if value is None else int(value)


def check_memory(needed: float, name: str) -> None:
    """Refuse what would take more bytes than four fifths of the machine's memory."""
    try:
        whole = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):
        return  # a system that does not say
    if needed > 0.8 * whole:
        _refuse(
            f"that would take {needed / 1e9:,.1f} GB of memory, and this machine has {whole / 1e9:,.1f}",
            f"take fewer {name}",
            name,
        )


def check_sampler(value: Any) -> None:
    """Refuse what is not a sampler."""
    if value not in get_args(Sampler):
        _refuse(f"there is no sampler {value!r}", instead(str(value), get_args(Sampler)), "sampler")


def checked_finite(value: Any, name: str) -> float:
    """A finite number as a float."""
    try:
        number = math.nan if isinstance(value, bool) or not isinstance(value, Real) else float(value)
    except OverflowError:
        _refuse(f"a {name} cannot be so large", "give a finite number", name)
    if not math.isfinite(number):
        _refuse(f"{value!r} is not a {name}", "give a finite number", name)
    return number
