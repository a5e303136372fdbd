"""The value map, in the columns that assessors of SROI know."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sroi.expression import Expression
from sroi.reports.xlsx.assumptions import number_style
from sroi.reports.xlsx.book import MORE_YEARS
from sroi.reports.xlsx.cells import reference
from sroi.value_map.columns import COLUMNS, YEARS_STAGE, Column, year_title

if TYPE_CHECKING:
    from sroi.model import FinancialProxy, Outcome
    from sroi.reports.xlsx.book import Book
    from sroi.reports.xlsx.lists import Lists

_ALWAYS = ("stakeholder", "size", "involved", "input", "input_value", "output", "outcome", "kind", "indicator", "quantity", "duration", "starts",
           "value_reason", "value", "value_source", "deadweight", "displacement", "attribution", "drop_off")  # fmt: skip
_WHERE_USED = {"activity": "activity", "unit": "unit", "contribution": "contribution"}
_WIDTHS = {
    "stakeholder": 24,
    "input": 22,
    "outcome": 34,
    "output": 24,
    "indicator": 26,
    "value_reason": 34,
    "value_source": 24,
    "activity": 24,
    "outcome_id": 22,
}
_SHARES = ("deadweight", "displacement", "attribution", "contribution")
_KEPT = Column(
    "kept", "Share kept", "Stage 4: impact", "What is left after deadweight, displacement and attribution"
)
_ENTERED = (
    Column("entered", "Proxy as entered", "Prices", "In the prices of its own year"),
    Column("price_year", "Price year of proxy", "Prices"),
    Column("price_factor", "Price factor of proxy", "Prices", "Brings it into the study's prices"),
)
_FIRST = 6


class ValueMap:
    """A row an outcome, under its stakeholder; inputs stand beside them."""

    def __init__(self, book: Book, lists: Lists) -> None:
        self.book, self.lists = book, lists
        study = book.study
        outcomes = study.outcomes.values()
        used = {
            key
            for key, field in _WHERE_USED.items()
            if any(getattr(each, field) is not None for each in outcomes)
        }
        by_key = {column.key: column for column in COLUMNS}
        columns: list[Column] = [column for column in COLUMNS if column.key in _ALWAYS or column.key in used]
        columns += [
            _KEPT,
            by_key["impact"],
            *(
                Column(f"year{t}", year_title(t), YEARS_STAGE, str(study.first_year + t))
                for t in range(book.base.years)
            ),
        ]
        columns += [by_key["present_value"]]
        if any(path.startswith("outcomes.") and path.endswith(".written") for path in book.base.values):
            columns += _ENTERED
        columns += [by_key["outcome_id"]]
        self.columns = columns
        self.at = {column.key: position for position, column in enumerate(columns)}
        subtitle = f"In {study.price_year} prices. Years are undiscounted; present values come from the sheet of that name. {study.method.in_words}."
        self.sheet = book.sheet(
            "Value map",
            f"Value map: {study.title}",
            subtitle,
            [_WIDTHS.get(column.key, 12) for column in columns],
        )
        self._head()
        self.rows: dict[str, int] = {}
        self.inputs: dict[str, int] = {}
        self.last = self._body()

    def _head(self) -> None:
        sheet, columns = self.sheet, self.columns
        stages = [column.stage for column in columns]
        for position, stage in enumerate(stages):
            sheet.text(3, position, stage if position == 0 or stages[position - 1] != stage else "", "stage")
        sheet.headings(4, [column.title for column in columns], height=32)
        sheet.height(5, 48)
        for position, column in enumerate(columns):
            sheet.text(5, position, column.question, "question")
        sheet.page.freeze_panes(_FIRST, self.at["stakeholder"] + 1)
        sheet.page.repeat_rows(4)
        sheet.page.repeat_columns(0)

    def _body(self) -> int:
        study, row = self.book.study, _FIRST
        for name, stakeholder in study.stakeholders.items():
            outcomes = [each for each, outcome in study.outcomes.items() if outcome.stakeholder == name]
            inputs = [each for each, entry in study.inputs.items() if entry.stakeholder == name]
            for position in range(max(len(outcomes), len(inputs))):
                for column in range(len(self.columns)):
                    self.sheet.text(row, column, "", "cell")
                self.sheet.text(row, self.at["stakeholder"], stakeholder.title, "cell", "wrap")
                if position == 0:
                    for key in ("size", "involved"):
                        value = self.book.numbers.value(f"stakeholders.{name}.{key}")
                        self.sheet.number(row, self.at[key], value, "cell", "count")
                if position < len(inputs):
                    self.inputs[inputs[position]] = row
                    self.sheet.text(row, self.at["input"], self.book.input(inputs[position]), "cell", "wrap")
                if position < len(outcomes):
                    self._outcome(row, outcomes[position], study.outcomes[outcomes[position]])
                row += 1
        return row - 1

    def _outcome(self, row: int, name: str, outcome: Outcome) -> None:
        book, sheet, at, path = self.book, self.sheet, self.at, f"outcomes.{name}"
        self.rows[name] = row
        proxy = outcome.value
        source = book.study.sources.get(proxy.source) if proxy is not None and proxy.source else None
        words = {
            "activity": outcome.activity,
            "output": outcome.output,
            "outcome": book.outcome(name),
            "kind": outcome.kind if outcome.priced else "not priced",
            "indicator": outcome.indicator,
            "unit": outcome.unit,
            "value_reason": _proxy(proxy),
            "value_source": source.title if source is not None else None,
            "outcome_id": name,
        }
        for key, text in words.items():
            if key in at:
                sheet.text(row, at[key], text, "cell", "wrap")
        if name not in book.base.outcomes:
            sheet.text(row, at["value"], "not priced", "cell", "right")
            quantity = book.evaluation.row(name).quantity
            if isinstance(quantity, float):
                sheet.number(row, at["quantity"], quantity, "cell", number_style(quantity))
            return
        first = book.base.outcomes[name].numbers.first
        sheet.number(row, at["starts"], first + 1, "cell", "plain")
        self._number(row, "quantity", path, outcome.quantity, None)
        self._number(row, "duration", path, outcome.duration, "general")
        for key in _SHARES:
            if getattr(outcome, key) is not None:
                self._number(row, key, path, getattr(outcome, key), "percent")
        if outcome.contribution is not None:
            book.place(
                f"{path}.attribution{'[0]' if isinstance(outcome.contribution, tuple) else ''}",
                sheet,
                row,
                at["attribution"],
                "cell",
                "percent",
            )
            self.lists.steps(book.outcome(name), "attribution", f"{path}.attribution", "percent")
        self._number(row, "drop_off", path, outcome.drop_off, "percent")
        book.place(f"{path}.value", sheet, row, at["value"], "cell", "pence")
        if f"{path}.value.written" in book.base.values:
            book.place(f"{path}.value.written", sheet, row, at["entered"], "cell", "pence")
            sheet.text(
                row, at["price_year"], str(proxy.price_year if proxy is not None else ""), "cell", "centre"
            )
            book.place(f"{path}.value.price_factor", sheet, row, at["price_factor"], "cell", "factor")
        book.place(f"{path}.kept[0]", sheet, row, at["kept"], "cell", "percent")
        self.lists.steps(book.outcome(name), "share kept", f"{path}.kept", "percent")
        book.place(f"{path}.impact", sheet, row, at["impact"], "cell", "money")
        for t in range(book.base.years):
            book.place(f"{path}.by_year[{t}]", sheet, row, at[f"year{t}"], "cell", "money")

    def _number(self, row: int, key: str, path: str, written: Any, style: str | None) -> None:
        """One number in its column; of a list the first, and all of it on the sheet of lists."""
        book, where = self.book, f"{path}.{key}"
        if isinstance(written, tuple):
            style = style or number_style(book.base.values[f"{where}[0]"])
            self.lists.add(
                book.outcome(path.removeprefix("outcomes.")), key.replace("_", " "), where, written, style
            )
            book.place(f"{where}.first", self.sheet, row, self.at[key], "cell", style)
        else:
            book.place(
                where, self.sheet, row, self.at[key], "cell", style or number_style(book.base.values[where])
            )

    def finish(self) -> None:
        """Inputs, present values, the first of each list, and the totals beneath."""
        book, sheet, at, base = self.book, self.sheet, self.at, self.book.base
        for name, row in self.inputs.items():
            sheet.formula(
                row,
                at["input_value"],
                book.at(f"inputs.{name}.present_value"),
                base.inputs[name].present_value,
                "cell",
                "money",
                "link",
            )
        for name, row in self.rows.items():
            for key in ("quantity", *_SHARES):
                path = f"outcomes.{name}.{key}"
                if f"{path}.first" in book.places:
                    sheet.formula(
                        row,
                        at[key],
                        book.at(f"{path}[0]"),
                        base.values[f"{path}[0]"],
                        *book.places[f"{path}.first"].styles,
                        "link",
                    )
            if name in base.outcomes:
                present = base.outcomes[name].present_value
                sheet.formula(
                    row,
                    at["present_value"],
                    book.at(f"outcomes.{name}.present_value"),
                    present,
                    "cell",
                    "money",
                    "link",
                )
                if not base.outcomes[name].in_total:
                    sheet.text(
                        row,
                        at["kind"],
                        f"{book.study.outcomes[name].kind}: outside the total",
                        "cell",
                        "wrap",
                    )
        self._totals()
        self._validate()
        self._check()

    def _totals(self) -> None:
        book, sheet, at, base = self.book, self.sheet, self.at, self.book.base
        row = self.last + 2
        rows = (
            ("Present value of each year", None),
            ("Total present value (PV)", "present_value"),
            ("Total investment", "investment"),
            ("Net present value (PV minus the investment)", "net_present_value"),
            ("Social return: value per amount invested", "social_return_ratio"),
        )
        for position, (title, path) in enumerate(rows):
            for column in range(len(self.columns)):
                sheet.text(row + position, column, "", "total")
            sheet.text(row + position, 0, title, "total", "wrap")
            if path is None:
                for t in range(base.years):
                    step = f"outcomes_by_year_pv[{t}]"
                    sheet.formula(row, at[f"year{t}"], book.at(step), base.values[step], "total", "money")
            else:
                style = "number" if path == "social_return_ratio" else "money"
                sheet.formula(
                    row + position, at["present_value"], book.at(path), base.values[path], "total", style
                )

    def _validate(self) -> None:
        """Refuse what the engine would refuse as it is typed: shares outside 0 to 1, durations for which there are no columns."""
        page, at = self.sheet.page, self.at
        for key in (*_SHARES, "drop_off"):
            if key in at:
                page.data_validation(_FIRST, at[key], self.last, at[key], {
                    "validate": "decimal", "criteria": "between", "minimum": 0, "maximum": 1, "error_title": "Not a share",
                    "error_message": "Write a share from 0% to 100%.",
                })  # fmt: skip
        for name, row in self.rows.items():
            if name in self.book.base.outcomes:
                most = len(self.book.base.outcomes[name].benefit)
                page.data_validation(row, at["duration"], row, at["duration"], {
                    "validate": "decimal", "criteria": "between", "minimum": 0.001, "maximum": most, "error_type": "warning",
                    "error_title": "More years than columns",
                    "error_message": f"This workbook has columns for {most} benefit years of this outcome ({MORE_YEARS} more than the study). "
                    "For more, change the study and write the workbook again.",
                })  # fmt: skip

    def _check(self) -> None:
        """Say where a calculated share, or what is left of all of them, is none."""
        if not self.book.base.outcomes:
            return
        here = (
            f"'Value map'!{reference(_FIRST, self.at['deadweight'])}:{reference(self.last, self.at['kept'])}"
        )
        counts = [
            f'COUNTIF({area},"<-0.000000000001")+COUNTIF({area},">1.000000000001")'
            for area in (here, *self.lists.shares)
        ]
        self.book.checks.append(
            (
                "Every share, and what all of them leave, lies between 0% and 100%",
                f"{'+'.join(counts)}=0",
                True,
            )
        )


def _proxy(proxy: FinancialProxy | None) -> str | None:
    """What the proxy is, in words: why it was taken, its unit, or what it is made of."""
    if proxy is None:
        return None
    made_of = proxy.value.text if isinstance(proxy.value, Expression) else None
    return proxy.rationale or proxy.unit or made_of
