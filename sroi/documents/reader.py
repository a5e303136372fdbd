"""YAML text to a located tree: safely, with every problem's position, and nothing silently converted."""

from __future__ import annotations

import codecs
import hashlib
import re
from contextlib import suppress
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import yaml

from sroi.documents.commas import (
    cut_numbers,
    doubtful_commas,
    is_compact_json,
    number_split_by_its_comma,
    position,
)
from sroi.documents.syntax import holds_one_of, prepared, syntax_problem, with_plain_spaces
from sroi.documents.tree import LocatedDict, LocatedList, Mark, Text
from sroi.errors import MOST_PROBLEMS, DocumentError, Problem
from sroi.inputs import content_of
from sroi.model import AssumptionPack, Study
from sroi.plain import scalar
from sroi.quantities import shown
from sroi.scalars import Touching
from sroi.text import UNPRINTABLE, strange

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

MOST_BYTES = 5_000_000
MOST_NESTED = 50
MOST_REPEATED = 10_000
MOST_VALUES = 200_000
MOST_ENTRIES = 25_000
_AS_TEXT = "write the key as text"
_AS_KEYS = "write keys such as sroi: 1"
_MOST = f"at most {MOST_BYTES:,} are read"

KEYS_OF_DOCUMENTS = frozenset({*Study.model_fields, *AssumptionPack.model_fields, "borough", "complete"})
"""Keys of a study or a pack."""

_WORD = re.compile(r"[^\s:]{1,40}")
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_file(
    path: Path, layer: str, shown_as: str | None = None, keys: Collection[str] = KEYS_OF_DOCUMENTS
) -> Text:
    """Read one file; an error repeats nothing of one that holds none of the ``keys``, and so is of others.

    Raises
    ------
    DocumentError
        If it cannot be read or is not a mapping in YAML; with every position known.
    """
    name = shown_as or str(path)
    data = content_of(path, MOST_BYTES, give="give the path of a YAML file", shown_as=name)
    return read_bytes(data, layer, name, keys)


def read_bytes(data: bytes, layer: str, name: str, keys: Collection[str] = KEYS_OF_DOCUMENTS) -> Text:
    """Read the bytes of a file: UTF-8, with or without a byte-order mark."""
    try:
        text = data.removeprefix(codecs.BOM_UTF8).decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8", "replace")
        line, column = position(before, len(before))
        message = f"byte 0x{data[error.start]:02x} is not UTF-8 text"
        raise DocumentError(Problem(message, "save the file as UTF-8", "", name, line, column)) from None
    ours = holds_one_of(keys, text)
    read = read_text(text, layer, name, quotes=ours)
    if not ours and not all(map(_WORD.fullmatch, read.root)):
        hint = f"its keys are such as {', '.join(sorted(keys)[:3])}"
        raise DocumentError(f"the file is no {layer.partition(' ')[0]}", hint, file=name)
    return read


def read_text(text: str, layer: str, name: str, *, quotes: bool = True) -> Text:
    """Read YAML, or JSON, from a string; ``quotes``: whether an error may repeat words of it."""
    if len(text) > MOST_BYTES:
        raise DocumentError(f"the text is {len(text):,} characters long", _MOST, file=name)
    strange = UNPRINTABLE.search(text)
    if strange is not None:
        message = f"character U+{ord(strange[0]):04X} cannot stand in a text file"
        raise DocumentError(Problem(message, "remove it", "", name, *position(text, strange.start())))
    text = prepared(text)
    try:
        return _Builder(text, layer, name, quotes=quotes).document()
    except DocumentError:
        plain = with_plain_spaces(text)
        if plain is None:
            raise
        with suppress(DocumentError):
            return replace(_Builder(plain, layer, name, quotes=quotes).document(), sha256=_sha256(text))
        raise


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


