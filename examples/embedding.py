"""Inside another program: take a study as text, give back a result or what is wrong with it.

Run it with ``python embedding.py lunch-club.yaml``.
"""
# ruff: noqa: INP001

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import sroi


def problem(found: sroi.Problem) -> dict[str, Any]:
    """One problem as a form would show it: which field, which line, what is wrong, what to write instead."""
    return {"path": found.path, "line": found.line, "message": found.message, "instead": found.hint}


def respond(text: str, values: dict[str, Any] | None = None) -> tuple[int, dict[str, Any]]:
    """An HTTP status and a body for a study that somebody sent.

    Parameters
    ----------
    text : str
        The study, in YAML or JSON. Nothing in it is run, and its size, depth and aliases are limited.
    values : mapping, optional
        Values to set by path, as from the fields of a form.
    """
    try:
        result = sroi.evaluate(sroi.loads(text, values=values))
    except sroi.UndefinedResultError as error:  # well formed; a number that it needs is not assessed
        return 409, {"not_assessed": [problem(found) for found in error.problems]}
    except sroi.DocumentError as error:  # the study cannot be used; everything that is wrong with it
        return 422, {"problems": [problem(found) for found in error.problems]}
    except sroi.SroiError as error:  # such as a place that has no pack
        return 404, {"problems": [{"message": str(error)}]}
    return 200, result.to_dict()


if __name__ == "__main__":
    study = Path(sys.argv[1]).read_text(encoding="utf-8")
    for changed in (
        {},
        {"members": 100},
        {"outcomes.less_lonely.drop_off": None},
        {"outcomes.less_lonely.deadweight": 1.3},
    ):
        status, body = respond(study, changed)
        print(status, body["statement"] if status == 200 else json.dumps(body, indent=1))
