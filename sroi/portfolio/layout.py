"""The long layout of a portfolio: which columns its two tables have, and what each may hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import narwhals.stable.v2 as nw

from sroi.model import DEDUCTIONS
from sroi.quantities import COUNT, MONEY, SHARE, WHOLE_YEARS, YEARS, Bounds

if TYPE_CHECKING:
    from collections.abc import Iterable

    Frame = (
        Any  # a narwhals table, lazy or not: the types of its joins tell them apart, and nothing here does
    )

MOST_YEARS = int(WHOLE_YEARS.high)
LATER = Bounds("a whole number of years from 0 to 125", "years", 0, MOST_YEARS, whole=True)


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table.

    Attributes
    ----------
    name : str
    meaning : str
        What it holds.
    bounds : Bounds or None
        What its numbers may be; None of a column of words.
    required : bool
        Whether the table must have it, and each row something in it.
    default : float, str or None
        What counts where the column or a cell of it is missing.
    words : tuple of (str, float)
        Words that stand for a number.
    """

    name: str
    meaning: str
    bounds: Bounds | None = None
    required: bool = False
    default: float | str | None = None
    words: tuple[tuple[str, float], ...] = ()


_DEDUCTED = tuple(Column(name, "share taken off", SHARE, required=True) for name in DEDUCTIONS)

OUTCOMES = (
    Column("programme", "name of the programme", required=True),
    Column("place", "where it runs"),
    Column("outcome", "name of the outcome"),
    Column("stakeholder", "who experiences it"),
    Column("cohort", "index of the cohort's year, from 0", LATER, default=0.0),
    Column("quantity", "units that change", COUNT, required=True),
    Column("value", "money per unit and benefit year", MONEY, required=True),
    *_DEDUCTED,
    Column("drop_off", "share lost from one benefit year to the next", SHARE, required=True),
    Column("duration", "benefit years, part years allowed", YEARS, required=True),
    Column(
        "starts",
        "years from the cohort's own to its first benefit year",
        LATER,
        required=True,
        words=(("during", 0.0), ("after", 1.0)),
    ),
    Column("kind", "what the value is made of", default="not_stated"),
    Column("payer", "whose budget gains"),
    Column("party", "whose gain it is; without this column a payer is a body of the state"),
    Column("price_year", "year whose prices value is in"),
    Column("currency", "currency of value"),
    Column("first_benefit_year", "first benefit year that the row counts, from 0", LATER, default=0.0),
    Column("last_benefit_year", "last benefit year that the row counts", LATER, default=float(MOST_YEARS)),
    Column("drop_off_from", "second_year or first_year, in place of the method's"),
    Column("discount_schedule", "name of a schedule in place of the method's"),
    Column("method", "name of the method profile that the row was made for"),
    Column("status", "actual or forecast"),
)
"""Columns of the table of outcomes, a row an outcome and cohort."""

INPUTS = (
    Column("programme", "name of the programme", required=True),
    Column("place", "where it runs"),
    Column("input", "name of the input"),
    Column("year", "index of the year, from 0", LATER, required=True),
    Column("amount", "money or worth", MONEY, required=True),
    Column("funder", "who gives it"),
    Column("payer", "whose budget gives it"),
    Column("kind", "what it is given as"),
    Column("price_year", "year whose prices the amount is in"),
    Column("currency", "currency of the amount"),
    Column("prices", "real or nominal", default="real"),
    Column("method", "name of the method profile that the row was made for"),
    Column("status", "actual or forecast"),
)
"""Columns of the table of inputs, a row an amount and year."""

NUMBERS = ("quantity", "value", "duration", *DEDUCTIONS, "drop_off")
"""The numbers of an outcome that the walk takes from columns."""

Side = Literal["outcomes", "inputs"]
COLUMNS: dict[Side, tuple[Column, ...]] = {"outcomes": OUTCOMES, "inputs": INPUTS}
KEYS: dict[Side, tuple[str, ...]] = {
    "outcomes": ("programme", "place", "outcome", "stakeholder", "cohort", "first_benefit_year", "status"),
    "inputs": ("programme", "place", "input", "year", "funder", "kind", "status"),
}
"""What together names one row."""


def typed(name: str) -> str:
    """Name of the column in which a number stands as one, or what the calculation adds."""
    return f"_sroi_{name.replace(' ', '_')}"


def names_of(frame: Frame) -> tuple[str, ...]:
    """Names of a table's columns."""
    return tuple(frame.collect_schema().names())


def keyed(frame: Frame, keys: Iterable[str]) -> tuple[Frame, list[str]]:
    """A table with what names its rows as text without gaps, in columns of their own, and their names."""
    schema = frame.collect_schema()
    labels = {name: typed(f"key {name}") for name in keys}
    made = [
        (nw.col(name) if schema[name] == nw.String else nw.col(name).cast(nw.String))
        .fill_null("")
        .alias(label)
        for name, label in labels.items()
    ]
    return frame.with_columns(*made), list(labels.values())
