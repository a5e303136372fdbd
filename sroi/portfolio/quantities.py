"""What holders of programmes keep, three tables, as the two tables of a portfolio.

*Quantities* say what was counted in a period, *inputs* what was put in, and *assumptions* what is assumed of
each outcome, everywhere or in one place.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import narwhals.stable.v2 as nw

from sroi.errors import DocumentError, Problem
from sroi.portfolio.agreeing import of_one_status
from sroi.portfolio.checking import counted, rejected_rows
from sroi.portfolio.faults import Fault, numeric_faults
from sroi.portfolio.layout import MOST_YEARS, Column, keyed, names_of, typed
from sroi.portfolio.reading import native_frame, number_of, text_of
from sroi.quantities import COUNT, shown
from sroi.years import FinancialYear, calendar_or_financial

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sroi.portfolio.layout import Frame

AMOUNT = Column("amount", "units that were counted", COUNT, required=True)
DATE = r"^\d{4}-(?:0[1-9]|1[0-2])(?:-\d{2}|$)"
APRIL, YEAR = 4, 12
NEEDED = {
    "quantities": ("programme", "outcome", "period_start", "amount"),
    "inputs": ("programme", "amount"),
    "assumptions": ("outcome", "value"),
}
"""Columns that each table must have."""


@dataclass(frozen=True)
class Counted:
    """Quantities with their assumptions in the long layout, and the rows that cannot be counted.

    Attributes
    ----------
    outcomes, inputs : dataframe
        As :func:`sroi.portfolio.evaluate` takes them, of the kind of table that was given.
    rejected : dataframe
        A row for each fault of a row of quantities, as :func:`sroi.portfolio.check` gives them.
    counts : mapping of (str, str, str) to int
        How many rows have each fault: by table, column and rule.
    """

    outcomes: Any
    inputs: Any
    rejected: Any
    counts: Mapping[tuple[str, str, str], int]


def from_quantities(
    quantities: Any, inputs: Any, assumptions: Any, *, first_year: int | str, status: str | None = None
) -> Counted:
    """Quantities by period, and assumptions by outcome and place, as the two tables of a portfolio.

    Parameters
    ----------
    quantities : dataframe
        ``programme``, ``outcome``, ``amount`` and ``period_start``, a date or a text such as ``2024-04-01``;
        perhaps ``place``, ``period_end``, ``status`` and ``unit``. Periods of one year are added up.
    inputs : dataframe
        ``programme``, ``amount`` and ``year`` (an index) or ``period_start``, and more of the long layout.
    assumptions : dataframe
        ``outcome``, ``value``, and the deductions, drop-off, duration and starts of each outcome; rows with a
        ``place`` hold for that place, and what they leave out is that of the row without one.
    first_year : int or str
        Year 0: a calendar year, or a financial year such as ``"2024-25"``.
    status : {"actual", "forecast"}, optional
        Which rows count, where there are both.

    Returns
    -------
    Counted

    Raises
    ------
    DocumentError
        If a column is missing, an outcome has two rows of assumptions, or actual stands beside forecast.
    """
    begins = calendar_or_financial(first_year)
    if begins is None:
        hint = 'write a calendar year such as 2024, or a financial year such as "2024-25"'
        raise DocumentError([Problem(f"{shown(first_year)} is not a year", hint, file="first_year")])
    given = {"quantities": quantities, "inputs": inputs, "assumptions": assumptions}
    frames = {name: native_frame(table, name) for name, table in given.items()}
    _check_columns(frames)
    sides: Any = {name: frames[name] for name in ("quantities", "inputs")}
    chosen: Any = of_one_status(sides, status)
    assumed = _assumed(frames["assumptions"])
    joined = _joined(_read(chosen["quantities"], begins), assumed)
    looked = counted(joined, "quantities", (), _faults(joined))
    put_in = chosen["inputs"]
    if "year" not in names_of(put_in):
        put_in = put_in.with_columns(_year(put_in, begins).alias("year"))
    counts = {("quantities", fault.column, fault.rule): count for fault, count in looked.faults}
    outcomes = _summed(looked.right, names_of(assumed))
    return Counted(outcomes.to_native(), put_in.to_native(), rejected_rows([looked]).to_native(), counts)


def _check_columns(frames: Mapping[str, Frame]) -> None:
    problems = [
        Problem(f"there is no column {name}", "add the column, or rename the one that holds it", file=table)
        for table, needed in NEEDED.items()
        for name in needed
        if name not in names_of(frames[table])
    ]
    if not {"year", "period_start"} & set(names_of(frames["inputs"])):
        problems.append(Problem("there is no column year", "add it, or a column period_start", file="inputs"))
    if problems:
        raise DocumentError(problems)


def _year(frame: Frame, begins: int) -> Any:
    """Index of the year in which a row's period starts; missing where that is no date."""
    start = text_of(frame, "period_start")
    dated = nw.when(start.str.contains(DATE)).then(start)
    year: Any = dated.str.slice(0, 4).cast(nw.Float64)
    if isinstance(begins, FinancialYear):
        early = dated.str.slice(5, 2).cast(nw.Float64) < APRIL
        year = nw.when(early).then(year - 1).otherwise(year)
    return year - int(begins)


def _months(frame: Frame, name: str) -> Any:
    text = text_of(frame, name)
    dated = nw.when(text.str.contains(DATE)).then(text)
    return dated.str.slice(0, 4).cast(nw.Float64) * 12 + dated.str.slice(5, 2).cast(nw.Float64)


