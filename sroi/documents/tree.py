"""A document as plain mappings and lists that know where each of their entries was written."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from sroi.errors import Problem
from sroi.provenance import Origin

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


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


_PART = re.compile(r"([^.\[\]]+)|\[(\d+)\]")


def parts_of(path: str) -> list[str | int]:
    """The keys and positions of a dotted path: ``inputs.grant.value[1]`` is inputs, grant, value, 1."""
    return [key or int(position) for key, position in _PART.findall(path)]


def dotted(parts: Sequence[str | int]) -> str:
    """The dotted path of keys and positions."""
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in parts).lstrip(".")


class Text:
    """What a merged document remembers: see :class:`sroi.provenance.Provenance`."""

    def __init__(
        self, root: LocatedDict, whole: Mark, sha256: str = "", packs: Mapping[str, str] | None = None
    ) -> None:
        self.root = root
        self.whole = whole
        self.sha256 = sha256
        self.packs: Mapping[str, str] = dict(packs or {})

    def mark(self, parts: Sequence[str | int]) -> tuple[Mark, int]:
        """The mark of the nearest value at or around a path, and how many of its parts were found."""
        mark, node, found = self.whole, self.root, 0
        for part in parts:
            if isinstance(node, LocatedDict) and part in node:
                mark, node = node.marks[str(part)], node[str(part)]
            elif isinstance(node, LocatedList) and isinstance(part, int) and part < len(node):
                mark, node = node.marks[part], node[part]
            else:
                break
            found += 1
        return mark, found

    def origin(self, path: str) -> Origin | None:
        """Where the value at a dotted path was written."""
        mark, _ = self.mark(parts_of(path))
        return Origin(mark.layer, mark.file, mark.line, mark.column)

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
