"""A workbook before anything calculates it: text as text, the engine's figures, the same bytes each time."""

import io
import os
import re
import subprocess
import sys
import time
import zipfile
from xml.etree import ElementTree as ET

import pytest
from helpers import outcome, small, study_of
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sheets import column_of, figures_of_engine, figures_of_workbook, map_cell, opened, row_of

import sroi
from sroi.backends.symbols import Symbol, written
from sroi.reports.content import content as report_content
from sroi.reports.xlsx import report_workbook, workbook
from sroi.reports.xlsx.cells import Cell, Cells, cell, reference, safe_name

STARTS_OF_FORMULAS = (
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    '=HYPERLINK("http://a.example","b")',
    "=cmd|' /C calc'!A0",
)
IN_WORDS = ("100", "1000")
"""Pence in a pound, and where a return is rounded to three figures: of the formulas that write words."""

SHEETS = [
    "Summary",
    "Claims",
    "Assumptions",
    "Stakeholders",
    "Inputs",
    "Value map",
    "Lists",
    "Benefit years",
    "Discounting",
    "Present values",
    "Payback",
    "Ledger",
    "Demand",
    "Method",
    "Sources",
    "Range",
    "Reconciliation",
    "As written",
]


def workbook_of(document, **more):
    return workbook(sroi.evaluate(study_of(document)), **more)


def cells_of(content, *, formulas=False):
    return {
        (sheet.title, each.coordinate): each
        for sheet in opened(content, formulas=formulas)
        for row in sheet.iter_rows()
        for each in row
    }


@pytest.fixture(scope="module")
def lunch_club():
    return sroi.load("examples/lunch-club.yaml")


@pytest.fixture(scope="module")
def content(lunch_club):
    return workbook(sroi.evaluate(lunch_club))


# ── What stands in it
# ────────────────────────────────────────────────────────────────────────────────────────────────


def test_every_part_of_a_study_has_its_sheet(content):
    assert opened(content).sheetnames == SHEETS


def test_readers_that_do_not_calculate_show_the_engines_figures(content, lunch_club):
    found = figures_of_workbook(opened(content), lunch_club)
    expected = figures_of_engine(sroi.evaluate(lunch_club), found)
    assert found == {name: pytest.approx(figure, rel=1e-15) for name, figure in expected.items()}


def test_every_number_of_the_study_is_a_cell_of_its_own(content):
    """No formula holds a number of the study: its own numbers are years, and limits of shares."""
    formulas = {
        place: each.value for place, each in cells_of(content, formulas=True).items() if each.data_type == "f"
    }
    assert len(formulas) > 200
    counted = {
        text: [
            number
            for number in re.findall(r"(?<![A-Za-z$\d.])\d+(?:\.\d+)?", text)
            if float(number) > 12 and number not in IN_WORDS
        ]
        for text in formulas.values()
    }
    assert not {text: numbers for text, numbers in counted.items() if numbers}


def test_a_formula_is_what_an_assessor_would_type(content):
    book = opened(content, formulas=True)
    row = map_cell(book, "less_lonely", "Quantity").row
    letters = {each.value: each.column_letter for each in book["Value map"][5]}
    proxy, kept, quantity = letters["Value of proxy"], letters["Share kept"], letters["Quantity"]
    assert map_cell(book, "less_lonely", "Quantity").value == "=members*share_less_lonely"
    assert map_cell(book, "less_lonely", "Impact").value == f"={quantity}{row}*{proxy}{row}*{kept}{row}"
    shares = "*".join(
        f"(1-{letters[title]}{row})" for title in ("Deadweight %", "Displacement %", "Attribution %")
    )
    assert map_cell(book, "less_lonely", "Share kept").value == f"={shares}"
    summary = book["Summary"]
    assert summary.cell(row_of(summary, "Social return for £1"), 2).value == "=present_value/investment"


def test_named_cells_are_the_assumptions(content, lunch_club):
    names = opened(content).defined_names
    assert set(lunch_club.assumptions) | {"present_value", "investment", "social_return_ratio"} <= set(names)
    sheet, place = names["members"].attr_text.split("!")
    assert opened(content)[sheet][place.replace("$", "")].value == 120


