"""What the headings of a portfolio's tables name, and what a table holds by them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Literal

from sroi.errors import DocumentError, Problem
from sroi.portfolio.layout import COLUMNS, names_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from sroi.portfolio.layout import Frame

_OTHER_NAMES = {
    "program": "programme",
    "project": "programme",
    "dropoff": "drop_off",
    "dead_weight": "deadweight",
}
Held = Literal["outcomes", "inputs", "quantities", "assumptions"]
TELLING: dict[Held, frozenset[str]] = {
    "outcomes": frozenset({"quantity", "value", "deadweight", "duration"}),
    "inputs": frozenset({"amount", "year"}),
    "quantities": frozenset({"outcome", "amount", "period_start"}),
    "assumptions": frozenset({"outcome", "value", "deadweight", "duration"}),
}
"""Columns that tell what a table holds."""

_KNOWN = {column.name for columns in COLUMNS.values() for column in columns} | {
    "period_start",
    "period_end",
    "unit",
}


def known(heading: str) -> str:
    """The column of the layout that a heading names, or the heading."""
    plain = re.sub(r"[^a-z0-9]+", "_", heading.strip().casefold()).strip("_")
    plain = _OTHER_NAMES.get(plain, plain)
    return plain if plain in _KNOWN else heading


def heading_row(rows: Sequence[list[Any]]) -> int | None:
    """The row of headings: the first that names two columns that tell what a table holds."""
    for at, row in enumerate(rows[:50]):
        named = {known(str(each)) for each in row}
        if any(len(named & telling) > 1 for telling in TELLING.values()):
            return at
    return None


def held(frame: Frame, file: Path) -> Held:
    """What a table holds, by its columns."""
    names = set(names_of(frame))
    told = {side: len(names & telling) > 1 for side, telling in TELLING.items()}
    if told["quantities"] and {"outcome", "period_start"} <= names and "quantity" not in names:
        return "quantities"
    if told["inputs"] or {"amount", "period_start"} <= names:
        return "outcomes" if "quantity" in names else "inputs"
    if told["assumptions"] and not {"quantity", "programme"} & names:
        return "assumptions"
    if told["outcomes"]:
        return "outcomes"
    what = f"neither outcomes nor inputs: its columns are {', '.join(sorted(names - {'file', 'row'})[:12])}"
    wanted = "; ".join(f"{side} by {', '.join(sorted(telling))}" for side, telling in TELLING.items())
    hint = f"name the columns as the layout does: {wanted}"
    raise DocumentError([Problem(what, hint, file=str(file))])
