"""The command that sets studies side by side."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

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
    Values,
    fail,
    or_exit,
    parted,
    print_rows,
    refuse,
    set_values,
)
from sroi.cli.recording import Recorder, RecordFile
from sroi.comparing.beside import DRAWS, Operand, side_by_side
from sroi.comparing.places import in_places
from sroi.documents.loading import files_of
from sroi.files import check_targets, is_there
from sroi.records.opening import is_record
from sroi.records.operands import opened


def compare(
    context: typer.Context,
    studies: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="STUDY",
            autocompletion=completion.studies,
            help="Studies' files, names of shipped interventions, or run records.",
        ),
    ] = None,
    place: Place = None,
    places: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAMES",
            help="Each intervention in each of these places, parted by commas; all is every shipped place.",
        ),
    ] = None,
    interventions: Annotated[
        list[str] | None,
        typer.Option(metavar="NAMES", help="The interventions, parted by commas; all is every shipped one."),
    ] = None,
    values: Values = None,
    method: Method = None,
    price_year: Annotated[
        str | None,
        typer.Option("--price-year", metavar="YEAR", help="Show all money in prices of 2024, or 2024-25."),
    ] = None,
    over: Annotated[
        str | None,
        typer.Option(
            "--over",
            metavar="MONEY",
            help="Whose money all returns are over: all, public, council, cash or funder:NAME.",
        ),
    ] = None,
    anyway: Annotated[
        bool, typer.Option("--anyway", help="Set beside each other what is not alike, each line marked.")
    ] = False,
    output: Output = Format.table,
    full: Full = False,
    no_range: Annotated[
        bool, typer.Option("--no-range", help=f"Leave out the ranges of {DRAWS:,} draws.")
    ] = False,
    packs: PackFolders = None,
    force: Force = False,
    record: RecordFile = None,
) -> None:
    named, chosen = list(studies or ()), set_values(values)
    if places or interventions:
        anyway = True
        operands = _in_places(
            [*named, *parted(interventions)], parted(places) or [place or ""], chosen, method, packs
        )
    else:
        if len(named) < 2:
            what = "one study is named" if named else "no study is named"
            refuse(what, "name two, or --places derby,york --interventions all", "STUDY")
        operands = _opened(named, place, chosen, method, packs)
    read = [each.study for each in operands if each.study is not None]
    run = _recorder(context, record, read, named, force=force)
    terms = {"price_year": price_year, "over": over}
    with progress.counting("comparing") as told:
        found: sroi.Comparison = or_exit(
            lambda: side_by_side(operands, terms, anyway=anyway, draws=0 if no_range else DRAWS, on_line=told)
        )
    if run is not None:
        run.keep(found)
    print_rows(output, found.tables, found.to_dict(), found.rows, None if full else found.brief)
    if all(each.no_result is not None for each in found.lines):
        raise typer.Exit(1)


def _in_places(
    interventions: list[str],
    places: list[str],
    values: dict[str, str],
    method: str | None,
    packs: list[str] | None,
) -> list[Operand]:
    if not interventions:
        refuse("no intervention is named", "write --interventions all, or their names", "--interventions")
    if places == [""]:
        refuse("no place is named", "write --places derby,york, or all", "--places")
    library = or_exit(lambda: sroi.Library(packs or ()))
    found: list[Operand] = or_exit(
        lambda: in_places(interventions, places, library, values=values, method=method)
    )
    return found


def _opened(
    names: list[str],
    place: str | None,
    values: dict[str, str],
    method: str | None,
    packs: list[str] | None,
) -> list[Operand]:
    """What the names stand for, or all that is wrong with any of them."""
    found: list[Operand] = []
    problems: list[sroi.Problem] = []
    library: sroi.Library = or_exit(lambda: sroi.Library(packs or ()))
    for name in names:
        try:
            found.append(_operand(name, place, values, method, library))
        except sroi.SroiError as error:
            problems += error.problems
    if problems:
        fail(sroi.DocumentError(dict.fromkeys(problems)), 2)
    return found


def _operand(
    name: str, place: str | None, values: dict[str, str], method: str | None, library: sroi.Library
) -> Operand:
    """What a name stands for; a record keeps the place that it was made in."""
    file = Path(name)
    there = is_there(file)
    recorded = there and is_record(file)
    laid = None if recorded else place
    read = opened(name, place=laid, values=values or None, method=method, packs=library)
    notes = read.notes
    if recorded:
        own = read.study.place or "none"
        notes = (*notes, f"from a record, whose place stays {own}; computed by this engine")
    return Operand(file.name if there else name, read.study, "", read.study.place, notes)


def _recorder(
    context: typer.Context, file: Path | None, studies: list[sroi.Study], named: list[str], *, force: bool
) -> Recorder | None:
    """What writes the record of the comparison, of which the first study is the one that is recorded."""
    if file is None:
        return None
    if not studies:
        refuse("no study could be read, so nothing can be recorded", "name a study", "--record")
    inputs: list[Any] = [each for study in studies for each in files_of(study)]
    inputs += [Path(each) for each in named if is_there(Path(each))]
    or_exit(lambda: check_targets([file], force=force, inputs=inputs))
    return Recorder(context, file, studies[0], force=force)
