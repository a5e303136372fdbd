"""What a map says of the study as a whole, and what is said of it elsewhere."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sroi.method import MethodProfile
from sroi.names import slug
from sroi.price_years import price_year
from sroi.value_map.cells import read
from sroi.value_map.columns import CURRENCY_SIGNS
from sroi.value_map.layout import sign_in, signs_in

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sroi.value_map.headings import Headings
    from sroi.value_map.rows import Rows
    from sroi.value_map.sheet import Cell, Sheet

_OPTIONS = {
    "currency": "--currency GBP",
    "price_year": "--price-year 2024",
    "first_year": "--first-year 2024",
    "kind": "--kind forecast",
}
"""What a study has to say, and the option that says it."""

_TEXTS = ("purpose", "audience", "scope", "status", "author", "date")
_READ_APART = ("profile", "discount_rate", "discount_schedule", "discount_inputs")
_METHOD = tuple(name for name in MethodProfile.model_fields if name not in _READ_APART)
_LIKE_A_SHARE = 0.2


def head(headings: Headings, rows: Rows, said: dict[str, Any]) -> dict[str, Any]:
    """What a study says of itself; what neither the sheet nor anybody says is refused, all of it at once."""
    sheet = headings.sheet
    calendar = [year for year in headings.years if year > 999]
    if "first_year" not in said and calendar:
        said["first_year"] = min(calendar)
    signs, several = {}, ""
    if "currency" not in said:
        signs = signs_in(sheet)
        if len(signs) == 1:
            said["currency"] = sign_in(sheet)
            rows.notes.append(f"the currency is taken from the signs in the sheet: {said['currency']}")
        several = "; it has signs of " + " and ".join(f"{name} ({ref})" for name, ref in signs.items())
    missing = [key for key in _OPTIONS if said.get(key) in (None, "")]
    if missing:
        options = " ".join(_OPTIONS[key] for key in missing)
        words = ", ".join(key.replace("_", " ") for key in missing)
        hint = f"give sroi import-value-map {options}, or write them under study: in a file for --mapping"
        more = several if "currency" in missing and len(signs) > 1 else ""
        sheet.refuse(f"the sheet does not say the {words} of the study{more}", hint)
    title = str(said.get("title") or Path(sheet.file).stem)
    return {
        "sroi": 1,
        "id": str(said.get("id") or slug(title) or "value-map"),
        "title": title,
        **{key: said[key] for key in _OPTIONS},
        "currency": str(said["currency"]).upper(),
        **{key: said[key] for key in _TEXTS if said.get(key)},
    }


def overridden(
    headings: Headings,
    known: Mapping[str, Cell],
    mapped: Mapping[str, Any],
    given: Mapping[str, Any],
    method: str | None,
) -> list[str]:
    """What the sheet says of the study and is not taken, because somebody says it otherwise.

    Parameters
    ----------
    headings : Headings
        The columns of the sheet.
    known : mapping of str to Cell
        What the sheet says, as :func:`sroi.value_map.layout.facts` finds it.
    mapped, given : mapping of str to value
        What a mapping file and the arguments say.
    method : str or None
        The method profile that stands in place of the sheet's method.
    """
    of_method = mapped.get("method")
    said = {**mapped, **(of_method if isinstance(of_method, dict) else {})}
    whose = {**dict.fromkeys(said, "the mapping file says"), **dict.fromkeys(given, "you say")}
    said |= given
    if method is not None:
        of_method = known.keys() & {"profile", "discount_rate", *_METHOD}
        said |= dict.fromkeys(of_method, method)
        whose |= dict.fromkeys(of_method, "you name the method")
    notes = [
        f"{cell.ref}: the sheet's {key.replace('_', ' ')} is {cell.text};"
        f" {whose[key]} {said[key]}, which is taken"
        for key, cell in known.items()
        if key in said and _differ(key, fact(key, cell), said[key])
    ]
    calendar, first = (
        min((year for year in headings.years if year > 999), default=None),
        said.get("first_year"),
    )
    if None not in (calendar, first) and str(first)[:4] != str(calendar):
        notes.append(
            f"the yearly columns begin with {calendar}; the first year is {first}, as {whose['first_year']}"
        )
    return notes


def _differ(key: str, of_sheet: Any, said: Any) -> bool:
    rate = read(said) if key == "discount_rate" else None
    if rate is not None:
        return bool(of_sheet != (rate.value if rate.percent or rate.value < 1 else rate.value / 100))
    return str(of_sheet).strip().casefold() != str(said).strip().casefold()


def check_rate(cell: Cell, sheet: Sheet, rows: Rows) -> None:
    """A discount rate without a percent sign is told, and refused where it can be two."""
    reading = cell.reading
    if reading is None or reading.percent or reading.value == 0:
        return
    if _LIKE_A_SHARE <= reading.value < 1:
        either = f"the discount rate {reading.value:g} can be {reading.value:g}% or {100 * reading.value:g}%"
        sheet.refuse(either, "write it with a percent sign, or give --discount-rate", cell.ref)
    share = reading.value if reading.value < 1 else reading.value / 100
    rows.note(f"the discount rate {cell.text} is read as {100 * share:g}%", cell)


def check_price_year(cell: Cell, sheet: Sheet) -> None:
    """A price year that is not one year is refused, with the years that it can mean."""
    year, why = price_year(cell.value)
    if year is None:
        message, _, hint = why.partition("; ")
        sheet.refuse(message, hint or "write it as 2024, or 2024-25", cell.ref)


def method_of(said: dict[str, Any], discount_rate: float | str | None) -> dict[str, Any]:
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


def fact(key: str, cell: Cell) -> Any:
    """What a cell says about the study, as the file format writes it."""
    words = cell.text
    if key == "discount_rate":
        reading = cell.reading
        if reading is None:
            return words
        return reading.value if reading.percent or reading.value < _LIKE_A_SHARE else reading.value / 100
    if key == "currency":
        return CURRENCY_SIGNS.get(words, words)
    if key == "kind":
        kinds = {"forecast": "forecast", "evaluat": "evaluation"}
        return next((kind for part, kind in kinds.items() if part in words.casefold()), words)
    if key == "price_year":
        year, _ = price_year(cell.value)
        return words if year is None else year
    if key in ("first_year", "discount_from", "horizon"):
        financial = re.fullmatch(r"(\d{4})\s*[-/–]\s*(?:\d\d)?(\d\d)", words)
        if financial is not None:
            return int(financial[1]) if key == "first_year" else f"{financial[1]}-{financial[2]}"
        return int(words) if words.isdecimal() else words
    return words
