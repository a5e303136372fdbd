"""JSON Schema of the file format, made from the models, and of what comes out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from pydantic import BaseModel

from sroi.arguments import checked_arguments
from sroi.documents.outputs import identified, record_schema, result_schema
from sroi.model import AssumptionPack, Study

if TYPE_CHECKING:
    from collections.abc import Iterator

_MODELS: dict[str, type[BaseModel]] = {"study": Study, "pack": AssumptionPack}

FORMAT_VERSION = "1"
"""Of the file format, which a file names as ``sroi``."""

_PARTS = ("Outcome", "Input", "Stakeholder", "Source", "Claim")
"""Entries of which a study may write a part, where it builds on an intervention."""

_SECTIONS = {
    "stakeholders": "Stakeholder",
    "inputs": "Input",
    "outcomes": "Outcome",
    "sources": "Source",
    "claims": "Claim",
}


Document = Literal["study", "pack", "result", "record"]


@checked_arguments
def json_schema(document: Document = "study") -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of a file, of a result or of a run record, with its ``$id`` and version.

    Of a study and a pack it has the description and unit of each field; of results, one definition a kind.

    Parameters
    ----------
    document : {"study", "pack", "result", "record"}
        Which of them: a file to be read, what commands print as JSON, or what ``--record`` keeps.
    """
    if document in ("result", "record"):
        return result_schema() if document == "result" else record_schema()
    schema = _MODELS[document].model_json_schema(by_alias=True, mode="validation")
    definitions = schema["$defs"]
    whole = {name: definitions[name].get("required", []) for name in _PARTS if name in definitions}
    for name in _PARTS:
        if name in definitions:
            definitions[name].pop("required", None)
    for name in ("Outcome", "Input"):
        if name in definitions:
            definitions[name]["properties"]["omit"] = {
                "type": "boolean",
                "description": "Removes an inherited entry of this name.",
            }
    if document == "study":
        schema["properties"]["complete"] = {
            "type": "boolean",
            "description": "Whether every layer is in this file, so that none is laid under it.",
        }
        schema["properties"]["borough"] = {
            **schema["properties"]["place"],
            "title": "Borough",
            "description": "The same as place.",
        }
        schema["not"] = {"required": ["place", "borough"]}
        sections = [name for name in ("stakeholders", "inputs", "outcomes") if name in schema["required"]]
        schema["required"] = [name for name in schema["required"] if name not in sections]
        entries = {
            section: {"additionalProperties": {"required": whole[name]}}
            for section, name in _SECTIONS.items()
            if whole[name]
        }
        beneath = {"anyOf": [{"required": [key]} for key in ("intervention", "place", "borough")]}
        schema |= {
            "if": {"required": ["intervention"]},
            "else": {"required": sections, "properties": {name: entries[name] for name in sections}},
            "anyOf": [beneath, {"properties": entries}],
        }
    for entry in _named(schema):
        entry["additionalProperties"] = False
    return {**identified(document, FORMAT_VERSION, str(schema.pop("title"))), **schema}


def _named(schema: Any) -> Iterator[dict[str, Any]]:
    """Every mapping whose keys are names of a shape, which other keys do not have."""
    if isinstance(schema, dict):
        if "patternProperties" in schema:
            yield schema
        for each in schema.values():
            yield from _named(each)
    elif isinstance(schema, list):
        for each in schema:
            yield from _named(each)
