"""Taking a run record: everything that a figure was made with, and nothing of who made it or where."""

from __future__ import annotations

import hashlib
import json
import platform
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import TYPE_CHECKING, Any

import numpy as np

from sroi.arguments import checked_arguments
from sroi.base import Entries
from sroi.documents import dumps
from sroi.documents.reading_again import as_read
from sroi.errors import DocumentError, Problem, instead
from sroi.files import write_files
from sroi.records.kinds import AGAIN, asked_with, kind_of, study_behind
from sroi.reference import assumptions_folder
from sroi.resolution import numbers_of
from sroi.results.base import Result, plain, schema
from sroi.text import json_text
from sroi.version import VERSION

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Mapping

    from sroi.model import Study

SCHEMA = schema("record")


@dataclass(frozen=True, slots=True)
class RunRecord:
    """What a figure was made with and what it is, as plain values.

    Attributes
    ----------
    content : mapping
        As the file holds it: ``id``, ``engine``, ``method``, ``packs``, ``study``, ``command``, ``seed``,
        ``draws``, ``platform``, ``inputs``, ``result``, ``reports``, and ``sha256`` of each of them.
    """

    content: Mapping[str, Any]

    @property
    def id(self) -> str:
        """SHA-256 over what was asked of which study by which engine: the name that reports print."""
        return str(self.content["id"])

    def with_reports(self, reports: Mapping[str, bytes]) -> RunRecord:
        """The same record, naming the files that were written from it; its ``id`` does not change."""
        listed = [
            {"name": name, "size": len(body), "sha256": hashlib.sha256(body).hexdigest()}
            for name, body in sorted(reports.items())
        ]
        hashes = {**self.content["sha256"], "reports": sha256_of(listed)}
        return RunRecord(Entries({**self.content, "reports": listed, "sha256": hashes}))

    def to_dict(self) -> dict[str, Any]:
        """The record as plain values that JSON can hold."""
        return dict(self.content)

    def to_json(self) -> str:
        """The record as JSON text, as a file holds it."""
        return json_text(self.to_dict())

    @checked_arguments
    def write(
        self, path: str | os.PathLike[str], *, force: bool = False, inputs: Iterable[os.PathLike[str]] = ()
    ) -> Path:
        """Write the record to a file, over one that is there only with ``force``, and never over ``inputs``.

        Raises
        ------
        DocumentError
            If it cannot be written.
        """
        content = self.to_json().encode()
        return write_files({Path(path): content}, force=force, inputs=map(Path, inputs))[0]

    def __repr__(self) -> str:
        return f"RunRecord({self.content['study']['id']}: {self.content['command']['result']})"


@checked_arguments
def record(
    result: Result,
    *,
    study: Study | None = None,
    asked: Mapping[str, Any] | None = None,
    command: Mapping[str, Any] | None = None,
    reports: Iterable[str | os.PathLike[str]] = (),
) -> RunRecord:
    """Everything that a result was made with, enough to compute it again on another machine.

    It holds the study whole, every layer merged, and no name of a user, machine or folder.

    Parameters
    ----------
    result : Result
        What ``evaluate``, ``simulate`` and the like gave.
    study : Study, optional
        What it is of; needed only for shares of variance, which do not hold it.
    asked : mapping of str to value, optional
        Arguments that the result does not hold itself, such as ``seed`` and ``points`` of shares of variance,
        or ``shares`` of a ledger; where they are left out it is computed again with the defaults.
    command : mapping, optional
        The command line that it was made by: ``name`` and ``arguments``.
    reports : iterable of path, optional
        Files that were written from it; the record holds the name, size and SHA-256 of each.

    Raises
    ------
    DocumentError
        If a result of this kind is not recorded, or a report cannot be read.

    Examples
    --------
    >>> import sroi
    >>> kept = sroi.record(sroi.evaluate(sroi.load("examples/lunch-club.yaml")))
    >>> sroi.verify(kept).same
    True
    """
    kind, of = kind_of(result), study if study is not None else study_behind(result)
    if kind not in AGAIN:
        raise DocumentError(f"a result of kind {kind} is not recorded", instead(kind, AGAIN), file="result")
    if of is None:
        raise DocumentError("the result does not hold its study", "give it as study=…", file="study")
    chosen = {**asked_with(result), **(asked or {})}
    text, read = dumps(of), of.provenance
    content = {
        "engine": {"version": VERSION, "code_sha256": code_sha256(), "tables_sha256": tables_sha256()},
        "method": {**of.method.model_dump(mode="json"), "sha256": of.method.fingerprint},
        "packs": {} if read is None else dict(read.packs),
        "study": {
            "id": of.id,
            "title": of.title,
            "sha256": None if read is None else read.sha256,
            "text_sha256": hashlib.sha256(text.encode()).hexdigest(),
            "text": text,
            "as_read": as_read(of),
        },
        "command": {"result": kind, "asked": plain(chosen), **_command(command)},
        "seed": chosen.get("seed"),
        "draws": chosen.get("draws", chosen.get("points")),
        "platform": {
            "python": platform.python_version(),
            "numpy": np.__version__,
            "system": sys.platform,
            "machine": platform.machine(),
        },
        "inputs": inputs_of(of),
        "result": _files_by_name(plain(result.to_dict())),
        "reports": [],
    }
    content = json.loads(json.dumps({"id": "", **content}, allow_nan=False))
    content["id"] = id_of(content)
    hashes = {name: sha256_of(part) for name, part in content.items()}
    kept = RunRecord(Entries({"schema": SCHEMA, **content, "sha256": hashes}))
    return kept.with_reports({Path(each).name: _bytes(Path(each)) for each in reports})


