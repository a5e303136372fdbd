"""Libraries that not everybody needs, imported when one of them is needed."""

from __future__ import annotations

import importlib
from typing import Any

from sroi.errors import DocumentError, Problem


def needed(module: str, purpose: str, *, extra: str = "report", file: str = "") -> Any:
    """A module of an optional dependency, or of this package where it is built on one.

    Parameters
    ----------
    module : str
        Its name.
    purpose : str
        What needs it, as the error says it: "a chart".
    extra : str
        The extra of this package that installs it.
    file : str
        The file that was asked for, for the error to name.

    Raises
    ------
    DocumentError
        If a library is not installed; it gives the line that installs it.
    """
    try:
        return importlib.import_module(module)
    except ModuleNotFoundError as error:
        missing = str(error.name).partition(".")[0]
        if missing == __package__:
            raise
        message = f"{purpose} needs {missing}, which is not installed"
        raise DocumentError([Problem(message, f"pip install 'sroi[{extra}]'", file=file)]) from None
