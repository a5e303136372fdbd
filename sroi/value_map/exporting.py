"""A study as a plain Value Map in a workbook."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from sroi import formatting
from sroi.errors import SroiError
from sroi.evaluation import evaluate
from sroi.model import YearsLater
from sroi.value_map.columns import BY_KEY, COLUMNS, Column, year_title
from sroi.value_map.held import Held, held
from sroi.value_map.labels import FACTS, TOTALS
from sroi.value_map.losses import Loss
from sroi.value_map.workbook import openpyxl_for

if TYPE_CHECKING:
    from sroi.evaluation import Evaluation
    from sroi.model import Study
    from sroi.results.rows import OutcomeRow

SHEET = "Value Map"
MOST_YEARS = 125
_SHOWN_AS = {"share": "0.##########%", "money": "#,##0.00", "count": "General", "years": "General"}
_DATE = dt.datetime(2000, 1, 1, tzinfo=dt.UTC).replace(tzinfo=None)


@dataclass(frozen=True, slots=True)
class ExportedMap:
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


def export_value_map(study: Study) -> ExportedMap:
    """A study as a Value Map in a workbook, which ``import_value_map`` reads back.

    Raises
    ------
    DocumentError
        If openpyxl is not installed.
    """
    kept = held(study)
    result = _result(kept.study)
    book = _Writer(kept.study, result).book()
    return ExportedMap(_same_every_time(book), kept.study, kept.losses, _effect(study, kept, result))


def _result(study: Study) -> Evaluation | None:
    try:
        return evaluate(study)
    except SroiError:
        return None


def _effect(study: Study, kept: Held, result: Evaluation | None) -> str:
    own = _result(study)
    if own is None or result is None or not kept.losses:
        return ""
    before, after = own.social_return_ratio, result.social_return_ratio
    if abs(before - after) <= 1e-9 * max(abs(before), abs(after)):
        return ""
    return f"the study's ratio is {formatting.to_places(before, 4)}, that of its map {formatting.to_places(after, 4)}"


class _Writer:
    def __init__(self, study: Study, result: Evaluation | None) -> None:
        self.study = study
        self.result = result
        self.rows = {row.outcome: row for row in result.outcomes} if result is not None else {}
        self.years = (
            min(max((_last(row) for row in self.rows.values() if row.by_year), default=0) + 1, 2 * MOST_YEARS)
            if result is not None
            else 0
        )
        self.lines = list(self.values())
        used = {key for line in self.lines for key in line}
        self.columns: list[Column | int] = []
        for column in COLUMNS:
            if column.key == "present_value":
                self.columns += range(self.years)
            if column.core or column.key in used:
                self.columns.append(column)

    def book(self) -> Any:
        openpyxl = openpyxl_for(SHEET)
        book = openpyxl.Workbook()
        self.sheet = book.active
        self.sheet.title = SHEET
        self.bold = openpyxl.styles.Font(bold=True)
        self.small = openpyxl.styles.Font(italic=True, size=9)
        self.wrapped = openpyxl.styles.Alignment(wrap_text=True, vertical="top")
        self.shade = openpyxl.styles.PatternFill("solid", fgColor="E7ECF1")
        self.letter = openpyxl.utils.get_column_letter
        self.facts()
        first = self.sheet.max_row + 2
        self.headings(first)
        self.body(first + 3)
        self.totals(first + 3 + len(self.lines))
        for position, column in enumerate(self.columns, 1):
            wide = isinstance(column, Column) and column.holds == "text"
            self.sheet.column_dimensions[self.letter(position)].width = 28 if wide else 16
        self.sheet.column_dimensions["A"].width = 42
        for row, height in ((first + 1, 30), (first + 2, 50)):
            self.sheet.row_dimensions[row].height = height
        self.sheet.page_setup.orientation, self.sheet.page_setup.paperSize = "landscape", 8
        self.sheet.page_setup.fitToHeight, self.sheet.sheet_properties.pageSetUpPr.fitToPage = 0, True
        self.sheet.freeze_panes = f"B{first + 3}"
        book.properties.creator, book.properties.created = "sroi", _DATE
        return book

    def put(
        self,
        row: int,
        column: int,
        value: Any,
        shown_as: str | None = None,
        *,
        bold: bool = False,
        wrap: bool = False,
    ) -> None:
        """A value in a cell; text stays text whatever it begins with."""
        if value is None:
            return
        cell = self.sheet.cell(row, column)
        cell.value = value
        if isinstance(value, str):
            cell.data_type = "s"
            cell.quotePrefix = value.startswith(("=", "+", "-", "@"))
        if shown_as is not None:
            cell.number_format = shown_as
        if bold:
            cell.font = self.bold
        if wrap:
            cell.alignment = self.wrapped

    def facts(self) -> None:
        row = 1
        method = self.study.method.model_dump()
        method["discount_inputs"] = "yes" if method["discount_inputs"] else "no"
        method["horizon"] = "none" if method["horizon"] is None else method["horizon"]
        for label in FACTS:
            value = method.get(label.key) if label.key in method else getattr(self.study, label.key, None)
            if value is not None:
                self.put(row, 1, label.title, bold=True)
                self.put(row, 2, value, "0.##########%" if label.key == "discount_rate" else None)
                row += 1

    def headings(self, row: int) -> None:
        band = ""
        for position, column in enumerate(self.columns, 1):
            stage = column.stage if isinstance(column, Column) else BY_KEY["present_value"].stage
            if stage != band:
                self.put(row, position, stage, bold=True)
                band = stage
            self.put(
                row + 1,
                position,
                column.title if isinstance(column, Column) else year_title(column),
                bold=True,
                wrap=True,
            )
            if isinstance(column, Column) and column.question:
                self.put(row + 2, position, column.question, wrap=True)
                self.sheet.cell(row + 2, position).font = self.small
            for line in range(row, row + 3):
                self.sheet.cell(line, position).fill = self.shade

    def body(self, first: int) -> None:
        for row, line in enumerate(self.lines, first):
            for position, column in enumerate(self.columns, 1):
                if isinstance(column, int):
                    by_year = self.rows[line["outcome_id"]].by_year if "outcome_id" in line else ()
                    self.put(
                        row, position, by_year[column] if column < len(by_year) else None, _SHOWN_AS["money"]
                    )
                else:
                    self.put(row, position, line.get(column.key), _SHOWN_AS.get(column.holds), wrap=True)
        start = first
        for row in range(first + 1, first + len(self.lines) + 1):
            if row == first + len(self.lines) or "stakeholder" in self.lines[row - first]:
                if row - start > 1:
                    self.sheet.merge_cells(start_row=start, end_row=row - 1, start_column=1, end_column=1)
                start = row

    def totals(self, row: int) -> None:
        if self.result is None:
            return
        places = {
            column if isinstance(column, int) else column.key: position
            for position, column in enumerate(self.columns, 1)
        }
        titles = {label.key: label.title for label in TOTALS}
        money = _SHOWN_AS["money"]
        counted = [each for each in self.result.outcomes if each.in_total]
        self.put(row, 1, titles["total"], bold=True)
        self.put(row, places["input_value"], sum(sum(each.by_year) for each in self.result.inputs), money)
        self.put(row, places["impact"], sum(each.impact or 0.0 for each in counted), money)
        self.put(row + 1, 1, titles["by_year_pv"], bold=True)
        for t in range(self.years):
            self.put(row, places[t], sum(each.by_year[t] or 0.0 for each in counted), money)
            self.put(row + 1, places[t], sum(each.by_year_pv[t] or 0.0 for each in counted), money)
        for offset, key in enumerate(
            ("present_value", "investment", "net_present_value", "social_return_ratio", "net_ratio"), 2
        ):
            self.put(row + offset, 1, titles[key], bold=True)
            self.put(row + offset, 2, getattr(self.result, key), "0.00" if key.endswith("ratio") else money)

    # ── Lines
    # ────────────────────────────────────────────────────────────────────────────────────────────────────

    def values(self) -> Any:
        """The rows of the map by key of the column: for each stakeholder its inputs beside its outcomes."""
        for name, stakeholder in self.study.stakeholders.items():
            inputs = [
                self.input(each, entry)
                for each, entry in self.study.inputs.items()
                if entry.stakeholder == name
            ]
            outcomes = [
                self.outcome(each, entry)
                for each, entry in self.study.outcomes.items()
                if entry.stakeholder == name
            ]
            own = {
                "stakeholder": stakeholder.title,
                "size": _plain(stakeholder.size),
                "involved": _plain(stakeholder.involved),
            }
            pairs: list[tuple[dict[str, Any], dict[str, Any]]] = list(
                zip_longest(inputs, outcomes, fillvalue={})
            ) or [({}, {})]
            for row, (given, changed) in enumerate(pairs):
                line = {**(own if row == 0 else {}), "stakeholder_id": name, **given, **changed}
                yield {key: value for key, value in line.items() if value is not None}

    def input(self, name: str, entry: Any) -> dict[str, Any]:
        texts = {"input_source": self.source(entry.source), "input_reason": entry.rationale}
        return {
            "input": entry.title,
            "input_kind": entry.kind,
            "input_value": _plain(entry.value),
            **texts,
            "input_id": name,
        }

    def outcome(self, name: str, outcome: Any) -> dict[str, Any]:
        line: dict[str, Any] = {
            "outcome_id": name,
            "outcome": outcome.title,
            "n_measured": _plain(outcome.n_measured),
        }
        line |= {
            key: getattr(outcome, key)
            for key in ("activity", "output", "kind", "indicator", "unit", "drop_off_from")
        }
        for key in (
            "quantity",
            "value",
            "duration",
            "deadweight",
            "displacement",
            "attribution",
            "contribution",
            "drop_off",
        ):
            estimate = getattr(outcome, key)
            of = "attribution" if key == "contribution" else key
            line[key] = _plain(estimate)
            if estimate is not None:
                line |= {f"{of}_source": self.source(estimate.source), f"{of}_reason": estimate.rationale}
        if not outcome.priced:
            line["value"] = "not priced"
        line["starts"] = _start(outcome.starts)
        row = self.rows.get(name)
        if row is not None:
            line |= {"impact": row.impact, "present_value": row.present_value}
        return line

    def source(self, name: str | None) -> str | None:
        return None if name is None else self.study.sources[name].title


def _plain(estimate: Any) -> Any:
    return None if estimate is None else estimate.value


def _start(starts: Any) -> int | str:
    if starts is None:
        return "not assessed"
    return starts.years_later + 1 if isinstance(starts, YearsLater) else {"during": 1, "after": 2}[starts]


def _last(row: OutcomeRow) -> int:
    return max((t for t, money in enumerate(row.by_year) if money), default=0)


def _same_every_time(book: Any) -> bytes:
    """The bytes of a workbook without the time of day in them."""
    written, fixed = io.BytesIO(), io.BytesIO()
    book.save(written)
    with zipfile.ZipFile(written) as parts, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as packed:
        for part in parts.infolist():
            content = parts.read(part)
            if part.filename == "docProps/core.xml":
                content = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>2000-01-01T00:00:00Z", content)
            packed.writestr(zipfile.ZipInfo(part.filename), content, zipfile.ZIP_DEFLATED)
    return fixed.getvalue()
