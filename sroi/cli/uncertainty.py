"""The commands that say how sure an answer is."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

import sroi
from sroi.cli import progress
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
    StudyName,
    Values,
    or_exit,
    print_rows,
    read_study,
    refuse,
)
from sroi.cli.recording import Recorder, RecordFile
from sroi.documents.loading import files_of
from sroi.results.simulation import FIGURES, Sampler
from sroi.text import one_line
from sroi.uncertainty.draws_file import DrawsFile
from sroi.uncertainty.uncertain import uncertainty

_RETURNS = 65_536
"""Draws that the returns of the ledger are spread over at the most."""

ByGrade = Annotated[
    bool,
    typer.Option(
        "--ranges-by-grade",
        help="Give every number without a range one by its grade of evidence: our own rule.",
    ),
]
Target = Annotated[
    float, typer.Option("--target", help="The figure to meet: 1 for breaking even, or a claimed ratio.")
]


def with_ranges(study: sroi.Study, *, by_grade: bool) -> sroi.Study:
    """The study, with ranges by grade where they were asked for, and how many on standard error."""
    if not by_grade:
        return study
    ranged: sroi.Ranged = or_exit(lambda: sroi.ranges_by_grade(study))
    given = f"{len(ranged.given)} numbers without a range were given one by grade of evidence"
    print(one_line(f"{given}, by this package's own rule"), file=sys.stderr)
    return ranged.study


def simulate(
    context: typer.Context,
    study: StudyName,
    place: Place = None,
    draws: Draws = 10_000,
    seed: Seed = 0,
    sampler: Annotated[str, typer.Option("--sampler", help="random, or sobol points.")] = "random",
    keep: Annotated[
        Path | None,
        typer.Option("--keep", metavar="FILE.parquet", help="Write every draw to a file as it is made."),
    ] = None,
    force: Force = False,
    by_grade: ByGrade = False,
    values: Values = None,
    method: Method = None,
    output: Output = Format.table,
    full: Full = False,
    packs: PackFolders = None,
    record: RecordFile = None,
) -> None:
    if sampler not in ("random", "sobol"):
        refuse(f"there is no sampler {sampler}", "write random or sobol", "--sampler")
    loaded = with_ranges(read_study(study, place, values, method, packs), by_grade=by_grade)
    run = Recorder(context, record, loaded, force=force)
    chosen: Sampler = "sobol" if sampler == "sobol" else "random"

    def work() -> sroi.Simulation:
        drawing = progress.drawing(draws)
        with DrawsFile(keep, force=force, inputs=files_of(loaded)) as file, drawing as told:
            if keep is not None and draws > 0:
                file.expect(draws, len(uncertainty(loaded).numbers) + len(FIGURES))
            return sroi.simulate(
                loaded,
                draws=draws,
                seed=seed,
                sampler=chosen,
                on_chunk=told,
                keep=file.add if keep is not None else None,
            )

    result = or_exit(work)
    run.keep(result)
    with progress.working("spreading the returns"):
        returns: sroi.LedgerSpread = or_exit(
            lambda: sroi.ledger_spread(result.evaluation, draws=min(draws, _RETURNS), seed=seed)
        )
    rows = [
        {"figure": name, **spread.to_dict()} for name, spread in {**result.spreads, **result.outcomes}.items()
    ]
    rows += [{"figure": name, **found.spread.to_dict()} for name, found in returns.returns.items()]
    ratios = {name: spread for name, spread in returns.to_dict().items() if name != "schema"}
    whole = {**result.to_dict(), **returns.ledger.to_dict(), "ratios": ratios, "schema": result.schema}
    print_rows(output, (*result.tables, *returns.tables), whole, rows, None if full else result.brief)
    if output is Format.table:
        for warning in result.warnings:
            print(one_line(f"warning: {warning}"), file=sys.stderr)
        if full:
            from sroi import terminal

            terminal.print_quote(result.statement)


def sensitivity(
    context: typer.Context,
    study: StudyName,
    place: Place = None,
    variance: Annotated[
        bool, typer.Option("--variance", help="Shares of the variance (Sobol indices) in place of swings.")
    ] = False,
    points: Annotated[
        int, typer.Option("--points", help="Points behind the shares of variance, a power of two.")
    ] = 1024,
    seed: Seed = 0,
    by_grade: ByGrade = False,
    values: Values = None,
    method: Method = None,
    output: Output = Format.table,
    full: Full = False,
    packs: PackFolders = None,
    force: Force = False,
    record: RecordFile = None,
) -> None:
    loaded = with_ranges(read_study(study, place, values, method, packs), by_grade=by_grade)
    run = Recorder(context, record, loaded, force=force)
    if points < 2:
        refuse(f"{points} points are too few", "give a power of two, such as 1024", "--points")

    def work() -> Any:
        if variance:
            with progress.counting("shares of the variance") as told:
                return sroi.sobol(loaded, points=points, seed=seed, on_number=told)
        with progress.working("swings"):
            return sroi.sensitivity(loaded)

    found = or_exit(work)
    run.keep(found, {"points": points, "seed": seed} if variance else {})
    whole = found.to_dict()
    print_rows(
        output, found.tables, whole, whole["indices" if variance else "swings"], None if full else found.brief
    )


def switching(
    context: typer.Context,
    study: StudyName,
    place: Place = None,
    target: Target = 1.0,
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
    with progress.working("looking for switching values"):
        found = or_exit(lambda: sroi.switching_values(loaded, target))
    run.keep(found)
    whole = found.to_dict()
    print_rows(
        output, found.tables, whole, whole["numbers"] + whole["outcomes"], None if full else found.brief
    )


def breakeven(
    context: typer.Context,
    study: StudyName,
    place: Place = None,
    target: Annotated[
        str,
        typer.Option(
            "--target",
            metavar="RATIO|CLAIM",
            help="The return to meet: a ratio, or one of the study's claims.",
        ),
    ] = "1.0",
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
    with progress.working("looking for what it would have to be"):
        found = or_exit(lambda: sroi.breakeven(loaded, _ratio_or_claim(target)))
    run.keep(found)
    whole = found.to_dict()
    rows = whole["unknown"] or whole["numbers"]
    print_rows(output, found.tables, whole, rows, None if full else found.brief)


def _ratio_or_claim(target: str) -> float | str:
    try:
        return float(target)
    except ValueError:
        return target


def information(
    context: typer.Context,
    study: StudyName,
    place: Place = None,
    target: Target = 1.0,
    draws: Draws = 20_000,
    seed: Seed = 0,
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
    if draws < 1:
        refuse(f"{draws} draws cannot be made", "give a whole number of draws, 1 or more", "--draws")

    def work() -> sroi.Information:
        with progress.counting("valuing") as told:
            return sroi.value_of_information(loaded, threshold=target, draws=draws, seed=seed, on_number=told)

    found = or_exit(work)
    run.keep(found, {"seed": seed})
    whole = found.to_dict()
    print_rows(output, found.tables, whole, whole["values"], None if full else found.brief)
