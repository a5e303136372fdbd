"""Verifying a run record: compute it again, and say field by field what moved, and by what."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sroi.arguments import checked_arguments
from sroi.documents import Library, load, loads
from sroi.documents.reading_again import read_again
from sroi.errors import DocumentError, NotFoundError, Problem, SroiError, instead
from sroi.files import is_there
from sroi.inputs import beginning_of
from sroi.records.comparing import OF_THE_LAYERS, fields_apart, tampered, without_the_day
from sroi.records.kinds import AGAIN
from sroi.records.opening import is_record, opened
from sroi.records.taking import RunRecord, record
from sroi.results.verification import Drift, ReportBeside, Verification

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Iterator, Mapping

    from sroi.model import Study


@checked_arguments
def verify(
    run: RunRecord | str | os.PathLike[str],
    *,
    against: RunRecord | str | os.PathLike[str] | None = None,
    packs: Library | str | os.PathLike[str] | Iterable[str | os.PathLike[str]] = (),
) -> Verification:
    """Compute a run record again, and say which of its fields are not as recorded and what moved them.

    The study that the record holds is computed again by this engine. Where the packs that were laid under it
    are others today, or a file of the study's name, here or beside the record, is another, that is computed
    as well, and what moves then is put down to it. Numbers are the same within 1e-12. Reports that the record
    names and that lie beside it are compared with what was written.

    Parameters
    ----------
    run : RunRecord or path
        What ``sroi.record`` or ``--record`` gave.
    against : RunRecord or path, optional
        Another record, or a study's file, to set beside it in place of what is here today.
    packs : iterable of path or Library, optional
        Folders of the user's own packs.

    Raises
    ------
    DocumentError
        If it is no record, or its study cannot be read.
    UndefinedResultError
        If its study gives no result any more.
    """
    content, file = opened(run)
    found = _verified(content, file, against, Library.of(packs))
    return replace(found, reports=tuple(_reports(content, None if file is None else file.parent)))


def _reports(content: dict[str, Any], folder: Path | None) -> Iterator[ReportBeside]:
    """The reports that a record names, as they lie beside it."""
    for each in content.get("reports", []):
        file = None if folder is None else folder / each["name"]
        state = "missing"
        if file is not None and is_there(file):
            try:
                body = beginning_of(file, each["size"] + 1, give="give the report that was written")
                state = "same" if hashlib.sha256(body).hexdigest() == each["sha256"] else "changed"
            except DocumentError:
                state = "changed"
        yield ReportBeside(each["name"], state)


def _verified(
    content: dict[str, Any],
    file: Path | None,
    against: RunRecord | str | os.PathLike[str] | None,
    library: Library,
) -> Verification:
    if against is None:
        return _today(content, file, library)
    if not isinstance(against, RunRecord) and not is_record(Path(against)):
        other = _computed(load(Path(against), packs=library), content)
        return _beside(content, other, ())
    other, _ = opened(against)
    notes = tuple(f"in the other record, {name} was changed after it was made" for name in tampered(other))
    return _beside(content, other, notes)


def _today(content: dict[str, Any], file: Path | None, library: Library) -> Verification:
    """The record beside what its own study, today's packs and today's file of the study give."""
    notes: list[str] = []
    recorded = loads(content["study"]["text"], packs=library)
    changed = tampered(content)
    read = None if "study" in changed else _read(content, library, notes)
    whole = read == recorded
    before = _computed(read if whole and read is not None else recorded, content)
    differs = _differences(content, before, ("method", "engine", "tables", "platform"))
    leaving = () if whole else OF_THE_LAYERS
    mover = next((each for each in differs if each != "platform"), "platform" if differs else "engine")
    drift = {
        path: Drift(path, old, new, "record" if {path.partition(".")[0], "study"} & {*changed} else mover)
        for path, old, new in fields_apart(_figures(content), _figures(before), leaving=leaving)
    }
    found = [] if read is None else _read_otherwise(content, read)
    differs += [each for each in found if each not in differs]
    of_file = None if "study" in changed else _of_its_file(content, file, library, notes)
    for study, by in ((None if whole else read, " and ".join(found) or "engine"), (of_file, "study")):
        if study is not None:
            now = _computed(study, content)
            for path, old, new in fields_apart(_figures(before), _figures(now), leaving=OF_THE_LAYERS):
                drift[path] = Drift(path, drift[path].old if path in drift else old, new, by)
            differs += [each for each in by.split(" and ") if each not in differs]
            before = now
    return _verification(content, drift.values(), differs, changed, notes)


def _beside(content: dict[str, Any], other: dict[str, Any], notes: Iterable[str]) -> Verification:
    """The record beside another: what moved is put down to all in which they differ."""
    differs = _differences(
        content, other, ("study", "packs", "method", "arguments", "engine", "tables", "platform")
    )
    found = [each for each in differs if each != "platform"] or differs or ["record"]
    drift = [
        Drift(path, old, new, " and ".join(found))
        for path, old, new in fields_apart(_figures(content), _figures(other))
    ]
    return _verification(content, drift, differs, tampered(content), notes)


def _verification(
    content: dict[str, Any],
    drift: Iterable[Drift],
    differs: Iterable[str],
    changed: tuple[str, ...],
    notes: Iterable[str],
) -> Verification:
    moved = tuple(each for each in drift if not _equal(each))
    by = tuple(dict.fromkeys(name for each in moved for name in each.moved_by.split(" and ")))
    title = str(content["study"].get("title") or content["study"].get("id"))
    return Verification(title, moved, by, tuple(differs), changed, tuple(notes))


def _equal(drift: Drift) -> bool:
    """Whether a field came back to what it was."""
    return not fields_apart({"it": drift.old}, {"it": drift.new})


def _figures(content: Mapping[str, Any]) -> dict[str, Any]:
    return {"inputs": content["inputs"], "result": without_the_day(content["result"])}


def _read_otherwise(content: Mapping[str, Any], read: Study) -> list[str]:
    """What a study is read over that is not as recorded: its packs, the method of a name."""
    packs = {} if read.provenance is None else dict(read.provenance.packs)
    found = ["packs"] if packs != content["packs"] else []
    return found + (["method"] if read.method.fingerprint != content["method"]["sha256"] else [])


def _computed(study: Study, content: Mapping[str, Any]) -> dict[str, Any]:
    """The record that the same question gives of a study by this engine."""
    kind, asked = content["command"]["result"], content["command"]["asked"]
    if kind not in AGAIN:
        hint = instead(kind, AGAIN)
        raise DocumentError([Problem(f"this engine computes no {kind}", hint, "command.result")])
    try:
        result = AGAIN[kind](study, **asked)
    except TypeError:
        message = f"{kind} is not asked with {', '.join(asked) or 'nothing'}"
        raise DocumentError([Problem(message, "record it again", "command.asked")]) from None
    return record(result, study=study, asked=asked).to_dict()


def _read(content: Mapping[str, Any], library: Library, notes: list[str]) -> Study | None:
    """The study's own text over the packs of today; None where that cannot be read."""
    plain = content["study"].get("as_read")
    if plain is None:
        return None
    try:
        return read_again(plain, library)
    except (SroiError, KeyError, TypeError, AttributeError) as error:
        why = str(error).splitlines()[0] if isinstance(error, SroiError) else "it is not whole"
        notes.append(f"today's packs were not tried: the study cannot be read over them ({why})")
        return None


