"""Small maps in which something was once guessed, dropped or added without a word."""

import re
import zipfile

import maps
import openpyxl
import pytest
from small_maps import FIRST, GRANT, OPTIONS, RATIO, SECOND, TITLES, ratio

import sroi


def test_the_map_of_these_tests(imported):
    found = imported()
    assert ratio(found) == pytest.approx(RATIO)
    assert found.statement == "2 figures of the map calculated again: all of them agree."


# ── Units and magnitudes in cells
# ────────────────────────────────────────────────────────────────────────────────────────────────────

READ = {
    ("C2", "£60k"): ("inputs.grant.value", 60_000),
    ("C2", "60K"): ("inputs.grant.value", 60_000),
    ("C2", "£0.06m"): ("inputs.grant.value", 60_000),
    ("C2", "GBP 60 thousand"): ("inputs.grant.value", 60_000),
    ("C2", "£1.2 million"): ("inputs.grant.value", 1_200_000),
    ("C2", "£1.2bn"): ("inputs.grant.value", 1.2e9),
    ("C2", "60.000,00"): ("inputs.grant.value", 60_000),
    ("C2", "60,000 GBP"): ("inputs.grant.value", 60_000),
    ("C2", "60'000"): ("inputs.grant.value", 60_000),
    ("C2", "1,20,000"): ("inputs.grant.value", 120_000),
    ("H3", "41,50"): ("outcomes.less_lonely.value", 41.5),
    ("H3", "€ 41,50".replace("€", "£")): ("outcomes.less_lonely.value", 41.5),
    ("H3", "50p"): ("outcomes.less_lonely.value", 0.5),
    ("H3", "75 pence"): ("outcomes.less_lonely.value", 0.75),
    ("H3", "£48 per visit"): ("outcomes.less_lonely.value", 48),
    ("H3", "£48 a year"): ("outcomes.less_lonely.value", 48),
    ("H3", "£48 p.a."): ("outcomes.less_lonely.value", 48),
    ("E3", "1.2k"): ("outcomes.less_lonely.quantity", 1200),
    ("E3", "120 people"): ("outcomes.less_lonely.quantity", 120),
    ("F3", "3 years"): ("outcomes.less_lonely.duration", 3),
    ("F3", "6 months"): ("outcomes.less_lonely.duration", 0.5),
    ("F3", "18 mths"): ("outcomes.less_lonely.duration", 1.5),
    ("F3", "6m"): ("outcomes.less_lonely.duration", 0.5),
    ("F3", "26 weeks"): ("outcomes.less_lonely.duration", 0.5),
    ("F3", "1 year and 6 months"): ("outcomes.less_lonely.duration", 1.5),
    ("F3", "1,5 years"): ("outcomes.less_lonely.duration", 1.5),
    ("I3", "35 per cent"): ("outcomes.less_lonely.deadweight", 0.35),
    ("I3", "35 percent"): ("outcomes.less_lonely.deadweight", 0.35),
    ("I3", "12,5%"): ("outcomes.less_lonely.deadweight", 0.125),
    ("K3", "35% due to others"): ("outcomes.less_lonely.attribution", 0.35),
    ("L3", "10% a year"): ("outcomes.less_lonely.drop_off", 0.1),
    ("H3", "£1,500 p.a."): ("outcomes.less_lonely.value", 1500),
    ("H3", "£1,500/yr."): ("outcomes.less_lonely.value", 1500),
    ("H3", "1,500 *"): ("outcomes.less_lonely.value", 1500),
    ("H3", "£1.5k†"): ("outcomes.less_lonely.value", 1500),
    ("E3", "12*"): ("outcomes.less_lonely.quantity", 12),
    ("F3", "6 months [2]"): ("outcomes.less_lonely.duration", 0.5),
    ("I3", "25%*"): ("outcomes.less_lonely.deadweight", 0.25),
    ("I3", "Nil"): ("outcomes.less_lonely.deadweight", 0),
    ("C2", "£60,000\u00a0"): ("inputs.grant.value", 60_000),
}


@pytest.mark.parametrize("case", READ, ids=lambda case: case[1])
def test_what_is_written_is_read(imported, case):
    path, wanted = READ[case]
    section, name, field = path.split(".")
    found = imported(cells=dict([case]), currency="GBP")
    entry = getattr(found.study, section)[name]
    assert getattr(entry, field).value == pytest.approx(wanted, rel=1e-12)
    assert found.unread_cells == ()


NOT_READ = [
    ("C2", "€60,000"), ("C2", "$60,000"), ("C2", "60,000 EUR"), ("C2", "£500 per volunteer"),
    ("C2", "£5,000 per month"), ("C2", "£12 an hour"), ("C2", "60%"), ("C2", "£60,000 + VAT"),
    ("H3", "1.234"), ("H3", "£1.234"), ("H3", "£40 per week"), ("H3", "£40 pw"), ("H3", "£40 monthly"),
    ("H3", "£40 a day"), ("H3", "£40 per hour per week"), ("H3", "1,2345"), ("H3", "£40-60"),
    ("H3", "US$ 40"), ("H3", "£12.50p"), ("E3", "42 est."), ("G3", "6 months"), ("G3", "Year 1"),
    ("E3", "50p"), ("E3", "40%"), ("E3", "10 per week"), ("E3", "5 fewer"), ("E3", "3 dozen"), ("E3", "£20"),
    ("E3", "12 of 50"),
    ("F3", "6 sessions"), ("F3", "six months"), ("F3", "3 (ongoing)"), ("F3", "50%"),
    ("F3", "2 years per person"),
    ("I3", "1 in 4"), ("I3", "1/4"), ("I3", "25 people"), ("K3", "65% due to us"), ("K3", "65% ours"),
    ("I3", "20% to 30%"), ("H3", "1,500–1,800"), ("H3", "1,500²"), ("H3", "100 m²"), ("E3", "100 pa"),
    ("I3", "20–30%"), ("F3", "1–2 years"),
]  # fmt: skip