def id_of(content: Mapping[str, Any]) -> str:
    """SHA-256 over study, packs, method, engine and question: no result, report, platform or file name."""
    asked = {key: content["command"][key] for key in ("result", "asked")}
    of = {key: content[key] for key in ("engine", "packs", "seed", "draws")}
    hashes = {"study": content["study"].get("text_sha256"), "method": content["method"]["sha256"]}
    return sha256_of({**of, **asked, **hashes})


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        problem = Problem(f"the report cannot be read ({error.strerror})", "name a report", file=file.name)
        raise DocumentError([problem]) from None


def sha256_of(part: Any) -> str:
    """SHA-256 over plain values, whatever the order of their keys and the layout of the file."""
    return hashlib.sha256(json.dumps(part, sort_keys=True).encode()).hexdigest()


def inputs_of(study: Study) -> dict[str, Any]:
    """Every number of a study by its path: as resolved, its range, unit, price year and source."""
    found = {}
    for number in numbers_of(study):
        values = number.to_dict()
        kept = {
            key: value
            for key, value in values.items()
            if key not in ("path", "layer", "file", "line", "rationale", "basis")
        }
        found[number.path] = plain(kept)
    return found


def _command(command: Mapping[str, Any] | None) -> dict[str, Any]:
    if command is None:
        return {"name": None, "arguments": {}}
    return {"name": command.get("name"), "arguments": without_folders(plain(command.get("arguments", {})))}


def _files_by_name(value: Any) -> Any:
    """Plain values in which each ``file`` is named without the folders of a disk."""
    if isinstance(value, dict):
        return {
            key: without_folders(each) if key == "file" else _files_by_name(each)
            for key, each in value.items()
        }
    return [_files_by_name(each) for each in value] if isinstance(value, list) else value


def without_folders(value: Any) -> Any:
    """Plain values in which a file that was named from the root of a disk has its bare name."""
    if isinstance(value, dict):
        return {key: without_folders(each) for key, each in value.items()}
    if isinstance(value, list):
        return [without_folders(each) for each in value]
    if isinstance(value, str) and "\n" not in value:
        for kind in (PurePosixPath, PureWindowsPath):
            path = kind(value)
            if path.is_absolute() or value.startswith("~"):
                return path.name
    return value


@cache
def code_sha256() -> str:
    """SHA-256 over the code of this package: two builds of one version may differ."""
    return _sha256_of_files(Path(__file__).resolve().parents[1], "*.py")


@cache
def tables_sha256() -> str:
    """SHA-256 over the shipped tables, such as the deflators and the discount schedules."""
    return _sha256_of_files(assumptions_folder() / "reference", "*")


def _sha256_of_files(folder: Path, pattern: str) -> str:
    whole = hashlib.sha256()
    for file in sorted(folder.rglob(pattern)):
        if file.is_file():
            whole.update(file.relative_to(folder).as_posix().encode() + b"\0")
            whole.update(file.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return whole.hexdigest()
