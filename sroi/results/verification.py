"""What the verification of a run record found: the fields that moved, and what moved them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sroi.results.base import Record, Result, plain
from sroi.tables import Brief, Table

_MOVERS = {
    "record": "the record was changed after it was made",
    "engine": "the engine is another",
    "tables": "the engine's tables (deflators, discount schedules, places) are others",
    "method": "the method of that name is another",
    "packs": "the packs are others",
    "study": "the study is another",
    "platform": "Python, numpy or the machine is another",
    "arguments": "it was asked with other arguments",
}


@dataclass(frozen=True, slots=True)
class Drift(Record):
    """One field that is not as recorded, and what moved it."""

    path: str
    old: Any
    new: Any
    moved_by: str


@dataclass(frozen=True, slots=True)
class ReportBeside(Record):
    """A report that a record names: same or changed where it lies beside the record, else missing."""

    name: str
    found: str


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Verification(Result):
    """A run record beside what it gives today.

    Attributes
    ----------
    title : str
        Of the study.
    drift : tuple of Drift
        The fields of ``inputs`` and ``result`` that are not as recorded; empty where the record verifies.
    moved_by : tuple of str
        What moved them: record, engine, tables, method, packs, study, platform or arguments.
    differs : tuple of str
        What is not as it was when the record was made, whether it moved anything or not.
    tampered : tuple of str
        Parts of the record that are not what they were when it was made.
    notes : tuple of str
        What could not be compared, and why.
    reports : tuple of ReportBeside
        The reports that it names: same, changed or missing.
    """

    title: str
    drift: tuple[Drift, ...]
    moved_by: tuple[str, ...]
    differs: tuple[str, ...]
    tampered: tuple[str, ...]
    notes: tuple[str, ...]
    reports: tuple[ReportBeside, ...] = ()

    @property
    def same(self) -> bool:
        """Whether the record verifies: nothing moved, and it and its reports are as they were made."""
        return not self.drift and not self.tampered and not self._reports("changed")

    def _reports(self, found: str) -> list[str]:
        return [each.name for each in self.reports if each.found == found]

    @property
    def answer(self) -> str:
        """Whether it verifies, in a sentence."""
        if self.same:
            return "The record verifies: everything in it comes out as it was recorded."
        parts = [f"its {name} was changed after it was made" for name in self.tampered]
        if self.drift:
            count = f"{len(self.drift)} field{'s are' if len(self.drift) > 1 else ' is'} not as recorded"
            parts.append(f"{count} ({', '.join(_MOVERS[each] for each in self.moved_by)})")
        parts += [f"the report {name} is not as it was written" for name in self._reports("changed")]
        return f"The record does not verify: {'; '.join(parts)}."

    @property
    def tables(self) -> tuple[Table, ...]:
        """What a person reads: each field that moved."""
        rows = tuple((each.path, _shown(each.old), _shown(each.new), each.moved_by) for each in self.drift)
        note = " ".join((self.answer, *(f"{each}." for each in self._told)))
        return (Table(f"Verification of {self.title}", ("Field", ">Recorded", ">Today", "By"), rows, note),)

    @property
    def _told(self) -> tuple[str, ...]:
        moved = {*self.moved_by, *(("record",) if self.tampered else ())}
        unmoved = [_MOVERS[each] for each in self.differs if each not in moved]
        return (
            *(f"{each[0].upper()}{each[1:]}, which moved nothing" for each in unmoved),
            *(f"The report {name} is as it was written" for name in self._reports("same")),
            *(f"The report {name} is not beside the record" for name in self._reports("missing")),
            *self.notes,
        )

    @property
    def brief(self) -> Brief:
        """What a person reads first: whether it verifies, and the first fields that do not."""
        tables = (Table("", self.tables[0].columns, self.tables[0].rows),) if self.drift else ()
        return Brief((self.answer, *(f"{each}." for each in self._told)), tables)

    def _plain(self) -> dict[str, Any]:
        return {"same": self.same, **Record.to_dict(self)}

    def _rows(self) -> dict[str, list[dict[str, Any]]]:
        return {"drift": plain(self.drift)}

    def _line(self) -> str:
        return f"{self.title}: {self.answer}"


def _shown(value: Any) -> str:
    return "–" if value is None else str(value)
