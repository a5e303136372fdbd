"""From a study to report files: the format is told by the ending."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sroi.errors import DocumentError, Problem
from sroi.extras import needed
from sroi.reports.files import check_targets, write_files

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sroi.model import Study
    from sroi.reports.parts import Content


def _page(said: Content, _: Any) -> Any:
    return needed("sroi.reports.page", "a page").page(said)


def _workbook(said: Content, _: Any) -> Any:
    return needed("sroi.reports.xlsx", "a workbook").workbook(
        said.evaluation, date=said.date, statement=said.statement, headline=said.headline
    )


def _document(said: Content, template: Any) -> Any:
    return needed("sroi.reports.word", "a Word report").document(said, template=template)


def _markdown(said: Content, _: Any) -> Any:
    return needed("sroi.reports.markdown", "a report in Markdown").markdown(said)


WRITERS: dict[str, Callable[[Content, Any], Any]] = {
    ".html": _page,
    ".xlsx": _workbook,
    ".docx": _document,
    ".md": _markdown,
}
"""For each ending, what turns content, and a template of the user's own, into the bytes or the text of a file."""


def report(
    study: Study,
    paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    *,
    force: bool = False,
    date: str | None = None,
    draws: int = 10_000,
    seed: int = 0,
    template: str | os.PathLike[str] | None = None,
) -> tuple[Path, ...]:
    """Write reports of a study: a page, a workbook, a Word document, Markdown.

    Parameters
    ----------
    study : Study
        As :func:`sroi.load` gives it.
    paths : path or iterable of paths
        Where to write; the endings ``.html``, ``.xlsx``, ``.docx`` and ``.md`` tell the format. All are made
        from one set of rows.
    force : bool
        Write over files that are there.
    date : str, optional
        The day to print, such as 2026-11-24; sources are judged due for review as of it.
    draws : int
        How many draws stand behind the range.
    seed : int
        The same study, seed and date give the same bytes.
    template : path, optional
        A Word template of one's own in place of the shipped one.

    Returns
    -------
    tuple of Path
        The files, written whole: all of them, or none.

    Raises
    ------
    UndefinedResultError
        If a number that the result needs is not assessed.
    DocumentError
        If a file is there already, an ending is of no format, a library is not installed, or the template
        cannot be used.
    """
    wanted = [Path(path) for path in ([paths] if isinstance(paths, (str, os.PathLike)) else paths)]
    check_targets(wanted, force=force)
    check_endings(wanted)
    from sroi.reports.content import content  # noqa: PLC0415 - loaded only when a report is asked for

    said = content(study, draws=draws, seed=seed, date=date)
    return write_files({path: _body(path, said, template) for path in wanted}, force=force)


def check_endings(paths: Iterable[Path]) -> None:
    """Refuse files whose ending is of no format."""
    known = ", ".join(WRITERS)
    problems = [
        Problem(
            f"no report is written as {path.suffix or 'a file without an ending'}",
            f"end it in one of {known}",
            file=str(path),
        )
        for path in paths
        if path.suffix.lower() not in WRITERS
    ]
    if problems:
        raise DocumentError(problems)


def _body(path: Path, said: Content, template: Any) -> bytes:
    body = WRITERS[path.suffix.lower()](said, template)
    return body if isinstance(body, bytes) else str(body).encode()
