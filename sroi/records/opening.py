"""Opening a run record: a file that may be anybody's."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from sroi.errors import DocumentError, Problem
from sroi.inputs import content_of
from sroi.records.taking import SCHEMA, RunRecord
from sroi.results.base import schema

if TYPE_CHECKING:
    import os

MOST_BYTES = 50_000_000

_GIVE = "give a record that --record or sroi.record wrote"
_PARTS = ("engine", "method", "packs", "study", "command", "platform", "inputs", "result", "sha256")
_KEYS: dict[str, dict[str, type]] = {
    "engine": {"version": str, "code_sha256": str, "tables_sha256": str},
    "method": {"sha256": str},
    "study": {"text": str},
    "command": {"result": str, "asked": dict, "arguments": dict},
}


def opened(run: RunRecord | str | os.PathLike[str]) -> tuple[dict[str, Any], Path | None]:
    """What a record holds, and its file.

    Raises
    ------
    DocumentError
        If it is no record, or one of a later version.
    """
    if isinstance(run, RunRecord):
        return held(run.to_dict(), "record"), None
    file = Path(run)
    try:
        content = json.loads(content_of(file, MOST_BYTES, give=_GIVE), parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        if isinstance(error, DocumentError):
            raise
        place = (error.lineno, error.colno) if isinstance(error, json.JSONDecodeError) else (0, 0)
        raise DocumentError([Problem("this is not JSON", _GIVE, "", str(file), *place)]) from None
    return held(content, str(file)), file


def _no_number(name: str) -> NoReturn:
    raise ValueError(name)


def is_record(file: Path) -> bool:
    """Whether a file is meant as a record, by its ending and its first key."""
    if file.suffix.lower() != ".json":
        return False
    content = content_of(file, MOST_BYTES, give=_GIVE)
    return SCHEMA["name"].encode() in content[:500]


def _is_report(entry: Any) -> bool:
    """Whether it is a file of the record's own folder, with what tells that it is unchanged."""
    if not isinstance(entry, dict) or not isinstance(entry.get("size"), int) or entry["size"] < 0:
        return False
    name, digest = entry.get("name"), entry.get("sha256")
    bare = isinstance(name, str) and name not in ("", ".", "..") and not any(sign in name for sign in "/\\\0")
    return bare and isinstance(digest, str)


def held(content: Any, name: str) -> dict[str, Any]:
    """The content of a record, every part of it there and of its kind."""
    said = content.get("schema") if isinstance(content, dict) else None
    if not isinstance(content, dict) or not isinstance(said, dict) or said.get("name") != SCHEMA["name"]:
        message = "this is no run record: its schema is not sroi/record"
        raise DocumentError([Problem(message, _GIVE, "schema", name)])
    version, ours = str(said.get("version")), schema("record")["version"]
    if version.partition(".")[0] != ours.partition(".")[0]:
        message = f"the record is of version {version}, and this engine reads {ours}"
        raise DocumentError([Problem(message, "verify it with a later engine", "schema.version", name)])
    problems = [
        Problem(f"{part} is missing or no mapping", _GIVE, part, name)
        for part in _PARTS
        if not isinstance(content.get(part), dict)
    ]
    problems += [
        Problem(f"{part}.{key} is missing or of another kind", _GIVE, f"{part}.{key}", name)
        for part, keys in _KEYS.items()
        if isinstance(content.get(part), dict)
        for key, kind in keys.items()
        if not isinstance(content[part].get(key), kind)
    ]
    reports = content.get("reports", [])
    if not isinstance(reports, list) or not all(map(_is_report, reports)):
        message = "reports is no list of files, each with its bare name, size and sha256"
        problems.append(Problem(message, _GIVE, "reports", name))
    if not problems and not isinstance(content["study"].get("as_read") or {}, dict):
        problems.append(Problem("study.as_read is no mapping", _GIVE, "study.as_read", name))
    if problems:
        raise DocumentError(problems)
    return content