@pytest.mark.parametrize("case", NOT_READ, ids=lambda case: f"{case[0]} {case[1]}")
def test_what_is_not_read_is_named_with_its_cell_and_counted(imported, case):
    found = imported(cells=dict([case]))
    assert [cell for cell, _ in found.unread_cells] == [case[0]]
    assert ratio(found) is None
    assert found.missing
    assert any(note.startswith(f"{case[0]}: ") and case[1] in note for note in found.notes)
    assert found.statement.endswith(" Not read: 1 cell.")
    assert f"# {case[0]}: not read: " in found.text


def test_a_comma_is_in_doubt_where_other_cells_part_decimals_with_one(imported):
    assert imported(cells={"H3": "1,500"}).unread_cells == ()
    found = imported(cells={"H3": "1,500", "H4": "771,00"})
    ((cell, why),) = found.unread_cells
    assert cell == "H3"
    assert "1.5 or 1500" in why
    assert any(note.startswith("H4: a comma parts the decimals") for note in found.notes)


FORMATS = {
    "another currency": ("H3", 1_500, "[$€-2] #,##0", None),
    "a percentage of a count": ("E3", 0.4, "0%", None),
    "months": ("F3", 6, '0" months"', ("duration", 0.5)),
    "years": ("F3", 2, '0" years"', ("duration", 2)),
    "a percent sign that is only shown": ("I3", 25, '0"%"', ("deadweight", 0.25)),
    "thousands": ("H3", 1.5, '"£"0.0"k"', ("value", 1_500)),
    "thousands that are only shown": ("H3", 1_500, '"£"0.0,"k"', ("value", 1_500)),
    "pounds": ("H3", 1_500, '"£"#,##0', ("value", 1_500)),
}


@pytest.mark.parametrize("case", FORMATS)
def test_units_that_a_format_shows_are_read(imported, case):
    cell, value, shown, wanted = FORMATS[case]
    found = imported(cells={cell: value}, formats={cell: shown})
    if wanted is None:
        assert [each for each, _ in found.unread_cells] == [cell]
    else:
        assert getattr(found.study.outcomes["less_lonely"], wanted[0]).value == pytest.approx(wanted[1])


def test_two_currencies_in_a_sheet_are_asked_about(imported):
    with pytest.raises(sroi.DocumentError, match=r"GBP \(C2\) and EUR \(H3\).*--currency"):
        imported(cells={"C2": "£60,000", "H3": "€40"}, currency=None)
    assert imported(cells={"C2": "£60,000"}, currency=None).study.currency == "GBP"


# ── Shares
# ────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("written", [1, 0.5, 0.35])
def test_a_bare_number_up_to_1_under_a_percent_sign_is_asked_about(imported, tmp_path, written):
    heads = {"Deadweight": "Deadweight %"}
    found = imported(cells={"I3": written}, heads=heads)
    assert [cell for cell, _ in found.unread_cells] == ["I3"]
    assert ratio(found) is None
    mapping = tmp_path / "mapping.yaml"
    for shares, wanted in (("fractions", written), ("percentages", written / 100)):
        mapping.write_text(f"shares: {shares}", encoding="utf-8")
        told = imported(cells={"I3": written}, heads=heads, mapping=mapping)
        assert told.study.outcomes["less_lonely"].deadweight.value == pytest.approx(wanted)


def test_percentages_under_a_percent_sign_are_read(imported):
    found = imported(cells={"I3": 35, "I4": 1}, heads={"Deadweight": "Deadweight (%)"})
    outcomes = found.study.outcomes
    assert [each.deadweight.value for each in outcomes.values()] == [0.35, 0.01]


def test_a_bare_1_is_said_to_be_the_whole(imported):
    found = imported(cells={"I3": 1})
    assert found.study.outcomes["less_lonely"].deadweight.value == 1
    assert any(note.startswith("I3: ") and "100%" in note for note in found.notes)


def test_a_mark_of_a_footnote_and_a_word_for_zero_are_told(imported):
    notes = imported(cells={"H3": "1,500*", "I3": "nil"}).notes
    assert "H3: “1,500*” is read without its mark *" in notes
    assert "I3: “nil” is read as 0" in notes


def test_100_under_percentages_is_not_called_a_bare_1(imported):
    assert not any("bare 1" in note for note in imported(cells={"I3": 100}).notes)


def test_a_fraction_beside_columns_of_percentages_is_asked_about(imported):
    found = imported(cells={"I3": 35, "J3": 0.5})
    assert [cell for cell, _ in found.unread_cells] == ["J3"]


# ── Units in headings
# ────────────────────────────────────────────────────────────────────────────────────────────────────

