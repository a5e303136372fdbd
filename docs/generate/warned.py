"""The warnings of results, by id."""

from __future__ import annotations

from docs.generate.markdown import table
from sroi.warned import WARNINGS


def warnings(_: str) -> str:
    """Every id that a warning of a result can have, and what it is about."""
    rows = ((f"`{name}`", about) for name, about in sorted(WARNINGS.items()))
    return table(("Id", "What it is about"), rows)
