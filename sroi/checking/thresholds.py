"""The numbers that rules compare with, from thresholds.yaml, each with its reason."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

from sroi.reference import read_mapping


class Threshold(NamedTuple):
    """A number that a rule compares with, and why it is that."""

    value: Any
    rules: tuple[str, ...]
    why: str


THRESHOLDS = {
    name: Threshold(each["value"], tuple(each["rules"]), each["why"].strip())
    for name, each in read_mapping(Path(__file__).with_name("thresholds.yaml")).items()
}


def limit(name: str) -> Any:
    """The number of a threshold."""
    return THRESHOLDS[name].value


def limits_of(code: str) -> dict[str, Threshold]:
    """The thresholds that a rule compares with, by name."""
    return {name: each for name, each in THRESHOLDS.items() if code in each.rules}
