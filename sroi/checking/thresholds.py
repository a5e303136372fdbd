"""The numbers that rules compare with, from thresholds.yaml, each with its reason."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

import yaml

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Threshold(NamedTuple):
    """A number that a rule compares with, and why it is that."""

    value: Any
    why: str


_FILE = Path(__file__).with_name("thresholds.yaml")
THRESHOLDS = {
    name: Threshold(each["value"], each["why"].strip())
    for name, each in yaml.load(_FILE.read_text("utf-8"), _LOADER).items()  # noqa: S506 - safe
}


def limit(name: str) -> Any:
    """The number of a threshold."""
    return THRESHOLDS[name].value
