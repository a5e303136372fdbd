"""The commands that set public claims beside what the models give."""

from __future__ import annotations

from typing import Annotated

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
    names_a_study,
    or_exit,
    print_rows,
    read_study,
    refuse,
)
from sroi.cli.library import print_listing
from sroi.cli.recording import Recorder, RecordFile
from sroi.errors import instead
from sroi.text import printable


def claims(
    context: typer.Context,
    of: Annotated[
        str | None,
        typer.Argument(
            metavar="PLACE|STUDY",
            autocompletion=completion.places_and_studies,
            help="A place by name, or a study as evaluate takes it; every place where it is left out.",
        ),
    ] = None,
    place: Place = None,
    values: Values = None,
    method: Method = None,
    output: Output = Format.table,
    full: Full = False,
    packs: PackFolders = None,
    force: Force = False,
    record: RecordFile = None,
) -> None:
    from sroi.catalogue.claims import claims, claims_of_study

    if of is None or not names_a_study(of, packs):
        given = {"--place": place, "--set": values, "--method": method, "--record": record}
        for option, value in given.items():
            if value:
                hint = "name a study: its file, or an intervention with --place"
                refuse("it is of one study, and the claims of places rest on several", hint, option)
        print_listing(packs, output, lambda library: claims(library, of), full=full)
        return
    loaded = read_study(of, place, values, method, packs)
    run = Recorder(context, record, loaded, force=force)
    result = or_exit(lambda: sroi.evaluate(loaded))
    run.keep(result)
    print_listing(packs, output, lambda _: claims_of_study(result), full=full)


def claim(
    context: typer.Context,
    of: Annotated[
        str,
        typer.Argument(
            metavar="PLACE|STUDY",
            autocompletion=completion.places_and_studies,
            help="A place by name, or a study as evaluate takes it.",
        ),
    ],
    name: Annotated[str, typer.Argument(metavar="CLAIM", help="A claim by name: see `sroi claims`.")],
    place: Place = None,
    draws: Draws = 10_000,
    seed: Seed = 0,
    values: Values = None,
    method: Method = None,
    output: Output = Format.table,
    full: Full = False,
    packs: PackFolders = None,
    force: Force = False,
    record: RecordFile = None,
) -> None:
    study, where = of, place
    if not names_a_study(of, packs):
        if place is not None:
            refuse("a place is named already", f"leave it out, or {of}", "--place")
        study, where = or_exit(lambda: _asked_of(of, name, packs)), of
    loaded = read_study(study, where, values, method, packs)
    run = Recorder(context, record, loaded, force=force)

    def work() -> sroi.Belief:
        with progress.drawing(draws) as told:
            return sroi.what_it_takes(loaded, name, draws=draws, seed=seed, on_chunk=told)

    found = or_exit(work)
    run.keep(found)
    if full and output is Format.table:
        from rich.panel import Panel

        from sroi import terminal

        console = terminal.console()
        console.print(printable(f"“{found.claim.says}”"), markup=False, style="bold")
        console.print(
            Panel(
                terminal.escape("\n".join(found.lines)),
                title="What one would have to believe",
                title_align="left",
            )
        )
    whole = found.to_dict()
    print_rows(output, found.tables, whole, whole["switching_values"], None if full else found.brief)


def _asked_of(place: str, claim: str, packs: list[str] | None) -> str:
    """The intervention that a claim of a place is about."""
    from sroi.catalogue.claims import claimed

    said = claimed(sroi.Library(packs or ()), place)
    if claim not in said:
        raise sroi.NotFoundError(f"{place} has no claim {claim}", instead(claim, said))
    intervention = said[claim].intervention
    if intervention is None:
        what = "the claim names no intervention, so there is no model to ask"
        raise sroi.DocumentError([sroi.Problem(what, "ask about one that does", f"claims.{claim}")])
    return intervention
