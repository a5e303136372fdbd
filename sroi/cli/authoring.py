"""The commands for those who write studies and packs."""

from __future__ import annotations

import datetime as dt
import sys
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

import sroi
from sroi.authoring import full_pack, starting_file
from sroi.cli import PLAIN
from sroi.cli.commands import COMMANDS, EXAMPLES
from sroi.cli.common import Force, PackFolders, fail, or_exit, write_file
from sroi.documents import packcheck
from sroi.names import slug
from sroi.text import json_text, one_line

SHOWN_LINES = 60


class Kind(StrEnum):
    """The two kinds of file."""

    study = "study"
    pack = "pack"


def new(
    kind: Annotated[Kind, typer.Argument(help="What to begin: a study or a pack.")],
    name: Annotated[str, typer.Argument(help="Its name.")],
    force: Force = False,
) -> None:
    text = or_exit(lambda: _beginning(kind, name))
    write_file(Path(f"{slug(name)}.yaml"), text, force=force)
    if not Path(f"{kind.value}.schema.json").exists():
        print(
            f"for an editor that checks as you type: sroi schema {kind.value} > {kind.value}.schema.json",
            file=sys.stderr,
        )


def _beginning(kind: Kind, name: str) -> str:
    """Of a known place all that is used for it, and of anything else a file to fill in."""
    if kind is Kind.pack:
        with suppress(sroi.NotFoundError):
            return full_pack(name, sroi.Library())
    return starting_file(kind.value, name, year=dt.datetime.now(tz=dt.UTC).year)


def schema(kind: Annotated[Kind, typer.Argument(help="Schema of which kind of file.")] = Kind.study) -> None:
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