HEADS = {
    "Duration (months)": ("Duration", {"F3": 12, "F4": 12}),
    "Duration in months": ("Duration", {"F3": 12, "F4": 12}),
    "Duration [weeks]": ("Duration", {"F3": 52, "F4": 52}),
    "Duration (years)": ("Duration", {"F3": 1, "F4": "12 months"}),
    "Value of inputs (£000)": ("Value of inputs", {"C2": 60}),
    "Value of inputs £000s": ("Value of inputs", {"C2": 60}),
    "Value of inputs (£k)": ("Value of inputs", {"C2": 60}),
    "Value of inputs (£m)": ("Value of inputs", {"C2": 0.06}),
    "Value (pence)": ("Value", {"H3": 150_000, "H4": 77_100}),
    "Quantity (thousands)": ("Quantity", {"E3": 0.1, "E4": 0.05}),
    "Impact (£000)": ("Impact", {"M3": 150, "M4": 38.55}),
}


@pytest.mark.parametrize("heading", HEADS)
def test_a_unit_in_a_heading_is_read(imported, heading):
    title, cells = HEADS[heading]
    found = imported(cells=cells, heads={title: heading})
    assert ratio(found) == pytest.approx(RATIO)
    assert found.disagreements == ()
    assert found.compared == 2


@pytest.mark.parametrize(
    ("title", "heading", "cell"),
    [("Value", "Value per week", "H3"), ("Value", "Value (per month)", "H3"),
     ("Value", "Value ($)", "H3"), ("Value", "Value (EUR)", "H3"),
     ("Value of inputs", "Value of inputs (€)", "C2"),
     ("Duration", "Duration (months or years)", "F3"), ("Quantity", "Quantity (per week)", "E3"),
     ("Quantity", "Quantity (%)", "E3")],
)  # fmt: skip
def test_a_heading_that_asks_for_something_else_is_told(imported, title, heading, cell):
    found = imported(heads={title: heading})
    assert cell in [each for each, _ in found.unread_cells]
    assert ratio(found) is None
    assert any(heading in note for note in found.notes)


@pytest.mark.parametrize(
    "heading",
    ["Attribution (% due to us)", "Attribution (our share)", "Attribution to us", "Attribution (ours)"],
)
def test_a_heading_that_asks_for_our_own_share_is_read_so(imported, heading):
    found = imported(cells={"K3": "65%", "K4": "100%"}, heads={"Attribution": heading})
    assert found.study.outcomes["less_lonely"].contribution.value == 0.65


@pytest.mark.parametrize("heading", ["Deadweight (share kept)", "Drop-off (remaining)"])
def test_a_heading_that_asks_for_what_is_kept_is_not_read_as_a_deduction(imported, heading):
    title = heading.partition(" (")[0]
    cell = f"{'I' if title == 'Deadweight' else 'L'}3"
    found = imported(cells={cell: "65%"}, heads={title: heading})
    assert [each for each, _ in found.unread_cells] == [cell]


def test_a_bracket_beside_a_figure_of_the_map_is_told(imported):
    found = imported(heads={"Impact": "Impact (lifetime)"})
    assert "“lifetime” in the heading of column M changes nothing" in found.notes
    assert found.compared == 2


def test_a_bracket_that_is_no_unit_is_told(imported):
    found = imported(heads={"Value": "Value (see the annex)"})
    assert "“see the annex” in the heading of column H changes nothing" in found.notes
    assert ratio(found) == pytest.approx(RATIO)


def test_the_price_year_of_a_heading_is_that_of_its_numbers(imported):
    gdp = maps.DEFLATORS["gdp"]["calendar"]
    found = imported(heads={"Value": "Value (£, 2019 prices)"})
    assert found.study.outcomes["less_lonely"].value.price_year == 2019
    assert ratio(found) == pytest.approx(RATIO * gdp[2024] / gdp[2019])
    assert any("in prices of 2019" in note for note in found.notes)


@pytest.mark.parametrize(
    ("title", "heading", "cell"),
    [("Duration", "Duration (over 3 years)", "F3"),
     ("Value", "Value (£ lifetime)", "H3"), ("Value", "Value (£ total)", "H3"),
     ("Value", "Value (net of fees)", "H3"), ("Value", "Value (£, NPV)", "H3"),
     ("Value", "Value (£, 2018 to 2020 prices)", "H3"), ("Quantity", "Quantity (in dozens)", "E3"),
     ("Quantity", "Quantity (over 3 years)", "E3"), ("Value", "Value (SEK)", "H3"),
     ("Quantity", "Quantity (people, average per month)", "E3")],
)  # fmt: skip
def test_a_bracket_that_can_change_a_number_is_not_passed_over(imported, title, heading, cell):
    found = imported(heads={title: heading})
    assert cell in [each for each, _ in found.unread_cells]
    assert ratio(found) is None
    assert any(heading in note for note in found.notes)


@pytest.mark.parametrize(
    "heading", ["Drop-off (% per month)", "Attribution (out of 10)", "Deadweight (in tenths)"]
)
def test_a_share_of_another_measure_is_not_read(imported, heading):
    title = heading.partition(" (")[0]
    cell = {"Deadweight": "I3", "Attribution": "K3", "Drop-off": "L3"}[title]
    found = imported(cells={cell: 0.2}, heads={title: heading})
    assert [each for each, _ in found.unread_cells] == [cell]