def _read(frame: Frame, begins: int) -> Frame:
    """Quantities with their numbers, years, and how many rows cover the same period or start with it."""
    names = names_of(frame)
    if isinstance(frame, nw.DataFrame) and "row" not in names:
        frame = frame.with_row_index(typed("row")).with_columns(nw.col(typed("row")) + 1)
    frame = frame.with_columns(
        number_of(frame, AMOUNT).alias(typed("amount")), _year(frame, begins).alias(typed("cohort"))
    )
    keys = [name for name in ("programme", "place", "outcome", "status", "period_start") if name in names]
    frame, labels = keyed(frame, [*keys, *(["period_end"] if "period_end" in names else [])])
    starting = labels[: len(keys)]
    return frame.with_columns(
        nw.len().over(labels).alias(typed("alike")), nw.len().over(starting).alias(typed("starting"))
    )


def _assumed(frame: Frame) -> Frame:
    """Assumptions, each outcome once everywhere and once in a place."""
    keys = [name for name in ("outcome", "place") if name in names_of(frame)]
    several = frame.group_by(keys).agg(nw.len().alias(typed("count"))).filter(nw.col(typed("count")) > 1)
    found = several.select("outcome").unique().lazy().collect()["outcome"].to_list()
    if found:
        hint = "keep one row for each outcome, and one for each place where it differs"
        problems = [
            Problem(f"{each} has several rows", hint, file="assumptions") for each in sorted(found, key=str)
        ]
        raise DocumentError(problems)
    return frame


def _joined(frame: Frame, assumed: Frame) -> Frame:
    """Quantities with what is assumed of each, a place's own before what holds everywhere."""
    names = names_of(assumed)
    wanted = [name for name in names if name not in ("outcome", "place")]

    def named(part: Frame, prefix: str, keys: Sequence[str]) -> Frame:
        columns = [nw.col(name).alias(typed(f"{prefix} {name}")) for name in wanted]
        return part.select(*keys, *columns, nw.lit(1).alias(typed(f"{prefix} there")))

    by_place = "place" in names and "place" in names_of(frame)
    everywhere = assumed.filter(text_of(assumed, "place").is_null()) if "place" in names else assumed
    frame = frame.join(named(everywhere, "general", ["outcome"]), on="outcome", how="left")
    if by_place:
        local = assumed.filter(~text_of(assumed, "place").is_null())
        frame = frame.join(named(local, "local", ["outcome", "place"]), on=["outcome", "place"], how="left")

    def chosen(name: str) -> Any:
        general = nw.col(typed(f"general {name}"))
        return nw.coalesce(nw.col(typed(f"local {name}")), general) if by_place else general

    return frame.with_columns(
        *(chosen(name).alias(typed(f"assumed {name}")) for name in wanted),
        chosen("there").alias(typed("there")),
    )


def _faults(frame: Frame) -> list[Fault]:
    names = names_of(frame)
    start, cohort = text_of(frame, "period_start"), nw.col(typed("cohort"))
    found = [
        Fault("missing", name, text_of(frame, name).is_null(), f"{name} is missing", f"write the {name}")
        for name in ("programme", "outcome", "period_start")
    ]
    found.extend(numeric_faults(frame, AMOUNT))
    alone = nw.col(typed("there")).is_null() & ~text_of(frame, "outcome").is_null()
    alike, starting = nw.col(typed("alike")) > 1, nw.col(typed("starting")) > 1
    undated = ~start.is_null() & cohort.is_null()
    beyond = (cohort < 0) | (cohort > MOST_YEARS)
    more: list[tuple[str, str, Any, str, str]] = [
        ("date", "period_start", undated, "it is no date", "write a date such as 2024-04-01"),
        (
            "outside",
            "period_start",
            beyond,
            f"it is not within {MOST_YEARS} years of year 0",
            "write a later date",
        ),
        (
            "no_assumptions",
            "outcome",
            alone,
            "nothing is assumed of it here",
            "add a row of assumptions for it",
        ),
        ("duplicate_key", "period_start", alike, "more than one row counts this period", "keep one row"),
        (
            "cumulative",
            "period_start",
            starting & ~alike,
            "several periods of this outcome start here: figures that run on count twice",
            "write what each period adds, from the end of the one before",
        ),
    ]
    if "period_end" in names:
        months = _months(frame, "period_end") - _months(frame, "period_start")
        reason = "the period is longer than a year, or ends before it starts"
        more.append(
            ("period", "period_end", (months > YEAR) | (months < 0), reason, "write a row for each year")
        )
    found.extend(Fault(*each) for each in more)
    if "unit" in names and typed("assumed unit") in names:
        unit, assumed = text_of(frame, "unit"), text_of(frame, typed("assumed unit"))
        other = ~unit.is_null() & ~assumed.is_null() & (unit != assumed)
        hint = "count in the unit of the assumptions, or add an outcome in this unit"
        found.append(Fault("unit", "unit", other, "the value is assumed of another unit", hint))
    return found


def _summed(frame: Frame, assumed: Sequence[str]) -> Frame:
    """One row for each outcome and cohort of a programme, in the long layout."""
    names = names_of(frame)
    keys = [name for name in ("programme", "place", "outcome", "status") if name in names]
    wanted = [name for name in assumed if name not in (*keys, "unit", "file", "row")]
    same = [nw.col(typed(f"assumed {name}")).max().alias(name) for name in wanted]
    quantity = nw.col(typed("amount")).sum().alias("quantity")
    cohort = nw.col(typed("cohort")).alias("cohort")
    return frame.with_columns(cohort).group_by([*keys, "cohort"]).agg(quantity, *same)
