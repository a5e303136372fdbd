"""From a study to report files: the ending of a file says its format."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sroi.arguments import checked_arguments
from sroi.documents.loading import files_of
from sroi.errors import DocumentError, Problem
from sroi.extras import needed
from sroi.files import check_targets, write_files
from sroi.model import as_study

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from sroi.model import Studied, Study

WRITERS = {
    ".html": ("sroi.reports.page", "page", "a page"),
    ".xlsx": ("sroi.reports.xlsx", "report_workbook", "a workbook"),
    ".docx": ("sroi.reports.word", "document", "a Word report"),
    ".pdf": ("sroi.reports.pdf", "pdf", "a report as PDF"),
    ".md": ("sroi.reports.markdown", "markdown", "a report in Markdown"),
}
"""For each ending the module and function that write its content, and what it is called."""


@checked_arguments
def report(
    study: Study | Studied,
    paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    *,
    force: bool = False,
    date: str | None = None,
    draws: int = 10_000,
    seed: int = 0,
    template: str | os.PathLike[str] | None = None,
    record: str | os.PathLike[str] | None = None,
    command: Mapping[str, Any] | None = None,
    on_step: Callable[[str, int, int], None] | None = None,
) -> tuple[Path, ...]:
    """Write reports of a study: a page, a workbook, a Word document, a PDF, Markdown.

    Parameters
    ----------
    study : Study
        As :func:`sroi.load` gives it.
    paths : path or iterable of paths
        Where to write; the endings ``.html``, ``.xlsx``, ``.docx``, ``.pdf`` and ``.md`` say the format. All
        are made from one set of rows.
    force : bool
        Write over files that exist.
    date : str, optional
        The day to print, such as 2026-11-24; sources are judged due for review, and accepted findings
        expired, as of it.
    draws : int
        How many draws stand behind the range.
    seed : int
        The same study, seed and date give the same bytes.
    template : path, optional
        Your own Word template in place of the shipped one.
    record : path, optional
        Where to keep a record of the run, which names each report with its size and SHA-256; each report
        prints the identifier of the record.
    command : mapping, optional
        For the record, the command line that asked for it: ``name`` and ``arguments``.
    on_step : callable, optional
        Called as each step begins, with what it is, how many are done and of how many.

    Returns
    -------
    tuple of Path
        The reports, written whole: all of them and the record, or none.

    Raises
    ------
    UndefinedResultError
        If a number that the result needs is not assessed.
    DocumentError
        If a file exists already, an ending is of no format, a library is not installed, or the template
        cannot be used.
    """
    wanted = [Path(path) for path in ([paths] if isinstance(paths, (str, os.PathLike)) else paths)]
    study = as_study(study, "sroi.report")
    read = (*files_of(study), *([] if template is None else [Path(template)]))
    kept_as = None if record is None else Path(record)
    check_targets([*wanted, *([] if kept_as is None else [kept_as])], force=force, inputs=read)
    if kept_as is not None:
        check_names([*wanted, kept_as])
    check_endings(wanted)
    from sroi.reports.content import CALCULATIONS, content  # noqa: PLC0415 - loaded only when a report is asked for

    steps = iter(range(len(wanted) + CALCULATIONS))

    def told(step: str) -> None:
        if on_step is not None:
            on_step(step, next(steps), len(wanted) + CALCULATIONS)

    said = content(
        study,
        draws=draws,
        seed=seed,
        date=date,
        recorded_as=None if kept_as is None else kept_as.name,
        command=command,
        on_step=told,
    )

    def body(path: Path) -> bytes:
        told(f"writing {path.name}")
        module, name, what = WRITERS[path.suffix.lower()]
        options: dict[str, Any] = {"template": template} if name == "document" else {}
        written = getattr(needed(module, what), name)(said, **options)
        return written if isinstance(written, bytes) else str(written).encode()

    files = {path: body(path) for path in wanted}
    if kept_as is not None and said.record is not None:
        kept = said.record.with_reports({path.name: written for path, written in files.items()})
        files[kept_as] = kept.to_json().encode()
    return write_files(files, force=force, inputs=read)[: len(wanted)]


def check_names(paths: Iterable[Path]) -> None:
    """Refuse files of one name in two folders, which a record could not tell apart."""
    counts = Counter(path.name for path in paths)
    hint = "give each a name of its own"
    problems = [
        Problem(f"two files are called {name}, and a record knows them by their names", hint, file="--record")
        for name, count in counts.items()
        if count > 1
    ]
    if problems:
        raise DocumentError(problems)


def check_endings(paths: Iterable[Path]) -> None:
    """Refuse files whose ending is of no format."""
    hint = f"end it in one of {', '.join(WRITERS)}"
    problems = [
        Problem(f"no report is written as {path.suffix or 'a file without an ending'}", hint, file=str(path))
        for path in paths
        if path.suffix.lower() not in WRITERS
    ]
    if problems:
        raise DocumentError(problems)
