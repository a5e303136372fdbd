"""The commands that explain a study, or read it in other ways: its scenarios, other methods."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer

import sroi
from sroi.cli import progress
from sroi.cli.common import (
    Force,
    Form,
    Format,
    Full,
    Method,
    Output,
    PackFolders,
    Place,
    StudyName,
    Values,
    or_exit,
    print_rows,
    read_study,
)
from sroi.cli.recording import Recorder, RecordFile

if TYPE_CHECKING:
    from sroi.results import Alternatives, Explanation


def explain(
    context: typer.Context,
    study: StudyName,
    what: Annotated[
        str,
        typer.Argument(
            metavar="OUTCOME|PATH",
            help="An outcome by its name, or a number by its path as --set takes it, such as members or "
            "outcomes.less_lonely.deadweight.",
        ),
    ],
    place: Place = None,
    values: Values = None,
    method: Method = None,
    output: Annotated[Form, typer.Option("--format", help="How to write it.")] = Form.text,
    full: Annotated[bool, typer.Option("--full", help="Print all of it, with every source.")] = False,
    packs: PackFolders = None,
    force: Force = False,
    record: RecordFile = None,
) -> None:
    loaded = read_study(study, place, values, method, packs)
    run = Recorder(context, record, loaded, force=force)
    result = or_exit(lambda: sroi.evaluate(loaded))
    found: Explanation = or_exit(lambda: result.explain(what))
    run.keep(result)
    if output is Form.json:
        whole = {"study": loaded.id, "place": loaded.place, "explained": what, **found.to_dict()}
        print(json.dumps(whole, indent=1, ensure_ascii=False))
    elif full:
        print(found)
    else:
        from sroi import terminal

        terminal.print_brief(found.brief)


def scenarios(
    context: typer.Context,
    study: StudyName,
    place: Place = None,
    values: Values = None,
    method: Method = None,
    output: Output = Format.table,
    full: Full = False,
    packs: PackFolders = None,
    force: Force = False,
    record: RecordFile = None,
) -> None:
    loaded = read_study(study, place, values, method, packs)

    def work() -> Alternatives:
        base = sroi.evaluate(loaded)
        return sroi.Alternatives.of(base, "scenario", sroi.scenarios(base))

    run = Recorder(context, record, loaded, force=force)
    with progress.working("evaluating scenarios"):
        found: Alternatives = or_exit(work)
    run.keep(found)
    print_rows(output, found.tables, found.to_dict(), found.rows, None if full else found.brief)


def spread(
    context: typer.Context,
    study: StudyName,
    place: Place = None,
    values: Values = None,
    method: Method = None,
    output: Output = Format.table,
    full: Full = False,
    packs: PackFolders = None,
    force: Force = False,
    record: RecordFile = None,
) -> None:
    loaded = read_study(study, place, values, method, packs)
    run = Recorder(context, record, loaded, force=force)
    with progress.working("evaluating by each method"):
        found: Alternatives = or_exit(lambda: sroi.spread(loaded))
    run.keep(found)
    print_rows(output, found.tables, found.to_dict(), found.rows, None if full else found.brief)
