"""The command ``sroi``: read the arguments, call the library, print. Results go to standard output, everything else to standard error."""

from __future__ import annotations

import csv
import io
import json
import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

import sroi
from sroi import terminal
from sroi.documents.library import slug
from sroi.errors import ProblemsError
from sroi.tables import Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sroi.documents import Place

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
        print(_csv(result.to_dict()["value_map"]), end="")
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
    output: Output = Format.table,
    packs: PackFolders = None,
) -> None:
    """List the places that have an assumption pack."""

    def listed() -> list[dict[str, Any]]:
        return [_place(place) for place in sroi.Library(packs or ()).places() if not place.nation]

    entries = _or_exit(listed)
    rows = [(entry["borough"], entry["title"], entry["gss"] or "", str(entry["numbers"]), ", ".join(entry["interventions"])) for entry in entries]
    _print_list(
        entries, Table("Places with an assumption pack", ("Name", "Title", "GSS code", ">Own numbers", "Says of interventions"), tuple(rows)), output
    )


def _place(place: Place) -> dict[str, Any]:
    pack = place.pack
    return {
        "borough": pack.pack,
        "title": pack.title,
        "gss": pack.gss,
        "extends": pack.extends,
        "interventions": list(pack.interventions),
        "numbers": len(pack.assumptions) + sum(len(said.assumptions) for said in pack.interventions.values()),
        "claims": len(pack.claims),
        "file": place.text.whole.file,
    }


@app.command()
def interventions(output: Output = Format.table, packs: PackFolders = None) -> None:
    """List the interventions that can be evaluated by name."""

    def listed() -> list[dict[str, Any]]:
        library = sroi.Library(packs or ())
        entries = []
        for name in library.interventions():
            text = library.intervention(name)
            places = [place.name for place in library.places() if name in place.pack.interventions]
            entries.append({"intervention": name, "title": text.root.get("title"), "boroughs": places, "file": text.whole.file})
        return entries

    entries = _or_exit(listed)
    rows = [(entry["intervention"], str(entry["title"]), ", ".join(entry["boroughs"])) for entry in entries]
    _print_list(entries, Table("Interventions", ("Name", "Title", "Places with numbers of their own"), tuple(rows)), output)


@app.command()
def show(
    name: Annotated[str, typer.Argument(help="A place, a nation or an intervention, by name.")],
    output: Output = Format.table,
    packs: PackFolders = None,
) -> None:
    """Show what a place or an intervention assumes, and where each number comes from."""
    table, entries = _or_exit(lambda: _numbers_of(name, sroi.Library(packs or ())))
    _print_list(entries, table, output)


def _numbers_of(name: str, library: sroi.Library) -> tuple[Table, list[dict[str, Any]]]:
    text, title, sections = _text_of(name, library)
    entries = []
    for path, entry in sections:
        fields = entry if isinstance(entry, dict) else {"value": entry}
        origin = text.origin(path)
        entries.append(
            {
                "path": path,
                **{key: fields.get(key) for key in ("value", "low", "high", "unit", "price_year", "source", "grade", "rationale", "borrowed_from")},
                "file": origin.file if origin else None,
                "line": origin.line if origin else None,
            }
        )
    rows = []
    for entry in entries:
        spread = "" if entry["low"] is None else f"{entry['low']} to {entry['high']}"
        basis = entry["source"] or entry["rationale"] or ("computed" if isinstance(entry["value"], str) else "no source")
        value = "not assessed" if entry["value"] is None else str(entry["value"])
        rows.append(
            (
                str(entry["path"]),
                value,
                spread,
                str(entry["price_year"] or ""),
                str(entry["grade"] or ""),
                str(basis),
                f"{entry['file']}:{entry['line']}",
            )
        )
    return Table(title, ("Number", ">Value", ">Range", "Prices", "Grade", "Source or rationale", "Written in"), tuple(rows)), entries


def _text_of(name: str, library: sroi.Library) -> tuple[Any, str, list[tuple[str, Any]]]:
    if slug(name) in library.interventions():
        text = library.intervention(name)
        return text, str(text.root.get("title")), [(f"assumptions.{key}", entry) for key, entry in text.root.get("assumptions", {}).items()]
    try:
        place = library.place(name)
    except sroi.NotFoundError as error:
        raise sroi.NotFoundError(f"{error}; interventions: {', '.join(library.interventions())}") from None
    sections = [(f"assumptions.{key}", entry) for key, entry in place.text.root.get("assumptions", {}).items()]
    for intervention, said in place.text.root.get("interventions", {}).items():
        sections += [(f"interventions.{intervention}.assumptions.{key}", entry) for key, entry in said.get("assumptions", {}).items()]
    return place.text, place.pack.title, sections


def _print_list(entries: list[dict[str, Any]], table: Table, output: Format) -> None:
    if output is Format.json:
        print(json.dumps(entries, indent=1, ensure_ascii=False))
    elif output is Format.csv:
        print(_csv(entries), end="")
    elif output is Format.markdown:
        print(table.to_markdown(), end="")
    else:
        terminal.print_table(table)


def _csv(rows: list[dict[str, Any]]) -> str:
    """Rows as CSV; a series by year becomes a column a year, and no text can be taken for a formula."""
    flat = [dict(_flat(row)) for row in rows]
    columns = list(dict.fromkeys(key for row in flat for key in row))
    written = io.StringIO()
    writer = csv.DictWriter(written, columns, lineterminator="\n", restval="")
    writer.writeheader()
    writer.writerows(flat)
    return written.getvalue()


def _flat(row: dict[str, Any]) -> Iterable[tuple[str, Any]]:
    for key, value in row.items():
        if isinstance(value, list) and key.startswith("by_year"):
            yield from ((f"{key}_{t}", entry) for t, entry in enumerate(value))
        elif isinstance(value, list):
            yield key, "; ".join(map(str, value))
        else:
            yield key, f"'{value}" if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t")) else value


def _version(wanted: bool) -> None:
    if wanted:
        print(f"sroi {sroi.__version__}")
        raise typer.Exit


@app.callback()
def _options(version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")] = False) -> None:
    """Social Return on Investment: what a programme gives back for each pound put in, with where every number comes from."""


if __name__ == "__main__":
    main()
