"""The rows of a portfolio's tables that cannot be counted, with the reason, and those that can."""

from __future__ import annotations

import functools
import operator
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import narwhals.stable.v2 as nw

from sroi.errors import DocumentError, Problem
from sroi.method import MethodProfile
from sroi.portfolio.faults import Fault, faults_of, with_alike
from sroi.portfolio.layout import keyed, names_of, typed
from sroi.portfolio.reading import as_frame, is_text, one_row, text_of, with_numbers

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sroi.portfolio.layout import Frame, Side

REJECTED = (
    "table", "file", "row", "programme", "place", "outcome", "cohort", "column", "rule", "found", "reason",
    "instead",
)  # fmt: skip
"""Columns of the table of rows that are set aside."""

MOST_SHOWN = 20


@dataclass(frozen=True)
class Checked:
    """The rows of a portfolio that can be counted, and those that cannot.

    Attributes
    ----------
    outcomes, inputs : dataframe
        The rows that can be counted, in the kind of table that was given.
    rejected : dataframe
        A row for each fault of a row: table, row, what names it, column, rule, what was found, the reason,
        and what to write instead.
    counts : mapping of (str, str, str) to int
        How many rows have each fault: by table, column and rule.
    """

    outcomes: Any
    inputs: Any
    rejected: Any
    counts: Mapping[tuple[str, str, str], int]
    frames: Mapping[Side, Any] = field(repr=False, compare=False)

    def __repr__(self) -> str:
        return f"Checked({sum(self.counts.values())} faults of {len(self.counts)} kinds)"


@dataclass(frozen=True, slots=True)
class Looked:
    """One table after a look: its rows with numbers, and the faults that were found with their counts."""

    side: str
    frame: Frame
    faults: tuple[tuple[Fault, int], ...]

    @property
    def right(self) -> Frame:
        """The rows without a fault."""
        if not self.faults:
            return self.frame
        wrong = functools.reduce(operator.or_, (fault.holds for fault, _ in self.faults))
        return self.frame.filter(~wrong)


def check(
    outcomes: Any, inputs: Any, *, method: str | Mapping[str, Any] | MethodProfile = "default"
) -> Checked:
    """Look through the tables of a portfolio for rows that cannot be counted.

    Parameters
    ----------
    outcomes, inputs : dataframe
        In the long layout, as :func:`sroi.portfolio.evaluate` takes them.
    method : str, mapping or MethodProfile
        The method that they are to be calculated by, since added deductions may not pass 100%.

    Returns
    -------
    Checked
        Rows with a fault are in ``rejected`` and nowhere else. Where an input of a programme has a fault, all
        of the programme is set aside: over the other inputs alone its ratio would be too high.

    Raises
    ------
    DocumentError
        If what is given is no dataframe, or lacks a column.
    """
    return checked_tables(*both(outcomes, inputs), MethodProfile.model_validate(method))


def both(outcomes: Any, inputs: Any) -> tuple[Frame, Frame]:
    """Both tables, of one engine."""
    first, second = as_frame(outcomes, "outcomes"), as_frame(inputs, "inputs")
    if first.implementation != second.implementation or type(first) is not type(second):
        kinds = f"outcomes is of {_kind(first)} and inputs of {_kind(second)}"
        raise DocumentError([Problem(kinds, "give both in the same kind of table", file="inputs")])
    return first, second


def _kind(frame: Frame) -> str:
    lazy = " (lazy)" if isinstance(frame, nw.LazyFrame) else ""
    return f"{frame.implementation.name.lower()}{lazy}"


def checked_tables(outcomes: Frame, inputs: Frame, method: MethodProfile) -> Checked:
    """The same on tables of narwhals."""
    given: dict[Side, Frame] = {"outcomes": outcomes, "inputs": inputs}
    first: dict[Side, Looked] = {side: _look(frame, side, method) for side, frame in given.items()}
    keys = programme_keys(outcomes, inputs)
    wrong_inputs = [fault.holds for fault, _ in first["inputs"].faults]
    last: dict[Side, Looked] = {}
    others: dict[Side, Side] = {"outcomes": "inputs", "inputs": "outcomes"}
    for side, other in others.items():
        frame, more = first[side].frame, list[Fault]()
        if wrong_inputs:
            whole = functools.reduce(operator.or_, wrong_inputs)
            marks = _programmes(first["inputs"].frame.filter(whole), keys, "incomplete")
            frame = keyed(frame, keys)[0].join(marks, on=_labels(keys), how="left")
            more.append(_incomplete(~whole if side == "inputs" else None))
        alone = _alone(first[side].frame, first[other].right, keys)
        if one_row(alone, {"count": nw.len()})["count"]:
            frame = keyed(frame, keys)[0].join(alone, on=_labels(keys), how="left")
            incomplete = nw.col(typed("incomplete")).is_null() if wrong_inputs else None
            more.append(_without_other(other, unless=incomplete))
        last[side] = counted(frame, side, first[side].faults, more)
    rejected = rejected_rows(list(last.values()))
    shown = {side: names_of(frame) for side, frame in given.items()}
    accepted = {side: looked.right for side, looked in last.items()}
    kept = {side: frame.select(*shown[side]).to_native() for side, frame in accepted.items()}
    counts = {
        (str(side), fault.column, fault.rule): count
        for side, looked in last.items()
        for fault, count in looked.faults
    }
    return Checked(kept["outcomes"], kept["inputs"], rejected.to_native(), counts, accepted)