def test_what_is_known_of_a_number_stands_beside_it(content):
    sheet = opened(content)["Assumptions"]
    row = row_of(sheet, "Share less lonely")
    found = [each.value for each in sheet[row]]
    assert found[1] == found[4] == 0.35
    assert found[6:9] == [0.2, 0.5, "C"]
    assert found[9] == "Members' survey"
    assert found[10] == "n=48, no comparison group"
    wellby = [each.value for each in sheet[row_of(sheet, "wellby", column_of(sheet, "Name in formulas", 4))]]
    assert wellby[1:4] == [13_000, "2019", pytest.approx(wellby[4] / 13_000)]


def test_what_is_not_assessed_is_said_to_be():
    document = small(assumptions={"unknown": None, "known": 3})
    sheet = opened(workbook_of(document))["Assumptions"]
    assert sheet.cell(row_of(sheet, "Unknown"), 2).value == "not assessed"


def test_the_first_sheet_says_what_every_first_screen_says(lunch_club):
    said = report_content(lunch_club, draws=500, date="2026-11-24")
    book = opened(report_workbook(said))
    texts = [str(each.value) for row in book["Summary"] for each in row if each.value is not None]
    assert book["Summary"]["A1"].value == lunch_club.title
    assert "24 November 2026" in book["Summary"]["A2"].value
    assert f"Range, as written: {said.answer.sentence}" in texts
    assert said.answer.statement in texts
    assert {fact.text for fact in (*said.answer.facts, *said.answer.returns)} <= set(texts)
    assert f"£1 put in gives {said.answer.central} of social value" in texts
    assert "● All 3 checks pass" in texts
    assert "as written" in texts


def test_the_first_sheet_leads_to_every_other(content):
    book = opened(content)
    links = {each.value: each.hyperlink for row in book["Summary"] for each in row if each.hyperlink}
    assert list(links) == SHEETS[1:]
    assert [link.location.split("!")[0].strip("'") for link in links.values()] == SHEETS[1:]
    back = {sheet.title: sheet["A3"].hyperlink.location for sheet in book if sheet.title != "Summary"}
    assert back == dict.fromkeys(SHEETS[1:], "Summary!A1")


def test_the_first_sheet_has_native_charts_of_the_range_and_of_the_outcomes(lunch_club):
    made = report_workbook(report_content(lunch_club, draws=500))
    with zipfile.ZipFile(io.BytesIO(made)) as packed:
        charts = [packed.read(name).decode() for name in packed.namelist() if "/charts/chart" in name]
        described = packed.read("xl/drawings/drawing1.xml").decode()
    assert sorted(re.findall(r"<c:(scatterChart|barChart)>", "".join(charts))) == ["barChart", "scatterChart"]
    (strip,) = (chart for chart in charts if "scatterChart" in chart)
    for mark in report_content(lunch_club, draws=500).answer.strip.marks:
        assert mark.kind == "central" or f"<c:v>{mark.label}</c:v>" in strip
    assert "<c:v>now £1.93</c:v>" in strip
    assert described.count('descr="') == 2


def test_of_many_outcomes_the_largest_are_on_the_first_sheet_and_the_others_are_counted():
    outcomes = {f"outcome_{at}": outcome(title=f"Outcome {at}", quantity=at + 1) for at in range(40)}
    evaluation = sroi.evaluate(study_of(small(outcomes=outcomes)))
    sheet = opened(workbook(evaluation))["Summary"]
    top = row_of(sheet, "Outcomes, the largest first", 6)
    titles = [sheet.cell(row, 6).value for row in range(top + 1, top + 12)]
    assert titles == [*(f"Outcome {at}" for at in range(39, 29, -1)), "30 more, on the sheet Value map"]
    values = [sheet.cell(row, 7).value for row in range(top + 1, top + 12)]
    assert sum(values) == pytest.approx(evaluation.present_value, rel=1e-12)


