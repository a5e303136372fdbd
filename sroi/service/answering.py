"""From a body to an answer, in a process of its own: nothing here knows of HTTP but its status."""

from __future__ import annotations

import hashlib
import json
import tempfile
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sroi.errors import KINDS, NotFoundError, SroiError, UndefinedResultError
from sroi.results.base import Result, plain, schema
from sroi.service.asking import OfStudyError, asked, pointer_of
from sroi.service.questions import FORMATS, QUESTIONS, REPORT
from sroi.version import VERSION

if TYPE_CHECKING:
    from sroi.model import Study
    from sroi.service.asking import Asked
    from sroi.service.questions import Question
    from sroi.service.settings import Settings

JSON = "application/json"
PROBLEM = "application/problem+json"

_TITLES = {
    400: "The body is not understood",
    404: "There is nothing of that name",
    413: "This is too much for one question",
    422: "The study cannot be used",
    500: "The service failed",
}


@dataclass(frozen=True)
class Answer:
    """What goes back: a status, a body and its kind."""

    status: int
    body: bytes
    media_type: str = JSON
    headers: dict[str, str] = field(default_factory=dict)


class _TooMuchError(Exception):
    """A question that is well formed and larger than the service allows."""


def problem(
    status: int, detail: str, problems: list[dict[str, Any]] | None = None, *, title: str = "", kind: str = ""
) -> Answer:
    """An error as RFC 9457 has it, with every fault in ``problems``; ``kind`` is the library's own error."""
    content = {
        "type": f"urn:sroi:{kind}" if kind else "about:blank",
        "title": title or _TITLES.get(status, "The question is refused"),
        "status": status,
        "detail": detail,
        "problems": problems or [],
    }
    return Answer(status, _json(content), PROBLEM)


def answer(name: str, body: bytes, settings: Settings) -> Answer:
    """What the service answers to a question."""
    question = QUESTIONS.get(name, REPORT)
    at = ""
    try:
        found = asked(body, question, settings.studies)
        at = "/studies" if question.many else "/study"
        _not_too_much(question, found, settings)
        return _report(found) if question is REPORT else _answered(name, found)
    except OfStudyError as error:
        return _refused(error.error, error.at)
    except SroiError as error:
        return _refused(error, at)
    except (_TooMuchError, MemoryError) as error:
        return problem(413, str(error) or "it takes more memory than one question may")


def _refused(error: SroiError, at: str) -> Answer:
    status = 404 if isinstance(error, NotFoundError) else 422
    problems = [
        {**each.to_dict(), "pointer": pointer_of(each, at), "said": str(each)} for each in error.problems
    ]
    title = "The study has no result" if isinstance(error, UndefinedResultError) else ""
    kind = next(name for name, each in KINDS.items() if isinstance(error, each))
    return problem(status, str(error), problems, title=title, kind=kind)


def _not_too_much(question: Question, found: Asked, settings: Settings) -> None:
    draws = found.options.get("draws", question.options.get("draws", {}).get("default", 0))
    for study in found.studies:
        if draws * len(study.outcomes) > settings.outcome_draws:
            most = settings.outcome_draws // max(1, len(study.outcomes))
            message = f"{draws:,} draws of {len(study.outcomes)} outcomes; ask for at most {most:,} draws"
            raise _TooMuchError(message)


def _answered(name: str, found: Asked) -> Answer:
    question = QUESTIONS[name]
    of: Any = list(found.studies) if question.many else found.studies[0]
    said, result = question.work(of, **found.options)
    content = {
        "schema": schema("answer"),
        "question": name,
        "result": said,
        "run": [_run(study, found) for study in found.studies]
        if question.many
        else _run(found.studies[0], found),
        "record": _record(result, found) if found.record else None,
    }
    return _tagged(_json(plain(content)), JSON)


def _record(result: Any, found: Asked) -> dict[str, Any] | None:
    if not isinstance(result, Result):
        return None
    import sroi  # noqa: PLC0415 - records are loaded when one is asked for

    return sroi.record(result, study=found.studies[0]).to_dict()


def _run(study: Study, found: Asked) -> dict[str, Any]:
    """What stands behind an answer: enough to know whether another was made with the same."""
    read = study.provenance
    return {
        "engine": {"version": VERSION, **_code()},
        "method": study.method.fingerprint,
        "study": {"id": study.id, "sha256": None if read is None else read.sha256},
        "packs": {} if read is None else dict(read.packs),
        "asked": dict(found.options),
    }


@cache
def _code() -> dict[str, str]:
    from sroi.records.taking import code_sha256, tables_sha256  # noqa: PLC0415 - imports NumPy

    return {"code_sha256": code_sha256(), "tables_sha256": tables_sha256()}


def _report(found: Asked) -> Answer:
    import sroi  # noqa: PLC0415

    options = dict(found.options)
    kind = options.pop("format", "html")
    ending = "md" if kind == "markdown" else kind
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"report.{ending}"
        sroi.report(found.studies[0], file, **options)
        content = file.read_bytes()
    answered = _tagged(content, FORMATS[kind])
    return Answer(
        answered.status,
        content,
        answered.media_type,
        {**answered.headers, "Content-Disposition": f'attachment; filename="report.{ending}"'},
    )


def _tagged(content: bytes, media_type: str) -> Answer:
    return Answer(200, content, media_type, {"ETag": f'"{hashlib.sha256(content).hexdigest()[:32]}"'})


def library(name: str, argument: str = "") -> Answer:
    """What is shipped: places, interventions, claims, or the schema of a document."""
    try:
        return _tagged(_json(plain(_listed(name, argument))), JSON)
    except SroiError as error:
        return _refused(error, "")


def _listed(name: str, argument: str) -> Any:
    import sroi  # noqa: PLC0415
    from sroi import catalogue  # noqa: PLC0415
    from sroi.catalogue.claims import claims  # noqa: PLC0415
    from sroi.catalogue.places import found_places, places_with_a_pack  # noqa: PLC0415

    packs = sroi.Library()
    if name == "schema":
        return sroi.json_schema("pack" if argument == "pack" else "study")
    if name == "interventions":
        return {"schema": schema("interventions"), "interventions": catalogue.interventions(packs).entries}
    if name == "claims":
        return {"schema": schema("claims"), "claims": claims(packs, argument or None).entries}
    listing = found_places(packs, argument) if argument else places_with_a_pack(packs)
    return {"schema": schema("places"), "places": listing.entries}


def _json(content: Any) -> bytes:
    return json.dumps(content, ensure_ascii=False, allow_nan=False).encode()
