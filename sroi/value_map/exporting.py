"""A study as a plain Value Map in a workbook."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from sroi import formatting
from sroi.errors import SroiError
from sroi.evaluation import evaluate
from sroi.model import as_study
from sroi.model.starts import first_year
from sroi.quantities import MOST_YEARS
from sroi.results.base import Result, plain
from sroi.tables import Table
from sroi.value_map.columns import (
    BY_KEY,
    COLUMNS,
    FACTS,
    IN_SIGHT,
    OUTCOME_NUMBERS,
    OUTCOME_TEXTS,
    TOTAL_TITLES,
    YEARS_STAGE,
    Column,
    year_title,
)
from sroi.value_map.fitting import Fitted, fit
from sroi.value_map.losses import Loss
from sroi.value_map.workbook import NewSheet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sroi.model import Estimate, Input, Outcome, Studied, Study
    from sroi.results import Evaluation
    from sroi.results.rows import OutcomeRow

SHEET = "Value Map"
_PERCENT = "0.##########%"
_MONEY = "#,##0.00"
_SHOWN_AS = {"share": _PERCENT, "money": _MONEY, "count": "General", "years": "General"}
_SCALARS = ("present_value", "investment", "net_present_value", "social_return_ratio", "net_ratio")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class ExportedMap(Result):
    """A Value Map as the bytes of a workbook, and what of the study it does not hold.

    Attributes
    ----------
    content : bytes
        The workbook, .xlsx; the same study gives the same bytes.
    study : Study
        What the map holds.
    losses : tuple of Loss
        What it cannot hold.
    effect : str
        What the losses do to the ratio, in words; empty where they do nothing.
    """

    content: bytes
    study: Study
    losses: tuple[Loss, ...]
    effect: str

    @property
    def tables(self) -> tuple[Table, ...]:
        """What a person reads: what the map cannot hold, and what it has in its place."""
        rows = tuple((each.what, each.where, each.kept) for each in self.losses)
        return (Table("Not in the map", ("What", "Where", "In its place"), rows, self.effect),)

    def _plain(self) -> dict[str, Any]:
        """What the map does not hold, as plain values that JSON can hold; the workbook is in ``content``."""
        return {"study": self.study.id, "losses": plain(self.losses), "effect": self.effect}

    def _rows(self) -> dict[str, list[dict[str, Any]]]:
        rows = ((each, path) for each in self.losses for path in each.paths)
        return {"losses": [{"key": each.key, "path": path, "kept": each.kept} for each, path in rows]}

    def _line(self) -> str:
        return f"{self.study.id}: {len(self.content):,} bytes; {len(self.losses)} kinds of loss"


def export_value_map(study: Study | Studied) -> ExportedMap:
    """A study as a Value Map in a workbook, which ``import_value_map`` reads back.

    Raises
    ------
    DocumentError
        If openpyxl is not installed.
    """
    study = as_study(study, "sroi.export_value_map")
    fitted = fit(study)
    result = _result(fitted.study)
    content = _Writer(fitted.study, result).content()
    return ExportedMap(content, fitted.study, fitted.losses, _effect(study, fitted, result))


def _result(study: Study) -> Evaluation | None:
    try:
        return evaluate(study)
    except SroiError:
        return None


def _effect(study: Study, fitted: Fitted, result: Evaluation | None) -> str:
    own = _result(study)
    if own is None or result is None or not fitted.losses:
        return ""
    before, after = own.social_return_ratio, result.social_return_ratio
    if abs(before - after) <= 1e-9 * max(abs(before), abs(after)):
        return ""
    shown = [formatting.decimals(ratio, 4) for ratio in (before, after)]
    return f"the study's ratio is {shown[0]}, that of its map {shown[1]}"


class _Writer:
    def __init__(self, study: Study, result: Evaluation | None) -> None:
        self.study = study
        self.result = result
        self.rows = {row.outcome: row for row in result.outcomes} if result is not None else {}
        self.years = min(max(map(_years, self.rows.values()), default=0), 2 * MOST_YEARS)
        self.lines = list(self.values())
        used = {key for line in self.lines for key in line}
        years = [Column(f"year_{t}", year_title(t), YEARS_STAGE, holds="money") for t in range(self.years)]
        self.columns: list[Column] = []
        in_sight = [BY_KEY[key] for key in IN_SIGHT]
        for column in (*in_sight, *(each for each in COLUMNS if each not in in_sight)):
            self.columns += years if column.key == "present_value" else []
            self.columns += [column] if column.core or column.key in used else []

    def content(self) -> bytes:
        self.sheet = NewSheet(SHEET)
        first = self.facts() + 1
        self.headings(first)
        self.body(first + 3)
        self.totals(first + 3 + len(self.lines))
        for position, column in enumerate(self.columns, 1):
            self.sheet.width(position, 28 if column.holds == "text" else 16)
        self.sheet.height(first + 1, 30)
        self.sheet.height(first + 2, 50)
        return self.sheet.content(first + 3, len(IN_SIGHT), headings=(first, first + 1))

    def facts(self) -> int:
        """What is said about the study, a line each; the row after it."""
        method = self.study.method.model_dump()
        method["discount_inputs"] = "yes" if method["discount_inputs"] else "no"
        method["horizon"] = "none" if method["horizon"] is None else method["horizon"]
        said = {label: method.get(label.key, getattr(self.study, label.key, None)) for label in FACTS}
        row = 1
        for label, value in said.items():
            if value is not None:
                self.sheet.put(row, 1, label.title, font="bold")
                self.sheet.put(row, 2, value, _PERCENT if label.key == "discount_rate" else None)
                row += 1
        return row

    def headings(self, row: int) -> None:
        band = ""
        for position, column in enumerate(self.columns, 1):
            if column.stage != band:
                band = column.stage
                self.sheet.put(row, position, band, font="bold")
            self.sheet.put(row + 1, position, column.title, font="bold", wrap=True)
            self.sheet.put(row + 2, position, column.question or None, font="small", wrap=True)
            for line in range(row, row + 3):
                self.sheet.shade(line, position)

    def body(self, first: int) -> None:
        for row, line in enumerate(self.lines, first):
            for position, column in enumerate(self.columns, 1):
                self.sheet.put(row, position, line.get(column.key), _SHOWN_AS.get(column.holds), wrap=True)
        starts = [row for row, line in enumerate(self.lines, first) if "stakeholder" in line]
        for start, following in zip(starts, [*starts[1:], first + len(self.lines)], strict=True):
            self.sheet.merge(start, following - 1, 1)

    def totals(self, row: int) -> None:
        if self.result is None:
            return
        at = {column.key: position for position, column in enumerate(self.columns, 1)}
        counted = [each for each in self.result.outcomes if each.in_total]
        self.sheet.put(row, 1, TOTAL_TITLES["total"], font="bold")
        spent = sum(sum(each.by_year) for each in self.result.inputs)
        self.sheet.put(row, at["input_value"], spent, _MONEY)
        self.sheet.put(row, at["impact"], sum(each.impact or 0.0 for each in counted), _MONEY)
        self.sheet.put(row + 1, 1, TOTAL_TITLES["by_year_pv"], font="bold")
        for t in range(self.years):
            column = at[f"year_{t}"]
            self.sheet.put(row, column, sum(each.by_year[t] or 0.0 for each in counted), _MONEY)
            self.sheet.put(row + 1, column, sum(each.by_year_pv[t] or 0.0 for each in counted), _MONEY)
        for line, key in enumerate(_SCALARS, row + 2):
            self.sheet.put(line, 1, TOTAL_TITLES[key], font="bold")
            self.sheet.put(line, 2, getattr(self.result, key), "0.00" if key.endswith("ratio") else _MONEY)

    def values(self) -> Iterator[dict[str, Any]]:
        """The rows of the map by key of the column: for each stakeholder its inputs beside its outcomes."""
        study = self.study
        for name, stakeholder in study.stakeholders.items():
            inputs = (self.input(*each) for each in study.inputs.items() if each[1].stakeholder == name)
            outcomes = (self.outcome(*each) for each in study.outcomes.items() if each[1].stakeholder == name)
            pairs: list[tuple[dict[str, Any], ...]] = list(zip_longest(inputs, outcomes, fillvalue={}))
            line = {
                "stakeholder": stakeholder.title,
                "size": _value(stakeholder.size),
                "involved": _value(stakeholder.involved),
            }
            for given, changed in pairs or [({}, {})]:
                line |= {"stakeholder_id": name, **given, **changed}
                yield {key: value for key, value in line.items() if value is not None}
                line = {}

    def input(self, name: str, entry: Input) -> dict[str, Any]:
        assert not isinstance(entry.value, tuple)
        return {
            "input": entry.title,
            "input_kind": entry.kind,
            "input_value": _value(entry.value),
            "input_source": self.source(entry.source),
            "input_reason": entry.rationale,
            "input_id": name,
        }

    def outcome(self, name: str, outcome: Outcome) -> dict[str, Any]:
        line: dict[str, Any] = {
            "outcome_id": name,
            "outcome": outcome.title,
            "n_measured": _value(outcome.n_measured),
            **{key: getattr(outcome, key) for key in ("kind", "drop_off_from", *OUTCOME_TEXTS)},
        }
        for key in OUTCOME_NUMBERS:
            estimate, about = getattr(outcome, key), BY_KEY[key].about or key
            line[key] = _value(estimate)
            if estimate is not None:
                line[f"{about}_source"] = self.source(estimate.source)
                line[f"{about}_reason"] = estimate.rationale
        if not outcome.priced:
            line["value"] = "not priced"
        first = first_year(outcome.starts)
        line["starts"] = "not assessed" if first is None else first + 1
        row = self.rows.get(name)
        if row is not None:
            line |= {"impact": row.impact, "present_value": row.present_value}
            line |= {f"year_{t}": money for t, money in enumerate(row.by_year[: self.years])}
        return line

    def source(self, name: str | None) -> str | None:
        return None if name is None else self.study.sources[name].title


def _value(estimate: Estimate | None) -> Any:
    return None if estimate is None else estimate.value


def _years(row: OutcomeRow) -> int:
    """Years to the last in which an outcome is worth something, at least one."""
    return max((t for t, money in enumerate(row.by_year) if money), default=0) + 1
