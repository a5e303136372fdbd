"""The value map, in the columns that assessors of SROI know."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sroi import formatting
from sroi.expression import Expression
from sroi.labels import formula_in_words, unit_label
from sroi.model import BY_BENEFIT_YEAR, DEDUCTIONS, Outcome
from sroi.numbers import paths_of
from sroi.optimism import biases
from sroi.reports.sections.columns import words
from sroi.reports.xlsx.book import MORE_YEARS
from sroi.reports.xlsx.cells import reference
from sroi.reports.xlsx.sheet import Column
from sroi.reports.xlsx.styles import number_style
from sroi.value_map.columns import BY_KEY, COLUMNS, IN_SIGHT, YEARS_STAGE, year_title
from sroi.value_map.columns import Column as MapColumn
from sroi.words import readable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sroi.model import FinancialProxy
    from sroi.reports.xlsx.book import Book
    from sroi.reports.xlsx.lists import Lists

_SHARES = (*DEDUCTIONS, "contribution")
_ALWAYS = {
    *("stakeholder", "size", "involved", "input", "input_value", "output", "outcome", "kind", "indicator"),
    *("quantity", "duration", "starts", "value_reason", "value", "value_source", *DEDUCTIONS, "drop_off"),
}
_WHERE_USED = ("activity", "unit", "contribution")
_WORDS = ({"unit": "text"}, {"unit": "codes"})
_EVIDENCE = tuple(
    MapColumn(name, readable(name), BY_KEY["kind"].stage, field.description or "")
    for name, field in Outcome.model_fields.items()
    if name not in BY_KEY.keys() | {"title"} and field.json_schema_extra in _WORDS
)
"""What a report says of an outcome in words and a Value Map has no column for."""
_WIDTHS = {"input": 22, "outcome": 34, "indicator": 26, "value_reason": 34, "outcome_id": 22}
_WIDTHS |= dict.fromkeys(("stakeholder", "output", "value_source", "activity"), 24)
_WIDTHS |= dict.fromkeys((column.key for column in _EVIDENCE), 26)
_STAGE, _ASKED = "Stage 4: impact", f"What is left after {formatting.listed(DEDUCTIONS)}"
_KEPT = MapColumn("kept", "Share kept", _STAGE, _ASKED)
_ENTERED = (
    MapColumn("entered", "Proxy as entered", "Prices", "In the prices of its own year"),
    MapColumn("price_year", "Price year of proxy", "Prices"),
    MapColumn("price_factor", "Price factor of proxy", "Prices", "Brings it into the study's prices"),
)
_FIRST = 6


class ValueMap:
    """A row for each outcome, beneath its stakeholder; inputs stand beside them."""

    def __init__(self, book: Book, lists: Lists) -> None:
        self.book, self.lists = book, lists
        study = book.study
        used = {
            key
            for key in (*_WHERE_USED, *(column.key for column in _EVIDENCE))
            if any(getattr(each, key) is not None for each in study.outcomes.values())
        }
        years = (
            MapColumn(f"year{t}", year_title(t), YEARS_STAGE, str(study.first_year + t))
            for t in range(book.base.years)
        )
        dated = any(path.startswith("outcomes.") and path.endswith(".written") for path in book.base.values)
        shown = [column for column in COLUMNS if column.key in _ALWAYS | used]
        self.columns = [
            *(BY_KEY[key] for key in IN_SIGHT),
            *(column for column in shown if column.key not in IN_SIGHT),
            *(_KEPT, BY_KEY["impact"], *years, BY_KEY["present_value"]),
            *(_ENTERED if dated else ()),
            *(column for column in _EVIDENCE if column.key in used),
            BY_KEY["outcome_id"],
        ]
        self.at = {column.key: position for position, column in enumerate(self.columns)}
        subtitle = (
            f"In {study.price_year} prices. Years are undiscounted; present values come from the sheet of "
        )
        subtitle += f"that name. {study.method.in_words}."
        columns = [Column(column.title, _WIDTHS.get(column.key, 12)) for column in self.columns]
        self.sheet = book.sheet("Value map", f"Value map: {study.title}", subtitle, columns)
        self._head()
        self.rows: dict[str, int] = {}
        self.inputs: dict[str, int] = {}
        self.last = self._body()

    def _head(self) -> None:
        sheet, before = self.sheet, ""
        sheet.headings(4, [column.title for column in self.columns], height=32)
        sheet.height(5, 48)
        for position, column in enumerate(self.columns):
            sheet.text(3, position, "" if column.stage == before else column.stage, "stage")
            sheet.text(5, position, column.question, "question")
            before = column.stage
        sheet.freeze(_FIRST, len(IN_SIGHT), first=3, last=4)

    def _body(self) -> int:
        study, sheet, at, row = self.book.study, self.sheet, self.at, _FIRST
        for name, stakeholder in study.stakeholders.items():
            outcomes = [each for each, outcome in study.outcomes.items() if outcome.stakeholder == name]
            inputs = [each for each, entry in study.inputs.items() if entry.stakeholder == name]
            for position in range(max(len(outcomes), len(inputs))):
                sheet.line(row, *[""] * len(self.columns))
                sheet.text(row, at["stakeholder"], stakeholder.title, "cell", "wrap")
                if position == 0:
                    for key, count in zip(("size", "involved"), self.book.people(name), strict=True):
                        sheet.number(row, at[key], count, "cell", "count")
                if position < len(inputs):
                    self.inputs[inputs[position]] = row
                    sheet.text(row, at["input"], self.book.input(inputs[position]), "cell", "wrap")
                if position < len(outcomes):
                    self._outcome(row, outcomes[position], study.outcomes[outcomes[position]])
                row += 1
        return row - 1

    def _outcome(self, row: int, name: str, outcome: Outcome) -> None:
        book, sheet, at, path = self.book, self.sheet, self.at, f"outcomes.{name}"
        self.rows[name] = row
        proxies = outcome.value if isinstance(outcome.value, tuple) else (outcome.value,)
        title = book.outcome(name)
        worth = paths_of(f"{path}.value", outcome.value)
        texts = {
            "activity": outcome.activity,
            "output": outcome.output,
            "outcome": title,
            "kind": _kind(outcome) if outcome.priced else f"{_kind(outcome)}: not priced",
            "indicator": outcome.indicator,
            "unit": unit_label(book.study, outcome.unit),
            "value_reason": _joined(_reason(book, each) for each in proxies),
            "value_source": _joined(map(book.sources, worth)) if outcome.priced else None,
            "outcome_id": name,
            **{column.key: words(getattr(outcome, column.key)) for column in _EVIDENCE},
        }
        for key, text in texts.items():
            if key in at:
                sheet.text(row, at[key], text, "cell", "wrap")
        if name not in book.base.outcomes:
            sheet.text(row, at["value"], "not priced", "cell", "right")
            quantity = book.evaluation.row(name).quantity
            if isinstance(quantity, float):
                sheet.number(row, at["quantity"], quantity, "cell", number_style(quantity))
            return
        sheet.number(row, at["starts"], book.base.outcomes[name].numbers.first + 1, "cell", "plain")
        self._number(row, "quantity", path, outcome.quantity)
        self._number(row, "duration", path, outcome.duration, "general")
        for key in (*_SHARES, "drop_off"):
            if getattr(outcome, key) is not None:
                self._number(row, key, path, getattr(outcome, key), "percent")
        if outcome.contribution is not None:
            first = "[0]" if isinstance(outcome.contribution, tuple) else ""
            book.place(f"{path}.attribution{first}", sheet, row, at["attribution"], "cell", "percent")
            self.lists.steps(title, "attribution", f"{path}.attribution", "percent")
        if f"{path}.value.written" in book.base.values:
            book.place_entered(f"{path}.value", sheet, row, at["entered"], at["price_factor"], "pence")
            sheet.text(row, at["price_year"], str(book.numbers[f"{path}.value"].price_year), "cell", "centre")
        self._number(row, "value", path, outcome.value, "pence")
        if isinstance(biases(book.numbers).get(path), str):
            self.lists.one(title, "optimism bias", f"{path}.optimism_bias", "percent")
        styles = {"kept": "percent", "impact": "money"}
        for key, style in styles.items():
            first = "[0]" if key == "kept" else ""
            book.place(f"{path}.{key}{first}", sheet, row, at[key], "cell", style)
        self.lists.steps(title, "share kept", f"{path}.kept", "percent")
        book.place_years(f"{path}.by_year", sheet, row, at["impact"] + 1, "cell", "money")

    def _number(self, row: int, key: str, path: str, written: Any, style: str = "") -> None:
        """One number in its column; of a list the first, and all of it on the sheet of lists."""
        book, where = self.book, f"{path}.{key}"
        listed = isinstance(written, tuple)
        style = style or number_style(book.base.values[f"{where}[0]" if listed else where])
        if listed:
            title = book.outcome(path.removeprefix("outcomes."))
            self.lists.add(title, readable(key, capital=False), where, written, style)
        book.place(f"{where}.first" if listed else where, self.sheet, row, self.at[key], "cell", style)

    def finish(self) -> None:
        """Inputs, present values, the first of each list, and the totals beneath."""
        book, sheet, at, base = self.book, self.sheet, self.at, self.book.base

        def repeat(row: int, key: str, path: str, *styles: str) -> None:
            """A figure that stands on another sheet."""
            sheet.formula(row, at[key], book.address(path), base.values[path], *styles, "link")

        for name, row in self.inputs.items():
            repeat(row, "input_value", f"inputs.{name}.present_value", "cell", "money")
        for name, row in self.rows.items():
            path = f"outcomes.{name}"
            for key in ("quantity", *BY_BENEFIT_YEAR):
                if f"{path}.{key}.first" in book.places:
                    repeat(row, key, f"{path}.{key}[0]", *book.places[f"{path}.{key}.first"].styles)
            if name in base.outcomes:
                repeat(row, "present_value", f"{path}.present_value", "cell", "money")
                if not base.outcomes[name].in_total:
                    kind = f"{_kind(book.study.outcomes[name])}: outside the total"
                    sheet.text(row, at["kind"], kind, "cell", "wrap")
        self._totals()
        self._validate()
        self._check()

    def _totals(self) -> None:
        book, sheet, at, base = self.book, self.sheet, self.at, self.book.base
        rows = {
            "": "Present value of each year",
            "present_value": "Total present value (PV)",
            "investment": "Total investment",
            "net_present_value": "Net present value (PV minus the investment)",
            "social_return_ratio": "Social return: value per amount invested",
        }
        for row, (path, title) in enumerate(rows.items(), start=self.last + 2):
            sheet.line(row, *[""] * len(self.columns), style="total")
            sheet.text(row, 0, title, "total", "wrap")
            steps = {"present_value": path} if path else {}
            if not path:
                steps = {f"year{t}": f"outcomes_by_year_pv[{t}]" for t in range(base.years)}
            style = "number" if path == "social_return_ratio" else "money"
            for key, step in steps.items():
                sheet.formula(row, at[key], book.address(step), base.values[step], "total", style)

    def _validate(self) -> None:
        """Refuse as it is typed what the engine would refuse: no shares, and durations beyond the columns."""
        page, at = self.sheet.page, self.at
        between = {"validate": "decimal", "criteria": "between"}
        share = {"minimum": 0, "maximum": 1, "error_title": "Not a share"}
        share["error_message"] = "Write a share from 0% to 100%."
        for key in (*_SHARES, "drop_off"):
            if key in at:
                page.data_validation(_FIRST, at[key], self.last, at[key], between | share)
        for name, row in self.rows.items():
            if name in self.book.base.outcomes:
                most = len(self.book.base.outcomes[name].benefit)
                message = (
                    f"This workbook has columns for {most} benefit years of this outcome ({MORE_YEARS} more "
                )
                message += "than the study). For more, change the study and write the workbook again."
                years = {"minimum": 0.001, "maximum": most, "error_type": "warning"}
                years |= {"error_title": "More years than columns", "error_message": message}
                page.data_validation(row, at["duration"], row, at["duration"], between | years)

    def _check(self) -> None:
        """Say where a calculated share, or what is left of all of them, is none."""
        if not self.book.base.outcomes:
            return
        ends = (reference(_FIRST, self.at["deadweight"]), reference(self.last, self.at["kept"]))
        areas = (f"'Value map'!{':'.join(ends)}", *self.lists.shares)
        outside = '({0},"<-0.000000000001")+COUNTIF({0},">1.000000000001")'
        counts = "+".join(f"COUNTIF{outside.format(area)}" for area in areas)
        title = "Every share, and what all of them leave, lies between 0% and 100%"
        self.book.checks.append((title, f"{counts}=0", True))


def _kind(outcome: Outcome) -> str:
    return readable(outcome.kind, capital=False)


def _joined(texts: Iterable[str | None]) -> str | None:
    """Different texts in one cell."""
    return "; ".join(dict.fromkeys(filter(None, texts))) or None


def _reason(book: Book, proxy: FinancialProxy | None) -> str | None:
    """Why the proxy was taken, its unit, or what it is made of."""
    if proxy is None:
        return None
    made_of = formula_in_words(book.study, proxy.value.text) if isinstance(proxy.value, Expression) else None
    return proxy.rationale or unit_label(book.study, proxy.unit) or made_of
