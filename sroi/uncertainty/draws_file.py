"""Draws written to a file chunk by chunk, so that memory does not hold them."""

from __future__ import annotations

import shutil
from contextlib import ExitStack, suppress
from typing import TYPE_CHECKING, Any, Self

from sroi.errors import DocumentError, Problem
from sroi.extras import needed
from sroi.files import check_targets, new_file, problems_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path
    from types import TracebackType


class DrawsFile:
    """A Parquet file of draws: a column for each uncertain number and figure, a row for each draw.

    Used as a context: the file appears whole when the context ends well, and not at all otherwise.

    Parameters
    ----------
    path : Path or None
        Where to write; None writes nothing.
    force : bool
        Write over a file that is there.
    inputs : iterable of Path
        What is read, and never written over.

    Raises
    ------
    DocumentError
        If pyarrow is not installed, or the file cannot be written.
    """

    def __init__(self, path: Path | None, *, force: bool = False, inputs: Iterable[Path] = ()) -> None:
        self.path = path
        self._force = force
        self._inputs = tuple(inputs)
        self._writer: Any = None
        self._closing = ExitStack()

    def __enter__(self) -> Self:
        if self.path is not None:
            check_targets([self.path], force=self._force, inputs=self._inputs)
            self._parquet()
        return self

    def _parquet(self) -> Any:
        return needed("pyarrow.parquet", "keeping draws", extra="scale", file=str(self.path))

    def expect(self, rows: int, columns: int) -> None:
        """Refuse more rows than there is room for on the disk; random numbers cannot be compressed.

        Raises
        ------
        DocumentError
            If they would not fit.
        """
        if self.path is None:
            return
        size, free = 8 * rows * columns, shutil.disk_usage(self.path.parent).free
        if size > free:
            message = (
                f"{rows:,} draws of {columns} numbers and figures take {size / 1e9:,.1f} GB,"
                f" and {free / 1e9:,.1f} GB are free"
            )
            hint = "keep fewer draws, or name a file on another disk"
            raise DocumentError([Problem(message, hint, file=str(self.path))])

    def add(self, columns: dict[str, Any]) -> None:
        """Write one chunk, a mapping of name to array."""
        if self.path is None:
            return
        parquet = self._parquet()
        table = needed("pyarrow", "keeping draws", extra="scale").table(columns)
        if self._writer is None:
            file = self._closing.enter_context(new_file(self.path, force=self._force))
            self._writer = parquet.ParquetWriter(file, table.schema)
            self._closing.push(self._close)
        with problems_of(self.path):
            self._writer.write_table(table)

    def _close(self, kind: type[BaseException] | None, *_: object) -> None:
        assert self.path is not None
        with problems_of(self.path) if kind is None else suppress(OSError):
            self._writer.close()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closing.__exit__(kind, error, trace)
