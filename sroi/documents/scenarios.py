"""Scenarios of a text, tried when it is read, so that what cannot be set is refused where it stands."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sroi.documents.setting import set_values
from sroi.documents.tree import LocatedDict, in_order
from sroi.documents.validation import validated_study
from sroi.errors import DocumentError, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sroi.documents.tree import Text


def scenario_problems(text: Text) -> list[Problem]:
    """What is wrong with the scenarios of a text that is in order without them."""
    scenarios = text.root.get("scenarios")
    if not isinstance(scenarios, LocatedDict):
        return []
    base = replace(text, root=text.root.without("scenarios"))
    return in_order(
        {
            problem
            for name, values in scenarios.items()
            if isinstance(values, LocatedDict)
            for problem in _of(base, text, name, values)
        }
    )


def _of(base: Text, text: Text, name: str, values: Mapping[str, Any]) -> Iterator[Problem]:
    try:
        validated_study(set_values(base, values), [], [])
    except DocumentError as error:
        for problem in error.problems:
            path = next((each for each in values if _is_at(problem.path, each)), None)
            place = ["scenarios", name, *([] if path is None else [path])]
            where = "" if path is not None or not problem.path else f"with it, {problem.path}: "
            yield text.problem(place, f"{where}{problem.message}", problem.hint)


def _is_at(path: str, named: str) -> bool:
    """Whether a problem is at a path that a scenario names, or within it."""
    return any(
        path == full or path.startswith((f"{full}.", f"{full}[")) for full in (named, f"assumptions.{named}")
    )
