"""Maps that are laid out in other ways: one line of headings, sources beside numbers, subtotals, words."""

import openpyxl
import pytest

import sroi

TITLES = [
    "Stakeholder",
    "Input",
    "Value £",
    "Outcome description",
    "Indicator",
    "Source",
    "Quantity",
    "Source",
    "Duration (years)",
    "Outcome start period",
]
TITLES += [
    "Proxy",
    "Value (£)",
    "Source",
    "Deadweight",
    "Source",
    "Displacement",
    "Source",
    "Attribution",
    "Source",
    "Drop-off",
    "Source",
    "Impact",
    "2023",
    "2024",
]
ROWS = [
    ["Carers", "", None, "More rest", "Diary", "Carers' survey", 40, "Attendance list", 2, 1,
     "Respite night", 500, "Price list",
     0.2, "Control group", 0, "", 0.25, "Carers' own words", 0.5, "A guess", 12_000, 12_000, 6_000],
    ["Carers", "", None, "Less work", "Payslips", "", 5, "", 1, 1, "Wage", -1_000, "ASHE",
     0, "", 0, "", 0, "", 0, "", -5_000, -5_000, 0],
    ["Subtotal carers", *[""] * 20, 7_000, 7_000, 6_000],
    ["Council", "Grant", 4_000, "Fewer nights in care", "Records", "Case files", 10, "", 1, 1,
     "A night", 100, "PSSRU",
     0, "", 0, "", 0, "", 0, "", 1_000, 1_000, 0],
    ["Total", "", 4_000, *[""] * 18, 8_000, 8_000, 6_000],
    ["SROI ratio", "£1 : £3.45"],
    ["NPV", 9_797.10],
]  # fmt: skip


@pytest.fixture
def file(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Respite programme 2023", "", "evaluation"])
    sheet.append(["Discount rate", 0.035])
    sheet.append([])
    for row in (TITLES, *ROWS):
        sheet.append(row)
    path = tmp_path / "respite.xlsx"
    book.save(path)
    return path


@pytest.fixture
def found(file):
    return sroi.import_value_map(file, currency="GBP", price_year=2023, kind="evaluation")


def test_a_map_of_one_line_of_headings_is_read_whole(found):
    assert {
        name: (entry.stakeholder, entry.quantity.value, entry.value.value)
        for name, entry in found.study.outcomes.items()
    } == {
        "more_rest": ("carers", 40, 500),
        "less_work": ("carers", 5, -1000),
        "fewer_nights_in_care": ("council", 10, 100),
    }
    assert {entry.title for entry in found.study.stakeholders.values()} == {"Carers", "Council"}
    assert [entry.value.value for entry in found.study.inputs.values()] == [4000]
    assert found.study.first_year == 2023


def test_every_source_goes_to_the_number_that_it_stands_beside(found):
    rest = found.study.outcomes["more_rest"]
    titles = {name: source.title for name, source in found.study.sources.items()}
    assert {
        key: titles[getattr(rest, key).source] for key in ("value", "deadweight", "attribution", "drop_off")
    } == {
        "value": "Price list",
        "deadweight": "Control group",
        "attribution": "Carers' own words",
        "drop_off": "A guess",
    }
    assert rest.value.rationale == "Respite night"


def test_two_sources_of_one_number_are_not_mixed_and_the_second_is_listed(found):
    titles = {name: source.title for name, source in found.study.sources.items()}
    assert titles[found.study.outcomes["more_rest"].quantity.source] == "Carers' survey"
    assert found.unread_columns == (("H", "Source"),)


def test_every_figure_agrees_and_subtotals_are_no_outcomes(found):
    assert found.disagreements == (), found.disagreements
    assert (
        found.compared == 3 * 3 + 4 + 3 + 2
    )  # impact and two years a row; totals of inputs, impact and years; a subtotal of three; ratio, net value
    assert found.evaluation.social_return_ratio == pytest.approx((8000 + 6000 / 1.035) / 4000)


def test_a_wrong_total_is_found(file):
    book = openpyxl.load_workbook(file)
    book.active["V9"] = 8_500
    book.save(file)
    found = sroi.import_value_map(file, currency="GBP", price_year=2023, kind="evaluation")
    assert [(each.cell, each.what, each.printed, each.ours) for each in found.disagreements] == [
        ("Sheet!V9", "Total impact", 8500, pytest.approx(8000))
    ]
