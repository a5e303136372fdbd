"""Two sets of plain values field by field, and the parts of a record that are not as they were made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sroi.records.taking import id_of, sha256_of
from sroi.tolerance import same

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

OF_THE_LAYERS = ("result.statement", "result.claims", "result.warnings")
"""What a result says of the layers that numbers came from, which a complete text does not hold."""

_LEFT_OUT = ("result.provenance", "result.schema")
_WHERE_WRITTEN = (".old_where", ".new_where")
"""Lines of a file, which a complete text does not hold."""


def tampered(content: Mapping[str, Any]) -> tuple[str, ...]:
    """The parts of a record whose hashes are not those that were taken of them."""
    hashes = content["sha256"]
    parts = [name for name in content if name not in ("schema", "sha256")]
    found = [name for name in {**dict.fromkeys(parts), **hashes} if _hash(content, name) != hashes.get(name)]
    return tuple(found or ([] if content.get("id") == id_of(content) else ["id"]))


def without_the_day(value: Any) -> Any:
    """A result without the warning that a source is due for review, which comes with the day.

    Nor has it the places of findings in a file: a record holds its study in another file.
    """
    if isinstance(value, dict):
        left_out = ("file", "line", "column") if "rule" in value else ()
        return {key: without_the_day(each) for key, each in value.items() if key not in left_out}
    if isinstance(value, list):
        return [without_the_day(each) for each in value if not _is_of_the_day(each)]
    return value


def _is_of_the_day(value: Any) -> bool:
    return isinstance(value, dict) and value.get("id") == "source-past-review"


def _hash(content: Mapping[str, Any], name: str) -> str | None:
    return sha256_of(content[name]) if name in content else None


def fields_apart(
    old: Mapping[str, Any], new: Mapping[str, Any], *, leaving: tuple[str, ...] = ()
) -> list[tuple[str, Any, Any]]:
    """The path, old and new value of every field that is not the same, numbers but for rounding."""
    without = (*_LEFT_OUT, *leaving)
    return [
        each
        for each in _apart(old, new, "")
        if not each[0].startswith(without) and not any(where in each[0] for where in _WHERE_WRITTEN)
    ]


def _apart(old: Any, new: Any, path: str) -> Iterator[tuple[str, Any, Any]]:
    if isinstance(old, dict) and isinstance(new, dict):
        for key in {**old, **new}:
            yield from _apart(old.get(key), new.get(key), f"{path}.{key}".lstrip("."))
    elif isinstance(old, list) and isinstance(new, list):
        names = _names(old), _names(new)
        if names[0] is not None and names[1] is not None:
            yield from _apart(names[0], names[1], path)
            return
        for at in range(max(len(old), len(new))):
            one, other = (each[at] if at < len(each) else None for each in (old, new))
            yield from _apart(one, other, f"{path}[{at}]")
    elif not _same(old, new):
        yield path, old, new


def _names(rows: list[Any]) -> dict[str, Any] | None:
    """Rows by the name of each, so that a row that was added or moved leaves the others as they are."""
    for key in ("outcome", "input", "number", "name", "claim"):
        named = {row[key]: row for row in rows if isinstance(row, dict) and isinstance(row.get(key), str)}
        if named and len(named) == len(rows):
            return named
    return None


def _same(old: Any, new: Any) -> bool:
    numbers = all(isinstance(each, (int, float)) and not isinstance(each, bool) for each in (old, new))
    return same(old, new) if numbers else type(old) is type(new) and old == new