class _Builder:
    """Builds the tree from parser events, without recursion, so that no nesting can exhaust the stack."""

    def __init__(self, text: str, layer: str, name: str, *, quotes: bool) -> None:
        self.text = text
        self.layer = layer
        self.name = name
        self.problems: list[Problem] = []
        self.anchors: dict[str, tuple[Any, int]] = {}
        self.repeated = 0
        self.count = 0
        self.commas = doubtful_commas(text) if quotes else frozenset()
        self.quotes = quotes
        self.cut: set[int] = set()

    def told(self, word: str) -> str:
        """A word of the text, where an error may repeat it."""
        return shown(word) if self.quotes else "…"

    def fail(self, message: str, hint: str, mark: Any) -> DocumentError:
        row, place = (0, 0) if mark is None else (mark.line, mark.column)
        return DocumentError([*self.problems, Problem(message, hint, "", self.name, row + 1, place + 1)])

    def document(self) -> Text:
        try:
            root, mark = self.build()
        except (yaml.MarkedYAMLError, DocumentError) as error:
            self.refuse_cut_numbers()
            raise (self.syntax(error) if isinstance(error, yaml.MarkedYAMLError) else error) from None
        self.refuse_cut_numbers()
        if self.problems:
            raise DocumentError(self.problems)
        return Text(root, mark, _sha256(self.text))

    def refuse_cut_numbers(self) -> None:
        cut = cut_numbers(self.text, self.cut, self.name) if self.cut else []
        if cut:
            raise DocumentError(cut)

    def touches(self, at: int, value: Any) -> bool:
        """Whether a whole number stands directly after a comma and another, as in [100,20]."""
        text = self.text
        return type(value) is int and text[at - 1] == "," and text[at - 2].isdigit() and not self.compact

    @cached_property
    def compact(self) -> bool:
        """Whether a machine wrote the text without any space."""
        return is_compact_json(self.text)

    def refuse_split_number(self, at: int) -> None:
        if self.quotes and self.text[at - 1 : at] == "," and at - 1 not in self.commas:
            split = number_split_by_its_comma(self.text, at, self.name)
            if split is not None:
                raise DocumentError([*self.problems, split])

    def syntax(self, error: yaml.MarkedYAMLError) -> DocumentError:
        if "maximum nesting depth" in str(error.problem):  # libyaml may stop before an event says so
            return self.too_deep(error.problem_mark)
        return self.fail(*syntax_problem(error, self.text.splitlines() if self.quotes else []))

    def too_deep(self, mark: Any) -> DocumentError:
        message = f"values are nested more than {MOST_NESTED} deep"
        return self.fail(message, "write the document flatter", mark)

    def build(self) -> tuple[LocatedDict, Mark]:
        loader = _Loader(self.text)
        event = loader.get_event
        stack: list[Any] = []  # (container around, container, count before it, anchor, mark)
        key: str | None = None
        key_mark: Any = None
        container: Any = None
        documents = 0
        while True:
            found = event()
            kind = type(found)
            if kind is yaml.ScalarEvent:
                mark = found.start_mark
                if self.commas and found.end_mark.index in self.commas:
                    self.cut.add(found.end_mark.index)
                if type(container) is LocatedDict and key is None:
                    self.refuse_split_number(mark.index)
                    key, key_mark = self.key(found, container), mark
                    continue
                if found.tag is not None:
                    raise self.fail(f"the tag {self.told(found.tag)} is not read", "remove it", mark)
                value = scalar(found.value) if found.implicit[0] else found.value
                if type(container) is LocatedList and self.touches(mark.index, value):
                    value = Touching(value)
                self.count += 1
                if found.anchor is not None:
                    self.anchors[found.anchor] = (value, 1)
            elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
                mark = found.start_mark
                if type(container) is LocatedDict and key is None:
                    raise self.fail("a mapping or list stands where a key is wanted", _AS_TEXT, mark)
                if found.tag is not None:
                    raise self.fail(f"the tag {self.told(found.tag)} is not read", "remove it", mark)
                if len(stack) >= MOST_NESTED:
                    raise self.too_deep(mark)
                value = LocatedDict() if kind is yaml.MappingStartEvent else LocatedList()
                self.attach(container, key, value, mark, key_mark)
                stack.append((container, value, self.count, found.anchor, mark))
                container, key = value, None
                continue
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                outer, closed, before, anchor, begun = stack.pop()
                self.count += 1
                if anchor is not None:
                    self.anchors[anchor] = (closed, self.count - before)
                container, key = outer, None
                if outer is None:
                    root, root_mark = closed, begun
                continue
            elif kind is yaml.AliasEvent:
                mark = found.start_mark
                value = self.alias(found, mark, is_key=type(container) is LocatedDict and key is None)
            elif kind is yaml.DocumentStartEvent:
                documents += 1
                if documents > 1:
                    hint = "keep one document a file"
                    raise self.fail("a second document begins here", hint, found.start_mark)
                continue
            elif kind is yaml.StreamEndEvent:
                break
            else:
                continue
            if container is None:
                raise self.fail("the document is not a mapping of keys to values", _AS_KEYS, mark)
            self.attach(container, key, value, mark, key_mark)
            key = None
        if documents == 0:
            raise self.fail("the file is empty", "write a study, beginning with sroi: 1", None)
        if type(root) is not LocatedDict:
            raise self.fail("the document is a list, not a mapping of keys to values", _AS_KEYS, root_mark)
        first = min(root.marks.values(), key=lambda each: (each.key_line, each.key_column), default=None)
        line, column = (first.key_line, first.key_column) if first is not None else (1, 1)
        return root, Mark(self.layer, self.name, line, column, line, column)

    def key(self, found: Any, container: LocatedDict) -> str:
        text = str(found.value)
        mark = found.start_mark
        if text[:1].isspace() and found.implicit[0]:
            raise self.fail(
                f"a key is wanted here: {strange(text[0])}", "write the key after plain spaces", mark
            )
        if text == "<<" and found.implicit[0]:
            hint = "write the keys out, or name the numbers under assumptions"
            raise self.fail("merge keys (<<) are not read", hint, mark)
        if text in container:
            first = container.marks[text].key_line
            message = f"{self.told(text)} is given a second time; it stands in line {first} already"
            where = (text if self.quotes else "", self.name, mark.line + 1, mark.column + 1)
            self.problems.append(Problem(message, "keep one of them", *where))
            if len(self.problems) >= MOST_PROBLEMS:
                raise self.fail("more keys may be given twice; they are not listed", "mend these first", mark)
        return text

    def alias(self, found: Any, mark: Any, *, is_key: bool) -> Any:
        if is_key:
            raise self.fail("an alias stands where a key is wanted", _AS_TEXT, mark)
        if found.anchor not in self.anchors:
            message = f"there is no anchor {self.told(found.anchor)} before this alias"
            raise self.fail(message, "write the value out", mark)
        value, size = self.anchors[found.anchor]
        self.count += size
        self.repeated += size
        if self.repeated > MOST_REPEATED:
            hint = "write the values out, or name them under assumptions"
            raise self.fail(f"aliases repeat more than {MOST_REPEATED:,} values", hint, mark)
        return value

    def attach(self, container: Any, key: str | None, value: Any, mark: Any, key_mark: Any) -> None:
        if self.count > MOST_VALUES:
            raise self.fail(f"the file holds more than {MOST_VALUES:,} values", "split it", mark)
        if container is not None and len(container) >= MOST_ENTRIES:
            message = f"a mapping or list holds more than {MOST_ENTRIES:,} entries"
            raise self.fail(message, "split the file", mark)
        line, column = mark.line + 1, mark.column + 1
        if type(container) is LocatedDict and key is not None:
            keyed = (key_mark.line + 1, key_mark.column + 1)
            container.put(key, value, Mark(self.layer, self.name, line, column, *keyed))
        elif type(container) is LocatedList:
            container.append(value)
            container.marks.append(Mark(self.layer, self.name, line, column, line, column))
