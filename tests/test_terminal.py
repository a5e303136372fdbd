"""What a terminal shows: at any width every number stands whole."""

import io

import pytest
from rich.console import Console

import sroi
from sroi import terminal

TABLES = [
    *sroi.evaluate(sroi.load("local-area-coordination", borough="derby")).tables,
    *sroi.ledger(sroi.load("local-area-coordination", borough="derby")).tables,
    *sroi.simulate(sroi.load("examples/lunch-club.yaml"), draws=200).tables,
]


def shown(table, width):
    console = Console(file=io.StringIO(), width=width, highlight=False)
    console.print(terminal.drawn(table, width))
    return console.file.getvalue()


@pytest.mark.parametrize("width", [60, 80, 100, 160])
@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.title)
def test_every_number_stands_whole_and_no_line_is_cut(table, width):
    text = shown(table, width)
    assert text.count("…") == sum(cell.count("…") for row in table.rows for cell in row) + table.note.count("…")
    assert max(map(len, text.splitlines())) <= width
    for row in table.rows:
        for cell, numeric in zip(row, table.numeric, strict=True):
            if numeric and " " not in cell:
                assert cell in text, cell


def test_what_does_not_fit_in_columns_is_told_in_paragraphs():
    table = sroi.tables.Table("Wide", ("Name", *(f">Figure {at}" for at in range(9))), (("first [b]", *("1,000,000",) * 9),))
    assert "Figure 8: 1,000,000" in " ".join(shown(table, 60).split())
    assert "first [b]" in shown(table, 60)
    assert "Figure 8: " not in shown(table, 160)
