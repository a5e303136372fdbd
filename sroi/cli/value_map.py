"""The commands between a study and a Value Map."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

import sroi
from sroi.cli.common import (
    Force,
    Format,
    Method,
    Output,
    PackFolders,
    Place,
    StudyName,
    Values,
    fail,
    or_exit,
    print_rows,
    read_study,
    set_values,
    write_file,
)
from sroi.documents.loading import files_of
from sroi.errors import UndefinedResultError
from sroi.names import slug
from sroi.text import one_line

_LONGEST_YEAR = 9


class Counting(StrEnum):
    """What the durations of a map count."""

    auto = "auto"
    total = "total"
    after = "after"


def import_value_map(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="A Value Map: a workbook (.xlsx), or text (.csv).")
    ],
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", help="Study to write; named after the workbook unless given."),
    ] = None,
    mapping: Annotated[
        Path | None, typer.Option("--mapping", help="File that says what odd headings mean.")
    ] = None,
    sheet: Annotated[
        str | None,
        typer.Option("--sheet", help="Name of the sheet; the one most like a Value Map unless given."),
    ] = None,
    currency: Annotated[
        str | None, typer.Option("--currency", help="Currency, such as GBP, where the sheet does not say it.")
    ] = None,
    price_year: Annotated[
        str | None, typer.Option("--price-year", help="Year of its prices: 2024, or 2024-25.")
    ] = None,
    first_year: Annotated[
        int | None, typer.Option("--first-year", help="Calendar year of year 0, the first spending year.")
    ] = None,
    kind: Annotated[str | None, typer.Option("--kind", help="forecast or evaluation.")] = None,
    title: Annotated[str | None, typer.Option("--title", help="Title of the study.")] = None,
    discount_rate: Annotated[
        str | None, typer.Option("--discount-rate", help="Rate such as 3.5%, in place of the sheet's own.")
    ] = None,
    duration: Annotated[
        Counting,
        typer.Option(
            "--duration",
            help="Whether durations count every benefit year, or those after the end of the activity.",
        ),
    ] = Counting.auto,
    activity_years: Annotated[
        float, typer.Option("--activity-years", help="Length of the activity, with durations after its end.")
    ] = 1,
    values: Values = None,
    method: Method = None,
    output_format: Output = Format.table,
    check_only: Annotated[
        bool, typer.Option("--check-only", help="Calculate the figures again and write no study.")
    ] = False,
    force: Force = False,
) -> None:
    is_number = price_year is not None and price_year.isdecimal() and len(price_year) <= _LONGEST_YEAR
    year = int(price_year) if price_year is not None and is_number else price_year
    found: sroi.ImportedMap = or_exit(
        lambda: sroi.import_value_map(
            file,
            sheet=sheet,
            mapping=mapping,
            currency=currency,
            price_year=year,
            first_year=first_year,
            kind=kind,
            title=title,
            discount_rate=discount_rate,
            duration=duration.value,
            activity_years=activity_years,
            values=set_values(values),
            method=method,
        )
    )
    if not check_only:
        target = output if output is not None else Path(f"{slug(file.stem) or 'study'}.yaml")
        read = [each for each in (file, mapping) if each is not None]
        write_file(target, found.text, force=force, inputs=read)
    print_rows(output_format, found.tables, found.to_dict(), [each.to_dict() for each in found.disagreements])
    print(one_line(found.statement), file=sys.stderr)
    if found.missing:
        fail(UndefinedResultError(found.missing), 1)


def export_value_map(
    study: StudyName,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", help="Workbook to write; named after the study unless given."),
    ] = None,
    place: Place = None,
    values: Values = None,
    method: Method = None,
    force: Force = False,
    packs: PackFolders = None,
) -> None:
    loaded = read_study(study, place, values, method, packs)
    target = output if output is not None else Path(f"{loaded.id}-value-map.xlsx")
    made: sroi.ExportedMap = or_exit(lambda: sroi.export_value_map(loaded))
    write_file(target, made.content, force=force, inputs=files_of(loaded))
    for loss in made.losses:
        print(one_line(f"not in the map: {loss}"), file=sys.stderr)
    if made.effect:
        print(one_line(made.effect), file=sys.stderr)
