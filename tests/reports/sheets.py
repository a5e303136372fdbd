"""Workbooks as a person meets them: calculated by LibreOffice, and found their way about in by titles."""

import io
import shutil
import subprocess
import zipfile
from pathlib import Path

import openpyxl
import pytest

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
needs_libreoffice = pytest.mark.skipif(
    SOFFICE is None,
    reason="LibreOffice (soffice) is not installed, and nothing else here calculates a workbook",
)

ALWAYS_RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


class LibreOffice:
    """LibreOffice with a fresh profile that calculates every cell of what it opens."""

    def __init__(self, folder):
        self.folder = Path(folder)
        profile = self.folder / "profile" / "user"
        profile.mkdir(parents=True)
        (profile / "registrymodifications.xcu").write_text(ALWAYS_RECALCULATE, encoding="utf-8")
        self.taken = 0
        self.seen_to_calculate = False

    def calculated(self, workbooks, form="xlsx"):
        """The workbooks after LibreOffice has calculated them; one call for many is faster."""
        if not self.seen_to_calculate:
            self.seen_to_calculate = True
            (canary,) = self.calculated([with_a_wrong_figure()])
            assert canary["Sheet"]["A1"].value == 3, (
                "LibreOffice did not calculate the workbook, so nothing here would be tested"
            )
        return [openpyxl.load_workbook(path, data_only=True) for path in self.converted(workbooks, form)]

    def converted(self, workbooks, form, ending="xlsx"):
        """The workbooks, or documents of another ending, in another form of file."""
        self.taken += 1
        given, made = self.folder / f"given{self.taken}", self.folder / f"made{self.taken}"
        given.mkdir()
        for position, content in enumerate(workbooks):
            (given / f"{position:03d}.{ending}").write_bytes(content)
        profile = f"-env:UserInstallation={(self.folder / 'profile').as_uri()}"
        files = sorted(map(str, given.iterdir()))
        command = [SOFFICE, profile, "--headless", "--convert-to", form, "--outdir", str(made), *files]
        done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
        found = sorted(made.iterdir()) if made.is_dir() else []
        assert len(found) == len(workbooks), f"{done.stdout}\n{done.stderr}"
        return found


def with_a_wrong_figure():
    """A workbook with =1+2 whose cached figure is 7."""
    book = openpyxl.Workbook()
    book.active["A1"] = "=1+2"
    saved = io.BytesIO()
    book.save(saved)
    wrong = io.BytesIO()
    with zipfile.ZipFile(saved) as given, zipfile.ZipFile(wrong, "w") as made:
        for part in given.infolist():
            content = given.read(part)
            if part.filename == "xl/worksheets/sheet1.xml":
                content = content.replace(b"<f>1+2</f><v></v>", b"<f>1+2</f><v>7</v>").replace(
                    b"<f>1+2</f><v />", b"<f>1+2</f><v>7</v>"
                )
                assert b"<v>7</v>" in content
            made.writestr(part, content)
    return wrong.getvalue()


def opened(content, *, formulas=False):
    """A workbook as it was written."""
    return openpyxl.load_workbook(io.BytesIO(content), data_only=not formulas)


def row_of(sheet, text, column=1):
    """The first row whose cell in a column says something."""
    for row in range(1, sheet.max_row + 1):
        if str(sheet.cell(row, column).value) == text:
            return row
    raise AssertionError(f"no row {text!r} in column {column} of {sheet.title}")


def column_of(sheet, title, row):
    """The column under a title."""
    for column in range(1, sheet.max_column + 1):
        if sheet.cell(row, column).value == title:
            return column
    raise AssertionError(f"no column {title!r} in row {row} of {sheet.title}")


def map_cell(book, outcome, title):
    """The cell of an outcome in the value map."""
    sheet = book["Value map"]
    return sheet.cell(
        row_of(sheet, outcome, column_of(sheet, "Outcome name in the file", 5)), column_of(sheet, title, 5)
    )


TITLES = {
    "quantity": "Quantity",
    "duration": "Duration",
    "deadweight": "Deadweight %",
    "displacement": "Displacement %",
    "attribution": "Attribution %",
    "contribution": "Contribution %",
    "drop_off": "Drop-off %",
}


