"""A document as plain mappings and lists that know where each of their entries was written."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic import BaseModel

from sroi.errors import Problem
from sroi.method import MethodProfile
from sroi.provenance import Origin, dotted, parts_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from sroi.documents.loading import Reading
    from sroi.model import Study


class Mark(NamedTuple):
    """Where a value was written, and where its key was."""

    layer: str
    file: str
    line: int
    column: int
    key_line: int
    key_column: int


class LocatedDict(dict[str, Any]):
    """A mapping with a mark for each of its values."""

    __slots__ = ("marks",)

    def __init__(self) -> None:
        super().__init__()
        self.marks: dict[str, Mark] = {}

    def put(self, key: str, value: Any, mark: Mark) -> None:
        """Set a value and where it was written."""
        self[key] = value
        self.marks[key] = mark

    def drop(self, key: str) -> None:
        """Remove a value and where it was written, where it is there."""
        self.pop(key, None)
        self.marks.pop(key, None)

    def without(self, *keys: str) -> LocatedDict:
        """A copy that lacks some keys."""
        copy = LocatedDict()
        for key, value in self.items():
            if key not in keys:
                copy.put(key, value, self.marks[key])
        return copy


class LocatedList(list[Any]):
    """A list with a mark for each of its entries."""

    __slots__ = ("marks",)

    def __init__(self) -> None:
        super().__init__()
        self.marks: list[Mark] = []


NOWHERE = Mark("", "", 0, 0, 0, 0)
"""The mark of what was made in Python."""


def located(value: Any, mark: Callable[[str], Mark], path: str = "") -> Any:
    """Mappings, lists and models, but for a method, as located ones; ``mark`` gives each path its mark."""
    if isinstance(value, LocatedDict | LocatedList):
        return value
    if isinstance(value, BaseModel) and not isinstance(value, MethodProfile):
        value = value.model_dump(mode="json", exclude_unset=True, by_alias=True)
    if isinstance(value, dict):
        entries = LocatedDict()
        for key, each in value.items():
            below = f"{path}.{key}".lstrip(".")
            entries.put(key, located(each, mark, below), mark(below))
        return entries
    if isinstance(value, (list, tuple)):
        places = [f"{path}[{position}]" for position in range(len(value))]
        listed = LocatedList()
        listed.extend(located(each, mark, below) for each, below in zip(value, places, strict=True))
        listed.marks = [mark(below) for below in places]
        return listed
    return value


@dataclass(frozen=True, eq=False)
class Text:
    """What a document remembers of itself: see :class:`sroi.provenance.Provenance`.

    Attributes
    ----------
    root : LocatedDict
        The document, with every layer that was laid and every value that was set.
    whole : Mark
        Where it begins.
    sha256 : str
        Of the study's own text; empty for what was made in Python.
    packs : mapping of str to str
        SHA-256 of every text that was laid under it, by name.
    study : Study, optional
        What was read from it.
    reading : Reading, optional
        What it was read from, so that it can be read again of another place.
    """

    root: LocatedDict = field(repr=False)
    whole: Mark
    sha256: str = ""
    packs: Mapping[str, str] = field(default_factory=dict, repr=False)
    study: Study | None = field(default=None, repr=False)
    reading: Reading | None = field(default=None, repr=False)

    def mark(self, parts: Sequence[str | int]) -> tuple[Mark, int]:
        """The mark of the nearest value at or around a path, and how many of its parts were found."""
        mark, node, found = self.whole, self.root, 0
        for part in parts:
            if (isinstance(node, LocatedDict) and isinstance(part, str) and part in node) or (
                isinstance(node, LocatedList) and isinstance(part, int) and part < len(node)
            ):
                mark, node = node.marks[part], node[part]
            else:
                break
            found += 1
        return mark, found

    def origin(self, path: str) -> Origin | None:
        """Where the value at a dotted path was written."""
        mark, _ = self.mark(parts_of(path))
        return Origin(mark.layer, mark.file, mark.line, mark.column) if mark.layer else None

    def problem(
        self, parts: Sequence[str | int], message: str, hint: str = "", *, at_key: bool = False
    ) -> Problem:
        """A problem at a path, with its position."""
        mark, found = self.mark(parts)
        line, column = (
            (mark.key_line, mark.key_column) if at_key and found == len(parts) else (mark.line, mark.column)
        )
        return Problem(message, hint, dotted(parts), mark.file, line, column)

    def located(self, problems: Iterable[Problem]) -> list[Problem]:
        """The problems with their positions, each once, in the order of the text."""
        placed = {self.problem(parts_of(problem.path), problem.message, problem.hint) for problem in problems}
        return in_order(placed)


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Problems by file and position."""
    return sorted(
        problems,
        key=lambda problem: (problem.file, problem.line, problem.column, problem.path, problem.message),
    )
