"""JSON Schema of the file format, made from the models."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel

from sroi.arguments import checked_arguments
from sroi.model import AssumptionPack, Study

_MODELS: dict[str, type[BaseModel]] = {"study": Study, "pack": AssumptionPack}

_PARTS = ("Outcome", "Input", "Stakeholder", "Source", "Claim")
"""Entries of which a study may write a part, where it builds on an intervention."""


@checked_arguments
def json_schema(document: Literal["study", "pack"] = "study") -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of a study or a pack, with the description and unit of each field.

    Parameters
    ----------
    document : {"study", "pack"}
        Which of the two kinds of file.
    """
    schema = _MODELS[document].model_json_schema(by_alias=True, mode="validation")
    definitions = schema["$defs"]
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
        schema |= {"if": {"required": ["intervention"]}, "else": {"required": sections}}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
