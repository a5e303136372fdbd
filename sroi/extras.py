"""The libraries that only reports need, imported when a report needs them."""

from __future__ import annotations

import importlib
from typing import Any

from sroi.errors import DocumentError, Problem


def needed(module: str, purpose: str) -> Any:
    """A module of the extra ``report``, or one that is built on it.

    Raises
    ------
    DocumentError
        If a library is not installed; it gives the line that installs it.
    """
    try:
        return importlib.import_module(module)
    except ModuleNotFoundError as error:
        missing = str(error.name).partition(".")[0]
        raise DocumentError(
            [Problem(f"{purpose} needs {missing}, which is not installed", "pip install 'sroi[report]'")]
        ) from None


def altair() -> Any:
    """Altair, which draws every chart."""
    return needed("altair", "a chart")
