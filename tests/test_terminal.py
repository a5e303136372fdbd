"""What a terminal shows: at any width every number stands whole."""

import io

import pytest
from rich.console import Console
from typer.testing import CliRunner

import sroi
from sroi import formatting, terminal
from sroi.cli import app

STEERING = {"\x1b", "\x07", "\x9b", "\u202e", "\u2066"}

TABLES = [
    *sroi.evaluate(sroi.load("local-area-coordination", borough="derby")).tables,
    *sroi.ledger(sroi.load("local-area-coordination", borough="derby")).tables,
    *sroi.simulate(sroi.load("examples/lunch-club.yaml"), draws=200).tables,
]


WIDE = sroi.tables.Table(
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
        (
            "assumptions.population_65_and_over",
            "−£42,300",
            "",
            "2015-16",
            "assumptions/boroughs/haringey.yaml:16",
        ),
    ),
)


def shown(table, width):
    console = Console(file=io.StringIO(), width=width, highlight=False)
    console.print(terminal.drawn(table, width))
    return console.file.getvalue()


@pytest.mark.parametrize("width", [60, 80, 100, 160])
@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.title)
def test_every_number_stands_whole_and_no_line_is_cut(table, width):
    text = shown(table, width)
    assert text.count("…") == sum(cell.count("…") for row in table.rows for cell in row) + table.note.count(
        "…"
    )
    assert max(map(len, text.splitlines())) <= width
    for row in table.rows:
        for cell, numeric in zip(row, table.numeric, strict=True):
            if numeric and " " not in cell:
                assert cell in text, cell


def test_what_does_not_fit_in_columns_is_told_in_paragraphs():
    table = sroi.tables.Table(
        "Wide", ("Name", *(f">Figure {at}" for at in range(9))), (("first [b]", *("1,000,000",) * 9),)
    )
    assert "Figure 8: 1,000,000" in " ".join(shown(table, 60).split())
    assert "first [b]" in shown(table, 60)
    assert "Figure 8: " not in shown(table, 160)


@pytest.mark.parametrize("width", [60, 80, 100, 160])
def test_nothing_of_a_wide_table_is_lost(width):
    text = shown(WIDE, width)
    assert max(map(len, text.splitlines())) <= width
    for number in ("£3,340,000", "−£42,300", "0.1 to 0.6", "outcomes.carers_able_to_carry_on.deadweight"):
        assert number in text
    for cell in (cell for row in WIDE.rows for cell in row):
        assert set(cell.split()) <= set(text.replace("·", " ").split()) or "".join(cell.split()) in "".join(
            text.split()
        )


def test_the_result_for_a_place_fits_eighty_columns():
    result = sroi.evaluate(sroi.load("local-area-coordination", borough="derby"))
    console = Console(width=80, file=io.StringIO(), highlight=False)
    terminal.print_result(result, on=console)
    text = console.file.getvalue()
    assert max(map(len, text.splitlines())) <= 80
    for word in (formatting.money(result.present_value, "GBP"), "Deductions", "transfer"):
        assert word in text


def test_what_steers_a_terminal_does_not_reach_it_in_an_error(tmp_path):
    study = tmp_path / "study.yaml"
    study.write_text('"\\e[31mred\\a": 1\n"\\u202ename": 2\n', encoding="utf-8")
    done = CliRunner().invoke(app, ["evaluate", str(study)])
    assert done.exit_code == 2
    assert "[31mred is not known" in done.stderr
    assert not STEERING & set(done.stderr)


@pytest.mark.parametrize("width", [60, 160])
def test_what_steers_a_terminal_does_not_reach_it(width):
    named = "a\x1b[31mred\x07 \u202ename\u2066 \x9b2J end"
    table = sroi.tables.Table(
        named, ("Name", "Words"), ((named, "words that want more than one line " * 6),), named
    )
    for printed in (shown(table, width), table.to_markdown()):
        assert not STEERING & set(printed)
        assert "a" in printed
        assert "name" in printed
