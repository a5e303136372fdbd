"""Names of places and interventions as identifiers."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Container

_NEAR = 10
"""The number from which a free one is closed in on, where many copies have one name."""


def slug(name: str) -> str:
    """A name as an identifier: small letters, digits and hyphens.

    Examples
    --------
    >>> slug("Barking and Dagenham"), slug("St. Helens"), slug("King's Lynn")
    ('barking-and-dagenham', 'st-helens', 'kings-lynn')
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold().replace("'", "")
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def unlike(name: str, taken: Container[str], joint: str = "_") -> str:
    """A name that is not ``taken``: the name itself, or with a number after it.

    Examples
    --------
    >>> unlike("bus", {"bus", "bus_2"}), unlike("tram", {"bus"})
    ('bus_3', 'tram')
    """
    if name not in taken:
        return name
    free = next((copy for copy in range(2, _NEAR) if f"{name}{joint}{copy}" not in taken), _NEAR)
    last = free - 1
    while f"{name}{joint}{free}" in taken:
        last, free = free, 2 * free
    while free - last > 1:
        middle = (last + free) // 2
        last, free = (middle, free) if f"{name}{joint}{middle}" in taken else (last, middle)
    return f"{name}{joint}{free}"
