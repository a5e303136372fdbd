"""What stands in a cell of a frame, whatever library made it: plain values, and None for nothing."""

from __future__ import annotations

import datetime as dt
import json
import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sroi.errors import DocumentError
from sroi.model.starts import starting
from sroi.quantities import shown

if TYPE_CHECKING:
    from sroi.model.frames.columns import Kind

_TRUTH = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
_NOTHING = ("NAType", "NaTType")
_SPACES = " \t\r\n\u00a0"
_IN_DOUBT = re.compile(r"\d,\d")


def plain_cell(value: Any) -> Any:
    """A cell's value without the types of its library; None where the cell is empty.

    Examples
    --------
    >>> plain_cell(float("nan")), plain_cell("  "), plain_cell(Decimal("0.5")), plain_cell((1, None))
    (None, None, 0.5, [1, None])
    """
    if value is None or type(value).__name__ in _NOTHING:
        return None
    if isinstance(value, str):
        return value.strip(_SPACES) or None
    if isinstance(value, float):
        return value if value == value else None  # noqa: PLR0124 - not a number
    if isinstance(value, Decimal):
        return None if value.is_nan() else int(value) if value == int(value) else float(value)
    if isinstance(value, (dt.date, dt.datetime)):
        return value.isoformat().removesuffix("T00:00:00")
    if isinstance(value, (list, tuple)):
        return [plain_cell(each) for each in value]
    for method in ("tolist", "to_list"):
        if hasattr(value, method):
            return plain_cell(getattr(value, method)())
    return value


def read_as(kind: Kind, value: Any) -> Any:
    """A plain cell as its column wants it.

    Raises
    ------
    DocumentError
        If it is a list whose commas are in doubt.
    """
    if isinstance(value, float) and kind != "number" and value.is_integer():
        value = int(value)
    if kind == "number" and isinstance(value, str) and value.startswith("[") and value.endswith("]"):
        return _listed(value)
    if kind == "yes_no" and not isinstance(value, bool):
        return _TRUTH.get(str(value).casefold(), value)
    if kind == "starts" and re.fullmatch(r"\d{1,3}", str(value)):
        return starting(int(value))
    if kind in ("words", "starts") and isinstance(value, str) and value.startswith(("{", "[")):
        return _json(value, (dict, list))
    return value


def listed_like(value: Any) -> Any:
    """The list that a cell beside a list of numbers holds, or what is said of each of them."""
    return _json(value, list) if isinstance(value, str) and value.startswith("[") else value


def _json(text: str, wanted: type | tuple[type, ...]) -> Any:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return text
    return found if isinstance(found, wanted) else text


def _listed(text: str) -> Any:
    if _IN_DOUBT.search(text):
        hint = "write a space after each comma that parts two entries, and none within a number"
        raise DocumentError(f"a comma in {shown(text)} can part entries or group digits", hint)
    found = _json(text, list)
    if isinstance(found, list):
        return [plain_cell(each) for each in found]
    entries, depth = [""], 0
    for sign in text[1:-1]:
        depth += (sign == "(") - (sign == ")")
        if sign in ",;" and depth == 0:
            entries.append("")
        else:
            entries[-1] += sign
    return [plain_cell(each) for each in entries]
