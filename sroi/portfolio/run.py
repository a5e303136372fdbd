"""A portfolio from its files to its groups: what the command prints and writes."""

from __future__ import annotations

import io
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import narwhals.stable.v2 as nw

from sroi import formatting
from sroi.errors import DocumentError, Problem, SroiError, UndefinedResultError
from sroi.extras import needed
from sroi.portfolio import agreeing
from sroi.portfolio.checking import REJECTED, both, check, refusal
from sroi.portfolio.engine import evaluate
from sroi.portfolio.files import Reader, first_line
from sroi.portfolio.layout import COLUMNS
from sroi.portfolio.quantities import from_quantities
from sroi.results.base import plain, schema
from sroi.tables import Table, rows_to_csv
from sroi.years import calendar_or_financial

if TYPE_CHECKING:
    from sroi.portfolio.files import Engine, Held

MOST_GROUPS = 40
"""Groups that are shown on a screen."""

FIGURES = ("present_value", "investment", "net_present_value", "social_return_ratio", "savings_ratio")


@dataclass(frozen=True, slots=True)
class Portfolio:
    """The groups of a portfolio, and the rows of its files that were set aside.

    Attributes
    ----------
    by : tuple of str
    groups : tuple of mapping
        A row a group, in the order of what they are grouped by.
    rejected : tuple of mapping
        A row for each fault of a row.
    counts : mapping
        How many rows have each fault, by table, column and rule.
    """

    by: tuple[str, ...]
    groups: tuple[Mapping[str, Any], ...]
    rejected: tuple[Mapping[str, Any], ...]
    counts: Mapping[tuple[str, str, str], int]
    currency: str

    def to_dict(self) -> dict[str, Any]:
        """The portfolio as plain values that JSON can hold."""
        faults = [
            {"table": table, "column": column, "rule": rule, "rows": count}
            for (table, column, rule), count in self.counts.items()
        ]
        found: dict[str, Any] = plain({"by": self.by, "groups": self.groups, "faults": faults})
        return {"schema": schema("portfolio"), **found}

    @property
    def tables(self) -> tuple[Table, ...]:
        """What a person reads."""
        rows = tuple(
            (
                *(str(group[name]) for name in self.by),
                *(formatting.money(group[name], self.currency, whole=True) for name in FIGURES[:3]),
                *(_ratio(group[name], self.currency) for name in FIGURES[3:]),
            )
            for group in self.groups
        )
        headings = ("Present value", "Put in", "Net present value", "Social value", "Services needed less")
        columns = (*self.by, *(f">{each}" for each in headings))
        note = "Ratios are of the sums: value for one unit of money put in."
        groups = Table("Portfolio", columns, rows, note, key="groups").shortened(MOST_GROUPS)
        if not self.counts:
            return (groups,)
        faults = tuple(
            (table, column, rule, str(count)) for (table, column, rule), count in self.counts.items()
        )
        said = "These rows are in no figure above."
        return groups, Table("Set aside", ("Table", "Column", "Fault", ">Rows"), faults, said, key="faults")

    def content(self, ending: str) -> bytes:
        """The groups as a file: .csv, .parquet or .xlsx."""
        return written(self.groups, ending, (*self.by, *FIGURES))

    def rejected_content(self, ending: str) -> bytes:
        """The rows that were set aside, as a file."""
        return written(self.rejected, ending, REJECTED)


def _ratio(value: float | None, currency: str) -> str:
    return "" if value is None else formatting.returned(value, currency)


def portfolio_of(
    paths: Sequence[Path],
    by: Sequence[str],
    *,
    engine: Engine = "duckdb",
    memory: str | None = None,
    strict: bool = False,
    first_year: int | str | None = None,
    **options: Any,
) -> Portfolio:
    """The groups of the portfolio in some files; ``options`` are those of :func:`sroi.portfolio.evaluate`.

    Raises
    ------
    UndefinedResultError
        If no row can be counted.
    DocumentError
        If files cannot be read, or ``strict`` is asked for and a row cannot be counted.
    """
    try:
        return _portfolio_of(
            Reader(engine, memory).tables(paths), by, strict=strict, first_year=first_year, **options
        )
    except SroiError:
        raise
    except Exception as error:  # noqa: BLE001 - each engine has errors of its own, some only when it reads
        what = f"the engine {engine} cannot read or add up the tables ({first_line(error)})"
        hint = "look at the files as text, or try another engine: --engine pandas"
        raise DocumentError([Problem(what, hint, file=", ".join(map(str, paths)))]) from None


