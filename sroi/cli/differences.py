"""The command that sets two studies beside each other."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

import sroi
from sroi.cli import completion, progress
from sroi.cli.common import (
    Force,
    Format,
    Full,
    Method,
    Output,
    PackFolders,
    Place,
    Seed,
    Values,
    or_exit,
    print_rows,
    refuse,
    set_values,
)
from sroi.cli.recording import Recorder, RecordFile
from sroi.documents.loading import files_of
from sroi.extras import needed
from sroi.files import check_targets, write_files
from sroi.tables import rows_to_csv
from sroi.text import all_printable, one_line

if TYPE_CHECKING:
    from collections.abc import Callable

_WHAT = "a study's file, the record of a run, or the name of a shipped intervention."


def _svg(found: sroi.Difference) -> bytes:
    drawn: str = needed("vl_convert", "a chart").vegalite_to_svg(_drawing(found), show_warnings=False)
    return drawn.encode()


def _png(found: sroi.Difference) -> bytes:
    converter = needed("vl_convert", "a chart")
    drawn: bytes = converter.vegalite_to_png(_drawing(found), scale=2, show_warnings=False)
    return drawn


def _drawing(found: sroi.Difference) -> dict[str, Any]:
    from sroi.charts.differences import difference

    drawing: dict[str, Any] = all_printable(difference(found).spec())
    return drawing


WRITERS: dict[str, Callable[[sroi.Difference], bytes]] = {
    ".md": lambda found: found.to_markdown().encode(),
    ".json": lambda found: f"{found.to_json()}\n".encode(),
    ".csv": lambda found: rows_to_csv(found.rows).encode("utf-8-sig"),
    ".svg": _svg,
    ".png": _png,
}
"""What writes a difference, by the ending of the file."""

_KINDS = ", ".join(ending.removeprefix(".") for ending in WRITERS)


def diff(
    context: typer.Context,
    old: Annotated[
        str, typer.Argument(metavar="OLD", autocompletion=completion.studies, help=f"The old one: {_WHAT}")
    ],
    new: Annotated[
        str, typer.Argument(metavar="NEW", autocompletion=completion.studies, help=f"The new one: {_WHAT}")
    ],
    place: Place = None,
    by: Annotated[
        str, typer.Option("--by", metavar="kind|number", help="Changes of a kind together, or each alone.")
    ] = "kind",
    permutations: Annotated[
        int, typer.Option("--permutations", help="Orders that are sampled beyond 12 changes.")
    ] = 1000,
    seed: Seed = 0,
    targets: Annotated[
        list[Path] | None,
        typer.Option(
            "-o",
            "--output",
            metavar="FILE",
            help=f"Where to write, by its ending: {_KINDS}; a picture is a waterfall chart. May be repeated.",
        ),
    ] = None,
    values: Values = None,
    method: Method = None,
    output: Output = Format.table,
    full: Full = False,
    packs: PackFolders = None,
    force: Force = False,
    record: RecordFile = None,
) -> None:
    files = targets or []
    for file in files:
        if file.suffix.lower() not in WRITERS:
            refuse(f"nothing is written as {file.suffix or file.name}", f"end it in one of {_KINDS}", "-o")
    chosen = set_values(values)
    work = partial(
        sroi.diff, old, new, place=place, values=chosen or None, method=method, by=by,
        permutations=permutations, seed=seed, packs=packs or (),
    )  # fmt: skip
    with progress.working("evaluating combinations of changes"):
        found: sroi.Difference = or_exit(work)
    run = Recorder(context, record, found.new, force=force)
    inputs = [*files_of(found.old), *files_of(found.new)]
    or_exit(lambda: check_targets(files, force=force, inputs=inputs))
    contents = {file: or_exit(partial(WRITERS[file.suffix.lower()], found)) for file in files}
    written = or_exit(lambda: write_files(contents, force=force, inputs=inputs)) if contents else ()
    run.keep(found, reports=written)
    for file in written:
        print(one_line(str(file)))
    if not written:
        if output is Format.markdown:
            print(found.to_markdown(), end="")
        else:
            print_rows(output, found.tables, found.to_dict(), found.rows, None if full else found.brief)
    if found.net_present_value.difference is None:
        raise typer.Exit(1)
