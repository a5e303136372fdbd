"""The command ``sroi``: read the arguments, call the library, print. Results go to standard output, everything else to standard error."""

from __future__ import annotations

import io
import sys

from sroi.cli import authoring, ledger, library, reporting, results, uncertainty, value_map
from sroi.cli.common import app

__all__ = [
    "app",
    "authoring",
    "ledger",
    "library",
    "main",
    "reporting",
    "results",
    "uncertainty",
    "value_map",
]


def main() -> None:
    """Run the command; a user's mistake ends in a message and an exit status, never in a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")
    try:
        app()
    except BrokenPipeError:
        sys.stderr.close()
        raise SystemExit(0) from None
