"""A workbook before anything calculates it: text as text, the engine's figures, the same bytes each time."""

import io
import re
import time
import zipfile
from xml.etree import ElementTree as ET

import pytest
from helpers import outcome, small, study_of
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sheets import figures_of_engine, figures_of_workbook, map_cell, opened, row_of

import sroi
from sroi.backends.symbols import Symbol, written
from sroi.reports.xlsx import workbook
from sroi.reports.xlsx.cells import Cell, Cells, cell, reference, safe_name
from sroi.tables import Fact

STARTS_OF_FORMULAS = (
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    '=HYPERLINK("http://a.example","b")',
    "=cmd|' /C calc'!A0",
)
SHEETS = [
    "Summary",
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
    "Reconciliation",
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
        text: [number for number in re.findall(r"(?<![A-Za-z$\d.])\d+(?:\.\d+)?", text) if float(number) > 12]
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
    assert book["Summary"]["B5"].value == "=present_value/investment"


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
    wellby = [each.value for each in sheet[row_of(sheet, "wellby")]]
    assert wellby[1:4] == [13_000, "2019", pytest.approx(wellby[4] / 13_000)]


def test_what_is_not_assessed_is_said_to_be():
    document = small(assumptions={"unknown": None, "known": 3})
    sheet = opened(workbook_of(document))["Assumptions"]
    assert sheet.cell(row_of(sheet, "Unknown"), 2).value == "not assessed"


def test_the_range_of_a_report_is_said():
    headline = [Fact("range", "Range", "£1.20 to £2.80"), Fact("payback", "Payback", "soon")]
    texts = {
        each.value
        for each in cells_of(
            workbook_of(small(), date="24 November 2026", statement="It is so.", headline=headline)
        ).values()
    }
    assert {"£1.20 to £2.80", "It is so."} <= texts
    assert "soon" not in texts
    assert any("24 November 2026" in str(text) for text in texts)


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
    assert opened(made).sheetnames == [name for name in SHEETS if name != "Lists"]


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
        if each.hyperlink is not None
    ]
    assert all(re.match(r"(https?://|mailto:)", target) for target in targets)


# ── The file
# ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_same_study_gives_the_same_bytes(content, lunch_club):
    time.sleep(2.1)  # a ZIP archive counts time in steps of two seconds
    assert workbook(sroi.evaluate(lunch_club)) == content


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
    for sheet in opened(content):
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.page_setup.fitToHeight == 0
        assert not sheet.sheet_view.showGridLines
    book = opened(content)
    assert book["Value map"].freeze_panes == "B7"
    assert book["Assumptions"].print_title_rows == "$4:$4"


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
    assert opened(made)["Summary"]["B5"].value == pytest.approx(evaluation.social_return_ratio, rel=1e-15)


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
