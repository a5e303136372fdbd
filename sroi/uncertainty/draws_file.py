"""Draws kept in a file, chunk by chunk, so that memory does not hold them."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any, Self

from sroi.errors import DocumentError, Problem

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType


class DrawsFile:
    """A Parquet file of draws: a column for each uncertain number and figure, a row a draw.

    Used as a context: the file appears whole when the context ends well, and not at all otherwise.

    Parameters
    ----------
    path : Path or None
        Where to write; None writes nothing.

    Raises
    ------
    DocumentError
        If pyarrow is not installed, or the folder does not exist.
    """

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self._part = path.parent / f".{path.name}.part" if path is not None else None
        self._writer: Any = None

    def __enter__(self) -> Self:
        if self.path is not None:
            if self.path.is_dir():
                raise DocumentError([Problem("this is a folder", "name a file in it", file=str(self.path))])
            if not self.path.parent.is_dir():
                raise DocumentError(
                    [
                        Problem(
                            "there is no such folder",
                            "make it first, or name another",
                            file=str(self.path.parent),
                        )
                    ]
                )
            try:
                import pyarrow.parquet  # noqa: F401, PLC0415 - an extra, needed here alone
            except ImportError:
                problem = Problem(
                    "keeping draws needs pyarrow", "pip install 'sroi[parquet]'", file=str(self.path)
                )
                raise DocumentError([problem]) from None
        return self

    def expect(self, rows: int, columns: int) -> None:
        """Refuse more rows than there is room for on the disk; random numbers do not become smaller when they are packed.

        Raises
        ------
        DocumentError
            If they would not fit.
        """
        if self.path is None:
            return
        needed, free = 8 * rows * columns, shutil.disk_usage(self.path.parent).free
        if needed > free:
            message = f"{rows:,} draws of {columns} numbers and figures take {needed / 1e9:,.1f} GB, and {free / 1e9:,.1f} GB are free"
            raise DocumentError(
                [Problem(message, "keep fewer draws, or name a file on another disk", file=str(self.path))]
            )

    def add(self, columns: dict[str, Any]) -> None:
        """Write one chunk, a mapping of name to array."""
        import pyarrow as pa  # noqa: PLC0415
        import pyarrow.parquet as pq  # noqa: PLC0415

        table = pa.table(columns)
        if self._writer is None:
            self._writer = pq.ParquetWriter(self._part, table.schema)
        self._writer.write_table(table)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._writer is not None:
            self._writer.close()
        if self.path is not None and self._part is not None:
            if kind is None and self._part.exists():
                self._part.replace(self.path)
            self._part.unlink(missing_ok=True)
