"""JSON Schema of the file format, made from the models."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel

from sroi.model import AssumptionPack, Study

_MODELS: dict[str, type[BaseModel]] = {"study": Study, "pack": AssumptionPack}


def json_schema(document: Literal["study", "pack"] = "study") -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of a study or a pack, with the description and unit of each field.

    Parameters
    ----------
    document : {"study", "pack"}
        Which of the two kinds of file.
    """
    schema = _MODELS[document].model_json_schema(by_alias=True, mode="validation")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
