"""The description of the service, as OpenAPI 3.1; each of its examples runs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sroi.documents import json_schema
from sroi.service.asking import OF_A_STUDY, OF_AN_ANSWER
from sroi.service.questions import FORMATS, QUESTIONS, REPORT
from sroi.version import VERSION

if TYPE_CHECKING:
    from sroi.service.questions import Question
    from sroi.service.settings import Settings

_EXAMPLE = {"intervention": "befriending", "place": "derby"}
_EXAMPLES: dict[str, dict[str, Any]] = {
    "simulate": {**_EXAMPLE, "draws": 1_000, "seed": 1},
    "breakeven": {"intervention": "mens-shed", "place": "derby", "target": 1.0},
    "explain": {**_EXAMPLE, "what": "better_company"},
    "compare": {"studies": [_EXAMPLE, {**_EXAMPLE, "values": {"linking_works": 1}}], "anyway": True},
    "report": {**_EXAMPLE, "format": "markdown", "draws": 1_000, "date": "2026-11-28"},
}
_STATUSES = {
    "401": "A bearer token is wanted.",
    "404": "There is no such intervention or place.",
    "413": "The body or the simulation is too large, or would take too much memory.",
    "415": "The body is neither JSON nor YAML.",
    "422": "The study or an option cannot be used, or the study has no result; every fault is listed.",
    "429": "Too many requests are waiting.",
    "503": "Time is up, or the process that computed the answer ended.",
}
TAGGED = ("places", "interventions", "claims", "schema")
"""What is shipped: sent once, and then only where it has changed."""


def document(settings: Settings) -> bytes:
    """The description as JSON."""
    paths: dict[str, Any] = {}
    for name, question in {**QUESTIONS, "report": REPORT}.items():
        paths[f"/v1/{name}"] = {"post": _operation(name, question, settings)}
    found = _ok("application/json", {"type": "object"})
    search = {"name": "search", "in": "query", "required": False, "schema": {"type": "string"}}
    paths["/v1/places"] = {"get": {"operationId": "places", "parameters": [search], "responses": found}}
    of_place = {**search, "name": "place"}
    paths["/v1/claims"] = {"get": {"operationId": "claims", "parameters": [of_place], "responses": found}}
    paths["/v1/interventions"] = {"get": {"operationId": "interventions", "responses": found}}
    named = {
        "name": "name",
        "in": "path",
        "required": True,
        "schema": {"type": "string", "enum": ["study", "pack"]},
    }
    paths["/v1/schema/{name}"] = {"get": {"operationId": "schema", "parameters": [named], "responses": found}}
    for path in ("/health", "/ready"):
        paths[path] = {"get": {"operationId": path[1:], "security": [], "responses": found}}
    paths["/metrics"] = {
        "get": {"operationId": "metrics", "responses": _ok("text/plain", {"type": "string"})}
    }
    for operation in (each for of_path in paths.values() for each in of_path.values()):
        operation["responses"] = {**operation["responses"], **_refusals(operation)}
    whole: dict[str, Any] = {
        "openapi": "3.1.0",
        "info": {
            "title": "sroi",
            "version": VERSION,
            "description": "Social Return on Investment: what a programme gives back for each pound put in. "
            "A body may be JSON or YAML; a fault is told with its line there and a JSON pointer to it.",
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "paths": paths,
        "components": {"schemas": _schemas()},
    }
    if settings.tokens:
        whole["components"]["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
        whole["security"] = [{"token": []}]
    return json.dumps(whole, ensure_ascii=False).encode()


def _operation(name: str, question: Question, settings: Settings) -> dict[str, Any]:
    properties: dict[str, Any] = {**question.options, **OF_AN_ANSWER}
    wanted = list(question.wanted)
    one: dict[str, Any] = {"type": "object", "properties": dict(OF_A_STUDY), "additionalProperties": False}
    of_one = [{"required": ["study"]}, {"required": ["intervention"]}]
    body: dict[str, Any] = {"type": "object", "additionalProperties": False}
    if question.many:
        listed = {
            "type": "array",
            "items": {**one, "oneOf": of_one},
            "minItems": 2,
            "maxItems": settings.studies,
        }
        body |= {"properties": {"studies": listed, **properties}, "required": ["studies", *wanted]}
    else:
        body |= {"properties": {**OF_A_STUDY, **properties}, "oneOf": of_one}
        body |= {"required": wanted} if wanted else {}
    content = {"schema": body, "example": _EXAMPLES.get(name, _EXAMPLE)}
    if name == "report":
        text = {"type": "string"}
        answers = {
            "200": {
                "description": "The report.",
                "content": {kind: {"schema": text} for kind in FORMATS.values()},
            }
        }
    else:
        answers = _ok("application/json", {"$ref": "#/components/schemas/Answer"})
        answers["200"]["headers"] = {"ETag": {"schema": {"type": "string"}}}
    return {
        "operationId": name,
        "summary": f"{question.says[0].upper()}{question.says[1:]}.",
        "requestBody": {
            "required": True,
            "content": dict.fromkeys(("application/json", "application/yaml"), content),
        },
        "responses": answers,
    }


def _ok(media_type: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"200": {"description": "The answer.", "content": {media_type: {"schema": schema}}}}


def _refusals(operation: dict[str, Any]) -> dict[str, Any]:
    content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    if operation["operationId"] in TAGGED:
        operation["responses"]["304"] = {"description": "As it was when it had the tag of If-None-Match."}
    statuses = _STATUSES if "requestBody" in operation else {"401": _STATUSES["401"], "404": _STATUSES["404"]}
    if operation["operationId"] == "ready":
        statuses = {"503": "The processes are starting."}
    return {status: {"description": said, "content": content} for status, said in statuses.items()}


def _schemas() -> dict[str, Any]:
    study = json_schema("study")
    parts = study.pop("$defs", {})
    for name in ("$schema", "$id"):
        study.pop(name, None)
    moved = json.loads(json.dumps({"Study": study, **parts}).replace("#/$defs/", "#/components/schemas/"))
    text, number = {"type": "string"}, {"type": "integer"}
    fault = {
        "type": "object",
        "properties": {
            **dict.fromkeys(("message", "hint", "path", "file", "pointer", "said"), text),
            **dict.fromkeys(("line", "column"), number),
        },
        "required": ["message", "path", "pointer"],
    }
    known = {"type": "object", "properties": {"name": text, "version": text}, "required": ["name", "version"]}
    return {
        **moved,
        "Answer": {
            "type": "object",
            "properties": {
                "schema": known,
                "question": text,
                "result": {"type": "object", "description": "As the command of that name gives it as JSON."},
                "run": {
                    "type": ["object", "array"],
                    "description": "Engine, method, study, packs and what was asked.",
                },
                "record": {
                    "type": ["object", "null"],
                    "description": "The run record, where it was asked for.",
                },
            },
            "required": ["schema", "question", "result", "run", "record"],
        },
        "Problem": {
            "type": "object",
            "properties": {
                "type": text,
                "title": text,
                "status": number,
                "detail": text,
                "problems": {"type": "array", "items": fault},
            },
            "required": ["type", "title", "status", "detail", "problems"],
        },
    }