def test_what_was_computed_before_a_change_is_greyed_and_the_change_is_amber(content):
    """By conditions that look at one cell; no check turns red because a number was changed."""
    book = opened(content, formulas=True)
    sheet = book["Summary"]
    state = sheet.cell(row_of(sheet, "What was entered and what follows, beside what was written"), 4)
    looks = {}
    for area, rules in sheet.conditional_formatting._cf_rules.items():
        for rule in rules:
            if f'${state.column_letter}${state.row}<>"as written"' in rule.formula[0]:
                looks.setdefault(rule.dxf.font.color.rgb[-6:], set()).add(str(area.sqref))
    assert looks["8C8C8C"] >= {"A5:D5"}
    assert len(looks["8C8C8C"]) == 6
    assert looks["7F4F00"] >= {"F4:H4", "F5:H5"}
    assert "9C0006" not in looks


def test_every_entered_number_stands_beside_what_it_was(content):
    book = opened(content, formulas=True)
    blue = {
        place for place, each in cells_of(content, formulas=True).items()
        if each.font.color is not None and each.font.color.rgb == "FF0000FF" and each.data_type == "n"
    }  # fmt: skip
    sheet, kept = book["As written"], set()
    for row in range(8, sheet.max_row + 1):
        where, name = sheet.cell(row, 3).value.removeprefix("=").split("!")
        entered = book[where.strip("'")][name]
        assert entered.value == sheet.cell(row, 2).value
        kept.add((where.strip("'"), name))
    assert kept == blue
    assert len(kept) > 15
    labels = [sheet.cell(row, 1).value for row in range(8, sheet.max_row + 1)]
    assert "Members are less lonely: deadweight" in labels
    assert not [label for label in labels if "_" in label]


def test_claims_of_elsewhere_are_set_beside_nothing():
    study = sroi.load("local-area-coordination", borough="haringey")
    sheet = opened(workbook(sroi.evaluate(study)))["Claims"]
    top = row_of(sheet, "Made elsewhere, or over the money of some: set beside nothing here") + 2
    assert sheet.cell(top, 1).value
    assert sheet.cell(top - 1, 4).value == "Place, and over whose money"
    assert all(isinstance(sheet.cell(row, 4).value, str) for row in range(top, sheet.max_row + 1))


def test_a_claim_without_a_ratio_is_set_beside_nothing():
    claims = {
        "words": {"says": "a great saving", "meaning": "savings"},
        "ratio": {"says": "£4 of social value", "ratio": 4, "meaning": "social_value"},
    }
    evaluation = sroi.evaluate(study_of(small(claims=claims)))
    sheet = opened(workbook(evaluation))["Claims"]
    assert sheet.cell(row_of(sheet, "a great saving"), 4).value is None
    beside = sheet.cell(row_of(sheet, "£4 of social value"), 4).value
    assert beside == pytest.approx(evaluation.social_return_ratio)


def test_a_computed_proxy_has_the_sources_of_what_it_is_computed_from(lunch_club, content):
    """The proxy is a product of assumptions: it has no source of its own, and they have."""
    assert lunch_club.outcomes["less_lonely"].value.source is None
    found = map_cell(opened(content), "less_lonely", "Proxy source").value
    wellby = lunch_club.sources[lunch_club.assumptions["wellby"].source].title
    assert wellby in found
    derby = sroi.load("local-area-coordination", borough="derby")
    book = opened(workbook(sroi.evaluate(derby)))
    for name, each in derby.outcomes.items():
        assert (map_cell(book, name, "Proxy source").value is not None) is each.priced, name


def test_a_proxy_without_a_source_says_so():
    made = workbook_of(small(outcomes={"change": outcome(value=100)}))
    assert map_cell(opened(made), "change", "Proxy source").value == "no source"


def test_entered_numbers_alone_are_blue(content):
    """The colour says the truth: blue is a number, and what is a formula is not blue."""
    for place, each in cells_of(content, formulas=True).items():
        colour = each.font.color.rgb if each.font.color is not None else None
        if colour == "FF0000FF":
            assert isinstance(each.value, int | float) or each.value == "1,234", place
        elif place[0] in ("Assumptions", "Inputs", "Lists") and each.data_type == "f":
            assert colour != "FF0000FF", place


# ── Text ────────────────────────────────────────────────────────────────────────────────────────────────────
# ─────────


