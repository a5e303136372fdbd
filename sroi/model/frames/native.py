"""Frames of any library as rows, and rows as frames: pandas by itself, every other through narwhals."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sroi.errors import DocumentError
from sroi.extras import needed
from sroi.model.frames.rows import Rows, in_order
from sroi.quantities import shown

if TYPE_CHECKING:
    from sroi.model.sections import Section

_GIVE = (
    "give a data frame of pandas, Polars or another library that narwhals reads, a list of mappings, a row "
    "each, or a mapping of entries by name"
)


def rows_of(frame: Any, section: Section) -> Rows | Mapping[str, Any]:
    """What a frame holds, row by row; a mapping is one of entries by name, and stays as it is.

    Raises
    ------
    DocumentError
        If it is no frame, or narwhals is needed for it and is not installed.
    """
    name = section.name
    if isinstance(frame, Mapping):
        return frame
    if isinstance(frame, (list, tuple)):
        return _of_mappings(frame, name)
    if type(frame).__module__.partition(".")[0] == "pandas" and hasattr(frame, "itertuples"):
        frame = _with_its_index(frame, section)
        cells = [tuple(row) for row in frame.itertuples(index=False, name=None)]
        return Rows(name, list(frame.columns), cells, in_order(name))
    if isinstance(frame, (str, bytes, int, float)) or frame is None:
        raise _refusal(frame, name)
    narwhals = needed("narwhals", "a frame that is not of pandas", extra="frames", file=name)
    try:
        read = narwhals.from_native(frame)
        read = read.collect() if isinstance(read, narwhals.LazyFrame) else read
    except TypeError:
        raise _refusal(frame, name) from None
    return Rows(name, list(read.columns), read.rows(), in_order(name))


def _refusal(frame: Any, name: str) -> DocumentError:
    message = f"{shown(repr(frame))} (of type {type(frame).__name__}) is no frame"
    return DocumentError(message, _GIVE, file=name)


def _of_mappings(rows: Any, name: str) -> Rows:
    wrong = next((row for row in rows if not isinstance(row, Mapping)), None)
    if wrong is not None:
        raise _refusal(wrong, name)
    headings = list(dict.fromkeys(key for row in rows for key in row))
    return Rows(name, headings, [[row.get(key) for key in headings] for row in rows], in_order(name))


def _with_its_index(frame: Any, section: Section) -> Any:
    """A frame of pandas with the names in its index as a column, where it has names there."""
    names = list(frame.index.names)
    if any(name is not None and name not in frame.columns for name in names):
        return frame.reset_index()
    named = section.key is not None and not {section.singular, "title"} & {*map(str, frame.columns)}
    if named and len(names) == 1 and all(isinstance(each, str) for each in frame.index) and len(frame):
        return frame.rename_axis(section.singular).reset_index()
    return frame


def frame_of(columns: Mapping[str, list[Any]], backend: str) -> Any:
    """A frame of columns.

    Raises
    ------
    DocumentError
        If narwhals, or the library that is named, is not installed or makes no frames.
    """
    if backend == "pandas":
        return needed("pandas", "a data frame").DataFrame(dict(columns))
    narwhals = needed("narwhals", f"a frame of {shown(backend)}", extra="frames")
    try:
        return narwhals.from_dict(
            {name: _alike(cells) for name, cells in columns.items()}, backend=backend
        ).to_native()
    except ModuleNotFoundError as error:
        message, hint = (
            f"a frame of {backend} needs {error.name}, which is not installed",
            f"pip install {backend}",
        )
    except ValueError:
        message, hint = f"{shown(repr(backend))} makes no frame", "write pandas, polars or pyarrow"
    raise DocumentError(message, hint, file="backend") from None


def _alike(cells: list[Any]) -> list[Any]:
    """The cells of a column as one type, which these libraries want: texts, where they are of several."""
    kinds = {_type(cell) for cell in cells if cell is not None}
    if len(kinds) <= 1 and "other" not in kinds:
        whole = all(isinstance(cell, int) for cell in cells if cell is not None)
        return [
            float(cell) if kinds == {"number"} and not (whole or cell is None) else cell for cell in cells
        ]
    return [cell if cell is None or isinstance(cell, str) else json.dumps(cell) for cell in cells]


def _type(cell: Any) -> str:
    if isinstance(cell, bool):
        return "truth"
    if isinstance(cell, (int, float)):
        return "number" if abs(cell) <= 2**53 or isinstance(cell, float) else "other"
    if isinstance(cell, list):
        return "numbers" if all(_type(each) == "number" for each in cell) else "other"
    return "text" if isinstance(cell, str) else "other"
