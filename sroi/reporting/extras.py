"""The libraries that only reports need, imported when a report needs them."""

from __future__ import annotations

import importlib
from typing import Any

from sroi.errors import DocumentError, Problem


def needed(module: str, purpose: str) -> Any:
    """A module of the extra ``report``.

    Raises
    ------
    DocumentError
        If it is not installed; it gives the line that installs it.
    """
    try:
        return importlib.import_module(module)
    except ImportError:
        raise DocumentError([Problem(f"{purpose} needs {module.partition('.')[0]}", "pip install 'sroi[report]'")]) from None


def altair() -> Any:
    """Altair, which draws every chart."""
    return needed("altair", "a chart")