@pytest.mark.parametrize(
    ("title", "heading", "times"),
    [("Quantity", "Quantity (in 1000s)", 1000), ("Quantity", "Quantity (hundreds)", 100),
     ("Value", "Value (£100s)", 100), ("Value", "Value (£1,000s)", 1000),
     ("Value", "Value (£000s per year)", 1000),
     ("Value", "Value (£ per year, 2024 prices)", 1), ("Value", "Value (GBP per person)", None)],
)  # fmt: skip
def test_a_scale_in_brackets_is_applied(imported, title, heading, times):
    found = imported(heads={title: heading})
    if times is None:
        assert any("(GBP per person)" in note for note in found.notes)
    assert ratio(found) == pytest.approx(RATIO * (times or 1))


@pytest.mark.parametrize(
    ("title", "heading"),
    [("Duration", "Duration (years)"), ("Duration", "Duration (no. of years)"),
     ("Quantity", "Quantity (number)"),
     ("Value of inputs", "Value of inputs (£ total)"), ("Drop-off", "Drop-off (% per year)"),
     ("Deadweight", "Deadweight (%)"), ("Attribution", "Attribution (% to others)")],
)  # fmt: skip
def test_a_bracket_that_says_what_is_so_needs_no_word(imported, title, heading):
    found = imported(heads={title: heading})
    assert ratio(found) == pytest.approx(RATIO)
    assert not any("changes nothing" in note for note in found.notes)


def test_a_discount_rate_below_the_map_is_read_and_not_listed_as_unread(imported):
    found = imported(GRANT, FIRST, SECOND, ["Discount rate", "6%"])
    assert found.study.method.discount_rate == 0.06
    assert found.unread_rows == ()


@pytest.mark.parametrize("words", ["20% NHS", "20% GPs", "20% DWP"])
def test_whose_share_stands_behind_a_number_is_not_read_as_money(imported, words):
    found = imported(cells={"K3": words})
    assert found.unread_cells == (
        ("K3", f"“{words}” has words behind the number that are not read; write the number alone"),
    )


# ── Rows that are sums, and rows that only sound like one
# ────────────────────────────────────────────────────────────────────────────────────────────────────

TOTAL = ["Total", None, 60_000, None, 150, None, None, None, None, None, None, None, 188_550]


@pytest.mark.parametrize("words", ["Total", "Overall", "Whole programme", "Σ", None])
def test_a_row_whose_figures_are_the_sums_is_no_entry_whatever_it_is_called(imported, words):
    found = imported(GRANT, FIRST, SECOND, [words, *TOTAL[1:]])
    assert ratio(found) == pytest.approx(RATIO)
    assert list(found.study.inputs) == ["grant"]
    assert "row 5" in " ".join(found.notes)
    assert (found.disagreements, found.compared) == ((), 4)


@pytest.mark.parametrize("words", ["Overall", None, "All groups"])
def test_a_total_of_one_input_and_one_outcome_is_no_entry(imported, words):
    found = imported(GRANT, FIRST, [words, None, 60_000, None, 100, *[None] * 7, 150_000])
    assert ratio(found) == pytest.approx(2.5)


def test_a_total_beside_an_average_is_no_entry(imported):
    row = [None, None, 60_000, "Overall", 150, None, None, 1_135.5, *[None] * 4, 188_550]
    found = imported(GRANT, FIRST, SECOND, row)
    assert ratio(found) == pytest.approx(RATIO)
    assert any(note.startswith("H5: ") and "not the sum" in note for note in found.notes)


@pytest.mark.parametrize("column", [1, 3])
def test_a_total_is_found_under_any_heading(imported, column):
    row = [None, *TOTAL[1:]]
    row[column] = "Total"
    found = imported(GRANT, FIRST, SECOND, row)
    assert ratio(found) == pytest.approx(RATIO)
    assert len(found.study.outcomes) == 2


def test_a_total_above_the_rows_is_no_entry(imported):
    assert ratio(imported(TOTAL, GRANT, FIRST, SECOND)) == pytest.approx(RATIO)


@pytest.mark.parametrize(
    "title", ["Total annual operating costs", "Total", "Total inputs", "Sum granted", "Subtotal Ltd"]
)
def test_an_input_that_is_called_a_total_is_an_input(imported, title):
    found = imported(["Council", title, 60_000], FIRST, SECOND)
    assert ratio(found) == pytest.approx(RATIO)


def test_a_second_input_that_is_called_a_total_is_an_input(imported):
    costs = ["Charity", "Total annual operating costs", 20_000]
    found = imported(["Council", "Grant", 40_000], costs, FIRST, SECOND)
    assert ratio(found) == pytest.approx(RATIO)


@pytest.mark.parametrize("place", ["D3", "B3", "N3"])
def test_a_text_that_holds_total_drops_nothing(imported, place):
    cells = {place: "Total abstinence", "N1": "Notes"}
    found = imported(["Council", "Grant", 60_000], FIRST, SECOND, cells=cells)
    assert [each.value.value for each in found.study.outcomes.values()] == [1_500, 771]


def test_inputs_that_repeat_one_another_are_both_read(imported):
    found = imported(["Council", "Grant", 30_000], ["Lottery", "Grant", 30_000], FIRST, SECOND)
    assert ratio(found) == pytest.approx(RATIO)


