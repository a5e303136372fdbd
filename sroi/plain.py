"""What a scalar without quotes is: nothing is silently converted."""

from __future__ import annotations

import math
import re
from typing import Any

from sroi.scalars import Plain, misplaced_underscore, pointed, vanishes

_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9_]*)")
_DECIMAL = re.compile(r"[-+]?(?:[0-9][0-9_]*\.?[0-9_]*|\.[0-9][0-9_]*)(?:[eE][-+]?[0-9]+)?")
_STARTS_LIKE_A_VALUE = re.compile(r"[-+.0-9~yYnNtTfFoO]")

_NOT_NUMBERS = (
    (re.compile(r"(?i:yes|no|on|off)"), "YAML 1.1 reads it as true or false"),
    (re.compile(r"[-+]?0[0-9_]+"), "YAML 1.1 reads a number that begins with 0 as octal"),
    (re.compile(r"[-+]?0[box][0-9a-fA-F_]+"), "it is written in another base than ten"),
    (
        re.compile(r"[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?"),
        "YAML 1.1 reads it as a number to the base 60",
    ),
    (re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt ].*)?"), "YAML 1.1 reads it as a date"),
)


def scalar(text: str) -> Any:
    """What an unquoted scalar is: a number, true, false, nothing, :class:`~sroi.quantities.Plain` or text."""
    if not text or text == "~" or text in ("null", "Null", "NULL"):
        return None
    if not _STARTS_LIKE_A_VALUE.match(text):
        return text
    if _INTEGER.fullmatch(text) and not misplaced_underscore(text):
        return int(text.replace("_", "")) if len(text) < 400 else Plain(text, "it has too many digits")
    for pattern, reading in _NOT_NUMBERS:
        if pattern.fullmatch(text):
            return Plain(text, reading)
    if _DECIMAL.fullmatch(text):
        if wrong := misplaced_underscore(text):
            return Plain(text, wrong[0])
        number = pointed(text)
        if vanishes(text, number):
            return Plain(text, "it is too small to be told from 0")
        return number if math.isfinite(number) else Plain(text, "it is not finite")
    if text in ("true", "True", "TRUE"):
        return True
    if text in ("false", "False", "FALSE"):
        return False
    if text.lower() in (".nan", ".inf", "+.inf", "-.inf"):
        return float(text.lower().replace(".", ""))
    return text
