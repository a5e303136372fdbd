"""A bad and a good example of each rule, from examples.yaml, as the studies that they stand for."""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml

from sroi.documents import loads
from sroi.reference import read_mapping
from sroi.text import json_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sroi.model import Study

DAY = dt.date(2026, 6, 1)
"""The day on which the examples are checked."""


class Example(NamedTuple):
    """What a rule finds fault with and what it does not, as parts of a study in YAML."""

    bad: str
    good: str


@cache
def _file() -> Mapping[str, Any]:
    return read_mapping(Path(__file__).with_name("examples.yaml"))


def base() -> str:
    """The study that the examples are laid over, in YAML."""
    return str(_file()["base"])


def example_of(code: str) -> Example:
    """The two examples of a rule."""
    return Example(**_file()[code])


def codes() -> tuple[str, ...]:
    """The rules that have examples."""
    return tuple(name for name in _file() if name != "base")


def document(part: str) -> dict[str, Any]:
    """The whole document that a part stands for: the base with the part laid over it."""
    whole: dict[str, Any] = yaml.safe_load(base())
    over: dict[str, Any] = yaml.safe_load(part)
    outcome = whole["outcomes"]["change"]
    for section, said in over.items():
        if section == "outcomes":
            whole[section] = {name: {**outcome, **entry} for name, entry in said.items()}
        elif isinstance(said, dict) and section in whole:
            kept = whole[section]
            laid = {name: {**kept.get(name, {}), **entry} for name, entry in said.items()}
            whole[section] = {**kept, **laid}
        else:
            whole[section] = said
    return whole


def study_of(part: str) -> Study:
    """The study that a part stands for.

    Raises
    ------
    DocumentError
        If it cannot be used, which is the fault of a bad example.
    """
    return loads(json_text(document(part)))