def everywhere(text):
    """A study with a text in every place that takes one."""
    number = {"value": 10, "unit": text, "source": "report", "rationale": text, "borrowed_from": text}
    return small(
        title=text.strip() or "Study",
        author=text,
        assumptions={"people": number},
        stakeholders={
            "people": {"title": text, "payer": text, "reason": text},
            "council": {"title": text, "party": "state"},
        },
        inputs={
            "grant": {
                "title": text,
                "stakeholder": "council",
                "kind": "cash",
                "value": {**number, "value": 1000},
            }
        },
        outcomes={
            "change": outcome(
                title=text,
                indicator=text,
                unit=text,
                activity=text,
                output=text,
                quantity="people",
                value=number,
            )
        },
        sources={
            "report": {
                "title": text,
                "publisher": text,
                "author": text,
                "url": "https://example.org/a",
                "page": text,
                "licence": text,
            }
        },
        claims={"leaflet": {"says": text, "ratio": 4, "meaning": "savings", "source": "report"}},
    )


@pytest.mark.parametrize("text", STARTS_OF_FORMULAS)
def test_text_that_begins_like_a_formula_is_text(text):
    made = workbook_of(everywhere(text))
    places = [place for place, each in cells_of(made).items() if str(each.value).strip() == text.strip()]
    assert len({sheet for sheet, _ in places}) >= 8
    formulas = {place: each for place, each in cells_of(made, formulas=True).items() if each.data_type == "f"}
    assert not set(places) & set(formulas)
    assert not [each.value for each in formulas.values() if "cmd" in each.value or "HYPERLINK" in each.value]
    quoted = cells_of(made, formulas=True)
    assert all(
        quoted[place].quotePrefix
        for place in places
        if str(quoted[place].value).startswith(("=", "+", "-", "@", "\t"))
    )


def test_a_title_that_begins_with_a_digit_is_no_size_of_letters():
    made = opened(workbook_of(small({"title": "50 homes"})))
    assert {(sheet.oddFooter.left.text, sheet.oddFooter.left.size) for sheet in made} == {("50 homes", 8)}


@settings(max_examples=30, suppress_health_check=list(HealthCheck))
@given(st.text(min_size=1, max_size=40).filter(lambda text: text.strip()))
@example("\x00\x0b\x1f\ufffe\uffff")
@example("&L&8 &amp; <b> _x0041_ ]]>")
@example("0\x1f0")
def test_any_text_makes_a_workbook_that_opens(text):
    """Of a study made in Python too, whose text no reader of files has looked at."""
    made = workbook(sroi.evaluate(sroi.Study.model_validate(everywhere(text))))
    with zipfile.ZipFile(io.BytesIO(made)) as packed:
        for name in packed.namelist():
            if name.endswith((".xml", ".rels")):
                ET.fromstring(packed.read(name))
    names = [name for name in opened(made).sheetnames if name != "Warnings"]
    assert names == [name for name in SHEETS if name != "Lists"]


@pytest.mark.parametrize(
    ("url", "linked"),
    [
        ("https://www.gov.uk/government/publications/the-green-book", True),
        ("http://example.org/a?b=c&d=e#f", True),
        ("mailto:someone@example.org", True),
        ("file share of the council, folder 3", False),
        ("//example.org/a", False),
        ("https://example.org/" + "a" * 3_000, False),
    ],
)
def test_only_addresses_of_the_web_and_of_mail_are_links(url, linked):
    document = small(sources={"report": {"title": "Report", "url": url}})
    sheet = opened(workbook_of(document))["Sources"]
    found = sheet["G5"]
    assert found.value == url
    assert (found.hyperlink is not None) is linked
    targets = [
        each.hyperlink.target
        for each in cells_of(workbook_of(document)).values()
        if each.hyperlink is not None and each.hyperlink.target is not None
    ]
    assert all(re.match(r"(https?://|mailto:)", target) for target in targets)


# ── The file
# ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_same_study_gives_the_same_bytes(content, lunch_club):
    time.sleep(2.1)  # a ZIP archive counts time in steps of two seconds
    assert workbook(sroi.evaluate(lunch_club)) == content