def test_outcomes_that_are_by_chance_the_sums_of_those_above_are_read(imported):
    rows = [["Members", None, None, name, people, 1, 1, people * 10, 0, 0, 0, 0] for name, people in
            (("One", 10), ("Two", 10), ("Three", 20))]  # fmt: skip
    assert len(imported(GRANT, *rows).study.outcomes) == 3


@pytest.mark.parametrize("title", [None, "Gift"])
def test_a_giver_that_is_called_total_and_gives_the_same_is_a_giver(imported, title):
    rows = ["Council", title, 30_000], ["Total Energies", title, 30_000]
    assert ratio(imported(*rows, FIRST, SECOND)) == pytest.approx(RATIO)


def test_an_input_that_is_by_chance_the_sum_of_those_above_is_read_and_told(imported):
    inputs = (["Members", "Fees", 10_000], ["Trust", "Gift", 20_000], ["Council", "Grant", 30_000])
    found = imported(*inputs, FIRST, SECOND)
    assert ratio(found) == pytest.approx(RATIO)
    assert any(note.startswith("C4: ") and "sum of the rows above" in note for note in found.notes)


def test_a_misprinted_total_is_found_and_not_read_as_an_input(imported):
    found = imported(GRANT, FIRST, SECOND, [*TOTAL[:2], 61_000, *TOTAL[3:4], 149, *TOTAL[5:]])
    assert ratio(found) == pytest.approx(RATIO)
    assert [(each.cell, each.ours) for each in found.disagreements] == [("Map!C5", 60_000)]
    assert any(note.startswith("E5: ") and "not the sum" in note for note in found.notes)


def test_subtotals_are_calculated_again(imported):
    third = ["Carers", None, None, "Less work", 10, 1, 1, 100, 0, 0, 0, 0, 1_000]
    subtotal = ["Subtotal carers", *[None] * 11, 39_550]
    assert imported(GRANT, FIRST, SECOND, third, subtotal).compared == 4
    found = imported(GRANT, FIRST, SECOND, third, subtotal, cells={"M5": 2_000, "M6": 40_550})
    assert [(each.cell, each.what, each.ours, each.cause) for each in found.disagreements] == [
        ("Map!M5", "Impact of Less work", 1_000, ""),
        ("Map!M6", "Subtotal of impact", 39_550, "follows from M5"),
    ]


def test_a_misprinted_subtotal_is_found(imported):
    rows = (GRANT, FIRST, ["Subtotal", *[None] * 11, 150_000], SECOND, ["Subtotal", *[None] * 11, 38_000])
    found = imported(*rows)
    assert [each.cell for each in found.disagreements] == ["Map!M6"]
    assert found.disagreements[0].ours == 38_550


@pytest.mark.parametrize("place", ["below the inputs", "at the end", "after an empty row"])
def test_an_unlabelled_total_of_one_input_is_no_second_input(imported, place):
    total = [None, None, 60_000]
    rows = {
        "below the inputs": (GRANT, total, FIRST, SECOND),
        "at the end": (GRANT, FIRST, SECOND, total),
        "after an empty row": (GRANT, FIRST, SECOND, [], total),
    }
    found = imported(*rows[place])
    assert (list(found.study.inputs), ratio(found)) == (["grant"], pytest.approx(RATIO))
    assert any("is read as the sum of" in note for note in found.notes)
    assert found.compared == 3


def test_a_total_above_a_single_row_is_no_entry(imported):
    total = ["Total", None, 60_000, None, 100, *[None] * 7, 150_000]
    found = imported(total, ["Members", "Grant", 60_000, *FIRST[3:]])
    assert (list(found.study.inputs), ratio(found)) == (["grant"], pytest.approx(2.5))


def test_headings_that_stand_again_on_the_next_page_are_no_entry(imported):
    found = imported(GRANT, FIRST, TITLES, SECOND)
    assert ratio(found) == pytest.approx(RATIO)
    assert "A4: the headings again; read as no entry" in found.notes


@pytest.mark.parametrize("giver", [None, ""])
def test_a_total_of_one_input_beneath_the_inputs_is_no_input(imported, giver):
    found = imported(GRANT, [giver, "Total programme cost", 60_000], FIRST, SECOND)
    assert (list(found.study.inputs), ratio(found)) == (["grant"], pytest.approx(RATIO))
    told = imported(GRANT, ["Charity", "Total programme cost", 60_000], FIRST, SECOND)
    assert ratio(told) == pytest.approx(RATIO / 2)
    assert any(note.startswith("C3: 60,000 is also the sum of the rows above") for note in told.notes)


@pytest.mark.parametrize("words", ["n/a", "3.0–3.3", "see report"])
def test_a_figure_below_the_map_that_is_none_is_no_input_and_listed(imported, words):
    found = imported(GRANT, FIRST, SECOND, [], ["SROI ratio", words])
    assert ratio(found) == pytest.approx(RATIO)
    assert found.unread_rows == (("A6", f"SROI ratio; {words}"),)


def test_a_discount_rate_below_the_map_is_no_input(imported):
    found = imported(GRANT, FIRST, SECOND, [], ["Discount rate", 3.5])
    assert (ratio(found), found.study.method.discount_rate) == (pytest.approx(RATIO), 0.035)


