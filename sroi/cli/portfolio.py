"""The commands for many programmes at once."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

import sroi
from sroi.cli import completion, progress
from sroi.cli.common import (
    Force,
    Format,
    Method,
    Output,
    PackFolders,
    Values,
    fail,
    or_exit,
    print_rows,
    refuse,
    set_values,
)
from sroi.text import one_line

MOST_SAID = 5


class EngineName(StrEnum):
    """What runs the calculation."""

    duckdb = "duckdb"
    polars = "polars"
    pandas = "pandas"


class Status(StrEnum):
    """Which rows count."""

    actual = "actual"
    forecast = "forecast"


class Kind(StrEnum):
    """What tables are written as."""

    csv = "csv"
    parquet = "parquet"


def portfolio(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE…", help="Tables of outcomes and inputs: .csv, .parquet, .xlsx, or folders of them."
        ),
    ],
    by: Annotated[
        str,
        typer.Option("--by", metavar="COLUMN,…", help="Columns to group by; none for one row of everything."),
    ] = "programme",
    engine: Annotated[
        EngineName,
        typer.Option(
            "--engine", help="duckdb reads as it goes; polars and pandas are for what fits in memory."
        ),
    ] = EngineName.duckdb,
    target: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="FILE", help="Write the groups: .csv, .parquet, .xlsx."),
    ] = None,
    rejected: Annotated[
        Path | None,
        typer.Option(
            "--rejected",
            metavar="FILE",
            help="Where the rows that are set aside go; beside the output unless given.",
        ),
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Stop where a row cannot be counted.")] = False,
    method: Method = None,
    price_year: Annotated[
        str | None, typer.Option("--price-year", help="Year whose prices the result is in: 2024, or 2024-25.")
    ] = None,
    first_year: Annotated[
        str | None,
        typer.Option(
            "--first-year", metavar="YEAR", help="Year 0, the first spending year: 2024, or 2024-25."
        ),
    ] = None,
    appraisal_period: Annotated[
        int | None,
        typer.Option("--appraisal-period", help="Years beyond year 0, in place of the method's horizon."),
    ] = None,
    currency: Annotated[
        str | None, typer.Option("--currency", help="Currency of the result, such as GBP.")
    ] = None,
    rate: Annotated[
        list[str] | None,
        typer.Option(
            "--rate", metavar="CODE=RATE", help="What one unit of a currency is worth; may be repeated."
        ),
    ] = None,
    status: Annotated[
        Status | None,
        typer.Option("--status", help="Which rows count, where there are actual and forecast ones."),
    ] = None,
    memory: Annotated[
        str | None, typer.Option("--memory", metavar="SIZE", help="The most memory of duckdb, such as 2GB.")
    ] = None,
    output: Output = Format.table,
    force: Force = False,
) -> None:
    from sroi.extras import needed
    from sroi.files import write_files

    run = or_exit(lambda: needed("sroi.portfolio.run", "a portfolio", extra="portfolio"))
    groups = [] if by.strip() == "none" else [each.strip() for each in by.split(",") if each.strip()]
    options = {
        "method": method,
        "price_year": price_year,
        "first_year": first_year,
        "appraisal_period": appraisal_period,
        "currency": currency,
        "exchange_rates": _rates(rate),
        "status": None if status is None else status.value,
    }
    with progress.working("adding up"):
        found = or_exit(
            lambda: run.portfolio_of(
                files, groups, engine=engine.value, memory=memory, strict=strict, **options
            )
        )
    aside = rejected or (target.with_name(f"{target.stem}-rejected.csv") if target is not None else None)
    content = {}
    if target is not None:
        content[target] = or_exit(lambda: found.content(target.suffix.lower()))
    if aside is not None and (found.rejected or rejected is not None):
        content[aside] = or_exit(lambda: found.rejected_content(aside.suffix.lower()))
    if content:
        or_exit(lambda: write_files(content, force=force, inputs=files))
    if target is None:
        print_rows(output, found.tables, found.to_dict(), list(found.groups))
    else:
        print(one_line(str(target)))
    _say_rejected(found, aside if aside in content else None)


def _say_rejected(found: object, aside: Path | None) -> None:
    rows = getattr(found, "rejected", ())
    if not rows:
        return
    places = {(row["table"], row["file"], row["row"]) for row in rows}
    where = f": all are in {aside}" if aside is not None else "; --rejected FILE writes all of them"
    print(
        one_line(f"{len(rows)} faults in {len(places)} rows, which are in no figure{where}"), file=sys.stderr
    )
    for row in rows[:MOST_SAID]:
        path = " ".join(filter(None, (row["programme"], row["place"], row["outcome"], row["column"])))
        what = f"{row['reason']}, found {row['found'] or 'nothing'}"
        place = f"{row['file']}:{row['row']}" if row["row"] else row["file"]
        print(one_line(f"{place} {path}: {what}; {row['instead']}"), file=sys.stderr)


def _rates(rates: list[str] | None) -> dict[str, float]:
    found = {}
    for each in rates or []:
        code, _, rate = each.partition("=")
        try:
            found[code.strip()] = float(rate)
        except ValueError:
            refuse(f"{each!r} is no rate", "write --rate EUR=0.86", "--rate")
        if not found[code.strip()] > 0:
            refuse(f"{each!r} is no rate above 0", "write --rate EUR=0.86", "--rate")
    return found


def portfolio_from(
    studies: Annotated[
        list[str],
        typer.Argument(
            metavar="STUDY…",
            autocompletion=completion.studies,
            help="Files of studies, or interventions; all for each.",
        ),
    ],
    folder: Annotated[
        Path, typer.Option("-o", "--output", metavar="FOLDER", help="Folder for the two tables.")
    ],
    places: Annotated[
        str | None,
        typer.Option(
            "--places",
            metavar="NAME,…",
            help="Each study in each of these places; all for every local authority.",
        ),
    ] = None,
    values: Values = None,
    method: Method = None,
    kind: Annotated[Kind, typer.Option("--as", help="What the tables are written as.")] = Kind.csv,
    force: Force = False,
    packs: PackFolders = None,
) -> None:
    from sroi.extras import needed
    from sroi.files import problems_of, write_files

    run = or_exit(lambda: needed("sroi.portfolio.run", "a portfolio", extra="portfolio"))
    from sroi.documents.authorities import search
    from sroi.portfolio import from_studies

    library = or_exit(lambda: sroi.Library(packs or ()))
    names = library.interventions() if studies == ["all"] else studies
    everywhere = places is not None and places.strip() == "all"
    wanted: list[str | None] = [None]
    if places is not None:
        wanted = (
            [each.identifier for each in search("")]
            if everywhere
            else [each.strip() for each in places.split(",")]
        )
    chosen = set_values(values)
    failed: dict[str, str] = {}
    first: sroi.SroiError | None = None
    outcomes: list[dict[str, object]] = []
    inputs: list[dict[str, object]] = []
    total = len(names) * len(wanted)
    with progress.stepping() as told:
        for done, (name, place) in enumerate((name, place) for place in wanted for name in names):
            label = name if place is None else f"{name} in {place}"
            if told is not None:
                told(label, done, total)
            try:
                study = sroi.load(name, place=place, values=chosen, method=method, packs=library)
                made = from_studies([study])
            except sroi.SroiError as error:
                failed[label] = str(error).splitlines()[0]
                first = first or error
                continue
            outcomes += made.outcomes
            inputs += made.inputs
    alike: dict[str, list[str]] = {}
    for label, why in failed.items():
        alike.setdefault(why, []).append(label)
    for why, labels in alike.items():
        others = f" and {len(labels) - 1} others" if len(labels) > 1 else ""
        print(one_line(f"{labels[0]}{others}: {why}"), file=sys.stderr)
    if not outcomes and first is not None:
        fail(first, 1)
    with problems_of(folder):
        folder.mkdir(parents=True, exist_ok=True)
    content: dict[Path, bytes] = {}
    for side, rows in (("outcomes", outcomes), ("inputs", inputs)):
        content[folder / f"{side}.{kind.value}"] = run.written(rows, f".{kind.value}", list(rows[0]))
    or_exit(lambda: write_files(content, force=force))
    print(f"{total - len(failed)} of {total} studies")
    for path in content:
        print(one_line(str(path)))
    if failed:
        raise typer.Exit(1)
