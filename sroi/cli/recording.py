"""The option that keeps a record of a run, and the command that verifies one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

import sroi
from sroi.cli.common import Format, Full, Output, PackFolders, or_exit, print_rows
from sroi.documents.loading import files_of
from sroi.files import check_targets

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sroi.results.base import Result

RecordFile = Annotated[
    Path | None,
    typer.Option(
        "--record",
        metavar="FILE.json",
        help="Keep a record of the run, from which `sroi verify` computes it again.",
    ),
]


class Recorder:
    """Writes the record of a run, where one is asked for; what cannot be written is refused beforehand."""

    def __init__(
        self,
        context: typer.Context,
        file: Path | None,
        study: sroi.Study,
        *,
        force: bool = False,
        inputs: Iterable[Path] = (),
    ) -> None:
        self.file, self.study, self.force, self.context = file, study, force, context
        self.inputs = [*files_of(study), *inputs]
        if file is not None:
            or_exit(lambda: check_targets([file], force=force, inputs=self.inputs))

    @property
    def command(self) -> dict[str, Any]:
        """The command line, as a record holds it."""
        left_out = ("record", "force", "full", "output")
        arguments = {
            name: _plain(value)
            for name, value in self.context.params.items()
            if name not in left_out and value not in (None, False, [], ())
        }
        return {"name": self.context.info_name, "arguments": arguments}

    def keep(
        self, result: Result, asked: Mapping[str, Any] | None = None, *, reports: Iterable[Path] = ()
    ) -> None:
        """Write what gave a result, what it was asked with beyond that, and what was written of it."""
        if self.file is None:
            return
        file = self.file
        command = self.command
        kept = or_exit(
            lambda: sroi.record(result, study=self.study, asked=asked, command=command, reports=reports)
        )
        or_exit(lambda: kept.write(file, force=self.force, inputs=self.inputs))


def _plain(value: Any) -> Any:
    if isinstance(value, (list, tuple)):
        return [_plain(each) for each in value]
    return str(value) if isinstance(value, (str, Path)) else value


def verify(
    run: Annotated[Path, typer.Argument(metavar="RUN.json", help="A record that --record wrote.")],
    against: Annotated[
        Path | None,
        typer.Option("--against", metavar="OTHER", help="Another record, or a study's file, beside it."),
    ] = None,
    output: Output = Format.table,
    full: Full = False,
    packs: PackFolders = None,
) -> None:
    found = or_exit(lambda: sroi.verify(run, against=against, packs=packs or ()))
    print_rows(output, found.tables, found.to_dict(), found.to_dict()["drift"], None if full else found.brief)
    if not found.same:
        raise typer.Exit(1)
