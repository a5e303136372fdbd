"""Names of places and interventions as identifiers."""

from __future__ import annotations

import re
import unicodedata
from itertools import chain, count
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Container


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
    numbered = (f"{name}{joint}{copy}" for copy in count(2))
    return next(each for each in chain([name], numbered) if each not in taken)
