"""Named sets of values by path, each ready to be set in a study."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Annotated, Any

from pydantic import PlainValidator, WithJsonSchema

from sroi.base import Entries, Frozen, Reads
from sroi.quantities import refusal, shown

_HINT = "write paths and values, such as {assumptions.members: 120}"


def _values(given: object) -> Entries:
    if not isinstance(given, Mapping):
        what = "a list" if isinstance(given, list | tuple) else shown(given)
        raise refusal(f"{what} stands where a scenario's values are wanted", _HINT)
    for path, value in given.items():
        if not isinstance(path, str) or not path.strip():
            raise refusal(f"{shown(path) or 'an empty text'} is not a path", _HINT)
        for at, number in _numbers(value, (path,)):
            if not math.isfinite(number):
                raise refusal(f"{shown(number)} is not a finite number", "write a finite number", *at)
    return Entries(given)


def _numbers(value: Any, at: tuple[Any, ...]) -> Iterator[tuple[tuple[Any, ...], float]]:
    """Every decimal number in a value, with the keys that lead to it."""
    if isinstance(value, float):
        yield at, value
    entries = (
        value.items()
        if isinstance(value, Mapping)
        else enumerate(value)
        if isinstance(value, list | tuple)
        else ()
    )
    for key, each in entries:
        yield from _numbers(each, (*at, key))


Scenario = Annotated[Any, PlainValidator(_values), WithJsonSchema({"type": "object"})]
Scenarios = Reads[Annotated[dict[str, Scenario], Frozen], Mapping[str, Mapping[str, Any]]]
"""Sets of values by their names."""