def test_the_same_study_gives_the_same_bytes_whatever_the_order_of_sets():
    program = "import hashlib, sroi; from sroi.reports.xlsx import workbook; "
    program += "study = sroi.load('local-area-coordination', borough='haringey'); "
    program += "print(hashlib.sha256(workbook(sroi.evaluate(study))).hexdigest())"
    made = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(made) == 1


def test_no_time_is_in_the_file(content):
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        assert {part.date_time for part in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"2000-01-01T00:00:00Z" in packed.read("docProps/core.xml")


def test_nothing_outside_the_file_is_asked_for(content):
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        assert not [
            name
            for name in packed.namelist()
            if "externalLink" in name or "vba" in name or "connections" in name
        ]


def test_sheets_are_set_up_to_be_read_and_printed(content):
    book = opened(content)
    for sheet in book:
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert not sheet.sheet_view.showGridLines
        assert sheet.print_area
        if sheet.title != "Summary":
            assert sheet.page_setup.orientation == "landscape"
            assert sheet.page_setup.fitToHeight == 0
    setup = book["Summary"].page_setup
    assert (setup.fitToWidth or 1, setup.fitToHeight or 1) == (1, 1)
    assert book["Assumptions"].print_title_rows == "$4:$4"


def test_the_value_map_keeps_each_outcome_in_sight_and_in_print(content):
    sheet = opened(content)["Value map"]
    assert [sheet.cell(5, column).value for column in (1, 2)] == ["Stakeholders", "Outcomes"]
    assert sheet.freeze_panes == "C7"
    assert (sheet.print_title_rows, sheet.print_title_cols) == ("$4:$5", "$A:$B")


def test_five_hundred_outcomes_make_a_workbook_of_a_few_megabytes():
    document = small(
        outcomes={
            f"outcome_{position}": outcome(duration=5, drop_off=0.1, title=f"Outcome {position}")
            for position in range(500)
        }
    )
    evaluation = sroi.evaluate(study_of(document))
    made = workbook(evaluation)
    assert len(made) < 5_000_000
    longest = max(len(each.value) for each in cells_of(made, formulas=True).values() if each.data_type == "f")
    assert longest < 8_000
    summary = opened(made)["Summary"]
    ratio = summary.cell(row_of(summary, "Social return for £1"), 2).value
    assert ratio == pytest.approx(evaluation.social_return_ratio, rel=1e-15)


# ── Cells
# ────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("place", "text"),
    [
        ((0, 0), "A1"),
        ((9, 25), "Z10"),
        ((0, 26), "AA1"),
        ((4, 701), "ZZ5"),
        ((0, 702), "AAA1"),
        ((1_048_575, 16_383), "XFD1048576"),
    ],
)
def test_references_count_as_spreadsheets_do(place, text):
    assert reference(*place) == text


def test_a_sum_takes_ranges_where_cells_stand_side_by_side():
    def column(*rows):
        return [cell("Value map", row, 2) for row in rows]

    total = Cells().total
    assert written(total(column(4, 5, 6, 7))) == "SUM('Value map'!C5:C8)"
    assert written(total(column(4, 5))) == "'Value map'!C5+'Value map'!C6"
    assert (
        written(total([*column(4, 5, 6), *column(9), *column(11, 12, 13)]))
        == "SUM('Value map'!C5:C7,'Value map'!C10,'Value map'!C12:C14)"
    )
    assert written(total([cell("Lists", 3, at) for at in range(4)])) == "SUM(Lists!A4:D4)"
    assert written(total([*column(4, 5, 6), Symbol("x"), 2.0])) == "SUM('Value map'!C5:C7,x,2)"
    assert total([]) == total([0.0, 0.0]) == 0
    assert isinstance(column(4)[0], Cell)


@given(
    st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True),
    st.sets(st.from_regex(r"[a-z][a-z0-9]{0,2}_?", fullmatch=True), max_size=5),
)
def test_a_name_is_never_a_cell_and_never_taken(name, taken):
    found = safe_name(name, taken)
    assert found not in taken
    assert found.startswith(name)
    assert not re.fullmatch(r"[a-z]{1,3}[0-9]+|r|c|r[0-9]*c[0-9]*|r[0-9]+|c[0-9]+|true|false", found)