def _of_its_file(
    content: Mapping[str, Any], file: Path | None, library: Library, notes: list[str]
) -> Study | None:
    """The study of its own file where that is here and another than it was."""
    plain = content["study"].get("as_read")
    if plain is None or plain.get("intervention") is not None:
        return None
    given = content["command"]["arguments"].get("study")
    names = [given, plain["file"]] if isinstance(given, str) else [plain["file"]]
    folders = [Path(), *([] if file is None else [file.parent])]
    for path in (folder / name for name in names for folder in folders):
        if not is_there(path):
            continue
        try:
            study = read_again(plain, library, path)
        except (DocumentError, NotFoundError) as error:
            notes.append(f"the file {path.name} cannot be read any more ({str(error).splitlines()[0]})")
            return None
        if study.id == content["study"]["id"]:
            text = study.provenance
            return None if text is None or text.sha256 == content["study"]["sha256"] else study
    return None


_COMPARED = {
    "study": ("study", "text_sha256"),
    "packs": ("packs",),
    "method": ("method", "sha256"),
    "arguments": ("command", "asked"),
    "engine": ("engine",),
    "tables": ("engine", "tables_sha256"),
    "platform": ("platform",),
}


def _differences(old: Mapping[str, Any], new: Mapping[str, Any], which: Iterable[str]) -> list[str]:
    """In what two records differ besides their figures."""

    def part(content: Any, name: str) -> Any:
        for key in _COMPARED[name]:
            content = content.get(key)
        return {**content, "tables_sha256": None} if name == "engine" else content

    return [name for name in which if part(old, name) != part(new, name)]
