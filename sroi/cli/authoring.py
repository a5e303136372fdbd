"""The commands for those who write studies and packs."""

from __future__ import annotations

import datetime as dt
import sys
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

import sroi
from sroi.authoring import full_pack, starting_file
from sroi.cli import PLAIN
from sroi.cli.commands import COMMANDS, EXAMPLES
from sroi.cli.common import Force, PackFolders, Place, Values, fail, or_exit, refuse, set_values, write_file
from sroi.documents import packcheck
from sroi.names import slug
from sroi.text import json_text, one_line

SHOWN_LINES = 60


class Kind(StrEnum):
    """The two kinds of file."""

    study = "study"
    pack = "pack"


def _table(name: str, what: str) -> Any:
    return typer.Option(f"--{name}", metavar="FILE", help=f"Table of {what} (.csv, .xlsx), with --from.")


def new(
    kind: Annotated[Kind, typer.Argument(help="What to begin: a study or a pack.")],
    name: Annotated[
        str | None, typer.Argument(help="Its name; that of the file to write where it is omitted.")
    ] = None,
    outcomes: Annotated[
        Path | None,
        typer.Option(
            "--from",
            metavar="FILE",
            help="Table of outcomes that it is made of (.csv), or a workbook of a sheet a section (.xlsx).",
        ),
    ] = None,
    inputs: Annotated[Path | None, _table("inputs", "inputs")] = None,
    stakeholders: Annotated[Path | None, _table("stakeholders", "stakeholders")] = None,
    assumptions: Annotated[Path | None, _table("assumptions", "assumptions")] = None,
    sources: Annotated[Path | None, _table("sources", "sources")] = None,
    place: Place = None,
    values: Values = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="File to write; named after it unless given.")
    ] = None,
    packs: PackFolders = None,
    force: Force = False,
) -> None:
    tables = {"inputs": inputs, "stakeholders": stakeholders, "assumptions": assumptions, "sources": sources}
    given = {section: file for section, file in {"outcomes": outcomes, **tables}.items() if file is not None}
    if given and (kind is not Kind.study or outcomes is None):
        hint = "write sroi new study --from outcomes.csv"
        refuse("tables are read into a study, and its outcomes are needed", hint, f"--{next(iter(tables))}")
    for option, value in {"--set": values, "--place": place, "--packs": packs}.items():
        if value and outcomes is None:
            refuse("it goes with tables", "give the table of outcomes with --from", option)
    called = name or (output.stem if output is not None else "")
    if not called:
        refuse("it has no name", f"write sroi new {kind.value} NAME, or name its file with -o", "NAME")
    target = output if output is not None else Path(f"{slug(called)}.yaml")
    if outcomes is None:
        text = or_exit(lambda: _beginning(kind, called))
    else:
        text = _from_tables(given, called, place, values, packs)
    write_file(target, text, force=force, inputs=given.values())
    if not Path(f"{kind.value}.schema.json").exists():
        print(
            f"for an editor that checks as you type: sroi schema {kind.value} > {kind.value}.schema.json",
            file=sys.stderr,
        )


def _from_tables(
    tables: dict[str, Path], name: str, place: str | None, values: list[str] | None, packs: list[str] | None
) -> str:
    """The study that tables hold; how cells were read that could be read otherwise goes to standard error."""
    from sroi.drafting import draft

    chosen, year = set_values(values), dt.datetime.now(tz=dt.UTC).year
    made = or_exit(lambda: draft(tables, name, year=year, place=place, values=chosen, packs=packs or ()))
    for line in made.told[:SHOWN_LINES]:
        print(one_line(line), file=sys.stderr)
    if (more := len(made.told) - SHOWN_LINES) > 0:
        print(f"… and {more} more cells that were read so", file=sys.stderr)
    text: str = made.text
    return text


def _beginning(kind: Kind, name: str) -> str:
    """Of a known place all that is used for it, and of anything else a file to fill in."""
    if kind is Kind.pack:
        with suppress(sroi.NotFoundError):
            return full_pack(name, sroi.Library())
    return starting_file(kind.value, name, year=dt.datetime.now(tz=dt.UTC).year)


class Described(StrEnum):
    """What has a JSON Schema."""

    study = "study"
    pack = "pack"
    result = "result"
    record = "record"


def schema(
    kind: Annotated[Described, typer.Argument(help="Schema of which file or output.")] = Described.study,
) -> None:
    print(json_text(sroi.json_schema(kind.value)))


def check_packs(packs: PackFolders = None) -> None:
    problems = or_exit(lambda: packcheck.check_packs(sroi.Library(packs or ())))
    if problems:
        fail(sroi.DocumentError(problems), 2)
    print("every pack and intervention is in order")


_EXAMPLE = f"Example: {EXAMPLES['import']}"

import_ = typer.Typer(help=COMMANDS["import"], epilog=_EXAMPLE, no_args_is_help=True, **PLAIN)


@import_.callback()
def _imports() -> None:
    pass


@import_.command("unit-costs", epilog=_EXAMPLE)
def import_unit_costs(
    file: Annotated[
        Path,
        typer.Argument(
            help="Your own copy of the GMCA unit cost workbook (.xls, .xlsx, .ods), or a table (.csv)."
        ),
    ],
    pack: Annotated[str, typer.Option("--pack", help="Name of the pack to write.")] = "unit-costs",
    extends: Annotated[str, typer.Option("--extends", help="Pack that it builds on.")] = "england",
    force: Force = False,
) -> None:
    """Make a pack from a table of unit costs."""
    from sroi.unit_costs import unit_costs

    costs = or_exit(lambda: unit_costs(file, pack=pack, extends=extends))
    written = Path(f"{slug(pack)}.yaml")
    write_file(written, costs.text, force=force, inputs=[file])
    for line in costs.account[:SHOWN_LINES]:
        print(one_line(line), file=sys.stderr)
    if (more := len(costs.account) - SHOWN_LINES) > 0:
        print(f"… and {more} more lines like these, all of them at the head of {written}", file=sys.stderr)
    print(f"{costs.costs} unit costs; {costs.rows_left} rows left out", file=sys.stderr)
