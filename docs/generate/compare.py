"""Whether two files say the same, whatever other versions of other libraries write around it."""

from __future__ import annotations

import html
import io
import json
import math
import re
import zipfile
from typing import TYPE_CHECKING, Any

import openpyxl

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def says_the_same(file: Path, content: bytes) -> bool:
    """Whether a file is there and says what ``content`` says: by its words, or cell by cell."""
    if not file.exists():
        return False
    read = SAID.get(file.name) or SAID.get(file.suffix, bytes)
    said, wanted = read(file.read_bytes()), read(content)
    if not isinstance(said, dict):
        return bool(said == wanted)
    return said.keys() == wanted.keys() and all(_same(value, wanted[cell]) for cell, value in said.items())


def words(text: str) -> list[str]:
    """The words of a page or a picture, without drawings and the libraries that draw."""
    text = re.sub(r"<(script|svg|style)\b.*?</\1>", " ", text, flags=re.DOTALL)
    return html.unescape(re.sub(r"<[^>]*>", " ", text)).split()


def _picture(data: bytes) -> str:
    text = re.sub(r"<style\b.*?</style>", "", data.decode(), flags=re.DOTALL)
    return "".join(html.unescape(re.sub(r"<[^>]*>", "", text)).split())


def _parts(data: bytes, *names: str) -> list[bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        return [parts.read(f"word/{name}.xml") for name in names]


def _workbook(data: bytes) -> dict[tuple[str, str, bool], Any]:
    return {
        (sheet.title, cell.coordinate, cached): cell.value
        for cached in (True, False)
        for sheet in openpyxl.load_workbook(io.BytesIO(data), data_only=cached)
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }


def _same(one: object, other: object) -> bool:
    if isinstance(one, float | int) and isinstance(other, float | int) and not isinstance(one, bool):
        return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-9)
    return one == other


def _notebook(data: bytes) -> list[Any]:
    """The cells and what they say in words: other versions of libraries draw other pictures and tables."""
    cells = json.loads(data)["cells"]
    outputs = (
        [each.get("text") or each["data"]["text/plain"] for each in cell.get("outputs", ())] for cell in cells
    )
    return [
        (cell["source"], [words("".join(each)) for each in given])
        for cell, given in zip(cells, outputs, strict=True)
    ]


SAID: dict[str, Callable[[bytes], Any]] = {
    ".html": lambda data: words(data.decode()),
    ".svg": _picture,
    ".docx": lambda data: words(_parts(data, "document")[0].decode()),
    "report.docx": lambda data: _parts(data, "document", "styles", "header1", "footer1"),
    ".xlsx": _workbook,
    ".ipynb": _notebook,
    "vega.js": lambda data: data.partition(b"*/")[0],  # the licences: another vl-convert bundles other code
}
"""What a file says, by its name or its ending; any other file says its bytes."""
