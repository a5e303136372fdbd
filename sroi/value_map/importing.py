"""From a Value Map to a study, and every figure of the map calculated again."""

from __future__ import annotations

import hashlib
import json
import math
import re
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from sroi.arguments import checked_arguments
from sroi.documents import loads
from sroi.errors import DocumentError
from sroi.value_map.about import check_price_year, check_rate, fact, head, method_of, overridden
from sroi.value_map.cellmarks import CellMarks
from sroi.value_map.columns import BY_KEY
from sroi.value_map.headings import Headings, find
from sroi.value_map.imported import ImportedMap
from sroi.value_map.layout import facts, of_the_workbook, sign_in
from sroi.value_map.mapping import applied, read_mapping
from sroi.value_map.reading import read_rows
from sroi.value_map.recount import recount
from sroi.value_map.texts import TEXTS, open_text, refuse_parted
from sroi.value_map.workbook import open_sheet

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping

    from sroi.value_map.rows import Rows
    from sroi.value_map.sheet import Sheet

Counting = Literal["auto", "total", "after"]
_AFTER_THE_END = re.compile(r"after (?:the )?(?:end of )?(?:the )?activity", re.IGNORECASE)


@checked_arguments
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
        The workbook, .xlsx, or its one sheet saved as text: .csv, .tsv or .txt.
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
    mapped = read_mapping(mapping)
    opened = open_text if Path(file).suffix.casefold() in TEXTS else open_sheet
    found, data = opened(Path(file), sheet or mapped.sheet, _likeness)
    headings = find(found, mapped.header_row)
    if headings is None:
        found.refuse(
            "no row holds the headings of a Value Map, such as Stakeholders, Outcomes, Quantity, Deadweight",
            "give --sheet, or a mapping file with header_row and columns",
        )
    headings = applied(mapped, headings)
    _refuse_missing_columns(headings)
    refuse_parted(headings)
    known = facts(headings)
    of_sheet = {key: fact(key, cell) for key, cell in known.items()}
    money = currency or mapped.study.get("currency") or of_sheet.get("currency") or sign_in(found)
    headings = replace(headings, currency=str(money or "").upper())
    rows = read_rows(headings, mapped.shares)
    rows.notes[:0] = of_the_workbook(found, headings.first)
    if discount_rate is None and "discount_rate" in known:
        check_rate(known["discount_rate"], found, rows)
    if price_year is None and "price_year" not in mapped.study and "price_year" in known:
        check_price_year(known["price_year"], found)
    if not rows.outcomes:
        hint = "write what changes under Outcomes, one outcome in each row"
        found.refuse("the map has no outcomes below its headings", hint, f"A{headings.last + 1}")
    _count_durations(rows, headings, duration, activity_years)
    rows.places = {key: cell.ref for key, cell in known.items()} | rows.places
    of_method = mapped.study.get("method") or method_of(of_sheet, discount_rate)
    given = {
        "currency": currency,
        "price_year": price_year,
        "first_year": first_year,
        "kind": kind,
        "title": title,
    }
    given = {key: value for key, value in given.items() if value is not None}
    rate = {"discount_rate": discount_rate} if discount_rate is not None else {}
    rows.notes += overridden(headings, known, mapped.study, given | rate, method)
    document = {
        **head(headings, rows, {**of_sheet, **mapped.study, **given}),
        "method": of_method,
        "stakeholders": rows.stakeholders,
        "inputs": rows.inputs,
        "outcomes": rows.outcomes,
        "sources": rows.sources,
    }
    if method is None and "method" not in mapped.study and "profile" not in of_sheet and len(of_method) == 1:
        rows.notes.append("the sheet names no discount rate; the SVI guide's 3.5% is taken")
    marks = CellMarks(str(file), found.name, rows.places, hashlib.sha256(data).hexdigest())
    try:
        study = loads(json.dumps(document), values=values, method=method).remembering(marks)
    except DocumentError as error:
        raise DocumentError(marks.located(error.problems)) from None
    return recount(study, headings, rows)


def _likeness(sheet: Sheet) -> int:
    headings = find(sheet)
    return 0 if headings is None else len(headings.columns)


def _refuse_missing_columns(headings: Headings) -> None:
    for key in ("stakeholder", "outcome", "quantity", "value"):
        if key not in headings.columns:
            unread = ", ".join(f"{each.letter} “{each.text}”" for each in headings.unread)
            where = f"columns: {{{key}: its heading or letter}} (not read: {unread or 'none is left over'})"
            message = f"no column is headed {BY_KEY[key].title}, or in words like it"
            headings.sheet.refuse(message, f"name it in a mapping file: {where}", f"A{headings.last}")


def _count_durations(rows: Rows, headings: Headings, duration: Counting, activity_years: float) -> None:
    """Durations in benefit years, where a map asks how long an outcome lasts after the activity."""
    heading = headings.columns.get("duration")
    counting = duration
    if duration == "auto":
        counting = "after" if heading is not None and _AFTER_THE_END.search(heading.text) else "total"
        if counting == "after" and _years_show_no_more_than_the_duration(rows):
            counting = "total"
            rows.notes.append(
                "the heading asks for a duration after the end of the activity; the yearly columns count it"
                " as every benefit year, and so it is read"
            )
    if counting != "after":
        return
    for name, outcome in rows.outcomes.items():
        years = _years(outcome["duration"])
        if years is not None and outcome["starts"] == "during":
            longer = years + activity_years
            said = outcome["duration"] if isinstance(outcome["duration"], dict) else {}
            reason = f"{years:g} after the end of the activity, and {activity_years:g} of the activity itself"
            outcome["duration"] = {**said, "value": longer, "rationale": reason}
            ref = rows.places.get(f"outcomes.{name}.duration", "")
            rows.notes.append(
                f"{ref}: {years:g} years after the end of the activity are {longer:g} benefit years, those of"
                " the activity included"
            )


def _years_show_no_more_than_the_duration(rows: Rows) -> bool:
    yearly = [figure for figure in rows.figures if figure.of == "by_year" and figure.reading.value != 0]
    same = longer = 0
    for name, filled in Counter(figure.outcome for figure in yearly).items():
        years = _years(rows.outcomes[name]["duration"])
        if years is not None and rows.outcomes[name]["starts"] == "during":
            same += filled == math.ceil(years)
            longer += filled > math.ceil(years)
    return same > longer


def _years(duration: Any) -> float | None:
    years: float | None = duration["value"] if isinstance(duration, dict) else duration
    return years