# ── Entries that stand in more than one row
# ────────────────────────────────────────────────────────────────────────────────────────────────────

BESIDE = ["Council", "Grant", 60_000, "Less litter", 10, 1, 1, 100, 0, 0, 0, 0, 1_000]
OTHER = [*BESIDE[:3], "Less noise", *BESIDE[4:]]
THIRD = [*BESIDE[:3], "Less waste", *BESIDE[4:]]


@pytest.mark.parametrize("stakeholder", ["Council", None])
@pytest.mark.parametrize("amount", [60_000, "£60,000", None])
def test_an_input_on_every_row_of_its_giver_is_counted_once_and_told(imported, stakeholder, amount):
    again = [[stakeholder, "Grant", amount, *row[3:]] for row in (OTHER, THIRD)]
    found = imported(BESIDE, *again, FIRST, SECOND)
    assert list(found.study.inputs) == ["grant"]
    assert ratio(found) == pytest.approx((150_000 + 38_550 + 3_000) / 60_000)
    told = [note for note in found.notes if "input of row 2 again; counted once" in note]
    assert [note.partition(":")[0] for note in told] == (["B3", "B4"] if amount is None else ["C3", "C4"])


def test_a_total_that_counts_an_input_once_or_on_every_row_decides(imported):
    total = ["Total", None, 60_000, None, 170, *[None] * 7, 190_550]
    once = imported(BESIDE, OTHER, FIRST, SECOND, total)
    assert (list(once.study.inputs), once.disagreements) == (["grant"], ())
    assert once.compared == 6
    each = imported(BESIDE, OTHER, FIRST, SECOND, [*total[:2], 120_000, *total[3:]])
    assert ratio(each) == pytest.approx(190_550 / 120_000)
    assert "C3: the same input as in row 2, and counted again, as in the total of the map" in each.notes
    bare = imported(BESIDE, OTHER, [None, None, 60_000], FIRST, SECOND)
    assert (list(bare.study.inputs), bare.disagreements) == (["grant"], ())
    beside = imported(BESIDE, OTHER, FIRST, SECOND, ["Total investment", 120_000])
    assert (ratio(beside), beside.disagreements) == (ratio(each), ())


@pytest.mark.parametrize("second", [["Council", "Grant", 60_000], ["Lottery", "Grant", 60_000]])
def test_the_same_input_in_a_row_of_its_own_or_by_another_is_counted_and_told(imported, second):
    found = imported(GRANT, second, FIRST, SECOND)
    assert ratio(found) == pytest.approx(RATIO / 2)
    assert any(note.startswith("C3: the same input as in row 2, and counted again") for note in found.notes)


def test_inputs_of_other_amounts_or_words_are_their_own(imported):
    found = imported(BESIDE, [*OTHER[:2], 500, *OTHER[3:]], ["Council", "Rooms", 60_000, *THIRD[3:]])
    assert [entry.value.value for entry in found.study.inputs.values()] == [60_000, 500, 60_000]
    assert not any("again" in note for note in found.notes)


def test_inputs_in_other_letters_are_their_own(imported):
    found = imported(["Совет", "Грант", 60_000, *FIRST[3:]], ["Совет", "Залы", 60_000, *SECOND[3:]])
    assert ratio(found) == pytest.approx(RATIO / 2)


@pytest.mark.parametrize("stakeholder", ["Members", "MEMBERS ", None])
def test_an_outcome_that_is_there_twice_is_told(imported, stakeholder):
    found = imported(GRANT, FIRST, [stakeholder, *FIRST[1:]], SECOND)
    assert len(found.study.stakeholders) == 3
    assert ratio(found) == pytest.approx(RATIO + 2.5)
    assert any(note.startswith("D4: the same outcome as in D3, and counted again") for note in found.notes)
    other = imported(GRANT, FIRST, [*FIRST[:4], 101, *FIRST[5:12], 151_500], SECOND)
    assert not any("same outcome" in note for note in other.notes)


# ── Rows that belong to nobody
# ────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "words", ["Note: figures are from 2019", "* estimated", "Source: survey 2023", "All figures are net."]
)
def test_a_note_in_the_first_column_is_no_stakeholder(imported, words):
    found = imported(GRANT, FIRST, [words], [None, *SECOND[1:]])
    assert {each.title for each in found.study.stakeholders.values()} == {"Council", "Members"}
    assert found.unread_rows == (("A4", words),)
    assert ratio(found) == pytest.approx(RATIO)


def test_a_note_below_the_map_is_no_stakeholder(imported):
    found = imported(GRANT, FIRST, SECOND, [], ["Prepared by hand"])
    assert len(found.study.stakeholders) == 3
    assert found.unread_rows == (("A6", "Prepared by hand"),)


def test_a_stakeholder_in_a_row_of_its_own_is_one(imported):
    found = imported(GRANT, ["Members"], [None, *FIRST[1:]], ["Carers"], [None, *SECOND[1:]])
    assert [each.stakeholder for each in found.study.outcomes.values()] == ["members", "carers"]
    assert any(note.startswith("A3: ") for note in found.notes)


