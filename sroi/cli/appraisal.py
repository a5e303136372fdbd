"""The command that sets the options of one decision against each other."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

import sroi
from sroi.cli import completion, progress
from sroi.cli.common import (
    Draws,
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
    write_file,
)
from sroi.cli.recording import Recorder, RecordFile
from sroi.documents.loading import files_of
from sroi.files import check_targets
from sroi.records.operands import Operand, opened
from sroi.tables import rows_to_csv
from sroi.text import json_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sroi.results import Options

_WRITERS: Mapping[str, Callable[[Options], str]] = {
    ".json": lambda found: json_text(found.to_dict()),
    ".md": lambda found: found.to_markdown(),
    ".csv": lambda found: rows_to_csv(found.to_dict()["options"]),
}


def options(
    context: typer.Context,
    studies: Annotated[
        list[str],
        typer.Argument(
            metavar="STUDY",
            autocompletion=completion.studies,
            help="The options' files, or run records, or names of shipped interventions; the baseline first.",
        ),
    ],
    baseline: Annotated[
        str | None,
        typer.Option("--baseline", metavar="NAME", help="The option that the others are set against."),
    ] = None,
    between: Annotated[
        str | None,
        typer.Option(
            "--between",
            metavar="NAME,NAME",
            help="The two that switching values are between; by default those worth the most.",
        ),
    ] = None,
    anyway: Annotated[
        bool, typer.Option("--anyway", help="Compare options for other people, of other places or purposes.")
    ] = False,
    place: Place = None,
    draws: Draws = 10_000,
    seed: Seed = 0,
    values: Values = None,
    method: Method = None,
    output: Output = Format.table,
    full: Full = False,
    target: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="FILE", help="Write it to a file: .md, .json or .csv."),
    ] = None,
    packs: PackFolders = None,
    force: Force = False,
    record: RecordFile = None,
) -> None:
    chosen = set_values(values) or None
    if target is not None and target.suffix.lower() not in _WRITERS:
        refuse(f"no options are written as {target.name}", "end it in .md, .json or .csv", "--output")
    if draws < 0:
        refuse(f"{draws} draws cannot be made", "give a whole number of draws, 0 or more", "--draws")
    read = [_opened(each, place, chosen, method, packs) for each in studies]
    names = [_called(each.name) for each in read]
    pair = None if between is None else [_called(name.strip()) for name in between.split(",")]
    base = None if baseline is None else _called(baseline)
    sources = [file for each in read for file in files_of(each.study)]
    if target is not None:
        or_exit(lambda: check_targets([target], force=force, inputs=sources))
    run = Recorder(context, record, read[0].study, force=force, inputs=sources)

    def work() -> Options:
        with progress.drawing(draws) as told:
            found: Options = sroi.options(
                *(each.study for each in read), names=names, baseline=base, between=pair, anyway=anyway,
                draws=draws, seed=seed, on_chunk=told,
            )  # fmt: skip
            return found

    found = or_exit(work)
    run.keep(found)
    if target is not None:
        write_file(target, _WRITERS[target.suffix.lower()](found), force=force, inputs=sources)
        return
    whole = found.to_dict()
    print_rows(output, found.tables, whole, whole["options"], None if full else found.brief)


def _called(name: str) -> str:
    """What an option is called: a file without its folders and ending."""
    path = Path(name)
    return path.stem if path.suffix.lower() in (".yaml", ".yml", ".json") else name


def _opened(
    given: str, place: str | None, values: dict[str, str] | None, method: str | None, packs: list[str] | None
) -> Operand:
    found: Operand = or_exit(
        lambda: opened(given, place=place, values=values, method=method, packs=packs or ())
    )
    return found
