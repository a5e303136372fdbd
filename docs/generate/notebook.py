"""The tutorial as a notebook: the cells of docs/tutorial_notebook.py, run, with what each gives."""

from __future__ import annotations

import ast
import contextlib
import io
import json
import re
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "docs" / "tutorial_notebook.py"
NOTEBOOK = ROOT / "docs" / "tutorial-notebook.ipynb"
_CELL = re.compile(r"^# %%(?P<markdown> \[markdown\])?\n(?P<text>.*?)(?=^# %%|\Z)", re.MULTILINE | re.DOTALL)
_ABOUT = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def notebook() -> dict[Path, bytes]:
    """The notebook, run from top to bottom in an empty folder."""
    namespace: dict[str, Any] = {"__name__": "notebook"}
    cells = []
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        for at, found in enumerate(_CELL.finditer(SOURCE.read_text(encoding="utf-8"))):
            text = found["text"].strip("\n")
            cell: dict[str, Any] = {"id": f"cell-{at}", "metadata": {}}
            if found["markdown"]:
                words = re.sub(r"^# ?", "", text, flags=re.MULTILINE)
                cell |= {"cell_type": "markdown", "source": _lines(words)}
            else:
                cell |= {"cell_type": "code", "execution_count": None, "outputs": _run(text, namespace)}
                cell["source"] = _lines(text)
            cells.append(dict(sorted(cell.items())))
    whole = {"cells": cells, "metadata": _ABOUT, "nbformat": 4, "nbformat_minor": 5}
    return {NOTEBOOK: f"{json.dumps(whole, ensure_ascii=False, indent=1)}\n".encode()}


def _run(text: str, namespace: dict[str, Any]) -> list[dict[str, Any]]:
    """What a cell prints, and what its last line shows."""
    body = ast.parse(text).body
    last = body[-1].value if isinstance(body[-1], ast.Expr) else None
    said, shown = io.StringIO(), None
    with contextlib.redirect_stdout(said):
        exec(compile(ast.Module(body if last is None else body[:-1], []), str(SOURCE), "exec"), namespace)  # noqa: S102 - the file is our own
        if last is not None:
            shown = eval(compile(ast.Expression(last), str(SOURCE), "eval"), namespace)  # noqa: S307
    outputs: list[dict[str, Any]] = []
    if said.getvalue():
        outputs.append({"name": "stdout", "output_type": "stream", "text": _lines(said.getvalue())})
    if shown is not None:
        data = {kind: _lines(text) for kind, text in _shown(shown).items()}
        outputs.append({"data": data, "metadata": {}, "output_type": "display_data"})
    return outputs


def _shown(value: Any) -> dict[str, str]:
    """What a notebook shows of a value: a picture, HTML or text."""
    if hasattr(value, "_repr_mimebundle_"):
        bundle = value._repr_mimebundle_(include=None, exclude=None)
        found: dict[str, str] = bundle[0] if isinstance(bundle, tuple) else bundle
        return {**found, "text/plain": type(value).__name__}
    html = {"text/html": value._repr_html_()} if hasattr(value, "_repr_html_") else {}
    return {**html, "text/plain": repr(value)}


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)
