"""Numbers as people write them into cells, and how many digits of them were printed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sroi.value_map.cells import read, start, understood

NUMBERS = {
    (0.25, "0%"): 0.25,
    (0.25, "General"): 0.25,
    (25, "General"): 25,
    ("25%", "@"): 0.25,
    ("25 %", "@"): 0.25,
    ("-12.5%", "@"): -0.125,
    ("£1,234.50", "@"): 1234.5,
    ("-£1,234.50", "@"): -1234.5,
    ("£-20", "@"): -20,
    ("(£1,200)", "@"): -1200,
    ("−3.5", "@"): -3.5,
    ("1 234 567", "@"): 1234567,
    ("€48", "@"): 48,
    ("48 €", "@"): 48,
    ("GBP 13,000", "@"): 13000,
    ("GBP13000", "@"): 13000,
    ("A$12.40", "@"): 12.4,
    ("1e3", "@"): 1000,
    ("4.18 : 1", "@"): 4.18,
    ("£1:£4.18", "@"): 4.18,
    ("1:3.2", "@"): 3.2,
    ("1 to 2", "@"): 2,
}


@pytest.mark.parametrize(("cell", "wanted"), NUMBERS.items(), ids=str)
def test_a_number_is_read_as_it_is_written(cell, wanted):
    assert read(*cell).value == pytest.approx(wanted, rel=1e-15)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "n/a",
        "-",
        "10-15",
        "10 to 15",
        "12/25",
        "1,2345",
        "see note 3",
        "three",
        "£",
        "%",
        "3 of 5",
        "2019-20",
        True,
        None,
    ],
)
def test_what_is_no_number_is_not_read(text):
    assert read(text) is None


TOLERANCES = {
    ("£1,234", "@"): 0.5,
    ("£1,234.50", "@"): 0.005,
    ("25%", "@"): 0.005,
    ("12.5%", "@"): 0.0005,
    (1234.5678, "#,##0"): 5e-5,
    (1234.5678, "#,##0.00"): 5e-5,
    (1234.5678, '"£"#,##0.0;[Red]-"£"#,##0.0'): 5e-5,
    (1234.5678, "[$£-809]#,##0.00"): 5e-5,
    (0.256, "0%"): 5e-4,
    (0.256, "0.0%"): 5e-4,
    (4.18, "General"): 0.005,
    (1234.0, "General"): 0.5,
    (1234.5, "#,##0.0000"): 0.05,  # typed with one decimal, however many its format shows
}


@pytest.mark.parametrize(("cell", "wanted"), TOLERANCES.items(), ids=str)
def test_the_tolerance_is_half_of_the_last_written_digit(cell, wanted):
    assert read(*cell).tolerance == pytest.approx(wanted, rel=1e-6)


def test_a_figure_that_was_calculated_is_held_to_its_own_precision():
    assert read(1 / 3, "General").tolerance == pytest.approx(1e-9 / 3)
    assert understood(3.0, "0", exact=True).tolerance == pytest.approx(3e-9)


@given(st.floats(0, 1e12), st.sampled_from((0, 1, 2, 4)))
def test_what_rounding_to_the_printed_digits_does_is_within_the_tolerance(value, places):
    printed = read(f"£{value:,.{places}f}")
    assert abs(printed.value - value) <= printed.tolerance


@pytest.mark.parametrize(
    ("written", "wanted"),
    [(1, 0), (2, 1), (3, 2), ("1", 0), ("(2)", 1), ("1 - during", 0), ("During", 0),
     ("in the period of activity", 0), ("in period after", 1),
     (0, None), (1.5, None), ("1.5", None), ("maybe", None), (True, None), (None, None), ("0", None)],
)  # fmt: skip
def test_a_start_is_a_number_of_years_from_the_activity(written, wanted):
    assert start(written) == wanted
