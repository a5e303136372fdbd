"""Value Maps made for a test, in the shape of the SROI Network's sheet.

What stands in a map's cells comes from a study as a document, its figures from the independent oracle; either
can be replaced.
"""

import math
from pathlib import Path

import openpyxl
import oracle
from openpyxl.utils import get_column_letter

ROOT = Path(__file__).resolve().parent.parent.parent
DEFLATORS = oracle.read_deflators(ROOT / "assumptions" / "reference")

HEADINGS = [  # band, heading, question, what a row holds there
    ("Stage 1", "Stakeholders", "Who do we have an effect on? Who has an effect on us?", "stakeholder"),
    ("Stage 1", "No in group", "", "size"),
    ("Stage 1", "No. involved in process", "", "involved"),
    ("Stage 2", "Inputs", "What do they invest?", "input"),
    ("Stage 2", "", "What is the value of the inputs in currency (only enter numbers)", "input_value"),
    ("Stage 2", "Outputs", "Summary of activity in numbers", "output"),
    ("Stage 2", "The Outcomes (what changes)", "How would the stakeholder describe the changes?", "outcome"),
    ("Stage 3", "Indicator", "How would you measure it?", "indicator"),
    ("Stage 3", "Source", "Where did you get the information from?", "quantity_source"),
    ("Stage 3", "Quantity", "How much change was there?", "quantity"),
    ("Stage 3", "Duration", "How long does it last?", "duration"),
    ("Stage 3", "Outcomes start", "Does it start in period of activity (1) or in period after (2)", "starts"),
    ("Stage 3", "Financial Proxy", "What proxy would you use to value the change?", "value_reason"),
    ("Stage 3", "Value in currency", "What is the value of the change? (Only enter numbers)", "value"),
    ("Stage 3", "Source", "Where did you get the information from?", "value_source"),
    ("Stage 4", "Deadweight %", "What would have happened without the activity?", "deadweight"),
    ("Stage 4", "Displacement %", "What activity did you displace?", "displacement"),
    ("Stage 4", "Attribution %", "Who else contributed to the change?", "attribution"),
    ("Stage 4", "Drop off %", "Does the outcome drop off in future years?", "drop_off"),
    (
        "Stage 4",
        "Impact",
        "Quantity times financial proxy, less deadweight, displacement and attribution",
        "impact",
    ),
]
SHARES = ("deadweight", "displacement", "attribution", "drop_off")
FIRST = 9


def share_as_number(share):
    """A share of a document, however it is written."""
    if isinstance(share, str):
        return eval(share.replace("%", "/100"))
    return share


def lines_of(document, printed):
    """The rows of a map by column: each stakeholder's inputs beside its outcomes."""
    for name, stakeholder in document["stakeholders"].items():
        inputs = [
            entry | {"id": each} for each, entry in document["inputs"].items() if entry["stakeholder"] == name
        ]
        outcomes = [
            entry | {"id": each}
            for each, entry in document["outcomes"].items()
            if entry["stakeholder"] == name
        ]
        for position in range(max(len(inputs), len(outcomes), 1)):
            line = (
                {
                    "stakeholder": stakeholder["title"],
                    "size": stakeholder.get("size"),
                    "involved": stakeholder.get("involved"),
                }
                if position == 0
                else {}
            )
            if position < len(inputs):
                line |= {
                    "input": inputs[position].get("title", inputs[position]["id"]),
                    "input_value": inputs[position]["value"],
                }
            if position < len(outcomes):
                outcome = outcomes[position]
                line |= {"id": outcome["id"], "outcome": outcome.get("title", outcome["id"])}
                line |= {
                    key: outcome.get(key)
                    for key in (
                        "indicator",
                        "output",
                        "drop_off_from",
                        "quantity",
                        "duration",
                        "value",
                        "value_reason",
                        "value_source",
                        "quantity_source",
                    )
                }
                line["starts"] = {"during": 1, "after": 2}.get(outcome["starts"], outcome["starts"])
                line |= {key: share_as_number(outcome.get(key)) for key in (*SHARES, "contribution")}
                line |= printed["outcomes"][outcome["id"]]
            yield line


def figures_of(document):
    """What a map of a document prints, by the oracle."""
    result = oracle.evaluate(document, DEFLATORS)
    rows = {row["outcome"]: row for row in result["value_map"]}
    return {
        "outcomes": {
            name: {"impact": row["impact"], "by_year": row["by_year"]} for name, row in rows.items()
        },
        "by_year": [
            sum(year)
            for year in zip(*(row["by_year"] for row in rows.values() if row["in_total"]), strict=True)
        ],
        "by_year_pv": [
            sum(year)
            for year in zip(*(row["by_year_pv"] for row in rows.values() if row["in_total"]), strict=True)
        ],
        **{
            key: result[key]
            for key in ("present_value", "investment", "net_present_value", "social_return_ratio")
        },
    }