def test_rows_under_a_merged_or_blank_description_are_read(imported):
    blank = [*SECOND[:3], None, *SECOND[4:]]
    found = imported(GRANT, FIRST, blank)
    assert ratio(found) == pytest.approx(RATIO)
    assert any(note.startswith("E4: ") for note in found.notes)
    merged = imported(GRANT, FIRST, blank, book=lambda book: book.active.merge_cells("D3:D4"))
    assert ratio(merged) == pytest.approx(RATIO)
    assert ratio(imported(GRANT, [*FIRST[:3], None, *FIRST[4:]], SECOND)) == pytest.approx(RATIO)


def test_a_row_that_is_left_out_is_listed_with_all_that_it_holds(imported):
    found = imported(GRANT, FIRST, SECOND, [None, None, None, None, 12, "3 years"])
    assert found.unread_rows == (("E5", "12; 3 years"),)
    assert found.statement.endswith(" Not read: 1 row.")


def test_a_column_without_a_heading_is_listed(imported):
    found = imported(cells={"P3": 250})
    assert found.unread_columns == (("P", "no heading; P3 holds “250”"),)
    assert "Not read: 1 column" in found.statement


@pytest.mark.parametrize("written", ["6 months", "3 weeks later", "1 year after", "2 years", "2024-25"])
def test_a_start_that_is_no_period_is_not_read(imported, written):
    found = imported(cells={"G3": written})
    assert ratio(found) is None
    assert any(note.startswith("G3: ") for note in found.notes)


@pytest.mark.parametrize("column", "ABD")
def test_a_note_in_any_column_is_no_entry(imported, column):
    found = imported(cells={f"{column}5": "Note: the grant is for three years"})
    assert found.unread_rows == ((f"{column}5", "Note: the grant is for three years"),)
    assert ratio(found) == pytest.approx(RATIO)


def test_a_figure_below_the_map_is_no_input(imported):
    found = imported(GRANT, FIRST, SECOND, [], ["Cost per beneficiary", None, 400])
    assert found.unread_rows == (("A6", "Cost per beneficiary; 400"),)
    assert ratio(found) == pytest.approx(RATIO)


def test_an_input_without_a_name_is_read_and_told(imported):
    found = imported(["Council", None, 60_000], FIRST, SECOND)
    assert ratio(found) == pytest.approx(RATIO)
    assert any(note.startswith("C2: no input is named") for note in found.notes)


# ── The discount rate, and what is said above the map
# ────────────────────────────────────────────────────────────────────────────────────────────────────


def above(*values):
    def write(book):
        book.active.insert_rows(1)
        for column, value in enumerate(values, 1):
            book.active.cell(1, column, value)

    return write


@pytest.mark.parametrize(
    ("values", "wanted"),
    [(("Discount rate", "3.5 per cent"), 0.035), (("Discount rate of 5 per cent",), 0.05),
     (("Discount rate (%)", 1), 0.01), (("Discount rate", "2,5%"), 0.025)],
)  # fmt: skip
def test_a_discount_rate_is_read_as_it_is_written(imported, values, wanted):
    assert imported(book=above(*values)).study.method.discount_rate == pytest.approx(wanted)


@pytest.mark.parametrize("title", ["Discount rate", "Discount rate (%)"])
def test_a_discount_rate_that_can_be_two_is_asked_about(imported, title):
    with pytest.raises(sroi.DocumentError, match=r"Map!B1: the discount rate 0.5 can be 0.5% or 50%"):
        imported(book=above(title, 0.5))
    assert imported(book=above(title, 0.5), discount_rate=0.035).study.method.discount_rate == 0.035


@pytest.mark.parametrize("words", ["All figures in £000", "£'000", "Amounts are in thousands", "(£m)"])
def test_thousands_that_are_said_above_the_map_are_not_taken_in_silence(imported, words):
    assert any(note.startswith("A1: ") and words in note for note in imported(book=above(words)).notes)


SAID = {
    "currency": (("Currency", "EUR"), {"currency": "GBP"}, "EUR; you say GBP"),
    "price_year": (("Price year", 2020), {"price_year": 2024}, "2020; you say 2024"),
    "first_year": (("First year", 2020), {"first_year": 2024}, "2020; you say 2024"),
    "kind": (("Forecast / Evaluation", "Forecast"), {"kind": "evaluation"}, "Forecast; you say evaluation"),
    "title": (("Study", "Ours"), {"title": "Theirs"}, "Ours; you say Theirs"),
    "discount_rate": (("Discount rate", "5%"), {"discount_rate": 0.03}, "5%; you say 0.03"),
    "method": (("Discount rate", "5%"), {"method": "green-book"}, "5%; you name the method green-book"),
}


@pytest.mark.parametrize("key", SAID)
def test_what_is_taken_instead_of_what_the_sheet_says_is_told(imported, key):
    cells, options, words = SAID[key]
    notes = imported(book=above(*cells), **options).notes
    assert [note for note in notes if note.startswith("B1: ") and note.endswith(f"{words}, which is taken")]
    same = imported(book=above("Currency", "GBP"), currency="gbp")
    assert not any("which is taken" in note for note in same.notes)


def test_what_a_mapping_file_says_instead_of_the_sheet_is_told(imported, tmp_path):
    mapping = tmp_path / "mapping.yaml"
    mapping.write_text("study: {price_year: 2024, method: {profile: svi-guide, discount_rate: 2%}}", "utf-8")
    rate = imported(book=above("Discount rate", "5%"), mapping=mapping)
    assert "B1: the sheet's discount rate is 5%; the mapping file says 2%, which is taken" in rate.notes
    year = imported(book=above("Price year", 2020), mapping=mapping, price_year=None)
    assert "B1: the sheet's price year is 2020; the mapping file says 2024, which is taken" in year.notes


