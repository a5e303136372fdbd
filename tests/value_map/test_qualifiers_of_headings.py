"""What stands in a heading beside the name of its column is applied, known to say nothing, or told."""

import csv

import pytest
from small_maps import FIRST, GRANT, OPTIONS, RATIO, SECOND, TITLES, ratio

import sroi

APPLIED = {
    "Duration (m)": {"F3": 12, "F4": 12},
    "Duration, months": {"F3": 12, "F4": 12},
    "Duration – in weeks": {"F3": 52, "F4": 52},
    "Duration (half years)": {"F3": 2, "F4": 2},
    "Duration (half-years)": {"F3": 2, "F4": 2},
    "Duration (decades)": {"F3": 0.1, "F4": 0.1},
    "Duration (fortnights)": {"F3": 26, "F4": 26},
    "Duration (no. of quarters)": {"F3": 4, "F4": 4},
    "Value (£100s)": {"H3": 15, "H4": 7.71},
    "Value (£00s)": {"H3": 15, "H4": 7.71},
    "Value (£10s)": {"H3": 150, "H4": 77.1},
    "Value (£000s, per year)": {"H3": 1.5, "H4": 0.771},
    "Value, £000": {"H3": 1.5, "H4": 0.771},
    "Value of inputs (hundreds)": {"C2": 600},
    "Quantity (in 1000s)": {"E3": 0.1, "E4": 0.05},
    "Quantity (000s)": {"E3": 0.1, "E4": 0.05},
    "Quantity, hundreds": {"E3": 1, "E4": 0.5},
    "Quantity (x1000)": {"E3": 0.1, "E4": 0.05},
    "Impact (£100s)": {"M3": 1_500, "M4": 385.5},
}
NEUTRAL = [
    "Duration (years)", "Duration (number of years)", "Value (£)", "Value (GBP)", "Value (Pounds)",
    "Value (each)", "Value £ p.a.", "Quantity (number)", "Quantity (people)", "Quantity (no.)",
    "Quantity - people", "Quantity (per year)", "Deadweight (%)", "Attribution (to others)",
    "Drop-off (annual)", "Drop-off (% p.a.)", "Outcomes start (1 or 2)", "Value of inputs (£ total)",
]  # fmt: skip
NOT_UNDERSTOOD = [
    "Duration (over 3 years)", "Duration (max 5 years)", "Duration (months, max 12)",
    "Duration (school years)", "Duration per year", "Duration (hours)", "Value (£ lifetime)",
    "Value (£ total)", "Value (net)", "Value (2019)", "Value (April 2019 prices)",
    "Value (2018 and 2019 prices)", "Value (current prices)", "Value (one-off)",
    "Value (per 1,000 people)", "Value (£ per thousand people)", "Value (£10,000s)",
    "Value (over 3 years)", "Value (per couple)", "Value in years", "Value (per quarter)",
    "Quantity (net)", "Quantity (over 3 years)", "Quantity (m)", "Quantity (pence)", "Quantity (dozens)",
    "Quantity (out of 50)", "Quantity (2023)", "Attribution (1-5)", "Attribution (% out of 10)",
    "Attribution per month", "Deadweight months", "Drop-off (% per month)", "Drop-off (over 3 years)",
    "Drop-off (per quarter)", "Outcomes start (months)", "Value of inputs (per volunteer)",
    "Value of inputs (over 3 years)",
]  # fmt: skip


def named(heading):
    return max((title for title in TITLES if heading.startswith(title)), key=len)


def column(heading):
    return "ABCDEFGHIJKLM"[TITLES.index(named(heading))]


@pytest.mark.parametrize("heading", APPLIED)
def test_a_unit_is_applied_and_told(imported, heading):
    found = imported(cells=APPLIED[heading], heads={named(heading): heading})
    assert ratio(found) == pytest.approx(RATIO)
    assert (found.disagreements, found.unread_cells) == ((), ())
    assert any(heading in note and "are read in" in note for note in found.notes)


@pytest.mark.parametrize("heading", NEUTRAL)
def test_what_changes_nothing_is_passed_over(imported, heading):
    found = imported(heads={named(heading): heading})
    assert ratio(found) == pytest.approx(RATIO)
    assert not any(heading in note for note in found.notes)


@pytest.mark.parametrize("heading", NOT_UNDERSTOOD)
def test_no_number_is_read_below_what_is_not_understood(imported, heading):
    letter = column(heading)
    cell = f"{letter}2" if letter == "C" else f"{letter}3"
    cells = {cell: "5%"} if letter in "IJKL" and "out of" not in heading else {cell: 2}
    found = imported(cells=cells, heads={named(heading): heading})
    assert cell in [each for each, _ in found.unread_cells]
    assert ratio(found) is None
    assert any(heading in note for note in found.notes)


def test_a_text_is_read_as_a_workbook_is(tmp_path):
    path = tmp_path / "map.csv"
    for heading in ("Value (£ lifetime)", "Value (£100s)"):
        with path.open("w", encoding="utf-8", newline="") as file:
            titles = [heading if title == "Value" else title for title in TITLES]
            csv.writer(file).writerows([titles, GRANT, FIRST, SECOND])
        found = sroi.import_value_map(path, **OPTIONS)
        if "lifetime" in heading:
            assert [cell for cell, _ in found.unread_cells] == ["H3", "H4"]
        else:
            assert ratio(found) == pytest.approx(100 * RATIO)


SHARES = {
    "Attribution (out of 10)": (3, 0.3), "Attribution (out of 5)": (1, 0.2), "Attribution (/10)": (1, 0.1),
    "Attribution (0-1)": (1, 1), "Attribution (as a decimal)": (0.25, 0.25), "Attribution (0-100)": (1, 0.01),
    "Attribution % (out of 100)": (50, 0.5),
}  # fmt: skip