def programme_keys(outcomes: Frame, inputs: Frame) -> list[str]:
    """What names a programme in both tables: with its place, where both say it."""
    shared = set(names_of(outcomes)) & set(names_of(inputs))
    return [name for name in ("programme", "place") if name in shared]


def _look(frame: Frame, side: Side, method: MethodProfile) -> Looked:
    if isinstance(frame, nw.DataFrame) and "row" not in names_of(frame):
        frame = frame.with_row_index(typed("row")).with_columns(nw.col(typed("row")) + 1)
    frame = with_alike(with_numbers(frame, side), side)
    return counted(frame, side, (), faults_of(frame, side, method))


def counted(frame: Frame, side: str, known: Any, faults: Any) -> Looked:
    """A table with those of some faults that any of its rows has, and of how many."""
    columns = {str(at): fault.holds.cast(nw.Int64).sum() for at, fault in enumerate(faults)}
    counts = one_row(frame, columns)
    found = [(fault, int(counts[str(at)] or 0)) for at, fault in enumerate(faults)]
    return Looked(side, frame, (*known, *((fault, count) for fault, count in found if count)))


def _labels(keys: Iterable[str]) -> list[str]:
    return [typed(f"key {name}") for name in keys]


def _programmes(frame: Frame, keys: list[str], mark: str) -> Frame:
    """The programmes of a table, each once, with a mark."""
    frame, labels = keyed(frame, keys)
    return frame.select(*labels).unique().with_columns(nw.lit(1).alias(typed(mark)))


def _alone(frame: Frame, other: Frame, keys: list[str]) -> Frame:
    """The programmes of a table that the other does not have."""
    mine, others = _programmes(frame, keys, "alone"), _programmes(other, keys, "there")
    joined = mine.join(others, on=_labels(keys), how="left")
    return joined.filter(nw.col(typed("there")).is_null()).select(*_labels(keys), typed("alone"))


def _without_other(other: Side, unless: Any = None) -> Fault:
    alone = ~nw.col(typed("alone")).is_null()
    rule = "no_inputs" if other == "inputs" else "no_outcomes"
    what = f"its programme has no {other} that can be counted"
    hint = f"add its {other}, or take the programme out of both tables"
    return Fault(rule, "programme", alone if unless is None else alone & unless, what, hint)


def _incomplete(others: Any) -> Fault:
    wrong = ~nw.col(typed("incomplete")).is_null()
    wrong = wrong if others is None else wrong & others
    what = "an input of its programme is wrong: over the other inputs alone its ratio would be too high"
    return Fault("incomplete_inputs", "programme", wrong, what, "put that input right")


def rejected_rows(tables: Sequence[Looked]) -> Frame:
    """A row for each fault of a row of some tables."""
    found = [_rows_of(looked, fault) for looked in tables for fault, _ in looked.faults]
    return nw.concat(found or [_rows_of_none(tables[0])])


def _rows_of_none(looked: Looked) -> Frame:
    nothing = Fault(
        "none", "programme", nw.col("programme").is_null() & ~nw.col("programme").is_null(), "", ""
    )
    return _rows_of(looked, nothing)


def _rows_of(looked: Looked, fault: Fault) -> Frame:
    frame = looked.frame
    names = names_of(frame)
    found = _found(frame, fault.column)
    *parts, end = fault.instead.split("{found}")
    pieces = [piece for part in parts for piece in (nw.lit(part), found)]
    row = typed("row") if typed("row") in names else "row" if "row" in names else None
    words = {
        "table": nw.lit(looked.side),
        "row": nw.lit("") if row is None else nw.col(row).cast(nw.String).fill_null(""),
        "column": nw.lit(fault.column),
        "rule": nw.lit(fault.rule),
        "found": found,
        "reason": nw.lit(fault.reason),
        "instead": nw.concat_str(*pieces, nw.lit(end)) if pieces else nw.lit(fault.instead),
    }
    for name in REJECTED:
        if name not in words:
            words[name] = nw.col(name).cast(nw.String).fill_null("") if name in names else nw.lit("")
    return frame.filter(fault.holds).select(*(words[name].alias(f"{name}") for name in REJECTED))


def _found(frame: Frame, name: str) -> Any:
    """What stands in a column, as text."""
    if is_text(frame, name):
        return text_of(frame, name).fill_null("")
    whole = nw.col(name).cast(nw.String).fill_null("")
    return whole.str.replace_all(r"\.0$", "")


def refusal(checked: Any) -> DocumentError:
    """What is wrong with the rows of a portfolio, as an error."""
    rows = nw.from_native(checked.rejected).lazy().head(MOST_SHOWN).collect().rows(named=True)
    problems = [
        Problem(
            f"{each['reason']}, found {each['found'] or 'nothing'}",
            each["instead"],
            " ".join(filter(None, (each["programme"], each["place"], each["outcome"], each["column"]))),
            f"{each['table']}{' row ' + each['row'] if each['row'] else ''}",
        )
        for each in rows
    ]
    more = sum(checked.counts.values()) - len(rows)
    if more > 0:
        problems.append(Problem(f"{more} more faults", "see sroi.portfolio.check(outcomes, inputs).rejected"))
    return DocumentError(problems)
