"""The command that says whether files can be used."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer

import sroi
from sroi.cli.common import Form, PackFolders, fail, or_exit
from sroi.documents.filecheck import check_file
from sroi.results.base import schema
from sroi.text import printable


def validate(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE", help="Studies and packs (.yaml, .yml, .json).")
    ],
    output: Annotated[Form, typer.Option("--format", help="How to write it.")] = Form.text,
    packs: PackFolders = None,
) -> None:
    or_exit(lambda: sroi.Library(packs or ()))
    checked = [check_file(file, packs or ()) for file in files]
    problems = [problem for each in checked for problem in each.problems]
    if output is Form.json:
        entries: list[dict[str, Any]] = [
            {
                "file": each.file,
                "kind": each.kind,
                "valid": not each.problems,
                "problems": [problem.to_dict() for problem in each.problems],
            }
            for each in checked
        ]
        print(
            json.dumps(
                {"schema": schema("validation"), "valid": not problems, "files": entries},
                indent=1,
                ensure_ascii=False,
            )
        )
        raise typer.Exit(2 if problems else 0)
    for each in checked:
        if not each.problems:
            print(printable(f"{each.file}: the {each.kind} can be used"))
    if problems:
        fail(sroi.DocumentError(problems), 2)