def entry_cell(book, document, path):
    """The cell in which a number of the study is entered."""
    section, _, rest = path.partition(".")
    if path == "discount_rate":
        sheet = book["Discounting"]
        return sheet.cell(row_of(sheet, "Every year"), 2)
    if section == "discount_schedules":
        name, first = rest.rstrip("]").split("[")
        sheet = book["Discounting"]
        return sheet.cell(row_of(sheet, f"{name}, from year {first}"), 2)
    if section == "assumptions":
        sheet = book["Assumptions"]
        row = row_of(sheet, rest, column_of(sheet, "Name in formulas", 4))
        return sheet.cell(row, column_of(sheet, "As entered", 4))
    name, field = rest.split(".")
    written = document[section][name]
    title = written.get("title") or name.replace("_", " ").capitalize()
    field, _, position = field.partition("[")
    entry = written[field]
    if position:
        position = int(position.rstrip("]"))
        sheet = book["Lists"]
        for row in range(5, sheet.max_row + 1):
            what = sheet.cell(row, 2).value
            wanted = "money by year" if section == "inputs" else field.replace("_", " ")
            if sheet.cell(row, 1).value == title and what in (wanted, f"{wanted}, as entered"):
                return sheet.cell(row, 3 + position)
        raise AssertionError(f"{path} is not on the sheet of lists")
    if section == "inputs":
        sheet = book["Inputs"]
        return sheet.cell(
            row_of(sheet, title, 2), column_of(sheet, "Years" if field == "years" else "As entered", 4)
        )
    if field == "value":
        dated = isinstance(entry, dict) and "price_year" in entry
        return map_cell(book, name, "Proxy as entered" if dated else "Value of proxy")
    return map_cell(book, name, TITLES[field])


def with_entries(content, document, entries):
    """A workbook with numbers typed into their cells, its formulas as they were."""
    book = opened(content, formulas=True)
    for path, value in entries.items():
        cell = entry_cell(book, document, path)
        assert isinstance(cell.value, int | float), (
            f"{path} is not a number that was entered but {cell.value!r}, in {cell.coordinate}"
        )
        cell.value = value
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


FIGURES = {
    "social_return_ratio": "Social return for £1",
    "net_present_value": "Net present value",
    "present_value": "Present value of outcomes",
    "investment": "Present value of inputs",
    "net_ratio": "Net return for £1",
}


def figures_of_workbook(book, study):
    """What a calculated workbook gives, by the names that a person finds it under."""
    summary, value_map, inputs = book["Summary"], book["Value map"], book["Inputs"]
    found = {name: summary.cell(row_of(summary, title), 2).value for name, title in FIGURES.items()}
    payback = book["Payback"]
    found["payback_years"] = payback.cell(payback.max_row, 2).value
    headings = {value_map.cell(5, column).value: column for column in range(1, value_map.max_column + 1)}
    rows = {
        value_map.cell(row, headings["Outcome name in the file"]).value: row
        for row in range(7, value_map.max_row + 1)
    }
    for name, each in study.outcomes.items():
        for title, column in headings.items() if each.priced else ():
            if title in ("Impact", "Present value"):
                found[f"{name}: {title}"] = value_map.cell(rows[name], column).value
            elif title.startswith("Year "):
                found[f"{name}: {title.split()[1]}"] = value_map.cell(rows[name], column).value
    for name, entry in study.inputs.items():
        row = row_of(inputs, entry.title or name.replace("_", " ").capitalize(), 2)
        for column in range(1, inputs.max_column + 1):
            heading = str(inputs.cell(4, column).value)
            if heading.startswith("Year "):
                found[f"{name}: {heading.split()[1]}"] = inputs.cell(row, column).value
    present = book["Present values"]
    for name, entry in study.inputs.items():
        row = row_of(present, entry.title or name.replace("_", " ").capitalize())
        found[f"{name}: Present value"] = present.cell(row, 2).value
    return found


def figures_of_engine(result, keys):
    """The same from the engine; a year that it does not carry has no flow."""
    found = {
        name: getattr(result, name)
        for name in ("social_return_ratio", "net_present_value", "present_value", "investment", "net_ratio")
    }
    found["payback_years"] = (
        "not within the years counted" if result.payback_years is None else result.payback_years
    )
    flows = {}
    for row in result.outcomes:
        if row.present_value is not None:
            found[f"{row.outcome}: Impact"], found[f"{row.outcome}: Present value"] = (
                row.impact,
                row.present_value,
            )
            flows[row.outcome] = row.by_year
    for row in result.inputs:
        found[f"{row.input}: Present value"] = row.present_value
        flows[row.input] = row.by_year
    for key in keys:
        name, _, t = key.partition(": ")
        if t.isdecimal():
            found[key] = flows[name][int(t)] if int(t) < len(flows[name]) else 0.0
    return found
