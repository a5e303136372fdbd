"""What one doubt about a number is."""

from typing import NamedTuple


class Doubt(NamedTuple):
    """What may not be meant as it is written: of which kind, about which number, in words."""

    kind: str
    path: str
    words: str
