"""The command ``sroi``: read the arguments, call the library, print. Results go to standard output, everything else to standard error."""

from __future__ import annotations

import datetime as dt
import io
import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

import sroi
from sroi import catalogue, terminal
from sroi.authoring import starting_file, unit_costs
from sroi.documents.names import slug
from sroi.documents.packcheck import check_packs
from sroi.errors import ProblemsError
from sroi.tables import rows_to_csv

if TYPE_CHECKING:
    from collections.abc import Callable

    from sroi.catalogue import Listing

app = typer.Typer(
    help="Social Return on Investment: what a programme gives back for each pound put in, with where every number comes from.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


class Format(StrEnum):
    """How a result is written."""

    table = "table"
    json = "json"
    markdown = "markdown"
    csv = "csv"


class Kind(StrEnum):
    """The two kinds of file."""

    study = "study"
    pack = "pack"


PackFolders = Annotated[
    list[str] | None, typer.Option("--packs", metavar="DIR", help="Folder of your own packs, looked into first; may be repeated.")
]
Borough = Annotated[str | None, typer.Option("--borough", metavar="NAME", help="Place by identifier, name or GSS code, in place of the study's own.")]
Output = Annotated[Format, typer.Option("--format", help="How to write it.")]


def main() -> None:
    """Run the command; a user's mistake ends in a message and an exit status, never in a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")
    try:
        app()
    except BrokenPipeError:
        sys.stderr.close()
        raise SystemExit(0) from None


def _or_exit(work: Callable[[], Any]) -> Any:
    """What the library gives, or its error on standard error and the exit status of its kind."""
    try:
        return work()
    except sroi.UndefinedResultError as error:
        _fail(error, 1)
    except sroi.SroiError as error:
        _fail(error, 2)


def _fail(error: sroi.SroiError, status: int) -> NoReturn:
    lines = [str(problem) for problem in error.problems] if isinstance(error, ProblemsError) else [str(error)]
    for line in lines:
        print(" ".join(line.splitlines()), file=sys.stderr)
    raise typer.Exit(status)


@app.command()
def evaluate(
    study: Annotated[str, typer.Argument(help="A study's file (.yaml, .yml, .json), or the name of a shipped intervention.")],
    borough: Borough = None,
    values: Annotated[list[str] | None, typer.Option("--set", metavar="PATH=VALUE", help="Replace a value; may be repeated.")] = None,
    method: Annotated[str | None, typer.Option("--method", metavar="NAME", help="Method profile, in place of the study's own.")] = None,
    output: Output = Format.table,
    packs: PackFolders = None,
) -> None:
    """Evaluate a study: ratio, net present value, value map, and where the numbers come from."""
    chosen = _values(values or [])
    result = _or_exit(lambda: sroi.evaluate(sroi.load(study, borough=borough, values=chosen, method=method, packs=packs or ())))
    if output is Format.json:
        print(result.to_json())
    elif output is Format.markdown:
        print(result.to_markdown(), end="")
    elif output is Format.csv:
        print(rows_to_csv(result.to_dict()["value_map"]), end="")
    else:
        terminal.print_result(result)


def _values(given: list[str]) -> dict[str, str]:
    chosen = {}
    for each in given:
        path, equals, value = each.partition("=")
        if not equals or not path.strip():
            _fail(sroi.DocumentError([sroi.Problem(f"{each!r} sets nothing", "write --set path=value, such as --set members=100", file="--set")]), 2)
        chosen[path.strip()] = value.strip()
    return chosen


@app.command()
def boroughs(
    search: Annotated[str | None, typer.Option("--search", metavar="TEXT", help="Local authorities whose name, region or code holds it.")] = None,
    like: Annotated[str | None, typer.Option("--like", metavar="NAME", help="The places most like one, within its nation.")] = None,
    everywhere: Annotated[bool, typer.Option("--all", help="Every local authority of the United Kingdom.")] = False,
    output: Output = Format.table,
    packs: PackFolders = None,
) -> None:
    """List the places that have an assumption pack, or find any local authority."""

    def listed() -> Listing:
        library = sroi.Library(packs or ())
        if like is not None:
            return catalogue.places_like(library, like)
        return catalogue.found_places(library, search or "") if everywhere or search is not None else catalogue.boroughs(library)

    _print_listing(_or_exit(listed), output)


@app.command()
def interventions(output: Output = Format.table, packs: PackFolders = None) -> None:
    """List the interventions that can be evaluated by name."""
    _print_listing(_or_exit(lambda: catalogue.interventions(sroi.Library(packs or ()))), output)


@app.command()
def show(
    name: Annotated[str, typer.Argument(help="A place, a nation or an intervention, by name.")],
    sources: Annotated[bool, typer.Option("--sources", help="The bibliography instead of the numbers.")] = False,
    output: Output = Format.table,
    packs: PackFolders = None,
) -> None:
    """Show what a place or an intervention assumes, and where each number comes from."""
    work = catalogue.sources_of if sources else catalogue.numbers_of
    _print_listing(_or_exit(lambda: work(name, sroi.Library(packs or ()))), output)


@app.command()
def claims(
    borough: Annotated[str | None, typer.Argument(help="A place by name; every place where it is left out.")] = None,
    output: Output = Format.table,
    packs: PackFolders = None,
) -> None:
    """Set what has been claimed in public beside what the models give."""
    _print_listing(_or_exit(lambda: catalogue.claims(sroi.Library(packs or ()), borough)), output)


@app.command()
def new(
    kind: Annotated[Kind, typer.Argument(help="What to begin: a study or a pack.")],
    name: Annotated[str, typer.Argument(help="Its name.")],
    force: Annotated[bool, typer.Option("--force", help="Write over a file that is there.")] = False,
) -> None:
    """Write a commented starting file for a study or a pack."""
    text = starting_file(kind.value, name, year=dt.datetime.now(tz=dt.UTC).year)
    _write(Path(f"{slug(name)}.yaml"), text, force=force)


@app.command()
def schema(
    kind: Annotated[Kind, typer.Argument(help="Schema of which kind of file.")] = Kind.study,
) -> None:
    """Print the JSON Schema (draft 2020-12) of a study or a pack, for editors."""
    print(json.dumps(sroi.json_schema(kind.value), indent=1, ensure_ascii=False))


@app.command("check-packs")
def check_all_packs(packs: PackFolders = None) -> None:
    """Check every shipped pack and intervention, and your own: sources, rationales, ranges, names, price years, licences."""
    problems = _or_exit(lambda: check_packs(sroi.Library(packs or ())))
    if problems:
        _fail(sroi.DocumentError(problems), 2)
    print("every pack and intervention is in order")


imports = typer.Typer(help="Bring in data of your own.", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(imports, name="import")


@imports.callback()
def _imports() -> None:
    """Bring in data of your own."""


@imports.command("unit-costs")
def import_unit_costs(
    file: Annotated[Path, typer.Argument(help="Your own copy of the GMCA unit cost workbook (.xlsx), or a table like it (.csv).")],
    pack: Annotated[str, typer.Option("--pack", help="Name of the pack to write.")] = "unit-costs",
    extends: Annotated[str, typer.Option("--extends", help="Pack that it builds on.")] = "england",
    force: Annotated[bool, typer.Option("--force", help="Write over a file that is there.")] = False,
) -> None:
    """Make a pack from a table of unit costs."""
    costs = _or_exit(lambda: unit_costs(file, pack=pack, extends=extends))
    _write(Path(f"{slug(pack)}.yaml"), costs.text, force=force)
    print(f"{costs.costs} unit costs; {len(costs.skipped)} rows left out", file=sys.stderr)
    for line in costs.skipped[:10]:
        print(f"  {line}", file=sys.stderr)


def _write(path: Path, text: str, *, force: bool) -> None:
    """Write a file whole or not at all, and never over another unless told to."""
    if path.exists() and not force:
        _fail(sroi.DocumentError([sroi.Problem("the file is there already", "use --force to write over it", file=str(path))]), 2)
    part = path.with_name(f".{path.name}.part")
    part.write_text(text, encoding="utf-8", newline="\n")
    part.replace(path)
    print(path)


def _print_listing(listing: Listing, output: Format) -> None:
    if output is Format.json:
        print(json.dumps(listing.entries, indent=1, ensure_ascii=False))
    elif output is Format.csv:
        print(rows_to_csv(listing.entries), end="")
    elif output is Format.markdown:
        print(listing.table.to_markdown(), end="")
    else:
        terminal.print_table(listing.table)


def _version(wanted: bool) -> None:
    if wanted:
        print(f"sroi {sroi.__version__}")
        raise typer.Exit


@app.callback()
def _options(version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")] = False) -> None:
    """Social Return on Investment: what a programme gives back for each pound put in, with where every number comes from."""


if __name__ == "__main__":
    main()
