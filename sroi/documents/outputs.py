"""JSON Schema of what commands print and of run records, made from their short form in outputs.yaml."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

VERSION = "1.0"
"""Of the schema of results: it counts on where a key goes or changes its meaning."""

RECORD_VERSION = "1.0"
"""Of the schema of run records."""

DRAFT = "https://json-schema.org/draft/2020-12/schema"

_PLAIN: dict[str, dict[str, Any]] = {
    "text": {"type": "string"},
    "number": {"type": "number"},
    "whole": {"type": "integer"},
    "flag": {"type": "boolean"},
    "null": {"type": "null"},
    "any": {},
}


@cache
def _short() -> dict[str, Any]:
    short: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("outputs.yaml").read_text("utf-8"))
    parts = short["parts"]
    parts["recorded_method"] = {**parts["method"], "sha256": "text"}
    return short


def kinds() -> tuple[str, ...]:
    """The kinds of result that are described."""
    return tuple(_short()["kinds"])


def identified(kind: str, version: str, title: str) -> dict[str, Any]:
    """The head of a published schema: what names it, and its version."""
    return {"$schema": DRAFT, "$id": f"urn:sroi:schema:{kind}:{version}", "title": title, "version": version}


def result_schema() -> dict[str, Any]:
    """JSON Schema of every result: one document, whose ``schema`` says of which kind it is."""
    title = "What sroi prints as JSON and what results hold"
    return {**identified("result", VERSION, title), "$ref": "#/$defs/result", "$defs": _definitions()}


def record_schema() -> dict[str, Any]:
    """JSON Schema of a run record, with that of the result inside it."""
    said = _object({"schema": _said("record", RECORD_VERSION)} | _expanded_fields(_short()["record"]))
    title = "A run record"
    return {**identified("record", RECORD_VERSION, title), **said, "$defs": _definitions()}


def _definitions() -> dict[str, Any]:
    short = _short()
    of_kinds = {name: _kind(name, fields) for name, fields in short["kinds"].items()}
    result = {
        "type": "object",
        "required": ["schema"],
        "properties": {"schema": {"properties": {"name": {"enum": [f"sroi/{name}" for name in of_kinds]}}}},
        "allOf": [{"if": _is_of(name), "then": {"$ref": f"#/$defs/sroi-{name}"}} for name in of_kinds],
    }
    parts = {name: _expanded(part) for name, part in short["parts"].items()}
    return {"result": result, **{f"sroi-{name}": each for name, each in of_kinds.items()}, **parts}


def _kind(name: str, fields: dict[str, Any]) -> dict[str, Any]:
    said = _said(name, VERSION)
    if "*" in fields:
        others = _expanded(fields["*"])
        return {
            "type": "object",
            "required": ["schema"],
            "properties": {"schema": said},
            "additionalProperties": others,
        }
    return _object({"schema": said} | _expanded_fields(fields))


def _is_of(name: str) -> dict[str, Any]:
    said = {"properties": {"name": {"const": f"sroi/{name}"}}, "required": ["name"]}
    return {"properties": {"schema": said}, "required": ["schema"]}


def _said(name: str, version: str) -> dict[str, Any]:
    return _object({"name": {"const": f"sroi/{name}"}, "version": {"const": version}})


def _expanded_fields(fields: dict[str, Any]) -> dict[str, Any]:
    return {key: _expanded(each) for key, each in fields.items()}


def _object(fields: dict[str, Any]) -> dict[str, Any]:
    """A mapping of these keys and no other; one that ends in a question mark may be left out."""
    return {
        "type": "object",
        "properties": {key.rstrip("?"): each for key, each in fields.items()},
        "required": [key for key in fields if not key.endswith("?")],
        "additionalProperties": False,
    }


def _expanded(short: Any) -> dict[str, Any]:
    if isinstance(short, list):
        return {"type": "array", "items": _expanded(short[0])}
    if isinstance(short, dict):
        if set(short) == {"*"}:
            return {"type": "object", "additionalProperties": _expanded(short["*"])}
        return _object(_expanded_fields(short))
    choices = [_PLAIN[name] if name in _PLAIN else _reference(name) for name in short.split("|")]
    return choices[0] if len(choices) == 1 else {"anyOf": choices}


def _reference(name: str) -> dict[str, Any]:
    known = (*_short()["parts"], "result")
    if name not in known:
        raise KeyError(name)
    return {"$ref": f"#/$defs/{name}"}
