"""From a Value Map to a study, and every figure of the map calculated again."""

from __future__ import annotations

import hashlib
import json
import math
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from sroi.documents import loads
from sroi.documents.names import slug
from sroi.errors import DocumentError
from sroi.method import MethodProfile
from sroi.value_map import cells
from sroi.value_map.cellmarks import CellMarks
from sroi.value_map.headings import Headings, find
from sroi.value_map.imported import ImportedMap
from sroi.value_map.layout import as_text, facts
from sroi.value_map.mapping import applied, read_mapping
from sroi.value_map.reading import Rows, read_rows
from sroi.value_map.recount import recount
from sroi.value_map.workbook import open_sheet

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping

    from sroi.value_map.workbook import Cell, Sheet

Counting = Literal["auto", "total", "after"]
_TEXTS = ("purpose", "audience", "scope", "status", "author", "date")
_METHOD = tuple(
    name
    for name in MethodProfile.model_fields
    if name not in ("profile", "discount_rate", "discount_schedule", "discount_inputs")
)
_SIGNS = {"£": "GBP", "€": "EUR", "₹": "INR"}
_AFTER_THE_END = re.compile(r"after (?:the )?(?:end of )?(?:the )?activity", re.IGNORECASE)


def import_value_map(
    file: str | os.PathLike[str],
    *,
    sheet: str | None = None,
    mapping: str | os.PathLike[str] | None = None,
    currency: str | None = None,
    price_year: int | str | None = None,
    first_year: int | None = None,
    kind: str | None = None,
    title: str | None = None,
    discount_rate: float | str | None = None,
    duration: Counting = "auto",
    activity_years: float = 1,
    values: Mapping[str, Any] | None = None,
    method: str | None = None,
) -> ImportedMap:
    """Read a Value Map as a study, and calculate every figure in it again.

    Parameters
    ----------
    file : str or path
        The workbook, .xlsx.
    sheet : str, optional
        Name of the sheet; the one that looks most like a Value Map where it is left out.
    mapping : str or path, optional
        A mapping file: what odd headings mean, and what the sheet does not say of the study.
    currency, price_year, first_year, kind, title : optional
        What the sheet does not say; these come before the mapping's and the sheet's own.
    discount_rate : float or str, optional
        Share a year, in place of the rate in the sheet.
    duration : {"auto", "total", "after"}
        Whether the map's duration counts every benefit year, or those after the end of the activity, to which
        ``activity_years`` are added for outcomes that start during it. ``auto`` goes by the heading, and by
        the map's own yearly columns where they say otherwise.
    activity_years : float
        Length of the activity, in years.
    values : mapping of str to value, optional
        Values to set by path, as ``--set path=value`` does.
    method : str, optional
        Name of a method profile, in place of svi-guide at the map's discount rate.

    Returns
    -------
    ImportedMap

    Raises
    ------
    DocumentError
        If the file is no workbook that can be read, has no Value Map in it, or says something that no study
        can say.
    """
    told = read_mapping(mapping)
    found = open_sheet(file, sheet or told.sheet, _likeness)
    headings = find(found, told.header_row)
    if headings is None:
        hint = "give --sheet, or a mapping file with header_row and columns"
        found.refuse(
            "no row holds the headings of a Value Map, such as Stakeholders, Outcomes, Quantity, Deadweight",
            hint,
        )
    headings = applied(told, headings, found)
    _refuse_without(found, headings)
    rows = read_rows(found, headings)
    if not rows.outcomes:
        found.refuse(
            "the map has no outcomes below its headings",
            "write what changes under Outcomes, an outcome a row",
            f"A{headings.last + 1}",
        )
    known = facts(found, headings)
    _count_durations(rows, headings, duration, activity_years)
    given = {
        "currency": currency,
        "price_year": price_year,
        "first_year": first_year,
        "kind": kind,
        "title": title,
    }
    head = _head(found, headings, rows, known, told.study, given)
    head["method"] = told.study.get("method") or _method(
        {key: _fact(key, cell) for key, cell in known.items()}, discount_rate
    )
    if (
        method is None
        and set(head["method"]) == {"profile"}
        and "profile" not in known
        and "method" not in told.study
    ):
        rows.notes.append("the sheet names no discount rate; the SVI guide's 3.5% is taken")
    document = {
        **head,
        "stakeholders": rows.stakeholders,
        "inputs": rows.inputs,
        "outcomes": rows.outcomes,
        "sources": rows.sources,
    }
    marks = CellMarks(str(file), found.name, rows.places, hashlib.sha256(Path(file).read_bytes()).hexdigest())
    try:
        study = loads(json.dumps(document), values=values, method=method).remembering(marks)
    except DocumentError as error:
        raise DocumentError(marks.located(error.problems)) from None
    return recount(study, found, headings, rows)


def _likeness(sheet: Sheet) -> int:
    headings = find(sheet)
    return 0 if headings is None else len(headings.columns)


def _refuse_without(sheet: Sheet, headings: Headings) -> None:
    for key, words in (
        ("stakeholder", "Stakeholders"),
        ("outcome", "Outcomes"),
        ("quantity", "Quantity"),
        ("value", "Value of proxy"),
    ):
        if key not in headings.columns:
            unread = (
                ", ".join(f"{each.letter} “{each.text}”" for each in headings.unread) or "none is left over"
            )
            hint = (
                f"name it in a mapping file: columns: {{{key}: its heading or letter}} (not read: {unread})"
            )
            sheet.refuse(f"no column is headed {words}, or in words like it", hint, f"A{headings.last}")


