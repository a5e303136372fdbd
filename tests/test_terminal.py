"""Tables in a terminal: every column is there and every word of every cell, however narrow it is."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

import sroi
from sroi.tables import Table
from sroi.terminal import broken, column_widths, drawn, pieces, print_result


def printed(table, width):
    console = Console(width=width, file=io.StringIO(), highlight=False)
    console.print(drawn(table))
    return console.file.getvalue()


WIDE = Table(
    "Wide",
    ("Number", ">Value", ">Range", "Rationale", "Written in"),
    (
        (
            "outcomes.carers_able_to_carry_on.deadweight",
            "£3,340,000",
            "0.1 to 0.6",
            "some find help without a coordinator " * 4,
            "assumptions/x.yaml:14",
        ),
        ("assumptions.population_65_and_over", "−£42,300", "", "2015-16", "assumptions/boroughs/haringey.yaml:16"),
    ),
)


@pytest.mark.parametrize("width", [60, 80, 100, 160])
def test_no_line_is_wider_than_the_terminal_and_nothing_is_cut_off(width):
    text = printed(WIDE, width)
    assert max(map(len, text.splitlines())) <= width
    for cells in (WIDE.headings, *WIDE.rows):
        for cell in cells:
            for piece in pieces(cell):
                assert piece in text, piece


def test_a_table_of_many_numbers_keeps_them_whole():
    figures = ("£106,000", "£7,980", "£25,000", "£101,000", "£200,000", "£231,000", "£108,000", "£1,530")
    headings = ("Figure", *(f">{each}" for each in ("Central", "P5", "P10", "P50", "P90", "P95", "Mean", "Standard error")))
    text = printed(Table("Range", headings, (("Present value of outcomes", *figures),)), 80)
    assert all(figure in text for figure in figures)
    assert max(map(len, text.splitlines())) <= 80


@pytest.mark.parametrize("width", [60, 80, 100])
def test_a_number_is_never_broken(width):
    text = printed(WIDE, width)
    for number in ("£3,340,000", "−£42,300", "2015-16", "0.1", "0.6"):
        assert number in text


def test_a_table_that_fits_stands_in_single_lines():
    text = printed(WIDE, 400)
    assert any("outcomes.carers_able_to_carry_on.deadweight" in line and "£3,340,000" in line and "x.yaml:14" in line for line in text.splitlines())


@given(st.lists(st.tuples(st.text("ab .-_/1", max_size=40), st.text("0123456789,.% ", max_size=20)), min_size=1, max_size=5), st.integers(10, 60))
def test_columns_share_the_room_and_none_is_wider_than_it_needs(rows, room):
    widths = column_widths(rows, (False, True), room)
    assert sum(widths) <= room
    for width, column in zip(widths, zip(*rows, strict=True), strict=True):
        assert 1 <= width <= max(1, *map(len, column))


@given(st.text("ab .-_/1£", max_size=60), st.integers(4, 30))
def test_breaking_a_text_loses_none_of_it(text, width):
    lines = broken(text, width).split("\n")
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(len(line) <= max(width, *map(len, pieces(text) or [""])) for line in lines)


def test_the_result_for_a_place_fits_eighty_columns():
    result = sroi.evaluate(sroi.load("local-area-coordination", borough="derby"))
    console = Console(width=80, file=io.StringIO(), highlight=False)
    print_result(result, on=console)
    text = console.file.getvalue()
    assert max(map(len, text.splitlines())) <= 80
    for word in ("£3,340,000", "96.8%", "Deductions", "transfer", "£1,760,000", "OnTheWight"):
        assert word in text
