"""What every result can do, written once."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from sroi.base import Entries
from sroi.documents.outputs import RECORD_VERSION, VERSION
from sroi.model import Study
from sroi.results import notebook
from sroi.tables import Brief
from sroi.text import json_text, one_line
from sroi.warned import ResultWarning

if TYPE_CHECKING:
    import pandas as pd

    from sroi.tables import Table


def schema(name: str) -> dict[str, str]:
    """The ``schema`` of a kind of output, by which its JSON Schema is found."""
    return {"name": f"sroi/{name}", "version": RECORD_VERSION if name == "record" else VERSION}


@dataclass(frozen=True, slots=True)
class Record:
    """A frozen part of a result, whose mappings are read-only."""

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            if type(value) is dict:
                object.__setattr__(self, field.name, Entries(value))

    def to_dict(self) -> dict[str, Any]:
        """Every field as plain values that JSON can hold; None for a number that is not finite."""
        return {field.name: plain(getattr(self, field.name)) for field in fields(self)}


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Result(Record):
    """A complete, frozen result.

    It is equal to a result of the same kind with the same content, can be hashed, copied and pickled, and
    shows itself in a line, or in a notebook as its headline and first tables.
    """

    def __eq__(self, other: object) -> bool:
        return _content(self) == _content(other) if type(other) is type(self) else NotImplemented

    def __hash__(self) -> int:
        return hash(repr(self))  # equal results say the same in a line

    def __repr__(self) -> str:
        return f"{type(self).__name__}({one_line(self._line())})"

    def _line(self) -> str:
        raise NotImplementedError

    @property
    def schema(self) -> dict[str, str]:
        """Name and version of what :meth:`to_dict` holds."""
        return schema(re.sub(r"(?<!^)(?=[A-Z])", "-", type(self).__name__).lower())

    def to_dict(self) -> dict[str, Any]:
        """The result as plain values that JSON can hold, with the name and version of their schema."""
        return {"schema": self.schema, **self._plain()}

    def _plain(self) -> dict[str, Any]:
        return Record.to_dict(self)

    def _rows(self) -> dict[str, list[dict[str, Any]]]:
        raise NotImplementedError

    @property
    def frames(self) -> dict[str, pd.DataFrame]:
        """The result as pandas data frames by name, unrounded; the first is that of ``to_frame()``."""
        return data_frames(self._rows())

    def to_frame(self) -> pd.DataFrame:
        """The main rows of the result as a pandas data frame, unrounded."""
        return next(iter(self.frames.values()))

    @property
    def table(self) -> pd.DataFrame:
        """The same as ``to_frame()``."""
        return self.to_frame()

    @property
    def tables(self) -> tuple[Table, ...]:
        """What a person reads: tables of text, rounded."""
        raise NotImplementedError

    @property
    def brief(self) -> Brief:
        """What a person reads first: the answer, and the rows that matter on one screen."""
        return Brief((), self.tables)

    def to_json(self) -> str:
        """The result as JSON text."""
        return json_text(plain(self.to_dict()))

    def to_markdown(self) -> str:
        """The result as Markdown."""
        return "\n".join(table.to_markdown() for table in self.tables)

    @property
    def answer(self) -> str:
        """What it says in a sentence, for the head of a notebook's cell; may be empty."""
        return ""

    def _repr_html_(self) -> str:
        study = getattr(self, "study", None)
        return notebook.panel(
            study.title if isinstance(study, Study) else "",
            self.answer,
            self.tables,
            statement=getattr(self, "statement", ""),
            warnings=len(getattr(self, "warnings", ())),
        )


def data_frames(rows: Mapping[str, list[dict[str, Any]]]) -> dict[str, pd.DataFrame]:
    """Rows by name as data frames, without what has an entry for each year."""
    import pandas as pd  # noqa: PLC0415 - loaded only when a frame is asked for

    return {
        name: pd.DataFrame(
            [{key: cell for key, cell in row.items() if not key.startswith("by_year")} for row in each]
        )
        for name, each in rows.items()
    }


def plain(value: Any) -> Any:
    """A value as JSON holds it; of a study its name."""
    if isinstance(value, (Record, ResultWarning)):
        return plain(value.to_dict()) if isinstance(value, ResultWarning) else value.to_dict()
    if isinstance(value, Study):
        return value.id
    if isinstance(value, Mapping):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(each) for each in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _content(value: Any) -> Any:
    """What results are compared by: as ``==`` does, but a number that is undefined in both is the same."""
    if isinstance(value, Record):
        return [_content(getattr(value, field.name)) for field in fields(value)]
    if isinstance(value, Mapping):
        return {key: _content(each) for key, each in value.items()}
    if isinstance(value, tuple):
        return [_content(each) for each in value]
    return "nan" if isinstance(value, float) and math.isnan(value) else value