# ── Durations
# ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _count_durations(rows: Rows, headings: Headings, duration: Counting, activity_years: float) -> None:
    """Durations as the number of benefit years: a map may ask how long an outcome lasts after the end of the activity."""
    heading = headings.columns.get("duration")
    counting = duration
    if duration == "auto":
        counting = "after" if heading is not None and _AFTER_THE_END.search(heading.text) else "total"
        if counting == "after" and _years_show_no_more_than_the_duration(rows):
            counting = "total"
            rows.notes.append(
                "the heading asks for a duration after the end of the activity; the yearly columns count it as every benefit year, and so it is read"
            )
    if counting != "after":
        return
    for name, outcome in rows.outcomes.items():
        written = outcome["duration"]
        years = written["value"] if isinstance(written, dict) else written
        if years is not None and outcome["starts"] == "during":
            longer = years + activity_years
            outcome["duration"] = {
                **(written if isinstance(written, dict) else {}),
                "value": longer,
                "rationale": f"{years:g} after the end of the activity, and {activity_years:g} of the activity itself",
            }
            ref = rows.places.get(f"outcomes.{name}.duration", "")
            rows.notes.append(
                f"{ref}: {years:g} years after the end of the activity are {longer:g} benefit years, those of the activity included"
            )


def _years_show_no_more_than_the_duration(rows: Rows) -> bool:
    shown: dict[str, int] = {}
    for figure in rows.figures:
        if figure.of == "by_year":
            shown[figure.outcome] = shown.get(figure.outcome, 0) + (figure.reading.value != 0)
    same = longer = 0
    for name, years in shown.items():
        written = rows.outcomes[name]["duration"]
        value = written["value"] if isinstance(written, dict) else written
        if value is not None and rows.outcomes[name]["starts"] == "during" and years:
            same += years == math.ceil(value)
            longer += years > math.ceil(value)
    return same > longer


# ── About the study
# ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _head(
    sheet: Sheet,
    headings: Headings,
    rows: Rows,
    known: dict[str, Cell],
    mapped: dict[str, Any],
    given: dict[str, Any],
) -> dict[str, Any]:
    said: dict[str, Any] = {key: _fact(key, cell) for key, cell in known.items()}
    for key, cell in known.items():
        rows.places.setdefault(key, cell.ref)
    chosen = {**said, **mapped, **{key: value for key, value in given.items() if value is not None}}
    calendar = [year for year in headings.years if year > 999]
    if "first_year" not in chosen and calendar:
        chosen["first_year"] = min(calendar)
    if "currency" not in chosen:
        sign = next(
            (
                _SIGNS[sign]
                for cell in sheet.cells.values()
                for sign in _SIGNS
                if sign in cell.shown_as or sign in str(cell.value)
            ),
            None,
        )
        if sign is not None:
            chosen["currency"] = sign
            rows.notes.append(f"the currency is taken from the signs in the sheet: {sign}")
    options = {
        "currency": "--currency GBP",
        "price_year": "--price-year 2024",
        "first_year": "--first-year 2024",
        "kind": "--kind forecast",
    }
    missing = [key for key in options if chosen.get(key) in (None, "")]
    if missing:
        hint = (
            "give "
            + " ".join(options[key] for key in missing)
            + ", or write them under study: in a mapping file"
        )
        sheet.refuse(
            f"the sheet does not say the {', '.join(key.replace('_', ' ') for key in missing)} of the study",
            hint,
        )
    title = str(chosen.get("title") or Path(sheet.file).stem)
    head: dict[str, Any] = {
        "sroi": 1,
        "id": str(chosen.get("id") or slug(title) or "value-map"),
        "title": title,
    }
    head |= {key: chosen[key] for key in ("kind", "currency", "price_year", "first_year")}
    head["currency"] = str(head["currency"]).upper()
    head |= {key: chosen[key] for key in _TEXTS if chosen.get(key)}
    return head


def _method(said: dict[str, Any], discount_rate: float | str | None) -> dict[str, Any]:
    """The method that the sheet names, or the SVI guide's at the sheet's discount rate."""
    method: dict[str, Any] = {"profile": said.get("profile", "svi-guide")}
    method |= {key: said[key] for key in _METHOD if key in said}
    if "discount_inputs" in said:
        method["discount_inputs"] = str(said["discount_inputs"]).casefold() in ("yes", "true")
    rate = said.get("discount_rate") if discount_rate is None else discount_rate
    if rate is not None:
        method["discount_rate"] = rate
    elif "discount_schedule" in said:
        method["discount_schedule"] = said["discount_schedule"]
    return method


def _fact(key: str, cell: Cell) -> Any:
    words = as_text(cell.value)
    if key == "discount_rate":
        reading = cells.read(cell.value, cell.shown_as)
        if reading is None:
            return words
        return reading.value if reading.percent or reading.value < 1 else reading.value / 100
    if key == "kind":
        return (
            "forecast"
            if "forecast" in words.casefold()
            else "evaluation"
            if "evaluat" in words.casefold()
            else words
        )
    if key in ("first_year", "discount_from", "horizon", "price_year"):
        financial = re.fullmatch(r"(\d{4})\s*[-/–]\s*(?:\d\d)?(\d\d)", words)
        if financial is not None:
            return int(financial[1]) if key == "first_year" else f"{financial[1]}-{financial[2]}"
        return int(words) if words.isdigit() else words
    return words
