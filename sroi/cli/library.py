"""The commands that say what is shipped, and what has been claimed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

import sroi
from sroi import catalogue
from sroi.cli.common import Format, Output, PackFolders, app, or_exit, print_rows

if TYPE_CHECKING:
    from sroi.catalogue import Listing


def _print(listing: Listing, output: Format) -> None:
    print_rows(output, (listing.table,), listing.entries, listing.entries)


@app.command()
def boroughs(
    search: Annotated[
        str | None,
        typer.Option(
            "--search", metavar="TEXT", help="Local authorities whose name, region or code holds it."
        ),
    ] = None,
    like: Annotated[
        str | None,
        typer.Option("--like", metavar="NAME", help="The places most like one, within its nation."),
    ] = None,
    everywhere: Annotated[
        bool, typer.Option("--all", help="Every local authority of the United Kingdom.")
    ] = False,
    output: Output = Format.table,
    packs: PackFolders = None,
) -> None:
    """List the places that have an assumption pack, or find any local authority."""

    def listed() -> Listing:
        library = sroi.Library(packs or ())
        if like is not None:
            return catalogue.places_like(library, like)
        return (
            catalogue.found_places(library, search or "")
            if everywhere or search is not None
            else catalogue.boroughs(library)
        )

    _print(or_exit(listed), output)


@app.command()
def interventions(output: Output = Format.table, packs: PackFolders = None) -> None:
    """List the interventions that can be evaluated by name."""
    _print(or_exit(lambda: catalogue.interventions(sroi.Library(packs or ()))), output)


@app.command()
def show(
    name: Annotated[str, typer.Argument(help="A place, a nation or an intervention, by name.")],
    sources: Annotated[
        bool, typer.Option("--sources", help="The bibliography instead of the numbers.")
    ] = False,
    output: Output = Format.table,
    packs: PackFolders = None,
) -> None:
    """Show what a place or an intervention assumes, and where each number comes from."""
    work = catalogue.sources_of if sources else catalogue.numbers_of
    _print(or_exit(lambda: work(name, sroi.Library(packs or ()))), output)


@app.command()
def claims(
    borough: Annotated[
        str | None, typer.Argument(help="A place by name; every place where it is left out.")
    ] = None,
    output: Output = Format.table,
    packs: PackFolders = None,
) -> None:
    """Set what has been claimed in public beside what the models give."""
    _print(or_exit(lambda: catalogue.claims(sroi.Library(packs or ()), borough)), output)