@pytest.mark.parametrize("heading", SHARES)
def test_a_share_is_out_of_what_its_heading_says(imported, heading):
    written, wanted = SHARES[heading]
    found = imported(cells={"K3": written}, heads={"Attribution": heading})
    assert found.study.outcomes["less_lonely"].attribution.value == pytest.approx(wanted)
    assert any(heading in note and "are read in" in note for note in found.notes)


def test_what_can_be_a_share_already_is_asked_about(imported):
    ((cell, why),) = imported(
        cells={"K3": 0.3}, heads={"Attribution": "Attribution (out of 10)"}
    ).unread_cells
    assert (cell, "0.3 of 10, or 30%" in why) == ("K3", True)


@pytest.mark.parametrize("heading", ["Value (£ per person)", "Value (per visit, £ per year)"])
def test_what_money_is_for_is_told(imported, heading):
    found = imported(heads={"Value": heading})
    assert ratio(found) == pytest.approx(RATIO)
    assert any(heading in note and "are read as amounts per " in note for note in found.notes)


def test_more_than_the_whole_is_not_read(imported):
    found = imported(cells={"K3": 12}, heads={"Attribution": "Attribution (out of 10)"})
    assert found.unread_cells == (("K3", "12 is no share of the 10 that the heading names"),)


@pytest.mark.parametrize(
    ("heading", "year"),
    [("Value (£, 2019 prices)", 2019), ("Value (2018/19 prices)", "2018-19"), ("Value, 2019 prices", 2019),
     ("Value (prices of 2019)", 2019), ("Value (in 2018/9 prices)", "2018-19")],
)  # fmt: skip
def test_a_price_year_is_that_of_the_proxy(imported, heading, year):
    found = imported(heads={"Value": heading})
    assert [each.value.price_year for each in found.study.outcomes.values()] == [year, year]
    assert f"the numbers under “{heading}” are read in prices of {year}" in found.notes
    assert {each.cause for each in found.disagreements} == {
        "the map takes money of other years' prices as it stands"
    }


def test_a_price_year_is_that_of_the_inputs(imported):
    found = imported(heads={"Value of inputs": "Value of inputs (2019 prices)"})
    assert found.study.inputs["grant"].value.price_year == 2019


def test_a_column_that_a_mapping_file_names_is_read_and_the_rest_told(imported, tmp_path):
    mapping = tmp_path / "mapping.yaml"
    mapping.write_text("columns: {value: H}", encoding="utf-8")
    found = imported(heads={"Value": "Value (lifetime)"}, mapping=mapping)
    assert ratio(found) == pytest.approx(RATIO)
    assert "“lifetime” in the heading of column H changes nothing" in found.notes


def test_a_unit_in_a_line_of_its_own_is_read_or_told(imported):
    def second_line(**units):
        def write(book):
            book.active.insert_rows(2)
            for letter, words in units.items():
                book.active[f"{letter}2"] = words

        return write

    months = imported(cells={"F3": 12, "F4": 12}, book=second_line(F="months", I="%", J="%", K="%", L="%"))
    assert [each.duration.value for each in months.study.outcomes.values()] == [1, 1]
    lifetime = imported(book=second_line(H="£ lifetime", I="%", J="%", K="%", L="%"))
    assert [cell for cell, _ in lifetime.unread_cells] == ["H4", "H5"]


@pytest.mark.parametrize("rate", ["6%", "6 per cent"])
def test_a_discount_rate_below_the_map_that_is_used_is_not_listed(imported, rate):
    found = imported(GRANT, FIRST, SECOND, [], ["Discount rate", rate])
    assert (found.unread_rows, found.study.method.discount_rate) == ((), 0.06)


def test_a_second_discount_rate_is_listed(imported):
    found = imported(GRANT, FIRST, SECOND, [], ["Discount rate", "6%"], ["Discount rate", 0.035])
    assert found.unread_rows == (("A7", "Discount rate; 0.035"),)


@pytest.mark.parametrize("cell", ["E3", "F3", "K3"])
@pytest.mark.parametrize("written", ["20% NHS", "NHS 20", "20 NHS"])
def test_letters_beside_a_number_are_no_money(imported, cell, written):
    ((where, why),) = imported(cells={cell: written}).unread_cells
    assert where == cell
    assert "amount of money" not in why


@pytest.mark.parametrize(
    "written", ["60´000", "60`000", "60‘000", "60'000.-", "GBP60000", "gbp 60,000", "60000 gbp"]
)
def test_an_amount_as_it_is_written_elsewhere_is_read(imported, written):
    assert ratio(imported(cells={"C2": written})) == pytest.approx(RATIO)


@pytest.mark.parametrize(
    ("written", "wanted"), [("2019/20", "2019-20"), ("2024/5", "2024-25"), ("19/20", "2019-20")]
)
def test_a_price_year_above_the_map_is_read(imported, written, wanted):
    def above(book):
        book.active.insert_rows(1)
        book.active["A1"], book.active["B1"] = "Price year", written

    assert imported(book=above, price_year=None).study.price_year == wanted


def test_a_price_year_above_the_map_that_can_be_two_is_asked_about(imported):
    def above(book):
        book.active.insert_rows(1)
        book.active["A1"], book.active["B1"] = "Price year", "April 2019"

    with pytest.raises(sroi.DocumentError, match=r"Map!B1: 'April 2019'.*write 2019, or 2019-20"):
        imported(book=above, price_year=None)
    assert imported(book=above, price_year=2019).study.price_year == 2019
