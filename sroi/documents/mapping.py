"""A mapping of Python to a located tree: within the same bounds as a text, with every problem at its path."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any, NoReturn

from pydantic import BaseModel

from sroi.documents.reader import MOST_ENTRIES, MOST_NESTED, MOST_VALUES
from sroi.documents.tree import Mark, Text, located
from sroi.errors import DocumentError, Problem
from sroi.provenance import dotted
from sroi.quantities import shown
from sroi.text import HALVES


def read_mapping(mapping: Mapping[Any, Any], layer: str, name: str) -> Text:
    """The document that a mapping holds.

    Raises
    ------
    DocumentError
        If a key is no text, or it holds or nests more than is read of a text.
    """
    mark = Mark(layer, name, 0, 0, 0, 0)
    root = located(_Copy(name).of(mapping, ()), lambda _: mark)
    written = json.dumps(root, ensure_ascii=False, default=str)
    return Text(root, mark, hashlib.sha256(written.encode("utf-8", "backslashreplace")).hexdigest())


class _Copy:
    """Copies mappings and lists, and counts what they hold."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.count = 0

    def refuse(self, message: str, hint: str, path: tuple[str | int, ...]) -> NoReturn:
        raise DocumentError([Problem(message, hint, dotted(path), self.name)])

    def of(self, value: Any, path: tuple[str | int, ...]) -> Any:
        self.count += 1
        if self.count > MOST_VALUES:
            self.refuse(f"the mapping holds more than {MOST_VALUES:,} values", "split it", ())
        if isinstance(value, str) and HALVES.search(value):
            self.refuse(f"{shown(value)} holds half a character", "write the whole character", path)
        if isinstance(value, BaseModel) or not isinstance(value, (Mapping, list, tuple)):
            return value
        if len(path) >= MOST_NESTED:
            message = f"values are nested more than {MOST_NESTED} deep"
            self.refuse(message, "write the document flatter", path[:3])
        if len(value) > MOST_ENTRIES:
            message = f"a mapping or list holds more than {MOST_ENTRIES:,} entries"
            self.refuse(message, "split the study", path)
        if not isinstance(value, Mapping):
            return [self.of(each, (*path, at)) for at, each in enumerate(value)]
        for key in value:
            if not isinstance(key, str):
                self.refuse(f"the key {shown(key)} is no text", "write the key as text", path)
            self.of(key, path)
        return {key: self.of(each, (*path, key)) for key, each in value.items()}