def _portfolio_of(
    tables: Mapping[Held, Any],
    by: Sequence[str],
    *,
    strict: bool,
    first_year: int | str | None,
    **options: Any,
) -> Portfolio:
    if "quantities" in tables:
        if first_year is None:
            what = "quantities by period need the year that is year 0"
            raise DocumentError([Problem(what, "give --first-year 2024, or 2024-25", file="--first-year")])
        three = tables["quantities"], tables["inputs"], tables["assumptions"]
        made = from_quantities(*three, first_year=first_year, status=options.get("status"))
        outcomes, inputs = made.outcomes, made.inputs
    else:
        made, outcomes, inputs = None, tables["outcomes"], tables["inputs"]
    if first_year is not None:
        options["first_year"] = int(calendar_or_financial(first_year) or 0) or first_year
    frames = dict(zip(COLUMNS, both(outcomes, inputs), strict=True))
    method = agreeing.settled_method(frames, options.pop("method", None))
    checked = check(outcomes, inputs, method=method)
    if strict and (checked.counts or (made is not None and made.counts)):
        raise refusal(checked if made is None or not made.counts else made)
    aside = [each for each in (made, checked) if each is not None]
    rejected = tuple(
        row for each in aside for row in nw.from_native(each.rejected).lazy().collect().rows(named=True)
    )
    counts = {key: count for each in aside for key, count in each.counts.items()}
    found = evaluate(checked.outcomes, checked.inputs, by, checked=True, method=method, **options)
    rows = [
        {
            name: None if isinstance(value, float) and math.isnan(value) else value
            for name, value in row.items()
        }
        for row in nw.from_native(found).lazy().collect().rows(named=True)
    ]
    if not rows:
        problem = Problem("no row of it can be counted", "see the rows that were set aside", file="outcomes")
        raise UndefinedResultError([problem, *refusal(checked).problems])
    rows.sort(key=lambda row: tuple(str(row[name]) for name in by))
    _, currency = agreeing.in_one_currency(
        dict(checked.frames), options.get("currency"), options.get("exchange_rates") or {}
    )
    return Portfolio(tuple(by), tuple(rows), rejected, counts, currency)


def written(rows: Sequence[Mapping[str, Any]], ending: str, names: Sequence[str]) -> bytes:
    """Rows as a file of an ending."""
    if ending == ".csv":
        return rows_to_csv(rows).encode() if rows else (",".join(names) + "\n").encode()
    if ending == ".parquet":
        arrow = needed("pyarrow", "a Parquet file", extra="portfolio")
        packed = arrow.BufferOutputStream()
        columns = {name: [row[name] for row in rows] for name in names}
        needed("pyarrow.parquet", "a Parquet file", extra="portfolio").write_table(
            arrow.table(columns), packed
        )
        return bytes(packed.getvalue())
    if ending == ".xlsx":
        return _workbook(rows, names)
    hint = "end it in .csv, .parquet or .xlsx"
    raise DocumentError([Problem(f"{ending or 'a file without ending'} is not written", hint, file="-o")])


def _workbook(rows: Sequence[Mapping[str, Any]], names: Sequence[str]) -> bytes:
    packed = io.BytesIO()
    book = needed("xlsxwriter", "a workbook").Workbook(
        packed, {"in_memory": True, "strings_to_formulas": False}
    )
    sheet, head = book.add_worksheet("portfolio"), book.add_format({"bold": True})
    sheet.write_row(0, 0, names, head)
    for at, row in enumerate(rows, 1):
        for column, name in enumerate(names):
            value = row[name]
            if isinstance(value, (int, float)):
                sheet.write_number(at, column, value)
            elif value is not None:
                sheet.write_string(at, column, str(value))
    sheet.freeze_panes(1, 0)
    book.close()
    return packed.getvalue()
