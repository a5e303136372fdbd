"""The commands that say whether files can be used, and what a reviewer would ask of a study."""

from __future__ import annotations

import datetime as dt
import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

import sroi
from sroi.cli import completion
from sroi.cli.common import (
    Force,
    Form,
    Method,
    PackFolders,
    Place,
    Values,
    fail,
    or_exit,
    parted,
    refuse,
    set_values,
)
from sroi.cli.recording import Recorder, RecordFile
from sroi.documents.filecheck import check_file
from sroi.formatting import listed
from sroi.results.base import schema
from sroi.text import json_text, one_line, printable


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


class CheckForm(StrEnum):
    """How findings are written."""

    text = "text"
    json = "json"
    markdown = "markdown"
    sarif = "sarif"


_MAPS = (".xlsx", ".csv", ".tsv", ".txt")
"""Endings of Value Maps."""

_Rules = Annotated[
    list[str] | None,
    typer.Option(
        metavar="RULES",
        help="Rules by code or name, or the beginning of codes, parted by commas; ALL is every rule.",
    ),
]


def check(
    context: typer.Context,
    studies: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="STUDY",
            autocompletion=completion.studies,
            help="Studies' files (.yaml, .yml, .json), Value Maps (.xlsx, .csv), or shipped interventions.",
        ),
    ] = None,
    place: Place = None,
    values: Values = None,
    method: Method = None,
    output: Annotated[CheckForm, typer.Option("--format", help="How to write it.")] = CheckForm.text,
    select: _Rules = None,
    ignore: _Rules = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="End with 1 where there are warnings too.")
    ] = False,
    waived: Annotated[
        bool, typer.Option("--waived", help="Write waived findings into SARIF too, which marks them.")
    ] = False,
    rule: Annotated[
        str | None, typer.Option(metavar="RULE", help="Explain one rule by code or name, and check nothing.")
    ] = None,
    mapping: Annotated[
        Path | None,
        typer.Option("--mapping", help="With a Value Map: file that says what its sheet does not say."),
    ] = None,
    packs: PackFolders = None,
    force: Force = False,
    record: RecordFile = None,
) -> None:
    from sroi.checking import registry, texts

    if rule is not None:
        print(texts.explained(or_exit(lambda: registry.find(rule))))
        return
    if not studies:
        refuse("no study is named", "name one, or a rule to explain: --rule SROI036", "STUDY")
    if place is not None and any(map(_is_map, studies)):
        refuse("a Value Map is of the place that it was made for", "leave --place out", "--place")
    if mapping is not None and not any(map(_is_map, studies)):
        refuse("no Value Map is named that it could belong to", f"name one ({listed(_MAPS)})", "--mapping")
    if record is not None and len(studies) > 1:
        refuse("it is of one study, and several are named", "check each with a record of its own", "--record")
    today = dt.datetime.now(tz=dt.UTC).date()
    chosen, named = set_values(values), [parted(each) for each in (select, ignore)]
    or_exit(lambda: registry.chosen(*named))
    findings: list[sroi.Finding] = []
    found: list[sroi.Findings] = []
    status = 0
    for study in studies:
        try:
            if _is_map(study):
                read = sroi.import_value_map(study, mapping=mapping, values=chosen, method=method)
                loaded = read.study
                said = [f"{cell}: not read: {why}" for cell, why in (*read.unread_rows, *read.unread_cells)]
                for line in (*said, read.statement):
                    print(one_line(f"{study}: {line}"), file=sys.stderr)
            else:
                loaded = sroi.load(study, place=place, values=chosen, method=method, packs=packs or ())
            found.append(sroi.check(loaded, select=named[0], ignore=named[1], today=today))
            findings += found[-1].findings
            asked = {"select": named[0], "ignore": named[1], "today": today.isoformat()}
            Recorder(context, record, loaded, force=force).keep(found[-1], asked)
        except sroi.NotFoundError as error:
            fail(error, 2)
        except sroi.SroiError as error:
            findings += _refused(error, study)
            status = 2
    _print_findings(findings, found, output, waived=waived)
    grave = ("error", "warning") if strict else ("error",)
    failed = any(each.severity in grave and not each.waived for each in findings)
    raise typer.Exit(status or int(failed))


def _is_map(study: str) -> bool:
    """Whether a study is named by the file of a Value Map."""
    return Path(study).suffix.casefold() in _MAPS


def _refused(error: sroi.SroiError, study: str) -> list[sroi.Finding]:
    from sroi.checking import refusals

    for problem in error.problems:
        print(problem, file=sys.stderr)
    return refusals.all_refused(error.problems, study if _is_map(study) else "")


def _print_findings(
    findings: list[sroi.Finding], found: list[sroi.Findings], output: CheckForm, *, waived: bool
) -> None:
    from sroi.checking import sarif, texts

    if output is CheckForm.json:
        studies = [
            {key: each.to_dict()[key] for key in ("study", "place", "social_return_ratio")} | each.yardsticks
            for each in found
        ]
        listed = [each.to_dict() for each in findings]
        print(json_text({"schema": schema("findings"), "studies": studies, "findings": listed}))
    elif output is CheckForm.sarif:
        print(json_text(sarif.sarif(findings, waived=waived)))
    elif output is CheckForm.markdown:
        print("\n".join(each.to_markdown() for each in found), end="")
    else:
        for line in texts.lines_of(findings):
            print(line)
        for each in found:
            for line in texts.yardstick_lines(each):
                print(line)
