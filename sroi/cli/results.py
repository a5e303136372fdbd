"""The command that evaluates a study."""

from __future__ import annotations

from typing import Annotated

import typer

import sroi
from sroi.cli import progress
from sroi.cli.common import (
    Force,
    Format,
    Full,
    Method,
    Output,
    PackFolders,
    Place,
    StudyName,
    Values,
    or_exit,
    print_csv,
    read_study,
)
from sroi.cli.recording import Recorder, RecordFile
from sroi.labels import without_names
from sroi.text import json_text

DRAWS = 10_000


def evaluate(
    context: typer.Context,
    study: StudyName,
    place: Place = None,
    values: Values = None,
    method: Method = None,
    output: Output = Format.table,
    packs: PackFolders = None,
    full: Full = False,
    no_range: Annotated[
        bool, typer.Option("--no-range", help=f"Leave out the range of {DRAWS:,} draws.")
    ] = False,
    force: Force = False,
    record: RecordFile = None,
) -> None:
    loaded = read_study(study, place, values, method, packs)
    run = Recorder(context, record, loaded, force=force)
    result = or_exit(lambda: sroi.evaluate(loaded))
    run.keep(result)
    if output is Format.json:
        from sroi.uncertainty.beside import beside_nation

        beside = beside_nation(result)
        local = {"beside_nation": None if beside is None else beside.to_dict()}
        books = {**result.to_dict(), **sroi.ledger(result).to_dict(), "schema": result.schema}
        print(json_text({**books, **local}))
    elif output is Format.markdown:
        print(result.to_markdown(), end="")
    elif output is Format.csv:
        print_csv([row.to_flat() for row in result.outcomes])
    else:
        from sroi import terminal
        from sroi.results.answer import Answer

        drawn = beside = None
        if not no_range:
            from sroi.uncertainty.beside import beside_nation

            with progress.drawing(DRAWS) as told:
                drawn = or_exit(lambda: sroi.simulate(result, draws=DRAWS, on_chunk=told))
            beside = beside_nation(result)
        severe = tuple(
            without_names(loaded, each.message) for each in or_exit(lambda: sroi.check(result)).errors
        )
        if full:
            terminal.print_result(result, simulation=drawn, beside=beside, severe=severe)
        else:
            with progress.working("swings"):
                swings = None if no_range else or_exit(lambda: sroi.sensitivity(result))
            terminal.print_answer(Answer(result, sroi.ledger(result), drawn, swings, beside, severe))