def test_a_first_year_that_is_not_that_of_the_yearly_columns_is_told(imported):
    found = imported(cells={"N1": "2020", "N3": 150_000})
    assert "the yearly columns begin with 2020; the first year is 2024, as you say" in found.notes


@pytest.mark.parametrize(
    ("printed", "shown_as", "agrees"),
    [(3.14, "General", True), (3.14, "0.0", True), (3.1425, "0.00", True), (3.1445, "0.00", False),
     (3.1425001, "0.00", False), ("3.1", "General", True), ("£3.14 : £1", "General", True), (3, "0", True)],
)  # fmt: skip
def test_a_ratio_is_compared_as_precisely_as_it_is_written(imported, printed, shown_as, agrees):
    found = imported(cells={"A6": "SROI ratio", "B6": printed}, formats={"B6": shown_as})
    assert found.compared == 3
    assert [each.cell for each in found.disagreements] == ([] if agrees else ["Map!B6"])


@pytest.mark.parametrize(
    "words",
    [
        "The SROI is £3.50 for every £1 invested",
        "SROI ratio 3.5:1",
        "Social return: £3.50 per £1",
        "SROI = 3.5 to 1",
    ],
)
@pytest.mark.parametrize("place", ["A1", "A7"])
def test_a_ratio_that_is_said_in_a_sentence_is_compared(imported, words, place):
    found = imported(book=lambda book: (book.active.insert_rows(1), book.active.__setitem__(place, words)))
    ((cell, printed),) = ((each.cell, each.printed) for each in found.disagreements)
    assert (cell, printed) == (f"Map!{place}", 3.5)


@pytest.mark.parametrize(("formula", "agrees"), [("=M3/C2", False), ("=ROUND(M3/C2,0)", True)])
def test_a_ratio_is_compared_as_precisely_as_it_is_calculated(tmp_path, formula, agrees):
    """A formula whose value is 3 is 3.000, unless the sheet rounds."""
    path = tmp_path / "map.xlsx"
    book = openpyxl.Workbook()
    for row in (TITLES, GRANT, FIRST, SECOND, [], ["SROI ratio", "=1"]):
        book.active.append(row)
    book.save(path)
    parts = {}
    with zipfile.ZipFile(path) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"]
    cell = f"<f>{formula[1:]}</f><v>3</v>".encode()
    parts["xl/worksheets/sheet1.xml"] = re.sub(rb"<f>1</f><v ?/>|<f>1</f><v></v>", cell, sheet)
    with zipfile.ZipFile(path, "w") as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    found = sroi.import_value_map(path, **OPTIONS)
    assert [each.cell for each in found.disagreements] == ([] if agrees else ["Sheet!B6"])


# ── Sheets
# ────────────────────────────────────────────────────────────────────────────────────────────────────


def second_sheet(state):
    def add(book):
        other = book.create_sheet("Old map", 0)
        for row in (TITLES, GRANT, FIRST, ["Other", None, None, "Third", 1, 1, 1, 1, 0, 0, 0, 0]):
            other.append([*row, *["Impact"] * (row is TITLES)])
        other.sheet_state = state

    return add


def test_other_sheets_are_named(imported):
    found = imported(book=lambda book: book.create_sheet("Costs"))
    assert "not read: the other sheets of the workbook, Costs" in found.notes


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_a_hidden_sheet_is_never_chosen(imported, state):
    found = imported(book=second_sheet(state))
    assert found.sheet == "Map"
    assert any("Old map (hidden)" in note for note in found.notes)
    assert imported(book=second_sheet(state), sheet="Old map").sheet == "Old map"


def test_hidden_rows_are_told(imported):
    def hide(book):
        book.active.row_dimensions[4].hidden = True

    assert "hidden in the sheet, and read all the same: row 4" in imported(book=hide).notes


# ── Causes
# ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_units_are_tried_first(imported):
    cells = {"F3": "6 months", "N1": "Year 0", "O1": "Year 1", "N3": 150_000, "O3": 150_000}
    causes = {each.cause for each in imported(cells=cells).disagreements}
    assert causes == {"the map takes months for years"}
    wrong = imported(cells={"M3": 150_000_000, "M4": 38_550_000}).disagreements
    assert wrong[0].cause.startswith("the map ")
    assert "thousands" in wrong[0].cause


def test_a_sum_that_is_called_the_total_of_its_giver_is_no_entry(imported):
    alone = imported(TITLES, GRANT, FIRST, SECOND)
    total = ["Council total", None, GRANT[2], *[None] * (len(GRANT) - 3)]
    assert ratio(imported(TITLES, GRANT, total, FIRST, SECOND)) == pytest.approx(ratio(alone))


def test_an_input_whose_name_begins_with_all_is_an_input(imported):
    rent, staff = ([None, name, 10_000, *GRANT[3:]] for name in ("Rent", "Heating"))
    everybody = [None, "All staff", 20_000, *GRANT[3:]]
    first = [GRANT[0], *GRANT[1:]]
    found = imported(TITLES, first, rent, staff, everybody, FIRST, SECOND)
    assert len(found.study.inputs) == 4
