"""Starting files for those who write studies and packs, and the loader for a unit cost table of their own."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import yaml

from sroi.documents.names import slug, unlike
from sroi.errors import DocumentError
from sroi.value_map.workbook import texts_by_sheet

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

SCHEMA_LINE = "# yaml-language-server: $schema={schema}\n"

_STUDY = """{schema}# A study of social return on investment: `sroi evaluate {file}` says what is missing.
# null means not assessed.
sroi: 1
id: {name}
title: {title}
kind: forecast                        # forecast | evaluation
# place: derby                        # the place whose pack's names the numbers below may use
# intervention: local-area-coordination   # build on a shipped intervention
currency: GBP
price_year: {year}                      # every result is in prices of this year: 2024, or "2024-25"
first_year: {year}                      # calendar year of year 0, the first spending year
method: default

purpose: What the study is for, and for whom.

assumptions:                          # named once, used by name anywhere a number may stand
  participants: {{value: 100, low: 80, high: 120, rationale: "assumption: replace by a count"}}

stakeholders:
  participants: {{title: People who take part, party: participant}}
  council: {{title: The council, party: state, payer: council}}

inputs:                               # what is spent or given, by whom
  grant: {{stakeholder: council, kind: cash, value: null}}

outcomes:                             # what changes, for whom
  first_outcome:
    title: What changes, in words of those whom it happens to
    stakeholder: participants
    activity: What was done
    output: What that produced
    indicator: How the change is known
    quantity: participants * 50%      # how many change
    value: null                       # financial proxy: money per unit and benefit year
    starts: during                    # during | after | {{years_later: 2}}
    duration: 1                       # benefit years; 2.5 counts half of the third
    deadweight: null                  # share that would have happened anyway
    displacement: null                # share that was only moved from elsewhere; 0% wants a rationale
    attribution: null                 # share due to others
    drop_off: null                    # share lost from one benefit year to the next
    kind: wellbeing                   # wellbeing | resource | transfer | tax

sources:
  example-source: {{title: Title of a document, publisher: Who published it, year: {year}}}
"""

_PACK = """{schema}# What is assumed of a place. Give each number a source, or a rationale with low and high.
sroi: 1
pack: {name}                          # the name of this file without its ending
title: {title}
extends: england                      # the pack that this one builds on
# gss: E00000000                      # the place's GSS code

assumptions:
  population: {{value: null, unit: residents, source: example-source}}

interventions:                        # what this place assumes of an intervention
  local-area-coordination:
    assumptions:
      coordinators: {{value: 10, low: 5, high: 15, borrowed_from: derby, rationale: no local figure}}

sources:
  example-source: {{title: Title of a document, publisher: Who published it, year: {year}}}
