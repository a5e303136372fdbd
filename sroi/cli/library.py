"""The commands that say what is shipped, and what has been claimed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from sroi import catalogue
from sroi.authoring import full_pack
from sroi.catalogue import places as of_places
from sroi.cli import completion, progress
from sroi.cli.common import Format, Full, Output, PackFolders, or_exit, print_rows
from sroi.documents import Library

if TYPE_CHECKING:
    from collections.abc import Callable

    from sroi.catalogue import Listing


def print_listing(
    packs: list[str] | None, output: Format, listed: Callable[[Library], Listing], *, full: bool
) -> None:
    """Print what is listed."""
    with progress.working("looking up"):
        listing: Listing = or_exit(lambda: listed(Library(packs or ())))
    brief = None if full else listing.brief
    print_rows(output, listing.tables, listing.entries, listing.entries, brief)


def places(
    search: Annotated[
        str | None,
        typer.Option(
            "--search", metavar="TEXT", help="Local authorities whose name, region or code holds it."
        ),
    ] = None,
    like: Annotated[
        str | None,
        typer.Option(
            "--like",
            metavar="NAME",
            autocompletion=completion.places,
            help="The places most like one, within its nation.",
        ),
    ] = None,
    everywhere: Annotated[
        bool, typer.Option("--all", help="Every local authority of the United Kingdom.")
    ] = False,
    output: Output = Format.table,
    full: Full = False,
    packs: PackFolders = None,
) -> None:
    def listed(library: Library) -> Listing:
        if like is not None:
            return of_places.places_like(library, like)
        if everywhere or search is not None:
            return of_places.found_places(library, search or "")
        return of_places.places_with_a_pack(library)

    print_listing(packs, output, listed, full=full)


def interventions(output: Output = Format.table, full: Full = False, packs: PackFolders = None) -> None:
    print_listing(packs, output, catalogue.interventions, full=full)


def show(
    name: Annotated[
        str,
        typer.Argument(
            autocompletion=completion.names, help="A place, a nation or an intervention, by name."
        ),
    ],
    sources: Annotated[
        bool, typer.Option("--sources", help="The bibliography instead of the numbers.")
    ] = False,
    as_yaml: Annotated[
        bool, typer.Option("--yaml", help="What --place NAME uses, as one pack in YAML.")
    ] = False,
    output: Output = Format.table,
    full: Full = False,
    packs: PackFolders = None,
) -> None:
    if as_yaml:
        print(or_exit(lambda: full_pack(name, Library(packs or ()))), end="")
        return
    work = catalogue.sources_of if sources else catalogue.numbers_of
    print_listing(packs, output, lambda library: work(name, library), full=full)
