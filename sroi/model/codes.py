"""Codes of an outcome in the lists that others keep: the crosswalk to SDG, IRIS+ and TOMs."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Annotated, Any

from pydantic import BeforeValidator, PlainValidator, WithJsonSchema

from sroi.base import Model, Reads, described
from sroi.quantities import refusal, shown

_SDG = r"(?:1[0-7]|[1-9])(?:\.(?:1[0-9]|[1-9]|[a-d]))?"
_IRIS = r"[A-Z]{2}[0-9]{4}"
_TOMS = r"NT[0-9]{1,3}[a-z]?"


def _code(pattern: str, what: str, hint: str) -> Callable[[Any], str]:
    def check(value: Any) -> str:
        if isinstance(value, str) and re.fullmatch(pattern, value.strip()):
            return value.strip()
        said = f"{shown(value)} is no {what}"
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            said = f"{shown(value)} is a number, and a code is text: 3.1 and 3.10 are two codes"
        raise refusal(said, hint)

    return check


def _text(pattern: str) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "pattern": f"^(?:{pattern})$"})


def _listed(example: str) -> Callable[[Any], Any]:
    def check(value: Any) -> Any:
        if isinstance(value, (list, tuple)):
            return tuple(value)
        raise refusal(f"{shown(value)} is no list of codes", f'write a list, such as ["{example}"]')

    return check


_SDG_HINT = 'write a goal from "1" to "17", or a target such as "3.4"'
_IRIS_HINT = 'write its two capital letters and four digits, such as "OI1234"'
_TOMS_HINT = 'write it as the TOMs do, such as "NT1" or "NT4a"'
_SdgCode = Annotated[str, PlainValidator(_code(_SDG, "goal or target of the SDGs", _SDG_HINT)), _text(_SDG)]
_IrisCode = Annotated[str, PlainValidator(_code(_IRIS, "code of IRIS+", _IRIS_HINT)), _text(_IRIS)]
_TomsCode = Annotated[str, PlainValidator(_code(_TOMS, "code of the TOMs", _TOMS_HINT)), _text(_TOMS)]

_SdgCodes = Annotated[tuple[_SdgCode, ...], BeforeValidator(_listed("3.4"))]
_IrisCodes = Annotated[tuple[_IrisCode, ...], BeforeValidator(_listed("OI1234"))]
_TomsCodes = Annotated[tuple[_TomsCode, ...], BeforeValidator(_listed("NT1"))]


class Codes(Model):
    """Where an outcome stands in lists that others keep; no figure depends on it."""

    sdg: Reads[_SdgCodes, Sequence[str]] = described(
        'Goals or targets of the Sustainable Development Goals, in quotes: "3", "3.4".', "codes", default=()
    )
    iris: Reads[_IrisCodes, Sequence[str]] = described(
        "Metrics of IRIS+, two letters and four digits.", "codes", default=()
    )
    toms: Reads[_TomsCodes, Sequence[str]] = described(
        "Measures of the National TOMs, such as NT1.", "codes", default=()
    )

    @property
    def by_list(self) -> dict[str, tuple[str, ...]]:
        """The codes of each list, by its name in a file."""
        return {name: tuple(getattr(self, name)) for name in CODED}

    @property
    def in_words(self) -> str:
        """The codes as a reader sees them, each list by its name."""
        named = ((CODED[name], codes) for name, codes in self.by_list.items() if codes)
        return "; ".join(f"{name} {', '.join(codes)}" for name, codes in named)


CODED = {"sdg": "SDG", "iris": "IRIS+", "toms": "TOMs"}
"""The lists, each by its name in a file, with the name that readers know."""