"""


def starting_file(kind: Literal["study", "pack"], name: str, *, year: int) -> str:
    """A commented study or pack to begin from, which loads as it stands.

    Parameters
    ----------
    kind : {"study", "pack"}
        Which of the two.
    name : str
        Its name; made an identifier.
    year : int
        Year that stands in it as price year and first year.

    Notes
    -----
    Its first line tells editors to check it against the schema beside it, which ``sroi schema`` writes.
    """
    line = SCHEMA_LINE.format(schema=f"{kind}.schema.json")
    identifier = slug(name)
    if not identifier:
        hint = "write letters and digits, such as lunch-club"
        raise DocumentError(f"{name!r} makes no name for a file", hint, file="name")
    title = name.replace("-", " ").replace("_", " ").strip().capitalize()
    pattern = _STUDY if kind == "study" else _PACK
    return pattern.format(schema=line, name=identifier, title=title, year=year, file=f"{identifier}.yaml")


@dataclass(frozen=True, slots=True)
class UnitCosts:
    """A pack made from a table of unit costs, and the rows that could not be read."""

    text: str
    costs: int
    skipped: tuple[str, ...]


_COLUMNS = {
    "description": "cost/saving detail|cost / saving detail|description|outcome/cost/saving detail|detail"
    "|unit cost|name|item",
    "value": "cost_gbp_original|original cost|cost|value|unit cost value|updated cost from latest available"
    "|estimate",
    "unit": "unit|units|per",
    "price_year": "price_year|price year|year|cost year|original year",
    "code": "code|ref|reference|id",
    "agency": "agency_level1|agency bearing the cost/making the fiscal saving (level 1)|agency"
    "|who bears the cost|payer",
    "source": "original_source|source|original source",
}
"""Titles that a column may have, most telling first."""

_TOLD = {"agency": "borne by", "source": "from"}


def unit_costs(
    file: Path, *, pack: str, extends: str = "england", source: Mapping[str, Any] | None = None
) -> UnitCosts:
    """A pack from the user's own copy of a unit cost table: the GMCA workbook, or any CSV with such columns.

    Columns are found by their titles, whatever their order: a description, a cost, a unit and a price year,
    and, where they stand, a code, the agency that bears the cost and the source. Each row becomes one
    assumption, named by its code and description.

    Raises
    ------
    DocumentError
        If the file cannot be read, or has no columns for description, cost and price year.
    """
    rows = list(_rows(file))
    where = next(((position, found) for position, row in enumerate(rows) if (found := _columns(row))), None)
    if where is None:
        hint = "give a table with columns such as Description, Cost, Unit and Price year"
        raise DocumentError("no row holds the titles of a unit cost table", hint, file=str(file))
    start, columns = where
    source_name = f"{slug(pack)}-table"
    assumptions: dict[str, Any] = {}
    skipped = []
    for number, row in enumerate(rows[start + 1 :], start + 2):
        cells = {key: row[at].strip() if at < len(row) else "" for key, at in columns.items()}
        if not cells["description"]:
            continue
        value, year = _money(cells["value"]), _year(cells["price_year"])
        if value is None or year is None:
            lacking = "no cost" if value is None else "no price year"
            skipped.append(f"row {number}: {cells['description'][:60]} ({lacking})")
            continue
        unit = cells.get("unit") or "per unit"
        origin = [f"{words} {cells[key]}" for key, words in _TOLD.items() if cells.get(key)]
        assumptions[_named(cells, assumptions)] = {
            "value": value,
            "unit": f"GBP {unit[0].lower()}{unit[1:]}",
            "price_year": year,
            "source": source_name,
            "rationale": "; ".join([cells["description"], *origin]),
        }
    own = {"title": file.name, "licence": "see the file itself; kept for own use"}
    document = {
        "sroi": 1,
        "pack": slug(pack),
        "title": f"Unit costs from {file.name}",
        "extends": extends,
        "assumptions": assumptions,
        "sources": {source_name: own if source is None else dict(source)},
    }
    text = yaml.safe_dump(document, sort_keys=False, allow_unicode=True, width=140)
    return UnitCosts(text, len(assumptions), tuple(skipped))


def _rows(file: Path) -> Iterable[list[str]]:
    ending = file.suffix.casefold()
    if not file.is_file() or ending not in (".csv", ".xlsx"):
        what = (
            f"{ending or 'a file without ending'} is not read" if file.is_file() else "there is no such file"
        )
        raise DocumentError(what, "give the path of a .xlsx or .csv file", file=str(file))
    if ending == ".xlsx":
        yield from _sheet_rows(file)
        return
    with file.open(encoding="utf-8-sig", newline="") as lines:
        try:
            yield from csv.reader(lines)
        except (UnicodeDecodeError, csv.Error) as error:
            message = f"this is not CSV text in UTF-8 ({error})"
            raise DocumentError(message, "save the table as CSV in UTF-8", file=str(file)) from None


def _sheet_rows(file: Path) -> Iterable[list[str]]:
    sheets = (rows for rows in texts_by_sheet(file) if any(_columns(row) for row in rows))
    yield from next(sheets, ())


def _columns(row: list[str]) -> dict[str, int] | None:
    """Positions of the columns that a row of titles names; None where it is not such a row."""
    titles = [" ".join(cell.casefold().split()) for cell in row]
    found: dict[str, int] = {}
    for key, names in _COLUMNS.items():
        position = next((titles.index(name) for name in names.split("|") if name in titles), None)
        if position is not None and position not in found.values():
            found[key] = position
    return found if {"description", "value", "price_year"} <= found.keys() else None


def _money(text: str) -> float | None:
    found = re.fullmatch(r"[£\s]*(-?[\d,]+(?:\.\d+)?)\s*", text)
    return float(found[1].replace(",", "")) if found and re.search(r"\d", found[1]) else None


def _year(text: str) -> int | str | None:
    found = re.fullmatch(r"\s*(\d{4})(?:\.0)?(?:\s*[-/]\s*(\d{2}|\d{4}))?\s*", text)
    if found is None:
        return None
    return int(found[1]) if found[2] is None else f"{found[1]}-{(int(found[1]) + 1) % 100:02d}"


def _named(cells: Mapping[str, str], taken: Mapping[str, Any]) -> str:
    words = slug(f"{cells.get('code', '')} {cells['description']}").replace("-", "_")
    words = words.strip("_")[:60].rstrip("_")
    return unlike(words if re.match(r"[a-z]", words) else f"cost_{words}", taken)
