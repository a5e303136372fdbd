"""What one doubt about a number is."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple


class Doubt(NamedTuple):
    """What may not be meant as it is written: of which kind, about which number, in words and numbers."""

    kind: str
    path: str
    words: str
    data: Mapping[str, Any] = MappingProxyType({})