def write_map(
    path,
    document,
    printed=None,
    *,
    shares="fraction",
    money=None,
    headings=HEADINGS,
    years=None,
    first_label=0,
    facts=None,
    change=None,
):
    """Write a map and say in which cell each of its figures stands: {(what, outcome, year): cell}.

    ``shares``: fraction (0.25 shown as 25%), whole (25) or text ("25%"). ``money``: a number format, or
    "text" for "£1,234.50". ``years``: how many yearly columns; ``first_label``: the number that the first is
    headed with. ``change`` may do what it likes to the sheet at the end.
    """
    printed = printed or figures_of(document)
    years = years if years is not None else max(len(row["by_year"]) for row in printed["outcomes"].values())
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "SROI Value Map"
    places = {}
    sheet["A1"] = "Social Return on Investment - The Value Map"
    sheet.merge_cells("A1:F1")
    for row, (label, value) in enumerate(
        (facts or {"Organisation": document["title"], "Forecast / Evaluation": document["kind"]}).items(), 2
    ):
        sheet.cell(row, 1, label)
        sheet.cell(row, 2, value)
    last = ""
    for column, (band, heading, question, _) in enumerate(headings, 1):
        if band != last:
            sheet.cell(FIRST - 3, column, band)
            end = max(at for at, each in enumerate(headings, 1) if each[0] == band)
            sheet.merge_cells(start_row=FIRST - 3, end_row=FIRST - 3, start_column=column, end_column=end)
            last = band
        sheet.cell(FIRST - 2, column, heading or None)
        sheet.cell(FIRST - 1, column, question or None)
        if heading and column < len(headings) and not headings[column][1]:
            sheet.merge_cells(
                start_row=FIRST - 2, end_row=FIRST - 2, start_column=column, end_column=column + 1
            )
    for year in range(years):
        sheet.cell(FIRST - 2, len(headings) + 1 + year, f"Year {year + first_label}")
    row = FIRST - 1
    begun = FIRST
    for row, line in enumerate(lines_of(document, printed), FIRST):
        if "stakeholder" in line and row > FIRST:
            merge(sheet, begun, row - 1)
        begun = row if "stakeholder" in line else begun
        for column, (*_, key) in enumerate(headings, 1):
            put(sheet.cell(row, column), key, line.get(key), shares, money)
        if "id" in line:
            places["impact", line["id"], None] = ref(row, [each[3] for each in headings].index("impact") + 1)
            for year, figure in enumerate(line["by_year"][:years]):
                put(sheet.cell(row, len(headings) + 1 + year), "by_year", figure, shares, money)
                places["by_year", line["id"], year] = ref(row, len(headings) + 1 + year)
    merge(sheet, begun, row)
    row += 2
    sheet.cell(row, 1, "Total")
    sheet.cell(row + 1, len(headings), "Present value of each year")
    for year in range(years):
        for offset, key in ((0, "by_year"), (1, "by_year_pv")):
            put(
                sheet.cell(row + offset, len(headings) + 1 + year),
                key,
                printed[key][year] if year < len(printed[key]) else None,
                shares,
                money,
            )
            places[key, None, year] = ref(row + offset, len(headings) + 1 + year)
    titles = {
        "present_value": "Total Present Value (PV)",
        "net_present_value": "Net Present Value (PV minus the investment)",
        "social_return_ratio": "Social Return Value per amount invested",
    }
    for offset, (key, title) in enumerate(titles.items(), 2):
        sheet.cell(row + offset, len(headings) + 1, title)
        put(
            sheet.cell(row + offset, len(headings) + 2),
            key,
            printed.get(key),
            shares,
            "0.00" if key == "social_return_ratio" and money else money,
        )
        places[key, None, None] = ref(row + offset, len(headings) + 2)
    if change is not None:
        change(sheet, places)
    book.save(path)
    return places


def merge(sheet, first, last):
    if last > first:
        sheet.merge_cells(start_row=first, end_row=last, start_column=1, end_column=1)


def ref(row, column):
    return f"{get_column_letter(column)}{row}"


def put(cell, key, value, shares, money):
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return
    if key in SHARES and not isinstance(value, str):
        cell.value = {"fraction": value, "whole": 100 * value, "text": f"{100 * value:.12g}%"}[shares]
        if shares == "fraction":
            cell.number_format = "0%"
        return
    cell.value = value
    if money is not None and key in (
        "input_value",
        "value",
        "impact",
        "by_year",
        "by_year_pv",
        "present_value",
        "net_present_value",
        "social_return_ratio",
    ):
        if money == "text":
            cell.value = f"£{value:,.2f}" if value >= 0 else f"-£{-value:,.2f}"
        else:
            cell.number_format = money
