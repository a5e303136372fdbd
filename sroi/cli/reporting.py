"""The command that writes reports."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

import sroi
from sroi.cli import progress
from sroi.cli.common import (
    Draws,
    Force,
    Method,
    PackFolders,
    Place,
    Seed,
    StudyName,
    Values,
    or_exit,
    read_study,
    refuse,
    set_values,
)
from sroi.cli.recording import Recorder, RecordFile
from sroi.cli.uncertainty import ByGrade, with_ranges
from sroi.documents.authorities import search
from sroi.files import check_targets, problems_of
from sroi.reports.everywhere import Order, report_everywhere
from sroi.reports.writing import WRITERS
from sroi.text import one_line

_KINDS = ", ".join(ending.removeprefix(".") for ending in WRITERS)

Targets = Annotated[
    list[Path],
    typer.Option(
        "-o", "--output", metavar="FILE", help=f"Where to write, by its ending: {_KINDS}; may be repeated."
    ),
]
Kinds = Annotated[
    list[str] | None,
    typer.Option(
        "--as", metavar="KIND", help=f"With --all-places, what to write of each: {_KINDS}; may be repeated."
    ),
]


def report(
    context: typer.Context,
    study: StudyName,
    targets: Targets,
    place: Place = None,
    everywhere: Annotated[
        bool, typer.Option("--all-places", help="One report for every local authority; -o names a folder.")
    ] = False,
    kinds: Kinds = None,
    force: Force = False,
    date: Annotated[
        str | None,
        typer.Option("--date", metavar="YYYY-MM-DD", help="The day to print; none where it is left out."),
    ] = None,
    template: Annotated[
        Path | None, typer.Option("--template", metavar="FILE.docx", help="Word template of your own.")
    ] = None,
    draws: Draws = 10_000,
    seed: Seed = 0,
    by_grade: ByGrade = False,
    values: Values = None,
    method: Method = None,
    packs: PackFolders = None,
    record: RecordFile = None,
) -> None:
    write = partial(sroi.report, force=force, date=date, template=template, draws=draws, seed=seed)
    if not everywhere:
        if kinds:
            hint = "name the files with -o: their endings tell what to write"
            refuse("it belongs to --all-places", hint, "--as")
        loaded = with_ranges(read_study(study, place, values, method, packs), by_grade=by_grade)
        run = Recorder(context, record, loaded, force=force)
        with progress.stepping() as told:
            written = or_exit(
                lambda: write(loaded, targets, record=record, command=run.command, on_step=told)
            )
        for path in written:
            print(one_line(str(path)))
        return
    if record is not None:
        refuse("it stands beside --all-places", "record the report of one place", "--record")
    if place is not None:
        refuse("a place is named beside --all-places", "give one of them", "--place")
    targets_of = or_exit(lambda: _targets(targets, kinds or ["html"], force=force))
    order = Order(study, set_values(values), method, tuple(packs or ()), by_grade, write.keywords)
    with progress.stepping() as told:
        failed = or_exit(lambda: report_everywhere(order, targets_of, on_place=told))
    print(f"reports of {len(targets_of) - len(failed)} places of {len(targets_of)}")
    for name, why in failed.items():
        print(one_line(f"{name}: {why}"), file=sys.stderr)
    if failed:
        raise typer.Exit(1)


def _targets(folders: list[Path], kinds: list[str], *, force: bool) -> dict[str, list[Path]]:
    """The files of each local authority, by its identifier; the folder is made if it is not there."""
    unknown = [kind for kind in kinds if f".{kind}" not in WRITERS]
    if unknown:
        hint = f"write one of {_KINDS}"
        raise sroi.DocumentError(
            sroi.Problem(f"no report is of kind {kind}", hint, file="--as") for kind in unknown
        )
    if len(folders) != 1 or folders[0].suffix.lower() in WRITERS:
        raise sroi.DocumentError(
            [sroi.Problem("reports of every place need one folder", "write -o reports/", file="-o")]
        )
    with problems_of(folders[0]):
        folders[0].mkdir(parents=True, exist_ok=True)
    found = {
        each.identifier: [folders[0] / f"{each.identifier}.{kind}" for kind in kinds] for each in search("")
    }
    check_targets([path for paths in found.values() for path in paths], force=force)
    return found
