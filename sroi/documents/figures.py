"""The figures that the reference tables hold of an authority, under the names that they have in a study."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from sroi.documents.reader import read_file
from sroi.reference import assumptions_folder, read_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sroi.documents.tree import Text

_OF_THE_FILE = {"table", "column", "at_least", "at_most", "range", "missing", "rationale", "unit"}
"""What an entry says of its column; the rest are fields of the number."""


def figure(name: str, gss: str, row: Mapping[str, str]) -> dict[str, Any] | None:
    """One figure of an authority as a number is written; None where no table has it.

    Parameters
    ----------
    name : str
        Its name in a study.
    gss : str
        Code of the authority.
    row : mapping of str to str
        The authority's row of the table that lists it.
    """
    for entry in described().root["figures"][name]:
        cells = _rows(entry["table"]).get(gss, {}) if "table" in entry else row
        if cells.get(entry["column"]) and _is_enough(entry, cells):
            return _number(entry, cells)
    return None


def names() -> Iterator[str]:
    """The names of all figures."""
    yield from described().root["figures"]


def source(name: str) -> Any:
    """One of the sources that the figures name."""
    return described().root["sources"][name]


def _is_enough(entry: Mapping[str, Any], cells: Mapping[str, str]) -> bool:
    """Whether a rate rests on as many cases as it must."""
    return all(float(cells[column] or 0) >= least for column, least in entry.get("at_least", {}).items())


def _number(entry: Mapping[str, Any], cells: Mapping[str, str]) -> dict[str, Any]:
    most = float(entry.get("at_most", "inf"))
    value = min(float(cells[entry["column"]]), most)
    number: dict[str, Any] = {"value": int(value) if value.is_integer() else value}
    if "range" in entry:
        low, high = (min(float(f"{value * times:.4g}"), most) for times in entry["range"])
        number |= {"low": min(low, value), "high": max(high, value)}
    number |= {key: each for key, each in entry.items() if key not in _OF_THE_FILE}
    number["unit"] = entry["unit"].format_map(cells)
    left_out = cells.get(entry.get("missing", ""), "")
    if "rationale" in entry:
        without = f"; not reported: {left_out}" if left_out else ""
        number["rationale"] = entry["rationale"].format_map(cells) + without
    return number


@cache
def described() -> Text:
    """What each column is called in a study, its unit and its source."""
    name = "reference/local_authorities.yaml"
    return read_file(assumptions_folder() / name, "reference", f"assumptions/{name}")


@cache
def _rows(table: str) -> dict[str, dict[str, str]]:
    return {row["gss_code"]: row for row in read_table(table)}
