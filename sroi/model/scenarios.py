"""Named sets of values by path, each ready to be set in a study."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Annotated, Any

from pydantic import PlainValidator, WithJsonSchema

from sroi.base import Entries, Frozen, Reads
from sroi.quantities import refusal, shown
from sroi.text import HALVES

_HINT = "write paths and values, such as {assumptions.members: 120}"


def _values(given: object) -> Entries:
    if not isinstance(given, Mapping):
        what = "a list" if isinstance(given, list | tuple) else shown(given)
        raise refusal(f"{what} stands where a scenario's values are wanted", _HINT)
    for path, value in given.items():
        if not isinstance(path, str) or not path.strip():
            raise refusal(f"{shown(path) or 'an empty text'} is not a path", _HINT)
        for at, leaf in _leaves({path: value}, ()):
            if isinstance(leaf, float) and not math.isfinite(leaf):
                raise refusal(f"{shown(leaf)} is not a finite number", "write a finite number", *at)
            if isinstance(leaf, str) and HALVES.search(leaf):
                raise refusal(f"{shown(leaf)} holds half a character", "write the whole character", *at)
    return Entries(given)


def _leaves(value: Any, at: tuple[Any, ...]) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """Every value that holds no other, and every key, with the keys that lead to it."""
    if isinstance(value, Mapping):
        for key, each in value.items():
            yield at, key
            yield from _leaves(each, (*at, key))
    elif isinstance(value, list | tuple):
        for position, each in enumerate(value):
            yield from _leaves(each, (*at, position))
    else:
        yield at, value


Scenario = Annotated[Any, PlainValidator(_values), WithJsonSchema({"type": "object"})]
Scenarios = Reads[Annotated[dict[str, Scenario], Frozen], Mapping[str, Mapping[str, Any]]]
"""Sets of values by their names."""
