"""What the commands share: their options, how they print and how they fail."""

from __future__ import annotations

import os
import stat
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

import sroi
from sroi.cli import completion
from sroi.documents.loading import names_a_file
from sroi.files import write_files
from sroi.tables import rows_to_csv
from sroi.text import json_text, one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sroi.tables import Brief, Table


_BYTE_ORDER_MARK = "\ufeff"


class Format(StrEnum):
    """How a result is written."""

    table = "table"
    json = "json"
    markdown = "markdown"
    csv = "csv"


class Form(StrEnum):
    """How what is no table is written."""

    text = "text"
    json = "json"


StudyName = Annotated[
    str,
    typer.Argument(
        metavar="STUDY",
        autocompletion=completion.studies,
        help="A study's file (.yaml, .yml, .json), or the name of a shipped intervention.",
    ),
]
Place = Annotated[
    str | None,
    typer.Option(
        metavar="NAME",
        autocompletion=completion.places,
        help="Place by identifier, name or GSS code, instead of the study's own.",
    ),
]
Values = Annotated[
    list[str] | None, typer.Option("--set", metavar="PATH=VALUE", help="Replace a value; may be repeated.")
]
Method = Annotated[
    str | None,
    typer.Option(
        "--method",
        metavar="NAME",
        autocompletion=completion.methods,
        help="Method profile, in place of the study's own.",
    ),
]
Output = Annotated[
    Format,
    typer.Option(
        "--format",
        help="How to write it. CSV into a new file (> FILE.csv) begins with the mark by which Excel reads £; "
        "into a pipe it does not.",
    ),
]
PackFolders = Annotated[
    list[str] | None,
    typer.Option(
        "--packs", metavar="DIR", help="Folder of your own packs, looked into first; may be repeated."
    ),
]
Draws = Annotated[int, typer.Option("--draws", help="How many draws.")]
Seed = Annotated[int, typer.Option("--seed", help="The same seed gives the same numbers.")]
Full = Annotated[bool, typer.Option("--full", help="Print every table whole, and the warnings.")]
Force = Annotated[bool, typer.Option("--force", help="Write over a file that is there.")]


def or_exit(work: Callable[[], Any]) -> Any:
    """What the library gives, or its error on standard error and the exit status of its kind."""
    try:
        return work()
    except sroi.UndefinedResultError as error:
        fail(error, 1)
    except sroi.SroiError as error:
        fail(error, 2)


def fail(error: sroi.SroiError, status: int) -> NoReturn:
    """Print an error, a problem a line, and end."""
    for problem in error.problems:
        print(problem, file=sys.stderr)
    raise typer.Exit(status)


def refuse(message: str, hint: str, where: str) -> NoReturn:
    """Refuse an argument."""
    fail(sroi.DocumentError([sroi.Problem(message, hint, file=where)]), 2)


def read_study(
    study: str, place: str | None, values: list[str] | None, method: str | None, packs: list[str] | None
) -> sroi.Study:
    """The study that the arguments name."""
    chosen = set_values(values)
    loaded: sroi.Study = or_exit(
        lambda: sroi.load(study, borough=place, values=chosen, method=method, packs=packs or ())
    )
    return loaded


def names_a_study(name: str, packs: list[str] | None) -> bool:
    """Whether a name, where a place may stand too, is a study's file or a shipped intervention."""
    library: sroi.Library = or_exit(lambda: sroi.Library(packs or ()))
    return names_a_file(name) or name in library.interventions()


def set_values(values: list[str] | None) -> dict[str, str]:
    """What ``--set path=value`` asks for, by path."""
    chosen = {}
    for each in values or []:
        path, equals, value = each.partition("=")
        if not equals or not path.strip():
            refuse(f"{each!r} sets nothing", "write --set path=value, such as --set members=100", "--set")
        chosen[path.strip()] = value.strip()
    return chosen


def parted(given: list[str] | None) -> list[str]:
    """The names of an option that may be repeated, and takes several parted by commas."""
    return [name.strip() for each in given or () for name in each.split(",") if name.strip()]


def print_csv(rows: list[dict[str, Any]]) -> None:
    """Print rows as CSV; into a new file with the mark by which Excel knows UTF-8, and so shows £."""
    print(f"{_BYTE_ORDER_MARK if _begins_a_file() else ''}{rows_to_csv(rows)}", end="")


def _begins_a_file() -> bool:
    """Whether standard output goes to an empty file, and to no terminal or pipe."""
    try:
        state = os.fstat(sys.stdout.fileno())
    except (OSError, ValueError):
        return False
    return stat.S_ISREG(state.st_mode) and state.st_size == 0


def print_rows(
    output: Format,
    tables: tuple[Table, ...],
    whole: Any,
    rows: list[dict[str, Any]],
    brief: Brief | None = None,
) -> None:
    """Print a result: everything as JSON, the main rows as CSV, or its tables for people or as Markdown.

    People are shown what it says first, where ``brief`` is given.
    """
    if output is Format.json:
        print(json_text(whole))
    elif output is Format.csv:
        print_csv(rows)
    elif output is Format.markdown:
        print("\n".join(table.to_markdown() for table in tables), end="")
    else:
        from sroi import terminal

        if brief is not None:
            terminal.print_brief(brief)
            return
        for table in tables:
            terminal.print_table(table)


def write_file(path: Path, text: str | bytes, *, force: bool, inputs: Iterable[Path] = ()) -> None:
    """Write a file whole or not at all: never over what was read, nor over another unless told to."""
    content = text.encode() if isinstance(text, str) else text
    or_exit(lambda: write_files({path: content}, force=force, inputs=inputs))
    print(one_line(str(path)))
