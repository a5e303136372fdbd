"""What lies between two studies: what changed, and each change's part of the difference."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sroi import formatting
from sroi.model import Study
from sroi.results import difference_tables as tables
from sroi.results import difference_words as words
from sroi.results.base import Record, Result, plain
from sroi.tables import Brief, Table


@dataclass(frozen=True, slots=True)
class Part(Record):
    """One change, or several that were made together, and what of the difference is due to it.

    Attributes
    ----------
    change : str
        The kind of change, such as ``quantity``, or with ``by="number"`` the path of what changed.
    kinds : tuple of str
        The kinds of change in it.
    amount : float
        Its part of new less old.
    standard_error : float or None
        Of a part that was sampled; None where every combination was evaluated.
    paths : tuple of str
        What changed: fields of outcomes and inputs, and outcomes and inputs that were added or removed.
    """

    change: str
    kinds: tuple[str, ...]
    amount: float
    standard_error: float | None
    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Explained(Record):
    """One figure of both studies, and the parts of the difference, which add up to new less old.

    Attributes
    ----------
    old, new : float or None
        None where a study does not give it.
    parts : tuple of Part
        Empty where either study does not give it.
    no_result : str or None
        Why there are no parts.
    """

    old: float | None
    new: float | None
    parts: tuple[Part, ...]
    no_result: str | None

    @property
    def difference(self) -> float | None:
        """New less old."""
        return None if self.old is None or self.new is None else self.new - self.old


@dataclass(frozen=True, slots=True)
class Where(Record):
    """Where something was written."""

    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Changed(Record):
    """One thing that is not the same in two studies.

    Attributes
    ----------
    what : str
        ``number``, ``source``, ``method``, ``structure``, ``claim``, ``scenario`` or ``other``.
    path : str
        Where it stands, by the old study's names.
    change : {"added", "removed", "renamed", "changed"}
    old, new : value
        A number as it is resolved, or as it is written where that alone changed; a word; a list by year; None
        where there is none.
    old_range, new_range : tuple of float, or None
        Ends of a number's range.
    old_where, new_where : Where or None
        File and line; None where it was not read from a file.
    """

    what: str
    path: str
    change: str
    old: Any
    new: Any
    old_range: tuple[float, ...] | None = None
    new_range: tuple[float, ...] | None = None
    old_where: Where | None = None
    new_where: Where | None = None


@dataclass(frozen=True, slots=True)
class Moved(Record):
    """A number of an outcome or input that comes to something else, and what moved it.

    Attributes
    ----------
    path : str
        Its path, by the old study's names.
    kind : str
        The kind of change.
    old, new : value
        In the new study's prices.
    through : tuple of str
        The assumptions that changed and that it rests on; empty where it was written otherwise itself.
    """

    path: str
    kind: str
    old: Any
    new: Any
    through: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Difference(Result):
    """What changed from one study to another, and each change's part of the difference.

    A part is a Shapley value: what a change adds to the figure, averaged over all orders in which the changes
    can be made. It does not depend on an order that somebody chose, and the parts add up to the whole.

    Attributes
    ----------
    old, new : Study
        What was compared.
    by : {"kind", "number"}
        Whether changes are taken together by kind, or each alone.
    ratio, net_present_value : Explained
        Both figures with the parts of the difference.
    changes : tuple of Changed
        What is not the same in the two, but for texts.
    moved : tuple of Moved
        The numbers of outcomes and inputs that come to something else.
    texts : int
        How many texts, such as titles and rationales, are not the same.
    exact : bool
        Whether every combination of changes was evaluated; else orders were sampled.
    permutations, seed : int
        How many orders are sampled where there are more than 12 changes, and how they were drawn.
    notes : tuple of str
        Changes that cannot be told apart, and the like.
    under : tuple of tuple of str
        Paths of what lies under the text of the old and of the new study: in packs and in the intervention.
    """

    old: Study
    new: Study
    by: str
    ratio: Explained
    net_present_value: Explained
    changes: tuple[Changed, ...]
    moved: tuple[Moved, ...]
    texts: int
    exact: bool
    permutations: int
    seed: int
    notes: tuple[str, ...]
    under: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())

    @property
    def study(self) -> Study:
        """The new study."""
        return self.new

    @property
    def ordered(self) -> tuple[tuple[Part | None, Part | None], ...]:
        """The parts of ratio and net present value in pairs, the largest first; None where one has none."""
        main, other = self.ratio.parts, self.net_present_value.parts
        ratios = {part.change: part for part in main}
        values = {part.change: part for part in other}
        names = sorted((main or other), key=lambda part: -abs(part.amount))
        return tuple((ratios.get(part.change), values.get(part.change)) for part in names)

    @property
    def answer(self) -> str:
        """Both figures, how far they are apart and what moved them most, in a sentence or two."""
        return words.answer(self)

    @property
    def tables(self) -> tuple[Table, ...]:
        """What a person reads: the parts, what changed in the files, and the numbers that moved."""
        return (tables.parts_table(self), *tables.changes_tables(self))

    @property
    def brief(self) -> Brief:
        """What a person reads first: both figures and the parts."""
        table = tables.parts_table(self)
        lines = (self.answer, *(f"{note}." for note in self.notes))
        parts = table.cut(len(table.rows) - 1)  # the answer says the whole
        return Brief(lines, (parts,), rows="parts", also=words.counted(self), one_line=True)

    def to_markdown(self) -> str:
        """A comment for a pull request: summary, parts, and all that changed folded away."""
        return tables.comment(self)

    def _plain(self) -> dict[str, Any]:
        return {
            "old": {"study": self.old.id, "kind": self.old.kind, "place": self.old.place},
            "new": {"study": self.new.id, "kind": self.new.kind, "place": self.new.place},
            "by": self.by,
            "ratio": plain(self.ratio),
            "net_present_value": plain(self.net_present_value),
            "exact": self.exact,
            "permutations": None if self.exact else self.permutations,
            "seed": None if self.exact else self.seed,
            "changes": plain(self.changes),
            "moved": plain(self.moved),
            "texts": self.texts,
            "notes": list(self.notes),
        }

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The parts of both differences, a change a row."""
        return [
            {
                "change": (ratio or value).change,  # type: ignore[union-attr]  # one of them is there
                "ratio": None if ratio is None else ratio.amount,
                "ratio_standard_error": None if ratio is None else ratio.standard_error,
                "net_present_value": None if value is None else value.amount,
                "net_present_value_standard_error": None if value is None else value.standard_error,
            }
            for ratio, value in self.ordered
        ]

    def _rows(self) -> dict[str, list[dict[str, Any]]]:
        changes = [_flat(each) for each in self.changes]
        return {"parts": self.rows, "changes": changes, "moved": [_flat(each) for each in self.moved]}

    def _line(self) -> str:
        return f"{self.old.id} to {self.new.id}: ratio {self.ratio.old} to {self.ratio.new}"


def _flat(record: Record) -> dict[str, Any]:
    """A record as one row: what has several values as text, and a file and line as two cells."""
    row: dict[str, Any] = {}
    for name, value in record.to_dict().items():
        if isinstance(value, dict) and name.endswith("_where"):
            row |= {f"{name.removesuffix('where')}{key}": each for key, each in value.items()}
        elif not name.endswith("_where"):
            row[name] = formatting.listed(map(str, value)) if isinstance(value, list | dict) else value
    return row
